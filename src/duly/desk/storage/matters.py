"""Matters as the desk works on them: loaded from the ledger, changed by the domain's commands, assessed, and shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from duly import court
from duly.desk.accounts.models import Office
from duly.desk.shelf import calendars_for, kinds, library_for
from duly.desk.storage import ledger
from duly.desk.storage.projections import project
from duly.matters import MACHINE, Actor, Assessment, Matter, extend, fold
from duly.matters.commands import record_assessment
from duly.matters.commands.gate import may_see
from duly.matters.events import Event, MatterOpened

Decide = Callable[[Matter], Sequence[Event]]


def load(office: Office, matter: str, actor: Actor) -> Matter:
    """The matter as its events leave it. Http404 where the office has none with that id, or the actor may not see it."""
    events = ledger.events_of(matter)
    if not events or not isinstance(events[0], MatterOpened):
        raise Http404
    found = fold(events)
    if found.office != office.id or not may_see(found, actor, office.now()):
        raise Http404
    return found


def assessed(office: Office, matter: Matter, on: date) -> Assessment | None:
    """The law of that date on the facts that the matter holds; None while no paper has been read.

    A closed matter is shown under the law as it was known when it was last assessed: a policy that reaches back to an
    earlier day changes nothing about it.
    """
    if matter.instrument is None:
        return None
    known_at = matter.assessment.made_at if matter.closed and matter.assessment is not None else None
    return court.assess_matter(
        library_for(office, on, known_at),
        calendars_for(office, known_at),
        office.as_domain(),
        matter,
        on,
        kinds=kinds(),
    )


def act(office: Office, matter: Matter, decide: Decide, at: datetime, *, expected: int | None = None) -> Matter:
    """Take a decision on one matter and record it. `expected` is the sequence at which the person saw the matter."""
    seen = None if expected is None else {matter.id: expected}
    return act_together(office, [matter], decide(matter), at, expected=seen)[0]


def act_together(
    office: Office,
    matters: Sequence[Matter],
    events: Sequence[Event],
    at: datetime,
    *,
    expected: dict[str, int] | None = None,
) -> list[Matter]:
    """Record events on several matters, all or none, with a fresh assessment wherever they changed what it rests on.

    The ledger refuses (duly.ledger.Conflict) when one of the matters has moved on since it was seen. Returns the
    matters as they now stand.
    """
    if not events:
        return list(matters)
    after = {matter.id: matter for matter in matters}
    for event in events:
        after[event.matter or ""] = extend(after[event.matter or ""], event)
    recorded = list(events)
    for matter in matters:
        for event in assessment_events(office, after[matter.id], at):
            after[matter.id] = extend(after[matter.id], event)
            recorded.append(event)
    seen = {matter.id: matter.sequence for matter in matters} | (expected or {})
    with transaction.atomic():
        ledger.append(recorded, office=office.id, expected=seen)
        for matter in matters:
            project(after[matter.id])
    return [after[matter.id] for matter in matters]


def begin(office: Office, events: Sequence[Event], at: datetime) -> Matter:
    """Record the opening of a matter, with its first assessment."""
    matter = fold(events)
    more = assessment_events(office, matter, at)
    for event in more:
        matter = extend(matter, event)
    with transaction.atomic():
        ledger.append([*events, *more], office=office.id, expected={matter.id: 0})
        project(matter)
    return matter


def assessment_events(office: Office, matter: Matter, at: datetime) -> Sequence[Event]:
    """A new assessment where there is none, or where the facts have changed since the last."""
    if matter.closed or (matter.assessment is not None and not matter.assessment_is_stale):
        return ()
    found = assessed(office, matter, at.astimezone(office.zone).date())
    return () if found is None else record_assessment(matter, MACHINE, at, found)
