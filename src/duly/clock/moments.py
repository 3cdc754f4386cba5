"""Instants and the local times of an office's zone: naive times refused, gaps and repeats of the clock handled and said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from duly.clock.deadline import ClockError
from duly.clock.wording import day_words, length_words, moment_words


@lru_cache(maxsize=256)
def zone_named(zone: str) -> ZoneInfo:
    """The IANA time zone of that name; a `ClockError` where there is none."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise ClockError(
            f"There is no time zone named “{zone}”.",
            remedy="Use a name of the IANA list, such as America/Denver.",
            code="unknown-zone",
        ) from error


def require_aware(moment: datetime) -> datetime:
    """The moment itself, if it says in which zone it is; otherwise a `ClockError`."""
    if moment.utcoffset() is None:
        raise ClockError(
            f"The moment {moment.isoformat()} does not say in which time zone it is.",
            remedy="Give it with its offset or zone, for example 2020-01-10T15:00:00-07:00.",
            code="naive-moment",
        )
    return moment


def in_zone(moment: datetime, zone: str) -> datetime:
    """The same instant on the clocks of `zone`."""
    return require_aware(moment).astimezone(zone_named(zone))


def exists(day: date, at: time, zone: str) -> bool:
    """Whether the clocks of `zone` showed that time on that day (false in the hour that spring forward leaves out)."""
    local = datetime.combine(day, at, zone_named(zone))
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None, fold=0) == local.replace(
        tzinfo=None, fold=0
    )


def is_repeated(day: date, at: time, zone: str) -> bool:
    """Whether the clocks of `zone` showed that time twice on that day (the hour that autumn repeats)."""
    local = datetime.combine(day, at.replace(fold=0), zone_named(zone))
    return exists(day, at, zone) and local.utcoffset() != local.replace(fold=1).utcoffset()


def local_moment(day: date, at: time, zone: str, which: Literal["first", "second"] | None = None) -> datetime:
    """The instant at which the clocks of `zone` showed `at` on `day`, as somebody would write it down.

    A time that the clocks left out is a `ClockError`; so is one that they showed twice, unless `which` says which of
    the two is meant.
    """
    if at.tzinfo is not None:
        raise ClockError("A local time must not carry a zone of its own.", remedy="Give the time alone, and the zone.")
    if not exists(day, at, zone):
        raise ClockError(
            f"On {day_words(day)} the clocks in {zone} never showed {at:%H:%M}: they were put forward past it.",
            remedy="Ask for the time that was really meant.",
            code="nonexistent-time",
        )
    if is_repeated(day, at, zone) and which is None:
        raise ClockError(
            f"On {day_words(day)} the clocks in {zone} showed {at:%H:%M} twice, because they were put back.",
            remedy="Say whether the first or the second is meant.",
            code="ambiguous-time",
        )
    return datetime.combine(day, at.replace(fold=1 if which == "second" else 0), zone_named(zone))


def same_time_on(day: date, at: time, zone: str) -> tuple[datetime, str]:
    """The instant of a time of day carried over to another day, and a sentence where the clocks stand in the way.

    Used where a rule says *the same time on the next day*. A time left out by the clocks becomes the first one after
    the gap; a repeated one is taken at its first showing, the earlier and therefore the safe one.
    """
    local = datetime.combine(day, at.replace(fold=0), zone_named(zone))
    if not exists(day, at, zone):
        moved = local.astimezone(UTC).astimezone(local.tzinfo)
        return (
            moved,
            f"The clocks in {zone} leave out {at:%H:%M} on {day_words(day)}; the time after the gap is {moved:%H:%M}.",
        )
    if is_repeated(day, at, zone):
        return local, f"The clocks in {zone} show {at:%H:%M} twice on {day_words(day)}; the first is meant here."
    return local, ""


@lru_cache(maxsize=65536)
def start_of_day(day: date, zone: str) -> datetime:
    """The first instant of a civil day in `zone` (not always 00:00: some zones put clocks forward at midnight)."""
    return same_time_on(day, time(0), zone)[0]


def end_of_day(day: date, zone: str) -> datetime:
    """The instant at which a civil day in `zone` is over."""
    return start_of_day(day + timedelta(days=1), zone)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Real time between two instants. (Python subtracts wall clocks when both share a zone, and forgets the change.)"""
    return end.astimezone(UTC) - start.astimezone(UTC)


def later(moment: datetime, length: timedelta, zone: str) -> datetime:
    """The instant that much real time later, on the clocks of `zone`."""
    return (moment.astimezone(UTC) + length).astimezone(zone_named(zone))


def clock_changes(start: datetime, end: datetime, zone: str) -> list[str]:
    """A sentence for each change of the clocks of `zone` between two instants."""
    start, end = sorted((start.astimezone(UTC), end.astimezone(UTC)))
    sentences = []
    day, last = in_zone(start, zone).date(), in_zone(end, zone).date()
    while day <= last:
        before, after = start_of_day(day, zone), end_of_day(day, zone)
        shift = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        if shift and _changes_between(before, after, start, end, zone):
            way = "forward" if shift > timedelta() else "back"
            sentences.append(
                f"The clocks in {zone} were put {way} by {length_words(abs(shift))} on {day_words(day)}: "
                "every hour that really passed is counted, whatever the clock shows."
            )
        day += timedelta(days=1)
    return sentences


def _changes_between(before: datetime, after: datetime, start: datetime, end: datetime, zone: str) -> bool:
    """Whether a change within one day lies inside the counted stretch of that day."""
    first = in_zone(max(before.astimezone(UTC), start), zone)
    last = in_zone(min(after.astimezone(UTC), end), zone)
    return first.utcoffset() != last.utcoffset()


def zoned_words(moment: datetime, zone: str) -> str:
    """`Friday 10 January 2020, 15:00 (America/Denver)`."""
    return f"{moment_words(in_zone(moment, zone))} ({zone})"
