"""Where law came from and what it names outside itself: citations, sources, calendars."""

from __future__ import annotations

from collections.abc import Iterator

from duly.clock import Calendars
from duly.errors import Place
from duly.law.citations import unread_citations
from duly.law.library import Library
from duly.law.problems import Problem, Severity, place_of
from duly.law.rules import Period, Precedent


def citations(library: Library) -> Iterator[Problem]:
    """Citations that cannot be read. A policy or a working definition of an office's own has no form to follow."""
    cited = [
        rule for rule in library.by_id.values() if rule.layer != "policy" and not _own_words(library, rule.enactment)
    ]
    unread = set(unread_citations(rule.cite for rule in cited))
    for rule in cited:
        if rule.cite in unread:
            message = f"“{rule.cite}” cannot be read as a citation."
            severity: Severity = "warning" if isinstance(rule, Precedent) else "note"
            yield Problem("citation", severity, message, place_of(rule), (rule.id,))


def _own_words(library: Library, enactment: str) -> bool:
    found = library.enactments.get(enactment)
    return found is not None and found.verified in ("no", "False")


def sources(library: Library) -> Iterator[Problem]:
    """Enactments that do not say where or when they were read."""
    for enactment in library.enactments.values():
        place = Place(enactment.file, 1)
        if not enactment.source:
            yield Problem("source", "warning", f"{enactment.citation} does not say where it was read.", place)
        if not enactment.retrieved:
            yield Problem("source", "note", f"{enactment.citation} does not say when it was read.", place)
        if enactment.rules and not enactment.checked_by:
            message = f"The rules made from {enactment.citation} have not been checked by a named person."
            yield Problem("source", "note", message, place)


def calendars_exist(library: Library, calendars: Calendars) -> Iterator[Problem]:
    """Calendars that a jurisdiction or a period names and that are not installed."""
    for place in library.jurisdictions.values():
        for name in place.calendars:
            if name not in calendars:
                message = f"{place.name} counts by the calendar “{name}”, which is not installed."
                yield Problem("calendar", "warning", message, Place(place.file, 1))
    for rule in library.by_id.values():
        if isinstance(rule, Period):
            for name in dict.fromkeys(name for count in rule.counts for name in count.calendars or ()):
                if name not in calendars:
                    message = f"{rule.id} counts by the calendar “{name}”, which is not installed."
                    yield Problem("calendar", "warning", message, place_of(rule), (rule.id,))
