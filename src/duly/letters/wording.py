"""Text as a letter may show it: safe characters, dates in words, lists in sentences, in English and Spanish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from duly.letters.coverage import displayable
from duly.letters.language import words

LONGEST_WORD = 36
"""Characters after which an unbroken word may be broken, so that it cannot run off the page."""
BREAK = "\u200b"


def shown(text: str) -> str:
    """The text as it is printed: composed (NFC), line ends unified, and what no font can show spelled as a code point.

    Control and formatting characters (among them those that reverse the direction of writing, which can make a line
    read as something else) are spelled out too, never obeyed and never dropped.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(_visible(character) for character in composed)


def _visible(character: str) -> str:
    if character in "\n ":
        return character
    code = ord(character)
    if character == "\u00ad" or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"[U+{code:04X}]"
    if unicodedata.category(character) == "Zs":
        return character if character == "\u00a0" else " "
    return character if code in displayable() else f"[U+{code:04X}]"


_TIED = re.compile(
    r"(?<=§) (?=\S)|(?<=§§) (?=\S)|(?<=\d) (?=(?:U\.S\.C|C\.F\.R|F\. Supp|F\.[234]d|U\.S\.|S\. Ct)\b)|(?<=[PE]\.) (?=\d)"
)


def tied(text: str) -> str:
    """The same text with the parts of a citation held together on one line (U+00A0): § 1225, 8 U.S.C."""
    return _TIED.sub("\u00a0", text)


def breakable(text: str) -> str:
    """The same text with an invisible break (U+200B) in every word longer than `LONGEST_WORD`."""
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    pieces = [word[start : start + LONGEST_WORD // 2] for start in range(0, len(word), LONGEST_WORD // 2)]
    return BREAK.join(pieces)


def day(value: date, language: str = "en", *, weekday: bool = False) -> str:
    """A civil date in words: January 16, 2020; 16 de enero de 2020; with its weekday if asked."""
    spoken = words(language)
    pattern: str = spoken["date_with_weekday" if weekday else "date"]
    return pattern.format(
        weekday=spoken["weekdays"][value.weekday()],
        month=spoken["months"][value.month - 1],
        day=value.day,
        year=value.year,
    )


def moment(value: datetime, language: str = "en") -> str:
    """A moment in words, with the name of the zone that it carries: Thursday, January 16, 2020, 10:00 a.m. MST."""
    spoken = words(language)
    pattern: str = spoken["moment"]
    return pattern.format(
        date=day(value, language, weekday=True),
        hour=value.hour % 12 or 12,
        minute=f"{value.minute:02d}",
        half=spoken["halves"][value.hour // 12],
        zone=f" {value.tzname()}" if value.tzinfo is not None else "",
    )


def when(value: date | datetime, language: str = "en") -> str:
    """A date or a moment in words, with the weekday."""
    return moment(value, language) if isinstance(value, datetime) else day(value, language, weekday=True)


def series(items: Sequence[str], language: str = "en", *, joint: str = "and") -> str:
    """Items as one phrase: a; a and b; a, b, and c. `joint` is `and` or `or`."""
    spoken = words(language)
    if len(items) < 3:
        return f" {spoken[joint]} ".join(items)
    return f"{', '.join(items[:-1])}{spoken['series_comma']} {spoken[joint]} {items[-1]}"


def lines(parts: Iterable[str | None]) -> tuple[str, ...]:
    """The parts that say something, one line each."""
    return tuple(part for part in parts if part is not None and part.strip())
