"""Labels that a fax left hardly readable are told by their likeness and by what the form prints next."""

from __future__ import annotations

from typing import Literal

from duly.evidence import Box
from duly.intake.reading import Page, Word
from duly.intake.resembling import resembling
from duly.intake.sheet import Sheet, lay_out

LABELS = (
    "5. Authorized Official",
    "(Signature)",
    "(Printed Name)",
    "(Title)",
    "(Date)",
    "(File Number, if Applicable)",
)


def _sheet(*lines: tuple[float, float, str, float], method: Literal["ocr", "text layer"] = "ocr") -> Sheet:
    words = []
    for left, top, text, confidence in lines:
        for word in text.split():
            words.append(Word(word, Box(left, top, left + 5.0 * len(word), top + 10), confidence))
            left += 5.0 * len(word) + 3
    page = Page(1, 612, 792, tuple(words), method)
    return Sheet(page, tuple(words), lay_out(1, words), (), None, 1.0, 612, 792)


def _found(sheet: Sheet) -> dict[str, str]:
    places = resembling([sheet], LABELS, LABELS, {})
    return {text: place.run.text for text, found in places.items() for place in found}


def test_each_unexplained_line_is_the_label_that_it_resembles() -> None:
    found = _found(_sheet((300, 100, "6. Authonzed Ottictei:", 0.97), (300, 140, "(Fle Nunber, « Applicatie)", 0.6)))
    assert found == {
        "5. Authorized Official": "6. Authonzed Ottictei:",
        "(File Number, if Applicable)": "(Fle Nunber, « Applicatie)",
    }


def test_a_short_caption_is_the_one_that_the_form_prints_next() -> None:
    found = _found(_sheet((400, 100, "(Pr1nted Nrme)", 0.7), (400, 130, "(TAe)", 0.99)))
    assert found["(Title)"] == "(TAe)"


def test_what_was_filled_in_is_no_label() -> None:
    assert _found(_sheet((300, 100, "Perpetua Modelo", 0.7), (300, 130, "Deputy Chief Patrol Agent", 0.6))) == {}


def test_a_text_layer_is_not_searched_for_misread_labels() -> None:
    assert _found(_sheet((300, 100, "6. Authonzed Ottictei:", 0.9), method="text layer")) == {}
