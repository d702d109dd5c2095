import re
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import get_decimal_symbol
from hypothesis import given
from hypothesis import strategies as st

from reportgen.brief import Period
from reportgen.recipe import Measures
from reportgen.wording import NONE, Claim, Words, nouns, title
from reportgen.wording.claims import LONGEST, amount_moved, count_moved, flow_moved, level, mean_moved, share_moved
from tests.choosing import rest_slow

POUNDS = Words("en_GB", "GBP", 2)
USUAL = nouns(Measures())
LOCALES = {
    "pounds": POUNDS,
    "dollars": Words("en_US", "USD", 2),
    "german": Words("de_DE", "EUR", 2),
    "french": Words("fr_FR", "EUR", 2),
    "yen": Words("ja_JP", "JPY", 0),
    "none": Words("en_GB", None, 2),
}


def test_what_rounds_to_zero_has_no_sign():
    assert POUNDS.count(Decimal("-0.4")) == "0"
    assert POUNDS.whole(Decimal("-0.4")) == "£0"
    assert POUNDS.in_unit(Decimal(-400), POUNDS.unit([Decimal(10_000_000)])) == "0"
    assert POUNDS.percent(-0.0004) == "0.0%"
    assert POUNDS.count(-4) == "−4"


@pytest.mark.parametrize("words", LOCALES.values(), ids=LOCALES)
def test_how_each_locale_reads(words, snapshot):
    amounts = [Decimal(text) for text in ("1461756.25", "411999.5", "-96101.08", "0", "634.44", "3.5", "7881234567")]
    assert {
        "money": [words.money(amount) for amount in amounts],
        "whole": [words.whole(amount) for amount in amounts],
        "compact": [words.compact(amount) for amount in amounts],
        "count": [words.count(number) for number in (0, 1662, -3, 1234567)],
        "percent": [words.percent(share) for share in (0, 0.0004, 0.0005, 0.1344, -0.02, 1)],
        "about": [words.about(share) for share in (0, 0.0004, 0.004, 0.047, 0.6412, 0.9999, 1)],
        "change": [words.change(136, 100), words.change(99, 100), words.change(300, 100), words.change(1, 0)],
        "dates": [words.date(date(2011, 11, 30)), words.month(date(2011, 11, 1)), words.short_month(date(2011, 11, 1))],
        "unit": [words.unit(amounts).label, words.in_unit(Decimal(1461756), words.unit([Decimal(1461756)]))],
        "rule": words.rule("R <= 60 and F >= 5 and M >= 1900", USUAL),
        "symbol": words.symbol,
    } == snapshot


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2), st.sampled_from(list(LOCALES.values())))
def test_numbers_never_read_like_a_program(amount, words):
    for text in (words.money(amount), words.whole(amount), words.compact(amount), words.signed(amount)):
        assert not any(bad in text.lower() for bad in ("nan", "inf", "none", "e+", "-"))


@given(st.decimals(min_value=1, max_value=10**12, places=2))
def test_compact_has_three_significant_figures_at_most(amount):
    digits = "".join(letter for letter in POUNDS.compact(amount) if letter.isdigit())
    assert len(digits.lstrip("0").rstrip("0")) <= 3


@pytest.mark.parametrize("locale", rest_slow([
    "de_CH", "it_CH", "fr_CH", "de_LI", "sv_SE", "fi_FI", "da_DK", "es_ES", "pt_PT", "pt_BR", "tr_TR", "hu_HU", "pl_PL",
    "nb_NO", "cs_CZ", "en_ZA", "en_CH", "nl_NL",
], "de_CH", "sv_SE", "es_ES", "fr_CH"))  # fmt: skip
@given(amount=st.integers(min_value=1_000, max_value=10**13))
def test_short_figures_read_back_in_every_locale(locale, amount):
    """To three figures; in English powers, since the text is English: "mil" would read as millions."""
    text = Words(locale, "CHF", 2).compact(Decimal(amount))
    number, power = re.search(r"(\d(?:.*\d)?)(k|m|bn|tn)", text).groups()
    point = get_decimal_symbol(locale)
    plain = "".join("." if letter == point else letter for letter in number if letter.isdecimal() or letter == point)
    assert float(plain) * 1000 ** ["", "k", "m", "bn", "tn"].index(power) == pytest.approx(amount, rel=0.005)
    assert sum(letter.isdecimal() for letter in number) in {3, 4}


