"""From a SQL boolean expression to the tree: an allow-list over sqlglot's parse, with every type checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from duly.errors import DulyError, Place
from duly.law.condition import (
    All,
    AnyOf,
    Case,
    Compare,
    Comparison,
    Expression,
    FactKind,
    FirstKnown,
    Name,
    Not,
    NotKnown,
    OneOf,
    Shift,
    Value,
    kind_of,
    shifted,
)
from duly.law.vocabulary import FactType

MAX_CHARACTERS = 10_000
MAX_NESTING = 60
_MARKS = re.compile(r"'(?:[^']|'')*'|\(|\)|--|/\*|;")
_UNITS = {"YEAR": (12, 0, 0), "MONTH": (1, 0, 0), "WEEK": (0, 7, 0), "DAY": (0, 1, 0), "HOUR": (0, 0, 3600)}
_UNITS |= {"MINUTE": (0, 0, 60), "SECOND": (0, 0, 1)}
_INTERVAL_PART = re.compile(r"\s*([-+]?\d{1,6})\s+(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\s*", re.IGNORECASE)
_OPERATORS: dict[str, Comparison] = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">="}


def parse_condition(sql: str, facts: Mapping[str, FactType], place: Place) -> Expression:
    """The tree of a condition. Raises `DulyError` at `place` for what is not allowed or does not fit its fact."""
    node = parse_expression(sql, facts, place)
    if kind_of(node) != "boolean":
        raise DulyError(
            f"“{sql}” is a {kind_of(node)}, not a condition.",
            place=place,
            remedy="A condition is true or false: compare it with something.",
            code="wrong-type",
        )
    return node


def parse_expression(sql: str, facts: Mapping[str, FactType], place: Place) -> Expression:
    """As `parse_condition`, for an expression of any type (a definition may give a choice or a date)."""
    return _Builder(facts, place).build(_sqlglot(sql, place))


def _sqlglot(sql: str, place: Place) -> Any:
    _refuse_oversized(sql, place)
    parse, errors = _parser()
    try:
        found = parse(sql)
    except errors as error:
        details = getattr(error, "errors", None) or [{"description": str(error)}]
        said = str(details[0].get("description", "")).rstrip(".")
        raise DulyError(
            f"“{sql}” cannot be read as a condition: {said}.", place=place, code="condition-syntax"
        ) from error
    except RecursionError as error:
        raise DulyError("The condition nests too deep.", place=place, code="condition-too-large") from error
    if len(found) != 1 or found[0] is None:
        raise DulyError(f"“{sql}” is not one condition.", place=place, code="condition-syntax")
    return found[0]


@lru_cache(maxsize=1)
def _parser() -> tuple[Callable[[str], list[Any]], tuple[type[Exception], ...]]:
    # sqlglot takes a third of a second to import: only a rulebook that is not in the cache pays for it.
    import sqlglot
    from sqlglot.errors import SqlglotError

    return (lambda sql: list(sqlglot.parse(sql, read="duckdb"))), (SqlglotError,)


def _refuse_oversized(sql: str, place: Place) -> None:
    if len(sql) > MAX_CHARACTERS:
        raise DulyError(
            f"A condition is longer than {MAX_CHARACTERS:,} characters.", place=place, code="condition-too-large"
        )
    depth = 0
    for mark in _MARKS.findall(sql):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth > MAX_NESTING:
            raise DulyError("The condition nests too deep.", place=place, code="condition-too-large")
        if mark in ("--", "/*", ";"):
            raise DulyError(
                f"“{mark}” is not allowed in a condition.", place=place, remedy="Use `note:`.", code="condition-form"
            )


class _Builder:
    def __init__(self, facts: Mapping[str, FactType], place: Place) -> None:
        self.facts = facts
        self.place = place

    def error(self, message: str, code: str, remedy: str = "") -> DulyError:
        return DulyError(message, place=self.place, remedy=remedy, code=code)

    def build(self, node: Any) -> Expression:
        name = type(node).__name__
        if name in _OPERATORS:
            return self.compare(_OPERATORS[name], self.build(node.this), self.build(node.expression), node)
        handler = getattr(self, f"on_{name.lower()}", None)
        if handler is None:
            raise self.error(
                f"“{node.sql()}” is not allowed in a condition ({name}).",
                "condition-form",
                "Allowed: comparisons, IN, BETWEEN, AND, OR, NOT, IS NULL, COALESCE, CASE, dates plus or minus INTERVAL.",
            )
        result: Expression = handler(node)
        return result

    # connectives

    def on_paren(self, node: Any) -> Expression:
        return self.build(node.this)

    def on_and(self, node: Any) -> Expression:
        return All(tuple(self.flat(node, All)))

    def on_or(self, node: Any) -> Expression:
        return AnyOf(tuple(self.flat(node, AnyOf)))

    def flat(self, node: Any, shape: type[All] | type[AnyOf]) -> list[Expression]:
        # sqlglot leans chains of AND to the left; walking down the left side keeps long chains off the stack.
        parts: list[Expression] = []
        kind = type(node)
        while type(node) is kind:
            parts.append(self.condition(node.expression))
            node = node.this
        parts.append(self.condition(node))
        parts.reverse()
        return [inner for part in parts for inner in (part.parts if isinstance(part, shape) else (part,))]

    def on_not(self, node: Any) -> Expression:
        return Not(self.condition(node.this))

    def condition(self, node: Any) -> Expression:
        built = self.build(node)
        self.expect(built, "boolean", node)
        return built

    def expect(self, built: Expression, kind: FactKind, node: Any) -> None:
        if kind_of(built) != kind:
            raise self.error(f"“{node.sql()}” is a {kind_of(built)}, not a {kind}.", "wrong-type")

    # comparisons

    def compare(self, operator: Comparison, left: Expression, right: Expression, node: Any) -> Expression:
        left, right = self.alike(left, right, node)
        kind = kind_of(left)
        if operator not in ("=", "<>") and kind not in ("integer", "date", "moment"):
            raise self.error(
                f"“{node.sql()}” orders values of type {kind}, which have no order.", "wrong-type", "Use =, <> or IN."
            )
        return Compare(operator, left, right)

    def alike(self, left: Expression, right: Expression, node: Any) -> tuple[Expression, Expression]:
        """Both sides with one type: a literal takes the type of what it is compared with."""
        if isinstance(right, Value) and not isinstance(left, Value):
            right = self.fitted(right, left, node)
        elif isinstance(left, Value) and not isinstance(right, Value):
            left = self.fitted(left, right, node)
        if not _comparable(kind_of(left), kind_of(right)):
            raise self.error(f"“{node.sql()}” compares a {kind_of(left)} with a {kind_of(right)}.", "wrong-type")
        return left, right

    def fitted(self, literal: Value, other: Expression, node: Any) -> Value:
        kind = kind_of(other)
        if literal.kind == "text" and isinstance(literal.value, str):
            if kind in ("date", "moment"):
                return self.time(literal.value, kind)
            if kind in ("choice", "text"):
                self.check_choice(literal.value, other)
                return Value(literal.value, kind)
        return literal

    def check_choice(self, word: str, other: Expression) -> None:
        for name in _choice_names(other):
            entry = self.facts[name]
            if entry.kind == "choice" and not entry.open and word not in entry.choices:
                raise self.error(
                    f"“{word}” is not among the choices of {name}.",
                    "unknown-choice",
                    f"Choices: {', '.join(entry.choices)}.",
                )

    def on_in(self, node: Any) -> Expression:
        item = self.build(node.this)
        extra = [key for key, value in node.args.items() if value and key not in ("this", "expressions")]
        if extra or not node.expressions:
            raise self.error(f"“{node.sql()}”: only literals may stand in an IN list.", "condition-form")
        values: list[Value] = []
        for part in node.expressions:
            _, value = self.alike(item, self.build(part), node)
            if not isinstance(value, Value):
                raise self.error(f"“{part.sql()}”: only literals may stand in an IN list.", "condition-form")
            values.append(value)
        return OneOf(item, tuple(dict.fromkeys(values)))

    def on_between(self, node: Any) -> Expression:
        if node.args.get("symmetric"):
            raise self.error("BETWEEN SYMMETRIC is not allowed.", "condition-form")
        item, low, high = self.build(node.this), self.build(node.args["low"]), self.build(node.args["high"])
        return All((self.compare(">=", item, low, node), self.compare("<=", item, high, node)))

    def on_is(self, node: Any) -> Expression:
        if type(node.expression).__name__ != "Null":
            raise self.error(f"“{node.sql()}”: only IS NULL and IS NOT NULL are allowed.", "condition-form", "Use `=`.")
        return NotKnown(self.build(node.this))

    # values

    def on_column(self, node: Any) -> Expression:
        name = ".".join(part.name for part in node.parts)
        quoted = any(part.args.get("quoted") for part in node.parts)
        entry = self.facts.get(name)
        if entry is None or quoted:
            remedy = "Text stands in single quotes." if quoted else _near(name, self.facts)
            raise self.error(f"There is no fact “{name}” in the vocabulary.", "unknown-fact", remedy)
        return Name(name, entry.kind)

    def on_literal(self, node: Any) -> Expression:
        if node.is_string:
            return Value(node.this, "text")
        if not node.this.isdigit() or len(node.this) > 15:
            raise self.error(f"{node.this} is not a whole number.", "wrong-type")
        return Value(int(node.this), "integer")

    def on_neg(self, node: Any) -> Expression:
        built = self.build(node.this)
        if not isinstance(built, Value) or built.kind != "integer":
            raise self.error(f"“{node.sql()}” is not allowed in a condition.", "condition-form")
        return Value(-int(str(built.value)), "integer")

    def on_boolean(self, node: Any) -> Expression:
        return Value(bool(node.this), "boolean")

    def on_cast(self, node: Any) -> Expression:
        target = node.args["to"].this.name
        if type(node.this).__name__ == "Literal" and node.this.is_string:
            if target == "DATE":
                return self.time(node.this.this, "date")
            if target.startswith("TIMESTAMP"):
                return self.time(node.this.this, "moment")
        raise self.error(f"“{node.sql()}” is not allowed in a condition: no casts.", "condition-form")

    def time(self, word: str, kind: FactKind) -> Value:
        try:
            if kind == "date":
                return Value(date.fromisoformat(word), "date")
            moment = datetime.fromisoformat(word)
        except ValueError:
            raise self.error(f"There is no {kind} “{word}”.", "impossible-date", "Write YYYY-MM-DD.") from None
        if moment.utcoffset() is None:
            raise self.error(f"“{word}” has no offset from UTC.", "wrong-type", "Write 2020-01-14T09:30:00-07:00.")
        return Value(moment, "moment")

    def on_coalesce(self, node: Any) -> Expression:
        parts = [self.build(part) for part in (node.this, *node.expressions)]
        return FirstKnown(tuple(self.unified(parts, node)))

    def on_case(self, node: Any) -> Expression:
        if node.this is not None:
            raise self.error("Write CASE WHEN condition THEN value ELSE value END.", "condition-form")
        if node.args.get("default") is None:
            raise self.error("CASE needs an ELSE.", "condition-form", "Without it the value would silently be unknown.")
        tests = [self.condition(branch.this) for branch in node.args["ifs"]]
        values = [self.build(branch.args["true"]) for branch in node.args["ifs"]]
        *values, otherwise = self.unified([*values, self.build(node.args["default"])], node)
        return Case(tuple(zip(tests, values, strict=True)), otherwise)

    def unified(self, parts: list[Expression], node: Any) -> list[Expression]:
        """All parts with the type of the first that is no literal."""
        model = next((part for part in parts if not isinstance(part, Value)), parts[0])
        return [part if part is model else self.alike(part, model, node)[0] for part in parts]

    # dates

    def on_add(self, node: Any) -> Expression:
        return self.moved(node, 1)

    def on_sub(self, node: Any) -> Expression:
        return self.moved(node, -1)

    def moved(self, node: Any, sign: int) -> Expression:
        item = self.build(node.this)
        kind = kind_of(item)
        if type(node.expression).__name__ != "Interval" or kind not in ("date", "moment"):
            raise self.error(
                f"“{node.sql()}” is not allowed in a condition.",
                "condition-form",
                "Only dates and moments can be moved, by INTERVAL.",
            )
        months, days, seconds = (sign * part for part in self.interval(node.expression))
        if (kind == "date" and seconds) or (kind == "moment" and (months or days)):
            raise self.error(
                f"“{node.sql()}”: a date moves by days, weeks, months or years; a moment by hours or minutes.",
                "wrong-type",
            )
        if isinstance(item, Value) and isinstance(item.value, date):
            return Value(self.folded(item.value, months, days, seconds, node), kind)
        return Shift(item, months, days, seconds)

    def folded(self, start: date | datetime, months: int, days: int, seconds: int, node: Any) -> date | datetime:
        try:
            return shifted(start, months, days, seconds)
        except OverflowError:
            raise self.error(f"“{node.sql()}” leaves the calendar.", "impossible-date") from None

    def interval(self, node: Any) -> tuple[int, int, int]:
        if type(node.this).__name__ not in ("Literal", "Neg"):
            raise self.error(f"“{node.sql()}” is not a fixed interval.", "condition-form", "Write INTERVAL '5 years'.")
        unit = node.args.get("unit")
        words = node.this.this.this if type(node.this).__name__ == "Neg" else node.this.this
        text = f"{'-' if type(node.this).__name__ == 'Neg' else ''}{words} {unit.name if unit is not None else ''}"
        total, at = (0, 0, 0), 0
        while at < len(text.rstrip()):
            part = _INTERVAL_PART.match(text, at)
            if part is None:
                raise self.error(f"“{node.sql()}” is not an interval.", "condition-form", "Write INTERVAL '5 years'.")
            step = _UNITS[part[2].upper()]
            total = (
                total[0] + int(part[1]) * step[0],
                total[1] + int(part[1]) * step[1],
                total[2] + int(part[1]) * step[2],
            )
            at = part.end()
        return total


def _comparable(left: FactKind, right: FactKind) -> bool:
    return left == right or {left, right} == {"choice", "text"}


def _choice_names(node: Expression) -> list[str]:
    match node:
        case Name(name=name, kind="choice"):
            return [name]
        case FirstKnown(parts=parts):
            return [name for part in parts for name in _choice_names(part)]
        case Case(branches=branches, otherwise=otherwise):
            return [name for part in (*(value for _, value in branches), otherwise) for name in _choice_names(part)]
        case _:
            return []


def _near(name: str, facts: Mapping[str, FactType]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, facts, n=1)
    return f"Did you mean {near[0]}?" if near else "Add it to vocabulary/*.toml or correct the name."
