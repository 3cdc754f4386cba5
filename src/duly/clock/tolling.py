"""Puts the times in which a period did not run into the form and order in which it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from duly.clock.deadline import ClockError, Period, Tolling
from duly.clock.moments import end_of_day, require_aware, start_of_day


def in_order(period: Period, tolled: Iterable[Tolling], zone: str) -> tuple[Tolling, ...]:
    """Tolled times, earliest first and joined where they overlap: days for a period in days, instants for one in hours.

    Raises `ClockError` for a period counted backward, for instants in a period of days, and for an end before its start.
    """
    given = list(tolled)
    if not given:
        return ()
    if period.direction == "before":
        raise ClockError(
            "A period counted backward from an event cannot be tolled.",
            remedy="Count it anew from the event's new date.",
            code="tolled-backward",
        )
    in_hours = period.unit.startswith("hours")
    ready = [_as_instants(one, zone) if in_hours else _as_days(one) for one in given]
    ready.sort(key=lambda one: one.first)
    joined: list[Tolling] = []
    for one in ready:
        if one.last is not None and one.last < one.first:
            raise ClockError(
                "A time of tolling ends before it begins.", remedy="Correct its two ends.", code="bad-tolling"
            )
        previous = joined[-1] if joined else None
        if previous is not None and (previous.last is None or one.first <= previous.last):
            joined[-1] = _join(previous, one)
        else:
            joined.append(one)
    return tuple(joined)


def _join(one: Tolling, other: Tolling) -> Tolling:
    last = None if one.last is None or other.last is None else max(one.last, other.last)
    why = "; ".join(dict.fromkeys(text for text in (one.why, other.why) if text))
    cite = "; ".join(dict.fromkeys(text for text in (one.cite, other.cite) if text))
    return Tolling(one.first, last, why, cite)


def _as_days(one: Tolling) -> Tolling:
    if isinstance(one.first, datetime) or isinstance(one.last, datetime):
        raise ClockError(
            "A period in days is tolled by whole days, and this tolling is given by moments.",
            remedy="Give its first and last day.",
            code="bad-tolling",
        )
    return one


def _as_instants(one: Tolling, zone: str) -> Tolling:
    first = require_aware(one.first) if isinstance(one.first, datetime) else start_of_day(one.first, zone)
    last: date | datetime | None = one.last
    if last is not None:
        last = require_aware(last) if isinstance(last, datetime) else end_of_day(last, zone)
    return replace(one, first=first, last=last)
