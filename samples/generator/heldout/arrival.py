"""How a paper arrives: as a PDF, by fax, scanned, copied, photographed; upright or not; with or without a text layer by the scanner."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
from samples.generator import degrade
from samples.generator.copies import as_jpeg, as_pdf, as_png, as_tiff, moved, only_page
from samples.generator.degrade import Picture
from samples.generator.paper import Truth
from samples.generator.typesetting import Sheets

# Manner of arrival → share of a hundred papers.
MANNERS = {
    "digital": 46, "faxed": 12, "faxed fine": 6, "scanned": 12, "scanned with text": 5, "copied": 8, "photographed": 8, "image": 3,
}  # fmt: skip
MISREADINGS = {
    "o": "0",
    "0": "O",
    "l": "1",
    "1": "l",
    "e": "c",
    "rn": "m",
    "S": "5",
    "5": "S",
    "a": "o",
    "i": "j",
    "B": "8",
    ",": ".",
}


@dataclass
class Arrived:
    """A file as it arrives: its ending, bytes, truth, page sizes in points, and what happened to it."""

    ending: str
    data: bytes
    instruments: list[Truth]
    sizes: list[list[float]]
    manner: str
    dirt: float = 0.0
    turned: int = 0


def manner_of(rng: random.Random) -> str:
    return rng.choices(list(MANNERS), weights=list(MANNERS.values()))[0]


def arrive(sheets: Sheets, manner: str, rng: random.Random, may_turn: bool = True) -> Arrived:
    """The file that the desk gets. A photograph or an image holds one page (the first of the last instrument)."""
    noise = np.random.default_rng(rng.randrange(2**32))
    dirt = rng.choice((0.5, 0.8, 1.0, 1.0, 1.2, 1.5))
    if manner == "digital":
        return _digital(sheets, rng)
    if manner in ("photographed", "image"):
        number = sheets.instruments[-1]["first_page"]
        page = degrade.render(sheets.pdf, 200, only=number)[0]
        picture = (
            degrade.photographed(page, noise, 200, dirt)
            if manner == "photographed"
            else degrade.scanned(page, noise, 200, dirt=dirt * 0.6)
        )
        picture, turned = _maybe_turned(picture, rng, 0.08 if may_turn else 0)
        truth = only_page(sheets.instruments, number, picture)
        png = manner == "image" and rng.random() < 0.6
        data = as_png(picture) if png else as_jpeg(picture, rng.randint(45, 85))
        return Arrived("png" if png else "jpg", data, truth, [list(picture.size)], manner, dirt, turned)
    pictures, turned = _pictures(sheets, manner, noise, rng, dirt, may_turn)
    truth = moved(sheets.instruments, pictures)
    sizes = [list(picture.size) for picture in pictures]
    if manner.startswith("faxed") and rng.random() < 0.5:
        return Arrived("tif", as_tiff(pictures), truth, sizes, manner, dirt, turned)
    data = as_pdf(pictures, rng.randint(40, 75))
    if manner == "scanned with text" and not turned:
        data = _with_text_layer(data, sheets.pdf, pictures, rng)
    return Arrived("pdf", data, truth, sizes, manner, dirt, turned)


def _pictures(
    sheets: Sheets, manner: str, noise: np.random.Generator, rng: random.Random, dirt: float, may_turn: bool
) -> tuple[list[Picture], int]:
    if manner.startswith("faxed"):
        header = _fax_header(rng) if rng.random() < 0.85 else ""
        pages = degrade.render(sheets.pdf, 204)
        pictures = [
            degrade.faxed(page, noise, header.format(n=n, t=len(pages)), fine=manner.endswith("fine"), dirt=dirt)
            for n, page in enumerate(pages, start=1)
        ]
    elif manner == "copied":
        dpi = rng.choice((200, 200, 300))
        pictures = [degrade.copied_to_bits(page, noise, dpi, dirt) for page in degrade.render(sheets.pdf, dpi)]
    else:
        dpi = rng.choice((150, 200, 200))
        pictures = [degrade.scanned(page, noise, dpi, dirt=dirt) for page in degrade.render(sheets.pdf, dpi)]
    if not may_turn or rng.random() > 0.06:
        return pictures, 0
    quarter = rng.choice((2, 2, 1, 3))
    return [_quarter_turned(picture, quarter) for picture in pictures], quarter * 90


def _maybe_turned(picture: Picture, rng: random.Random, share: float) -> tuple[Picture, int]:
    if rng.random() >= share:
        return picture, 0
    quarter = rng.choice((1, 2, 3))
    return _quarter_turned(picture, quarter), quarter * 90


def _quarter_turned(picture: Picture, quarter: int) -> Picture:
    """The picture laid in the wrong way round: `quarter` quarter turns, clockwise."""
    wide, high = picture.size
    codes = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
    turn = {
        1: [[0, -1, high], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, wide], [0, -1, high], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, wide], [0, 0, 1]],
    }[quarter]
    across, down = picture.dpi
    dpi = (down, across) if quarter in (1, 3) else picture.dpi
    return Picture(cv2.rotate(picture.pixels, codes[quarter]), dpi, np.array(turn, dtype=float) @ picture.bend)


def _digital(sheets: Sheets, rng: random.Random) -> Arrived:
    """The agency's own PDF, now and then with /Rotate, an offset media box, or pages of another size."""
    data, instruments = sheets.pdf, sheets.instruments
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sizes = [[float(page.mediabox[2]), float(page.mediabox[3])] for page in pdf.pages]
        if rng.random() < 0.05:
            data, instruments = _offset(pdf, instruments, rng)
    return Arrived("pdf", data, instruments, sizes, "digital")


