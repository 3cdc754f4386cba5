"""Runs the worked examples that stand beside the law: what each says must be what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duly.clock import Calendars
from duly.errors import DulyError
from duly.evidence import Evidence, Fact
from duly.law.applicable import defects
from duly.law.deadlines import deadlines
from duly.law.determine import determine
from duly.law.library import Library
from duly.law.rules import Case


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A worked example that came out otherwise: what was asked, expected, and found, in words."""

    case: Case
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        where = f"{self.case.file}:{self.case.line}"
        return f"{where}: case “{self.case.name}”: {self.what} should be {self.expected}, and is {self.found}."


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What a worked example expects for one act, and what came out, in words."""

    act: str
    expected: str
    found: str
    summary: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One worked example as run: every act that it asks about, and what came out otherwise than it says."""

    case: Case
    answers: tuple[CaseAnswer, ...]
    failures: tuple[CaseFailure, ...]

    @property
    def open_texture(self) -> str:
        """What the law's words leave open about the case; empty where they leave nothing open."""
        return self.case.open_texture

    @property
    def holds(self) -> bool:
        return not self.failures


def case_results(library: Library, calendars: Calendars | None = None) -> tuple[CaseResult, ...]:
    """Every worked example of the library, run, in the order of files and lines."""
    return tuple(_result(library, case, calendars) for case in library.cases)


def _result(library: Library, case: Case, calendars: Calendars | None) -> CaseResult:
    failures = run_case(library, case, calendars)
    try:
        answers = tuple(_case_answers(library, case))
    except DulyError:
        answers = ()  # `failures` says why
    return CaseResult(case, answers, failures)


def _case_answers(library: Library, case: Case) -> Iterator[CaseAnswer]:
    facts = case_facts(library, case)
    for act in dict.fromkeys((*case.expect, *case.possible, *case.never)):
        answer = determine(library, case.office, act, facts, case.on)
        found = answer.outcome if len(answer.possible) == 1 else f"{answer.outcome} {_set(answer.possible)}"
        yield CaseAnswer(act, _expected(case, act), found, answer.summary)


def _expected(case: Case, act: str) -> str:
    parts: list[str] = [case.expect[act]] if act in case.expect else []
    if act in case.possible:
        parts.append(_set(case.possible[act]))
    if act in case.never:
        parts.append(f"never {', '.join(case.never[act])}")
    return " ".join(parts)


def case_facts(library: Library, case: Case) -> dict[str, Fact]:
    """The case's facts, and its office's kind from the profile where the case does not say otherwise."""
    told = Evidence("person", note=f"case “{case.name}”")
    facts = {name: Fact(name, value, told) for name, value in case.facts.items()}
    profile = library.jurisdiction(case.office).office
    if profile is not None and profile.kind and "office.kind" not in facts and "office.kind" not in case.unknown:
        facts["office.kind"] = Fact("office.kind", profile.kind, Evidence("profile", note=profile.name))
    return facts


def run_case(library: Library, case: Case, calendars: Calendars | None = None) -> tuple[CaseFailure, ...]:
    """What comes out otherwise than the case says. Without `calendars` its `due` dates are not run."""
    try:
        return tuple(_failures(library, case, calendars))
    except DulyError as error:
        return (CaseFailure(case, "the answer", "given", f"refused: {error}"),)


def _failures(library: Library, case: Case, calendars: Calendars | None) -> Iterator[CaseFailure]:
    facts = case_facts(library, case)
    for act in dict.fromkeys((*case.expect, *case.possible, *case.decisive, *case.never)):
        answer = determine(library, case.office, act, facts, case.on)
        expected = case.expect.get(act)
        if expected is not None and answer.outcome != expected:
            yield CaseFailure(case, act, expected, f"{answer.outcome} ({answer.summary})")
        if act in case.possible and set(answer.possible) != set(case.possible[act]):
            yield CaseFailure(case, f"what is possible for {act}", _set(case.possible[act]), _set(answer.possible))
        for never in case.never.get(act, ()):
            if never in answer.possible:
                yield CaseFailure(case, act, f"never {never}", _set(answer.possible))
        if act in case.decisive:
            wanted = {frozenset(names) for names in case.decisive[act]}
            found = {frozenset(names) for names in answer.decisive}
            if wanted != found:
                yield CaseFailure(case, f"what decides {act}", _sets(wanted), _sets(found))
    if case.defects is not None:
        defective = {finding.rule for finding in defects(library, case.office, facts, case.on) if finding.truth}
        if defective != set(case.defects):
            yield CaseFailure(case, "the list of defects", _set(case.defects), _set(tuple(sorted(defective))))
    if case.due and calendars is not None:
        due = {each.id: each.due for each in deadlines(library, calendars, case.office, facts, case.on)}
        for id, expected_due in case.due.items():
            if due.get(id) != expected_due:
                yield CaseFailure(case, f"the deadline {id}", str(expected_due), str(due.get(id, "not in force")))


def _set(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(sorted(names)) + "}"


def _sets(sets: set[frozenset[str]]) -> str:
    return " or ".join(sorted(_set(tuple(names)) for names in sets)) or "nothing"
