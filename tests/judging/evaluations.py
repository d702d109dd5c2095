"""The evaluation of the small shop of `tests.briefs`."""

from functools import cache

from reportgen.judging.compose import evaluate
from reportgen.recipes import load
from tests.briefs import shop
from tests.judging.shops import question
from tests.ledgers import ledger
from tests.telling import SILENT


@cache
def evaluation(*names):
    return evaluate(ledger(shop()), [load(name) for name in names], question("2024-12"), SILENT)
