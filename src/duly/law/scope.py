"""The law of one office on one date: its chain's rules in force, with each definition read as that rule must read it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Any

from duly.law.condition import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Case,
    Compare,
    Defined,
    Expression,
    FirstKnown,
    Name,
    Not,
    NotKnown,
    OneOf,
    Shift,
    all_of,
    negation,
)
from duly.law.library import Library
from duly.law.program import Considered, Program, build_program
from duly.law.rules import LAYERS, Duty, Layer, Precedent, Rule


def program_for(library: Library, jurisdiction: str, act: str, on: date) -> Program:
    """The program that decides `act`. Kept by the library: the law changes on few days, and between them is one."""
    key = ("program", jurisdiction, act, segment(library, jurisdiction, on))
    if key not in library.kept:
        library.kept[key] = build_program(act, considered_for(library, jurisdiction, act, on))
    program: Program = library.kept[key]
    return program


def segment(library: Library, jurisdiction: str, on: date) -> int:
    """The number of the stretch of time, between two changes of the law for this office, in which `on` lies."""
    return bisect_right(changes(library, jurisdiction), on)


def changes(library: Library, jurisdiction: str) -> list[date]:
    """Every date on which some rule of the chain, or some precedent, begins or ceases to hold."""
    key = ("changes", jurisdiction)
    if key not in library.kept:
        dates: set[date | None] = set()
        chain = {place.id for place in library.chain(jurisdiction)}
        for rule in library.by_id.values():
            if rule.jurisdiction in chain:
                dates.update(rule.in_force)
            if isinstance(rule, Precedent):
                dates.update((*rule.in_force, rule.decided, rule.status_from))
        library.kept[key] = sorted(day for day in dates if day is not None)
    found: list[date] = library.kept[key]
    return found


def considered_for(library: Library, jurisdiction: str, act: str | None, on: date) -> list[Considered]:
    """The rules that bear on `act`, the precedents about it, and whatever overrides any of them; highest layer first."""
    chain = {place.id: depth for depth, place in enumerate(library.chain(jurisdiction))}
    in_force = [rule for rule in library.by_id.values() if rule.jurisdiction in chain and rule.is_in_force(on)]
    chosen: list[Rule] = [rule for rule in in_force if act is not None and isinstance(rule, Duty) and rule.covers(act)]
    chosen += _precedents(library, chain, act, on)
    return considered(library, jurisdiction, chosen, in_force, on, act)


def considered(
    library: Library,
    jurisdiction: str,
    chosen: Iterable[Rule],
    in_force: Iterable[Rule],
    on: date,
    act: str | None = None,
) -> list[Considered]:
    """`chosen` rules and, with them, every rule in force that overrides one of them for this act."""
    chain = {place.id: depth for depth, place in enumerate(library.chain(jurisdiction))}
    gathered = {rule.id: rule for rule in chosen}
    waiting = list(gathered)
    in_force = list(in_force)
    overriders: dict[str, list[str]] = {}
    while waiting:
        target = waiting.pop()
        for rule in in_force:
            if target in rule.overrides and _bears_on(rule, act):
                overriders.setdefault(target, []).append(rule.id)
                if rule.id not in gathered:
                    gathered[rule.id] = rule
                    waiting.append(rule.id)
    ordered = sorted(
        gathered.values(),
        key=lambda rule: (-LAYERS.index(rule.layer), -chain.get(rule.jurisdiction, -1), rule.id),
    )
    numbers = {rule.id: index for index, rule in enumerate(ordered)}
    return [
        _read(library, jurisdiction, rule, on, tuple(numbers[id] for id in overriders.get(rule.id, ())))
        for rule in ordered
    ]


def _bears_on(rule: Rule, act: str | None) -> bool:
    acts = getattr(rule, "acts", ())
    return act is None or not acts or act in acts


def _precedents(library: Library, chain: Iterable[str], act: str | None, on: date) -> list[Rule]:
    """Decided cases about the act, of any court: those from elsewhere persuade."""
    return [
        rule
        for rule in library.by_id.values()
        if isinstance(rule, Precedent)
        and act is not None
        and rule.covers(act)
        and rule.decided <= on
        and rule.is_in_force(on)
    ]


def _read(library: Library, jurisdiction: str, rule: Rule, on: date, overridden_by: tuple[int, ...]) -> Considered:
    reader = Reader(library, jurisdiction, rule, on)
    when, unless = reader.read(rule.when), reader.read(rule.unless)
    ordered = None
    if isinstance(rule, Duty) and rule.force == "on court order":
        ordered = reader.read(rule.ordered_when)
    return Considered(
        rule=rule,
        when=when,
        unless=unless,
        holds=all_of(when, negation(unless)),
        ordered=ordered,
        binding=not isinstance(rule, Precedent) or binds(library, rule, jurisdiction, on),
        overridden_by=overridden_by,
    )


def status_on(precedent: Precedent, on: date) -> str:
    """The precedent's standing on a date: good until `status_from`."""
    if precedent.status_from is not None and on < precedent.status_from:
        return "good"
    return precedent.status


