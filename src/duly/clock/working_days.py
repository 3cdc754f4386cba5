"""Which days one period counts, with the open questions that it met on the way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from duly.clock.calendar import Calendars, Holiday
from duly.clock.wording import WEEKDAYS, day_words, join_words, run_words

ONE_DAY = timedelta(days=1)
NOT_LAST = ("counted, because it is not the last day", "counted, because they are not the last day")
_EACH_BY_NAME = 6
_EACH_WEEKEND = 4
_LISTED_TOGETHER = 20


class WorkingDays:
    """The working days of one period: its calendars, and how contested days and closures are taken in this count.

    `met` collects the contested days and closures whose treatment could matter, so that the count can be repeated with
    them taken the other way.
    """

    def __init__(
        self, calendars: Calendars, names: Iterable[str], *, court: bool = False, contested_are_holidays: bool = False
    ) -> None:
        self._calendars = calendars
        self._names = tuple(names)
        self._court = court
        self._contested = contested_are_holidays
        self.met: dict[date, Holiday] = {}
        for name in self._names:
            calendars.calendar(name)

    def holiday(self, day: date) -> Holiday | None:
        """What makes that day (weekends aside) no working day in this count; None when it is one."""
        entry = self._entry(day)
        if entry is None or self._is_day_off(entry):
            return entry
        if day.weekday() < 5:
            self.met[day] = entry
        return entry if self._contested else None

    def _entry(self, day: date) -> Holiday | None:
        """What the calendars say of that day; what certainly makes it a day off comes first."""
        entries = self._calendars.year(self._names, day.year).get(day)
        if not entries:
            return None
        return next((entry for entry in entries if self._is_day_off(entry)), entries[0])

    def _is_day_off(self, entry: Holiday) -> bool:
        return entry.effect == "legal holiday" or (self._court and entry.effect == "office closure")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and self.holiday(day) is None

    def why_not(self, day: date) -> str:
        """Why a day is no working day: `is Labor Day` or `is a Saturday`; empty when it is one."""
        holiday = self.holiday(day)
        if holiday is not None:
            return f"is {holiday.name}"
        return f"is a {WEEKDAYS[day.weekday()]}" if day.weekday() >= 5 else ""

    def next_working_day(self, day: date, direction: int) -> tuple[date, list[str]]:
        """That day if it is a working day, else the next one in the direction, with a sentence for each day passed."""
        passed: list[str] = []
        weekend: list[date] = []
        while reason := self.why_not(day):
            if reason.startswith("is a "):
                weekend.append(day)
            else:
                passed += [_no_working_days(weekend), f"{day_words(day)} {reason}."]
                weekend = []
            day += direction * ONE_DAY
        passed.append(_no_working_days(weekend))
        return day, [text for text in passed if text]

    def holidays_between(self, first: date, last: date) -> list[Holiday]:
        """The holidays on weekdays from `first` to `last`, both included; only to be told, so nothing is noted in `met`."""
        found = []
        for year in range(first.year, last.year + 1):
            table = self._calendars.year(self._names, year)
            for day in sorted(day for day in table if first <= day <= last and day.weekday() < 5):
                entry = self._entry(day)
                if entry is not None and (self._contested or self._is_day_off(entry)):
                    found.append(entry)
        return found

    def passed(self, first: date, last: date, verdict: str | tuple[str, str]) -> list[str]:
        """Sentences for the weekends and holidays between two days (both included), in order.

        `verdict` ends each of them (`NOT_LAST`, or the same words for one day and for several). Long runs are
        summarised, with their number, never left out.
        """
        one, several = (verdict, verdict) if isinstance(verdict, str) else verdict
        if first > last:
            first, last = last, first
        said = _weekend_sentences(first, last, one, several)
        holidays = self.holidays_between(first, last)
        if len(holidays) <= _EACH_BY_NAME:
            said += [(day.day, f"{day_words(day.day)} is {day.name}: {one}.") for day in holidays]
        elif len(holidays) <= _LISTED_TOGETHER:
            names = join_words([f"{day.name} ({day_words(day.day)})" for day in holidays])
            said.append((holidays[0].day, f"Holidays on the way, {several}: {names}."))
        else:
            said.append(
                (holidays[0].day, f"{len(holidays)} holidays from {day_words(holidays[0].day)} to "
                 f"{day_words(holidays[-1].day)}: {several}.")
            )  # fmt: skip
        return [text for _, text in sorted(said, key=lambda one: one[0])]


def _no_working_days(days: list[date]) -> str:
    if not days:
        return ""
    return f"{run_words(days[0], days[-1])} {'is no working day' if len(days) == 1 else 'are no working days'}."


def _weekend_sentences(first: date, last: date, one: str, several: str) -> list[tuple[date, str]]:
    runs = weekend_runs(first, last)
    if len(runs) <= _EACH_WEEKEND:
        return [(start, f"{run_words(start, end)}: {one if start == end else several}.") for start, end in runs]
    days = sum((end - start).days + 1 for start, end in runs)
    span = f"from {day_words(runs[0][0])} to {day_words(runs[-1][1])}"
    return [(runs[0][0], f"{days} Saturdays and Sundays {span}: {several}.")]


def weekend_runs(first: date, last: date) -> list[tuple[date, date]]:
    """Saturdays and Sundays from `first` to `last` (both included) as runs of neighbouring days."""
    runs = []
    day = first + timedelta(days=(5 - first.weekday()) % 7)
    if first.weekday() == 6:
        runs.append((first, first))
    while day <= last:
        runs.append((day, min(day + ONE_DAY, last)))
        day += timedelta(days=7)
    return runs
