"""Which of many cases run each time: some of each kind; the rest is for the slow suite."""

import pytest


def rest_slow(cases, *quick):
    """Each of `cases` as a parameter; those that aren't `quick` are marked slow."""
    return [_case(case, () if case in quick else pytest.mark.slow) for case in cases]


def _case(case, marks):
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=marks)