@pytest.mark.parametrize(
    ("locale", "currency", "said"),
    [("en_GB", "ILS", ["ILS_1,940.00", "ILS_1.94k"]), ("he_IL", "ILS", ["1,940.00_ILS", "1.94k_ILS"]),
     ("bn_BD", "BDT", ["1,940.00_BDT", "1.94k_BDT"]), ("ar_EG", "EGP", ["1,940.00_EGP", "1.94k_EGP"]),
     ("en_GB", "GBP", ["£1,940.00", "£1.94k"])],
)  # fmt: skip
def test_a_sign_that_the_letters_lack_gives_way_to_the_code(locale, currency, said):
    words = Words(locale, currency, 2, frozenset("0123456789.,−£kmbtn"))
    told = [words.money(Decimal(1940)), words.compact(Decimal(1940))]
    assert [text.replace("\u00a0", "_") for text in told] == said


def test_what_does_not_apply_is_a_dash():
    for method in (POUNDS.count, POUNDS.figure, POUNDS.percent, POUNDS.about, POUNDS.money, POUNDS.compact):
        assert method(None) == NONE
    assert POUNDS.change(5, None) == POUNDS.change(5, 0) == POUNDS.points(0.1, None) == NONE


def test_signs():
    assert [POUNDS.signed(value) for value in (5, 0, -3)] == ["+5", "0", "−3"]
    assert POUNDS.signed(Decimal("-0.001"), POUNDS.money) == "£0.00"  # what shows as nothing has no sign
    assert POUNDS.points(0.2253, 0.0898) == "+13.6 points"


def test_columns_keep_the_decimals_they_need():
    pence, mills = [Decimal("1.250"), Decimal("7.100")], [Decimal("1.250"), Decimal("7.105")]
    ledger = Words("en_GB", "GBP", 3)
    assert [ledger.exact(pence)(amount) for amount in pence] == ["1.25", "7.10"]
    assert [ledger.exact(mills)(amount) for amount in mills] == ["1.250", "7.105"]


def test_words():
    assert [POUNDS.plural(n, "customer") for n in (0, 1, 2)] == ["0 customers", "1 customer", "2 customers"]
    assert [POUNDS.joined(parts) for parts in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_spans():
    assert POUNDS.between(date(2011, 10, 1), date(2011, 10, 31)) == "October"
    assert POUNDS.between(date(2011, 11, 1), date(2011, 11, 9)) == "1 to 9 November"
    assert POUNDS.between(date(2011, 10, 3), date(2011, 11, 9)) == "3 Oct 2011 to 9 Nov 2011"
    assert POUNDS.between(date(2009, 12, 1), date(2011, 12, 31)) == "1 Dec 2009 to 31 Dec 2011"
    whole = Period(label="all", start=date(2010, 12, 1), end=date(2011, 12, 9), partial=False)
    assert POUNDS.period(whole) == "1 December 2010 to 9 December 2011"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("R <= 60 and F >= 5 and M >= 1900", "last order within 60 days, 5 or more orders, £1,900 or more"),
        ("T <= 90 and F == 1", "first order within 90 days, 1 order"),
        (
            "R <= 180 and (F >= 3 or M >= 889.5)",
            "last order within 180 days, and either 3 or more orders or £889.50 or more",
        ),
        ("60 < R <= 180", "last order more than 60 and at most 180 days ago"),
        ("60 >= R", "last order within 60 days"),
        ("F < 3 or M < 5", "fewer than 3 orders, or less than £5"),
        ("F >= 1", "1 or more orders"),
        ("R <= 1 and 2 <= F < 5", "last order within 1 day, at least 2 and less than 5 orders"),
        ("not (R > 5 or F > 3)", "last order within 5 days, at most 3 orders"),
        ("not 3 <= R <= 5", "last order less than 3 days ago, or last order more than 5 days ago"),
        ("3 <= R_score <= 4 and F_score >= 4", "recency score 3 to 4, frequency score 4 or more"),
        (
            "T_score < 2 and M_score > 3 and R_score <= 2",
            "tenure score below 2, spend score above 3, recency score 2 or less",
        ),
        ("RFM_sum >= 9", "sum of scores 9 or more"),
        (
            "R_score == 5 and FM_score == 5 or R_score == 5 and FM_score == 4 or R_score == 4 and FM_score == 5",
            (
                "recency score 5, mean of frequency and spend scores 4 or 5; "
                "or recency score 4, mean of frequency and spend scores 5"
            ),
        ),
        ("RFM_code == 555 or RFM_code == 554", "scores (R F M) 555, 554"),
        ("F == 1 or F == 3", "1 or 3 orders"),
        ("", ""),
        ("all the others", "all the others"),
        ("R + 1 > 2", "R + 1 > 2"),
        ("__import__('os') == 1", "__import__('os') == 1"),
    ],
)
def test_rules_in_words(condition, said):
    assert POUNDS.rule(condition, USUAL) == said


