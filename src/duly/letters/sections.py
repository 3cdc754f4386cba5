"""The parts of a letter that are made from data: each a function from a brief to blocks, named in `SECTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from duly.law.determination import Condition
from duly.law.findings import ConsequenceFinding, DefectFinding, GroundFinding
from duly.letters.acts import act_blocks, summary
from duly.letters.brief import Brief
from duly.letters.content import Block, Item, Items, Paragraph, Table
from duly.letters.language import words
from duly.letters.terms import answer, doing, label, origin, question
from duly.letters.wording import series, when

Section = Callable[[Brief, str], list[Block]]


def glance(brief: Brief, language: str) -> list[Block]:
    """Every act with the law's answer, in one table."""
    outcomes = words(language)["outcomes"]
    rows = tuple(
        (label(found.act, language), outcomes[found.outcome]["word"], summary(found, language))
        for found in brief.assessment.determinations
    )
    return _table("acts", rows, (4, 3, 7), language)


def checks(brief: Brief, language: str) -> list[Block]:
    """The checklist of the paper's face."""
    rows = tuple((_capital(defect.item), _found(defect, language), defect.cite) for defect in brief.assessment.defects)
    return _table("checks", rows, (6, 4, 4), language)


def _found(defect: DefectFinding, language: str) -> str:
    spoken = words(language)
    status = str(spoken["truths"][defect.status])
    if defect.status != "defective":
        return status
    return str(spoken["phrases"]["effect"].format(status=status, effect=defect.effect))


def facts(brief: Brief, language: str) -> list[Block]:
    """The facts that the answers rest on, each with where it came from."""
    used = {
        name: found.facts[name]
        for found in brief.assessment.determinations
        for rule in found.applied
        for name in _leaves(rule.when, rule.unless)
    }
    rows = tuple(
        (question(name), answer(name, fact.value, language), origin(fact.evidence, language))
        for name, fact in used.items()
    )
    return _table("facts", rows, (7, 3, 4), language)


def _leaves(*conditions: Condition | None) -> Iterable[str]:
    for condition in conditions:
        if condition is not None:
            yield from condition.facts
            yield from _leaves(*condition.parts)


def open_questions(brief: Brief, language: str) -> list[Block]:
    """For each undetermined act, the questions that would settle it, cheapest first."""
    spoken = words(language)
    items = []
    for found in brief.assessment.determinations:
        if found.outcome != "undetermined":
            continue
        possible = series(
            [str(spoken["outcomes"][one]["word"]).lower() for one in found.possible], language, joint="or"
        )
        items.append(
            Item(spoken["phrases"]["possible"].format(outcomes=possible), lead=f"{label(found.act, language)}.")
        )
        items += [Item(" ".join(question(name) for name in names)) for names in found.decisive]
    return [Items(tuple(items))] if items else []


def deadlines(brief: Brief, language: str) -> list[Block]:
    """What is due and when, with the steps of each count."""
    spoken = words(language)
    rows, steps = [], []
    for counted in brief.assessment.deadlines:
        deadline = counted.deadline
        if deadline.due is None:
            needed = series([question(name) for name in deadline.missing], language)
            due = spoken["phrases"]["not_counted"].format(missing=needed)
        else:
            due = when(deadline.due, language)
        rows.append((_capital(deadline.what), due, deadline.cite))
        if deadline.steps:
            count = " ".join(step.text for step in deadline.steps)
            steps.append(Item(count, lead=f"{_capital(deadline.what)}."))
        steps += [Item(warning) for warning in deadline.warnings]
    blocks = _table("deadlines", tuple(rows), (6, 5, 4), language)
    return [*blocks, Items(tuple(steps))] if steps else blocks


def offered_grounds(brief: Brief, language: str) -> list[Block]:
    """The grounds that the law offers, by position; nothing is chosen."""
    spoken = words(language)
    blocks: list[Block] = []
    for position in dict.fromkeys(ground.position for ground in brief.assessment.grounds):
        offered = [
            ground for ground in brief.assessment.grounds if ground.position == position and ground.truth is not False
        ]
        items = tuple(_ground(ground, language, note=True) for ground in offered)
        if items:
            blocks += [Paragraph("", lead=f"{_capital(str(spoken['choices'].get(position, position)))}:"), Items(items)]
    return blocks


def _ground(ground: GroundFinding, language: str, *, note: bool = False) -> Item:
    maybe = f" ({words(language)['phrases']['may_apply']})" if note and ground.truth is None else ""
    return Item(f"{ground.statement.strip()}{maybe}", cite=ground.cite, quotation=ground.text)


