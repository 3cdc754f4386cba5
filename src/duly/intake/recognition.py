"""Which kind of paper it is: clues weighed page by page, and the structure that tells a court's paper from an office's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from duly.instruments.kind import Clue, Kind, Kinds
from duly.intake import heads
from duly.intake.folding import fold, plain
from duly.intake.reading import Candidate
from duly.intake.sheet import Run, Sheet

KNOWN = 0.5
"""The least score with which a page opens a paper of a kind."""

_DOCKET = re.compile(
    r"\b(?:case|civil action|cause|docket|index|file|criminal|misc|magistrate|mag|court file|action)\b[^\n]{0,18}?\b(?:no|number|num|#|n°)\b"
    r"|\b\d{1,2}:\d{2}\s?-?\s?(?:cv|cr|mj|mc|sw|gj|misc)\b|\b(?:19|20)?\d{2}-?\s?(?:cv|cr|mj|mc|gj|sw|ca|dr|pr)-?\s?\d{2,6}"
    r"|\b(?:civil action|case|cause)\s+(?:no|number)\b"
    # A bare "NO." beside the parties, with a number that has a year or a dash in it.
    r"|^\W*no\W{1,3}(?:\d[\w ]{0,6}-\w|(?:19|20)\d\d\W?\w)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page, folded for comparison.

    `heads` are its runs that stand alone, each folded; `captions` the lines that name a court by themselves, folded;
    `blocks` the same with the lines right over and under them; `agency` is the agency whose letterhead it is.
    """

    folded: str
    plain: str
    heads: tuple[str, ...]
    top: str
    fuzzy: bool
    captions: tuple[str, ...] = ()
    agency: str | None = None
    blocks: tuple[str, ...] = ()


def page_text(sheet: Sheet) -> PageText:
    top = [run.text for run in sheet.runs if run.box.y1 < 0.45 * sheet.height]
    return PageText(
        "".join(run.folded for run in sheet.runs),
        "\n".join(run.text for run in sheet.runs),
        _heads(sheet),
        "\n".join(top),
        sheet.page.method == "ocr",
        tuple(fold(caption) for caption in heads.captions(sheet)),
        heads.agency_heading(sheet),
        tuple(fold(block) for block in heads.caption_blocks(sheet)),
    )


def _heads(sheet: Sheet) -> tuple[str, ...]:
    """What stands alone on a line, and titles that go over two lines."""
    runs = [run for run in sheet.runs if not _in_paragraph(run, sheet.runs)]
    heads = [run.folded for run in runs]
    # What stands in brackets behind a title is no part of it.
    heads += [fold(run.text.partition("(")[0]) for run in runs if "(" in run.text[8:]]
    for upper, lower in itertools.pairwise(runs):
        centred = (
            abs(upper.box.x0 + upper.box.x1 - lower.box.x0 - lower.box.x1) < 30 or abs(upper.box.x0 - lower.box.x0) < 4
        )
        if centred and 0 < lower.middle - upper.middle < 2.4 * upper.height:
            heads.append(upper.folded + lower.folded)
            if len(heads) > 1 and heads[-2].endswith(upper.folded) and heads[-2] != upper.folded:
                heads.append(heads[-2] + lower.folded)
    return tuple(heads)


