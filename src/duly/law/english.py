"""Conditions as plain sentences, made from the vocabulary's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

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
    kind_of,
)
from duly.law.kleene import truth as truth_of
from duly.law.vocabulary import FactType

Words = Mapping[str, FactType]
_QUESTION = re.compile(r"(Is|Are|Was|Were|Has|Have|Does|Do|Did|Will|May|Can)\s+(.+?)\s*\?\Z", re.DOTALL)
# Where a question's subject ends cannot be told from its words alone; these are the subjects that the desk asks about.
_SUBJECTS = (
    "the person named in the paper", "the person named", "the person", "the court's order", "the issuing officer",
    "the issuing agency", "the agency", "the office", "the paper", "the signer", "the demand", "the matter",
    "the objection", "a written objection", "the recipient", "a court", "the court", "an order", "the order", "the form",
)  # fmt: skip
_RELATIONS = {"=": "is", "<>": "is not"}
_DATE_RELATIONS = {
    "=": "is", "<>": "is not", "<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after",
}  # fmt: skip
_NUMBER_RELATIONS = {
    "=": "is", "<>": "is not", "<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least",
}  # fmt: skip


def english(node: Expression, words: Words) -> str:
    """The condition as a clause: "the paper is signed by a judge and the issuer is immigration"."""
    match node:
        case Value(value=True):
            return "always"
        case Value(value=False):
            return "never"
        case Name(name=name) | Defined(name=name):
            return affirmed(name, words)
        case Not(part=Name(name=name) | Defined(name=name)):
            return denied(name, words)
        case Not(part=OneOf(item=item, values=values)):
            return (
                f"{noun(item, words)} is none of {_listed([_word(item, value.value, words) for value in values], 'or')}"
            )
        case Not(part=NotKnown(item=item)):
            return f"{noun(item, words)} is known"
        case Not(part=part):
            return f"it is not so that {_grouped(part, words)}"
        case All(parts=parts):
            return " and ".join(_grouped(part, words) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(_grouped(part, words) for part in parts)
        case Compare():
            return _comparison(node, words)
        case OneOf(item=item, values=values):
            names = [_word(item, value.value, words) for value in values]
            return f"{noun(item, words)} is {names[0] if len(names) == 1 else _listed(names, 'or')}"
        case NotKnown(item=item):
            return f"{noun(item, words)} is not known"
        case FirstKnown(parts=parts):
            rest = _listed([english(part, words) for part in parts[1:]], "or else")
            return f"{english(parts[0], words)} (where that is not known: {rest})"
        case Case(branches=branches, otherwise=otherwise):
            arms = [f"{_arm(value, words)} where {english(test, words)}" for test, value in branches]
            return "; ".join([*arms, f"otherwise {_arm(otherwise, words)}"])
        case Shift():
            return _shifted(node, words)
        case Value(value=value):
            return value_in_words(value)


def _arm(node: Expression, words: Words) -> str:
    """What a CASE gives on one of its ways."""
    if isinstance(node, Value):
        return value_in_words(node.value)
    return f"whether {english(node, words)}" if kind_of(node) == "boolean" else noun(node, words)


def _grouped(node: Expression, words: Words) -> str:
    text = english(node, words)
    return f"({text})" if isinstance(node, All | AnyOf | Case) else text


def _comparison(node: Compare, words: Words) -> str:
    left, right, operator = node.left, node.right, node.operator
    if isinstance(left, Name | Defined) and left.kind == "boolean" and isinstance(right, Value):
        said = bool(right.value) == (operator == "=")
        return affirmed(left.name, words) if said else denied(left.name, words)
    other = _word(left, right.value, words) if isinstance(right, Value) else noun(right, words)
    kind = getattr(right, "kind", None) or getattr(left, "kind", None)
    relations = _NUMBER_RELATIONS if kind == "integer" else _DATE_RELATIONS
    if operator in _RELATIONS:
        relations = _RELATIONS
    return f"{noun(left, words)} {relations[operator]} {other}"


def noun(node: Expression, words: Words) -> str:
    """What a value belongs to: "the kind of paper", "5 years after the date of service"."""
    match node:
        case Name(name=name) | Defined(name=name):
            entry = words.get(name)
            if entry is not None and entry.noun:
                return entry.noun
            if entry is not None and entry.kind == "boolean":
                return f"whether {affirmed(name, words)}"
            owner, _, rest = name.replace("_", " ").partition(".")
            return f"the {owner}’s {rest.replace('.', ' ')}"
        case Shift():
            return _shifted(node, words)
        case FirstKnown(parts=parts):
            return (
                f"{noun(parts[0], words)} (where not known: {_listed([noun(part, words) for part in parts[1:]], 'or')})"
            )
        case Value(value=value):
            return value_in_words(value)
        case _:
            return f"({english(node, words)})"


def _shifted(node: Shift, words: Words) -> str:
    amounts = []
    for count, unit in (
        (abs(node.months) // 12, "year"),
        (abs(node.months) % 12, "month"),
        (abs(node.days), "day"),
        (abs(node.seconds) // 3600, "hour"),
        (abs(node.seconds) % 3600 // 60, "minute"),
        (abs(node.seconds) % 60, "second"),
    ):
        if count:
            amounts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    way = "before" if node.months + node.days + node.seconds < 0 else "after"
    return f"{' and '.join(amounts) or 'no time'} {way} {noun(node.item, words)}"


def _word(item: Expression, value: FactValue, words: Words) -> str:
    entry = words.get(item.name) if isinstance(item, Name | Defined) else None
    if entry is not None and isinstance(value, str) and value in entry.labels:
        return entry.labels[value]
    return value_in_words(value)


def value_in_words(value: FactValue) -> str:
    """A value as a person writes it: yes, 13 January 2020, administrative subpoena."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(value).replace("_", " ")


