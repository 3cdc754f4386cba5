"""Finds what is drawn on a page's picture: ruled lines and the small squares of check boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duly.evidence import Box
from duly.intake.sheet import Picture, Rule

# In points. A letter's stem is shorter than the least upright rule, a dash shorter than the least level one.
_LEAST_LEVEL = 22.0
_LEAST_UPRIGHT = 18.0
_THICKEST = 3.2
_PIECE = 90.0
_SQUARE = (5.0, 19.0)


@dataclass(frozen=True, slots=True)
class Square:
    """A check box: its frame in points, and how much of its inside is dark, 0 to 1."""

    box: Box
    filled: float


def binary(picture: Picture) -> Picture:
    """Ink 255, paper 0, by a threshold that follows uneven light where the page has any."""
    low, high = np.percentile(picture[::7, ::7], (2, 60))
    if high > 225 and low < 120:
        return np.asarray(cv2.threshold(picture, 170, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    ink = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)
    return np.asarray(ink, dtype=np.uint8)


def find_rules(ink: Picture, scale: float, *, scanned: bool = False) -> tuple[Rule, ...]:
    """Level and upright ruled lines, in points. `ink` is 255 where the page is dark, `scale` pixels to a point.

    On a `scanned` page the pieces of a broken line are joined.
    """
    waver = 5 if scanned else 3
    level = _strokes(ink, scale, _LEAST_LEVEL, waver, upright=False)
    upright = _strokes(ink, scale, _LEAST_UPRIGHT, waver, upright=True)
    if not scanned:
        return tuple(level + upright)
    return tuple(_joined(level, upright=False) + _joined(upright, upright=True))


def _joined(rules: list[Rule], *, upright: bool) -> list[Rule]:
    """Pieces of one line that a scan or a fax has broken, made whole."""
    joined: list[Rule] = []
    for rule in sorted(
        rules, key=lambda rule: (rule.box.x0, rule.box.y0) if not upright else (rule.box.y0, rule.box.x0)
    ):
        for index, other in enumerate(joined):
            if _is_continued(other.box, rule.box, upright=upright):
                joined[index] = Rule(other.box.union(rule.box), upright)
                break
        else:
            joined.append(rule)
    return joined


def _is_continued(one: Box, other: Box, *, upright: bool) -> bool:
    if upright:
        return abs(one.x0 + one.x1 - other.x0 - other.x1) < 4.5 and other.y0 - one.y1 < 6
    # Two whole lines side by side are two; a fax breaks one into short pieces.
    gap = 10 if min(one.x1 - one.x0, other.x1 - other.x0) < _PIECE else 4
    return abs(one.y0 + one.y1 - other.y0 - other.y1) < 4.5 and other.x0 - one.x1 < gap


def _strokes(ink: Picture, scale: float, least: float, waver: int, *, upright: bool) -> list[Rule]:
    length = max(3, round(least * scale))
    shape = (1, length) if upright else (length, 1)
    # A scanned line wavers by a pixel or two: thickening it across first keeps it whole.
    across = (waver, 1) if upright else (1, waver)
    thick = cv2.dilate(ink, np.ones(across[::-1], np.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    found = []
    for x, y, width, height, _area in stats[1:count]:
        thickness = (width if upright else height) / scale
        if thickness <= _THICKEST + (waver - 1) / scale:
            box = Box(float(x / scale), float(y / scale), float((x + width) / scale), float((y + height) / scale))
            found.append(Rule(box, upright))
    return found


def find_squares(ink: Picture, scale: float, region: Box, *, scanned: bool = False) -> list[Square]:
    """The check boxes within a region given in points.

    A frame is found from its straight edges alone, so that a cross or a tick that runs over the frame does not hide it.
    """
    x0, y0 = max(0, int(region.x0 * scale)), max(0, int(region.y0 * scale))
    x1, y1 = min(ink.shape[1], int(region.x1 * scale) + 1), min(ink.shape[0], int(region.y1 * scale) + 1)
    part = ink[y0:y1, x0:x1]
    if part.size == 0:
        return []
    edge = max(3, round(_SQUARE[0] * 0.8 * scale))
    across = down = part
    if scanned:
        # A fax breaks and bends the sides of a box by a dot or two.
        whole = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        across, down = cv2.dilate(whole, np.ones((3, 1), np.uint8)), cv2.dilate(whole, np.ones((1, 3), np.uint8))
    level = cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, edge), np.uint8))
    upright = cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((edge, 1), np.uint8))
    frame = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(frame, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    squares: list[Square] = []
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        if not _is_square(width / scale, height / scale) or not _is_framed(frame[y : y + height, x : x + width]):
            continue
        left, top = (x + x0) / scale, (y + y0) / scale
        box = Box(left, top, left + width / scale, top + height / scale)
        if not any(_same(box, other.box) for other in squares):
            squares.append(Square(box, _inside(part[y : y + height, x : x + width])))
    return sorted(squares, key=lambda square: square.box.x0)


def _is_square(width: float, height: float) -> bool:
    return _SQUARE[0] <= width <= _SQUARE[1] and _SQUARE[0] <= height <= _SQUARE[1] and 0.62 <= width / height <= 1.6


def _is_framed(part: NDArray[np.uint8]) -> bool:
    """Whether all four sides are drawn: a band along each edge is dark over most of its length."""
    band = max(2, round(min(part.shape) * 0.22))
    sides = (part[:band].max(axis=0), part[-band:].max(axis=0), part[:, :band].max(axis=1), part[:, -band:].max(axis=1))
    shares = sorted(float((side > 0).mean()) for side in sides)
    return shares[0] > 0.55 and shares[1] > 0.7


def _inside(part: NDArray[np.uint8]) -> float:
    height, width = part.shape
    margin_y, margin_x = max(2, round(height * 0.22)), max(2, round(width * 0.22))
    core = part[margin_y : height - margin_y, margin_x : width - margin_x]
    return float((core > 0).mean()) if core.size else 0.0


def _same(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) < 4 and abs(one.y0 - other.y0) < 4


def ink_in(ink: Picture, scale: float, region: Box, without: Sequence[Box] = ()) -> tuple[float, float]:
    """How much of a region is inked, in square points, and the width of its widest stroke, in points.

    The given boxes (words, ruled lines) are left out, and so are specks.
    """
    x0, y0 = max(0, int(region.x0 * scale)), max(0, int(region.y0 * scale))
    x1, y1 = min(ink.shape[1], int(region.x1 * scale)), min(ink.shape[0], int(region.y1 * scale))
    if x1 <= x0 or y1 <= y0:
        return 0.0, 0.0
    part = ink[y0:y1, x0:x1].copy()
    for box in without:
        left, right = int((box.x0 - 0.7) * scale) - x0, int((box.x1 + 0.7) * scale) + 1 - x0
        top, bottom = int((box.y0 - 0.7) * scale) - y0, int((box.y1 + 0.7) * scale) + 1 - y0
        part[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0
    # Specks are not ink: a stroke survives an opening with two pixels, dust of a fax does not.
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    least = (2.2 * scale) ** 2 * 0.35
    strokes = [(area, width) for _, _, width, _, area in stats[1:count] if area >= least]
    amount = float(sum(area for area, _ in strokes)) / (scale * scale)
    return amount, float(max((width for _, width in strokes), default=0)) / scale
