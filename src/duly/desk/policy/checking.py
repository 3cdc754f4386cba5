"""What stands beside a policy while it is written: mistakes, conflicts with the law above, cases, and open matters."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from duly import court, law
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.models import Office
from duly.desk.accounts.roles import may
from duly.desk.law.reading import Stretch, stretches
from duly.desk.policy import document
from duly.desk.policy.document import Written
from duly.desk.shelf import (
    UnusablePolicyError,
    act_label,
    calendars,
    calendars_for,
    kinds,
    library,
    library_for,
    with_policies,
)
from duly.desk.storage import ledger
from duly.desk.storage.models import MatterRow
from duly.desk.storage.policies import binding
from duly.desk.today.work import visible_matters
from duly.errors import DulyError
from duly.evidence import Fact, FactValue
from duly.law import Enactment, Library, Problem, RulebookError, SourceFile
from duly.matters import fold
from duly.matters.events import ActOutcome

Supposed = tuple[tuple[str, dict[str, Fact]], ...]
CHECKS_SECONDS, MATTERS_SECONDS = 8.0, 6.0
MOST_MATTERS = 300
SHOWN = "this policy"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about the text: `line` is the editor's own, None where it concerns another text. `said` is the
    sentence in parts, each with whether it is to be stressed."""

    severity: str
    check: str
    line: int | None
    said: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer on an open matter that would be another."""

    row: MatterRow
    act: str
    before: ActOutcome
    after: ActOutcome


@dataclass(frozen=True, slots=True)
class Matters:
    """What would change for open matters: those that this person may open. `untried` were not tried in time, `others` says
    that there may be some that they cannot open. `because`: why none could be tried."""

    changed: tuple[Changed, ...] = ()
    tried: int = 0
    untried: int = 0
    others: bool = True
    because: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was found. `loads` False: the text has mistakes, and nothing else could be tried."""

    loads: bool
    findings: tuple[Finding, ...] = ()
    cases: int = 0
    matters: Matters = field(default_factory=Matters)
    stretches: tuple[Stretch, ...] = ()

    @property
    def mistakes(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.severity == "error")

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.check == "conflict")

    @property
    def others(self) -> tuple[Finding, ...]:
        known = {*self.mistakes, *self.conflicts}
        return tuple(found for found in self.findings if found not in known)


def check(visit: Visit, policy: str, written: Written, *, with_matters: bool = True) -> Checked:
    """Hold the text against everything, within bounded time. Records nothing."""
    office = visit.office
    on = max(written.effective_from, office.today())
    text = document.compose(office, written)
    above = document.front_lines(text)
    path = f"{office.jurisdiction}/{policy}.md"
    others = tuple(file for file in binding(office.id, on) if file.path != path)
    try:
        base = with_policies(library(), others)
        found = law.extend(base, [SourceFile(path, SHOWN, text.encode())])
    except RulebookError as error:
        return Checked(False, tuple(_mistake(each, above) for each in error.errors))
    except UnusablePolicyError as error:  # another policy of the office stands in the way
        return Checked(False, (_mistake(error, above),))
    enactment = found.enactments[f"{office.jurisdiction}/{policy}"]
    problems = _problems(found, enactment, office.kind)
    return Checked(
        True,
        tuple(_finding(problem, above) for problem in problems),
        sum(1 for case in found.cases if case.file == SHOWN),
        _matters(visit, found, on) if with_matters else Matters(),
        tuple(stretches(found, enactment, on)),
    )


_SETTLED = 64
_settled: dict[tuple[str, str], tuple[Problem, ...]] = {}


def _problems(found: Library, enactment: Enactment, kind: str) -> tuple[Problem, ...]:
    """What the law's checks say of this very text under this very law, kept once everything was settled: the author who
    sends it on and the approver who reads it need not wait again."""
    key = (found.digest, kind)
    if key in _settled:
        return _settled[key]
    given: dict[str, FactValue] = {"office.kind": kind} if kind else {}
    problems = law.check_enactment(found, enactment, calendars(), given=given, may_go_on=within(CHECKS_SECONDS))
    if all(problem.check != "time" for problem in problems):
        while len(_settled) >= _SETTLED:
            _settled.pop(next(iter(_settled)), None)
        _settled[key] = problems
    return problems


