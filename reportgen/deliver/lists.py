"""Customer lists: which customer is in which segment, as CSV."""

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
