"""The same table on DuckDB, PostgreSQL and Spark through Ibis: one answer. An engine that is not there is skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_engines_agree import DOMAINS, VOCABULARY, as_facts, conditions, known, parse
from writing import duty, enactment, library_of

from duly.evidence import FactValue
from duly.law import Library, determine, determine_table
from duly.law.condition import Value
from duly.law.kleene import truth
from duly.law.sql import Dialect, to_sql

ON = date(2020, 6, 1)
ibis = pytest.importorskip("ibis", reason="the extra duly[spark] is not installed")
ROWS: list[dict[str, Any]] = [
    {},
    {"paper.kind": "a", "office.kind": "sheriff", "paper.signed_by_judge": False, "paper.pages": 2},
    {"paper.kind": "it's", "office.kind": "school", "matter.criminal": True, "paper.served_on": date(2020, 1, 31)},
    {
        "paper.kind": "b",
        "paper.signed_by_judge": True,
        "paper.served_on": date(2020, 1, 29),
        "paper.return_on": date(2020, 2, 3),
    },
    {"court.order_entered": True, "paper.served_on": date(2020, 1, 30), "paper.return_on": date(2020, 1, 30)},
    {name: domain[0] for name, domain in DOMAINS.items()},
    {name: domain[-1] for name, domain in DOMAINS.items()},
]


def law() -> Library:
    federal = duty(
        "us/a", "required", "paper.kind IN ('a', 'it''s') AND NOT paper.signed_by_judge",
        force="on court order", ordered_when='"court.order_entered"',
    )  # fmt: skip
    local = duty(
        "us/co/denver/b", "forbidden", "paper.served_on + INTERVAL '1 month' > DATE '2020-02-28' OR matter.criminal"
    )
    tied = duty(
        "us/co/denver/c",
        "permitted",
        "paper.served_on + INTERVAL '2 days' < paper.return_on OR paper.return_on IS NULL",
    )
    state = duty(
        "us/co/d", "forbidden", "CASE WHEN matter.criminal THEN paper.pages > 1 ELSE office.kind <> 'employer' END"
    )
    return library_of(
        {
            "us/act.md": enactment(federal),
            "us/co/act.md": enactment(state),
            "us/co/denver/act.md": enactment(local + tied),
        }
    )


def check(table: Any) -> None:
    library = law()
    result = determine_table(library, "us/co/denver", ["produce"], table, ON).to_pyarrow().to_pylist()
    assert len(result) == len(ROWS)
    for found in result:
        answer = determine(library, "us/co/denver", "produce", as_facts(ROWS[found["n"]]), ON)
        decided = answer.applied[0].rule if answer.applied and answer.outcome != "undetermined" else None
        assert (found["produce"], found["produce_rule"]) == (answer.outcome, decided), ROWS[found["n"]]


def columns() -> dict[str, list[Any]]:
    names = [name for name in DOMAINS if not VOCABULARY[name].derived]
    return {"n": list(range(len(ROWS)))} | {name: [row.get(name) for row in ROWS] for name in names}


def schema() -> Any:
    kinds = {"boolean": "boolean", "choice": "string", "integer": "int64", "date": "date"}
    return ibis.schema({name: "int64" if name == "n" else kinds[VOCABULARY[name].kind] for name in columns()})


def as_arrow() -> Any:
    import pyarrow

    return pyarrow.table(columns(), schema=schema().to_pyarrow())


def test_duckdb_behind_ibis_gives_what_determine_gives() -> None:
    connection = ibis.duckdb.connect()
    connection.con.register("cases", as_arrow())
    check(connection.table("cases"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="the extra duly[spark] is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.slow
def test_spark_behind_ibis_gives_what_determine_gives(spark: Any) -> None:
    kinds = {"boolean": "boolean", "choice": "string", "integer": "bigint", "date": "date"}
    types = ", ".join(f"`{name}` {'bigint' if name == 'n' else kinds[VOCABULARY[name].kind]}" for name in columns())
    rows = list(zip(*columns().values(), strict=True))
    spark.createDataFrame(rows, types).createOrReplaceTempView("cases")
    check(ibis.pyspark.connect(spark).table("cases"))


@pytest.mark.slow
def test_postgresql_behind_ibis_gives_what_determine_gives(postgres_socket: Path) -> None:
    connection = ibis.postgres.connect(host=str(postgres_socket), user="duly", database="postgres")
    check(connection.create_table("cases", as_arrow(), temp=True))


# Conditions drawn at random, unknown facts and all: what each engine's own SQL says of them

TYPES: dict[Dialect, dict[str, str]] = {
    "postgres": {"boolean": "BOOLEAN", "choice": "TEXT", "integer": "BIGINT", "date": "DATE"},
    "spark": {"boolean": "BOOLEAN", "choice": "STRING", "integer": "BIGINT", "date": "DATE"},
}
drawn = given(st.lists(conditions(epistemic=True), min_size=10, max_size=10), st.lists(known(), min_size=6, max_size=6))


def asked(texts: list[str], records: list[dict[str, FactValue]], dialect: Dialect) -> str:
    """One query for every condition on every record."""
    quote = "`" if dialect == "spark" else '"'

    def row(number: int, record: dict[str, FactValue]) -> str:
        cells = [
            f"CAST({to_sql(Value(record[name], 'text'), dialect) if name in record else 'NULL'} AS "
            f"{TYPES[dialect][VOCABULARY[name].kind]}) AS {quote}{name}{quote}"
            for name in DOMAINS
        ]
        return f"SELECT {number} AS n, {', '.join(cells)}"

    rows = " UNION ALL ".join(row(number, record) for number, record in enumerate(records))
    columns = ", ".join(f"{to_sql(parse(text), dialect)} AS c{number}" for number, text in enumerate(texts))
    return f"SELECT n, {columns} FROM ({rows}) AS cases ORDER BY n"


def check_conditions(texts: list[str], records: list[dict[str, FactValue]], rows: list[tuple[Any, ...]]) -> None:
    for record, row in zip(records, rows, strict=True):
        for text, held in zip(texts, row[1:], strict=True):
            assert held is truth(parse(text), record), (text, record)


@pytest.mark.slow
def test_postgresql_reads_conditions_as_python_does(postgres_socket: Path) -> None:
    connection = ibis.postgres.connect(host=str(postgres_socket), user="duly", database="postgres").con

    @drawn
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def agrees(texts: list[str], records: list[dict[str, FactValue]]) -> None:
        with connection.cursor() as cursor:
            check_conditions(texts, records, cursor.execute(asked(texts, records, "postgres")).fetchall())

    agrees()


@pytest.mark.slow
def test_spark_reads_conditions_as_python_does(spark: Any) -> None:
    @drawn
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def agrees(texts: list[str], records: list[dict[str, FactValue]]) -> None:
        check_conditions(texts, records, [tuple(row) for row in spark.sql(asked(texts, records, "spark")).collect()])

    agrees()
