"""What people do with papers: take them in, open a matter, and confirm what the machine read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from duly.errors import DulyError, Place
from duly.evidence import Evidence
from duly.instruments import Kinds
from duly.instruments.kind import FieldValue
from duly.matters.commands.gate import enter, require_moment, require_words
from duly.matters.events import (
    Event,
    FieldConfirmed,
    FieldCorrected,
    FieldUnreadable,
    KindConfirmed,
    MatterOpened,
    MatterRelated,
    PaperLinked,
    PaperRead,
    PaperReceived,
    PaperRefused,
    PaperRole,
    PaperSetAside,
    Relation,
    Way,
)
from duly.matters.instrument import Instrument, kind_named
from duly.matters.matter import Matter
from duly.matters.parts import KIND, ReadPaper
from duly.matters.roles import Actor, require


def receive_paper(
    actor: Actor,
    at: datetime,
    *,
    paper: str,
    media_type: str,
    size_bytes: int,
    received_at: datetime,
    way: Way,
    file_name: str,
    sender: str | None = None,
    told: str = "",
) -> tuple[Event, ...]:
    """The original was kept under its SHA-256 and belongs to no matter yet."""
    require(actor, "receive paper")
    require_moment(at)
    require_moment(received_at)
    return (
        PaperReceived(
            matter=None,
            actor=actor,
            at=at,
            paper=paper,
            media_type=media_type,
            size_bytes=size_bytes,
            received_at=received_at,
            way=way,
            file_name=file_name,
            sender=sender,
            told=told,
        ),
    )


def refuse_paper(
    actor: Actor,
    at: datetime,
    *,
    paper: str,
    size_bytes: int,
    received_at: datetime,
    way: Way,
    file_name: str,
    error: DulyError,
) -> tuple[Event, ...]:
    """A file could not be read. The original is kept and the refusal recorded, with the sentence that the person saw."""
    require(actor, "receive paper")
    require_moment(at)
    return (
        PaperRefused(
            matter=None,
            actor=actor,
            at=at,
            paper=paper,
            reason=error.code,
            size_bytes=size_bytes,
            received_at=received_at,
            way=way,
            message=str(error),
            file_name=file_name,
        ),
    )


def set_aside_paper(actor: Actor, at: datetime, *, paper: str, reason: str) -> tuple[Event, ...]:
    """A paper in the inbox is no matter: a copy, a cover sheet, a mistake. It stays findable, and its original is kept."""
    require(actor, "receive paper")
    require_moment(at)
    words = require_words(reason, "The reason")
    return (PaperSetAside(matter=None, actor=actor, at=at, paper=paper, reason=words),)


def open_matter(
    actor: Actor,
    at: datetime,
    *,
    matter: str,
    number: str,
    office: str,
    jurisdiction: str,
    received_at: datetime,
    instrument: Instrument,
    kinds: Kinds,
    title: str | None = None,
    receipts: Mapping[str, int] | None = None,
) -> tuple[Event, ...]:
    """A matter for one instrument with all that came with it: opened, its papers linked, its readings recorded.

    `receipts` maps a paper to the entry by which the inbox received it.
    """
    require(actor, "open matter")
    require_moment(at)
    require_moment(received_at)
    opened = MatterOpened(
        matter=matter,
        actor=actor,
        at=at,
        number=number,
        office=office,
        jurisdiction=jurisdiction,
        received_at=received_at,
        title=title,
    )
    papers = [instrument, *instrument.accompanying]
    return (opened, *_links(actor, at, matter, papers, receipts or {}), *_readings(actor, at, matter, papers, kinds))


def link_paper(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    paper: str,
    role: PaperRole,
    file_name: str | None = None,
    receipt: int | None = None,
) -> tuple[Event, ...]:
    """A further paper belongs to the matter: a copy, a proof of service, a petition, a receipt."""
    enter(matter, actor, at, "link paper")
    return (
        PaperLinked(matter=matter.id, actor=actor, at=at, paper=paper, role=role, file_name=file_name, receipt=receipt),
    )


def add_read_paper(
    matter: Matter,
    actor: Actor,
    at: datetime,
    kinds: Kinds,
    *,
    papers: Sequence[Instrument],
    role: PaperRole,
    receipt: int | None = None,
) -> tuple[Event, ...]:
    """A paper that came later belongs to the matter: linked, and what was read of it recorded after what is there."""
    enter(matter, actor, at, "link paper")
    if not papers:
        raise DulyError("There is no paper to add.", code="no-paper", remedy="Wait until it has been read.")
    first = papers[0]
    linked = link_paper(
        matter, actor, at, paper=first.document, role=role, file_name=first.name or None, receipt=receipt
    )
    return (*linked, *_readings(actor, at, matter.id, list(papers), kinds, first_number=len(matter.readings)))


def relate_matter(matter: Matter, actor: Actor, at: datetime, *, other: str, relation: Relation) -> tuple[Event, ...]:
    """Another matter of this office has to do with this one."""
    enter(matter, actor, at, "relate matter")
    if other == matter.id:
        raise DulyError("A matter cannot be related to itself.", code="same-matter")
    return (MatterRelated(matter=matter.id, actor=actor, at=at, other=other, relation=relation),)


def confirm_kind(
    matter: Matter, actor: Actor, at: datetime, kinds: Kinds, *, kind: str | None, reading: int = 0
) -> tuple[Event, ...]:
    """A person says which kind of paper it is; None: none of the kinds that Duly knows."""
    enter(matter, actor, at, "confirm field")
    known = _reading(matter, reading)
    found = kind_named(kinds, kind) if kind is not None else None
    issuer = found.facts.get("instrument.issuer") if found is not None else None
    return (
        KindConfirmed(
            matter=matter.id,
            actor=actor,
            at=at,
            reading=reading,
            kind=kind,
            was=known.kind,
            family=found.family if found is not None else None,
            issuer=str(issuer) if issuer is not None else None,
            decisive=tuple(spec.name for spec in found.fields if spec.decisive) if found is not None else (),
        ),
    )


def confirm_field(matter: Matter, actor: Actor, at: datetime, *, field: str, reading: int = 0) -> tuple[Event, ...]:
    """A person looked at the page and found the machine's value right, or found that the paper does not say."""
    enter(matter, actor, at, "confirm field")
    paper = _reading(matter, reading)
    _known_field(paper, field)
    value = paper.fields[field].value if field in paper.fields else None
    return (FieldConfirmed(matter=matter.id, actor=actor, at=at, reading=reading, field=field, value=value),)


