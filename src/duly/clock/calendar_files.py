"""Reads calendar files (`calendars/*.toml` and an office's own folder) and says where one of them is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from duly.clock.calendar import OBSERVED_RULES, Calendar, Calendars, Effect, Holiday, Recurring
from duly.clock.deadline import ClockError
from duly.clock.wording import WEEKDAYS
from duly.errors import Place

CALENDAR_FOLDER = Path(__file__).parent / "calendars"
_TEXT, _NUMBER, _LIST = (str,), (int,), (list,)
_KEYS = {
    "title": _TEXT, "source": _TEXT, "base": _TEXT, "includes": _LIST, "without": _LIST, "observed": _TEXT,
    "checked": _TEXT, "since": _NUMBER, "recurring": _LIST, "dated": _LIST,
}  # fmt: skip
_DATED_KEYS = {"date": (date,), "name": _TEXT, "effect": _TEXT, "source": _TEXT, "note": _TEXT}
_RECURRING_KEYS = {
    "name": _TEXT, "month": _NUMBER, "day": _NUMBER, "weekday": _TEXT, "nth": _NUMBER, "easter": _NUMBER,
    "shift": _NUMBER, "observed": _TEXT, "since": _NUMBER, "until": _NUMBER, "every": _NUMBER, "phase": _NUMBER,
    "effect": _TEXT, "source": _TEXT, "note": _TEXT,
}  # fmt: skip


def load_calendars(*folders: Path | str) -> Calendars:
    """The calendars that come with Duly, then those of each folder in turn.

    A file of a later folder with the id (file name) of an earlier one is laid over it: its dated and recurring entries
    are added and its other keys replace the earlier ones, so that an office can correct one day without copying a
    calendar. Raises `ClockError` with file and entry for anything that it does not understand.
    """
    return _load(tuple(Path(folder) for folder in folders))


def _load(folders: tuple[Path, ...]) -> Calendars:
    loaded: dict[str, Calendar] = dict(_shipped())
    for folder in folders:
        if not folder.is_dir():
            raise ClockError(
                "This folder of calendars does not exist.",
                place=Place(file=str(folder)),
                remedy="Create it, or take it out of the settings.",
                code="no-calendar-folder",
            )
        for path in sorted(folder.glob("*.toml")):
            loaded[path.stem] = read_calendar(path, loaded.get(path.stem))
    _check_includes(loaded)
    return Calendars(loaded.values())


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Calendar]:
    """The files beside this module, and for every other state the package's own list, marked as not compared."""
    import holidays as holidays_package

    found = {
        f"us-{state.lower()}": Calendar(
            id=f"us-{state.lower()}",
            title=f"{state}: holidays as the package “holidays” {holidays_package.__version__} lists them",
            source=f"Python package “holidays” {holidays_package.__version__}",
            base=f"US-{state}",
        )
        for state in holidays_package.US.subdivisions
    }
    found.update({path.stem: read_calendar(path) for path in sorted(CALENDAR_FOLDER.glob("*.toml"))})
    return found


