"""The page about the command line is what the commands say of themselves."""

from pathlib import Path

from duly.cli import app
from duly.cli.reference import reference

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(app), "run: python -m duly.cli.reference"


def test_every_command_that_prints_takes_json() -> None:
    text = reference(app)
    sections = [part for part in text.split("\n## ")[1:] if "`duly desk`" not in part.splitlines()[0]]
    assert not [part.splitlines()[0] for part in sections if "`--json`" not in part]
