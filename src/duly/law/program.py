"""The outcome of an act as a straight-line program of named conditions, derived from the rules that speak about it.

One program is what every engine runs: compiled Python, SQL, the solver, exact enumeration. Its steps are, in order:
`#i` whether rule i's own condition holds; `~i` whether a court has ordered what rule i demands; `!i` whether rule i
stands (holds and is not overridden); then, layer by layer, which ways the standing rules point; then the outcomes, of
which exactly one is true on any complete set of facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from duly.law.condition import Expression, Name, Not, Value, all_of, any_of, defined_in, names_in, negation
from duly.law.determination import Outcome
from duly.law.rules import LAYERS, Duty, Layer, Precedent, Rule

Pull = Literal["binding", "demand", "request", "permission", "protected permission", "prohibition"]
"""Which way a standing rule pulls. A `demand` is enforceable only by a court and becomes `binding` once ordered."""

STRENGTH: dict[Outcome, int] = {"required": 4, "demanded": 3, "requested": 2, "permitted": 1}
_PULL_STRENGTH: dict[Pull, int] = {
    "binding": 4, "demand": 3, "request": 2, "permission": 1, "protected permission": 1,
}  # fmt: skip
DETERMINED: tuple[Outcome, ...] = (
    "required", "demanded", "requested", "permitted", "forbidden", "contested", "unregulated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule as this office reads it on this date: conditions with its definitions put in."""

    rule: Rule
    when: Expression
    unless: Expression
    holds: Expression
    ordered: Expression | None = None
    binding: bool = True
    overridden_by: tuple[int, ...] = ()

    @property
    def layer(self) -> Layer:
        return self.rule.layer


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    expression: Expression


@dataclass(frozen=True, eq=False)
class Program:
    """Everything that decides one act: `facts` it may ask for, `conditions` over facts, then `steps` over conditions.

    `reads` are those facts and the derived ones that somebody may have stated.

    `settling` maps the number of each precedent that may settle a contest to the numbers of the rules that it sets
    aside.
    """

    act: str
    considered: tuple[Considered, ...]
    conditions: tuple[Step, ...]
    steps: tuple[Step, ...]
    facts: tuple[str, ...]
    settling: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    reads: tuple[str, ...] = ()


def flag(name: str) -> Name:
    """A reference to an earlier step."""
    return Name(name, "boolean")


def pull_of(duty: Duty) -> Pull:
    if duty.modality == "forbidden":
        return "prohibition"
    if duty.modality == "permitted":
        return "protected permission" if duty.notwithstanding else "permission"
    return {"self-executing": "binding", "on court order": "demand", "request only": "request"}[duty.force]  # type: ignore[return-value]


def build_program(act: str, considered: Sequence[Considered]) -> Program:
    """The program for `act` over the rules that speak about it, or that override one that does."""
    conditions = [Step(f"#{index}", each.holds) for index, each in enumerate(considered)]
    conditions += [Step(f"~{index}", each.ordered) for index, each in enumerate(considered) if each.ordered is not None]
    steps: list[Step] = []
    stands: dict[int, Expression] = {}
    for index in _overriders_first(considered):
        over = [negation(stands[other]) for other in considered[index].overridden_by]
        step = Step(f"!{index}", all_of(flag(f"#{index}"), *over))
        steps.append(step)
        stands[index] = step.expression if isinstance(step.expression, Name) else flag(step.name)
    duties = {
        index: pull_of(each.rule)
        for index, each in enumerate(considered)
        if isinstance(each.rule, Duty) and each.rule.covers(act)
    }
    settling = _settling(considered, duties)
    steps += _outcome_steps(considered, duties, stands, {}, "1" if settling else "")
    if settling:
        steps += _settlement_steps(considered, duties, settling)
    facts = tuple(dict.fromkeys(name for step in conditions for name in names_in(step.expression)))
    stated = tuple(dict.fromkeys(name for step in conditions for name in defined_in(step.expression)))
    return Program(
        act, tuple(considered), tuple(conditions), tuple(steps), facts, settling, tuple(dict.fromkeys(facts + stated))
    )


def _shared(steps: list[Step], name: str, expression: Expression) -> Expression:
    """A reference to `expression`, made a step of its own unless it is already as short as a reference."""
    if isinstance(expression, Value | Name) or (isinstance(expression, Not) and isinstance(expression.part, Name)):
        return expression
    steps.append(Step(name, expression))
    return flag(name)


def _overriders_first(considered: Sequence[Considered]) -> list[int]:
    order: list[int] = []
    waiting = list(range(len(considered)))
    while waiting:
        ready = [index for index in waiting if all(other in order for other in considered[index].overridden_by)]
        order += ready
        waiting = [index for index in waiting if index not in ready]
        assert ready, "circular overrides are refused at load"
    return order


