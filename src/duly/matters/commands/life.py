"""A matter's own life: claimed, referred, held, sealed, disposed of, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from duly.errors import DulyError
from duly.matters.commands.gate import ClosedError, enter, require_moment, require_words
from duly.matters.events import (
    Claimed,
    CollectionFinished,
    CollectionStarted,
    Disposition,
    DispositionRecorded,
    Event,
    Forbidden,
    LegalHoldLifted,
    LegalHoldPlaced,
    MatterClosed,
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
from duly.matters.matter import Matter
from duly.matters.roles import Actor, Role, require
from duly.matters.wording import counted


def claim(matter: Matter, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Take the matter in hand. Raises when somebody else has it."""
    enter(matter, actor, at, "claim")
    if matter.claimed_by is not None and matter.claimed_by.id != actor.id:
        raise DulyError(
            f"{matter.claimed_by.name} has this matter in hand.", remedy="Ask them to give it back.", code="claimed"
        )
    return () if matter.claimed_by is not None else (Claimed(matter=matter.id, actor=actor, at=at),)


def release(matter: Matter, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Give the matter back to the queue: whoever has it, or a supervisor."""
    enter(matter, actor, at, "claim")
    if matter.claimed_by is None:
        return ()
    if matter.claimed_by.id != actor.id and "supervisor" not in actor.roles:
        raise DulyError(
            f"{matter.claimed_by.name} has this matter in hand.", remedy="Ask a supervisor.", code="claimed"
        )
    return (Released(matter=matter.id, actor=actor, at=at),)


def refer(matter: Matter, actor: Actor, at: datetime, *, to: Role, note: str = "") -> tuple[Event, ...]:
    """Send the matter to others in the office, who have the next move."""
    enter(matter, actor, at, "refer")
    return (Referred(matter=matter.id, actor=actor, at=at, to=to, note=note.strip()),)


def add_note(matter: Matter, actor: Actor, at: datetime, *, text: str) -> tuple[Event, ...]:
    """A note for those who work on the matter."""
    enter(matter, actor, at, "add note")
    return (NoteAdded(matter=matter.id, actor=actor, at=at, text=require_words(text, "The note")),)


def resolve_warning(matter: Matter, actor: Actor, at: datetime, *, warning: str, resolution: str) -> tuple[Event, ...]:
    """Say in words how a warning was resolved. It stays visible beside its resolution."""
    enter(matter, actor, at, "resolve warning")
    known = [
        *(matter.assessment.warnings if matter.assessment else ()),
        *(w for p in matter.readings for w in p.warnings),
    ]
    if warning not in known:
        raise DulyError("This warning is not on the matter.", remedy="Reload the page.", code="unknown-warning")
    words = require_words(resolution, "The resolution")
    return (WarningResolved(matter=matter.id, actor=actor, at=at, warning=warning, resolution=words),)


def place_hold(
    matter: Matter, actor: Actor, at: datetime, *, hold: str, custodians: Sequence[str], scope: str
) -> tuple[Event, ...]:
    """Tell custodians to keep what the instrument asks for."""
    enter(matter, actor, at, "place legal hold")
    if not custodians:
        raise DulyError("The legal hold names no custodian.", remedy="Say who keeps the records.", code="no-custodian")
    if any(known.id == hold for known in matter.holds):
        raise DulyError(f"There is a legal hold {hold!r} already.", code="doubled-hold")
    words = require_words(scope, "What is to be kept")
    return (
        LegalHoldPlaced(matter=matter.id, actor=actor, at=at, hold=hold, custodians=tuple(custodians), scope=words),
    )


def lift_hold(matter: Matter, actor: Actor, at: datetime, *, hold: str, reason: str) -> tuple[Event, ...]:
    """A legal hold ends."""
    enter(matter, actor, at, "lift legal hold")
    if all(known.id != hold or known.lifted_at is not None for known in matter.holds):
        raise DulyError(f"There is no legal hold {hold!r} to lift.", code="unknown-hold")
    words = require_words(reason, "The reason")
    return (LegalHoldLifted(matter=matter.id, actor=actor, at=at, hold=hold, reason=words),)


def start_collection(matter: Matter, actor: Actor, at: datetime, *, custodians: Sequence[str]) -> tuple[Event, ...]:
    """Ask custodians for the records."""
    enter(matter, actor, at, "collect records")
    return (CollectionStarted(matter=matter.id, actor=actor, at=at, custodians=tuple(custodians)),)


def finish_collection(matter: Matter, actor: Actor, at: datetime, *, records: int | None = None) -> tuple[Event, ...]:
    """The records are in."""
    enter(matter, actor, at, "collect records")
    if matter.collection != "started":
        raise DulyError("No collection is under way.", remedy="Start it first.", code="no-collection")
    return (CollectionFinished(matter=matter.id, actor=actor, at=at, records=records),)


def finish_review(matter: Matter, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """The records were reviewed for what may go out."""
    enter(matter, actor, at, "collect records")
    if matter.collection != "finished":
        raise DulyError(
            "The records are not collected yet.", remedy="Finish the collection first.", code="no-collection"
        )
    return (ReviewFinished(matter=matter.id, actor=actor, at=at),)


def record_disposition(
    matter: Matter, actor: Actor, at: datetime, *, disposition: Disposition, note: str = ""
) -> tuple[Event, ...]:
    """What finally happened to the instrument."""
    enter(matter, actor, at, "record disposition")
    return (DispositionRecorded(matter=matter.id, actor=actor, at=at, disposition=disposition, note=note.strip()),)


def close_matter(matter: Matter, actor: Actor, at: datetime, *, reason: str = "") -> tuple[Event, ...]:
    """Close the matter: only when its disposition is recorded and no legal hold remains."""
    enter(matter, actor, at, "close matter")
    if matter.disposition is None:
        raise DulyError("The matter has no disposition.", remedy="Record what finally happened.", code="no-disposition")
    holds = [hold for hold in matter.holds if hold.lifted_at is None]
    if holds:
        raise DulyError(f"{counted(len(holds), 'legal hold')} not lifted.", remedy="Lift what has ended.", code="held")
    return (MatterClosed(matter=matter.id, actor=actor, at=at, reason=reason.strip()),)


def reopen_matter(matter: Matter, actor: Actor, at: datetime, *, reason: str) -> tuple[Event, ...]:
    """Open a closed matter again. Its disposition has to be recorded anew."""
    require_moment(at)
    require(actor, "reopen matter")
    if not matter.closed:
        raise ClosedError(f"Matter {matter.number} is not closed.", code="not-closed")
    return (MatterReopened(matter=matter.id, actor=actor, at=at, reason=require_words(reason, "The reason")),)


def seal_matter(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    until: date | None = None,
    access: Sequence[str] = (),
    paper: str | None = None,
    reason: str = "",
) -> tuple[Event, ...]:
    """Seal the matter: only those named (ids) and those whose role allows it may see it from now on."""
    enter(matter, actor, at, "seal matter")
    return (
        Sealed(
            matter=matter.id, actor=actor, at=at, until=until, access=tuple(access), paper=paper, reason=reason.strip()
        ),
    )


def unseal_matter(
    matter: Matter, actor: Actor, at: datetime, *, reason: str, paper: str | None = None
) -> tuple[Event, ...]:
    """The seal ended."""
    enter(matter, actor, at, "unseal matter")
    if matter.seal is None:
        raise DulyError("The matter is not sealed.", code="not-sealed")
    words = require_words(reason, "The reason")
    return (Unsealed(matter=matter.id, actor=actor, at=at, reason=words, paper=paper),)


def record_non_disclosure(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    forbids: Sequence[Forbidden],
    until: date | None = None,
    paper: str | None = None,
    reason: str = "",
) -> tuple[Event, ...]:
    """An order forbids telling somebody. What it forbids is blocked from now on."""
    enter(matter, actor, at, "record non-disclosure")
    if not forbids:
        raise DulyError("The order forbids nothing.", remedy="Say what it forbids.", code="nothing-forbidden")
    return (
        NonDisclosureOrdered(
            matter=matter.id,
            actor=actor,
            at=at,
            forbids=tuple(forbids),
            until=until,
            paper=paper,
            reason=reason.strip(),
        ),
    )


def lift_non_disclosure(
    matter: Matter, actor: Actor, at: datetime, *, reason: str, paper: str | None = None
) -> tuple[Event, ...]:
    """The non-disclosure order ended."""
    enter(matter, actor, at, "lift non-disclosure")
    if matter.non_disclosure is None:
        raise DulyError("There is no non-disclosure order on this matter.", code="no-non-disclosure")
    words = require_words(reason, "The reason")
    return (NonDisclosureLifted(matter=matter.id, actor=actor, at=at, reason=words, paper=paper),)
