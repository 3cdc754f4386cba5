"""Letters that an OCR engine took for others are set right only where the value's own alphabet or a known word tells them."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from duly.evidence import Evidence
from duly.instruments.kind import FieldSpec, FieldValue, Value
from duly.intake.folding import fold
from duly.intake.mending import MENDED, mended, number, prose
from duly.intake.recognition import _lacks_words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("19-ev-01345-KSB-KS", "19-cv-01345-KSB-KS"),
        ("4:22-mj.-04657-FGH", "4:22-mj-04657-FGH"),
        ("A683 097 00B", "A683 097 008"),
        ("ICE·NY-39777-20", "ICE-NY-39777-20"),
    ],
)
def test_a_number_is_read_by_its_own_alphabet(read: str, meant: str) -> None:
    assert number(read) == meant


@pytest.mark.parametrize(
    "kept", ["2020 L 000456", "20CV1234", "HSI-80170", "22-CA-008932", "A951-613-863", "20-2-01234-5 SEA"]
)
def test_letters_that_belong_to_a_number_stay(kept: str) -> None:
    assert number(kept) == kept


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Enrollmént recordts, including guardlans", "Enrollment records, including guardians"),
        ("WESTÉRN DISTRICT OF WASHINGTON", "WESTERN DISTRICT OF WASHINGTON"),
        ("4495 Placeholder Boutevard, Chicago. UL60604-9825", "4495 Placeholder Boulevard, Chicago. IL 60604-9825"),
        ("Newark, NJ 07102.6948", "Newark, NJ 07102-6948"),
        ("18 U.S.C. S 1028, described in Attachment B.", "18 U.S.C. § 1028, described in Attachment B."),
    ],
)
def test_a_word_becomes_the_one_known_word_that_it_resembles(read: str, meant: str) -> None:
    assert prose(read) == meant


@pytest.mark.parametrize(
    "kept",
    [
        "Marshall",
        "Westen and Clerc",
        "Tres Amigos Panadería",
        "Ruslan C. Imaginario",
        "the boarder worded it",
        "12 Fable Court",
    ],
)
def test_what_may_be_a_name_or_another_word_stays_as_it_was_read(kept: str) -> None:
    assert prose(kept) == kept


def _value(value: FieldValue, method: Literal["ocr", "text layer"]) -> Value:
    return Value("items", value, Evidence(method, document="0" * 64, page=1, words="recordts", confidence=0.97))


def test_what_was_changed_is_flagged_less_sure_and_keeps_the_words_as_read() -> None:
    spec = FieldSpec("items", "Items", "text")
    changed = mended(spec, _value("payroll recordts", "ocr"))
    assert changed.value == "payroll records"
    assert changed.flags == (MENDED,)
    assert changed.evidence.confidence < 0.95
    assert changed.evidence.words == "recordts"


def test_a_text_layer_and_a_person_s_name_are_never_changed() -> None:
    assert (
        mended(FieldSpec("items", "Items", "text"), _value("payroll recordts", "text layer")).value
        == "payroll recordts"
    )
    assert mended(FieldSpec("who", "Who", "name"), _value("Rocords Custodlan", "ocr")).value == "Rocords Custodlan"
    assert mended(FieldSpec("on", "On", "date"), _value(date(2021, 1, 2), "ocr")).value == date(2021, 1, 2)


def test_a_title_that_ends_in_other_words_is_another_title_and_a_badly_read_one_is_not() -> None:
    title = fold("subpoena to produce documents information or objects in a criminal case")
    assert _lacks_words(title, fold("SUBPOENA TO PRODUCE DOCUMENTS, INFORMATION, OR OBJECTS OR TO PERMIT INSPECTION"))
    assert not _lacks_words(title, fold("suBpocna to pmduce docurnents inforiation or ohjeets m a crimmal cnse"))
