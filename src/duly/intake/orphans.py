"""Values whose label could not be read: the only date, time or telephone left in a field's part of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from duly.instruments.kind import FieldSpec, Value
from duly.intake.choosing import Candidate, clash
from duly.intake.laying import LaidOut, sections_of
from duly.intake.pieces import Piece, Region, free_pieces
from duly.intake.printing import Label
from duly.intake.wording import read_region


def orphans(paper: LaidOut, chosen: Mapping[str, Candidate], found: Mapping[str, Value]) -> dict[str, Candidate]:
    """Dates, times and telephones whose label could not be read: the only one of its type left in the field's part.

    What is found so is never sure, and says so.
    """
    taken = [piece for candidate in chosen.values() for piece in candidate.read.pieces]
    orphans: dict[str, Candidate] = {}
    for spec in paper.kind.fields:
        wanted = sections_of(spec)
        if spec.type not in ("date", "time", "phone") or spec.name in chosen or spec.name in found or not wanted:
            continue
        if not paper.sections.found(wanted) or _has_rival(paper, spec, chosen):
            continue
        left = [piece for piece in _free_in(paper, wanted[:1]) if not any(clash(piece, other) for other in taken)]
        reads = [
            (piece, read)
            for piece in left
            if (read := read_region(spec, _alone(piece))) is not None and read.value is not None
        ]
        if len(reads) == 1:
            piece, read = reads[0]
            label = Label(spec.label, piece.run, piece.start, piece.start, 0.5)
            read = replace(read, flags=(*read.flags, "label not read"))
            orphans[spec.name] = Candidate(spec, label, _alone(piece), read, 0.25)
            taken += read.pieces
    return orphans


def _has_rival(paper: LaidOut, spec: FieldSpec, chosen: Mapping[str, Candidate]) -> bool:
    """Whether another field of the same type and part is missing too: then nobody can tell whose the value is."""
    mine = set(sections_of(spec)[:1])
    return any(
        other.name != spec.name
        and other.type == spec.type
        and other.name not in chosen
        and mine & set(sections_of(other)[:1])
        for other in paper.kind.fields
    )


def _free_in(paper: LaidOut, sections: Sequence[str]) -> list[Piece]:
    """What was filled in within the given parts of the form."""
    pieces = []
    for sheet in paper.sheets.values():
        for run in sheet.runs:
            for piece in free_pieces(run):
                if paper.sections.at(sheet.number, piece.box) in sections:
                    pieces.append(piece)
    return pieces


def _alone(piece: Piece) -> Region:
    """A region of one piece without a label."""
    return Region(Label("", piece.run, piece.start, piece.start, 0.5), "right", ((piece,),), 0.5)
