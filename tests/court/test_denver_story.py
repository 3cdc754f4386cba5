"""Denver, January to May 2020, told as events: from receipt to compliance after the order. All persons are invented.

The law is the packaged one and is asked at every step; nothing here says what it should answer but the assertions.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.matters.desk import CLERK, COUNSEL, DENVER, RECORDS, SUPERVISOR, Desk, at, subpoena

from duly import law
from duly.clock import Calendars, load_calendars
from duly.court import (
    DueStated,
    assess_matter,
    change_order,
    court_stage,
    enter_order,
    file_appeal,
    file_petition,
    known_facts,
    record_compliance,
)
from duly.errors import DulyError
from duly.law import Library
from duly.matters import Assessment, Matter, deadlines_at, offered_grounds, office_for, stage_of
from duly.matters import commands as do
from duly.matters.events import ActChoice

COURT = "United States District Court for the District of Colorado"
ASKED = ("produce_records", "disclose_home_address")
PERSONS = {
    "s1": ("Nicanor Ejemplo-Prueba", date(2020, 1, 27)),
    "s2": ("Teodoro Muestra Ficticio", date(2020, 1, 27)),
    "s3": ("Evaristo Supuesto Hipotético", date(2020, 1, 27)),
    "s4": ("Isidro Inventado Modelo", date(2020, 1, 16)),
}
PETITIONED = ("s1", "s2", "s3")


class Denver(Desk):
    """The desk of the story with the law at hand."""

    library: Library
    calendars: Calendars

    def law_says(self, id: str, when: datetime) -> Assessment:
        return assess_matter(
            self.library, self.calendars, office_for(self.library, DENVER.jurisdiction), self.matter(id), when.date()
        )

    def assess_now(self, id: str, when: datetime) -> Assessment:
        found = self.law_says(id, when)
        self.append(do.record_assessment(self.matter(id), COUNSEL, when, found))
        return found

    def matters(self, ids: tuple[str, ...]) -> list[Matter]:
        return [self.matter(id) for id in ids]

    def take_position(self, id: str, when: datetime, choice: str) -> Matter:
        """Counsel chooses for what the paper asks, on every ground offered for that; a supervisor approves."""
        found = self.law_says(id, when)
        offered = offered_grounds(found)
        choices = [
            ActChoice(
                act,
                choice,  # type: ignore[arg-type]
                tuple(
                    ground.id
                    for ground in offered
                    if ground.act == act and ground.position == choice and ground.certain
                ),
            )
            for act in ASKED
        ]
        assert all(one.grounds for one in choices)
        position = self.do(do.draft_position, id, COUNSEL, when, choices=choices, assessment=found).position
        assert position is not None
        self.do(do.submit_position, id, COUNSEL, when)
        return self.do(do.approve_position, id, SUPERVISOR, when, seen=position.digest)

    def answer(self, id: str, when: datetime) -> Matter:
        self.do(do.compose_letter, id, COUNSEL, when, letter=f"{id}-answer", paper="e" * 64)
        return self.do(
            do.send_letter,
            id,
            COUNSEL,
            when,
            letter=f"{id}-answer",
            way="e-mail",
            sent_at=when,
            recipient="ICE ERO Denver Field Office",
            evidence="Accepted by the agency's mail server.",
        )


@pytest.fixture(scope="module")
def library() -> Library:
    return law.load()


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    return load_calendars()


@pytest.fixture
def desk(library: Library, calendars: Calendars) -> Denver:
    desk = Denver()
    desk.library, desk.calendars = library, calendars
    return desk


def receive(desk: Denver) -> None:
    """Monday 13 January 2020: four subpoenas at the counter; three of the persons had been released."""
    for number, (id, (person, due)) in enumerate(PERSONS.items()):
        desk.open(id, subpoena(person, due, document=str(number) * 64), at(1, 13, 9, 40 + number))
        desk.do(
            do.record_service, id, CLERK, at(1, 13, 10), served_on=date(2020, 1, 13), manner="hand", served_at=at(1, 13)
        )
        desk.do(do.record_custody, id, RECORDS, at(1, 13, 10), in_custody=id == "s4", as_of=at(1, 13, 10))
        desk.confirm_everything(id, at(1, 13, 10, 20))
        desk.do(do.refer, id, CLERK, at(1, 13, 10, 25), to="counsel", note="Not issued by a court.")


def decline(desk: Denver) -> None:
    """Counsel states what nothing on the papers indicates; the city answers on the 16th."""
    for id in PERSONS:
        when = at(1, 14, 14)
        fact = "matter.primarily_criminal"
        desk.append(do.state_fact(desk.matter(id), COUNSEL, when, desk.library.vocabulary, fact=fact, value=False))
        desk.assess_now(id, when)
        desk.take_position(id, at(1, 16, 9), "decline")
        desk.answer(id, at(1, 16, 11, 40))


def petition(desk: Denver) -> None:
    desk.append(
        file_petition(
            desk.matters(PETITIONED),
            COUNSEL,
            at(2, 6, 16),
            petition="p1",
            court=COURT,
            case_number="20-mc-00555-SAM-HU",
            filed_on=date(2020, 2, 6),
            paper="9" * 64,
        )
    )


def order(desk: Denver, covers: tuple[str, ...] = ASKED) -> None:
    desk.append(
        enter_order(
            desk.matters(PETITIONED),
            COUNSEL,
            at(4, 20, 15, 30),
            order="o1",
            order_kind="comply",
            court=COURT,
            entered_on=date(2020, 4, 20),
            zone=DENVER.zone,
            petition="p1",
            covers=dict.fromkeys(PETITIONED, covers),
            terms="Produce the records described in the subpoenas.",
            due=DueStated(date(2020, 5, 4)),
            calendars=desk.calendars,
            paper="8" * 64,
            page=3,
        )
    )


def outcomes(found: Assessment, acts: tuple[str, ...] = ASKED) -> list[str]:
    return [one.outcome for one in found.determinations if one.act in acts]


def test_the_whole_story_from_receipt_to_compliance(desk: Denver) -> None:
    receive(desk)
    assert {stage_of(desk.matter(id)) for id in PERSONS} == {"Counsel"}
    assert desk.law_says("s1", at(1, 13)).determination("produce_records").outcome == "undetermined"  # type: ignore[union-attr]

    decline(desk)
    for id, (_, due) in PERSONS.items():
        matter = desk.matter(id)
        assert outcomes(desk.law_says(id, at(1, 16))) == ["contested", "contested"]
        (own,) = [one for one in deadlines_at(matter, at(2, 1)) if one.deadline.due == due]
        assert own.state == "answered"
        assert matter.answered_at == at(1, 16, 11, 40)
        assert stage_of(matter) == "Answer"

    petition(desk)
    assert [stage_of(desk.matter(id)) for id in PERSONS] == ["Enforcement"] * 3 + ["Answer"]
    assert [court_stage(desk.matter(id)) for id in PERSONS] == ["petition"] * 3 + ["none"]
    assert outcomes(desk.law_says("s1", at(2, 7))) == ["contested", "contested"]

    order(desk)
    for id in PETITIONED:
        found = desk.assess_now(id, at(4, 21))
        assert outcomes(found) == ["required", "required"]
        produce = found.determination("produce_records")
        assert produce is not None
        beaten = [rule for rule in produce.applied + produce.considered if rule.role in ("beaten", "overridden")]
        assert any(rule.jurisdiction == "us/co/denver" and rule.direction == "forbidden" for rule in beaten)
        assert court_stage(desk.matter(id)) == "order"
    assert outcomes(desk.law_says("s4", at(4, 21))) == ["contested", "contested"]
    assert court_stage(desk.matter("s4")) == "none"

    for id in PETITIONED:
        matter = desk.matter(id)
        assert matter.position_is_stale
        due = [one for one in deadlines_at(matter, at(4, 22)) if one.due == date(2020, 5, 4)]
        assert [one.state for one in due] == ["open"]
        assert "Monday 4 May 2020" in " ".join(step.text for step in due[0].steps)
        desk.take_position(id, at(4, 22), "comply")
        desk.append(
            record_compliance(
                desk.matter(id),
                RECORDS,
                at(5, 1, 10, 15),
                acts=ASKED,
                complied_at=at(5, 1, 10, 15),
                in_full=True,
                order="o1",
                paper="7" * 64,
                note="By hand, receipted.",
            )
        )
        matter = desk.matter(id)
        assert court_stage(matter) == "compliance"
        still_open = {one.deadline.purpose for one in deadlines_at(matter, at(5, 20)) if one.is_open}
        assert not still_open & {"compliance", "court compliance", "answer", "objection"}
        desk.do(do.record_disposition, id, COUNSEL, at(5, 5), disposition="complied")
        assert stage_of(desk.do(do.close_matter, id, COUNSEL, at(5, 5))) == "Closed"
    assert stage_of(desk.matter("s4")) == "Answer"


def test_the_order_is_known_with_its_paper_as_evidence(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk)
    facts = known_facts(desk.matter("s1"))
    assert facts["court.order_entered"].value is True
    assert facts["court.order_entered_on"].value == date(2020, 4, 20)
    assert facts["court.compliance_due_on"].value == date(2020, 5, 4)
    evidence = facts["court.order_entered"].evidence
    assert (evidence.method, evidence.document, evidence.page) == ("record", "8" * 64, 3)
    assert COURT in evidence.note
    assert known_facts(desk.matter("s4"))["court.order_entered"].value is False


def test_an_order_that_covers_one_demand_leaves_the_other_as_it_was(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk, covers=("produce_records",))
    found = desk.law_says("s1", at(4, 21))
    assert outcomes(found) == ["required", "contested"]
    home = found.facts_for("disclose_home_address")["court.order_covers_demand"]
    assert home.value is False
    assert "covers only this: produce records" in home.evidence.note


@pytest.mark.parametrize("change", ["stayed", "vacated", "reversed"])
def test_an_order_that_no_longer_stands_requires_nothing(desk: Denver, change: str) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk)
    desk.append(
        change_order(
            desk.matters(PETITIONED),
            COUNSEL,
            at(4, 28),
            order="o1",
            change=change,  # type: ignore[arg-type]
            on=date(2020, 4, 28),
            court="United States Court of Appeals for the Tenth Circuit",
        )
    )
    assert outcomes(desk.law_says("s1", at(4, 29))) == ["contested", "contested"]
    entered = known_facts(desk.matter("s1"))["court.order_entered"]
    assert entered.value is False
    assert f"was {change} on Tuesday 28 April 2020" in entered.evidence.note
    (due,) = [one for one in deadlines_at(desk.matter("s1"), at(5, 10)) if one.due == date(2020, 5, 4)]
    assert not due.is_open


def test_a_stay_that_is_lifted_puts_the_order_back(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk)
    for day, change in ((24, "stayed"), (28, "stay lifted")):
        desk.append(
            change_order(
                desk.matters(PETITIONED),
                COUNSEL,
                at(4, day),
                order="o1",
                change=change,  # type: ignore[arg-type]
                on=date(2020, 4, day),
                court=COURT,
            )
        )
    assert outcomes(desk.law_says("s1", at(4, 29))) == ["required", "required"]


def test_an_appeal_alone_leaves_the_order_standing(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk)
    desk.append(
        file_appeal(
            desk.matters(PETITIONED),
            COUNSEL,
            at(4, 24),
            order="o1",
            court="United States Court of Appeals for the Tenth Circuit",
            filed_on=date(2020, 4, 24),
            filed_by="office",
        )
    )
    assert court_stage(desk.matter("s1")) == "appeal"
    desk.assess_now("s1", at(4, 25))
    appeals = [one.state for one in deadlines_at(desk.matter("s1"), at(9, 1)) if one.deadline.purpose == "appeal"]
    assert appeals == ["met"]
    assert outcomes(desk.law_says("s1", at(4, 25))) == ["required", "required"]


def test_the_law_as_of_a_day_before_the_order_does_not_know_the_order(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    petition(desk)
    order(desk)
    assert outcomes(desk.law_says("s1", at(4, 19))) == ["contested", "contested"]


def test_an_assessment_that_does_not_know_of_the_order_is_not_recorded(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    before = desk.law_says("s1", at(2, 1))
    petition(desk)
    order(desk)
    with pytest.raises(DulyError, match=r"court\.order_entered"):
        do.record_assessment(desk.matter("s1"), COUNSEL, at(4, 21), before)


def test_what_counsel_stated_about_orders_gives_way_to_the_order_itself(desk: Denver) -> None:
    receive(desk)
    fact = "court.order_entered"
    desk.append(do.state_fact(desk.matter("s1"), COUNSEL, at(1, 14), desk.library.vocabulary, fact=fact, value=False))
    decline(desk)
    petition(desk)
    order(desk)
    assert known_facts(desk.matter("s1"))["court.order_entered"].value is True


def test_a_position_rests_on_the_law_of_the_day_on_which_it_is_taken(desk: Denver) -> None:
    receive(desk)
    decline(desk)  # assessed on the 14th; the City Attorney's statement is of the 15th; the position is of the 16th
    matter = desk.matter("s1")
    assert matter.assessment is not None
    assert matter.assessment.on == date(2020, 1, 16)
    assert matter.position is not None
    grounds = {ground for choice in matter.position.choices for ground in choice.grounds}
    assert any(desk.library.rule(ground).layer == "policy" for ground in grounds)
    assert not matter.position_is_stale


def test_before_any_order_the_position_was_counsels_to_choose(desk: Denver) -> None:
    receive(desk)
    decline(desk)
    offered = offered_grounds(desk.law_says("s1", at(1, 16)))
    assert {"decline", "comply"} <= {ground.position for ground in offered if ground.act == "produce_records"}
