"""Letters: composed from an approved position, sent, with evidence for each attempt."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import moment

LetterKind = Literal["answer", "notice to the person named", "hold notice", "request for time", "other"]
DeliveryWay = Literal["e-mail", "mail", "certified mail", "fax", "hand", "portal", "court filing"]


@event("letter-composed")
class LetterComposed(Event):
    """A letter was made from the approved position; `paper` is the SHA-256 of its bytes. It is not sent by this."""

    letter: str
    paper: str
    letter_kind: LetterKind
    language: str = "en"
    position: Personal[str | None] = None

    def sentence(self) -> str:
        return f"Composed a letter ({self.letter_kind}); not sent yet."


@event("letter-sent")
class LetterSent(Event):
    """A letter left the office. `proof` is the SHA-256 of what proves it (receipt, fax report), where there is one."""

    letter: str
    way: DeliveryWay
    sent_at: datetime
    proof: str | None = None
    recipient: Personal[str]
    evidence: Personal[str] = ""

    def sentence(self) -> str:
        return f"Sent the letter by {self.way} on {moment(self.sent_at)}."


@event("delivery-attempted")
class DeliveryAttempted(Event):
    """What became of one attempt to deliver a letter."""

    letter: str
    way: DeliveryWay
    succeeded: bool
    attempted_at: datetime
    proof: str | None = None
    evidence: Personal[str] = ""

    def sentence(self) -> str:
        outcome = "succeeded" if self.succeeded else "failed"
        return f"Delivery by {self.way} {outcome} on {moment(self.attempted_at)}."
