"""More papers of other hands, read without an office: what each is, and what stands on it."""

from __future__ import annotations

import tomllib
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.outside.press import Press

from duly.instruments import facts, load_kinds
from duly.intake import Limits, Reading
from duly.intake.assembling import read_file
from duly.intake.recognition import Recogniser

PAPERS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "more_papers.toml").read_text())["paper"]
KINDS = load_kinds()
RECOGNISER = Recogniser(KINDS)


def paper(name: str) -> dict[str, Any]:
    return next(item for item in PAPERS if item["name"] == name)


def named(key: str) -> list[str]:
    return [item["name"] for item in PAPERS if key in item]


@cache
def reading(name: str) -> Reading:
    item = paper(name)
    printed = Press(item.get("family", "Helvetica"), item.get("size", 10)).print(item["text"])
    return read_file(printed, "paper.pdf", recogniser=RECOGNISER, limits=Limits())[0]


def shown(value: object) -> object:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", named("kind"))
def test_the_paper_is_known_for_what_it_is(name: str) -> None:
    assert (reading(name).kind or "") == paper(name)["kind"]


@pytest.mark.parametrize("name", named("not_kinds"))
def test_it_is_not_taken_for_what_it_only_may_be(name: str) -> None:
    assert reading(name).kind not in paper(name)["not_kinds"]


@pytest.mark.parametrize("name", [item["name"] for item in PAPERS if "judge" not in item])
def test_no_judge_is_said_to_have_signed_where_none_did(name: str) -> None:
    read = reading(name)
    if read.kind is not None:
        fact = facts(KINDS[read.kind], read.fields).get("instrument.signed_by_judge")
        assert fact is None or fact.value is not True


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name in named("fields") for field in paper(name)["fields"]]
)
def test_the_field_says_what_the_paper_says(name: str, field: str) -> None:
    value = reading(name).fields.get(field)
    assert (None if value is None else shown(value.value)) == paper(name)["fields"][field]


def test_white_text_under_the_fields_takes_nothing_from_them() -> None:
    item = paper("subpoena with its captions under the values")
    press = Press()
    press.hide("Case No. 20-cv-1\nUNITED STATES DISTRICT COURT\nNumber X\n" * 9, mode="white")
    read = read_file(press.print(item["text"]), "paper.pdf", recogniser=RECOGNISER, limits=Limits())[0]
    assert {name: shown(read.fields[name].value) for name in item["fields"]} == item["fields"]
    assert any("not shown" in words for words in read.warnings)
