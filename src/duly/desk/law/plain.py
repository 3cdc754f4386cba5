"""A rule in plain words: what it says of an act, when, unless what, since when, and how it stands to other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from duly.desk.shelf import act_label
from duly.evidence import FactValue
from duly.law import Library, english, value_in_words
from duly.law.condition import TRUE, Compare, Expression, Name, Not, Value
from duly.law.rules import (
    Consequence,
    Count,
    Defect,
    Define,
    Duty,
    Ground,
    Notice,
    Period,
    Precedent,
    Report,
    Rule,
)

_MODALITIES = {"required": "must", "forbidden": "must not", "permitted": "may"}
_FORCES = {
    "self-executing": "It binds by itself.",
    "on court order": "It is a demand that only a court can enforce; until then the office may comply or decline.",
    "request only": "It is a request: nothing obliges the office to grant it.",
}
_KINDS = {
    "duty": "what must or may be done",
    "defect": "what makes a paper defective",
    "period": "when something is due",
    "ground": "a reason to take a position",
    "notice": "who must be told",
    "consequence": "what follows",
    "report": "what must be counted and published",
    "define": "what a word means",
    "precedent": "a decided case",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line about a rule: a word that leads it, and what it says."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleLink:
    """Another rule, as a link names it."""

    id: str
    title: str
    cite: str
    href: str


def anchor(rule: str) -> str:
    """The place of a rule on its enactment's page: one word, whatever stands in the id."""
    return "rule-" + "".join(letter if letter.isalnum() else "-" for letter in rule)


def rule_href(rule: Rule, on: date | None = None) -> str:
    """The rule beside its text, as of a date."""
    query = f"?{urlencode({'on': on.isoformat()})}" if on is not None else ""
    return f"{reverse('law:enactment', args=[rule.enactment])}{query}#{anchor(rule.id)}"


def link_to(rule: Rule, on: date | None = None) -> RuleLink:
    return RuleLink(rule.id, rule.title, rule.cite, rule_href(rule, on))


def kind_words(rule: Rule) -> str:
    """What sort of rule it is."""
    return _KINDS.get(rule.kind, rule.kind)


def sentences(library: Library, rule: Rule) -> list[Sentence]:
    """The rule, line by line, in plain words."""
    words = library.vocabulary.facts
    found = list(_says(library, rule))
    if rule.when != TRUE and not isinstance(rule, Define):
        found.append(Sentence("when", english(rule.when, words)))
    if rule.unless_sql:
        found.append(Sentence("unless", english(rule.unless, words)))
    return found


def _says(library: Library, rule: Rule) -> Iterator[Sentence]:
    words = library.vocabulary.facts
    match rule:
        case Duty():
            yield Sentence(
                f"The office {_MODALITIES[rule.modality]}",
                acts_in_words(rule.acts, "and" if rule.modality == "required" else "or"),
            )
            if rule.ordered_when_sql:
                yield Sentence("It binds once", english(rule.ordered_when, words))
        case Defect():
            yield Sentence("Makes the paper", f"{rule.effect}: {rule.item}")
            if rule.applies != TRUE:
                yield Sentence("for a paper where", english(rule.applies, words))
        case Period():
            yield Sentence("Sets the date for", f"{rule.what}: {_counted(library, rule)}")
        case Ground():
            yield Sentence(f"Gives a reason to {rule.position}", acts_in_words(rule.acts, "or"))
            yield Sentence("in the words", rule.statement)
        case Notice():
            yield Sentence(f"{rule.who} must tell".capitalize(), f"{rule.must_tell}: {rule.what}")
        case Consequence():
            done = "done" if rule.of == "doing" else "not done"
            yield Sentence(f"If it is {done}", f"{rule.statement} ({acts_in_words(rule.acts, 'or')})")
        case Report():
            yield Sentence(f"{rule.who} must publish".capitalize(), f"{rule.statement} By: {rule.by}.")
        case Define():
            yield Sentence(f"“{english(Name(rule.name, 'boolean'), words)}” means that", english(rule.meaning, words))
        case Precedent():
            yield Sentence("The court held", f"{acts_in_words(rule.acts, 'or')}: {rule.holding}")
            yield Sentence(
                "Decided", f"{value_in_words(rule.decided)} by {rule.court}; it binds {_bound(library, rule)}"
            )


def force_words(rule: Rule) -> str:
    """What a duty's force means at the desk; nothing for other rules."""
    return _FORCES[rule.force] if isinstance(rule, Duty) and rule.modality == "required" else ""


def acts_in_words(acts: tuple[str, ...], last: str) -> str:
    labels = [_lowered(act_label(act)) for act in acts]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} {last} {labels[-1]}" if labels else "anything"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _counted(library: Library, rule: Period) -> str:
    ways = [_count(library, one) for one in rule.counts]
    return ways[0] if len(ways) == 1 else f"the {rule.choose} of {'; '.join(ways)}"


def _count(library: Library, one: Count) -> str:
    words = library.vocabulary.facts
    if one.stated is not None:
        entry = words.get(one.stated)
        return entry.noun if entry is not None and entry.noun else "what the paper states"
    entry = words.get(one.trigger or "")
    trigger = (
        entry.noun if entry is not None and entry.noun else (one.trigger or "").replace(".", " ").replace("_", " ")
    )
    unit = (one.unit or "").rstrip("s") if one.length == 1 else one.unit
    return f"{one.length} {unit} {one.direction} {trigger}"


def _bound(library: Library, rule: Precedent) -> str:
    names = {place.id: place.name for place in library.jurisdictions.values()}
    bound = [names.get(one, "the parties" if one == "parties" else one) for one in rule.binds]
    return ", ".join(bound) or "nobody by itself"


def dates_in_words(rule: Rule) -> str:
    """From when to when the rule is in force."""
    start, end = rule.in_force
    if start is None and end is None:
        return "in force on every date"
    if end is None:
        return f"in force from {value_in_words(start or date.min)} on"
    last = f"no longer in force from {value_in_words(end)} on"
    return last if start is None else f"in force from {value_in_words(start)}; {last}"


def fact_sentence(library: Library, name: str, value: FactValue) -> str:
    """One fact as what is the case: “the paper is a detainer”, “the paper is not signed”."""
    words = library.vocabulary.facts
    kind = words.get(name)
    if kind is None:
        return f"{name.replace('_', ' ').replace('.', ': ')}: {value_in_words(value)}"
    item = Name(name, kind.kind)
    if isinstance(value, bool):
        return english(item if value else Not(item), words)
    if kind.open and isinstance(value, str) and value not in kind.labels and value not in kind.choices:
        return _unlisted(library, item, value)
    return english(Compare("=", item, Value(value, kind.kind)), words)


def _unlisted(library: Library, item: Expression, value: str) -> str:
    """An answer that no list has. The solver takes any such word where a rule asks only what a paper is not."""
    from duly.desk.shelf import kinds

    words = library.vocabulary.facts
    if isinstance(item, Name) and item.name == "instrument.kind":
        return f"the form is {kinds()[value].title}" if value in kinds() else "the form is none that these rules name"
    return english(Compare("=", item, Value(value, "choice")), words)


def facts_in_words(library: Library, facts: Mapping[str, FactValue]) -> list[str]:
    """A case in lawyers' words, the office and the paper first."""
    first = ("office.kind", "instrument.family", "instrument.kind", "instrument.issuer")
    names = [*(name for name in first if name in facts), *(name for name in facts if name not in first)]
    return [fact_sentence(library, name, facts[name]) for name in names]
