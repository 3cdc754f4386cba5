"""The instrument in question: one paper, or several that were served together, with its fields and their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from duly.errors import DulyError
from duly.evidence import Evidence, Fact
from duly.instruments import Kind, Kinds, Value
from duly.instruments import facts as facts_of_paper
from duly.intake.reading import Reading
from duly.matters.pairing import relation

_ACCOMPANYING = "instrument.accompanying_warrant"
_CANCELS = "instrument.cancels_detainer"
_WARRANT_FAMILIES = ("administrative_warrant", "judicial_warrant")
_NOT_PUT_TOGETHER = (
    "A warrant for another person or file came in the same file; it was not put with this detainer. "
    "It is a paper of its own."
)


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
        for fact in (self._warrant(kind, kinds), self._has_no_box_to_cancel(kind)):
            if fact is not None:
                found.setdefault(fact.name, fact)
        return found

    def unconfirmed_companions(self, kinds: Kinds) -> tuple[Instrument, ...]:
        """The warrants of which it is not known that they are for the person whom this detainer names."""
        if self.kind is None or _family(self, kinds) != "detainer":
            return ()
        return tuple(
            paper
            for paper in self.accompanying
            if _is_warrant(paper, kinds) and relation(self.fields, paper.fields) != "same"
        )

    def _has_no_box_to_cancel(self, kind: Kind) -> Fact | None:
        """Not every edition of the older forms prints the line that cancels a detainer: without it nothing is cancelled."""
        spec = kind.field("cancels_detainer")
        value = self.fields.get("cancels_detainer")
        if spec is None or not spec.find.get("optional") or value is None or "no label" not in value.flags:
            return None
        note = "The paper has no line that cancels an earlier detainer."
        return Fact(_CANCELS, False, Evidence("derived", document=self.document, note=note))

    def _warrant(self, kind: Kind, kinds: Kinds) -> Fact | None:
        """Which warrant came with a detainer.

        Not known where a paper that nobody recognised may be one, or where nobody can tell whether a warrant is for the
        same person.
        """
        if kind.family != "detainer":
            return None
        unsure = self.unconfirmed_companions(kinds)
        sure = [paper for paper in self.accompanying if paper not in unsure]
        found = [warrant for paper in sure if (warrant := _as_warrant(paper, kinds)) is not None]
        if found:
            return max(found, key=lambda fact: ("ice-i-200", "ice-i-205", "judicial").index(str(fact.value)))
        if any(paper.kind is None or _is_warrant(paper, kinds) for paper in self.accompanying):
            return None
        note = "There was no warrant among the papers served for this person."
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
    detainer that names the same file number or the same person. Where that cannot be told it goes to the nearest detainer
    that may be meant, before it or else after it, and stays unconfirmed; a warrant for somebody else is an instrument of
    its own, and the detainer says so. A judge's warrant commands something by itself: it stays an instrument of its own, and
    comes with a detainer besides only when both name the same file or person.
    """
    papers = [_from_reading(reading) for reading in readings]
    hosts = [index for index, paper in enumerate(papers) if _family(paper, kinds) == "detainer"]
    guests: dict[int, list[Instrument]] = {index: [] for index in hosts}
    alone: list[int] = []
    for index, paper in enumerate(papers):
        if index in guests:
            continue
        family = _family(paper, kinds)
        host = _host(papers, hosts, index, family) if family in _WARRANT_FAMILIES else None
        if host is not None:
            guests[host].append(paper)
        elif family == "administrative_warrant" and (nearest := _nearest(hosts, index)) is not None:
            papers[nearest] = replace(papers[nearest], warnings=_with(papers[nearest].warnings, _NOT_PUT_TOGETHER))
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


def _with(warnings: tuple[str, ...], another: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*warnings, another)))


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


def _host(papers: Sequence[Instrument], hosts: Sequence[int], index: int, family: str | None) -> int | None:
    """The detainer that a warrant goes with: one for the same person or, for an agency's warrant, one that may be."""
    related = {host: relation(papers[host].fields, papers[index].fields) for host in hosts}
    same = [host for host in hosts if related[host] == "same"]
    if same or family == "judicial_warrant":
        return _nearest(same, index)
    return _nearest([host for host in hosts if related[host] == "not known"], index)


def _nearest(hosts: Sequence[int], index: int) -> int | None:
    before = [host for host in hosts if host < index]
    return before[-1] if before else hosts[0] if hosts else None
