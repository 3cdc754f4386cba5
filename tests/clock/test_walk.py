"""The clock against an independent walk, one day or one minute at a time, that knows nothing of how the clock counts."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from duly.clock import Period, count, load_calendars

CALENDARS = load_calendars()
DAY = timedelta(days=1)
PAIRS = 10_000


def federal_holidays(year: int) -> set[date]:
    """5 U.S.C. 6103(a) and (b) written out anew, for 1986 and later."""

    def nth(month: int, weekday: int, number: int) -> date:
        days = [date(year, month, 1) + DAY * offset for offset in range(31)]
        matching = [day for day in days if day.month == month and day.weekday() == weekday]
        return matching[number - 1] if number > 0 else matching[-1]

    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
    found = {nth(1, 0, 3), nth(2, 0, 3), nth(5, 0, -1), nth(9, 0, 1), nth(10, 0, 2), nth(11, 3, 4)}
    for month, number in fixed:
        day = date(year, month, number)
        found |= {day} | ({day - DAY} if day.weekday() == 5 else {day + DAY} if day.weekday() == 6 else set())
    return found


HOLIDAYS = set().union(*(federal_holidays(year) for year in range(1986, 2045)))


def is_off(day: date) -> bool:
    return day.weekday() in (5, 6) or day in HOLIDAYS


def walk_days(trigger: date, length: int, unit: str, step: int, added: int) -> date:
    day, left = trigger, length
    brief = unit in ("business days", "court days") or (unit.startswith("days excluding") and length < 11)
    while left:
        day += DAY * step
        if not (brief and is_off(day)):
            left -= 1
    while is_off(day):
        day += DAY * step
    for _ in range(added):
        day += DAY * step
    while added and is_off(day):
        day += DAY * step
    return day


def test_ten_thousand_periods_in_days_end_where_a_walk_ends() -> None:
    rng = random.Random(6103)
    units = [
        "days",
        "days",
        "days",
        "business days",
        "court days",
        "days excluding weekends and holidays when under 11",
    ]
    wrong = []
    for _ in range(PAIRS):
        unit, length = (
            rng.choice(units),
            rng.choice([0, 1, 2, 3, 5, 7, 10, 11, 14, 20, 21, 28, 30, 45, 60, 90, 120, 180]),
        )
        trigger = date(1990, 1, 1) + DAY * rng.randrange(17_000)
        direction, mail = rng.choice(["after", "after", "before"]), rng.choice([False, False, True])
        period = Period(
            length,
            unit,
            direction,
            service_additions=(("mail", 3),),
            cite="Fed. R. Civ. P. 6(a)",  # type: ignore[arg-type]  # drawn from lists
        )
        counted = count(period, trigger, "America/Denver", CALENDARS, served_by="mail" if mail else "hand")
        expected = walk_days(trigger, length, unit, 1 if direction == "after" else -1, 3 if mail else 0)
        if expected not in (counted.due, *(other.due for other in counted.otherwise)):
            wrong.append((period, trigger, mail, counted.due, expected))
        if not counted.otherwise and counted.due != expected:
            wrong.append((period, trigger, mail, counted.due, expected))
    assert wrong == []


def walk_minutes(trigger: datetime, minutes: int, zone: ZoneInfo, skip: bool) -> datetime:
    """Minute by minute through real time."""
    now = trigger.astimezone(UTC)
    while minutes:
        counts = not (skip and is_off(now.astimezone(zone).date()))
        now += timedelta(minutes=1)
        minutes -= counts
    return now


def test_hours_end_where_a_walk_minute_by_minute_ends() -> None:
    rng = random.Random(287)
    zone = ZoneInfo("America/Denver")
    for _ in range(120):
        hours, skip = rng.choice([1, 5, 24, 48, 72]), rng.choice([True, False])
        start = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(60 * 24 * 365 * 7))
        unit = "hours excluding weekends and holidays" if skip else "hours"
        period = Period(hours, unit, roll="none")  # type: ignore[arg-type]  # one of two units
        counted = count(period, start, "America/Denver", CALENDARS)
        ends = [counted.due, *(other.due for other in counted.otherwise)]
        assert walk_minutes(start, hours * 60, zone, skip) in ends, (period, start, counted.due)


@given(
    st.integers(0, 40 * 365 * 24 * 60).map(
        lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.integers(0, 400),
    st.sampled_from(["America/Denver", "America/New_York", "Pacific/Honolulu", "America/Phoenix", "Asia/Beirut"]),
    st.sampled_from(["after", "before"]),
)
@settings(max_examples=200, deadline=None)
def test_hours_without_extension_are_exactly_so_many_hours_away(
    start: datetime, hours: int, zone: str, way: str
) -> None:
    counted = count(Period(hours, "hours", way, roll="none"), start, zone, CALENDARS)  # type: ignore[arg-type]  # one of two
    assert isinstance(counted.due, datetime)
    assert abs(counted.due.astimezone(UTC) - start) == timedelta(hours=hours)
    assert counted.due.tzinfo == ZoneInfo(zone)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 60), st.sampled_from(["after", "before"]))
@settings(max_examples=300, deadline=None)
def test_a_period_never_ends_on_a_day_off_and_never_early(trigger: date, length: int, way: str) -> None:
    counted = count(Period(length, "days", way), trigger, "America/Denver", CALENDARS)  # type: ignore[arg-type]  # one of two
    assert isinstance(counted.due, date)
    assert not is_off(counted.due)
    assert abs((counted.due - trigger).days) >= length


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_a_longer_period_never_ends_earlier(trigger: date, one: int, other: int) -> None:
    short, long = sorted((one, other))
    ends = [count(Period(n, "days"), trigger, "America/Denver", CALENDARS).due for n in (short, long)]
    assert ends[0] is not None and ends[1] is not None
    assert ends[0] <= ends[1]
