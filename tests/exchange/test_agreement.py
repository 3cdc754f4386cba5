"""The page and the data say the same, or the difference is told."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.conftest import content

from duly.exchange import ExchangeError, agrees, twin_of
from duly.letters import ATTACHMENT, Heading, Item, Items, Letter, Paragraph, Table, compose


def with_attachment(pdf: bytes, name: str, data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments[name] = pikepdf.AttachedFileSpec(
            document, data, filename=name, mime_type="application/json"
        )
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_letter_says_the_same_to_eye_and_program(letter: Letter) -> None:
    assert letter.pages > 1
    assert twin_of(letter.pdf) == letter.twin
    assert agrees(letter.pdf, letter.twin) == []


TAMPERED: dict[str, Callable[[dict[str, Any]], None]] = {
    "another person": lambda twin: twin["reference"][0].update(text="Fulano Muestra"),
    "another person, typed only": lambda twin: twin["reference"][0].update(value="Fulano Muestra"),
    "another person in the record": lambda twin: twin["record"]["instrument"].update(person_named="Fulano Muestra"),
    "another date": lambda twin: twin.update(date="2020-01-17"),
    "another date of service": lambda twin: twin["reference"][1].update(value="2020-01-12"),
    "another answer": lambda twin: twin["blocks"][2]["rows"][0].__setitem__(1, "Comply"),
    "another answer in the record": lambda twin: twin["record"]["position"]["choices"][0].update(choice="comply"),
    "another outcome": lambda twin: twin["blocks"][6].update(outcome="required"),
    "another ground in the record": lambda twin: twin["record"]["position"]["grounds"][0].update(text="whenever asked"),
    "a paragraph left out": lambda twin: twin["blocks"].pop(1),
    "a paragraph more": lambda twin: twin["blocks"].append({"kind": "paragraph", "text": "Pay at once.", "lead": "", "small": False}),
    "paragraphs in another order": lambda twin: twin["blocks"].insert(1, twin["blocks"].pop(4)),
    "another matter": lambda twin: twin.update(matter="2020-0005"),
    "a final letter called a draft": lambda twin: twin.update(status="draft"),
    "another signer": lambda twin: twin["signatures"][0].update(name="B. Other"),
    "another day of signing": lambda twin: twin["signatures"][0].update(signed_on="2020-01-15"),
    "another sender": lambda twin: twin["from"].update(name="Somebody else"),
    "not the shape of a letter": lambda twin: twin.pop("blocks"),
    "blocks that are no blocks": lambda twin: twin.update(blocks=[1, 2]),
}  # fmt: skip


@pytest.mark.parametrize("change", TAMPERED)
def test_data_that_says_something_else_than_the_page_is_found(letter: Letter, change: str) -> None:
    twin = copy.deepcopy(letter.twin)
    TAMPERED[change](twin)
    assert agrees(letter.pdf, twin)


def test_a_page_that_says_more_than_the_data_is_found(letter: Letter) -> None:
    other = content()
    longer = compose(replace(other, blocks=(*other.blocks, Paragraph("And the records will follow."))))
    differences = agrees(longer.pdf, letter.twin)
    assert any(one.kind == "not in the data" and "Andtherecordswillfollow" in one.text for one in differences)


def test_words_written_over_the_page_are_found(letter: Letter) -> None:
    with pikepdf.open(io.BytesIO(letter.pdf)) as document:
        page = document.pages[0]
        page.obj.Resources.Font["/Zz"] = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.contents_add(document.make_stream(b"BT /Zz 12 Tf 100 400 Td (Comply with everything) Tj ET"))
        out = io.BytesIO()
        document.save(out)
    assert any("Complywitheverything" in one.text for one in agrees(out.getvalue(), letter.twin))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_changed_text_in_the_data_is_found(letter: Letter, data: st.DataObject) -> None:
    twin = copy.deepcopy(letter.twin)
    block = data.draw(
        st.sampled_from(
            [block for block in twin["blocks"] if block["kind"] in ("paragraph", "quotation", "notice", "heading")]
        )
    )
    text = block["text"]
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("qzQZ9"))
    if text[at] in (other, " "):
        return
    block["text"] = text[:at] + other + text[at + 1 :]
    assert agrees(letter.pdf, twin)


def test_a_file_without_data_has_no_twin(letter: Letter) -> None:
    with pikepdf.open(io.BytesIO(letter.pdf)) as document:
        del document.attachments[ATTACHMENT]
        out = io.BytesIO()
        document.save(out)
    assert twin_of(out.getvalue()) is None


def test_two_twins_are_refused(letter: Letter) -> None:
    other = json.dumps({**letter.twin, "title": "Other"}).encode()
    with pytest.raises(ExchangeError, match="two sets of data"):
        twin_of(with_attachment(letter.pdf, "duly-other.json", other))


@pytest.mark.parametrize(
    "data", [b"{", b'{"schema": "duly.letter/1", "schema": "duly.letter/1"}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_damaged_twin_is_refused(letter: Letter, data: bytes) -> None:
    with pytest.raises(ExchangeError, match="damaged"):
        twin_of(with_attachment(letter.pdf, ATTACHMENT, data))


def test_other_peoples_attachments_are_no_twin(letter: Letter) -> None:
    assert twin_of(with_attachment(letter.pdf, "invoice.json", b'{"schema": "duly.letter/1"}')) == letter.twin


def test_data_of_a_schema_that_is_not_known_is_not_compared(letter: Letter) -> None:
    with pytest.raises(ExchangeError, match="Go by the page"):
        agrees(letter.pdf, {**letter.twin, "schema": "duly.letter/2"})


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n"])
def test_a_file_that_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        twin_of(data)


def test_a_text_layer_that_the_eye_does_not_see_is_found() -> None:
    """The page is covered by a white sheet: its text layer still says everything, the picture says nothing."""
    short = compose(replace(content(), blocks=(Paragraph("This office answers in part."),), record={}))
    with pikepdf.open(io.BytesIO(short.pdf)) as document:
        document.pages[0].contents_add(document.make_stream(b"q 1 g 0 0 612 792 re f Q"))
        out = io.BytesIO()
        document.save(out)
    assert agrees(out.getvalue(), short.twin) == []
    assert any(one.kind == "not in the picture" for one in agrees(out.getvalue(), short.twin, look=True))
    assert agrees(short.pdf, short.twin, look=True) == []


@given(st.lists(st.text(max_size=120), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_a_letter_says_its_twin_agrees(texts: list[str]) -> None:
    blocks = (
        *(Paragraph(text) for text in texts),
        Items(tuple(Item(text, lead=text[:5], cite=text[:7], quotation=text[:9]) for text in texts), numbered=True),
        Items(tuple(Item(text) for text in texts)),
        Table(("a", "b"), tuple((text, "x") for text in texts), texts[0]),
        Heading(f"Heading {texts[-1]}"),
    )
    made = compose(replace(content(), record={}, blocks=blocks))
    assert agrees(made.pdf, made.twin) == []


def test_a_table_that_goes_on_over_a_page_repeats_its_header_and_still_agrees() -> None:
    rows = tuple(
        (f"Record {number} with a non-public, well-known, long-winded description", "Yes") for number in range(80)
    )
    made = compose(replace(content(), record={}, blocks=(Table(("Record", "Produced"), rows, "All records"),)))
    assert made.pages > 2
    assert agrees(made.pdf, made.twin) == []


@pytest.mark.parametrize("name", ["שלום ישראל", "مرحبا علي", "Иван Примеров", "Nguyễn Văn Mẫu"])
def test_names_in_other_scripts_agree_and_a_changed_letter_in_them_is_found(name: str) -> None:
    made = compose(replace(content(), record={}, blocks=(Paragraph(f"About {name} only."), Paragraph(name))))
    assert agrees(made.pdf, made.twin) == []
    twin = copy.deepcopy(made.twin)
    twin["blocks"][1]["text"] = twin["blocks"][1]["text"].replace(name[0], name[1], 1)
    assert agrees(made.pdf, twin)
