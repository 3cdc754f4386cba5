"""Counts one period from its trigger to its end, with every step said: the order of a rule's own clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from duly.clock.adjustments import apply_closures, apply_extension, roll_days, with_service_days
from duly.clock.calendar import Calendars, Holiday
from duly.clock.cites import clause
from duly.clock.days import check_length, last_day
from duly.clock.deadline import Alternative, ClockError, Closure, Counted, Extension, Period, Step, Tolling
from duly.clock.hours import every_hour, roll_hours, working_hours
from duly.clock.moments import end_of_day, in_zone, require_aware, same_time_on, start_of_day, zone_named, zoned_words
from duly.clock.tolling import in_order
from duly.clock.wording import day_words, due_words, join_words, plural
from duly.clock.working_days import WorkingDays

COVERED_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that one count depends on."""

    period: Period
    trigger: date | datetime
    zone: str
    calendars: Calendars
    served_by: str | None
    closures: tuple[Closure, ...]
    extensions: tuple[Extension, ...]
    tolled: tuple[Tolling, ...]
    cutoff: time | None
    event: str


def count(
    period: Period,
    trigger: date | datetime,
    zone: str,
    calendars: Calendars,
    *,
    served_by: str | None = None,
    closures: Iterable[Closure] = (),
    extensions: Iterable[Extension] = (),
    tolled: Iterable[Tolling] = (),
    cutoff: time | None = None,
    event: str = "",
) -> Counted:
    """The end of a period, with the steps that lead there.

    `trigger` is the day of the event (a civil date, or an aware moment whose day in `zone` is taken), and for a period
    in hours the aware moment itself. `served_by` is the manner of service, matched against the period's service
    additions; None means that it is not known. `closures` are times in which the clerk's office was inaccessible, for
    an act that is done there; `cutoff` is the local time at which it closes on the last day (None: midnight).
    `extensions` are applied in order, `tolled` are times in which the period does not run. `event` says in a few
    words what the trigger was, with its evidence, for the first step.

    Raises `ClockError` for a naive moment, a day where a moment is needed, an unknown zone or calendar, or a length
    that cannot be counted.
    """
    check_length(period.length, period.unit)
    zone_named(zone)
    case = _Case(
        period, _trigger(period, trigger), zone, calendars, served_by, tuple(closures), tuple(extensions),
        in_order(period, tolled, zone), cutoff, event,
    )  # fmt: skip
    counted, met = _once(case, contested_are_holidays=False)
    if met:
        counted = _both_ways(case, counted, met)
    if period.service_additions and served_by is None:
        counted = _other_manners_of_service(case, counted)
    closes_at = _closing(counted.due, case)
    return Counted(counted.due, counted.steps, counted.warnings, counted.otherwise, closes_at)


def extended(
    due: date | datetime, extension: Extension, zone: str, calendars: Calendars, names: Iterable[str] = ("us-federal",)
) -> Counted:
    """The end of something due, extended by agreement or order, with the steps from the end as it stood.

    A named date or moment stands as it is; a length is counted on in its own unit, and its last day rolls forward.
    """
    zone_named(zone)
    working, steps = WorkingDays(calendars, names), list[Step]()
    start = in_zone(due, zone) if isinstance(due, datetime) else due
    end = apply_extension(Period(0, "days", cite=extension.cite), start, extension, zone, working, steps)
    steps.append(Step(f"Due by {zoned_words(end, zone)}." if isinstance(end, datetime) else f"Due {day_words(end)}, by the end of that day in {zone}."))  # fmt: skip
    closes_at = end if isinstance(end, datetime) else end_of_day(end, zone)
    return Counted(end, tuple(steps), closes_at=closes_at)


def _trigger(period: Period, trigger: date | datetime) -> date | datetime:
    if trigger.year not in COVERED_YEARS:
        raise ClockError(
            f"The year {trigger.year} is outside what the calendars cover ({COVERED_YEARS[0]} to {COVERED_YEARS[-1]}).",
            remedy="Check the date; a digit may have been misread.",
            code="bad-date",
        )
    if isinstance(trigger, datetime):
        return require_aware(trigger)
    if period.unit.startswith("hours"):
        raise ClockError(
            f"A period in hours needs the time of day of its event, and {day_words(trigger)} gives only the day.",
            remedy="Enter at what time it happened.",
            code="needs-moment",
        )
    return trigger


def _once(case: _Case, *, contested_are_holidays: bool) -> tuple[Counted, dict[date, Holiday]]:
    """One count with one view of the contested days; also which of these it met."""
    period = case.period
    names = period.calendars
    if period.direction == "before":
        names = tuple(name for name in names if name not in period.calendars_after_only)
    working = WorkingDays(
        case.calendars, names, court=period.unit == "court days", contested_are_holidays=contested_are_holidays
    )
    steps: list[Step] = []
    if case.event:
        steps.append(Step(case.event))
    in_hours = period.unit.startswith("hours")
    end = _hours(case, working, steps) if in_hours else _days(case, working, steps)
    if end is not None:
        end = with_service_days(period, end, case.served_by, case.zone, working, steps)
        for extension in case.extensions:
            end = apply_extension(period, end, extension, case.zone, working, steps)
        end = apply_closures(period, end, case.closures, case.zone, working, steps)
        steps.append(_last_step(end, case))
    return Counted(end, tuple(steps), _warnings(case, names)), working.met


