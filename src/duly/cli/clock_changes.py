"""What can move the end of a period, as somebody types it for `duly clock`: closures, extensions, tolling, a closing hour."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

import typer

from duly.clock import Closure, Extension, Tolling, Unit, local_moment
from duly.errors import DulyError

CutoffOption = Annotated[
    str | None, typer.Option(metavar="HH:MM", help="When the office that must receive it closes on the last day.")
]
ClosedOption = Annotated[list[str], typer.Option(metavar="DAY", help="A day on which that office was inaccessible.")]
ExtendOption = Annotated[
    list[str], typer.Option(metavar="MORE", help="'5 business days', 2020-02-14 or 2020-02-14T12:00; in order.")
]
TolledOption = Annotated[
    list[str], typer.Option(metavar="FROM..TO", help="Days on which it did not run; without TO, it still does not.")
]
UNITS: dict[str, Unit] = {
    "day": "days", "business day": "business days", "court day": "court days", "hour": "hours", "week": "weeks",
    "month": "months", "year": "years", "hour excluding weekends and holidays": "hours excluding weekends and holidays",
}  # fmt: skip


def unit_named(unit: str) -> Unit:
    """The unit that somebody typed, in the singular or plural. Raises DulyError for none."""
    wanted = UNITS.get(unit) or UNITS.get(unit.removesuffix("s")) or UNITS.get(unit.replace("hours", "hour"))
    if wanted is None:
        raise DulyError(
            f"{unit!r} is no unit of time.", remedy=f"One of: {', '.join(UNITS.values())}.", code="bad-unit"
        )
    return wanted


def moment_typed(text: str, zone: str) -> date | datetime:
    """A civil date stays one; a moment without an offset is meant in the office's zone."""
    try:
        if "T" not in text and " " not in text:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DulyError(
            f"{text!r} is neither a date nor a moment.",
            remedy="Write 2020-01-13 or 2020-01-13T14:05.",
            code="bad-moment",
        ) from error
    return moment if moment.tzinfo else local_moment(moment.date(), moment.time(), zone)


def hour_typed(text: str | None) -> time | None:
    """A time of day such as 16:30."""
    try:
        return None if text is None else time.fromisoformat(text)
    except ValueError as error:
        raise DulyError(f"{text!r} is no time of day.", remedy="Write 16:30.", code="bad-moment") from error


def extension_typed(text: str, zone: str) -> Extension:
    """A length in words, or the day or moment to which it was extended."""
    number, _, unit = text.strip().partition(" ")
    if number.isdigit():
        return Extension(length=int(number), unit=unit_named(unit.strip()))
    return Extension(to=moment_typed(text.strip(), zone))


def closure_typed(text: str, zone: str) -> Closure:
    """A day on which an office was inaccessible."""
    return Closure(moment_typed(text.strip(), zone))


def tolling_typed(text: str, zone: str) -> Tolling:
    """`2020-01-15..2020-01-17`, both included; or `2020-01-15..`, without an end so far."""
    first, _, last = (part.strip() for part in text.partition(".."))
    return Tolling(moment_typed(first, zone), moment_typed(last, zone) if last else None)
