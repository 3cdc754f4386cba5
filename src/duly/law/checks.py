"""Everything that can be wrong with law that loads, checked in one call."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from duly.clock import Calendars
from duly.errors import Place
from duly.law.cases import run_case
from duly.law.contradictions import contradictions, gaps, overlapping_periods
from duly.law.library import Library
from duly.law.problems import Problem
from duly.law.rule_checks import dead_rules, idle_overrides, idle_precedents, undefined_words, unlisted_words
from duly.law.solver import ALONE
from duly.law.source_checks import calendars_exist, citations, sources


def check(
    library: Library, calendars: Calendars | None = None, lists: Mapping[str, Collection[str]] | None = None
) -> tuple[Problem, ...]:
    """Every problem, in the order of files and lines.

    Loading has already made sure that every name exists, every date range is sane and every text is quoted. Without
    `calendars` neither the due dates of cases nor the names of calendars are tried. `lists` has, for facts whose words are
    listed outside the law (kinds of paper), those words.
    """
    with ALONE:
        proved = [*contradictions(library), *gaps(library), *overlapping_periods(library)]
    found = [
        *_cases(library, calendars),
        *proved,
        *dead_rules(library),
        *idle_overrides(library),
        *undefined_words(library),
        *idle_precedents(library),
        *unlisted_words(library, lists or {}),
        *citations(library),
        *sources(library),
    ]
    if calendars is not None:
        found += calendars_exist(library, calendars)
    return tuple(sorted(found, key=lambda problem: (problem.place.file or "", problem.place.line or 0, problem.check)))


def _cases(library: Library, calendars: Calendars | None) -> Iterator[Problem]:
    for case in library.cases:
        for failure in run_case(library, case, calendars):
            message = f"Case “{case.name}”: {failure.what} should be {failure.expected}, and is {failure.found}."
            yield Problem("case", "error", message, Place(case.file, case.line), office=case.office, on=case.on)
