"""The tree compiled to Python with three truth values, so that one decision takes microseconds.

Each condition becomes two Python expressions: one that is true where it certainly holds, one where it certainly fails.
Both short-circuit, and neither ever takes *unknown* for *no*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

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
from duly.law.determination import Truth
from duly.law.kleene import saturated_shift
from duly.law.program import DETERMINED, Program

_OPERATORS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Writer:
    """Gathers statements, constants and names while expressions are turned into source text.

    `variable` maps facts (and steps already computed) to Python: a fact to one variable holding its value or None, a
    step to a pair of booleans (certainly true, certainly false).
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {"shift": saturated_shift}
        self.facts: dict[str, str] = {}
        self.pairs: dict[str, tuple[str, str]] = {}
        self.count = 0

    def constant(self, value: object) -> str:
        if isinstance(value, bool | int | str):
            return repr(value)
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def fact(self, name: str) -> str:
        return self.facts.setdefault(name, f"v{len(self.facts)}")

    def temporary(self, source: str) -> str:
        self.count += 1
        self.lines.append(f"x{self.count} = {source}")
        return f"x{self.count}"

    def truth(self, node: Expression) -> tuple[str, str]:
        """Source text for (certainly true, certainly false)."""
        match node:
            case Value(value=value):
                return ("True", "False") if value else ("False", "True")
            case Name(name=name) if name in self.pairs:
                return self.pairs[name]
            case Name(name=name):
                held = self.fact(name)
                return f"{held} is True", f"{held} is False"
            case Defined(name=name, meaning=meaning, kind="boolean"):
                yes, no = self.truth(meaning)
                stated = self.fact(name)
                return f"({yes} or {stated} is True and not {no})", f"({no} or {stated} is False and not {yes})"
            case Not(part=part):
                yes, no = self.truth(part)
                return no, yes
            case All(parts=parts):
                pairs = [self.truth(part) for part in parts]
                return _joined(" and ", [yes for yes, _ in pairs]), _joined(" or ", [no for _, no in pairs])
            case AnyOf(parts=parts):
                pairs = [self.truth(part) for part in parts]
                return _joined(" or ", [yes for yes, _ in pairs]), _joined(" and ", [no for _, no in pairs])
            case Compare():
                return self.comparison(node)
            case OneOf(item=item, values=values):
                held = self.value(item)
                choices = self.constant(frozenset(part.value for part in values))
                return f"{held} in {choices}", f"({held} is not None and {held} not in {choices})"
            case NotKnown(item=item):
                held = self.value(item)
                return f"{held} is None", f"{held} is not None"
            case _:
                held = self.value(node)
                return f"{held} is True", f"{held} is False"

    def comparison(self, node: Compare) -> tuple[str, str]:
        operator = _OPERATORS[node.operator]
        left, right = self.value(node.left), self.value(node.right)
        known = [
            f"{text} is not None"
            for text, part in ((left, node.left), (right, node.right))
            if not isinstance(part, Value)
        ]
        test = f"{left} {operator} {right}"
        yes = test if node.operator == "=" and len(known) == 1 else f"({' and '.join([*known, test])})"
        return yes, f"({' and '.join([*known, f'not {test}'])})"

    def value(self, node: Expression) -> str:
        """Source text for the value of `node`, None where it is not known."""
        match node:
            case Value(value=value):
                return self.constant(value)
            case Name(name=name) if name not in self.pairs:
                return self.fact(name)
            case Defined(name=name, meaning=meaning) if node.kind != "boolean":
                held = self.value(meaning)
                return f"({held} if {held} is not None else {self.fact(name)})"
            case Shift(item=item, months=months, days=days, seconds=seconds):
                held = self.value(item)
                return self.temporary(f"None if {held} is None else shift({held}, {months}, {days}, {seconds})")
            case FirstKnown(parts=parts):
                known = [self.value(part) for part in parts]
                text = known[-1]
                for each in reversed(known[:-1]):
                    text = f"({each} if {each} is not None else {text})"
                return self.temporary(text)
            case Case(branches=branches, otherwise=otherwise):
                rest = self.value(otherwise)
                for test, then in reversed(branches):
                    rest = self.branch(test, then, rest)
                return rest
            case _:
                yes, no = self.truth(node)
                return self.temporary(f"True if {yes} else False if {no} else None")

    def branch(self, test: Expression, then: Expression, rest: str) -> str:
        yes, no = self.truth(test)
        held = self.value(then)
        return self.temporary(f"{held} if {yes} else {rest} if {no} else {held} if {held} == {rest} else None")

    def step(self, name: str, expression: Expression) -> None:
        """Compute a step; later expressions may refer to it by name."""
        yes, no = self.truth(expression)
        number = len(self.pairs)
        self.lines.append(f"t{number} = {yes}")
        self.lines.append(f"f{number} = not t{number} and ({no})")
        self.pairs[name] = f"t{number}", f"f{number}"

    def function(self, arguments: Sequence[str], result: str, extra: Sequence[str] = ()) -> Callable[..., Any]:
        body = "\n".join(f"    {line}" for line in (*extra, *self.lines, f"return {result}"))
        source = f"def compiled({', '.join(arguments)}):\n{body}\n"
        scope: dict[str, Any] = dict(self.constants)
        exec(_code(source), scope)
        function: Callable[..., Any] = scope["compiled"]
        return function


