"""Pages as pictures: what a reader sees, rendered once, and a new PDF made from nothing but the pictures."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name
from PIL import Image

from duly.evidence import Box
from duly.intake import Word
from duly.production.marks import ProductionError

DPI = 300
MOST_PIXELS = 80_000_000
"""A page larger than this at 300 dpi (a poster) is rendered coarser, so that one page cannot exhaust the machine."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as displayed: its size in points and its pixels (grey or colour)."""

    width: float
    height: float
    pixels: NDArray[np.uint8]

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return float(self.pixels.shape[1]) / self.width


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for a new PDF: its picture, compressed, and the words that may be said of it.

    `coding` is the PDF filter; `pixels` are width, height and channels.
    """

    width: float
    height: float
    data: bytes
    coding: str
    pixels: tuple[int, int, int]
    words: tuple[Word, ...] = ()


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page as displayed, in points. Raises ProductionError like `pictures`."""
    document = _opened(pdf)
    try:
        return [document.get_page_size(index) for index in range(len(document))]
    finally:
        document.close()


def pictures(pdf: bytes, dpi: int = DPI) -> Iterator[Picture]:
    """Each page as a reader sees it, forms and annotations included, rotation and crop applied, one at a time.

    Raises ProductionError when the file cannot be opened or has no pages.
    """
    document = _opened(pdf)
    try:
        document.init_forms()
        for index in range(len(document)):
            yield _picture(document[index], dpi)
    finally:
        document.close()


def _opened(pdf: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise ProductionError(
            f"The file cannot be opened as a PDF: {error}.", remedy="Open the original and save it without a password."
        ) from error
    if len(document) == 0:
        document.close()
        raise ProductionError("The file has no pages.")
    return document


def _picture(page: pdfium.PdfPage, dpi: int) -> Picture:
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > MOST_PIXELS:
        scale = (MOST_PIXELS / (width * height)) ** 0.5
    colour = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False).to_numpy()[:, :, :3].copy()
    page.close()
    return Picture(width, height, _grey_if_grey(colour))


def _grey_if_grey(colour: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One channel where the page has no colour: a third of the size, the same picture."""
    spread = colour.max(axis=2).astype(np.int16) - colour.min(axis=2)
    return colour[:, :, 0].copy() if int(spread.max(initial=0)) <= 8 else colour


def sheet(picture: Picture) -> Sheet:
    """Grey pages without loss; colour pages as JPEG, encoded after painting, so that no ringing tells what was beneath."""
    pixels = picture.pixels
    shape = (pixels.shape[1], pixels.shape[0], 1 if pixels.ndim == 2 else 3)
    if pixels.ndim == 2:
        data = zlib.compress(np.ascontiguousarray(pixels).tobytes(), 6)
        return Sheet(picture.width, picture.height, data, "/FlateDecode", shape)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=88, subsampling=0)
    return Sheet(picture.width, picture.height, stream.getvalue(), "/DCTDecode", shape)


def pdf_of(sheets: Sequence[Sheet], *, title: str, created: datetime, language: str = "en-US") -> bytes:
    """A new PDF that holds the pictures, the words given with them as invisible text, and nothing else.

    Nothing of any earlier file can be in it: no stream, font, metadata, annotation or revision is carried over. The same
    sheets give the same bytes.
    """
    made = pikepdf.new()
    font = made.make_indirect(_invisible_font(made))
    for one in sheets:
        made.add_blank_page(page_size=(one.width, one.height))
        page = made.pages[-1]
        page.obj.Resources = Dictionary(XObject=Dictionary(Page=_image(made, one)), Font=Dictionary(F=font))
        page.obj.Contents = made.make_stream(_content(one))
    _describe(made, title, created, language)
    out = io.BytesIO()
    made.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _image(made: pikepdf.Pdf, one: Sheet) -> pikepdf.Object:
    image = pikepdf.Stream(made, one.data)
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name(one.coding)
    image.Width, image.Height, channels = one.pixels
    image.BitsPerComponent = 8
    image.ColorSpace = Name.DeviceGray if channels == 1 else Name.DeviceRGB
    return made.make_indirect(image)


def _content(page: Sheet) -> bytes:
    parts = [f"q {page.width:.3f} 0 0 {page.height:.3f} 0 0 cm /Page Do Q"]
    if page.words:
        parts.append("BT 3 Tr")
        parts += [_word(word, page.height) for word in page.words if word.text.strip()]
        parts.append("ET")
    return "\n".join(parts).encode("ascii")


def _word(word: Word, height: float) -> str:
    """One word, stretched to its box. Each character is half an em wide in the invisible font."""
    size = max(1.0, word.box.y1 - word.box.y0)
    codes = word.text.encode("utf-16-be", "ignore").hex()
    units = max(1, len(codes) // 4)
    stretch = 100 * (word.box.x1 - word.box.x0) / (units * size * 0.5)
    return f"/F {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {word.box.x0:.2f} {height - word.box.y1:.2f} Tm <{codes}> Tj"


_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Duly def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def _invisible_font(made: pikepdf.Pdf) -> Dictionary:
    """Codes are UTF-16; nothing is ever drawn (text rendering mode 3), so no glyphs are needed (ISO 32000-1, 9.3.6)."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Invisible, Flags=4, FontBBox=Array([0, -200, 500, 800]), ItalicAngle=0,
        Ascent=800, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Invisible, CIDSystemInfo=system,
        FontDescriptor=made.make_indirect(descriptor), DW=500, CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Invisible, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([made.make_indirect(descendant)]), ToUnicode=made.make_stream(_TO_UNICODE),
    )  # fmt: skip


def _describe(made: pikepdf.Pdf, title: str, created: datetime, language: str) -> None:
    """Title and moment only: nothing of the original's metadata."""
    stamp = created.astimezone(UTC)
    made.docinfo["/Title"] = title
    made.docinfo["/CreationDate"] = stamp.strftime("D:%Y%m%d%H%M%SZ")
    made.Root.Lang = pikepdf.String(language)
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def inside(word: Word, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a word's box lies in one of the boxes."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes)
