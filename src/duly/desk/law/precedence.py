"""Which rule gives way to which: the rules of one question in order, with the lines between them, ready to be drawn.

One rule stands in one row, the higher law above the lower. Each rule that goes before others has a lane beside the rows, and
its line runs down or up that lane to the rules that give way: it fits a telephone, and needs no layout of boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from duly import law
from duly.desk.law import plain
from duly.law import Library, english
from duly.law.rules import LAYERS, Duty, Precedent, Rule

Relation = Literal["goes before", "settles", "is an exception to"]
ROW, TOP, LANE = 76, 38, 15
"""Pixels: the height of a row, where a line meets it, and the width of a lane."""


@dataclass(frozen=True, slots=True)
class Node:
    """One row: a rule, or the exception written into the rule above it (`rule` None)."""

    number: int
    title: str
    cite: str
    href: str
    layer: str
    says: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One relation between two rows, `lane` counted from the rows outwards."""

    start: Node
    end: Node
    relation: Relation
    lane: int

    @property
    def path(self) -> str:
        """From the one row out to the lane, along it, and back to the other, as SVG draws it; x runs leftwards from 0."""
        x, one, other = -LANE * (self.lane + 1), y_of(self.start), y_of(self.end)
        return f"M0 {one}H{x}V{other}H-5"

    @property
    def head(self) -> str:
        """The arrow's head, at the rule that gives way."""
        y = y_of(self.end)
        return f"M0 {y}l-9 -5v10z"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rows and lines, and how much room they take."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]

    @property
    def grouped(self) -> list[tuple[Node, Relation, list[Node]]]:
        """The lines in words: each rule once for each way in which it stands to others."""
        found: dict[tuple[Node, Relation], list[Node]] = {}
        for line in self.lines:
            found.setdefault((line.start, line.relation), []).append(line.end)
        order = sorted(found, key=lambda key: (key[1] == "is an exception to", key[0].number))
        return [(start, relation, found[(start, relation)]) for start, relation in order]

    @property
    def width(self) -> int:
        lanes = max((line.lane + 1 for line in self.lines), default=0)
        return LANE * (lanes + 1)

    @property
    def height(self) -> int:
        return ROW * len(self.nodes)

    @property
    def view_box(self) -> str:
        return f"{-self.width} 0 {self.width} {self.height}"


def y_of(node: Node) -> int:
    return node.number * ROW + TOP


def rules_of(library: Library, place: str, act: str, on: date) -> list[Rule]:
    """The rules that bear on one act there; without an act, those of the whole chain that override or are overridden."""
    if act:
        found = law.determine(library, place, act, {}, on)
        return [library.by_id[entry.rule] for entry in (*found.applied, *found.considered)]
    rules = {rule.id: rule for rule in library.rules(place, on=on)}
    named = {id for rule in rules.values() for id in (*rule.overrides, *_settled(rule)) if id in rules}
    return [
        rule
        for rule in rules.values()
        if rule.id in named or any(id in rules for id in (*rule.overrides, *_settled(rule)))
    ]


def draw(library: Library, rules: Iterable[Rule], on: date, *, exceptions: bool) -> Drawing:
    """The rules in order, with every line between them."""
    ordered = _ordered(list(rules))
    nodes: list[Node] = []
    within: list[tuple[Node, Node]] = []
    for rule in ordered:
        node = _node(rule, len(nodes), on)
        nodes.append(node)
        if exceptions and rule.unless_sql:
            words = english(rule.unless, library.vocabulary.facts)
            nodes.append(Node(len(nodes), f"unless {words}", "", "", rule.layer, "written into the rule above"))
            within.append((nodes[-1], node))
    by_rule = {node.rule: node for node in nodes if node.rule is not None}
    return Drawing(tuple(nodes), tuple(_lines(ordered, by_rule, within)))


def _ordered(rules: Sequence[Rule]) -> list[Rule]:
    """The higher law first; within a layer duties before decided cases, and a rule before those that give way to it."""
    depth = _depths(rules)
    return sorted(
        rules,
        key=lambda rule: (
            -LAYERS.index(rule.layer),
            isinstance(rule, Precedent),
            depth[rule.id],
            rule.jurisdiction,
            rule.id,
        ),
    )


def _depths(rules: Sequence[Rule]) -> dict[str, int]:
    """How many rules go before each, one after another. Overrides never run in a circle: loading sees to that."""
    over: dict[str, list[str]] = {rule.id: [] for rule in rules}
    for rule in rules:
        for id in rule.overrides:
            if id in over:
                over[id].append(rule.id)
    depth: dict[str, int] = {}

    def of(id: str) -> int:
        if id not in depth:
            depth[id] = 1 + max((of(other) for other in over[id]), default=-1)
        return depth[id]

    for rule in rules:
        of(rule.id)
    return depth


def _node(rule: Rule, number: int, on: date) -> Node:
    if isinstance(rule, Duty):
        says = {"required": rule.force, "forbidden": "forbids", "permitted": "permits"}[rule.modality]
        says = {"self-executing": "requires", "on court order": "demands", "request only": "requests"}.get(says, says)
    else:
        says = f"holds: {rule.holding}" if isinstance(rule, Precedent) else plain.kind_words(rule)
    return Node(number, rule.title, rule.cite, plain.rule_href(rule, on), rule.layer, says, rule.id)


def _settled(rule: Rule) -> tuple[str, ...]:
    return rule.settles if isinstance(rule, Precedent) else ()


def _lines(ordered: Sequence[Rule], by_rule: dict[str, Node], within: Sequence[tuple[Node, Node]]) -> Iterator[Line]:
    """Lines with their lanes: one lane for all that one rule goes before, the nearest that is free along its way."""
    for exception, node in within:
        yield Line(exception, node, "is an exception to", 0)
    first = 1 if within else 0
    taken: list[list[tuple[int, int]]] = []
    for rule in ordered:
        for relation, ids in (("goes before", rule.overrides), ("settles", _settled(rule))):
            ends = [by_rule[id] for id in ids if id in by_rule]
            if not ends:
                continue
            numbers = [by_rule[rule.id].number, *(end.number for end in ends)]
            lane = _free(taken, min(numbers), max(numbers))
            for end in ends:
                yield Line(by_rule[rule.id], end, "settles" if relation == "settles" else "goes before", first + lane)


def _free(taken: list[list[tuple[int, int]]], low: int, high: int) -> int:
    for lane, spans in enumerate(taken):
        if all(high < start or end < low for start, end in spans):
            spans.append((low, high))
            return lane
    taken.append([(low, high)])
    return len(taken) - 1