def position_grounds(brief: Brief, language: str) -> list[Block]:
    """The grounds that counsel chose, numbered, each with the words it rests on; then counsel's own reasons."""
    if brief.stance is None:
        return []
    chosen = dict.fromkeys(name for choice in brief.stance.choices for name in choice.grounds)
    known = {ground.rule: ground for ground in brief.assessment.grounds}
    items = [_ground(known[name], language) for name in chosen if name in known]
    items += [
        Item(choice.reason, lead=f"{label(choice.act, language)}.") for choice in brief.stance.choices if choice.reason
    ]
    return [Items(tuple(items), numbered=True)] if items else []


def decisions(brief: Brief, language: str) -> list[Block]:
    """The position, act by act."""
    if brief.stance is None:
        return []
    spoken = words(language)["choices"]
    rows = tuple((label(one.act, language), _capital(str(spoken[one.choice]))) for one in brief.stance.choices)
    return _table("decisions", rows, (7, 4), language)


def consequences(brief: Brief, language: str) -> list[Block]:
    """What follows from doing and from not doing each act, with its source."""
    items = tuple(_consequence(one, language) for one in brief.assessment.consequences if one.truth is not False)
    return [Items(items)] if items else []


def _consequence(one: ConsequenceFinding, language: str) -> Item:
    phrases = words(language)["phrases"]
    about = series([doing(act, language) for act in one.acts], language, joint="or")
    lead = f"{_capital(about)}. {phrases['if_done'] if one.of == 'doing' else phrases['if_not_done']}"
    maybe = f" ({phrases['may_apply']})" if one.truth is None else ""
    return Item(f"{one.statement.strip()}{maybe}", lead=lead, cite=one.cite)


def notices(brief: Brief, language: str) -> list[Block]:
    """Who must be told what."""
    phrases = words(language)["phrases"]
    items = []
    for notice in brief.assessment.notices:
        if notice.truth is False:
            continue
        maybe = f" ({phrases['may_apply']})" if notice.truth is None else ""
        lead = phrases["must_tell"].format(who=_capital(notice.who), whom=notice.must_tell)
        items.append(Item(f"{notice.what}{maybe}", lead=lead, cite=notice.cite))
    return [Items(tuple(items))] if items else []


def enclosures(brief: Brief, language: str) -> list[Block]:
    """The records that go out, with their numbers."""
    numbered = words(language)["phrases"]["numbered"]
    rows = tuple(
        (one.description, str(one.pages), numbered.format(first=one.first, last=one.last) if one.first else "")
        for one in brief.enclosures
    )
    return _table("enclosures", rows, (6, 2, 5), language)


def withholdings(brief: Brief, language: str) -> list[Block]:
    """What was withheld, why, and under which source."""
    rows = tuple((one.where, one.reason, one.cite) for one in brief.withheld)
    return _table("redactions", rows, (4, 6, 4), language)


def authorities(brief: Brief, language: str) -> list[Block]:
    """Each source relied on, once."""
    cites = relied_on(brief)
    return [Items(tuple(Item(cite) for cite in cites))] if cites else []


def relied_on(brief: Brief) -> tuple[str, ...]:
    """The sources that a letter relies on: of the chosen grounds once a position was taken, else of the determinations."""
    if brief.stance is None:
        return tuple(dict.fromkeys(cite for found in brief.assessment.determinations for cite in found.cites))
    chosen = {name for choice in brief.stance.choices for name in choice.grounds}
    return tuple(dict.fromkeys(ground.cite for ground in brief.assessment.grounds if ground.rule in chosen))


def warnings(brief: Brief, language: str) -> list[Block]:
    """What was doubtful in reading or counting."""
    return [Items(tuple(Item(one) for one in brief.assessment.warnings))] if brief.assessment.warnings else []


def _table(name: str, rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...], language: str) -> list[Block]:
    if not rows:
        return []
    spoken: dict[str, Any] = words(language)["tables"][name]
    return [Table(tuple(spoken["headers"]), rows, spoken["caption"], widths)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


SECTIONS: dict[str, Section] = {
    "glance": glance,
    "acts": act_blocks,
    "checks": checks,
    "facts": facts,
    "open questions": open_questions,
    "deadlines": deadlines,
    "offered grounds": offered_grounds,
    "grounds": position_grounds,
    "decisions": decisions,
    "consequences": consequences,
    "notices": notices,
    "enclosures": enclosures,
    "withholdings": withholdings,
    "authorities": authorities,
    "warnings": warnings,
}
"""Every part that a template may ask for by name."""
