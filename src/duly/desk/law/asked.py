"""A question to the law as an address: act, place, date, paper and facts, and nothing in it that could name anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

from duly.desk import shelf
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.models import Office
from duly.desk.law import asking
from duly.desk.shelf import kinds
from duly.errors import DulyError, Place
from duly.evidence import Evidence, Fact
from duly.law import FactType, Library
from duly.law.condition import Compare, Defined, Name, OneOf, Value, walk
from duly.law.rules import Define

FACT = "f."
OTHER = "other"
"""The answer to an open question that is none of those listed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks. `given` are answers as text, by fact, in the order in which they were given; "" says that the
    answer is not known. `skipped` are questions left open on purpose, `mode` how the questions are put, `at` the question
    that is to be put next, `law` the digest of the rulebooks with which the address was made."""

    act: str
    place: str
    on: date
    paper: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    mode: str = ""
    at: str = ""
    law: str = ""

    @property
    def answers(self) -> dict[str, str]:
        return {name: text for name, text in self.given.items() if text}

    def pairs(self) -> list[tuple[str, str]]:
        """Everything asked, as the fields of a form or the parameters of an address."""
        found = [("act", self.act), ("place", self.place), ("on", self.on.isoformat()), ("paper", self.paper)]
        found += [("mode", self.mode), ("law", self.law), ("q", self.at)]
        found = [(name, text) for name, text in found if text]
        found += [("skip", name) for name in self.skipped]
        return found + [(f"{FACT}{name}", text) for name, text in self.given.items()]

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form carries along when it asks the next question."""
        return [pair for pair in replace(self, at="").pairs() if pair[1] or pair[0].startswith(FACT)]

    def without(self, name: str) -> Asked:
        """The same with one answer taken back, and its question put again."""
        given = {other: text for other, text in self.given.items() if other != name}
        return replace(self, given=given, skipped=tuple(other for other in self.skipped if other != name), at=name)


def read(library: Library, query: QueryDict, office: Office | None, today: date) -> tuple[Asked, list[str]]:
    """The question in an address, and a sentence for everything in it that had to be left out."""
    wrong: list[str] = []
    on = read_date(query.get("on", ""), today, wrong)
    place = query.get("place") or (office.jurisdiction if office else "us")
    if place not in library.jurisdictions:
        wrong.append("There is no rulebook for that place yet. Choose one of the list.")
        place = office.jurisdiction if office and office.jurisdiction in library.jurisdictions else "us"
    act = query.get("act", "")
    if act and act not in library.vocabulary.acts:
        wrong.append("The desk knows no such act. Choose one of the list.")
        act = ""
    paper = query.get("paper", "")
    if paper and paper not in kinds():
        wrong.append("The desk knows no such kind of paper. Choose one of the list.")
        paper = ""
    zone = ZoneInfo(library.jurisdiction(place).time_zone)
    given = read_facts(library, query, zone, wrong)
    if "office.kind" not in given and (kind := kind_of_office(library, place, office)):
        given = {"office.kind": kind, **given}
    known = library.vocabulary.facts
    follows = facts_of_paper(paper)
    given = {name: text for name, text in given.items() if text or name in follows or name == "office.kind"}
    skipped = tuple(name for name in dict.fromkeys(query.getlist("skip")) if name in known and not given.get(name))
    mode = "all" if query.get("mode") == "all" else ""
    at = query.get("q", "")
    law = query.get("law", "")[:16]
    law = law if all(letter in "0123456789abcdef" for letter in law) else ""
    return Asked(act, place, on, paper, given, skipped, mode, at if at in known else "", law), wrong


def law_of(visit: Visit, on: date) -> Library:
    """The law as this office reads it on that day: the rulebooks, and with them the office's own policies."""
    return shelf.library_for(visit.office, on) if visit.office else shelf.library()


def asked_on(visit: Visit) -> date:
    """The day whose law is asked for; today where the address names none, or none that is a day."""
    return read_date(visit.GET.get("on", ""), today(visit), [])


def today(visit: Visit) -> date:
    """The office's own day. Somebody without an office reads the law as of the machine's."""
    return visit.office.today() if visit.office else date.today()  # noqa: DTZ011 (no office: any day will do)


