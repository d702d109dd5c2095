"""Every example of docs/recipes.md loads and groups customers."""

import re
from pathlib import Path

import pytest

from reportgen import recipes, schemes
from tests.schemes.tables import table

PAGE = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
HEAD = 'id = "example"\ntitle = "Example"\nsummary = "An example"\nsource = "docs"\n'
GUESTS = '[[clean]]\nstep = "guests"\n'
REST = '[[segments]]\nid = "all"\nname = "All"\narchetype = "mixed"\n'


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_loads_and_groups(example, tmp_path):
    whole = example if "title =" in example.split("[[", 1)[0] else HEAD + example
    whole += "" if '"guests"' in whole else GUESTS
    whole += "" if "[[segments]]" in whole or "[clusters]" in whole else REST
    file = tmp_path / "example.toml"
    file.write_text(whole, encoding="utf-8")
    rows = [(day * 7 % 300, day % 11 + 1, day * day * 100 + 1, day * 3) for day in range(60)]
    segmentation = schemes.segment(table(rows), recipes.load(file))
    assert len(segmentation.members) == len(rows)


def test_the_page_names_every_shipped_recipe():
    table_of_recipes = PAGE.split("## Shipped recipes", 1)[1]
    assert set(re.findall(r"`([a-z0-9-]+)`", table_of_recipes)) >= set(recipes.SHIPPED)
