"""The SQL of a table of cases: one layer of conditions shared by all acts, then each act's steps, then its outcome."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from duly.law.condition import Expression, Name, walk
from duly.law.patterns import telling_parts
from duly.law.program import DETERMINED, Program
from duly.law.roles import deciders
from duly.law.sql import Dialect, to_sql
from duly.law.vocabulary import FactType

TEXT: Mapping[Dialect, str] = {"duckdb": "VARCHAR", "postgres": "TEXT", "spark": "STRING"}
"""What each engine calls text."""


def quoted(name: str, dialect: Dialect) -> str:
    return f"`{name}`" if dialect == "spark" else '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Layers:
    """Named columns, layer by layer; each may refer to any column of the layers before it. `conditions` has for each act
    the column of each of its conditions."""

    layers: Sequence[Mapping[str, str]]
    conditions: Mapping[str, Mapping[str, str]]

    def over(self, source: str, dialect: Dialect) -> str:
        text = source
        for layer in self.layers:
            if layer:
                columns = ", ".join(f"{sql} AS {quoted(name, dialect)}" for name, sql in layer.items())
                text = f"SELECT *, {columns} FROM ({text}) AS {quoted('duly_t', dialect)}"
        return text


def outcome_layers(
    programs: Mapping[str, Program],
    dialect: Dialect,
    present: Collection[str],
    types: Mapping[str, str],
    *,
    complete: bool = False,
) -> Layers:
    """The layers that give, for each act, `duly_o_<act>` (NULL where open) and `duly_r_<act>` (the deciding rule).

    `present` are the facts that the source has a column for; the others are unknown in every row, as NULL of the type
    in `types`. `complete` promises that every fact is known in every row.
    """
    writer = _Columns(dialect, present, types)
    conditions: dict[str, str] = {}
    shared: dict[str, str] = {}
    own: dict[str, dict[str, str]] = {}
    layers: list[dict[str, str]] = [conditions]
    for number, (act, program) in enumerate(programs.items()):
        names: dict[str, str] = {}
        for step in program.conditions:
            sql = to_sql(step.expression, dialect, writer.fact, present)
            if sql not in shared:
                shared[sql] = f"duly_c{len(shared)}"
                conditions[shared[sql]] = sql
            names[step.name] = shared[sql]
        own[act] = dict(names)
        _steps(act, number, program, names, layers, dialect, complete)
    return Layers(layers, own)


class _Columns:
    """How a fact is written: its column, or an unknown of its type."""

    def __init__(self, dialect: Dialect, present: Collection[str], types: Mapping[str, str]) -> None:
        self.dialect = dialect
        self.present = present
        self.types = types

    def fact(self, name: str) -> str:
        return quoted(name, self.dialect) if name in self.present else f"CAST(NULL AS {self.types[name]})"


def _steps(
    act: str,
    number: int,
    program: Program,
    names: dict[str, str],
    layers: list[dict[str, str]],
    dialect: Dialect,
    complete: bool,
) -> None:
    """Put the act's steps into the layers, each one layer above what it refers to."""
    depth = dict.fromkeys(names, 0)

    def column(name: str) -> str:
        return quoted(names[name], dialect)

    for index, step in enumerate(program.steps):
        used = _references(step.expression)
        level = 1 + max((depth[name] for name in used), default=0)
        names[step.name], depth[step.name] = f"duly_s{number}_{index}", level
        while len(layers) <= level:
            layers.append({})
        layers[level][names[step.name]] = to_sql(step.expression, dialect, column)
    top = 1 + max(depth.values(), default=0)
    while len(layers) <= top:
        layers.append({})
    outcomes = " ".join(f"WHEN {column(f'={outcome}')} THEN '{outcome}'" for outcome in DETERMINED)
    layers[top][f"duly_o_{act}"] = f"CASE {outcomes} END"
    layers[top][f"duly_r_{act}"] = _decider(program, dialect, column, complete)


def _decider(program: Program, dialect: Dialect, column: Callable[[str], str], complete: bool) -> str:
    """The first rule that stands. Where that is open for one before it (a condition may still hold whatever the unknown
    facts are), NULL, and the row is looked at singly."""
    arms = []
    for outcome in DETERMINED:
        found = []
        for index, condition in deciders(program, outcome):
            asked = to_sql(condition, dialect, column)
            found.append(f"WHEN {asked} THEN '{program.considered[index].rule.id}'")
            if not complete:
                found.append(f"WHEN ({asked}) IS NULL THEN NULL")
        if found:
            inner = f"CASE {' '.join(found)} END"
            arms.append(f"WHEN {column(f'={outcome}')} THEN {inner}")
    return f"CASE {' '.join(arms)} END" if arms else f"CAST(NULL AS {TEXT[dialect]})"


def _references(node: Expression) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Name)}


def pattern_sql(
    program: Program,
    conditions: Mapping[str, str],
    facts: Mapping[str, FactType],
    dialect: Dialect,
    present: Collection[str],
) -> str:
    """One text for everything that tells open rows apart: for each condition its answer, and where that is open what
    the condition can still tell of the row. `conditions` are the columns with the conditions' answers."""
    parts = []
    for step in program.conditions:
        column = quoted(conditions[step.name], dialect)
        told = _told(step.expression, facts, dialect, present)
        parts.append(f"CASE WHEN {column} THEN '1' WHEN NOT {column} THEN '0' ELSE {told} END")
    return " || ".join(parts) if parts else "''"


def _told(condition: Expression, facts: Mapping[str, FactType], dialect: Dialect, present: Collection[str]) -> str:
    text = TEXT[dialect]
    comparisons, values = telling_parts(condition, facts, present)
    parts = ["'?'"]
    for node in comparisons:
        sql = to_sql(node, dialect, lambda name: quoted(name, dialect), present)
        parts.append(f"CASE WHEN {sql} THEN '1' WHEN ({sql}) IS NULL THEN '?' ELSE '0' END")
    for name in values:
        held = f"CAST({quoted(name, dialect)} AS {text})"
        parts.append(f"COALESCE(CAST(LENGTH({held}) AS {text}) || ':' || {held}, '?')")
    return f"({' || '.join(parts)})"
