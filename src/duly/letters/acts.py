"""Each act as a letter shows it: the outcome, both lines of authority with their words, decided cases, what is open."""

from __future__ import annotations

from typing import Any

from duly.law.determination import Applied, Determination, PrecedentOnPoint
from duly.letters.brief import Brief
from duly.letters.content import Act, ActLine, Block, Item, Paragraph
from duly.letters.language import words
from duly.letters.terms import doing, label

_AGAINST = "forbidden"


def act_blocks(brief: Brief, language: str) -> list[Block]:
    """One block for each determination. Words quoted once are not quoted again."""
    quoted: set[tuple[str, str]] = set()
    moot = brief.assessment.moot
    spoken_of = [found for found in brief.assessment.determinations if not _is_silent(found)]
    blocks: list[Block] = [act_block(found, language, quoted, moot.get(found.act)) for found in spoken_of]
    silent = [label(found.act, language) for found in brief.assessment.determinations if _is_silent(found)]
    if silent:
        blocks.append(Paragraph("; ".join(silent) + ".", lead=words(language)["phrases"]["no_rule"]))
    return blocks


def _is_silent(found: Determination) -> bool:
    """Whether no rule and no case speaks of the act, so that there is nothing to show but that."""
    return found.outcome == "unregulated" and not found.applied and not found.precedents


def act_block(found: Determination, language: str, quoted: set[tuple[str, str]], moot: str | None = None) -> Act:
    """The act's block; `quoted` holds what stands above already and grows by what is quoted here.

    `moot` says why the act can no longer be done, whatever the law says.
    """
    spoken = words(language)
    outcome = spoken["outcomes"][found.outcome]
    return Act(
        act=found.act,
        label=label(found.act, language),
        outcome=found.outcome,
        word=outcome["word"],
        summary=summary(found, language),
        meaning=outcome["meaning"],
        lines=_lines(found, language, quoted),
        notes=(moot,) if moot else (),
    )


def summary(found: Determination, language: str) -> str:
    """The determination's sentence, without the outcome's word where that stands before it already."""
    word = f"{words(language)['outcomes'][found.outcome]['word']}: "
    said = found.summary.removeprefix(word)
    return said[:1].upper() + said[1:]


def _lines(found: Determination, language: str, quoted: set[tuple[str, str]]) -> tuple[ActLine, ...]:
    spoken = words(language)
    headings = spoken["lines"]
    applies = [rule for rule in found.applied if rule.role == "applies"]
    may = [rule for rule in found.applied if rule.role == "may apply"]
    against = [rule for rule in applies if rule.direction == _AGAINST]
    toward = [rule for rule in applies if rule.direction != _AGAINST]
    name = doing(found.act, language)
    groups: list[tuple[str, list[Applied]]]
    if against and toward:
        groups = [(headings["against"].format(doing=name), against), (headings["toward"].format(doing=name), toward)]
    else:
        groups = [(headings["single"], applies)]
    groups.append((headings["may"], may))
    lines = [
        ActLine(heading, tuple(_source(rule, spoken, quoted) for rule in rules)) for heading, rules in groups if rules
    ]
    cases = tuple(_case(case, spoken, quoted) for case in found.precedents)
    return (*lines, ActLine(headings["cases"], cases)) if cases else tuple(lines)


def _source(rule: Applied, spoken: dict[str, Any], quoted: set[tuple[str, str]]) -> Item:
    layer = spoken["layers"].get(rule.layer, rule.layer)
    force = spoken["forces"].get(rule.force, rule.force) if rule.direction not in ("permitted", None) else ""
    said = ", ".join(part for part in (layer, force) if part)
    return _quoting(f"{rule.title}", said, rule.cite, rule.text, spoken, quoted)


def _case(case: PrecedentOnPoint, spoken: dict[str, Any], quoted: set[tuple[str, str]]) -> Item:
    phrases = spoken["phrases"]
    said = [phrases["binding" if case.binding else "persuasive"]]
    if case.settles:
        said.append(phrases["settles"])
    if case.status != "good":
        said.append(phrases["superseded"].format(status=case.status))
    return _quoting(case.name, ", ".join(said), case.cite, case.text, spoken, quoted)


def _quoting(lead: str, said: str, cite: str, text: str, spoken: dict[str, Any], quoted: set[tuple[str, str]]) -> Item:
    if not text:
        return Item(f"({said})", lead=lead, cite=cite)
    if (cite, text) in quoted:
        return Item(f"({said}; {spoken['phrases']['quoted_above']})", lead=lead, cite=cite)
    quoted.add((cite, text))
    return Item(f"({said})", lead=lead, cite=cite, quotation=text)
