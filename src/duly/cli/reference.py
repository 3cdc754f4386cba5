"""Writes docs/reference/cli.md from the commands themselves, so that the page cannot be out of date unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

HEAD = """# Command line

`script/duly …` runs it from a fresh clone; installed, it is `duly …`. Every command takes `--json` and then prints one JSON
object whose `schema` names its shape (`duly.answer/1` is described in [answer.md](answer.md)).

Exit codes: **0** done · **1** the input was refused (the message says why and what to do) · **2** usage · **3** a check failed.

This page is written from the commands by `python -m duly.cli.reference`; a test fails when it is out of date.
"""


def reference(app: typer.Typer) -> str:
    """The whole page as Markdown."""
    root = typer.main.get_command(app)
    return "\n".join([HEAD, *_commands(root, "duly")]).rstrip() + "\n"


def _commands(command: Any, path: str) -> Iterator[str]:
    commands = getattr(command, "commands", {})
    if not commands or getattr(command, "invoke_without_command", False):
        yield from _command(command, path)
    for name in commands:
        yield from _commands(commands[name], f"{path} {name}")


def _command(command: Any, path: str) -> Iterator[str]:
    yield f"## `{path}`\n"
    yield f"{(command.help or '').strip()}\n"
    rows = [_parameter(parameter) for parameter in command.params if parameter.name not in ("help",)]
    if rows:
        yield "| | |\n|---|---|"
        yield "\n".join(rows) + "\n"


def _parameter(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    if not any(name.startswith("-") for name in parameter.opts):
        names = f"`{parameter.metavar or (parameter.name or '').upper()}`"
    needed = " (required)" if parameter.required else ""
    return f"| {names}{needed} | {getattr(parameter, 'help', None) or ''} |"


if __name__ == "__main__":
    from pathlib import Path

    from duly.cli import app as whole

    Path("docs/reference/cli.md").write_text(reference(whole), "utf-8")
