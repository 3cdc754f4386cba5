"""Rules that do nothing: they can never apply, remove nothing, or rest on a word that nobody defines here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches

from duly.law.condition import (
    Compare,
    Expression,
    FirstKnown,
    Name,
    NotKnown,
    OneOf,
    Value,
    all_of,
    negation,
    walk,
)
from duly.law.contradictions import BEGINNING
from duly.law.domains import TooManyValuesError
from duly.law.exact import exact
from duly.law.library import Library
from duly.law.problems import Problem, Severity, place_of
from duly.law.rules import LAYERS, Defect, Define, Duty, Precedent, Rule
from duly.law.scope import Reader
from duly.law.sql import to_sql


def dead_rules(library: Library, about: Iterable[Rule] | None = None) -> Iterator[Problem]:
    """Rules whose condition no case can meet."""
    for rule in library.by_id.values() if about is None else about:
        whole = condition_of(library, rule, first_day(rule))
        if any(isinstance(part, FirstKnown | NotKnown) for part in walk(whole)):
            continue  # such a rule also answers to what is on record, which is no property of a case
        try:
            found = exact(
                (whole,), {}, lambda truths: -1 if truths[0] is None else int(truths[0]), library.vocabulary.facts
            )
        except TooManyValuesError:
            yield Problem("dead-rule", "note", f"{rule.id} is too large to check.", place_of(rule), (rule.id,))
            continue
        if found.possible == {0}:
            message = f"{rule.id} can never apply: nothing meets “{to_sql(whole)}”."
            yield Problem("dead-rule", "warning", message, place_of(rule), (rule.id,))


def first_day(rule: Rule) -> date:
    """A date on which the rule is in force."""
    start, end = rule.in_force
    return start or (end - timedelta(days=1) if end is not None and end <= BEGINNING else BEGINNING)


def condition_of(library: Library, rule: Rule, on: date) -> Expression:
    """When a rule applies, its definitions put in."""
    reader = Reader(library, rule.jurisdiction, rule, on)
    parts = [reader.read(rule.when), negation(reader.read(rule.unless))]
    if isinstance(rule, Defect):
        parts.append(reader.read(rule.applies))
    return all_of(*parts)


def idle_overrides(library: Library, about: Iterable[Rule] | None = None) -> Iterator[Problem]:
    """Overrides that can remove nothing, and those by which lower law would set aside higher law."""
    for rule in library.by_id.values() if about is None else about:
        for id in rule.overrides:
            other = library.by_id[id]
            acts, others = getattr(rule, "acts", ()), getattr(other, "acts", ())
            if acts and others and not set(acts) & set(others):
                message = f"{rule.id} overrides {id}, but they have no act in common: it removes nothing."
                yield Problem("override", "warning", message, place_of(rule), (rule.id, id))
            if LAYERS.index(rule.layer) < LAYERS.index(other.layer):
                message = f"{rule.id}, {rule.layer} law, overrides {id}, {other.layer} law."
                # A note on the rule is the explanation that counsel would be asked for.
                explained = f" Its note says: {rule.note}" if rule.note else ""
                severity: Severity = "note" if rule.note else "warning"
                yield Problem("override", severity, message + explained, place_of(rule), (rule.id, id))


def undefined_words(library: Library, about: Iterable[Rule] | None = None) -> Iterator[Problem]:
    """Derived facts that a rule uses and that no definition in its reach gives on the day it comes into force."""
    words = library.vocabulary.facts
    for rule in library.by_id.values() if about is None else about:
        on = first_day(rule)
        names = {part.name for node in _conditions(rule) for part in walk(node) if isinstance(part, Name)}
        for name in sorted(names):
            if words[name].derived and library.definition(name, rule.jurisdiction, rule.layer, on) is None:
                message = (
                    f"{rule.id} rests on {name}, which nothing in its reach defines on {on}: it must be asked for."
                )
                yield Problem("undefined", "warning", message, place_of(rule), (rule.id,))


def unlisted_words(library: Library, lists: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Words that a rule compares with a fact whose list is kept elsewhere (kinds of paper), and that are not on it: such a
    condition is never met, and a misspelling would never be noticed."""
    for rule in library.by_id.values():
        for name, word in sorted(set(_compared(rule))):
            if name in lists and word not in lists[name]:
                near = get_close_matches(word, list(lists[name]), 1)
                meant = f"; “{near[0]}” is" if near else ""
                message = f"{rule.id} compares {name} with “{word}”, which is none of its words{meant}."
                yield Problem("unlisted", "warning", message, place_of(rule), (rule.id,))


def _compared(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each fact with each word that the rule compares it with."""
    for condition in _conditions(rule):
        for node in walk(condition):
            match node:
                case Compare(left=Name(name=name), right=Value(value=str(word))):
                    yield name, word
                case OneOf(item=Name(name=name), values=values):
                    yield from ((name, each.value) for each in values if isinstance(each.value, str))


def _conditions(rule: Rule) -> list[Expression]:
    """Every condition that stands in a rule."""
    found = [rule.when, rule.unless]
    if isinstance(rule, Duty):
        found.append(rule.ordered_when)
    if isinstance(rule, Defect):
        found.append(rule.applies)
    if isinstance(rule, Define):
        found.append(rule.meaning)
    return found


def idle_precedents(library: Library) -> Iterator[Problem]:
    """Precedents whose dates or `settles` cannot mean what they say."""
    for rule in library.by_id.values():
        if not isinstance(rule, Precedent):
            continue
        start = rule.in_force[0]
        if start is not None and start < rule.decided:
            message = f"{rule.id} is in force from {start}, before it was decided on {rule.decided}."
            yield Problem("precedent", "warning", message, place_of(rule), (rule.id,))
        if rule.status != "good" and not rule.by:
            message = f"{rule.id} is {rule.status}, and does not say by what (`by`)."
            yield Problem("precedent", "note", message, place_of(rule), (rule.id,))
        for id in rule.settles:
            if not set(rule.acts) & set(getattr(library.by_id[id], "acts", ())):
                message = f"{rule.id} settles {id}, but they have no act in common."
                yield Problem("precedent", "warning", message, place_of(rule), (rule.id, id))
