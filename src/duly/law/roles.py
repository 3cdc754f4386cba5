"""What became of each rule that was considered: it carries the outcome, stands beside it, gave way, or does not apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from duly.law.condition import TRUE, Expression, all_of, any_of, negation
from duly.law.determination import Outcome, Truth
from duly.law.program import Program, Pull, flag, pull_of
from duly.law.rules import LAYERS, Duty, Precedent

Role = Literal["applies", "may apply", "overridden", "beaten", "not apply"]
_CARRYING: dict[Outcome, tuple[Pull, ...]] = {
    "required": ("binding",),
    "demanded": ("demand",),
    "requested": ("request",),
    "permitted": ("permission", "protected permission"),
    "forbidden": ("prohibition",),
    "contested": ("prohibition", "binding", "demand", "protected permission"),
    "unregulated": (),
    "undetermined": ("binding", "demand", "request", "permission", "protected permission", "prohibition"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty's pull as things are (a demand that a court has ordered pulls as binding), and what became of it."""

    role: Role
    pull: Pull | None
    carries: bool
    because: str


def standings(
    program: Program, outcome: Outcome, conditions: Mapping[str, Truth], steps: Mapping[str, Truth]
) -> list[Standing]:
    """For every rule of the program, in its order, what became of it. `because` is empty where its own condition says."""
    drafts = [_draft(program, index, conditions, steps) for index in range(len(program.considered))]
    carrying = _carriers(program, outcome, drafts)
    return [_final(program, index, draft, index in carrying, outcome) for index, draft in enumerate(drafts)]


def _draft(
    program: Program, index: int, conditions: Mapping[str, Truth], steps: Mapping[str, Truth]
) -> tuple[Role, Pull | None, str]:
    each = program.considered[index]
    holds, stands = conditions[f"#{index}"], steps[f"!{index}"]
    pull: Pull | None = None
    if isinstance(each.rule, Duty) and each.rule.covers(program.act):
        pull = pull_of(each.rule)
        if pull == "demand" and holds is True and conditions[f"~{index}"] is True:
            pull = "binding"
    if holds is False:
        return "not apply", pull, ""
    if stands is False and holds is True:
        by = [program.considered[j].rule for j in each.overridden_by if steps[f"!{j}"] is True]
        return (
            "overridden",
            pull,
            f"{' and '.join(rule.cite for rule in by)} overrides it" if by else "it is overridden",
        )
    if stands is not True:
        return "may apply", pull, ""
    settled = [number for number, losers in program.settling.items() if index in losers]
    by_precedent = [number for number in settled if steps.get(f"settles {number}") is True]
    if by_precedent and steps.get("=contested1") is True:
        name = program.considered[by_precedent[0]].rule
        assert isinstance(name, Precedent)
        return "beaten", pull, f"{name.name}, {name.cite}, settles the point against it"
    return "applies", pull, ""


def _carriers(program: Program, outcome: Outcome, drafts: Sequence[tuple[Role, Pull | None, str]]) -> set[int]:
    """The rules that carry the outcome: standing ones of the pulls that make it; failing those, ones that may stand."""
    wanted = _CARRYING[outcome]
    for roles in (("applies", "may apply"),) if outcome == "undetermined" else (("applies",), ("may apply",)):
        found = {
            index
            for index, (role, pull, _) in enumerate(drafts)
            if pull is not None and role in roles and pull in wanted
        }
        found = _highest(program, outcome, drafts, found)
        if found:
            return found
    return set()


def _highest(
    program: Program, outcome: Outcome, drafts: Sequence[tuple[Role, Pull | None, str]], found: set[int]
) -> set[int]:
    """Of rules on both sides of a contest, or a duty above a lower prohibition, those that no higher layer beats."""

    def layer(index: int) -> int:
        return LAYERS.index(program.considered[index].layer)

    prohibitions = [layer(i) for i, (role, pull, _) in enumerate(drafts) if pull == "prohibition" and role == "applies"]
    bound = [layer(i) for i, (role, pull, _) in enumerate(drafts) if pull == "binding" and role == "applies"]
    top_ban, top_duty = max(prohibitions, default=-1), max(bound, default=-1)
    if outcome == "required":
        return {index for index in found if layer(index) > top_ban or not prohibitions} or found
    if outcome == "forbidden":
        return {index for index in found if layer(index) > top_duty} or found
    if outcome == "contested":
        return {
            index
            for index in found
            if (drafts[index][1] == "prohibition" and layer(index) >= top_duty)
            or (drafts[index][1] == "binding" and layer(index) >= top_ban)
            or (drafts[index][1] in ("demand", "protected permission") and layer(index) > top_ban)
        } or found
    return found


def _final(
    program: Program, index: int, draft: tuple[Role, Pull | None, str], carries: bool, outcome: Outcome
) -> Standing:
    role, pull, because = draft
    if role == "applies" and not carries and pull is not None:
        gave_way = _gave_way(pull, outcome)
        if gave_way:
            return Standing("beaten", pull, False, gave_way)
        if outcome != "undetermined":
            because = "it applies, and the outcome rests on stronger law"
    return Standing(role, pull, carries, because)


def _gave_way(pull: Pull, outcome: Outcome) -> str:
    if outcome == "required" and pull == "prohibition":
        return "a binding duty of a higher layer beats it"
    if outcome == "forbidden":
        return {
            "binding": "a prohibition of a higher layer beats it",
            "demand": "what only a court can enforce does not beat a prohibition of the same or a higher layer",
            "request": "a request does not beat a prohibition",
            "permission": "a permission gives way to a prohibition",
            "protected permission": "a permission gives way to a prohibition of the same or a higher layer",
            "prohibition": "",
        }[pull]
    return ""


def deciders(program: Program, outcome: Outcome) -> list[tuple[int, Expression]]:
    """The rules that may decide `outcome`, first the one that `determine` would name first, each with its condition.

    The first whose condition is true is the deciding rule. Rules stand in the program from the highest layer down.
    """
    found: list[tuple[int, Expression]] = []
    for pull in _CARRYING[outcome] if outcome == "contested" else (None,):
        for index, each in enumerate(program.considered):
            if isinstance(each.rule, Duty) and each.rule.covers(program.act):
                own = pull_of(each.rule)
                ways: list[tuple[Pull, Expression]] = [(own, TRUE)]
                if own == "demand":
                    ways = [("binding", flag(f"~{index}")), ("demand", negation(flag(f"~{index}")))]
                for way, extra in ways:
                    if way in _CARRYING[outcome] and pull in (None, way):
                        found.append((index, all_of(_left_standing(program, index), extra)))
    for index in program.settling:
        found.append((index, all_of(flag("=contested1"), flag(f"settles {index}"))))
    return found


def _left_standing(program: Program, index: int) -> Expression:
    """Whether a rule stands, and where the point was contested and settled, has not been set aside."""
    if not program.settling:
        return flag(f"!{index}")
    contested = flag("=contested1")
    return any_of(all_of(negation(contested), flag(f"!{index}")), all_of(contested, flag(f"left {index}")))
