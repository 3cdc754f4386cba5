"""Decides columns of cases where they lie: a DuckDB relation or Parquet in, the same with outcome columns out.

The rules' own SQL decides every row that three-valued logic can decide. What is left are rows whose known facts leave
something open; of these only the distinct patterns (as far as any condition can tell rows apart) are decided one by one,
exactly as `determine` does, and joined back. So every row gets what `determine` would say of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from duly.errors import DulyError
from duly.evidence import FactValue
from duly.law.determine import decision
from duly.law.engine import Engine, engine_for
from duly.law.library import Library
from duly.law.program import Program
from duly.law.sql import Dialect
from duly.law.table_sql import TEXT, Layers, outcome_layers, pattern_sql, quoted
from duly.law.vocabulary import FactType

if TYPE_CHECKING:
    import duckdb

MAX_PATTERNS = 200_000
_SQL_TYPES: Mapping[str, Mapping[str, str]] = {
    "duckdb": {"boolean": "BOOLEAN", "integer": "BIGINT", "date": "DATE", "moment": "TIMESTAMPTZ"},
    "postgres": {"boolean": "BOOLEAN", "integer": "BIGINT", "date": "DATE", "moment": "TIMESTAMPTZ"},
    "spark": {"boolean": "BOOLEAN", "integer": "BIGINT", "date": "DATE", "moment": "TIMESTAMP"},
}
_MICROSECONDS: Mapping[str, str] = {
    "duckdb": "EPOCH_US({})",
    "postgres": "CAST(EXTRACT(EPOCH FROM {}) * 1000000 AS BIGINT)",
    "spark": "UNIX_MICROS({})",
}


class Source(Protocol):
    """Where the cases lie: an engine that runs SQL over them."""

    dialect: Dialect

    @property
    def columns(self) -> Mapping[str, str]:
        """Each column with the kind of fact that its type can hold ("boolean", "text", "integer", "date", "moment"),
        or the type's own name where it can hold none."""

    @property
    def table(self) -> str:
        """A SELECT that gives the cases."""

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """The rows of a query."""

    def different(self, names: Sequence[str]) -> Source | None:
        """The different cases among the rows, as far as these facts tell them apart, where they are far fewer than rows
        and the engine gives the rows their answers back quickly; otherwise None."""


