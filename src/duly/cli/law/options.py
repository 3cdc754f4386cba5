"""Options that more than one `duly law` command takes, and how their words are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from duly.errors import DulyError

OfficeOption = Annotated[str, typer.Option(help="A jurisdiction such as us/co/denver.")]
OnOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The law as it stood on this date (default: today).")
]
RulebooksOption = Annotated[list[Path], typer.Option(help="Folders with the office's own rulebooks.")]
OfficeKindOption = Annotated[str | None, typer.Option(help="sheriff, employer, hospital … if not the profile's.")]
ActsOption = Annotated[list[str], typer.Option("--act", help="Only this act; may be given many times.")]


def day(text: str | None) -> date:
    """The date in words, or today. Raises DulyError."""
    try:
        return datetime.now(UTC).date() if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise DulyError(f"{text!r} is not a date.", remedy="Write it as 2020-01-16.", code="bad-date") from error
