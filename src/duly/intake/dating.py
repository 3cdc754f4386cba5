"""Reads dates and times as American papers write them, and says where one is ambiguous or impossible.

Strict on purpose: a date moves deadlines. Numbers are read month first, as is the custom in the United States; when the
first number cannot be a month the second one is taken for it, and where both orders are possible the value is flagged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from rapidfuzz import fuzz, process

AMBIGUOUS = "ambiguous day and month"
DAY_FIRST = "day before month"
IMPOSSIBLE = "impossible date"
TWO_DIGIT_YEAR = "two-digit year"
NO_MERIDIEM = "no a.m. or p.m."

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DIGIT = "[0-9OoIlSB|]"
_WORD = r"[A-Za-z0-9|]{3,10}"
_ORDINAL = r"(?:st|nd|rd|th|s\s?t|t\s?h)?"
_NUMERIC = re.compile(
    rf"(?<![\w/.-])({_DIGIT}{{1,2}})\s?([/.-])\s?({_DIGIT}{{1,2}})\s?\2\s?({_DIGIT}{{4}}|{_DIGIT}{{2}})(?![\w/])"
)
_ISO = re.compile(r"(?<![\w/-])((?:19|20)\d\d)\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_MONTH_DAY = re.compile(rf"(?<![A-Za-z])({_WORD})\.?\s*({_DIGIT}{{1,2}}){_ORDINAL}\s*[,.]?\s*({_DIGIT}{{4}})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<![\w/])({_DIGIT}{{1,2}})\s?{_ORDINAL}[\s-]*(?:day\s*of\s*)?[\s-]*({_WORD})\.?\s*[,.-]?\s*(?:in\s+the\s+year\s+)?({_DIGIT}{{4}}|\d\d)(?![\d/])",
    re.IGNORECASE,
)
_SPANISH = re.compile(r"(?<!\w)(\d{1,2})\s+de\s+([a-z]{4,10})\s+(?:de|del)\s+(\d{4})", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d/:.])([0-2]?[\dOlI])\s?(?:[:.;]\s?([0-5][\dO]))?(?::[0-5]\d)?\s*(?:o\s?\W?\s?clock,?\s*)?(?:([ap])\s?\.?\s?,?\s?m\b\.?|(noon)|(midnight)|(hours|hrs))?(?![\d/])",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"(?<![\d/:.])([01]\d|2[0-3])([0-5]\d)\s*(?:hours|hrs|h)\b", re.IGNORECASE)
_LETTERS = str.maketrans("01|5", "olls")
_FIX = str.maketrans("OoIl|SB", "0011158")


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as read; `value` None with a flag when the words give a date that does not exist."""

    value: date | None
    start: int
    end: int
    flags: tuple[str, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class TimeRead:
    value: time
    start: int
    end: int
    flags: tuple[str, ...] = ()
    certainty: float = 1.0


def find_dates(text: str) -> list[DateRead]:
    """Every date in the text, from left to right."""
    found: list[DateRead] = []
    for pattern, reader in (
        (_ISO, _iso), (_SPANISH, _spanish), (_MONTH_DAY, _month_day), (_DAY_MONTH, _day_month), (_NUMERIC, _numeric)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            read = reader(match)
            if read is not None:
                found.append(read)
    return sorted(found, key=lambda read: read.start)


def _number(text: str) -> int | None:
    digits = text.translate(_FIX)
    return int(digits) if digits.isdigit() else None


def _exact(*parts: str) -> float:
    """1 when nothing had to be corrected, less when letters were read as digits."""
    return 1.0 if all(part.isdigit() for part in parts) else 0.75


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(match: re.Match[str], value: date | None, flags: tuple[str, ...], certainty: float) -> DateRead:
    if value is None:
        flags = (*flags, IMPOSSIBLE)
    return DateRead(value, match.start(), match.end(), flags, certainty)


def _iso(match: re.Match[str]) -> DateRead | None:
    return _read(match, _date(int(match[1]), int(match[3]), int(match[4])), (), 1.0)


def _month(word: str) -> tuple[int, float] | None:
    """The month that a word names, and how sure that is; misread letters are forgiven in long names."""
    folded = word.casefold().rstrip(".").translate(_LETTERS)
    if folded in _SHORT:
        return _SHORT[folded], 1.0
    if folded in _MONTHS:
        return _MONTHS.index(folded) % 12 + 1, 1.0
    if len(folded) < 5:
        near = [month for name, month in _SHORT.items() if len(folded) == len(name) == 3 and _one_off(folded, name)]
        return (near[0], 0.6) if len(near) == 1 and any(c.isdigit() for c in word) else None
    best = process.extractOne(folded, _MONTHS, scorer=fuzz.ratio, score_cutoff=74)
    return (_MONTHS.index(best[0]) % 12 + 1, 0.85) if best is not None else None


def _one_off(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _month_day(match: re.Match[str]) -> DateRead | None:
    month, day, year = _month(match[1]), _number(match[2]), _number(match[3])
    if month is None or day is None or year is None or not 1900 <= year <= 2199:
        return None
    return _read(match, _date(year, month[0], day), (), month[1] * _exact(match[2], match[3]))


def _day_month(match: re.Match[str]) -> DateRead | None:
    month, day, year = _month(match[2]), _number(match[1]), _number(match[3])
    if month is None or day is None or year is None:
        return None
    full, flags = _full_year(year, match[3])
    if not 1900 <= full <= 2199:
        return None
    return _read(match, _date(full, month[0], day), flags, month[1] * _exact(match[1], match[3]))


def _spanish(match: re.Match[str]) -> DateRead | None:
    month = _month(match[2])
    if month is None:
        return None
    return _read(match, _date(int(match[3]), month[0], int(match[1])), (), month[1])


def _full_year(year: int, words: str) -> tuple[int, tuple[str, ...]]:
    if len(words) > 2:
        return year, ()
    return (2000 + year if year < 70 else 1900 + year), (TWO_DIGIT_YEAR,)


def _numeric(match: re.Match[str]) -> DateRead | None:
    first, second, year = _number(match[1]), _number(match[3]), _number(match[4])
    if first is None or second is None or year is None:
        return None
    full, flags = _full_year(year, match[4])
    if not 1900 <= full <= 2199:
        return None
    certainty = _exact(match[1], match[3], match[4])
    if first > 12 and second <= 12:
        return _read(match, _date(full, second, first), (*flags, DAY_FIRST), certainty * 0.9)
    if first <= 12 and second <= 12 and first != second:
        flags = (*flags, AMBIGUOUS)
    return _read(match, _date(full, first, second), flags, certainty)


def find_times(text: str) -> list[TimeRead]:
    """Every time of day in the text. A bare hour counts only with a.m., p.m., *noon* or *o'clock* beside it."""
    found: list[TimeRead] = []
    for match in _MILITARY.finditer(text):
        found.append(TimeRead(time(int(match[1]), int(match[2])), match.start(), match.end()))
    for match in _TIME.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        read = _time(match)
        if read is not None:
            found.append(read)
    if not found:
        for word, hour in (("noon", 12), ("midnight", 0)):
            place = text.casefold().find(word)
            if place >= 0:
                found.append(TimeRead(time(hour), place, place + len(word)))
    return sorted(found, key=lambda read: read.start)


def _time(match: re.Match[str]) -> TimeRead | None:
    hour, minute = _number(match[1]), _number(match[2]) if match[2] else 0
    meridiem, noon, midnight = match[3], match[4], match[5]
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    if match[2] is None and not (meridiem or noon or midnight):
        return None
    certainty = _exact(match[1], match[2] or "0")
    if noon or midnight:
        return TimeRead(time(12 if noon else 0, minute), match.start(), match.end(), (), certainty)
    if meridiem:
        if not 1 <= hour <= 12:
            return TimeRead(time(hour, minute), match.start(), match.end(), ("impossible time",), 0.5)
        return TimeRead(
            time(hour % 12 + (12 if meridiem.lower() == "p" else 0), minute), match.start(), match.end(), (), certainty
        )
    flags = (NO_MERIDIEM,) if 1 <= hour <= 12 else ()
    return TimeRead(time(hour, minute), match.start(), match.end(), flags, certainty * (0.85 if flags else 1.0))
