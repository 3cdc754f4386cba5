"""What people do on a matter, and what the matter says no to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.matters.desk import CLERK, COUNSEL, KINDS, OTHER_COUNSEL, READER, RECORDS, SUPERVISOR, Desk, at, subpoena

from duly import law
from duly.errors import DulyError
from duly.matters import MACHINE, PERMISSIONS, ROLES, Actor, NotAllowedError, RecordError, allows, fold, stage_of
from duly.matters import commands as do
from duly.matters.commands import ClosedError
from duly.matters.events import EVENTS
from duly.matters.folding import apply

VOCABULARY = law.load().vocabulary
NAIVE = at(1, 13).replace(tzinfo=None)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.open("s1", subpoena(), at(1, 13))
    return desk


def test_a_matter_opens_with_its_paper_and_what_the_machine_read(desk: Desk) -> None:
    matter = desk.matter("s1")
    assert matter.number == "2020-s1"
    assert [(paper.role, paper.file_name) for paper in matter.papers] == [("instrument", "Nicanor Ejemplo-Prueba.pdf")]
    assert matter.readings[0].kind == "ice-i-138"
    assert matter.readings[0].issuer == "immigration"
    assert (0, "kind") in matter.unconfirmed
    assert (0, "return_date") in matter.unconfirmed
    assert stage_of(matter) == "Verify"


def test_a_correction_keeps_what_the_machine_had_read_and_where(desk: Desk) -> None:
    matter = desk.do(do.correct_field, "s1", CLERK, at(1, 13), field="return_date", value=date(2020, 1, 21))
    value = matter.readings[0].fields["return_date"]
    assert value.value == date(2020, 1, 21)
    assert value.evidence.method == "person"
    assert value.evidence.box is not None
    assert "2020-01-27" in value.evidence.note
    assert "Corrected the field “return date”." in [line.sentence for line in matter.timeline]


def test_correcting_to_the_same_value_is_a_confirmation(desk: Desk) -> None:
    (event,) = do.correct_field(desk.matter("s1"), CLERK, at(1, 13), field="return_date", value=date(2020, 1, 27))
    assert event.name == "field-confirmed"


def test_an_unreadable_field_is_not_known_and_not_asked_again(desk: Desk) -> None:
    matter = desk.do(do.mark_unreadable, "s1", CLERK, at(1, 13), field="return_date", note="Blurred by the fax.")
    assert matter.readings[0].fields["return_date"].value is None
    assert (0, "return_date") not in matter.unconfirmed


def test_a_person_can_say_that_the_paper_is_another_kind(desk: Desk) -> None:
    desk.append(do.confirm_kind(desk.matter("s1"), CLERK, at(1, 13), KINDS, kind="us-ao-88b"))
    paper = desk.matter("s1").readings[0]
    assert (paper.kind, paper.family) == ("us-ao-88b", "court_subpoena")
    assert "kind" not in paper.unsettled


def test_a_person_can_say_that_the_paper_is_no_kind_that_duly_knows(desk: Desk) -> None:
    desk.append(do.confirm_kind(desk.matter("s1"), CLERK, at(1, 13), KINDS, kind=None))
    paper = desk.matter("s1").readings[0]
    assert paper.kind is None
    assert paper.unsettled == ()


@pytest.mark.parametrize("field", ["colour", "kind"])
def test_a_field_that_the_paper_does_not_have_is_refused(desk: Desk, field: str) -> None:
    with pytest.raises(DulyError):
        do.confirm_field(desk.matter("s1"), CLERK, at(1, 13), field=field)


def test_a_refused_file_is_recorded_with_the_sentence_that_was_shown() -> None:
    error = DulyError("The file is empty.", remedy="Send it again.", code="empty-file")
    (event,) = do.refuse_paper(
        CLERK, at(1, 13), paper="0" * 64, size_bytes=0, received_at=at(1, 13), way="fax", file_name="x.pdf", error=error
    )
    assert event.reason == "empty-file"  # type: ignore[attr-defined]
    assert "Send it again." in event.sentence()


def test_service_lies_in_the_past_and_is_a_day(desk: Desk) -> None:
    with pytest.raises(DulyError, match="future"):
        do.record_service(desk.matter("s1"), CLERK, at(1, 13), served_on=date(2020, 1, 14), manner="hand")
    with pytest.raises(DulyError, match="not a moment"):
        do.record_service(desk.matter("s1"), CLERK, at(1, 13), served_on=at(1, 13), manner="hand")
    matter = desk.do(do.record_service, "s1", CLERK, at(1, 13), served_on=date(2020, 1, 13), manner="hand")
    assert matter.facts()["instrument.served_on"].value == date(2020, 1, 13)
    assert matter.facts()["instrument.served_on"].evidence.confirmed_by == CLERK.name


@pytest.mark.parametrize(
    ("fact", "value", "says"),
    [
        ("matter.colour", True, "no fact called"),
        ("office.is_public", True, "follows from other facts"),
        ("matter.primarily_criminal", "no", "no answer"),
        ("matter.primarily_criminal", 0, "no answer"),
        ("instrument.notice_days_given", True, "no answer"),
        ("instrument.served_on", NAIVE, "no answer"),
        ("instrument.received_at", date(2020, 1, 13), "no answer"),
        ("instrument.received_at", NAIVE, "no answer"),
        ("service.manner", "pigeon", "Choose one of"),
        ("court.order_entered", True, "Record the order"),
        ("court.order_covers_demand", True, "Record the order"),
    ],
)
def test_only_facts_of_the_vocabulary_with_values_of_their_type_are_stated(
    desk: Desk, fact: str, value: object, says: str
) -> None:
    with pytest.raises(DulyError, match=says):
        do.state_fact(desk.matter("s1"), COUNSEL, at(1, 14), VOCABULARY, fact=fact, value=value)  # type: ignore[arg-type]


def test_a_stated_fact_can_be_stated_anew_and_withdrawn_and_stays_in_the_history(desk: Desk) -> None:
    for value in (True, False):
        events = do.state_fact(
            desk.matter("s1"), COUNSEL, at(1, 14), VOCABULARY, fact="matter.primarily_criminal", value=value
        )
        desk.append(events)
    assert desk.matter("s1").facts()["matter.primarily_criminal"].value is False
    matter = desk.do(
        do.withdraw_fact, "s1", COUNSEL, at(1, 15), fact="matter.primarily_criminal", reason="Not checked after all."
    )
    assert "matter.primarily_criminal" not in matter.facts()
    assert [fact.value for fact in matter.fact_history] == [True, False]


def test_a_release_ends_what_the_records_said_of_custody(desk: Desk) -> None:
    desk.do(
        do.record_custody,
        "s1",
        RECORDS,
        at(1, 13),
        in_custody=True,
        as_of=at(1, 13),
        eligible_for_release_at=at(1, 31),
    )
    matter = desk.do(do.record_release, "s1", RECORDS, at(1, 31, 10), released_at=at(1, 31, 10))
    assert matter.facts()["person.in_custody"].value is False
    assert "person.eligible_for_release_at" not in matter.facts()


def test_a_claimed_matter_is_in_one_persons_hand(desk: Desk) -> None:
    desk.do(do.claim, "s1", CLERK, at(1, 13))
    with pytest.raises(DulyError, match=f"{CLERK.name} has this matter in hand"):
        do.claim(desk.matter("s1"), COUNSEL, at(1, 13))
    with pytest.raises(DulyError, match="Ask a supervisor"):
        do.release(desk.matter("s1"), COUNSEL, at(1, 13))
    assert do.claim(desk.matter("s1"), CLERK, at(1, 13)) == ()
    desk.do(do.release, "s1", SUPERVISOR, at(1, 13))
    assert desk.do(do.claim, "s1", COUNSEL, at(1, 13)).claimed_by == COUNSEL


def test_sending_a_matter_on_frees_it_for_whoever_has_the_next_move(desk: Desk) -> None:
    desk.do(do.claim, "s1", CLERK, at(1, 13))
    matter = desk.do(do.refer, "s1", CLERK, at(1, 13), to="counsel", note="Not issued by a court.")
    assert (matter.claimed_by, matter.referred_to) == (None, "counsel")


def test_a_warning_is_resolved_in_words_and_stays(desk: Desk) -> None:
    desk.assess("s1", at(1, 13), {"produce_records": "contested"})
    with pytest.raises(DulyError, match="is empty"):
        do.resolve_warning(desk.matter("s1"), CLERK, at(1, 13), warning="The return date is near.", resolution="  ")
    matter = desk.do(
        do.resolve_warning, "s1", CLERK, at(1, 13), warning="The return date is near.", resolution="Counsel is told."
    )
    assert matter.warnings_resolved == {"The return date is near.": "Counsel is told."}
    assert matter.assessment is not None
    assert "The return date is near." in matter.assessment.warnings


def test_a_matter_is_closed_with_a_disposition_and_takes_no_events_until_it_is_reopened(desk: Desk) -> None:
    with pytest.raises(DulyError, match="no disposition"):
        do.close_matter(desk.matter("s1"), COUNSEL, at(2, 1))
    desk.do(do.record_disposition, "s1", COUNSEL, at(2, 1), disposition="withdrawn by the issuer")
    matter = desk.do(do.close_matter, "s1", COUNSEL, at(2, 1))
    assert stage_of(matter) == "Closed"
    with pytest.raises(ClosedError, match="Reopen it first"):
        do.add_note(matter, CLERK, at(2, 2), text="One more thing.")
    matter = desk.do(do.reopen_matter, "s1", COUNSEL, at(2, 3), reason="Served again.")
    assert (matter.closed, matter.disposition) == (False, None)


def test_a_matter_under_legal_hold_is_not_closed(desk: Desk) -> None:
    desk.do(do.place_hold, "s1", COUNSEL, at(1, 13), hold="h1", custodians=["Booking"], scope="The file.")
    desk.do(do.record_disposition, "s1", COUNSEL, at(2, 1), disposition="complied")
    with pytest.raises(DulyError, match="1 legal hold not lifted"):
        do.close_matter(desk.matter("s1"), COUNSEL, at(2, 1))
    desk.do(do.lift_hold, "s1", COUNSEL, at(2, 2), hold="h1", reason="The matter is over.")
    assert desk.do(do.close_matter, "s1", COUNSEL, at(2, 2)).closed


def test_a_sealed_matter_is_for_those_named_and_for_counsel(desk: Desk) -> None:
    desk.do(do.seal_matter, "s1", COUNSEL, at(1, 14), until=date(2020, 3, 1), access=[RECORDS.id], reason="By order.")
    with pytest.raises(NotAllowedError, match="sealed"):
        do.add_note(desk.matter("s1"), CLERK, at(1, 15), text="Hello.")
    assert do.may_see(desk.matter("s1"), RECORDS, at(1, 15))
    assert do.may_see(desk.matter("s1"), OTHER_COUNSEL, at(1, 15))
    assert not do.may_see(desk.matter("s1"), READER, at(1, 15))
    assert do.may_see(desk.matter("s1"), READER, at(3, 2))


def test_what_a_non_disclosure_order_forbids_is_blocked(desk: Desk) -> None:
    forbids = ["notice to the person named"]
    desk.do(do.record_non_disclosure, "s1", COUNSEL, at(1, 14), forbids=forbids, until=date(2020, 3, 1))
    with pytest.raises(DulyError, match="non-disclosure order"):
        do.record_notice(desk.matter("s1"), CLERK, at(1, 15), who="person named", given_at=at(1, 15))
    with pytest.raises(DulyError, match="non-disclosure order"):
        do.compose_letter(
            desk.matter("s1"), COUNSEL, at(1, 15), letter="n", paper="e" * 64, letter_kind="notice to the person named"
        )
    do.record_notice(desk.matter("s1"), CLERK, at(1, 15), who="issuing agency", given_at=at(1, 15))
    do.record_notice(desk.matter("s1"), CLERK, at(3, 2), who="person named", given_at=at(3, 2))


def test_two_non_disclosure_orders_add_up(desk: Desk) -> None:
    first = {"forbids": ["notice to the person named"], "until": date(2020, 3, 1)}
    desk.do(do.record_non_disclosure, "s1", COUNSEL, at(1, 14), **first)
    matter = desk.do(do.record_non_disclosure, "s1", COUNSEL, at(1, 15), forbids=["notice to others"])
    assert matter.non_disclosure is not None
    assert matter.non_disclosure.forbids_on("notice to the person named", date(2021, 1, 1))


def test_a_moment_without_a_zone_is_refused_everywhere(desk: Desk) -> None:
    with pytest.raises(DulyError, match="time zone"):
        do.add_note(desk.matter("s1"), CLERK, NAIVE, text="Hello.")
    with pytest.raises(DulyError, match="time zone"):
        do.record_release(desk.matter("s1"), RECORDS, at(1, 13), released_at=NAIVE)


def test_events_of_two_matters_do_not_fold_into_one(desk: Desk) -> None:
    desk.open("s2", subpoena("Teodoro Muestra"), at(1, 13))
    with pytest.raises(RecordError, match="stands among those of"):
        fold([*desk.events["s1"], desk.events["s2"][1]])
    with pytest.raises(RecordError, match="second time"):
        fold([*desk.events["s1"], desk.events["s1"][0]])
    with pytest.raises(RecordError, match="before the matter was opened"):
        fold(desk.events["s1"][1:])
    with pytest.raises(RecordError, match="Open it first"):
        fold([])


def test_the_sequence_counts_the_events_that_the_matter_rests_on(desk: Desk) -> None:
    before = desk.matter("s1").sequence
    assert before == len(desk.events["s1"])
    assert desk.do(do.add_note, "s1", CLERK, at(1, 13), text="A note.").sequence == before + 1


def test_every_event_changes_the_matter_or_is_known_to_stand_in_the_timeline_alone() -> None:
    timeline_only = {"matter-opened"}  # the opening makes the matter; it is folded before anything is applied
    unapplied = {name for name, kind in EVENTS.items() if apply.dispatch(kind) is apply.dispatch(object)}
    # policies and days of the calendar have folds of their own, and reminders a chain of their own
    elsewhere = {name for name in EVENTS if name.startswith(("policy-", "calendar-day-", "reminder-"))}
    assert unapplied - elsewhere == timeline_only


def test_the_timeline_tells_the_story_in_plain_sentences(desk: Desk) -> None:
    desk.do(do.record_service, "s1", CLERK, at(1, 13), served_on=date(2020, 1, 13), manner="hand")
    lines = [line.sentence for line in desk.matter("s1").timeline]
    assert lines == [
        "Opened matter 2020-s1.",
        "A paper was added as instrument.",
        "Read by the machine as ice-i-138, 10 fields found.",
        "Recorded service on Monday 13 January 2020, by hand.",
    ]


@pytest.mark.parametrize("action", sorted(PERMISSIONS))
def test_every_action_is_open_to_somebody_and_never_to_those_who_only_read(action: str) -> None:
    assert PERMISSIONS[action] <= set(ROLES)
    assert PERMISSIONS[action]
    if not action.startswith("see "):
        # An administrator keeps the office's calendar, which two persons change; of matters they decide nothing.
        keeps = {"administrator"} if action.endswith("calendar day") else set()
        assert not PERMISSIONS[action] & {"read-only", "auditor", "administrator"} - keeps


def test_nothing_that_is_not_in_the_table_is_allowed() -> None:
    everyone = Actor("x", "Everyone", ROLES)
    assert not allows(everyone, "delete matter")
    with pytest.raises(NotAllowedError, match="Nobody may do this"):
        from duly.matters import require

        require(everyone, "delete matter")


def test_the_machine_decides_nothing() -> None:
    decisions = {
        "draft position",
        "submit position",
        "approve position",
        "send letter",
        "close matter",
        "confirm field",
    }
    assert not any(allows(MACHINE, action) for action in decisions)


def test_a_command_gives_events_and_changes_nothing_itself(desk: Desk) -> None:
    matter = desk.matter("s1")
    do.add_note(matter, CLERK, at(1, 13) + timedelta(hours=1), text="A note.")
    assert matter == desk.matter("s1")
