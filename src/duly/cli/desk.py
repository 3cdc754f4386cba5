"""`duly desk`: prepare and serve the web desk."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from duly import desk
from duly.cli.output import Exit, JsonFlag, console, messages, print_json, sentences_for_errors, working

app = typer.Typer(help="The web desk.", invoke_without_command=True)

HomeOption = Annotated[Path | None, typer.Option("--home", help="The data folder (default: .desk in this folder).")]


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Loopback unless you say otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 8600,
    sample: Annotated[bool, typer.Option("--sample", help="Load the sample papers first (once).")] = False,
    home: HomeOption = None,
) -> None:
    """Serve the desk until interrupted."""
    if context.invoked_subcommand is not None:
        return
    with sentences_for_errors():
        folder = desk.migrate(home)
        messages().print(f"Data folder: {folder}", markup=False)
        if sample:
            _load_sample(home)
        console().print(f"\n  The desk is at http://{host}:{port}/  (stop it with Ctrl-C)\n", markup=False)
        desk.serve(host, port, home=home)


def _load_sample(home: Path | None) -> None:
    messages().print("Loading the sample through the real intake (once; about half a minute) …")
    messages().print(str(desk.load_sample(home)), markup=False)


@app.command()
def accuracy(home: HomeOption = None, as_json: JsonFlag = False) -> None:
    """How often the machine was right, by what persons found when they confirmed fields; no names, no values."""
    with sentences_for_errors():
        found = desk.accuracy(home)
        if as_json:
            print_json({"schema": "duly.accuracy/1", "fields": [asdict(one) for one in found]})
            return
        for one in found:
            judged = one.right + one.corrected
            line = f"{one.kind or 'not recognised'}, {one.label}: {one.right} of {judged} right"
            console().print(f"{line}, {one.unreadable} could not be read" if one.unreadable else line, markup=False)
        if not found:
            console().print("Nobody has confirmed a field yet.")


@app.command()
def rebuild(home: HomeOption = None, as_json: JsonFlag = False) -> None:
    """Throw the views away and build them again from the ledger alone."""
    with sentences_for_errors():
        matters = desk.rebuild(home)
        if as_json:
            print_json({"schema": "duly.rebuild/1", "matters": matters})
        else:
            console().print(f"{matters} matters rebuilt from the ledger.")


@app.command("migrate-database")
def migrate_database(
    address: Annotated[
        str,
        typer.Argument(help="postgresql://user:password@host:5432/name, empty.", envvar="DULY_DATABASE_NEW"),
    ],
    home: HomeOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Move an office from the embedded database to PostgreSQL, compared row by row; all of it, or nothing. Stop the desk first."""
    with sentences_for_errors():
        with working("Moving") as say:
            moved = desk.migrate_database(address, home, say)
        if as_json:
            print_json({"schema": "duly.moved/1", "tables": moved.tables, "entries": moved.entries, "head": moved.head})
            return
        for table, rows in moved.tables.items():
            console().print(f"{rows:>10,}  {table}", markup=False)
        console().print(
            f"Every row is the same, and all {moved.entries:,} entries of the ledger hold; the last has the hash {moved.head}.\n"
            "Start the desk with DULY_DATABASE set to that address. The old database takes no more entries.",
            markup=False,
        )


@app.command()
def check(
    everything: Annotated[
        bool, typer.Option("--all", help="Every entry with its sealed part, and every original.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Whether the desk is fit to work: database, ledger, keys, clock, disk, queue, rulebooks; exit code 3 where it is not."""
    with sentences_for_errors():
        found = desk.check(home, everything=everything)
        whole = all(finding.ok for finding in found)
        if as_json:
            print_json({"schema": "duly.check/1", "ok": whole, "findings": [asdict(finding) for finding in found]})
        else:
            for finding in found:
                mark = "ok " if finding.ok else "NOT"
                console().print(f"{mark}  {finding.id:12} {finding.sentence} {finding.remedy}".rstrip(), markup=False)
        if not whole:
            raise typer.Exit(Exit.CHECK_FAILED)


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(help="A new folder.")], home: HomeOption = None, as_json: JsonFlag = False
) -> None:
    """Write database, originals, keys and secrets into a new folder, while the desk goes on."""
    with sentences_for_errors():
        with working("Backing up"):
            made = desk.back_up(out, home)
        _say_backup(made, f"In {out}", as_json)


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    home: Annotated[Path, typer.Option("--home", help="A new data folder.")],
    as_json: JsonFlag = False,
) -> None:
    """Put a backup into a new data folder and an empty database; every row, entry and original is compared with what was."""
    with sentences_for_errors():
        with working("Restoring"):
            found = desk.restore(backup, home)
        _say_backup(found, f"Restored into {home} and found to be the same", as_json)


def _say_backup(found: Any, where: str, as_json: bool) -> None:
    if as_json:
        print_json({"schema": "duly.backup/1", **asdict(found)})
        return
    rows = sum(found.tables.values())
    console().print(
        f"{where}: {rows:,} rows, {found.originals:,} originals, and {found.entries:,} entries, which hold; "
        f"the last has the hash {found.head}.",
        markup=False,
    )
