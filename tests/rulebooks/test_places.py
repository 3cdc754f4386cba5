"""What holds in every place: a judge's process is obeyed, nobody's record is assumed, and the list of places is whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duly.evidence import Evidence, Fact, FactValue
from duly.law import Determination, determine, load

LIBRARY = load()
ON = date(2026, 9, 8)
PLACES = sorted(LIBRARY.jurisdictions)
JURISDICTIONS_PAGE = Path(__file__).parents[2] / "docs" / "jurisdictions.md"

SUBPOENA: dict[str, FactValue] = {
    "instrument.kind": "ice-i-138", "instrument.family": "administrative_subpoena", "instrument.issuer": "immigration",
    "instrument.signed": True, "demand.records": True, "matter.primarily_criminal": False,
}  # fmt: skip
DETAINER: dict[str, FactValue] = {
    "instrument.kind": "ice-i-247a", "instrument.family": "detainer", "instrument.issuer": "immigration",
    "instrument.cancels_detainer": False,
}  # fmt: skip
WARRANT: dict[str, FactValue] = {
    "instrument.kind": "us-ao-442", "instrument.family": "judicial_warrant", "instrument.issuer": "federal_court",
    "instrument.signed": True, "instrument.signed_by_judge": True,
}  # fmt: skip


def answer(office: str, act: str, values: dict[str, FactValue], **more: FactValue) -> Determination:
    stated = values | {name.replace("__", "."): value for name, value in more.items()}
    return determine(
        LIBRARY, office, act, {name: Fact(name, it, Evidence("person")) for name, it in stated.items()}, ON
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["sheriff", "jail", "police", "state_agency", "city_agency"])
def test_what_a_court_has_ordered_is_forbidden_to_no_public_office(place: str, kind: str) -> None:
    ordered = {"court__order_entered": True, "court__order_covers_demand": True}
    found = answer(place, "produce_records", SUBPOENA, office__kind=kind, **ordered)
    assert found.outcome == "required", found.outcome


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["sheriff", "jail", "police"])
def test_a_federal_judges_arrest_warrant_is_obeyed_everywhere(place: str, kind: str) -> None:
    for act in ("hold_past_release", "transfer_custody"):
        assert answer(place, act, WARRANT, office__kind=kind).outcome in ("permitted", "required"), act


@pytest.mark.parametrize(
    "place, fact",
    [
        ("us/nj", "person.charged_or_convicted_violent_or_serious"),
        ("us/nj", "person.indictable_conviction_within_five_years"),
        ("us/ny/nyc", "person.violent_or_serious_crime_within_five_years"),
        ("us/md", "person.convicted_of_felony"),
        ("us/md", "person.sex_offense_registrant"),
    ],
)
def test_a_record_that_the_law_makes_decisive_is_asked_and_not_assumed(place: str, fact: str) -> None:
    came_with = "judicial" if place == "us/ny/nyc" else "none"
    found = answer(
        place, "hold_past_release", DETAINER, office__kind="jail", instrument__accompanying_warrant=came_with
    )
    assert found.outcome == "undetermined"
    assert {"forbidden", "requested"} <= set(found.possible)
    assert any(fact in questions for questions in found.decisive), found.decisive


@pytest.mark.parametrize("place, above", [("us/il/chicago", "us/il"), ("us/il/cook", "us/il"), ("us/ny/nyc", "us/ny")])
def test_an_office_of_a_city_answers_under_the_law_of_its_state_too(place: str, above: str) -> None:
    found = answer(
        place, "hold_past_release", DETAINER, office__kind="jail", instrument__accompanying_warrant="none",
        matter__primarily_criminal=False, office__detainer_costs_reimbursed=True,
    )  # fmt: skip
    assert found.outcome == "forbidden"
    assert above in {each.jurisdiction for each in found.applied if each.role == "applies"}


def test_every_place_stands_in_the_list_of_the_documentation() -> None:
    page = JURISDICTIONS_PAGE.read_text(encoding="utf-8")
    assert [place for place in PLACES if f"| `{place}` {LIBRARY.jurisdiction(place).name} |" not in page] == []
