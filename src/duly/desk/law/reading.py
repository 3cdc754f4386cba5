"""An enactment arranged for reading: each stretch of its text with the rules that encode it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from duly import law
from duly.desk.law import plain
from duly.desk.law.uses import Use
from duly.law import Case, Enactment, Jurisdiction, Library, Outcome, Passage
from duly.law.condition import names_in
from duly.law.rules import Define, Precedent, Rule

# No HTML from the source passes through: a rulebook may come from outside.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False})


@dataclass(frozen=True, slots=True)
class Shelf:
    """One jurisdiction and its enactments."""

    jurisdiction: Jurisdiction
    enactments: tuple[Enactment, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Worked:
    """One worked example in words: its facts, and what it says should come out."""

    name: str
    anchor: str
    on: date
    office: str
    facts: tuple[str, ...]
    expected: tuple[tuple[str, Outcome], ...]
    why: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One rule with all that is said beside it."""

    rule: Rule
    anchor: str
    kind: str
    sentences: tuple[plain.Sentence, ...]
    force: str
    dates: str
    in_force: bool
    overrides: tuple[plain.RuleLink, ...]
    overridden_by: tuple[plain.RuleLink, ...]
    settled_by: tuple[plain.RuleLink, ...]
    used_by: tuple[plain.RuleLink, ...]
    worked: tuple[Worked, ...]
    use: Use | None


@dataclass(slots=True)
class Stretch:
    """Text on the left, rules on the right."""

    text: list[Passage] = field(default_factory=list)
    rules: list[Annotated] = field(default_factory=list)
    worked: list[Worked] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        source = "\n\n".join(_source(passage) for passage in self.text)
        html: SafeString = mark_safe(_MARKDOWN.render(source))
        return html


def shelves(library: Library) -> list[Shelf]:
    """Every jurisdiction, its parts beneath it, with what it has enacted."""
    found = []
    for place in sorted(library.jurisdictions.values(), key=lambda place: place.id):
        enacted = sorted(
            (entry for entry in library.enactments.values() if entry.jurisdiction == place.id),
            key=lambda entry: entry.citation,
        )
        found.append(Shelf(place, tuple(enacted), place.id.count("/")))
    return found


def stretches(library: Library, enactment: Enactment, on: date, uses: Mapping[str, Use] | None = None) -> list[Stretch]:
    """The passages in reading order; a new stretch begins where text follows rules. `uses` where the reader may see them."""
    worked = {example.name: example for example in worked_examples(library, enactment)}
    found: list[Stretch] = []
    for passage in enactment.passages:
        if passage.kind in ("rule", "case"):
            if not found:
                found.append(Stretch())
            if passage.kind == "case":
                if passage.text in worked:
                    found[-1].worked.append(worked[passage.text])
            elif passage.text in library.by_id:
                found[-1].rules.append(annotated(library, library.by_id[passage.text], on, worked.values(), uses))
            continue
        if not found or found[-1].rules or found[-1].worked:
            found.append(Stretch())
        found[-1].text.append(passage)
    return found


def annotated(
    library: Library, rule: Rule, on: date, worked: Iterable[Worked], uses: Mapping[str, Use] | None
) -> Annotated:
    """The rule with its words, its neighbours, its examples and where it was used."""
    others = library.by_id.values()
    return Annotated(
        rule=rule,
        anchor=plain.anchor(rule.id),
        kind=plain.kind_words(rule),
        sentences=tuple(plain.sentences(library, rule)),
        force=plain.force_words(rule),
        dates=plain.dates_in_words(rule),
        in_force=rule.is_in_force(on),
        overrides=tuple(plain.link_to(library.by_id[id], on) for id in rule.overrides),
        overridden_by=tuple(plain.link_to(other, on) for other in others if rule.id in other.overrides),
        settled_by=tuple(
            plain.link_to(other, on) for other in others if isinstance(other, Precedent) and rule.id in other.settles
        ),
        used_by=tuple(_readers(library, rule, on)),
        worked=tuple(example for example in worked if rule.id in example.rules),
        use=None if uses is None else uses.get(rule.id, Use()),
    )


def _readers(library: Library, rule: Rule, on: date) -> Iterator[plain.RuleLink]:
    """The rules that rest on a definition."""
    if not isinstance(rule, Define):
        return
    for other in library.by_id.values():
        read = [other.when, other.unless, *([other.meaning] if isinstance(other, Define) else [])]
        if other.id != rule.id and any(rule.name in names_in(condition) for condition in read):
            yield plain.link_to(other, on)


def worked_examples(library: Library, enactment: Enactment) -> list[Worked]:
    """The examples that stand in the enactment's own file, each with the rules that carry what it says."""
    cases = [case for case in library.cases if case.file == enactment.file]
    return [_worked(library, case, number) for number, case in enumerate(cases, 1)]


def _worked(library: Library, case: Case, number: int) -> Worked:
    facts = law.case_facts(library, case)
    asked = dict.fromkeys((*case.expect, *case.possible, *case.decisive, *case.never))
    answers = [law.determine(library, case.office, act, facts, case.on) for act in asked]
    carrying = {rule.rule for answer in answers for rule in answer.applied}
    return Worked(
        name=case.name,
        anchor=f"example-{number}",
        on=case.on,
        office=library.jurisdiction(case.office).name,
        facts=tuple(plain.facts_in_words(library, {name: fact.value for name, fact in facts.items()})),
        expected=tuple(case.expect.items()),
        why=case.why,
        rules=frozenset(carrying | set(case.defects or ()) | set(case.due)),
    )


def _source(passage: Passage) -> str:
    if passage.kind == "heading":
        return f"{'#' * min(passage.level + 1, 6)} {passage.text}"
    if passage.kind == "quote":
        return "\n".join(_quoted(passage.text))
    return passage.text


def _quoted(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"> {line}".rstrip()
