"""Nothing personal comes through into what the register says."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import KINDS
from tests.register.office import AS_OF, all_events, count, office

from duly.matters import open_part
from duly.register import (
    figures,
    register_csv,
    register_json,
    statement,
    year,
)

SECRET = "Xiomara Quintessa Zzyzx"


def poison(value: Any, path: str = "") -> Any:
    """The same JSON with every text that may be free replaced by a secret."""
    if isinstance(value, dict):
        if set(value) in ({"moment"}, {"date"}, {"time"}):
            return value
        return {key: poison(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, path) for item in value]
    return SECRET if isinstance(value, str) else value


KEEP = ("purpose", "zone", "choice", "letter_kind", "order_kind", "change", "covers", "acts", "act", "deadline", "id", "letter",
        "order", "issuer", "kind", "forbids")  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.text(alphabet="dcp", max_size=9), st.sets(st.sampled_from(KEEP)), st.randoms())
def test_no_text_from_an_event_occurs_in_what_the_register_says(
    number: int, answered: str, poisoned: set[str], rng: random.Random
) -> None:
    desk = office(number, answered[:number])
    parts: list[dict[str, Any]] = []
    for event in all_events(desk):
        part = json.loads(json.dumps(open_part(event)))
        opened = part["open"]
        part["open"] = {
            key: item if key in KEEP and key not in poisoned else poison(item) for key, item in opened.items()
        }
        part["actor"] = {"id": SECRET, "roles": [SECRET]}
        parts.append(part)
    for threshold in (1, 5):
        found = figures(parts, year(2020), as_of=AS_OF, kinds=KINDS, threshold=threshold)
        said = (
            json.dumps(register_json(found, KINDS))
            + register_csv(found, "es", KINDS)
            + register_csv(found, "en", KINDS)
        )
        said += " ".join((*statement(found), *statement(found, "es")))
        for word in SECRET.split():
            assert word not in said


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 8), st.text(alphabet="dcp", max_size=8))
def test_no_name_number_or_paper_of_a_matter_occurs_in_the_register(number: int, answered: str) -> None:
    desk = office(number, answered[:number])
    found = count(desk)
    said = json.dumps(register_json(found, KINDS)) + register_csv(found, "en", KINDS) + " ".join(statement(found))
    personal = {
        "Invented",
        "Person",
        "Hypothetica",
        "Placeholder",
        "a.counsel",
        "s.supervisor",
        "ERO",
        "Caley",
        "2020-m",
    }
    personal |= {f"{index:064d}" for index in range(number)} | {"test/return", "-l"}
    assert not [word for word in personal if word in said]
