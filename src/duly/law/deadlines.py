"""Deadlines: the period rules that apply, counted by the clock, or taken from the paper that states a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from duly.clock import (
    Alternative,
    Calendars,
    Counted,
    Deadline,
    Step,
    count,
    day_words,
    explain_stated,
    local_moment,
    moment_words,
)
from duly.clock import Period as Length
from duly.errors import DulyError
from duly.evidence import Fact
from duly.law.applicable import Held, Reading
from duly.law.condition import Name
from duly.law.english import noun
from duly.law.library import Jurisdiction, Library
from duly.law.rules import Count, Period

SERVED = ("instrument.served_on", "instrument.received_at")
"""What a stated date is measured from where its rule names no trigger: service, or failing that, receipt."""
HOURS = {"instrument.return_on": "instrument.return_time"}
"""The fact that gives the hour of the day (`10:00`) at which a stated date ends, where the paper prints one."""


def deadlines(
    library: Library, calendars: Calendars, jurisdiction: str, facts: Mapping[str, Fact], on: date
) -> tuple[Deadline, ...]:
    """Every deadline that applies or may apply, with its steps.

    `due` is None, and `missing` names the facts that are wanting, where it cannot be counted yet. Where only part of an
    *earlier of* is known, `due` is that part, which is the safe date, and `missing` names the rest. Where it is not
    known whether the period applies at all, it is counted all the same, says so first, and `missing` names what decides.
    """
    reading = Reading(library, jurisdiction, facts, on)
    place = library.jurisdiction(jurisdiction)
    return tuple(_deadline(reading, place, calendars, held) for held in reading.held(Period) if held.truth is not False)


@dataclass(frozen=True, slots=True)
class _Way:
    """One count of a period, counted or wanting facts."""

    counted: Counted | None
    cite: str
    missing: tuple[str, ...] = ()
    beside: tuple[Alternative, ...] = ()


def _deadline(reading: Reading, place: Jurisdiction, calendars: Calendars, held: Held) -> Deadline:
    rule = held.rule
    assert isinstance(rule, Period)
    warnings: list[str] = []
    missing: list[str] = []
    if held.truth is None:
        warnings.append(f"It is not known whether this applies; {held.because}")
        missing += held.unknown
    try:
        ways = [_way(reading, place, calendars, rule, each) for each in rule.counts]
    except DulyError as error:
        # A rule or a fact that the clock cannot count must not hide the other deadlines.
        return Deadline(rule.id, rule.what, None, place.time_zone, rule.cite, warnings=(*warnings, str(error)))
    for way in ways:
        missing += way.missing
    chosen = _chosen(rule, ways)
    if chosen is None or chosen.counted is None:
        return Deadline(
            rule.id,
            rule.what,
            None,
            place.time_zone,
            rule.cite,
            warnings=tuple(warnings),
            missing=tuple(dict.fromkeys(missing)),
            otherwise=tuple(other for way in ways for other in way.beside),
        )
    counted = chosen.counted
    unknown = [each for each, way in zip(rule.counts, ways, strict=True) if way.counted is None]
    warnings += [_may_change(reading, rule, each) for each in unknown]
    return Deadline(
        id=rule.id,
        what=rule.what,
        due=counted.due,
        zone=place.time_zone,
        cite=rule.cite,
        steps=tuple(_all_steps(reading, rule, ways, chosen)),
        warnings=(*warnings, *counted.warnings),
        missing=tuple(dict.fromkeys(missing)),
        otherwise=counted.otherwise,
        closes_at=counted.closes_at,
    )


def _may_change(reading: Reading, rule: Period, each: Count) -> str:
    """In a sentence: what else counts, and what has to be known before it can be counted."""
    way = "earlier" if rule.choose == "earliest" else "later"
    if each.stated is not None or each.trigger is None:
        return f"The date may be {way}: {_named(reading, each.stated or '')} also counts, and is not known yet."
    unit = (each.unit or "").removesuffix("s") if each.length == 1 else each.unit
    trigger = _named(reading, each.trigger)
    return f"The date may be {way}: {each.length} {unit} {each.direction} {trigger} also counts, and {trigger} is not known yet."


def _named(reading: Reading, fact: str) -> str:
    """A fact's name in a sentence: "the day of service"."""
    entry = reading.words.get(fact)
    return noun(Name(fact, entry.kind), reading.words) if entry is not None else fact


