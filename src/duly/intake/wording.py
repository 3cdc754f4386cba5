"""Turns the words of a region into a typed value: a name, a number, an address, a telephone, a list, a date, a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.instruments.kind import FieldSpec, FieldValue
from duly.intake.dating import NO_MERIDIEM, TimeRead, find_dates, find_times
from duly.intake.pieces import Piece, Region

_PHONE = re.compile(
    r"(?<![\w-])(?:\+?1[\s.-]*)?\(?\s*[2-9]\d{2}\s*\)?\s*[-.\s/]*\d{3}\s*[-.\s]\s*\d{4}(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?(?!\d)",
    re.IGNORECASE,
)
_SPLIT_ADDRESS = re.compile(r"[,;]\s*(?=\d+[\w-]*\s+\w|p\.?\s?o\.?\s?box)", re.IGNORECASE)
_MARKER = re.compile(
    r"^\s*(?:\(?\d{1,2}\s?[.,)](?!\d)|\(?[a-zA-Z]\s?[.)](?=\s)|\(?[ivx]{1,4}\s?[.)](?=\s)|[•▪◦●·*\-–—■□])\s*"
)
_NUMBERLIKE = re.compile(r"[A-Za-z]{0,5}[#-]?\s?\d[\w./:-]*(?:[ -]\d[\w./-]*)*")
# A docket number in parts: `2020 L 000456`, `20 C 4455`, and the letters of its office behind it, `20-2-01234-5 SEA`.
_DOCKET_PARTS = re.compile(r"\d[\w./:-]*(?: [A-Z]{1,4}[ -]\d[\w./-]*)+|\d[\d-]{6,} [A-Z]{2,4}$")
# A sentence goes on behind a name: `… is removable from`, `…, who entered`. None of these words is part of a name.
_NAME_ENDS = re.compile(
    r"(?<=[\w.’']),?\s+(?:is|was|who|whom|which|has|had|are|were|be|being|may|shall|will|must|can)\s.*$|(?<=[\w.]),?\s+(?:is|was|who)$"
)
# Figures that an OCR engine takes for letters.
_FIGURES = str.maketrans("OoQDlISB", "00001158")
_A_NUMBER = re.compile(r"(?<!\w)A\s?[#-]?\s?\d{2,3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)")
_TITLE_WORDS = re.compile(
    r"\b(officer|agent|director|judge|clerk|attorney|supervisor|sheriff|deputy|chief|captain|sergeant|lieutenant|magistrate|counsel|"
    r"investigator|auditor|manager|records|custodian|sddo|afod)\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A typed value, the pieces it rests on, and how well the words fit the type, 0 to 1."""

    value: FieldValue | None
    pieces: tuple[Piece, ...]
    fit: float
    flags: tuple[str, ...] = ()


def read_region(spec: FieldSpec, region: Region) -> Read | None:
    """The region's words as the field's type, or None when they cannot be that."""
    readers = {
        "date": _as_date, "time": _as_time, "phone": _as_phone, "name": _as_name, "address": _as_address, "list": _as_list,
    }  # fmt: skip
    reader = readers.get(spec.type, _as_text)
    return reader(spec, region)


def _line_text(line: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in line)


def _first_line(region: Region) -> str:
    return _line_text(region.lines[0])


def _within(region: Region, start: int, end: int, line: int = 0) -> tuple[Piece, ...]:
    """The pieces under characters `start` to `end` of a line's text."""
    kept: list[Piece] = []
    place = 0
    for piece in region.lines[line]:
        first, last = max(start - place, 0), min(end - place, len(piece.text))
        if first < last:
            kept.append(Piece(piece.run, piece.start + first, piece.start + last))
        place += len(piece.text) + 1
    return tuple(kept)


# A date whose year stands on the next line of a narrow cell.
_OPEN_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?|\d{1,2}(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?[A-Za-z]{3,9},?)\s*$"
)


