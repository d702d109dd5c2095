"""Fixed cut points: what they do to a recipe, what is refused, and how they get into a configuration."""

from decimal import Decimal

import msgspec
import pytest

from reportgen.config import Cuts, load
from reportgen.deliver.settings import write_cuts
from reportgen.errors import UsageError
from reportgen.findings.crowd import crowd
from reportgen.recipe import Score
from reportgen.recipes import calibration
from reportgen.recipes import load as recipe_of
from reportgen.schemes import segment
from tests.processes import reportgen, write_shop
from tests.schemes.tables import table

STRATEGIC = recipe_of("strategic")
PEOPLE = table([(day, 1 + day % 7, 1000 + 977 * day, 10 + 3 * day) for day in range(200)])
SCORED = msgspec.structs.replace(
    recipe_of("four-groups"), id="scored", cuts={}, match_order=(), scores={"M": Score(quantiles=4)},
    segments=msgspec.convert([
        {"id": "best", "name": "Best", "archetype": "best", "when": "M_score >= 3"},
        {"id": "lost", "name": "Lost", "archetype": "lost"},
    ], tuple[type(STRATEGIC.segments[0]), ...]),
)  # fmt: skip


@pytest.mark.parametrize("recipe", [STRATEGIC, SCORED], ids=["cuts", "scores"])
def test_fixed_cut_points_find_the_same_segments(recipe):
    cuts = calibration.computed(recipe, crowd(PEOPLE, recipe), "2011-11")
    own, fixed = segment(PEOPLE, recipe), segment(PEOPLE, calibration.fixed(recipe, cuts))
    assert fixed.members.equals(own.members)
    half = table([(day, 1 + day % 7, 1000 + 977 * day, 10 + 3 * day) for day in range(100)])
    assert segment(half, recipe).cut_points != own.cut_points
    assert [point.value for point in segment(half, calibration.fixed(recipe, cuts)).cut_points] == [
        point.value for point in own.cut_points
    ]


def test_an_axis_without_a_cut_point_stays_one_part():
    """Most ordered once: equal limits are dropped, and none is left to fix."""
    dropped = {"F": Score(quantiles=4, ties="drop")}
    recipe = msgspec.structs.replace(SCORED, scores=SCORED.scores | dropped)
    once = table([(day, 1 + (day == 0), 1000 + 977 * day, 10 + 3 * day) for day in range(200)])
    cuts = calibration.computed(recipe, crowd(once, recipe), "2011-11")
    assert cuts.scores["F"] == ()
    later = table([(day, 1 + day % 7, 1000 + 977 * day, 10 + 3 * day) for day in range(200)])
    found = segment(later, calibration.fixed(recipe, cuts))
    assert not [point for point in found.cut_points if point.name.startswith("F part")]


def test_what_changes_is_told():
    old = Cuts(recipe="strategic", period="2011-06", values={"top": Decimal(1), "high": Decimal(1), "mid": Decimal(1)})
    own = crowd(PEOPLE, STRATEGIC)
    found = calibration.compared(STRATEGIC, own, old, calibration.computed(STRATEGIC, own, "2011-11"))
    assert found.points["top"] == (Decimal(1), Decimal(2000))
    assert sum(before for before, _ in found.customers.values()) == 200
    assert "top                      2,000 (was 1)" in found.text()


@pytest.mark.parametrize("old", [Cuts(recipe="four-groups"), Cuts(recipe="strategic", values={"tip": Decimal(1)})])
def test_cut_points_that_no_longer_fit_are_nothing_to_compare_with(old):
    own = crowd(PEOPLE, STRATEGIC)
    new = calibration.computed(STRATEGIC, own, "2011-11")
    assert calibration.compared(STRATEGIC, own, old, new) == calibration.compared(STRATEGIC, own, None, new)


