"""A program as formulas over every possible record: what the solver is asked when rules themselves are in question.

Here a *case* says for each fact its value, and for facts that some rule asks about the record for (IS NULL, COALESCE)
also whether they are on record at all. Two programs that agree on all of these agree on every record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from duly.evidence import Evidence, Fact, FactValue
from duly.law.condition import (
    FALSE,
    TRUE,
    All,
    Case,
    Compare,
    Defined,
    Expression,
    FirstKnown,
    Name,
    Not,
    NotKnown,
    Shift,
    Value,
    all_of,
    names_in,
    negation,
)
from duly.law.program import Program
from duly.law.residual import on_record
from duly.law.scope import rebuilt
from duly.law.solver import ANOTHER_WORD, Formulas, SolverGaveUpError
from duly.law.vocabulary import FactType

_ON_RECORD = "on record: "
_EXAMPLE = Evidence("assumed", note="an example made by the solver")
Record = dict[str, FactValue]


class Analysis:
    """Programs over shared facts; `terms` of one may be combined with those of another."""

    def __init__(self, vocabulary: Mapping[str, FactType]) -> None:
        self.vocabulary = dict(vocabulary)
        self.formulas = Formulas(self.vocabulary)

    def steps(self, program: Program) -> dict[str, Any]:
        """Each condition and step of a program as a formula."""
        residuals = [self.residual(step.expression) for step in program.conditions]
        self.formulas.steps = {}
        self.formulas.add_steps(program, residuals)
        return self.formulas.steps

    def formula(self, condition: Expression) -> Any:
        """One condition over facts as a formula."""
        residual = self.residual(condition)
        self.formulas.learn_words([residual])
        self.formulas.steps = {}
        return self.formulas.formula(residual)

    def given(self, facts: Mapping[str, FactValue]) -> list[Any]:
        """That these facts have these values, a formula each."""
        found = []
        for name, value in facts.items():
            kind = self.vocabulary[name].kind
            found.append(self.formula(Compare("=", Name(name, kind), Value(value, kind))))
        return found

    def residual(self, condition: Expression) -> Expression:
        opened = self.opened(condition)
        for name in names_in(opened):
            if name.startswith(_ON_RECORD):
                self.vocabulary.setdefault(name, FactType(name, "boolean", "", "matter", 1))
        return on_record(opened, {})

    def opened(self, node: Expression) -> Expression:
        """`node` with its questions about the record as facts of their own."""
        match node:
            case Defined(meaning=meaning):
                return self.opened(meaning)
            case NotKnown(item=item):
                return negation(_recorded(item))
            case FirstKnown(parts=parts):
                branches = tuple((_recorded(part), self.opened(part)) for part in parts[:-1])
                return Case(branches, self.opened(parts[-1]))
            case _:
                return rebuilt(node, self.opened)

    def find(self, *terms: Any) -> Record | None:
        """A case in which all terms hold, as the record it would be; None where there is none."""
        from duly.law.solver import check

        model = check([*self.formulas.bounds, *terms])
        if model is None:
            return None
        record: Record = {}
        missing: set[str] = set()
        for name, constant in self.formulas.constants.items():
            term = model.eval(constant, model_completion=True)
            value = self.formulas.fact(name, term)
            if name.startswith(_ON_RECORD):
                if value is False:
                    missing.add(name.removeprefix(_ON_RECORD))
            elif value is not None:
                record[name] = value
        return {name: value for name, value in record.items() if name not in missing}


def _recorded(item: Expression) -> Expression:
    """The condition that the value of `item` is on record."""
    match item:
        case Value():
            return TRUE
        case Name(name=name):
            return Name(f"{_ON_RECORD}{name}", "boolean")
        case Shift(item=inner) | Not(part=inner):
            return _recorded(inner)
        case Defined(meaning=meaning):
            return _recorded(meaning)
        case FirstKnown(parts=parts):
            return negation(all_of(*(negation(_recorded(part)) for part in parts)))
        case All(parts=()):
            return TRUE
        case _:
            raise SolverGaveUpError("A condition asks whether a compound of several facts is known.")


def as_facts(record: Mapping[str, FactValue]) -> dict[str, Fact]:
    return {name: Fact(name, value, _EXAMPLE) for name, value in record.items()}


def smallest(
    record: Record, order: Iterable[str], keeps: Callable[[Record], bool], words: Mapping[str, FactType]
) -> Record:
    """The example with every fact left out that it does not need, and no word named that it does not need."""
    for name in order:
        if name in record:
            without = {other: value for other, value in record.items() if other != name}
            if keeps(without):
                record = without
            elif words[name].open and keeps({**record, name: ANOTHER_WORD}):
                record = {**record, name: ANOTHER_WORD}
    return record


__all__ = ["FALSE", "Analysis", "Record", "as_facts", "smallest"]
