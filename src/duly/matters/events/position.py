"""Positions: drafted by counsel, submitted, approved by another person, or returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import act_words, listed

Choice = Literal["comply", "comply in part", "decline", "object", "move to quash", "ask for time", "cannot be done"]
CHOICES: tuple[Choice, ...] = (
    "comply", "comply in part", "decline", "object", "move to quash", "ask for time", "cannot be done",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActChoice:
    """What counsel decided about one act, and the ids of the offered grounds that it rests on."""

    act: str
    choice: Choice
    grounds: tuple[str, ...] = ()


@event("position-drafted")
class PositionDrafted(Event):
    """Counsel took a position: a choice for each act. `reasons` are counsel's own words by act.

    `against` names the acts whose choice goes against the determination; each of them has reasons.
    `assessment` is the digest of the assessment that the position rests on.
    """

    choices: tuple[ActChoice, ...]
    against: tuple[str, ...] = ()
    assessment: Personal[str]
    reasons: Personal[dict[str, str]]
    statement: Personal[str] = ""

    def sentence(self) -> str:
        return f"Drafted a position: {listed(f'{act_words(entry.act)}, {entry.choice}' for entry in self.choices)}."


@event("position-submitted")
class PositionSubmitted(Event):
    """The position was sent for approval. `position` is the digest of what was submitted."""

    position: Personal[str]

    def sentence(self) -> str:
        return "Sent the position for approval."


@event("position-approved")
class PositionApproved(Event):
    """Another person approved exactly this position: `position` is the digest of what they saw."""

    position: Personal[str]
    note: Personal[str] = ""

    def sentence(self) -> str:
        return "Approved the position."


@event("position-returned")
class PositionReturned(Event):
    """The position was sent back to its drafter."""

    position: Personal[str]
    reason: Personal[str]

    def sentence(self) -> str:
        return f"Returned the position: {self.reason}"