def _days(case: _Case, working: WorkingDays, steps: list[Step]) -> date | None:
    event = case.trigger
    if isinstance(event, datetime):
        local = in_zone(event, case.zone)
        steps.append(Step(f"It happened on {zoned_words(local, case.zone)}."))
        event = local.date()
    end = last_day(case.period, event, working, case.tolled, steps)
    return None if end is None else roll_days(case.period, end, working, steps)


def _hours(case: _Case, working: WorkingDays, steps: list[Step]) -> datetime | None:
    event = case.trigger
    if not isinstance(event, datetime):  # refused by _trigger; said again for the type
        raise ClockError("A period in hours needs the moment of its event.", code="needs-moment")
    if case.period.unit == "hours":
        end = every_hour(case.period, event, case.zone, working, case.tolled, steps)
        return None if end is None else roll_hours(case.period, end, case.zone, working, steps)
    return working_hours(case.period, event, case.zone, working, case.tolled, steps)


def _last_step(end: date | datetime, case: _Case) -> Step:
    if isinstance(end, datetime):
        return Step(f"Due by {zoned_words(end, case.zone)}.", case.period.cite)
    when = "the end of that day" if case.cutoff in (None, time(0)) else f"{case.cutoff:%H:%M}"
    return Step(f"Due {day_words(end)}, by {when} in {case.zone}.", clause(case.period.cite, "(a)(4)"))


def _closing(due: date | datetime | None, case: _Case) -> datetime | None:
    if due is None or isinstance(due, datetime):
        return due
    if case.cutoff in (None, time(0)):
        return end_of_day(due, case.zone)
    return same_time_on(due, case.cutoff or time(0), case.zone)[0]


def _warnings(case: _Case, names: tuple[str, ...]) -> tuple[str, ...]:
    said = []
    year = case.trigger.year
    for name in names:
        calendar = case.calendars.calendar(name)
        if not calendar.checked:
            said.append(f"The calendar {name} ({calendar.title}) has not been compared with the law behind it.")
        elif year < calendar.since:
            said.append(
                f"The calendar {name} has been compared with the law from {calendar.since} on; {year} is earlier."
            )
    return tuple(said)


def _both_ways(case: _Case, counted: Counted, met: dict[date, Holiday]) -> Counted:
    """Counts again with the contested days as holidays; where that gives another end, keeps the earlier and says both."""
    other, _ = _once(case, contested_are_holidays=True)
    if other.due == counted.due or counted.due is None or other.due is None:
        return counted
    days = [met[day] for day in sorted(met)]
    named = "; ".join(f"{day_words(day.day)}, {day.name}" for day in days)
    what = "legal holiday" if all(day.effect == "contested" for day in days) else "day off"
    is_, what = ("is", f"a {what}") if len(days) == 1 else ("are", f"{what}s")
    cite = "; ".join(dict.fromkeys(day.source for day in days))
    note = " ".join(dict.fromkeys(day.note for day in days if day.note))
    if _instant(other.due, case.zone) < _instant(counted.due, case.zone):
        first, second, because = other, counted.due, f"{named}, {is_} not {what}"
    else:
        first, second, because = counted, other.due, f"{named}, {is_} {what}"
    warning = f"Open question: if {because}, the end is {due_words(second)}. {note}".strip()
    return replace(
        first,
        warnings=(*first.warnings, warning),
        otherwise=(*first.otherwise, Alternative(second, f"if {because}", cite)),
    )


def _other_manners_of_service(case: _Case, counted: Counted) -> Counted:
    """Says what the end would be for each manner of service that adds days, while it is not known how it was served."""
    others: list[Alternative] = []
    for manner, days in case.period.service_additions:
        other, _ = _once(replace(case, served_by=manner), contested_are_holidays=False)
        if days and other.due is not None and other.due != counted.due:
            cite = clause(case.period.cite, "service")
            others.append(Alternative(other.due, f"if served by {manner} ({plural(days, 'day')} added)", cite))
    if not others:
        return counted
    said = join_words([f"{due_words(other.due)} {other.because}" for other in others])
    warning = f"How it was served is not known; no days were added. The end would be {said}."
    return replace(counted, warnings=(*counted.warnings, warning), otherwise=(*counted.otherwise, *others))


def _instant(due: date | datetime, zone: str) -> float:
    return (due if isinstance(due, datetime) else start_of_day(due, zone)).timestamp()
