"""Reads rulebooks, decides, proves, explains, verifies and runs in bulk: the law as data."""

from __future__ import annotations

from duly.law.applicable import consequences, defects, grounds, notices, periods, reports
from duly.law.cases import CaseAnswer, CaseFailure, CaseResult, case_facts, case_results, run_case
from duly.law.checks import check
from duly.law.confirming import Confirmation, confirm_proof
from duly.law.deadlines import deadlines, lengths
from duly.law.determination import (
    OUTCOMES,
    Applied,
    Condition,
    Determination,
    Outcome,
    PrecedentOnPoint,
    Truth,
)
from duly.law.determine import decider, determine, outcome
from duly.law.differences import Difference, LawAt, OpenMatter, Touched, compare, diff, touched
from duly.law.enactment_checks import check_enactment
from duly.law.english import english, value_in_words
from duly.law.export import export_proof
from duly.law.extending import extend, load_files, rulebook_files
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
from duly.law.problems import Problem, in_words
from duly.law.rules import Case, Rule
from duly.law.rules import Period as PeriodRule
from duly.law.scope import segment
from duly.law.sources import RulebookError, SourceFile
from duly.law.table import determine_table
from duly.law.vocabulary import Act, FactType, Vocabulary

__all__ = [
    "OUTCOMES",
    "Act",
    "Applied",
    "Case",
    "CaseAnswer",
    "CaseFailure",
    "CaseResult",
    "Condition",
    "Confirmation",
    "ConsequenceFinding",
    "DefectFinding",
    "Determination",
    "Difference",
    "Enactment",
    "FactType",
    "Finding",
    "GroundFinding",
    "Jurisdiction",
    "LawAt",
    "Library",
    "NoticeFinding",
    "OfficeProfile",
    "OpenMatter",
    "Outcome",
    "Passage",
    "PeriodFinding",
    "PeriodRule",
    "PrecedentOnPoint",
    "Problem",
    "ReportFinding",
    "Rule",
    "RulebookError",
    "SourceFile",
    "Touched",
    "Truth",
    "Vocabulary",
    "case_facts",
    "case_results",
    "check",
    "check_enactment",
    "compare",
    "confirm_proof",
    "consequences",
    "deadlines",
    "decider",
    "defects",
    "determine",
    "determine_table",
    "diff",
    "english",
    "export_proof",
    "extend",
    "grounds",
    "in_words",
    "lengths",
    "load",
    "load_files",
    "notices",
    "outcome",
    "periods",
    "reports",
    "rulebook_files",
    "run_case",
    "segment",
    "touched",
    "value_in_words",
]
