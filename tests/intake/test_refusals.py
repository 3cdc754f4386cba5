"""Files that are no papers: each refused with a sentence and a remedy, and the next file read as if nothing had been."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from duly.intake import Limits, Refused, Worker


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


def _encrypted(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    return out.getvalue()


def _pixel_bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


BAD = {
    "empty": (b"", "empty"),
    "blanks": (b"\n \n", "empty"),
    "a web page as a PDF": (b"<!DOCTYPE html><html><body>Not found</body></html>", "html"),
    "a Word file": (b"PK\x03\x04" + b"\0" * 30 + b"word/document.xml", "office-document"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "office-document"),
    "an archive": (b"PK\x03\x04" + b"\0" * 30 + b"photos/one.raw", "archive"),
    "plain text": (b"Dear Sheriff, please send the records.", "not-a-document"),
    "a PDF cut short": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "damaged"),
    "a PDF without pages": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "no-pages"
    ),
    "a PNG of 3.6 billion dots": (_pixel_bomb(), "too-many-pixels"),
    "a TIFF of its first bytes": (b"II*\x00\x08\x00\x00\x00", "damaged"),
    "a JPEG of its first bytes": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_a_remedy(worker, name):
    data, code = BAD[name]
    with pytest.raises(Refused) as refused:
        worker.read(data, "paper.pdf")
    assert refused.value.code == code
    assert refused.value.message.endswith(".") and refused.value.remedy.endswith(".")


def test_a_password_is_named_as_the_reason(worker, subpoena):
    with pytest.raises(Refused, match="password") as refused:
        worker.read(_encrypted(subpoena().pdf()), "paper.pdf")
    assert refused.value.code == "encrypted"


def test_too_many_pages_are_refused_with_the_limit(worker, sheet):
    for _ in range(4):
        sheet.text(60, 60, "a page").page()
    with pytest.raises(Refused, match=r"4 pages.*up to 3"):
        worker.read(sheet.pdf(), "paper.pdf", limits=Limits(pages=3))


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read(worker, subpoena):
    data = subpoena().pdf()
    with pytest.raises(Refused, match="too long") as refused:
        worker.read(data, "paper.pdf", limits=Limits(seconds=0.0005, seconds_per_page=0.0005))
    assert refused.value.code == "out-of-time"
    assert worker.read(data, "paper.pdf")[0].kind == "ice-i-138"


def test_a_wrong_ending_is_read_as_what_the_file_is_and_said(worker, subpoena):
    (reading,) = worker.read(subpoena().pdf(), "paper.jpg")
    assert reading.kind == "ice-i-138"
    assert "named .jpg but is a PDF" in reading.warnings[0]


def test_what_comes_back_from_the_separate_process_is_what_was_read_there(worker, subpoena, read_here):
    data = subpoena().pdf()
    (apart,), (here,) = worker.read(data, "paper.pdf"), read_here(data)
    assert {name: value.value for name, value in apart.fields.items()} == {
        name: value.value for name, value in here.fields.items()
    }
    assert apart.fields["return_date"].evidence.words == here.fields["return_date"].evidence.words
    assert apart.candidates == here.candidates and apart.document.sha256 == here.document.sha256


def test_progress_is_told_page_by_page(worker, sheet, subpoena):
    subpoena()
    sheet.page().text(60, 60, "Attachment A").page()
    told = []
    worker.read(sheet.pdf(), "paper.pdf", progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_a_picture_without_words_is_not_recognised_and_not_refused(worker):
    out = io.BytesIO()
    Image.effect_noise((320, 240), 40).save(out, "PNG")
    (reading,) = worker.read(out.getvalue(), "cat.png")
    assert reading.kind is None
    assert any("no words could be read" in warning.casefold() for warning in reading.warnings)
