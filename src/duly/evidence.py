"""Where a value came from: one small type, used in every room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Method = Literal["text layer", "ocr", "twin", "person", "record", "profile", "kind", "derived", "assumed"]
"""How a value was obtained.

`text layer` and `ocr` were read from a page; `twin` from the JSON inside a PDF that Duly made; `person` was stated by
somebody; `record` comes from the matter's own events (for example: no order has been entered); `profile` from the
office's profile; `kind` from what the form is; `derived` from a `define` rule; `assumed` only where the vocabulary
allows it, and always shown as an assumption.
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner, as it is displayed."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def as_list(self) -> list[float]:
        return [round(self.x0, 2), round(self.y0, 2), round(self.x1, 2), round(self.y1, 2)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports one value.

    `document` is the SHA-256 (hex) of the original bytes, `page` counts from 1, `words` are the words as read,
    `confidence` runs from 0 to 1 and is 1 for what a person confirmed. `note` says in a sentence what no box can show.
    """

    method: Method
    document: str | None = None
    page: int | None = None
    box: Box | None = None
    words: str = ""
    confidence: float = 1.0
    note: str = ""
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None


FactValue = bool | int | str | date | datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed value in the vocabulary (`instrument.signed_by_judge`) and where it came from.

    A fact that is not known is absent from a mapping of facts; it is never False, "" or 0.
    """

    name: str
    value: FactValue
    evidence: Evidence
