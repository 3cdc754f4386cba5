"""Where a signature is looked for, and what counts as one."""

import io

import numpy as np
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from tests.outside.press import Press

from duly.evidence import Box
from duly.intake.reading import Page, Word
from duly.intake.sheet import Sheet, lay_out
from duly.intake.signing import signature_in

REMOVAL = """
# DEPARTMENT OF HOMELAND SECURITY
# WARRANT OF REMOVAL/DEPORTATION
File No: A044 555 102
Date: 2 January 2020
To any immigration officer of the United States Department of Homeland Security:
Ausente, Brigida
(Full name of alien)
who entered the United States at Miami on 3 March 1999 is subject to removal/deportation from the United States
command you to take into custody and remove from the United States the above-named alien, pursuant to law, at the expense of:
{over}
> (Signature of immigration official)
> Field Office Director
> (Title of immigration official)
> 2 January 2020, Denver, CO
> (Date and office location)
ICE Form I-205 (8/07)
"""


@pytest.mark.parametrize(
    "over",
    [
        "> Appropriation, Salaries and Expenses, DHS",
        "Appropriation, Salaries and Expenses, DHS for the whole of the present year",
    ],
)
def test_words_of_the_form_over_the_caption_are_no_signature(over, read_here):
    (reading,) = read_here(Press().print(REMOVAL.format(over=over)))
    assert reading.kind == "ice-i-205"
    assert reading.fields["signed"].value is False


@pytest.mark.parametrize(
    "over",
    [
        "> /s/ Cornelius Placeholder",
        "> Cornelius Placeholder",
        "> Digitally signed by\n> CORNELIUS PLACEHOLDER\n> Date: 2020.01.02",
    ],
)
def test_a_typed_name_a_slash_s_or_a_programs_stamp_is_one(over, read_here):
    (reading,) = read_here(Press().print(REMOVAL.format(over=over)))
    assert reading.fields["signed"].value is True
    assert "typed signature" in reading.fields["signed"].flags


def _subpoena_in_a_grid(*, pen: bool) -> bytes:
    """Block 5 of an I-138 as one tall cell, its caption between the pen stroke and empty room."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    canvas.setFont("Helvetica", 9)
    lines = {
        740: "DEPARTMENT OF HOMELAND SECURITY", 726: "IMMIGRATION ENFORCEMENT SUBPOENA", 712: "to Appear and/or Produce Records",
        690: "By the service of this subpoena upon you, YOU ARE HEREBY SUMMONED AND REQUIRED TO:",
        676: "PRODUCE the records (books, papers, or other documents) indicated in Block 4",
        660: "4. Records required to be produced for inspection", 646: "Home address",
        240: "DHS Form I-138 (6/09)",
    }  # fmt: skip
    for y, words in lines.items():
        canvas.drawString(60, y, words)
    canvas.rect(54, 300, 504, 120)
    canvas.line(340, 300, 340, 420)
    canvas.drawString(58, 408, "5. Authorized Official")
    canvas.drawString(58, 368, "(Signature)")
    for y, words in {408: "Gwendolyn Fabricate", 396: "(Printed Name)", 372: "01/13/2020", 360: "(Date)"}.items():
        canvas.drawString(346, y, words)
    if pen:
        stroke = canvas.beginPath()
        stroke.moveTo(64, 386)
        for step in range(9):
            x = 64 + 12 * step
            stroke.curveTo(x + 3, 398 if step % 2 else 394, x + 8, 378, x + 12, 387)
        canvas.setLineWidth(1.3)
        canvas.drawPath(stroke)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("pen", [True, False])
def test_a_stroke_over_a_caption_in_a_tall_cell_is_seen(pen, read_here):
    (reading,) = read_here(_subpoena_in_a_grid(pen=pen))
    assert reading.kind == "ice-i-138"
    assert reading.fields["signed"].value is pen


@pytest.mark.parametrize(("height", "signed"), [(30, True), (10, False)])
def test_letters_taller_than_the_page_s_type_are_a_pen_s_stroke(height, signed):
    """A scanned stroke is read as `WMmm`, now and then surely; what is as tall as the type covers its own ink."""
    area = Box(60, 80, 300, 118)
    typed = [Word("typed", Box(60, 200 + 14 * line, 90, 210 + 14 * line)) for line in range(5)]
    stroke = Word("WMmm", Box(100, 115 - height, 160, 115), 0.97)
    words = (*typed, stroke)
    ink = np.zeros((792, 612), np.uint8)
    ink[115 - height + 1 : 114, 101:159] = 255
    page = Page(1, 612, 792, words, "ocr")
    sheet = Sheet(page, words, lay_out(1, words), (), None, 1.0, 612, 792)
    assert signature_in(sheet, ink, area).signed is signed
