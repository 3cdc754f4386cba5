"""The one family of errors that Duly shows to people: what is wrong, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: a file with a line, a page of a paper, or a named field."""

    file: str | None = None
    line: int | None = None
    page: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = []
        if self.file is not None:
            parts.append(self.file if self.line is None else f"{self.file}:{self.line}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.field is not None:
            parts.append(self.field)
        return ", ".join(parts)


class DulyError(Exception):
    """A sentence for a person.

    `code` is a stable short name for programs (kebab-case), `message` says what is wrong, `place` where, `remedy`
    what to do next. `str(error)` joins them into the text that a clerk reads.
    """

    code = "error"

    def __init__(self, message: str, *, place: Place | None = None, remedy: str = "", code: str | None = None) -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        if code is not None:
            self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place is not None and str(self.place) else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{remedy}"
