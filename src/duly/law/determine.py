"""Decides one act: outcome, exactly what is still possible, which answers would settle it, and the whole proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duly.errors import DulyError
from duly.evidence import Evidence, Fact, FactValue
from duly.law.condition import FALSE, TRUE
from duly.law.decisive import decisive_sets
from duly.law.determination import Applied, Determination, Outcome, PrecedentOnPoint, Truth
from duly.law.domains import TooManyValuesError
from duly.law.english import reason
from duly.law.exact import Exact, exact
from duly.law.facts_in import check_facts, known_values
from duly.law.kleene import truth
from duly.law.library import Library
from duly.law.program import DETERMINED, Considered, Program
from duly.law.proof import Prover, fallbacks
from duly.law.python_code import compile_program, compile_settlement, compile_steps
from duly.law.roles import Standing, standings
from duly.law.rules import Duty, Precedent
from duly.law.scope import program_for, status_on
from duly.law.summary import summarise


@dataclass(frozen=True, slots=True)
class Engine:
    """One act's program with its compiled forms, kept as long as the library."""

    program: Program
    decide: Callable[[Mapping[str, FactValue]], int]
    settle: Callable[[Sequence[Truth]], int]
    steps: Callable[[Sequence[Truth]], dict[str, Truth]]


def engine_for(library: Library, jurisdiction: str, act: str, on: date) -> Engine:
    """The compiled law on `act` for an office there on that date. Raises `DulyError` for an unknown act."""
    if act not in library.vocabulary.acts:
        raise DulyError(f"There is no act “{act}” in the vocabulary.", code="unknown-act")
    program = program_for(library, jurisdiction, act, on)
    key = ("engine", id(program))
    if key not in library.kept:
        library.kept[key] = Engine(
            program, compile_program(program), compile_settlement(program), compile_steps(program)
        )
    engine: Engine = library.kept[key]
    return engine


