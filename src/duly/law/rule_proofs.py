"""The proof of each rule in a determination: its condition trees, and in words what became of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from duly.evidence import FactValue
from duly.law.condition import FALSE, TRUE, Expression
from duly.law.determination import Applied, Condition, Truth
from duly.law.engine import KEPT_PROOFS, Engine, keep
from duly.law.english import reason
from duly.law.kleene import truth
from duly.law.library import Library
from duly.law.program import Considered, Pull
from duly.law.proof import Prover
from duly.law.roles import Standing
from duly.law.rules import Duty, Precedent

DIRECTIONS: dict[Pull, str] = {
    "binding": "required",
    "demand": "demanded",
    "request": "requested",
    "permission": "permitted",
    "protected permission": "permitted",
    "prohibition": "forbidden",
}


@dataclass(slots=True, eq=False)
class RuleProof:
    """One rule on one set of its facts' values: exact truths, what they depend on where open, and the trees.

    `applied` holds what became of the rule, by the standing that the whole determination gives it.
    """

    holds: Truth
    unknown: tuple[str, ...]
    ordered_holds: Truth
    when: Condition | None
    unless: Condition | None
    ordered: Condition | None
    values: Mapping[str, FactValue]
    applied: dict[int, tuple[Standing, Applied]] = field(default_factory=dict)


def rule_proofs(
    library: Library, engine: Engine, values: Mapping[str, FactValue], keys: Sequence[Hashable]
) -> list[RuleProof]:
    """The proof of every rule of the program, in its order."""
    found: list[RuleProof | None] = [store.get(pick(keys)) for pick, store in engine.rules]
    if None not in found:
        return cast(list[RuleProof], found)
    return [
        proof if proof is not None else _kept(library, engine, index, values, keys) for index, proof in enumerate(found)
    ]


def _kept(
    library: Library, engine: Engine, index: int, values: Mapping[str, FactValue], keys: Sequence[Hashable]
) -> RuleProof:
    names = [engine.program.reads[place] for place in engine.places[index]]
    proof = _proved(library, engine.program.considered[index], names, values)
    pick, store = engine.rules[index]
    keep(store, pick(keys), proof, KEPT_PROOFS)
    return proof


def _proved(library: Library, each: Considered, names: Sequence[str], known: Mapping[str, FactValue]) -> RuleProof:
    values = {name: known[name] for name in names if name in known}
    prover = Prover(library, values)
    when, unless = prover.optional(each.when), prover.optional(each.unless)
    ordered = None if each.ordered is None else prover.optional(each.ordered)
    holds: Truth = truth_held(when, each.when)
    exception = truth_held(unless, each.unless)
    holds = False if holds is False or exception is True else None if None in (holds, exception) else True
    unknown: tuple[str, ...] = ()
    if holds is None:
        holds, unknown = prover.exactly(each.holds)
    ordered_holds = None if each.ordered is None else truth_held(ordered, each.ordered)
    if each.ordered is not None and ordered_holds is None:
        ordered_holds = prover.exactly(each.ordered)[0]
    return RuleProof(
        holds,
        unknown,
        ordered_holds,
        when,
        unless,
        ordered,
        values,
    )


def truth_held(proof: Condition | None, node: Expression) -> Truth:
    """What a proof says of its condition; a condition that is always or never met has none."""
    return proof.truth if proof is not None else node == TRUE


def applied(library: Library, engine: Engine, each: Considered, proof: RuleProof, standing: Standing) -> Applied:
    """The rule as the determination shows it. Equal standings are one object (`Engine.standings`), whose identity is the
    key."""
    found = proof.applied.get(id(standing))
    if found is None:
        found = proof.applied[id(standing)] = (standing, _applied(library, engine, each, proof, standing))
    return found[1]


def _applied(library: Library, engine: Engine, each: Considered, proof: RuleProof, standing: Standing) -> Applied:
    rule = each.rule
    direction: str | None = rule.holding if isinstance(rule, Precedent) else None
    if standing.pull is not None:
        direction = DIRECTIONS[standing.pull]
    return Applied(
        rule=rule.id,
        kind=rule.kind,
        title=rule.title,
        cite=rule.cite,
        text=rule.text,
        layer=rule.layer,
        jurisdiction=rule.jurisdiction,
        direction=direction,
        force=rule.force if isinstance(rule, Duty) else "",
        role=standing.role,
        because=standing.because or _reason(library, engine, each, proof, standing),
        when=proof.when,
        unless=proof.unless,
        note=rule.note,
        source=rule.source,
        ordered=proof.ordered,
    )


def _reason(library: Library, engine: Engine, each: Considered, proof: RuleProof, standing: Standing) -> str:
    """`_because`, kept by the values that it is made from."""
    key = (each.rule.id, standing.role, *proof.values.items())
    found: str | None = engine.reasons.get(key)
    return keep(engine.reasons, key, _because(library, each, proof, standing)) if found is None else found


def _because(library: Library, each: Considered, proof: RuleProof, standing: Standing) -> str:
    """Why it applies, may apply or does not, from its own condition."""
    words, values = library.vocabulary.facts, proof.values
    if standing.role == "may apply":
        if not proof.unknown:
            return "whether it is overridden depends on facts not known"
        asked = dict.fromkeys(words[name].ask for name in proof.unknown if name in words)
        return f"not known: {' '.join(asked)}"
    if standing.role == "not apply":
        if truth(each.unless, values) is True:
            return f"its exception holds: {reason(each.unless, True, values, words)}"
        if truth(each.when, values) is False:
            return reason(each.when, False, values, words)
        return "its condition cannot hold, whatever the unknown facts are"
    if each.when == TRUE:
        return "it applies always" if each.unless == FALSE else "its exception does not hold"
    if truth(each.when, values) is not True:
        return "its condition holds, whatever the unknown facts are"
    return reason(each.when, True, values, words)