def read_date(text: str, otherwise: date, wrong: list[str]) -> date:
    """The date in `text`; `otherwise` where there is none, with a sentence where it cannot be one."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong.append("That is not a date. Write it as 2020-01-16.")
        return otherwise


def read_facts(library: Library, query: QueryDict, zone: ZoneInfo, wrong: list[str]) -> dict[str, str]:
    """The facts of an address as their plainest text, in its order. What is no fact, or no answer, is said in `wrong`."""
    found: dict[str, str] = {}
    for parameter, text in query.items():
        if not parameter.startswith(FACT):
            continue
        kind = library.vocabulary.facts.get(parameter.removeprefix(FACT))
        if kind is None:
            wrong.append("One of the facts in this address is none that the law here asks about. It was left out.")
            continue
        try:
            found[kind.name] = written(library, kind, str(text), zone)
        except DulyError as refusal:
            wrong.append(str(refusal))
    return found


def written(library: Library, kind: FactType, text: str, zone: ZoneInfo) -> str:
    """An answer as it stands in an address: a word of a known list, yes or no, a number, a date. Raises DulyError for
    anything else, since an address is kept in histories and logs and may be sent on."""
    value = asking.parse(kind, text, zone)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value not in dict(answers(library, kind)):
        raise DulyError(
            "A link carries no names and no free text, so this answer was left out.",
            place=Place(field=kind.name),
            remedy=f"Choose one of the list: {kind.ask}",
            code="not-in-an-address",
        )
    return str(value)


def answers(library: Library, kind: FactType) -> tuple[tuple[str, str], ...]:
    """The answers that may be given to a question with a list, each with how it is said. None for a fact in free text."""
    if kind.kind == "boolean":
        return (("yes", "Yes"), ("no", "No"))
    if kind.kind != "choice":
        return ()
    listed = asking.listed(kind)
    if not kind.open:
        return listed
    if kind.name == "instrument.kind":
        more = [(known.id, known.title) for known in sorted(kinds().values(), key=lambda known: known.title)]
    else:
        more = [(word, word) for word in _compared(library).get(kind.name, ())]
    return tuple({**dict(more), **dict(listed), OTHER: "Another, not listed"}.items())


@lru_cache(maxsize=4)
def _compared(library: Library) -> dict[str, tuple[str, ...]]:
    """The words with which rules compare each fact."""
    found: dict[str, set[str]] = {}
    for rule in library.by_id.values():
        for condition in (rule.when, rule.unless, *([rule.meaning] if isinstance(rule, Define) else [])):
            for node in walk(condition):
                match node:
                    case OneOf(item=Name(name=name) | Defined(name=name), values=values):
                        words = [one.value for one in values]
                    case Compare(left=Name(name=name) | Defined(name=name), right=Value(value=value)):
                        words = [value]
                    case _:
                        continue
                found.setdefault(name, set()).update(word for word in words if isinstance(word, str))
    return {name: tuple(sorted(words)) for name, words in found.items()}


def kind_of_office(library: Library, place: str, office: Office | None) -> str:
    """Which kind of office is meant where nobody says: this one at home, elsewhere the one that the rulebook names."""
    if office is not None and place == office.jurisdiction:
        return office.kind
    profile = library.jurisdiction(place).office
    return profile.kind if profile is not None else ""


def facts_of(library: Library, asked: Asked) -> dict[str, Fact]:
    """The facts supposed: what follows from the form, and what was answered, which counts where the two differ."""
    zone = ZoneInfo(library.jurisdiction(asked.place).time_zone)
    given = asked.answers
    open_ = {*asked.skipped, *(name for name, text in asked.given.items() if not text)}
    found = {name: fact for name, fact in facts_of_paper(asked.paper).items() if name not in open_}
    return {**found, **asking.supposed(library, given, zone)}


def facts_of_paper(paper: str) -> dict[str, Fact]:
    """What follows from the form alone."""
    if not paper:
        return {}
    kind = kinds()[paper]
    form = Evidence("kind", note=f"follows from the form: {kind.title}")
    return {name: Fact(name, value, form) for name, value in {"instrument.kind": kind.id, **kind.facts}.items()}


def in_order(names: Iterable[str], library: Library) -> list[str]:
    """Facts by how easily they are found out."""
    known = library.vocabulary.facts
    return sorted((name for name in names if name in known), key=lambda name: (known[name].cost, name))
