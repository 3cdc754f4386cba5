"""From one block of an enactment to its rule or case, every key checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from duly.clock.deadline import Direction, Roll, Unit
from duly.errors import Place
from duly.law.condition import FALSE, kind_of
from duly.law.determination import OUTCOMES, Outcome
from duly.law.fields import Fields
from duly.law.markdown_source import Block, stands_in
from duly.law.parsing import parse_condition
from duly.law.rules import (
    Consequence,
    Count,
    Defect,
    Define,
    Duty,
    Ground,
    Layer,
    Notice,
    Period,
    Precedent,
    Report,
    Rule,
)
from duly.law.sql import to_sql
from duly.law.vocabulary import FactType, Vocabulary

# Plain letters only: two ids that look alike are one, and an id can stand in an address.
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")

POSITIONS = ("decline", "object", "move to quash", "ask for time", "comply", "comply in part")
DEFAULT_ORDERED_WHEN = "court.order_entered AND court.order_covers_demand"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a block inherits from its file."""

    vocabulary: Vocabulary
    jurisdiction: str
    layer: Layer
    enactment: str
    source: str
    in_force: tuple[date | None, date | None] | None
    quoted: str
    file: str


def read_rule(block: Block, setting: Setting) -> Rule:
    """The rule in a `rule`, `define` or `precedent` block."""
    fields = Fields(block.fields, setting.file, block.line, block.kind)
    kind = block.kind
    if kind == "rule":
        kind = fields.choice("kind", tuple(_READERS))
        fields.kind = kind
    elif fields.has("kind") and fields.choice("kind", (kind,)):
        pass
    common = _common(fields, setting, block.line)
    reader = _READERS.get(kind) or {"define": _define, "precedent": _precedent}[kind]
    rule = reader(fields, setting, common)
    fields.finish()
    return rule


def _common(fields: Fields, setting: Setting, line: int) -> dict[str, Any]:
    facts = setting.vocabulary.facts
    id_place, text_place = fields.place("id"), fields.place("text")
    id = fields.text("id")
    if not id.startswith(f"{setting.jurisdiction}/"):
        raise fields.error(
            f"The id “{id}” does not begin with its jurisdiction.",
            id_place,
            "rule-id",
            f"Begin it {setting.jurisdiction}/…",
        )
    if not _ID.fullmatch(id):
        raise fields.error(
            f"The id “{id}” is not made of the letters a to z, digits, points, hyphens and underscores, between slashes.",
            id_place,
            "rule-id",
            "Rename the rule.",
        )
    in_force = fields.range("in_force") or setting.in_force
    if in_force is None:
        raise fields.error("This rule has no `in_force`.", code="missing-key", remedy="Add `in_force: [from, to]`.")
    text = fields.text("text")
    if not stands_in(text, setting.quoted):
        raise fields.error(
            f"The text “{_short(text)}” does not occur in the quoted text of this file.",
            text_place,
            "text-not-quoted",
            "Quote the provision with `>` and copy the words from there.",
        )
    # A definition is named after its fact and a precedent after its parties where they bear no title of their own.
    title = fields.text("title", "" if fields.kind in ("define", "precedent") else None)
    when, when_sql = fields.condition("when", facts)
    unless, unless_sql = fields.condition("unless", facts, FALSE)
    return {
        "id": id,
        "title": title,
        "cite": fields.text("cite"),
        "text": text,
        "jurisdiction": setting.jurisdiction,
        "layer": setting.layer,
        "in_force": in_force,
        "when": when,
        "when_sql": when_sql,
        "unless": unless,
        "unless_sql": unless_sql,
        "overrides": fields.texts("overrides"),
        "note": fields.text("note", ""),
        "source": fields.text("source", setting.source),
        "enactment": setting.enactment,
        "file": setting.file,
        "line": line,
    }


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rstrip() + "…"


def _acts(fields: Fields, setting: Setting, *, needed: bool = True) -> tuple[str, ...]:
    at = fields.place("acts") if fields.has("acts") else fields.place("act")
    acts = fields.texts("act", "acts")
    if needed and not acts:
        raise fields.error(f"This {fields.kind} names no act.", code="missing-key", remedy="Add `act: …`.")
    for act in acts:
        if act not in setting.vocabulary.acts:
            raise fields.error(f"There is no act “{act}” in the vocabulary.", at, "unknown-act")
    return acts


