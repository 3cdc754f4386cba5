"""What a letter says, as data: letterhead, addressee, blocks, signatures, and the record that its twin carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Status = Literal["draft", "unapproved", "final"]
"""`draft`: no position was taken; `unapproved`: it states a position that a second person has not approved."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office that writes: its name, the body that it belongs to, and its address lines."""

    name: str
    lines: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the letter goes: a name, and the lines under it. `delivery` says how ("By e-mail")."""

    name: str
    lines: tuple[str, ...] = ()
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of the reference block, with the typed value that it shows and the field it is known by."""

    label: str
    text: str
    name: str = ""
    value: bool | int | str | date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is set in bold before it."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """The exact words of a source, with its citation."""

    text: str
    cite: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: a bold lead, the text, an optional source, and quoted words under it."""

    text: str
    lead: str = ""
    cite: str = ""
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or with bullets."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. `caption` says in words what it shows; `widths` are relative."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A boxed notice. `tone` is draft (not a position), alert (act on it) or plain."""

    title: str
    text: str
    tone: Literal["draft", "alert", "plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Act:
    """What the law says about one act: outcome in a word, its meaning, and the lines of authority each way."""

    act: str
    label: str
    outcome: str
    word: str
    summary: str
    meaning: str
    lines: tuple[ActLine, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActLine:
    """One line of authority on an act: its heading (For, Against …) and the sources quoted."""

    heading: str
    sources: tuple[Item, ...]


Block = Heading | Paragraph | Quotation | Items | Table | Notice | Act


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and in which capacity. `signed_on` None leaves the line open for a hand-written signature."""

    name: str
    title: str = ""
    lines: tuple[str, ...] = ()
    role: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterContent:
    """One letter, complete: `compose` adds nothing to it but its form.

    `on` is the letter's civil date, `created` the aware moment written into the PDF (passed in, so that the same content
    gives the same bytes). `record` goes into the twin as it is: instrument, facts, determinations, position, cites.
    """

    template: str
    layout: str
    language: str
    status: Status
    on: date
    created: datetime
    title: str
    matter_number: str
    office: Letterhead
    to: Addressee | None
    reference: tuple[Line, ...]
    salutation: str
    blocks: tuple[Block, ...]
    closing: str = ""
    signatures: tuple[Signature, ...] = ()
    copies: tuple[str, ...] = ()
    footnote: str = ""
    record: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: the PDF, the twin inside it, and the PDF's SHA-256 (hex)."""

    pdf: bytes
    twin: dict[str, Any]
    sha256: str
    pages: int
