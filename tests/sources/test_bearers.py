"""Ids of customers that names beside them contradict."""

import pytest

from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "order,date,customer,Customer Name,amount"


def shop(csv, *names, header=HEADER):
    """Two rows for each of `names`: pairs of what one id is called."""
    rows = [f"{number}-{place},2011-01-{number + 10},{number},{name},1" for number, pair in enumerate(names, 1)
            for place, name in enumerate(pair)]  # fmt: skip
    return csv(*rows, header=header)


BRANCHES = ("Ann Ash", "Bob Bell"), ("Cy Cole", "Di Dean"), ("Ed Earl", "Ed Earl")


def test_ids_of_several_people_are_asked_about(csv, read):
    path = shop(csv, *BRANCHES)
    message = failure(read, path)
    assert "2 of 3 customer ids that were looked at (column customer) have several names" in message
    assert "such as 1: “Ann Ash” and “Bob Bell”" in message
    by_name = read(path, columns={"customer": "Customer Name"})
    assert by_name.lines.customer.nunique().to_pyarrow().as_py() == 5
    assert read(path, customer_ids="unique").lines.customer.nunique().to_pyarrow().as_py() == 3


ONE_PERSON = {
    "capitals": ("Ann Ash", "ANN ASH"),
    "order of words": ("Ann Ash", "Ash, Ann"),
    "initials": ("Ann Ash", "A. Ash"),
    "title": ("Ann Ash", "Dr. Ann Ash"),
    "marriage": ("Ann Ash", "Ann Bell"),
    "empty": ("Ann Ash", ""),
    "blanks": ("Ann Ash", "  Ann   Ash "),
    "company": ("Ash GmbH", "Ash GmbH & Co. KG"),
    "punctuation": ("Ash & Sons", "(Ash) and Sons"),
    "accents": ("Émile Zola", "émile Zola"),
    "the same": ("Ann Ash", "Ann Ash"),
    "Cyrillic": ("Анна Эш", "Эш Анна"),
    "quotes": ("'Ann Ash'", "Ann Ash"),
    "second name": ("Ann Ash", "Ann Mary Ash"),
    "figures": ("Ash 24", "Ash"),
}


@pytest.mark.parametrize("case", rest_slow(ONE_PERSON, "order of words"))
def test_ways_to_write_one_name_are_not_asked_about(csv, read, case):
    name, again = ONE_PERSON[case]
    quoted = [(f'"{one}"', f'"{other}"') for one, other in [(name, again)] * 3]
    assert read(shop(csv, *quoted)).raw_amount == 6


@pytest.mark.parametrize("header", rest_slow(["Product", "Cashier", "Ship To", "Contact", "Name"], "Cashier"))
def test_other_names_are_not_asked_about(csv, read, header):
    path = shop(csv, *BRANCHES, header=HEADER.replace("Customer Name", header))
    assert read(path).raw_amount == 6


def test_a_few_ids_of_several_people_are_not_asked_about(csv, read):
    same = [("Ann Ash", "Ann Ash")] * 10
    assert read(shop(csv, *BRANCHES[:2], *same)).raw_amount == 24
