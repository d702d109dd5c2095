import pytest
from hypothesis import settings

from reportgen.config import Columns, Input
from tests.ledgers import REAL

# Derandomised: a suite that gates a release must not depend on luck; engines make single examples slow.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def real():
    """The real ledger as Transactions."""
    from reportgen.sources import read

    return read(Input(path=str(REAL)), Columns())[0]
