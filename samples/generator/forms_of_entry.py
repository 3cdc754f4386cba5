"""What a form splits that a reader puts together: a time and its a.m./p.m. boxes, a manner of service and its boxes."""

from __future__ import annotations

from typing import Any

from samples.generator.paper import Entry


def complete(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values with those that the form wants in pieces added; the pieces are not fields of the truth."""
    if kind == "ice-i-138":
        return values | _clock(values.get("return_time"))
    if kind == "ice-i-247a" and "served_manner" in values:
        return values | _served(values["served_manner"] or "")
    return values


def _clock(moment: Entry | None) -> dict[str, Any]:
    """`10:00 a.m.` → the clock's figures and one of two boxes; a 24-hour entry ticks none."""
    if moment is None:
        return {"return_time_clock": None, "return_am": False, "return_pm": False}
    half = moment.words.lower().replace(".", "")
    morning, afternoon = half.endswith("am"), half.endswith("pm")
    figures = moment.words.split(" ")[0] if morning or afternoon else moment.words
    return {"return_time_clock": figures, "return_am": morning, "return_pm": afternoon}


def _served(manner: str) -> dict[str, Any]:
    known = {"in person": "served_in_person", "by inmate mail delivery": "served_by_mail"}
    boxes: dict[str, Any] = {"served_in_person": False, "served_by_mail": False, "served_other": False}
    if manner in known:
        return boxes | {known[manner]: True}
    return boxes | {"served_other": bool(manner), "served_other_words": manner}
