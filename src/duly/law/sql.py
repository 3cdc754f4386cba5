"""The tree as SQL: one canonical text, and the same for each engine's dialect."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from duly.evidence import FactValue
from duly.law.condition import (
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
    Value,
)

Dialect = Literal["canonical", "duckdb", "postgres", "spark"]


@dataclass(frozen=True, slots=True)
class _Style:
    """What differs between engines: how a fact's column is named, a moment written, a date moved."""

    column: Callable[[str], str]
    moment: Callable[[datetime], str]
    interval: Callable[[int, str], str]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain_interval(number: int, unit: str) -> str:
    return f"INTERVAL '{number}' {unit}"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(sep=" ")


_STYLES: dict[Dialect, _Style] = {
    "canonical": _Style(lambda name: name, lambda at: f"TIMESTAMP '{at.isoformat()}'", _plain_interval),
    "duckdb": _Style(_quoted, lambda at: f"TIMESTAMPTZ '{_utc(at)}'", _plain_interval),
    "postgres": _Style(_quoted, lambda at: f"TIMESTAMPTZ '{_utc(at)}'", _plain_interval),
    "spark": _Style(lambda name: f"`{name}`", lambda at: f"TIMESTAMP '{_utc(at)}'", _plain_interval),
}


def to_sql(
    node: Expression,
    dialect: Dialect = "canonical",
    column: Callable[[str], str] | None = None,
    stated: Collection[str] = (),
) -> str:
    """`node` in a dialect. `canonical` names facts as rules do; the engines' dialects quote them as column names.

    `column` overrides how a fact's column is written. Definitions are written out, save in the canonical text, which
    keeps their names; `stated` are derived facts that have a column of their own, for rows whose definition is open.
    """
    return _Writer(dialect, column, stated).write(node)


class _Writer:
    def __init__(self, dialect: Dialect, column: Callable[[str], str] | None, stated: Collection[str]) -> None:
        self.dialect = dialect
        self.stated = stated
        self.style = _STYLES[dialect]
        self.column = column or self.style.column

    def write(self, node: Expression) -> str:
        match node:
            case Value(value=value):
                return self.literal(value)
            case Name(name=name):
                return self.column(name)
            case Defined(name=name, meaning=meaning):
                if self.dialect == "canonical":
                    return name
                if name in self.stated:
                    return f"COALESCE({self.write(meaning)}, {self.column(name)})"
                return self.wrapped(meaning)
            case Compare(operator=operator, left=left, right=right):
                return f"{self.operand(left)} {operator} {self.operand(right)}"
            case OneOf(item=item, values=values):
                return f"{self.operand(item)} IN ({', '.join(self.literal(part.value) for part in values)})"
            case NotKnown(item=item):
                return f"{self.operand(item)} IS NULL"
            case Not(part=NotKnown(item=item)):
                return f"{self.operand(item)} IS NOT NULL"
            case Not(part=OneOf(item=item, values=values)):
                return f"{self.operand(item)} NOT IN ({', '.join(self.literal(part.value) for part in values)})"
            case Not(part=part):
                return f"NOT {self.wrapped(part)}"
            case All(parts=parts):
                return " AND ".join(self.wrapped(part) for part in parts) if parts else "TRUE"
            case AnyOf(parts=parts):
                return " OR ".join(self.wrapped(part) for part in parts) if parts else "FALSE"
            case FirstKnown(parts=parts):
                return f"COALESCE({', '.join(self.write(part) for part in parts)})"
            case Shift():
                return self.shift(node)
            case Case():
                return self.case(node)

    def wrapped(self, node: Expression) -> str:
        simple = isinstance(node, Name | Value | FirstKnown | Case | Compare | OneOf | NotKnown)
        if isinstance(node, Defined) and self.dialect == "canonical":
            simple = True
        return self.write(node) if simple else f"({self.write(node)})"

    def operand(self, node: Expression) -> str:
        simple = isinstance(node, Name | Value | FirstKnown | Case | Shift)
        if isinstance(node, Defined) and self.dialect == "canonical":
            simple = True
        return self.write(node) if simple else f"({self.write(node)})"

    def literal(self, value: FactValue) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, datetime):
            return self.style.moment(value)
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        escaped = value.replace("'", "''")
        if self.dialect == "spark":
            escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"

    def shift(self, node: Shift) -> str:
        text = self.operand(node.item)
        for number, unit in ((node.months, "MONTH"), (node.days, "DAY"), (node.seconds, "SECOND")):
            if number:
                text += f" {'-' if number < 0 else '+'} {self.style.interval(abs(number), unit)}"
        return text

    def case(self, node: Case) -> str:
        # ISO SQL takes the ELSE when a branch's condition is unknown; here the value is then unknown, unless both ways
        # agree. The canonical text stays plain; for the engines the difference is spelled out.
        if self.dialect == "canonical":
            arms = " ".join(f"WHEN {self.write(test)} THEN {self.write(value)}" for test, value in node.branches)
            return f"CASE {arms} ELSE {self.write(node.otherwise)} END"
        text = self.write(node.otherwise)
        for test, value in reversed(node.branches):
            asked, then = self.write(test), self.write(value)
            text = (
                f"CASE WHEN {asked} THEN {then} WHEN ({asked}) IS NULL "
                f"THEN CASE WHEN ({then}) = ({text}) THEN {then} END ELSE {text} END"
            )
        return text
