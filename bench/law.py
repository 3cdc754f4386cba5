"""How fast the law decides: one case, one case with its whole proof, and columns; beside other engines, answers equal.

    .venv/bin/python bench/law.py [CASES] [ROWS]

Twelve rules, one act, one office (`bench/law_rules.py`). Engines that are not installed are named and left out
(`uv pip install --group bench`). Processor time of this process where a row says so, because machines are shared; each
row says what it compared. Complete cases only where an engine cannot tell *not known* from *no*, which is all but this.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import duckdb

from duly.evidence import Evidence, Fact
from duly.law import decider, determine, determine_table, outcome
from law_rules import ACT, DOMAINS, HAND_SQL, OFFICE, ON, REGO, ZEN, by_hand, cases, library

TOLD = Evidence("person")
Row = tuple[str, str, float, float]


def seconds(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall-clock and processor seconds of `run`, with what it gave."""
    begun, used = time.perf_counter(), time.process_time()
    result = run()
    return time.perf_counter() - begun, time.process_time() - used, result


def as_facts(case: dict[str, Any], *, own_evidence: bool) -> dict[str, Fact]:
    return {name: Fact(name, held, Evidence("person") if own_evidence else TOLD) for name, held in case.items()}


def single(number: int) -> Iterable[Row]:
    law = library()
    plain = cases(number)
    expected = [by_hand(case) for case in plain]

    def measure(what: str, run: Callable[[Any], str], given: list[Any]) -> Row:
        wall, used, answers = seconds(lambda: [run(each) for each in given])
        wrong = sum(answer != right for answer, right in zip(answers, expected, strict=False))
        return what, f"{len(given):,} cases, {wrong} wrong", wall / len(given), used / len(given)

    decide = decider(law, OFFICE, ACT, ON)
    decide(plain[0])
    yield measure("duly: outcome, prepared (`decider`)", decide, plain)
    facts = [as_facts(case, own_evidence=False) for case in plain]
    yield measure("duly: outcome, facts checked (`outcome`)", lambda each: outcome(law, OFFICE, ACT, each, ON), facts)
    own = [as_facts(case, own_evidence=True) for case in plain]
    yield measure("duly: whole proof, every fact with evidence never seen before", lambda each: determine(law, OFFICE, ACT, each, ON).outcome, own)  # fmt: skip
    for told in ("first", "second"):
        yield measure(f"duly: whole proof, evidence shared, {told} time", lambda each: determine(law, OFFICE, ACT, each, ON).outcome, facts)  # fmt: skip
    yield measure("by hand in Python, no unknowns, no proof", by_hand, plain)
    named = [{name.replace(".", "_"): held for name, held in case.items()} for case in plain]
    yield from rego(measure, [_with_date(case, lambda day: day.isoformat()) for case in named])
    yield from zen(
        measure, [_with_date(case, lambda day: day.year * 10_000 + day.month * 100 + day.day) for case in named]
    )
    part = cases(number, unknown=0.25, seed=2)
    wall, used, answers = seconds(lambda: [decide(case) for case in part])
    open_ones = sum(answer == "undetermined" for answer in answers)
    yield (
        "duly: outcome, a quarter of the facts not known",
        f"{number:,} cases, {open_ones:,} undetermined",
        wall / number,
        used / number,
    )


def _with_date(case: dict[str, Any], write: Callable[[date], Any]) -> dict[str, Any]:
    return {name: write(held) if isinstance(held, date) else held for name, held in case.items()}


def rego(measure: Callable[[str, Callable[[Any], str], list[Any]], Row], given: list[dict[str, Any]]) -> Iterable[Row]:
    try:
        import regopy
    except ImportError:
        print("not installed: regopy (Rego in C++)")
        return
    engine = regopy.Interpreter()
    engine.add_module("law", REGO)

    def run(case: dict[str, Any]) -> str:
        engine.set_input(case)
        return str(json.loads(str(engine.query("data.law.outcome")))["expressions"][0])

    yield measure("rego (regopy, C++)", run, given[:200])


