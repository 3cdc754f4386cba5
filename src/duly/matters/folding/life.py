"""What claims, holds, seals and the matter's end do to it."""

from __future__ import annotations

from dataclasses import replace

from duly.matters.events import (
    Claimed,
    CollectionFinished,
    CollectionStarted,
    DispositionRecorded,
    LegalHoldLifted,
    LegalHoldPlaced,
    MatterClosed,
    MatterRelated,
    MatterReopened,
    NonDisclosureLifted,
    NonDisclosureOrdered,
    NoteAdded,
    Referred,
    Released,
    ReviewFinished,
    Sealed,
    Unsealed,
    WarningResolved,
)
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import LegalHold, NonDisclosure, Seal, TimelineLine


@apply.register
def _(event: MatterRelated, matter: Matter) -> Matter:
    link = (event.other, event.relation)
    return matter if link in matter.related else replace(matter, related=(*matter.related, link))


@apply.register
def _(event: Claimed, matter: Matter) -> Matter:
    return replace(matter, claimed_by=event.actor)


@apply.register
def _(event: Released, matter: Matter) -> Matter:
    return replace(matter, claimed_by=None)


@apply.register
def _(event: Referred, matter: Matter) -> Matter:
    """Whoever had it in hand has passed it on."""
    return replace(matter, referred_to=event.to, claimed_by=None)


@apply.register
def _(event: NoteAdded, matter: Matter) -> Matter:
    note = TimelineLine(matter.sequence + 1, event.name, event.at, event.actor, event.text)
    return replace(matter, notes=(*matter.notes, note))


@apply.register
def _(event: WarningResolved, matter: Matter) -> Matter:
    return replace(matter, warnings_resolved={**matter.warnings_resolved, event.warning: event.resolution})


@apply.register
def _(event: LegalHoldPlaced, matter: Matter) -> Matter:
    return replace(matter, holds=(*matter.holds, LegalHold(event.hold, event.custodians, event.scope, event.at)))


@apply.register
def _(event: LegalHoldLifted, matter: Matter) -> Matter:
    holds = tuple(replace(hold, lifted_at=event.at) if hold.id == event.hold else hold for hold in matter.holds)
    return replace(matter, holds=holds)


@apply.register
def _(event: CollectionStarted, matter: Matter) -> Matter:
    return replace(matter, collection="started")


@apply.register
def _(event: CollectionFinished, matter: Matter) -> Matter:
    return replace(matter, collection="finished")


@apply.register
def _(event: ReviewFinished, matter: Matter) -> Matter:
    return replace(matter, collection="reviewed")


@apply.register
def _(event: DispositionRecorded, matter: Matter) -> Matter:
    return replace(matter, disposition=event.disposition)


@apply.register
def _(event: MatterClosed, matter: Matter) -> Matter:
    return replace(matter, closed=True)


@apply.register
def _(event: MatterReopened, matter: Matter) -> Matter:
    return replace(matter, closed=False, disposition=None)


@apply.register
def _(event: Sealed, matter: Matter) -> Matter:
    return replace(matter, seal=Seal(event.until, event.access))


@apply.register
def _(event: Unsealed, matter: Matter) -> Matter:
    return replace(matter, seal=None)


@apply.register
def _(event: NonDisclosureOrdered, matter: Matter) -> Matter:
    """A second order adds to the first: what either forbids stays forbidden for as long as the longer one runs."""
    ordered = NonDisclosure(event.forbids, event.until)
    known = matter.non_disclosure
    if known is not None:
        open_end = known.until is None or ordered.until is None
        until = None if open_end else max(end for end in (known.until, ordered.until) if end is not None)
        ordered = NonDisclosure(tuple(dict.fromkeys((*known.forbids, *ordered.forbids))), until)
    return replace(matter, non_disclosure=ordered)


@apply.register
def _(event: NonDisclosureLifted, matter: Matter) -> Matter:
    return replace(matter, non_disclosure=None)
