"""Which values a fact can have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from duly.law.vocabulary import FactType

_PYTHON: dict[str, type] = {
    "boolean": bool, "choice": str, "text": str, "integer": int, "date": date, "moment": datetime,
}  # fmt: skip


def wrong_value(entry: FactType, value: object) -> str:
    """Why `value` cannot be a value of this fact, as a sentence; empty where it can."""
    if type(value) is not _PYTHON[entry.kind]:
        return f"{entry.name} is a {entry.kind}; {value!r} is not."
    if entry.kind == "choice" and not entry.open and value not in entry.choices:
        return f"{entry.name}: “{value}” is none of {', '.join(entry.choices)}."
    if isinstance(value, datetime) and value.utcoffset() is None:
        return f"{entry.name}: {value.isoformat()} has no offset from UTC."
    low: Any = entry.minimum
    high: Any = entry.maximum
    if (low is not None and cast(Any, value) < low) or (high is not None and cast(Any, value) > high):
        return f"{entry.name}: {value} is out of range."
    return ""
