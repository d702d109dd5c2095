"""The last evaluation speaks of a recipe only while both are what they were."""

from datetime import date

import msgspec
import pytest

from reportgen.deliver.evaluations import FOLDER, last
from reportgen.errors import MachineError
from reportgen.evaluation import encode
from reportgen.names import JUDGEMENTS
from reportgen.recipes import load
from tests.judging.evaluations import evaluation

UNTIL = date(2024, 12, 31)


@pytest.fixture
def output(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / JUDGEMENTS).write_bytes(encode(evaluation("strategic", "kmeans-4")))
    return tmp_path


def test_what_it_says_of_a_recipe(output):
    found, full = last(output, load("strategic"), UNTIL), evaluation("strategic", "kmeans-4").judgements[0]
    assert (found.through, found.month_ends, found.sample) == (UNTIL, len(full.track.month_ends), None)
    assert [(part.name, part.stability, part.bought, part.observed) for part in found.segments] == [
        (segment.name, segment.stability, segment.track.bought, segment.track.customers) for segment in full.segments
    ]


def test_nothing_of_another_recipe_or_a_changed_one(output):
    assert last(output, load("four-groups"), UNTIL) is None
    assert last(output, msgspec.structs.replace(load("strategic"), match_order=()), UNTIL) is None


def test_nothing_in_a_brief_of_earlier_data(output):
    assert last(output, load("strategic"), date(2024, 11, 30)) is None


def test_nothing_where_there_was_none(tmp_path):
    assert last(tmp_path, load("strategic"), UNTIL) is None


def test_a_broken_file_is_told(output):
    (output / FOLDER / JUDGEMENTS).write_text('{"schema_version": 0}')
    with pytest.raises(MachineError, match=r"evaluation\.json: the last evaluation can't be read"):
        last(output, load("strategic"), UNTIL)
