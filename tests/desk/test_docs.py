"""The page about operations names every setting that the desk reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented() -> None:
    read = {
        name
        for file in (ROOT / "src" / "duly" / "desk").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)\"(DULY_[A-Z]+)\"", file.read_text(encoding="utf-8"))
    }
    said = set(
        re.findall(r"^\| `(DULY_[A-Z]+)` \|", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), re.M)
    )
    assert read == said
