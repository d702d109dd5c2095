"""Issuing: what surrounds the making of a brief: lock, ledger, gate, mail, archive. One module per verb."""
