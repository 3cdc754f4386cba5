"""How fast open deadlines are counted anew, as after a change of a calendar.

    .venv/bin/python bench/clock.py [DEADLINES]

Draws that many open deadlines (default 100,000) from the period rules of all rulebooks, each with a trigger of the last
year, and counts every one from its trigger, with all its steps and warnings, on one core. Beside it, in the same run,
the naive way: a walk from day to day (hour to hour for hours) with a look into the calendars' entries for each, which
gives the end alone. Both must agree on every deadline. Aim: 100,000 in less than 5 s.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from duly import law
from duly.clock import Calendars, Counted, Period, count, load_calendars
from duly.law.rules import Period as Rule

Open = tuple[Period, date | datetime, str, str]
FIRST, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 365
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def open_deadlines(number: int, calendars: Calendars) -> list[Open]:
    library, rng = law.load(), random.Random(6)
    lengths = [
        (length, place.time_zone)
        for rule in library.by_id.values()
        if isinstance(rule, Rule)
        for place in [library.jurisdiction(rule.jurisdiction)]
        for length in law.lengths(rule, place, calendars)
    ]
    # What most offices have most: fourteen days by the federal rule, and its state's holidays.
    lengths += [
        (Period(14, "days", calendars=("us-federal", "us-co"), cite="Fed. R. Civ. P. 6(a)(1)"), "America/Denver")
    ] * 10
    return [drawn(rng, *rng.choice(lengths)) for _ in range(number)]


def drawn(rng: random.Random, period: Period, zone: str) -> Open:
    moment = FIRST + HOUR * rng.randrange(DAYS * 24)
    trigger: date | datetime = moment if period.unit.startswith("hours") else moment.date()
    manner = rng.choice(["hand", *(manner for manner, _ in period.service_additions)])
    return period, trigger, zone, manner


def naive(one: Open, calendars: Calendars) -> date | datetime:
    """The end alone, by walking; open questions of holidays are taken as working days."""
    period, trigger, zone, manner = one
    step = 1 if period.direction == "after" else -1
    names = [name for name in period.calendars if step == 1 or name not in period.calendars_after_only]

    def off(day: date) -> bool:
        return day.weekday() > 4 or any(
            entry.effect == "legal holiday" for name in names for entry in calendars.entries(day, (name,))
        )

    def rolled(day: date) -> date:
        while period.roll != "none" and off(day):
            day += DAY * step
        return day

    if isinstance(trigger, datetime):
        now, left, place = trigger, period.length, ZoneInfo(zone)
        while left:
            counts = period.unit == "hours" or not off(now.astimezone(place).date())
            now, left = now + HOUR * step, left - counts
        return now
    day, left = trigger, period.length
    while left:
        day += DAY * step
        left -= not (period.unit in ("business days", "court days") and off(day))
    added = dict(period.service_additions).get(manner, 0)
    return rolled(rolled(day) + DAY * step * added) if added else rolled(day)


def timed(what: Callable[[], list[Any]]) -> tuple[float, float, list[Any]]:
    """Wall-clock and processor seconds: on a busy machine only the second can be compared."""
    begun, used = time.perf_counter(), time.process_time()
    found = what()
    return time.perf_counter() - begun, time.process_time() - used, found


def agree(counted: Counted, walked: date | datetime) -> bool:
    ends = [counted.due, *(other.due for other in counted.otherwise)]
    return walked in [end.astimezone(UTC) if isinstance(end, datetime) else end for end in ends]


def main(number: int) -> None:
    calendars = load_calendars()
    opened = open_deadlines(number, calendars)
    wall, cpu, counted = timed(lambda: [count(period, trigger, zone, calendars, served_by=manner) for period, trigger, zone, manner in opened])  # fmt: skip
    fresh = load_calendars()
    slow_wall, slow_cpu, walked = timed(lambda: [naive(one, fresh) for one in opened])
    wrong = sum(not agree(one, other) for one, other in zip(counted, walked, strict=True))
    print(f"{number:,} open deadlines, one core, Python {sys.version.split()[0]}")
    print(f"{'way':<44}{'wall s':>8}{'cpu s':>8}{'each µs':>9}")
    print(f"{'counted, every step said':<44}{wall:>8.2f}{cpu:>8.2f}{cpu / number * 1e6:>9.1f}")
    print(f"{'naive walk, the end alone':<44}{slow_wall:>8.2f}{slow_cpu:>8.2f}{slow_cpu / number * 1e6:>9.1f}")
    aim = " and ".join(
        f"{took:.1f} s {what}" for took, what in ((wall, "by the wall clock"), (cpu, "of the processor"))
    )
    print(f"{wrong} of {number:,} disagree; aim: counted in less than 5 s; it took {aim}")
    if wrong:
        sys.exit(3)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
