"""From a `case` block to the worked example in it, every fact and outcome checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from duly.errors import DulyError, Place
from duly.evidence import FactValue
from duly.law.determination import OUTCOMES, Outcome
from duly.law.fields import Fields
from duly.law.markdown_source import Block
from duly.law.reading import Setting
from duly.law.rules import Case
from duly.law.values import wrong_value
from duly.law.vocabulary import Vocabulary
from duly.law.yaml_source import Located


def read_case(block: Block, setting: Setting) -> Case:
    """The worked example in a `case` block."""
    fields = Fields(block.fields, setting.file, block.line, "case")
    stated = fields.mapping("facts")
    facts = {
        name: as_fact(name, found, setting.vocabulary, setting.file)
        for name, found in stated.items()
        if found.value is not None
    }
    case = Case(
        name=fields.text("name"),
        office=fields.text("office", setting.jurisdiction),
        on=fields.as_day("on", fields.needed("on")),
        facts=facts,
        expect={act: answers[0] for act, answers in _answers(fields, "expect", setting).items()},
        possible=_answers(fields, "possible", setting),
        never=_answers(fields, "never", setting),
        decisive=_decisive(fields, setting),
        defects=fields.texts("defects") if fields.has("defects") else None,
        due={id: _due(fields, id, found) for id, found in fields.mapping("due").items()},
        unknown=tuple(name for name, found in stated.items() if found.value is None),
        why=fields.text("why", ""),
        source=fields.text("source", ""),
        ref=fields.text("ref", ""),
        open_texture=fields.text("open", ""),
        file=setting.file,
        line=block.line,
    )
    fields.take("defects")
    fields.finish()
    return case


def _answers(fields: Fields, key: str, setting: Setting) -> dict[str, tuple[Outcome, ...]]:
    answers: dict[str, tuple[Outcome, ...]] = {}
    for act, found in fields.mapping(key).items():
        at = Place(fields.file, found.line)
        if act not in setting.vocabulary.acts:
            raise fields.error(f"There is no act “{act}” in the vocabulary.", at, "unknown-act")
        parts = found.value if isinstance(found.value, list) else [found]
        words = [fields.as_text(key, part) for part in parts]
        for word in words:
            if word not in OUTCOMES:
                raise fields.error(f"“{word}” is no outcome: {', '.join(OUTCOMES)}.", at, "unknown-choice")
        if not words:
            raise fields.error(f"`{key}` says nothing for {act}.", at)
        answers[act] = tuple(cast(list[Outcome], words))
    return answers


def _due(fields: Fields, id: str, found: Located) -> date | datetime | None:
    if found.value is None or type(found.value) is date:
        return found.value
    if isinstance(found.value, datetime) and found.value.utcoffset() is not None:
        return found.value
    raise fields.error(
        f"`due` of {id} must be a date, or a moment with its offset from UTC.",
        Place(fields.file, found.line),
        "wrong-type",
    )


def _decisive(fields: Fields, setting: Setting) -> dict[str, tuple[tuple[str, ...], ...]]:
    """`{act: [[fact, fact], [fact]]}`, or `{act: [fact, fact]}` for one set."""
    sets: dict[str, tuple[tuple[str, ...], ...]] = {}
    for act, found in fields.mapping("decisive").items():
        value = found.plain()
        groups = value if isinstance(value, list) and all(isinstance(part, list) for part in value) else [value]
        if not all(isinstance(group, list) and all(isinstance(name, str) for name in group) for group in groups):
            raise fields.error("`decisive` lists facts.", Place(fields.file, found.line), "wrong-type")
        sets[act] = tuple(tuple(group) for group in groups)
    return sets


def as_fact(name: str, found: Located, vocabulary: Vocabulary, file: str) -> FactValue:
    """The value of a fact as written in YAML, checked against the vocabulary."""
    at = Place(file, found.line)
    entry = vocabulary.facts.get(name)
    if entry is None:
        raise DulyError(f"There is no fact “{name}” in the vocabulary.", place=at, code="unknown-fact")
    value: Any = found.value
    if entry.kind == "moment" and type(value) is datetime and value.utcoffset() is None:
        raise DulyError(
            f"{name}: {value.isoformat()} has no offset from UTC.",
            place=at,
            remedy="Write 2020-01-14T09:30:00-07:00.",
            code="wrong-type",
        )
    problem = wrong_value(entry, value)
    if problem:
        raise DulyError(problem, place=at, code="wrong-type")
    return cast(FactValue, value)
