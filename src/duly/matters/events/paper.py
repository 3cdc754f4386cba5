"""Papers: received, refused, read, linked; their fields confirmed, corrected or found unreadable."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from duly.evidence import Evidence
from duly.instruments.kind import FieldValue, Value
from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import counted, moment

Way = Literal["upload", "counter", "mail", "e-mail", "fax", "watched folder", "portal", "command line", "twin"]
PaperRole = Literal[
    "instrument", "accompanying", "copy", "proof of service", "petition", "order", "court filing", "letter", "record", "other"
]  # fmt: skip
Relation = Literal["earlier instrument", "later instrument", "same petition", "served together", "duplicate", "supersedes", "other"]  # fmt: skip


@event("paper-received")
class PaperReceived(Event):
    """The original bytes were kept under their SHA-256 (`paper`). `received_at` is when the office got the paper.

    `told` is what the message that brought it says of itself: who sent it and when, what came with it. It is no service.
    """

    paper: str
    media_type: str
    size_bytes: int
    received_at: datetime
    way: Way
    file_name: Personal[str]
    sender: Personal[str | None] = None
    told: Personal[str] = ""

    def sentence(self) -> str:
        return f"Received by {self.way} on {moment(self.received_at)}; the original is kept."


@event("paper-refused")
class PaperRefused(Event):
    """A file that could not be read. The original is kept all the same; `reason` is the error's stable code."""

    paper: str
    reason: str
    size_bytes: int
    received_at: datetime
    way: Way
    message: Personal[str]
    file_name: Personal[str]

    def sentence(self) -> str:
        return f"Could not be read; the original is kept. {self.message}"


@event("paper-set-aside")
class PaperSetAside(Event):
    """A person decided that a paper in the inbox is no matter: a copy, a cover sheet, a mistake. The original is kept."""

    paper: str
    reason: Personal[str]

    def sentence(self) -> str:
        return f"Set aside: {self.reason}"


@event("paper-linked")
class PaperLinked(Event):
    """A paper became part of this matter, in a stated role. `receipt` is the entry by which the inbox received it."""

    paper: str
    role: PaperRole
    file_name: Personal[str | None] = None
    receipt: int | None = None

    def sentence(self) -> str:
        return f"A paper was added as {self.role}."


@event("paper-read")
class PaperRead(Event):
    """The machine read one instrument out of a paper.

    `reading` numbers the readings of a matter from 0; the first is the instrument itself, the others came with it.
    `decisive` names the fields that move a deadline or an answer: a person confirms each before anything rests on it.
    `kind` is None when the paper was not recognised.
    """

    paper: str
    reading: int
    kind: str | None
    family: str | None
    issuer: str | None
    confidence: float
    first_page: int
    last_page: int
    decisive: tuple[str, ...]
    fields: Personal[dict[str, Value]]
    warnings: Personal[tuple[str, ...]] = ()

    def sentence(self) -> str:
        if self.kind is None:
            return "Read by the machine; the kind of paper was not recognised."
        found = sum(1 for value in self.fields.values() if value.value is not None)
        return f"Read by the machine as {self.kind}, {counted(found, 'field')} found."


@event("kind-confirmed")
class KindConfirmed(Event):
    """A person said which kind of instrument the paper is; `was` is what the machine took it for.

    `kind` None: the person looked, and it is none of the kinds that Duly knows.
    """

    reading: int
    kind: str | None
    was: str | None
    family: str | None
    issuer: str | None
    decisive: tuple[str, ...]

    def sentence(self) -> str:
        known = self.kind or "none of the known kinds"
        if self.was == self.kind:
            return f"Confirmed that the paper is {known}."
        return f"Corrected the kind of paper to {known}; the machine had {self.was or 'not recognised it'}."


@event("field-confirmed")
class FieldConfirmed(Event):
    """A person looked at the page and found the machine's value right. `value` None: the paper does not say."""

    reading: int
    field: str
    value: Personal[FieldValue | None]

    def sentence(self) -> str:
        return f"Confirmed {_field(self.field)}."


@event("field-corrected")
class FieldCorrected(Event):
    """A person read the page otherwise than the machine. `evidence` points at the place where the person read it."""

    reading: int
    field: str
    value: Personal[FieldValue | None]
    was: Personal[FieldValue | None]
    evidence: Personal[Evidence | None] = None

    def sentence(self) -> str:
        return f"Corrected {_field(self.field)}."


@event("field-unreadable")
class FieldUnreadable(Event):
    """A person looked and could not read it: the value stays not known, and nobody is asked again."""

    reading: int
    field: str
    note: Personal[str] = ""

    def sentence(self) -> str:
        return f"Marked {_field(self.field)} as unreadable."


def _field(name: str) -> str:
    return f"the field “{name.replace('_', ' ')}”"