def _duty(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    place = fields.place("force")
    modality = fields.choice("modality", ("required", "forbidden", "permitted"))
    force = fields.choice("force", ("self-executing", "on court order", "request only"), "self-executing")
    if force != "self-executing" and modality != "required":
        raise fields.error(f"Only what is required can have force “{force}”.", place)
    ordered: dict[str, Any] = {"ordered_when": FALSE, "ordered_when_sql": ""}
    if fields.has("ordered_when") and force != "on court order":
        raise fields.error("`ordered_when` belongs to force `on court order`.", fields.place("ordered_when"))
    if force == "on court order":
        facts = setting.vocabulary.facts
        if fields.has("ordered_when"):
            tree, sql = fields.condition("ordered_when", facts)
        else:
            tree = parse_condition(DEFAULT_ORDERED_WHEN, facts, place)
            sql = to_sql(tree)
        ordered = {"ordered_when": tree, "ordered_when_sql": sql}
    place = fields.place("notwithstanding")
    notwithstanding = fields.flag("notwithstanding")
    if notwithstanding and modality != "permitted":
        raise fields.error("`notwithstanding` belongs to a permission.", place)
    return Duty(
        **common,
        **ordered,
        acts=_acts(fields, setting),
        modality=cast(Any, modality),
        force=cast(Any, force),
        notwithstanding=notwithstanding,
    )


def _defect(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    applies, applies_sql = fields.condition("applies", setting.vocabulary.facts)
    return Defect(
        **common,
        item=fields.text("item"),
        effect=cast(Any, fields.choice("effect", ("void", "voidable", "incomplete"))),
        applies=applies,
        applies_sql=applies_sql,
    )


def _period(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    what, purpose = fields.text("what"), fields.text("for")
    choose = "latest" if fields.has("latest") else "earliest"
    both = fields.has("latest") and fields.has("earliest")
    listed = fields.take("earliest") or fields.take("latest")
    if both:
        raise fields.error("A period is the earliest or the latest of its counts, not both.")
    counts = []
    if listed is not None:
        if not isinstance(listed.value, list) or len(listed.value) < 2:
            raise fields.error(f"`{choose}` must list two or more counts.", Place(setting.file, listed.line))
        for part in listed.value:
            inner = fields.sub(choose, part)
            counts.append(_count(inner, setting))
            inner.finish()
    else:
        counts.append(_count(fields, setting))
    return Period(
        **common,
        what=what,
        purpose=purpose,
        counts=tuple(counts),
        choose=cast(Any, choose),
        counted_by=fields.text("counted_by", ""),
        alarm=fields.text("alarm", ""),
        acts=_acts(fields, setting, needed=False),
    )


def _count(fields: Fields, setting: Setting) -> Count:
    facts = setting.vocabulary.facts
    trigger = _time_fact(fields, "trigger", facts)
    stated = _time_fact(fields, "stated", facts)
    length, unit = fields.integer("length"), fields.optional_text("unit")
    if unit is not None and unit not in get_args(Unit):
        raise fields.error(f"“{unit}” is no unit; units are: {', '.join(get_args(Unit))}.", code="unknown-choice")
    counted = length is not None and unit is not None and trigger is not None
    if not counted and (length is not None or unit is not None or stated is None):
        raise fields.error(
            "A period is counted by `trigger`, `length` and `unit` together, or `stated` on the paper.",
            code="missing-key",
        )
    if unit is not None and unit.startswith("hours") and trigger is not None and facts[trigger].kind != "moment":
        raise fields.error(f"Hours are counted from a moment; {trigger} is a date.", code="wrong-type")
    if length is not None and length < 0:
        raise fields.error("`length` cannot be negative.", remedy="Use `direction: before`.")
    calendars = fields.texts("calendars") if fields.has("calendars") else None
    fields.take("calendars")
    return Count(
        trigger=trigger,
        stated=stated,
        length=length,
        unit=cast(Any, unit),
        direction=cast(Any, fields.choice("direction", get_args(Direction), "after")),
        roll=cast(Any, fields.choice("roll", get_args(Roll), "next working day")),
        calendars=calendars,
        state_holidays=fields.flag("state_holidays"),
        service_additions=_service_additions(fields, facts),
        cite=fields.text("cite", ""),
    )


def _service_additions(fields: Fields, facts: Mapping[str, FactType]) -> tuple[tuple[str, int], ...]:
    manners = facts["service.manner"].choices if "service.manner" in facts else ()
    additions = []
    for manner, days in fields.mapping("service_additions").items():
        at = Place(fields.file, days.line)
        if manners and manner not in manners:
            raise fields.error(f"“{manner}” is no manner of service: {', '.join(manners)}.", at, "unknown-choice")
        if not isinstance(days.value, int) or isinstance(days.value, bool) or days.value < 0:
            raise fields.error(f"The days added for {manner} must be a whole number.", at, "wrong-type")
        additions.append((manner, days.value))
    return tuple(additions)


def _time_fact(fields: Fields, key: str, facts: Mapping[str, FactType]) -> str | None:
    at = fields.place(key)
    name = fields.optional_text(key)
    if name is None:
        return None
    entry = facts.get(name)
    if entry is None:
        raise fields.error(f"There is no fact “{name}” in the vocabulary.", at, "unknown-fact")
    if entry.kind not in ("date", "moment"):
        raise fields.error(f"`{key}` must be a date or a moment; {name} is a {entry.kind}.", at, "wrong-type")
    return name


def _ground(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    return Ground(
        **common,
        acts=_acts(fields, setting),
        position=fields.choice("position", POSITIONS),
        statement=fields.text("statement"),
        by=fields.optional_text("by"),
    )


def _notice(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    return Notice(
        **common,
        who=fields.text("who"),
        must_tell=fields.text("must_tell"),
        what=fields.text("what"),
        by=fields.optional_text("by"),
        acts=_acts(fields, setting, needed=False),
    )


def _consequence(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    return Consequence(
        **common,
        acts=_acts(fields, setting),
        of=cast(Any, fields.choice("of", ("doing", "not doing"))),
        who=fields.text("who"),
        statement=fields.text("statement"),
    )


def _report(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    return Report(
        **common,
        who=fields.text("who"),
        fields=fields.texts("fields"),
        by=fields.text("by"),
        statement=fields.text("statement"),
    )


def _define(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    if common["when_sql"] or common["unless_sql"]:
        raise fields.error("A definition has no `when` and no `unless`.", remedy="Put the condition into `as`.")
    name_place = fields.place("name")
    name = fields.text("name")
    as_place = fields.place("as")
    entry = setting.vocabulary.facts.get(name)
    if entry is None:
        raise fields.error(f"There is no fact “{name}” in the vocabulary.", name_place, "unknown-fact")
    if not entry.derived:
        raise fields.error(
            f"“{name}” is not a derived fact.", name_place, "not-derived", "Mark it `derived = true` in the vocabulary."
        )
    tree, sql = fields.expression("as", setting.vocabulary.facts)
    if kind_of(tree) != entry.kind and {kind_of(tree), entry.kind} != {"choice", "text"}:
        raise fields.error(f"{name} is a {entry.kind}, its definition a {kind_of(tree)}.", as_place, "wrong-type")
    return Define(**(common | {"title": common["title"] or name}), name=name, meaning=tree, meaning_sql=sql)


def _precedent(fields: Fields, setting: Setting, common: dict[str, Any]) -> Rule:
    place = fields.place("holding")
    name, holding = fields.text("name"), fields.choice("holding", OUTCOMES)
    settles = fields.texts("settles")
    if settles and holding not in ("required", "demanded", "requested", "permitted", "forbidden"):
        raise fields.error(f"A holding “{holding}” settles nothing.", place)
    decided = fields.needed("decided")
    return Precedent(
        **(common | {"title": common["title"] or name}),
        name=name,
        court=fields.text("court"),
        decided=fields.as_day("decided", decided),
        acts=_acts(fields, setting),
        holding=cast(Outcome, holding),
        binds=_binds(fields),
        parties=fields.texts("parties"),
        status=cast(Any, fields.choice("status", ("good", "superseded", "reversed", "questioned"))),
        status_from=fields.day("status_from"),
        by=fields.text("by", ""),
        settles=settles,
    )


def _binds(fields: Fields) -> tuple[str, ...]:
    """`binds`: jurisdictions, `circuit: 5`, `district: D. Colo.` or `parties`, one or a list of them."""
    found = fields.needed("binds")
    parts = found.value if isinstance(found.value, list) else [found]
    bound: list[str] = []
    for part in parts:
        if isinstance(part.value, dict):
            for key, inner in part.value.items():
                if key not in ("circuit", "district"):
                    raise fields.error(f"`binds` knows no `{key}`.", Place(fields.file, part.line), "unknown-key")
                bound.append(f"{key} {fields.as_text(key, inner)}")
        else:
            bound.append(fields.as_text("binds", part))
    return tuple(dict.fromkeys(bound))


_READERS: dict[str, Callable[[Fields, Setting, dict[str, Any]], Rule]] = {
    "duty": _duty,
    "defect": _defect,
    "period": _period,
    "ground": _ground,
    "notice": _notice,
    "consequence": _consequence,
    "report": _report,
}
