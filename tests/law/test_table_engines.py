"""The same table on DuckDB, PostgreSQL and Spark through Ibis: one answer. An engine that is not there is skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_engines_agree import DOMAINS, VOCABULARY, as_facts
from writing import duty, enactment, library_of

from duly.law import Library, determine, determine_table

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
