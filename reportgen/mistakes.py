"""Mistakes in a configuration or recipe: which key msgspec means, and what may stand there."""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from msgspec import inspect


def content(file: Traversable) -> bytes:
    """The bytes of a TOML file, without the mark that an editor of Windows puts before them. Raises `OSError`."""
    return file.read_bytes().removeprefix(BOM_UTF8)


def explain(message: str, shape: type[msgspec.Struct], document: Any) -> str:  # noqa: ANN401  a parsed file
    """What may stand at the place in `document` that msgspec's `message` names; "" where it names none."""
    found = re.search(r"`\$(.*)`$", message)
    steps = re.findall(r"\.([\w-]+)|\[(\d*)", found[1]) if found else []
    kind: inspect.Type = inspect.type_info(shape)
    for name, number in steps:
        kind = _inner(kind, name)
        document = _at(document, int(number) if number else name)
    return _choices(kind, document)


def unreadable(error: Exception) -> tuple[str, str]:
    """What is wrong with a file that is no TOML, by the reader's `error`, and what to do."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"line {line}: byte 0x{error.object[error.start]:02x} is not UTF-8", "Save the file as UTF-8."
    return (
        f"this is no TOML ({error})",
        "Correct it there: text stands in quotes, a path of Windows in single ones; a table begins once.",
    )


def like(pattern: str, remedy: str) -> msgspec.Meta:
    """What a text looks like, and the remedy where one doesn't."""
    return msgspec.Meta(pattern=pattern, extra={"remedy": remedy})


def located(message: str, shape: type[msgspec.Struct], document: Any) -> str:  # noqa: ANN401
    """`message` with the key that msgspec leaves open: `$.scores[...].quantiles` as `$.scores.F.quantiles`."""
    for table in re.findall(r"`\$\.(\w+)\[\.\.\.\]", message):
        kind = _inner(inspect.type_info(shape), table)
        values = kind.value_type.cls if isinstance(kind, inspect.DictType) else None  # type: ignore[attr-defined]
        wrong = [key for key, value in document[table].items() if values and not _fits(value, values)]
        if wrong:
            message = message.replace(f"$.{table}[...]", f"$.{table}.{wrong[0]}")
    return message


def _fits(value: Any, shape: type[msgspec.Struct]) -> bool:  # noqa: ANN401
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return True


def _at(document: Any, key: str | int) -> Any:  # noqa: ANN401
    """What stands at `key`; None where nothing does."""
    match document:
        case list() if isinstance(key, int):
            return document[key]
        case dict():
            return document.get(key)
    return None


def _inner(kind: inspect.Type, name: str) -> inspect.Type:
    """The type of a key, or of an item where `name` is empty; `kind` itself where there is none."""
    for part in _parts(kind):
        match part:
            case inspect.StructType(fields=fields) if name:
                if inner := [field.type for field in fields if field.encode_name == name]:
                    return inner[0]
            case inspect.VarTupleType(item_type=inner_type) | inspect.DictType(value_type=inner_type) if not name:
                return inner_type
            case inspect.DictType(value_type=inner_type):
                return inner_type
    return kind


def _parts(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _step_choices(tagged: Mapping[str, inspect.StructType], value: Any) -> str:  # noqa: ANN401
    """The keys of the step that `value` is, or else which steps there are."""
    step = tagged.get(value.get("step", "")) if isinstance(value, dict) else None
    if step is None:
        return f"`step` is one of {', '.join(tagged)}."
    return f"Its keys are {', '.join(['step', *(field.encode_name for field in step.fields)])}."


def _text(value: Any) -> str:  # noqa: ANN401
    if value == "":
        return "It can't be empty: write what it shall be, or leave the key out."
    # Too long is only what must be a single sign.
    return "It is one letter or sign." if isinstance(value, str) else "It is text: write it in quotes."


def _written(value: Any) -> str:  # noqa: ANN401
    """A sign in quotes, as it is to be written: a comma among commas isn't seen."""
    return f'"{value}"' if isinstance(value, str) and not any(map(str.isalnum, value)) else str(value)


def _choices(kind: inspect.Type, value: Any) -> str:  # noqa: ANN401, PLR0911  one per kind
    parts = _parts(kind)
    if tagged := {str(part.tag): part for part in parts if isinstance(part, inspect.StructType) and part.tag}:
        return _step_choices(tagged, value)
    match parts[0]:
        # What a text must be, its type says itself: `extra={"remedy": …}`.
        case inspect.Metadata(type=inspect.StrType(pattern=pattern), extra={"remedy": remedy}) if pattern or not value:
            return str(remedy)
        case inspect.StrType() | inspect.Metadata(type=inspect.StrType()):
            return _text(value)
        case inspect.StructType(fields=fields):
            return f"Its keys are {', '.join(field.encode_name for field in fields)}."
        case inspect.LiteralType(values=values):
            return f"Valid are {', '.join(map(_written, values))}."
        case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
            return f"A number from {low} to {high}." if high is not None else f"A number from {low}."
        case inspect.VarTupleType() if isinstance(value, str):
            return f'It is a list: write ["{value}"].'
        case inspect.VarTupleType(item_type=inspect.LiteralType() as item):
            return _choices(item, None)
        case inspect.DictType(key_type=inspect.LiteralType(values=values)):
            return f"Its keys are {', '.join(map(str, values))}."
    return ""
