"""Which words belong to which field: every region around every label, read as the field's type, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from duly.instruments.kind import FieldSpec
from duly.intake.captions import names_a_paper
from duly.intake.laying import LaidOut
from duly.intake.pieces import Piece, Region, is_bracketed
from duly.intake.printing import Label
from duly.intake.wording import Read, read_region

_DIRECTIONS = ("right", "below", "wrap", "above")
_LINES = {"address": 4, "list": 60, "name": 2, "date": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of one region as one field, with its score."""

    spec: FieldSpec
    label: Label
    region: Region
    read: Read
    score: float


class Chooser:
    """Weighs the candidates of one paper."""

    def __init__(self, paper: LaidOut) -> None:
        self.paper = paper
        self._styles: dict[int, int] = {}

    def candidates(self, spec: FieldSpec) -> Iterable[Candidate]:
        if spec.type in ("boolean", "signature") or (spec.type == "choice" and not spec.find.get("labels")):
            return
        own = spec.find.get("where", _DIRECTIONS[:3])
        where = list(dict.fromkeys((*own, *_DIRECTIONS))) if spec.type != "list" else own
        lines = self._most_lines(spec)
        is_party = str(spec.find.get("fallback", "")).startswith("party")
        for label, weight in self.paper.labels_of(spec):
            for region in self.paper.around[label.run.page].regions(
                label,
                where,
                lines,
                loose=spec.type == "list" or (spec.type == "text" and lines > 6),
                usual=len(own),
                style=self._style(label.run.page),
            ):
                if spec.type in ("name", "text") and "lines" not in spec.find and region.direction != "above":
                    most = (
                        2
                        if _goes_on_as_title(region)
                        else 2
                        if region.direction == "below" and spec.type == "name"
                        else 1
                    )
                    region = replace(region, lines=region.lines[:most])
                read = read_region(spec, region)
                if read is not None and is_party and names_a_paper(str(read.value)):
                    continue
                if read is not None and weight > 0:
                    yield Candidate(spec, label, region, read, weight * region.fitness * (0.35 + 0.65 * read.fit))

    def _most_lines(self, spec: FieldSpec) -> int:
        """How many lines a value may take; a title may need a second one in a narrow cell."""
        titled = spec.type == "text" and spec.find.get("shape") != "number" and "title" in spec.name
        return int(spec.find.get("lines", 2 if titled else _LINES.get(spec.type, 1)))

    def _style(self, page: int) -> int:
        """1 when the page's labels stand under their values, -1 when over them, by where dates and telephones read well."""
        if page not in self._styles:
            votes = 0
            for spec in self.paper.kind.fields:
                if spec.type not in ("date", "phone", "time"):
                    continue
                for label, _ in self.paper.labels_of(spec):
                    if label.run.page == page:
                        votes += self._vote(spec, label)
            self._styles[page] = 1 if votes > 0 else -1 if votes < 0 else 0
        return self._styles[page]

    def _vote(self, spec: FieldSpec, label: Label) -> int:
        reads = {
            region.direction: read_region(spec, region) is not None
            for region in self.paper.around[label.run.page].regions(label, ("above", "below", "right"), 1)
        }
        if reads.get("right") or is_bracketed(label):
            return 0
        return int(reads.get("above", False)) - int(reads.get("below", False))

    def choose(self, candidates: Sequence[Candidate]) -> dict[str, Candidate]:
        """Best first; words that one field has taken are not given to another, save to the other part of a block."""
        chosen: dict[str, Candidate] = {}
        taken: list[tuple[Candidate, Piece]] = []
        for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
            if candidate.spec.name in chosen or candidate.score < 0.2:
                continue
            if any(
                clash(piece, other) and not _may_share(candidate, holder)
                for holder, other in taken
                for piece in candidate.read.pieces
            ):
                continue
            chosen[candidate.spec.name] = candidate
            taken.extend((candidate, piece) for piece in candidate.read.pieces)
        return chosen


_TITLE_TAIL = re.compile(
    r"(?:\s*(?:officer|agent|director|judge|deputy|supervisor|inspector|specialist|patrol|charge|in|and|of|the|detention|deportation|"
    r"enforcement|removal|field|office|operations|special|immigration|magistrate|district|united|states|court|clerk)\b[\s,]*)+",
    re.IGNORECASE,
)


def _goes_on_as_title(region: Region) -> bool:
    """Whether the second line is only the rest of a title, as `Officer` under `Supervisory Detention and Deportation`."""
    if len(region.lines) < 2:
        return False
    return _TITLE_TAIL.fullmatch(" ".join(piece.text for piece in region.lines[1])) is not None


def clash(one: Piece, other: Piece) -> bool:
    return one.run is other.run and one.start < other.end and other.start < one.end


def _may_share(one: Candidate, other: Candidate) -> bool:
    if one.label.run is not other.label.run or one.label.start != other.label.start:
        return False
    return (
        bool(one.spec.find.get("part") and other.spec.find.get("part"))
        or one.spec.find.get("share") == other.spec.name
        or (other.spec.find.get("share") == one.spec.name)
    )
