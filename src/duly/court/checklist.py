"""What whoever asks a court to enforce must show: a list from data, and how much of it the facts show."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from duly.errors import DulyError, Place
from duly.evidence import Fact

FOLDER = Path(__file__).parent / "checklists"
ItemStatus = Literal["shown", "not shown", "to be argued", "not known"]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to show. `facts` (each with the value that shows it) settle it where the papers can; an item without
    facts is for argument. `cite` is its source and `text` the source's words."""

    id: str
    must_show: str
    by: str
    cite: str
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a petition to enforce one family of instruments must show."""

    family: str
    title: str
    court: str
    cite: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item with how far the known facts show it, and the facts that do or do not."""

    item: ChecklistItem
    status: ItemStatus
    facts: tuple[Fact, ...]


def petition_checklist(family: str) -> Checklist | None:
    """The checklist for enforcing an instrument of this family; None where Duly has none."""
    return _checklists().get(family)


def checked(checklist: Checklist, facts: Mapping[str, Fact]) -> tuple[CheckedItem, ...]:
    """Each item with what the facts say. A fact that is not known leaves its item not known, never not shown."""
    return tuple(_check(item, facts) for item in checklist.items)


def _check(item: ChecklistItem, facts: Mapping[str, Fact]) -> CheckedItem:
    known = tuple(facts[name] for name in item.facts if name in facts)
    if not item.facts:
        return CheckedItem(item, "to be argued", ())
    if any(fact.value != item.facts[fact.name] for fact in known):
        return CheckedItem(item, "not shown", known)
    return CheckedItem(item, "shown" if len(known) == len(item.facts) else "not known", known)


@cache
def _checklists() -> dict[str, Checklist]:
    return {checklist.family: checklist for checklist in map(_read, sorted(FOLDER.glob("*.toml")))}


def _read(path: Path) -> Checklist:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        items = tuple(
            ChecklistItem(
                id=entry["id"],
                must_show=entry["must_show"],
                by=entry["by"],
                cite=entry["cite"],
                text=entry.get("text", ""),
                facts=entry.get("facts", {}),
            )
            for entry in data["item"]
        )
        return Checklist(data["family"], data["title"], data["court"], data["cite"], items)
    except KeyError as error:
        raise DulyError(
            f"The key {error.args[0]!r} is missing.", place=Place(file=path.name), code="checklist"
        ) from error
