"""One plain sentence for a tired clerk, made from the rules' own titles and citations."""

from __future__ import annotations

from collections.abc import Sequence

from duly.law.determination import Outcome, PrecedentOnPoint
from duly.law.library import Library
from duly.law.program import DETERMINED
from duly.law.roles import Standing
from duly.law.rule_proofs import DIRECTIONS
from duly.law.rules import LAYERS, Duty, Rule

Carrying = tuple[Rule, Standing]
"""A rule that carries the outcome, with which way it pulls."""
MOST_QUESTIONS = 2
"""More questions than this are counted in the sentence and not listed; the determination has them all (`decisive`)."""
_STARTERS = frozenset(
    ["a", "an", "the", "no", "not", "any", "once", "until", "where", "when", "after", "before", "only"]
)
_VERBS = {
    "required": "requires it",
    "demanded": "demands it, and a court may enforce",
    "requested": "asks for it",
    "permitted": "permits it",
    "forbidden": "forbids it",
}


def summarise(
    library: Library,
    act: str,
    outcome: Outcome,
    carrying: Sequence[Carrying],
    possible: frozenset[int],
    decisive: Sequence[Sequence[str]],
    precedents: Sequence[PrecedentOnPoint],
    yielding: Sequence[Carrying] = (),
) -> str:
    """The outcome and what it rests on. `yielding` are the prohibitions that a duty of higher law sets aside."""
    doing = library.vocabulary.acts[act].doing
    settled = next((point for point in precedents if point.settles), None)
    tail = f" {settled.name}, {settled.cite}, settles the point." if settled else ""
    match outcome:
        case "required":
            return f"Required: {_ordered(carrying)}{_said(library, carrying, 'required')}.{_yields(carrying, yielding)}{tail}"
        case "demanded":
            return f"Demanded: {_said(library, carrying, 'demanded')}; until a court orders it, the office may comply or decline.{tail}"
        case "requested":
            return f"Requested: {_said(library, carrying, 'requested')}; no law requires it.{tail}"
        case "permitted":
            return f"Permitted: {_said(library, carrying, 'permitted')}; no law requires it.{tail}"
        case "forbidden":
            return f"Forbidden: {_said(library, carrying, 'forbidden')}.{tail}"
        case "contested":
            return f"Contested: {_said(library, carrying, 'forbidden')}; {_in_favour(carrying)}."
        case "unregulated":
            return f"Unregulated: no rule here speaks about {doing} on these facts."
        case "undetermined":
            return _open(library, possible, decisive)


def _said(library: Library, carrying: Sequence[Carrying], direction: str) -> str:
    """The rules that point one way: their titles, each with its citation."""
    rules = [rule for rule, standing in carrying if _points(standing) == direction] or [rule for rule, _ in carrying]
    parts = list(dict.fromkeys(f"{_lowered(library, rule.title)} ({rule.cite})" for rule in rules))
    return _listed(parts)


def _ordered(carrying: Sequence[Carrying]) -> str:
    """That a court has ordered it, where a demand binds because of that."""
    return "a court has ordered compliance: " if _by_order(carrying) else ""


def _by_order(carrying: Sequence[Carrying]) -> bool:
    return any(isinstance(rule, Duty) and rule.force == "on court order" for rule, _ in carrying)


def _yields(carrying: Sequence[Carrying], yielding: Sequence[Carrying]) -> str:
    """Which prohibitions the duty sets aside, and to what they yield."""
    above = max((rule.layer for rule, _ in carrying), key=LAYERS.index, default="")
    to = "to the court's order" if _by_order(carrying) else f"to {above} law"
    sentences = ""
    if sure := list(dict.fromkeys(rule.cite for rule, standing in yielding if standing.role == "beaten")):
        sentences += f" {_listed(sure)} {('forbids it and yields', 'forbid it and yield')[len(sure) > 1]} {to}."
    if open_ := list(dict.fromkeys(rule.cite for rule, standing in yielding if standing.role != "beaten")):
        sentences += f" Whether {_listed(open_, 'or')} forbids it is not known and need not be: it would yield {to}."
    return sentences


def _in_favour(carrying: Sequence[Carrying]) -> str:
    parts = []
    for direction in ("required", "demanded", "permitted"):
        cites = dict.fromkeys(rule.cite for rule, standing in carrying if _points(standing) == direction)
        if cites:
            parts.append(f"{_listed(list(cites))} {_verb(direction, len(cites))}")
    return "; ".join(parts) or "other valid law points the other way"


def _points(standing: Standing) -> str:
    return "" if standing.pull is None else DIRECTIONS[standing.pull]


def _verb(direction: str, count: int) -> str:
    verb = _VERBS[direction]
    first, _, rest = verb.partition(" ")
    return verb if count == 1 else f"{first.removesuffix('s')} {rest}"


def _open(library: Library, possible: frozenset[int], decisive: Sequence[Sequence[str]]) -> str:
    outcomes = _listed([DETERMINED[number] for number in sorted(possible)], "or")
    if not decisive:
        return f"Undetermined: {outcomes}, depending on facts not known."
    questions = [library.vocabulary.facts[name].ask for name in decisive[0]]
    if len(questions) == 1:
        return f"Undetermined: {outcomes}. One answer settles it: {questions[0]}"
    if len(questions) <= MOST_QUESTIONS:
        return f"Undetermined: {outcomes}. {len(questions)} answers settle it: {' '.join(questions)}"
    return f"Undetermined: {outcomes}. {len(questions)} answers would settle it; the first to find out: {questions[0]}"


def _lowered(library: Library, title: str) -> str:
    """A title inside a sentence: its first letter small, where its first word is one that the law also writes small."""
    first = title.split(" ", 1)[0]
    ordinary = first.lower().strip(",")
    return title[0].lower() + title[1:] if ordinary in _STARTERS or ordinary in _ordinary_words(library) else title


def _ordinary_words(library: Library) -> frozenset[str]:
    """Every word that stands small in a title or in the words of a law; names and abbreviations do not."""
    if "ordinary words" not in library.kept:
        words = (word for rule in library.by_id.values() for text in (rule.title, rule.text) for word in text.split())
        library.kept["ordinary words"] = frozenset(word.strip(",.;") for word in words if word[:1].islower())
    found: frozenset[str] = library.kept["ordinary words"]
    return found


def _listed(words: Sequence[str], last: str = "and") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
