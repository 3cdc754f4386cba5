"""PDF pages: their words with boxes as the page is displayed, and their picture."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, sin

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from duly.evidence import Box
from duly.intake.reading import Word
from duly.intake.refusal import Refused
from duly.intake.sheet import Picture, is_right_to_left

DIGITAL_DPI = 150
_INVISIBLE = 3
_TWIN = "duly-letter.json"
"""What a letter made by Duly says, as data: `duly.exchange` holds it against the page."""
_JOINED = {"\u2010": "-", "\u2011": "-", "\u00ad": "-", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u0002": "-"}


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words of a page's text layer; `hidden` counts the characters that are set to be invisible, `sideways` those
    that do not stand upright as the page is displayed; `pale` are the places of words set in white."""

    words: tuple[Word, ...]
    hidden: int
    sideways: int
    pale: frozenset[int] = frozenset()


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The document. Raises Refused when it is protected, damaged or has no pages."""
    try:
        document = pypdfium2.PdfDocument(data, autoclose=True)
    except pypdfium2.PdfiumError as error:
        raise _why_not(error, data) from error
    if len(document) == 0:
        raise Refused("The PDF has no pages.", remedy="Ask the sender for the paper again.", code="no-pages")
    # Filled-in form fields are part of what the page shows.
    document.init_forms()
    return document


def beside_the_pages(document: pypdfium2.PdfDocument, data: bytes) -> tuple[str, ...]:
    """What the file carries that is on no page and so was not read: a paper may hide in it, or in what it would do."""
    found = []
    names = [document.get_attachment(index).get_name() for index in range(document.count_attachments())]
    names = [name for name in names if name != _TWIN]
    if names:
        count = "a file" if len(names) == 1 else f"{len(names)} files"
        listed = ", ".join(f"“{name}”" for name in names[:5]) + (" and more" if len(names) > 5 else "")
        found.append(f"The PDF carries {count} inside it that no page shows and that was not read: {listed}.")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0 or re.search(rb"/S\s*/JavaScript\b", data):
        found.append("The PDF carries a program (JavaScript). It was not run; only what the pages show was read.")
    return tuple(found)


def open_page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """A page with its filled-in form fields and visible annotations made part of its content, in memory only."""
    page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:
        flattened = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        if flattened == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
    return page


def _why_not(error: pypdfium2.PdfiumError, data: bytes) -> Refused:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Refused(
            "The PDF is protected with a password.",
            remedy="Open it with the password, print it to a new PDF, and put that in; or ask the sender for a copy without one.",
            code="encrypted",
        )
    if code == pdfium.FPDF_ERR_PAGE or (
        re.search(rb"/Count\s+0\b", data) and not re.search(rb"/Type\s*/Page\b(?!s)", data)
    ):
        return Refused("The PDF has no pages.", remedy="Ask the sender for the paper again.", code="no-pages")
    return Refused(
        "The PDF is damaged or cut short and cannot be opened.",
        remedy="Ask the sender for it again, or print the paper and scan it.",
        code="damaged",
    )


def text_layer(page: pypdfium2.PdfPage) -> TextLayer:
    """The words that the page's text layer holds, in points from the top left as displayed, rotation and crop applied."""
    textpage = page.get_textpage()
    to_displayed = _display_transform(page)
    letters = list(_letters(textpage.raw, to_displayed))
    hidden = sum(1 for letter in letters if letter.hidden)
    sideways = sum(1 for letter in letters if letter.sideways)
    found = list(_words(letter for letter in letters if not letter.hidden))
    textpage.close()
    pale = frozenset(place for place, (_, is_pale) in enumerate(found) if is_pale)
    return TextLayer(tuple(word for word, _ in found), hidden, sideways, pale)


@dataclass(slots=True)
class _Letter:
    text: str
    box: Box
    hidden: bool
    sideways: bool
    blank: bool
    pale: bool = False


