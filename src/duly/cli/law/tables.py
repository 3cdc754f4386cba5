"""`duly law table`: decides a Parquet file of cases without leaving columns."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from duly import law
from duly.cli.law.options import ActsOption, OfficeOption, OnOption, RulebooksOption, day
from duly.cli.output import JsonFlag, console, print_json, sentences_for_errors, working
from duly.errors import DulyError, Place

MemoryOption = Annotated[str, typer.Option(help="What DuckDB may use before it spills to disk.")]


def table(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A Parquet file; columns are named as facts.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A Parquet file to write.")],
    office: OfficeOption,
    acts: ActsOption = [],  # noqa: B006 - typer copies it
    on: OnOption = None,
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    memory: MemoryOption = "6GB",
    as_json: JsonFlag = False,
) -> None:
    """Every row with one outcome column an act, and the deciding rule beside it. All acts, unless some are named."""
    with (
        sentences_for_errors(),
        tempfile.TemporaryDirectory(dir=target.parent if target.parent.is_dir() else None) as spill,
    ):
        if target.exists():
            raise DulyError(
                f"{target} exists already.", remedy="Name a new file; nothing is overwritten.", code="exists"
            )
        connection = _engine(memory, spill)
        cases = _cases(connection, source)
        library = law.load(rulebooks)
        wanted = list(dict.fromkeys(acts)) or list(library.vocabulary.acts)
        with working("Deciding") as say:
            say(f"{len(wanted)} act(s) of {source.name}")
            decided = law.determine_table(library, office, wanted, cases, day(on), connection=connection)
            say(f"and writing {target.name}")
            decided.write_parquet(str(target))
        written = connection.read_parquet(str(target))
        counts = {act: dict(written.aggregate(f'"{act}", count(*) AS n').fetchall()) for act in wanted}
        rows = sum(counts[wanted[0]].values())
        if as_json:
            print_json({"schema": "duly.law-table/1", "file": str(target), "rows": rows, "acts": counts})
            return
        for act, found in counts.items():
            said = ", ".join(
                f"{number:,} {outcome}" for outcome, number in sorted(found.items(), key=lambda each: -each[1])
            )
            console().print(f"{act}: {said}", markup=False)
        console().print(f"{rows:,} rows written to {target}.", markup=False)


def _engine(memory: str, spill: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"temp_directory": spill, "preserve_insertion_order": "false"})
    try:
        connection.execute("SET memory_limit = $1", [memory])
    except duckdb.Error as error:
        raise DulyError(f"{memory!r} is no amount of memory.", remedy="Write it as 6GB.", code="bad-memory") from error
    return connection


def _cases(connection: duckdb.DuckDBPyConnection, source: Path) -> duckdb.DuckDBPyRelation:
    try:
        return connection.read_parquet(str(source))
    except duckdb.Error as error:
        raise DulyError(
            f"{source} cannot be read as Parquet.",
            place=Place(str(source)),
            remedy="Write the cases as a Parquet file whose columns are named as facts (`duly law facts`).",
            code="no-parquet",
        ) from error
