"""One enactment held against the law around it: what it conflicts with above it, and everything else wrong with it.

For an office's own policy while counsel writes it. Whoever asks says how long it may take (`may_go_on`): what was not
settled in that time is said, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from duly.clock import Calendars
from duly.errors import Place
from duly.evidence import FactValue
from duly.law.analysis import Analysis, Record, as_facts, smallest
from duly.law.cases import run_case
from duly.law.contradictions import moments, not_
from duly.law.determination import Applied, Determination, Outcome
from duly.law.determine import determine
from duly.law.library import Enactment, Library
from duly.law.problems import Problem, Severity, in_words, place_of
from duly.law.rule_checks import dead_rules, idle_overrides, undefined_words
from duly.law.rules import LAYERS, Duty, Rule
from duly.law.scope import program_for
from duly.law.solver import ALONE, SolverGaveUpError, limited

Given = Mapping[str, FactValue]
QUESTION_MS = 2_000
"""How long one question to the solver may take here."""
_SAYS = {"required": "requires", "forbidden": "forbids", "permitted": "permits"}
_ENDS: dict[Outcome, str] = {
    "required": "The answer there is *required*: the higher law prevails, and this rule yields.",
    "forbidden": "The answer there is *forbidden*: the higher law prevails, and this rule yields.",
    "permitted": "The answer there is *permitted*: the higher law prevails, and this rule yields.",
    "demanded": "The answer there is *demanded*: this rule does not take the demand away.",
    "contested": "The answer there is *contested*: the law points both ways, and counsel has to take a position each time.",
}


def always() -> bool:
    """There is no hurry."""
    return True


def check_enactment(
    library: Library,
    enactment: Enactment,
    calendars: Calendars | None = None,
    *,
    given: Mapping[str, FactValue] | None = None,
    may_go_on: Callable[[], bool] = always,
) -> tuple[Problem, ...]:
    """Every problem of one enactment of the library, in the order of its lines.

    `conflict`: one of its duties against a duty of a higher layer, with a case and what the law answers there. The other
    checks are those of `check`, for its rules and cases only. `given` are facts that hold in every example, such as the
    office's kind. A `time` note says what was not settled.
    """
    rules = [library.by_id[id] for id in enactment.rules]
    with ALONE, limited(QUESTION_MS):
        found = [
            *_cases(library, enactment, calendars, may_go_on),
            *_each(library, enactment, rules, given or {}, may_go_on),
        ]
    return tuple(sorted(found, key=lambda problem: (problem.place.line or 0, problem.check, problem.message)))


def _each(
    library: Library, enactment: Enactment, rules: list[Rule], given: Given, may_go_on: Callable[[], bool]
) -> Iterator[Problem]:
    for rule in rules:
        if not may_go_on():
            message = "Not settled in time: the checks of this rule. Check again, or make its condition simpler."
            yield Problem("time", "note", message, place_of(rule), (rule.id,))
            continue
        dead = list(dead_rules(library, [rule]))
        yield from dead
        yield from idle_overrides(library, [rule])
        yield from undefined_words(library, [rule])
        if isinstance(rule, Duty) and not any(problem.severity == "warning" for problem in dead):
            yield from _conflicts(library, enactment, rule, given, may_go_on)


def _cases(
    library: Library, enactment: Enactment, calendars: Calendars | None, may_go_on: Callable[[], bool]
) -> Iterator[Problem]:
    for case in library.cases:
        if case.file != enactment.file:
            continue
        place = Place(case.file, case.line)
        if not may_go_on():
            yield Problem("time", "note", f"Not run in time: case “{case.name}”.", place)
            continue
        for failure in run_case(library, case, calendars):
            message = f"Case “{case.name}”: {failure.what} should be {failure.expected}, and is {failure.found}."
            yield Problem("case", "error", message, place, office=case.office, on=case.on)


def _conflicts(
    library: Library, enactment: Enactment, rule: Duty, given: Given, may_go_on: Callable[[], bool]
) -> Iterator[Problem]:
    chain = {place.id for place in library.chain(enactment.jurisdiction)}
    for other in library.by_id.values():
        if not isinstance(other, Duty) or other.jurisdiction not in chain or not _points_against(rule, other):
            continue
        for act in rule.acts:
            if not other.covers(act):
                continue
            if not may_go_on():
                message = f"Not settled in time: whether it conflicts with {other.cite} ({other.id})."
                yield Problem("time", "note", message, place_of(rule), (rule.id, other.id))
                continue
            yield from _conflict(library, enactment.jurisdiction, act, (rule, other), given)


def _points_against(rule: Duty, other: Duty) -> bool:
    """Whether a duty of a higher layer, or another of the same, wants something else. A mere request, or a permission to do
    what the policy leaves undone, is nothing that the policy conflicts with."""
    if LAYERS.index(other.layer) < LAYERS.index(rule.layer):
        return False
    if other.layer == rule.layer:
        first = other.enactment != rule.enactment or rule.line < other.line
        opposed = {rule.modality, other.modality} == {"required", "forbidden"}
        return first and opposed and "request only" not in (rule.force, other.force)
    if rule.modality == "forbidden":
        binds = other.modality == "required" and other.force != "request only"
        return binds or (other.modality == "permitted" and other.notwithstanding)
    return other.modality == "forbidden"


def _conflict(library: Library, office: str, act: str, pair: tuple[Duty, Duty], given: Given) -> Iterator[Problem]:
    """The first case in which both rules hold, with what comes out, reduced to the facts that it needs."""
    rule, other = pair
    days = moments(library, office, rule, other)
    start = rule.in_force[0]
    for on in [start, *days] if start is not None and other.is_in_force(start) else days:
        try:
            record = _case_of_both(library, office, act, on, pair, given)
        except SolverGaveUpError:
            message = f"Not settled in time: whether it conflicts with {other.cite} ({other.id})."
            yield Problem("time", "note", message, place_of(rule), (rule.id, other.id))
            return
        if record is not None:
            answer = determine(library, office, act, as_facts(record), on)
            severity: Severity = "note" if answer.outcome == rule.modality else "warning"
            told = {name: value for name, value in record.items() if name not in given}
            message = _message(library, act, pair, answer.outcome, told)
            yield Problem("conflict", severity, message, place_of(rule), (rule.id, other.id), record, office, on)
            return


def _message(library: Library, act: str, pair: tuple[Duty, Duty], outcome: Outcome, told: Record) -> str:
    rule, other = pair
    demand = " once a court orders it" if other.force == "on court order" and other.modality == "required" else ""
    example = f" An example: {in_words(library, told)}." if told else " That is so in every case."
    ends = _ENDS.get(outcome, f"The answer there is *{outcome}*.")
    return (
        f"{rule.title} ({rule.cite}) {_SAYS[rule.modality]} {library.vocabulary.acts[act].doing}; "
        f"{other.cite}, {other.layer} law, {_SAYS[other.modality]} it{demand}.{example} {ends}"
    )


def _case_of_both(
    library: Library, office: str, act: str, on: date, pair: tuple[Duty, Duty], given: Given
) -> Record | None:
    program = program_for(library, office, act, on)
    numbers = {each.rule.id: index for index, each in enumerate(program.considered)}
    words = library.vocabulary.facts
    analysis = Analysis(words)
    steps = analysis.steps(program)
    terms = [*(steps[f"!{numbers[each.id]}"] for each in pair), *analysis.given(given)]
    # Rather a case in which the rule does not prevail, and of a demand one in which no court has ordered it yet.
    better = [not_(steps[f"={pair[0].modality}"])]
    unordered = [not_(steps[f"~{numbers[each.id]}"]) for each in pair if each.force == "on court order"]
    record = analysis.find(*terms, *better, *unordered) or analysis.find(*terms, *better) or analysis.find(*terms)
    if record is None:
        return None
    record |= given
    wanted = determine(library, office, act, as_facts(record), on).outcome

    def keeps(trial: Record) -> bool:
        answer = determine(library, office, act, as_facts(trial), on)
        return answer.outcome == wanted and all(_holds(answer, each.id) for each in pair)

    return smallest(record, sorted(record.keys() - given.keys()), keeps, words)


def _holds(answer: Determination, rule: str) -> bool:
    found = next((each for each in (*answer.applied, *answer.considered) if each.rule == rule), None)
    return found is not None and _is_met(found)


def _is_met(applied: Applied) -> bool:
    met = applied.when is None or applied.when.truth is True
    return met and (applied.unless is None or applied.unless.truth is False)
