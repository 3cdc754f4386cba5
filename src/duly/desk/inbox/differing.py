"""What a paper says otherwise than the one that it resembles, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.receiving import readings_of
from duly.desk.shelf import kinds
from duly.desk.words.evidence import value_words
from duly.instruments import Value
from duly.matters import Matter


@dataclass(frozen=True, slots=True)
class Difference:
    """One field. A text is empty where that paper does not say, or nobody could read it."""

    label: str
    earlier: str
    now: str


def differences(item: InboxItem, earlier: InboxItem, matter: Matter | None) -> list[Difference]:
    """Every field that the first paper in each file gives otherwise; persons' corrections on the matter count."""
    now = readings_of(item.paper)
    before = readings_of(earlier.paper)
    if not now:
        return []
    known: Mapping[str, Value] = {}
    if matter is not None and matter.readings:
        known = matter.readings[0].fields
    elif before:
        known = before[0].fields
    kind = kinds().get(now[0].kind) if now[0].kind is not None else None
    labels = {spec.name: spec.label for spec in kind.fields} if kind is not None else {}
    found = []
    for name in dict.fromkeys((*now[0].fields, *known)):
        was, says = _words(known.get(name)), _words(now[0].fields.get(name))
        if was != says:
            found.append(Difference(labels.get(name) or name.replace("_", " ").capitalize(), was, says))
    return found


def _words(value: Value | None) -> str:
    return "" if value is None or value.value is None else value_words(value.value)
