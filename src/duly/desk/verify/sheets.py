"""The pages of a matter's papers as pictures, with the box of every field that was read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from duly.desk.inbox.models import StoredReading
from duly.evidence import Box
from duly.intake import Document
from duly.matters import Matter

LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """The box of one field, in points of its page. `tone` is `lit` for the field in focus, otherwise `dim`."""

    name: str
    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its picture, its size in points, its marks."""

    paper: str
    number: int
    width: float
    height: float
    src: str
    alt: str
    marks: tuple[Mark, ...]
    first: bool

    @property
    def pixel_width(self) -> int:
        return round(self.width * 2)

    @property
    def pixel_height(self) -> int:
        return round(self.height * 2)


def page_sizes(paper: str) -> list[tuple[float, float]]:
    """The size of each page in points, as it was read; empty when the paper has not been read."""
    stored = StoredReading.objects.filter(paper=paper, index=0).values_list("pages", flat=True).first()
    return [(float(width), float(height)) for width, height in stored or []]


def sheet(matter: str, paper: str, number: int, marks: tuple[Mark, ...] = (), *, first: bool = True) -> Sheet:
    """One page of one paper of a matter."""
    sizes = page_sizes(paper)
    width, height = sizes[number - 1] if 0 < number <= len(sizes) else LETTER
    src = reverse("matter:picture", args=[matter, paper, number])
    return Sheet(paper, number, width, height, src, f"Page {number} of the paper", marks, first)


def sheet_of(document: Document, number: int, address: Callable[[int], str]) -> Sheet:
    """One page of a paper that belongs to no matter yet."""
    page = document.pages[number - 1]
    return Sheet(
        document.sha256, number, page.width, page.height, address(number), f"Page {number} of the paper", (), True
    )


def sheets(matter: Matter, lit: str = "") -> list[Sheet]:
    """Every page of every reading, with the boxes of its fields; `lit` is the key of the field in focus."""
    found: list[Sheet] = []
    marks = list(_marks(matter, lit))
    seen: set[tuple[str, int]] = set()
    for reading in matter.readings:
        for number in range(reading.pages[0], reading.pages[1] + 1):
            if (reading.paper, number) in seen:
                continue
            seen.add((reading.paper, number))
            own = tuple(mark for paper, page, mark in marks if (paper, page) == (reading.paper, number))
            found.append(sheet(matter.id, reading.paper, number, own, first=not found))
    return found


def mark(box: Box, name: str, tone: str) -> Mark:
    """A box with a little room around it, so that its outline does not touch the words."""
    room = 1.5
    return Mark(
        name,
        round(box.x0 - room, 1),
        round(box.y0 - room, 1),
        round(box.x1 - box.x0 + 2 * room, 1),
        round(box.y1 - box.y0 + 2 * room, 1),
        tone,
    )


def _marks(matter: Matter, lit: str) -> Iterator[tuple[str, int, Mark]]:
    for number, reading in enumerate(matter.readings):
        for name, value in reading.fields.items():
            where = value.evidence
            if where.box is not None and where.page is not None:
                key = f"{number}.{name}"
                yield reading.paper, where.page, mark(where.box, key, "lit" if key == lit else "dim")
