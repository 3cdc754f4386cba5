"""Reads what is marked or signed on a paper: check boxes, choices, signatures, and who it was that signed."""

from __future__ import annotations

from collections.abc import Sequence

from duly.evidence import Evidence
from duly.instruments.kind import FieldSpec, Value
from duly.intake import correspondence, signers
from duly.intake.folding import fold
from duly.intake.laying import LaidOut, sections_of, without_repeats
from duly.intake.pieces import around
from duly.intake.printing import Label
from duly.intake.sheet import Sheet
from duly.intake.signers import Block
from duly.intake.signing import Signature, read_signature, signature_in
from duly.intake.ticking import Tick, read_tick

_BLOCKS = {
    "judge signature": signers.judge_block,
    "officer signature": signers.officer_block,
    "closing signature": correspondence.closing_block,
}


class Marks:
    """The marked and signed fields of one paper."""

    def __init__(self, paper: LaidOut) -> None:
        self.paper = paper
        self._blocks_read = False
        self._block: tuple[str, Block, Signature, Sheet] | None = None

    def marked(self, spec: FieldSpec) -> Value:
        if spec.type == "boolean" and "says" in spec.find:
            return self._says(spec)
        if spec.type == "boolean":
            tick, label = self._tick(spec.find.get("tick", ()), spec)
            if tick is None or label is None:
                return self._missing_mark(spec, label)
            sheet = self.paper.sheets[label.run.page]
            words = label.run.text[label.start : label.end].strip()
            return Value(
                spec.name,
                tick.marked,
                self.paper.evidence(sheet, tick.box, words, tick.confidence * min(1.0, label.fit + 0.1)),
            )
        if spec.type == "choice":
            if spec.find.get("finder"):
                return self.paper.missing(spec)
            return self._who_signed(spec) if "signatures" in spec.find else self._chosen(spec)
        return self._signature(spec)

    def _says(self, spec: FieldSpec) -> Value:
        """Whether one of the given words stands in the upper part of the first page, as in a title."""
        first = min(self.paper.sheets)
        for run in self.paper.sheets[first].runs:
            folded = run.folded
            if run.box.y0 < 0.75 * self.paper.sheets[first].height and any(
                fold(words) in folded for words in spec.find["says"]
            ):
                return Value(spec.name, True, self.paper.evidence(self.paper.sheets[first], run.box, run.text, 0.97))
        return Value(
            spec.name,
            False,
            self.paper.evidence(
                self.paper.sheets[first], self.paper.sheets[first].runs[0].box, "", 0.9, "The paper does not say so."
            ),
        )

    def _missing_mark(self, spec: FieldSpec, label: Label | None) -> Value:
        if label is not None:
            return self.paper.empty(spec.name, label, "no box", "No check box was found beside the line.", 0.3)
        return Value(
            spec.name,
            None,
            Evidence("derived", document=self.paper.sha256, confidence=0.0, note="Its line was not found."),
            ("no label",),
        )

    def _tick(self, texts: Sequence[str], spec: FieldSpec) -> tuple[Tick | None, Label | None]:
        first: Label | None = None
        wanted = sections_of(spec)
        for text in texts:
            for label in self.paper.labels.get(text, ()):
                if (
                    wanted
                    and self.paper.sections.found(wanted)
                    and self.paper.sections.at(label.run.page, label.box) not in wanted
                ):
                    continue
                first = first or label
                tick = read_tick(self.paper.sheets[label.run.page], self.paper.ink(label.run.page), label)
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
            sheet = self.paper.sheets[label.run.page]
            words = label.run.text[label.start : label.end].strip()
            return Value(spec.name, option, self.paper.evidence(sheet, tick.box, words, tick.confidence))
        if seen:
            flag, note = (
                ("several marked", "More than one box is marked.") if marked else ("blank", "No box is marked.")
            )
            return self.paper.empty(spec.name, seen[0][1], flag, note, 0.85)
        return self.paper.missing(spec)

    def _in_other_words(self, spec: FieldSpec, option: str, label: Label) -> str:
        """What was written beside the box *other*."""
        if option != "other":
            return option
        region = next(iter(self.paper.around[label.run.page].regions(label, ("right", "wrap"), 1)), None)
        words = " ".join(piece.text for piece in region.pieces) if region is not None else ""
        return words.strip(" .") or option

    def _signature(self, spec: FieldSpec) -> Value:
        seen = self._signatures(spec, self.paper.labels_of(spec))
        if not any(found.signed for found, _ in seen):
            seen += self._block_signature(spec)
        if seen:
            # A form with two lines (clerk or attorney) is signed when either is.
            found, sheet = max(seen, key=lambda item: (item[0].signed, item[0].unsure, item[0].confidence))
            if found.unsure and not found.signed:
                note = "It cannot be told whether this place is signed. Look at the paper."
                evidence = self.paper.evidence(sheet, found.box, "", found.confidence, note)
                return Value(spec.name, None, evidence, found.flags)
            note = "" if found.signed else "The place for the signature is empty."
            return Value(
                spec.name,
                found.signed,
                self.paper.evidence(sheet, found.box, found.words, found.confidence, note),
                found.flags,
            )
        return Value(
            spec.name,
            None,
            Evidence("derived", document=self.paper.sha256, confidence=0.0, note="No place for a signature was found."),
            ("no label",),
        )

    def _signatures(self, spec: FieldSpec, places: Sequence[tuple[Label, float]]) -> list[tuple[Signature, Sheet]]:
        seen = []
        for label, _ in places:
            sheet = self.paper.sheets[label.run.page]
            found = read_signature(
                sheet, self.paper.ink(label.run.page), label, spec.find.get("where", ("above", "right"))
            )
            if found is not None:
                seen.append((found, sheet))
        return seen

    def _block_signature(self, spec: FieldSpec) -> list[tuple[Signature, Sheet]]:
        """The signature over the name in a signature block without a caption."""
        if spec.find.get("finder") == "subpoena signature":
            signed = self._signed_block()
            return [] if signed is None else [(signed[2], signed[3])]
        finder = _BLOCKS.get(spec.find.get("finder", ""))
        block = None if finder is None else finder(self.paper.prose)
        if block is None:
            return []
        page = (block.name or block.title).page
        return [
            (
                signature_in(self.paper.sheets[page], self.paper.ink(page), block.area, name_counts=False),
                self.paper.sheets[page],
            )
        ]

    def _who_signed(self, spec: FieldSpec) -> Value:
        """Which of the form's signature lines bears the signature."""
        signed: list[tuple[str, Signature, Sheet]] = []
        empty: list[tuple[Signature, Sheet]] = []
        for who, texts in spec.find["signatures"].items():
            places = without_repeats(
                [(label, label.fit) for text in texts for label in self.paper.labels.get(text, ())]
            )
            for found, sheet in self._signatures(spec, places):
                if found.signed:
                    signed.append((who, found, sheet))
                else:
                    empty.append((found, sheet))
        if signed:
            who, found, sheet = max(signed, key=lambda item: item[1].confidence)
            confidence = found.confidence if len(signed) == 1 else min(0.6, found.confidence)
            return Value(spec.name, who, self.paper.evidence(sheet, found.box, found.words, confidence), found.flags)
        if empty:
            found, sheet = min(empty, key=lambda item: item[0].confidence)
            return Value(
                spec.name,
                None,
                self.paper.evidence(sheet, found.box, "", min(0.9, found.confidence), "No signature line is signed."),
                ("blank",),
            )
        return self.paper.missing(spec)

    def _signed_block(self) -> tuple[str, Block, Signature, Sheet] | None:
        """Of a subpoena's signature blocks, the one that is signed, else the last."""
        if not self._blocks_read:
            self._blocks_read = True
            seen = []
            for role, block in signers.role_blocks(self.paper.prose):
                sheet = self.paper.sheets[(block.name or block.title).page]
                seen.append(
                    (
                        role,
                        block,
                        signature_in(sheet, self.paper.ink(sheet.number), block.area, name_counts=False),
                        sheet,
                    )
                )
            self._block = max(
                seen, key=lambda item: (item[2].signed, item[2].confidence, item[1].area.y0), default=None
            )
        return self._block

    def _signed_elsewhere(self) -> bool:
        """Whether a captioned signature line is signed, apart from the name's block."""
        spec = self.paper.kind.field("signed")
        return spec is not None and any(found.signed for found, _ in self._signatures(spec, self.paper.labels_of(spec)))

    def signer(self, spec: FieldSpec) -> Value | None:
        found = self._signed_block()
        if found is None or (spec.type == "choice" and not found[2].signed and not self._signed_elsewhere()):
            return None
        role, block, signature, sheet = found
        line = block.name or block.title
        value = role if spec.type == "choice" else signers.block_name(block)
        if value is None:
            return None
        box = around(line.pieces()) if spec.type != "choice" else around(block.title.pieces())
        return Value(
            spec.name, value, self.paper.evidence(sheet, box, line.text, round(min(0.85, signature.confidence), 3))
        )
