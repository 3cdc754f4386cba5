"""The same forms by another maker: ReportLab, from the scripts, so that the text layer is made differently.

Labels and entries are set in separate passes, as form-filling software does; a label stands before, above or below its
entry, in boxes or on rules; entries may be form fields instead of page content.
"""

from __future__ import annotations

import io
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas
from samples.generator.otherhand.hand import Hand
from samples.generator.otherhand.look import Look, any_look
from samples.generator.otherhand.sheet import HIGH, WIDE
from samples.generator.paper import Paper, truth_of
from samples.generator.script_lines import script
from samples.generator.typesetting import Sheets

__all__ = ["Look", "any_look", "can_set", "set_papers"]


def can_set(paper: Paper) -> bool:
    """Whether there is a script for this paper."""
    return script(paper.form) is not None and paper.about.get("state", "CO") == "CO"


def set_papers(papers: list[Paper], look: Look) -> Sheets:
    """One PDF of the papers, and the truth about them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1)
    sheets, page = Sheets(b""), 1
    for paper in papers:
        hand = Hand(paper, look, canvas, page)
        hand.set_all()
        shown = replace(paper, values=hand.shown())
        sheets.instruments.append(truth_of(shown, hand.places, page, hand.page))
        page = hand.page + 1
    canvas.save()
    sheets.pdf = buffer.getvalue()
    return sheets
