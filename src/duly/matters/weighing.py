"""Which of several sources for one fact is used, and what is said about the others. None is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from duly.evidence import Fact, FactValue, Method
from duly.matters.assessment import SetAside
from duly.matters.wording import when

_RANK: dict[Method, int] = {
    "person": 3,
    "record": 3,
    "twin": 2,
    "text layer": 1,
    "ocr": 1,
    "kind": 1,
    "profile": 1,
    "derived": 1,
    "assumed": 0,
}
"""What a person or the record says beats what a machine read, and anything beats an assumption."""

_ORIGIN: dict[Method, str] = {
    "person": "a person's statement",
    "record": "the record",
    "twin": "the paper's own data",
    "text layer": "the paper's text",
    "ocr": "the machine's reading",
    "kind": "the form itself",
    "profile": "the office's profile",
    "derived": "a definition",
    "assumed": "an assumption",
}


def weigh(sources: Iterable[Mapping[str, Fact]]) -> tuple[dict[str, Fact], tuple[SetAside, ...], tuple[str, ...]]:
    """The facts to use, those that gave way, and a warning for each real disagreement.

    `sources` come strongest first: of two facts of the same rank the earlier source's is used.
    """
    all_facts: dict[str, list[Fact]] = {}
    for source in sources:
        for name, fact in source.items():
            all_facts.setdefault(name, []).append(fact)
    used: dict[str, Fact] = {}
    aside: list[SetAside] = []
    warnings: list[str] = []
    for name, facts in all_facts.items():
        used[name] = max(facts, key=rank)  # max keeps the first of equals
        for fact in facts:
            if fact is not used[name]:
                aside.append(SetAside(fact, f"{_origin(used[name])} is used instead"))
                if fact.value != used[name].value and fact.evidence.method != "assumed":
                    warnings.append(_disagreement(used[name], fact))
    return used, tuple(aside), tuple(warnings)


def rank(fact: Fact) -> int:
    """How strong a fact's source is; a machine's reading that a person confirmed is that person's word."""
    if fact.evidence.confirmed_by is not None:
        return _RANK["person"]
    return _RANK[fact.evidence.method]


def _origin(fact: Fact) -> str:
    return _ORIGIN["person"] if fact.evidence.confirmed_by is not None else _ORIGIN[fact.evidence.method]


def _disagreement(used: Fact, other: Fact) -> str:
    return (
        f"Two sources differ on {used.name}: {_origin(used)} says {shown(used.value)}, {_origin(other)} says "
        f"{shown(other.value)}. {_origin(used).capitalize()} is used."
    )


def shown(value: FactValue) -> str:
    """A fact's value in a sentence."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return when(value) if isinstance(value, date) else str(value)
