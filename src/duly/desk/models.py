"""Every table of the desk, gathered for Django; each stands in the folder of its screen."""

from duly.desk.accounts.models import FailedSignIn, Membership, Office, User
from duly.desk.calendar.models import CalendarDayRow, FeedToken
from duly.desk.inbox.models import InboxItem, Progress, StoredReading
from duly.desk.reminders.models import LadderRow, Reminder, ReminderTo
from duly.desk.storage.models import (
    DeadlineRow,
    LawApplied,
    LawChangeRow,
    LedgerEntry,
    MatterRow,
    PolicyRow,
    PolicyVersionRow,
    RuleUse,
    TaskRow,
)

__all__ = [
    "CalendarDayRow",
    "DeadlineRow",
    "FailedSignIn",
    "FeedToken",
    "InboxItem",
    "LadderRow",
    "LawApplied",
    "LawChangeRow",
    "LedgerEntry",
    "MatterRow",
    "Membership",
    "Office",
    "PolicyRow",
    "PolicyVersionRow",
    "Progress",
    "Reminder",
    "ReminderTo",
    "RuleUse",
    "StoredReading",
    "TaskRow",
    "User",
]
