"""Which products are named for a segment, worked out by hand."""

import pandas as pd

from reportgen.findings.details import distinctive
from reportgen.findings.goods import Goods

SIZES = {"few": 40, "many": 360}
BUYERS = {
    "few": {"X": 10, "Y": 9, "Z": 20, "W": 20, "V": 30},  # Y has too few buyers
    "many": {"X": 10, "Z": 20, "W": 20, "V": 120, "Q": 18, "P": 17},  # X and P have less than 5 % of the segment
}


def test_products_are_named_by_lift_then_buyers_then_code():
    rows = [(group, code, count, 100) for group, found in BUYERS.items() for code, count in found.items()]
    sold = pd.DataFrame(rows, columns=["group", "code", "customers", "revenue"])
    found = distinctive(Goods(None, None, list(SIZES), SIZES, sold, {}))
    assert list(zip(found["group"], found["code"], found["lift"], strict=True)) == [
        ("few", "W", 5.0), ("few", "Z", 5.0), ("few", "X", 5.0),  # 20 of 40 against 40 of 400; 10 against 20 of 400
        ("many", "Q", 1.1111), ("many", "V", 0.8889), ("many", "W", 0.5556),  # 18 of 360 against 18 of 400
    ]  # fmt: skip
