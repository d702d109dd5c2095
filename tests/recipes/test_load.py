"""Loading recipes: the shipped ones, own files, and what is wrong with a file."""

import tomllib
from importlib.resources import files

import pytest

from reportgen import recipes
from reportgen.errors import RecipeError

OWN = """
id = "mine"
title = "Mine"
summary = "Two groups"
source = "My desk"
[[clean]]
step = "guests"
[[segments]]
id = "good"
name = "Good"
archetype = "best"
when = "R <= 30"
[[segments]]
id = "rest"
name = "Others"
archetype = "mixed"
"""


@pytest.fixture
def own(tmp_path):
    def write(text):
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_every_shipped_recipe_loads_under_its_name():
    assert [shipped.id for shipped in recipes.names()] == list(recipes.SHIPPED)
    assert recipes.SHIPPED[0] == "strategic"
    for shipped in recipes.names():
        assert 10 < len(shipped.summary) <= 100
        assert "\n" not in shipped.summary


def test_no_recipe_lies_in_the_folder_unlisted():
    folder = {file.name.removesuffix(".toml") for file in files(recipes).iterdir() if file.name.endswith(".toml")}
    assert folder == {*recipes.SHIPPED, "vocabulary"}


@pytest.mark.parametrize("name", recipes.SHIPPED)
def test_every_name_has_a_meaning_and_an_action_with_its_document(name):
    recipe = recipes.load(name)
    for archetype in recipe.vocabulary:
        assert len(archetype.meaning) > 40
        assert set(archetype.action.document) <= set("ABCDE, ")
        assert archetype.action.title
        assert archetype.action.text.endswith(".")


def test_strategic_shows_and_matches_in_different_orders():
    recipe = recipes.load("strategic")
    assert [rule.name for rule in recipe.segments] == [
        "Big Spenders", "Best", "Loyal", "New", "Low-Engagement", "At Risk", "Lost",
    ]  # fmt: skip
    assert recipe.match_order == ("big-spenders", "new", "best", "loyal", "at-risk", "lost")


def test_an_own_file(own):
    recipe = recipes.load(own(OWN))
    assert recipe.id == "mine"
    assert len(recipe.vocabulary) == len(recipes.load("strategic").vocabulary)


def test_an_own_file_extends_and_replaces_the_vocabulary(own):
    words = """
[[vocabulary]]
id = "{}"
name = "{}"
meaning = "Ours."
evidence = "r <= 1"
action = {{ title = "a", text = "b", document = "ours" }}
"""
    recipe = recipes.load(own(OWN + words.format("gold", "Gold") + words.format("best", "Finest")))
    assert recipe.vocabulary[0].id == "gold"
    assert [archetype.name for archetype in recipe.vocabulary if archetype.id == "best"] == ["Finest"]
    with pytest.raises(RecipeError, match="vocabulary, name: `Loyal` is there twice"):
        recipes.load(own(OWN + words.format("gold", "Loyal")))


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ('title = "Mine"', "", "missing required field `title`", "Its keys are id, title"),
        ('title = "Mine"', "titel = 1", "unknown field `titel`", "Its keys are id, title"),
        ('step = "guests"', 'step = "ghosts"', r"`\$\.clean\[0\]\.step`", "`step` is one of guests, cancellations"),
        ("[[segments]]", '[measures]\nreturns = "gross"\n[[segments]]', r"measures\.returns", "Valid are exclude, net"),
        (
            "[[segments]]",
            "[scores.F]\nquantiles = 11\n[[segments]]",
            r"`\$\.scores\.F\.quantiles`",
            "A number from 2 to 10.",
        ),
        ("[[segments]]", "[scores.X]\nquantiles = 4\n[[segments]]", "scores", "Its keys are F, M, R, T"),
        ("[[segments]]", '[cuts.a]\naxis = "Q"\n[[segments]]', r"`\$\.cuts\.a\.axis`", "Valid are F, M, R, T."),
        ("[[segments]]", '[time]\nwindow = "a year"\n[[segments]]', "'a year' is no window", "12 months"),
        ("[[segments]]", '[time]\nreference = "now"\n[[segments]]', "'now' is no reference", "period-end"),
        ('when = "R <= 30"', 'when = "R <= far"', "segment good, when: `far` is no number", ""),
        ('archetype = "best"', 'archetype = "bets"', "there is no archetype `bets`", "big-spenders, best"),
        ('id = "mine"', "id = mine", "is no TOML", ""),
        ('id = "mine"', 'id = "My grid"', r"\$\.id", "such as my-grid"),
        ('name = "Good"', 'name = ""', r"segments\[0\]\.name", "It is printed"),
        ('title = "Mine"', 'title = ""', r"\$\.title", "It is printed"),
    ],
)
def test_a_wrong_file_says_where_and_what_is_valid(own, old, new, message, remedy):
    file = own(OWN.replace(old, new, 1))
    with pytest.raises(RecipeError, match=message) as caught:
        recipes.load(file)
    assert "mine.toml" in caught.value.message
    assert remedy in caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "more",
    [
        '[cuts.a]\naxis = "M"\nvalue = inf\n',
        '[cuts.a]\naxis = "M"\nvalue = 1e50\n',
        "[scores.M]\nat = [1.0, nan]\n",
        "[scores.M]\nat = [1.0, 1e30]\n",
        "[scores.M]\nshift = -inf\n",
        '[[segments]]\nid = "rich"\nname = "Rich"\narchetype = "best"\nwhen = "M >= 99999999999999999999"\n',
    ],
)
def test_numbers_that_nothing_can_be_compared_with_are_refused(own, more):
    with pytest.raises(RecipeError, match="numbers go up to 1,000,000,000,000"):
        recipes.load(own(OWN.replace("[[segments]]", f"{more}[[segments]]", 1)))


@pytest.mark.parametrize("name", ["../../evil", "/evil", "", "a b", ".."])
def test_an_id_cannot_lead_out_of_the_output_folder(own, name):
    with pytest.raises(RecipeError, match=r"\$\.id"):
        recipes.load(own(OWN.replace('"mine"', f'"{name}"', 1)))


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(RecipeError, match="no such recipe"):
        recipes.load(tmp_path / "none.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(RecipeError, match="can't be read"):
        recipes.load(tmp_path / "folder.toml")
    (tmp_path / "latin.toml").write_bytes('id = "é"'.encode("latin-1"))
    with pytest.raises(RecipeError, match="line 1: byte 0xe9 is not UTF-8"):
        recipes.load(tmp_path / "latin.toml")
    with pytest.raises(RecipeError, match="no recipe `strategy`") as caught:
        recipes.load("strategy")
    assert "strategic, four-groups" in caught.value.remedy


def test_shipped_files_keep_to_plain_toml():
    for name in recipes.SHIPPED:
        assert tomllib.loads((files(recipes) / f"{name}.toml").read_text(encoding="utf-8"))["id"] == name