def binds(library: Library, precedent: Precedent, jurisdiction: str, on: date) -> bool:
    """Whether a good precedent binds an office there: by its chain, its federal circuit or district, or as a party."""
    if status_on(precedent, on) != "good":
        return False
    place = library.jurisdiction(jurisdiction)
    names = {part.id for part in library.chain(jurisdiction)}
    names |= {f"circuit {place.circuit}", f"district {place.district}"}
    if "parties" in precedent.binds and jurisdiction in precedent.parties:
        return True
    return bool(names.intersection(precedent.binds))


class Reader:
    """Puts definitions in the place of derived facts, as a rule of this jurisdiction and layer must read them."""

    def __init__(self, library: Library, office: str, rule: Rule, on: date) -> None:
        chain = {place.id for place in library.chain(office)}
        self.library = library
        self.on = on
        # A precedent from elsewhere is held against this office's facts, in this office's words.
        self.home = rule.jurisdiction if rule.jurisdiction in chain else office
        self.layer: Layer = rule.layer

    def read(self, node: Expression, home: str | None = None, layer: Layer | None = None) -> Expression:
        def inner(part: Expression) -> Expression:
            return self.read(part, home, layer)

        match node:
            case Name(name=name, kind=kind):
                entry = self.library.vocabulary.facts.get(name)
                if entry is None or not entry.derived:
                    return node
                found = self.library.definition(name, home or self.home, layer or self.layer, self.on)
                if found is None:
                    return node
                return Defined(name, kind, found.id, self.read(found.meaning, found.jurisdiction, found.layer))
            case _:
                return rebuilt(node, inner)


def rebuilt(node: Expression, inner: Any) -> Expression:
    """`node` with `inner` applied to each of its parts."""
    match node:
        case Shift(item=item, months=months, days=days, seconds=seconds):
            return Shift(inner(item), months, days, seconds)
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator, inner(left), inner(right))
        case OneOf(item=item, values=values):
            return OneOf(inner(item), values)
        case Not(part=part):
            return Not(inner(part))
        case All(parts=parts):
            return All(tuple(inner(part) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(inner(part) for part in parts))
        case NotKnown(item=item):
            return NotKnown(inner(item))
        case FirstKnown(parts=parts):
            return FirstKnown(tuple(inner(part) for part in parts))
        case Case(branches=branches, otherwise=otherwise):
            return Case(tuple((inner(test), inner(value)) for test, value in branches), inner(otherwise))
        case Defined(name=name, kind=kind, rule=rule, meaning=meaning):
            return Defined(name, kind, rule, inner(meaning))
        case _:
            return node


__all__ = ["FALSE", "TRUE", "Reader", "binds", "changes", "considered", "considered_for", "program_for", "segment"]
