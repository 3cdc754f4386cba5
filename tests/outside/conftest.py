"""Prints the papers of this room and puts them to `duly answer`, as somebody outside would."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.outside.press import Press
from typer.testing import CliRunner

from duly.cli import app

PAPERS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "papers.toml").read_text())["paper"]
OFFICES = {
    "denver": ["--office", "us/co/denver"],
    "texas": ["--office", "us/tx", "--office-kind", "sheriff", "--on", "2020-02-01"],
    "colorado": ["--office", "us/co", "--office-kind", "sheriff", "--on", "2026-02-02"],
}
Answer = Callable[..., list[dict[str, Any]]]


def file_of(name: str) -> str:
    return re.sub(r"\W+", "-", name) + ".pdf"


def ask(*arguments: str, out: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["answer", *arguments, "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    papers: list[dict[str, Any]] = json.loads(result.stdout)["papers"]
    return papers


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, Any]]]:
    """office → name of a paper → what `duly answer` says of it."""
    folder = tmp_path_factory.mktemp("papers")
    for paper in PAPERS:
        press = Press(paper.get("family", "Helvetica"), paper.get("size", 10))
        (folder / file_of(paper["name"])).write_bytes(press.print(paper["text"]))
    names = {file_of(paper["name"]): paper["name"] for paper in PAPERS}
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for office, arguments in OFFICES.items():
        papers = ask(str(folder), *arguments, out=tmp_path_factory.mktemp(office))
        found[office] = {names[paper["file"]]: paper for paper in papers}
    return found


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Puts files, given as bytes by name, to the Denver office."""

    def put(files: dict[str, bytes], *more: str) -> list[dict[str, Any]]:
        folder = tmp_path / "in"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return ask(str(folder), *OFFICES["denver"], *more, out=tmp_path / "out")

    return put