def outcome(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Outcome:
    """The outcome alone, without a proof: microseconds where the facts decide."""
    engine = engine_for(library, jurisdiction, act, on)
    check_facts(library, facts)
    values = known_values(engine.program.reads, facts)
    number = engine.decide(values)
    if number >= 0:
        return DETERMINED[number]
    possible = possibilities(library, engine, values).possible
    return DETERMINED[min(possible)] if len(possible) == 1 else "undetermined"


def possibilities(library: Library, engine: Engine, values: Mapping[str, FactValue]) -> Exact:
    """Exactly which outcomes are still possible on these values, and the unknown facts that they depend on."""
    words = library.vocabulary.facts
    try:
        conditions = [step.expression for step in engine.program.conditions]
        return exact(conditions, values, engine.settle, words)
    except TooManyValuesError:
        from duly.law.solver import exact_by_solver

        return exact_by_solver(engine.program, values, words)


def determine(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Determination:
    """The law's answer for `act` on the known facts, as the law stood on `on`, with its whole proof.

    Raises `DulyError` for an unknown act, jurisdiction or fact, or a value that does not fit its fact.
    """
    engine = engine_for(library, jurisdiction, act, on)
    check_facts(library, facts)
    program = engine.program
    values = known_values(program.reads, facts)
    number = engine.decide(values)
    decisive: tuple[tuple[str, ...], ...] = ()
    if number >= 0:
        possible = frozenset({number})
    else:
        found = possibilities(library, engine, values)
        possible = found.possible
        decisive = decisive_sets(library, engine, values, found) if len(possible) > 1 else ()
    answer: Outcome = DETERMINED[min(possible)] if len(possible) == 1 else "undetermined"
    return _Proof(library, jurisdiction, engine, facts, values, on).determination(answer, possible, decisive)


class _Proof:
    """Puts one determination together."""

    def __init__(
        self,
        library: Library,
        jurisdiction: str,
        engine: Engine,
        facts: Mapping[str, Fact],
        values: Mapping[str, FactValue],
        on: date,
    ) -> None:
        self.library = library
        self.jurisdiction = jurisdiction
        self.engine = engine
        self.program = engine.program
        self.facts = facts
        self.values = values
        self.on = on
        self.prover = Prover(library, facts, values)

    def determination(
        self, answer: Outcome, possible: frozenset[int], decisive: tuple[tuple[str, ...], ...]
    ) -> Determination:
        exactly = [self.prover.exactly(step.expression) for step in self.program.conditions]
        truths = [held for held, _ in exactly]
        self.open = {step.name: names for step, (_, names) in zip(self.program.conditions, exactly, strict=True)}
        conditions = {step.name: held for step, held in zip(self.program.conditions, truths, strict=True)}
        steps = self.engine.steps(truths)
        made = standings(self.program, answer, conditions, steps)
        entries = [
            (self.applied(each, standing, self.open[f"#{index}"]), standing.carries)
            for index, (each, standing) in enumerate(zip(self.program.considered, made, strict=True))
        ]
        settled = [(index, entry) for index, (entry, _) in enumerate(entries) if self.settles(index, conditions, steps)]
        applied = [entry for entry, carries in entries if carries] + [entry for _, entry in settled]
        if answer == "contested":
            applied.sort(key=lambda entry: entry.direction != "forbidden")
        considered = [entry for entry, carries in entries if not carries and entry not in applied]
        precedents = self.precedents(conditions, {index for index, _ in settled})
        return Determination(
            act=self.program.act,
            office=self.jurisdiction,
            on=self.on,
            outcome=answer,
            possible=tuple(outcome for number, outcome in enumerate(DETERMINED) if number in possible),
            decisive=decisive,
            summary=summarise(self.library, self.program.act, answer, applied, possible, decisive, precedents),
            applied=tuple(applied),
            considered=tuple(considered),
            precedents=precedents,
            assumptions=self.assumptions(),
        )

    def settles(self, index: int, conditions: Mapping[str, Truth], steps: Mapping[str, Truth]) -> bool:
        return steps.get(f"settles {index}") is True and steps.get("=contested1") is True

    def applied(self, each: Considered, standing: Standing, unknown: tuple[str, ...]) -> Applied:
        rule = each.rule
        return Applied(
            rule=rule.id,
            kind=rule.kind,
            title=rule.title,
            cite=rule.cite,
            text=rule.text,
            layer=rule.layer,
            jurisdiction=rule.jurisdiction,
            direction=self.direction(each, standing),
            force=rule.force if isinstance(rule, Duty) else "",
            role=standing.role,
            because=standing.because or self.because(each, standing, unknown),
            when=self.prover.optional(each.when),
            unless=self.prover.optional(each.unless),
            ordered=None if each.ordered is None else self.prover.optional(each.ordered),
            note=rule.note,
            source=rule.source,
        )

    def direction(self, each: Considered, standing: Standing) -> str | None:
        if isinstance(each.rule, Precedent):
            return each.rule.holding
        if standing.pull is None:
            return None
        return {
            "binding": "required",
            "demand": "demanded",
            "request": "requested",
            "permission": "permitted",
            "protected permission": "permitted",
            "prohibition": "forbidden",
        }[standing.pull]

    def because(self, each: Considered, standing: Standing, unknown: tuple[str, ...]) -> str:
        """Why it applies, may apply or does not, from its own condition."""
        words = self.library.vocabulary.facts
        if standing.role == "may apply":
            if not unknown:
                return "whether it is overridden depends on facts not known"
            return f"not known: {self.prover.questions(unknown)}"
        if standing.role == "not apply":
            if truth(each.unless, self.values) is True:
                return f"its exception holds: {reason(each.unless, True, self.values, words)}"
            if truth(each.when, self.values) is False:
                return reason(each.when, False, self.values, words)
            return "its condition cannot hold, whatever the unknown facts are"
        if each.when == TRUE:
            return "it applies always" if each.unless == FALSE else "its exception does not hold"
        if truth(each.when, self.values) is not True:
            return "its condition holds, whatever the unknown facts are"
        return reason(each.when, True, self.values, words)

    def precedents(self, conditions: Mapping[str, Truth], settled: set[int]) -> tuple[PrecedentOnPoint, ...]:
        """Decided cases whose pattern fits or may fit: binding first, then persuasive, then those no longer good."""
        found: list[tuple[tuple[int, int], PrecedentOnPoint]] = []
        chain = {place.id for place in self.library.chain(self.jurisdiction)}
        for index, each in enumerate(self.program.considered):
            held = conditions[f"#{index}"]
            rule = each.rule
            if not isinstance(rule, Precedent) or held is False or (held is None and rule.jurisdiction not in chain):
                continue
            status = status_on(rule, self.on)
            point = PrecedentOnPoint(
                rule=rule.id,
                name=rule.name,
                cite=rule.cite,
                holding=rule.holding,
                text=rule.text,
                binding=each.binding,
                settles=index in settled,
                status=status,
                because=self.precedent_because(rule, each.binding, status, held),
            )
            rank = 0 if each.binding else 1 if status == "good" else 2
            found.append(((rank, -rule.decided.toordinal()), point))
        return tuple(point for _, point in sorted(found, key=lambda pair: pair[0]))

    def precedent_because(self, rule: Precedent, binding: bool, status: str, held: Truth) -> str:
        if status != "good":
            by = f" by {rule.by}" if rule.by else ""
            standing = f"{status}{by}, and no longer relied on" if status != "questioned" else f"questioned{by}"
        elif binding:
            standing = f"binds this office ({', '.join(self.bound(rule))})"
        elif rule.binds == ("parties",):
            standing = "binds its parties; persuasive here"
        else:
            standing = "persuasive here; it binds elsewhere"
        return standing if held else f"{standing}; whether it is on point depends on facts not known"

    def bound(self, rule: Precedent) -> list[str]:
        place = self.library.jurisdiction(self.jurisdiction)
        names = {part.id: part.name for part in self.library.chain(self.jurisdiction)}
        names |= {
            f"circuit {place.circuit}": f"Circuit {place.circuit}",
            f"district {place.district}": str(place.district),
        }
        reached = [names[bound] for bound in rule.binds if bound in names]
        return reached or ["a party"]

    def assumptions(self) -> tuple[Fact, ...]:
        """Facts that were assumed by whoever gave them, and values that a rule takes where a fact is not known."""
        given = [
            fact for name in self.program.reads if (fact := self.facts.get(name)) and fact.evidence.method == "assumed"
        ]
        for each in self.program.considered:
            for name, value in (*fallbacks(each.when, self.values), *fallbacks(each.unless, self.values)):
                note = f"Not known; {each.rule.cite} then takes it so."
                given.append(Fact(name, value, Evidence("assumed", confidence=0.0, note=note)))
        return tuple({(fact.name, fact.value): fact for fact in given}.values())
