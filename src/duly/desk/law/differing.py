"""What differs between two states of the law: rules that came, went or were worded anew, and cases answered otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from duly import law
from duly.desk.accounts.models import Office
from duly.desk.law import plain
from duly.desk.law.asked import FACT, Asked, read_date, written
from duly.desk.law.interview import address
from duly.errors import DulyError
from duly.evidence import FactValue
from duly.law import Difference, LawAt, Library
from duly.law.rules import Rule

_WORD = re.compile(r"\s+|[^\s]+")
Piece = tuple[Literal["same", "gone", "new"], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two states compared: a place and a date each."""

    place: str
    before: date
    other: str
    after: date

    @property
    def query(self) -> str:
        pairs = [("place", self.place), ("from", self.before.isoformat())]
        return urlencode([*pairs, ("other", self.other), ("to", self.after.isoformat())])

    @property
    def same_place(self) -> bool:
        return self.place == self.other


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """One rule that only one side has."""

    link: plain.RuleLink
    kind: str
    dates: str
    sentences: tuple[plain.Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A rule in whose place another stepped on the day on which it ended: both, and the words that differ."""

    gone: plain.RuleLink
    came: plain.RuleLink
    lines: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class RulesDiffering:
    """The rules of one side only, and those that replace one another."""

    gone: tuple[RuleSaid, ...]
    came: tuple[RuleSaid, ...]
    reworded: tuple[Reworded, ...]
    same: int


@dataclass(frozen=True, slots=True)
class ActDiffering:
    """One act: proved the same, or a case in lawyers' words that is answered otherwise, with both answers to look at."""

    difference: Difference
    example: tuple[str, ...]
    proof_before: str
    proof_after: str


def read(library: Library, query: QueryDict, office: Office | None, today: date) -> tuple[Pair, list[str]]:
    """The two states that an address compares. Where it names no dates: the day before the law last changed, and today."""
    wrong: list[str] = []
    own = office.jurisdiction if office and office.jurisdiction in library.jurisdictions else "us"
    places = []
    for text in (query.get("place") or own, query.get("other") or query.get("place") or own):
        if text not in library.jurisdictions:
            wrong.append("There is no rulebook for that place yet. Choose one of the list.")
            text = own
        places.append(text)
    after = read_date(query.get("to", ""), today, wrong)
    passed = [day for day in changes(library, places[0]) if day <= after]
    before = after if places[0] != places[1] else (passed[-1] - timedelta(days=1) if passed else after)
    return Pair(places[0], read_date(query.get("from", ""), before, wrong), places[1], after), wrong


def changes(library: Library, place: str) -> list[date]:
    """The days on which a rule of that place's law begins or ends, in order."""
    days = {day for rule in library.rules(place) for day in rule.in_force}
    return sorted(day for day in days if day is not None)


def change_links(library: Library, pair: Pair) -> list[tuple[date, str]]:
    """Each day on which the law of the place changes, with the comparison of that day and the day before."""
    route = reverse("law:differences")
    pairs = ((day, replace(pair, before=day - timedelta(days=1), after=day)) for day in changes(library, pair.place))
    return [(day, f"{route}?{each.query}") for day, each in pairs]


def rules_differing(before: LawAt, after: LawAt) -> RulesDiffering:
    """Which rules only one side has. A rule whose words differ between two versions of a policy is on both, and differs."""
    first = {rule.id: rule for rule in before.library.rules(before.jurisdiction, on=before.on)}
    second = {rule.id: rule for rule in after.library.rules(after.jurisdiction, on=after.on)}
    gone = [rule for id, rule in first.items() if id not in second]
    came = [rule for id, rule in second.items() if id not in first]
    reworded = [(rule, heir) for rule in gone if (heir := _heir(rule, came)) is not None]
    again = [(rule, second[id]) for id, rule in first.items() if id in second and _words(rule) != _words(second[id])]
    paired = {rule.id for both in reworded for rule in both}
    return RulesDiffering(
        gone=tuple(_said(before.library, rule, before.on) for rule in gone if rule.id not in paired),
        came=tuple(_said(after.library, rule, after.on) for rule in came if rule.id not in paired),
        reworded=tuple(_reworded(before, after, rule, heir) for rule, heir in (*reworded, *again)),
        same=len(first.keys() & second.keys()) - len(again),
    )


def _heir(rule: Rule, came: Iterable[Rule]) -> Rule | None:
    """The one rule of the same kind, place and acts that begins on the day on which this one ends."""
    found = [
        other
        for other in came
        if (other.kind, other.jurisdiction, getattr(other, "acts", ()))
        == (rule.kind, rule.jurisdiction, getattr(rule, "acts", ()))
        and rule.in_force[1] is not None
        and other.in_force[0] == rule.in_force[1]
    ]
    return found[0] if len(found) == 1 else None


def _said(library: Library, rule: Rule, on: date) -> RuleSaid:
    return RuleSaid(
        plain.link_to(rule, on),
        plain.kind_words(rule),
        plain.dates_in_words(rule),
        tuple(plain.sentences(library, rule)),
    )


def _words(rule: Rule) -> tuple[object, ...]:
    """What a rule says, apart from where it stands in its file."""
    says = (
        getattr(rule, name, None) for name in ("acts", "modality", "force", "meaning_sql", "statement", "what", "item")
    )
    return (rule.title, rule.cite, rule.text, rule.in_force, rule.when_sql, rule.unless_sql, rule.overrides, *says)


def _reworded(before: LawAt, after: LawAt, gone: Rule, came: Rule) -> Reworded:
    old = {line.lead: line.text for line in plain.sentences(before.library, gone)} | {"in the words": gone.text}
    new = {line.lead: line.text for line in plain.sentences(after.library, came)} | {"in the words": came.text}
    lines = tuple((lead, tuple(pieces(old.get(lead, ""), new.get(lead, "")))) for lead in {**old, **new})
    return Reworded(plain.link_to(gone, before.on), plain.link_to(came, after.on), lines)


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Two texts as one, word by word: what stayed, what is gone, what is new."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    for tag, start, end, begin, finish in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(one[start:end])
            continue
        if gone := "".join(one[start:end]):
            yield "gone", gone
        if new := "".join(other[begin:finish]):
            yield "new", new


def act_differing(before: LawAt, after: LawAt, act: str) -> ActDiffering:
    """Ask the solver for a case of one act that the two sides answer otherwise. It may take a moment."""
    found = law.diff(before, after, [act])[0]
    example = found.example or {}
    return ActDiffering(
        difference=found,
        example=tuple(plain.facts_in_words(after.library, example)),
        proof_before=_proof(before, act, example),
        proof_after=_proof(after, act, example),
    )


def _proof(side: LawAt, act: str, example: Mapping[str, FactValue]) -> str:
    """Where the example is answered with its proof, if a link may carry its facts."""
    zone = ZoneInfo(side.library.jurisdiction(side.jurisdiction).time_zone)
    given = {"office.kind": ""}
    for name, value in example.items():
        text = (
            ("yes" if value else "no")
            if isinstance(value, bool)
            else value.isoformat()
            if isinstance(value, date)
            else str(value)
        )
        try:
            given[name] = written(side.library, side.library.vocabulary.facts[name], text, zone)
        except DulyError:
            # A word that no list has: any other unlisted word is answered alike, since no rule names it.
            given[name] = "other"
    return address(Asked(act, side.jurisdiction, side.on, given=given))


def act_address(pair: Pair, act: str) -> str:
    return f"{reverse('law:difference', args=[act])}?{pair.query}"


__all__ = [
    "FACT",
    "ActDiffering",
    "Pair",
    "act_address",
    "act_differing",
    "changes",
    "pieces",
    "read",
    "rules_differing",
]
