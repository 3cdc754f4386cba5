"""What the other kinds of rule say on known facts: defects, grounds, notices, consequences, reports, periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from duly.evidence import Fact
from duly.law.determination import Condition, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule with whether it applies: True, False, or None where that depends on facts not known (`unknown`).

    `facts` are the known facts that its conditions rest on, by name, each with its source.
    """

    rule: str
    kind: str
    title: str
    cite: str
    text: str
    layer: str
    jurisdiction: str
    statement: str
    truth: Truth
    because: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    unknown: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectFinding(Finding):
    """`item` is the checklist line. `status`: the item is missing (`defective`), there (`sound`), or not known."""

    item: str
    effect: str

    @property
    def status(self) -> Literal["defective", "sound", "not known"]:
        return "not known" if self.truth is None else "defective" if self.truth else "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundFinding(Finding):
    acts: tuple[str, ...]
    position: str
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFinding(Finding):
    who: str
    must_tell: str
    what: str
    by: str | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsequenceFinding(Finding):
    acts: tuple[str, ...]
    of: Literal["doing", "not doing"]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFinding(Finding):
    who: str
    fields: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFinding(Finding):
    what: str
    purpose: str
    acts: tuple[str, ...]
