"""An enactment arranged for reading: each stretch of its text with the rules that encode it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from duly.law import Enactment, Jurisdiction, Library, Passage
from duly.law.rules import Rule

# No HTML from the source passes through: a rulebook may come from outside.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False})


@dataclass(frozen=True, slots=True)
class Shelf:
    """One jurisdiction and its enactments."""

    jurisdiction: Jurisdiction
    enactments: tuple[Enactment, ...]
    depth: int


@dataclass(slots=True)
class Stretch:
    """Text on the left, rules on the right."""

    text: list[Passage] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    cases: int = 0

    @property
    def html(self) -> SafeString:
        source = "\n\n".join(_source(passage) for passage in self.text)
        html: SafeString = mark_safe(_MARKDOWN.render(source))
        return html


def shelves(library: Library) -> list[Shelf]:
    """Every jurisdiction, its parts beneath it, with what it has enacted."""
    found = []
    for place in sorted(library.jurisdictions.values(), key=lambda place: place.id):
        enacted = sorted(
            (entry for entry in library.enactments.values() if entry.jurisdiction == place.id),
            key=lambda entry: entry.citation,
        )
        found.append(Shelf(place, tuple(enacted), place.id.count("/")))
    return found


def stretches(library: Library, enactment: Enactment) -> list[Stretch]:
    """The passages in reading order; a new stretch begins where text follows rules."""
    found: list[Stretch] = []
    for passage in enactment.passages:
        if passage.kind in ("rule", "case"):
            if not found:
                found.append(Stretch())
            if passage.kind == "case":
                found[-1].cases += 1
            elif passage.text in library.by_id:
                found[-1].rules.append(library.by_id[passage.text])
            continue
        if not found or found[-1].rules or found[-1].cases:
            found.append(Stretch())
        found[-1].text.append(passage)
    return found


def in_force(rules: Iterable[Rule], on: date) -> Sequence[Rule]:
    """Those of the rules that are in force on that date."""
    return [rule for rule in rules if rule.is_in_force(on)]


def _source(passage: Passage) -> str:
    if passage.kind == "heading":
        return f"{'#' * min(passage.level + 1, 6)} {passage.text}"
    if passage.kind == "quote":
        return "\n".join(_quoted(passage.text))
    return passage.text


def _quoted(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"> {line}".rstrip()
