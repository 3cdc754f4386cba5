"""Decides one act: outcome, exactly what is still possible, which answers would settle it, and the whole proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from duly.evidence import Evidence, Fact, FactValue
from duly.law.decisive import decisive_sets
from duly.law.determination import Determination, Outcome, PrecedentOnPoint, Truth
from duly.law.engine import Engine, decided, engine_for, keep, possibilities, value_keys
from duly.law.exact import truth_of
from duly.law.facts_in import check_facts, known_values
from duly.law.library import Library
from duly.law.precedents import precedents_on_point
from duly.law.program import DETERMINED
from duly.law.proof import fallbacks
from duly.law.roles import Standing, standings
from duly.law.rule_proofs import RuleProof, applied, rule_proofs
from duly.law.summary import summarise


def outcome(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Outcome:
    """The outcome alone, without a proof. Raises `DulyError` as `determine` does."""
    engine = engine_for(library, jurisdiction, act, on)
    check_facts(library, facts)
    return decided(library, engine, known_values(engine.program.reads, facts))


def decider(library: Library, jurisdiction: str, act: str, on: date) -> Callable[[Mapping[str, FactValue]], Outcome]:
    """A function from plain values to the outcome, for many cases of one act, office and date.

    For callers who have checked their values: a name outside the vocabulary is not noticed, a value of another type is
    not refused. It takes a microsecond or two where the values decide.
    """
    engine = engine_for(library, jurisdiction, act, on)
    decide = engine.decide

    def outcome_of(values: Mapping[str, FactValue]) -> Outcome:
        number = decide(values)
        return DETERMINED[number] if number >= 0 else decided(library, engine, values)

    return outcome_of


def determine(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Determination:
    """The law's answer for `act` on the known facts, as the law stood on `on`, with its whole proof.

    Raises `DulyError` for an unknown act, jurisdiction or fact, or a value that does not fit its fact.
    """
    engine = engine_for(library, jurisdiction, act, on)
    check_facts(library, facts)
    program = engine.program
    values = known_values(program.reads, facts)
    possible, decisive = _answer(library, engine, values)
    proofs = rule_proofs(library, engine, values, value_keys(program, values))
    view = _view(library, jurisdiction, engine, _truths(engine, proofs), possible, decisive, on)
    entries = [
        applied(library, engine, each, proof, standing)
        for each, proof, standing in zip(program.considered, proofs, view.standings, strict=True)
    ]
    return Determination(
        act=act,
        office=jurisdiction,
        on=on,
        outcome=view.outcome,
        possible=view.possible,
        decisive=decisive,
        summary=view.summary,
        applied=tuple([entries[index] for index in view.applied]),
        considered=tuple([entries[index] for index in view.considered]),
        precedents=view.precedents,
        assumptions=_assumptions(engine, facts, values),
        facts={name: facts[name] for name in values},
    )


def decision(
    library: Library, jurisdiction: str, engine: Engine, values: Mapping[str, FactValue], on: date
) -> tuple[Outcome, str | None]:
    """The outcome and the rule that `determine` would name first for it, without proof and without questions."""
    number = engine.decide(values)
    possible = frozenset({number}) if number >= 0 else possibilities(library, engine, values).possible
    if len(possible) > 1:
        return "undetermined", None
    words = library.vocabulary.facts
    truths = [truth_of(step.expression, values, words)[0] for step in engine.program.conditions]
    view = _view(library, jurisdiction, engine, truths, possible, (), on)
    return view.outcome, engine.program.considered[view.applied[0]].rule.id if view.applied else None


def _answer(
    library: Library, engine: Engine, values: Mapping[str, FactValue]
) -> tuple[frozenset[int], tuple[tuple[str, ...], ...]]:
    """The numbers of the possible outcomes, and the sets of questions that would leave one."""
    number = engine.decide(values)
    if number >= 0:
        return frozenset({number}), ()
    found = possibilities(library, engine, values)
    if len(found.possible) == 1:
        return found.possible, ()
    key = ("decisive", *(values.get(name) for name in engine.program.reads))
    sets: tuple[tuple[str, ...], ...] | None = engine.by_values.get(key)
    if sets is None:
        sets = keep(engine.by_values, key, decisive_sets(library, engine, values, found))
    return found.possible, sets


@dataclass(frozen=True, slots=True)
class _View:
    """What of a determination follows from which conditions hold, whatever the facts' evidence is. Rules by number."""

    outcome: Outcome
    possible: tuple[Outcome, ...]
    standings: tuple[Standing, ...]
    applied: tuple[int, ...]
    considered: tuple[int, ...]
    precedents: tuple[PrecedentOnPoint, ...]
    summary: str


