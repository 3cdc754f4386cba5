"""All acts of the Denver chain over millions of cases: time, memory, and whether rows drawn by lot get `determine`'s answer.

    .venv/bin/python bench/law_tables.py [ROWS] [KNOWN ...]

Each run is a process of its own, so that its memory is its own. KNOWN says how the table is filled: `records` has the
columns that a records system would have (nine facts, a tenth of each not known, the rest never known), `complete` has
every fact that the chain's rules read, `gaps` the same with a tenth of each not known.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from duly.evidence import Evidence, Fact
from duly.law import FactType, determine, determine_table, load

OFFICE, ON = "us/co/denver", date(2026, 1, 16)
MEMORY = "5GB"
RECORDS = (
    "instrument.kind", "instrument.family", "instrument.issuer", "instrument.signed", "instrument.signed_by_judge",
    "instrument.cancels_detainer", "office.kind", "matter.primarily_criminal", "court.order_covers_demand",
)  # fmt: skip


def values(entry: FactType) -> str:
    if entry.kind == "boolean":
        return "[true, false]"
    if entry.kind == "choice":
        return "[" + ", ".join("'" + choice.replace("'", "''") + "'" for choice in entry.choices or ("x",)) + "]"
    if entry.kind == "date":
        return "[DATE '2025-11-01', DATE '2025-12-31', DATE '2026-01-02', DATE '2026-01-15']"
    if entry.kind == "moment":
        return "[TIMESTAMPTZ '2026-01-14 09:30:00-07', TIMESTAMPTZ '2026-01-15 16:45:00-07']"
    low = entry.minimum if isinstance(entry.minimum, int) else 0
    return f"[{low}, {low + 1}, {low + 3}, {low + 14}, {low + 60}]"


def one(rows: int, known: str) -> None:
    library = load()
    acts = list(library.vocabulary.acts)
    facts = library.vocabulary.facts
    from duly.law.engine import engine_for

    read = sorted({name for act in acts for name in engine_for(library, OFFICE, act, ON).program.reads})
    columns = list(RECORDS) if known == "records" else read
    gap = 0.0 if known == "complete" else 0.1
    drawn = ", ".join(
        f'CASE WHEN random() >= {gap} THEN list_extract({values(facts[name])}, 1 + (random() * 1e9)::INT % len({values(facts[name])})) END AS "{name}"'
        for name in columns
    )
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(config={"temp_directory": folder, "memory_limit": MEMORY, "preserve_insertion_order": "false"})  # fmt: skip
        connection.execute("SELECT setseed(0.5)")
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        connection.execute(f"COPY (SELECT range AS n, {drawn} FROM range({rows})) TO '{source}' (FORMAT parquet)")
        begun = time.perf_counter()
        determine_table(library, OFFICE, acts, source, ON, connection=connection).write_parquet(str(target))
        took = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        wrong, tried = compare(connection, target, columns, acts, rows)
    print(
        f"{known:9} {rows:>12,} rows × {len(acts)} acts, {len(columns):3} columns  {took:7.1f} s  "
        f"{took / rows / len(acts) * 1e6:7.3f} µs a decision  {peak:5.2f} GB at most  {wrong} of {tried} rows by lot differ from determine",
        flush=True,
    )


def compare(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[str], acts: list[str], rows: int
) -> tuple[int, int]:
    library, told = load(), Evidence("person")
    picked = random.Random(3).sample(range(rows), min(rows, 60))
    names = ", ".join(f'"{name}"' for name in [*columns, *acts])
    wrong = 0
    for row in connection.sql(
        f"SELECT {names} FROM read_parquet('{target}') WHERE n IN ({', '.join(map(str, picked))})"
    ).fetchall():
        held = {name: Fact(name, value, told) for name, value in zip(columns, row, strict=False) if value is not None}
        found = row[len(columns) :]
        wrong += any(
            determine(library, OFFICE, act, held, ON).outcome != got for act, got in zip(acts, found, strict=True)
        )
    return wrong, len(picked)


def main(rows: int, known: list[str]) -> None:
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; DuckDB may use {MEMORY}"
    )
    for each in known:
        subprocess.run([sys.executable, __file__, "--one", str(rows), each], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]), sys.argv[3])
    else:
        given = sys.argv[1:]
        main(int(given[0]) if given else 10_000_000, given[1:] or ["records", "complete", "gaps"])
