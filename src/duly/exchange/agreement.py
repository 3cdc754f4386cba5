"""Whether the page that a person sees says the same as the data that a program reads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pypdfium2 as pdfium
from rapidfuzz import fuzz

from duly.errors import DulyError
from duly.exchange.keys import ExchangeError
from duly.letters import SCHEMA, languages, visible
from duly.letters.language import words
from duly.letters.terms import label, to_do
from duly.letters.wording import day, shown
from duly.production.leaks import as_pictures
from duly.production.redaction import Recogniser, words_seen

_ENOUGH = 80.0
"""Per cent of a text's characters that OCR must find again; it errs in some letters, not in whole sentences."""
_GLUE = re.compile(r"^(?:[“”·;•]|\d{1,3}\.)*$")
"""What the page adds to the words: quotation marks, dots between parts, bullets, numbers of a list."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that page and data do not both say. `where` is a part of the twin, or a page."""

    kind: Literal["not on the page", "not in the data", "value and words differ", "not in the picture", "unreadable"]
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.text}"


def agrees(
    pdf: bytes, twin: Mapping[str, Any], *, look: bool = False, recognise: Recogniser | None = None
) -> list[Difference]:
    """Where the page and the twin differ; empty when each says all that the other says.

    The words of the twin must stand on the pages in its order, with nothing between them; typed values must be those that
    the words name; what the record states of person, number, position and sources must be said. With `look`, OCR reads the
    rendered pages too, for a text layer can say what no eye sees. Raises ExchangeError when the file cannot be opened or
    the twin has a schema that is not known here.
    """
    if twin.get("schema") != SCHEMA:
        raise ExchangeError(
            f"The data has the schema {twin.get('schema')!r}; this Duly compares {SCHEMA}.", remedy="Go by the page."
        )
    try:
        expected = visible(twin)
        found = [*_words(pdf, twin, expected), *_values(twin), *_record(twin, expected)]
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, DulyError) as error:
        if isinstance(error, ExchangeError):
            raise
        return [Difference("unreadable", "twin", f"it does not have the shape of {SCHEMA}: {error!r}")]
    return [*found, *_picture(pdf, expected, recognise)] if look else found


def _fold(text: str) -> str:
    """Composed and compatible forms, no spacing, and scripts written from right to left left out (compared apart)."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        one for one in normal if not one.isspace() and one not in "\u200b\u00ad\ufffe" and not _from_right(one)
    )


def _from_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def _rights(text: str) -> Counter[str]:
    """The letters of right-to-left scripts: a text layer holds them in the order of the eye, the data in that of speech."""
    return Counter(one for one in unicodedata.normalize("NFKC", text) if _from_right(one))


def _words(pdf: bytes, twin: Mapping[str, Any], expected: list[str]) -> list[Difference]:
    raw = _pages(pdf)
    text = "".join(_without_frame(_fold(page), twin, number, len(raw)) for number, page in enumerate(raw, 1))
    found: list[Difference] = []
    at = 0
    for part in [*expected, ""]:
        wanted = _fold(part)
        start = text.find(wanted, at) if part else len(text)
        if start < 0:
            found.append(Difference("not on the page", "twin", part))
            continue
        between = _without_dates(text[at:start], twin)
        if not _GLUE.match(between):
            found.append(Difference("not in the data", "page", between))
        at = start + len(wanted)
    if _rights("".join(raw)) != _rights("".join(expected)):
        found.append(Difference("not on the page", "twin", "words in a script written from right to left"))
    return found


def _pages(pdf: bytes) -> list[str]:
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise ExchangeError(f"The file cannot be opened as a PDF: {error}.") from error
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _without_frame(text: str, twin: Mapping[str, Any], number: int, pages: int) -> str:
    """The page without its running header and footer, which every page repeats."""
    frame = words(str(twin["language"]))["frame"]
    matter = shown(f"{frame['matter']} {twin['matter']}")
    footnote = f"  ·  {twin['footnote']}" if twin["footnote"] else ""
    footer = _fold(f"{matter}{footnote}{frame['page']} {number} {frame['of']} {pages}")
    header = _fold(frame[f"{twin['status']}-band"]) if twin["status"] != "final" else ""
    if not header and number > 1:
        header = _fold(f"{twin['from']['name']} · {twin['date_shown']}")
    for part in (header, footer):
        text = text.replace(part, "", 1) if part else text
    return text


def _without_dates(between: str, twin: Mapping[str, Any]) -> str:
    """The words that the layout sets beside signatures and copies."""
    frame = words(str(twin["language"]))["frame"]
    signed = [
        _fold(f"{frame['signed']} {day(date.fromisoformat(one['signed_on']), twin['language'])}")
        for one in twin["signatures"]
        if one["signed_on"] is not None
    ]
    for part in (*signed, _fold(frame["copies"])):
        between = between.replace(part, "", 1)
    return between


def _values(twin: Mapping[str, Any]) -> list[Difference]:
    """Typed values beside their words: a program reads the one, a person the other."""
    language = str(twin["language"])
    if language not in languages():
        raise ExchangeError(f"The letter is in {language!r}, which this Duly does not speak.")
    found = []
    if day(date.fromisoformat(twin["date"]), language) != twin["date_shown"]:
        found.append(Difference("value and words differ", "date", f"{twin['date']} is shown as {twin['date_shown']}"))
    for line in twin["reference"]:
        value = line["value"]
        if value is not None and not _says(line["text"], str(value), language):
            text = f"{value} is shown as {line['text']}"
            found.append(Difference("value and words differ", f"reference {line['label']}", text))
    outcomes = words(language)["outcomes"]
    for block in twin["blocks"]:
        if block["kind"] == "act" and outcomes[block["outcome"]]["word"] != block["word"]:
            text = f"{block['outcome']} is shown as {block['word']}"
            found.append(Difference("value and words differ", f"act {block['act']}", text))
    return found


def _says(text: str, value: str, language: str) -> bool:
    """Whether a text names a value: a date in words, a moment's date and clock time, or the words themselves."""
    moment = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}.*)?", value)
    if moment is None:
        return _fold(value) in _fold(text)
    if day(date.fromisoformat(moment[1]), language) not in text:
        return False
    if moment[2] is None:
        return True
    at = datetime.fromisoformat(value)
    return f"{at.hour % 12 or 12}:{at.minute:02d} {words(language)['halves'][at.hour // 12]}" in text


