"""The fields of a matter's papers as a person settles them: what moves something and is unsure comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from duly.desk.shelf import kinds
from duly.desk.words.evidence import UNSURE_BELOW, source_words, value_words
from duly.instruments import FieldSpec, Value
from duly.instruments.kind import FieldType, FieldValue
from duly.matters import KIND, Matter, ReadPaper

_BOOLEANS = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Card:
    """One field as a form shows it. `text` is the machine's or the person's value as an input takes it."""

    reading: int
    name: str
    label: str
    type: FieldType
    decisive: bool
    settled: bool
    unsure: bool
    text: str
    words: str
    source: str
    page: int | None
    choices: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.reading}.{self.name}"

    @property
    def shown(self) -> str:
        """The value on one line, a choice by its label."""
        if self.type in ("date", "time") and self.text:
            return value_words(parse(self.type, self.text))
        return dict(self.choices).get(self.text, self.text.replace("\n", "; "))

    @property
    def is_open(self) -> bool:
        """Whether a person still has to look at it before anything may rest on it."""
        return self.decisive and not self.settled

    @property
    def order(self) -> tuple[bool, bool, bool, bool]:
        return (self.settled, not self.decisive, self.name != KIND, not self.unsure)


def cards(matter: Matter) -> list[Card]:
    """Every field of every reading: open decisive ones first, then unsure ones, then the rest, settled ones last."""
    found: list[Card] = []
    for number, paper in enumerate(matter.readings):
        found.append(_kind_card(number, paper))
        found.extend(_field_cards(number, paper))
    return sorted(found, key=lambda card: card.order)


def card(matter: Matter, key: str) -> Card | None:
    """The card with that key."""
    return next((found for found in cards(matter) if found.key == key), None)


def _kind_card(number: int, paper: ReadPaper) -> Card:
    settled = KIND in paper.settled
    sure = (
        f"The machine is {round(paper.confidence * 100)} % sure" if paper.kind else "The machine did not recognise it"
    )
    choices = tuple((kind.id, kind.title) for kind in sorted(kinds().values(), key=lambda kind: kind.title))
    return Card(
        number, KIND, "Which paper is this?", "choice", True, settled, paper.confidence < UNSURE_BELOW, paper.kind or "",
        "", "confirmed by a person" if settled else sure, paper.pages[0], choices, (),
    )  # fmt: skip


def _field_cards(number: int, paper: ReadPaper) -> Iterable[Card]:
    kind = kinds().get(paper.kind) if paper.kind is not None else None
    specs = {spec.name: spec for spec in kind.fields} if kind is not None else {}
    names = [*specs, *(name for name in paper.fields if name not in specs)]
    for name in names:
        value = paper.fields.get(name)
        spec = specs.get(name) or FieldSpec(name, name.replace("_", " "), "text")
        if value is None and not spec.decisive:
            continue
        yield _field_card(number, paper, spec, value)


def _field_card(number: int, paper: ReadPaper, spec: FieldSpec, value: Value | None) -> Card:
    evidence = value.evidence if value is not None else None
    settled = spec.name in paper.settled
    flags = value.flags if value is not None else ()
    unsure = evidence is None or evidence.confidence < UNSURE_BELOW or bool(flags)
    return Card(
        reading=number,
        name=spec.name,
        label=spec.label or spec.name.replace("_", " "),
        type=spec.type,
        decisive=spec.decisive or spec.name in paper.decisive,
        settled=settled,
        unsure=unsure and not settled,
        text=as_text(value.value if value is not None else None),
        words=evidence.words if evidence is not None else "",
        source=source_words(evidence) if evidence is not None else "not found on the page",
        page=evidence.page if evidence is not None else None,
        choices=_choices(spec),
        flags=flags,
    )


def _choices(spec: FieldSpec) -> tuple[tuple[str, str], ...]:
    if spec.type in ("boolean", "signature"):
        return _BOOLEANS
    listed = spec.find.get("choices")
    return tuple((str(choice), str(choice).replace("_", " ")) for choice in listed) if isinstance(listed, list) else ()


def as_text(value: FieldValue | None) -> str:
    """A value as an input takes it: ISO dates and times, yes or no, one line for each item of a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)


def parse(kind: FieldType, text: str) -> FieldValue | None:
    """The typed value in `text`; None when the paper does not say. Raises ValueError when the text is no such value."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return None
    if kind in ("boolean", "signature"):
        if text not in ("yes", "no"):
            raise ValueError(text)
        return text == "yes"
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "time":
        return time.fromisoformat(text)
    if kind == "list":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return text
