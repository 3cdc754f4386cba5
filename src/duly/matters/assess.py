"""Applies the law to one instrument in one office: the one way to an answer, for the desk and the terminal alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from duly import law
from duly.clock import Calendars
from duly.evidence import Evidence, Fact
from duly.instruments import Kind, Kinds, load_kinds
from duly.law import Finding, Library, NoticeFinding
from duly.matters.assessment import ACT_DEMANDED_BY, Assessment, CountedDue, SetAside
from duly.matters.instrument import Instrument, kind_named
from duly.matters.office import Office
from duly.matters.weighing import weigh
from duly.matters.wording import listed

F = TypeVar("F", bound=Finding)
_CANCELS = "instrument.cancels_detainer"
_REQUESTS = ("demand.hold", "demand.notify")
NO_FACTS: Mapping[str, Fact] = {}
NO_FACTS_BY_ACT: Mapping[str, Mapping[str, Fact]] = {}


def assess(
    library: Library,
    calendars: Calendars,
    office: Office,
    instrument: Instrument,
    on: date,
    facts: Mapping[str, Fact] = NO_FACTS,
    *,
    facts_by_act: Mapping[str, Mapping[str, Fact]] = NO_FACTS_BY_ACT,
    kinds: Kinds | None = None,
) -> Assessment:
    """The law of `on` for every act that the instrument puts in question.

    `facts` are those that persons and the matter's record add; they beat what the machine read, and both are kept.
    `facts_by_act` hold for one act only: what a court's order covers differs from demand to demand. `calendars` are the
    clock's. Pure: the same arguments give the same assessment. Raises DulyError for an unknown jurisdiction or kind.
    """
    known = load_kinds() if kinds is None else kinds
    kind = kind_named(known, instrument.kind) if instrument.kind is not None else None
    of_paper = instrument.facts(known)
    silence = _record_is_silent(kind, {**of_paper, **facts})
    used, aside, disagreements = weigh((facts, of_paper, office.facts(), silence))
    used, withdrawn = _without_withdrawn(kind, used)
    acts = _acts_in_question(library, kind, used)
    by_act = {act: {**used, **facts_by_act.get(act, {})} for act in acts}
    place = office.jurisdiction
    # Of a paper that nobody has named, every period "may apply": that would bury the clerk and say nothing.
    named = kind is not None or "instrument.family" in used
    counted = _deadlines(library, calendars, place, used, on) if named else ()
    return Assessment(
        office=office,
        on=on,
        instrument=instrument,
        kind=kind,
        acts=acts,
        facts=used,
        set_aside=(*aside, *withdrawn),
        defects=law.defects(library, place, used, on) if kind is not None else (),
        deadlines=counted,
        determinations=tuple(law.determine(library, place, act, by_act[act], on) for act in acts),
        grounds=_each(law.grounds(library, place, act, by_act[act], on) for act in acts),
        consequences=_each(law.consequences(library, place, act, by_act[act], on) for act in acts),
        notices=_notices(library, place, by_act, used, on),
        warnings=_warnings(instrument, kind, counted, (*_of_detainer(instrument, kind, known, used), *disagreements)),
        rulebooks=library.digest,
        asked=tuple(act for act in acts if act in _asked(used)),
        facts_by_act={act: facts_by_act[act] for act in acts if act in facts_by_act},
        moot=_moot(library, acts, used),
        calendars=calendars.digest,
    )


def _record_is_silent(kind: Kind | None, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """A matter's record is evidence: where it holds no order, none has been entered as far as this office knows, and
    where it holds no objection, none was served. A paper that is a court's order itself speaks for itself."""
    silent: dict[str, str] = {}
    if kind is None or kind.family != "court_order":
        silent["court.order_entered"] = "No court's order is recorded on this matter."
    if kind is not None and kind.family == "court_subpoena":
        silent["objection.served_in_time"] = "No written objection is recorded on this matter."
    return {
        name: Fact(name, False, Evidence("record", note=note)) for name, note in silent.items() if name not in facts
    }


def _without_withdrawn(kind: Kind | None, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], tuple[SetAside, ...]]:
    """A form of detainer prints its requests on every copy; a paper that cancels a detainer makes none of them, and where
    the box was not read nobody knows whether it does."""
    cancels = facts.get(_CANCELS)
    if kind is None or kind.family != "detainer" or (cancels is not None and cancels.value is False):
        return dict(facts), ()
    printed = {name: facts[name] for name in _REQUESTS if name in facts and facts[name].evidence.method == "kind"}
    kept = {name: fact for name, fact in facts.items() if name not in printed}
    if cancels is None:
        because = "it is not known whether the paper cancels an earlier detainer"
    else:
        because = "the paper cancels an earlier detainer"
        kept |= {name: Fact(name, False, cancels.evidence) for name in printed}
    return kept, tuple(SetAside(fact, because) for fact in printed.values())


