"""The clock: counts every period that a law, a court or a paper sets, and says each step in words that a clerk can check.

`count` gives the end of a `Period` after (or before) its trigger; `explain_stated` explains a date that the paper itself
states; `load_calendars` reads the dated calendars that decide what is a working day. Nothing here reads the time of day:
the trigger, the zone and the calendars come in as parameters.
"""

from duly.clock.calendar import Calendar, Calendars, Effect, Holiday
from duly.clock.calendar_changes import CalendarChange, calendar_changes
from duly.clock.calendar_files import load_calendars, read_calendar
from duly.clock.counting import count, extended
from duly.clock.deadline import (
    Alternative,
    ClockError,
    Closure,
    Counted,
    Deadline,
    Direction,
    Extension,
    Period,
    Roll,
    Step,
    Tolling,
    Unit,
)
from duly.clock.moments import end_of_day, in_zone, local_moment, require_aware, zone_named
from duly.clock.stated import explain_stated
from duly.clock.wording import day_words, due_words, moment_words

__all__ = [
    "Alternative",
    "Calendar",
    "CalendarChange",
    "Calendars",
    "ClockError",
    "Closure",
    "Counted",
    "Deadline",
    "Direction",
    "Effect",
    "Extension",
    "Holiday",
    "Period",
    "Roll",
    "Step",
    "Tolling",
    "Unit",
    "calendar_changes",
    "count",
    "day_words",
    "due_words",
    "end_of_day",
    "explain_stated",
    "extended",
    "in_zone",
    "load_calendars",
    "local_moment",
    "moment_words",
    "read_calendar",
    "require_aware",
    "zone_named",
]
