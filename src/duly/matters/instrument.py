"""The instrument in question: one paper, or several that were served together, with its fields and their evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from duly.errors import DulyError
from duly.evidence import Evidence, Fact
from duly.instruments import Kind, Kinds, Value
from duly.instruments import facts as facts_of_paper
from duly.intake.reading import Reading

_ACCOMPANYING = "instrument.accompanying_warrant"
_WARRANT_FAMILIES = ("administrative_warrant", "judicial_warrant")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument as it was read, or as persons confirmed it.

    `kind` None: not recognised. `document` is the SHA-256 (hex) of the original, `pages` the first and last page of
    the instrument in it (from 1), `confidence` how sure the machine was of the kind (1 where a person said it).
    `accompanying` are the papers that were served with it.
    """

    kind: str | None
    fields: Mapping[str, Value]
    document: str
    pages: tuple[int, int] = (1, 1)
    accompanying: tuple[Instrument, ...] = ()
    confidence: float = 1.0
    name: str = ""
    warnings: tuple[str, ...] = field(default=())

    def facts(self, kinds: Kinds) -> dict[str, Fact]:
        """What the papers say, as facts of the vocabulary, each with its place on a page."""
        if self.kind is None:
            return {}
        kind = kind_named(kinds, self.kind)
        found = dict(facts_of_paper(kind, self.fields, self.document))
        warrant = self._warrant(kind, kinds)
        if warrant is not None:
            found[_ACCOMPANYING] = warrant
        return found

    def _warrant(self, kind: Kind, kinds: Kinds) -> Fact | None:
        """Which warrant came with a detainer. A paper that nobody recognised may be one: then it is not known."""
        if kind.family != "detainer":
            return None
        found = [warrant for paper in self.accompanying if (warrant := _as_warrant(paper, kinds)) is not None]
        if found:
            return max(found, key=lambda fact: ("ice-i-200", "ice-i-205", "judicial").index(str(fact.value)))
        if any(paper.kind is None or _is_warrant(paper, kinds) for paper in self.accompanying):
            return None
        note = "There was no warrant among the papers served."
        return Fact(_ACCOMPANYING, "none", Evidence("record", document=self.document, note=note))


def kind_named(kinds: Kinds, kind: str) -> Kind:
    """The kind with this id. Raises DulyError for one that Duly does not know."""
    if kind not in kinds:
        raise DulyError(
            f"There is no kind of paper called {kind!r}.", remedy="Choose one of the list.", code="unknown-kind"
        )
    return kinds[kind]


def instruments_from(readings: Sequence[Reading], kinds: Kinds) -> tuple[Instrument, ...]:
    """The instruments among papers that came together: warrants are put with the detainer that they belong to.

    Every other paper is an instrument of its own, in the order in which they were read. An agency's warrant goes to the
    detainer that names the same file number or the same person; failing both, to the nearest detainer before it, or the
    first after it. A judge's warrant commands something by itself: it stays an instrument of its own, and comes with a
    detainer besides only when both name the same file or person.
    """
    papers = [_from_reading(reading) for reading in readings]
    hosts = [index for index, paper in enumerate(papers) if _family(paper, kinds) == "detainer"]
    guests: dict[int, list[Instrument]] = {index: [] for index in hosts}
    alone: list[int] = []
    for index, paper in enumerate(papers):
        if index in guests:
            continue
        family = _family(paper, kinds)
        host = _same_subject(papers, hosts, index) if family in _WARRANT_FAMILIES else None
        if host is None and family == "administrative_warrant":
            host = _nearest(hosts, index)
        if host is not None:
            guests[host].append(paper)
        if host is None or family == "judicial_warrant":
            alone.append(index)
    order = sorted([*hosts, *alone])
    return tuple(replace(papers[index], accompanying=tuple(guests.get(index, ()))) for index in order)


def instrument_from(readings: Sequence[Reading], kinds: Kinds) -> Instrument:
    """The one instrument in these readings, with all that came with it.

    Papers that nobody recognised come with the one that was. Raises DulyError when there are several instruments,
    which want a matter each.
    """
    found = instruments_from(readings, kinds)
    if not found:
        raise DulyError("There is no paper to work on.", code="no-paper", remedy="Add the paper that was served.")
    companions = tuple(paper for instrument in found for paper in instrument.accompanying)
    known = [paper for paper in found if paper.kind is not None and paper not in companions]
    if len(known) > 1:
        raise DulyError(
            f"These papers hold {len(known)} instruments.",
            code="several-instruments",
            remedy="Open one matter for each.",
        )
    main = known[0] if known else found[0]
    others = tuple(paper for paper in found if paper is not main and paper not in companions)
    return replace(main, accompanying=main.accompanying + others)


def _from_reading(reading: Reading) -> Instrument:
    return Instrument(
        kind=reading.kind,
        fields=dict(reading.fields),
        document=reading.document.sha256,
        pages=(reading.first_page, reading.last_page),
        confidence=reading.confidence,
        name=reading.document.name,
        warnings=tuple(reading.warnings),
    )


def _family(paper: Instrument, kinds: Kinds) -> str | None:
    return kinds[paper.kind].family if paper.kind is not None and paper.kind in kinds else None


def _is_warrant(paper: Instrument, kinds: Kinds) -> bool:
    return _family(paper, kinds) in _WARRANT_FAMILIES


def _as_warrant(paper: Instrument, kinds: Kinds) -> Fact | None:
    """`judicial` only for a court's warrant that is not known to lack a judge's signature."""
    if paper.kind is None or not _is_warrant(paper, kinds):
        return None
    kind = kinds[paper.kind]
    if kind.family == "judicial_warrant":
        signed = facts_of_paper(kind, paper.fields, paper.document).get("instrument.signed_by_judge")
        if signed is None or signed.value is not True:
            return None
    value = "judicial" if kind.family == "judicial_warrant" else kind.id
    note = f"{kind.title} came with it."
    return Fact(_ACCOMPANYING, value, Evidence("kind", document=paper.document, page=paper.pages[0], note=note))


_PERSON_FIELDS = ("person_name", "subject_name", "in_reference_to")


def _same_subject(papers: Sequence[Instrument], hosts: Sequence[int], index: int) -> int | None:
    """The one detainer that names the same file number or, failing that, the same person."""
    for same in (_file_number, _person):
        mine = same(papers[index])
        matching = [host for host in hosts if mine is not None and same(papers[host]) == mine]
        if len(matching) == 1:
            return matching[0]
    return None


def _nearest(hosts: Sequence[int], index: int) -> int | None:
    before = [host for host in hosts if host < index]
    return before[-1] if before else hosts[0] if hosts else None


def _file_number(paper: Instrument) -> str | None:
    value = paper.fields.get("file_number")
    digits = re.sub(r"\D", "", str(value.value)) if value is not None and value.value is not None else ""
    return digits or None


def _person(paper: Instrument) -> str | None:
    """The person's name as a set of words, so that `EJEMPLO, Nicanor` and `Nicanor Ejemplo` are one."""
    for name in _PERSON_FIELDS:
        value = paper.fields.get(name)
        if value is not None and isinstance(value.value, str) and value.value.strip():
            return " ".join(sorted(re.findall(r"\w+", value.value.casefold())))
    return None
