"""Content → PDF/A-3a and PDF/UA-1 through typst, with only the vendored fonts and the JSON twin attached."""

from __future__ import annotations

import hashlib
import io
import json
from functools import lru_cache
from pathlib import Path

import pikepdf
import rfc8785
import typst

from duly.errors import DulyError, Place
from duly.letters.content import Letter, LetterContent
from duly.letters.coverage import FONTS
from duly.letters.payload import payload
from duly.letters.twin import twin_of_content

TEMPLATES = Path(__file__).parent / "templates"
ATTACHMENT = "duly-letter.json"


class LetterError(DulyError):
    """A letter could not be written as asked."""

    code = "letter"


def compose(content: LetterContent) -> Letter:
    """Typeset the content. The same content gives the same bytes, on every machine.

    Raises LetterError when the creation moment has no zone, the layout does not exist or typesetting fails.
    """
    if content.created.tzinfo is None:
        raise LetterError(
            "The letter's creation moment has no time zone.",
            place=Place(field="created"),
            remedy="Pass an aware datetime.",
        )
    layout = TEMPLATES / f"{content.layout}.typ"
    if not layout.is_file():
        raise LetterError(
            f"There is no layout {content.layout!r}.",
            place=Place(field="layout"),
            remedy="A layout is a .typ file in letters/templates.",
        )
    twin = twin_of_content(content)
    inputs = {"content": json.dumps(payload(content)), "twin": rfc8785.dumps(twin).decode()}
    pdf = _typeset(layout, inputs, int(content.created.timestamp()))
    return Letter(pdf=pdf, twin=twin, sha256=hashlib.sha256(pdf).hexdigest(), pages=_count_pages(pdf))


def _typeset(layout: Path, inputs: dict[str, str], timestamp: int) -> bytes:
    try:
        compiler = typst.Compiler(str(layout), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=timestamp)
    except typst.TypstError as error:
        raise LetterError(
            f"The letter could not be typeset: {error.message}.", place=Place(file=layout.name)
        ) from error
    if not isinstance(pdf, bytes):
        raise LetterError("The typesetter returned no PDF.", place=Place(file=layout.name))
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only the vendored faces: a letter must look the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _count_pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
