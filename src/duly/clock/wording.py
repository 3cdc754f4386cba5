"""How the clock says days, times and runs of days to a clerk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=8192)
def day_words(day: date) -> str:
    """`Monday 20 January 2020`. A moment is said by its civil date."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """`Friday 10 January 2020, 15:00` on the moment's own clock; seconds only where there are any."""
    clock = f"{moment.hour:02d}:{moment.minute:02d}"
    if moment.second or moment.microsecond:
        clock += f":{moment.second:02d}"
    return f"{day_words(date(moment.year, moment.month, moment.day))}, {clock}"


def due_words(due: date | datetime) -> str:
    return moment_words(due) if isinstance(due, datetime) else day_words(due)


def plural(number: int, one: str) -> str:
    """`1 day`, `14 days`; of `business day` and the like the last word is counted."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def run_words(first: date, last: date) -> str:
    """Two neighbouring days as `Saturday 18 and Sunday 19 January 2020`, one day or a longer run accordingly."""
    if first == last:
        return day_words(first)
    if first > last:
        first, last = last, first
    start = f"{WEEKDAYS[first.weekday()]} {first.day}"
    if first.month != last.month:
        start += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} {'and' if last - first == timedelta(days=1) else 'to'} {day_words(last)}"


def length_words(length: timedelta) -> str:
    """`9 hours`, `1 hour 23 minutes`; seconds only where there are any."""
    seconds = round(length.total_seconds())
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = [plural(hours, "hour")] if hours or not (minutes or seconds) else []
    if minutes:
        parts.append(plural(minutes, "minute"))
    if seconds:
        parts.append(plural(seconds, "second"))
    return " ".join(parts)
