"""What a person should be told about a paper, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from duly.instruments.capacities import capacity_of
from duly.instruments.kind import Kind, Value

if TYPE_CHECKING:
    from duly.intake.papers import Paper

_LOW = 0.6


def warnings_of(kind: Kind, fields: Mapping[str, Value], paper: Paper) -> tuple[str, ...]:
    """Cautions of the kind, then what its fields show, then how it was read."""
    return (*kind.cautions, *_of_fields(kind, fields), *_of_reading(kind, paper))


def _of_fields(kind: Kind, fields: Mapping[str, Value]) -> Iterator[str]:
    for spec in kind.fields:
        value = fields.get(spec.name)
        if value is None:
            continue
        if spec.type == "signature" and spec.decisive and value.value is False:
            yield f"{spec.label}: no. The place for the signature is empty."
        if spec.type == "signature" and spec.decisive and "unsure" in value.flags:
            yield f"{spec.label}: it cannot be told from the page. Look at the place for the signature."
        if spec.find.get("reads") == "capacity" and value.value is not None and capacity_of(str(value.value)) is None:
            yield (
                f"{spec.label}: “{value.value}” does not show plainly in what capacity it was signed. "
                "Look at the title before you rely on a judge's signature."
            )
        if "ambiguous day and month" in value.flags and spec.decisive:
            yield f"{spec.label}: “{value.evidence.words}” could be read month first or day first; it was read month first."
        if "day before month" in value.flags:
            yield f"{spec.label}: “{value.evidence.words}” was read day first, because there is no such month."
        if "impossible date" in value.flags:
            yield f"{spec.label}: “{value.evidence.words}” is not a date that exists."
        if "before issue" in value.flags:
            yield f"{spec.label}: “{value.evidence.words}” lies before the date of issue."
        if "in the future" in value.flags:
            yield f"{spec.label}: “{value.evidence.words}” lies in the future."


def _of_reading(kind: Kind, paper: Paper) -> Iterator[str]:
    if paper.added:
        pages = ", ".join(str(page) for page in paper.added)
        yield f"Page {pages} follows the form and bears no form that Duly knows; it was taken for an attachment."
    words = [word for sheet in paper.sheets for word in sheet.words]
    scanned = any(sheet.page.method == "ocr" for sheet in paper.sheets)
    if words and scanned and sum(word.confidence for word in words) / len(words) < _LOW:
        yield "The scan is hard to read; compare every field with the page."
