"""Which part of a form a label lies in, so that each *Name* and *Date* is the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duly.evidence import Box
from duly.instruments.kind import Section
from duly.intake.printing import Label


@dataclass(frozen=True, slots=True)
class _Start:
    name: str
    page: int
    box: Box


ATTACHMENT = "attachment"
"""The part that a page is when it bears nothing of the form: no field of a part of the form stands on it."""


class Sections:
    """The headings of a form's parts as found on the pages."""

    def __init__(
        self,
        sections: Sequence[Section],
        labels: Mapping[str, list[Label]],
        width: float = 612.0,
        attached: frozenset[int] = frozenset(),
    ) -> None:
        self.attached = attached
        self.starts: list[_Start] = []
        self._right_half = 0.45 * width
        for section in sections:
            places: list[Label] = []
            for text in section.starts:
                for label in labels.get(text, ()):
                    if not any(other.run is label.run and abs(other.start - label.start) < 12 for other in places):
                        places.append(label)
            best = max((label.fit for label in places), default=0.0)
            self.starts += [
                _Start(section.name, label.run.page, label.box) for label in places if label.fit >= best - 0.1
            ]

    def found(self, names: Sequence[str]) -> bool:
        return any(start.name in names for start in self.starts)

    def at(self, page: int, box: Box) -> str | None:
        """The part whose heading comes last before this place: above it, or left of it on its line.

        A heading that begins right of the place, in the right half of the page, heads another column.
        """
        if page in self.attached and not any(start.page == page for start in self.starts):
            return ATTACHMENT
        middle = (box.y0 + box.y1) / 2
        before = [
            start
            for start in self.starts
            if start.page < page or (start.page == page and start.box.y0 <= middle and self._reaches(start.box, box))
        ]
        if not before:
            before = [start for start in self.starts if start.page == page and start.box.y0 <= middle]
        if not before:
            return None
        return max(before, key=lambda start: (start.page, round(start.box.y0 / 3), start.box.x0)).name

    def _reaches(self, heading: Box, place: Box) -> bool:
        return heading.x0 <= max(place.x1 + 2, self._right_half)