def test_a_long_list_of_codes_is_cut_short():
    rule = " or ".join(f"RFM_code == {100 + place}" for place in range(20))
    assert POUNDS.rule(rule, USUAL) == f"scores (R F M) {', '.join(str(100 + place) for place in range(12))} and 8 more"


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        (Measures(frequency="lines"), "1 order line, £5 or more"),
        (Measures(frequency="days", monetary="mean-per-day"),
         "1 day with an order, mean spend per day £5 or more"),
        (Measures(orders="all", monetary="mean-per-order"), "1 invoice, mean invoice value £5 or more"),
        (Measures(worth="gross"), "1 order, gross revenue £5 or more"),
        (Measures(monetary="mean-per-order", worth="gross"), "1 order, mean gross order value £5 or more"),
    ],
)  # fmt: skip
def test_rules_name_what_the_recipe_measures(measures, said):
    assert POUNDS.rule("F == 1 and M >= 5", nouns(measures)) == said


@pytest.mark.parametrize("monetary", ["sum", "mean-per-order", "mean-per-day"])
@pytest.mark.parametrize("frequency", ["invoices", "lines", "days"])
@pytest.mark.parametrize("orders", ["purchases", "all"])
def test_only_the_default_measures_have_the_usual_nouns(orders, frequency, monetary):
    named = nouns(Measures(orders=orders, frequency=frequency, monetary=monetary))
    assert (named.many == "orders") == (orders == "purchases" and frequency == "invoices")
    assert (named.money == "revenue") == (monetary == "sum")


def test_a_false_or_endless_claim_is_not_made():
    assert title(Claim("false", holds=False), Claim("true", holds=True), plain="plain") == "true"
    assert title(Claim("false", holds=False), plain="plain") == "plain"
    assert title(Claim("x" * (LONGEST + 1), holds=True), plain="plain") == "plain"


def test_noise_is_no_change():
    assert count_moved(1663, 1362)
    assert not count_moved(1380, 1362)
    assert not count_moved(40, 20)  # too few on one side
    assert amount_moved(1_461_756, 1_070_704, 2763, 2027)
    assert not amount_moved(433_000, 429_000, 780, 760)
    assert not amount_moved(100, 0, 500, 500)
    assert mean_moved(427, 509, 2651, 1916)
    assert not mean_moved(440, 445, 775, 754)


def test_chance_is_two_standard_deviations_and_of_few_nothing_is_claimed():
    assert [count_moved(now, 40) for now in (60, 61)] == [False, True]  # 20 against twice the root of 100, or of 101
    assert [count_moved(now, 60) for now in (29, 30)] == [False, True]
    assert [flow_moved(came, 12) for came in (24, 25)] == [False, True]  # 12 against twice the root of 36
    assert [flow_moved(came, 0) for came in (29, 30)] == [False, True]
    assert [amount_moved(now, 100, 100, 100) for now in (139, 141)] == [False, True]  # 2 sqrt(2/100 + 2/100) = 0.4
    assert [mean_moved(now, 100, 100, 100) for now in (128, 129)] == [False, True]  # 2 sqrt(1/100 + 1/100) = 0.283
    assert [amount_moved(300, 100, orders, 400) for orders in (29, 30)] == [False, True]
    assert [share_moved(60, 100, before, 400) for before in (196, 190)] == [False, True]  # 0.11, 0.125 against 0.112


def test_what_differs_by_a_twentieth_is_about_the_same():
    assert [level(now, 100) for now in (94, 95, 105, 106)] == [False, True, True, False]
    assert not level(0, 0)
