"""Tells the form's own printing from what was filled in, and finds the labels of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from duly.evidence import Box
from duly.instruments.kind import Kind
from duly.intake.folding import fold
from duly.intake.sheet import Run, Sheet

FREE, PRINTED, LABEL = 0, 1, 2
_GRAM = 14
# Names that the form prints and that people also fill in: standing alone they count as filled in.
_NAMES = tuple(
    fold(name)
    for name in (
        "Department of Homeland Security", "U.S. Department of Homeland Security", "Enforcement and Removal Operations",
        "U.S. Immigration and Customs Enforcement", "Immigration and Customs Enforcement", "U.S. Citizenship and Immigration Services",
        "U.S. Immigration and Customs Enforcement (ICE)", "U.S. Customs and Border Protection", "Customs and Border Protection",
        "United States District Court", "United States Magistrate Judge", "Homeland Security Investigations",
        "Immigration Officer", "United States of America", "Special Agent in Charge", "Assistant United States Attorney",
        "United States Attorney", "United States District Judge", "Law Enforcement Support Center", "United States Marshals Service",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A place where a label is printed: characters `start` to `end` of a run, and how well it fits, 0 to 1."""

    text: str
    run: Run
    start: int
    end: int
    fit: float

    @property
    def box(self) -> Box:
        return self.run.box_of(self.start, self.end)


def find_labels(
    sheets: Sequence[Sheet],
    texts: Iterable[str],
    boxed: frozenset[str] = frozenset(),
    headings: frozenset[str] = frozenset(),
) -> dict[str, list[Label]]:
    """Every place where each label is printed, best fit first; where two overlap the longer one holds the place.

    `boxed` are the lines that stand beside a check box, `headings` those that open a part of the form: the sentence may
    go on after them.
    """
    found: list[Label] = []
    for text in dict.fromkeys(texts):
        here: list[Label] = []
        for sheet in sheets:
            fuzzy = sheet.page.method == "ocr"
            for run in sheet.runs:
                here.extend(_labels_in(run, text, fuzzy, text in boxed or text in headings))
        if not any(label.fit >= 0.9 for label in here) and len(fold(text)) >= 14:
            for sheet in sheets:
                here.extend(_wrapped_labels(sheet, text, text in boxed))
        if not here and len(fold(text)) >= 20:
            # A form typed anew may have lost or changed a word.
            for sheet in sheets:
                for run in sheet.runs:
                    here.extend(_labels_in(run, text, True, text in boxed or text in headings))
        found.extend(here)
    found.sort(key=lambda label: (-len(fold(label.text)) * label.fit - (3 if label.fit == 1.0 else 0), label.start))
    taken: dict[int, list[Label]] = {}
    places: dict[str, list[Label]] = {}
    for label in found:
        holders = taken.setdefault(id(label.run), [])
        rivals = [other for other in holders if other.start < label.end and label.start < other.end]
        if any(not _may_overlap(label, other, boxed) for other in rivals):
            continue
        holders.append(label)
        places.setdefault(label.text, []).append(label)
        for index in range(label.start, label.end):
            label.run.marks[index] = LABEL
    return places


def _may_overlap(label: Label, holder: Label, boxed: frozenset[str]) -> bool:
    """Two spellings of one label may, and a check box's line that begins as a longer label does."""
    if fold(label.text) == fold(holder.text):
        return True
    if label.start == holder.start and label.end == holder.end:
        # A label that only resembles what is printed gives way to the one that is printed, word for word.
        return not (label.fit < 1.0 and holder.fit == 1.0)
    return label.text in boxed and label.start == holder.start


