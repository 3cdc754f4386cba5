"""All loaded law: vocabulary, jurisdictions, enactments, rules. Immutable; whole or not there at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duly.errors import DulyError
from duly.law.rules import LAYERS, Case, Define, Layer, Rule
from duly.law.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """Who answers for `--office <jurisdiction>`: its name and its kind (the fact `office.kind`).

    `letterhead` are the lines under its name; the others say where an answer to the office goes.
    """

    name: str
    kind: str
    letterhead: tuple[str, ...] = ()
    reply_address: tuple[str, ...] = ()
    telephone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One folder of law. `circuit`, `time_zone`, `calendars` are inherited from the parent where left out."""

    id: str
    name: str
    level: Layer
    parent: str | None = None
    circuit: str | None = None
    district: str | None = None
    time_zone: str = "UTC"
    calendars: tuple[str, ...] = ()
    office: OfficeProfile | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an enactment in reading order: a heading, quoted law, our own prose, or a rule (its id) or case."""

    kind: str  # heading | quote | prose | rule | case
    text: str
    level: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Enactment:
    """One Markdown file: what was enacted, where it was read, and its passages in reading order."""

    id: str
    citation: str
    title: str
    jurisdiction: str
    layer: Layer
    source: str = ""
    retrieved: str = ""
    checked_by: str = ""
    verified: str = ""
    notes: str = ""
    covers: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    rules: tuple[str, ...] = ()
    file: str = ""

    @property
    def quoted(self) -> str:
        """The operative text as quoted, passages apart by blank lines."""
        return "\n\n".join(passage.text for passage in self.passages if passage.kind == "quote")


@dataclass(frozen=True, eq=False, repr=False)
class Library:
    """The law as loaded. `digest` is the SHA-256 over every file read, so two libraries of one digest are the same law."""

    vocabulary: Vocabulary
    jurisdictions: Mapping[str, Jurisdiction]
    enactments: Mapping[str, Enactment]
    by_id: Mapping[str, Rule]
    cases: tuple[Case, ...] = ()
    digest: str = ""
    kept: dict[Any, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Library of {len(self.by_id)} rules, {self.digest[:12]}>"

    def rule(self, id: str) -> Rule:
        try:
            return self.by_id[id]
        except KeyError:
            raise DulyError(f"No rule has the id “{id}”.", code="unknown-rule") from None

    def jurisdiction(self, id: str) -> Jurisdiction:
        try:
            return self.jurisdictions[id]
        except KeyError:
            raise DulyError(
                f"There is no rulebook for “{id}”.",
                remedy=f"Known: {', '.join(sorted(self.jurisdictions))}.",
                code="unknown-jurisdiction",
            ) from None

    def chain(self, jurisdiction: str) -> tuple[Jurisdiction, ...]:
        """The jurisdiction, its parent, and so on up: the law that binds an office there, nearest first."""
        chain = [self.jurisdiction(jurisdiction)]
        while chain[-1].parent is not None:
            chain.append(self.jurisdictions[chain[-1].parent])
        return tuple(chain)

    def rules(
        self,
        jurisdiction: str | None = None,
        *,
        kind: str | None = None,
        act: str | None = None,
        on: date | None = None,
    ) -> tuple[Rule, ...]:
        """The rules of a jurisdiction's whole chain (or of all), of one kind, about one act, in force on a date."""
        chain = None if jurisdiction is None else {part.id for part in self.chain(jurisdiction)}
        return tuple(
            rule
            for rule in self.by_id.values()
            if (chain is None or rule.jurisdiction in chain)
            and (kind is None or rule.kind == kind)
            and (act is None or rule.covers(act))
            and (on is None or rule.is_in_force(on))
        )

    def definition(self, name: str, jurisdiction: str, layer: Layer, on: date) -> Define | None:
        """The `define` rule that gives a derived fact to a rule of this jurisdiction and layer: the nearest one up the
        chain, never one of a lower layer (a city cannot redefine the state's words)."""
        rank = LAYERS.index(layer)
        for place in self.chain(jurisdiction):
            found = [
                rule
                for rule in self.by_id.values()
                if isinstance(rule, Define)
                and rule.name == name
                and rule.jurisdiction == place.id
                and LAYERS.index(rule.layer) >= rank
                and rule.is_in_force(on)
            ]
            if found:
                return min(found, key=lambda rule: LAYERS.index(rule.layer))
        return None

    def overriding(self) -> Iterator[tuple[str, str]]:
        """Every pair (rule, the rule that it overrides)."""
        for rule in self.by_id.values():
            for other in rule.overrides:
                yield rule.id, other
