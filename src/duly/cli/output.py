"""How commands speak: a table for people, JSON for programs, one sentence and an exit code for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from duly.errors import DulyError

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON of a documented schema instead of a table.")]


class Exit(IntEnum):
    """The documented exit codes (docs/cli.md)."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    CHECK_FAILED = 3


def console() -> Console:
    """For people, on standard output."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def messages() -> Console:
    """For progress and warnings, on standard error, so that a pipe carries only results."""
    return Console(stderr=True, highlight=False)


def print_json(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def working(doing: str) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done; gives a function that says with what."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=messages(), transient=True) as progress:
        task = progress.add_task(f"{doing} …")
        yield lambda what: progress.update(task, description=f"{doing} {what} …")


@contextmanager
def sentences_for_errors() -> Iterator[None]:
    """Turns a `DulyError` into its sentence on standard error and exit code 1; anything else is a defect and is shown."""
    try:
        yield
    except DulyError as error:
        messages().print(f"[bold]Refused[/bold] ({error.code}): ", end="")
        messages().print(str(error), markup=False)
        raise typer.Exit(Exit.REFUSED) from error
