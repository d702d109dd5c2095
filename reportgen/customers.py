"""Customers: one row per customer as of an instant, from the lines inside the window."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CustomerTable:
    """R, F, M of every customer to be segmented (at least one purchase, monetary above zero).

    frame: index `customer` (text, ascending), columns
        recency    int64, whole days from the last purchase to as-of
        frequency  int64, distinct purchase invoices, at least 1
        monetary   int64, revenue in units of 10^-scale, above 0
        tenure     int64, whole days from the first purchase on file to as-of, >= recency
    scale: decimals of `monetary`
    """

    frame: pd.DataFrame
    scale: int