def _way(reading: Reading, place: Jurisdiction, calendars: Calendars, rule: Period, each: Count) -> _Way:
    names, wanting = _calendars(each, place, calendars)
    cite = each.cite or rule.counted_by or rule.cite
    counted = _counted(reading, place, calendars, each, names, cite)
    if counted is not None and wanting:
        said = f"There is no calendar {' or '.join(wanting)} here: its holidays were not taken into account."
        counted = replace(counted, warnings=(*counted.warnings, said))
    if each.stated is None:
        assert each.trigger is not None
        beside = () if counted else _from_receipt(reading, place, calendars, each, names, cite)
        return _Way(counted, cite, () if counted else (each.trigger,), beside)
    stated = reading.facts.get(each.stated)
    if stated is None:
        beside = (Alternative(counted.due, f"as {cite} counts it", cite),) if counted and counted.due else ()
        return _Way(None, cite, (each.stated,), beside)
    assert isinstance(stated.value, date)
    taken = _stated(reading, place, calendars, each, stated, names, each.cite or rule.cite)
    if counted is not None and counted.due is not None:
        said = f"Counted beside it: {each.length} {each.unit} from {_trigger_words(reading, each)} end on {_words(counted.due)}."
        taken = Counted(taken.due, (*taken.steps, Step(said, cite)), taken.warnings, taken.otherwise, taken.closes_at)
    return _Way(taken, cite)


def _from_receipt(
    reading: Reading, place: Jurisdiction, calendars: Calendars, each: Count, names: Sequence[str], cite: str
) -> tuple[Alternative, ...]:
    """Where only the receipt is known: the date if the paper was served when it was received. It is never taken as such."""
    received = reading.facts.get("instrument.received_at")
    if each.trigger != "instrument.served_on" or received is None:
        return ()
    counted = _counted(reading, place, calendars, replace(each, trigger="instrument.received_at"), names, cite)
    if counted is None or counted.due is None:
        return ()
    return (Alternative(counted.due, "if the paper was served on the day on which it was received", cite),)


def lengths(rule: Period, place: Jurisdiction, calendars: Calendars) -> tuple[Length, ...]:
    """Every length that a period rule counts, as an office in `place` counts it; a date that is only stated has none."""
    found = (
        _length(each, _calendars(each, place, calendars)[0], each.cite or rule.counted_by or rule.cite)
        for each in rule.counts
    )
    return tuple(length for length in found if length is not None)


def _length(each: Count, names: Sequence[str], cite: str) -> Length | None:
    if each.length is None or each.unit is None:
        return None
    return Length(
        length=each.length,
        unit=each.unit,
        direction=each.direction,
        roll=each.roll,
        calendars=tuple(names),
        calendars_after_only=tuple(
            name for name in names if each.state_holidays and name not in (each.calendars or ())
        ),
        service_additions=each.service_additions,
        cite=cite,
    )


