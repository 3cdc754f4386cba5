"""Reads the fields of one paper: labels, the regions around them, typed values, check boxes, signatures, cross-checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from duly.evidence import Box, Evidence
from duly.instruments.kind import FieldSpec, Kind, Value
from duly.intake import captions, correspondence
from duly.intake.captions import Block
from duly.intake.dating import NO_MERIDIEM
from duly.intake.folding import fold
from duly.intake.printing import Label, find_labels, mark_printing
from duly.intake.prose import Prose, unwrapped
from duly.intake.regions import Piece, Region, Surroundings, free_pieces, is_bracketed
from duly.intake.sectioning import Sections
from duly.intake.sheet import Picture, Sheet
from duly.intake.signing import Signature, read_signature, signature_in
from duly.intake.ticking import Tick, marked_meridiem, read_tick
from duly.intake.wording import Read, read_region

_DIRECTIONS = ("right", "below", "wrap", "above")
_LINES = {"address": 4, "list": 60, "name": 2}


@dataclass(frozen=True, slots=True)
class _Candidate:
    spec: FieldSpec
    label: Label
    region: Region
    read: Read
    score: float


class Reader:
    """One paper of a known kind, ready to give up its fields. `today` only serves to flag dates in the future."""

    def __init__(self, kind: Kind, sheets: Sequence[Sheet], sha256: str, today: date | None = None) -> None:
        self.kind = kind
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.around = {sheet.number: Surroundings(sheet) for sheet in sheets}
        self.sha256 = sha256
        self.today = today
        self.inks: dict[int, Picture | None] = {}
        for sheet in sheets:
            for run in sheet.runs:
                run.marks[:] = bytes(len(run.marks))
        self.labels = find_labels(sheets, _label_texts(kind), _boxed_texts(kind), _heading_texts(kind))
        mark_printing(sheets, kind)
        self.prose = Prose(sheets)
        self._blocks_read = False
        self._styles: dict[int, int] = {}
        self._block: tuple[str, Block, Signature, Sheet] | None = None
        self.sections = Sections(kind.sections, self.labels, sheets[0].width)

    def read(self) -> dict[str, Value]:
        """Every field of the kind; those that were looked for and not found have the value None and say why."""
        values = {spec.name: self._marked(spec) for spec in self.kind.fields if spec.type in ("boolean", "choice", "signature")}
        found = {spec.name: value for spec in self.kind.fields if (value := self._found(spec)) is not None}
        chosen = self._choose([candidate for spec in self.kind.fields if spec.name not in found for candidate in self._candidates(spec)])
        chosen.update(self._orphans(chosen, found))
        for spec in self.kind.fields:
            if spec.name in found:
                values[spec.name] = found[spec.name]
            elif spec.name in chosen:
                values[spec.name] = self._value(chosen[spec.name])
            elif spec.name not in values or (values[spec.name].value is None and spec.name in chosen):
                values[spec.name] = self._missing(spec)
            if values[spec.name].value is None and (fallback := self._found(spec, "fallback")) is not None:
                values[spec.name] = fallback
        ordered = {spec.name: values[spec.name] for spec in self.kind.fields}
        return _cross_checked(self.kind, ordered, self.today)

    def _found(self, spec: FieldSpec, key: str = "finder") -> Value | None:
        """A field that is found by the shape of the paper (`finder`) and not, or not only, by a label."""
        name = spec.find.get(key, "")
        if name in ("signer capacity", "subpoena signer"):
            return self._signer(spec)
        if key == "finder" and spec.find.get("pattern"):
            return self._matched(spec)
        finder = _FINDERS.get(name)
        if finder is None or spec.type in ("signature", "boolean"):
            return None
        found = finder(self.prose)
        if found is None or not found.pieces:
            return None
        sheet = self.sheets[found.pieces[0].run.page]
        here = [piece for piece in found.pieces if piece.run.page == sheet.number]
        seen = sum(piece.confidence for piece in found.pieces) / len(found.pieces)
        words = " ".join(piece.text for piece in found.pieces)
        return Value(spec.name, found.value, self._evidence(sheet, _around(here), words, round(found.confidence * seen, 3)), found.flags)

    def _matched(self, spec: FieldSpec) -> Value | None:
        """A field whose words have a shape of their own, wherever they stand."""
        match = re.search(spec.find["pattern"], self.prose.text)
        if match is None:
            return None
        group = next((index for index, words in enumerate(match.groups(), 1) if words), 0)
        pieces = self.prose.pieces(match.start(group), match.end(group))
        sheet = self.sheets[pieces[0].run.page]
        return Value(spec.name, unwrapped(match[group]), self._evidence(sheet, _around(pieces), match[group], 0.8))

    def _signed_block(self) -> tuple[str, Block, Signature, Sheet] | None:
        """Of a subpoena's signature blocks, the one that is signed, else the last."""
        if not self._blocks_read:
            self._blocks_read = True
            seen = []
            for role, block in captions.role_blocks(self.prose):
                sheet = self.sheets[(block.name or block.title).page]
                seen.append((role, block, signature_in(sheet, self._ink(sheet.number), block.area, name_counts=False), sheet))
            self._block = max(seen, key=lambda item: (item[2].signed, item[2].confidence, item[1].area.y0), default=None)
        return self._block

    def _signed_elsewhere(self) -> bool:
        """Whether a captioned signature line is signed, apart from the name's block."""
        spec = self.kind.field("signed")
        return spec is not None and any(found.signed for found, _ in self._signatures(spec, self._labels_of(spec)))

    def _signer(self, spec: FieldSpec) -> Value | None:
        found = self._signed_block()
        if found is None or (spec.type == "choice" and not found[2].signed and not self._signed_elsewhere()):
            return None
        role, block, signature, sheet = found
        line = block.name or block.title
        value = role if spec.type == "choice" else captions.block_name(block)
        if value is None:
            return None
        box = _around(line.pieces()) if spec.type != "choice" else _around(block.title.pieces())
        return Value(spec.name, value, self._evidence(sheet, box, line.text, round(min(0.85, signature.confidence), 3)))

    def _labels_of(self, spec: FieldSpec) -> list[tuple[Label, float]]:
        """The places of the field's label that lie in its part of the form, each with how well it fits."""
        wanted = _sections_of(spec)
        found = []
        for rank, text in enumerate(spec.find.get("labels", ())):
            for label in self.labels.get(text, ()):
                weight = label.fit - 0.02 * rank
                if wanted:
                    section = self.sections.at(label.run.page, label.box)
                    if section not in wanted:
                        if self.sections.found(wanted) or spec.find.get("only_section"):
                            continue
                        weight -= 0.35
                    else:
                        weight -= 0.1 * list(wanted).index(section)
                found.append((label, weight))
        return _without_repeats(found)

    def _candidates(self, spec: FieldSpec) -> Iterable[_Candidate]:
        if spec.type in ("boolean", "signature") or (spec.type == "choice" and not spec.find.get("labels")):
            return
        own = spec.find.get("where", _DIRECTIONS[:3])
        where = list(dict.fromkeys((*own, *_DIRECTIONS))) if spec.type != "list" else own
        lines = int(spec.find.get("lines", _LINES.get(spec.type, 1)))
        for label, weight in self._labels_of(spec):
            for region in self.around[label.run.page].regions(label, where, lines, loose=spec.type == "list" or (spec.type == "text" and lines > 6), usual=len(own), style=self._style(label.run.page)):
                if spec.type == "name" and region.direction in ("right", "wrap") and "lines" not in spec.find:
                    region = replace(region, lines=region.lines[:1])
                read = read_region(spec, region)
                if read is not None and weight > 0:
                    yield _Candidate(spec, label, region, read, weight * region.fitness * (0.35 + 0.65 * read.fit))

    def _style(self, page: int) -> int:
        """1 when the page's labels stand under their values, -1 when over them, by where dates and telephones read well."""
        if page not in self._styles:
            votes = 0
            for spec in self.kind.fields:
                if spec.type not in ("date", "phone", "time"):
                    continue
                for label, _ in self._labels_of(spec):
                    if label.run.page == page:
                        votes += self._vote(spec, label)
            self._styles[page] = 1 if votes > 0 else -1 if votes < 0 else 0
        return self._styles[page]

    def _vote(self, spec: FieldSpec, label: Label) -> int:
        reads = {
            region.direction: read_region(spec, region) is not None
            for region in self.around[label.run.page].regions(label, ("above", "below", "right"), 1)
        }
        if reads.get("right") or is_bracketed(label):
            return 0
        return int(reads.get("above", False)) - int(reads.get("below", False))

    def _choose(self, candidates: Sequence[_Candidate]) -> dict[str, _Candidate]:
        """Best first; words that one field has taken are not given to another, save to the other part of a block."""
        chosen: dict[str, _Candidate] = {}
        taken: list[tuple[_Candidate, Piece]] = []
        for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
            if candidate.spec.name in chosen or candidate.score < 0.2:
                continue
            if any(_clash(piece, other) and not _may_share(candidate, holder) for holder, other in taken for piece in candidate.read.pieces):
                continue
            chosen[candidate.spec.name] = candidate
            taken.extend((candidate, piece) for piece in candidate.read.pieces)
        return chosen

    def _orphans(self, chosen: Mapping[str, _Candidate], found: Mapping[str, Value]) -> dict[str, _Candidate]:
        """Dates, times and telephones whose label could not be read: the only one of its type left in the field's part.

        What is found so is never sure, and says so.
        """
        taken = [piece for candidate in chosen.values() for piece in candidate.read.pieces]
        orphans: dict[str, _Candidate] = {}
        for spec in self.kind.fields:
            wanted = _sections_of(spec)
            if spec.type not in ("date", "time", "phone") or spec.name in chosen or spec.name in found or not wanted:
                continue
            if not self.sections.found(wanted) or self._has_rival(spec, chosen):
                continue
            left = [piece for piece in self._free_in(wanted[:1]) if not any(_clash(piece, other) for other in taken)]
            reads = [(piece, read) for piece in left if (read := read_region(spec, _alone(piece))) is not None and read.value is not None]
            if len(reads) == 1:
                piece, read = reads[0]
                label = Label(spec.label, piece.run, piece.start, piece.start, 0.5)
                read = replace(read, flags=(*read.flags, "label not read"))
                orphans[spec.name] = _Candidate(spec, label, _alone(piece), read, 0.25)
                taken += read.pieces
        return orphans

    def _has_rival(self, spec: FieldSpec, chosen: Mapping[str, _Candidate]) -> bool:
        """Whether another field of the same type and part is missing too: then nobody can tell whose the value is."""
        mine = set(_sections_of(spec)[:1])
        return any(
            other.name != spec.name and other.type == spec.type and other.name not in chosen and mine & set(_sections_of(other)[:1])
            for other in self.kind.fields
        )

    def _free_in(self, sections: Sequence[str]) -> list[Piece]:
        """What was filled in within the given parts of the form."""
        pieces = []
        for sheet in self.sheets.values():
            for run in sheet.runs:
                for piece in free_pieces(run):
                    if self.sections.at(sheet.number, piece.box) in sections:
                        pieces.append(piece)
        return pieces

    def _value(self, candidate: _Candidate) -> Value:
        pieces = candidate.read.pieces
        candidate = self._with_meridiem(candidate)
        page = pieces[0].run.page
        same_page = [piece for piece in pieces if piece.run.page == page]
        sheet = self.sheets[page]
        words = " ".join(piece.text for piece in pieces)
        seen = sum(piece.confidence * len(piece.text) for piece in pieces) / max(1, sum(len(piece.text) for piece in pieces))
        confidence = min(0.99, seen * min(1.0, 0.45 + 0.58 * candidate.score))
        evidence = Evidence(
            "ocr" if sheet.page.method == "ocr" else "text layer",
            document=self.sha256, page=page, box=sheet.as_displayed(_around(same_page)), words=words, confidence=round(confidence, 3),
        )  # fmt: skip
        return Value(candidate.spec.name, candidate.read.value, evidence, candidate.read.flags)

    def _with_meridiem(self, candidate: _Candidate) -> _Candidate:
        """A time whose a.m. or p.m. is a check box beside it."""
        read = candidate.read
        if not isinstance(read.value, time) or NO_MERIDIEM not in read.flags:
            return candidate
        sheet = self.sheets[read.pieces[0].run.page]
        half = marked_meridiem(sheet, self._ink(sheet.number), read.pieces[0].box)
        if half is None:
            return candidate
        hour = read.value.hour % 12 + (12 if half == "p" else 0)
        flags = tuple(flag for flag in read.flags if flag != NO_MERIDIEM)
        better = replace(read, value=read.value.replace(hour=hour), flags=flags, fit=1.0)
        return replace(candidate, read=better, score=min(1.0, candidate.score + 0.1))

    def _missing(self, spec: FieldSpec) -> Value:
        """Not found; `blank` when the place for it is there and empty."""
        places = self._labels_of(spec)
        if places:
            label = places[0][0]
            return self._empty(spec.name, label, "blank", "The place for it on the paper is empty.", 0.9)
        return Value(spec.name, None, Evidence("derived", document=self.sha256, confidence=0.0, note="Its label was not found."), ("no label",))

    def _empty(self, name: str, label: Label, flag: str, note: str, confidence: float) -> Value:
        sheet = self.sheets[label.run.page]
        return Value(name, None, self._evidence(sheet, label.box, "", confidence, note), (flag,))

    def _evidence(self, sheet: Sheet, box: Box, words: str, confidence: float, note: str = "") -> Evidence:
        return Evidence(
            "ocr" if sheet.page.method == "ocr" else "text layer", document=self.sha256, page=sheet.number,
            box=sheet.as_displayed(box), words=words, confidence=confidence, note=note,
        )  # fmt: skip

    def _marked(self, spec: FieldSpec) -> Value:
        if spec.type == "boolean" and "says" in spec.find:
            return self._says(spec)
        if spec.type == "boolean":
            tick, label = self._tick(spec.find.get("tick", ()), spec)
            if tick is None or label is None:
                return self._missing_mark(spec, label)
            sheet = self.sheets[label.run.page]
            words = label.run.text[label.start : label.end].strip()
            return Value(spec.name, tick.marked, self._evidence(sheet, tick.box, words, tick.confidence * min(1.0, label.fit + 0.1)))
        if spec.type == "choice":
            if spec.find.get("finder"):
                return self._missing(spec)
            return self._who_signed(spec) if "signatures" in spec.find else self._chosen(spec)
        return self._signature(spec)

    def _says(self, spec: FieldSpec) -> Value:
        """Whether one of the given words stands in the upper part of the first page, as in a title."""
        first = min(self.sheets)
        for run in self.sheets[first].runs:
            folded = run.folded
            if run.box.y0 < 0.75 * self.sheets[first].height and any(fold(words) in folded for words in spec.find["says"]):
                return Value(spec.name, True, self._evidence(self.sheets[first], run.box, run.text, 0.97))
        return Value(spec.name, False, self._evidence(self.sheets[first], self.sheets[first].runs[0].box, "", 0.9, "The paper does not say so."))

    def _missing_mark(self, spec: FieldSpec, label: Label | None) -> Value:
        if label is not None:
            return self._empty(spec.name, label, "no box", "No check box was found beside the line.", 0.3)
        return Value(spec.name, None, Evidence("derived", document=self.sha256, confidence=0.0, note="Its line was not found."), ("no label",))

    def _tick(self, texts: Sequence[str], spec: FieldSpec) -> tuple[Tick | None, Label | None]:
        first: Label | None = None
        wanted = _sections_of(spec)
        for text in texts:
            for label in self.labels.get(text, ()):
                if wanted and self.sections.found(wanted) and self.sections.at(label.run.page, label.box) not in wanted:
                    continue
                first = first or label
                tick = read_tick(self.sheets[label.run.page], self._ink(label.run.page), label)
                if tick is not None:
                    return tick, label
        return None, first

    def _chosen(self, spec: FieldSpec) -> Value:
        """The option whose box is marked; none when no box, or more than one, is marked."""
        marked: list[tuple[str, Tick, Label]] = []
        seen: list[tuple[Tick, Label]] = []
        for option, texts in spec.find.get("options", {}).items():
            tick, label = self._tick(texts, spec)
            if tick is not None and label is not None:
                seen.append((tick, label))
                if tick.marked:
                    marked.append((option, tick, label))
        if len(marked) == 1:
            option, tick, label = marked[0]
            option = self._in_other_words(spec, option, label)
            sheet = self.sheets[label.run.page]
            words = label.run.text[label.start : label.end].strip()
            return Value(spec.name, option, self._evidence(sheet, tick.box, words, tick.confidence))
        if seen:
            flag, note = ("several marked", "More than one box is marked.") if marked else ("blank", "No box is marked.")
            return self._empty(spec.name, seen[0][1], flag, note, 0.85)
        return self._missing(spec)

    def _in_other_words(self, spec: FieldSpec, option: str, label: Label) -> str:
        """What was written beside the box *other*."""
        if option != "other":
            return option
        region = next(iter(self.around[label.run.page].regions(label, ("right", "wrap"), 1)), None)
        words = " ".join(piece.text for piece in region.pieces) if region is not None else ""
        return words.strip(" .") or option

    def _signature(self, spec: FieldSpec) -> Value:
        seen = self._signatures(spec, self._labels_of(spec))
        if not any(found.signed for found, _ in seen):
            seen += self._block_signature(spec)
        if seen:
            # A form with two lines (clerk or attorney) is signed when either is.
            found, sheet = max(seen, key=lambda item: (item[0].signed, item[0].confidence))
            note = "" if found.signed else "The place for the signature is empty."
            return Value(spec.name, found.signed, self._evidence(sheet, found.box, found.words, found.confidence, note), found.flags)
        return Value(spec.name, None, Evidence("derived", document=self.sha256, confidence=0.0, note="No place for a signature was found."), ("no label",))

    def _signatures(self, spec: FieldSpec, places: Sequence[tuple[Label, float]]) -> list[tuple[Signature, Sheet]]:
        seen = []
        for label, _ in places:
            sheet = self.sheets[label.run.page]
            found = read_signature(sheet, self._ink(label.run.page), label, spec.find.get("where", ("above", "right")))
            if found is not None:
                seen.append((found, sheet))
        return seen

    def _block_signature(self, spec: FieldSpec) -> list[tuple[Signature, Sheet]]:
        """The signature over the name in a signature block without a caption."""
        if spec.find.get("finder") == "subpoena signature":
            signed = self._signed_block()
            return [] if signed is None else [(signed[2], signed[3])]
        finder = _BLOCKS.get(spec.find.get("finder", ""))
        block = None if finder is None else finder(self.prose)
        if block is None:
            return []
        page = (block.name or block.title).page
        return [(signature_in(self.sheets[page], self._ink(page), block.area, name_counts=False), self.sheets[page])]

    def _who_signed(self, spec: FieldSpec) -> Value:
        """Which of the form's signature lines bears the signature."""
        signed: list[tuple[str, Signature, Sheet]] = []
        empty: list[tuple[Signature, Sheet]] = []
        for who, texts in spec.find["signatures"].items():
            places = _without_repeats([(label, label.fit) for text in texts for label in self.labels.get(text, ())])
            for found, sheet in self._signatures(spec, places):
                if found.signed:
                    signed.append((who, found, sheet))
                else:
                    empty.append((found, sheet))
        if signed:
            who, found, sheet = max(signed, key=lambda item: item[1].confidence)
            confidence = found.confidence if len(signed) == 1 else min(0.6, found.confidence)
            return Value(spec.name, who, self._evidence(sheet, found.box, found.words, confidence), found.flags)
        if empty:
            found, sheet = empty[0]
            return Value(spec.name, None, self._evidence(sheet, found.box, "", 0.9, "No signature line is signed."), ("blank",))
        return self._missing(spec)

    def _ink(self, page: int) -> Picture | None:
        if page not in self.inks:
            packed = self.sheets[page].ink
            self.inks[page] = None if packed is None else packed.unpacked()
        return self.inks[page]