def _acts_in_question(library: Library, kind: Kind | None, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The acts of the paper's kind and those that its demands put in question, in the vocabulary's order."""
    wanted = _asked(facts).union(kind.acts if kind is not None else ())
    return tuple(act for act in library.vocabulary.acts if act in wanted)


def _asked(facts: Mapping[str, Fact]) -> set[str]:
    """The acts that the paper itself asks for, as far as that is known."""
    return {act for demand, act in ACT_DEMANDED_BY.items() if demand in facts and facts[demand].value is True}


def _deadlines(
    library: Library, calendars: Calendars, place: str, facts: Mapping[str, Fact], on: date
) -> tuple[CountedDue, ...]:
    purposes = {found.rule: found.purpose for found in law.periods(library, place, facts, on)}
    counted = law.deadlines(library, calendars, place, facts, on)
    return tuple(CountedDue(deadline, purposes.get(deadline.id, "other")) for deadline in counted)


def _each(found_by_act: Iterable[tuple[F, ...]]) -> tuple[F, ...]:
    """What the law finds for each act, every rule once, in the order of the acts. What is known not to apply is left out
    here; a determination's proof shows it."""
    found: dict[str, F] = {}
    for findings in found_by_act:
        for finding in findings:
            if finding.truth is not False:
                found.setdefault(finding.rule, finding)
    return tuple(found.values())


def _notices(
    library: Library, place: str, by_act: Mapping[str, Mapping[str, Fact]], facts: Mapping[str, Fact], on: date
) -> tuple[NoticeFinding, ...]:
    """Whom the law says to tell about an act in question, or about the paper as such."""
    of_acts = _each(law.notices(library, place, act, facts_for, on) for act, facts_for in by_act.items())
    of_paper = (found for found in law.notices(library, place, None, facts, on) if not found.acts)
    return _each((of_acts, tuple(of_paper)))


def _moot(library: Library, acts: tuple[str, ...], facts: Mapping[str, Fact]) -> dict[str, str]:
    """Acts that can no longer be done because what they presuppose is known to be otherwise."""
    moot: dict[str, str] = {}
    for act in acts:
        presupposed = library.vocabulary.acts[act].presupposes
        if presupposed is not None and presupposed in facts and facts[presupposed].value is False:
            question = library.vocabulary.facts[presupposed].ask
            moot[act] = f"This can no longer be done. {question} No."
    return moot


def _warnings(
    instrument: Instrument, kind: Kind | None, counted: tuple[CountedDue, ...], disagreements: tuple[str, ...]
) -> tuple[str, ...]:
    found = [*instrument.warnings]
    for paper in instrument.accompanying:
        found.extend(paper.warnings)
    if kind is not None:
        found.extend(kind.cautions)
        found.extend(_unconfirmed(instrument, kind))
    elif not counted:
        found.append("No law was applied to it; that waits until a person says what the paper is.")
    found.extend(disagreements)
    for entry in counted:
        found.extend(entry.deadline.warnings)
    return tuple(dict.fromkeys(found))


def _of_detainer(instrument: Instrument, kind: Kind | None, kinds: Kinds, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """What a clerk must know before acting on a detainer: that it cancels one, and whose warrant lies with it."""
    found: list[str] = []
    if kind is None or kind.family != "detainer":
        return ()
    cancels = facts.get(_CANCELS)
    if cancels is None:
        found.append(
            "The box that cancels an earlier detainer could not be read. If it is marked, this paper asks for no hold."
        )
    elif cancels.value is True:
        found.append("This paper cancels an earlier detainer; it asks for no hold.")
    for paper in instrument.unconfirmed_companions(kinds):
        title = kinds[paper.kind].title if paper.kind is not None else "warrant"
        found.append(
            f"The {title} on page {paper.pages[0]} was put with this detainer because it came with it. Nobody has confirmed "
            "that it is for the same person: compare the names and file numbers."
        )
    return tuple(found)


def _unconfirmed(instrument: Instrument, kind: Kind) -> tuple[str, ...]:
    """Nothing that moves a deadline or an answer is taken from a machine's reading without saying so."""
    names = [
        spec.label.lower()
        for spec in kind.fields
        if spec.decisive
        and spec.name in instrument.fields
        and instrument.fields[spec.name].value is not None
        and instrument.fields[spec.name].evidence.confirmed_by is None
        and instrument.fields[spec.name].evidence.method != "person"
    ]
    if not names:
        return ()
    return (f"Read by the machine and not confirmed by a person: {listed(names)}.",)