def _wrapped_labels(sheet: Sheet, text: str, boxed: bool) -> Iterable[Label]:
    """A label that is broken over two lines: its end stands at the start of the lower one."""
    wanted = fold(text)
    for upper, lower in _broken_lines(sheet.runs):
        joined = upper.folded + lower.folded
        place = joined.find(wanted)
        end, fit = place + len(wanted), 1.0
        if place < 0 and sheet.page.method == "ocr" and len(wanted) >= 18:
            match = fuzz.partial_ratio_alignment(wanted, joined, score_cutoff=80)
            if match is not None:
                place, end, fit = match.dest_start, match.dest_end, match.score / 100
        if (
            place >= 0
            and fit < 1.0
            and not _is_broken_at(wanted, upper.folded[place:], lower.folded, end - len(upper.folded))
        ):
            continue
        if not 0 <= place < len(upper.folded) - 1 or end <= len(upper.folded) + 1:
            continue
        for index in range(upper.origin[place], len(upper.text)):
            upper.marks[index] = PRINTED
        if boxed and fit == 1.0:
            for index in range(lower.origin[end - len(upper.folded) - 1] + 1):
                lower.marks[index] = PRINTED
        stop = lower.origin[end - len(upper.folded) - 1] + 1
        while stop < len(lower.text) and lower.text[stop] in " :.)":
            stop += 1
        if text.startswith("(") and place > 0 and upper.text[upper.origin[place] - 1] == "(":
            # A caption behind its blank: the blank is before its first word.
            yield Label(text, upper, upper.origin[place] - 1, len(upper.text), fit)
        elif boxed:
            # Its check box stands before its first word, on the upper line.
            yield Label(text, upper, upper.origin[place], len(upper.text), fit)
        else:
            yield Label(text, lower, 0, stop, fit)


def _is_broken_at(wanted: str, tail: str, lower: str, length: int) -> bool:
    """Whether the end of the upper line reads as the label's beginning, and the lower line's start as its end."""
    if len(tail) < 5 or length < 5:
        return False
    return fuzz.ratio(tail, wanted[: len(tail)]) >= 75 and fuzz.ratio(lower[:length], wanted[-length:]) >= 75


def _broken_lines(runs: Sequence[Run]) -> Iterable[tuple[Run, Run]]:
    """Each run with the one that its sentence goes on in: beneath it, or from the end of a line to the start of the next."""
    for index, upper in enumerate(runs):
        for place in range(index + 1, min(len(runs), index + 14)):
            lower = runs[place]
            if lower.box.y0 - upper.box.y1 > 1.2 * upper.height:
                break
            if lower.middle <= upper.box.y1 or lower.box.x0 > upper.box.x0 + 20:
                continue
            beneath = lower.box.x0 < upper.box.x1 and lower.box.x1 > upper.box.x0 - 200
            if beneath or place == index + 1:
                yield upper, lower
                break


def _labels_in(run: Run, text: str, fuzzy: bool, boxed: bool) -> Iterable[Label]:
    wanted = fold(text)
    start = 0
    found = False
    while (place := run.folded.find(wanted, start)) >= 0:
        label = _label(run, text, place, place + len(wanted), 1.0, boxed)
        if label is not None:
            found = True
            yield label
        start = place + len(wanted)
    if fuzzy and not found and 3 <= len(wanted) <= 18 and not boxed:
        label = _short_misread(run, text, wanted)
        if label is not None:
            found = True
            yield label
    if fuzzy and not found and len(wanted) >= 6 and len(run.folded) >= len(wanted) - 2:
        cutoff = 72 if len(wanted) >= 24 else 78 if len(wanted) >= 12 else 83
        match = fuzz.partial_ratio_alignment(wanted, run.folded, score_cutoff=cutoff)
        if match is not None and match.dest_end > match.dest_start:
            label = _label(run, text, match.dest_start, match.dest_end, match.score / 100, boxed)
            if label is not None:
                yield label


def _short_misread(run: Run, text: str, wanted: str) -> Label | None:
    """A short label at the start of a run with a letter or two misread: alone, before a colon, or before its value."""
    allowed = 1 if len(wanted) < 6 else 2 if len(wanted) < 11 else 4
    best: tuple[int, int] | None = None
    for _, end, _ in run.spans[:5]:
        folded = fold(run.text[:end])
        if len(folded) > len(wanted) + allowed:
            break
        if abs(len(folded) - len(wanted)) > allowed or len(folded) < 3:
            continue
        distance = Levenshtein.distance(folded, wanted, score_cutoff=allowed)
        if distance <= min(allowed, 0.34 * len(wanted)) and (best is None or distance < best[0]):
            best = (distance, end)
    if best is None:
        return None
    distance, end = best
    rest = run.text[end:].strip(" :.)")
    alone = not rest or run.text[end - 1] in ":.)"
    # Word for word it would have been found before; in a sentence it is no label.
    if distance == 0 or (not alone and (len(wanted) < 7 or rest[:1].islower())):
        return None
    while end < len(run.text) and run.text[end] in " :.)":
        end += 1
    return Label(text, run, 0, end, 1 - distance / (2.2 * len(wanted)))


