"""Dated holiday calendars: which days a law, a court or an office does not count as working days, and on whose word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from importlib.metadata import version
from typing import Literal

from duly.clock.deadline import ClockError

Effect = Literal["legal holiday", "contested", "office closure", "working day"]
"""What an entry of a calendar means for counting.

`legal holiday`: no working day, whatever is counted. `contested`: authority is divided on whether it is a legal holiday
(see the entry's `note`), so that a deadline which depends on it is given both ways. `office closure`: offices are
closed, but no law makes the day a holiday; it is no court day. `working day`: takes a holiday of an included calendar
away again for that date.
"""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of one calendar: its name, what it means for counting, the source, and what is disputed about it."""

    day: date
    name: str
    calendar: str
    effect: Effect = "legal holiday"
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A holiday that a law sets for every year from `since` to `until` (both included).

    Fixed (`month`, `day`), or the `nth` weekday of a month (negative: from the end), or `easter` plus days, then moved
    by `shift` days. `observed` says where it goes from a weekend: `as 5 U.S.C. 6103` (Saturday to Friday, Sunday to
    Monday), `Sunday to Monday`, `Saturday and Sunday to Monday`, or `none`; empty is the calendar's rule. `every` and `phase` pick years (4, 1: 2021, 2025 …).
    """

    name: str
    month: int = 0
    day: int = 0
    weekday: int | None = None
    nth: int = 0
    easter: int | None = None
    shift: int = 0
    observed: str = ""
    since: int = 1
    until: int = 9999
    every: int = 1
    phase: int = 0
    effect: Effect = "legal holiday"
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One calendar file: what it starts from (`base` of the holidays package, `includes`), and what the law changes.

    `without` names holidays of the base that the law behind this calendar does not have; `observed` is the law's own
    rule for holidays on a weekend, in place of the package's (see `Recurring`). `checked` says against what
    the calendar was compared, and is empty where nobody has; `since` is the first year for which that holds.
    """

    id: str
    title: str
    source: str
    base: str = ""
    includes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    observed: str = ""
    recurring: tuple[Recurring, ...] = ()
    dated: tuple[Holiday, ...] = ()
    checked: str = ""
    since: int = 1
    file: str = ""


_OBSERVED_SHIFT: dict[str, dict[int, int]] = {
    "": {},
    "none": {},
    "as 5 U.S.C. 6103": {5: -1, 6: 1},
    "Sunday to Monday": {6: 1},
    "Saturday and Sunday to Monday": {5: 2, 6: 1},
}
OBSERVED_RULES = tuple(_OBSERVED_SHIFT)


class Calendars:
    """All calendars that are loaded, by id. Immutable once made; year tables are filled in as they are asked for."""

    def __init__(self, calendars: Iterable[Calendar]) -> None:
        self._calendars: dict[str, Calendar] = {calendar.id: calendar for calendar in calendars}
        self._years: dict[tuple[str, int], dict[date, tuple[Holiday, ...]]] = {}
        self._views: dict[tuple[str, ...], dict[int, Mapping[date, tuple[Holiday, ...]]]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._calendars

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all calendars, sorted."""
        return tuple(sorted(self._calendars))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over everything that these calendars say, and over the release of the package they start from."""
        said = [repr(replace(self._calendars[name], file="")) for name in self.ids]
        return hashlib.sha256("\n".join([f"holidays {version('holidays')}", *said]).encode()).hexdigest()

    def with_days(self, days: Iterable[Holiday]) -> Calendars:
        """These calendars with days laid over, in that order; each is the last word on its day in its own calendar.

        Raises `ClockError` where a day belongs to a calendar that is not loaded.
        """
        laid = dict(self._calendars)
        for day in days:
            known = self.calendar(day.calendar)
            laid[known.id] = replace(laid[known.id], dated=(*laid[known.id].dated, day))
        return Calendars(laid.values())

    def calendar(self, name: str) -> Calendar:
        """The calendar of that id; a `ClockError` where there is none."""
        try:
            return self._calendars[name]
        except KeyError:
            raise ClockError(
                f"There is no calendar “{name}”.",
                remedy=f"Known calendars: {', '.join(self.ids)}. Others are added as a file in the office's folder.",
                code="unknown-calendar",
            ) from None

    def entries(self, day: date, names: Iterable[str]) -> tuple[Holiday, ...]:
        """Everything that the named calendars say of that day, closures and contested days too."""
        return self.year(tuple(names), day.year).get(date(day.year, day.month, day.day), ())

    def holiday(self, day: date, names: Iterable[str]) -> Holiday | None:
        """The legal holiday that falls on that day in any of the named calendars; None on every other day."""
        return next((entry for entry in self.entries(day, names) if entry.effect == "legal holiday"), None)

    def is_working_day(self, day: date, names: Iterable[str]) -> bool:
        """Whether the day is neither Saturday, Sunday nor a legal holiday. Contested days count as working days here."""
        return day.weekday() < 5 and self.holiday(day, names) is None

    def year(self, names: tuple[str, ...], year: int) -> Mapping[date, tuple[Holiday, ...]]:
        """The entries of one year of the named calendars together, by day."""
        view = self._views.setdefault(names, {})
        if year not in view:
            merged: dict[date, tuple[Holiday, ...]] = {}
            for name in names:
                for day, entries in self._year_of(name, year).items():
                    merged[day] = merged.get(day, ()) + entries
            view[year] = merged
        return view[year]

    def _year_of(self, name: str, year: int) -> dict[date, tuple[Holiday, ...]]:
        if (name, year) not in self._years:
            self._years[name, year] = self._build(self.calendar(name), year)
        return self._years[name, year]

    def _build(self, calendar: Calendar, year: int) -> dict[date, tuple[Holiday, ...]]:
        table: dict[date, tuple[Holiday, ...]] = {}
        for included in calendar.includes:
            table.update(self._year_of(included, year))
        found = [*_from_package(calendar, year), *_from_rules(calendar, year)]
        for entry in found:
            table[entry.day] = (*table.get(entry.day, ()), entry)
        for entry in calendar.dated:
            if entry.day.year != year:
                continue
            # A dated entry is the last word on its day: it corrects the base, an included calendar or a rule.
            table[entry.day] = () if entry.effect == "working day" else (entry,)
        return {day: entries for day, entries in table.items() if entries}


def _from_package(calendar: Calendar, year: int) -> list[Holiday]:
    if not calendar.base:
        return []
    # The package takes a quarter of a second to import: only a count that meets its holidays pays for it.
    import holidays as holidays_package

    country, _, subdivision = calendar.base.partition("-")
    # With a rule of its own the package's plain days are taken, also of the year after: New Year's Day can be observed
    # on 31 December.
    table = holidays_package.country_holidays(
        country,
        subdiv=subdivision or None,
        years=(year, year + 1) if calendar.observed else year,
        observed=not calendar.observed,
        expand=False,
    )
    found: list[Holiday] = []
    for day in sorted(table):
        for name in table.get_list(day):
            if name.removesuffix(" (observed)") not in calendar.without:
                found += _with_observed(Holiday(day, name, calendar.id, source=calendar.source), calendar.observed)
    return [holiday for holiday in found if holiday.day.year == year]


def _from_rules(calendar: Calendar, year: int) -> list[Holiday]:
    """The recurring holidays that fall, or are observed, in that year."""
    found: list[Holiday] = []
    for rule in calendar.recurring:
        for rule_year in (year, year + 1):
            if rule.since <= rule_year <= rule.until and rule_year % rule.every == rule.phase % rule.every:
                plain = Holiday(
                    recurring_day(rule, rule_year),
                    rule.name,
                    calendar.id,
                    rule.effect,
                    rule.source or calendar.source,
                    rule.note,
                )
                found += _with_observed(plain, rule.observed or calendar.observed)
    return [holiday for holiday in found if holiday.day.year == year]


def _with_observed(holiday: Holiday, rule: str) -> list[Holiday]:
    """The holiday on its own day, and on the day on which it is observed when that is a weekend."""
    shift = _OBSERVED_SHIFT[rule].get(holiday.day.weekday(), 0)
    if not shift:
        return [holiday]
    return [holiday, replace(holiday, day=holiday.day + timedelta(days=shift), name=f"{holiday.name} (observed)")]


def recurring_day(rule: Recurring, year: int) -> date:
    """The day on which a recurring holiday falls in a year, before any observance on another day."""
    if rule.easter is not None:
        day = _easter(year) + timedelta(days=rule.easter)
    elif rule.weekday is None:
        day = date(year, rule.month, rule.day)
    elif rule.nth > 0:
        first = date(year, rule.month, 1)
        day = first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))
    else:
        last = date(year + rule.month // 12, rule.month % 12 + 1, 1) - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - rule.weekday) % 7 + 7 * (-rule.nth - 1))
    return day + timedelta(days=rule.shift)


def _easter(year: int) -> date:
    """Western Easter, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
