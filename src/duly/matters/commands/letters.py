"""Letters go out only on a position that another person approved and that still holds."""

from __future__ import annotations

from datetime import datetime

from duly.errors import DulyError
from duly.matters.commands.facts import require_disclosure_allowed
from duly.matters.commands.gate import enter, require_moment, require_words
from duly.matters.commands.positions import StaleError, current_position
from duly.matters.events import DeliveryAttempted, DeliveryWay, Event, LetterComposed, LetterKind, LetterSent
from duly.matters.matter import Matter
from duly.matters.parts import LetterRecord
from duly.matters.roles import Actor

INTERNAL: frozenset[LetterKind] = frozenset({"hold notice"})
"""Letters that stay in the office and so need no position."""


def compose_letter(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    letter: str,
    paper: str,
    letter_kind: LetterKind = "answer",
    language: str = "en",
) -> tuple[Event, ...]:
    """Record a letter made from the approved position; `paper` is the SHA-256 of its bytes. Nothing is sent by this."""
    enter(matter, actor, at, "compose letter")
    if matter.letter(letter) is not None:
        raise DulyError(f"There is a letter {letter!r} already.", code="doubled-letter")
    if letter_kind == "notice to the person named":
        require_disclosure_allowed(matter, "person named", at)
    position = None if letter_kind in INTERNAL else require_approved_position(matter)
    return (
        LetterComposed(
            matter=matter.id,
            actor=actor,
            at=at,
            letter=letter,
            paper=paper,
            letter_kind=letter_kind,
            language=language,
            position=position,
        ),
    )


def send_letter(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    letter: str,
    way: DeliveryWay,
    sent_at: datetime,
    recipient: str,
    proof: str | None = None,
    evidence: str = "",
) -> tuple[Event, ...]:
    """The letter left the office. Raises when its position is not the approved one any more, or it went out already."""
    enter(matter, actor, at, "send letter")
    require_moment(sent_at)
    known = _known(matter, letter)
    if known.sent_at is not None:
        raise DulyError(
            "This letter was sent already.", remedy="Record another delivery attempt instead.", code="sent-already"
        )
    if known.kind == "notice to the person named":
        require_disclosure_allowed(matter, "person named", at)
    if known.kind not in INTERNAL and known.position != require_approved_position(matter):
        raise StaleError("The letter was composed from another position.", remedy="Compose it anew.")
    return (
        LetterSent(
            matter=matter.id,
            actor=actor,
            at=at,
            letter=letter,
            way=way,
            sent_at=sent_at,
            proof=proof,
            recipient=require_words(recipient, "The recipient"),
            evidence=evidence.strip(),
        ),
    )


def record_delivery(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    letter: str,
    way: DeliveryWay,
    succeeded: bool,
    attempted_at: datetime,
    proof: str | None = None,
    evidence: str = "",
) -> tuple[Event, ...]:
    """What became of one attempt to deliver a letter that was sent."""
    enter(matter, actor, at, "send letter")
    require_moment(attempted_at)
    if _known(matter, letter).sent_at is None:
        raise DulyError("This letter has not been sent.", remedy="Send it first.", code="not-sent")
    return (
        DeliveryAttempted(
            matter=matter.id,
            actor=actor,
            at=at,
            letter=letter,
            way=way,
            succeeded=succeeded,
            attempted_at=attempted_at,
            proof=proof,
            evidence=evidence.strip(),
        ),
    )


def require_approved_position(matter: Matter) -> str:
    """The digest of the approved position that holds now. Raises when there is none."""
    position = current_position(matter)
    if position.status != "approved":
        raise DulyError(
            "The position is not approved; there is no letter to send yet.",
            remedy="Another person has to approve it.",
            code="not-approved",
        )
    return position.digest


def _known(matter: Matter, letter: str) -> LetterRecord:
    known = matter.letter(letter)
    if known is None:
        raise DulyError(
            f"There is no letter {letter!r} on this matter.", remedy="Compose it first.", code="unknown-letter"
        )
    return known
