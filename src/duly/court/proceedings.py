"""What is recorded when a court is asked and when it answers, on every matter concerned at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from duly.clock import Calendars
from duly.clock.deadline import Step
from duly.court.due import DueCounted, DueStated, count_due
from duly.errors import DulyError
from duly.matters import Actor, CourtOrder, Event, Matter
from duly.matters.commands import enter, require_moment, require_words
from duly.matters.events import (
    AppealFiled,
    ComplianceRecorded,
    OrderChange,
    OrderChanged,
    OrderEntered,
    OrderKind,
    PaperLinked,
    PaperRole,
    PetitionFiled,
    Side,
)
from duly.matters.wording import act_words, listed

COMMANDING: frozenset[OrderKind] = frozenset({"comply", "contempt"})
"""Orders that command compliance, and so must say on which matter they order what."""


def file_petition(
    matters: Sequence[Matter],
    actor: Actor,
    at: datetime,
    *,
    petition: str,
    court: str,
    filed_on: date,
    filed_by: Side = "issuer",
    case_number: str | None = None,
    acts: Sequence[str] = (),
    paper: str | None = None,
) -> tuple[Event, ...]:
    """Somebody asked a court about these matters in one petition. `acts` are what it asks to be ordered (none: all)."""
    _several(matters)
    for matter in matters:
        enter(matter, actor, at, "record petition")
        if any(known.id == petition for known in matter.petitions):
            raise DulyError(f"This petition is recorded on matter {matter.number} already.", code="doubled-petition")
    _not_in_the_future(filed_on, at)
    ids = tuple(matter.id for matter in matters)
    named = require_words(court, "The court")
    events: list[Event] = []
    for matter in matters:
        events += _link(matter, actor, at, paper, "petition")
        events.append(
            PetitionFiled(
                matter=matter.id,
                actor=actor,
                at=at,
                petition=petition,
                filed_on=filed_on,
                filed_by=filed_by,
                matters=ids,
                acts=tuple(acts) or _asked(matter),
                paper=paper,
                court=named,
                case_number=case_number,
            )
        )
    return tuple(events)


def enter_order(
    matters: Sequence[Matter],
    actor: Actor,
    at: datetime,
    *,
    order: str,
    order_kind: OrderKind,
    court: str,
    entered_on: date,
    zone: str,
    covers: Mapping[str, Sequence[str]] | None = None,
    petition: str | None = None,
    terms: str = "",
    due: DueStated | DueCounted | None = None,
    calendars: Calendars | None = None,
    hearing_at: datetime | None = None,
    paper: str | None = None,
    page: int | None = None,
) -> tuple[Event, ...]:
    """A court entered an order on these matters.

    `covers` says for each matter (by id) which acts are ordered; an order to comply or of contempt must cover something,
    the others cover nothing. A matter that is not among `matters` stays as it was. `due` is counted with `calendars` in
    `zone`. Raises DulyError for a matter that the petition is not about, or an act that is not in question on it.
    """
    _several(matters)
    for matter in matters:
        enter(matter, actor, at, "record order")
        _check_order(matter, order, petition)
    _not_in_the_future(entered_on, at)
    if hearing_at is not None:
        require_moment(hearing_at)
    ordered = _check_covers(matters, order_kind, covers or {})
    named = require_words(court, "The court")
    due_at, steps = _due(due, entered_on, named, zone, calendars)
    events: list[Event] = []
    for matter in matters:
        acts = ordered.get(matter.id, ())
        events += _link(matter, actor, at, paper, "order")
        events.append(
            OrderEntered(
                matter=matter.id,
                actor=actor,
                at=at,
                order=order,
                order_kind=order_kind,
                entered_on=entered_on,
                petition=petition,
                covers=acts,
                compliance_due=due_at if acts else None,
                zone=zone,
                hearing_at=hearing_at,
                paper=paper,
                page=page,
                court=named,
                terms=terms.strip(),
                due_steps=steps if acts else (),
            )
        )
    return tuple(events)


def change_order(
    matters: Sequence[Matter],
    actor: Actor,
    at: datetime,
    *,
    order: str,
    change: OrderChange,
    on: date,
    court: str,
    covers: Mapping[str, Sequence[str]] | None = None,
    due: DueStated | DueCounted | None = None,
    zone: str | None = None,
    calendars: Calendars | None = None,
    paper: str | None = None,
    note: str = "",
) -> tuple[Event, ...]:
    """An order was stayed, vacated, reversed, affirmed or modified. Only a modification changes what it covers or its date."""
    _several(matters)
    _not_in_the_future(on, at)
    if change != "modified" and (covers or due is not None):
        raise DulyError("Only a modified order gets new terms.", remedy="Record it as modified.", code="not-modified")
    named = require_words(court, "The court")
    events: list[Event] = []
    for matter in matters:
        enter(matter, actor, at, "record order")
        known = _order(matter, order)
        due_at, steps = _due(due, on, named, zone or known.zone or "UTC", calendars)
        acts = (covers or {}).get(matter.id)
        events += _link(matter, actor, at, paper, "order")
        events.append(
            OrderChanged(
                matter=matter.id,
                actor=actor,
                at=at,
                order=order,
                change=change,
                on=on,
                covers=None if acts is None else _checked_acts(matter, acts),
                compliance_due=due_at,
                paper=paper,
                court=named,
                note=note.strip(),
                due_steps=steps,
            )
        )
    return tuple(events)


def file_appeal(
    matters: Sequence[Matter],
    actor: Actor,
    at: datetime,
    *,
    order: str,
    court: str,
    filed_on: date,
    filed_by: Side,
    paper: str | None = None,
) -> tuple[Event, ...]:
    """An appeal was taken. It does not stay the order: a stay is recorded when it is granted (Fed. R. App. P. 8)."""
    _several(matters)
    _not_in_the_future(filed_on, at)
    events: list[Event] = []
    for matter in matters:
        enter(matter, actor, at, "record petition")
        _order(matter, order)
        events += _link(matter, actor, at, paper, "court filing")
        events.append(
            AppealFiled(
                matter=matter.id,
                actor=actor,
                at=at,
                order=order,
                filed_on=filed_on,
                filed_by=filed_by,
                paper=paper,
                court=require_words(court, "The court"),
            )
        )
    return tuple(events)


def record_compliance(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    acts: Sequence[str],
    complied_at: datetime,
    in_full: bool,
    order: str | None = None,
    paper: str | None = None,
    note: str = "",
) -> tuple[Event, ...]:
    """What was ordered (or, without `order`, asked) was done. What goes beyond the order is refused."""
    enter(matter, actor, at, "record compliance")
    require_moment(complied_at)
    done = _checked_acts(matter, acts)
    if not done:
        raise DulyError("Nothing was done by this.", remedy="Say what was complied with.", code="nothing-done")
    if order is not None:
        beyond = [act_words(act) for act in done if act not in _order(matter, order).covers]
        if beyond:
            raise DulyError(f"The order does not cover this: {listed(beyond)}.", code="not-covered")
    return (
        *_link(matter, actor, at, paper, "record"),
        ComplianceRecorded(
            matter=matter.id,
            actor=actor,
            at=at,
            acts=done,
            complied_at=complied_at,
            in_full=in_full,
            order=order,
            paper=paper,
            note=note.strip(),
        ),
    )


def _several(matters: Sequence[Matter]) -> None:
    ids = [matter.id for matter in matters]
    if not ids:
        raise DulyError("No matter is named.", remedy="Say which matters this is about.", code="no-matter")
    if len(set(ids)) != len(ids):
        raise DulyError("A matter is named twice.", code="doubled-matter")


def _not_in_the_future(on: date, at: datetime) -> None:
    if on > at.date():
        raise DulyError(f"{on.isoformat()} lies in the future.", remedy="Check the date on the paper.", code="future")


def _asked(matter: Matter) -> tuple[str, ...]:
    return matter.assessment.asked if matter.assessment is not None else ()


def _link(matter: Matter, actor: Actor, at: datetime, paper: str | None, role: PaperRole) -> list[Event]:
    if paper is None or any(known.paper == paper and known.role == role for known in matter.papers):
        return []
    return [PaperLinked(matter=matter.id, actor=actor, at=at, paper=paper, role=role)]


def _order(matter: Matter, order: str) -> CourtOrder:
    known = next((one for one in matter.orders if one.id == order), None)
    if known is None:
        raise DulyError(f"There is no order {order!r} on matter {matter.number}.", code="unknown-order")
    return known


def _check_order(matter: Matter, order: str, petition: str | None) -> None:
    if any(known.id == order for known in matter.orders):
        raise DulyError(f"This order is recorded on matter {matter.number} already.", code="doubled-order")
    if petition is not None and all(known.id != petition for known in matter.petitions):
        raise DulyError(
            f"The petition is not about matter {matter.number}.",
            remedy="Record the petition on it first, or leave the matter out.",
            code="not-in-petition",
        )


def _check_covers(
    matters: Sequence[Matter], order_kind: OrderKind, covers: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    known = {matter.id: matter for matter in matters}
    strangers = [id for id in covers if id not in known]
    if strangers:
        raise DulyError(
            f"The order is said to cover a matter that it is not about: {listed(strangers)}.", code="no-matter"
        )
    ordered = {id: _checked_acts(known[id], acts) for id, acts in covers.items()}
    covered = any(ordered.values())
    if order_kind in COMMANDING and not covered:
        raise DulyError(
            "The order covers nothing.", remedy="Say what it orders on which matter.", code="covers-nothing"
        )
    if order_kind not in COMMANDING and covered:
        raise DulyError(f"An order of this kind ({order_kind}) commands no act.", code="covers-too-much")
    return ordered


def _checked_acts(matter: Matter, acts: Sequence[str]) -> tuple[str, ...]:
    if matter.assessment is not None:
        strange = [act_words(act) for act in acts if act not in matter.assessment.outcomes]
        if strange:
            raise DulyError(
                f"On matter {matter.number} this is not in question: {listed(strange)}.", code="unknown-act"
            )
    return tuple(dict.fromkeys(acts))


def _due(
    due: DueStated | DueCounted | None, on: date, court: str, zone: str, calendars: Calendars | None
) -> tuple[date | datetime | None, tuple[Step, ...]]:
    if due is None:
        return None, ()
    if calendars is None:
        raise DulyError("A due date cannot be counted without calendars.", code="no-calendars")
    counted = count_due(due, on, court, zone, calendars)
    return counted.due, counted.steps
