"""Kinds of paper as data: how to know one, its fields, what follows from the form alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

from duly.evidence import Evidence

FieldType = Literal["text", "date", "time", "boolean", "choice", "list", "name", "address", "phone", "signature"]
FieldValue = str | bool | int | date | datetime | time | tuple[str, ...]
PageRole = Literal["first", "later", "any"]
Process = Literal["administrative", "judicial", "court paper", "request"]


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that speak for (positive `weight`) or against (negative) a kind; `required` clues must be present.

    `pattern` is matched on the page's words after folding case, accents, punctuation and common OCR confusions;
    `" | "` separates wordings of which one is enough. `page` says where in the paper it is printed: a `first` clue opens
    a paper of this kind, a `later` clue marks a page that continues one. A negative `required` clue is a veto. A `heading`
    stands by itself, as a title or a form number does; in a sentence the same words are only a mention. A `caption` counts
    only in the lines that name the court at the head of the page; what is in `elsewhere` is enough wherever it is printed.
    """

    pattern: str
    weight: float
    required: bool = False
    why: str = ""
    page: PageRole = "first"
    heading: bool = False
    caption: bool = False
    elsewhere: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.pattern.split(" | "))

    @property
    def other_wordings(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.elsewhere.split(" | ")) if self.elsewhere else ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind: its name, type, the printed labels beside or above it, and whether it moves anything.

    `decisive` marks what moves a deadline or a determination: it stays unconfirmed until a person confirms it.
    `find` holds the extractor's own settings (direction, stop labels, checkbox text …), read by `duly.intake`.
    """

    name: str
    label: str
    type: FieldType
    decisive: bool = False
    fact: str | None = None
    find: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form whose labels (Name, Title, Date …) occur in other parts too; it begins at one of `starts`."""

    name: str
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand fact that follows from the words of a list or text field: `true` when one of `words` is asked for.

    When none of them is asked for, and nothing in the field is so broad (`unless`) that it could cover it, the paper does
    not ask for it.
    """

    fact: str
    field: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inference:
    """A fact that follows from several fields: true when `any true` of them is ticked, or `all present` were filled in."""

    fact: str
    fields: tuple[str, ...]
    when: Literal["any true", "all present"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of instrument, as its data file says. `facts` follow from the form alone.

    `process` says whose paper it is; `printed` is the form's own wording, by which the reader tells what was printed
    from what was filled in; `cautions` are sentences that the desk shows with every paper of this kind. A kind that
    `extends` another is that kind more closely: a state's subpoena, one sort of order. A `sister` shares another's fields
    and is read by its rules, and is known by clues of its own.
    """

    id: str
    title: str
    edition: str
    family: str
    process: Process
    clues: tuple[Clue, ...]
    fields: tuple[FieldSpec, ...]
    facts: dict[str, Any]
    acts: tuple[str, ...]
    looks_like: tuple[str, ...] = ()
    source: str = ""
    file: str = ""
    sections: tuple[Section, ...] = ()
    demands: tuple[Demand, ...] = ()
    inferences: tuple[Inference, ...] = ()
    printed: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    needs_docket: bool = True
    extends: str | None = None
    sister: str | None = None

    @property
    def root(self) -> str:
        """The widest kind that a paper of this kind also is; its own id for most."""
        return self.extends or self.id

    @property
    def is_judicial(self) -> bool:
        """Whether a court issues this kind of paper."""
        return self.process == "judicial"

    def field(self, name: str) -> FieldSpec | None:
        return next((spec for spec in self.fields if spec.name == name), None)


@dataclass(frozen=True, slots=True)
class Kinds(Mapping[str, Kind]):
    """All kinds that Duly knows, by id, in the order of their files, and the folder that they came from."""

    by_id: dict[str, Kind]
    folder: Path

    def __getitem__(self, kind: str) -> Kind:
        return self.by_id[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)


@dataclass(frozen=True, slots=True)
class Value:
    """A field as read from a paper, or as a person confirmed it. `value` None means: looked for, not found.

    `flags` are short names of what a person should look at: `blank` (the place for it was found and is empty),
    `no label` (its place was not found), `ambiguous day and month`, `impossible date`, `before issue`, `in the future`,
    `handwriting`, `typed signature`, `misread letters` (some were set right by what the value can be).
    """

    name: str
    value: FieldValue | None
    evidence: Evidence
    flags: tuple[str, ...] = ()
