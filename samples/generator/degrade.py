"""What a desk really gets: pages faxed, scanned or photographed. Boxes follow the page through every bend.

Every function takes a page in grey (0 black, 255 white) and a seeded generator and gives a `Picture`: its pixels, its
resolution, and the mapping from points on the paper to points on the picture (1/72 inch by the resolution tag).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from samples.generator.typesetting import FONTS

Grey = np.ndarray[Any, np.dtype[np.uint8]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
FAX_STANDARD = (204, 98)
FAX_FINE = (204, 196)
FAX_WIDTH = 1728


@dataclass(frozen=True)
class Picture:
    """Pixels in grey or 1-bit (0 and 255), dots per inch across and down, and points on paper → points on the picture."""

    pixels: Grey
    dpi: tuple[float, float]
    bend: Matrix

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape[:2]
        return width * 72 / self.dpi[0], height * 72 / self.dpi[1]

    def box(self, box: tuple[float, float, float, float]) -> list[float]:
        """Where a box on the paper came to lie: the upright rectangle around its bent corners."""
        x0, y0, x1, y1 = box
        corners = self.bend @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]], dtype=float)
        xs, ys = corners[0] / corners[2], corners[1] / corners[2]
        return [round(float(edge), 1) for edge in (xs.min(), ys.min(), xs.max(), ys.max())]


def render(pdf: bytes, dpi: float, only: int | None = None) -> list[Grey]:
    """The pages of a PDF (or only one, counted from 1) in grey at `dpi`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = range(len(document)) if only is None else [only - 1]
        return [_rendered(document[number], dpi) for number in wanted]
    finally:
        document.close()


def _rendered(page: pypdfium2.PdfPage, dpi: float) -> Grey:
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    pixels: Grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return pixels


def faxed(
    page: Grey, rng: np.random.Generator, header: str = "", dpi: float = 204,
    fine: bool = False, skew: float | None = None, dirt: float = 1.0,
) -> Picture:  # fmt: skip
    """A Group 3 fax, 204 × 98 dots an inch (196 when `fine`): skewed by 1 to 2 degrees, noisy, 1-bit, a header line on top."""
    angle = skew if skew is not None else float(rng.uniform(1.0, 2.0) * rng.choice([-1, 1]))
    turned, matrix = _turned(page, angle, shift=(float(rng.uniform(-8, 8)), float(rng.uniform(0, 14))))
    tall = FAX_FINE if fine else FAX_STANDARD
    rows = round(turned.shape[0] * tall[1] / dpi)
    small = cv2.resize(turned, (FAX_WIDTH, rows), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigmaX=0.55 * min(dirt, 1.3))
    noisy = small.astype(np.float32) + rng.normal(0, 17 * dirt, small.shape).astype(np.float32)
    bits = np.where(noisy < 168 + rng.uniform(-14, 14), 0, 255).astype(np.uint8)
    bits = _speckled(bits, rng, 0.0005 * dirt)
    if rng.random() < 0.35 * dirt:
        bits[:, int(rng.integers(40, FAX_WIDTH - 40))] = 0
    if header:
        _write_header(bits, header, tall[1])
    # The fax machine's 1728 dots are a little more or less than the page was wide.
    stretch = np.diag([FAX_WIDTH / turned.shape[1] * dpi / tall[0], rows / turned.shape[0] * dpi / tall[1], 1.0])
    return Picture(bits, tall, stretch @ _in_points(matrix, dpi))


def scanned(
    page: Grey, rng: np.random.Generator, dpi: float = 200, skew: float | None = None, dirt: float = 1.0
) -> Picture:
    """A flat-bed scan in grey: slightly skewed, toner not quite black, paper not quite white, dust, a darker edge."""
    angle = skew if skew is not None else float(rng.uniform(-0.9, 0.9))
    turned, matrix = _turned(page, angle, shift=(float(rng.uniform(-6, 6)), float(rng.uniform(-6, 6))))
    soft = cv2.GaussianBlur(turned, (0, 0), sigmaX=0.5 + 0.35 * dirt)
    paper, toner = float(rng.uniform(232, 250)), float(rng.uniform(18, 60))
    grey = toner + soft.astype(np.float32) * ((paper - toner) / 255)
    grey += rng.normal(0, 3.5 * dirt, grey.shape).astype(np.float32)
    edge = int(rng.integers(4, 22))
    grey[:, :edge] -= np.linspace(60, 0, edge, dtype=np.float32)
    out = np.clip(grey, 0, 255).astype(np.uint8)
    return Picture(_speckled(out, rng, 0.00004 * dirt), (dpi, dpi), _in_points(matrix, dpi))


