"""Numbers on every page, running on, covering nothing."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from tests.production.papers import NOW, plain_record

from duly.letters import LetterContent, Letterhead, Paragraph, compose, conformance
from duly.production import ProductionError, number


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)]


def test_each_page_has_its_number_and_the_next_file_goes_on() -> None:
    first = number(plain_record(pages=3), "DSD", 1)
    assert first.numbers == ("DSD000001", "DSD000002", "DSD000003")
    assert all(stamp in text for stamp, text in zip(first.numbers, texts(first.pdf), strict=True))
    assert number(plain_record(), "DSD", first.next).first == "DSD000004"


def test_numbers_grow_beyond_their_digits() -> None:
    assert number(plain_record(pages=2), "A-", 999999).numbers == ("A-999999", "A-1000000")


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_number_stands_at_the_lower_right_of_the_page_as_displayed(rotate: int) -> None:
    original = plain_record((300, 300, "middle"), rotate=rotate)
    stamped = number(original, "DSD", 7).pdf
    before = pdfium.PdfDocument(original)[0].render(scale=2).to_numpy()[:, :, 0]
    after = pdfium.PdfDocument(stamped)[0].render(scale=2).to_numpy()[:, :, 0]
    assert before.shape == after.shape
    changed = np.argwhere(before != after)
    height, width = before.shape
    assert changed.size
    assert changed[:, 0].min() > height - 60
    assert changed[:, 1].min() > width - 300


def test_a_page_whose_corner_is_not_blank_grows_instead_of_being_covered() -> None:
    original = plain_record((520, 780, "corner"))
    stamped = number(original, "DSD", 1).pdf
    before, after = pdfium.PdfDocument(original)[0], pdfium.PdfDocument(stamped)[0]
    assert after.get_height() > before.get_height()
    picture = before.render(scale=2).to_numpy()[:, :, 0]
    assert np.array_equal(after.render(scale=2).to_numpy()[: picture.shape[0], :, 0], picture)


def test_a_numbered_letter_still_is_pdf_a_and_pdf_ua() -> None:
    letter = compose(
        LetterContent(
            "t",
            "letter",
            "en",
            "final",
            date(2020, 1, 16),
            NOW,
            "T",
            "1",
            Letterhead("O"),
            None,
            (),
            "",
            (Paragraph("x"),),
        )
    )
    assert conformance(number(letter.pdf, "DSD", 1).pdf) == []


def test_the_content_of_a_page_that_leaves_its_state_open_does_not_move_the_number() -> None:
    document = pikepdf.open(io.BytesIO(plain_record((300, 300, "x"))))
    document.pages[0].contents_add(document.make_stream(b"3 0 0 3 50 50 cm"))
    out = io.BytesIO()
    document.save(out)
    assert "DSD000001" in texts(number(out.getvalue(), "DSD", 1).pdf)[0]


@pytest.mark.parametrize(("prefix", "first"), [("DSD", 0), ("é", 1), ("a\n", 1)])
def test_a_number_that_cannot_be_is_refused(prefix: str, first: int) -> None:
    with pytest.raises(ProductionError):
        number(plain_record(), prefix, first)
