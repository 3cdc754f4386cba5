"""Fact patterns of every jurisdiction that no decided case had, with the answer that the quoted text gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from duly.evidence import Evidence, Fact
from duly.law import determine, load

LIBRARY = load()
PATTERNS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("fact_patterns.yaml").read_text(encoding="utf-8").replace("\n  on:", '\n  "on":')
)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern["name"])
def test_the_rules_answer_as_a_careful_reading_of_the_text_does(pattern: dict[str, Any]) -> None:
    facts = {name: Fact(name, value, Evidence("person")) for name, value in pattern["facts"].items()}
    on = pattern["on"]
    assert isinstance(on, date)
    answers = {act: determine(LIBRARY, pattern["office"], act, facts, on) for act in pattern["expect"]}
    found = {act: answer.outcome for act, answer in answers.items()}
    assert found == pattern["expect"], "\n".join(answer.summary for answer in answers.values())


def test_no_two_patterns_bear_one_name() -> None:
    names = [pattern["name"] for pattern in PATTERNS]
    assert len(names) == len(set(names)) and len(names) >= 50
