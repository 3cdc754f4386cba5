"""One way from an instrument to the law's answer, with the packaged rulebooks and calendars."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from tests.matters.desk import KINDS, reading, subpoena

from duly import law
from duly.clock import load_calendars
from duly.errors import DulyError
from duly.evidence import Evidence, Fact, FactValue, Method
from duly.matters import (
    Assessment,
    Instrument,
    answer_json,
    assess,
    instrument_from,
    offered_grounds,
    office_for,
)
from duly.matters.weighing import weigh

LIBRARY = law.load()
CALENDARS = load_calendars()
DENVER = office_for(LIBRARY, "us/co/denver")
ON = date(2020, 1, 16)


def fact(name: str, value: FactValue, method: Method = "person", confidence: float = 1.0) -> Fact:
    return Fact(name, value, Evidence(method, confidence=confidence))


def facts(**named: FactValue) -> dict[str, Fact]:
    return {name.replace("__", "."): fact(name.replace("__", "."), value) for name, value in named.items()}


NOT_CRIMINAL = facts(instrument__served_on=date(2020, 1, 13), matter__primarily_criminal=False)


def denver(instrument: Instrument | None = None, on: date = ON, **more: Any) -> Assessment:
    return assess(LIBRARY, CALENDARS, DENVER, instrument or subpoena(), on, **more)


def test_the_subpoena_of_the_story_is_contested_in_denver_before_any_order() -> None:
    found = denver(facts=NOT_CRIMINAL)
    for act in ("produce_records", "disclose_home_address"):
        determination = found.determination(act)
        assert determination is not None
        assert determination.outcome == "contested"
    assert [entry.deadline.due for entry in found.deadlines if entry.purpose == "compliance"] == [date(2020, 1, 27)]
    assert all(entry.deadline.steps for entry in found.deadlines if entry.deadline.due is not None)


def test_a_matters_record_says_that_no_order_was_entered_and_the_proof_shows_from_where() -> None:
    entered = denver().facts["court.order_entered"]
    assert entered.value is False
    assert entered.evidence.method == "record"
    assert "No court's order is recorded" in entered.evidence.note


def test_a_person_who_says_that_an_order_was_entered_does_not_contradict_an_empty_record() -> None:
    found = denver(facts=facts(court__order_entered=True, court__order_covers_demand=True))
    assert found.facts["court.order_entered"].value is True
    assert not any("court.order_entered" in warning for warning in found.warnings)


def test_a_courts_order_as_the_paper_itself_is_not_said_to_be_missing() -> None:
    assert "court.order_entered" not in denver(Instrument("court-order", {}, "d" * 64)).facts


def test_what_is_not_known_stays_absent_and_makes_the_answer_undetermined() -> None:
    found = denver()
    assert "matter.primarily_criminal" not in found.facts
    assert "instrument.served_on" not in found.facts
    produce = found.determination("produce_records")
    assert produce is not None
    assert produce.outcome == "undetermined"
    assert set(produce.possible) == {"contested", "demanded"}
    assert ("matter.primarily_criminal",) in produce.decisive


def test_the_acts_in_question_are_the_kinds_and_those_that_the_paper_demands() -> None:
    found = denver()
    assert set(KINDS["ice-i-138"].acts) <= set(found.acts)
    assert found.asked == ("produce_records", "disclose_home_address")
    assert found.asks_for("testify") is False
    assert found.asks_for("preserve_records") is None
    assert [one.act for one in found.determinations] == list(found.acts)


def test_a_demand_that_persons_add_puts_its_act_in_question() -> None:
    assert "hold_past_release" not in denver().acts
    # The form says that it asks for no hold; a person who read otherwise is believed, and both stay visible.
    found = denver(facts=facts(demand__hold=True))
    assert "hold_past_release" in found.acts
    assert any(entry.fact.name == "demand.hold" for entry in found.set_aside)
    assert any("demand.hold" in warning for warning in found.warnings)


def test_a_persons_word_beats_the_machines_reading_and_both_are_kept() -> None:
    found = denver(facts=facts(instrument__return_on=date(2020, 1, 21)))
    assert found.facts["instrument.return_on"].value == date(2020, 1, 21)
    assert [entry.fact.value for entry in found.set_aside if entry.fact.name == "instrument.return_on"] == [
        date(2020, 1, 27)
    ]
    assert any("Two sources differ on instrument.return_on" in warning for warning in found.warnings)


def test_a_machines_reading_given_as_a_fact_does_not_beat_what_a_person_confirmed() -> None:
    confirmed = Fact("x", 1, Evidence("ocr", confirmed_by="R. Notional"))
    guessed = Fact("x", 2, Evidence("text layer", confidence=0.99))
    used, aside, warnings = weigh([{"x": guessed}, {"x": confirmed}])
    assert used["x"] is confirmed
    assert [entry.fact for entry in aside] == [guessed]
    assert len(warnings) == 1


def test_the_earlier_source_wins_between_equals_and_agreement_needs_no_warning() -> None:
    first, second = fact("x", 1), fact("x", 1)
    used, aside, warnings = weigh([{"x": first}, {"x": second}])
    assert used["x"] is first
    assert len(aside) == 1
    assert warnings == ()


def test_anything_beats_an_assumption_without_a_warning() -> None:
    used, _, warnings = weigh([{"x": fact("x", 1, "assumed")}, {"x": fact("x", 2, "ocr")}])
    assert used["x"].value == 2
    assert warnings == ()


def test_an_act_that_can_no_longer_be_done_says_so_beside_the_laws_answer() -> None:
    found = denver(facts=facts(person__in_custody=False))
    assert "notify_release" in found.moot
    assert found.determination("notify_release") is not None
    assert "notify_release" not in denver().moot


def test_an_unrecognised_paper_gets_no_answer_and_waits_for_a_person() -> None:
    found = denver(instrument_from([reading(None, {})], KINDS))
    assert found.acts == ()
    assert found.determinations == ()
    assert found.defects == ()
    assert found.deadlines == ()
    assert any("a person says what the paper is" in warning for warning in found.warnings)


def test_what_persons_say_about_an_unrecognised_paper_still_gets_an_answer() -> None:
    stated = facts(
        demand__records=True,
        instrument__family="administrative_subpoena",
        instrument__issuer="immigration",
        instrument__signed=True,
    )
    found = denver(instrument_from([reading(None, {})], KINDS), facts={**stated, **NOT_CRIMINAL})
    produce = found.determination("produce_records")
    assert produce is not None
    assert produce.outcome == "contested"


def test_a_detainer_in_denver_and_in_texas_gets_each_states_own_answer() -> None:
    detainer = instrument_from(
        [
            reading("ice-i-247a", {"person_name": "Isidro Inventado", "signed": True, "cancels_detainer": False}),
            reading("ice-i-200", {"person_name": "Isidro Inventado", "signed": True}),
        ],
        KINDS,
    )
    texas = office_for(LIBRARY, "us/tx", kind="sheriff")
    stated = facts(person__in_custody=True, person__proof_of_status_provided=False)
    in_denver = denver(detainer, on=date(2020, 1, 16), facts=stated).determination("hold_past_release")
    in_texas = assess(LIBRARY, CALENDARS, texas, detainer, date(2020, 1, 16), stated).determination("hold_past_release")
    assert in_denver is not None
    assert in_texas is not None
    assert in_denver.outcome == "forbidden"
    assert in_texas.outcome == "required"


HELD = ("hold_past_release", "transfer_custody", "notify_release")


def detained(place: str, **fields: Any) -> Assessment:
    paper = instrument_from(
        [reading("ice-i-247a", {"person_name": "Isidro Inventado", "signed": True, **fields})], KINDS
    )
    stated = facts(person__in_custody=True, person__proof_of_status_provided=False)
    office = office_for(LIBRARY, place, kind="sheriff")
    return assess(LIBRARY, CALENDARS, office, paper, date(2026, 1, 16), stated)


@pytest.mark.parametrize("place", sorted(LIBRARY.jurisdictions))
def test_a_paper_that_cancels_a_detainer_asks_for_no_hold_anywhere(place: str) -> None:
    found = detained(place, cancels_detainer=True)
    assert not {found.determination(act).outcome for act in HELD} & {"required", "requested", "demanded", "contested"}
    assert "This paper cancels an earlier detainer; it asks for no hold." in found.warnings
    assert found.asks_for("hold_past_release") is False
    assert not [entry for entry in found.deadlines if entry.purpose == "hold"]
    assert {entry.fact.name for entry in found.set_aside} >= {"demand.hold", "demand.notify"}


@pytest.mark.parametrize("place", sorted(LIBRARY.jurisdictions))
def test_a_box_to_cancel_that_was_not_read_leaves_a_hold_in_doubt_and_asks(place: str) -> None:
    """Unless the law of the place says the same of any detainer."""
    unread, yes, no = (
        detained(place, cancels_detainer=cancels).determination("hold_past_release") for cancels in (None, True, False)
    )
    assert set(unread.possible) == {*yes.possible, *no.possible}
    if set(yes.possible) != set(no.possible):
        assert unread.outcome == "undetermined"
        assert any("instrument.cancels_detainer" in names for names in unread.decisive)


def test_a_detainer_that_cancels_nothing_asks_as_before() -> None:
    found = detained("us/tx", cancels_detainer=False)
    assert {found.determination(act).outcome for act in HELD} == {"required"}
    assert found.asks_for("hold_past_release") is True
    assert not any(
        "cancel" in warning and "earlier" in warning and "asks for no hold" in warning for warning in found.warnings
    )


def federal_subpoena(**fields: Any) -> Assessment:
    values = {"production": True, "return_date": date(2020, 2, 20), "signed": True, **fields}
    paper = instrument_from([reading("us-ao-88b", values)], KINDS)
    return assess(LIBRARY, CALENDARS, office_for(LIBRARY, "us", kind="sheriff"), paper, date(2020, 2, 3))


@pytest.mark.parametrize(("signed", "outcome"), [(True, "required"), (False, "unregulated"), (None, "undetermined")])
def test_a_federal_subpoena_requires_only_what_somebody_signed(signed: bool | None, outcome: str) -> None:
    found = federal_subpoena(signed=signed).determination("produce_records")
    assert found.outcome == outcome
    assert (("instrument.signed",) in found.decisive) is (signed is None)


@pytest.mark.parametrize(
    ("production", "when", "outcome"),
    [(False, None, "unregulated"), (None, "March 10, 2020, 2:00 PM", "required"), (None, None, "undetermined")],
)
def test_a_federal_subpoena_requires_records_only_where_it_commands_them(
    production: bool | None, when: str | None, outcome: str
) -> None:
    found = federal_subpoena(production=production, production_datetime=when)
    assert found.determination("produce_records").outcome == outcome


@pytest.mark.parametrize("signed", [True, False, None])
def test_an_immigration_subpoena_that_nobody_signed_demands_nothing(signed: bool | None) -> None:
    paper = instrument_from(
        [reading("ice-i-138", {"must_produce": True, "must_appear": False, "signed": signed})], KINDS
    )
    found = assess(LIBRARY, CALENDARS, office_for(LIBRARY, "us", kind="sheriff"), paper, ON)
    outcomes = {True: "demanded", False: "unregulated", None: "undetermined"}
    assert found.determination("produce_records").outcome == outcomes[signed]
    if signed is False:
        assert "us/8-cfr-287.4/ground-signed" in {ground.id for ground in offered_grounds(found)}


@pytest.mark.parametrize("place", sorted(LIBRARY.jurisdictions))
def test_the_date_on_a_state_courts_subpoena_is_shown_everywhere(place: str) -> None:
    values = {"produce_date": date(2026, 2, 27), "signed": True}
    paper = instrument_from([reading("state-subpoena-duces-tecum", values)], KINDS)
    found = assess(LIBRARY, CALENDARS, office_for(LIBRARY, place, kind="hospital"), paper, date(2026, 2, 2))
    assert date(2026, 2, 27) in [entry.deadline.due for entry in found.deadlines if entry.purpose == "answer"]


def test_a_date_that_may_yet_be_earlier_says_why_in_words() -> None:
    (objection,) = [entry.deadline for entry in federal_subpoena().deadlines if entry.purpose == "objection"]
    assert (
        "The date may be earlier: 14 days after the day of service also counts, and the day of service is not known yet."
        in objection.warnings
    )
    assert "1. Not known yet: the day of service." in [step.text for step in objection.steps]
    assert not any("instrument." in said for said in (*objection.warnings, *(step.text for step in objection.steps)))


def test_the_same_arguments_give_the_same_digest_and_other_facts_another() -> None:
    assert denver(facts=NOT_CRIMINAL).digest == denver(facts=NOT_CRIMINAL).digest
    assert denver(facts=NOT_CRIMINAL).digest != denver().digest


def test_the_json_has_the_documented_shape() -> None:
    paper = denver(facts=NOT_CRIMINAL).as_json()
    answer = json.loads(rfc8785.dumps(answer_json([paper])))
    assert answer["schema"] == "duly.answer/1"
    (entry,) = answer["papers"]
    assert entry["kind"] == "ice-i-138"
    assert set(entry["fields"]["return_date"]) >= {"value", "page", "box", "words", "method", "confidence"}
    assert entry["fields"]["return_date"]["value"] == "2020-01-27"
    assert len(entry["fields"]["return_date"]["box"]) == 4
    assert all(set(defect) >= {"id", "status", "cite"} for defect in entry["defects"])
    assert all(set(deadline) >= {"id", "what", "due", "cite", "steps"} for deadline in entry["deadlines"])
    for determination in entry["determinations"]:
        assert set(determination) >= {"act", "outcome", "possible", "decisive", "cites", "proof"}
        assert set(determination["proof"]) >= {"applied", "considered"}
    assert entry["letter"] is None
    assert isinstance(entry["warnings"], list)


def test_no_ground_is_chosen_for_counsel_and_each_says_whether_it_surely_applies() -> None:
    offered = offered_grounds(denver(facts=NOT_CRIMINAL))
    positions = {ground.position for ground in offered if ground.act == "produce_records"}
    assert {"decline", "comply"} <= positions
    assert not hasattr(offered[0], "chosen")
    assert all(ground.certain or ground.unknown for ground in offered)


def test_what_nobody_confirmed_is_named_in_a_warning() -> None:
    assert any("not confirmed by a person: " in warning and "return date" in warning for warning in denver().warnings)


def test_the_offices_profile_is_shown_as_such_and_can_be_replaced() -> None:
    assert DENVER.kind == "sheriff"
    assert DENVER.facts()["office.kind"].evidence.method == "profile"
    hospital = office_for(LIBRARY, "us/co/denver", kind="hospital")
    assert "Sheriff" not in hospital.name
    assert hospital.facts()["office.kind"].evidence.method == "person"
    assert office_for(LIBRARY, "us/co/denver", name="Front Desk").name == "Front Desk"


def test_an_office_of_unknown_kind_states_no_kind() -> None:
    federal = office_for(LIBRARY, "us")
    if federal.kind is None:
        assert federal.facts() == {}


@pytest.mark.parametrize(("jurisdiction", "kind"), [("us/atlantis", None), ("us/co", "lighthouse")])
def test_an_unknown_office_is_refused_with_the_known_ones(jurisdiction: str, kind: str | None) -> None:
    with pytest.raises(DulyError, match="Known: "):
        office_for(LIBRARY, jurisdiction, kind)


def test_an_office_profile_may_carry_letterhead_and_where_answers_go(tmp_path: Path) -> None:
    folder = tmp_path / "us-xx"
    folder.mkdir()
    (folder / "jurisdiction.toml").write_text(
        'name = "Somewhere"\nlevel = "local"\nparent = "us"\ntime_zone = "America/Denver"\n'
        '[office]\nname = "Records"\nkind = "sheriff"\nletterhead = ["1 Example Street"]\nemail = "records@office.example"\n'
    )
    office = office_for(law.load([tmp_path]), "us-xx")
    assert office.letterhead == ("1 Example Street",)
    assert office.email == "records@office.example"
    assert office.telephone is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_paper_gets_an_answer_even_when_nothing_on_it_could_be_read(kind: str) -> None:
    found = denver(Instrument(kind, {}, "d" * 64), on=date(2026, 1, 5))
    assert {one.outcome for one in found.determinations} <= set(law.OUTCOMES)
    rfc8785.dumps(found.as_json())
