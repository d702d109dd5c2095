"""Files that cover the same time."""

from tests.sources.test_read import UCI


def test_overlapping_files_count_lines_once(csv, read, rows):
    one = csv(UCI[0], UCI[0], UCI[1], name="a.csv")
    two = csv(UCI[0], UCI[1], UCI[1], UCI[1], UCI[2], name="b.csv")
    notes = []
    ledger = read(one, two, notes=notes)
    assert notes == ["2 left out: lines repeated where files overlap"]
    assert sorted(line["invoice"] for line in rows(ledger)) == ["536365"] * 2 + ["536366"] * 3 + ["C536379"]
    (step,) = ledger.removed
    assert (step.step, step.rows, step.amount) == ("overlap", 2, 15300 - 3702)
    kept = ledger.lines.amount.sum().to_pyarrow().as_py()
    assert ledger.raw_amount - step.amount == kept
    assert ledger.raw_rows - step.rows == 6


def test_overlapping_files_of_two_shops_may_count_every_line(csv, read):
    one, two = (csv("2011-01-13,7,2", header="date,customer,amount", name=name) for name in ("a.csv", "b.csv"))
    assert (read(one, two).raw_rows, read(one, two).removed[0].rows) == (2, 1)
    every = read(one, two, overlap="all")
    assert (every.removed, every.lines.amount.sum().to_pyarrow().as_py()) == ((), 4)


def test_files_that_overlap_are_compared_by_the_columns_of_both(csv, read):
    one = csv("2011-01-13,7,2,A", "2011-01-13,7,2,B", header="date,customer,amount,invoice", name="a.csv")
    two = csv("2011-01-13,7,2,France", "2011-01-14,7,2,France", header="date,customer,amount,country", name="b.csv")
    ledger = read(one, two)
    assert [(step.step, step.rows) for step in ledger.removed] == [("overlap", 1)]
    assert ledger.lines.count().to_pyarrow().as_py() == 3


def test_overlapping_guests_without_invoices(csv, read):
    header = "date,customer,amount"
    one = csv("2011-01-13,,2", "2011-01-13,7,2", header=header, name="a.csv")
    two = csv("2011-01-13,,2", "2011-01-14,7,2", header=header, name="b.csv")
    ledger = read(one, two)
    assert ledger.removed[0].rows == 1
    assert ledger.lines.invoice.nunique().to_pyarrow().as_py() == 3


def test_rows_that_were_left_out_leave_no_line_twice(csv, read):
    """Lines are told apart by their numbers: those of the second file begin after the first one's last row."""
    header = "date,customer,amount,status"
    early = (f"2011-01-{day},7,{day},{'failed' if day < 14 else 'ok'}" for day in range(11, 20))
    late = (f"2011-01-{day},7,{day},ok" for day in range(17, 28))
    one, two = csv(*early, header=header, name="a.csv"), csv(*late, header=header, name="b.csv")
    ledger = read(one, two, leave_out={"status": ("failed",)})
    assert sorted(ledger.lines.amount.to_pyarrow().to_pylist()) == list(range(14, 28))
    assert ledger.lines.line.nunique().to_pyarrow().as_py() == 14


def test_orders_that_differ_between_files_are_told(csv, read):
    header, notes = "invoice,date,customer,price", []
    one = csv(*(f"{n},2011-01-13,7,2.00" for n in (1, 2, 3)), header=header, name="a.csv")
    two = csv(*(f"{n},2011-01-13,7,1.50" for n in (2, 3, 4)), header=header, name="b.csv")
    read(one, two, notes=notes)
    assert [note[:64] for note in notes if "several files" in note] == [
        "2 invoice numbers, such as 2 in a.csv and b.csv, stand in severa"
    ]
    notes = []
    read(one, two, overlap="all", notes=notes)
    assert not [note for note in notes if "several files" in note]
