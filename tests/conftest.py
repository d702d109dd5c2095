import pytest
from hypothesis import settings

from reportgen.config import Columns, Input, Shop
from tests.ledgers import REAL

# Derandomised: a suite that gates a release must not depend on luck; engines make single examples slow.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def real():
    """The real ledger as Transactions."""
    from reportgen.sources import read

    return read(Input(path=str(REAL)), Columns(), Shop())[0]


def pytest_runtest_makereport(item, call):
    """Keeps what each test of a fault is about."""
    mark = item.get_closest_marker("faults")
    if mark and mark.args:
        item.user_properties.append(("fault", mark.args))


def pytest_terminal_summary(terminalreporter, config):
    """`make faults` and `make engines` print what broke, what must come of it, and whether it did."""
    if config.option.markexpr not in {"faults", "faults and not engines", "engines"}:
        return
    ends = {"passed": "held", "failed": "BROKEN", "error": "BROKEN", "skipped": "not tried"}
    rows = {}
    for end, word in ends.items():
        for report in terminalreporter.stats.get(end, []):
            rows |= {fault: word for name, fault in getattr(report, "user_properties", []) if name == "fault"}
    terminalreporter.section("Faults and outcomes")
    for (what, outcome), word in sorted(rows.items()):
        terminalreporter.write_line(f"{word:<10}{what:<58} {outcome}")
