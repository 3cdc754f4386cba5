"""A deadline's standing is computed at a moment and never stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import CLERK, COUNSEL, RECORDS, SUPERVISOR, ZONE, Desk, at, subpoena

from duly.errors import DulyError
from duly.matters import Matter, deadlines_at
from duly.matters import commands as do
from duly.matters.events import ActChoice, CountedDeadline
from duly.matters.standing import ends

DUE = date(2020, 1, 27)
OUTCOMES = {"produce_records": "contested", "disclose_home_address": "contested"}


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.open("s1", subpoena(due=DUE), at(1, 13))
    desk.confirm_everything("s1", at(1, 13))
    desk.assess("s1", at(1, 13), OUTCOMES, due=DUE)  # type: ignore[arg-type]
    return desk


def state(matter: Matter, now: datetime) -> str:
    (standing,) = deadlines_at(matter, now)
    return standing.state


def answer(desk: Desk, when: datetime) -> Matter:
    choices = [ActChoice(act, "decline") for act in OUTCOMES]
    digest = desk.do(do.draft_position, "s1", COUNSEL, when, choices=choices).position
    assert digest is not None
    desk.do(do.submit_position, "s1", COUNSEL, when)
    desk.do(do.approve_position, "s1", SUPERVISOR, when, seen=digest.digest)
    desk.do(do.compose_letter, "s1", COUNSEL, when, letter="l1", paper="e" * 64)
    return desk.do(do.send_letter, "s1", COUNSEL, when, letter="l1", way="e-mail", sent_at=when, recipient="ERO Denver")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(1, 14), "open"),
        (at(1, 25), "due soon"),
        (at(1, 27, 23, 59), "due soon"),
        (at(1, 28, 0, 0), "overdue"),
        (at(1, 27, 23, 59).astimezone(ZoneInfo("Asia/Tokyo")), "due soon"),
        (datetime(2020, 1, 28, 6, 59, tzinfo=ZoneInfo("UTC")), "due soon"),
        (datetime(2020, 1, 28, 7, 0, tzinfo=ZoneInfo("UTC")), "overdue"),
    ],
)
def test_a_civil_day_is_due_until_its_end_in_the_offices_own_zone(desk: Desk, now: datetime, expected: str) -> None:
    assert state(desk.matter("s1"), now) == expected


def test_an_answer_disposes_of_the_papers_own_date_while_no_court_has_ordered_anything(desk: Desk) -> None:
    matter = answer(desk, at(1, 16))
    (standing,) = deadlines_at(matter, at(2, 15))
    assert standing.state == "answered"
    assert not standing.is_open
    assert "Thursday 16 January 2020" in standing.because


def test_an_extended_deadline_is_not_overdue(desk: Desk) -> None:
    extended = date(2020, 2, 10)
    matter = desk.do(do.extend_deadline, "s1", COUNSEL, at(1, 20), deadline="test/return", due=extended, by="agreement")
    (standing,) = deadlines_at(matter, at(2, 1))
    assert (standing.state, standing.due, standing.extended) == ("open", extended, True)
    assert state(matter, at(2, 11)) == "overdue"


@pytest.mark.parametrize(("when", "expected"), [(at(1, 27, 23), "met"), (at(1, 28, 1), "met late")])
def test_what_a_person_records_as_met_is_met_in_time_or_late(desk: Desk, when: datetime, expected: str) -> None:
    matter = desk.do(
        do.record_deadline_met, "s1", CLERK, at(1, 29), deadline="test/return", met_at=when, how="Handed over."
    )
    assert state(matter, at(2, 1)) == expected


def test_a_deadline_that_cannot_be_counted_is_not_overdue_and_not_hidden() -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.assess("s1", at(1, 13), OUTCOMES)  # type: ignore[arg-type]
    assert deadlines_at(desk.matter("s1"), at(2, 1)) == ()
    unknown = CountedDeadline("test/open", "Answer", "answer", None, "America/Denver", "the paper")
    assert ends(unknown.due, unknown.zone) is None


def test_a_deadline_of_a_matter_that_is_disposed_of_is_no_longer_due(desk: Desk) -> None:
    matter = desk.do(do.record_disposition, "s1", COUNSEL, at(1, 20), disposition="withdrawn by the issuer")
    assert state(matter, at(2, 15)) == "no longer due"


def test_the_present_moment_needs_a_zone(desk: Desk) -> None:
    with pytest.raises(DulyError, match="time zone"):
        deadlines_at(desk.matter("s1"), at(1, 14).replace(tzinfo=None))


def test_each_deadline_comes_with_its_steps(desk: Desk) -> None:
    (standing,) = deadlines_at(desk.matter("s1"), at(1, 14))
    assert [step.text for step in standing.steps] == ["The paper says so."]


def test_an_unknown_deadline_cannot_be_met_or_extended(desk: Desk) -> None:
    commands: list[tuple[Callable[..., object], dict[str, object]]] = [
        (do.record_deadline_met, {"met_at": at(1, 14), "how": "So."}),
        (do.extend_deadline, {"due": DUE, "by": "order"}),
    ]
    for command, how in commands:
        with pytest.raises(DulyError, match="no deadline"):
            command(desk.matter("s1"), COUNSEL, at(1, 14), deadline="test/nothing", **how)


ORDER = ["open", "due soon", "overdue"]


@settings(max_examples=80, deadline=None)
@given(st.integers(-40 * 24, 40 * 24), st.integers(0, 20 * 24), st.integers(1, 240))
def test_as_time_passes_a_deadline_only_gets_nearer(hours: int, later: int, soon: int) -> None:
    matter = MATTER.matter("s1")
    now = datetime(2020, 1, 27, 12, tzinfo=ZONE) + timedelta(hours=hours)
    span = timedelta(hours=soon)
    (first,) = deadlines_at(matter, now, span)
    (second,) = deadlines_at(matter, now + timedelta(hours=later), span)
    assert ORDER.index(first.state) <= ORDER.index(second.state)


MATTER = Desk()
MATTER.open("s1", subpoena(due=DUE), at(1, 13))
MATTER.assess("s1", at(1, 13), OUTCOMES, due=DUE)  # type: ignore[arg-type]


def test_a_hold_deadline_ends_with_the_persons_release(desk: Desk) -> None:
    matter = desk.do(do.record_release, "s1", RECORDS, at(1, 20), released_at=at(1, 20))
    assert matter.custody is not None
    assert matter.custody.released_at == at(1, 20)