def _display_transform(page: pypdfium2.PdfPage) -> tuple[float, float, float, float, float, float]:
    """The affine map from the page's own space to points from the top left of the displayed page."""
    width, height = page.get_size()
    precision = 1000.0
    points = []
    for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, round(width * precision), round(height * precision), 0, x, y, across, down
        )
        points.append((across.value / precision, down.value / precision))
    (e, f), (ax, ay), (bx, by) = points
    return (ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f


def _letters(
    textpage: ctypes.c_void_p, transform: tuple[float, float, float, float, float, float]
) -> Iterator[_Letter]:
    a, b, c, d, e, f = transform
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    modes: dict[int, bool] = {}
    tones: dict[int, bool] = {}
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (0, 0xFFFE, 0xFFFF):
            continue
        character = _JOINED.get(chr(code), chr(code))
        if character.isspace():
            yield _Letter(" ", Box(0, 0, 0, 0), False, False, True)
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, loose):
            continue
        x0, x1, y0, y1 = loose.left, loose.right, loose.bottom, loose.top
        if pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top) and right.value > left.value:
            # The tight box tells where the ink is; the loose one gives every letter of a line the same height.
            x0, x1 = (left.value, right.value) if b == 0 else (x0, x1)
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y1))]
        box = Box(
            min(p[0] for p in corners),
            min(p[1] for p in corners),
            max(p[0] for p in corners),
            max(p[1] for p in corners),
        )
        angle = pdfium.FPDFText_GetCharAngle(textpage, index)
        across = a * cos(angle) + c * sin(angle)
        down = b * cos(angle) + d * sin(angle)
        turned = across <= abs(down)
        yield _Letter(
            character, box, _is_hidden(textpage, index, modes), turned, False, _is_pale(textpage, index, tones)
        )


def _is_hidden(textpage: ctypes.c_void_p, index: int, modes: dict[int, bool]) -> bool:
    """Whether the letter is set in the invisible mode, as the text under a scanned picture is."""
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    if not item:
        return False
    key = ctypes.cast(item, ctypes.c_void_p).value or 0
    if key not in modes:
        modes[key] = pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
    return modes[key]


def _is_pale(textpage: ctypes.c_void_p, index: int, tones: dict[int, bool]) -> bool:
    """Whether the letter is white, or as good as transparent: on white paper nobody sees it."""
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    key = ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0
    if key not in tones:
        red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
        known = pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, opacity)
        tones[key] = bool(known) and (min(red.value, green.value, blue.value) > 245 or opacity.value < 12)
    return tones[key]


def _words(letters: Iterator[_Letter]) -> Iterator[tuple[Word, bool]]:
    """Each word, and whether it is set in white."""
    current: list[_Letter] = []
    for letter in letters:
        if current and (letter.blank or _apart(current[-1], letter)):
            yield _word(current)
            current = []
        if not letter.blank:
            current.append(letter)
    if current:
        yield _word(current)


def _apart(left: _Letter, right: _Letter) -> bool:
    height = max(1.0, left.box.y1 - left.box.y0)
    gap = right.box.x0 - left.box.x1
    return gap > 0.45 * height or gap < -1.5 * height or abs(right.box.y1 - left.box.y1) > 0.5 * height


def _word(letters: list[_Letter]) -> tuple[Word, bool]:
    box = letters[0].box
    for letter in letters[1:]:
        box = box.union(letter.box)
    text = "".join(letter.text for letter in letters)
    if is_right_to_left(text) and letters[0].box.x0 < letters[-1].box.x0:
        # Some programs set Hebrew and Arabic as they are seen, from left to right.
        text = text[::-1]
    word = Word(unicodedata.normalize("NFKC", text), box)
    return word, all(letter.pale for letter in letters)


def render(page: pypdfium2.PdfPage, dpi: float, most_pixels: int) -> tuple[Picture, float]:
    """The page as a grey picture and its scale in pixels to a point; coarser where the page is very large."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > most_pixels:
        scale = (most_pixels / (width * height)) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True, rev_byteorder=False)
    picture = np.array(bitmap.to_numpy(), dtype=np.uint8)
    bitmap.close()
    return (picture[..., 0] if picture.ndim == 3 else picture), scale


def covered_by_pictures(page: pypdfium2.PdfPage) -> float:
    """The share of the page, 0 to 1, that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        largest = max(largest, abs(right - left) * abs(top - bottom))
    return float(min(1.0, largest / max(1.0, width * height)))
