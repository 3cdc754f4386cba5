"""Where a value came from, in a few words beside the value."""

from __future__ import annotations

from datetime import date, datetime, time

from duly.desk.words.dates import day, when
from duly.evidence import Evidence, FactValue

_METHODS = {
    "text layer": "read from the page",
    "ocr": "read from the picture of the page",
    "twin": "from the data inside the file",
    "person": "stated by a person",
    "record": "from this matter's own record",
    "profile": "from the office's profile",
    "kind": "follows from the form",
    "derived": "follows from a definition",
    "assumed": "assumed, as the vocabulary allows",
}
# Where the note alone says where the value came from.
_SAID_BY_NOTE = {"kind", "profile", "record", "derived"}
UNSURE_BELOW = 0.85


def value_words(value: object) -> str:
    """A value as a person would say it. Unknown is said, never left blank."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return when(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (list, tuple)):
        return "; ".join(value_words(item) for item in value)
    return ", ".join(str(value).splitlines())


def fact_value_words(value: FactValue) -> str:
    """A fact's value; the vocabulary's choices without their underscores."""
    text = value_words(value)
    return text.replace("_", " ") if isinstance(value, str) else text


def source_words(evidence: Evidence) -> str:
    """Where a value came from; the page is left out, for it is said by a link."""
    said = evidence.method in _SAID_BY_NOTE and bool(evidence.note)
    parts = [] if said or (evidence.page is not None and evidence.confirmed_by) else [_METHODS[evidence.method]]
    if evidence.confirmed_by:
        on = f", {day(evidence.confirmed_at.date(), weekday=False)}" if evidence.confirmed_at else ""
        parts.append(f"{'confirmed' if evidence.method != 'person' else 'by'} {_by(evidence)}{on}")
    elif evidence.method in ("text layer", "ocr"):
        parts.append("not confirmed yet")
    return ", ".join(parts)


def _by(evidence: Evidence) -> str:
    name = evidence.confirmed_by or ""
    return name if evidence.method == "person" else f"by {name}"
