"""Counts periods stated in days or a longer unit: from the day of the event to the last day, before any roll."""

from __future__ import annotations

import calendar as month_lengths
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from duly.clock.cites import clause
from duly.clock.deadline import ClockError, Period, Step, Tolling, Unit
from duly.clock.wording import day_words, plural, run_words
from duly.clock.working_days import NOT_LAST, ONE_DAY, WorkingDays

LONGEST_DAYS = 200 * 366
_EACH_COUNTED = 12
_OLD_BRIEF_PERIOD = 11  # Fed. R. Civ. P. 6(a)(2) as in force until 30 November 2009: "less than 11 days"
_DAYS_PER = {"days": 1, "weeks": 7}
_MONTHS_PER = {"months": 1, "years": 12}

Tolled = Callable[[date], str | None]


def last_day(
    period: Period,
    event: date,
    working: WorkingDays,
    tolled: tuple[Tolling, ...],
    steps: list[Step],
    begins: str = "is the day of the event and is not counted",
) -> date | None:
    """The last day of a period in days or longer, appending to `steps`; None while it is tolled without an end."""
    direction = 1 if period.direction == "after" else -1
    cite = period.cite
    steps.append(Step(f"{day_words(event)} {begins}.", clause(cite, "(a)(1)(A)")))
    if period.length == 0:
        steps.append(Step("The period has no length: its last day is the day of the event.", cite))
        return event
    if skips_days(period):
        return _walk(period, event, working, tolled, steps)
    end, said = _plain_end(period, event, direction)
    if tolled:
        return _after_tolling(event, end, said, working, tolled, steps)
    first = event + direction * ONE_DAY
    steps.append(Step(f"Count {said}, beginning with {day_words(first)}.", clause(cite, "(a)(1)(B)")))
    steps += [
        Step(text, clause(cite, "(a)(1)(B)"))
        for text in _in_order(working.passed(first, end - direction * ONE_DAY, NOT_LAST), direction)
        if first != end
    ]
    return end


def skips_days(period: Period) -> bool:
    """Whether Saturdays, Sundays and holidays inside the period are left out of the count."""
    if period.unit == "days excluding weekends and holidays when under 11":
        return period.length < _OLD_BRIEF_PERIOD
    return period.unit in ("business days", "court days")


def _plain_end(period: Period, event: date, direction: int) -> tuple[date, str]:
    unit: str = "days" if period.unit.startswith("days") else period.unit
    if unit in _DAYS_PER:
        end = event + direction * timedelta(days=_DAYS_PER[unit] * period.length)
        return end, plural(period.length, unit[:-1])
    end, clipped = add_months(event, direction * _MONTHS_PER[unit] * period.length)
    said = plural(period.length, unit[:-1])
    if clipped:
        said += f" (there is no day {event.day} in that month, so the period ends on the month's last day)"
    return end, said


