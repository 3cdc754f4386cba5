"""A terminal for everything the desk can do: `duly answer`, `duly law`, `duly clock`, `duly ledger` and the rest."""

from __future__ import annotations

import typer

from duly.cli import desk, intake, law, ledger
from duly.cli.answer import answer
from duly.cli.clock import clock

app = typer.Typer(
    name="duly",
    help="The desk for legal process. It says what the law says, with its proof; it is not legal advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command()(answer)
app.command()(clock)
app.add_typer(law.app, name="law")
app.add_typer(intake.app, name="intake")
app.add_typer(ledger.app, name="ledger")
app.add_typer(desk.app, name="desk")


def main() -> None:
    """The entry point of the installed `duly`."""
    app()


__all__ = ["app", "main"]
