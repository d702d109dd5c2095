"""Recipes: the shipped ones by name, or any TOML file; parsed once, checked, with the vocabulary of names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from reportgen import cleaning, periods, schemes
from reportgen.config import expanded
from reportgen.errors import RecipeError
from reportgen.mistakes import content, explain, located, unreadable
from reportgen.recipe import Archetype, Part, Recipe

_ANY: Final = datetime(2000, 1, 1)  # noqa: DTZ001  stands for dates while a window is checked

T = TypeVar("T", bound=Part)

SHIPPED: Final = (
    "strategic", "four-groups", "engagement", "kmeans-4", "clusters", "kmeans-3",
    "grid-rf", "grid-fm", "ranges-rfm", "codes-rfm", "codes-five", "tiers",
)  # fmt: skip
"""Ids of the recipes in this folder: the default, by document A … E, and those that others use."""


class Shipped(msgspec.Struct, frozen=True):
    """A shipped recipe as listed: id, title and one line on what it does."""

    id: str
    title: str
    summary: str


class _Vocabulary(Part, frozen=True):
    documents: dict[str, str]
    archetype: tuple[Archetype, ...]


def names() -> tuple[Shipped, ...]:
    """The shipped recipes, the default first."""
    recipes = (load(name) for name in SHIPPED)
    return tuple(Shipped(recipe.id, recipe.title, recipe.summary) for recipe in recipes)


def load(name_or_path: str | Path) -> Recipe:
    """The shipped recipe of that name, or the one in a TOML file. Raises `RecipeError`."""
    file = _file(str(name_or_path))
    recipe = _decode(file, Recipe)
    shared = _decode(files(__name__) / "vocabulary.toml", _Vocabulary)
    archetypes, documents = _merged(recipe.vocabulary, shared.archetype), shared.documents | recipe.documents
    recipe = msgspec.structs.replace(recipe, vocabulary=archetypes, documents=documents)
    with named(name_or_path):
        cleaning.validate(recipe)
        periods.window_start(recipe.time.window, _ANY, _ANY)
        periods.reference(recipe.time.reference, _ANY, _ANY)
        schemes.validate(recipe)
    return recipe


@contextmanager
def named(name_or_path: str | Path) -> Iterator[None]:
    """Names the recipe's file in a `RecipeError` raised inside: recipes themselves don't know where they lie."""
    try:
        yield
    except RecipeError as error:
        raise RecipeError(f"{_file(str(name_or_path)).name}: {error.message}", error.remedy) from error


def _file(name: str) -> Traversable:
    if name in SHIPPED:
        return files(__name__) / f"{name}.toml"
    if not name.endswith(".toml"):
        raise RecipeError(f"there is no recipe `{name}`", f"Take {', '.join(SHIPPED)}, or the path of a .toml file.")
    return expanded(name)


def _decode(file: Traversable, shape: type[T]) -> T:
    try:
        return msgspec.toml.decode(content(file), type=shape)
    except FileNotFoundError as error:
        raise RecipeError(
            f"{file}: there is no such recipe", "`reportgen recipes` lists those that are shipped."
        ) from error
    except OSError as error:
        raise RecipeError(f"{file}: can't be read ({error.strerror})") from error
    except msgspec.ValidationError as error:
        document = msgspec.toml.decode(content(file))
        raise RecipeError(
            f"{file}: {located(str(error), shape, document)}", explain(str(error), shape, document)
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        what, remedy = unreadable(error)
        raise RecipeError(f"{file}: {what}", remedy) from error


def _merged(own: tuple[Archetype, ...], shared: tuple[Archetype, ...]) -> tuple[Archetype, ...]:
    """The shared vocabulary with a recipe's own archetypes: one of the same id in its place, new ones tried first."""
    by_id = {archetype.id: archetype for archetype in own}
    known = {archetype.id for archetype in shared}
    new = tuple(archetype for archetype in own if archetype.id not in known)
    return new + tuple(by_id.get(archetype.id, archetype) for archetype in shared)
