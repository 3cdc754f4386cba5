"""What differs between two states of the calendars, so that deadlines which rest on a changed day can be counted anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.clock.calendar import Calendars, Holiday
from duly.clock.wording import day_words


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """One day of one calendar that is another than before; `before` and `after` are its entries (empty: a plain day)."""

    calendar: str
    day: date
    before: tuple[Holiday, ...]
    after: tuple[Holiday, ...]

    def __str__(self) -> str:
        return f"{self.calendar}, {day_words(self.day)}: {_words(self.before)}, now {_words(self.after)}."


def calendar_changes(before: Calendars, after: Calendars, first: date, last: date) -> tuple[CalendarChange, ...]:
    """The days from `first` to `last` on which any calendar says something else than before, by calendar and day.

    A deadline can only have moved if one of its calendars is among them and the day lies between its trigger and the
    later of its old and new end; counting it with both calendars shows from what to what.
    """
    found = []
    for name in sorted({*before.ids, *after.ids}):
        for year in range(first.year, last.year + 1):
            old = before.year((name,), year) if name in before else {}
            new = after.year((name,), year) if name in after else {}
            found += [
                CalendarChange(name, day, old.get(day, ()), new.get(day, ()))
                for day in sorted({*old, *new})
                if first <= day <= last and _meaning(old.get(day, ())) != _meaning(new.get(day, ()))
            ]
    return tuple(found)


def _meaning(entries: tuple[Holiday, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((entry.name, entry.effect) for entry in entries)


def _words(entries: tuple[Holiday, ...]) -> str:
    return " and ".join(f"{entry.name} ({entry.effect})" for entry in entries) or "a plain day"