def determine_table(
    library: Library,
    jurisdiction: str,
    acts: Sequence[str],
    relation: Any,
    on: date,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Any:
    """The relation (or Parquet file) with one outcome column per act, named as the act, and the deciding rule beside it
    in `<act>_rule`.

    Columns named as facts are read; a fact without a column, or NULL, is not known. Other columns pass through. Give
    the `connection` that a Parquet file is to be read with. A DuckDB relation or a path gives a DuckDB relation; an Ibis
    table on DuckDB, PostgreSQL or Spark gives an Ibis table of the same engine. Raises `DulyError` for a column whose type or value does not fit its
    fact, or whose name an outcome column would take.
    """
    if type(relation).__module__.startswith("ibis."):
        from duly.law.table_ibis import IbisSource

        lake = IbisSource(relation)
        added = [column for act in dict.fromkeys(acts) for column in (act, f"{act}_rule")]
        return lake.table_of(table_sql(library, jurisdiction, acts, lake, on), added)
    import duckdb as engine

    from duly.law.table_duckdb import DuckDBSource

    if isinstance(relation, str | Path):
        connection = connection or engine.connect()
        relation = connection.read_parquet(str(relation))
    source = DuckDBSource(relation)
    return source.relation_of(table_sql(library, jurisdiction, acts, source, on))


def table_sql(library: Library, jurisdiction: str, acts: Sequence[str], source: Source, on: date) -> str:
    """The SELECT, in the source's dialect, that gives every row with its outcomes. Runs queries to see what is open."""
    columns = source.columns
    engines = {act: engine_for(library, jurisdiction, act, on) for act in dict.fromkeys(acts)}
    programs = {act: engine.program for act, engine in engines.items()}
    present = [name for name in columns if name in library.vocabulary.facts]
    for act in programs:
        for taken in (act, f"{act}_rule"):
            if taken in columns:
                raise DulyError(f"The table has a column “{taken}” already.", code="column-taken")
    wrong = _tests(library, source, present)
    gappy = _gaps(source, [*dict.fromkeys(name for each in programs.values() for name in each.facts)], present, wrong)
    read = [name for name in present if any(name in program.reads for program in programs.values())]
    different = source.different(read) if gappy else None
    if different is not None:
        return _given_back(source, read, programs, table_sql(library, jurisdiction, acts, different, on))
    sql_types = {
        name: _SQL_TYPES[source.dialect].get(entry.kind, TEXT[source.dialect])
        for name, entry in library.vocabulary.facts.items()
    }
    layers = outcome_layers(programs, source.dialect, present, sql_types, complete=not gappy)
    decided = layers.over(source.table, source.dialect)
    open_acts = _open_acts(source, programs, decided) if gappy else []
    keys = {
        act: pattern_sql(programs[act], layers.conditions[act], library.vocabulary.facts, source.dialect, present)
        for act in open_acts
    }
    answers = {
        act: _answers(library, jurisdiction, act, source, on, engines[act], decided, keys[act], present)
        for act in open_acts
    }
    return _joined(source, list(columns), list(programs), decided, keys, answers)


def _given_back(source: Source, names: Sequence[str], acts: Iterable[str], decided: str) -> str:
    """Every row with the answers of its case in `decided`, which has each different case once."""
    dialect = source.dialect
    same = [f"duly_r.{quoted(name, dialect)} IS NOT DISTINCT FROM duly_a.{quoted(name, dialect)}" for name in names]
    answers = [f"duly_a.{quoted(name, dialect)}" for act in acts for name in (act, f"{act}_rule")]
    return (
        f"SELECT duly_r.*, {', '.join(answers)} FROM ({source.table}) AS duly_r "
        f"JOIN ({decided}) AS duly_a ON {' AND '.join(same)}"
    )


def _tests(library: Library, source: Source, present: Sequence[str]) -> list[tuple[str, str]]:
    """For each fact's column the test that a value is none of that fact's. Refuses a column that cannot hold its fact."""
    wrong = []
    for name in present:
        entry = library.vocabulary.facts[name]
        held = source.columns[name]
        if held != ("text" if entry.kind == "choice" else entry.kind):
            raise DulyError(
                f"The column {name} holds {held}; the fact is a {entry.kind}.",
                remedy="Moments need a time zone." if entry.kind == "moment" else "",
                code="wrong-type",
            )
        column = quoted(name, source.dialect)
        if entry.kind == "choice" and not entry.open:
            listed = ", ".join("'" + choice.replace("'", "''") + "'" for choice in entry.choices)
            wrong.append((name, f"{column} NOT IN ({listed})"))
        for bound, operator in ((entry.minimum, "<"), (entry.maximum, ">")):
            if bound is not None:
                literal = f"DATE '{bound}'" if isinstance(bound, date) else str(bound)
                wrong.append((name, f"{column} {operator} {literal}"))
    return wrong


def _gaps(source: Source, reads: Sequence[str], present: Sequence[str], wrong: Sequence[tuple[str, str]]) -> bool:
    """Whether any fact that the rules read is unknown in any row. In the same pass over the table, refuses values that
    are no values of their fact."""
    columns = [name for name in reads if name in present]
    counted = [f"COUNT({quoted(name, source.dialect)})" for name in columns]
    tested = [f"MAX(CASE WHEN {test} THEN 1 ELSE 0 END)" for _, test in wrong]
    [found] = source.rows(f"SELECT {_columns(['COUNT(*)', *counted, *tested])} FROM ({source.table}) AS duly_t")
    for (name, test), any_wrong in zip(wrong, found[1 + len(counted) :], strict=True):
        if any_wrong:
            column = quoted(name, source.dialect)
            [[value]] = source.rows(f"SELECT MIN({column}) AS duly_q0 FROM ({source.table}) AS duly_t WHERE {test}")
            raise DulyError(f"The column {name} holds “{value}”, which is no value of that fact.", code="wrong-type")
    return len(columns) < len(reads) or any(count != found[0] for count in found[1 : 1 + len(counted)])


def _columns(expressions: Iterable[str]) -> str:
    """Named one by one, because not every engine gives a name to what has none."""
    return ", ".join(f"{sql} AS duly_q{number}" for number, sql in enumerate(expressions))


def _open_acts(source: Source, programs: Mapping[str, Program], decided: str) -> list[str]:
    """The acts that some row leaves open."""
    tests = _columns(f"MAX(CASE WHEN {is_open(act, source.dialect)} THEN 1 ELSE 0 END)" for act in programs)
    [found] = source.rows(f"SELECT {tests} FROM ({decided}) AS duly_t")
    return [act for act, any_open in zip(programs, found, strict=True) if any_open]


def is_open(act: str, dialect: Dialect) -> str:
    """Whether the rules' own SQL leaves a row's outcome, or which rule decides it, open."""
    outcome, rule = quoted(f"duly_o_{act}", dialect), quoted(f"duly_r_{act}", dialect)
    return f"({outcome} IS NULL OR ({rule} IS NULL AND {outcome} <> 'unregulated'))"


def _answers(
    library: Library,
    jurisdiction: str,
    act: str,
    source: Source,
    on: date,
    engine: Engine,
    decided: str,
    key: str,
    present: Sequence[str],
) -> list[tuple[str, str, str | None]]:
    """For each distinct open pattern: its key, the outcome and the deciding rule, as `determine` gives them."""
    facts = library.vocabulary.facts
    read = [name for name in engine.program.reads if name in present]
    rows = source.rows(
        f"SELECT {key} AS duly_k, MIN({_record(read, facts, source.dialect)}) AS duly_record FROM ({decided}) AS duly_t "
        f"WHERE {is_open(act, source.dialect)} GROUP BY 1 LIMIT {MAX_PATTERNS + 1}"
    )
    if len(rows) > MAX_PATTERNS:
        raise DulyError(
            f"More than {MAX_PATTERNS:,} different kinds of open case for {act}.",
            remedy="Fill in more facts, or leave out columns that nobody knows.",
            code="too-many-patterns",
        )
    answers: list[tuple[str, str, str | None]] = []
    for pattern, record in rows:
        known = _facts_in(str(record), read, facts)
        answers.append((str(pattern), *decision(library, jurisdiction, engine, known, on)))
    return answers


def _record(read: Sequence[str], facts: Mapping[str, FactType], dialect: Dialect) -> str:
    """One row's known facts as one text, so that the least of a group is a row that there is: each value with its length
    before it (`5:false`), `?` where it is not known. A value of one row beside one of another would be nobody's case."""
    parts = ["''"]
    for name in read:
        column = quoted(name, dialect)
        held = _MICROSECONDS[dialect].format(column) if facts[name].kind == "moment" else column
        text = f"CAST({held} AS {TEXT[dialect]})"
        parts.append(f"COALESCE(CAST(LENGTH({text}) AS {TEXT[dialect]}) || ':' || {text}, '?')")
    return " || ".join(parts)


def _facts_in(record: str, read: Sequence[str], facts: Mapping[str, FactType]) -> dict[str, FactValue]:
    """What `_record` wrote, read back."""
    known: dict[str, FactValue] = {}
    at = 0
    for name in read:
        if record[at] == "?":
            at += 1
            continue
        begin = record.index(":", at) + 1
        at = begin + int(record[at : begin - 1])
        known[name] = _value(record[begin:at], facts[name].kind)
    return known


def _value(text: str, kind: str) -> FactValue:
    if kind == "boolean":
        return text == "true"
    if kind == "integer":
        return int(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "moment":
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(text))
    return text


def _joined(
    source: Source,
    columns: Sequence[str],
    acts: Sequence[str],
    decided: str,
    keys: Mapping[str, str],
    answers: Mapping[str, Sequence[tuple[str, str, str | None]]],
) -> str:
    dialect = source.dialect

    def name(word: str) -> str:
        return quoted(word, dialect)

    text = decided
    if keys:
        added = ", ".join(
            f"CASE WHEN {is_open(act, dialect)} THEN {key} END AS {name(f'duly_k_{act}')}" for act, key in keys.items()
        )
        text = f"SELECT *, {added} FROM ({text}) AS duly_t"
    selected = [f"duly_d.{name(column)}" for column in columns]
    joins = []
    for number, act in enumerate(acts):
        outcome, rule = f"duly_d.{name(f'duly_o_{act}')}", f"duly_d.{name(f'duly_r_{act}')}"
        if act in answers:
            joins.append(
                f"LEFT JOIN ({_values(answers[act], dialect)}) AS duly_m{number} "
                f"ON duly_d.{name(f'duly_k_{act}')} = duly_m{number}.k"
            )
            outcome = f"COALESCE({outcome}, duly_m{number}.o)"
            rule = f"COALESCE({rule}, duly_m{number}.r)"
        selected += [f"{outcome} AS {name(act)}", f"{rule} AS {name(f'{act}_rule')}"]
    return f"SELECT {', '.join(selected)} FROM ({text}) AS duly_d {' '.join(joins)}"


def _values(answers: Sequence[tuple[str, str, str | None]], dialect: Dialect) -> str:
    def literal(word: str | None) -> str:
        if word is None:
            return f"CAST(NULL AS {TEXT[dialect]})"
        if dialect == "spark":
            word = word.replace("\\", "\\\\")
            return "'" + word.replace("'", "\\'") + "'"
        return "'" + word.replace("'", "''") + "'"

    rows = ", ".join(f"({literal(key)}, {literal(outcome)}, {literal(rule)})" for key, outcome, rule in answers)
    return f"SELECT * FROM (VALUES {rows}) AS duly_v(k, o, r)"


__all__ = ["Layers", "Source", "determine_table", "table_sql"]
