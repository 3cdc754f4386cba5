"""The interview: which question still matters most, why it is asked, what was answered, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from duly import law
from duly.desk.law import plain
from duly.desk.law.asked import FACT, Asked, answers, facts_of, facts_of_paper, in_order
from duly.desk.law.asking import Question, question
from duly.desk.words.evidence import value_words
from duly.evidence import Fact, FactValue
from duly.law import Applied, Condition, Determination, Library

REASONS = 4
"""Rules named beside a question; the others are counted."""


@dataclass(frozen=True, slots=True)
class Turning:
    """One rule that turns on the question."""

    cite: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """The question to put next. `open_list` says that its answer is one of a list; `sayable` whether a link may carry it."""

    question: Question
    turning: tuple[Turning, ...]
    more: int
    left: int
    sayable: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and the address at which it is changed."""

    ask: str
    said: str
    change: str


@dataclass(frozen=True, slots=True)
class Left:
    """One question that was left open, with the address at which it is asked again."""

    ask: str
    change: str


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that the page shows. `step` is None when no question is left to put; `follows` are facts of the form."""

    asked: Asked
    answer: Determination
    step: Step | None
    answered: tuple[Answered, ...]
    follows: tuple[Answered, ...]
    left_open: tuple[Left, ...]
    back: str


def interview(library: Library, asked: Asked) -> Interview:
    """Where the interview stands. Raises DulyError where the facts do not fit the vocabulary."""
    facts = facts_of(library, asked)
    answer = law.determine(library, asked.place, asked.act, facts, asked.on)
    waiting = _waiting(library, asked, answer)
    step = _step(library, asked, answer, waiting) if waiting else None
    return Interview(
        asked=asked,
        answer=answer,
        step=step,
        answered=tuple(_answered(library, asked, facts, asked.answers)),
        follows=tuple(_answered(library, asked, facts, _follows(library, asked, facts))),
        left_open=tuple(
            Left(library.vocabulary.facts[name].ask, address(asked.without(name))) for name in asked.skipped
        ),
        back=_back(asked),
    )


def address(asked: Asked, route: str = "law:ask") -> str:
    return f"{reverse(route)}?{asked.query}"


def link_to_keep(library: Library, asked: Asked) -> str:
    """The address that asks the same again, for whoever opens it: every answer and the law's digest are in it."""
    return address(replace(asked, at="", mode="", law=library.digest[:12]))


def _waiting(library: Library, asked: Asked, answer: Determination) -> list[str]:
    """The questions that still matter and were not left open, in the order in which to put them."""
    if asked.at and asked.at not in asked.answers and not library.vocabulary.facts[asked.at].derived:
        first = [asked.at]
    else:
        first = []
    if answer.outcome != "undetermined":
        return first
    left = asked.skipped
    names = next((chosen for chosen in answer.decisive if not set(chosen) & set(left)), None)
    if names is None:
        names = tuple(dict.fromkeys(name for chosen in answer.decisive for name in chosen if name not in left))
    weight = _weights(answer)
    ordered = sorted(names, key=lambda name: (library.vocabulary.facts[name].cost, -weight.get(name, 0), name))
    return [*first, *(name for name in ordered if name not in first)]


def _weights(answer: Determination) -> dict[str, int]:
    """How many rules that are still open turn on each question: what decides most is asked first."""
    found: dict[str, int] = {}
    for rule in _open_rules(answer):
        for name in dict.fromkeys(_unknown_in(rule)):
            found[name] = found.get(name, 0) + 1
    return found


def _open_rules(answer: Determination) -> list[Applied]:
    return [rule for rule in (*answer.applied, *answer.considered) if rule.role == "may apply"]


def _unknown_in(rule: Applied) -> Iterator[str]:
    for condition in (rule.when, rule.unless, rule.ordered):
        if condition is not None:
            yield from _open_names(condition)


def _open_names(condition: Condition) -> Iterator[str]:
    if condition.truth is None:
        yield from condition.unknown
        for part in condition.parts:
            yield from _open_names(part)


def _step(library: Library, asked: Asked, answer: Determination, waiting: Sequence[str]) -> Step:
    kind = library.vocabulary.facts[waiting[0]]
    turning = [rule for rule in _open_rules(answer) if kind.name in set(_unknown_in(rule))]
    shown = [
        Turning(rule.cite, rule.title, plain.rule_href(library.by_id[rule.rule], asked.on))
        for rule in turning[:REASONS]
    ]
    put = replace(question(kind), choices=answers(library, kind))
    return Step(put, tuple(shown), max(len(turning) - REASONS, 0), len(waiting), kind.kind != "text")


def _answered(library: Library, asked: Asked, facts: Mapping[str, Fact], names: Iterable[str]) -> Iterator[Answered]:
    for name in names:
        yield Answered(library.vocabulary.facts[name].ask, _said(library, facts[name]), address(asked.without(name)))


def _follows(library: Library, asked: Asked, facts: Mapping[str, Fact]) -> list[str]:
    """The facts that stand because of the form alone."""
    names = in_order(facts_of_paper(asked.paper), library)
    return [name for name in names if name in facts and name not in asked.answers]


def _said(library: Library, fact: Fact) -> str:
    kind = library.vocabulary.facts[fact.name]
    if isinstance(fact.value, str):
        return dict(answers(library, kind)).get(fact.value, fact.value)
    return value_words(fact.value)


def _back(asked: Asked) -> str:
    """One question back; from the first question to the start, where act and paper are chosen."""
    if asked.skipped:
        return address(asked.without(asked.skipped[-1]))
    given = [name for name in asked.answers if name != "office.kind"]
    if given:
        return address(asked.without(given[-1]))
    return f"{address(replace(asked, at=''))}&start=yes"


def all_questions(library: Library, asked: Asked, answer: Determination, names: Iterable[str]) -> list[Question]:
    """Every fact that the rules look at as one form: decisive ones first, then the cheapest to find out."""
    decisive = {name for chosen in answer.decisive for name in chosen}
    known = library.vocabulary.facts
    chosen = [known[name] for name in dict.fromkeys((*decisive, *names, *asked.given)) if name in known]
    chosen = [kind for kind in chosen if not kind.derived and kind.kind != "text"]
    chosen.sort(key=lambda kind: (kind.name not in decisive, kind.cost, kind.name))
    follows = {name: _as_text(fact.value) for name, fact in facts_of_paper(asked.paper).items()}
    return [
        replace(
            question(kind, asked.given.get(kind.name, follows.get(kind.name, "")), decisive=kind.name in decisive),
            choices=answers(library, kind),
        )
        for kind in chosen
    ]


def _as_text(value: FactValue) -> str:
    """What follows from a form, as a form field holds it: forms say yes, no, or a word of a list."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


__all__ = ["FACT", "Interview", "address", "all_questions", "interview", "link_to_keep"]