def add_months(day: date, months: int) -> tuple[date, bool]:
    """The same day of the month so many months on (or back), or the month's last day where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)), day.day > length


def check_length(length: int, unit: Unit) -> None:
    """Refuses lengths that are negative or so long that no calendar could speak of their end."""
    per = {"weeks": 7, "months": 31, "years": 366}.get(unit, 1)
    if unit.startswith("hours"):
        length, per = length // 24, 1
    if length < 0 or length * per > LONGEST_DAYS:
        raise ClockError(
            f"A period of {length} {unit} cannot be counted.",
            remedy="Give a length from 0 to 200 years; for time before an event use the direction “before”.",
            code="bad-length",
        )


def _walk(
    period: Period, event: date, working: WorkingDays, tolled: tuple[Tolling, ...], steps: list[Step]
) -> date | None:
    """Counts working days one by one, saying each day passed over."""
    direction = 1 if period.direction == "after" else -1
    cite = clause(period.cite, "(a)(1)(B)") if period.unit.endswith("days") else period.cite
    name = {"court days": "court day"}.get(period.unit, "business day")
    if period.unit.startswith("days"):
        cite, name = "Fed. R. Civ. P. 6(a)(2) (before 1 December 2009)", "day"
        steps.append(Step("The period is under 11 days: Saturdays, Sundays and holidays in it are not counted.", cite))
    if period.unit in ("business days", "court days"):
        cite = period.cite
        steps.append(Step(f"Count {plural(period.length, name)}; other days are passed over.", cite))
    day, counted, skipped_from = event, 0, None
    said: list[str] = []
    while counted < period.length:
        day += direction * ONE_DAY
        stopped = tolled_on(day, tolled)
        if stopped is None:
            steps.append(_still_tolled(counted, name))
            return None
        if stopped or working.why_not(day):
            skipped_from = skipped_from or day
            continue
        if skipped_from is not None:
            said += _skipped(skipped_from, day - direction * ONE_DAY, working, tolled, direction)
            skipped_from = None
        counted += 1
        if period.length <= _EACH_COUNTED:
            said.append(f"{day_words(day)}: {name} {counted}.")
    if period.length > _EACH_COUNTED:
        said = _in_order(working.passed(event + direction * ONE_DAY, day, "not counted"), direction)
        said += [_tolling_words(one) for one in tolled]
        said.append(f"{day_words(day)}: {name} {counted}.")
    steps += [Step(text, cite) for text in said]
    return day


def _skipped(first: date, last: date, working: WorkingDays, tolled: Iterable[Tolling], direction: int) -> list[str]:
    stopped = [day for day in _days(first, last, direction) if tolled_on(day, tuple(tolled)) not in ("", None)]
    said = [f"{run_words(stopped[0], stopped[-1])}: not counted, the period is tolled."] if stopped else []
    open_days = [day for day in _days(first, last, direction) if day not in stopped]
    if open_days:
        said += _in_order(working.passed(open_days[0], open_days[-1], "not counted"), direction)
    return said


def _days(first: date, last: date, direction: int) -> list[date]:
    return [first + timedelta(days=offset) * direction for offset in range(abs((last - first).days) + 1)]


def tolled_on(day: date, tolled: tuple[Tolling, ...]) -> str | None:
    """Why the period does not run on that day; empty when it runs; None when it is tolled from then on without an end."""
    for one in tolled:
        first, last = one.first, one.last
        if last is None and day >= first:
            return None
        if last is not None and first <= day <= last:
            return "tolled"
    return ""


def _after_tolling(
    event: date, end: date, said: str, working: WorkingDays, tolled: tuple[Tolling, ...], steps: list[Step]
) -> date | None:
    """The end of a plain period, moved on by each of its days on which it did not run."""
    day, left = event, (end - event).days
    while left:
        day += ONE_DAY
        stopped = tolled_on(day, tolled)
        if stopped is None:
            steps.append(_still_tolled((end - event).days - left, "day"))
            return None
        left -= not stopped
    steps.append(Step(f"Count {said}: without tolling, the last day is {day_words(end)}."))
    steps += [Step(_tolling_words(one), one.cite) for one in tolled]
    if day != end:
        steps.append(
            Step(f"The period did not run on {plural((day - end).days, 'day')}; its last day becomes {day_words(day)}.")
        )
    steps += [Step(text) for text in working.passed(event + ONE_DAY, day - ONE_DAY, "not the last day")]
    return day


def _still_tolled(counted: int, name: str) -> Step:
    return Step(f"{plural(counted, name)} had run when the period was tolled; it has not begun to run again.")


def _tolling_words(one: Tolling) -> str:
    until = "until further notice" if one.last is None else f"to {day_words(one.last)}"
    why = f": {one.why}" if one.why else ""
    return f"The period does not run from {day_words(one.first)} {until}{why}."


def _in_order(sentences: list[str], direction: int) -> list[str]:
    return sentences if direction == 1 else sentences[::-1]
