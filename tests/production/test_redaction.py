"""Redaction leaves nothing, and the gate finds what is left."""

from __future__ import annotations

import io
import re

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.production.papers import ADDRESS, NOW, SECRET, plain_record

from duly.evidence import Box
from duly.production import Mark, ProductionError, leaks, no_words, redact

NAME = Mark(1, Box(70, 115, 260, 136), "name of the person", "C.R.S. § 24-72-204(3)")


def text_of(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


def test_the_gate_finds_a_word_in_every_place_that_keeps_it(secrets: bytes) -> None:
    places = {re.sub(r"\d+", "N", leak.place) for leak in leaks(secrets, [SECRET])}
    for place in (
        "object",
        "text of page N",
        "attachment secret.txt: content",
        "stream at byte N",
        "revision N object",
        "raw bytes",
    ):
        assert place in places, places
    assert any(leak.word == ADDRESS for leak in leaks(secrets, [ADDRESS]))


@pytest.mark.parametrize("spelled", ["EJEMPLO", "ejemplo", "E j e m p l o", "Ejémplo", "Ｅｊｅｍｐｌｏ"])
def test_case_spacing_accents_and_width_hide_nothing_from_the_gate(record: bytes, spelled: str) -> None:
    assert leaks(record, [spelled])


@pytest.mark.parametrize(
    "written",
    [
        b"[(Eje) -20 (mplo)] TJ",
        b"[<456A65> 12.5 <6D706C6F>] TJ",
        b"(E\\\nx) (Ejemplo) Tj",
        "Ejemplo".encode("utf-16-be"),
    ],
)
def test_a_word_cut_into_pieces_in_a_stream_that_nothing_shows_is_found(record: bytes, written: bytes) -> None:
    with pikepdf.open(io.BytesIO(record)) as document:
        document.Root.Orphan = document.make_stream(written)
        out = io.BytesIO()
        document.save(out)
    places = {leak.place for leak in leaks(out.getvalue(), [SECRET])}
    assert any(place.startswith("stream") for place in places)


def test_the_gate_is_silent_about_a_word_that_is_not_there(secrets: bytes) -> None:
    assert leaks(secrets, ["Fulano", "", "   "]) == []


def test_nothing_of_the_original_is_left_in_a_redacted_copy(secrets: bytes) -> None:
    copy = redact(secrets, [NAME], created=NOW, recognise=no_words)
    assert leaks(copy.pdf, [SECRET, ADDRESS]) == []
    with pikepdf.open(io.BytesIO(copy.pdf)) as document:
        assert dict(document.attachments) == {}
        assert "/Metadata" not in document.Root
        assert all("/Annots" not in page.obj for page in document.pages)
        assert set(document.docinfo.keys()) == {"/Title", "/CreationDate"}
    assert copy.pdf.count(b"%%EOF") == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_area_is_black_where_the_reader_marked_it_and_nowhere_else(rotate: int) -> None:
    original = plain_record(rotate=rotate)
    copy = redact(original, [Mark(1, Box(100, 200, 160, 240), "reason")], created=NOW, recognise=no_words, dpi=72)
    before = pdfium.PdfDocument(original)[0].render(scale=1).to_numpy()[:, :, 0]
    after = pdfium.PdfDocument(copy.pdf)[0].render(scale=1).to_numpy()[:, :, 0]
    assert after.shape == before.shape
    assert after[202:238, 102:158].max() < 10
    outside = np.ones_like(after, dtype=bool)
    outside[198:243, 98:163] = False
    assert np.abs(after.astype(int) - before.astype(int))[outside].mean() < 2


def test_the_text_of_the_copy_is_what_the_eye_sees_on_it(secrets: bytes) -> None:
    """Read by OCR from the painted page: the marked words are gone, the others are there, the hidden ones never come."""
    copy = redact(secrets, [NAME], created=NOW)
    text = "".join(text_of(copy.pdf).split())
    assert "Bookingrecord" in text
    assert "9January2020" in text
    for gone in (SECRET, "Nicanor", "hidden", "offthepage"):
        assert gone not in text
    assert leaks(copy.pdf, [SECRET], look=True) == []


def test_the_eye_of_the_gate_reads_what_no_text_says(record: bytes) -> None:
    picture_only = redact(record, [], created=NOW, recognise=no_words).pdf
    assert leaks(picture_only, [SECRET]) == []
    assert [leak.place for leak in leaks(picture_only, [SECRET], look=True)] == ["picture of page 1"]


def test_a_mark_that_cuts_through_writing_is_told(record: bytes) -> None:
    def warned(box: Box) -> tuple[str, ...]:
        return redact(record, [Mark(1, box, "reason")], created=NOW, recognise=no_words, dpi=150).warnings

    assert warned(Box(70, 115, 260, 136)) == ()
    assert warned(Box(70, 115, 260, 126)) == (
        "An edge of a mark on page 1 cuts through writing; parts of letters can still be read. Draw it larger.",
    )


def test_the_same_marks_give_the_same_bytes(record: bytes) -> None:
    one, two = (redact(record, [NAME], created=NOW, recognise=no_words) for _ in range(2))
    assert one.sha256 == two.sha256
    assert one.source != one.sha256


def test_a_label_is_printed_on_the_area_and_is_no_word_of_the_record(record: bytes) -> None:
    labelled = redact(record, [Mark(1, NAME.box, "reason", label="(b)(6)")], created=NOW, recognise=no_words)
    bare = redact(record, [NAME], created=NOW, recognise=no_words)
    assert labelled.sha256 != bare.sha256
    assert leaks(labelled.pdf, [SECRET]) == []


@given(
    x=st.floats(-50, 600), y=st.floats(-50, 780), width=st.floats(0.5, 300), height=st.floats(0.5, 300)
)  # fmt: skip
@settings(max_examples=15, deadline=None)
def test_whatever_is_marked_every_pixel_under_it_is_black(x: float, y: float, width: float, height: float) -> None:
    box = Box(x, y, x + width, y + height)
    if box.x1 <= 0 or box.y1 <= 0:
        return
    copy = redact(plain_record(), [Mark(1, box, "reason")], created=NOW, recognise=no_words, dpi=72)
    after = pdfium.PdfDocument(copy.pdf)[0].render(scale=1).to_numpy()[:, :, 0]
    inside = after[max(0, round(y)) : max(0, round(y + height)), max(0, round(x)) : max(0, round(x + width))]
    assert inside.size == 0 or inside.max() < 10


@pytest.mark.parametrize(("mark", "message"), [
    (Mark(2, Box(1, 1, 2, 2), "x"), "no page 2"),
    (Mark(1, Box(5, 5, 5, 9), "x"), "no area"),
    (Mark(1, Box(700, 1, 800, 2), "x"), "off its page"),
    (Mark(1, Box(1, 1, 9, 9), "  "), "no reason"),
])  # fmt: skip
def test_a_mark_that_makes_no_sense_is_refused(record: bytes, mark: Mark, message: str) -> None:
    with pytest.raises(ProductionError, match=message):
        redact(record, [mark], created=NOW, recognise=no_words)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html></html>"])
def test_a_file_that_cannot_be_opened_is_refused(data: bytes) -> None:
    with pytest.raises(ProductionError):
        redact(data, [], created=NOW, recognise=no_words)
    with pytest.raises(ProductionError):
        leaks(data, ["x"])
