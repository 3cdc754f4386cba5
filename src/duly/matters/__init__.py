"""What happened to a paper, as events, and where the matter stands: assessment, positions, approvals, deadlines."""

from duly.matters import commands, events, wording
from duly.matters.answer import answer_json, plain
from duly.matters.assess import assess
from duly.matters.assessment import Assessment, CountedDue, OfferedGround, SetAside, offered_grounds
from duly.matters.codec import RecordError
from duly.matters.events import Event, from_json, open_part, personal_parts, to_json
from duly.matters.folding import extend, fold
from duly.matters.instrument import Instrument, instrument_from, instruments_from
from duly.matters.matter import STAGES, Matter, Stage
from duly.matters.office import Office, office_for
from duly.matters.parts import (
    KIND,
    AssessmentRecord,
    Compliance,
    CourtOrder,
    Custody,
    LegalHold,
    LetterRecord,
    LinkedPaper,
    Petition,
    Position,
    ReadPaper,
    Service,
    TimelineLine,
)
from duly.matters.recording import draft_of, event_of, open_part_of
from duly.matters.roles import MACHINE, PERMISSIONS, ROLES, Actor, NotAllowedError, Role, allows, require
from duly.matters.standing import DeadlineStanding, DeadlineState, deadlines_at, matter_deadlines, stage_of

__all__ = [
    "KIND",
    "MACHINE",
    "PERMISSIONS",
    "ROLES",
    "STAGES",
    "Actor",
    "Assessment",
    "AssessmentRecord",
    "Compliance",
    "CountedDue",
    "CourtOrder",
    "Custody",
    "DeadlineStanding",
    "DeadlineState",
    "Event",
    "Instrument",
    "LegalHold",
    "LetterRecord",
    "LinkedPaper",
    "Matter",
    "NotAllowedError",
    "OfferedGround",
    "Office",
    "Petition",
    "Position",
    "ReadPaper",
    "RecordError",
    "Role",
    "Service",
    "SetAside",
    "Stage",
    "TimelineLine",
    "allows",
    "answer_json",
    "assess",
    "commands",
    "deadlines_at",
    "draft_of",
    "event_of",
    "events",
    "extend",
    "fold",
    "from_json",
    "instrument_from",
    "instruments_from",
    "matter_deadlines",
    "offered_grounds",
    "office_for",
    "open_part",
    "open_part_of",
    "personal_parts",
    "plain",
    "require",
    "stage_of",
    "to_json",
    "wording",
]
