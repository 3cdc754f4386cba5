"""How often the machine was right, by what persons found when they looked: the figures of this office alone.

Only the first word of a person on a field counts: a later change corrects a person. Where the machine found nothing and
a person filled it in, that counts as a correction too. What could not be read is told apart; nobody knows who was right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from duly.desk.shelf import kinds
from duly.desk.storage.models import LedgerEntry
from duly.ledger import join_line, read_entry

_SAID = {"field-confirmed": "right", "field-corrected": "corrected", "field-unreadable": "unreadable"}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One field of one kind of paper (`field` is `kind` for the kind itself): how often persons found it how."""

    kind: str
    field: str
    label: str
    right: int
    corrected: int
    unreadable: int

    @property
    def judged(self) -> int:
        return self.right + self.corrected

    @property
    def share(self) -> float | None:
        """The share that was right; None where nobody could judge it yet."""
        return self.right / self.judged if self.judged else None


def accuracy(office: str | None = None) -> list[Accuracy]:
    """Every field that persons have looked at, the least right first. `office` None: of the whole desk."""
    counts: Counter[tuple[str, str, str]] = Counter(_judgements(office))
    found = []
    for kind, field in sorted({(kind, field) for kind, field, _ in counts}):
        known = kinds().get(kind)
        labels = {spec.name: spec.label for spec in known.fields} if known is not None else {}
        label = "Which paper it is" if field == "kind" else labels.get(field) or field.replace("_", " ").capitalize()
        right, corrected, unreadable = (counts[kind, field, how] for how in _SAID.values())
        found.append(Accuracy(kind, field, label, right, corrected, unreadable))
    return sorted(found, key=lambda one: (one.share if one.share is not None else 2.0, -one.judged, one.kind))


def _judgements(office: str | None) -> Iterator[tuple[str, str, str]]:
    """(kind as the machine took it, field, right|corrected|unreadable) for the first look at each field."""
    took: dict[tuple[str, int], str] = {}
    seen: set[tuple[str, int, str]] = set()
    rows = LedgerEntry.objects.filter(type__in=["paper-read", "kind-confirmed", *_SAID]).order_by("sequence")
    for row in rows.iterator(chunk_size=2000):
        entry = read_entry(join_line(row.header.encode(), row.hash.encode(), row.payload.encode()))
        if office is not None and entry.payload.get("office") != office:
            continue
        part, matter = entry.payload["event"], entry.matter or ""
        place = (matter, int(part["reading"]))
        if entry.type == "paper-read":
            took[place] = part["kind"] or ""
            continue
        field = "kind" if entry.type == "kind-confirmed" else str(part["field"])
        if (*place, field) in seen:
            continue
        seen.add((*place, field))
        if entry.type == "kind-confirmed":
            yield took.get(place, ""), field, "right" if part["was"] == part["kind"] else "corrected"
        else:
            yield took.get(place, ""), field, _SAID[entry.type]