def _record(twin: Mapping[str, Any], expected: list[str]) -> list[Difference]:
    """What the record states that a reader would act on must stand in the letter's words."""
    record, language = twin["record"], str(twin["language"])
    page = _fold(" ".join(expected))
    said: list[tuple[str, str]] = []
    instrument = record.get("instrument", {})
    for role in ("person_named", "number", "file_number"):
        if instrument.get(role) is not None:
            said.append((f"record.instrument.{role}", shown(instrument[role])))
    position = record.get("position") or {}
    said += [("record.position.grounds", shown(ground["text"])) for ground in position.get("grounds", ())]
    order = record.get("order")
    if order:
        said += [
            ("record.order.court", shown(order["court"])),
            ("record.order.entered_on", day(date.fromisoformat(order["entered_on"]), language)),
        ]
    found = [Difference("not on the page", where, text) for where, text in said if _fold(text) not in page]
    for choice in position.get("choices", ()):
        found += _choice(choice, twin, page, language)
    return found


def _choice(choice: Mapping[str, str], twin: Mapping[str, Any], page: str, language: str) -> list[Difference]:
    """An act that the record says was decided must be named, and where a table gives the decision, it is that one."""
    act = choice["act"]
    names = {_fold(label(act, language)), _fold(to_do(act, language))}
    word = words(language)["choices"][choice["choice"]]
    for block in twin["blocks"]:
        if block["kind"] == "table" and len(block["headers"]) == 2:
            for row in block["rows"]:
                if _fold(row[0]) in names and _fold(row[1]).casefold() != _fold(word).casefold():
                    text = f"{choice['choice']} is shown as {row[1]}"
                    return [Difference("value and words differ", f"record.position.{act}", text)]
    return []


def _picture(pdf: bytes, expected: list[str], recognise: Recogniser | None) -> list[Difference]:
    """What OCR sees on the rendered pages against each text of some length."""
    seen = (recognise or words_seen)(as_pictures(pdf))
    text = _fold(" ".join(word.text for page in seen for word in page)).casefold()
    found = []
    for part in expected:
        wanted = _fold(part).casefold()
        if len(wanted) >= 12 and fuzz.partial_ratio(wanted, text) < _ENOUGH:
            found.append(Difference("not in the picture", "page", part))
    return found
