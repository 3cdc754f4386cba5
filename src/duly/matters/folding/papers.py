"""What papers and their fields do to a matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from duly.evidence import Evidence
from duly.instruments import Value
from duly.instruments.kind import FieldValue
from duly.matters.codec import RecordError
from duly.matters.events import (
    FieldConfirmed,
    FieldCorrected,
    FieldUnreadable,
    KindConfirmed,
    PaperLinked,
    PaperRead,
    PaperReceived,
    PaperRefused,
    PaperSetAside,
)
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import KIND, LinkedPaper, ReadPaper
from duly.matters.roles import Actor


@apply.register
def _(event: PaperReceived, matter: Matter) -> Matter:
    return _linked(matter, LinkedPaper(event.paper, "instrument", event.file_name))


@apply.register
def _(event: PaperRefused, matter: Matter) -> Matter:
    return _linked(matter, LinkedPaper(event.paper, "other", event.file_name))


@apply.register
def _(event: PaperSetAside, matter: Matter) -> Matter:
    return matter  # a paper of the inbox: it belongs to no matter


@apply.register
def _(event: PaperLinked, matter: Matter) -> Matter:
    return _linked(matter, LinkedPaper(event.paper, event.role, event.file_name, event.receipt))


@apply.register
def _(event: PaperRead, matter: Matter) -> Matter:
    if event.reading != len(matter.readings):
        raise RecordError(f"Reading {event.reading} of matter {matter.number} comes out of turn.")
    paper = ReadPaper(
        paper=event.paper,
        kind=event.kind,
        family=event.family,
        issuer=event.issuer,
        confidence=event.confidence,
        pages=(event.first_page, event.last_page),
        decisive=event.decisive,
        fields=event.fields,
        warnings=event.warnings,
    )
    return replace(matter, readings=(*matter.readings, paper))


@apply.register
def _(event: KindConfirmed, matter: Matter) -> Matter:
    paper = replace(
        reading_of(matter, event.reading),
        kind=event.kind,
        family=event.family,
        issuer=event.issuer,
        decisive=event.decisive,
    )
    return _settled(matter, event.reading, paper, KIND)


@apply.register
def _(event: FieldConfirmed, matter: Matter) -> Matter:
    paper = reading_of(matter, event.reading)
    known = paper.fields.get(event.field)
    evidence = known.evidence if known is not None else Evidence("person", document=paper.paper)
    value = Value(event.field, event.value, seen_by(event.actor, event.at, evidence))
    return _settled(matter, event.reading, _with(paper, value), event.field)


@apply.register
def _(event: FieldCorrected, matter: Matter) -> Matter:
    paper = reading_of(matter, event.reading)
    evidence = event.evidence or _where_the_machine_looked(paper, event.field)
    note = f"The machine had read {_shown(event.was)}."
    corrected = seen_by(event.actor, event.at, replace(evidence, method="person", note=note))
    return _settled(matter, event.reading, _with(paper, Value(event.field, event.value, corrected)), event.field)


@apply.register
def _(event: FieldUnreadable, matter: Matter) -> Matter:
    paper = reading_of(matter, event.reading)
    note = f"A person could not read it. {event.note}".rstrip()
    evidence = replace(_where_the_machine_looked(paper, event.field), method="person", note=note)
    value = Value(event.field, None, seen_by(event.actor, event.at, evidence), ("unreadable",))
    return _settled(matter, event.reading, _with(paper, value), event.field)


def reading_of(matter: Matter, number: int) -> ReadPaper:
    """The reading with this number. Raises RecordError when the matter has no such reading."""
    if not 0 <= number < len(matter.readings):
        raise RecordError(f"Matter {matter.number} has no reading {number}.")
    return matter.readings[number]


def seen_by(actor: Actor, at: datetime, evidence: Evidence) -> Evidence:
    """The evidence after a person looked: theirs is the word now, and nothing about it is uncertain to the software."""
    return replace(evidence, confidence=1.0, confirmed_by=actor.name, confirmed_at=at)


def _where_the_machine_looked(paper: ReadPaper, name: str) -> Evidence:
    known = paper.fields.get(name)
    return known.evidence if known is not None else Evidence("person", document=paper.paper)


def _with(paper: ReadPaper, value: Value) -> ReadPaper:
    return replace(paper, fields={**paper.fields, value.name: value})


def _settled(matter: Matter, number: int, paper: ReadPaper, name: str) -> Matter:
    done = replace(paper, settled=paper.settled | {name})
    readings = tuple(done if index == number else known for index, known in enumerate(matter.readings))
    return replace(matter, readings=readings)


def _linked(matter: Matter, paper: LinkedPaper) -> Matter:
    same = (paper.paper, paper.role, paper.receipt)
    if any((known.paper, known.role, known.receipt) == same for known in matter.papers):
        return matter
    return replace(matter, papers=(*matter.papers, paper))


def _shown(value: FieldValue | None) -> str:
    return "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