def loads(visit: Visit, policy: str, written: Written) -> tuple[str, ...]:
    """Why this text cannot be sent on: mistakes by which it does not load, and cases that come out otherwise."""
    checked = check(visit, policy, written, with_matters=False)
    return tuple(
        f"Line {found.line}: {words}" if found.line else words
        for found in checked.mistakes
        for words in ("".join(part for part, _ in found.said),)
    )


def within(seconds: float) -> Callable[[], bool]:
    """Says yes until so many seconds of work are spent: a busy machine makes a check slower, not poorer."""
    end = time.thread_time() + seconds
    return lambda: time.thread_time() < end


def _mistake(error: DulyError, above: int) -> Finding:
    line = error.place.line if error.place is not None else None
    own = line - above if line is not None and line > above else None
    return Finding("error", "mistake", own, ((f"{error.message} {error.remedy}".strip(), False),))


def _finding(problem: Problem, above: int) -> Finding:
    line = problem.place.line if problem.place.file == SHOWN else None
    own = line - above if line is not None and line > above else None
    return Finding(problem.severity, problem.check, own, _stressed(problem.message))


def _stressed(message: str) -> tuple[tuple[str, bool], ...]:
    """The sentence with the words between asterisks to be stressed."""
    parts = re.split(r"\*([a-z]+)\*", message)
    return tuple((part, index % 2 == 1) for index, part in enumerate(parts) if part)


def _matters(visit: Visit, after: Library, on: date) -> Matters:
    try:
        before = library_for(visit.office, on)
    except UnusablePolicyError as error:
        return Matters(because=error.message)
    may_go_on = within(MATTERS_SECONDS)
    hidden = not may(visit.role, "see sealed matter")
    if not may(visit.role, "see matter"):
        return Matters()
    rows = list(visible_matters(visit).filter(closed=False).order_by("-opened_at")[:MOST_MATTERS])
    left = max(visible_matters(visit).filter(closed=False).count() - len(rows), 0)
    changed: list[Changed] = []
    tried = 0
    for row in rows:
        if not may_go_on():
            break
        tried += 1
        changed += (
            Changed(row, act_label(act), was, now) for act, was, now in _differing(visit.office, row, before, after, on)
        )
    return Matters(tuple(changed), tried, left + len(rows) - tried, hidden)


def _differing(
    office: Office, row: MatterRow, before: Library, after: Library, on: date
) -> Iterator[tuple[str, ActOutcome, ActOutcome]]:
    for act, facts in _facts_of(office, row, before, on):
        was, now = (law.determine(books, office.jurisdiction, act, facts, on) for books in (before, after))
        if (was.outcome, was.possible) != (now.outcome, now.possible):
            yield act, ActOutcome(act, was.outcome, was.possible), ActOutcome(act, now.outcome, now.possible)


_KEPT = 2000
_supposed: dict[tuple[str, int, str, str, date], Supposed] = {}


def _facts_of(office: Office, row: MatterRow, books: Library, on: date) -> Supposed:
    """The matter's acts with their facts, kept while neither the matter nor the law moves: typing asks often."""
    key = (row.id, row.sequence, books.digest, calendars_for(office).digest, on)
    if key not in _supposed:
        while len(_supposed) >= _KEPT:
            _supposed.pop(next(iter(_supposed)), None)
        _supposed[key] = tuple(_acts_of(office, row, books, on))
    return _supposed[key]


def _acts_of(office: Office, row: MatterRow, books: Library, on: date) -> Iterator[tuple[str, dict[str, Fact]]]:
    matter = fold(ledger.events_of(row.id))
    if matter.instrument is None:
        return
    found = court.assess_matter(books, calendars_for(office), office.as_domain(), matter, on, kinds=kinds())
    for act in found.acts:
        yield act, found.facts_for(act)
