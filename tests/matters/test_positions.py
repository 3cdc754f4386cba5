"""A position is taken by counsel, approved by somebody else, and falls when the facts under it change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import (
    CLERK,
    COUNSEL,
    OTHER_COUNSEL,
    READER,
    RECORDS,
    SUPERVISOR,
    Desk,
    assessment_of,
    at,
    subpoena,
)

from duly.errors import DulyError
from duly.matters import MACHINE, Actor, NotAllowedError, fold, stage_of
from duly.matters.commands import (
    StaleError,
    approve_position,
    compose_letter,
    confirm_field,
    correct_field,
    draft_position,
    record_assessment,
    record_custody,
    return_position,
    send_letter,
    submit_position,
)
from duly.matters.events import ActChoice, PositionApproved

OUTCOMES = {"produce_records": "contested", "disclose_home_address": "contested", "testify": "unregulated"}
DECLINE = [
    ActChoice("produce_records", "decline", ("test/produce_records/decline",)),
    ActChoice("disclose_home_address", "decline", ("test/disclose_home_address/decline",)),
]


@pytest.fixture
def desk() -> Desk:
    """A subpoena received, confirmed and assessed."""
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.confirm_everything("s1", at(1, 13, 10))
    desk.assess("s1", at(1, 14), OUTCOMES, due=date(2020, 1, 27))  # type: ignore[arg-type]
    return desk


def draft(desk: Desk, actor: Actor = COUNSEL, choices: list[ActChoice] = DECLINE) -> str:
    matter = desk.do(draft_position, "s1", actor, at(1, 14), choices=choices)
    assert matter.position is not None
    return matter.position.digest


def submit(desk: Desk, drafter: Actor = COUNSEL, submitter: Actor = COUNSEL) -> str:
    digest = draft(desk, drafter)
    desk.do(submit_position, "s1", submitter, at(1, 14, 10))
    return digest


def test_a_position_goes_from_draft_to_approval_by_another_person(desk: Desk) -> None:
    digest = submit(desk)
    assert stage_of(desk.matter("s1")) == "Approve"
    matter = desk.do(approve_position, "s1", SUPERVISOR, at(1, 15), seen=digest)
    assert matter.position is not None
    assert matter.position.status == "approved"
    assert matter.position.approved_by == SUPERVISOR
    assert stage_of(matter) == "Answer"


@pytest.mark.parametrize(
    ("drafter", "submitter", "approver"),
    [(COUNSEL, COUNSEL, COUNSEL), (COUNSEL, OTHER_COUNSEL, COUNSEL), (COUNSEL, OTHER_COUNSEL, OTHER_COUNSEL)],
)
def test_nobody_approves_a_position_that_they_drafted_or_submitted(
    desk: Desk, drafter: Actor, submitter: Actor, approver: Actor
) -> None:
    digest = submit(desk, drafter, submitter)
    with pytest.raises(NotAllowedError, match="their own position"):
        approve_position(desk.matter("s1"), approver, at(1, 15), seen=digest)


def test_holding_two_roles_does_not_let_a_person_approve_their_own_position(desk: Desk) -> None:
    both = Actor(COUNSEL.id, COUNSEL.name, ("counsel", "supervisor"))
    digest = submit(desk, both, both)
    with pytest.raises(NotAllowedError, match="their own position"):
        approve_position(desk.matter("s1"), both, at(1, 15), seen=digest)


@pytest.mark.parametrize("actor", [CLERK, RECORDS, READER])
def test_only_counsel_or_a_supervisor_approves(desk: Desk, actor: Actor) -> None:
    digest = submit(desk)
    with pytest.raises(NotAllowedError, match="may not approve position"):
        approve_position(desk.matter("s1"), actor, at(1, 15), seen=digest)


@pytest.mark.parametrize("actor", [CLERK, SUPERVISOR, READER])
def test_only_counsel_takes_a_position(desk: Desk, actor: Actor) -> None:
    with pytest.raises(NotAllowedError, match="may not draft position"):
        draft(desk, actor)


def test_whoever_approves_approves_what_they_saw(desk: Desk) -> None:
    seen = submit(desk)
    draft(desk, OTHER_COUNSEL, [ActChoice("produce_records", "comply"), DECLINE[1]])
    desk.do(submit_position, "s1", OTHER_COUNSEL, at(1, 15))
    with pytest.raises(StaleError, match="changed since you opened it"):
        approve_position(desk.matter("s1"), SUPERVISOR, at(1, 15), seen=seen)


def test_a_draft_that_nobody_submitted_is_not_approved(desk: Desk) -> None:
    seen = draft(desk)
    with pytest.raises(DulyError, match="does not wait for approval"):
        approve_position(desk.matter("s1"), SUPERVISOR, at(1, 15), seen=seen)


def test_a_position_is_approved_once(desk: Desk) -> None:
    digest = submit(desk)
    desk.do(approve_position, "s1", SUPERVISOR, at(1, 15), seen=digest)
    with pytest.raises(DulyError, match="does not wait for approval"):
        approve_position(desk.matter("s1"), OTHER_COUNSEL, at(1, 15), seen=digest)


def test_a_returned_position_is_drafted_anew(desk: Desk) -> None:
    digest = submit(desk)
    matter = desk.do(return_position, "s1", SUPERVISOR, at(1, 15), seen=digest, reason="Say why the policy applies.")
    assert stage_of(matter) == "Counsel"
    with pytest.raises(DulyError, match="returned, not a draft"):
        submit_position(matter, COUNSEL, at(1, 15))
    submit(desk)
    assert [earlier.return_reason for earlier in desk.matter("s1").earlier_positions] == ["Say why the policy applies."]


def test_decisive_fields_are_confirmed_before_a_position_is_submitted() -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.assess("s1", at(1, 14), OUTCOMES)  # type: ignore[arg-type]
    draft(desk)
    with pytest.raises(DulyError, match="not confirmed yet: kind, must appear"):
        submit_position(desk.matter("s1"), COUNSEL, at(1, 14))


def test_a_position_says_something_about_each_act_that_the_paper_asks_for(desk: Desk) -> None:
    draft(desk, choices=DECLINE[:1])
    with pytest.raises(DulyError, match="nothing about disclose home address"):
        submit_position(desk.matter("s1"), COUNSEL, at(1, 14))


def test_there_is_no_letter_to_send_without_an_approved_position(desk: Desk) -> None:
    submit(desk)
    with pytest.raises(DulyError, match="not approved"):
        compose_letter(desk.matter("s1"), COUNSEL, at(1, 15), letter="l1", paper="e" * 64)


def test_a_position_without_an_assessment_is_refused() -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    with pytest.raises(DulyError, match="Nobody has asked yet"):
        draft(desk)


def test_confirming_what_the_machine_read_leaves_the_position_as_it_was() -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.assess("s1", at(1, 13, 10), OUTCOMES)  # type: ignore[arg-type]
    draft(desk)
    matter = desk.confirm_everything("s1", at(1, 14))
    assert not matter.position_is_stale


@pytest.mark.parametrize("stage", ["draft", "submitted", "approved", "letter"])
def test_a_changed_fact_makes_the_position_stale_however_far_it_has_come(desk: Desk, stage: str) -> None:
    digest = submit(desk) if stage != "draft" else draft(desk)
    if stage in ("approved", "letter"):
        desk.do(approve_position, "s1", SUPERVISOR, at(1, 15), seen=digest)
    if stage == "letter":
        desk.do(compose_letter, "s1", COUNSEL, at(1, 15), letter="l1", paper="e" * 64)
    matter = desk.do(correct_field, "s1", CLERK, at(1, 15), field="return_date", value=date(2020, 1, 21))
    assert matter.position_is_stale
    assert stage_of(matter) in ("Verify", "Counsel")
    with pytest.raises(StaleError, match=r"no longer holds|facts have changed"):
        match stage:
            case "draft":
                submit_position(matter, COUNSEL, at(1, 15))
            case "submitted":
                approve_position(matter, SUPERVISOR, at(1, 15), seen=digest)
            case "approved":
                compose_letter(matter, COUNSEL, at(1, 15), letter="l1", paper="e" * 64)
            case _:
                send_letter(matter, COUNSEL, at(1, 15), letter="l1", way="e-mail", sent_at=at(1, 15), recipient="ERO")


def test_assessing_again_does_not_revive_a_position_that_rested_on_other_facts(desk: Desk) -> None:
    digest = submit(desk)
    desk.do(record_custody, "s1", RECORDS, at(1, 15), in_custody=False, as_of=at(1, 15))
    desk.assess("s1", at(1, 15, 10), OUTCOMES, due=date(2020, 1, 27))  # type: ignore[arg-type]
    with pytest.raises(StaleError, match="draft it anew"):
        approve_position(desk.matter("s1"), SUPERVISOR, at(1, 15), seen=digest)


def test_an_assessment_from_other_facts_than_the_matters_is_refused(desk: Desk) -> None:
    old = assessment_of(desk.matter("s1"), at(1, 14), OUTCOMES)  # type: ignore[arg-type]
    desk.do(record_custody, "s1", RECORDS, at(1, 15), in_custody=False, as_of=at(1, 15))
    with pytest.raises(DulyError, match=r"person\.in_custody"):
        record_assessment(desk.matter("s1"), COUNSEL, at(1, 15), old)


def test_a_choice_against_the_determination_needs_reasons_in_words() -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.assess("s1", at(1, 14), {"produce_records": "required", "hold_past_release": "forbidden"})
    matter = desk.matter("s1")
    for choice in (ActChoice("produce_records", "decline"), ActChoice("hold_past_release", "comply")):
        with pytest.raises(DulyError, match="Give the reasons in words"):
            draft_position(matter, COUNSEL, at(1, 14), choices=[choice])
        (event,) = draft_position(
            matter, COUNSEL, at(1, 14), choices=[choice], reasons={choice.act: "A stay is sought."}
        )
        assert event.against == (choice.act,)  # type: ignore[attr-defined]


def test_a_ground_that_the_determination_did_not_offer_is_refused(desk: Desk) -> None:
    choice = ActChoice("produce_records", "decline", ("test/testify/decline",))
    with pytest.raises(DulyError, match="not offered for produce records"):
        draft_position(desk.matter("s1"), COUNSEL, at(1, 14), choices=[choice])


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ([], "decides nothing"),
        ([DECLINE[0], DECLINE[0]], "twice"),
        ([ActChoice("allow_search", "decline")], "not in question"),
        ([ActChoice("produce_records", "cannot be done")], "cannot be done"),
    ],
)
def test_a_position_that_makes_no_sense_is_refused_with_a_sentence(
    desk: Desk, choices: list[ActChoice], says: str
) -> None:
    with pytest.raises(DulyError, match=says):
        draft_position(desk.matter("s1"), COUNSEL, at(1, 14), choices=choices)


PEOPLE = [CLERK, RECORDS, COUNSEL, OTHER_COUNSEL, SUPERVISOR, READER]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(range(7))), max_size=14))
def test_whatever_people_try_no_approval_is_their_own_and_no_letter_leaves_without_one(
    acts: list[tuple[Actor, int]],
) -> None:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    desk.confirm_everything("s1", at(1, 13))
    desk.assess("s1", at(1, 14), OUTCOMES)  # type: ignore[arg-type]
    for actor, act in acts:
        matter = desk.matter("s1")
        seen = matter.position.digest if matter.position else "none"
        try:
            match act:
                case 0:
                    desk.do(draft_position, "s1", actor, at(1, 14), choices=DECLINE)
                case 1:
                    desk.do(submit_position, "s1", actor, at(1, 14))
                case 2:
                    desk.do(approve_position, "s1", actor, at(1, 14), seen=seen)
                case 3:
                    desk.do(return_position, "s1", actor, at(1, 14), seen=seen, reason="No.")
                case 4:
                    letter = f"l{len(matter.letters)}"
                    desk.do(compose_letter, "s1", actor, at(1, 14), letter=letter, paper="e" * 64)
                case 5 if matter.letters:
                    last = matter.letters[-1].id
                    desk.do(
                        send_letter, "s1", actor, at(1, 14), letter=last, way="fax", sent_at=at(1, 14), recipient="ERO"
                    )
                case _:
                    value = date(2020, 1, 20 + len(matter.timeline) % 9)
                    desk.do(correct_field, "s1", actor, at(1, 14), field="return_date", value=value)
        except DulyError:
            pass
        matter = desk.matter("s1")
        for position in (*matter.earlier_positions, matter.position):
            if position is not None and position.approved_by is not None:
                assert position.submitted_by is not None
                assert position.approved_by.id not in (position.drafted_by.id, position.submitted_by.id)
        approved = {
            position.digest
            for position in (*matter.earlier_positions, matter.position)
            if position is not None and position.approved_by is not None
        }
        for sent in matter.letters:
            assert sent.sent_at is None or sent.position in approved
        assert sum(isinstance(event, PositionApproved) for event in desk.events["s1"]) == len(approved)


def test_folding_the_same_events_twice_gives_the_same_matter(desk: Desk) -> None:
    submit(desk)
    assert fold(desk.events["s1"]) == fold(desk.events["s1"])


def test_a_confirmed_field_says_who_confirmed_it_and_when(desk: Desk) -> None:
    value = desk.matter("s1").readings[0].fields["return_date"]
    assert value.evidence.confirmed_by == CLERK.name
    assert value.evidence.confirmed_at == at(1, 13, 10)
    assert value.evidence.confidence == 1.0
    assert value.evidence.method == "ocr"


def test_the_machine_confirms_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        confirm_field(desk.matter("s1"), MACHINE, at(1, 14), field="return_date")
