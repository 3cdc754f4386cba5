"""Decided cases and statutes' own examples: each runs under its name, and expects what the table says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from duly.clock import load_calendars
from duly.law import CaseResult, case_results, load

TABLE = Path(__file__).with_name("decided_cases.tsv")
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t"))
RESULTS: dict[str, CaseResult] = {
    result.case.ref: result for result in case_results(load(), load_calendars()) if result.case.ref
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["ref"])
def test_a_decided_case_stands_beside_the_law_with_the_answer_of_the_table(row: dict[str, str]) -> None:
    result = RESULTS[row["ref"]]
    case, act, answer = result.case, row["act"], row["answer"]
    assert (case.office, str(case.on)) == (row["office"], row["on"])
    if answer.startswith("never "):
        assert case.never[act] == (answer.removeprefix("never "),)
    else:
        assert case.expect[act] == answer
    assert result.holds, "\n".join(str(failure) for failure in result.failures)
    assert any(each.act == act and each.summary for each in result.answers)


@pytest.mark.parametrize("row", [row for row in ROWS if row["certain"] == "no"], ids=lambda row: row["ref"])
def test_where_lawyers_may_differ_the_case_says_what_the_text_leaves_open(row: dict[str, str]) -> None:
    assert RESULTS[row["ref"]].open_texture.endswith(".")


def test_every_reference_names_one_case() -> None:
    refs = [case.ref for case in load().cases if case.ref]
    assert len(refs) == len(set(refs))
    assert {row["ref"] for row in ROWS} <= set(refs)
