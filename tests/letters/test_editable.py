"""The editable copy holds the letter's words and says that it is not the letter."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from docx import Document

from duly.letters import Addressee, docx, draft, twin_of_content, visible
from duly.matters import Assessment, Office

GROUND = "us/co/denver/policy/not-court-ordered"


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [paragraph.text for paragraph in document.paragraphs]
    return "".join(" ".join([*texts, *cells]).split())


def test_everything_that_the_letter_says_is_in_the_copy(assessment: Assessment, office: Office, position) -> None:
    decided = position({"produce_records": "decline"}, (GROUND,))
    for content in (
        draft(assessment, office, on=date(2020, 1, 16), matter_number="2020-0004"),
        draft(assessment, office, decided, on=date(2020, 1, 16), matter_number="2020-0004", approved=True, to=Addressee("R. Muster")),
    ):  # fmt: skip
        found = words_of(docx(content))
        for text in visible(twin_of_content(content)):
            assert "".join(text.split()) in found


def test_it_says_that_it_is_not_the_letter_and_is_the_same_each_time(assessment: Assessment, office: Office) -> None:
    content = draft(assessment, office, on=date(2020, 1, 16), matter_number="2020-0004")
    data = docx(content)
    assert data == docx(content)
    document = Document(io.BytesIO(data))
    assert "Not the letter" in document.sections[0].header.paragraphs[0].text
    assert document.core_properties.created in (datetime(2020, 1, 16, 19), datetime(2020, 1, 16, 19, tzinfo=UTC))  # noqa: DTZ001 - python-docx reads it without a zone
