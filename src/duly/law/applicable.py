"""Which rules of a kind other than duties apply: condition, exception and overrides, each exactly true, false or open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from duly.evidence import Fact, FactValue
from duly.law.condition import Value, defined_in, names_in
from duly.law.determination import Truth
from duly.law.english import reason
from duly.law.facts_in import check_facts
from duly.law.findings import (
    ConsequenceFinding,
    DefectFinding,
    GroundFinding,
    NoticeFinding,
    PeriodFinding,
    ReportFinding,
)
from duly.law.kleene import truth
from duly.law.library import Library
from duly.law.program import Considered
from duly.law.proof import Prover
from duly.law.rules import Consequence, Defect, Ground, Notice, Period, Report, Rule
from duly.law.scope import Reader, considered, segment

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class Held:
    """One rule with whether it applies and why."""

    rule: Rule
    considered: Considered
    truth: Truth
    because: str
    unknown: tuple[str, ...]


class Reading:
    """The facts of one question, checked, with what the law's conditions say on them."""

    def __init__(self, library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> None:
        check_facts(library, facts)
        self.library = library
        self.jurisdiction = jurisdiction
        self.on = on
        self.facts = facts
        self.values: dict[str, FactValue] = {name: fact.value for name, fact in facts.items()}
        self.prover = Prover(library, self.values)
        self.words = library.vocabulary.facts

    def held(self, kind: type[Rule], act: str | None = None) -> list[Held]:
        """Every rule of a kind for this office and date, about `act` where one is given, with whether it applies."""
        rules = rules_of(self.library, self.jurisdiction, self.on, kind, act)
        stands: dict[int, Truth] = {}
        found = []
        for index, each in enumerate(rules):
            stands[index] = self.stands(rules, index, stands)
            if isinstance(each.rule, kind) and (act is None or each.rule.covers(act)):
                found.append(self.one(rules, index, stands))
        return found

    def stands(self, rules: Sequence[Considered], index: int, known: dict[int, Truth]) -> Truth:
        """Whether a rule holds and nothing that stands overrides it."""
        if index in known:
            return known[index]
        held = self.prover.exactly(rules[index].holds)[0]
        over = [self.stands(rules, other, known) for other in rules[index].overridden_by]
        if held is False or True in over:
            known[index] = False
        else:
            known[index] = None if held is None or None in over else True
        return known[index]

    def one(self, rules: Sequence[Considered], index: int, stands: Mapping[int, Truth]) -> Held:
        each = rules[index]
        result = stands[index]
        unknown = self.prover.exactly(each.holds)[1] if result is None else ()
        return Held(each.rule, each, result, self.because(rules, index, stands), unknown)

    def because(self, rules: Sequence[Considered], index: int, stands: Mapping[int, Truth]) -> str:
        each = rules[index]
        over = [rules[other].rule.cite for other in each.overridden_by if stands.get(other) is True]
        if over and truth(each.holds, self.values):
            return f"{' and '.join(over)} overrides it"
        if stands[index] is None:
            asked = self.prover.questions(self.prover.exactly(each.holds)[1])
            return f"not known: {asked}" if asked else "whether it is overridden is not known"
        if isinstance(each.when, Value):
            return "it applies always"
        if truth(each.unless, self.values) is True:
            return f"its exception holds: {reason(each.unless, True, self.values, self.words)}"
        return reason(each.when, bool(truth(each.when, self.values)), self.values, self.words)

    def common(self, held: Held, statement: str) -> dict[str, Any]:
        rule = held.rule
        return {
            "rule": rule.id,
            "kind": rule.kind,
            "title": rule.title,
            "cite": rule.cite,
            "text": rule.text,
            "layer": rule.layer,
            "jurisdiction": rule.jurisdiction,
            "statement": statement,
            "truth": held.truth,
            "because": held.because,
            "when": self.prover.optional(held.considered.when),
            "unless": self.prover.optional(held.considered.unless),
            "unknown": held.unknown,
            "note": rule.note,
            "source": rule.source,
            "facts": self.facts_of(held.considered),
        }

    def facts_of(self, each: Considered) -> dict[str, Fact]:
        """The known facts that a rule's conditions rest on."""
        names = [name for node in (each.when, each.unless) for name in (*names_in(node), *defined_in(node))]
        return {name: self.facts[name] for name in names if name in self.facts}


def rules_of(
    library: Library, jurisdiction: str, on: date, kind: type[Rule], act: str | None = None
) -> list[Considered]:
    """The chain's rules of one kind in force, with whatever overrides them; kept by the library."""
    key = ("rules", jurisdiction, kind, act, segment(library, jurisdiction, on))
    if key not in library.kept:
        in_force = library.rules(jurisdiction, on=on)
        chosen = [rule for rule in in_force if isinstance(rule, kind) and (act is None or rule.covers(act))]
        library.kept[key] = considered(library, jurisdiction, chosen, in_force, on, act)
    found: list[Considered] = library.kept[key]
    return found


def defects(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[DefectFinding, ...]:
    """The checklist of the paper's face: every defect rule that concerns (or may concern) this paper, sound items too."""
    reading = Reading(library, jurisdiction, facts, on)
    return tuple(_defect_findings(reading))


def _defect_findings(reading: Reading) -> Iterator[DefectFinding]:
    for held in reading.held(Defect):
        rule = held.rule
        assert isinstance(rule, Defect)
        reader = Reader(reading.library, reading.jurisdiction, rule, reading.on)
        applies = reader.read(rule.applies)
        concerns, unknown = reading.prover.exactly(applies)
        if concerns is False:
            continue
        common = reading.common(held, rule.title)
        if concerns is None:
            common["truth"] = False if held.truth is False else None
            common["unknown"] = tuple(dict.fromkeys((*unknown, *held.unknown)))
        yield DefectFinding(**common, item=rule.item, effect=rule.effect)


def grounds(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[GroundFinding, ...]:
    """Reasons to take a position on the act that apply (truth True) or may apply (None)."""
    return _open(
        Reading(library, jurisdiction, facts, on),
        Ground,
        act,
        lambda rule, common: GroundFinding(**common, acts=rule.acts, position=rule.position, by=rule.by),
        lambda rule: rule.statement,
    )


def consequences(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[ConsequenceFinding, ...]:
    """What follows from doing or not doing the act."""
    return _open(
        Reading(library, jurisdiction, facts, on),
        Consequence,
        act,
        lambda rule, common: ConsequenceFinding(**common, acts=rule.acts, of=rule.of, who=rule.who),
        lambda rule: rule.statement,
    )


def notices(
    library: Library, jurisdiction: str, act: str | None, facts: Mapping[str, Fact], on: date
) -> tuple[NoticeFinding, ...]:
    """Who must be told, what, by when."""
    return _open(
        Reading(library, jurisdiction, facts, on),
        Notice,
        act,
        lambda rule, common: NoticeFinding(
            **common, who=rule.who, must_tell=rule.must_tell, what=rule.what, by=rule.by, acts=rule.acts
        ),
        lambda rule: f"{rule.who}: {rule.what}",
    )


def reports(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[ReportFinding, ...]:
    """What must be counted and published."""
    return _open(
        Reading(library, jurisdiction, facts, on),
        Report,
        None,
        lambda rule, common: ReportFinding(**common, who=rule.who, fields=rule.fields, by=rule.by),
        lambda rule: rule.statement,
    )


def periods(library: Library, jurisdiction: str, facts: Mapping[str, Fact], on: date) -> tuple[PeriodFinding, ...]:
    """The period rules that apply or may apply; `deadlines` counts them."""
    return _open(
        Reading(library, jurisdiction, facts, on),
        Period,
        None,
        lambda rule, common: PeriodFinding(**common, what=rule.what, purpose=rule.purpose, acts=rule.acts),
        lambda rule: rule.what,
    )


F = TypeVar("F")


def _open(
    reading: Reading,
    kind: type[R],
    act: str | None,
    build: Callable[[R, dict[str, Any]], F],
    statement: Callable[[R], str],
) -> tuple[F, ...]:
    """The findings of one kind that are true or open."""
    found = []
    for held in reading.held(kind, act):
        if held.truth is not False and isinstance(held.rule, kind):
            found.append(build(held.rule, reading.common(held, statement(held.rule))))
    return tuple(found)
