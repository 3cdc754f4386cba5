"""Reads a picture of a page: turns it upright and level, reads it by OCR, and maps what was read back to the page as shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from duly.evidence import Box
from duly.intake.engine import Polygon, ReadWord, find_lines, is_upside_down, read_lines
from duly.intake.reading import Page, Word
from duly.intake.ruling import binary, find_rules
from duly.intake.sheet import PackedInk, Picture, Sheet, lay_out

Matrix = NDArray[np.float64]
_LEVEL = 0.25
"""Degrees of skew below which a page counts as level."""


@dataclass(frozen=True, slots=True)
class Straightened:
    """A picture after turning, and the matrix (3 by 3, pixels) that led there from the original picture."""

    picture: Picture
    matrix: Matrix


def read_picture(
    picture: Picture,
    number: int,
    width: float,
    height: float,
    scale: float,
    *,
    flatten: Matrix | None = None,
    original: Matrix | None = None,
) -> Sheet:
    """One page from its picture. `width` and `height` are those of the displayed page in points.

    `scale` is pixels to a point of `picture`; `original` maps the pixels of `picture` to points of the displayed page
    where that is more than a division (a photograph that was flattened first).
    """
    to_page = original if original is not None else np.diag([1 / scale, 1 / scale, 1.0])
    lines = find_lines(picture)
    if not lines:
        return _wordless(picture, number, width, height, scale, to_page)
    turned, lines, rotation = _upright(picture, lines)
    to_page = to_page @ np.linalg.inv(turned.matrix)
    words = read_lines(turned.picture, lines)
    skew = _skew(lines)
    level = _levelled(turned.picture, skew)
    ink = binary(level.picture)
    rules = find_rules(ink, scale, scanned=True)
    back = to_page @ np.linalg.inv(level.matrix) @ np.diag([scale, scale, 1.0])
    laid = tuple(_word(word, level.matrix, 1 / scale) for word in words)
    shown = tuple(Word(word.text, mapped(word.box, back), word.confidence) for word in laid)
    page = Page(number, width, height, shown, "ocr" if shown else "none", rotation, round(skew, 2))
    tall, wide = level.picture.shape
    return Sheet(
        page, laid, lay_out(number, without_transmission_line(laid, tall / scale), rules), rules, PackedInk.of(ink), scale, wide / scale, tall / scale,
        partial(mapped, matrix=back),
    )  # fmt: skip


_TRANSMISSION = re.compile(
    r"\b(?:page|pg|p)\s*[.:]?\s*\d{1,3}\s*(?:/|of|\s)\s*\d{1,3}|\bfax\b|\bfrom\b.*\bdate\b|\d{1,2}:\d\d.*\b\d{3}[ -]\d{4}\b|\bP[.,]\s?\d",
    re.IGNORECASE,
)


def without_transmission_line(words: Sequence[Word], height: float) -> list[Word]:
    """The words without the line that a fax machine prints over or under a page: its date is not the paper's."""
    kept = list(words)
    over = [word for word in words if word.box.y1 < 0.045 * height]
    under = [word for word in words if word.box.y0 > 0.955 * height]
    for line in (over, under):
        text = " ".join(word.text for word in sorted(line, key=lambda word: word.box.x0))
        if line and _TRANSMISSION.search(text):
            kept = [word for word in kept if word not in line]
    return kept


def _wordless(picture: Picture, number: int, width: float, height: float, scale: float, to_page: Matrix) -> Sheet:
    page = Page(number, width, height, (), "none")
    back = to_page @ np.diag([scale, scale, 1.0])
    tall, wide = picture.shape
    return Sheet(
        page, (), (), (), PackedInk.of(binary(picture)), scale, wide / scale, tall / scale, partial(mapped, matrix=back)
    )


def _upright(picture: Picture, lines: list[Polygon]) -> tuple[Straightened, list[Polygon], int]:
    """Turns the picture by quarter turns until its lines run from left to right, and says by how many degrees."""
    matrix: Matrix = np.eye(3)
    rotation = 0
    if _runs_upright(lines):
        turned = np.ascontiguousarray(np.rot90(picture, k=-1))
        matrix = np.array([[0.0, -1.0, picture.shape[0] - 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        picture, rotation = turned, 90
        lines = find_lines(picture)
    if lines and is_upside_down(picture, lines):
        height, width = picture.shape
        half = np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])
        matrix = half @ matrix
        picture, rotation = np.ascontiguousarray(np.rot90(picture, k=2)), rotation + 180
        # The corner that was last is now first.
        lines = [np.roll(_moved(line, half), 2, axis=0) for line in lines]
        lines.sort(key=lambda line: (float(line[:, 1].min()), float(line[:, 0].min())))
    return Straightened(picture, matrix), lines, rotation


def _runs_upright(lines: Sequence[Polygon]) -> bool:
    """Whether the long lines run up or down the page."""
    upright = level = 0.0
    for line in lines:
        width, height = np.ptp(line[:, 0]), np.ptp(line[:, 1])
        if height > 2.5 * width:
            upright += float(height)
        elif width > 2.5 * height:
            level += float(width)
    return upright > 1.5 * level


def _skew(lines: Sequence[Polygon]) -> float:
    """The angle of the lines in degrees, clockwise positive: the median over long lines, by length."""
    angles: list[tuple[float, float]] = []
    for line in lines:
        across = (line[1] - line[0]) + (line[2] - line[3])
        length = float(np.hypot(*across)) / 2
        height = float(np.linalg.norm(line[3] - line[0]))
        if length > 5 * height:
            angles.append((float(np.degrees(np.arctan2(across[1], across[0]))), length))
    if not angles:
        return 0.0
    angles.sort()
    half, passed = sum(length for _, length in angles) / 2, 0.0
    for angle, length in angles:
        passed += length
        if passed >= half:
            return angle
    return 0.0


def _levelled(picture: Picture, skew: float) -> Straightened:
    if abs(skew) < _LEVEL or abs(skew) > 20:
        return Straightened(picture, np.eye(3))
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    level = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return Straightened(level.astype(np.uint8), np.vstack([turn, [0.0, 0.0, 1.0]]))


def _moved(points: Polygon, matrix: Matrix) -> Polygon:
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix)
    return np.asarray(moved.reshape(-1, 2), dtype=np.float32)


def _word(word: ReadWord, matrix: Matrix, points: float) -> Word:
    corners = _moved(word.polygon, matrix) * points
    # Over a slanting line the corners' extremes are too tall: the mean of the two upper and the two lower ones is the line.
    top, bottom = float(corners[:2, 1].mean()), float(corners[2:, 1].mean())
    return Word(
        word.text,
        Box(float(corners[:, 0].min()), min(top, bottom), float(corners[:, 0].max()), max(top, bottom)),
        word.confidence,
    )


def mapped(box: Box, matrix: Matrix) -> Box:
    """The box around a box's four corners after mapping."""
    corners = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]], dtype=np.float32)
    moved = _moved(corners, matrix)
    return Box(*(round(float(value), 2) for value in (*moved.min(axis=0), *moved.max(axis=0))))
