"""`duly intake`: what the machine saw on a paper, before anybody decided anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from duly.cli.output import JsonFlag, console, messages, print_json, sentences_for_errors
from duly.instruments import Value, load_kinds
from duly.intake import Reading
from duly.intake import read as read_paper
from duly.matters import plain

app = typer.Typer(help="What the machine saw on a paper.", no_args_is_help=True)


@app.command()
def read(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], as_json: JsonFlag = False) -> None:
    """The kind, the fields with their places on the page, and the nearest other kinds."""
    with sentences_for_errors():
        found = read_paper(file.read_bytes(), file.name, kinds=load_kinds(), progress=_progress)
        if as_json:
            print_json({"schema": "duly.reading/1", "papers": [_json(reading) for reading in found]})
        else:
            for reading in found:
                _show(reading)


def _progress(done: int, of: int) -> None:
    if of > 1 and messages().is_terminal:
        messages().print(f"page {done} of {of}", end="\r")


def _json(reading: Reading) -> dict[str, Any]:
    return {
        "file": reading.document.name,
        "sha256": reading.document.sha256,
        "pages": [reading.first_page, reading.last_page],
        "methods": [page.method for page in reading.document.pages],
        "kind": reading.kind,
        "confidence": reading.confidence,
        "candidates": plain(reading.candidates),
        "fields": {name: _field(value) for name, value in reading.fields.items()},
        "warnings": list(reading.warnings),
    }


def _field(value: Value) -> dict[str, Any]:
    seen = value.evidence
    return {
        "value": plain(value.value),
        "page": seen.page,
        "box": None if seen.box is None else seen.box.as_list(),
        "words": seen.words,
        "method": seen.method,
        "confidence": seen.confidence,
        "flags": list(value.flags),
    }


def _show(reading: Reading) -> None:
    out = console()
    kind = reading.kind or "not recognised"
    pages = f"pages {reading.first_page}–{reading.last_page}"
    out.print(f"\n{reading.document.name} ({pages}): {kind}, {reading.confidence:.0%} sure", markup=False, style="bold")
    for warning in reading.warnings:
        out.print(f"! {warning}", markup=False)
    for name, value in reading.fields.items():
        shown = "not found" if value.value is None else plain(value.value)
        where = "" if value.evidence.page is None else f"page {value.evidence.page}, {value.evidence.confidence:.0%}"
        out.print(f"  {name}: {shown}  ({where or value.evidence.note})", markup=False)
    for candidate in reading.candidates[: 2 if reading.kind is None else 0]:
        out.print(f"  nearest: {candidate.kind} ({candidate.score:.0%}): {'; '.join(candidate.because)}", markup=False)
