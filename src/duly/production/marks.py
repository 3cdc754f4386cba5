"""What is withheld, where and why."""

from __future__ import annotations

from dataclasses import dataclass

from duly.errors import DulyError, Place
from duly.evidence import Box


@dataclass(frozen=True, slots=True)
class Mark:
    """One area to be made unreadable. `page` counts from 1, `box` is in points from the displayed page's top left.

    `reason` and `cite` go into the redaction log; `label` is printed on the area in white where it fits.
    """

    page: int
    box: Box
    reason: str
    cite: str = ""
    label: str = ""


class ProductionError(DulyError):
    """Records could not be made ready to go out."""

    code = "production"


def check_marks(marks: tuple[Mark, ...], sizes: list[tuple[float, float]]) -> None:
    """Raise ProductionError for a mark that covers nothing, lies off its page or gives no reason."""
    for mark in marks:
        place = Place(page=mark.page)
        if not 1 <= mark.page <= len(sizes):
            raise ProductionError(f"There is no page {mark.page}; the file has {len(sizes)}.", place=place)
        if not mark.reason.strip():
            raise ProductionError("A mark has no reason.", place=place, remedy="Say why this is withheld.")
        box, (width, height) = mark.box, sizes[mark.page - 1]
        if box.x1 <= box.x0 or box.y1 <= box.y0:
            raise ProductionError("A mark covers no area.", place=place, remedy="Draw it again.")
        if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height:
            raise ProductionError("A mark lies off its page.", place=place, remedy="Draw it again.")
