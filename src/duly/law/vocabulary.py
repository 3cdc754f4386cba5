"""The words that rules may use: every fact and every act, from `vocabulary/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duly.law.condition import FactKind


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact's entry: its type, the question that asks for it, where the answer comes from, and how dear it is.

    `open` choices allow values that are not listed. `derived` facts are given by `define` rules. `minimum` and
    `maximum` bound integers and dates. `says` is the fact as a statement ("the paper is signed by a judge"), `denies`
    its opposite, `noun` what a value belongs to ("the kind of paper"); all three are optional.
    """

    name: str
    kind: FactKind
    ask: str
    source: str
    cost: int
    choices: tuple[str, ...] = ()
    open: bool = False
    derived: bool = False
    minimum: int | date | None = None
    maximum: int | date | None = None
    says: str = ""
    denies: str = ""
    noun: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that an office could do. `presupposes` names a fact without which it can no longer be done."""

    id: str
    label: str
    doing: str
    presupposes: str | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    facts: Mapping[str, FactType]
    acts: Mapping[str, Act]
