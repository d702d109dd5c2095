"""The last evaluation speaks of a recipe only while both are what they were."""

from datetime import date

import msgspec
import pytest

from reportgen.deliver.evaluations import FIGURES, FOLDER, last
from reportgen.errors import MachineError
from reportgen.evaluation import encode
from reportgen.recipes import load
from tests.judging.evaluations import evaluation


@pytest.fixture
def output(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FIGURES).write_bytes(encode(evaluation("strategic", "kmeans-4")))
    return tmp_path


def test_what_it_says_of_a_recipe(output):
    found = last(output, load("strategic"))
    assert found.through == date(2024, 12, 31)
    assert found.judgement == evaluation("strategic", "kmeans-4").judgements[0]


def test_nothing_of_another_recipe_or_a_changed_one(output):
    assert last(output, load("four-groups")) is None
    assert last(output, msgspec.structs.replace(load("strategic"), match_order=())) is None


def test_nothing_where_there_was_none(tmp_path):
    assert last(tmp_path, load("strategic")) is None


def test_a_broken_file_is_told(output):
    (output / FOLDER / FIGURES).write_text('{"schema_version": 0}')
    with pytest.raises(MachineError, match=r"evaluation\.json: the last evaluation can't be read"):
        last(output, load("strategic"))