def correct_field(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    field: str,
    value: FieldValue | None,
    reading: int = 0,
    evidence: Evidence | None = None,
) -> tuple[Event, ...]:
    """A person read the page otherwise. `evidence` points at the place; without it the machine's place stands."""
    enter(matter, actor, at, "confirm field")
    paper = _reading(matter, reading)
    _known_field(paper, field)
    was = paper.fields[field].value if field in paper.fields else None
    if value == was and type(value) is type(was):
        return (FieldConfirmed(matter=matter.id, actor=actor, at=at, reading=reading, field=field, value=value),)
    return (
        FieldCorrected(
            matter=matter.id, actor=actor, at=at, reading=reading, field=field, value=value, was=was, evidence=evidence
        ),
    )


def mark_unreadable(
    matter: Matter, actor: Actor, at: datetime, *, field: str, reading: int = 0, note: str = ""
) -> tuple[Event, ...]:
    """A person looked and could not read it: the value is not known."""
    enter(matter, actor, at, "confirm field")
    _known_field(_reading(matter, reading), field)
    return (FieldUnreadable(matter=matter.id, actor=actor, at=at, reading=reading, field=field, note=note.strip()),)


def _links(
    actor: Actor, at: datetime, matter: str, papers: list[Instrument], receipts: Mapping[str, int]
) -> Iterator[Event]:
    seen: set[str] = set()
    for index, paper in enumerate(papers):
        if paper.document not in seen:
            seen.add(paper.document)
            role: PaperRole = "instrument" if index == 0 else "accompanying"
            name = paper.name or None
            yield PaperLinked(
                matter=matter, actor=actor, at=at, paper=paper.document, role=role, file_name=name,
                receipt=receipts.get(paper.document),
            )  # fmt: skip


def _readings(
    actor: Actor, at: datetime, matter: str, papers: list[Instrument], kinds: Kinds, *, first_number: int = 0
) -> Iterator[Event]:
    for index, paper in enumerate(papers, start=first_number):
        kind = kinds.get(paper.kind) if paper.kind is not None else None
        issuer = kind.facts.get("instrument.issuer") if kind is not None else None
        first, last = paper.pages
        yield PaperRead(
            matter=matter,
            actor=actor,
            at=at,
            paper=paper.document,
            reading=index,
            kind=paper.kind,
            family=kind.family if kind is not None else None,
            issuer=str(issuer) if issuer is not None else None,
            confidence=paper.confidence,
            first_page=first,
            last_page=last,
            decisive=tuple(spec.name for spec in kind.fields if spec.decisive) if kind is not None else (),
            fields=dict(paper.fields),
            warnings=paper.warnings,
        )


def _reading(matter: Matter, number: int) -> ReadPaper:
    if not 0 <= number < len(matter.readings):
        raise DulyError(f"Matter {matter.number} has no paper number {number}.", code="unknown-reading")
    return matter.readings[number]


def _known_field(paper: ReadPaper, field: str) -> None:
    if field == KIND:
        raise DulyError("The kind of paper is confirmed by itself.", remedy="Choose the kind.", code="unknown-field")
    if field not in paper.fields and field not in paper.decisive:
        raise DulyError(
            f"This paper has no field called {field!r}.",
            place=Place(field=field),
            remedy="Reload the page.",
            code="unknown-field",
        )
