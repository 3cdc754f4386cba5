"""What happened to a paper, as events, and where the matter stands: assessment, positions, approvals, deadlines."""

from duly.matters.answer import answer_json, plain
from duly.matters.assess import assess
from duly.matters.assessment import Assessment, CountedDue, OfferedGround, SetAside, offered_grounds
from duly.matters.codec import RecordError
from duly.matters.instrument import Instrument, instrument_from, instruments_from
from duly.matters.office import Office, office_for
from duly.matters.roles import MACHINE, PERMISSIONS, ROLES, Actor, NotAllowedError, Role, allows, require

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "ROLES",
    "Actor",
    "Assessment",
    "CountedDue",
    "Instrument",
    "NotAllowedError",
    "OfferedGround",
    "Office",
    "RecordError",
    "Role",
    "SetAside",
    "allows",
    "answer_json",
    "assess",
    "instrument_from",
    "instruments_from",
    "offered_grounds",
    "office_for",
    "plain",
    "require",
]
