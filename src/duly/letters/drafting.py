"""From an assessment, and a position where there is one, to the content of a letter. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from duly.errors import DulyError, Place
from duly.letters.brief import Brief, Choice, Enclosure, Order, Stance, Withholding
from duly.letters.conditions import holds
from duly.letters.content import (
    Addressee,
    Block,
    Heading,
    Item,
    Items,
    LetterContent,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Signature,
    Status,
)
from duly.letters.language import words
from duly.letters.phrases import PHRASES, Setting, form, phrase
from duly.letters.record import record
from duly.letters.sections import SECTIONS
from duly.letters.templates import Part, Template, TemplateError, choose, templates
from duly.matters.assessment import Assessment
from duly.matters.events import ActChoice
from duly.matters.office import Office

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Position(Protocol):
    """What counsel decided: the event `PositionDrafted`, or anything with the same parts."""

    @property
    def choices(self) -> Sequence[ActChoice]: ...
    @property
    def reasons(self) -> Mapping[str, str]: ...
    @property
    def statement(self) -> str: ...


def draft(
    assessment: Assessment,
    office: Office,
    position: Position | None = None,
    *,
    on: date,
    matter_number: str,
    to: Addressee | None = None,
    approved: bool = False,
    template: str | None = None,
    purpose: str = "answer",
    language: str = "en",
    created: datetime | None = None,
    received_at: datetime | None = None,
    asked_until: date | datetime | None = None,
    order: Order | None = None,
    enclosures: Sequence[Enclosure] = (),
    withheld: Sequence[Withholding] = (),
    signatures: Sequence[Signature] = (),
    copies: Sequence[str] = (),
    said: Mapping[str, str] | None = None,
) -> LetterContent:
    """The letter that fits the position and the paper; without a position, a working draft that takes none.

    `approved` says that a second person approved exactly this position: until then the letter is marked as a draft.
    `template` names one letter instead of the one that fits best. `created` (aware) is written into the PDF; left out, it
    is noon of `on` in the office's zone. `said` supplies phrases by placeholder where the paper or the matter does not
    give them (`{"agency": "Homeland Security Investigations"}`). Raises DulyError when the position rests on a ground that the assessment does
    not offer, when no letter fits, or when the chosen letter says something that is not known.
    """
    stance = None if position is None else stance_of(position, assessment, approved=approved)
    brief = Brief(
        assessment=assessment,
        stance=stance,
        order=order,
        enclosures=tuple(enclosures),
        withheld=tuple(withheld),
        received_at=received_at,
        asked_until=asked_until,
    )
    chosen = _template(template, brief, language, purpose)
    addressee = to or (addressee_of(brief) if chosen.audience == "issuer" else None)
    setting = Setting(brief, office, on, matter_number, addressee, chosen.language, dict(said or {}))
    status = _status(chosen, stance)
    return LetterContent(
        template=chosen.id,
        layout=chosen.layout,
        language=chosen.language,
        status=status,
        on=on,
        created=created or datetime.combine(on, time(12), ZoneInfo(office.zone)),
        title=_title(chosen, setting),
        matter_number=matter_number,
        office=_letterhead(office),
        to=addressee,
        reference=tuple(_reference(chosen, setting)),
        salutation=_filled(chosen.salutation, setting, chosen) if addressee is not None else "",
        blocks=_body(chosen, setting),
        closing=chosen.closing,
        signatures=tuple(signatures) or _unsigned(chosen),
        copies=(*_copies(chosen, setting), *copies),
        footnote=words(chosen.language)["frame"]["footnote"],
        record=record(brief, chosen.audience, chosen.reference),
    )


def stance_of(position: Position, assessment: Assessment, *, approved: bool) -> Stance:
    """The position as a letter states it. Raises DulyError for a ground that the assessment does not offer."""
    offered = {ground.rule for ground in assessment.grounds}
    for choice in position.choices:
        for ground in choice.grounds:
            if ground not in offered:
                raise DulyError(
                    f"The position rests on the ground {ground}, which the law as applied does not offer.",
                    place=Place(field=choice.act),
                    remedy="Assess again, and choose the grounds from what is offered.",
                    code="unknown-ground",
                )
    choices = tuple(
        Choice(one.act, one.choice, tuple(one.grounds), position.reasons.get(one.act, "")) for one in position.choices
    )
    return Stance(choices, position.statement, approved)


def addressee_of(brief: Brief) -> Addressee | None:
    """Whom the paper names for the answer, or None when it names nobody."""
    name, title, address = brief.field("contact"), brief.field("contact_title"), brief.field("contact_address")
    found = [part for part in (name, title, address) if part]
    return Addressee(found[0], tuple(found[1:])) if found else None


def _template(name: str | None, brief: Brief, language: str, purpose: str) -> Template:
    if name is not None:
        if name not in templates():
            raise TemplateError(f"There is no letter {name!r}.", remedy=f"Known: {', '.join(templates())}.")
        return templates()[name]
    kind = brief.assessment.kind
    return choose(
        brief.overall,
        family=None if kind is None else kind.family,
        kind=None if kind is None else kind.id,
        after_order=brief.order is not None,
        language=language,
        purpose=purpose,
    )


def _status(template: Template, stance: Stance | None) -> Status:
    if template.positions == ("none",) and template.audience == "office":
        return "draft"
    return "unapproved" if stance is not None and not stance.approved else "final"


def _letterhead(office: Office) -> Letterhead:
    address = office.letterhead or office.reply_address
    contacts = tuple(part for part in (office.telephone, office.email) if part and part not in address)
    return Letterhead(office.name, (*address, *contacts), office.id)


def _unsigned(template: Template) -> tuple[Signature, ...]:
    roles = words(template.language)["signers"]
    return tuple(Signature("", role=roles[signer]) for signer in template.signers)


_REFERENCE_FACTS = {
    "issued": "instrument.issued_on",
    "served": "instrument.served_on",
    "return": "instrument.return_on",
    "received": "instrument.received_at",
}
_REFERENCE_PHRASES = {"number": "number", "file": "file_number", "person": "person", "order": "order_case"}


def _reference(template: Template, setting: Setting) -> list[Line]:
    labels = words(template.language)["labels"]
    lines = []
    for name in template.reference:
        line = _reference_line(name, labels[name], setting)
        if line is not None:
            lines.append(line)
    return lines


def _reference_line(name: str, label: str, setting: Setting) -> Line | None:
    """One line, or None where its value is not known: a reference line repeats the paper, it never asks."""
    if name == "paper":
        return Line(label, form(setting) or setting.words["phrases"]["unrecognised"], "instrument.kind")
    if name in _REFERENCE_PHRASES:
        text = phrase(_REFERENCE_PHRASES[name], setting)
        return None if text is None else Line(label, text, name, text)
    fact = _REFERENCE_FACTS[name]
    value = setting.brief.value(fact)
    if name == "received" and setting.brief.received_at is not None:
        value = setting.brief.received_at
    if not isinstance(value, date):
        return None
    text = phrase(
        {"issued": "issued_on", "served": "served_on", "return": "return_on", "received": "received_on"}[name], setting
    )
    manner = phrase("manner", setting) if name == "served" else None
    return Line(label, ", ".join(part for part in (text, manner) if part), fact, value)


def _title(template: Template, setting: Setting) -> str:
    """The first of the letter's titles whose placeholders are all known."""
    for title in template.titles[:-1]:
        if all(phrase(name, setting) is not None for name in _PLACEHOLDER.findall(title)):
            return _filled(title, setting, template)
    return _filled(template.titles[-1], setting, template)


