"""Kinds of paper in the words of somebody who has one in hand: what it is, whose, and whether a court ordered it."""

from __future__ import annotations

from dataclasses import dataclass

from duly.desk.shelf import kinds, library
from duly.instruments import Kind

_OF_ITSELF = ("court_subpoena", "judicial_warrant", "court_order")
"""Sorts of paper whose name says already that they come from a court."""


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One kind of paper in a list."""

    id: str
    title: str


def choices() -> list[PaperChoice]:
    """Every kind that Duly knows, by its title."""
    found = (PaperChoice(kind.id, f"{kind.title} ({_form(kind)})") for kind in kinds().values())
    return sorted(found, key=lambda choice: choice.title.lower())


def in_words(paper: str) -> str:
    """“a subpoena of the immigration agency, not ordered by a court”, made from what follows from the form alone."""
    kind = kinds()[paper]
    words = library().vocabulary.facts
    family = words["instrument.family"].labels.get(kind.family, kind.family.replace("_", " "))
    if kind.family == "other":
        return f"a paper of the kind “{kind.title}”, which orders nothing by itself"
    issuer = kind.facts.get("instrument.issuer")
    whose = words["instrument.issuer"].labels.get(str(issuer), "") if isinstance(issuer, str) else ""
    if kind.family in _OF_ITSELF:
        return f"{family}, from {whose}" if whose else family
    said = f"{_plainer(family)} of {whose}" if whose else _plainer(family)
    return f"{said}, not ordered by a court" if kind.facts.get("instrument.issued_by_court") is False else said


def _plainer(family: str) -> str:
    """Without the lawyers' word for what the rest of the sentence says."""
    return family.replace("an administrative ", "a ").replace(" (administrative)", "")


def _form(kind: Kind) -> str:
    words = library().vocabulary.facts["instrument.kind"].labels
    return words.get(kind.id, kind.edition or kind.id)