def _offset(pdf: pikepdf.Pdf, instruments: list[Truth], rng: random.Random) -> tuple[bytes, list[Truth]]:
    """A media box that does not begin at 0, 0: what is seen stays, what the numbers in the file say moves."""
    dx, dy = rng.uniform(20, 200), rng.uniform(20, 200)
    for page in pdf.pages:
        x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
        page.mediabox = [x0 + dx, y0 + dy, x1 + dx, y1 + dy]
        for name in ("/CropBox", "/TrimBox", "/ArtBox", "/BleedBox"):
            if name in page.obj:
                del page.obj[name]
        page.contents_add(f"q 1 0 0 1 {dx:.3f} {dy:.3f} cm".encode(), prepend=True)
        page.contents_add(b"Q", prepend=False)
        for annotation in page.obj.get("/Annots", []):
            annotation.Rect = pikepdf.Array(
                [float(edge) + shift for edge, shift in zip(annotation.Rect, (dx, dy, dx, dy), strict=True)]
            )
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue(), instruments


def _fax_header(rng: random.Random) -> str:
    day = f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}/20{rng.randint(17, 24)}"
    clock = f"{rng.randint(7, 18):02d}:{rng.randint(0, 59):02d}"
    return rng.choice((
        f"{day}  {clock}    ICE ERO            555 01{rng.randint(0, 99):02d}            " + "P.{n:02d}/{t:02d}",
        f"From: 555-01{rng.randint(0, 99):02d}   Page: {{n}}/{{t}}   Date: {day} {clock}",
        f"{day} {clock} FAX  U.S. DISTRICT COURT CLERK            " + "@{n:03d}/{t:03d}",
        f"{day}  {clock}  MIRAGE COUNTY SHERIFF  ->  RECORDS   " + "PG {n} OF {t}",
    ))  # fmt: skip


def _with_text_layer(scan: bytes, typeset: bytes, pictures: list[Picture], rng: random.Random) -> bytes:
    """The scanner's own OCR as an invisible text layer: nearly right, misread here and there."""
    share = rng.choice((0.0, 0.01, 0.03, 0.08))
    source = pypdfium2.PdfDocument(typeset)
    try:
        with pikepdf.open(io.BytesIO(scan)) as pdf:
            for number, page in enumerate(pdf.pages):
                font = pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
                page.obj.Resources.Font = pikepdf.Dictionary(F0=font)
                page.contents_add(_invisible(source[number], pictures[number], rng, share), prepend=False)
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True)
            return buffer.getvalue()
    finally:
        source.close()


def _invisible(page: Any, picture: Picture, rng: random.Random, share: float) -> bytes:
    text_page, high = page.get_textpage(), page.get_height()
    out = [b"q BT 3 Tr"]
    out_high = picture.size[1]
    for index in range(text_page.count_rects()):
        x0, y0, x1, y1 = text_page.get_rect(index)
        words = text_page.get_text_bounded(x0, y0, x1, y1).strip().replace("\r\n", " ").replace("\n", " ")
        if not words:
            continue
        left, top, right, bottom = picture.box((x0, high - y1, x1, high - y0))
        shown = _misread(words, rng, share).encode("cp1252", "replace")
        size = max(bottom - top, 4.0) * 0.8
        stretch = 100 * (right - left) / max(len(shown) * size * 0.5, 1)
        literal = shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        out.append(
            f"/F0 {size:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {left:.1f} {out_high - bottom + size * 0.2:.1f} Tm (".encode()
            + literal
            + b") Tj"
        )
    return b"\n".join([*out, b"ET Q"])


def _misread(words: str, rng: random.Random, share: float) -> str:
    return "".join(MISREADINGS.get(letter, letter) if rng.random() < share else letter for letter in words)
