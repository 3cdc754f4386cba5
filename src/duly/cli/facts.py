"""Facts on the command line: `--fact instrument.signed_by_judge=false`, read by the vocabulary's own types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated

import typer

from duly.errors import DulyError, Place
from duly.evidence import Evidence, Fact, FactValue
from duly.instruments import facts as facts_of_paper
from duly.instruments import load_kinds
from duly.law import FactType, Vocabulary

FactOption = Annotated[
    list[str],
    typer.Option("--fact", metavar="NAME=VALUE", help="A fact that you know; may be given many times."),
]

_TRUTHS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}


def facts_from(pairs: Iterable[str], vocabulary: Vocabulary) -> dict[str, Fact]:
    """Facts as a person states them. Raises DulyError for an unknown name or a value of another type."""
    return {fact.name: fact for fact in (fact_from(pair, vocabulary) for pair in pairs)}


def of_the_form(kind: str | None) -> dict[str, Fact]:
    """What follows from the form of a kind of paper alone. Raises DulyError for a kind that there is not."""
    if kind is None:
        return {}
    kinds = load_kinds()
    if kind not in kinds:
        near = ", ".join(sorted(each for each in kinds if each.split("-")[0] == kind.split("-")[0])) or ", ".join(kinds)
        raise DulyError(f"There is no kind of paper called {kind!r}.", remedy=f"One of: {near}.", code="unknown-kind")
    return facts_of_paper(kinds[kind], {})


def fact_from(pair: str, vocabulary: Vocabulary) -> Fact:
    name, equals, text = (part.strip() for part in pair.partition("="))
    if not equals or not text:
        raise _refusal(pair, "A fact is written NAME=VALUE.", "For example: --fact person.in_custody=false")
    known = vocabulary.facts.get(name)
    if known is None:
        near = sorted(other for other in vocabulary.facts if other.split(".")[-1] == name.split(".")[-1])
        hint = f"Did you mean {', '.join(near)}?" if near else "`duly law facts` lists the names."
        raise _refusal(name, f"The vocabulary has no fact called {name!r}.", hint)
    return Fact(name, _value(known, text), Evidence("person", note="Stated on the command line."))


def _value(known: FactType, text: str) -> FactValue:
    try:
        if known.kind == "boolean":
            return _TRUTHS[text.casefold()]
        if known.kind == "integer":
            return int(text)
        if known.kind == "date":
            return date.fromisoformat(text)
        if known.kind == "moment":
            return _moment(text)
    except (KeyError, ValueError) as error:
        raise _refusal(known.name, f"{text!r} is not {_SHAPES[known.kind]}.", known.ask) from error
    if known.kind == "choice" and not known.open and text not in known.choices:
        raise _refusal(known.name, f"{text!r} is not one of its values.", f"One of: {', '.join(known.choices)}.")
    return text


_SHAPES: Mapping[str, str] = {
    "boolean": "true or false",
    "integer": "a whole number",
    "date": "a date such as 2020-01-13",
    "moment": "a moment with its offset, such as 2020-01-13T14:05-07:00",
}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


def _refusal(where: str, message: str, remedy: str) -> DulyError:
    return DulyError(message, place=Place(field=where), remedy=remedy, code="bad-fact")