@lru_cache(maxsize=8_192)
def _code(source: str) -> CodeType:
    """Compiled once: the same federal condition stands in every place's law."""
    return compile(source, "<condition>", "exec")


def _joined(word: str, parts: Sequence[str]) -> str:
    if not parts:
        return "True" if word == " and " else "False"
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"


def compile_condition(node: Expression) -> Callable[[Mapping[str, FactValue]], Truth]:
    """A function from known facts to True, False or None (not known)."""
    writer = Writer()
    yes, no = writer.truth(node)
    reads = [f"{variable} = facts.get({name!r})" for name, variable in writer.facts.items()]
    return writer.function(["facts"], f"True if {yes} else False if {no} else None", reads)


def compile_value(node: Expression) -> Callable[[Mapping[str, FactValue]], FactValue | None]:
    """A function from known facts to the value of an expression of any type, None where not known."""
    writer = Writer()
    held = writer.value(node)
    reads = [f"{variable} = facts.get({name!r})" for name, variable in writer.facts.items()]
    return writer.function(["facts"], held, reads)


def compile_program(program: Program) -> Callable[[Mapping[str, FactValue]], int]:
    """A function from known facts to the number of the outcome in `DETERMINED`, or -1 where that depends on more."""
    writer = Writer()
    for step in (*program.conditions, *program.steps):
        writer.step(step.name, step.expression)
    reads = [f"{variable} = facts.get({name!r})" for name, variable in writer.facts.items()]
    return writer.function(["facts"], _chosen(writer), reads)


def compile_settlement(program: Program) -> Callable[[Sequence[Truth]], int]:
    """As `compile_program`, from the truths of the program's conditions instead of facts."""
    writer = Writer()
    reads = []
    for number, step in enumerate(program.conditions):
        reads += [f"a{number} = truths[{number}]", f"b{number} = a{number} is True", f"c{number} = a{number} is False"]
        writer.pairs[step.name] = f"b{number}", f"c{number}"
    for step in program.steps:
        writer.step(step.name, step.expression)
    return writer.function(["truths"], _chosen(writer), reads)


def compile_steps(program: Program) -> Callable[[Sequence[Truth]], dict[str, Truth]]:
    """From the truths of the conditions to the truth of every step by name, for the proof."""
    writer = Writer()
    reads = []
    for number, step in enumerate(program.conditions):
        reads += [f"a{number} = truths[{number}]", f"b{number} = a{number} is True", f"c{number} = a{number} is False"]
        writer.pairs[step.name] = f"b{number}", f"c{number}"
    for step in program.steps:
        writer.step(step.name, step.expression)
    entries = ", ".join(
        f"{step.name!r}: True if {writer.pairs[step.name][0]} else False if {writer.pairs[step.name][1]} else None"
        for step in program.steps
    )
    return writer.function(["truths"], f"{{{entries}}}", reads)


def _chosen(writer: Writer) -> str:
    text = "-1"
    for number, outcome in reversed(list(enumerate(DETERMINED))):
        text = f"{number} if {writer.pairs[f'={outcome}'][0]} else {text}"
    return text


__all__ = [
    "compile_condition",
    "compile_program",
    "compile_settlement",
    "compile_steps",
    "compile_value",
]
