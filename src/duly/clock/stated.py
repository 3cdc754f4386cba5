"""Explains a date that a paper itself states: what lies between, and what if it is no working day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from duly.clock.calendar import Calendars
from duly.clock.deadline import Alternative, Counted, Step
from duly.clock.moments import elapsed, end_of_day, in_zone, require_aware, same_time_on, zone_named, zoned_words
from duly.clock.wording import day_words, length_words, plural
from duly.clock.working_days import ONE_DAY, WorkingDays


def explain_stated(
    stated: date | datetime,
    trigger: date | datetime,
    zone: str,
    calendars: Calendars,
    names: Iterable[str] = ("us-federal",),
    *,
    event: str = "",
    cite: str = "",
) -> Counted:
    """The date or moment that the paper states, as it stands, with what lies between it and the trigger.

    A date that is set is not computed, so it is not moved off a weekend or holiday (committee's note to the 2009
    amendment of Fed. R. Civ. P. 6: the counting rules "do not apply when a fixed time to act is set"); where it is no
    working day, the working days before and after are named and a warning asks for a decision.
    """
    zone_named(zone)
    working = WorkingDays(calendars, names)
    due = in_zone(stated, zone) if isinstance(stated, datetime) else stated
    begun = in_zone(trigger, zone) if isinstance(trigger, datetime) else trigger
    steps = [Step(event)] if event else []
    said = zoned_words(due, zone) if isinstance(due, datetime) else f"{day_words(due)} ({zone})"
    steps.append(Step(f"The paper itself states {said}. It is taken as it stands.", cite))
    warnings: list[str] = []
    first, last = _civil(begun), _civil(due)
    steps.append(Step(_between(begun, due)))
    if last < first:
        warnings.append(f"The paper states {day_words(last)}, which is before {day_words(first)}, when it arrived.")
    else:
        steps += [
            Step(text)
            for text in working.passed(first + ONE_DAY, last - ONE_DAY, "on the way")
            if last - first > ONE_DAY
        ]
        if last - first <= ONE_DAY:
            warnings.append("The paper leaves " + ("no full day" if last == first else "one day") + " to act.")
    otherwise = _if_not_working(due, zone, working, steps, warnings)
    closes_at = due if isinstance(due, datetime) else end_of_day(due, zone)
    return Counted(due, tuple(steps), tuple(warnings), otherwise, closes_at)


def _civil(one: date | datetime) -> date:
    return require_aware(one).date() if isinstance(one, datetime) else one


def _between(begun: date | datetime, due: date | datetime) -> str:
    days = (_civil(due) - _civil(begun)).days
    way = "after" if days >= 0 else "before"
    said = f"That is {plural(abs(days), 'day')} {way} {day_words(_civil(begun))}"
    if isinstance(begun, datetime) and isinstance(due, datetime):
        said += f" ({length_words(abs(elapsed(begun, due)))})"
    return f"{said}; the day of the event is not counted."


def _if_not_working(
    due: date | datetime, zone: str, working: WorkingDays, steps: list[Step], warnings: list[str]
) -> tuple[Alternative, ...]:
    day = _civil(due)
    reason = working.why_not(day)
    doubt = working.met.get(day)
    if not reason and doubt is None:
        steps.append(Step(f"{day_words(day)} is a working day."))
        return ()
    reason = reason or (f"is {doubt.name}" if doubt else "")
    before, _ = working.next_working_day(day - ONE_DAY, -1)
    after, _ = working.next_working_day(day + ONE_DAY, 1)
    steps.append(
        Step(
            f"{day_words(day)} {reason}. The working day before it is {day_words(before)}, the one after {day_words(after)}."
        )
    )
    warnings.append(
        f"The date that the paper states, {day_words(day)}, {reason}. A date that is set does not move by itself: act by "
        f"{day_words(before)}, or agree in writing that {day_words(after)} will do."
    )
    at: time | None = due.timetz().replace(tzinfo=None) if isinstance(due, datetime) else None
    moved: date | datetime = after if at is None else same_time_on(after, at, zone)[0]
    return (Alternative(moved, "if a date that falls on such a day moves to the next working day"),)
