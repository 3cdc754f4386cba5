"""An office's own policy as its events leave it, and what people do with it: write, send on, approve, decline, take back.

A policy is one document in versions. What binds on a day is the version approved last among those in force by then;
earlier ones stay for ever. A version without a document ends the policy. Nobody approves what they wrote at, and the
fold refuses a record that says somebody did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from duly.errors import DulyError
from duly.matters.codec import RecordError
from duly.matters.commands.gate import require_moment, require_words
from duly.matters.events import (
    Event,
    PolicyApproved,
    PolicyDeclined,
    PolicyDrafted,
    PolicyDraftWithdrawn,
    PolicySubmitted,
)
from duly.matters.parts import TimelineLine
from duly.matters.roles import Actor, NotAllowedError, require

PREFIX = "policy-"
"""How the id of a policy's chain begins, so that it is never taken for a matter's."""


class BackdatedError(DulyError):
    """A version would bind on days that had passed before anybody approved it, and nobody said why."""

    code = "backdated"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version: a draft until `approved_at`. `draft` is the place in the chain at which this text was written, `authors`
    are the ids of all who wrote at it."""

    number: int
    draft: int
    paper: str | None
    title: str
    adopted_on: date
    effective_from: date
    backdated_because: str
    authors: frozenset[str]
    drafted_by: Actor
    drafted_at: datetime
    submitted_by: Actor | None = None
    submitted_at: datetime | None = None
    declined_by: Actor | None = None
    declined_because: str | None = None
    approved_by: Actor | None = None
    approved_at: datetime | None = None

    @property
    def ends(self) -> bool:
        """Whether this version says that the policy ends."""
        return self.paper is None

    @property
    def status(self) -> Literal["draft", "submitted", "declined", "approved"]:
        if self.approved_by is not None:
            return "approved"
        if self.declined_by is not None:
            return "declined"
        return "draft" if self.submitted_by is None else "submitted"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as of its last event. `sequence` is how many events it rests on: whoever appends the next says that number."""

    id: str
    office: str
    sequence: int
    versions: tuple[PolicyVersion, ...] = ()
    draft: PolicyVersion | None = None
    history: tuple[TimelineLine, ...] = ()

    @property
    def title(self) -> str:
        newest = self.draft or (self.versions[-1] if self.versions else None)
        return newest.title if newest is not None else ""

    def version(self, number: int) -> PolicyVersion | None:
        return next((version for version in self.versions if version.number == number), None)

    def on(self, day: date, known_at: datetime | None = None) -> PolicyVersion | None:
        """The version that binds on `day`, as far as it was approved by `known_at`. None: nothing binds, or it has ended."""
        found = in_force(self.versions, day, known_at)
        return None if found is None or found.ends else found


def in_force(versions: Iterable[PolicyVersion], day: date, known_at: datetime | None = None) -> PolicyVersion | None:
    """The version approved last among those in force by `day`; one that ends the policy counts as any other."""
    reached = [
        version
        for version in versions
        if version.effective_from <= day
        and version.approved_at is not None
        and (known_at is None or version.approved_at <= known_at)
    ]
    return max(reached, key=lambda version: version.number, default=None)


def fold_policy(events: Iterable[Event]) -> Policy:
    """The policy after these events, which are all of one policy. Raises RecordError when they are not, or when a version
    was approved by somebody who wrote at it."""
    policy: Policy | None = None
    for event in events:
        policy = extend_policy(policy, event)
    if policy is None:
        raise RecordError("A policy without events does not exist.", remedy="Write it first.")
    return policy


def extend_policy(policy: Policy | None, event: Event) -> Policy:
    """The policy after one more event."""
    if policy is None:
        if not isinstance(event, PolicyDrafted) or event.matter is None:
            raise RecordError(f"The event {event.name!r} comes before the policy was written.")
        policy = Policy(event.matter, event.office, 0)
    if event.matter != policy.id:
        raise RecordError(f"An event of {event.matter!r} stands among those of {policy.id!r}.")
    sequence = policy.sequence + 1
    line = TimelineLine(sequence, event.name, event.at, event.actor, event.sentence())
    return replace(_applied(policy, event, sequence), sequence=sequence, history=(*policy.history, line))


def _applied(policy: Policy, event: Event, sequence: int) -> Policy:
    if isinstance(event, PolicyDrafted):
        return replace(policy, draft=_drafted(policy, event, sequence))
    if isinstance(event, PolicyDraftWithdrawn):
        return replace(policy, draft=None)
    if not isinstance(event, PolicySubmitted | PolicyApproved | PolicyDeclined):
        raise RecordError(f"The event {event.name!r} does not belong to a policy.")
    draft = policy.draft
    if draft is None or (draft.number, draft.draft) != (event.number, event.draft):
        raise RecordError(f"Policy {policy.id!r} has no such draft.")
    if isinstance(event, PolicySubmitted):
        return replace(policy, draft=replace(draft, submitted_by=event.actor, submitted_at=event.at))
    if isinstance(event, PolicyDeclined):
        declined = replace(draft, declined_by=event.actor, declined_because=event.because)
        return replace(policy, draft=declined)
    if event.actor.id in _hands(draft):
        raise RecordError(f"Version {event.number} of {policy.id!r} was approved by somebody who wrote at it.")
    approved = replace(draft, approved_by=event.actor, approved_at=event.at)
    return replace(policy, draft=None, versions=(*policy.versions, approved))


def _drafted(policy: Policy, event: PolicyDrafted, sequence: int) -> PolicyVersion:
    before = policy.draft.authors if policy.draft is not None else frozenset()
    return PolicyVersion(
        number=event.number,
        draft=sequence,
        paper=event.paper,
        title=event.title,
        adopted_on=event.adopted_on,
        effective_from=event.effective_from,
        backdated_because=event.backdated_because,
        authors=before | {event.actor.id},
        drafted_by=event.actor,
        drafted_at=event.at,
    )


def _hands(draft: PolicyVersion) -> frozenset[str]:
    """Everybody who had a hand in a draft: none of them may approve it."""
    return draft.authors | ({draft.submitted_by.id} if draft.submitted_by is not None else frozenset())


def may_approve(actor: Actor, draft: PolicyVersion) -> bool:
    """Whether this person had no hand in the draft; their role is another question."""
    return actor.id not in _hands(draft)


def draft_policy(
    policy: Policy | None,
    actor: Actor,
    at: datetime,
    *,
    id: str,
    office: str,
    paper: str | None,
    title: str,
    adopted_on: date,
    effective_from: date,
    backdated_because: str = "",
) -> tuple[Event, ...]:
    """Write a version, or write on at the one that is not approved yet; one sent for approval comes back by this.

    Raises DulyError for a policy that would end before it began, or a date of adoption that has not come.
    """
    require_moment(at)
    require(actor, "draft policy")
    if policy is not None and (policy.office != office or policy.id != id):
        raise NotAllowedError("This policy belongs to another office.")
    if paper is None and (policy is None or not policy.versions):
        raise DulyError("A policy that never bound cannot end.", remedy="Take the draft back.", code="nothing-to-end")
    if adopted_on > at.date():
        raise DulyError("The day of adoption lies in the future.", remedy="Check the date.", code="future")
    number = 1 if policy is None else len(policy.versions) + 1
    drafted = PolicyDrafted(
        matter=id,
        actor=actor,
        at=at,
        office=office,
        number=number,
        paper=paper,
        title=require_words(title, "The title"),
        adopted_on=adopted_on,
        effective_from=effective_from,
        backdated_because=backdated_because.strip(),
    )
    return (drafted,)


def submit_policy(policy: Policy, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Send the draft to another person for approval. One that would bind on days gone by needs its reason in words."""
    require_moment(at)
    require(actor, "submit policy")
    draft = _open_draft(policy, "draft")
    _check_date(draft, at)
    return (PolicySubmitted(matter=policy.id, actor=actor, at=at, number=draft.number, draft=draft.draft),)