def affirmed(name: str, words: Words) -> str:
    """A boolean fact as a statement."""
    return _statement(name, words)[0]


def denied(name: str, words: Words) -> str:
    """The opposite statement."""
    return _statement(name, words)[1]


def _statement(name: str, words: Words) -> tuple[str, str]:
    entry = words.get(name)
    if entry is None:
        plain = name.replace("_", " ").replace(".", ": ")
        return plain, f"not {plain}"
    if entry.says:
        return entry.says, entry.denies or _negated(entry.says)
    ask = entry.ask.strip()
    question = _QUESTION.match(ask)
    if question:
        rest = question[2]
        for subject in _SUBJECTS:
            if rest.startswith(f"{subject} "):
                return _turned(question[1].lower(), subject, rest[len(subject) + 1 :])
    return f"the answer to “{ask}” is yes", f"the answer to “{ask}” is no"


def _turned(auxiliary: str, subject: str, rest: str) -> tuple[str, str]:
    if auxiliary in ("does", "do"):
        verb, _, tail = rest.partition(" ")
        return f"{subject} {_third_person(verb)} {tail}".strip(), f"{subject} does not {rest}"
    return f"{subject} {auxiliary} {rest}", f"{subject} {auxiliary} not {rest}"


def _third_person(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _negated(statement: str) -> str:
    found = re.search(r"\b(is|are|was|were|has|have|will|may|can)\b", statement)
    if found is None:
        return f"it is not so that {statement}"
    return f"{statement[: found.end()]} not{statement[found.end() :]}"


def _listed(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def reason(node: Expression, truth: bool, facts: Mapping[str, FactValue], words: Words) -> str:
    """Why `node` is true (or false) on these facts: the parts that make it so, each as what is the case."""
    match node:
        case Name() | Defined():
            return affirmed(node.name, words) if truth else denied(node.name, words)
        case Not(part=part):
            return reason(part, not truth, facts, words)
        case All(parts=parts) | AnyOf(parts=parts):
            if isinstance(node, All) == truth:
                return " and ".join(dict.fromkeys(reason(part, truth, facts, words) for part in parts))
            deciding = [part for part in parts if truth_of(part, facts) is truth]
            return reason(deciding[0], truth, facts, words) if deciding else _plain(node, truth, words)
        case Compare(left=Name(name=name) as left) | OneOf(item=Name(name=name) as left) if name in facts:
            if left.kind == "boolean":
                return affirmed(name, words) if facts[name] else denied(name, words)
            return f"{noun(left, words)} is {_word(left, facts[name], words)}"
        case _:
            return _plain(node, truth, words)


def _plain(node: Expression, truth: bool, words: Words) -> str:
    return english(node, words) if truth else english(Not(node), words)