def _as_date(spec: FieldSpec, region: Region) -> Read | None:
    first = _line_text(region.lines[0])
    if (
        len(region.lines) > 1
        and _OPEN_DATE.search(first)
        and re.match(r"(?:19|20)\d\d\b", second := _line_text(region.lines[1]))
    ):
        joined = find_dates(f"{first} {second[:4]}")
        if joined and joined[-1].value is not None:
            pieces = (*_within(region, joined[-1].start, len(first)), *_within(region, 0, 4, 1))
            return Read(joined[-1].value, pieces, joined[-1].certainty, joined[-1].flags)
    if "lines" not in spec.find:
        region = replace(region, lines=region.lines[:1])
    for number, line in enumerate(region.lines[:2]):
        dates = find_dates(_line_text(line))
        if dates:
            found = dates[0]
            flags = found.flags
            value = found.value
            if value is not None and spec.find.get("past") and "two-digit year" in flags and spec.find.get("birth"):
                value = _in_the_past(value)
            return Read(
                value, _within(region, found.start, found.end, number), found.certainty * (1 - 0.3 * number), flags
            )
    return None


def _in_the_past(value: date) -> date:
    """A birth date in two digits is the last one that has been."""
    return value.replace(year=value.year - 100) if value.year > 2015 else value


def _as_time(spec: FieldSpec, region: Region) -> Read | None:
    for number, line in enumerate(region.lines[:2]):
        text = _line_text(line)
        times = find_times(text)
        if times:
            found = _half_open(times[0], text)
            return Read(
                found.value,
                _within(region, found.start, found.end, number),
                found.certainty * (1 - 0.3 * number),
                found.flags,
            )
    return None


_BOTH_HALVES = re.compile(r"a\.?\s?m\.?\W{0,6}p\.?\s?m\b", re.IGNORECASE)


def _half_open(found: TimeRead, text: str) -> TimeRead:
    """A time with *a.m. p.m.* printed behind it: which half it is only a mark beside one of them says."""
    if not _BOTH_HALVES.search(text[found.start :]) or re.match(r"(?:1[3-9]|2\d)\D", text[found.start :]):
        return found
    return TimeRead(
        found.value.replace(hour=found.value.hour % 12 or 12),
        found.start,
        found.end,
        (NO_MERIDIEM,),
        found.certainty * 0.8,
    )


def _as_phone(spec: FieldSpec, region: Region) -> Read | None:
    for number, line in enumerate(region.lines[:2]):
        match = _PHONE.search(_line_text(line))
        if match:
            return Read(match[0].strip(), _within(region, match.start(), match.end(), number), 1.0)
    return None


def _as_name(spec: FieldSpec, region: Region) -> Read | None:
    part = spec.find.get("part")
    if part == "name":
        return _block_part(region, wanted="name")
    text = _first_line(region)
    if part == "before comma":
        name, comma, _ = text.partition(",")
        return _name_read(region, name, len(name)) if comma and _name_fit(name) > 0.6 else None
    if part == "person" and "," in text:
        cut = re.search(r"\s*(?:,|\(|–|—| - )\s*(?=[^,]*$|.*)", text)
        match = _TITLE_WORDS.search(text)
        if cut and match and cut.start() < match.start():
            return _name_read(region, text[: cut.start()], cut.start())
    if len(region.lines) > 1:
        text = " ".join(_line_text(line) for line in region.lines)
        return Read(_clean(text), region.pieces, _name_fit(text)) if _clean(text) else None
    return _name_read(region, text, len(text))


def _name_read(region: Region, text: str, end: int) -> Read | None:
    value = _clean(text)
    return Read(value, _within(region, 0, end), _name_fit(value)) if value else None


def _name_fit(text: str) -> float:
    words = text.split()
    if not words or not any(character.isalpha() for character in text):
        return 0.1
    digits = sum(character.isdigit() for character in text)
    if find_dates(text) or digits > 0.3 * len(text):
        return 0.15
    if all(len(word) < 3 or not any(character.isupper() for character in word) for word in words):
        return 0.1
    capital = sum(word[:1].isupper() for word in words if word[:1].isalpha()) / max(
        1, sum(word[:1].isalpha() for word in words)
    )
    return (0.95 if len(words) <= 12 else 0.6) * (1.0 if digits == 0 else 0.8) * (0.6 + 0.4 * capital)


# The label of the next entry on the line, which this form does not know as one of its own.
_NEXT_LABEL = re.compile(
    r"(?<=\w)[\s,]+(?:(?:student|inmate|patient|booking|alien|a-?file|file|case|subject|fins?|jail|registration|reg|a)[\s.-]*){0,2}"
    r"(?:id|no|nos|number|num|#|dob|d\.o\.b|date of birth|birth date|country of (?:birth|citizenship)|nationality|citizenship|sex|age|race)\b\.?\s*[:#].*$",
    re.IGNORECASE,
)