_FINDERS = {**captions.FINDERS, **correspondence.FINDERS}
_BLOCKS = {"judge signature": captions.judge_block, "closing signature": correspondence.closing_block}


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


def _sections_of(spec: FieldSpec) -> Sequence[str]:
    wanted: Sequence[str] = spec.find.get("section", ())
    return [wanted] if isinstance(wanted, str) else wanted


def _alone(piece: Piece) -> Region:
    """A region of one piece without a label."""
    return Region(Label("", piece.run, piece.start, piece.start, 0.5), "right", ((piece,),), 0.5)


def _boxed_texts(kind: Kind) -> frozenset[str]:
    texts: list[str] = []
    for spec in kind.fields:
        texts += spec.find.get("tick", ())
        for options in spec.find.get("options", {}).values():
            texts += options
    return frozenset(texts)


def _heading_texts(kind: Kind) -> frozenset[str]:
    return frozenset(text for section in kind.sections for text in section.starts if len(text) > 9)


def _without_repeats(found: Sequence[tuple[Label, float]]) -> list[tuple[Label, float]]:
    """Each place once, best fit first, then in reading order."""
    best: dict[tuple[int, int], tuple[Label, float]] = {}
    for label, weight in found:
        key = (id(label.run), label.start)
        if key not in best or best[key][1] < weight:
            best[key] = (label, weight)
    return sorted(best.values(), key=lambda item: (-item[1], item[0].run.page, item[0].box.y0))


