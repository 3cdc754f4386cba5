"""The same content as a Word document, for lawyers who edit. It is a working copy: it has no twin and is never the letter."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from duly.letters.content import LetterContent
from duly.letters.language import words
from duly.letters.twin import twin_of_content
from duly.letters.wording import day

_DEEP = RGBColor(0x16, 0x2E, 0x51)
_SOFT = RGBColor(0x56, 0x5C, 0x65)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def docx(content: LetterContent) -> bytes:
    """The letter's words as DOCX, headings and tables as such. The same content gives the same bytes.

    Its header says that it is a working copy, whatever the letter's status: what leaves the office is the PDF.
    """
    twin = twin_of_content(content)
    document = Document()
    _describe(document, content, twin["title"])
    frame = words(content.language)["frame"]
    header = document.sections[0].header.paragraphs[0]
    header.text = frame["editable"]
    document.sections[0].footer.paragraphs[0].text = f"{frame['matter']} {twin['matter']}"
    _line(document, twin["from"]["name"], size=15, bold=True, colour=_DEEP)
    _line(document, "  ·  ".join(twin["from"]["lines"]), size=9, colour=_SOFT)
    _line(document, twin["date_shown"])
    if twin["to"] is not None:
        _line(
            document,
            "\n".join(part for part in (twin["to"]["delivery"], twin["to"]["name"], *twin["to"]["lines"]) if part),
        )
    document.add_heading(twin["title"], level=1)
    for line in twin["reference"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{line['label']}: ").bold = True
        paragraph.add_run(line["text"])
    _line(document, twin["salutation"])
    for block in twin["blocks"]:
        _BLOCKS[block["kind"]](document, block)
    _close(document, twin, content, frame)
    return _packed(document)


def _describe(document: WordDocument, content: LetterContent, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, content.office.name, content.language
    properties.created = properties.modified = content.created.astimezone(UTC).replace(tzinfo=None)
    properties.last_modified_by = content.office.name
    properties.comments = ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Source Serif 4", Pt(11)
    language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): f"{content.language}-US"})
    style.element.get_or_add_rPr().append(language)


def _line(
    document: WordDocument, text: str, *, size: float | None = None, bold: bool = False, colour: RGBColor | None = None
) -> WordParagraph | None:
    if not text:
        return None
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _heading(document: WordDocument, block: dict[str, object]) -> None:
    document.add_heading(str(block["text"]), level=2)


def _paragraph(document: WordDocument, block: dict[str, object]) -> None:
    paragraph = document.add_paragraph()
    if block["lead"]:
        paragraph.add_run(f"{block['lead']} ").bold = True
    paragraph.add_run(str(block["text"]))


def _quotation(document: WordDocument, block: dict[str, object]) -> None:
    document.add_paragraph(f"“{block['text']}”", style="Quote")
    _line(document, str(block["cite"]), size=9, colour=_SOFT)


def _notice(document: WordDocument, block: dict[str, object]) -> None:
    _line(document, str(block["title"]), bold=True, colour=_DEEP)
    _line(document, str(block["text"]))


def _items(document: WordDocument, block: dict[str, object]) -> None:
    style = "List Number" if block["numbered"] else "List Bullet"
    for item in _list(block["items"]):
        _item(document, item, style)


def _item(document: WordDocument, item: dict[str, object], style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    if item["lead"]:
        paragraph.add_run(f"{item['lead']} ").bold = True
    paragraph.add_run(str(item["text"]))
    if item["quotation"]:
        document.add_paragraph(f"“{item['quotation']}”", style="Quote")
    if item["cite"]:
        _line(document, str(item["cite"]), size=9, colour=_SOFT)


def _table(document: WordDocument, block: dict[str, object]) -> None:
    _line(document, str(block["caption"]), size=9, colour=_SOFT)
    headers = _texts(block["headers"])
    table = document.add_table(rows=1, cols=len(headers))
    table.style = "Light Grid"
    for cell, header in zip(table.rows[0].cells, headers, strict=True):
        cell.text = header
    for row in block["rows"] if isinstance(block["rows"], list) else ():
        for cell, text in zip(table.add_row().cells, _texts(row), strict=True):
            cell.text = text
    document.add_paragraph()


def _act(document: WordDocument, block: dict[str, object]) -> None:
    document.add_heading(str(block["label"]), level=3)
    paragraph = document.add_paragraph()
    paragraph.add_run(str(block["word"])).bold = True
    paragraph.add_run(f" · {block['meaning']}")
    _line(document, str(block["summary"]))
    for line in _list(block["lines"]):
        _line(document, str(line["heading"]), bold=True, size=10)
        for source in _list(line["sources"]):
            _item(document, source, "Normal")
    for note in _texts(block["notes"]):
        _line(document, note)


_BLOCKS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quotation": _quotation,
    "notice": _notice,
    "items": _items,
    "table": _table,
    "act": _act,
}


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []


def _close(document: WordDocument, twin: dict[str, object], content: LetterContent, frame: dict[str, str]) -> None:
    _line(document, str(twin["closing"]))
    for one in content.signatures:
        signed = "" if one.signed_on is None else f"{frame['signed']} {day(one.signed_on, content.language)}"
        _line(
            document,
            "\n".join(part for part in ("", one.name, one.title, *one.lines, one.role, signed) if part or part == ""),
        )
    copies = _texts(twin["copies"])
    _line(document, f"{frame['copies']} {'; '.join(copies)}" if copies else "", size=9)


def _packed(document: WordDocument) -> bytes:
    """The document with every part dated alike, so that equal content is equal bytes."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            packed.writestr(zipfile.ZipInfo(name, _ZIP_DATE), parts.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
