"""Every example of docs/recipes.md loads and groups customers."""

import re
from pathlib import Path

import pytest
from msgspec import inspect

from reportgen import recipes, schemes
from reportgen.recipe import Recipe
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


def choices(kind, seen):
    """Every value of every key that has a list of values, and every step."""
    match kind:
        case inspect.LiteralType(values=values):
            yield from values
        case inspect.StructType(cls=cls, fields=fields, tag=tag) if cls not in seen:
            seen.add(cls)
            yield from [tag] if tag else []
            for field in fields:
                yield from choices(field.type, seen)
        case inspect.UnionType(types=types):
            for part in types:
                yield from choices(part, seen)
        case inspect.VarTupleType(item_type=inner) | inspect.DictType(value_type=inner):
            yield from choices(inner, seen)


@pytest.mark.parametrize("value", sorted(set(choices(inspect.type_info(Recipe), set()))))
def test_every_choice_stands_in_an_example(value):
    assert any(f'"{value}"' in example for example in EXAMPLES)


def test_the_page_names_every_shipped_recipe():
    table_of_recipes = PAGE.split("## Shipped recipes", 1)[1]
    assert set(re.findall(r"`([a-z0-9-]+)`", table_of_recipes)) >= set(recipes.SHIPPED)
