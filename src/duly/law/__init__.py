"""Reads rulebooks, decides, proves, explains, verifies and runs in bulk: the law as data."""

from __future__ import annotations

from duly.law.applicable import consequences, defects, grounds, notices, periods, reports
from duly.law.cases import CaseFailure, case_facts, run_case
from duly.law.deadlines import deadlines
from duly.law.determination import (
    OUTCOMES,
    Applied,
    Condition,
    Determination,
    Outcome,
    PrecedentOnPoint,
    Truth,
)
from duly.law.determine import determine, outcome
from duly.law.english import english, value_in_words
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
from duly.law.packaged import load
from duly.law.rules import Case, Rule
from duly.law.sources import RulebookError
from duly.law.table import determine_table
from duly.law.vocabulary import Act, FactType, Vocabulary

__all__ = [
    "OUTCOMES",
    "Act",
    "Applied",
    "Case",
    "CaseFailure",
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
    "Rule",
    "RulebookError",
    "Truth",
    "Vocabulary",
    "case_facts",
    "consequences",
    "deadlines",
    "defects",
    "determine",
    "determine_table",
    "english",
    "grounds",
    "load",
    "notices",
    "outcome",
    "periods",
    "reports",
    "run_case",
    "value_in_words",
]
