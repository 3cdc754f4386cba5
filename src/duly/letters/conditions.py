"""When a part of a letter is said: short conditions over facts, choices and what the brief holds.

    fact NAME is VALUE            the fact is known and has this value (`true`, `false` or a choice); `unknown`: not known
    choice ACT is A / B           counsel chose one of these for the act
    family is A / B               the paper is of one of these families
    process is A                  whose paper it is: administrative, judicial, court paper, request
    known PLACEHOLDER             the phrase for this placeholder is known
    has THING                     order, enclosures, withheld, grounds, statement, choices, moot, undetermined, contested …

`not` before any of them turns it round. A fact that is not known makes `is` false and `not … is` true, so wording that
relies on *false* says `fact NAME is false`.
"""

from __future__ import annotations

from collections.abc import Callable

from duly.errors import DulyError
from duly.letters.brief import Brief
from duly.letters.phrases import PHRASES, Setting, phrase

_HAS: dict[str, Callable[[Brief], object]] = {
    "order": lambda brief: brief.order,
    "enclosures": lambda brief: brief.enclosures,
    "withheld": lambda brief: brief.withheld,
    "statement": lambda brief: brief.stance is not None and brief.stance.statement,
    "grounds": lambda brief: (
        brief.stance is not None and any(choice.grounds or choice.reason for choice in brief.stance.choices)
    ),
    "choices": lambda brief: brief.stance is not None and brief.stance.choices,
    "several choices": lambda brief: brief.stance is not None and len(brief.stance.choices) > 1,
    "determinations": lambda brief: brief.assessment.determinations,
    "offered grounds": lambda brief: brief.assessment.grounds,
    "consequences": lambda brief: brief.assessment.consequences,
    "notices": lambda brief: brief.assessment.notices,
    "defects": lambda brief: brief.assessment.defects,
    "deadlines": lambda brief: brief.assessment.deadlines,
    "warnings": lambda brief: brief.assessment.warnings,
    "kind": lambda brief: brief.assessment.kind,
    "contested": lambda brief: _outcome(brief, "contested"),
    "undetermined": lambda brief: _outcome(brief, "undetermined"),
    "unapproved": lambda brief: brief.stance is not None and not brief.stance.approved,
}


def _outcome(brief: Brief, outcome: str) -> bool:
    return any(found.outcome == outcome for found in brief.assessment.determinations)


def holds(condition: str, setting: Setting) -> bool:
    """Whether the condition holds. Raises DulyError for one that cannot be read."""
    words = condition.strip()
    if words.startswith("not "):
        return not holds(words[4:], setting)
    if words.startswith("has "):
        if words[4:] not in _HAS:
            raise _unreadable(condition)
        return bool(_HAS[words[4:]](setting.brief))
    if words.startswith("known "):
        if words[6:] not in PHRASES:
            raise _unreadable(condition)
        return phrase(words[6:], setting) is not None
    subject, separator, wanted = words.partition(" is ")
    if not separator:
        raise _unreadable(condition)
    return _said(subject, setting.brief, condition) in {choice.strip() for choice in wanted.split("/")}


def _said(subject: str, brief: Brief, condition: str) -> str:
    word, _, name = subject.partition(" ")
    kind = brief.assessment.kind
    if word == "fact" and name:
        value = brief.value(name)
        return "unknown" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    if word == "choice" and name:
        choices = () if brief.stance is None else brief.stance.choices
        return next((choice.choice for choice in choices if choice.act == name), "none")
    if word == "family" and not name:
        return "unknown" if kind is None else kind.family
    if word == "process" and not name:
        return "unknown" if kind is None else kind.process
    raise _unreadable(condition)


def _unreadable(condition: str) -> DulyError:
    return DulyError(
        f"The condition {condition!r} cannot be read.",
        remedy="See the forms at the top of letters/conditions.py.",
        code="letter-template",
    )