def _in_paragraph(run: Run, runs: Sequence[Run]) -> bool:
    """Whether a long run is one line of several at the same margin."""
    if len(run.text) < 55:
        return False
    return any(
        other is not run
        and len(other.text) >= 40
        and abs(other.box.x0 - run.box.x0) < 3
        and (-2 <= other.box.y0 - run.box.y1 < 0.9 * run.height or -2 <= run.box.y0 - other.box.y1 < 0.9 * run.height)
        for other in runs
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """How well a page opens (`first`) or continues (`later`) a paper of a kind, 0 to 1, with the clues in words."""

    kind: Kind
    first: float
    later: float
    because: tuple[str, ...]


@dataclass(slots=True)
class Recogniser:
    """Scores pages against all kinds. One for all files: it keeps the folded wordings."""

    kinds: Kinds
    wordings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in self.kinds.values():
            for text in (
                *(wording for clue in kind.clues for wording in (*clue.wordings, *clue.other_wordings)),
                *kind.marks,
            ):
                self.wordings[text] = fold(text)
        self._marks = [
            (kind.title, self.wordings[mark])
            for kind in self.kinds.values()
            if kind.process == "administrative"
            for mark in kind.marks
        ]

    _marks: list[tuple[str, str]] = field(default_factory=list)

    def score(self, sheet: Sheet) -> list[Scored]:
        """Every kind's score on one page, best first."""
        text = page_text(sheet)
        found: dict[str, float] = {}
        marks = self._administrative_marks(text)
        scored = [self._scored(kind, text, found, marks) for kind in self.kinds.values()]
        return sorted(_narrowed(scored), key=lambda item: (-item.first, item.kind.extends is None, -item.later))

    def _presence(self, wording: str, text: PageText, found: dict[str, float]) -> float:
        """How well the wording is there, 0 to 1."""
        if wording not in found:
            found[wording] = _present(self.wordings[wording], text)
        return found[wording]

    def _clue(self, clue: Clue, text: PageText, found: dict[str, float]) -> float:
        if clue.caption and any(_captioned(self.wordings[wording], text) for wording in clue.wordings):
            return 1.0
        if clue.caption:
            return max((self._presence(wording, text, found) for wording in clue.other_wordings), default=0.0)
        best = max(self._presence(wording, text, found) for wording in clue.wordings)
        if best > 0 and clue.heading and not any(_is_title(self.wordings[wording], text) for wording in clue.wordings):
            return 0.0 if clue.required else 0.2 * best
        return best

    def _has_heading(self, kind: Kind, text: PageText, found: dict[str, float]) -> bool:
        """Whether one of the kind's titles or form numbers stands alone; true for kinds that have none."""
        headings = [clue for clue in kind.clues if clue.heading and clue.weight > 0 and clue.page != "later"]
        return not headings or any(
            self._presence(wording, text, found) > 0 and _is_title(self.wordings[wording], text)
            for clue in headings
            for wording in clue.wordings
        )

    def _administrative_marks(self, text: PageText) -> list[str]:
        """Titles, form numbers and captions of administrative papers that stand alone on the page."""
        return [title for title, mark in self._marks if _stands_alone(mark, text)]

    def _scored(self, kind: Kind, text: PageText, found: dict[str, float], marks: Sequence[str]) -> Scored:
        because: list[str] = []
        first = later = total = 0.0
        missing = vetoed = False
        for clue in kind.clues:
            presence = self._clue(clue, text, found)
            if clue.page == "later":
                later += clue.weight * presence
                continue
            if clue.weight > 0:
                total += clue.weight
            if presence > 0:
                first += clue.weight * presence
                if clue.why:
                    because.append(clue.why)
                vetoed = vetoed or (clue.required and clue.weight < 0)
            elif clue.required and clue.weight > 0:
                missing = True
                because.append(f"Missing: {clue.why}" if clue.why else f"Missing: {clue.pattern}")
        score = max(0.0, min(1.0, first / max(5.0, 0.6 * total)))
        if missing or vetoed:
            score *= 0.25
        elif not self._has_heading(kind, text, found):
            because.append("Against: its title and its form number stand nowhere by themselves.")
            score *= 0.4
        if kind.process == "administrative" and has_court(text) and has_docket(text) and has_parties(text):
            because.append("Against: it is headed as a court's paper is.")
            score *= 0.3
        if kind.is_judicial:
            score, more = _held_to_structure(kind, score, text, marks)
            because += more
        return Scored(kind, score, min(1.0, later / 2.0), tuple(because))


def _narrowed(scored: Sequence[Scored]) -> list[Scored]:
    """A paper that is one of the narrower kind is no less sure than one of the wider kind, and comes before it."""
    wider = {item.kind.id: item.first for item in scored if item.kind.extends is None}
    return [
        replace(item, first=max(item.first, wider.get(item.kind.root, 0.0)))
        if item.kind.extends is not None and item.first >= KNOWN
        else item
        for item in scored
    ]


def _held_to_structure(kind: Kind, score: float, text: PageText, marks: Sequence[str]) -> tuple[float, list[str]]:
    """A court's paper shows the court's name and a case number, and bears no administrative title, form number or caption."""
    more: list[str] = []
    if marks:
        more.append(f"Against: it bears what only an administrative paper bears ({marks[0]}).")
        score = min(score, 0.1)
    if not has_court(text):
        more.append("Against: no court's name stands at its head.")
        score = min(score, 0.2)
    if text.agency is not None:
        more.append(f"Against: it is headed as an agency's paper is ({text.agency.strip()}).")
        score = min(score, 0.1)
    if kind.family != "court_order" and heads.rests_on_agency_power(text.plain):
        more.append("Against: it says that it is issued under a law by which an agency commands without a court.")
        score = min(score, 0.3)
    if kind.needs_docket and not has_docket(text):
        more.append("Against: it has no case number.")
        score = min(score, 0.35)
    return score, more


def has_court(text: PageText) -> bool:
    """Whether a court's caption heads the page: the name of a court that issues process, by itself."""
    return bool(text.captions)


def _captioned(wanted: str, text: PageText) -> bool:
    """Whether one of the captions bears the wording, misread letters forgiven on a scan."""
    return any(
        wanted in caption or (text.fuzzy and len(wanted) >= 12 and fuzz.partial_ratio(wanted, caption) >= 84)
        for caption in text.blocks
    )


def has_parties(text: PageText) -> bool:
    """Whether the caption sets one party against another."""
    return any(
        re.fullmatch(r"\W*(?:v|vs|versus|against)\W*", line.strip(), re.IGNORECASE) for line in text.top.splitlines()
    )


def has_docket(text: PageText) -> bool:
    return _DOCKET.search(text.top) is not None or _DOCKET.search(plain_lines(text.top)) is not None


def plain_lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.splitlines())


