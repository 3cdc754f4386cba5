"""What a court's papers do to a matter."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from duly.matters.codec import RecordError
from duly.matters.events import AppealFiled, ComplianceRecorded, OrderChange, OrderChanged, OrderEntered, PetitionFiled
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import Appeal, Compliance, CourtOrder, Petition

_STANDING: dict[OrderChange, Literal["in force", "stayed", "vacated", "reversed"]] = {
    "stayed": "stayed",
    "stay lifted": "in force",
    "vacated": "vacated",
    "reversed": "reversed",
}


@apply.register
def _(event: PetitionFiled, matter: Matter) -> Matter:
    petition = Petition(
        event.petition,
        event.court,
        event.case_number,
        event.filed_on,
        event.filed_by,
        event.matters,
        event.acts,
        event.paper,
    )
    return replace(matter, petitions=(*matter.petitions, petition))


@apply.register
def _(event: OrderEntered, matter: Matter) -> Matter:
    order = CourtOrder(
        id=event.order,
        kind=event.order_kind,
        court=event.court,
        entered_on=event.entered_on,
        petition=event.petition,
        covers=event.covers,
        terms=event.terms,
        compliance_due=event.compliance_due,
        zone=event.zone,
        due_steps=event.due_steps,
        hearing_at=event.hearing_at,
        paper=event.paper,
        page=event.page,
        recorded_by=event.actor,
        recorded_at=event.at,
    )
    return replace(matter, orders=(*matter.orders, order))


@apply.register
def _(event: OrderChanged, matter: Matter) -> Matter:
    order = next((known for known in matter.orders if known.id == event.order), None)
    if order is None:
        raise RecordError(f"Matter {matter.number} has no order {event.order!r}.")
    changed = replace(order, standing=_STANDING.get(event.change, order.standing), changed_on=event.on)
    if event.change == "modified":
        moved = event.compliance_due is not None
        changed = replace(
            changed,
            covers=order.covers if event.covers is None else event.covers,
            compliance_due=event.compliance_due if moved else order.compliance_due,
            due_steps=event.due_steps if moved else order.due_steps,
        )
    return replace(matter, orders=tuple(changed if known.id == order.id else known for known in matter.orders))


@apply.register
def _(event: AppealFiled, matter: Matter) -> Matter:
    appeal = Appeal(event.order, event.court, event.filed_on, event.filed_by)
    return replace(matter, appeals=(*matter.appeals, appeal))


@apply.register
def _(event: ComplianceRecorded, matter: Matter) -> Matter:
    done = Compliance(event.acts, event.complied_at, event.in_full, event.order, event.paper)
    return replace(matter, compliances=(*matter.compliances, done))
