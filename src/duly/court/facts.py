"""What a court did, as facts for the law, each with its paper as evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from duly.clock import Calendars
from duly.errors import DulyError
from duly.evidence import Evidence, Fact, FactValue
from duly.instruments import Kinds
from duly.law import Library
from duly.matters import Assessment, CourtOrder, Instrument, Matter, Office, assess
from duly.matters.wording import act_words, day, listed

ENTERED = "court.order_entered"
COVERS = "court.order_covers_demand"
ENTERED_ON = "court.order_entered_on"
DUE_ON = "court.compliance_due_on"
ORDER_FACTS = (ENTERED, COVERS, ENTERED_ON, DUE_ON)


def known_facts(matter: Matter, on: date | None = None) -> dict[str, Fact]:
    """Everything that persons, records and the court's papers say on a matter. The court's paper beats what was stated.

    `on` leaves out orders that were entered after that date; None takes all.
    """
    stated = {name: fact for name, fact in matter.facts().items() if name not in ORDER_FACTS}
    return {**stated, **court_facts(matter, on)}


def court_facts(matter: Matter, on: date | None = None) -> dict[str, Fact]:
    """What the court's orders on this matter say as a whole. Without an order that binds: none was entered, and why.

    Where the paper itself is a court's order and nothing else is recorded, there is nothing to add to what it says.
    """
    binding = _binding(matter, on)
    if not binding and not matter.orders and matter.readings and matter.readings[0].family == "court_order":
        return {}
    if not binding:
        return {ENTERED: Fact(ENTERED, False, Evidence("record", note=_why_none(matter, on)))}
    return _facts_of(binding[-1], covered=True)


def facts_by_act(matter: Matter, acts: Iterable[str], on: date | None = None) -> dict[str, dict[str, Fact]]:
    """For each act, what the order that covers it says, or that the order does not cover it.

    An order that covers some demands leaves the others as they were. Empty while no order binds.
    """
    binding = _binding(matter, on)
    if not binding:
        return {}
    found: dict[str, dict[str, Fact]] = {}
    for act in acts:
        covering = [order for order in binding if act in order.covers]
        found[act] = _facts_of(covering[-1], covered=True) if covering else _not_covered(binding[-1])
    return found


def assess_matter(
    library: Library, calendars: Calendars, office: Office, matter: Matter, on: date, *, kinds: Kinds | None = None
) -> Assessment:
    """The law of `on` on everything that the matter holds, what a court ordered included. Raises for an empty matter."""
    return assess(
        library,
        calendars,
        office,
        instrument_of(matter),
        on,
        known_facts(matter, on),
        facts_by_act=facts_by_act(matter, library.vocabulary.acts, on),
        kinds=kinds,
    )


def instrument_of(matter: Matter) -> Instrument:
    """The matter's instrument. Raises DulyError while nothing has been read."""
    instrument = matter.instrument
    if instrument is None:
        raise DulyError(
            f"No paper has been read on matter {matter.number}.", remedy="Read the paper first.", code="nothing-read"
        )
    return instrument


def _binding(matter: Matter, on: date | None) -> tuple[CourtOrder, ...]:
    """The orders that bind, by the day on which they were entered."""
    found = [order for order in matter.orders_that_bind if on is None or order.entered_on <= on]
    return tuple(sorted(found, key=lambda order: order.entered_on))


def _facts_of(order: CourtOrder, *, covered: bool) -> dict[str, Fact]:
    evidence = _evidence(order)
    values: dict[str, FactValue] = {ENTERED: True, COVERS: covered, ENTERED_ON: order.entered_on}
    if order.compliance_due is not None:
        values[DUE_ON] = _day_of(order.compliance_due)
    return {name: Fact(name, value, evidence) for name, value in values.items()}


def _not_covered(order: CourtOrder) -> dict[str, Fact]:
    note = f"The order of {day(order.entered_on)} covers only this: {listed(act_words(act) for act in order.covers)}."
    return {COVERS: Fact(COVERS, False, replace(_evidence(order), note=note))}


def _day_of(due: date | datetime) -> date:
    return due.date() if isinstance(due, datetime) else due


def _evidence(order: CourtOrder) -> Evidence:
    return Evidence(
        "record",
        document=order.paper,
        page=order.page,
        note=f"{order.court} entered this order on {day(order.entered_on)}.",
        confirmed_by=order.recorded_by.name,
        confirmed_at=order.recorded_at,
    )


def _why_none(matter: Matter, on: date | None) -> str:
    """Why no order counts: none recorded, only ones that command nothing, or one that no longer stands."""
    known = [order for order in matter.orders if on is None or order.entered_on <= on]
    fallen = [order for order in known if order.standing != "in force"]
    if fallen:
        last = fallen[-1]
        since = f" on {day(last.changed_on)}" if last.changed_on is not None else ""
        return f"The order of {day(last.entered_on)} was {last.standing}{since}."
    if known:
        return f"{known[-1].court} entered an order on {day(known[-1].entered_on)}; it does not order compliance."
    filed = [petition for petition in matter.petitions if on is None or petition.filed_on <= on]
    if filed:
        return f"A petition was filed on {day(filed[-1].filed_on)}; no order is recorded."
    return "No court's order is recorded on this matter."
