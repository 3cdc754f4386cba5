"""The proof of one rule: its conditions as a tree, each with its truth, the facts it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from duly.evidence import FactValue
from duly.law.condition import (
    All,
    AnyOf,
    Defined,
    Expression,
    FirstKnown,
    Name,
    Not,
    Value,
    children,
    defined_in,
    names_in,
)
from duly.law.determination import Condition, Truth
from duly.law.english import english
from duly.law.exact import truth_of
from duly.law.library import Library
from duly.law.python_code import compile_condition
from duly.law.sql import to_sql


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What of a proof tree never changes: a node's English and SQL, the facts it may rest on, and the test of a leaf.

    `names` are the plain facts, `stated` derived ones that somebody may have stated; `shape` says how a node's truth
    follows from its parts.
    """

    node: Expression
    english: str
    sql: str
    shape: Literal["all", "any", "not", "defined", "leaf"]
    names: tuple[str, ...]
    stated: tuple[str, ...]
    parts: tuple[Sketch, ...]
    test: Callable[[Mapping[str, FactValue]], Truth]

    def prove(self, values: Mapping[str, FactValue]) -> Condition:
        """The proof tree on these facts: connectives and definitions open into their parts, comparisons are leaves."""
        if self.shape == "leaf":
            known = tuple([name for name in (*self.names, *self.stated) if name in values])
            unknown = tuple([name for name in self.names if name not in values])
            return Condition(self.english, self.sql, self.test(values), known, unknown)
        parts = tuple([part.prove(values) for part in self.parts])
        held = _combined(self.shape, parts)
        if self.shape == "defined" and self.stated[0] in values:
            name = self.stated[0]
            stated = values[name]
            contradicted = held is not None and held != stated
            sentence = f"{self.english} (stated otherwise; the definition counts)" if contradicted else self.english
            return Condition(sentence, self.sql, bool(stated) if held is None else held, (name,), parts=parts)
        return Condition(self.english, self.sql, held, parts=parts)


def _combined(shape: str, parts: tuple[Condition, ...]) -> Truth:
    if shape in ("not", "defined"):
        held = parts[0].truth
        return held if shape == "defined" or held is None else not held
    truths = [part.truth for part in parts]
    deciding = shape == "any"
    return deciding if deciding in truths else None if None in truths else not deciding


class Prover:
    """Builds proof trees over one set of facts. Sketches are kept by the library, since they never change."""

    def __init__(self, library: Library, values: Mapping[str, FactValue]) -> None:
        self.library = library
        self.words = library.vocabulary.facts
        self.values = values
        self.sketches: dict[int, Sketch] = library.kept.setdefault("sketches", {})

    def sketch(self, node: Expression) -> Sketch:
        """The sketch of a rule's condition. Found by identity (it keeps the node alive): hashing a tree is slow."""
        found = self.sketches.get(id(node))
        if found is None:
            found = self.sketches[id(node)] = self.drawn(node)
        return found

    def drawn(self, node: Expression) -> Sketch:
        plain = english(node, self.words)
        bare = node.part if isinstance(node, Not) else node
        if isinstance(bare, Defined):
            plain = f"{plain} (as {self.library.rule(bare.rule).cite} defines it)"
        parts = tuple(self.drawn(part) for part in _parts(node))
        shape = _shape(node) if parts else "leaf"
        stated = (node.name,) if isinstance(node, Defined) and parts else defined_in(node)
        return Sketch(node, plain, to_sql(node), shape, names_in(node), stated, parts, compile_condition(node))

    def condition(self, node: Expression) -> Condition:
        """The proof tree of `node`."""
        return self.sketch(node).prove(self.values)

    def optional(self, node: Expression) -> Condition | None:
        """The proof of a condition, None for one that a rule does not have."""
        return None if isinstance(node, Value) else self.condition(node)

    def exactly(self, node: Expression) -> tuple[Truth, tuple[str, ...]]:
        """The exact truth of a condition, and, where it is open, the unknown facts that decide it."""
        return truth_of(node, self.values, self.words)

    def questions(self, names: Iterable[str]) -> str:
        """What to ask for these facts, as the vocabulary asks it."""
        return " ".join(dict.fromkeys(self.words[name].ask for name in names if name in self.words))


def _shape(node: Expression) -> Literal["all", "any", "not", "defined"]:
    match node:
        case All():
            return "all"
        case AnyOf():
            return "any"
        case Not():
            return "not"
        case _:
            return "defined"


def _parts(node: Expression) -> tuple[Expression, ...]:
    match node:
        case All(parts=parts) | AnyOf(parts=parts):
            return parts
        case Not(part=All() | AnyOf() | Not() | Defined(kind="boolean") as part):
            return (part,)
        case Defined(kind="boolean", meaning=meaning):
            return (meaning,)
        case _:
            return ()


def fallbacks(node: Expression, values: Mapping[str, FactValue]) -> Iterator[tuple[str, FactValue]]:
    """Facts that are not known and for which a COALESCE takes a fixed value: assumptions, and shown as such."""
    match node:
        case FirstKnown(parts=(Name(name=name), Value(value=value))) if name not in values:
            yield name, value
        case _:
            for part in children(node):
                yield from fallbacks(part, values)
