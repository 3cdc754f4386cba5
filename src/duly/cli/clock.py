"""`duly clock`: one deadline with its steps, by a rule of a rulebook or by a length in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from duly.cli.clock_changes import (
    ClosedOption,
    CutoffOption,
    ExtendOption,
    TolledOption,
    closure_typed,
    extension_typed,
    hour_typed,
    moment_typed,
    tolling_typed,
    unit_named,
)
from duly.cli.law.options import RulebooksOption
from duly.cli.output import JsonFlag, console, print_json, sentences_for_errors
from duly.clock import Calendars, Counted, Period, count, due_words, load_calendars
from duly.errors import DulyError
from duly.law import Jurisdiction, Library, PeriodRule, lengths, load

RuleArgument = Annotated[str, typer.Argument(help="A period rule's id, or a length such as '14 days' or '48 hours'.")]
FromOption = Annotated[
    str, typer.Option("--from", metavar="MOMENT", help="2020-01-13, or 2020-01-13T14:05 in the office's zone.")
]
_FEDERAL = ("us-federal", "us-federal-dc")
_FEDERAL_COUNT = (
    "A length by itself is counted as Fed. R. Civ. P. 6 counts. Under the law of {} holidays, the last hour and the days "
    "added for service may differ: name a period rule where there is one (`duly law list --kind period`)."
)


def clock(
    rule: RuleArgument,
    moment: FromOption,
    office: Annotated[str, typer.Option(help="A jurisdiction such as us/co/denver.")] = "us",
    served_by: Annotated[str | None, typer.Option(help="hand, mail, left with clerk, electronic, fax, other.")] = None,
    before: Annotated[bool, typer.Option("--before", help="Count a length backward.")] = False,
    cutoff: CutoffOption = None,
    closed: ClosedOption = [],  # noqa: B006 - typer copies it
    extend: ExtendOption = [],  # noqa: B006 - typer copies it
    tolled: TolledOption = [],  # noqa: B006 - typer copies it
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    as_json: JsonFlag = False,
) -> None:
    """Count one deadline and show every step."""
    with sentences_for_errors():
        library = load(rulebooks)
        place = library.jurisdiction(office)
        zone = place.time_zone
        trigger = moment_typed(moment, zone)
        calendars = load_calendars()
        what, periods = _periods(library, rule, place, calendars, before)
        found = [
            count(
                period, trigger, zone, calendars, served_by=served_by, cutoff=hour_typed(cutoff),
                closures=[closure_typed(text, zone) for text in closed],
                extensions=[extension_typed(text, zone) for text in extend],
                tolled=[tolling_typed(text, zone) for text in tolled],
            )
            for period in periods
        ]  # fmt: skip
        if rule != what or place.level == "federal":
            warned = found
        else:
            warned = [replace(each, warnings=(*each.warnings, _FEDERAL_COUNT.format(place.name))) for each in found]
        if as_json:
            ways = [_json(counted) for counted in warned]
            print_json({"schema": "duly.clock/1", "rule": rule, "what": what, "zone": zone, "ways": ways})
        else:
            for counted in warned:
                _show(what, counted)


def _periods(
    library: Library, text: str, place: Jurisdiction, calendars: Calendars, before: bool
) -> tuple[str, list[Period]]:
    """The length in words, or every way in which a period rule counts in this place."""
    number, _, unit = text.strip().partition(" ")
    if number.isdigit():
        return text, [_length(int(number), unit.strip(), place.calendars or ("us-federal",), before)]
    found = library.rule(text)
    counts = lengths(found, place, calendars) if isinstance(found, PeriodRule) else ()
    if not counts:
        raise DulyError(
            f"The rule {text} counts no period by itself.",
            remedy="`duly law list --kind period` names those that do.",
            code="no-period",
        )
    return found.title, list(counts)


def _length(number: int, unit: str, calendars: tuple[str, ...], before: bool) -> Period:
    wanted = unit_named(unit)
    # A bare length is counted as Fed. R. Civ. P. 6 counts; its paragraph (d) adds days by manner of service.
    added = () if before or "hours" in wanted else (("mail", 3), ("left with clerk", 3), ("other", 3))
    return Period(
        number,
        wanted,
        "before" if before else "after",
        calendars=calendars,
        calendars_after_only=tuple(name for name in calendars if name not in _FEDERAL),
        service_additions=added,
        cite="Fed. R. Civ. P. 6(a), (d)" if added else "Fed. R. Civ. P. 6(a)",
    )


def _json(counted: Counted) -> dict[str, Any]:
    return {
        "due": None if counted.due is None else counted.due.isoformat(),
        "closes_at": None if counted.closes_at is None else counted.closes_at.isoformat(),
        "steps": [{"text": step.text, "cite": step.cite} for step in counted.steps],
        "warnings": list(counted.warnings),
        "otherwise": [
            {"due": other.due.isoformat(), "because": other.because, "cite": other.cite} for other in counted.otherwise
        ],
    }


def _show(what: str, counted: Counted) -> None:
    out = console()
    due = "cannot be said yet" if counted.due is None else due_words(counted.due)
    out.print(f"{what}: {due}", style="bold", markup=False)
    for number, step in enumerate(counted.steps, 1):
        out.print(f"  {number}. {step.text}" + (f"  ({step.cite})" if step.cite else ""), markup=False)
    for warning in counted.warnings:
        out.print(f"  ! {warning}", markup=False)
    for other in counted.otherwise:
        out.print(f"  or {due_words(other.due)}: {other.because}", markup=False)
