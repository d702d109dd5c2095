"""Remedies for values that a recipe can't hold: which ones it can."""

import re

import msgspec
from msgspec import inspect


def explain(message: str, shape: type[msgspec.Struct]) -> str:
    """What may stand at the place that msgspec's `message` names; "" where it names none."""
    found = re.search(r"`\$(.*)`$", message)
    steps = re.findall(r"\.([\w-]+)|(\[)", found[1]) if found else []
    kind: inspect.Type = inspect.type_info(shape)
    for name, _ in steps:
        kind = _inner(kind, name)
    return _choices(kind)


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


def _choices(kind: inspect.Type) -> str:
    parts = _parts(kind)
    if tags := [str(part.tag) for part in parts if isinstance(part, inspect.StructType) and part.tag]:
        return f"`step` is one of {', '.join(tags)}."
    match parts[0]:
        case inspect.StructType(fields=fields):
            return f"Its keys are {', '.join(field.encode_name for field in fields)}."
        case inspect.LiteralType(values=values):
            return f"Valid are {', '.join(map(str, values))}."
        case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
            return f"A number from {low} to {high}." if high is not None else f"A number from {low}."
        case inspect.DictType(key_type=inspect.LiteralType(values=values)):
            return f"Its keys are {', '.join(map(str, values))}."
    return ""
