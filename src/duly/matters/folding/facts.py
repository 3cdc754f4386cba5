"""What service, custody, stated facts and assessments do to a matter."""

from __future__ import annotations

from dataclasses import replace

from duly.evidence import Evidence, Fact, Method
from duly.matters.events import (
    AssessmentMade,
    CustodyRecorded,
    DeadlineExtended,
    DeadlineMet,
    Event,
    FactStated,
    FactWithdrawn,
    NoticeGiven,
    PersonReleased,
    ServiceRecorded,
)
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import AssessmentRecord, Custody, Extension, Service


@apply.register
def _(event: ServiceRecorded, matter: Matter) -> Matter:
    service = Service(
        event.served_on,
        event.manner,
        event.served_at,
        event.served_by,
        event.served_upon,
        _said(event, "Recorded at the desk."),
    )
    return replace(_forgetting(matter, "instrument.served_on", "service.manner"), service=service)


@apply.register
def _(event: FactStated, matter: Matter) -> Matter:
    evidence = Evidence(
        event.source,
        document=event.paper,
        page=event.page,
        note=event.note,
        confirmed_by=event.actor.name,
        confirmed_at=event.at,
    )
    fact = Fact(event.fact, event.value, evidence)
    return replace(matter, stated={**matter.stated, event.fact: fact}, fact_history=(*matter.fact_history, fact))


@apply.register
def _(event: FactWithdrawn, matter: Matter) -> Matter:
    return _forgetting(matter, event.fact)


@apply.register
def _(event: CustodyRecorded, matter: Matter) -> Matter:
    note = event.note or "As the custody records show."
    custody = Custody(
        event.in_custody, event.as_of, event.eligible_for_release_at, None, _said(event, note, from_records=True)
    )
    names = ("person.in_custody", "person.eligible_for_release_at")
    return replace(_forgetting(matter, *names), custody=custody)


@apply.register
def _(event: PersonReleased, matter: Matter) -> Matter:
    note = event.note or "The release is recorded."
    custody = Custody(False, event.at, None, event.released_at, _said(event, note, from_records=True))
    names = ("person.in_custody", "person.eligible_for_release_at")
    return replace(_forgetting(matter, *names), custody=custody)


@apply.register
def _(event: AssessmentMade, matter: Matter) -> Matter:
    record = AssessmentRecord(
        digest=event.digest,
        basis=event.basis,
        on=event.on,
        outcomes={entry.act: entry for entry in event.outcomes},
        asked=event.asked,
        moot=event.moot,
        deadlines=event.deadlines,
        steps=event.steps,
        defects=event.defects,
        grounds=event.grounds,
        warnings=event.warnings,
        made_at=event.at,
        rulebooks=event.rulebooks,
        calendars=event.calendars,
    )
    return replace(matter, assessment=record)


@apply.register
def _(event: DeadlineExtended, matter: Matter) -> Matter:
    return replace(
        matter, extensions={**matter.extensions, event.deadline: Extension(event.due, event.by, event.steps)}
    )


@apply.register
def _(event: DeadlineMet, matter: Matter) -> Matter:
    return replace(matter, deadlines_met={**matter.deadlines_met, event.deadline: event.met_at})


@apply.register
def _(event: NoticeGiven, matter: Matter) -> Matter:
    met = matter.deadlines_met if event.deadline is None else {event.deadline: event.given_at, **matter.deadlines_met}
    return replace(matter, notices_given=(*matter.notices_given, (event.who, event.given_at)), deadlines_met=met)


def _forgetting(matter: Matter, *names: str) -> Matter:
    """What was stated earlier gives way; the history keeps it."""
    return replace(matter, stated={name: fact for name, fact in matter.stated.items() if name not in names})


def _said(event: Event, note: str, *, from_records: bool = False) -> Evidence:
    method: Method = "record" if from_records else "person"
    return Evidence(method, note=note, confirmed_by=event.actor.name, confirmed_at=event.at)