def _clash(one: Piece, other: Piece) -> bool:
    return one.run is other.run and one.start < other.end and other.start < one.end


def _may_share(one: _Candidate, other: _Candidate) -> bool:
    if one.label.run is not other.label.run or one.label.start != other.label.start:
        return False
    return bool(one.spec.find.get("part") and other.spec.find.get("part")) or one.spec.find.get("share") == other.spec.name or (
        other.spec.find.get("share") == one.spec.name
    )


def _around(pieces: Sequence[Piece]) -> Box:
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.union(piece.box)
    return box


def _cross_checked(kind: Kind, values: Mapping[str, Value], today: date | None) -> dict[str, Value]:
    """Flags what cannot be: a date before the paper was made, one in the future where it must be past."""
    checked = dict(values)
    for spec in kind.fields:
        value = checked[spec.name]
        if not isinstance(value.value, date):
            continue
        flags = list(value.flags)
        earlier = values.get(spec.find.get("not_before", ""))
        if earlier is not None and isinstance(earlier.value, date) and value.value < earlier.value:
            flags.append("before issue")
        if today is not None and spec.find.get("past") and value.value > today:
            flags.append("in the future")
        confidence = value.evidence.confidence
        if any(flag in flags for flag in ("before issue", "in the future", "ambiguous day and month", "day before month")):
            confidence = min(confidence, 0.85)
        checked[spec.name] = replace(value, flags=tuple(flags), evidence=replace(value.evidence, confidence=confidence))
    return checked
