"""Where rules contradict each other or leave out what they mean to cover, each with a concrete case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from duly.errors import Place
from duly.law.analysis import Analysis, Record, as_facts, smallest
from duly.law.condition import Expression, FirstKnown, NotKnown, all_of, negation, walk
from duly.law.determination import Outcome
from duly.law.determine import outcome
from duly.law.domains import TooManyValuesError
from duly.law.exact import exact
from duly.law.library import Enactment, Library
from duly.law.parsing import parse_condition
from duly.law.problems import Problem, in_words, place_of
from duly.law.program import Program, Step
from duly.law.rules import Duty, Period, Rule
from duly.law.scope import Reader, changes, program_for
from duly.law.solver import SolverGaveUpError

BEGINNING = date(1900, 1, 1)
"""Before this no rule is looked at; what has always been in force was in force then."""


def contradictions(library: Library) -> Iterator[Problem]:
    """Two rules of one layer, one requiring and one forbidding, that can both apply with nothing to decide between."""
    duties = [rule for rule in library.by_id.values() if isinstance(rule, Duty)]
    forbidding = [rule for rule in duties if rule.modality == "forbidden"]
    requiring = [rule for rule in duties if rule.modality == "required" and rule.force != "request only"]
    for forbids in forbidding:
        for requires in requiring:
            if forbids.layer == requires.layer and (office := shared_office(library, forbids, requires)):
                for act in forbids.acts:
                    if requires.covers(act):
                        yield from _contradiction(library, office, act, forbids, requires)


def shared_office(library: Library, one: Rule, other: Rule) -> str | None:
    """The jurisdiction in which both rules bind, the lower of their two; None where no office has both."""
    for lower, upper in ((one, other), (other, one)):
        if upper.jurisdiction in {place.id for place in library.chain(lower.jurisdiction)}:
            return lower.jurisdiction
    return None


def moments(library: Library, office: str, *rules: Rule) -> list[date]:
    """One date in each stretch, between two changes of the law, in which all the rules are in force."""
    stretch = [BEGINNING, *(day for day in changes(library, office) if day > BEGINNING)]
    return [day for day in stretch if all(rule.is_in_force(day) for rule in rules)]


def _contradiction(library: Library, office: str, act: str, forbids: Duty, requires: Duty) -> Iterator[Problem]:
    """The first date on which a case sets the two rules against each other, with the case."""
    seen: set[tuple[Step, ...]] = set()
    for on in moments(library, office, forbids, requires):
        program = program_for(library, office, act, on)
        if (*program.conditions, *program.steps) in seen:
            continue
        seen.add((*program.conditions, *program.steps))
        try:
            record = _clash(library, office, program, on, forbids, requires)
        except SolverGaveUpError as error:
            message = f"Not decided whether {forbids.id} and {requires.id} clash: {error.message}"
            yield Problem("contradiction", "note", message, place_of(forbids), (forbids.id, requires.id))
            return
        if record is not None:
            yield Problem(
                "contradiction",
                "warning",
                f"{requires.cite} ({requires.id}) requires and {forbids.cite} ({forbids.id}) forbids "
                f"{library.vocabulary.acts[act].doing}; both are {forbids.layer} law and neither overrides the other. "
                f"An example: {in_words(library, record)}.",
                place_of(forbids),
                (forbids.id, requires.id),
                record,
                office,
                on,
            )
            return


def _clash(library: Library, office: str, program: Program, on: date, forbids: Duty, requires: Duty) -> Record | None:
    """A case that is contested with both rules standing, reduced to the facts that it needs."""
    numbers = {each.rule.id: index for index, each in enumerate(program.considered)}
    pair = [program.considered[numbers[rule.id]].holds for rule in (forbids, requires)]
    if not _can_meet(library, all_of(*pair)):
        return None
    analysis = Analysis(library.vocabulary.facts)
    steps = analysis.steps(program)
    terms = [steps[f"!{numbers[forbids.id]}"], steps[f"!{numbers[requires.id]}"], steps["=contested"]]
    if requires.force == "on court order":
        terms.append(steps[f"~{numbers[requires.id]}"])
    record = analysis.find(*terms)
    return None if record is None else reduced(library, office, program.act, on, record, "contested")


def _can_meet(library: Library, condition: Expression) -> bool:
    """False where no case meets the condition: found by listing, which is quick. True where that is not certain."""
    if any(isinstance(part, FirstKnown | NotKnown) for part in walk(condition)):
        return True
    try:
        found = exact(
            (condition,), {}, lambda truths: -1 if truths[0] is None else int(truths[0]), library.vocabulary.facts
        )
    except TooManyValuesError:
        return True
    return 1 in found.possible


def reduced(library: Library, office: str, act: str, on: date, record: Record, wanted: Outcome) -> Record:
    """The example without the facts that it does not need to come out as it does."""

    def keeps(trial: Record) -> bool:
        return outcome(library, office, act, as_facts(trial), on) == wanted

    return smallest(record, sorted(record), keeps, library.vocabulary.facts) if keeps(record) else record


def gaps(library: Library) -> Iterator[Problem]:
    """Cases that an enactment says it covers (`covers:`) and on which none of its rules speaks."""
    for enactment in library.enactments.values():
        for act, sql in enactment.covers.items():
            yield from _gap(library, enactment, act, sql)


def _gap(library: Library, enactment: Enactment, act: str, sql: str) -> Iterator[Problem]:
    own = set(enactment.rules)
    place = Place(enactment.file, 1)
    condition = parse_condition(sql, library.vocabulary.facts, place) if sql else None
    dates = [rule.in_force[0] for id in enactment.rules if (rule := library.by_id[id]).covers(act)]
    on = max((day for day in dates if day is not None), default=BEGINNING)
    program = program_for(library, enactment.jurisdiction, act, on)
    analysis = Analysis(library.vocabulary.facts)
    try:
        steps = analysis.steps(program)
        speaking = [
            steps[f"!{index}"]
            for index, each in enumerate(program.considered)
            if each.rule.id in own and isinstance(each.rule, Duty) and each.rule.covers(act)
        ]
        silent = [not_(term) for term in speaking]
        meant = [analysis.formula(condition)] if condition is not None else []
        record = analysis.find(*silent, *meant)
    except SolverGaveUpError as error:
        yield Problem("gap", "note", f"Not decided: {error.message}", place)
        return
    if record is not None:
        doing = library.vocabulary.acts[act].doing
        message = f"{enactment.citation} means to cover {doing}, and says nothing where {in_words(library, record)}."
        yield Problem("gap", "warning", message, place, enactment.rules, record, enactment.jurisdiction, on)


def not_(term: object) -> object:
    from duly.law.solver import z3

    return z3().Not(term)


def overlapping_periods(library: Library) -> Iterator[Problem]:
    """Two periods for the same thing from the same event that can both apply, with nothing to say which governs."""
    periods = [rule for rule in library.by_id.values() if isinstance(rule, Period)]
    for index, one in enumerate(periods):
        for other in periods[index + 1 :]:
            if _same_thing(library, one, other):
                yield from _overlap(library, one, other)


def _same_thing(library: Library, one: Period, other: Period) -> bool:
    together = shared_office(library, one, other) is not None
    triggers = [{count.trigger or count.stated for count in rule.counts} for rule in (one, other)]
    overridden = one.id in other.overrides or other.id in one.overrides
    return together and one.purpose == other.purpose and bool(triggers[0] & triggers[1]) and not overridden


def _overlap(library: Library, one: Period, other: Period) -> Iterator[Problem]:
    on = max(one.in_force[0] or BEGINNING, other.in_force[0] or BEGINNING)
    if not (one.is_in_force(on) and other.is_in_force(on)):
        return
    office = shared_office(library, one, other) or one.jurisdiction
    whole = all_of(*(_holds(library, office, rule, on) for rule in (one, other)))
    analysis = Analysis(library.vocabulary.facts)
    try:
        record = analysis.find(analysis.formula(whole))
    except SolverGaveUpError as error:
        yield Problem("periods", "note", f"Not decided: {error.message}", place_of(other), (one.id, other.id))
        return
    if record is not None:
        message = (
            f"{one.cite} ({one.id}) and {other.cite} ({other.id}) both set a time for {one.purpose} from the same event; "
            f"both are shown. An example: {in_words(library, record)}."
        )
        yield Problem("periods", "note", message, place_of(other), (one.id, other.id), record, office, on)


def _holds(library: Library, office: str, rule: Rule, on: date) -> Expression:
    reader = Reader(library, office, rule, on)
    return all_of(reader.read(rule.when), negation(reader.read(rule.unless)))
