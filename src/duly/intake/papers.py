"""Divides a file's pages into papers: a detainer and its warrant, a subpoena behind its fax cover, a bundle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from duly.instruments.kind import Kind
from duly.intake.recognition import KNOWN, Scored, page_text
from duly.intake.sheet import Sheet

_COVER = re.compile(
    r"\b(?:fax|facsimile|telefax)\b[^\n]{0,30}\b(?:cover|transmittal|transmission|sheet)\b|\bcover\s+sheet\b|^\s*fax\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_COVER_SIGNS = re.compile(
    r"\b(?:number of pages|pages? including|total pages|no\.? of pages|pages:|fax\s*(?:no|number|#|:)|confidentiality notice|to:|from:|re:)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\bpage\s+(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\b|\(\s*page\s+(\d{1,3})\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class Paper:
    """Consecutive pages that belong together; `kind` None when no kind was recognised."""

    kind: Kind | None
    sheets: list[Sheet]
    scores: list[Scored]
    added: list[int] = field(default_factory=list)

    @property
    def first_page(self) -> int:
        return self.sheets[0].number

    @property
    def last_page(self) -> int:
        return self.sheets[-1].number


@dataclass(slots=True)
class Division:
    """The papers of a file, and the pages that are none: covers and blanks, with a sentence each."""

    papers: list[Paper]
    notes: list[str]
    set_aside: list[Sheet]


def divide(pages: Sequence[tuple[Sheet, list[Scored]]]) -> Division:
    """Walks through the pages; each either opens a paper, continues the one before, or is set aside."""
    division = Division([], [], [])
    for sheet, scores in pages:
        best = _best(scores)
        current = division.papers[-1] if division.papers else None
        if not sheet.words:
            division.notes.append(f"Page {sheet.number} is blank or shows no words.")
            division.set_aside.append(sheet)
        elif is_cover(sheet) and (best is None or best.first < 0.9):
            division.notes.append(f"Page {sheet.number} is a fax cover sheet; it is not the instrument.")
            division.set_aside.append(sheet)
        elif best is not None and best.first >= KNOWN and not _continues(current, sheet, scores):
            division.papers.append(Paper(best.kind, [sheet], scores))
        elif current is not None and (current.kind is not None or _same_unknown(sheet)):
            _add(current, sheet, scores)
        else:
            division.papers.append(Paper(None, [sheet], scores))
    return division


def _best(scores: list[Scored]) -> Scored | None:
    """The best kind; a mere request only when nothing speaks for a form or a court's paper."""
    if not scores:
        return None
    if (
        scores[0].kind.process == "request"
        and len(scores) > 1
        and scores[1].first > 0.4
        and scores[1].kind.process != "request"
    ):
        return scores[1] if scores[1].first >= KNOWN else None
    return scores[0]


def _add(paper: Paper, sheet: Sheet, scores: list[Scored]) -> None:
    paper.sheets.append(sheet)
    if paper.kind is None:
        paper.scores = sorted(paper.scores, key=lambda item: -item.first)
        return
    own = next((item for item in scores if item.kind is paper.kind), None)
    if own is None or own.later == 0:
        paper.added.append(sheet.number)


def _same_unknown(sheet: Sheet) -> bool:
    """Pages of one unrecognised paper stay together."""
    return True


def _continues(current: Paper | None, sheet: Sheet, scores: list[Scored]) -> bool:
    """Whether a page that looks like a first page is a later page of the paper before it."""
    if current is None or current.kind is None:
        return False
    number = _printed_number(sheet)
    own = next((item for item in scores if item.kind is current.kind), None)
    best = _best(scores) or scores[0]
    if best.kind.process == "request" and own is not None and own.later > 0:
        return True
    if best.kind.root == current.kind.root:
        if number is not None:
            return number > 1
        return best.first < 0.72
    if number is not None and number > 1 and own is not None and own.later > 0:
        return True
    return own is not None and own.later >= 1.0 and best.first < 0.72


def _printed_number(sheet: Sheet) -> int | None:
    match = _NUMBERED.search(page_text(sheet).plain)
    return int(match[1] or match[3]) if match else None


def is_cover(sheet: Sheet) -> bool:
    """Whether a page is a fax cover sheet, whoever's name it bears."""
    text = page_text(sheet).plain
    return (
        len(sheet.words) < 220
        and _COVER.search(text) is not None
        and len(set(_COVER_SIGNS.findall(text.casefold()))) >= 2
    )
