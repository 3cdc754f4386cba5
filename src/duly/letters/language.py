"""The languages that letters can be written in, one data file each in `languages/`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from duly.errors import DulyError, Place

FOLDER = Path(__file__).parent / "languages"


@cache
def words(language: str) -> dict[str, Any]:
    """All words of one language. Raises DulyError for a language without a file."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(languages())
        raise DulyError(
            f"Letters cannot be written in {language!r}.",
            place=Place(field="language"),
            remedy=f"Known: {known}. A language is a file in letters/languages.",
            code="unknown-language",
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages that letters can be written in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