def _label(run: Run, text: str, first: int, last: int, fit: float, boxed: bool) -> Label | None:
    """The label at folded characters `first` to `last`, if it stands there as a label and not inside a sentence."""
    start = run.origin[first]
    end = run.origin[last - 1] + 1
    if start > 0 and run.text[start - 1].isalnum():
        return None
    if fit < 1.0:
        start = _past_debris(run, text, start, end)
        end = _at_a_word(run, start, end)
    if text.startswith("(") and "(" not in run.text[max(0, start - 2) : start + 1]:
        return None
    short = last - first < 19
    rest = run.text[end:]
    if (rest[:1].isalnum() and (short or fit == 1.0)) or rest[:2].casefold() in ("'s", "’s"):
        return None
    if text.startswith("(") and 0 <= (closing := run.text.find(")", end)) <= end + 16:
        end = closing
    while end < len(run.text) and run.text[end] in " :.)#*-–_":
        end += 1
    while start > 0 and run.text[start - 1] in "(":
        start -= 1
    colon = ":" in run.text[run.origin[last - 1] + 1 : end]
    if short and not colon and not boxed and not _stands_alone(run, start, end, text):
        return None
    return Label(text, run, start, end, fit)


def _at_a_word(run: Run, start: int, end: int) -> int:
    """The end of a label that only resembles the printing, moved to where a word ends: no word is half a label."""
    for word_start, word_end, _ in run.spans:
        if word_start < end < word_end and word_start > start:
            mostly = end - word_start > 0.85 * (word_end - word_start)
            return word_end if mostly and not run.text[word_start].isupper() else word_start
    return end


def _past_debris(run: Run, text: str, start: int, end: int) -> int:
    """The start of a misread label, without the remains of a check box that were read into it."""
    first = fold(text.split()[0])
    for word_start, word_end, _ in run.spans:
        if start <= word_start < end:
            word = fold(run.text[word_start:word_end])
            if len(word) > 2 or (word and word == first[:2]):
                return max(start, word_start)
    return start


def _stands_alone(run: Run, start: int, end: int, text: str) -> bool:
    """Whether a short word is a label of its own: at the start of its run, or in brackets, or all of it."""
    before = run.text[:start].strip(" ☐☒□■()[]")
    after = run.text[end:].lstrip()
    capital = run.text[start:end].strip("( ")[:1].isupper()
    if not capital and text.strip("( ")[:1].isupper():
        return False
    if not capital:
        return not after or len(before) < 1
    bracketed = run.text[start : start + 1] == "(" and ")" in run.text[start:end]
    enumerated = len(before) <= 4 and not before.isalpha()
    return bracketed or (enumerated and (not after or not after[0].islower()))


def mark_printing(sheets: Sequence[Sheet], kind: Kind) -> None:
    """Marks, in every run, the characters that are the form's own wording."""
    whole, grams = _wording(kind.printed)
    lines = {fold(line) for line in kind.printed}
    joints = {fold(line) for line in kind.printed if line.startswith((",", "("))}
    for sheet in sheets:
        previous: Run | None = None
        for run in sheet.runs:
            goes_on = previous is not None and _goes_on(previous, run)
            previous = run
            if _VERSUS.fullmatch(run.text):
                # It ends what stands over it and belongs to neither party.
                run.marks[:] = bytes([LABEL]) * len(run.marks)
                continue
            if run.folded in lines and run.folded not in _NAMES:
                run.marks[:] = bytes(max(mark, PRINTED) for mark in run.marks)
                continue
            _mark(run, whole, grams, joints, fuzzy=sheet.page.method == "ocr", goes_on=goes_on)


def _goes_on(previous: Run, run: Run) -> bool:
    """Whether a run is the line beneath a printed one, at the same margin."""
    under = 0 < run.box.y0 - previous.box.y0 < 2 * previous.height and (
        run.box.x0 <= previous.box.x0 + 4 or abs(run.box.x0 + run.box.x1 - previous.box.x0 - previous.box.x1) < 12
    )
    return under and len(previous.text) > 40 and previous.marks[len(previous.text.rstrip(" .,;:)")) - 1] == PRINTED


