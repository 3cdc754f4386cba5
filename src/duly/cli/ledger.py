"""`duly ledger`: verify the chain of a desk or of a file; export a matter with its offline verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from duly.cli.output import Exit, JsonFlag, console, print_json, sentences_for_errors
from duly.errors import DulyError
from duly.ledger import FileStore, Verification, verify

app = typer.Typer(help="The append-only record: verify it, export it.", no_args_is_help=True)

FileOption = Annotated[Path | None, typer.Option("--file", help="A ledger file (ledger.jsonl) instead of the desk's.")]
HomeOption = Annotated[Path | None, typer.Option("--home", help="The desk's data folder (default: .desk here).")]


@app.command("verify")
def verify_command(file: FileOption = None, home: HomeOption = None, as_json: JsonFlag = False) -> None:
    """Check every entry against its hash and its chain, and a desk's originals against their digests; exit code 3 names what does not hold."""
    with sentences_for_errors():
        found = _of_file(file) if file is not None else _of_desk(home)
        damaged = _damaged(home) if file is None else []
        if as_json:
            print_json(_json(found) | {"ok": found.ok and not damaged, "damaged_originals": damaged})
        else:
            console().print(str(found), markup=False)
            for warning in (*damaged, *found.warnings):
                console().print(f"! {warning}", markup=False)
        if not found.ok or damaged:
            raise typer.Exit(Exit.CHECK_FAILED)


@app.command()
def export(
    matter: Annotated[str, typer.Argument(help="The matter's number.")],
    out: Annotated[Path, typer.Option(help="A new folder.")],
    home: HomeOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Write one matter's entries with an offline verifier that needs no Duly."""
    from duly import desk

    with sentences_for_errors():
        written = desk.export_matter(matter, out, home)
        if as_json:
            print_json({"schema": "duly.export/1", "folder": str(out), "entries": written})
        else:
            console().print(f"{written} entries in {out}. Check them with: python {out}/verify_ledger.py", markup=False)


def _of_file(file: Path) -> Verification:
    if not file.is_file():
        raise DulyError(f"There is no file {file}.", code="no-such-file")
    return verify(FileStore(file).lines())


def _of_desk(home: Path | None) -> Verification:
    from duly import desk

    return desk.verify_ledger(home)


def _damaged(home: Path | None) -> list[str]:
    from duly import desk

    return desk.damaged_originals(home)


def _json(found: Verification) -> dict[str, Any]:
    bad = found.first_bad
    return {
        "schema": "duly.verification/1",
        "ok": found.ok,
        "entries": found.entries,
        "matters": found.matters,
        "head": found.head,
        "first_bad": None if bad is None else str(bad),
        "warnings": list(found.warnings),
    }
