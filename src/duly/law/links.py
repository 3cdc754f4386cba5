"""What must hold between rules: ids once, everything named exists, nothing goes in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duly.errors import DulyError, Place
from duly.law.condition import names_in
from duly.law.library import Jurisdiction
from duly.law.rules import LAYERS, Define, Ground, Notice, Period, Precedent, Rule


def link_errors(rules: Sequence[Rule], jurisdictions: Mapping[str, Jurisdiction]) -> list[DulyError]:
    """Every mistake between rules, each with the file and line of the rule that makes it."""
    by_id: dict[str, Rule] = {}
    errors: list[DulyError] = []
    for rule in rules:
        if rule.id in by_id:
            first = by_id[rule.id]
            errors.append(
                _error(rule, f"The id {rule.id} is taken, by {first.file}:{first.line}.", "duplicate-id", "Rename one.")
            )
        by_id.setdefault(rule.id, rule)
    for rule in rules:
        errors += _unknown_ids(rule, by_id)
        if isinstance(rule, Precedent):
            errors += _unknown_bound(rule, jurisdictions)
    errors += _cycles(
        {rule.id: tuple(id for id in rule.overrides if id in by_id) for rule in rules},
        by_id,
        "cyclic-overrides",
        "These rules override each other in a circle",
    )
    definitions = [rule for rule in by_id.values() if isinstance(rule, Define)]
    return errors + list(_definition_errors(definitions, by_id, jurisdictions))


def _error(rule: Rule, message: str, code: str, remedy: str = "") -> DulyError:
    return DulyError(message, place=Place(rule.file, rule.line), remedy=remedy, code=code)


def _unknown_ids(rule: Rule, by_id: Mapping[str, Rule]) -> Iterable[DulyError]:
    named = [("overrides", id) for id in rule.overrides]
    if isinstance(rule, Precedent):
        named += [("settles", id) for id in rule.settles]
    if isinstance(rule, Ground | Notice) and rule.by is not None:
        named.append(("by", rule.by))
        if rule.by in by_id and not isinstance(by_id[rule.by], Period):
            yield _error(rule, f"`by` names {rule.by}, which is no period.", "unknown-rule")
    for key, id in named:
        if id not in by_id:
            yield _error(rule, f"`{key}` of {rule.id} names “{id}”, and no rule has that id.", "unknown-rule")
        elif key == "settles" and isinstance(by_id[id], Precedent):
            said = f"`settles` of {rule.id} names “{id}”, which is a precedent: a case settles between rules."
            yield _error(rule, said, "unknown-rule", "Name the duties between which it decides.")


def _unknown_bound(rule: Precedent, jurisdictions: Mapping[str, Jurisdiction]) -> Iterable[DulyError]:
    for bound in rule.binds:
        if bound != "parties" and bound not in jurisdictions and not bound.startswith(("circuit ", "district ")):
            yield _error(rule, f"`binds` names “{bound}”, which is no jurisdiction.", "unknown-jurisdiction")
    for party in rule.parties:
        if party not in jurisdictions:
            yield _error(rule, f"`parties` names “{party}”, which is no jurisdiction.", "unknown-jurisdiction")


def _cycles(
    edges: Mapping[str, Sequence[str]], by_id: Mapping[str, Rule], code: str, saying: str
) -> Iterable[DulyError]:
    """One error for each circle in `edges`, at the first rule of it. Iterative, so that a long chain is no trouble."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, index = stack.pop()
            if index == 0:
                if node in done:
                    continue
                path.append(node)
            following = edges[node]
            if index < len(following):
                stack.append((node, index + 1))
                target = following[index]
                if target in path:
                    circle = [*path[path.index(target) :], target]
                    done.update(circle)
                    yield _error(by_id[target], f"{saying}: {' → '.join(circle)}.", code)
                elif target not in done:
                    stack.append((target, 0))
            else:
                done.add(node)
                path.pop()


def _overlap(one: Rule, other: Rule) -> bool:
    (start, end), (begin, finish) = one.in_force, other.in_force
    return (start is None or finish is None or start < finish) and (begin is None or end is None or begin < end)


def _definition_errors(
    definitions: Sequence[Define], by_id: Mapping[str, Rule], jurisdictions: Mapping[str, Jurisdiction]
) -> Iterable[DulyError]:
    for index, one in enumerate(definitions):
        for other in definitions[index + 1 :]:
            same = (one.name, one.jurisdiction, one.layer) == (other.name, other.jurisdiction, other.layer)
            if same and _overlap(one, other):
                yield _error(
                    other, f"{one.name} is defined twice at one time: {one.id} and {other.id}.", "defined-twice"
                )
    edges = {
        one.id: tuple(other.id for other in definitions if _reaches(one, other, jurisdictions)) for one in definitions
    }
    yield from _cycles(edges, by_id, "circular-define", "These definitions rest on each other in a circle")


def _reaches(one: Define, other: Define, jurisdictions: Mapping[str, Jurisdiction]) -> bool:
    """Whether the meaning of `one` may be read with the definition `other`."""
    if not _overlap(one, other) or LAYERS.index(other.layer) < LAYERS.index(one.layer):
        return False
    place: str | None = one.jurisdiction
    while place is not None and place != other.jurisdiction:
        place = jurisdictions[place].parent if place in jurisdictions else None
    return place is not None and other.name in names_in(one.meaning)
