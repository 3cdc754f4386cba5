"""Letters as files: the same bytes for the same content, nothing evaluated, nothing lost, conforming."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.letters import (
    ATTACHMENT,
    Act,
    Addressee,
    Item,
    Items,
    LetterContent,
    LetterError,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Quotation,
    Signature,
    Table,
    compose,
    conformance,
)
from duly.letters.coverage import displayable
from duly.letters.wording import LONGEST_WORD, breakable, shown, tied


def content(*blocks: object, **changes: object) -> LetterContent:
    letter = LetterContent(
        template="test",
        layout="letter",
        language="en",
        status="final",
        on=date(2020, 1, 16),
        created=datetime(2020, 1, 16, 17, tzinfo=UTC),
        title="Answer to your subpoena",
        matter_number="2020-0004",
        office=Letterhead("Records Office", ("1 Main Street",)),
        to=Addressee("R. Muster", ("Officer",)),
        reference=(Line("About", "Nicanor Ejemplo", "person", "Nicanor Ejemplo"),),
        salutation="To R. Muster:",
        blocks=tuple(blocks) or (Paragraph("This office answers."),),  # type: ignore[arg-type]
        signatures=(Signature("A. Counsel", "Attorney"),),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def words_on(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def folded(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_the_same_content_gives_the_same_bytes() -> None:
    assert compose(content()).pdf == compose(content()).pdf


def test_another_word_or_another_moment_gives_other_bytes() -> None:
    first = compose(content()).sha256
    assert compose(content(Paragraph("This office declines."))).sha256 != first
    assert compose(content(created=datetime(2020, 1, 17, tzinfo=UTC))).sha256 != first


def test_a_letter_is_pdf_a_3a_and_pdf_ua_1() -> None:
    everything = content(
        Notice("Draft", "No position.", "draft"),
        Table(("A", "B"), (("1", "2"),), "A table"),
        Quotation("shall not", "C.R.S. § 24-76.6-102(2)"),
        Items((Item("one", lead="First.", cite="8 U.S.C. § 1225", quotation="words"),), numbered=True),
        Act("produce_records", "Produce", "contested", "Contested", "Both.", "meaning"),
    )
    assert conformance(compose(everything).pdf) == []


def test_the_twin_is_attached_as_an_alternative_of_the_page() -> None:
    letter = compose(content())
    with pikepdf.open(io.BytesIO(letter.pdf)) as document:
        attached = document.attachments[ATTACHMENT]
        assert json.loads(attached.get_file().read_bytes()) == letter.twin
        assert str(document.Root.AF[0].AFRelationship) == "/Alternative"
        assert str(document.Root.Lang).startswith("en")


def test_only_the_vendored_fonts_are_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(compose(content()).pdf)) as document:
        names = {
            str(item.BaseFont)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert names
    assert all("SourceSerif" in name or "PublicSans" in name for name in names)


HOSTILE = {
    "code": '#include "/etc/passwd" #panic("x") #let x = 1',
    "math": "$x^2$ and $ and $$",
    "backslash": "C:\\temp\\new \\u{41} \\",
    "markup": "*bold* _it_ `raw` ```typ #x``` <label> @reference = Heading // comment /* x */ ~ --- [x](y)",
    "json": '"} , {"kind": "heading"',
    "braces": "{office} {unknown} {0}",
    "quotes": "“quoted” 'single' \"double\"",
    "spanish": "señor Núñez ¿qué? ¡no!",
    "hebrew": "שלום",
    "arabic": "مرحبا",
    "long word": "x" * 400,
    "combining": "e\u0301",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_text(name: str) -> None:
    text = HOSTILE[name]
    letter = compose(content(Paragraph(text), title=text, to=Addressee(text, (text,)), salutation=text))
    assert conformance(letter.pdf) == []
    assert letter.twin["blocks"][0]["text"] == shown(text)
    if name not in ("hebrew", "arabic"):  # the text layer of right-to-left script comes in visual order
        assert folded(words_on(letter.pdf)).count(folded(shown(text))) >= 3


@pytest.mark.parametrize(("text", "spelled"), [
    ("a\u202eb", "a[U+202E]b"), ("\u2066x\u2069", "[U+2066]x[U+2069]"), ("x\u200by", "x[U+200B]y"), ("\x00\x07", "[U+0000][U+0007]"),
    ("😀", "[U+1F600]"), ("中", "[U+4E2D]"), ("\ue000", "[U+E000]"), ("\ud800", "[U+D800]"), ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
])  # fmt: skip
def test_what_no_font_can_show_or_what_would_deceive_is_spelled_out(text: str, spelled: str) -> None:
    assert shown(text) == spelled
    letter = compose(content(Paragraph(text)))
    assert spelled in words_on(letter.pdf).replace("\r\n", " ")
    assert conformance(letter.pdf) == []


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_makes_a_conforming_letter(text: str) -> None:
    letter = compose(
        content(
            Paragraph(text, lead=text[:20]),
            Items((Item(text, cite=text[:9], quotation=text),)),
            Table((text, "b"), ((text, text),), text),
        )
    )
    assert conformance(letter.pdf) == []
    assert letter.twin["blocks"][0]["text"] == shown(text)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_what_is_shown_is_stable_and_displayable(text: str) -> None:
    once = shown(text)
    assert shown(once) == once
    assert all(character in "\n \u00a0" or ord(character) in displayable() for character in once)


@given(st.text(alphabet="abc §8USC. ", max_size=200))
def test_breaks_and_ties_change_no_word(text: str) -> None:
    assert breakable(tied(text)).replace("\u200b", "").replace("\u00a0", " ") == text


def test_a_very_long_word_stays_within_the_margins() -> None:
    letter = compose(content(Paragraph("x" * 1000)))
    page = pdfium.PdfDocument(letter.pdf)[0]
    text = page.get_textpage()
    rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
    assert max(rights) < page.get_width() - 72
    assert all(len(piece) <= LONGEST_WORD for piece in breakable("x" * 1000).split("\u200b"))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(LetterError, match="no time zone"):
        compose(content(created=datetime(2020, 1, 16)))  # noqa: DTZ001 - the naive moment is what is refused


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(LetterError, match="no layout"):
        compose(content(layout="../../secret"))
