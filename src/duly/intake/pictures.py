"""Pictures of papers: scans, faxes and photographs in TIFF, PNG, JPEG and the like, page by page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from duly.intake.limits import Limits
from duly.intake.refusal import Refused
from duly.intake.scanning import Matrix, read_picture
from duly.intake.sheet import Picture, Sheet

if TYPE_CHECKING:
    from duly.intake.pages import Source

_DPI = 200.0
_DAMAGED = "Ask the sender for it again, or scan the paper anew."


def picture_source(data: bytes, limits: Limits) -> Source:
    """Opens a picture of one or more pages. Raises Refused when it is damaged or too large."""
    from duly.intake.pages import Source

    image = _open(data, limits)
    frames = int(getattr(image, "n_frames", 1))
    if frames > limits.pages:
        raise Refused(
            f"The picture has {frames} pages; Duly reads up to {limits.pages} in one file.",
            remedy="Split it into smaller files, one bundle each.",
            code="too-many-pages",
        )
    return Source(frames, _sheets(image, frames, limits))


def _open(data: bytes, limits: Limits) -> Image.Image:
    # The size is checked below, before anything is unpacked, with a sentence that says what it is.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(
            "The picture is damaged or cut short and cannot be opened.", remedy=_DAMAGED, code="damaged"
        ) from error
    _check_size(image, limits)
    return image


def _check_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.pixels * 2:
        raise Refused(
            f"The picture is {width} by {height} dots; that is more than any page needs.",
            remedy="Scan the paper at 200 to 300 dots an inch.",
            code="too-many-pixels",
        )
    if width < 8 or height < 8:
        raise Refused("The picture is too small to hold a page.", remedy=_DAMAGED, code="damaged")


def _sheets(image: Image.Image, frames: int, limits: Limits) -> Iterator[Sheet]:
    for index in range(frames):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image.seek(index)
                _check_size(image, limits)
                grey = _grey(image)
                across, down = _resolution(image)
        except (
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            KeyError,
            TypeError,
            IndexError,
            Image.DecompressionBombError,
        ) as error:
            raise Refused(
                f"Page {index + 1} of the picture is damaged or cut short.", remedy=_DAMAGED, code="damaged"
            ) from error
        yield _sheet(grey, across, down, index + 1)


def _grey(image: Image.Image) -> Picture:
    """The page in grey on white, turned as its camera says."""
    upright = ImageOps.exif_transpose(image) or image
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright)
    if upright.mode.startswith(("I", "F")):
        values = np.asarray(upright, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        return ((values - low) * (255.0 / max(1.0, high - low))).astype(np.uint8)
    return np.asarray(upright.convert("L"), dtype=np.uint8)


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down, as the file says where that makes a page, else as a letter-size page would have them.

    A fax has 204 across and 98 or 196 down; only the ratio decides how it looks.
    """
    width, height = image.size
    stated = image.info.get("dpi")
    if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        width, height = height, width
        stated = (stated[1], stated[0]) if stated else None
    if stated is not None and len(stated) == 2:
        across, down = float(stated[0]), float(stated[1])
        if across > 0 and down > 0 and 3.0 <= width / across <= 20 and 2.0 <= height / down <= 25:
            return across, down
    # A standard fax without its resolution: 1728 dots on 215 mm, and about 1100 or 2200 rows.
    if width in (1728, 2048, 2432) and height < 0.9 * width:
        return width / 8.47, height / 11.0
    side = width / 8.5 if width <= height else height / 8.5
    return side, side


def _sheet(grey: Picture, across: float, down: float, number: int) -> Sheet:
    """Brings the page to square dots at a resolution that suits reading, and reads it."""
    width, height = grey.shape[1] * 72 / across, grey.shape[0] * 72 / down
    flat = page_outline(grey)
    if flat is not None:
        return _flattened(grey, flat, width, height, number)
    scale = _DPI / 72
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    enlarge = size[0] * size[1] > grey.shape[0] * grey.shape[1]
    even = cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR if enlarge else cv2.INTER_AREA).astype(np.uint8)
    if enlarge:
        # The steps of a fax's coarse rows read better softened.
        even = cv2.GaussianBlur(even, (3, 3), 0).astype(np.uint8)
    return read_picture(even, number, width, height, scale)


def _flattened(grey: Picture, corners: Matrix, width: float, height: float, number: int) -> Sheet:
    """A sheet that lies slanting in a photograph, laid flat before it is read."""
    sides = [float(np.linalg.norm(corners[index] - corners[(index + 1) % 4])) for index in range(4)]
    wide, tall = max(sides[0], sides[2]), max(sides[1], sides[3])
    points = (612.0, 612.0 * tall / wide) if wide <= tall else (612.0 * wide / tall, 612.0)
    scale = _DPI / 72
    size = (round(points[0] * scale), round(points[1] * scale))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255).astype(np.uint8)
    to_page = np.diag([width / grey.shape[1], height / grey.shape[0], 1.0]) @ np.linalg.inv(matrix)
    return read_picture(flat, number, width, height, scale, original=to_page)


def page_outline(grey: Picture) -> Matrix | None:
    """The corners of a sheet of paper that lies on a darker ground: top left, top right, bottom right, bottom left.

    None when the page fills the picture, as in a scan.
    """
    shrink = 640 / max(grey.shape)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else grey
    shrink = min(1.0, shrink)
    smooth = cv2.morphologyEx(cv2.GaussianBlur(small, (5, 5), 0), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    edge = np.concatenate([smooth[:4].ravel(), smooth[-4:].ravel(), smooth[:, :4].ravel(), smooth[:, -4:].ravel()])
    middle = float(np.percentile(smooth, 80))
    if float(np.median(edge)) > middle - 35:
        return None
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    share = cv2.contourArea(largest) / (small.shape[0] * small.shape[1])
    if not 0.25 < share < 0.985:
        return None
    hull = cv2.convexHull(largest)
    for slack in (0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(hull, slack * cv2.arcLength(hull, True), True)
        if len(corners) == 4 and cv2.contourArea(corners) > 0.85 * cv2.contourArea(hull):
            return _in_order(corners.reshape(4, 2).astype(np.float64) / shrink)
    return None


def _in_order(corners: Matrix) -> Matrix:
    """Top left first, then clockwise."""
    total, difference = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    return np.array(
        [corners[total.argmin()], corners[difference.argmax()], corners[total.argmax()], corners[difference.argmin()]]
    )
