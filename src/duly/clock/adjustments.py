"""What can move the end of a period once it is counted: the last-day roll, service days, extensions, a closed office."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import overload

from duly.clock.cites import clause
from duly.clock.days import add_months, check_length, last_day, skips_days
from duly.clock.deadline import ClockError, Closure, Extension, Period, Step
from duly.clock.hours import every_hour, roll_hours, working_hours
from duly.clock.moments import end_of_day, in_zone, later, require_aware, same_time_on
from duly.clock.wording import day_words, due_words, moment_words, plural
from duly.clock.working_days import ONE_DAY, WorkingDays

_NOT_COUNTED = "itself is not counted"


def roll_days(period: Period, day: date, working: WorkingDays, steps: list[Step]) -> date:
    """The last day itself if it is a working day, else the next one in the direction of counting."""
    reason = working.why_not(day)
    if not reason:
        doubt = working.met.get(day)
        if doubt is None and not skips_days(period):
            steps.append(Step(f"The last day, {day_words(day)}, is a working day.", clause(period.cite, "(a)(1)(C)")))
        elif doubt is not None:
            steps.append(
                Step(
                    f"The last day, {day_words(day)}, is taken as a working day, though it is {doubt.name}.",
                    doubt.source,
                )
            )
        return day
    if period.roll == "none":
        steps.append(
            Step(f"The last day, {day_words(day)}, {reason}: this period is not extended for that.", period.cite)
        )
        return day
    moved, passed = working.next_working_day(day, 1 if period.direction == "after" else -1)
    cite = clause(period.cite, "(a)(1)(C)")
    steps.append(Step(f"The last day would be {day_words(day)}.", cite))
    steps += [Step(text, cite) for text in passed]
    if period.direction == "after":
        steps.append(Step(f"The period runs on to the next working day, {day_words(moved)}.", cite))
    else:
        steps.append(
            Step(
                f"Counted backward, the next working day is the earlier one, {day_words(moved)}.",
                clause(period.cite, "(a)(5)"),
            )
        )
    return moved


@overload
def _roll(period: Period, end: datetime, zone: str, working: WorkingDays, steps: list[Step]) -> datetime: ...
@overload
def _roll(period: Period, end: date, zone: str, working: WorkingDays, steps: list[Step]) -> date: ...
def _roll(period: Period, end: date | datetime, zone: str, working: WorkingDays, steps: list[Step]) -> date | datetime:
    if isinstance(end, datetime):
        return roll_hours(period, end, zone, working, steps)
    return roll_days(period, end, working, steps)


def with_service_days(
    period: Period, end: date | datetime, served_by: str | None, zone: str, working: WorkingDays, steps: list[Step]
) -> date | datetime:
    """Adds the days that a manner of service gives, after the period has otherwise expired, and rolls again.

    The period is counted to its end and rolled first; then calendar days are added; then the last of them is rolled
    (Fed. R. Civ. P. 6(d) and the committee's note to its 2005 amendment).
    """
    if not period.service_additions or served_by is None:
        return end
    cite = clause(period.cite, "service")
    additions = {manner.casefold(): days for manner, days in period.service_additions}
    days = additions.get(served_by.casefold(), 0)
    if days == 0:
        steps.append(Step(f"Served by {served_by}: no days are added for service.", cite))
        return end
    sign = 1 if period.direction == "after" else -1
    if isinstance(end, datetime):
        moved: date | datetime
        moved, said = same_time_on(end.date() + sign * timedelta(days=days), end.time(), zone)
        steps += [Step(said)] if said else []
    else:
        moved = end + sign * timedelta(days=days)
    steps.append(
        Step(
            f"Served by {served_by}: {plural(days, 'day')} are added after the period would otherwise expire, which makes {due_words(moved)}.",
            cite,
        )
    )
    return _roll(period, moved, zone, working, steps)


def apply_extension(
    period: Period, end: date | datetime, extension: Extension, zone: str, working: WorkingDays, steps: list[Step]
) -> date | datetime:
    """The end after one extension. A named date is taken as it stands; a length is counted on from the end so far."""
    why = f" ({extension.why})" if extension.why else ""
    if extension.to is not None:
        to = in_zone(require_aware(extension.to), zone) if isinstance(extension.to, datetime) else extension.to
        steps.append(
            Step(
                f"Extended to {due_words(to)}{why}. A date that is set is not computed, so it does not roll.",
                extension.cite,
            )
        )
        reason = working.why_not(to)
        if reason:
            steps.append(Step(f"That day {reason}: settle beforehand how the act is done on it.", extension.cite))
        return to
    length = extension.length or 0
    check_length(length, extension.unit)
    steps.append(Step(f"Extended by {length} {extension.unit}{why}, counted on from {due_words(end)}.", extension.cite))
    more = Period(length, extension.unit, "after", period.roll, period.calendars, cite=extension.cite or period.cite)
    if isinstance(end, datetime):
        return _more_time(more, end, zone, working, steps)
    if extension.unit.startswith("hours"):
        midnight = end_of_day(end, zone)
        steps.append(Step(f"A period in days ends with its last day: the hours begin at {moment_words(midnight)}."))
        return _more_time(more, midnight, zone, working, steps)
    day = last_day(more, end, working, (), steps, _NOT_COUNTED)
    return end if day is None else roll_days(more, day, working, steps)


def _more_time(more: Period, end: datetime, zone: str, working: WorkingDays, steps: list[Step]) -> datetime:
    if more.unit == "hours":
        moved = every_hour(more, end, zone, working, (), steps)
        return end if moved is None else roll_hours(more, moved, zone, working, steps)
    if more.unit.startswith("hours"):
        return working_hours(more, end, zone, working, (), steps) or end
    if more.unit in ("months", "years"):
        day = add_months(end.date(), more.length * (12 if more.unit == "years" else 1))[0]
    else:
        day = last_day(more, end.date(), working, (), steps, _NOT_COUNTED) or end.date()
    moved, said = same_time_on(day, end.time(), zone)
    steps += [Step(said)] if said else []
    return roll_hours(more, moved, zone, working, steps)


def apply_closures(
    period: Period,
    end: date | datetime,
    closures: tuple[Closure, ...],
    zone: str,
    working: WorkingDays,
    steps: list[Step],
) -> date | datetime:
    """The first accessible working day, where the office was inaccessible on the last day (or in the last hour).

    It is always a later day, also for a period counted backward (committee's note to the 2009 amendment of Rule 6).
    """
    closure = _closed_at(end, closures, zone)
    if closure is None:
        return end
    cite = clause(period.cite, "(a)(3)")
    why = f": {closure.why}" if closure.why else ""
    last = "in the last hour" if isinstance(end, datetime) else f"on {day_words(end)}"
    steps.append(Step(f"The clerk's office was inaccessible {last}{why}.", cite))
    day = end.date() if isinstance(end, datetime) else end
    moved: date | datetime = end
    while closure is not None:
        day, passed = working.next_working_day(day + ONE_DAY, 1)
        steps += [Step(text, cite) for text in passed]
        moved = same_time_on(day, end.time(), zone)[0] if isinstance(end, datetime) else day
        closure = _closed_at(moved, closures, zone)
        if closure is not None:
            steps.append(Step(f"On {day_words(day)} it was still inaccessible.", cite))
    said = moment_words(moved) if isinstance(moved, datetime) else day_words(moved)
    steps.append(Step(f"The time is extended to the first accessible working day: {said}.", cite))
    return moved


def _closed_at(end: date | datetime, closures: tuple[Closure, ...], zone: str) -> Closure | None:
    return next((closure for closure in closures if _covers(closure, end, zone)), None)


def _covers(closure: Closure, end: date | datetime, zone: str) -> bool:
    last = closure.first if closure.last is None else closure.last
    if not isinstance(closure.first, datetime) and not isinstance(last, datetime):
        return closure.first <= (end.date() if isinstance(end, datetime) else end) <= last
    if not (isinstance(closure.first, datetime) and isinstance(last, datetime) and closure.last is not None):
        raise ClockError("A closure given by moments needs both of them.", remedy="Give when it began and ended.")
    first_at, last_at = require_aware(closure.first).astimezone(UTC), require_aware(last).astimezone(UTC)
    if not isinstance(end, datetime):
        raise ClockError(
            "A period in days is extended by a day on which the office was inaccessible, not by hours of it.",
            remedy="If it counts as inaccessible on that day, enter the closure as a whole day.",
            code="bad-closure",
        )
    hour_before = later(end, timedelta(hours=-1), zone).astimezone(UTC)
    return first_at < end.astimezone(UTC) and last_at > hour_before
