"""What differs between two states of the law: for each act a case whose answer changed, or proof that none did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from duly.errors import DulyError
from duly.evidence import Fact, FactValue
from duly.law.analysis import Analysis, Record, as_facts, smallest
from duly.law.determination import Determination, Outcome
from duly.law.determine import determine, outcome
from duly.law.library import Library
from duly.law.program import DETERMINED
from duly.law.scope import program_for
from duly.law.solver import ALONE, TIMEOUT_MS, SolverGaveUpError, limited, z3


@dataclass(frozen=True, slots=True)
class LawAt:
    """The law of one place on one date in one version of the rulebooks."""

    library: Library
    jurisdiction: str
    on: date


@dataclass(frozen=True, slots=True)
class Difference:
    """One act under two states of the law.

    `same` True: proved that no case has another answer. False: `example` is a case (the facts that matter, no more) and
    the two determinations on it. None: the solver could not tell; `note` says why.
    """

    act: str
    same: bool | None
    example: Mapping[str, FactValue] | None = None
    before: Determination | None = None
    after: Determination | None = None
    note: str = ""


def diff(
    before: LawAt,
    after: LawAt,
    acts: Sequence[str] | None = None,
    *,
    given: Mapping[str, FactValue] | None = None,
    limit_ms: int = TIMEOUT_MS,
) -> tuple[Difference, ...]:
    """For each act (all that both vocabularies have, unless given) a case whose answer differs, or proof of none.

    `given` are facts that hold in every case looked at (an office's kind): what is proved is proved of those cases only.
    `limit_ms` is how long one question to the solver may take.
    """
    _check_same_words(before, after)
    common = [act for act in before.library.vocabulary.acts if act in after.library.vocabulary.acts]
    with ALONE, limited(limit_ms):
        return tuple(_difference(before, after, act, given or {}) for act in (common if acts is None else acts))


def _check_same_words(before: LawAt, after: LawAt) -> None:
    facts, others = before.library.vocabulary.facts, after.library.vocabulary.facts
    for name, entry in facts.items():
        if name in others and others[name].kind != entry.kind:
            raise DulyError(
                f"The fact {name} is a {entry.kind} in one and a {others[name].kind} in the other.", code="vocabulary"
            )


def _difference(before: LawAt, after: LawAt, act: str, given: Mapping[str, FactValue]) -> Difference:
    one = program_for(before.library, before.jurisdiction, act, before.on)
    other = program_for(after.library, after.jurisdiction, act, after.on)
    if one is other:
        return Difference(act, True)
    analysis = Analysis({**before.library.vocabulary.facts, **after.library.vocabulary.facts})
    try:
        first, second = analysis.steps(one), analysis.steps(other)
        differs = z3().Or(*(first[f"={each}"] != second[f"={each}"] for each in DETERMINED))
        record = analysis.find(differs, *analysis.given(given))
    except SolverGaveUpError as error:
        return Difference(act, None, note=error.message)
    if record is None:
        return Difference(act, True)
    record |= given

    def answers(trial: Record) -> tuple[Outcome, Outcome]:
        return _outcome(before, act, trial), _outcome(after, act, trial)

    def still_differs(trial: Record) -> bool:
        was, now = answers(trial)
        return was != now and "undetermined" not in (was, now)

    if not still_differs(record):
        was, now = answers(record)
        if was == now:
            return Difference(act, None, note="The rules differ, but no case was found whose answer does.")
    else:
        record = smallest(record, sorted(record.keys() - given.keys()), still_differs, analysis.vocabulary)
    return Difference(act, False, record, _determined(before, act, record), _determined(after, act, record))


def _known_to(law: LawAt, record: Mapping[str, FactValue]) -> dict[str, Fact]:
    return as_facts({name: value for name, value in record.items() if name in law.library.vocabulary.facts})


def _outcome(law: LawAt, act: str, record: Record) -> Outcome:
    return outcome(law.library, law.jurisdiction, act, _known_to(law, record), law.on)


def _determined(law: LawAt, act: str, record: Record) -> Determination:
    return determine(law.library, law.jurisdiction, act, _known_to(law, record), law.on)


def compare(act: str, facts: Mapping[str, Fact], laws: Iterable[LawAt]) -> tuple[Determination, ...]:
    """One act on the same facts under several places, dates or versions, side by side."""
    return tuple(determine(law.library, law.jurisdiction, act, facts, law.on) for law in laws)


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What a change of the law is tried on: a matter's office, facts, acts, and the date whose law governs it."""

    id: str
    jurisdiction: str
    acts: tuple[str, ...]
    facts: Mapping[str, Fact]
    on: date


@dataclass(frozen=True, slots=True)
class Touched:
    """An open matter whose answer a change of the rulebooks changes."""

    matter: str
    act: str
    before: Outcome | Literal["refused"]
    after: Outcome | Literal["refused"]


def touched(before: Library, after: Library, matters: Iterable[OpenMatter]) -> tuple[Touched, ...]:
    """The matters and acts whose outcome differs between two versions. Nothing is reopened: this only lists."""
    found = []
    for matter in matters:
        for act in matter.acts:
            was, now = (_tried(library, matter, act) for library in (before, after))
            if was != now:
                found.append(Touched(matter.id, act, was, now))
    return tuple(found)


def _tried(library: Library, matter: OpenMatter, act: str) -> Outcome | Literal["refused"]:
    """The outcome, or that a version cannot answer at all (it lacks the act, the place or a fact)."""
    try:
        return outcome(library, matter.jurisdiction, act, matter.facts, matter.on)
    except DulyError:
        return "refused"
