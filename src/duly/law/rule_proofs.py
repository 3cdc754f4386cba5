"""The proof of each rule in a determination: its condition trees, and in words what became of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from duly.evidence import Evidence, Fact, FactValue
from duly.law.condition import FALSE, TRUE
from duly.law.determination import Applied, Condition, Truth
from duly.law.engine import Engine, keep
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
    """One rule on one set of its facts: exact truths, what they depend on where open, and the trees.

    `evidence` keeps alive the objects whose identity is in the key; `applied` holds what became of the rule, by the
    standing that the whole determination gives it.
    """

    holds: Truth
    unknown: tuple[str, ...]
    ordered_holds: Truth
    when: Condition | None
    unless: Condition | None
    ordered: Condition | None
    values: Mapping[str, FactValue]
    evidence: tuple[Evidence, ...]
    applied: dict[int, tuple[Standing, Applied]] = field(default_factory=dict)


def rule_proofs(
    library: Library, engine: Engine, facts: Mapping[str, Fact], keys: Sequence[Hashable]
) -> list[RuleProof]:
    """The proof of every rule of the program, in its order."""
    found = []
    for index, places in enumerate(engine.places):
        key = tuple([keys[place] for place in places])
        proof: RuleProof | None = engine.rules[index].get(key)
        if proof is None:
            names = [engine.program.reads[place] for place in places]
            proof = _proved(library, engine.program.considered[index], names, facts)
            keep(engine.rules[index], key, proof)
        found.append(proof)
    return found


def _proved(library: Library, each: Considered, names: Sequence[str], facts: Mapping[str, Fact]) -> RuleProof:
    own = {name: facts[name] for name in names if name in facts}
    values = {name: fact.value for name, fact in own.items()}
    prover = Prover(library, own, values)
    holds, unknown = prover.exactly(each.holds)
    ordered_holds = None if each.ordered is None else prover.exactly(each.ordered)[0]
    return RuleProof(
        holds,
        unknown,
        ordered_holds,
        prover.optional(each.when),
        prover.optional(each.unless),
        None if each.ordered is None else prover.optional(each.ordered),
        values,
        tuple(fact.evidence for fact in own.values()),
    )


def applied(library: Library, each: Considered, proof: RuleProof, standing: Standing) -> Applied:
    """The rule as the determination shows it. Equal standings are one object (`Engine.standings`), whose identity is the
    key."""
    found = proof.applied.get(id(standing))
    if found is None:
        found = proof.applied[id(standing)] = (standing, _applied(library, each, proof, standing))
    return found[1]


def _applied(library: Library, each: Considered, proof: RuleProof, standing: Standing) -> Applied:
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
        because=standing.because or _because(library, each, proof, standing),
        when=proof.when,
        unless=proof.unless,
        note=rule.note,
        source=rule.source,
        ordered=proof.ordered,
    )


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
