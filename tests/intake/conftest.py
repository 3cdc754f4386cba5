"""Small real PDFs, typeset on the spot."""

import io

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from duly.instruments import load_kinds
from duly.intake import Limits
from duly.intake.assembling import read_file
from duly.intake.recognition import Recogniser


class Sheet:
    """A page to put words, lines and boxes on; `down` counts from the top in points."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.canvas = canvas.Canvas(self.buffer, pagesize=letter, invariant=1)

    def text(self, x, down, words, size=10, font="Helvetica"):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, 792 - down, words)
        return self

    def centre(self, down, words, size=12):
        self.canvas.setFont("Helvetica-Bold", size)
        self.canvas.drawCentredString(306, 792 - down, words)
        return self

    def line(self, x0, down, x1):
        self.canvas.line(x0, 792 - down, x1, 792 - down)
        return self

    def box(self, x, down, marked):
        self.canvas.rect(x, 792 - down, 9, 9)
        if marked:
            self.canvas.line(x, 792 - down, x + 9, 801 - down)
            self.canvas.line(x, 801 - down, x + 9, 792 - down)
        return self

    def scribble(self, x, down):
        path = self.canvas.beginPath()
        path.moveTo(x, 792 - down)
        for step in range(12):
            path.curveTo(x + step * 8 + 2, 812 - down, x + step * 8 + 5, 786 - down, x + step * 8 + 8, 800 - down)
        self.canvas.setLineWidth(1.4)
        self.canvas.drawPath(path)
        self.canvas.setLineWidth(1)
        return self

    def page(self):
        self.canvas.showPage()
        return self

    def pdf(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


@pytest.fixture
def sheet():
    return Sheet()


@pytest.fixture(scope="session")
def recogniser():
    return Recogniser(load_kinds())


@pytest.fixture(scope="session")
def read_here(recogniser):
    """Reads in this process: the same way as in the separate one, without starting it."""

    def read(data, name="paper.pdf", **more):
        return read_file(data, name, recogniser=recogniser, limits=Limits(), **more)

    return read


@pytest.fixture
def subpoena(sheet):
    """An immigration enforcement subpoena as an agency's typist might lay it out, not as the form's publisher does."""

    def make(signed=True, returns="01/27/2020", items=("Home and work addresses", "Bond information")):
        sheet.centre(50, "DEPARTMENT OF HOMELAND SECURITY").centre(68, "IMMIGRATION ENFORCEMENT SUBPOENA", 15)
        sheet.centre(84, "8 U.S.C. § 1225(d), 8 C.F.R. § 287.4", 9)
        sheet.text(60, 110, "1. To (Name, Address, City, State, Zip Code)", 8)
        sheet.text(64, 124, "Records Custodian").text(64, 137, "490 Example Avenue").text(64, 150, "Denver, CO 80204")
        sheet.text(350, 110, "Subpoena Number: DEN-2020-0001")
        sheet.text(60, 180, "2. In Reference To", 8)
        sheet.text(64, 196, "PRUEBA, Inventado").line(60, 199, 300).text(120, 208, "(Title of Proceeding)", 7)
        sheet.text(344, 196, "A204 118 337").line(340, 199, 520).text(380, 208, "(File Number, if Applicable)", 7)
        sheet.text(60, 230, "By the service of this subpoena upon you, YOU ARE HEREBY SUMMONED AND REQUIRED TO:", 9)
        sheet.box(64, 252, False).text(80, 251, "APPEAR before the CBP, ICE, or USCIS Official named in Block 3", 9)
        sheet.box(64, 270, True).text(
            80, 269, "PRODUCE the records (books, papers, or other documents) indicated in Block 4", 9
        )
        sheet.text(60, 300, "3. (A) CBP, ICE or USCIS Official before whom you are required to appear:", 9)
        sheet.text(60, 318, "Name: Odalys Madeup").text(320, 318, f"(B) Date: {returns}")
        sheet.text(60, 334, "Title: Deportation Officer").text(320, 334, "(C) Time: 10:00 a.m.")
        sheet.text(60, 350, "Address: 12445 Fiction Street, Centennial, CO 80111")
        sheet.text(60, 366, "Telephone Number: (303) 555-0142")
        sheet.text(60, 396, "4. Records required to be produced for inspection", 8)
        for number, item in enumerate(items):
            sheet.text(66, 412 + 14 * number, f"{number + 1}. {item}")
        sheet.text(60, 520, "5. Authorized Official", 8)
        if signed:
            sheet.scribble(70, 556)
        sheet.line(60, 560, 260).text(130, 569, "(Signature)", 7)
        sheet.text(304, 557, "Bartholomew Invented").line(300, 560, 520).text(380, 569, "(Printed Name)", 7)
        sheet.text(64, 597, "Deputy Field Office Director").line(60, 600, 260).text(150, 609, "(Title)", 7)
        sheet.text(304, 597, "01/13/2020").line(300, 600, 520).text(400, 609, "(Date)", 7)
        sheet.text(60, 740, "DHS Form I-138 (6/09)", 8)
        return sheet

    return make
