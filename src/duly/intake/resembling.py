"""Labels too badly misread to be found one by one: each unexplained line is the label that it resembles most, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from duly.intake.folding import fold
from duly.intake.printing import FREE, LABEL, Label
from duly.intake.sheet import Run, Sheet

# How alike a line and a label must be, by the label's length: the shorter it is, the sooner other words resemble it.
_LEAST_ALIKE = ((14, 58.0), (9, 64.0), (6, 70.0))
_AHEAD = 6.0
"""By how much the label must be more alike than any other wording of the form."""
_SURELY_READ = 0.95
_LONGEST = 60
_TELLING = 12
"""From how many letters on likeness alone tells a label, however sure the engine was of each letter."""
_SHORT = 9
_NEXT_ALIKE = 40.0
_NEXT = 3.5
"""How many heights of a line may lie between a label and the next one beneath it."""


def resembling(
    sheets: Sequence[Sheet], texts: Iterable[str], printed: Sequence[str], places: Mapping[str, Sequence[Label]]
) -> dict[str, list[Label]]:
    """The places found before, and those of the labels that a scan's unexplained lines resemble.

    A short line that the engine read surely is not misread, and so what was filled in clearly never becomes a label.
    """
    wordings = {fold(text): text for text in (*printed, *texts) if len(fold(text)) <= _LONGEST}
    labels: dict[str, list[str]] = {}
    for text in texts:
        labels.setdefault(fold(text), []).append(text)
    more = {text: list(found) for text, found in places.items()}
    for sheet in sheets:
        if sheet.page.method != "ocr":
            continue
        for run in sheet.runs:
            if any(mark != FREE for mark in run.marks):
                continue
            found = _likeness(run, labels, wordings)
            if found is not None:
                more.setdefault(found.text, []).append(found)
                run.marks[found.start : found.end] = bytes([LABEL]) * (found.end - found.start)
        for found in _in_turn(sheet, [fold(line) for line in printed], labels, more):
            more.setdefault(found.text, []).append(found)
            found.run.marks[:] = bytes([LABEL]) * len(found.run.marks)
    return more


def _in_turn(
    sheet: Sheet, order: Sequence[str], labels: Mapping[str, Sequence[str]], places: Mapping[str, Sequence[Label]]
) -> Iterable[Label]:
    """Short labels, by what the form prints right after the label over them, at the same margin or under the same middle."""
    known = {id(place.run): fold(place.text) for found in places.values() for place in found}
    for run in sheet.runs:
        read = fold(run.text)
        sure = run.confidence_of(0, len(run.text)) >= _SURELY_READ and not run.text.startswith("(")
        if not 2 <= len(read) <= _SHORT or any(run.marks) or sure:
            continue
        over = [
            other for other in sheet.runs if id(other) in known and other.middle < run.box.y0 and _aligned(other, run)
        ]
        above = max(over, key=lambda other: other.middle, default=None)
        if above is None or run.box.y0 - above.box.y1 > _NEXT * above.height:
            continue
        turns = [place + 1 for place, line in enumerate(order) if line == known[id(above)] or known[id(above)] in line]
        after = [line for place in turns for line in order[place : place + 2] if line in labels]
        near = (line for line in after if fuzz.ratio(read, line) >= _NEXT_ALIKE and abs(len(line) - len(read)) <= 3)
        best = next(near, None)
        if best is not None:
            known[id(run)] = best
            yield Label(_as_printed(labels[best], run), run, 0, len(run.text), 0.6)


def _as_printed(texts: Sequence[str], run: Run) -> str:
    """Of the spellings of a label the one in brackets, when the run is."""
    return next((text for text in texts if text.startswith("(") == run.text.startswith("(")), texts[0])


def _aligned(one: Run, other: Run) -> bool:
    return abs(one.box.x0 - other.box.x0) < 5 or abs(one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) < 20


def _likeness(run: Run, labels: Mapping[str, Sequence[str]], wordings: Mapping[str, str]) -> Label | None:
    """The label that a run is, misread: all of the run, or what stands before its colon."""
    for end in _ends(run.text):
        read = fold(run.text[:end])
        if len(read) < _TELLING and run.confidence_of(0, end) >= _SURELY_READ:
            continue
        near = [wording for wording in wordings if 0.72 <= len(read) / max(1, len(wording)) <= 1.35]
        ranked = sorted(((fuzz.ratio(read, wording), wording) for wording in near), reverse=True)[:12]
        if not ranked:
            continue
        best, nearest = ranked[0]
        # `Authorized Official` and `5. Authorized Official:` are one wording; what else comes near makes it doubtful.
        same = [
            wording
            for _, wording in ranked
            if fuzz.partial_ratio(nearest, wording) >= 90 or fuzz.ratio(nearest, wording) >= 75
        ]
        runner = max((alike for alike, wording in ranked if wording not in same), default=0.0)
        label = next((wording for wording in same if wording in labels), None)
        least = next((share for length, share in _LEAST_ALIKE if len(nearest) >= length), 101.0)
        if label is not None and best >= least and best - runner >= _AHEAD:
            return Label(_as_printed(labels[label], run), run, 0, end, best / 100)
    return None


def _ends(text: str) -> tuple[int, ...]:
    colon = text.find(":") + 1
    return (len(text), colon) if 0 < colon < len(text) else (len(text),)