def _calendars(each: Count, place: Jurisdiction, calendars: Calendars) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The calendars to count by, and those that are named but not installed. Plain hours need none."""
    names = each.calendars if each.calendars is not None else place.calendars
    if each.state_holidays:
        names = tuple(dict.fromkeys((*names, *place.calendars)))
    if each.unit == "hours" and each.roll == "none" and each.stated is None:
        return (), ()
    return tuple(name for name in names if name in calendars), tuple(name for name in names if name not in calendars)


def _counted(
    reading: Reading,
    place: Jurisdiction,
    calendars: Calendars,
    each: Count,
    names: Sequence[str],
    cite: str,
) -> Counted | None:
    """The period counted from its trigger; None where it has no length or the trigger is not known."""
    trigger = reading.facts.get(each.trigger) if each.trigger is not None else None
    length = _length(each, names, cite)
    if length is None or trigger is None:
        return None
    assert isinstance(trigger.value, date)
    manner = reading.facts.get("service.manner")
    return count(
        length,
        trigger.value,
        place.time_zone,
        calendars,
        served_by=str(manner.value) if manner is not None else None,
        event=_event(reading, trigger),
    )


def _stated(
    reading: Reading,
    place: Jurisdiction,
    calendars: Calendars,
    each: Count,
    stated: Fact,
    names: Sequence[str],
    cite: str,
) -> Counted:
    """The date that the paper states, measured from the trigger, or from service or receipt where one is known."""
    candidates = (each.trigger,) if each.trigger is not None else SERVED
    start = next((reading.facts[name] for name in candidates if name in reading.facts), None)
    assert isinstance(stated.value, date)
    if start is None:
        said = Step(f"The paper itself states {_words(stated.value)}{_where(stated)}. It is taken as it stands.", cite)
        unmeasured = Step(
            "How many days that leaves is not shown: it is not known when the paper was served or received."
        )
        taken = explained_end(stated.value, (said, unmeasured), place.time_zone)
    else:
        assert isinstance(start.value, date)
        taken = explain_stated(
            stated.value, start.value, place.time_zone, calendars, names, event=_event(reading, start), cite=cite
        )
    return _at_the_hour(reading, place, stated, taken, cite)


def _at_the_hour(reading: Reading, place: Jurisdiction, stated: Fact, taken: Counted, cite: str) -> Counted:
    """The stated date with the hour of the day that the paper prints beside it: the deadline's day is the same, and
    what is due that day is due by then."""
    hour = reading.facts.get(HOURS.get(stated.name, ""))
    if hour is None or isinstance(stated.value, datetime) or not isinstance(stated.value, date):
        return taken
    try:
        at = local_moment(stated.value, time.fromisoformat(str(hour.value)), place.time_zone)
    except (ValueError, DulyError):
        said = f"The paper also states an hour, “{hour.value}”, which could not be read as a time of that day."
        return replace(taken, warnings=(*taken.warnings, said))
    step = Step(f"It states the hour too: by {moment_words(at)}{_where(hour)}.", cite)
    return replace(taken, steps=(*taken.steps, step), closes_at=at)


def explained_end(stated: date | datetime, steps: tuple[Step, ...], zone: str) -> Counted:
    from duly.clock.moments import end_of_day

    return Counted(stated, steps, closes_at=stated if isinstance(stated, datetime) else end_of_day(stated, zone))


def _chosen(rule: Period, ways: Sequence[_Way]) -> _Way | None:
    """The way that governs: the earliest or latest of those that could be counted."""
    counted = [way for way in ways if way.counted is not None and way.counted.closes_at is not None]
    if not counted:
        return next((way for way in ways if way.counted is not None), None)

    def instant(way: _Way) -> float:
        assert way.counted is not None and way.counted.closes_at is not None
        return way.counted.closes_at.timestamp()

    return (min if rule.choose == "earliest" else max)(counted, key=instant)


def _all_steps(reading: Reading, rule: Period, ways: Sequence[_Way], chosen: _Way) -> list[Step]:
    assert chosen.counted is not None
    if len(ways) == 1:
        return list(chosen.counted.steps)
    which = "earlier" if rule.choose == "earliest" else "later"
    steps = [Step(f"The {which} of {len(ways)} dates governs.", rule.cite)]
    for number, way in enumerate(ways, 1):
        if way.counted is None:
            steps.append(
                Step(f"{number}. Not known yet: {', '.join(_named(reading, name) for name in way.missing)}.", way.cite)
            )
            continue
        due = _words(way.counted.due) if way.counted.due is not None else "no end yet"
        steps.append(Step(f"{number}. {due}:", way.cite))
        steps += way.counted.steps
    end = chosen.counted.due
    if end is not None:
        steps.append(Step(f"The {which} one is {_words(end)}.", rule.cite))
    return steps


def _event(reading: Reading, fact: Fact) -> str:
    assert isinstance(fact.value, date)
    said = _named(reading, fact.name)
    return f"{said[:1].upper()}{said[1:]}: {_words(fact.value)}{_where(fact)}."


def _trigger_words(reading: Reading, each: Count) -> str:
    assert each.trigger is not None
    fact = reading.facts[each.trigger]
    assert isinstance(fact.value, date)
    return _words(fact.value)


def _words(value: date | datetime) -> str:
    return moment_words(value) if isinstance(value, datetime) else day_words(value)


def _where(fact: Fact) -> str:
    """Where the date was read, in brackets."""
    evidence = fact.evidence
    if evidence.page is not None:
        return f" (page {evidence.page} of the paper)"
    return {
        "person": " (stated by a person)",
        "record": " (from the matter's record)",
        "profile": " (from the office's profile)",
        "assumed": " (assumed)",
    }.get(evidence.method, "")