def read_calendar(path: Path, under: Calendar | None = None) -> Calendar:
    """One calendar file; `under` is the calendar of the same id that it is laid over."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, f"This is not readable as TOML: {error}.") from error
    _only(path, "", data, _KEYS)
    first = under or Calendar(id=path.stem, title="", source="")
    calendar = Calendar(
        id=path.stem,
        title=data.get("title", first.title),
        source=data.get("source", first.source),
        base=data.get("base", first.base),
        includes=tuple(data.get("includes", first.includes)),
        without=tuple(data.get("without", first.without)),
        observed=_known_rule(path, "", data.get("observed", first.observed)),
        recurring=first.recurring + tuple(_recurring(path, entry) for entry in data.get("recurring", [])),
        dated=first.dated + tuple(_dated(path, entry) for entry in data.get("dated", [])),
        checked=data.get("checked", first.checked),
        since=data.get("since", first.since),
        file=str(path),
    )
    if not calendar.title or not calendar.source:
        raise _wrong(path, "A calendar needs a title and a source.", "title, source")
    return calendar


def _recurring(path: Path, entry: Mapping[str, Any]) -> Recurring:
    name = _named(path, entry)
    _only(path, name, entry, _RECURRING_KEYS)
    values = dict(entry)
    if "weekday" in values:
        if values["weekday"] not in WEEKDAYS:
            raise _wrong(path, f"“{values['weekday']}” is no day of the week.", name)
        values["weekday"] = WEEKDAYS.index(values["weekday"])
    rule = Recurring(**{"name": "", **values})
    if not rule.name:
        raise _wrong(path, "A recurring holiday needs a name.", name)
    ways = [bool(rule.month and rule.day), bool(rule.month and rule.weekday is not None and rule.nth)]
    if sum((*ways, rule.easter is not None)) != 1:
        raise _wrong(
            path, "A recurring holiday is given by month and day, by month, weekday and nth, or by easter.", name
        )
    _check_day(path, name, rule)
    _known_rule(path, name, rule.observed)
    _known_effect(path, name, rule.effect)
    return rule


def _dated(path: Path, entry: Mapping[str, Any]) -> Holiday:
    name = _named(path, entry)
    _only(path, name, entry, _DATED_KEYS)
    day = entry.get("date")
    if not isinstance(day, date):
        raise _wrong(path, "A dated entry needs `date`, a day without quotes such as 2025-01-09.", name)
    effect: Effect = entry.get("effect", "legal holiday")
    _known_effect(path, name, effect)
    if not entry.get("name") or not entry.get("source"):
        raise _wrong(path, f"The entry for {day.isoformat()} needs a name and a source.", name)
    return Holiday(day, name, path.stem, effect, str(entry["source"]), str(entry.get("note", "")))


def _known_rule(path: Path, name: str, rule: str) -> str:
    if rule not in OBSERVED_RULES:
        known = ", ".join(rule for rule in OBSERVED_RULES if rule)
        raise _wrong(path, f"“{rule}” is no rule of observance; known: {known}.", name)
    return rule


def _known_effect(path: Path, name: str, effect: str) -> None:
    if effect not in get_args(Effect):
        raise _wrong(path, f"“{effect}” is no effect; known: {', '.join(get_args(Effect))}.", name)


def _check_day(path: Path, name: str, rule: Recurring) -> None:
    """Refuses what does not fall in every year: 30 February, a fifth Monday, a year that never comes."""
    try:
        if rule.day:
            date(2001, rule.month, rule.day)
        elif rule.easter is None:
            date(2001, rule.month, 1)
    except ValueError:
        raise _wrong(path, f"There is no such day as {rule.day}/{rule.month} in every year.", name) from None
    if abs(rule.nth) > 4 or rule.every < 1:
        raise _wrong(path, "`nth` runs from 1 to 4 (or -1 to -4, from the end), and `every` from 1.", name)


def _named(path: Path, entry: object) -> str:
    if not isinstance(entry, dict):
        raise _wrong(path, "An entry is a table of its own, under [[recurring]] or [[dated]].")
    return str(entry.get("name", "an entry without a name"))


def _only(path: Path, name: str, entry: Mapping[str, Any], known: Mapping[str, tuple[type, ...]]) -> None:
    """Refuses keys that are not known, and values that are not of their kind."""
    for key, value in entry.items():
        if key not in known:
            raise _wrong(path, f"Unknown key “{key}”.", name)
        # A day with a time is a `date` for Python, and true is a number; neither is meant here.
        if not isinstance(value, known[key]) or isinstance(value, (bool, datetime)):
            if key == "date":
                raise _wrong(path, "A dated entry needs `date`, a day without quotes such as 2025-01-09.", name)
            raise _wrong(path, f"“{key}” is not of the right kind: {value!r}.", name)


def _check_includes(loaded: Mapping[str, Calendar]) -> None:
    for calendar in loaded.values():
        seen, waiting = {calendar.id}, list(calendar.includes)
        while waiting:
            name = waiting.pop()
            if name not in loaded:
                raise _wrong(Path(calendar.file), f"It includes “{name}”, which is no calendar.", "includes")
            if name == calendar.id:
                raise _wrong(Path(calendar.file), f"It includes itself, by way of “{name}”.", "includes")
            if name not in seen:
                seen.add(name)
                waiting += loaded[name].includes


def _wrong(path: Path, message: str, field: str = "") -> ClockError:
    return ClockError(
        message,
        place=Place(file=str(path), field=field or None),
        remedy="See docs/calendars.md for how a calendar file is written.",
        code="bad-calendar",
    )
