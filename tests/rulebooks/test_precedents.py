"""Decided cases: in force from the day of decision, binding where their court binds, and never more than shown elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from duly.evidence import Evidence, Fact, FactValue
from duly.law import Determination, determine, load
from duly.law.rules import Precedent

LIBRARY = load()
PRECEDENTS = [rule for rule in LIBRARY.by_id.values() if isinstance(rule, Precedent)]
DETAINER: dict[str, FactValue] = {
    "instrument.kind": "ice-i-247a", "instrument.family": "detainer", "instrument.issuer": "immigration",
    "instrument.cancels_detainer": False, "instrument.probable_cause_stated": False, "office.kind": "sheriff",
}  # fmt: skip


def answer(office: str, act: str, on: date, **more: FactValue) -> Determination:
    values = DETAINER | {name.replace("__", "."): value for name, value in more.items()}
    facts = {name: Fact(name, value, Evidence("person")) for name, value in values.items()}
    return determine(LIBRARY, office, act, facts, on)


@pytest.mark.parametrize("rule", PRECEDENTS, ids=lambda rule: rule.id)
def test_a_decision_is_in_force_from_its_day_and_names_its_court(rule: Precedent) -> None:
    assert rule.in_force[0] == rule.decided
    assert rule.court and rule.cite
    assert rule.status == "good" or rule.by


def test_the_fifth_circuits_decision_binds_texas_from_the_day_of_the_opinion_that_stands() -> None:
    def shown(on: date) -> list[tuple[str, bool]]:
        found = answer("us/tx", "hold_past_release", on, person__proof_of_status_provided=False)
        return [(point.rule, point.binding) for point in found.precedents if point.rule == "us/el-cenizo-v-texas"]

    assert shown(date(2018, 5, 7)) == []
    assert shown(date(2018, 5, 8)) == [("us/el-cenizo-v-texas", True)]


def test_the_ninth_circuit_binds_california_and_persuades_in_colorado() -> None:
    def binding(office: str) -> bool:
        found = answer(office, "hold_past_release", date(2021, 1, 4))
        [point] = [each for each in found.precedents if each.rule == "us/gonzalez-v-ice"]
        return point.binding

    assert binding("us/ca") and not binding("us/co")


def test_a_decision_that_lets_a_prohibition_stand_forbids_nothing_where_no_state_law_does() -> None:
    found = answer("us/va", "hold_past_release", date(2021, 1, 4))
    assert found.outcome == "requested"
    assert "us/united-states-v-california" in [point.rule for point in found.precedents]


def test_a_superseded_decision_is_shown_as_one() -> None:
    before = answer("us/fl", "hold_past_release", date(2019, 6, 30))
    after = answer("us/fl", "hold_past_release", date(2020, 1, 6), instrument__accompanying_warrant="none")
    status = {
        found.on: point.status
        for found in (before, after)
        for point in found.precedents
        if point.rule == "us/creedle-v-miami-dade"
    }
    assert status == {date(2019, 6, 30): "good", date(2020, 1, 6): "superseded"}
