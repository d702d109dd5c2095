"""What a reader must know before the figures: cut points that moved, caps, names that don't fit."""

from decimal import Decimal

from reportgen.brief import Label, ReconciliationStep
from reportgen.brief.playbook import Difference, Restatement
from reportgen.pages import _care as care
from reportgen.pages import sceptic, summary
from tests import brief_factory as factory
from tests.brief_factory import replace
from tests.pages.test_pages import words_of


def told(brief):
    return " ".join(care.cautions(brief, words_of(brief)))


def redrawn(*found):
    brief = factory.brief()
    parts = tuple(Difference(name, "customers", Decimal(issued), Decimal(now)) for name, issued, now in found)
    made = Restatement(label="2011-10", segments=True, compared=18, differences=(), redrawn=parts)
    return replace(brief, playbook=replace(brief.playbook, restatement=made))


def test_cut_points_that_follow_the_data_are_told_by_whom_they_move_most():
    brief = redrawn(("best", 496, 474), ("big-spenders", 38, 36))
    text = "Cut points follow the data: by this period’s, Best had 474 customers where the issue 2011-10 says 496."
    assert text in told(brief)
    assert any(text in answer for _, answer in sceptic.answers(brief, brief.playbook, words_of(brief)))


def test_a_shift_of_a_few_is_told_to_the_sceptic_alone():
    assert "Cut points" not in told(redrawn(("best", 496, 495)))


def test_customers_that_an_invoice_names_on_some_rows_only_are_told():
    brief = factory.brief()
    assert "sold to nobody" not in told(brief)
    half = replace(brief, data=replace(brief.data, half_named=Decimal(123_000)))
    assert "Rows worth £123k have no customer number, and stand on invoices that name a customer" in told(half)


def test_a_cap_is_told_with_what_it_takes():
    brief = factory.brief()
    assert "caps" not in told(brief)
    steps = (*brief.reconciliation, ReconciliationStep("cap", "Line totals moved to the cap", 0, Decimal(-2560000)))
    assert "The recipe caps large lines, which takes £2.56m off" in told(replace(brief, reconciliation=steps))


def test_own_names_that_do_not_fit_are_told():
    brief = factory.brief()
    misfit = replace(brief.segments[0], label_check=Label(label="Big Spenders", fits=False, reason="spend little"))
    text = told(replace(brief, segments=(misfit, *brief.segments[1:])))
    assert "The name Big Spenders does not fit the evidence; see Method." in text


def test_where_segments_count_more_than_the_key_figures_it_is_said():
    brief = factory.brief()
    known = "Customers, orders and order value: sales with a customer number, £1.13m of the £1.46m"
    assert summary.context(brief, {}, words_of(brief)).basis == f"{known}."
    giants = replace(brief.playbook.giants, counted=True)
    counting = replace(brief, playbook=replace(brief.playbook, giants=giants))
    text = f"{known}, without orders taken back in full, which the segments count."
    assert summary.context(counting, {}, words_of(brief)).basis == text