_VERSUS = re.compile(r"\W*(?:v|vs|versus|against)\W*", re.IGNORECASE)


@lru_cache(maxsize=64)
def _wording(printed: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    whole = "".join(fold(line) for line in printed)
    return whole, frozenset(whole[index : index + _GRAM] for index in range(max(0, len(whole) - _GRAM + 1)))


def _mark(run: Run, whole: str, grams: frozenset[str], joints: set[str], *, fuzzy: bool, goes_on: bool) -> None:
    if len(run.folded) < 4 or run.folded in _NAMES:
        return
    hits = bytearray(len(run.folded))
    # What people fill in has capitals or figures; a few small words that the form prints are the form's.
    plain_words = not any(character.isupper() or character.isdigit() for character in run.text)
    if len(run.folded) < 24 and not goes_on and not plain_words:
        return
    if len(run.folded) < _GRAM:
        # The last word or two of a printed sentence, carried over to a new line.
        if goes_on and run.folded in whole:
            hits = bytearray(b"\1" * len(run.folded))
    else:
        for index in range(len(run.folded) - _GRAM + 1):
            if run.folded[index : index + _GRAM] in grams:
                hits[index : index + _GRAM] = b"\1" * _GRAM
    if fuzzy and sum(hits) < 0.8 * len(hits):
        _mark_misread(run, whole, hits)
    _drop_chance_hits(run, hits, joints)
    _mark_words(run, hits)


def _drop_chance_hits(run: Run, hits: bytearray, joints: set[str]) -> None:
    """A few words that the form also prints, in the middle of what was filled in, were filled in."""
    mostly = sum(hits) >= 0.85 * len(hits)
    place = 0
    while place < len(hits):
        if not hits[place]:
            place += 1
            continue
        end = place
        while end < len(hits) and hits[end]:
            end += 1
        stretch = run.folded[place:end]
        chance = end - place < 24 and not mostly and stretch not in joints
        if chance or any(stretch in name or (name in stretch and len(stretch) - len(name) <= 3) for name in _NAMES):
            hits[place:end] = bytes(end - place)
        place = end


def _mark_misread(run: Run, whole: str, hits: bytearray) -> None:
    """Adds what a misreading hid: characters that align with the best-fitting stretch of the form's wording."""
    if len(run.folded) < 10:
        return
    match = fuzz.partial_ratio_alignment(run.folded, whole, score_cutoff=60)
    if match is None:
        return
    stretch = whole[match.dest_start : match.dest_end]
    zones: list[tuple[int, int, int]] = []
    for operation in Levenshtein.opcodes(run.folded, stretch):
        if operation.tag != "equal":
            continue
        start, end = operation.src_start, operation.src_end
        if zones and start - zones[-1][1] <= (7 if match.score >= 90 else 3):
            zones[-1] = (zones[-1][0], end, zones[-1][2] + end - start)
        else:
            zones.append((start, end, end - start))
    for start, end, equal in zones:
        # A zone of printing is long, and most of it reads as printed.
        if end - start >= 10 and equal >= 0.72 * (end - start):
            hits[start:end] = b"\1" * (end - start)


def _mark_words(run: Run, hits: bytearray) -> None:
    """A word is printed when most of its letters are; a short word between two printed ones is too."""
    letters: dict[int, list[int]] = {}
    for position, index in enumerate(run.origin):
        letters.setdefault(index, []).append(hits[position])
    printed = []
    for start, end, _ in run.spans:
        known = [hit for index in range(start, end) for hit in letters.get(index, ())]
        printed.append(bool(known) and sum(known) >= 0.65 * len(known))
    for place in range(1, len(printed) - 1):
        start, end, _ = run.spans[place]
        if not printed[place] and printed[place - 1] and printed[place + 1] and end - start <= 3:
            printed[place] = not any(character.isdigit() for character in run.text[start:end])
    if run.text.startswith("(") and run.text.endswith(")") and sum(printed) > 0.5 * len(printed):
        # A caption in brackets is printed as a whole, though its wording changed with the edition.
        printed = [True] * len(printed)
    for (start, end, _), is_printed in zip(run.spans, printed, strict=True):
        if is_printed:
            for index in range(start, end):
                run.marks[index] = max(run.marks[index], PRINTED)