def _truths(engine: Engine, proofs: list[RuleProof]) -> list[Truth]:
    """The exact truth of every condition of the program, in its order."""
    truths = [proof.holds for proof in proofs]
    truths += [
        proof.ordered_holds
        for each, proof in zip(engine.program.considered, proofs, strict=True)
        if each.ordered is not None
    ]
    return truths


def _view(
    library: Library,
    jurisdiction: str,
    engine: Engine,
    truths: list[Truth],
    possible: frozenset[int],
    decisive: tuple[tuple[str, ...], ...],
    on: date,
) -> _View:
    key = (tuple(truths), possible, decisive, on)
    found: _View | None = engine.by_truths.get(key)
    if found is None:
        made = _made(library, jurisdiction, engine, truths, possible, decisive, on)
        found = keep(engine.by_truths, key, made)
    return found


def _made(
    library: Library,
    jurisdiction: str,
    engine: Engine,
    truths: list[Truth],
    possible: frozenset[int],
    decisive: tuple[tuple[str, ...], ...],
    on: date,
) -> _View:
    program = engine.program
    answer: Outcome = DETERMINED[min(possible)] if len(possible) == 1 else "undetermined"
    conditions = {step.name: held for step, held in zip(program.conditions, truths, strict=True)}
    steps = engine.steps(truths)
    found = standings(program, answer, conditions, steps)
    made = [engine.standings.setdefault(standing, standing) for standing in found]
    settled = [
        index
        for index in program.settling
        if steps.get(f"settles {index}") is True and steps.get("=contested1") is True
    ]
    carrying = [index for index, standing in enumerate(made) if standing.carries]
    carrying += [index for index in settled if index not in carrying]
    if answer == "contested":
        carrying.sort(key=lambda index: not _forbids(program.considered[index].rule, made[index]))
    precedents = precedents_on_point(library, jurisdiction, program, conditions, settled, on)
    return _View(
        outcome=answer,
        possible=tuple(each for number, each in enumerate(DETERMINED) if number in possible),
        standings=tuple(made),
        applied=tuple(carrying),
        considered=tuple(index for index in range(len(made)) if index not in carrying),
        precedents=precedents,
        summary=summarise(
            library,
            program.act,
            answer,
            [(program.considered[index].rule, made[index]) for index in carrying],
            possible,
            decisive,
            precedents,
            [
                (each.rule, standing)
                for each, standing in zip(program.considered, made, strict=True)
                if standing.pull == "prohibition" and standing.role in ("beaten", "may apply")
            ],
        ),
    )


def _forbids(rule: object, standing: Standing) -> bool:
    return standing.pull == "prohibition" or getattr(rule, "holding", None) == "forbidden"


def _assumptions(engine: Engine, facts: Mapping[str, Fact], values: Mapping[str, FactValue]) -> tuple[Fact, ...]:
    """Facts that were assumed by whoever gave them, and values that a rule takes where a fact is not known."""
    given = [facts[name] for name in values if facts[name].evidence.method == "assumed"]
    if engine.has_fallbacks:
        for each in engine.program.considered:
            for name, value in (*fallbacks(each.when, values), *fallbacks(each.unless, values)):
                note = f"Not known; {each.rule.cite} then takes it so."
                given.append(Fact(name, value, Evidence("assumed", confidence=0.0, note=note)))
    return tuple({(fact.name, fact.value): fact for fact in given}.values())


__all__ = ["Engine", "decider", "determine", "engine_for", "outcome", "possibilities"]
