"""What a letter's pages must read, piece by piece, for its twin to be true: the twin's words with the layout's own marks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pypdfium2 as pdfium

from duly.exchange.keys import ExchangeError
from duly.letters.language import words
from duly.letters.wording import day, shown

_NOT_COMPARED = frozenset("\u200b\u00ad“”«»")
"""Places where a long word may break, and the quotation marks that a language sets around quoted words."""
_LINE_END_HYPHEN = {"\ufffe": "-", "\x02": "-"}
"""How the PDF reader marks a hyphen at the end of a line; letters are set without hyphenation, so it is one of the text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of text that must stand next on the page. `optional_before` may stand before it: a table's header, which
    is repeated where the table goes on over a page."""

    text: str
    optional_before: str = ""


def fold(text: str) -> str:
    """Compatible forms, no spacing; what stands in a script written from right to left is kept in the order given."""
    normal = unicodedata.normalize("NFKC", "".join(_LINE_END_HYPHEN.get(one, one) for one in text))
    return "".join(one for one in normal if not one.isspace() and one not in _NOT_COMPARED)


def is_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


def stands_at(text: str, at: int, piece: str) -> int | None:
    """Where the piece ends if it stands at `at`, or None.

    A text layer holds right-to-left script in the order of the eye, the data in that of speech: such a piece is compared
    by its characters and not by their order. Where it is mixed with digits on one line the reader's order can be such that
    a difference is told that is none; the other way round it cannot be.
    """
    end = at + len(piece)
    if text.startswith(piece, at) or (is_from_right(piece) and _characters(text[at:end]) == _characters(piece)):
        return end
    return None


def _characters(text: str) -> Counter[str]:
    """Brackets face the other way in right-to-left script, so they only count."""
    return Counter("|" if one in "()[]{}<>" else one for one in text)


def pieces(twin: Mapping[str, Any]) -> Iterator[Piece]:
    """Everything that the pages show, in order, without running headers and footers."""
    frame = words(str(twin["language"]))["frame"]
    yield from _plain(twin["from"]["name"], *_separated(twin["from"]["lines"], "·"), twin["date_shown"])
    if twin["to"] is not None:
        yield from _plain(twin["to"]["delivery"], twin["to"]["name"], *twin["to"]["lines"])
    yield from _plain(twin["title"])
    for line in twin["reference"]:
        yield from _plain(line["label"], line["text"])
    yield from _plain(twin["salutation"])
    for block in twin["blocks"]:
        yield from _block(block)
    yield from _plain(twin["closing"])
    for one in twin["signatures"]:
        yield from _plain(one["name"], one["title"], *one["lines"], one["role"])
        if one["signed_on"] is not None:
            yield from _plain(f"{frame['signed']} {day(date.fromisoformat(one['signed_on']), twin['language'])}")
    if twin["copies"]:
        yield from _plain(frame["copies"], *_separated(twin["copies"], ";"))


def _plain(*texts: str) -> Iterator[Piece]:
    return (Piece(text) for text in texts if fold(text))


def _one_line(*texts: str) -> Iterator[Piece]:
    """Texts that share a line: together where one is written from right to left, for then they change places."""
    if any(is_from_right(text) for text in texts):
        return _plain("".join(texts))
    return _plain(*texts)


def _separated(texts: list[str], mark: str) -> list[str]:
    return [text if index == 0 else f"{mark} {text}" for index, text in enumerate(texts)]


def _block(block: Mapping[str, Any]) -> Iterator[Piece]:
    kind = block["kind"]
    if kind == "items":
        for number, item in enumerate(block["items"], 1):
            yield from _one_line(f"{number}." if block["numbered"] else "•", *_item(item))
    elif kind == "table":
        header = "".join(fold(cell) for cell in block["headers"])
        yield from _plain(block["caption"], *block["headers"])
        for row in block["rows"]:
            for index, piece in enumerate(_one_line(*row)):
                yield Piece(piece.text, header if index == 0 else "")
    elif kind == "act":
        yield from _plain(block["label"], block["word"], f"· {block['meaning']}", block["summary"])
        for line in block["lines"]:
            yield from _plain(line["heading"])
            for source in line["sources"]:
                yield from _one_line(*_item(source))
        yield from _plain(*block["notes"])
    else:
        names = {
            "heading": ("text",),
            "paragraph": ("lead", "text"),
            "quotation": ("text", "cite"),
            "notice": ("title", "text"),
        }
        yield from _one_line(*(block[name] for name in names[kind]))


def _item(item: Mapping[str, Any]) -> tuple[str, ...]:
    return (item["lead"], item["text"], item["quotation"], item["cite"])


def page_text(pdf: bytes, twin: Mapping[str, Any]) -> str:
    """The text of all pages, folded, without running headers and footers. Raises ExchangeError for what is no PDF."""
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise ExchangeError(f"The file cannot be opened as a PDF: {error}.") from error
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "".join(_without_frame(fold(page), twin, number, len(pages)) for number, page in enumerate(pages, 1))


def _without_frame(text: str, twin: Mapping[str, Any], number: int, pages: int) -> str:
    frame = words(str(twin["language"]))["frame"]
    footnote = f"  ·  {twin['footnote']}" if twin["footnote"] else ""
    footer = fold(f"{frame['matter']} {shown(twin['matter'])}{footnote}{frame['page']} {number} {frame['of']} {pages}")
    header = ""
    if twin["status"] != "final":
        header = fold(frame[f"{twin['status']}-band"])
    elif number > 1:
        header = fold(f"{twin['from']['name']} · {twin['date_shown']}")
    for part in (header, footer):
        text = re.sub(f"^{re.escape(part)}|{re.escape(part)}$", "", text, count=1)
    return text