def _present(wanted: str, text: PageText) -> float:
    if wanted in text.folded:
        return 1.0
    if not text.fuzzy or len(wanted) < 10:
        return 0.0
    cutoff = 78 if len(wanted) >= 20 else 84
    found = fuzz.partial_ratio_alignment(wanted, text.folded, score_cutoff=cutoff)
    if found is None or _lacks_words(wanted, text.folded[found.dest_start : found.dest_end]):
        return 0.0
    return 0.6 + 0.4 * (found.score - cutoff) / (100 - cutoff)


_STRETCH = 14
_LEAST_READ = 7


def _lacks_words(wanted: str, read: str) -> bool:
    """Whether a stretch of the wording is not there at all: misread letters are spread, other words stand together.

    Titles that begin alike and end otherwise (`… in a criminal case`, `… in a civil action`) differ by such a stretch.
    """
    if len(wanted) <= _STRETCH:
        return False
    known = bytearray(len(wanted))
    for step in Levenshtein.opcodes(wanted, read):
        if step.tag == "equal":
            known[step.src_start : step.src_end] = b"\1" * (step.src_end - step.src_start)
    seen = sum(known[:_STRETCH])
    least = seen
    for place in range(_STRETCH, len(wanted)):
        seen += known[place] - known[place - _STRETCH]
        least = min(least, seen)
    return least < _LEAST_READ


def _stands_alone(mark: str, text: PageText) -> bool:
    """Whether a run consists mostly of the mark: a title or a caption, not a mention in a sentence."""
    for head in text.heads:
        if mark in head and (len(head) - len(mark) <= 16 or len(mark) >= 0.5 * len(head)):
            return True
        if (
            text.fuzzy
            and len(mark) >= 14
            and abs(len(head) - len(mark)) <= 0.3 * len(mark)
            and fuzz.ratio(mark, head) >= 84
        ):
            return True
    return False


def _is_title(mark: str, text: PageText) -> bool:
    """Whether the mark stands alone, or opens a longer title."""
    return _stands_alone(mark, text) or (
        len(mark) >= 12 and any(head.startswith(mark) and len(head) <= 110 for head in text.heads)
    )


def candidates(scores: Sequence[Scored], most: int = 4) -> tuple[Candidate, ...]:
    """The nearest kinds with what speaks for and against each."""
    return tuple(
        Candidate(item.kind.id, round(item.first, 3), item.because) for item in scores[:most] if item.first > 0
    )


def certainty(scores: Sequence[Scored]) -> float:
    """How sure the best kind is: its own score, and how far it stands before the next one that is not the same more widely."""
    if not scores:
        return 0.0
    best = scores[0].first
    runner = next((item.first for item in scores[1:] if item.kind.root != scores[0].kind.root), 0.0)
    return round(max(0.0, min(0.995, 0.55 * best + 0.45 * min(1.0, (best - runner) / 0.35))), 3)
