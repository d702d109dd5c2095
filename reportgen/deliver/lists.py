"""Customer lists: which customer is in which segment, as CSV, and as data of the page that searches them."""

import json

from reportgen.customers import CustomerTable
from reportgen.deliver.csv import table
from reportgen.findings.amounts import money
from reportgen.segmentation import Segmentation

HEADER = ("customer", "segment", "recency", "frequency", "monetary")


def customers(customers: CustomerTable, segmentation: Segmentation) -> bytes:
    """One row per segmented customer in ascending order of the id; recency in days, monetary exact."""
    names = {group.id: group.name for group in segmentation.groups}
    frame = customers.frame
    rows = zip(
        frame.index,
        segmentation.members.map(names),
        frame["recency"].tolist(),
        frame["frequency"].tolist(),
        (money(units, customers.scale) for units in frame["monetary"].tolist()),
        strict=True,
    )
    return table(HEADER, rows)


def searchable(customers: CustomerTable, segmentation: Segmentation) -> bytes:
    """The same as a script of columns: a page opened from disk can load scripts, but no data.

    `segment` is a place in `segments`; monetary is exact in currency, as a number.
    """
    frame, places = customers.frame, {group.id: place for place, group in enumerate(segmentation.groups)}
    columns = {
        "segments": [group.name for group in segmentation.groups],
        "customer": frame.index.tolist(),
        "segment": segmentation.members.map(places).tolist(),
        "recency": frame["recency"].tolist(),
        "frequency": frame["frequency"].tolist(),
        "monetary": [units / 10**customers.scale for units in frame["monetary"].tolist()],
    }
    return f"window.reportgenCustomers = {json.dumps(columns, separators=(',', ':'))};\n".encode()
