"""Counts periods stated in hours: every hour that really passes, or only those of working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from duly.clock.cites import clause
from duly.clock.deadline import ClockError, Period, Step, Tolling
from duly.clock.moments import (
    clock_changes,
    elapsed,
    end_of_day,
    in_zone,
    later,
    same_time_on,
    start_of_day,
    zoned_words,
)
from duly.clock.wording import day_words, length_words, moment_words, plural
from duly.clock.working_days import ONE_DAY, WorkingDays

_EACH_DAY = 14


def every_hour(
    period: Period, event: datetime, zone: str, working: WorkingDays, tolled: tuple[Tolling, ...], steps: list[Step]
) -> datetime | None:
    """The end of a period in which every hour counts, weekends and changes of the clock included."""
    cite = period.cite
    direction = 1 if period.direction == "after" else -1
    steps.append(
        Step(f"{zoned_words(event, zone)} is when it happened; counting begins at once.", clause(cite, "(a)(2)(A)"))
    )
    end = later(event, direction * timedelta(hours=period.length), zone)
    steps.append(
        Step(
            f"Count {plural(period.length, 'hour')}, every one of them, nights, weekends and holidays included.",
            clause(cite, "(a)(2)(B)"),
        )
    )
    for one in tolled:
        moved = _past_tolling(event, end, one, zone, steps)
        if moved is None:
            return None
        end = moved
    steps += [Step(text, clause(cite, "(a)(2)(B)")) for text in clock_changes(event, end, zone)]
    first, last = sorted((in_zone(event, zone).date(), end.date()))
    steps += [
        Step(text, clause(cite, "(a)(2)(B)"))
        for text in working.passed(
            first + ONE_DAY, last - ONE_DAY, ("its hours are counted", "their hours are counted")
        )
        if last - first > ONE_DAY
    ]
    steps.append(Step(f"The {plural(period.length, 'hour')} end on {moment_words(end)}.", clause(cite, "(a)(2)(B)")))
    return end


def _past_tolling(event: datetime, end: datetime, one: Tolling, zone: str, steps: list[Step]) -> datetime | None:
    """The end moved on by the hours in which the period did not run; tolled stretches come in order and do not overlap."""
    first, last = _instants(one)
    start = max(first.astimezone(UTC), event.astimezone(UTC))
    if start >= end.astimezone(UTC):
        return end
    if last is None:
        steps.append(
            Step(f"The period is tolled since {zoned_words(first, zone)} and has not begun to run again.", one.cite)
        )
        return None
    lost = elapsed(start, last)
    if lost <= timedelta():
        return end
    why = f" ({one.why})" if one.why else ""
    steps.append(
        Step(f"From {zoned_words(first, zone)} the period did not run for {length_words(lost)}{why}.", one.cite)
    )
    return later(end, lost, zone)


def _instants(one: Tolling) -> tuple[datetime, datetime | None]:
    """Its two ends as instants; whole days were made into instants before counting began."""
    if not isinstance(one.first, datetime) or not (one.last is None or isinstance(one.last, datetime)):
        raise ClockError("Tolling of a period in hours is given by instants.", remedy="Give both ends with their zone.")
    return one.first, one.last


def roll_hours(period: Period, end: datetime, zone: str, working: WorkingDays, steps: list[Step]) -> datetime:
    """The same time on the next working day, where the hours end on a day that is none (Fed. R. Civ. P. 6(a)(2)(C))."""
    day = end.date()
    reason = working.why_not(day)
    if not reason:
        return end
    cite = clause(period.cite, "(a)(2)(C)")
    if period.roll == "none":
        steps.append(Step(f"{day_words(day)} {reason}: this period is not extended for that.", period.cite))
        return end
    day, passed = working.next_working_day(day, 1 if period.direction == "after" else -1)
    steps += [Step(text, cite) for text in passed]
    moved, said = same_time_on(day, end.time(), zone)
    steps.append(Step(f"The period runs on to the same time on the next working day: {moment_words(moved)}.", cite))
    if said:
        steps.append(Step(said))
    return moved


def working_hours(
    period: Period, event: datetime, zone: str, working: WorkingDays, tolled: tuple[Tolling, ...], steps: list[Step]
) -> datetime | None:
    """The end of a period in which the hours of weekends and holidays do not count (8 C.F.R. 287.7(d)).

    An event on such a day starts the count at the next counting midnight. A count that is full exactly at midnight ends
    there: the end of the day before, shown as 00:00.
    """
    direction = 1 if period.direction == "after" else -1
    steps.append(Step(f"{zoned_words(event, zone)} is when it happened.", period.cite))
    left, now = timedelta(hours=period.length), in_zone(event, zone)
    total, lines = left, list[str]()
    stopped_from: date | None = None
    while left:
        day = _day_ahead(now, direction)
        edge = end_of_day(day, zone) if direction == 1 else start_of_day(day, zone)
        if not working.is_working_day(day):
            stopped_from = stopped_from or day
            now = edge
            continue
        if stopped_from is not None:
            lines += working.passed(stopped_from, day - direction * ONE_DAY, "not counted")
            stopped_from = None
        running = _running(now, edge, direction, tolled)
        if running is None:
            steps += [Step(text, period.cite) for text in lines]
            steps.append(
                Step(f"{length_words(total - left)} had run when the period was tolled; it has not begun to run again.")
            )
            return None
        lines += _tolled_words(day, now, edge, running)
        now, taken = _take(running, edge, left, direction, zone)
        left -= taken
        until = "midnight" if now == edge else f"{now:%H:%M}"
        lines.append(
            f"{day_words(day)}: {length_words(taken)}, to {until} ({length_words(total - left)} of {length_words(total)})."
        )
    steps += [Step(text, period.cite) for text in _shortened(lines)]
    if now == start_of_day(now.date(), zone) and direction == 1 and period.length:
        steps.append(
            Step(
                f"It ends at midnight, the end of {day_words(now.date() - ONE_DAY)}: {moment_words(now)}.", period.cite
            )
        )
    return now


def _day_ahead(now: datetime, direction: int) -> date:
    """The civil day whose hours come next: going back from midnight, that is the day before."""
    if direction == 1:
        return now.date()
    return (now.astimezone(UTC) - timedelta(microseconds=1)).astimezone(now.tzinfo).date()


def _tolled_words(day: date, now: datetime, edge: datetime, running: list[Stretch]) -> list[str]:
    """A sentence where part of a working day does not count because the period is tolled."""
    stopped = abs(elapsed(now, edge)) - sum((abs(elapsed(*stretch)) for stretch in running), timedelta())
    return [f"{day_words(day)}: {length_words(stopped)} of it not counted, the period is tolled."] if stopped else []


Stretch = tuple[datetime, datetime]


def _running(now: datetime, edge: datetime, direction: int, tolled: tuple[Tolling, ...]) -> list[Stretch] | None:
    """The stretches up to the day's edge in which the period runs; None if it is tolled from here without an end."""
    stretches: list[Stretch] = [(now, edge)]
    for one in tolled:
        first, last = _instants(one)
        if last is None and elapsed(first, now) >= timedelta():
            return None
        last = last or edge
        stretches = [piece for stretch in stretches for piece in _without(stretch, first, last)]
    return stretches


def _without(stretch: Stretch, first: datetime, last: datetime) -> list[Stretch]:
    start, end = stretch
    if elapsed(first, end) <= timedelta() or elapsed(start, last) <= timedelta():
        return [stretch]
    pieces = []
    if elapsed(start, first) > timedelta():
        pieces.append((start, first))
    if elapsed(last, end) > timedelta():
        pieces.append((last, end))
    return pieces


def _take(
    stretches: list[Stretch], edge: datetime, left: timedelta, direction: int, zone: str
) -> tuple[datetime, timedelta]:
    """Uses up at most `left` of a day's stretches; says where that ends (the day's edge if not full), and how much it was."""
    taken = timedelta()
    for start, end in stretches:
        available = abs(elapsed(start, end))
        if taken + available >= left:
            return later(start, direction * (left - taken), zone), left
        taken += available
    return edge, taken


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= _EACH_DAY:
        return lines
    return [*lines[:5], f"… {len(lines) - 10} more days in the same way …", *lines[-5:]]
