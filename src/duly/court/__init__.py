"""The enforcement stage of a matter: petition, show cause, order, compliance, appeal, contempt, and what they change."""

from duly.court.checklist import Checklist, ChecklistItem, checked, petition_checklist
from duly.court.due import DueCounted, DueStated
from duly.court.facts import assess_matter, court_facts, facts_by_act, known_facts
from duly.court.proceedings import change_order, enter_order, file_appeal, file_petition, record_compliance
from duly.court.stage import COURT_STAGES, CourtStage, court_stage

__all__ = [
    "COURT_STAGES",
    "Checklist",
    "ChecklistItem",
    "CourtStage",
    "DueCounted",
    "DueStated",
    "assess_matter",
    "change_order",
    "checked",
    "court_facts",
    "court_stage",
    "enter_order",
    "facts_by_act",
    "file_appeal",
    "file_petition",
    "known_facts",
    "petition_checklist",
    "record_compliance",
]
