"""Findings: takes ledger, customers and segmentation, gives the Brief. One file per part of it."""
