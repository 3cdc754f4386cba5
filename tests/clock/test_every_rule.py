"""Every period rule of every rulebook, on 10,000 random triggers, against a walk that knows nothing of how the clock counts."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from duly import law
from duly.clock import Period, count, load_calendars
from duly.law.rules import Period as Rule

CALENDARS = load_calendars()
LIBRARY = law.load()
DAY, GRAIN = timedelta(days=1), timedelta(minutes=15)
PAIRS = 10_000
FIRST, DAYS = date(2012, 1, 1), 7_000
LENGTHS = [
    (rule.id, place.time_zone, length)
    for rule in LIBRARY.by_id.values()
    if isinstance(rule, Rule)
    for place in [LIBRARY.jurisdiction(rule.jurisdiction)]
    for length in law.lengths(rule, place, CALENDARS)
]


def is_off(day: date, period: Period, contested: bool) -> bool:
    if day.weekday() > 4:
        return True
    names = [
        name for name in period.calendars if period.direction == "after" or name not in period.calendars_after_only
    ]
    effects = {entry.effect for name in names for entry in CALENDARS.entries(day, (name,))}
    closed = {"office closure"} if period.unit == "court days" or contested else set()
    return bool(effects & ({"legal holiday"} | closed | ({"contested"} if contested else set())))


def walk_days(period: Period, trigger: date, added: int, contested: bool) -> date:
    step = DAY if period.direction == "after" else -DAY

    def rolled(day: date) -> date:
        while period.roll != "none" and is_off(day, period, contested):
            day += step
        return day

    day, left = trigger, period.length * (7 if period.unit == "weeks" else 1)
    assert period.unit in ("days", "weeks", "business days", "court days"), period.unit
    while left:
        day += step
        left -= not (period.unit in ("business days", "court days") and is_off(day, period, contested))
    day = rolled(day)
    return rolled(day + step * added) if added else day


def walk_hours(period: Period, trigger: datetime, zone: str, contested: bool) -> datetime:
    now, place = trigger.astimezone(UTC), ZoneInfo(zone)
    step = GRAIN if period.direction == "after" else -GRAIN
    left = timedelta(hours=period.length)
    while left:
        begins = now if step > timedelta() else now + step
        counts = period.unit == "hours" or not is_off(begins.astimezone(place).date(), period, contested)
        now += step
        left -= GRAIN if counts else timedelta()
    return now


def draw(rng: random.Random, period: Period) -> date | datetime:
    day = FIRST + DAY * rng.randrange(DAYS)
    if not period.unit.startswith("hours"):
        return day
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + GRAIN * rng.randrange(96)


def instant(due: date | datetime) -> date | datetime:
    """In UTC: Python calls a time in a repeated hour unequal to the same instant in another zone (PEP 495)."""
    return due.astimezone(UTC) if isinstance(due, datetime) else due


def ends(period: Period, trigger: date | datetime, zone: str, added: int) -> set[date | datetime]:
    """Where the walk ends, with contested days as working days and as holidays."""
    if isinstance(trigger, datetime):
        return {walk_hours(period, trigger, zone, contested) for contested in (False, True)}
    return {walk_days(period, trigger, added, contested) for contested in (False, True)}


def test_ten_thousand_triggers_of_every_rule_end_where_a_walk_ends() -> None:
    rng = random.Random(20261125)
    wrong, seen = [], Counter[str]()
    for _ in range(PAIRS):
        rule, zone, period = rng.choice(LENGTHS)
        trigger = draw(rng, period)
        manner, added = rng.choice([("hand", 0), *period.service_additions])
        counted = count(period, trigger, zone, CALENDARS, served_by=manner)
        said = {instant(due) for due in (counted.due, *(other.due for other in counted.otherwise)) if due is not None}
        seen[rule] += 1
        if said != ends(period, trigger, zone, added):
            wrong.append((rule, trigger, manner, counted.due, counted.otherwise))
    assert wrong == []
    assert set(seen) == {rule for rule, _, _ in LENGTHS}
