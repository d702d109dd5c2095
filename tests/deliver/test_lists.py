"""Erasing a customer from a list, whatever its form."""

import pytest

from reportgen.deliver import lists
from reportgen.deliver.csv import table

ROWS = (("1", "Best", 3), ("12", "Lost, long ago", 200), ("=1", "New", 1))


def test_rows_of_one_customer_go_and_no_others():
    made = table(("customer", "segment", "recency"), ROWS)
    assert lists.without(made, "1") == (table(("customer", "segment", "recency"), ROWS[1:]), 1)
    assert lists.without(made, "=1") == (table(("customer", "segment", "recency"), ROWS[:2]), 1)
    assert lists.without(made, "2") == (made, 0)


@pytest.mark.parametrize("other", [table(("product", "pairs"), [("1", 2)]), b""])
def test_a_list_of_anything_else_stays(other):
    assert lists.without(other, "1") == (other, 0)


def test_the_pages_search_forgets_too():
    made = lists._script({"segments": ["Best", "Lost"], "customer": ["1", "12"], "segment": [0, 1], "recency": [3, 9]})
    left = lists._script({"segments": ["Best", "Lost"], "customer": ["12"], "segment": [1], "recency": [9]})
    assert lists.without(made, "1") == (left, 1)
    assert lists.without(made, "2") == (made, 0)


def test_a_line_without_an_id_is_no_hindrance():
    made = table(("segment", "customer"), [("Best", "1"), ("Lost", "2")]) + b"\r\nshort\r\n"
    left, gone = lists.without(made, "1")
    assert (gone, left.splitlines()) == (1, [b"segment,customer", b"Lost,2", b"", b"short"])


def test_an_address_is_erased_however_it_was_typed():
    rows = [("Anna@Shop.de", "Best", 1), ("bob@shop.de", "Lost", 2)]
    made = table(("customer", "segment", "recency"), rows)
    assert lists.without(made, "anna@shop.de") == (table(("customer", "segment", "recency"), rows[1:]), 1)
    assert lists.without(table(("customer",), [("KD-7",)]), "kd-7")[1] == 0
