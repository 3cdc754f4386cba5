"""Finds what a court's paper orders or commands, by when, where, and when it was signed."""

from __future__ import annotations

import re

from duly.intake.dating import find_dates, find_times
from duly.intake.finding import Finder, Found, lines_found
from duly.intake.folding import plain
from duly.intake.prose import Prose, unwrapped

_ORDERED = r"\bIT\s+IS\s+(?:(?:HEREBY|THEREFORE|FURTHER|SO|,|ALSO)\s*)*ORDERED\b[,:]?(?:\s+ADJUDGED,?(?:\s+AND\s+DECREED)?)?[,:]?\s*(?:that\b[:,]?)?\s*"
_SOFT_ORDERED = (
    r"\b(?:the\s+court\s+(?:hereby\s+)?orders|(?:is|are)\s+hereby\s+ordered|ORDERED)\b[:,]?\s*(?:that\b)?\s*"
)
_DATED = re.compile(
    r"^\W*(?:done and )?(?:dated?|signed|entered|issued|given|witness|so ordered|ordered)\b.*\b(?:day of|(?:19|20)\d\d|\d{1,2}/\d{1,2})|^\W*dated\b",
    re.IGNORECASE,
)
_COMMAND = r"\b(?:commanded|ordered|required|summon(?:ed)?|subpoenaed|produce)\b"
_PLACE_DATE_TIME = re.compile(
    r"\bat\s+(?P<place>(?!\d{1,2}[:.]\d\d)[^;:]{6,160}?),?\s+on\s+(?:or\s+before\s+)?(?:the\s+)?(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|[^;:]{6,34}?\d{4})(?:\s*,?\s*at\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:o\W?\s?clock,?\s*)?(?:[ap]\.?\s?m\.?|noon)?))?",
    re.IGNORECASE,
)
_DATE_TIME_PLACE = re.compile(
    r"\bon\s+(?:or\s+before\s+)?(?:the\s+)?(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|[^;:]{6,34}?\d{4}),?\s*(?:at|by)\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:o\W?\s?clock,?\s*)?(?:[ap]\.?\s?m\.?|noon)?)\s*,?\s*(?:at|in)\s+(?P<place>[^;:]{6,160}?\b\d{5}(?:-\d{4})?)",
    re.IGNORECASE,
)
# A day without a place: *on or before March 2, 2020 at 5:00 p.m.*
_DATE_TIME = re.compile(
    r"\b(?:on\s+or\s+before|no\s+later\s+than|by)\s+(?:the\s+)?(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|[^;:.]{6,34}?\d{4})(?:,?\s*(?:at|by)\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:o\W?\s?clock,?\s*)?(?:[ap]\.?\s?m\.?|noon)))?(?P<place>\b)",
    re.IGNORECASE,
)
_ON_AT = re.compile(
    r"\bon\s+(?:the\s+)?(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|[^;:.]{6,34}?\d{4}),?\s*(?:at|by)\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:o\W?\s?clock,?\s*)?(?:[ap]\.?\s?m\.?|noon))(?P<place>)",
    re.IGNORECASE,
)
# A command says where and when soon after it begins; a date further on is of the records.
_SOON = 900


def ordered(prose: Prose) -> Found | None:
    """What follows *IT IS ORDERED*, with further numbered or *FURTHER ORDERED* paragraphs."""
    match = prose.find(_ORDERED) or prose.find(_SOFT_ORDERED)
    if match is None:
        return None
    last = number = prose.line_at(max(match.start(), match.end() - 1))
    while last + 1 < len(prose.lines) and not _ends_order(prose, number, last + 1):
        last += 1
    end = prose.start_of(last) + len(prose.lines[last].text)
    value = unwrapped(prose.text[match.end() : end])
    return Found(value, prose.pieces(match.end(), end), 0.8) if value else None


