"""Reads the fields of one paper: by shape, by label, by check box and signature; then checks them against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from duly.evidence import Evidence
from duly.instruments.kind import FieldSpec, Kind, Value
from duly.intake import captions, correspondence, orders, signers
from duly.intake.calibration import calibrated
from duly.intake.choosing import Candidate, Chooser
from duly.intake.dating import NO_MERIDIEM
from duly.intake.finding import Found
from duly.intake.laying import LaidOut
from duly.intake.marks import Marks
from duly.intake.mending import mended
from duly.intake.orphans import orphans
from duly.intake.pieces import around
from duly.intake.prose import unwrapped
from duly.intake.sheet import Sheet
from duly.intake.ticking import marked_meridiem

_FINDERS = {**captions.FINDERS, **orders.FINDERS, **signers.FINDERS, **correspondence.FINDERS}


def read_fields(
    kind: Kind,
    sheets: Sequence[Sheet],
    sha256: str,
    today: date | None = None,
    attached: frozenset[int] = frozenset(),
) -> dict[str, Value]:
    """Every field of the kind; those that were looked for and not found have the value None and say why.

    `today` only serves to flag dates in the future; `attached` are the pages that bear nothing of an office's form: what
    belongs in a part of the form, as a date of service does, is not looked for on them.
    """
    reader = Reader(LaidOut(kind, sheets, sha256, attached if kind.process == "administrative" else frozenset()))
    values = _cross_checked(kind, reader.read(), today)
    return {spec.name: calibrated(spec, mended(spec, values[spec.name])) for spec in kind.fields}


class Reader:
    """One paper of a known kind, ready to give up its fields."""

    def __init__(self, paper: LaidOut) -> None:
        self.paper = paper
        self.marks = Marks(paper)
        self.chooser = Chooser(paper)

    def read(self) -> dict[str, Value]:
        """Every field by name, in the order of the kind."""
        fields = self.paper.kind.fields
        values = {
            spec.name: self.marks.marked(spec) for spec in fields if spec.type in ("boolean", "choice", "signature")
        }
        found = {spec.name: value for spec in fields if (value := self._found(spec)) is not None}
        candidates = [item for spec in fields if spec.name not in found for item in self.chooser.candidates(spec)]
        chosen = self.chooser.choose(candidates)
        for spec in fields:
            if spec.name not in found and spec.name not in chosen and (fallback := self._fallback(spec)) is not None:
                found[spec.name] = fallback
        chosen.update(orphans(self.paper, chosen, found))
        for spec in fields:
            if spec.name in found:
                values[spec.name] = found[spec.name]
            elif spec.name in chosen:
                values[spec.name] = self._value(chosen[spec.name])
            elif spec.name not in values:
                values[spec.name] = self.paper.missing(spec)
            if (fallback := self._fallback(spec)) is not None and _is_surer(fallback, values[spec.name]):
                values[spec.name] = fallback
        return {spec.name: values[spec.name] for spec in fields}

    def _fallback(self, spec: FieldSpec) -> Value | None:
        """What the text says where no label has a value; not for a form that prints the place and leaves it empty."""
        if spec.find.get("unless_blank") and "blank" in self.paper.missing(spec).flags:
            return None
        return self._found(spec, "fallback")

    def _found(self, spec: FieldSpec, key: str = "finder") -> Value | None:
        """A field that is found by the shape of the paper (`finder`) and not, or not only, by a label."""
        name = spec.find.get(key, "")
        if name in ("signer capacity", "subpoena signer"):
            return self.marks.signer(spec)
        if key == "finder" and spec.find.get("pattern"):
            return self._matched(spec)
        finder = _FINDERS.get(name)
        if finder is None or spec.type in ("signature", "boolean"):
            return None
        found = finder(self.paper.prose)
        if found is None or not found.pieces:
            return None
        found = self._found_meridiem(found)
        sheet = self.paper.sheets[found.pieces[0].run.page]
        here = [piece for piece in found.pieces if piece.run.page == sheet.number]
        seen = sum(piece.confidence for piece in found.pieces) / len(found.pieces)
        words = " ".join(piece.text for piece in found.pieces)
        return Value(
            spec.name,
            found.value,
            self.paper.evidence(sheet, around(here), words, round(found.confidence * seen, 3)),
            found.flags,
        )

    def _matched(self, spec: FieldSpec) -> Value | None:
        """A field whose words have a shape of their own, wherever they stand."""
        match = re.search(spec.find["pattern"], self.paper.prose.text)
        if match is None:
            return None
        group = next((index for index, words in enumerate(match.groups(), 1) if words), 0)
        pieces = self.paper.prose.pieces(match.start(group), match.end(group))
        sheet = self.paper.sheets[pieces[0].run.page]
        return Value(spec.name, unwrapped(match[group]), self.paper.evidence(sheet, around(pieces), match[group], 0.8))

    def _value(self, candidate: Candidate) -> Value:
        pieces = candidate.read.pieces
        candidate = self._with_meridiem(candidate)
        page = pieces[0].run.page
        same_page = [piece for piece in pieces if piece.run.page == page]
        sheet = self.paper.sheets[page]
        words = " ".join(piece.text for piece in pieces)
        seen = sum(piece.confidence * len(piece.text) for piece in pieces) / max(
            1, sum(len(piece.text) for piece in pieces)
        )
        confidence = min(0.99, seen * min(1.0, 0.45 + 0.58 * candidate.score))
        if sheet.page.method == "ocr":
            confidence *= _legibility(sheet) * _correctness(candidate.spec, words)
        evidence = Evidence(
            "ocr" if sheet.page.method == "ocr" else "text layer",
            document=self.paper.sha256, page=page, box=sheet.as_displayed(around(same_page)), words=words, confidence=round(confidence, 3),
        )  # fmt: skip
        return Value(candidate.spec.name, candidate.read.value, evidence, candidate.read.flags)

    def _found_meridiem(self, found: Found) -> Found:
        """A time found in a sentence, whose a.m. or p.m. is a check box behind it."""
        if not isinstance(found.value, time) or NO_MERIDIEM not in found.flags:
            return found
        piece = found.pieces[0]
        half = marked_meridiem(self.paper.sheets[piece.run.page], self.paper.ink(piece.run.page), piece.box)
        if half is None:
            return found
        hour = found.value.hour % 12 + (12 if half == "p" else 0)
        flags = tuple(flag for flag in found.flags if flag != NO_MERIDIEM)
        return replace(found, value=found.value.replace(hour=hour), flags=flags)

    def _with_meridiem(self, candidate: Candidate) -> Candidate:
        """A time whose a.m. or p.m. is a check box beside it."""
        read = candidate.read
        if not isinstance(read.value, time) or NO_MERIDIEM not in read.flags:
            return candidate
        sheet = self.paper.sheets[read.pieces[0].run.page]
        half = marked_meridiem(sheet, self.paper.ink(sheet.number), read.pieces[0].box)
        if half is None:
            return candidate
        hour = read.value.hour % 12 + (12 if half == "p" else 0)
        flags = tuple(flag for flag in read.flags if flag != NO_MERIDIEM)
        better = replace(read, value=read.value.replace(hour=hour), flags=flags, fit=1.0)
        return replace(candidate, read=better, score=min(1.0, candidate.score + 0.1))


def _is_surer(fallback: Value, value: Value) -> bool:
    """Whether what the text says goes before what stands at a label: where nothing does, or nothing that fits well."""
    return value.value is None or value.evidence.confidence < min(0.75, fallback.evidence.confidence)


def _legibility(sheet: Sheet) -> float:
    """How far a scanned page can be trusted as a whole: on a page that reads badly, what reads well is doubtful too."""
    words = sheet.words
    mean = sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))
    return max(0.5, min(1.0, 1.0 - 1.6 * (0.975 - mean)))


def _correctness(spec: FieldSpec, words: str) -> float:
    """The longer a text, the likelier one wrong letter in it; dates, times and telephones had to parse."""
    if spec.type in ("date", "time", "phone"):
        return 1.0
    return float(0.9985 ** len(words))


def _cross_checked(kind: Kind, values: Mapping[str, Value], today: date | None) -> dict[str, Value]:
    """Flags what cannot be: a date before the paper was made, one in the future where it must be past."""
    checked = dict(values)
    for spec in kind.fields:
        value = checked[spec.name]
        if isinstance(value.value, time) and NO_MERIDIEM in value.flags:
            note = "The paper does not show whether it is a.m. or p.m."
            evidence = replace(value.evidence, confidence=min(value.evidence.confidence, 0.55), note=note)
            checked[spec.name] = replace(value, evidence=evidence)
        if not isinstance(value.value, date):
            continue
        flags = list(value.flags)
        earlier = values.get(spec.find.get("not_before", ""))
        if earlier is not None and isinstance(earlier.value, date) and value.value < earlier.value:
            flags.append("before issue")
        if today is not None and spec.find.get("past") and value.value > today:
            flags.append("in the future")
        confidence = value.evidence.confidence
        if any(
            flag in flags for flag in ("before issue", "in the future", "ambiguous day and month", "day before month")
        ):
            confidence = min(confidence, 0.85)
        checked[spec.name] = replace(value, flags=tuple(flags), evidence=replace(value.evidence, confidence=confidence))
    return checked
