"""Conditions read from their SQL text, and evaluated: on what is known, and in one complete world."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

Tree = tuple[Any, ...]
"""`("and", parts)`, `("or", parts)`, `("not", part)`, `("compare", operator, left, right)`, `("in", item, values)`,
`("null", item)`, `("coalesce", parts)`, `("case", branches, otherwise)`, `("move", item, months, days, seconds)`,
`("value", value)`, `("name", name)`."""

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+)|(?P<word>[A-Za-z_][A-Za-z0-9_.]*)|(?P<mark><>|<=|>=|[=<>(),+\-]))"
)
_UNITS = {"MONTH": (1, 0, 0), "DAY": (0, 1, 0), "SECOND": (0, 0, 1)}
_ORDER = ("=", "<>", "<=", ">=", "<", ">")


class ConditionError(Exception):
    """A text that is no condition, or does not fit its facts."""


def read_condition(text: str) -> Tree:
    """The tree of a condition in Duly's canonical SQL."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise ConditionError(f"“{text}” cannot be read from “{text[at : at + 20]}” on.")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0

    def whole(self) -> Tree:
        tree = self.either()
        if self.at != len(self.tokens):
            raise ConditionError(f"There is more after the condition: {self.tokens[self.at][1]}.")
        return tree

    def next_is(self, word: str) -> bool:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return kind in ("word", "mark") and text.upper() == word

    def accept(self, word: str) -> bool:
        if self.next_is(word):
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> None:
        if not self.accept(word):
            raise ConditionError(f"“{word}” was expected.")

    def take(self, kind: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind:
            raise ConditionError(f"A {kind} was expected.")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def either(self) -> Tree:
        parts = [self.both()]
        while self.accept("OR"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", tuple(parts))

    def both(self) -> Tree:
        parts = [self.negation()]
        while self.accept("AND"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("and", tuple(parts))

    def negation(self) -> Tree:
        return ("not", self.negation()) if self.accept("NOT") else self.comparison()

    def comparison(self) -> Tree:
        left = self.moved()
        for operator in _ORDER:
            if self.accept(operator):
                return ("compare", operator, left, self.moved())
        if self.accept("IS"):
            negated = self.accept("NOT")
            self.expect("NULL")
            return ("not", ("null", left)) if negated else ("null", left)
        negated = self.accept("NOT")
        if self.accept("IN"):
            self.expect("(")
            values = [self.simple()]
            while self.accept(","):
                values.append(self.simple())
            self.expect(")")
            if any(value[0] != "value" for value in values):
                raise ConditionError("Only literals may stand in an IN list.")
            found = ("in", left, tuple(value[1] for value in values))
            return ("not", found) if negated else found
        if negated:
            raise ConditionError("“IN” was expected.")
        return left

    def moved(self) -> Tree:
        item = self.simple()
        months = days = seconds = 0
        seen = False
        while self.next_is("+") or self.next_is("-"):
            sign = 1 if self.next_is("+") else -1
            self.at += 1
            self.expect("INTERVAL")
            amount, unit = int(self.take("text")[1:-1]), self.take("word").upper()
            if unit not in _UNITS:
                raise ConditionError(f"“{unit}” is no unit here.")
            step = _UNITS[unit]
            months, days, seconds = (
                old + sign * amount * new for old, new in zip((months, days, seconds), step, strict=True)
            )
            seen = True
        return ("move", item, months, days, seconds) if seen else item

    def simple(self) -> Tree:
        if self.accept("("):
            tree = self.either()
            self.expect(")")
            return tree
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "number":
            return ("value", int(self.take("number")))
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "text":
            return ("value", self.text())
        for word, value in (("TRUE", True), ("FALSE", False)):
            if self.accept(word):
                return ("value", value)
        if self.accept("DATE"):
            return ("value", date.fromisoformat(self.text()))
        if self.accept("TIMESTAMP"):
            return ("value", datetime.fromisoformat(self.text()))
        if self.accept("COALESCE"):
            self.expect("(")
            parts = [self.either()]
            while self.accept(","):
                parts.append(self.either())
            self.expect(")")
            return ("coalesce", tuple(parts))
        if self.accept("CASE"):
            return self.case()
        return ("name", self.take("word"))

    def text(self) -> str:
        return self.take("text")[1:-1].replace("''", "'")

    def case(self) -> Tree:
        branches = []
        while self.accept("WHEN"):
            test = self.either()
            self.expect("THEN")
            branches.append((test, self.either()))
        self.expect("ELSE")
        otherwise = self.either()
        self.expect("END")
        return ("case", tuple(branches), otherwise)


def moved(value: date, months: int, days: int, seconds: int) -> date:
    """A date moved by months (its day cut to the month's last), then by days and seconds; inside the years 1 to 9999."""
    try:
        if months:
            year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
            last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
            value = value.replace(year=year, month=month + 1, day=min(value.day, last))
        return value + timedelta(days=days, seconds=seconds)
    except (OverflowError, ValueError):
        far = date.max if months + days + seconds > 0 else date.min
        return datetime.combine(far, value.timetz()) if isinstance(value, datetime) else far


class Reading:
    """What is on record, and the definitions with which one rule's words are read.

    `definitions` gives for a derived name its tree and the `Reading` of its own words.
    """

    def __init__(self, record: dict[str, Any], definitions: dict[str, tuple[Tree, Reading]]) -> None:
        self.record = record
        self.definitions = definitions

    def with_record(self, record: dict[str, Any]) -> Reading:
        inner = {name: (tree, reading.with_record(record)) for name, (tree, reading) in self.definitions.items()}
        return Reading(record, inner)

    def value(self, tree: Tree, world: dict[str, Any] | None = None) -> Any:
        """The value of `tree`, None where it is not known. In a `world` facts that are not on record have the world's
        values, while IS NULL and COALESCE still ask the record."""
        match tree:
            case ("value", value):
                return value
            case ("name", name):
                return self.name(name, world)
            case ("and", parts):
                found = [self.value(part, world) for part in parts]
                return False if False in found else None if None in found else True
            case ("or", parts):
                found = [self.value(part, world) for part in parts]
                return True if True in found else None if None in found else False
            case ("not", part):
                held = self.value(part, world)
                return None if held is None else not held
            case ("null", item):
                return self.value(item) is None
            case ("in", item, values):
                held = self.value(item, world)
                return None if held is None else held in values
            case ("compare", operator, left, right):
                return _compared(operator, self.value(left, world), self.value(right, world))
            case ("move", item, months, days, seconds):
                held = self.value(item, world)
                return None if held is None else moved(held, months, days, seconds)
            case ("coalesce", parts):
                chosen = next((part for part in parts if self.value(part) is not None), parts[-1])
                return self.value(chosen, world)
            case ("case", branches, otherwise):
                held = self.value(otherwise, world)
                for test, then in reversed(branches):
                    asked, way = self.value(test, world), self.value(then, world)
                    held = held if asked is False else way if asked or way == held else None
                return held
        raise ConditionError(f"“{tree[0]}” is no condition.")

    def name(self, name: str, world: dict[str, Any] | None) -> Any:
        if name not in self.definitions:
            known = self.record.get(name)
            return known if known is not None or world is None else world.get(name)
        tree, reading = self.definitions[name]
        stated = self.record.get(name)
        if stated is not None and reading.value(tree) is None:
            return stated
        return reading.value(tree, world)

    def names(self, tree: Tree) -> list[str]:
        """The plain facts that `tree` rests on, in order, definitions opened."""
        found: dict[str, None] = {}
        for part in parts_of(tree):
            if part[0] == "name":
                if part[1] in self.definitions:
                    inner, reading = self.definitions[part[1]]
                    found.update(dict.fromkeys(reading.names(inner)))
                else:
                    found[part[1]] = None
        return list(found)

    def defined(self, tree: Tree) -> list[str]:
        """The derived facts that `tree` reads through a definition, definitions opened."""
        found: dict[str, None] = {}
        for part in parts_of(tree):
            if part[0] == "name" and part[1] in self.definitions:
                inner, reading = self.definitions[part[1]]
                found.update(dict.fromkeys([part[1], *reading.defined(inner)]))
        return list(found)

    def asks_record(self, tree: Tree) -> set[str]:
        """The facts whose being on record matters: under IS NULL and COALESCE, and in the definition of a word for which a
        value was stated."""
        found: set[str] = set()
        for part in parts_of(tree):
            if part[0] in ("null", "coalesce"):
                found.update(self.names(part))
            if part[0] == "name" and part[1] in self.definitions:
                inner, reading = self.definitions[part[1]]
                found |= set(reading.names(inner)) if part[1] in self.record else reading.asks_record(inner)
        return found


def parts_of(tree: Tree) -> list[Tree]:
    """`tree` and everything in it, from the top down and left to right."""
    match tree:
        case ("and" | "or" | "coalesce", parts):
            inner = list(parts)
        case ("case", branches, otherwise):
            inner = [part for branch in branches for part in branch] + [otherwise]
        case ("compare", _, left, right):
            inner = [left, right]
        case ("not" | "null", part) | ("in", part, _) | ("move", part, _, _, _):
            inner = [part]
        case _:
            inner = []
    return [tree, *(deeper for part in inner for deeper in parts_of(part))]


def _compared(operator: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if operator in ("=", "<>"):
        return bool(left == right) == (operator == "=")
    return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])
