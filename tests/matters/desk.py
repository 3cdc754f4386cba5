"""A desk in a test: invented people, a subpoena as the machine reads it, and events appended one command at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from duly.clock.deadline import Deadline, Step
from duly.court import facts_by_act, known_facts
from duly.evidence import Box, Evidence
from duly.instruments import Value, load_kinds
from duly.intake.reading import Document, Reading
from duly.law.determination import Determination, Outcome
from duly.law.findings import GroundFinding
from duly.matters import (
    Actor,
    Assessment,
    CountedDue,
    Event,
    Instrument,
    Matter,
    Office,
    fold,
    from_json,
    instrument_from,
    to_json,
)
from duly.matters.commands import confirm_field, confirm_kind, open_matter, record_assessment

ZONE = ZoneInfo("America/Denver")
KINDS = load_kinds()
DENVER = Office(
    id="us/co/denver",
    name="Denver Sheriff Department, Records",
    jurisdiction="us/co/denver",
    kind="sheriff",
    zone="America/Denver",
)

CLERK = Actor("c.clerk", "Rosalind Notional", ("clerk",))
RECORDS = Actor("r.records", "Wilhelmina Sampleton", ("records",))
COUNSEL = Actor("a.counsel", "Theodora Hypothetica", ("counsel",))
OTHER_COUNSEL = Actor("b.counsel", "Ignatius Supposed", ("counsel",))
SUPERVISOR = Actor("s.supervisor", "Augustin Placeholder", ("supervisor",))
READER = Actor("r.reader", "Quentin Onlooker", ("read-only",))


def at(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2020) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def read_value(name: str, value: Any, page: int = 1, document: str = "d" * 64) -> Value:
    found = Evidence("ocr", document, page, Box(72, 100, 240, 112), str(value), 0.93)
    return Value(name, value, found)


def reading(kind: str | None, values: Mapping[str, Any], document: str = "d" * 64, name: str = "paper.pdf") -> Reading:
    fields = {field_name: read_value(field_name, value, document=document) for field_name, value in values.items()}
    return Reading(Document(document, name, "application/pdf", ()), kind, 0.97, fields, (), ())


def subpoena(
    person: str = "Nicanor Ejemplo-Prueba", due: date = date(2020, 1, 27), document: str = "d" * 64
) -> Instrument:
    """An I-138 as intake reads it: records and addresses, no testimony, signed by an officer."""
    values = {
        "in_reference_to": person,
        "file_number": "A000-000-001",
        "must_appear": False,
        "must_produce": True,
        "official_address": "12445 East Caley Avenue, Centennial",
        "return_date": due,
        "records_demanded": ("home and work addresses", "emergency contacts"),
        "authorized_official_title": "Supervisory Special Agent",
        "signed": True,
        "issued_date": date(2020, 1, 13),
    }
    return instrument_from([reading("ice-i-138", values, document, f"{person}.pdf")], KINDS)


@dataclass
class Desk:
    """Matters as lists of events. Every event goes through JSON on its way in, as it does in the ledger."""

    events: dict[str, list[Event]] = field(default_factory=dict)

    def matter(self, id: str) -> Matter:
        return fold(self.events[id])

    def append(self, events: Sequence[Event]) -> None:
        for happened in events:
            assert happened.matter is not None
            self.events.setdefault(happened.matter, []).append(from_json(to_json(happened)))

    def do(self, command: Callable[..., Sequence[Event]], id: str, actor: Actor, when: datetime, **how: Any) -> Matter:
        self.append(command(self.matter(id), actor, when, **how))
        return self.matter(id)

    def open(self, id: str, instrument: Instrument, when: datetime, actor: Actor = CLERK) -> Matter:
        self.append(
            open_matter(
                actor,
                when,
                matter=id,
                number=f"2020-{id}",
                office=DENVER.id,
                jurisdiction=DENVER.jurisdiction,
                received_at=when,
                instrument=instrument,
                kinds=KINDS,
            )
        )
        return self.matter(id)

    def confirm_everything(self, id: str, when: datetime, actor: Actor = CLERK) -> Matter:
        for number, name in self.matter(id).unconfirmed:
            if name == "kind":
                kind = self.matter(id).readings[number].kind
                self.append(confirm_kind(self.matter(id), actor, when, KINDS, kind=kind, reading=number))
            else:
                self.do(confirm_field, id, actor, when, field=name, reading=number)
        return self.matter(id)

    def assess(self, id: str, when: datetime, outcomes: Mapping[str, Outcome], due: date | None = None) -> Matter:
        """Record an assessment with these outcomes, as the law would give them on the matter's own facts."""
        self.append(
            record_assessment(self.matter(id), COUNSEL, when, assessment_of(self.matter(id), when, outcomes, due))
        )
        return self.matter(id)


def assessment_of(
    matter: Matter, when: datetime, outcomes: Mapping[str, Outcome], due: date | None = None
) -> Assessment:
    instrument = matter.instrument
    assert instrument is not None
    assert instrument.kind is not None
    facts = {**instrument.facts(KINDS), **known_facts(matter)}
    deadlines = ()
    if due is not None:
        counted = Deadline("test/return", "Answer", due, DENVER.zone, "the paper", (Step("The paper says so."),))
        deadlines = (CountedDue(counted, "compliance"),)
    return Assessment(
        office=DENVER,
        on=when.date(),
        instrument=instrument,
        kind=KINDS[instrument.kind],
        acts=tuple(outcomes),
        facts=facts,
        set_aside=(),
        defects=(),
        deadlines=deadlines,
        determinations=tuple(determination(act, outcome, when.date()) for act, outcome in outcomes.items()),
        grounds=tuple(ground(act, position) for act in outcomes for position in ("decline", "comply")),
        consequences=(),
        notices=(),
        warnings=("The return date is near.",),
        rulebooks="test",
        asked=tuple(act for act in outcomes if act in ("produce_records", "disclose_home_address")),
        facts_by_act=facts_by_act(matter, outcomes),
    )


def determination(act: str, outcome: Outcome, on: date) -> Determination:
    possible: tuple[Outcome, ...] = ("contested", "demanded") if outcome == "undetermined" else (outcome,)
    return Determination(act, "us/co/denver", on, outcome, possible, (), f"{act}: {outcome}", (), ())


def ground(act: str, position: str) -> GroundFinding:
    return GroundFinding(
        rule=f"test/{act}/{position}",
        kind="ground",
        title="A ground",
        cite="Test Code § 1",
        text="words",
        layer="local",
        jurisdiction="us/co/denver",
        statement="A reason.",
        truth=True,
        acts=(act,),
        position=position,
        by=None,
    )
