"""What every command checks first: the matter is open, the seal allows it, the role allows it, the moment is a moment."""

from __future__ import annotations

from datetime import datetime

from duly.errors import DulyError
from duly.matters.matter import Matter
from duly.matters.roles import Actor, NotAllowedError, allows, require


class ClosedError(DulyError):
    """A closed matter takes no events."""

    code = "matter-closed"


def enter(matter: Matter, actor: Actor, at: datetime, action: str) -> None:
    """Raise unless `actor` may do `action` on this matter, and the matter takes events."""
    require_moment(at)
    require(actor, action)
    if not may_see(matter, actor, at):
        raise NotAllowedError("This matter is sealed.", remedy="Ask counsel for access.", code="sealed")
    if matter.closed:
        raise ClosedError(f"Matter {matter.number} is closed.", remedy="Reopen it first, and say why.")


def may_see(matter: Matter, actor: Actor, at: datetime) -> bool:
    """Whether the actor may see the matter: a sealed one only those named in the seal and those whose role allows it."""
    if matter.seal is None or (matter.seal.until is not None and at.date() > matter.seal.until):
        return allows(actor, "see matter") or not actor.is_person
    return actor.id in matter.seal.access or allows(actor, "see sealed matter") or not actor.is_person


def require_moment(at: datetime) -> None:
    """Raise unless the moment says its time zone: an event without one cannot be ordered among others."""
    if at.tzinfo is None:
        raise DulyError(
            "The moment was given without a time zone.", remedy="Give it the office's zone.", code="no-zone"
        )


def require_words(text: str, what: str) -> str:
    """The text without surrounding space. Raise when nothing is left of it."""
    words = text.strip()
    if not words:
        raise DulyError(f"{what} is empty.", remedy="Write a sentence.", code="words-needed")
    return words
