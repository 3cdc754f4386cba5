"""When the law changes, an open matter is assessed again and says what is different; a closed one is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.matters.desk import CLERK, COUNSEL, SUPERVISOR, Desk, assessment_of, at, subpoena

from duly.errors import DulyError
from duly.law import Outcome
from duly.matters import MACHINE, NotAllowedError, from_json, to_json
from duly.matters import commands as do
from duly.matters.events import ActChoice, AssessmentMade

BEFORE: dict[str, Outcome] = {"produce_records": "demanded", "testify": "unregulated"}
AFTER: dict[str, Outcome] = {"produce_records": "contested", "testify": "unregulated"}
DUE = date(2020, 1, 27)


@pytest.fixture
def desk() -> Desk:
    """A subpoena received, confirmed and assessed."""
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.confirm_everything("s1", at(1, 13, 10))
    desk.assess("s1", at(1, 14), BEFORE, due=DUE)
    return desk


def change(desk: Desk, outcomes: dict[str, Outcome] = AFTER, due: date = DUE):
    found = replace(assessment_of(desk.matter("s1"), at(1, 15), outcomes, due), rulebooks="new law")
    return do.record_law_change(desk.matter("s1"), MACHINE, at(1, 15), found, because="A policy binds.")


def test_a_record_of_before_the_digest_was_kept_still_folds() -> None:
    old = AssessmentMade(
        matter="s1", actor=MACHINE, at=at(1, 13), digest="d", basis="b", on=date(2020, 1, 13), outcomes=(), steps={}
    )
    data = json.loads(json.dumps(to_json(old)))
    del data["open"]["rulebooks"]
    back = from_json(data)
    assert isinstance(back, AssessmentMade)
    assert back.rulebooks is None


def test_what_the_law_says_otherwise_is_recorded_with_the_new_answer(desk: Desk) -> None:
    desk.append(change(desk))
    matter = desk.matter("s1")
    (found,) = matter.open_law_changes
    assert [(one.act, one.before, one.after) for one in found.acts] == [("produce_records", "demanded", "contested")]
    assert matter.assessment is not None
    assert matter.assessment.outcomes["produce_records"].outcome == "contested"
    assert matter.assessment.rulebooks == "new law"
    sentence = next(line.sentence for line in matter.timeline if line.event == "law-changed")
    assert sentence == "The law changed. A policy binds. produce records: demanded, now contested."


def test_a_deadline_that_is_counted_otherwise_is_a_change_too(desk: Desk) -> None:
    desk.append(change(desk, BEFORE, date(2020, 1, 24)))
    (found,) = desk.matter("s1").open_law_changes
    assert [(one.was, one.now) for one in found.deadlines] == [(DUE, date(2020, 1, 24))]


def test_law_that_says_the_same_leaves_the_matter_in_peace(desk: Desk) -> None:
    assert change(desk, BEFORE) == ()


def test_a_matter_whose_facts_have_changed_is_no_change_of_the_law(desk: Desk) -> None:
    desk.do(do.record_service, "s1", CLERK, at(1, 14), served_on=date(2020, 1, 13), manner="hand")
    with pytest.raises(DulyError, match="not the law alone"):
        change(desk)


def test_who_may_decide_says_what_follows_and_nobody_else(desk: Desk) -> None:
    desk.append(change(desk))
    number = desk.matter("s1").open_law_changes[0].sequence
    with pytest.raises(NotAllowedError):
        do.answer_law_change(desk.matter("s1"), CLERK, at(1, 15), change=number, resolution="Nothing.")
    with pytest.raises(DulyError, match="empty"):
        do.answer_law_change(desk.matter("s1"), SUPERVISOR, at(1, 15), change=number, resolution=" ")
    matter = desk.do(do.answer_law_change, "s1", SUPERVISOR, at(1, 15), change=number, resolution="The answer stands.")
    assert not matter.open_law_changes
    assert matter.law_changes[0].answered == "The answer stands."
    with pytest.raises(DulyError, match="already"):
        do.answer_law_change(matter, SUPERVISOR, at(1, 15), change=number, resolution="Again.")


def test_a_position_taken_afterwards_answers_it(desk: Desk) -> None:
    desk.append(change(desk))
    choices = [ActChoice("produce_records", "decline", ("test/produce_records/decline",))]
    matter = desk.do(do.draft_position, "s1", COUNSEL, at(1, 15), choices=choices)
    assert not matter.open_law_changes
    assert matter.law_changes[0].answered


def test_a_closed_matter_is_not_touched_by_a_change_of_the_law(desk: Desk) -> None:
    closed = replace(desk.matter("s1"), closed=True)
    found = assessment_of(desk.matter("s1"), at(1, 15), AFTER, DUE)
    with pytest.raises(DulyError, match="closed"):
        do.record_law_change(closed, MACHINE, at(1, 15), found)
