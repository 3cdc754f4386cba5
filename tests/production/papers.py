"""A record with a secret in every place where a PDF can keep one."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

SECRET = "Ejemplo"
ADDRESS = "742 Invented Terrace"
NOW = datetime(2020, 1, 16, 17, tzinfo=UTC)


def plain_record(*lines: tuple[float, float, str], pages: int = 1, rotate: int = 0) -> bytes:
    """A page of text made by another tool; positions in points from the top left."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=letter, invariant=True)
    for number in range(pages):
        sheet.setFont("Helvetica", 12)
        for x, y, text in lines or (
            (72, 100, "Booking record"),
            (72, 130, f"Name: Nicanor {SECRET}"),
            (72, 160, "Released 9 January 2020"),
        ):
            sheet.drawString(x, 792 - y, text)
        sheet.drawString(72, 792 - 700, f"page {number + 1}")
        if rotate:
            sheet.setPageRotation(rotate)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def full_of_secrets() -> bytes:
    """The same secret in text, invisible text, metadata, annotations, forms, attachments, outline and an earlier revision."""
    document = pikepdf.open(io.BytesIO(plain_record()))
    page = document.pages[0]
    page.contents_add(document.make_stream(f"BT 3 Tr /F1 12 Tf 10 10 Td (hidden {SECRET}) Tj ET".encode()))
    page.contents_add(document.make_stream(f"BT 0 Tr /F1 12 Tf 2000 2000 Td (off the page {SECRET}) Tj ET".encode()))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String(f"call {SECRET}"), F=4
    )
    page.obj.Annots = Array([document.make_indirect(note)])
    document.docinfo["/Subject"] = SECRET
    with document.open_metadata() as xmp:
        xmp["dc:description"] = SECRET
    document.attachments["secret.txt"] = f"{SECRET} lives at {ADDRESS}".encode()
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"About {SECRET}", 0))
    document.Root.Orphan = document.make_stream(f"a private key: {SECRET}".encode())
    out = io.BytesIO()
    document.save(out)
    first = out.getvalue()
    # an incremental update: the old revision stays in the bytes before it
    start = first.rfind(b"startxref") + 9
    previous = int(first[start:].split()[0])
    body = first + b"\n9000 0 obj\n(nothing)\nendobj\n"
    table = len(body)
    return (
        body
        + f"xref\n9000 1\n{len(first) + 1:010d} 00000 n \ntrailer\n<< /Size 9001 /Prev {previous} /Root {_root(first)} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )


def _root(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        number, generation = document.Root.objgen
        return f"{number} {generation} R"
