"""What may be recorded of a court's paper, and what a petition has to show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.matters.desk import CLERK, COUNSEL, DENVER, READER, RECORDS, Desk, at, subpoena

from duly import law
from duly.clock import Period, load_calendars
from duly.court import (
    DueCounted,
    DueStated,
    change_order,
    checked,
    court_facts,
    court_stage,
    enter_order,
    facts_by_act,
    file_petition,
    petition_checklist,
    record_compliance,
)
from duly.court.checklist import FOLDER
from duly.errors import DulyError
from duly.evidence import Evidence, Fact
from duly.matters import Matter, NotAllowedError, deadlines_at, open_part, stage_of
from duly.matters.events import OrderEntered

CALENDARS = load_calendars()
COURT = "United States District Court for the District of Colorado"
ACTS = ("produce_records", "disclose_home_address")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for id in ("s1", "s2", "s3", "s4"):
        desk.open(id, subpoena(f"Person {id}"), at(1, 13))
        desk.assess(id, at(1, 14), dict.fromkeys(ACTS, "contested"))
    return desk


def matters(desk: Desk, *ids: str) -> list[Matter]:
    return [desk.matter(id) for id in ids]


def petition(desk: Desk, *ids: str) -> None:
    desk.append(
        file_petition(
            matters(desk, *ids),
            COUNSEL,
            at(2, 6),
            petition="p1",
            court=COURT,
            filed_on=date(2020, 2, 6),
            paper="9" * 64,
        )
    )


def enter(desk: Desk, *ids: str, **how: object) -> None:
    given: dict[str, object] = {
        "order": "o1",
        "order_kind": "comply",
        "court": COURT,
        "entered_on": date(2020, 4, 20),
        "zone": DENVER.zone,
        "petition": "p1",
        "calendars": CALENDARS,
    }
    desk.append(enter_order(matters(desk, *ids), COUNSEL, at(4, 20, 15), **{**given, **how}))  # type: ignore[arg-type]


def test_one_petition_stands_on_every_matter_that_it_is_about_and_on_no_other(desk: Desk) -> None:
    petition(desk, "s1", "s2", "s3")
    for id in ("s1", "s2", "s3"):
        (filed,) = desk.matter(id).petitions
        assert filed.matters == ("s1", "s2", "s3")
        assert filed.acts == ACTS
        assert [paper.role for paper in desk.matter(id).papers] == ["instrument", "petition"]
    assert desk.matter("s4").petitions == ()


def test_a_petition_that_covers_four_and_an_order_that_grants_three(desk: Desk) -> None:
    petition(desk, "s1", "s2", "s3", "s4")
    enter(desk, "s1", "s2", "s3", "s4", covers=dict.fromkeys(("s1", "s2", "s3"), ACTS))
    assert [bool(desk.matter(id).orders_that_bind) for id in ("s1", "s2", "s3", "s4")] == [True, True, True, False]
    note = court_facts(desk.matter("s4"))["court.order_entered"].evidence.note
    assert "does not order compliance" in note
    assert facts_by_act(desk.matter("s4"), ACTS) == {}


def test_each_act_knows_whether_the_order_covers_it(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ["produce_records"]})
    by_act = facts_by_act(desk.matter("s1"), (*ACTS, "testify"))
    assert {act: facts["court.order_covers_demand"].value for act, facts in by_act.items()} == {
        "produce_records": True,
        "disclose_home_address": False,
        "testify": False,
    }


def test_an_order_that_sets_a_period_is_counted_with_its_steps(desk: Desk) -> None:
    period = Period(14, "days", calendars=("us-federal",), cite="Fed. R. Civ. P. 6(a)")
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, due=DueCounted(period))
    (order,) = desk.matter("s1").orders
    assert order.compliance_due == date(2020, 5, 4)
    assert COURT in order.due_steps[0].text
    assert court_facts(desk.matter("s1"))["court.compliance_due_on"].value == date(2020, 5, 4)


def test_a_period_that_ends_on_a_holiday_runs_on(desk: Desk) -> None:
    period = Period(35, "days", calendars=("us-federal",), cite="Fed. R. Civ. P. 6(a)")
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, due=DueCounted(period))  # 25 May 2020 is Memorial Day
    assert desk.matter("s1").orders[0].compliance_due == date(2020, 5, 26)


def test_an_order_that_says_nothing_of_time_leaves_it_not_known(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS})
    assert "court.compliance_due_on" not in court_facts(desk.matter("s1"))
    assert deadlines_at(desk.matter("s1"), at(5, 1)) == ()


def test_an_ordered_time_with_an_hour_is_kept_to_the_minute(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, due=DueStated(at(5, 4, 17)))
    (due,) = deadlines_at(desk.matter("s1"), at(5, 4, 17))
    assert due.state == "due soon"
    (due,) = deadlines_at(desk.matter("s1"), at(5, 4, 17) + timedelta(seconds=1))
    assert due.state == "overdue"


def test_portions_add_up_to_compliance_only_when_everything_ordered_is_done(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, due=DueStated(date(2020, 5, 4)))
    for day, act in ((1, "produce_records"), (6, "disclose_home_address")):
        assert court_stage(desk.matter("s1")) == "order"
        when = at(5, day)
        desk.append(
            record_compliance(desk.matter("s1"), RECORDS, when, acts=[act], complied_at=when, in_full=True, order="o1")
        )
    assert court_stage(desk.matter("s1")) == "compliance"
    (due,) = deadlines_at(desk.matter("s1"), at(5, 7))
    assert due.state == "met late"


def test_nothing_beyond_the_order_is_recorded_as_compliance_with_it(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ["produce_records"]})
    with pytest.raises(DulyError, match="does not cover this: disclose home address"):
        record_compliance(
            desk.matter("s1"), RECORDS, at(5, 1), acts=ACTS, complied_at=at(5, 1), in_full=True, order="o1"
        )


def test_the_way_through_contempt_and_back(desk: Desk) -> None:
    petition(desk, "s1")
    assert court_stage(desk.matter("s1")) == "petition"
    enter(desk, "s1", order="o0", order_kind="show cause", entered_on=date(2020, 2, 20), hearing_at=at(3, 10, 10))
    assert court_stage(desk.matter("s1")) == "show cause"
    enter(desk, "s1", covers={"s1": ACTS}, due=DueStated(date(2020, 4, 20)))
    assert court_stage(desk.matter("s1")) == "order"
    enter(desk, "s1", order="o2", order_kind="contempt", covers={"s1": ACTS})
    assert court_stage(desk.matter("s1")) == "contempt"
    enter(desk, "s1", order="o3", order_kind="purged")
    assert court_stage(desk.matter("s1")) == "order"


@pytest.mark.parametrize("kind", ["deny", "dismiss"])
def test_a_petition_that_failed_leaves_the_matter_where_the_answer_left_it(desk: Desk, kind: str) -> None:
    petition(desk, "s1")
    assert stage_of(desk.matter("s1")) == "Enforcement"
    enter(desk, "s1", order_kind=kind)
    assert court_stage(desk.matter("s1")) == "concluded"
    assert stage_of(desk.matter("s1")) != "Enforcement"


def test_a_modified_order_has_its_new_terms(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, due=DueStated(date(2020, 5, 4)))
    desk.append(
        change_order(
            matters(desk, "s1"),
            COUNSEL,
            at(4, 28),
            order="o1",
            change="modified",
            on=date(2020, 4, 28),
            court=COURT,
            covers={"s1": ["produce_records"]},
            due=DueStated(date(2020, 5, 18)),
            calendars=CALENDARS,
        )
    )
    (order,) = desk.matter("s1").orders
    assert (order.covers, order.compliance_due) == (("produce_records",), date(2020, 5, 18))
    with pytest.raises(DulyError, match="Only a modified order"):
        change_order(
            matters(desk, "s1"),
            COUNSEL,
            at(4, 28),
            order="o1",
            change="stayed",
            on=date(2020, 4, 28),
            court=COURT,
            covers={"s1": ACTS},
        )


@pytest.mark.parametrize(
    ("ids", "how", "says"),
    [
        (("s1",), {"covers": {}}, "covers nothing"),
        (("s1",), {"covers": {"s2": ACTS}, "petition": None}, "not about"),
        (("s4",), {"covers": {"s4": ACTS}}, "not about matter"),
        (("s1",), {"covers": {"s1": ["allow_search"]}}, "not in question"),
        (("s1",), {"order_kind": "deny", "covers": {"s1": ACTS}}, "commands no act"),
        (("s1",), {"covers": {"s1": ACTS}, "entered_on": date(2020, 4, 21)}, "future"),
        (("s1", "s1"), {"covers": {"s1": ACTS}}, "twice"),
        ((), {}, "No matter"),
        (("s1",), {"covers": {"s1": ACTS}, "court": " "}, "court is empty"),
        (("s1",), {"covers": {"s1": ACTS}, "due": DueStated(date(2020, 5, 4)), "calendars": None}, "calendars"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_a_sentence(
    desk: Desk, ids: tuple[str, ...], how: dict[str, object], says: str
) -> None:
    petition(desk, "s1", "s2", "s3")
    with pytest.raises(DulyError, match=says):
        enter(desk, *ids, **how)


def test_an_order_is_recorded_once(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS})
    with pytest.raises(DulyError, match="already"):
        enter(desk, "s1", petition=None, covers={"s1": ACTS})


@pytest.mark.parametrize("actor", [CLERK, READER])
def test_an_orders_effect_is_entered_by_counsel_or_a_supervisor(desk: Desk, actor) -> None:
    with pytest.raises(NotAllowedError):
        enter_order(
            matters(desk, "s1"),
            actor,
            at(4, 20),
            order="o1",
            order_kind="comply",
            court=COURT,
            entered_on=date(2020, 4, 20),
            zone=DENVER.zone,
            covers={"s1": ACTS},
        )


def test_the_timeline_says_what_the_court_did(desk: Desk) -> None:
    petition(desk, "s1", "s2")
    enter(desk, "s1", "s2", covers={"s1": ACTS, "s2": ACTS}, due=DueStated(date(2020, 5, 4)))
    told = [line.sentence for line in desk.matter("s1").timeline]
    assert f"The issuer filed a petition in {COURT} on Thursday 6 February 2020, together with 1 other matter." in told
    assert (
        f"{COURT} entered an order to comply (produce records and disclose home address) on Monday 20 April "
        "2020; due Monday 4 May 2020." in told
    )


def test_what_a_court_did_is_personal_only_where_it_can_name_somebody(desk: Desk) -> None:
    enter(desk, "s1", petition=None, covers={"s1": ACTS}, terms="As to Nicanor Ejemplo-Prueba.")
    (event,) = [event for event in desk.events["s1"] if isinstance(event, OrderEntered)]
    assert "Ejemplo" not in str(open_part(event))
    assert "produce_records" in str(open_part(event))


def test_every_checklist_has_its_sources_and_names_facts_of_the_vocabulary() -> None:
    vocabulary = law.load().vocabulary
    for path in FOLDER.glob("*.toml"):
        checklist = petition_checklist(path.stem.replace("-", "_"))
        assert checklist is not None
        assert checklist.items
        for item in checklist.items:
            assert item.cite
            assert item.must_show
            for name in item.facts:
                assert name in vocabulary.facts
    assert petition_checklist("detainer") is None


def test_a_petition_must_show_authority_definiteness_and_relevance() -> None:
    checklist = petition_checklist("administrative_subpoena")
    assert checklist is not None
    assert {"authority", "not-indefinite", "relevant"} <= {item.id for item in checklist.items}


@pytest.mark.parametrize(("signed", "status"), [(True, "shown"), (False, "not shown"), (None, "not known")])
def test_an_item_is_shown_by_facts_and_an_unknown_one_is_never_not_shown(signed: bool | None, status: str) -> None:
    checklist = petition_checklist("administrative_subpoena")
    assert checklist is not None
    facts = {"instrument.issuer": Fact("instrument.issuer", "immigration", Evidence("kind"))}
    if signed is not None:
        facts["instrument.signed"] = Fact("instrument.signed", signed, Evidence("ocr"))
    found = {one.item.id: one.status for one in checked(checklist, facts)}
    assert found["issued-by-immigration-officer"] == status
    assert found["relevant"] == "to be argued"
