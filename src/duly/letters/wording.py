"""Text as a letter may show it: safe characters, dates in words, lists in sentences, in English and Spanish."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

from duly.letters.coverage import displayable

Language = Literal["en", "es"]

LONGEST_WORD = 36
"""Characters after which an unbroken word may be broken, so that it cannot run off the page."""
BREAK = "\u200b"

_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
}  # fmt: skip
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}


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


def breakable(text: str) -> str:
    """The same text with an invisible break (U+200B) in every word longer than `LONGEST_WORD`."""
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    pieces = [word[start : start + LONGEST_WORD // 2] for start in range(0, len(word), LONGEST_WORD // 2)]
    return BREAK.join(pieces)


def day(value: date, language: Language = "en", *, weekday: bool = False) -> str:
    """A civil date in words: January 16, 2020; 16 de enero de 2020; with its weekday if asked."""
    month = _MONTHS[language][value.month - 1]
    name = _WEEKDAYS[language][value.weekday()]
    if language == "es":
        return (
            f"{name}, {value.day} de {month} de {value.year}" if weekday else f"{value.day} de {month} de {value.year}"
        )
    return f"{name}, {month} {value.day}, {value.year}" if weekday else f"{month} {value.day}, {value.year}"


def moment(value: datetime, language: Language = "en") -> str:
    """A moment in words, with the name of its zone where it has one: January 16, 2020, 10:00 a.m. MST."""
    hour = value.hour % 12 or 12
    half = "a.m." if value.hour < 12 else "p.m."
    zone = f" {value.tzname()}" if value.tzinfo is not None else ""
    return f"{day(value, language, weekday=True)}, {hour}:{value.minute:02d} {half}{zone}"


def when(value: date | datetime, language: Language = "en") -> str:
    """A date or a moment in words, with the weekday."""
    return moment(value, language) if isinstance(value, datetime) else day(value, language, weekday=True)


def series(items: Sequence[str], language: Language = "en", *, last: str | None = None) -> str:
    """Items as one phrase: a; a and b; a, b, and c."""
    joint = last or {"en": "and", "es": "y"}[language]
    if len(items) < 3:
        return f" {joint} ".join(items)
    comma = "," if language == "en" else ""
    return f"{', '.join(items[:-1])}{comma} {joint} {items[-1]}"


def lines(parts: Iterable[str | None]) -> tuple[str, ...]:
    """The parts that say something, one line each."""
    return tuple(part for part in parts if part is not None and part.strip())