def zen(measure: Callable[[str, Callable[[Any], str], list[Any]], Row], given: list[dict[str, Any]]) -> Iterable[Row]:
    try:
        import zen as engine
    except ImportError:
        print("not installed: zen-engine")
        return
    expressions = [{"id": key, "key": key, "value": value} for key, value in ZEN]
    content = {
        "nodes": [
            {"id": "i", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {"id": "e", "type": "expressionNode", "name": "law", "position": {"x": 0, "y": 0}, "content": {"expressions": expressions}},
            {"id": "o", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
        ],
        "edges": [{"id": "1", "sourceId": "i", "targetId": "e"}, {"id": "2", "sourceId": "e", "targetId": "o"}],
    }  # fmt: skip
    decision = engine.ZenEngine().create_decision(json.dumps(content))
    yield measure("zen-engine", lambda case: str(decision.evaluate(case)["result"]["outcome"]), given[:2_000])


def columns(rows: int) -> Iterable[Row]:
    law = library()
    with tempfile.TemporaryDirectory() as folder:
        for unknown in (0.0, 0.25):
            path = Path(folder) / f"cases-{unknown}.parquet"
            connection = duckdb.connect()
            connection.execute(f"COPY ({_random_table(rows, unknown)}) TO '{path}' (FORMAT parquet)")
            said = "complete" if not unknown else "a quarter of the facts not known"
            if not unknown:
                connection.execute(f"CREATE VIEW cases AS SELECT * FROM read_parquet('{path}')")
                for query in ("first", "again"):
                    wall, used, counted = seconds(
                        lambda connection=connection: _counts(connection.sql(HAND_SQL), "outcome")
                    )
                    yield f"DuckDB: one query by hand, {query}", f"{rows:,} rows, {said}", wall / rows, used / rows
            wall, used, found = seconds(
                lambda connection=connection, path=path: _counts(
                    determine_table(law, OFFICE, [ACT], connection.read_parquet(str(path)), ON), ACT
                )
            )
            same = "" if unknown else f", {'equal' if found == counted else 'NOT EQUAL'} to the query by hand"
            yield (
                "duly: `determine_table`, with the deciding rule",
                f"{rows:,} rows, {said}{same}",
                wall / rows,
                used / rows,
            )


def starts() -> Iterable[Row]:
    """Processes of their own, so that nothing is warm but the disk; `a bare interpreter` is what they all begin with."""
    with tempfile.TemporaryDirectory() as cache:
        loading = f"from pathlib import Path; from duly.law import load; load(cache=Path({cache!r}))"
        checking = f"{loading}; from duly import law; from duly.clock import load_calendars; law.check(load(), load_calendars())"
        for what, code in (
            ("a bare interpreter", "pass"),
            ("duly: all rulebooks loaded, nothing kept from before", loading),
            ("duly: all rulebooks loaded, compiled rules kept", loading),
            ("duly: all rulebooks checked (`law check`)", checking),
        ):
            before = os.times()
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            wall, after = time.perf_counter() - begun, os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            yield what, "once, in a process of its own", wall, used


def _random_table(rows: int, unknown: float) -> str:
    columns = []
    for name, domain in DOMAINS.items():
        values = ", ".join(
            f"DATE '{held}'" if isinstance(held, date) else repr(held).upper() if isinstance(held, bool) else repr(held)
            for held in domain
        )
        columns.append(f"CASE WHEN random() >= {unknown} THEN ([{values}])[1 + (random() * {len(domain)})::INT % {len(domain)}] END AS \"{name}\"")  # fmt: skip
    return f"SELECT range AS n, {', '.join(columns)} FROM range({rows})"


def _counts(relation: duckdb.DuckDBPyRelation, column: str) -> list[tuple[Any, ...]]:
    return relation.aggregate(f'"{column}" AS o, count(*) AS n').order("o").fetchall()


def main(number: int, rows: int) -> None:
    random.seed(1)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'what':62}  {'wall µs':>9}  {'processor µs':>12}  compared")
    for what, compared, wall, used in (*starts(), *single(number), *columns(rows)):
        print(f"{what:62}  {wall * 1e6:9.3f}  {used * 1e6:12.3f}  {compared}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
