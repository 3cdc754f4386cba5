"""`duly law`: the law as data, from a terminal. Read it, ask it, check it, compare it, decide tables by it."""

from __future__ import annotations

import typer

from duly.cli.law import checking, comparing, reading, tables

app = typer.Typer(help="The law as data: check it, read it, ask it.", no_args_is_help=True)
app.command()(checking.check)
app.command("list")(reading.list_rules)
app.command()(reading.show)
app.command()(reading.facts)
app.command()(reading.ask)
app.command()(comparing.compare)
app.command()(checking.diff)
app.command()(tables.table)
app.command()(reading.proof)

__all__ = ["app"]
