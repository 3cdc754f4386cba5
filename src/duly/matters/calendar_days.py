"""A day of the office's calendar as its events leave it: proposed by one person, approved or declined by another.

What is approved is laid over the calendars that come with Duly, for this office alone, and is the last word on its day.
To take an approved day away, its opposite is proposed: `working day`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from duly.clock.calendar import Effect, Holiday
from duly.errors import DulyError, Place
from duly.matters.codec import RecordError
from duly.matters.commands.gate import require_moment, require_words
from duly.matters.events import (
    CalendarDayApproved,
    CalendarDayDeclined,
    CalendarDayProposed,
    CalendarDayWithdrawn,
    Event,
)
from duly.matters.parts import TimelineLine
from duly.matters.roles import Actor, NotAllowedError, require

PREFIX = "calendar-"
"""How the id of such a chain begins, so that it is never taken for a matter's."""
LONGEST = 366
Status = Literal["proposed", "approved", "declined", "withdrawn"]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One proposal as of its last event. `sequence` is how many events it rests on."""

    id: str
    office: str
    calendar: str
    first: date
    last: date
    title: str
    effect: Effect
    source: str
    proposed_by: Actor
    proposed_at: datetime
    sequence: int = 0
    status: Status = "proposed"
    decided_by: Actor | None = None
    decided_at: datetime | None = None
    because: str = ""
    history: tuple[TimelineLine, ...] = ()

    @property
    def entries(self) -> tuple[Holiday, ...]:
        """The days as the clock reads them."""
        days = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        return tuple(Holiday(day, self.title, self.calendar, self.effect, self.source) for day in days)


def fold_day(events: Iterable[Event]) -> CalendarDay:
    """The proposal after these events. Raises RecordError when they are not of one, or its proposer approved it."""
    found: CalendarDay | None = None
    for event in events:
        found = extend_day(found, event)
    if found is None:
        raise RecordError("A day without events does not exist.", remedy="Propose it first.")
    return found


def extend_day(found: CalendarDay | None, event: Event) -> CalendarDay:
    """The proposal after one more event."""
    if found is None:
        if not isinstance(event, CalendarDayProposed) or event.matter is None:
            raise RecordError(f"The event {event.name!r} comes before the day was proposed.")
        found = CalendarDay(
            event.matter, event.office, event.calendar, event.first, event.last, event.title, event.effect, event.source,
            event.actor, event.at,
        )  # fmt: skip
    elif found.status != "proposed":
        raise RecordError(f"The day {found.id!r} was decided already.")
    if event.matter != found.id:
        raise RecordError(f"An event of {event.matter!r} stands among those of {found.id!r}.")
    line = TimelineLine(found.sequence + 1, event.name, event.at, event.actor, event.sentence())
    return replace(_applied(found, event), sequence=line.sequence, history=(*found.history, line))


def _applied(found: CalendarDay, event: Event) -> CalendarDay:
    if isinstance(event, CalendarDayProposed):
        return found
    if isinstance(event, CalendarDayApproved):
        if event.actor.id == found.proposed_by.id:
            raise RecordError(f"The day {found.id!r} was approved by whoever proposed it.")
        return replace(found, status="approved", decided_by=event.actor, decided_at=event.at)
    if isinstance(event, CalendarDayDeclined):
        return replace(found, status="declined", decided_by=event.actor, decided_at=event.at, because=event.because)
    if isinstance(event, CalendarDayWithdrawn):
        return replace(found, status="withdrawn", decided_by=event.actor, decided_at=event.at)
    raise RecordError(f"The event {event.name!r} does not belong to a day of the calendar.")


def propose_day(
    actor: Actor,
    at: datetime,
    *,
    id: str,
    office: str,
    calendar: str,
    first: date,
    last: date | None = None,
    title: str,
    effect: Effect,
    source: str,
) -> tuple[Event, ...]:
    """Propose what a day is in a calendar. A day without a source is refused: it moves deadlines."""
    require_moment(at)
    require(actor, "propose calendar day")
    end = last or first
    if end < first or (end - first).days >= LONGEST:
        raise DulyError(
            "The last day comes before the first, or more than a year after it.",
            place=Place(field="last"),
            remedy="Correct the two days.",
            code="bad-days",
        )
    proposed = CalendarDayProposed(
        matter=id,
        actor=actor,
        at=at,
        office=office,
        calendar=calendar,
        first=first,
        last=end,
        title=require_words(title, "What the day is"),
        effect=effect,
        source=require_words(source, "The source"),
    )
    return (proposed,)


def may_approve(actor: Actor, day: CalendarDay) -> bool:
    """Whether this person did not propose it; their role is another question."""
    return actor.id != day.proposed_by.id


def approve_day(day: CalendarDay, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Approve the day. Raises NotAllowedError for whoever proposed it."""
    require_moment(at)
    require(actor, "approve calendar day")
    _still_open(day)
    if not may_approve(actor, day):
        raise NotAllowedError(
            "Nobody approves a day that they proposed.", remedy="Ask another person.", code="four-eyes"
        )
    return (CalendarDayApproved(matter=day.id, actor=actor, at=at),)


def decline_day(day: CalendarDay, actor: Actor, at: datetime, *, because: str) -> tuple[Event, ...]:
    """Do not approve it, and say why."""
    require_moment(at)
    require(actor, "decline calendar day")
    _still_open(day)
    return (CalendarDayDeclined(matter=day.id, actor=actor, at=at, because=require_words(because, "The reason")),)


def withdraw_day(day: CalendarDay, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Take back a proposal that nobody approved."""
    require_moment(at)
    require(actor, "withdraw calendar day")
    _still_open(day)
    return (CalendarDayWithdrawn(matter=day.id, actor=actor, at=at),)


def _still_open(day: CalendarDay) -> None:
    if day.status != "proposed":
        raise DulyError(f"This day was {day.status} already.", remedy="Reload the page.", code="decided")
