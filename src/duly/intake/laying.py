"""One paper of a known kind laid out for reading: its labels, its parts, its prose, and evidence for what is found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duly.evidence import Box, Evidence
from duly.instruments.kind import FieldSpec, Kind, Value
from duly.intake.printing import Label, find_labels, mark_printing
from duly.intake.prose import Prose
from duly.intake.regions import Surroundings
from duly.intake.resembling import resembling
from duly.intake.sectioning import Sections
from duly.intake.sheet import Picture, Sheet

# The line that a signing program adds to a signature: `Date: 2022.07.07 09:30:54 -06'00'`.
_SIGNING_PROGRAM = re.compile(r"\W*date\W{1,3}\d{4}\.\d\d\.\d\d\s+\d\d:\d\d", re.IGNORECASE)


class LaidOut:
    """One paper's pages with everything on them that is the form's marked as such."""

    def __init__(
        self, kind: Kind, sheets: Sequence[Sheet], sha256: str, attached: frozenset[int] = frozenset()
    ) -> None:
        self.kind = kind
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.around = {sheet.number: Surroundings(sheet) for sheet in sheets}
        self.sha256 = sha256
        self._inks: dict[int, Picture | None] = {}
        for sheet in sheets:
            for run in sheet.runs:
                run.marks[:] = bytes(len(run.marks))
        self.labels = find_labels(sheets, _label_texts(kind), _boxed_texts(kind), _heading_texts(kind))
        mark_printing(sheets, kind)
        self.labels = resembling(sheets, _label_texts(kind), kind.printed, self.labels)
        self.prose = Prose(sheets)
        self.sections = Sections(kind.sections, self.labels, sheets[0].width, attached)

    def labels_of(self, spec: FieldSpec) -> list[tuple[Label, float]]:
        """The places of the field's label that lie in its part of the form, each with how well it fits."""
        wanted = sections_of(spec)
        found = []
        for rank, text in enumerate(spec.find.get("labels", ())):
            for label in self.labels.get(text, ()):
                if _SIGNING_PROGRAM.match(label.run.text):
                    continue
                weight = label.fit - 0.02 * rank
                if wanted:
                    section = self.sections.at(label.run.page, label.box)
                    if section not in wanted:
                        if self.sections.found(wanted) or spec.find.get("only_section"):
                            continue
                        weight -= 0.35
                    else:
                        weight -= 0.1 * wanted.index(section or "")
                found.append((label, weight))
        return without_repeats(found)

    def empty(self, name: str, label: Label, flag: str, note: str, confidence: float) -> Value:
        sheet = self.sheets[label.run.page]
        return Value(name, None, self.evidence(sheet, label.box, "", confidence, note), (flag,))

    def evidence(self, sheet: Sheet, box: Box, words: str, confidence: float, note: str = "") -> Evidence:
        return Evidence(
            "ocr" if sheet.page.method == "ocr" else "text layer", document=self.sha256, page=sheet.number,
            box=sheet.as_displayed(box), words=words, confidence=confidence, note=note,
        )  # fmt: skip

    def missing(self, spec: FieldSpec) -> Value:
        """Not found; `blank` when the place for it is there and empty."""
        places = self.labels_of(spec)
        if places:
            label = places[0][0]
            return self.empty(spec.name, label, "blank", "The place for it on the paper is empty.", 0.9)
        return Value(
            spec.name,
            None,
            Evidence("derived", document=self.sha256, confidence=0.0, note="Its label was not found."),
            ("no label",),
        )

    def ink(self, page: int) -> Picture | None:
        if page not in self._inks:
            packed = self.sheets[page].ink
            self._inks[page] = None if packed is None else packed.unpacked()
        return self._inks[page]


def _label_texts(kind: Kind) -> list[str]:
    """Every label, check-box line and heading of the form; each also ends the value before it."""
    texts: list[str] = []
    for spec in kind.fields:
        texts += spec.find.get("labels", ())
        texts += spec.find.get("tick", ())
        for options in (*spec.find.get("options", {}).values(), *spec.find.get("signatures", {}).values()):
            texts += options
    for section in kind.sections:
        texts += section.starts
    return texts


def sections_of(spec: FieldSpec) -> Sequence[str]:
    wanted: Sequence[str] = spec.find.get("section", ())
    return [wanted] if isinstance(wanted, str) else wanted


def _boxed_texts(kind: Kind) -> frozenset[str]:
    texts: list[str] = []
    for spec in kind.fields:
        texts += spec.find.get("tick", ())
        for options in spec.find.get("options", {}).values():
            texts += options
    return frozenset(texts)


def _heading_texts(kind: Kind) -> frozenset[str]:
    return frozenset(text for section in kind.sections for text in section.starts if len(text) > 9)


def without_repeats(found: Sequence[tuple[Label, float]]) -> list[tuple[Label, float]]:
    """Each place once, best fit first, then in reading order."""
    best: dict[tuple[int, int], tuple[Label, float]] = {}
    for label, weight in found:
        key = (id(label.run), label.start)
        if key not in best or best[key][1] < weight:
            best[key] = (label, weight)
    return sorted(best.values(), key=lambda item: (-item[1], item[0].run.page, item[0].box.y0))
