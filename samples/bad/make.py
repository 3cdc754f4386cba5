"""Inputs that no desk should trip over, made on demand: `python -m samples.generator bad --out DIR`.

Some are small files that want to become gigabytes; they are not in the repository, only the way to make them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image
from samples.generator import cat

GOOD = Path(__file__).parent.parent / "denver-2020" / "served" / "i-138-1-ejemplo.pdf"
FAX = Path(__file__).parent.parent / "denver-2020" / "faxed" / "i-138-1-ejemplo.tif"
PHOTO = Path(__file__).parent.parent / "denver-2020" / "photographed" / "i-138-1-ejemplo-p1.jpg"
MEGABYTE = 1 << 20


def write_all(out: Path) -> Iterator[tuple[str, str]]:
    """Writes every bad input into `out`, giving each file's name and what it is."""
    out.mkdir(parents=True, exist_ok=True)
    for name, (make, told) in BAD.items():
        (out / name).write_bytes(make())
        yield name, told


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **how)
    return buffer.getvalue()


def _locked(user: str, owner: str, allow: pikepdf.Permissions | None = None) -> bytes:
    with pikepdf.open(GOOD) as pdf:
        return _saved(
            pdf, encryption=pikepdf.Encryption(user=user, owner=owner, R=6, allow=allow or pikepdf.Permissions())
        )


def _no_pages() -> bytes:
    pdf = pikepdf.new()
    return _saved(pdf)


def _many_pages(count: int = 500) -> bytes:
    with pikepdf.open(GOOD) as source:
        pdf = pikepdf.new()
        for _ in range(count):
            pdf.pages.append(source.pages[0])
        return _saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _page_tree_loop() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return _saved(pdf)


def _raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)
    return bytes(out)


def _deflated_zeros(size: int, filler: bytes = b" ") -> bytes:
    """`size` bytes of filler as a zlib stream, without holding them in memory."""
    squeeze = zlib.compressobj(9)
    block = filler * MEGABYTE
    return b"".join(squeeze.compress(block) for _ in range(size // MEGABYTE)) + squeeze.flush()


def _stream_bomb(size: int = 2048 * MEGABYTE) -> bytes:
    """A content stream deflated twice: some kilobytes that unpack to two gigabytes of spaces."""
    stream = zlib.compress(_deflated_zeros(size), 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(stream)
    return _raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
            head + stream + b"\nendstream",
        ]
    )


def _image_bomb(side: int = 60000) -> bytes:
    """A page with one image of 60,000 by 60,000 dots."""
    stream = zlib.compress(_deflated_zeros(side // 8 * side, b"\xff"), 9)
    head = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % (side, side, len(stream))
    )
    draw = b"q 612 0 0 792 0 0 cm /Im0 Do Q"
    return _raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n" % len(draw) + draw + b"\nendstream",
            head + stream + b"\nendstream",
        ]
    )


def _huge_page() -> bytes:
    """A page of 200 by 200 inches' worth of points a hundred times over: rendering it at 200 dpi would take 160 gigabytes."""
    return _raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 144000 144000] /Resources << >> >>",
        ]
    )


def _png_bomb(side: int = 60000) -> bytes:
    """A valid PNG of 60,000 by 60,000 white dots in less than a megabyte."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    row = b"\x00" + b"\xff" * (side // 8)
    squeeze = zlib.compressobj(9)
    rows = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _blank_page() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    return _saved(pdf)


def _with_script() -> bytes:
    with pikepdf.open(GOOD) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('boo');"))
        pdf.Root.OpenAction = pdf.make_indirect(action)
        pdf.attachments["note.exe"] = b"MZ this is no program"
        return _saved(pdf)


def _png_of_page() -> bytes:
    buffer = io.BytesIO()
    with Image.open(FAX) as fax:
        fax.convert("L").save(buffer, format="PNG", dpi=(204, 98))
    return buffer.getvalue()


def _damaged_xref() -> bytes:
    data = bytearray(GOOD.read_bytes())
    at = data.rfind(b"startxref")
    data[at : at + 20] = b"startxref\n99999999\n%"[:20]
    return bytes(data)


def _word_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        archive.writestr(zipfile.ZipInfo("word/document.xml"), "<document>Immigration Enforcement Subpoena</document>")
    return buffer.getvalue()


HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Session expired</h1><p>Please sign in to download subpoena.pdf</p></body></html>"

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "no bytes at all"),
    "zero-pages.pdf": (_no_pages, "a well-formed PDF without a page"),
    "blank-page.pdf": (_blank_page, "one page with nothing on it"),
    "password.pdf": (lambda: _locked("open sesame", "owner"), "encrypted; a password is needed to open it"),
    "restricted.pdf": (lambda: _locked("", "owner", pikepdf.Permissions(extract=False, print_highres=False)), "encrypted without a user password: opens, forbids copying; a good reader reads it"),
    "truncated.pdf": (lambda: GOOD.read_bytes()[: len(GOOD.read_bytes()) * 2 // 5], "the first two fifths of a good PDF"),
    "damaged-xref.pdf": (_damaged_xref, "a good PDF whose table of objects is said to be elsewhere; it can be repaired"),
    "garbage-first.pdf": (lambda: b"\x00junk from a mail gateway\r\n" + GOOD.read_bytes(), "a good PDF with bytes before its beginning"),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + zlib.compress(GOOD.read_bytes()), "a PDF's first line, then noise"),
    "500-pages.pdf": (_many_pages, "five hundred pages"),
    "page-tree-loop.pdf": (_page_tree_loop, "a page tree that contains itself"),
    "huge-page.pdf": (_huge_page, "a page two thousand inches wide and high"),
    "stream-bomb.pdf": (_stream_bomb, "a content stream that unpacks to two gigabytes"),
    "image-bomb.pdf": (_image_bomb, "an image of 60,000 by 60,000 dots on a page"),
    "script.pdf": (_with_script, "a good subpoena with JavaScript and an attached file that calls itself a program"),
    "html-as.pdf": (lambda: HTML, "a web page saved as .pdf, the commonest of all"),
    "png-as.pdf": (_png_of_page, "a good fax page as PNG, named .pdf; a good reader reads it"),
    "pdf-as.jpg": (lambda: GOOD.read_bytes(), "a good PDF named .jpg; a good reader reads it"),
    "bomb.png": (_png_bomb, "a PNG of 60,000 by 60,000 dots in half a megabyte"),
    "truncated.tif": (lambda: FAX.read_bytes()[: len(FAX.read_bytes()) // 2], "half a fax"),
    "truncated.jpg": (lambda: PHOTO.read_bytes()[: len(PHOTO.read_bytes()) // 3], "a third of a photograph"),
    "empty.tif": (lambda: b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00", "a TIFF header with no picture"),
    "cat.jpg": (cat.photograph, "a photograph of a cat"),
    "letter.docx": (_word_file, "a word processor's file (broken inside)"),
    "note.txt": (lambda: b"Please call me back about the subpoena.\n", "plain text"),
    "name with a very long tail " + "x" * 150 + ".pdf": (lambda: GOOD.read_bytes(), "a good PDF with a name of 180 letters"),
}  # fmt: skip
