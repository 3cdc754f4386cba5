"""Papers that somebody else laid out: what each is, what it says, and what the law says of it in three places."""

from __future__ import annotations

from typing import Any

import pytest
from tests.outside.conftest import OFFICES, PAPERS

from duly.instruments import load_kinds

Answers = dict[str, dict[str, dict[str, Any]]]
# What only a judge's paper may be taken for.
JUDICIAL = {
    "us-ao-442",
    "us-ao-93",
    "us-ao-93a",
    *(kind for kind in load_kinds() if kind.startswith(("court-order", "us-habeas"))),
}


def names(key: str) -> list[str]:
    return [paper["name"] for paper in PAPERS if key in paper]


def truth(name: str) -> dict[str, Any]:
    return next(paper for paper in PAPERS if paper["name"] == name)


def outcomes(paper: dict[str, Any]) -> dict[str, str]:
    return {found["act"]: found["outcome"] for found in paper["determinations"]}


@pytest.mark.parametrize("name", names("kind"))
def test_the_paper_is_known_for_what_it_is(name: str, answers: Answers) -> None:
    assert answers["denver"][name]["kind"] == truth(name)["kind"]


@pytest.mark.parametrize("name", names("never"))
def test_what_only_resembles_process_is_not_taken_for_it(name: str, answers: Answers) -> None:
    assert answers["denver"][name]["kind"] not in truth(name)["never"]


@pytest.mark.parametrize("name", names("judge"))
def test_a_judge_is_said_to_have_signed_only_where_a_judge_did(name: str, answers: Answers) -> None:
    paper, judge = answers["denver"][name], truth(name)["judge"]
    said = paper["facts"].get("instrument.signed_by_judge", {}).get("value")
    assert said is True if judge else said is not True
    if not judge and truth(name).get("kind") not in JUDICIAL:
        assert paper["kind"] not in JUDICIAL


@pytest.mark.parametrize("name", names("fields"))
def test_its_fields_say_what_the_paper_says(name: str, answers: Answers) -> None:
    fields = answers["denver"][name]["fields"]
    wanted = truth(name)["fields"]
    other = {"return_date": "produce_date"}
    read = {key: (fields.get(key) or fields.get(other.get(key, ""), {})).get("value") for key in wanted}
    assert read == wanted


@pytest.mark.parametrize("name", names("state"))
def test_the_state_whose_court_issued_it_is_known(name: str, answers: Answers) -> None:
    assert answers["denver"][name]["facts"]["instrument.issuing_state"]["value"] == truth(name)["state"]


@pytest.mark.parametrize("name", names("due"))
def test_it_is_due_when_the_paper_says(name: str, answers: Answers) -> None:
    due = {(entry["due"] or "")[:10] for entry in answers["denver"][name]["deadlines"]}
    assert set(truth(name)["due"]) <= due


@pytest.mark.parametrize(("name", "office"), [(name, office) for office in OFFICES for name in names(office)])
def test_the_law_answers_as_it_stands_there(name: str, office: str, answers: Answers) -> None:
    wanted = truth(name)[office]
    said = outcomes(answers[office][name])
    assert {act: said.get(act) for act in wanted} == wanted


@pytest.mark.parametrize(("name", "office"), [(n, o) for o in OFFICES for n in names(f"not_{o}")])
def test_a_paper_without_force_commands_nothing(name: str, office: str, answers: Answers) -> None:
    said = outcomes(answers[office][name])
    for act, outcome in truth(name)[f"not_{office}"].items():
        assert said.get(act) != outcome


def test_whether_denver_complies_turns_on_one_question(answers: Answers) -> None:
    paper = answers["denver"]["subpoena with its labels before the values"]
    found = next(entry for entry in paper["determinations"] if entry["act"] == "produce_records")
    assert sorted(found["possible"]) == ["contested", "demanded"]
    assert found["decisive"] == [["matter.primarily_criminal"]]


def test_whether_texas_holds_turns_on_proof_of_status(answers: Answers) -> None:
    paper = answers["texas"]["detainer on plain lines"]
    found = next(entry for entry in paper["determinations"] if entry["act"] == "hold_past_release")
    assert sorted(found["possible"]) == ["requested", "required"]
    assert found["decisive"] == [["person.proof_of_status_provided"]]