def approve_policy(policy: Policy, actor: Actor, at: datetime, *, draft: int) -> tuple[Event, ...]:
    """Approve exactly the text that was read, which `draft` identifies. It binds from its date on.

    Raises NotAllowedError for somebody who wrote at it, BackdatedError where its date has passed meanwhile.
    """
    require_moment(at)
    require(actor, "approve policy")
    found = _submitted(policy, draft)
    if not may_approve(actor, found):
        raise NotAllowedError(
            "Nobody approves a policy that they wrote.", remedy="Ask another person.", code="four-eyes"
        )
    _check_date(found, at)
    return (PolicyApproved(matter=policy.id, actor=actor, at=at, number=found.number, draft=found.draft),)


def decline_policy(policy: Policy, actor: Actor, at: datetime, *, draft: int, because: str) -> tuple[Event, ...]:
    """Do not approve it, and say why. Counsel can write on at it."""
    require_moment(at)
    require(actor, "decline policy")
    found = _submitted(policy, draft)
    words = require_words(because, "The reason")
    declined = PolicyDeclined(
        matter=policy.id, actor=actor, at=at, number=found.number, draft=found.draft, because=words
    )
    return (declined,)


def withdraw_policy_draft(policy: Policy, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Take back what is not approved yet. What binds goes on binding."""
    require_moment(at)
    require(actor, "withdraw policy draft")
    if policy.draft is None:
        raise DulyError("There is no draft to take back.", remedy="Reload the page.", code="no-draft")
    return (PolicyDraftWithdrawn(matter=policy.id, actor=actor, at=at, number=policy.draft.number),)


def _open_draft(policy: Policy, *statuses: str) -> PolicyVersion:
    if policy.draft is None or policy.draft.status not in statuses:
        raise DulyError("There is no draft to do this with.", remedy="Reload the page.", code="no-draft")
    return policy.draft


def _submitted(policy: Policy, draft: int) -> PolicyVersion:
    found = _open_draft(policy, "submitted")
    if found.draft != draft:
        raise DulyError("The draft was changed after you read it.", remedy="Read it again.", code="stale")
    return found


def _check_date(draft: PolicyVersion, at: datetime) -> None:
    if draft.effective_from < at.date() and not draft.backdated_because:
        raise BackdatedError(
            "The day from which it would bind has passed.",
            remedy="Choose today or a later day, or say in words why it binds on days gone by.",
        )
