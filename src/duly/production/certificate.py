"""The certificate of a production: what was produced, by number and digest, and what was withheld and why."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pikepdf

from duly.letters import (
    ATTACHMENT,
    Addressee,
    Heading,
    Item,
    Items,
    LetterContent,
    Letterhead,
    Line,
    Paragraph,
    Signature,
    Table,
)

_WITHHELD_FULLY = "Nothing was withheld from these records."


def certificate(
    entries: Sequence[Mapping[str, Any]],
    *,
    contents: str,
    office: Letterhead,
    matter_number: str,
    on: date,
    created: datetime,
    to: Addressee | None,
    custodian: Signature | None,
) -> LetterContent:
    """The certificate's content; `contents` is the digest of the list of records that it certifies."""
    first, last = entries[0]["first"], entries[-1]["last"]
    pages = sum(int(entry["pages"]) for entry in entries)
    count = (
        f"{len(entries)} {'record' if len(entries) == 1 else 'records'}, {pages} {'page' if pages == 1 else 'pages'}"
    )
    return LetterContent(
        template="certificate-of-production",
        layout="letter",
        language="en",
        status="final",
        on=on,
        created=created,
        title="Certificate of production",
        matter_number=matter_number,
        office=office,
        to=to,
        reference=(Line("Numbers", f"{first} to {last}"), Line("Produced", count)),
        salutation="",
        blocks=(
            Paragraph(
                f"The records listed below are produced by {office.name}. Each is a copy made from the record kept by this "
                "office, with nothing left out but what is listed as withheld. Each page bears a number; each file is "
                "identified by its SHA-256."
            ),
            _records(entries),
            Heading("Withheld"),
            *_withheld(entries),
            Heading("How to check this production"),
            Items(
                (
                    Item("The file manifest.json lists every file with its SHA-256; any common tool computes it."),
                    Item(f"The list of records as a whole has the SHA-256 {contents} (RFC 8785 canonical JSON)."),
                )
            ),
        ),
        signatures=(custodian or Signature("", role="Custodian of records"),),
        footnote="What this certificate says is attached to this PDF as data (duly-letter.json).",
        record={"contents_sha256": contents, "records": [dict(entry) for entry in entries]},
    )


def _records(entries: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple(
        (f"{entry['first']} to {entry['last']}", str(entry["description"]), str(entry["pages"]), str(entry["sha256"]))
        for entry in entries
    )
    return Table(("Numbers", "Record", "Pages", "SHA-256 of the file"), rows, "Records produced", (4, 5, 2, 6))


def _withheld(entries: Sequence[Mapping[str, Any]]) -> tuple[Paragraph | Table, ...]:
    rows = tuple(
        (str(one["number"]), str(one["reason"]), str(one["cite"])) for entry in entries for one in entry["redactions"]
    )
    if not rows:
        return (Paragraph(_WITHHELD_FULLY),)
    return (Table(("On page", "Why", "Source"), rows, "Areas made unreadable", (3, 6, 5)),)


def certified_digest(pdf: bytes) -> str | None:
    """The digest of the list of records that a certificate's twin states, or None where it states none."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if ATTACHMENT not in document.attachments:
                return None
            twin = json.loads(document.attachments[ATTACHMENT].get_file().read_bytes())
    except (pikepdf.PdfError, ValueError):
        return None
    stated = twin.get("record", {}).get("contents_sha256") if isinstance(twin, dict) else None
    return stated if isinstance(stated, str) else None