@pytest.mark.parametrize(
    ("cuts", "says"),
    [
        (Cuts(recipe="four-groups"), "belong to recipe four-groups"),
        (Cuts(recipe="strategic", values={"top": Decimal(1)}), r"\[cuts\]: high, mid of the recipe strategic isn't"),
        (Cuts(recipe="strategic", values={"tip": Decimal(1)}), r"\[cuts.values\] tip: the recipe has no such"),
        (Cuts(recipe="strategic", scores={"M": (Decimal(1),)}), r"\[cuts.scores\] M: the recipe has no such"),
    ],
)
def test_cut_points_of_another_recipe_are_refused(cuts, says):
    with pytest.raises(UsageError, match=says):
        calibration.fixed(STRATEGIC, cuts)


@pytest.mark.parametrize("ends", [(1, 2), (3, 2, 1), (1, 2, 3, 4)])
def test_scores_need_their_number_of_ascending_cut_points(ends):
    with pytest.raises(UsageError, match="needs 3 cut points"):
        calibration.fixed(SCORED, Cuts(recipe="scored", scores={"M": tuple(map(Decimal, ends))}))


@pytest.mark.parametrize("recipe", ["clusters", "kmeans-4"])
def test_clusters_have_nothing_to_fix(recipe):
    with pytest.raises(UsageError, match="nothing to fix"):
        calibration.need_cut_points(recipe_of(recipe))


def test_the_file_keeps_what_else_it_says(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('# mine\n[report]\nrecipe = "strategic"   # which\n\n[brand]\nname = "Ö"\n', encoding="utf-8")
    file.chmod(0o640)
    write_cuts(file, Cuts(recipe="strategic", period="2011-11", values={"top": Decimal("17000.50")}))
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# mine\n[report]\nrecipe = "strategic"   # which\n\n[brand]\nname = "Ö"\n')
    assert load(file).cuts == Cuts(recipe="strategic", period="2011-11", values={"top": Decimal("17000.50")})
    assert file.stat().st_mode & 0o777 == 0o640
    scores = {"M": (Decimal(1), Decimal(2))}
    file.write_text(text.replace("17000.50", "17000.50 # spoken of"), encoding="utf-8")
    write_cuts(file, Cuts(recipe="strategic", period="2011-12", values={"top": Decimal(18000)}, scores=scores))
    assert "top = 18000 # spoken of" in file.read_text(encoding="utf-8")
    assert load(file).cuts.scores == scores
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.slow
def test_the_verb_fixes_what_runs_then_use(tmp_path):
    write_shop(tmp_path / "shop.csv")
    (tmp_path / "config.toml").write_text('[input]\npath = "shop.csv"\n[report]\nformats = ["json"]\n')
    done = reportgen("calibrate", "--period", "2024-11", "--now", "2025-01-15", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("Cut points of strategic on 2024-11")
    made = reportgen("run", "--period", "2024-12", "--now", "2025-01-15", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "fixed on the figures of 2024-11" in (tmp_path / "output/2024-12/brief.json").read_text()
    config = (tmp_path / "config.toml").read_text()
    (tmp_path / "config.toml").write_text(config.replace("top =", "tip ="))
    refused = reportgen("run", "--now", "2025-01-15", cwd=tmp_path)
    assert (refused.returncode, "no such cut point" in refused.stderr) == (2, True)


def test_calibrating_mends_cut_points_of_the_recipe_of_before(tmp_path):
    write_shop(tmp_path / "shop.csv")
    (tmp_path / "config.toml").write_text(
        '[input]\npath = "shop.csv"\n[cuts]\nrecipe = "four-groups"\n[cuts.values]\nbig = 5\n'
    )
    done = reportgen("calibrate", "--period", "2024-11", "--now", "2025-01-15", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    cuts = load(tmp_path / "config.toml").cuts
    assert (cuts.recipe, sorted(cuts.values)) == ("strategic", ["high", "mid", "top"])


def test_without_a_configuration_there_is_nowhere_to_write(tmp_path):
    done = reportgen("calibrate", "--input", "x.csv", cwd=tmp_path)
    assert (done.returncode, "no configuration to write to" in done.stderr) == (2, True)
