"""Papers out and papers beside: the letter from the domain's own words, and uploads that belong to a matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile

from duly import letters
from duly.desk.accounts.models import Office
from duly.desk.storage import originals
from duly.desk.storage.matters import assessed
from duly.errors import DulyError
from duly.letters import Letter, Order, Signature
from duly.matters import Actor, Matter
from duly.matters.commands import compose_letter, require_approved_position
from duly.matters.events import Event


def keep_upload(file: UploadedFile[Any] | None) -> str | None:
    """Keep an uploaded paper and return its SHA-256; None where none was given."""
    return None if file is None else originals.keep(file.chunks()).sha256


def compose_final(office: Office, matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
    """The letter of the approved position, kept under its SHA-256, as an event; nothing where that letter is made already.

    Whoever asks again because the first answer never came (a browser, after a crash) gets the letter that there is.
    """
    position = require_approved_position(matter)
    if any(letter.position == position and letter.kind == "answer" for letter in matter.letters):
        return ()
    letter = made(office, matter, at)
    kept = originals.keep([letter.pdf])
    return compose_letter(matter, actor, at, letter=uuid4().hex[:12], paper=kept.sha256)


def made(office: Office, matter: Matter, at: datetime) -> Letter:
    """The letter as it would be made now: a draft until another person has approved exactly this position."""
    if matter.assessment is None:
        raise DulyError("The law has not been applied to this matter yet.", remedy="Confirm the kind of paper first.")
    assessment = assessed(office, matter, matter.assessment.on)
    if assessment is None:
        raise DulyError("No paper has been read on this matter yet.", code="no-paper")
    position = matter.position
    approved = position is not None and position.status == "approved" and not matter.position_is_stale
    content = letters.draft(
        assessment,
        office.as_domain(),
        position,
        on=at.date(),
        matter_number=matter.number,
        approved=approved,
        created=at.replace(microsecond=0),
        received_at=matter.received_at.astimezone(office.zone),
        order=_order(matter),
        signatures=_signatures(matter, at) if approved else (),
    )
    return letters.compose(content)


def _order(matter: Matter) -> Order | None:
    """The court's order that the letter answers, where one binds."""
    binding = matter.orders_that_bind
    if not binding:
        return None
    last = binding[-1]
    case = next((one.case_number for one in matter.petitions if one.id == last.petition and one.case_number), None)
    return Order(last.court, last.entered_on, case, last.covers, last.compliance_due, last.terms)


def _signatures(matter: Matter, at: datetime) -> tuple[Signature, ...]:
    """Who drafted and who approved; the line stays open for a signature by hand."""
    position = matter.position
    assert position is not None
    return (Signature(position.drafted_by.name, role=", ".join(position.drafted_by.roles).capitalize()),)
