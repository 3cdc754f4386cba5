"""The packaged rulebooks in columns: every row of many mixed ones gets what `determine` says of it alone."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest
from test_engines_agree import as_facts
from writing import duty, enactment, library_of

from duly.law import FactType, Library, determine, determine_table
from duly.law.engine import engine_for

ON = date(2026, 1, 16)
TYPES = {"boolean": "BOOLEAN", "integer": "BIGINT", "date": "DATE", "moment": "TIMESTAMPTZ"}


def drawn(entry: FactType, chance: random.Random) -> Any:
    if entry.kind == "boolean":
        return chance.random() < 0.5
    if entry.kind == "choice":
        return chance.choice(entry.choices or ("something",))
    if entry.kind == "integer":
        return (entry.minimum if isinstance(entry.minimum, int) else 0) + chance.randrange(4)
    if entry.kind == "date":
        return date(2026, 1, chance.randrange(1, 28))
    if entry.kind == "moment":
        return datetime(2026, 1, chance.randrange(1, 28), 9, tzinfo=UTC)
    return chance.choice(["one", "two"])


@pytest.mark.parametrize("office", ["us/co/denver", "us/tx", "us/ca", "us/il"])
@pytest.mark.parametrize(("act", "repeated"), [("produce_records", 1), ("hold_past_release", 4)])
def test_many_mixed_rows_get_what_determine_says_of_each(
    library: Library, office: str, act: str, repeated: int
) -> None:
    """Where rows repeat, each different case is decided once and its answer given back to every row."""
    chance = random.Random(f"{office} {act}")
    facts = library.vocabulary.facts
    names = [name for name in engine_for(library, office, act, ON).program.reads if not facts[name].derived]
    rows = [{name: None if chance.random() < 0.3 else drawn(facts[name], chance) for name in names} for _ in range(250)]
    columns = ", ".join(f'"{name}" {TYPES.get(facts[name].kind, "VARCHAR")}' for name in names)
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE cases (n BIGINT, {columns})")
    marks = ", ".join("?" for _ in range(len(names) + 1))
    rows = rows * repeated
    connection.executemany(f"INSERT INTO cases VALUES ({marks})", [[n, *row.values()] for n, row in enumerate(rows)])
    result = determine_table(library, office, [act], connection.table("cases"), ON)
    answers = dict(result.project(f"n, {act}").fetchall())
    assert len(answers) == len(rows)
    for number, row in enumerate(rows):
        known = as_facts({name: value for name, value in row.items() if value is not None})
        assert answers[number] == determine(library, office, act, known, ON).outcome, row


def test_a_row_is_never_decided_by_values_of_another_row_whose_conditions_stand_alike() -> None:
    """Both rows meet the first rule, each by another fact; one value of each would be a case that meets it not. The
    second rule holds whatever the unknown fact is, which the rules' own SQL cannot see."""
    first = duty("us/a", "forbidden", "paper.kind = 'b' OR office.kind = 'sheriff'")
    second = duty("us/b", "required", "matter.criminal OR NOT matter.criminal")
    library = library_of({"us/act.md": enactment(first + second)})
    cases = duckdb.sql("""SELECT unnest(['b', 'a']) AS "paper.kind", unnest(['school', 'sheriff']) AS "office.kind" """)
    found = determine_table(library, "us", ["produce"], cases, ON).fetchall()
    assert [row[2] for row in found] == ["contested", "contested"]
