"""One paper to be made, and the truth about it: what stands in each field, on which page, in which box."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from samples.generator.kinds import FIELDS, MARKED_BY

Truth = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """What is entered in a field (`words`, line breaks as typed) and what it means (`normal`)."""

    words: str
    normal: Any = None


@dataclass(frozen=True)
class Place:
    """Where an entry came to stand: page from 1, box in points from the top left of the page."""

    page: int
    box: tuple[float, float, float, float]


@dataclass
class Paper:
    """One instrument: its kind, the form that it is typeset from, what is entered, and the look of its office's software.

    A value may be text, a list of texts, a boolean, an `Entry`, or None (left empty). `pens` names who signed where.
    `extra` goes to the form as it is (preamble, which editions' wording, …) and is not part of the truth.
    """

    kind: str | None
    form: str
    values: dict[str, Any]
    edition: str = ""
    pens: dict[str, str] = field(default_factory=dict)
    style: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    judicial: bool = False
    about: dict[str, Any] = field(default_factory=dict)

    def words(self) -> dict[str, Any]:
        """The values as a form takes them: plain text, lists and booleans."""
        return {name: value.words if isinstance(value, Entry) else value for name, value in self.values.items()}


def entered_date(day: date | None, manner: str = "us") -> Entry | None:
    """A date as an office writes it; `manner` is one of `us`, `us short`, `long`, `LONG`, `day first`, `dashes`, `iso`."""
    if day is None:
        return None
    long = f"{day:%B} {day.day}, {day.year}"
    words = {
        "us": f"{day:%m/%d/%Y}",
        "us short": f"{day.month}/{day.day}/{day:%y}",
        "long": long,
        "LONG": long.upper(),
        "day first": f"{day.day} {day:%B %Y}",
        "dashes": f"{day:%m-%d-%Y}",
        "iso": day.isoformat(),
        "short month": f"{day:%b} {day.day}, {day.year}",
    }[manner]
    return Entry(words, day.isoformat())


def entered_time(moment: time, manner: str = "a.m.") -> Entry:
    """A time of day as an office writes it: `10:00 a.m.`, `10:00 AM`, `1000 hours`, `10 a.m.`."""
    hour = moment.hour % 12 or 12
    half = "a.m." if moment.hour < 12 else "p.m."
    words = {
        "a.m.": f"{hour}:{moment.minute:02d} {half}",
        "AM": f"{hour}:{moment.minute:02d} {half.replace('.', '').upper()}",
        "hours": f"{moment.hour:02d}{moment.minute:02d} hours",
        "bare": f"{hour}:{moment.minute:02d}",
    }[manner]
    return Entry(words, f"{moment.hour:02d}:{moment.minute:02d}")


def is_typed(signature: str) -> bool:
    """Whether a signature is letters rather than a pen's stroke."""
    return signature.startswith(("/s/", "s/", "Digitally signed"))


def folded(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def truth_of(paper: Paper, places: dict[str, list[Place]], first_page: int, last_page: int) -> Truth:
    """The truth about one instrument; `places` counts pages within the file."""
    fields: Truth = {}
    for name, kind in FIELDS.get(paper.kind or "", {}).items():
        if name in paper.values:
            fields[name] = _field(kind, paper.values[name], _places_of(name, paper, places))
        elif kind == "signature" and (name in paper.pens or name in places):
            fields[name] = _field(kind, name in paper.pens, places.get(name, []))
    return {
        "kind": paper.kind,
        "edition": paper.edition,
        "first_page": first_page,
        "last_page": last_page,
        "judicial": paper.judicial,
        **paper.about,
        "fields": fields,
    }


def _places_of(name: str, paper: Paper, places: dict[str, list[Place]]) -> list[Place]:
    """The field's own marks, or those of the piece that carries it (a clock's figures, the box that is ticked)."""
    for mark in (name, *MARKED_BY.get(name, ())):
        if (mark in places and paper.values.get(mark) not in (False, None, "")) or (mark == name and name in places):
            return places[mark]
    return []


def _field(kind: str, value: Any, places: list[Place]) -> Truth:
    truth: Truth = {"type": kind, "value": None}
    if isinstance(value, Entry):
        truth |= {"value": folded(value.words), "normal": value.normal}
    elif isinstance(value, bool):
        truth |= {"value": str(value).lower(), "normal": value}
    elif isinstance(value, list):
        truth |= {"value": folded(" ".join(value)), "normal": [folded(item) for item in value]}
    elif value not in (None, ""):
        truth["value"] = folded(str(value))
    if places and (truth["value"] is not None):
        page = places[0].page
        boxes = [place.box for place in places if place.page == page]
        truth["page"] = page
        truth["box"] = [round(pick(box[i] for box in boxes), 1) for i, pick in ((0, min), (1, min), (2, max), (3, max))]
        if len({place.page for place in places}) > 1:
            truth["pages"] = sorted({place.page for place in places})
    return truth
