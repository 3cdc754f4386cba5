"""A matter's own life: opened, claimed, held, sealed, related, closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.events.paper import Relation
from duly.matters.roles import Role
from duly.matters.wording import day, listed

Disposition = Literal[
    "complied", "complied in part", "declined", "withdrawn by the issuer", "quashed", "superseded", "expired",
    "no records", "returned to the issuer",
]  # fmt: skip
Forbidden = Literal["notice to the person named", "notice to others", "public figures"]


@event("matter-opened")
class MatterOpened(Event):
    """A matter began: one instrument, or several served together. `number` is the office's own, as in `2020-0004`."""

    number: str
    office: str
    jurisdiction: str
    received_at: datetime
    title: Personal[str | None] = None

    def sentence(self) -> str:
        return f"Opened matter {self.number}."


@event("matter-related")
class MatterRelated(Event):
    """Another matter of this office has to do with this one."""

    other: str
    relation: Relation

    def sentence(self) -> str:
        return f"Related to matter {self.other}: {self.relation}."


@event("claimed")
class Claimed(Event):
    """Somebody took the matter in hand."""

    def sentence(self) -> str:
        return "Claimed the matter."


@event("released")
class Released(Event):
    """Whoever had the matter in hand gave it back to the queue. (A person's release is `PersonReleased`.)"""

    def sentence(self) -> str:
        return "Gave the matter back to the queue."


@event("referred")
class Referred(Event):
    """The matter was sent to others in the office, who have the next move."""

    to: Role
    note: Personal[str] = ""

    def sentence(self) -> str:
        return f"Sent to {self.to}. {self.note}".rstrip()


@event("note-added")
class NoteAdded(Event):
    """A note for those who work on the matter."""

    text: Personal[str]

    def sentence(self) -> str:
        return f"Noted: {self.text}"


@event("warning-resolved")
class WarningResolved(Event):
    """A warning was resolved in words. It stays visible beside its resolution."""

    warning: Personal[str]
    resolution: Personal[str]

    def sentence(self) -> str:
        return f"Resolved the warning “{self.warning}”: {self.resolution}"


@event("legal-hold-placed")
class LegalHoldPlaced(Event):
    """Custodians were told to keep what the instrument asks for. A legal hold beats retention."""

    hold: str
    custodians: Personal[tuple[str, ...]]
    scope: Personal[str]

    def sentence(self) -> str:
        return f"Placed a legal hold with {listed(self.custodians)}."


@event("legal-hold-lifted")
class LegalHoldLifted(Event):
    """A legal hold ended."""

    hold: str
    reason: Personal[str]

    def sentence(self) -> str:
        return f"Lifted a legal hold: {self.reason}"


@event("collection-started")
class CollectionStarted(Event):
    """Custodians were asked for the records."""

    custodians: Personal[tuple[str, ...]]

    def sentence(self) -> str:
        return f"Asked {listed(self.custodians)} for the records."


@event("collection-finished")
class CollectionFinished(Event):
    """The records are in; `records` is how many, None where nobody counted."""

    records: int | None = None

    def sentence(self) -> str:
        return "Collected the records." if self.records is None else f"Collected {self.records} records."


@event("review-finished")
class ReviewFinished(Event):
    """The records were reviewed for what may go out."""

    def sentence(self) -> str:
        return "Finished the review of the records."


@event("disposition-recorded")
class DispositionRecorded(Event):
    """What finally happened to the instrument."""

    disposition: Disposition
    note: Personal[str] = ""

    def sentence(self) -> str:
        return f"Disposition: {self.disposition}."


@event("matter-closed")
class MatterClosed(Event):
    """The matter takes no more events until it is reopened."""

    reason: Personal[str] = ""

    def sentence(self) -> str:
        return f"Closed the matter. {self.reason}".rstrip()


@event("matter-reopened")
class MatterReopened(Event):
    """A closed matter was opened again."""

    reason: Personal[str]

    def sentence(self) -> str:
        return f"Reopened the matter: {self.reason}"


@event("sealed")
class Sealed(Event):
    """The matter is sealed: only those named and those whose role allows it may see it. `until` None: no end known."""

    until: date | None = None
    access: tuple[str, ...] = ()
    paper: str | None = None
    reason: Personal[str] = ""

    def sentence(self) -> str:
        return "Sealed the matter" + (f" until {day(self.until)}." if self.until else ".")


@event("unsealed")
class Unsealed(Event):
    """The seal ended."""

    reason: Personal[str]
    paper: str | None = None

    def sentence(self) -> str:
        return f"Unsealed the matter: {self.reason}"


@event("non-disclosure-ordered")
class NonDisclosureOrdered(Event):
    """An order forbids telling somebody about the instrument. What it forbids is blocked, not only shown."""

    forbids: tuple[Forbidden, ...]
    until: date | None = None
    paper: str | None = None
    reason: Personal[str] = ""

    def sentence(self) -> str:
        end = f" until {day(self.until)}" if self.until else ""
        return f"A non-disclosure order forbids {listed(self.forbids, 'or')}{end}."


@event("non-disclosure-lifted")
class NonDisclosureLifted(Event):
    """The non-disclosure order ended."""

    reason: Personal[str]
    paper: str | None = None

    def sentence(self) -> str:
        return f"The non-disclosure order ended: {self.reason}"
