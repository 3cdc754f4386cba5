"""An office's own policy: written, sent on, approved by another person, declined or taken back; and the law changing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.events.fact import ActOutcome
from duly.matters.wording import act_words, day, listed


@event("policy-drafted")
class PolicyDrafted(Event):
    """Counsel wrote a version of the office's own policy, or wrote on at it. `matter` is the policy's own chain, beside
    those of matters; `paper` the SHA-256 of the document, kept among the originals, or nothing: from `effective_from` on
    the policy ends."""

    office: str
    number: int
    paper: str | None
    title: Personal[str]
    adopted_on: date
    effective_from: date
    backdated_because: Personal[str] = ""

    def sentence(self) -> str:
        if self.paper is None:
            return f"Drafted that “{self.title}” ends on {day(self.effective_from)}."
        return f"Wrote version {self.number} of “{self.title}”, in force from {day(self.effective_from)}."


@event("policy-submitted")
class PolicySubmitted(Event):
    """Counsel sent a version to another person for approval. `draft` is the place in the chain at which exactly this text
    was written."""

    number: int
    draft: int

    def sentence(self) -> str:
        return f"Sent version {self.number} for approval."


@event("policy-approved")
class PolicyApproved(Event):
    """A person who wrote nothing of it approved a version: it binds the office from its date on, and never changes."""

    number: int
    draft: int

    def sentence(self) -> str:
        return f"Approved version {self.number}."


@event("policy-declined")
class PolicyDeclined(Event):
    """A version was not approved, and why. It can be written on at."""

    number: int
    draft: int
    because: Personal[str]

    def sentence(self) -> str:
        return f"Declined version {self.number}: {self.because}"


@event("policy-draft-withdrawn")
class PolicyDraftWithdrawn(Event):
    """A version that was not approved yet was taken back. What had been written stays in the chain."""

    number: int

    def sentence(self) -> str:
        return f"Took back the draft of version {self.number}."


@dataclass(frozen=True, slots=True)
class ActChange:
    """What the law said about an act before and says now. None: the act was not in question, or no longer is."""

    act: str
    was: ActOutcome | None
    now: ActOutcome | None

    @property
    def before(self) -> str:
        return _in_words(self.was)

    @property
    def after(self) -> str:
        return _in_words(self.now)


def _in_words(outcome: ActOutcome | None) -> str:
    if outcome is None:
        return "not in question"
    open_ = outcome.outcome == "undetermined"
    return f"undetermined ({listed(outcome.possible, 'or')})" if open_ else outcome.outcome


@dataclass(frozen=True, slots=True)
class DueChange:
    """A deadline that the law counts otherwise now. None: it was not counted, or no longer is."""

    id: str
    what: str
    was: date | datetime | None
    now: date | datetime | None


@event("law-changed")
class LawChanged(Event):
    """The law that the office applies changed, and with it what it says on this open matter. `was` and `rulebooks` are the
    digests of the law before (where it was recorded) and now. The new assessment stands beside it in the ledger."""

    rulebooks: str
    was: str | None
    acts: tuple[ActChange, ...]
    deadlines: tuple[DueChange, ...] = ()
    because: Personal[str] = ""

    def sentence(self) -> str:
        changed = [f"{act_words(one.act)}: {one.before}, now {one.after}" for one in self.acts]
        changed += [f"the deadline “{one.what}”" for one in self.deadlines]
        return f"The law changed. {self.because} {'; '.join(changed)}.".replace("  ", " ")


@event("law-change-answered")
class LawChangeAnswered(Event):
    """A person said in words what follows from a change of the law for this matter. `change` is its place in the chain."""

    change: int
    resolution: Personal[str]

    def sentence(self) -> str:
        return f"Looked at what the law's change means here: {self.resolution}"
