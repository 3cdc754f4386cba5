"""What positions and letters do to a matter."""

from __future__ import annotations

from dataclasses import replace

from duly.matters.codec import RecordError
from duly.matters.events import (
    DeliveryAttempted,
    LetterComposed,
    LetterSent,
    PositionApproved,
    PositionDrafted,
    PositionReturned,
    PositionSubmitted,
)
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter, digest
from duly.matters.parts import Delivery, LetterRecord, Position

_BY_POSITION = "A position was taken after it."


@apply.register
def _(event: PositionDrafted, matter: Matter) -> Matter:
    text = (
        matter.id,
        event.choices,
        event.reasons,
        event.statement,
        event.against,
        event.assessment,
        event.actor.id,
        event.at,
    )
    position = Position(
        digest=digest(text),
        choices=event.choices,
        reasons=event.reasons,
        statement=event.statement,
        against=event.against,
        assessment=event.assessment,
        drafted_by=event.actor,
        drafted_at=event.at,
    )
    earlier = matter.earlier_positions if matter.position is None else (*matter.earlier_positions, matter.position)
    changes = tuple(replace(one, answered=one.answered or _BY_POSITION) for one in matter.law_changes)
    return replace(matter, position=position, earlier_positions=earlier, law_changes=changes)


@apply.register
def _(event: PositionSubmitted, matter: Matter) -> Matter:
    position = _current(matter, event.position)
    return replace(matter, position=replace(position, submitted_by=event.actor, submitted_at=event.at))


@apply.register
def _(event: PositionApproved, matter: Matter) -> Matter:
    position = _current(matter, event.position)
    return replace(matter, position=replace(position, approved_by=event.actor, approved_at=event.at))


@apply.register
def _(event: PositionReturned, matter: Matter) -> Matter:
    position = _current(matter, event.position)
    return replace(matter, position=replace(position, returned_by=event.actor, return_reason=event.reason))


@apply.register
def _(event: LetterComposed, matter: Matter) -> Matter:
    letter = LetterRecord(
        event.letter, event.paper, event.letter_kind, event.language, event.position, event.at, event.actor
    )
    return replace(matter, letters=(*matter.letters, letter))


@apply.register
def _(event: LetterSent, matter: Matter) -> Matter:
    letter = _letter(matter, event.letter)
    delivery = Delivery(event.way, event.sent_at, None, event.proof, event.evidence)
    sent = replace(
        letter,
        sent_at=letter.sent_at or event.sent_at,
        sent_by=letter.sent_by or event.actor,
        recipient=event.recipient,
        deliveries=(*letter.deliveries, delivery),
    )
    return _with(matter, sent)


@apply.register
def _(event: DeliveryAttempted, matter: Matter) -> Matter:
    letter = _letter(matter, event.letter)
    delivery = Delivery(event.way, event.attempted_at, event.succeeded, event.proof, event.evidence)
    return _with(matter, replace(letter, deliveries=(*letter.deliveries, delivery)))


def _current(matter: Matter, position: str) -> Position:
    if matter.position is None or matter.position.digest != position:
        raise RecordError(f"Matter {matter.number} has no such position.")
    return matter.position


def _letter(matter: Matter, id: str) -> LetterRecord:
    letter = matter.letter(id)
    if letter is None:
        raise RecordError(f"Matter {matter.number} has no letter {id!r}.")
    return letter


def _with(matter: Matter, letter: LetterRecord) -> Matter:
    return replace(matter, letters=tuple(letter if known.id == letter.id else known for known in matter.letters))