def _copies(template: Template, setting: Setting) -> list[str]:
    return [
        _filled(copy.text, setting, template)
        for copy in template.copies
        if all(holds(condition, setting) for condition in copy.when)
    ]


def _body(template: Template, setting: Setting) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for part in template.parts:
        made = _blocks(part, setting, template)
        last = blocks[-1] if blocks else None
        if part.join and len(made) == 1 and isinstance(last, Paragraph) and isinstance(made[0], Paragraph):
            blocks[-1] = replace(last, text=f"{last.text} {made[0].text}")
        else:
            blocks += made
    return tuple(blocks)


def _blocks(part: Part, setting: Setting, template: Template) -> list[Block]:
    if not all(holds(condition, setting) for condition in part.when):
        return []
    if any(phrase(name, setting) is None for name in part.needs):
        return []
    if part.kind == "section":
        return SECTIONS[part.text](setting.brief, setting.language)
    text, lead, title = (_filled(one, setting, template) for one in (part.text, part.lead, part.title))
    if part.kind == "heading":
        return [Heading(text)]
    if part.kind == "notice":
        return [Notice(title, text, part.tone)]
    if part.kind == "items":
        return [Items(tuple(Item(_filled(one, setting, template)) for one in part.items))]
    return [Paragraph(text, lead, part.small)]


def _filled(text: str, setting: Setting, template: Template) -> str:
    """The text with its placeholders said. Raises TemplateError for one that is unknown or not known here."""

    def said(match: re.Match[str]) -> str:
        name = match[1]
        if name not in PHRASES:
            raise TemplateError(f"There is no placeholder {{{name}}}.", place=Place(file=template.file))
        found = phrase(name, setting)
        if found is None:
            raise TemplateError(
                f"This letter says {{{name}}}, which is not known for this paper.",
                place=Place(file=template.file, field=name),
                remedy="Supply it, or choose another letter.",
            )
        return found

    return _PLACEHOLDER.sub(said, " ".join(text.split()))
