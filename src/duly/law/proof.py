"""The proof of one rule: its conditions as a tree, each with its truth, the facts it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from duly.evidence import Fact, FactValue
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
from duly.law.kleene import truth
from duly.law.library import Library
from duly.law.sql import to_sql


class Prover:
    """Builds proof trees over one set of facts. Wordings are kept by the library, since they never change."""

    def __init__(self, library: Library, facts: Mapping[str, Fact], values: Mapping[str, FactValue]) -> None:
        self.library = library
        self.words = library.vocabulary.facts
        self.facts = facts
        self.values = values
        self.wordings: dict[Expression, tuple[str, str, tuple[str, ...]]] = library.kept.setdefault("wordings", {})

    def wording(self, node: Expression) -> tuple[str, str, tuple[str, ...]]:
        """English, SQL and the facts of a node: those it rests on, then derived ones that somebody may have stated."""
        found = self.wordings.get(node)
        if found is None:
            found = self.wordings[node] = (self.sentence(node), to_sql(node), names_in(node) + defined_in(node))
        return found

    def sentence(self, node: Expression) -> str:
        plain = english(node, self.words)
        bare = node.part if isinstance(node, Not) else node
        if isinstance(bare, Defined):
            return f"{plain} (as {self.library.rule(bare.rule).cite} defines it)"
        return plain

    def condition(self, node: Expression) -> Condition:
        """The proof tree of `node`: connectives and definitions open into their parts, comparisons are leaves."""
        sentence, sql, names = self.wording(node)
        parts = tuple(self.condition(part) for part in _parts(node))
        held = truth(node, self.values)
        if isinstance(node, Defined) and node.name in self.facts:
            stated = self.facts[node.name]
            if held is not None and held != stated.value:
                sentence += " (stated otherwise; the definition counts)"
            return Condition(sentence, sql, held, (stated,), parts=parts)
        if parts:
            return Condition(sentence, sql, held, parts=parts)
        return Condition(
            sentence,
            sql,
            held,
            tuple(self.facts[name] for name in names if name in self.facts),
            tuple(name for name in names_in(node) if name not in self.facts),
        )

    def optional(self, node: Expression) -> Condition | None:
        """The proof of a condition, None for one that a rule does not have."""
        return None if isinstance(node, Value) else self.condition(node)

    def exactly(self, node: Expression) -> tuple[Truth, tuple[str, ...]]:
        """The exact truth of a condition, and, where it is open, the unknown facts that decide it."""
        return truth_of(node, self.values, self.words)

    def questions(self, names: Iterable[str]) -> str:
        """What to ask for these facts, as the vocabulary asks it."""
        return " ".join(dict.fromkeys(self.words[name].ask for name in names if name in self.words))


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
