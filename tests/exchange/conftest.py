"""A letter of the kind that one Duly sends to another, and two offices' keys."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duly.exchange import OfficeKey, office_key
from duly.letters import (
    Act,
    ActLine,
    Addressee,
    Heading,
    Item,
    Items,
    Letter,
    LetterContent,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Quotation,
    Signature,
    Table,
    compose,
)  # fmt: skip

NOW = datetime(2020, 1, 16, 17, tzinfo=UTC)


def content() -> LetterContent:
    return LetterContent(
        template="answer-in-part", layout="letter", language="en", status="final", on=date(2020, 1, 16), created=NOW,
        title="Answer to your administrative subpoena", matter_number="2020-0004",
        office=Letterhead("Denver Sheriff Department, Records", ("490 West Colfax Avenue", "records@sheriff.example")),
        to=Addressee("R. Muster", ("Deportation Officer",), "By e-mail"),
        reference=(
            Line("About", "Nicanor Ejemplo", "person", "Nicanor Ejemplo"),
            Line("Served", "Monday, January 13, 2020, by hand", "instrument.served_on", date(2020, 1, 13)),
        ),
        salutation="To R. Muster:",
        blocks=(
            Notice("Read this", "It matters.", "alert"),
            Paragraph("This office answers in part.", lead="Answer."),
            Table(("Act", "Answer"), (("Produce the records", "Decline"), ("Appear and testify", "Comply")), "The answer, item by item"),
            Heading("Grounds"),
            Items((Item("No court ordered it.", cite="D.R.M.C. § 28-250", quotation="unless they are Court-ordered"),), numbered=True),
            Quotation("shall not arrest or detain", "C.R.S. § 24-76.6-102(2)"),
            Act("produce_records", "Produce the records", "contested", "Contested", "Both ways.", "no rule resolves it",
                (ActLine("Against", (Item("", lead="A rule", cite="X § 1", quotation="words"),)),), ("A note.",)),
            *(Paragraph(f"Paragraph {number} goes on over the page so that headers and footers stand between words. " * 3) for number in range(12)),
        ),
        closing="Respectfully,", signatures=(Signature("A. Counsel", "City Attorney", role="Counsel", signed_on=date(2020, 1, 16)),),
        copies=("the person named",), footnote="What this letter says is attached to this PDF as data (duly-letter.json).",
        record={
            "instrument": {"person_named": "Nicanor Ejemplo"},
            "position": {
                "choices": [{"act": "produce_records", "choice": "decline"}, {"act": "testify", "choice": "comply"}],
                "grounds": [{"text": "unless they are Court-ordered", "cite": "D.R.M.C. § 28-250"}],
            },
        },
    )  # fmt: skip


@pytest.fixture(scope="session")
def letter() -> Letter:
    return compose(content())


@pytest.fixture(scope="session")
def denver() -> OfficeKey:
    return office_key("Denver Sheriff Department, Records", valid_from=datetime(2019, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def stranger() -> OfficeKey:
    return office_key("Denver Sheriff Department, Records", valid_from=datetime(2019, 1, 1, tzinfo=UTC))
