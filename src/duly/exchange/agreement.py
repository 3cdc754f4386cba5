"""Whether the page that a person sees says the same as the data that a program reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from rapidfuzz import fuzz

from duly.errors import DulyError
from duly.exchange.keys import ExchangeError
from duly.exchange.page_text import fold, page_text, pieces, stands_at
from duly.letters import SCHEMA, languages, visible
from duly.letters.language import words
from duly.letters.terms import label, to_do
from duly.letters.wording import day, shown
from duly.production.leaks import as_pictures
from duly.production.redaction import Recogniser, words_seen

_ENOUGH = 80.0
"""Per cent of a text's characters that OCR must find again; it errs in some letters, not in whole sentences."""


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
        found = [*_words(pdf, twin), *_values(twin), *_record(twin, expected)]
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, DulyError) as error:
        if isinstance(error, ExchangeError):
            raise
        return [Difference("unreadable", "twin", f"it does not have the shape of {SCHEMA}: {error!r}")]
    return [*found, *_picture(pdf, expected, recognise)] if look else found


def _words(pdf: bytes, twin: Mapping[str, Any]) -> list[Difference]:
    """Walks the pages' text piece by piece; whatever is left over between two pieces is not in the data."""
    text = page_text(pdf, twin)
    found: list[Difference] = []
    at = 0
    for piece in pieces(twin):
        wanted = fold(piece.text)
        start = at
        if piece.optional_before and stands_at(text, at, wanted) is None and text.startswith(piece.optional_before, at):
            start = at + len(piece.optional_before)
        end = stands_at(text, start, wanted)
        if end is None:
            later = text.find(wanted, at)
            if later < 0:
                found.append(Difference("not on the page", "twin", piece.text))
                continue
            found.append(Difference("not in the data", "page", text[at:later]))
            end = later + len(wanted)
        at = end
    if at < len(text):
        found.append(Difference("not in the data", "page", text[at:]))
    return found


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
        return fold(value) in fold(text)
    if day(date.fromisoformat(moment[1]), language) not in text:
        return False
    if moment[2] is None:
        return True
    at = datetime.fromisoformat(value)
    return f"{at.hour % 12 or 12}:{at.minute:02d} {words(language)['halves'][at.hour // 12]}" in text


def _record(twin: Mapping[str, Any], expected: list[str]) -> list[Difference]:
    """What the record states that a reader would act on must stand in the letter's words."""
    record, language = twin["record"], str(twin["language"])
    page = fold(" ".join(expected))
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
    found = [Difference("not on the page", where, text) for where, text in said if fold(text) not in page]
    for choice in position.get("choices", ()):
        found += _choice(choice, twin, page, language)
    return found


def _choice(choice: Mapping[str, str], twin: Mapping[str, Any], page: str, language: str) -> list[Difference]:
    """An act that the record says was decided must be named, and where a table gives the decision, it is that one."""
    act = choice["act"]
    names = {fold(label(act, language)), fold(to_do(act, language))}
    word = words(language)["choices"][choice["choice"]]
    for block in twin["blocks"]:
        if block["kind"] == "table" and len(block["headers"]) == 2:
            for row in block["rows"]:
                if fold(row[0]) in names and fold(row[1]).casefold() != fold(word).casefold():
                    text = f"{choice['choice']} is shown as {row[1]}"
                    return [Difference("value and words differ", f"record.position.{act}", text)]
    return []


def _picture(pdf: bytes, expected: list[str], recognise: Recogniser | None) -> list[Difference]:
    """What OCR sees on the rendered pages against each text of some length."""
    seen = (recognise or words_seen)(as_pictures(pdf))
    text = fold(" ".join(word.text for page in seen for word in page)).casefold()
    found = []
    for part in expected:
        wanted = fold(part).casefold()
        if len(wanted) >= 12 and fuzz.partial_ratio(wanted, text) < _ENOUGH:
            found.append(Difference("not in the picture", "page", part))
    return found