def _outcome_steps(
    considered: Sequence[Considered],
    duties: Mapping[int, Pull],
    standing: Mapping[int, Expression],
    added: Mapping[tuple[Outcome, int], list[Expression]],
    suffix: str,
) -> list[Step]:
    """The layers' flags, then the seven outcomes. `added` are pulls that a settling precedent lends its holding."""
    steps: list[Step] = []
    pulls = _pulls(considered, duties, standing, added)
    by_pull: dict[str, list[Expression]] = {}
    for pull, sources in pulls.items():
        for layer in range(len(LAYERS)):
            expression = any_of(*sources.get(layer, ()))
            reference = _shared(steps, f"{pull} {LAYERS[layer]}{suffix}", expression)
            by_pull.setdefault(pull, []).append(reference)
    forbid, bind = by_pull["prohibition"], by_pull["binding"]
    top = len(LAYERS)
    no_forbid_from = [negation(any_of(*forbid[layer:])) for layer in range(top + 1)]
    no_bind_from = [negation(any_of(*bind[layer:])) for layer in range(top + 1)]
    required = any_of(*(all_of(bind[layer], no_forbid_from[layer]) for layer in range(top)))
    tied = any_of(
        *(
            all_of(bind[layer], forbid[layer], no_bind_from[layer + 1], no_forbid_from[layer + 1])
            for layer in range(top)
        )
    )
    prevailing = [all_of(forbid[layer], no_bind_from[layer], no_forbid_from[layer + 1]) for layer in range(top)]
    challenged = any_of(
        *(
            all_of(
                prevailing[layer],
                any_of(*by_pull["demand"][layer + 1 :], *by_pull["protected permission"][layer + 1 :]),
            )
            for layer in range(top)
        )
    )
    quiet = negation(any_of(*forbid, *bind))
    demanded, requested = any_of(*by_pull["demand"]), any_of(*by_pull["request"])
    permitted = any_of(*by_pull["permission"], *by_pull["protected permission"])
    outcomes: dict[Outcome, Expression] = {
        "required": required,
        "contested": any_of(tied, challenged),
        "forbidden": all_of(any_of(*prevailing), negation(challenged)),
        "demanded": all_of(quiet, demanded),
        "requested": all_of(quiet, negation(demanded), requested),
        "permitted": all_of(quiet, negation(demanded), negation(requested), permitted),
        "unregulated": all_of(quiet, negation(demanded), negation(requested), negation(permitted)),
    }
    return steps + [Step(f"={outcome}{suffix}", expression) for outcome, expression in outcomes.items()]


def _pulls(
    considered: Sequence[Considered],
    duties: Mapping[int, Pull],
    standing: Mapping[int, Expression],
    added: Mapping[tuple[Outcome, int], list[Expression]],
) -> dict[Pull, dict[int, list[Expression]]]:
    """For each pull and layer, what makes it so."""
    pulls: dict[Pull, dict[int, list[Expression]]] = {
        pull: {} for pull in ("binding", "prohibition", "demand", "protected permission", "request", "permission")
    }
    for index, pull in duties.items():
        layer = LAYERS.index(considered[index].layer)
        if pull == "demand":
            ordered = flag(f"~{index}")
            pulls["binding"].setdefault(layer, []).append(all_of(standing[index], ordered))
            pulls["demand"].setdefault(layer, []).append(all_of(standing[index], negation(ordered)))
        else:
            pulls[pull].setdefault(layer, []).append(standing[index])
    lends: dict[Outcome, Pull] = {
        "required": "binding", "forbidden": "prohibition", "demanded": "demand", "requested": "request",
        "permitted": "permission",
    }  # fmt: skip
    for (holding, layer), sources in added.items():
        pulls[lends[holding]].setdefault(layer, []).extend(sources)
    return pulls


# Precedents that settle


def _settling(considered: Sequence[Considered], duties: Mapping[int, Pull]) -> dict[int, tuple[int, ...]]:
    """For each binding precedent that settles, the rules that its holding sets aside."""
    numbers = {considered[index].rule.id: index for index in duties}
    found: dict[int, tuple[int, ...]] = {}
    for index, each in enumerate(considered):
        if isinstance(each.rule, Precedent) and each.binding and each.rule.settles:
            between = [numbers[id] for id in each.rule.settles if id in numbers]
            found[index] = tuple(rule for rule in between if _loses(duties[rule], each.rule.holding))
    return found


def _loses(pull: Pull, holding: Outcome) -> bool:
    """Whether a court that held `holding` has set aside a rule that pulls this way."""
    if pull == "prohibition" or holding == "forbidden":
        return (pull == "prohibition") != (holding == "forbidden")
    return _PULL_STRENGTH[pull] > STRENGTH[holding]


def _settlement_steps(
    considered: Sequence[Considered], duties: Mapping[int, Pull], settling: Mapping[int, tuple[int, ...]]
) -> list[Step]:
    """A second reading where the first is contested: rules set aside, the holding standing in their place."""
    numbers = {considered[index].rule.id: index for index in duties}
    steps: list[Step] = []
    added: dict[tuple[Outcome, int], list[Expression]] = {}
    set_aside: dict[int, list[Expression]] = {}
    for index, losers in settling.items():
        precedent = considered[index].rule
        assert isinstance(precedent, Precedent)
        between = [numbers[id] for id in precedent.settles if id in numbers]
        against = any_of(*(flag(f"!{rule}") for rule in between if duties[rule] == "prohibition"))
        in_favour = any_of(*(flag(f"!{rule}") for rule in between if duties[rule] != "prohibition"))
        steps.append(Step(f"settles {index}", all_of(flag(f"!{index}"), against, in_favour)))
        for rule in losers:
            set_aside.setdefault(rule, []).append(flag(f"settles {index}"))
        if between:
            layer = max(LAYERS.index(considered[rule].layer) for rule in between)
            added.setdefault((precedent.holding, layer), []).append(flag(f"settles {index}"))
    standing: dict[int, Expression] = {}
    for rule in duties:
        steps.append(Step(f"left {rule}", all_of(flag(f"!{rule}"), negation(any_of(*set_aside.get(rule, ()))))))
        standing[rule] = flag(f"left {rule}")
    steps += _outcome_steps(considered, duties, standing, added, "2")
    contested = flag("=contested1")
    for outcome in DETERMINED:
        first = () if outcome == "contested" else (flag(f"={outcome}1"),)
        steps.append(Step(f"={outcome}", any_of(*first, all_of(contested, flag(f"={outcome}2")))))
    return steps
