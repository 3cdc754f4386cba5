"""The placeholders that a letter's wording may use, each a phrase made from the brief, or None where it is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duly.letters.brief import Brief
from duly.letters.content import Addressee
from duly.letters.language import words
from duly.letters.terms import doing, to_do
from duly.letters.wording import day, series, when
from duly.matters.assessment import ACT_DEMANDED_BY
from duly.matters.office import Office


@dataclass(frozen=True, slots=True)
class Setting:
    """What the phrases are made from. `said` are phrases that the caller supplies, by placeholder."""

    brief: Brief
    office: Office
    on: date
    matter_number: str
    to: Addressee | None
    language: str
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, Any]:
        return words(self.language)


Phrase = Callable[[Setting], str | None]


def phrase(name: str, setting: Setting) -> str | None:
    """The phrase for a placeholder, or None when what it would say is not known. KeyError: no such placeholder.

    What the caller supplies goes before what would be made from the brief.
    """
    if name in setting.said:
        return setting.said[name]
    return PHRASES[name](setting)


def form(setting: Setting) -> str | None:
    """Immigration Enforcement Subpoena (DHS Form I-138)"""
    kind = setting.brief.assessment.kind
    if kind is None:
        return None
    pattern: str = setting.words["phrases"]["form"]
    return pattern.format(title=kind.title, edition=kind.edition) if kind.edition else kind.title


def _noun(setting: Setting, *, article: bool = False) -> str:
    kind = setting.brief.assessment.kind
    family = setting.words["families"]["other" if kind is None else kind.family]
    return f"{family['article']} {family['noun']}" if article else str(family["noun"])


def _asks(setting: Setting) -> str:
    kind = setting.brief.assessment.kind
    return str(setting.words["families"]["other" if kind is None else kind.family]["asks"])


def _issuer(setting: Setting) -> str | None:
    value = setting.brief.value("instrument.issuer")
    return None if value is None else str(setting.words["issuers"].get(str(value), value))


def _dated(fact: str) -> Phrase:
    def made(setting: Setting) -> str | None:
        value = setting.brief.value(fact)
        return when(value, setting.language) if isinstance(value, date) else None

    return made


def _manner(setting: Setting) -> str | None:
    value = setting.brief.value("service.manner")
    return None if value is None else str(setting.words["manners"].get(str(value), value))


def _received(setting: Setting) -> str | None:
    known = setting.brief.received_at or setting.brief.value("instrument.received_at")
    return when(known, setting.language) if isinstance(known, date) else None


def _due(*purposes: str) -> Phrase:
    """The earliest deadline that is counted for one of the purposes."""

    def made(setting: Setting) -> str | None:
        found = [
            counted.deadline.due
            for counted in setting.brief.assessment.deadlines
            if counted.purpose in purposes and counted.deadline.due is not None
        ]
        return when(min(found, key=lambda due: due.isoformat()), setting.language) if found else None

    return made


def _acts(*choices: str, said: Callable[[str, str], str] = doing, joint: str = "and") -> Phrase:
    def made(setting: Setting) -> str | None:
        stance = setting.brief.stance
        acts = () if stance is None else stance.acts(*choices)
        return series([said(act, setting.language) for act in acts], setting.language, joint=joint) or None

    return made


def _acts_asked(setting: Setting) -> str | None:
    """What the paper itself asks for, as its demand facts say; not every act that the law puts in question."""
    brief = setting.brief
    acts = [act for fact, act in ACT_DEMANDED_BY.items() if brief.value(fact) is True]
    return series([doing(act, setting.language) for act in acts], setting.language) or None


def _field(role: str) -> Phrase:
    return lambda setting: setting.brief.field(role)


def _order(read: Callable[[Any, Setting], str | None]) -> Phrase:
    def made(setting: Setting) -> str | None:
        return None if setting.brief.order is None else read(setting.brief.order, setting) or None

    return made


def _contact(setting: Setting) -> str | None:
    office = setting.office
    parts = [*office.reply_address, office.telephone, office.email]
    return ", ".join(part for part in parts if part) or None


def _until(setting: Setting) -> str | None:
    until = setting.brief.asked_until
    return None if until is None else when(until, setting.language)


def _numbers(setting: Setting) -> str | None:
    numbered = [one for one in setting.brief.enclosures if one.first]
    if not numbered:
        return None
    pattern: str = setting.words["phrases"]["numbered"]
    return pattern.format(first=numbered[0].first, last=numbered[-1].last)


PHRASES: dict[str, Phrase] = {
    "acts_asked": _acts_asked,
    "agency": _field("agency"),
    "acts_declined": _acts("decline", said=to_do, joint="or"),
    "acts_done": _acts("comply", "comply in part"),
    "acts_impossible": _acts("cannot be done", said=to_do, joint="or"),
    "acts_objected": _acts("object", "move to quash"),
    "acts_time": _acts("ask for time"),
    "a_paper": lambda setting: _noun(setting, article=True),
    "asks": _asks,
    "asked_until": _until,
    "contact": _contact,
    "due_answer": _due("answer", "compliance", "objection"),
    "due_compliance": _due("compliance"),
    "due_hold": _due("hold"),
    "due_notice": _due("notice"),
    "due_objection": _due("objection"),
    "file_number": _field("file_number"),
    "form": form,
    "inspection": _field("inspection_nature"),
    "issued_on": _dated("instrument.issued_on"),
    "issuer": _issuer,
    "law_on": lambda setting: day(setting.brief.assessment.on, setting.language),
    "manner": _manner,
    "matter": lambda setting: setting.matter_number,
    "number": _field("number"),
    "numbers": _numbers,
    "office": lambda setting: setting.office.name,
    "officer": _field("issuing_officer"),
    "officer_title": _field("officer_title"),
    "on": lambda setting: day(setting.on, setting.language),
    "order_acts": _order(
        lambda order, setting: series([doing(act, setting.language) for act in order.covers], setting.language)
    ),
    "order_case": _order(lambda order, _: order.case_number),
    "order_court": _order(lambda order, _: order.court),
    "order_due": _order(lambda order, setting: None if order.due is None else when(order.due, setting.language)),
    "order_on": _order(lambda order, setting: day(order.entered_on, setting.language)),
    "order_terms": _order(lambda order, _: order.terms),
    "paper": lambda setting: _noun(setting),
    "person": _field("person_named"),
    "received_on": _received,
    "return_on": _dated("instrument.return_on"),
    "served_on": _dated("instrument.served_on"),
    "statement": lambda setting: None if setting.brief.stance is None else setting.brief.stance.statement or None,
    "to": lambda setting: None if setting.to is None else setting.to.name,
}
"""Every placeholder by name."""
