"""How dates, moments, acts and lists are written in sentences for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """`Monday 13 January 2020`; written out, for 1/2/2020 is two different days on two sides of an ocean."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """`Monday 13 January 2020, 14:05`, in the zone that the value carries."""
    return f"{day(value)}, {value:%H:%M}"


def when(value: date | datetime) -> str:
    return moment(value) if isinstance(value, datetime) else day(value)


def act_words(act: str) -> str:
    """`produce_records` → `produce records`, for sentences written without the vocabulary's labels at hand."""
    return act.replace("_", " ")


def listed(items: Iterable[str], joined_by: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; `nothing` for an empty list."""
    parts = list(items)
    if not parts:
        return "nothing"
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {joined_by} {parts[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 field`, `3 fields`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
