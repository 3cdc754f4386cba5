"""The house keeps its own rules: rooms say what they are, names are the field's, every dependency has its reason."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "law", "clock", "instruments", "intake", "matters", "ledger", "letters", "production", "court", "exchange",
    "register", "desk", "cli",
]  # fmt: skip
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "base"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_it_is_in_its_first_line(room: str) -> None:
    source = (ROOT / "src/duly" / room / "__init__.py").read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(source))
    assert docstring, f"{room} has no purpose"
    first = docstring.splitlines()[0]
    assert first.endswith("."), f"{room}: the purpose is one sentence on one line, not {first!r}"


def test_no_file_has_a_name_that_says_nothing() -> None:
    offending = [path for path in tracked("*.py") if path.stem in FORBIDDEN_NAMES]
    assert not offending


def distributions(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ;]", item)[0].lower() for item in requirements}


def declared() -> set[str]:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    return set().union(*(distributions(group) for group in groups))


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs/dependencies.md").read_text("utf-8").lower()
    assert not {name for name in declared() if not re.search(rf"\b{re.escape(name)}\b", page)}


def test_the_lock_holds_every_dependency_with_hashes_and_no_addresses() -> None:
    desk = (ROOT / "requirements/desk.lock").read_text("utf-8")
    everything = (ROOT / "requirements/dev.lock").read_text("utf-8")
    assert "://" not in desk + everything
    needed = distributions(PROJECT["project"]["dependencies"])
    assert not {name for name in needed if not re.search(rf"(?m)^{re.escape(name)}==", desk)}
    wanted = declared() | distributions(PROJECT["dependency-groups"]["dev"])
    assert not {name for name in wanted if not re.search(rf"(?m)^{re.escape(name)}(\[[a-z]+\])?==", everything)}


def test_no_agpl_part_is_in_the_lock() -> None:
    assert not re.search(r"(?mi)^pymupdf", (ROOT / "requirements/dev.lock").read_text("utf-8"))
