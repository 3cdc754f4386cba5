"""Two texts of a policy line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = {" ": "same", "+": "added", "-": "removed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison: `kind` is same, added, removed or gap."""

    kind: str
    text: str


def lines_between(before: str, after: str) -> Iterator[Line]:
    """The lines that differ, with three unchanged ones around each change."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=3, lineterm="")
    for line in list(found)[2:]:
        yield Line("gap", "") if line.startswith("@@") else Line(_MARKS[line[0]], line[1:])
