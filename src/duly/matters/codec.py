"""Frozen dataclasses to JSON and back, strictly: nothing unknown is accepted, nothing missing is made up."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from duly.errors import DulyError, Place

T = TypeVar("T")

Personal = Annotated[T, "personal"]
"""Marks a part of an event that may tell something about a person: sealed under the matter's key, never in the register."""


def personal_names(kind: Any) -> frozenset[str]:
    """The names of the fields of a dataclass that are marked `Personal`."""
    if kind not in _PERSONAL:
        hints = get_type_hints(kind, include_extras=True)
        marked = {name for name, hint in hints.items() if "personal" in getattr(hint, "__metadata__", ())}
        _PERSONAL[kind] = frozenset(marked)
    return _PERSONAL[kind]


# What is known of each dataclass, so that type hints are resolved once.
_PERSONAL: dict[Any, frozenset[str]] = {}
_SHAPES: dict[Any, tuple[dict[str, Field[Any]], dict[str, Any]]] = {}


class RecordError(DulyError):
    """A stored record does not have the shape that it claims."""

    code = "bad-record"


def encode(value: Any) -> Any:
    """Plain JSON for a dataclass, a tuple, a mapping or a scalar. Dates and times carry their type by a tag."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise RecordError(f"The moment {value.isoformat()} has no time zone.", remedy="Give it the office's zone.")
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: encode(getattr(value, item.name)) for item in fields(value)}
    raise RecordError(f"A {type(value).__name__} cannot be stored.")


def decode(kind: Any, data: Any, place: str = "record") -> Any:
    """The value of type `kind` that `encode` made `data` from. Raises `RecordError` naming the place."""
    if kind is Any:
        return data
    origin = get_origin(kind)
    if origin is Literal:
        return _literal(kind, data, place)
    if origin in (Union, types.UnionType):
        return _union(kind, data, place)
    if origin is tuple:
        return _tuple(kind, data, place)
    if origin in (dict, Mapping):
        return _mapping(kind, data, place)
    if is_dataclass(kind) and isinstance(kind, type):
        return decode_dataclass(kind, data, place)
    return _scalar(kind, data, place)


def decode_dataclass(kind: type[T], data: Any, place: str = "record") -> T:
    """An instance of the frozen dataclass `kind`; unknown keys and missing keys without a default are errors."""
    if not isinstance(data, Mapping):
        raise _wrong(kind.__name__, data, place)
    shape, hints = _shape(kind)
    unknown = sorted(set(data) - set(shape))
    if unknown:
        raise RecordError(
            f"{place} holds {unknown[0]!r}, which {kind.__name__} does not have.", place=Place(field=place)
        )
    values: dict[str, Any] = {}
    for name, item in shape.items():
        if name in data:
            values[name] = decode(hints[name], data[name], f"{place}.{name}")
        elif item.default is MISSING and item.default_factory is MISSING:
            raise RecordError(f"{place} lacks {name!r}.", place=Place(field=place))
    return kind(**values)


def _shape(kind: Any) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    if kind not in _SHAPES:
        _SHAPES[kind] = {item.name: item for item in fields(kind)}, get_type_hints(kind)
    return _SHAPES[kind]


def _wrong(wanted: str, data: Any, place: str) -> RecordError:
    return RecordError(f"{place} should be {wanted}, but is {type(data).__name__}.", place=Place(field=place))


def _literal(kind: Any, data: Any, place: str) -> Any:
    for choice in get_args(kind):
        if data == choice and type(data) is type(choice):
            return choice
    raise RecordError(f"{place} is {data!r}, which is none of {', '.join(map(str, get_args(kind)))}.")


def _union(kind: Any, data: Any, place: str) -> Any:
    for choice in get_args(kind):
        if choice is type(None):
            if data is None:
                return None
            continue
        try:
            return decode(choice, data, place)
        except RecordError:
            continue
    raise _wrong(str(kind), data, place)


def _tuple(kind: Any, data: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise _wrong("a list", data, place)
    inner = get_args(kind)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(decode(inner[0], item, f"{place}[{index}]") for index, item in enumerate(data))
    if len(inner) != len(data):
        raise _wrong(f"a list of {len(inner)}", data, place)
    return tuple(decode(part, item, f"{place}[{i}]") for i, (part, item) in enumerate(zip(inner, data, strict=True)))


def _mapping(kind: Any, data: Any, place: str) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise _wrong("a mapping", data, place)
    return {str(key): decode(get_args(kind)[1], item, f"{place}.{key}") for key, item in data.items()}


_TAGS: dict[Any, tuple[str, Any]] = {
    datetime: ("moment", datetime.fromisoformat),
    date: ("date", date.fromisoformat),
    time: ("time", time.fromisoformat),
}


def _scalar(kind: Any, data: Any, place: str) -> Any:
    if kind in _TAGS:
        return _tagged(kind, data, place)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)  # canonical JSON writes 1.0 as 1
    if kind in (bool, int, float, str) and type(data) is kind:
        return data
    raise _wrong(getattr(kind, "__name__", str(kind)), data, place)


def _tagged(kind: Any, data: Any, place: str) -> Any:
    tag, parse = _TAGS[kind]
    if not isinstance(data, Mapping) or set(data) != {tag} or not isinstance(data[tag], str):
        raise _wrong(f"a {tag}", data, place)
    try:
        value = parse(data[tag])
    except ValueError as error:
        raise RecordError(f"{place} is {data[tag]!r}, which is no {tag}.", place=Place(field=place)) from error
    if isinstance(value, datetime) and value.tzinfo is None:
        raise RecordError(f"{place} is the moment {data[tag]} without a time zone.", place=Place(field=place))
    return value