def _clean(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;:_|*-–")
    text = _NEXT_LABEL.sub("", text)
    text = _NAME_ENDS.sub("", text).strip(" ,;:_|*-–")
    # The sentence that the name stands in may go on after it (`… on`).
    return re.sub(r"(?:\s+(?:is|on|at|in|who|and|of|the|was))+$", "", text).strip(" ,")


def _as_address(spec: FieldSpec, region: Region) -> Read | None:
    if spec.find.get("part") == "address":
        return _block_part(region, wanted="address")
    lines = [_clean_line(_line_text(line)) for line in region.lines]
    value = "\n".join(line for line in lines if line)
    if not value:
        return None
    fit = 1.0 if re.search(r"\d", value) else 0.7
    return Read(value, region.pieces, 0.2 if find_dates(value) and len(value) < 25 else fit)


def _clean_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ;_|")


def _block_part(region: Region, *, wanted: str) -> Read | None:
    """The name or the address of a block that holds both: the first line is the name, or what stands before a street."""
    lines = [_clean_line(_line_text(line)) for line in region.lines]
    if len(lines) == 1 or (lines and _SPLIT_ADDRESS.search(lines[0])):
        parts = _SPLIT_ADDRESS.split(lines[0], maxsplit=1)
        cut = len(parts[0])
        if wanted == "name":
            return Read(_clean(parts[0]), _within(region, 0, cut), _name_fit(parts[0]))
        rest = [parts[1] if len(parts) > 1 else "", *lines[1:]]
        value = "\n".join(line for line in rest if line)
        pieces = (*_within(region, cut, 10_000), *(piece for line in region.lines[1:] for piece in line))
        return Read(value, pieces, 0.9) if value else None
    first = 1
    if wanted == "name":
        name = _clean(" ".join(lines[:first]))
        return (
            Read(name, tuple(piece for line in region.lines[:first] for piece in line), _name_fit(name))
            if name
            else None
        )
    value = "\n".join(line for line in lines[first:] if line)
    return Read(value, tuple(piece for line in region.lines[first:] for piece in line), 0.95) if value else None


def _as_text(spec: FieldSpec, region: Region) -> Read | None:
    if spec.find.get("shape") == "number":
        return _as_number(spec, region)
    text = _clean_line(" ".join(_line_text(line) for line in region.lines)).strip(" ,")
    if spec.find.get("part") == "after comma" and "," in text:
        _name, _, text = text.partition(",")
        text = text.strip()
    text = re.sub(r"^(?:v|vs)\.\s+", "", text, flags=re.IGNORECASE)
    text = _HINT.sub("", text)
    # What is left of a label with a stroke in it: `PLAINTIFF` `/PETITIONER: …`.
    text = re.sub(r"^/\s?[A-Za-z]+(?:\(s\))?:?\s*", "", text)
    if not text or re.fullmatch(r"\W*(?:v|vs|versus|against)\W*", text, re.IGNORECASE):
        return None
    return Read(text, region.pieces, 0.85)


# What a form says in brackets behind a label: `FROM: (Office Address)`.
_HINT = re.compile(r"^\([^()]*\b(?:name|title|address|office|agency|number|institution)\b[^()]*\)\s+", re.IGNORECASE)


def _as_number(spec: FieldSpec, region: Region) -> Read | None:
    """A number as offices write them: letters, digits, dashes; what follows it on the line is not part of it."""
    text = _first_line(region)
    if (
        len(region.lines) > 1
        and (over := _A_NUMBER.match(f"{text} {_line_text(region.lines[1])}"))
        and over.end() > len(text)
    ):
        return Read(over[0], (*region.lines[0], *_within(region, 0, over.end() - len(text) - 1, 1)), 0.9)
    match = (
        _A_NUMBER.search(text)
        or _A_NUMBER.search(text.translate(_FIGURES))
        or _DOCKET_PARTS.search(text)
        or _NUMBERLIKE.search(text)
    )
    if match is None:
        return None
    start, end = match.start(), match.end()
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    value = text[start:end].strip(" ,;.#:")
    leading = len(text[:start].split())
    return Read(value, _within(region, start, end), max(0.2, 0.95 - 0.25 * leading))


def _as_list(spec: FieldSpec, region: Region) -> Read | None:
    items = list_items(region)
    return Read(tuple(items), region.pieces, 0.9) if items else None


def list_items(region: Region) -> list[str]:
    """The items of a list, by their markers, by semicolons, or line by line where no line runs on into the next."""
    lines = [(_with_marker(line), line) for line in region.lines]
    if sum(bool(_MARKER.match(text)) for text, _ in lines) >= 1:
        return _by_marker(_without_lead_in(_to_the_last_item(lines)))
    if len(lines) > 1 and _leads_in(lines[0][1]):
        lines = lines[1:]
    joined = " ".join(text for text, _ in lines)
    if sum(text.rstrip(" ;").count(";") for text, _ in lines) >= 1:
        parts = re.split(r"\s*;\s*(?:and\s+)?", joined)
        return [part.strip(" .") for part in parts if part.strip(" .")]
    return _by_line(lines)


def _to_the_last_item(lines: Sequence[tuple[str, Sequence[Piece]]]) -> list[tuple[str, Sequence[Piece]]]:
    """The lines up to the end of the list: a line without a marker that stands apart, or further left, is no item's."""
    kept: list[tuple[str, Sequence[Piece]]] = []
    marker: float | None = None
    for text, line in lines:
        left = line[0].run.box_of(0, 1).x0 if line[0].start < 4 else line[0].box.x0
        if _MARKER.match(text):
            marker = left if marker is None else min(marker, left)
        elif marker is not None and kept:
            above = kept[-1][1][0].run
            gap = (line[0].run.box.y0 - above.box.y1) / max(1.0, above.height)
            if left < marker - 3 or (gap > 0.55 and left < marker + 4):
                break
        kept.append((text, line))
    return kept


def _leads_in(line: Sequence[Piece]) -> bool:
    """Whether a line only leads up to the list beneath it; a colon at its end may have been trimmed off its last piece."""
    last = line[-1]
    rest = last.run.text[last.start :].rstrip()
    return rest.endswith((":", ": -")) or rest.casefold().endswith(
        ("following", "including", "to wit", "that show", "which show", "showing")
    )


def _without_lead_in(lines: Sequence[tuple[str, Sequence[Piece]]]) -> list[str]:
    """The lines from the first marker on, where what stands before it only leads up to the list (`… the following:`)."""
    first = next(number for number, (text, _) in enumerate(lines) if _MARKER.match(text))
    if first and _leads_in(lines[first - 1][1]):
        return [text for text, _ in lines[first:]]
    return [text for text, _ in lines]


def _with_marker(line: Sequence[Piece]) -> str:
    """The line's text with a bullet that was trimmed off before its first piece."""
    before = line[0].run.text[: line[0].start].strip()
    bullet = before[-1:] if before[-1:] in "•▪◦●·*-–—■□" else ""
    return f"{bullet} {_line_text(line)}".strip() if bullet else _line_text(line)


def _by_marker(lines: Sequence[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        match = _MARKER.match(line)
        if match:
            items.append(line[match.end() :].strip())
        elif items:
            items[-1] = f"{items[-1]} {line.strip()}"
        else:
            items.append(line.strip())
    return [item.strip(" ;") for item in items if item.strip(" ;")]


def _runs_on(item: str, text: str, *, full: bool, shouted: bool) -> bool:
    """Whether a line goes on the item before it rather than beginning one."""
    if (
        text[:1].islower()
        or item.endswith((",", "-"))
        or re.search(r"\b(?:and|or|of|the|to|for|with|by|in)$", item, re.IGNORECASE)
    ):
        return True
    if item.rstrip().endswith(";"):
        return False
    return full and not item.endswith((".", ";")) and (shouted or not text[:1].isupper())


def _by_line(lines: Sequence[tuple[str, Sequence[Piece]]]) -> list[str]:
    """Each line is an item unless the line before it was full and the next one goes on in small letters."""
    widest = max((line[-1].box.x1 for _, line in lines), default=0.0)
    shouted = not any(character.islower() for text, _ in lines for character in text)
    items: list[str] = []
    full = False
    for text, line in lines:
        if items and _runs_on(items[-1], text, full=full, shouted=shouted):
            items[-1] = f"{items[-1]} {text}"
        else:
            items.append(text)
        full = line[-1].box.x1 > widest - 14 and line[-1].box.x1 - line[0].box.x0 > 200
    return [item.strip(" ;") for item in items if item.strip(" ;")]
