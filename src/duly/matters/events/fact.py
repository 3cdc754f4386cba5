"""Facts: how the paper was served, what persons and records say, and what the law was found to say on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from duly.clock.deadline import Step
from duly.evidence import FactValue
from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import act_words, day, moment, when

Told = Literal["person named", "employees", "counsel of the person named", "issuing agency", "other"]
Manner = Literal["hand", "mail", "left with clerk", "electronic", "fax", "other"]


@event("service-recorded")
class ServiceRecorded(Event):
    """When and how the paper was served. Issued, served, received and entered are four different times."""

    served_on: date
    manner: Manner
    served_at: datetime | None = None
    served_by: Personal[str | None] = None
    served_upon: Personal[str | None] = None

    def sentence(self) -> str:
        return f"Recorded service on {when(self.served_at or self.served_on)}, {_MANNER[self.manner]}."


_MANNER: dict[Manner, str] = {
    "hand": "by hand",
    "mail": "by mail",
    "left with clerk": "left with the clerk",
    "electronic": "electronically",
    "fax": "by fax",
    "other": "in another manner",
}


@event("fact-stated")
class FactStated(Event):
    """A person stated a fact of the vocabulary, of their own knowledge or from the office's records."""

    fact: str
    value: Personal[FactValue]
    source: Literal["person", "record"]
    note: Personal[str] = ""
    paper: str | None = None
    page: int | None = None

    def sentence(self) -> str:
        said = {True: "yes", False: "no"}.get(self.value) if isinstance(self.value, bool) else None
        answer = said or (when(self.value) if isinstance(self.value, date) else str(self.value))
        origin = "from the records" if self.source == "record" else "as they know it"
        return f"Stated {self.fact}, {origin}: {answer}."


@event("fact-withdrawn")
class FactWithdrawn(Event):
    """A stated fact no longer holds or was wrong; what was stated stays in the history."""

    fact: str
    reason: Personal[str]

    def sentence(self) -> str:
        return f"Withdrew what was stated about {self.fact}: {self.reason}"


@event("custody-recorded")
class CustodyRecorded(Event):
    """Whether the person named is in this office's custody, as the records show at `as_of`."""

    in_custody: Personal[bool]
    as_of: datetime
    eligible_for_release_at: Personal[datetime | None] = None
    note: Personal[str] = ""

    def sentence(self) -> str:
        where = "in custody" if self.in_custody else "not in custody"
        return f"Recorded that the person named is {where}, as of {moment(self.as_of)}."


@event("person-released")
class PersonReleased(Event):
    """The person named was released."""

    released_at: Personal[datetime]
    note: Personal[str] = ""

    def sentence(self) -> str:
        return f"The person named was released on {moment(self.released_at)}."


@dataclass(frozen=True, slots=True)
class ActOutcome:
    """What the law was found to say about one act: the outcome, and what was still possible."""

    act: str
    outcome: str
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedDeadline:
    """A deadline as it was counted. `purpose` is the period rule's `for`: answer, objection, compliance, hold, notice."""

    id: str
    what: str
    purpose: str
    due: date | datetime | None
    zone: str
    cite: str


@dataclass(frozen=True, slots=True)
class GroundOffered:
    """A ground that the determination offered: its id, the act it is about, and the position that it supports."""

    id: str
    act: str
    position: str


@event("assessment-made")
class AssessmentMade(Event):
    """The law was applied to the facts then known.

    `digest` identifies the whole assessment (SHA-256 of its canonical JSON), `basis` the facts that it rests on: when
    the matter's basis differs from it, the assessment is stale. Both digests are personal, for whoever can guess the
    facts could confirm the guess by them. `asked` are the acts that the paper itself asks for, `moot` those that can no
    longer be done.
    """

    digest: Personal[str]
    basis: Personal[str]
    on: date
    outcomes: tuple[ActOutcome, ...]
    asked: tuple[str, ...] = ()
    moot: tuple[str, ...] = ()
    deadlines: tuple[CountedDeadline, ...] = ()
    steps: Personal[dict[str, tuple[Step, ...]]]
    defects: tuple[str, ...] = ()
    grounds: tuple[GroundOffered, ...] = ()
    rulebooks: str | None = None
    calendars: str | None = None
    warnings: Personal[tuple[str, ...]] = ()

    def sentence(self) -> str:
        parts = ", ".join(f"{act_words(entry.act)}: {entry.outcome}" for entry in self.outcomes) or "no act in question"
        return f"Assessed under the law of {day(self.on)}: {parts}."


@event("deadline-extended")
class DeadlineExtended(Event):
    """A deadline was moved by agreement with the issuer or by an order of the court."""

    deadline: str
    due: date | datetime
    by: Literal["agreement", "order"]
    paper: str | None = None
    note: Personal[str] = ""
    steps: Personal[tuple[Step, ...]] = ()

    def sentence(self) -> str:
        return f"The deadline {self.deadline} was extended to {when(self.due)} by {self.by}."


@event("deadline-met")
class DeadlineMet(Event):
    """A person recorded that a deadline was met by something that the matter does not show otherwise."""

    deadline: str
    met_at: datetime
    how: Personal[str]

    def sentence(self) -> str:
        return f"The deadline {self.deadline} was met on {moment(self.met_at)}: {self.how}"


@event("notice-given")
class NoticeGiven(Event):
    """Somebody whom the law says to tell was told. `rule` is the notice rule's id, where a rule asked for it, and
    `deadline` the id of the deadline that is met by it."""

    who: Told
    given_at: datetime
    rule: str | None = None
    deadline: str | None = None
    how: Personal[str] = ""

    def sentence(self) -> str:
        return f"Notice was given to the {self.who} on {moment(self.given_at)}."
