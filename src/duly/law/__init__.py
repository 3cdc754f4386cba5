"""Reads rulebooks, decides, proves, explains, verifies and runs in bulk: the law as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from duly.clock.deadline import Deadline
from duly.evidence import Fact
from duly.law.determination import (
    OUTCOMES,
    Applied,
    Condition,
    Determination,
    Outcome,
    PrecedentOnPoint,
    Truth,
)
from duly.law.findings import (
    ConsequenceFinding,
    DefectFinding,
    Finding,
    GroundFinding,
    NoticeFinding,
    PeriodFinding,
    ReportFinding,
)
from duly.law.library import Enactment, Jurisdiction, Library, OfficeProfile, Passage
from duly.law.vocabulary import Act, FactType, Vocabulary


def load(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Library:
    """The packaged rulebooks, and those of the given folders on top."""
    raise NotImplementedError


def determine(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Determination:
    """The law's answer for one act of an office in `jurisdiction` on the known facts, as the law stood on a date."""
    raise NotImplementedError


def defects(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[DefectFinding, ...]:
    """The checklist of the paper's face: every defect rule that concerns (or may concern) this paper, sound items too."""
    raise NotImplementedError


def periods(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[PeriodFinding, ...]:
    """The period rules that apply or may apply."""
    raise NotImplementedError


def deadlines(
    library: Library, calendars: Any, jurisdiction: str, facts: Mapping[str, Fact], on: date
) -> tuple[Deadline, ...]:
    """Every deadline that applies or may apply, with its steps; `due` None and `missing` where facts are wanting."""
    raise NotImplementedError


def grounds(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[GroundFinding, ...]:
    """Reasons to object, decline or comply that apply (truth True) or may apply (None)."""
    raise NotImplementedError


def consequences(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[ConsequenceFinding, ...]:
    """What follows from doing or not doing the act."""
    raise NotImplementedError


def notices(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[NoticeFinding, ...]:
    """Who must be told, what, by when."""
    raise NotImplementedError


def reports(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[ReportFinding, ...]:
    """What must be counted and published."""
    raise NotImplementedError


__all__ = [
    "OUTCOMES",
    "Act",
    "Applied",
    "Condition",
    "ConsequenceFinding",
    "DefectFinding",
    "Determination",
    "Enactment",
    "FactType",
    "Finding",
    "GroundFinding",
    "Jurisdiction",
    "Library",
    "NoticeFinding",
    "OfficeProfile",
    "Outcome",
    "Passage",
    "PeriodFinding",
    "PrecedentOnPoint",
    "ReportFinding",
    "Truth",
    "Vocabulary",
    "consequences",
    "deadlines",
    "defects",
    "determine",
    "grounds",
    "load",
    "notices",
    "periods",
    "reports",
]