def copied_to_bits(page: Grey, rng: np.random.Generator, dpi: float = 200, dirt: float = 1.0) -> Picture:
    """A photocopy scanned in black and white: letters thickened or eaten, pepper along one side."""
    angle = float(rng.uniform(-1.2, 1.2))
    turned, matrix = _turned(page, angle, shift=(float(rng.uniform(-8, 8)), float(rng.uniform(-8, 8))))
    soft = cv2.GaussianBlur(turned, (0, 0), sigmaX=0.9 * dirt).astype(np.float32)
    soft += rng.normal(0, 9 * dirt, soft.shape).astype(np.float32)
    bits = np.where(soft < rng.uniform(120, 190), 0, 255).astype(np.uint8)
    return Picture(_speckled(bits, rng, 0.0003 * dirt), (dpi, dpi), _in_points(matrix, dpi))


def photographed(page: Grey, rng: np.random.Generator, dpi: float = 200, dirt: float = 1.0) -> Picture:
    """A photograph with a telephone: perspective, a table behind, uneven light, the hand's shake."""
    height, width = page.shape
    out_w, out_h = 1512, 2016
    table = _table(out_w, out_h, rng)

    def inset(extent: int) -> float:
        return float(rng.uniform(0.03, 0.085)) * extent

    corners = np.array(
        [[inset(out_w), inset(out_h)], [out_w - inset(out_w), inset(out_h)],
         [out_w - inset(out_w), out_h - inset(out_h)], [inset(out_w), out_h - inset(out_h)]], dtype=np.float32,
    )  # fmt: skip
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners).astype(float)
    sheet = cv2.warpPerspective(page, matrix, (out_w, out_h), flags=cv2.INTER_AREA, borderValue=0)
    mask = cv2.warpPerspective(np.full_like(page, 255), matrix, (out_w, out_h), flags=cv2.INTER_LINEAR)
    share = mask.astype(np.float32) / 255
    paper = 30 + sheet.astype(np.float32) * (float(rng.uniform(205, 232)) / 255)
    scene = paper * share + table * (1 - share)
    scene *= _light(out_w, out_h, rng)
    blurred = cv2.GaussianBlur(scene, (0, 0), sigmaX=float(rng.uniform(0.5, 0.95)) * dirt)
    blurred += rng.normal(0, 4.5 * dirt, blurred.shape).astype(np.float32)
    to_pixels = np.diag([dpi / 72, dpi / 72, 1.0])
    to_points = np.diag([0.5, 0.5, 1.0])  # tagged 144 dpi, so that the sheet is about the size that it is
    return Picture(np.clip(blurred, 0, 255).astype(np.uint8), (144, 144), to_points @ matrix @ to_pixels)


def _turned(page: Grey, degrees: float, shift: tuple[float, float]) -> tuple[Grey, Matrix]:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] += shift
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return turned, np.vstack([matrix, [0, 0, 1]])


def _in_points(matrix: Matrix, dpi: float) -> Matrix:
    scale = np.diag([dpi / 72, dpi / 72, 1.0])
    return np.linalg.inv(scale) @ matrix @ scale


def _speckled(pixels: Grey, rng: np.random.Generator, share: float) -> Grey:
    """Specks of one to three dots, mostly black."""
    height, width = pixels.shape
    count = int(share * height * width)
    rows, columns = rng.integers(0, height - 2, count), rng.integers(0, width - 3, count)
    for row, column, long, white in zip(rows, columns, rng.integers(1, 4, count), rng.random(count) < 0.3, strict=True):
        pixels[row, column : column + long] = 255 if white else 0
    return pixels


def _write_header(bits: Grey, words: str, down: int) -> None:
    """The sending machine's line across the top, straight even when the sheet went in skewed."""
    band = Image.new("L", (bits.shape[1], 40), 255)
    ImageDraw.Draw(band).text((60, 4), words, fill=0, font=_mono(30))
    rows = round(40 * down / 204)
    strip = np.asarray(band.resize((bits.shape[1], rows), Image.Resampling.BOX))
    bits[2 : 2 + rows] = np.where(strip < 150, 0, 255)


@lru_cache(maxsize=4)
def _mono(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "LiberationMono-Bold.ttf"), size)


def _light(width: int, height: int, rng: np.random.Generator) -> Any:
    """Light that falls off to one side, and a soft shadow of a hand or a lamp."""
    ys, xs = np.mgrid[0 : height // 16, 0 : width // 16].astype(np.float32)
    xs, ys = xs / (width // 16), ys / (height // 16)
    fall = 1.0 - rng.uniform(0.12, 0.32) * np.abs(
        (xs - rng.uniform(0, 1)) * rng.uniform(0.5, 1) + (ys - rng.uniform(0, 1))
    )
    cx, cy, spread = rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.05, 0.2)
    shadow = 1.0 - rng.uniform(0.05, 0.25) * np.exp(-((xs - cx) ** 2 + (ys - cy) ** 2) / spread)
    return cv2.resize((fall * shadow).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)


def _table(width: int, height: int, rng: np.random.Generator) -> Any:
    """A table top with a grain."""
    grain = rng.normal(0, 1, (height // 8, width // 64)).astype(np.float32)
    return float(rng.uniform(60, 120)) + 9 * cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