def _ends_order(prose: Prose, first: int, number: int) -> bool:
    line, before = prose.lines[number], prose.lines[number - 1]
    if _DATED.match(line.text) or re.match(r"by the court|so ordered", plain(line.text)):
        return True
    goes_on = re.match(r"\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)]\s|IT IS|ORDERED)", line.text)
    # A sentence that is not at its end goes on, however widely its lines are spaced.
    ended = before.text.rstrip().endswith((".", ";", ":", ")"))
    new_paragraph = line.gap > (0.75 if ended else 1.8) or (
        line.x0 > before.x0 + 14 and before.text.rstrip().endswith((".", ";", ":"))
    )
    return (
        new_paragraph and not goes_on and line.page == before.page and not before.text.rstrip().endswith((":", "that"))
    )


def comply_by(prose: Prose) -> Found | None:
    """The day by which an order wants compliance: a date after *on or before*, *no later than*, *by*."""
    start = prose.find(_ORDERED) or prose.find(_SOFT_ORDERED)
    begin = start.end() if start is not None else 0
    for match in re.finditer(
        r"\b(?:on\s+or\s+before|no\s+later\s+than|not\s+later\s+than|by(?:\s+no\s+later\s+than)?)\b",
        prose.text[begin:],
        re.IGNORECASE,
    ):
        place = begin + match.end()
        window = prose.text[place : place + 60].replace("\n", " ")
        dates = [read for read in find_dates(window) if read.start < 28]
        if dates:
            read = dates[0]
            return Found(
                read.value, prose.pieces(place + read.start, place + read.end), 0.93 * read.certainty, read.flags
            )
    return None


def dated(prose: Prose) -> Found | None:
    """The line that says when the paper was signed."""
    number = _dated_line(prose)
    return None if number is None else lines_found(prose, number, number, 0.85)


def issued_on(prose: Prose) -> Found | None:
    """The date in the line that says when the paper was signed."""
    number = _dated_line(prose)
    if number is None:
        return None
    start = prose.start_of(number)
    text = " ".join(line.text for line in prose.lines[number : number + 2])
    dates = find_dates(text)
    if not dates:
        return None
    read = dates[0]
    return Found(read.value, prose.pieces(start + read.start, start + read.end), 0.93 * read.certainty, read.flags)


def _dated_line(prose: Prose) -> int | None:
    found = None
    for number, line in enumerate(prose.lines):
        if _DATED.match(line.text) and len(line.text) < 130:
            found = number
    return found


def _commanded(prose: Prose) -> tuple[re.Match[str], int] | None:
    """The sentence that says where and when to comply, and where the searched text starts."""
    start = prose.find(_COMMAND)
    if start is None:
        return None
    text = prose.text[start.start() : start.start() + _SOON].replace("\n", " ")
    for pattern in (_PLACE_DATE_TIME, _DATE_TIME_PLACE, _DATE_TIME, _ON_AT):
        for match in pattern.finditer(text):
            if find_dates(match["date"]):
                return match, start.start()
    return None


def commanded_place(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None or not found[0]["place"]:
        return None
    match, start = found
    return Found(
        unwrapped(match["place"]).strip(" ,"),
        prose.pieces(start + match.start("place"), start + match.end("place")),
        0.85,
    )


def commanded_date(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None:
        return None
    match, start = found
    read = find_dates(match["date"])[0]
    place = start + match.start("date")
    return Found(read.value, prose.pieces(place + read.start, place + read.end), 0.9 * read.certainty, read.flags)


def commanded_time(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None or not found[0]["time"]:
        return None
    match, start = found
    reads = find_times(match["time"])
    place = start + match.start("time")
    return (
        Found(reads[0].value, prose.pieces(place + reads[0].start, place + reads[0].end), 0.9, reads[0].flags)
        if reads
        else None
    )


FINDERS: dict[str, Finder] = {
    "ordered": ordered, "comply by": comply_by, "dated": dated, "issued on": issued_on, "commanded place": commanded_place,
    "commanded date": commanded_date, "commanded time": commanded_time,
}  # fmt: skip
