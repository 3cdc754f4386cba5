"""What came in, what was answered and how, in time or late, and what a court did: counts without persons."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from duly.errors import DulyError
from duly.instruments import Kinds, load_kinds
from duly.matters import Event
from duly.register.projection import ANSWERS, COURT_RESULTS, TIMINGS, MatterRow, matter_rows, papers_refused
from duly.register.suppression import DEFAULT_THRESHOLD, Cell, Sum, Why, check_threshold, suppress

RECEIVED: Cell = ("received",)
ANSWERED: Cell = ("answered",)
OPEN: Cell = ("not answered",)
COURT: Cell = ("court",)
NO_COURT: Cell = ("no court",)
REFUSED: Cell = ("refused",)
OUTCOMES: tuple[str, ...] = (*ANSWERS, OPEN[0])


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The days from `first` to `last`, both included, by the day on which a paper was received."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DulyError("The period ends before it begins.", remedy="Check the dates.", code="bad-period")

    @property
    def is_whole_months(self) -> bool:
        ends = self.last.day == calendar.monthrange(self.last.year, self.last.month)[1]
        return self.first.day == 1 and ends


def year(number: int) -> ReportPeriod:
    return ReportPeriod(date(number, 1, 1), date(number, 12, 31))


def quarter(number: int, which: int) -> ReportPeriod:
    """The first to the fourth quarter of a year."""
    if which not in (1, 2, 3, 4):
        raise DulyError(f"A year has no quarter {which}.", code="bad-period")
    last = which * 3
    return ReportPeriod(date(number, last - 2, 1), date(number, last, calendar.monthrange(number, last)[1]))


def month(number: int, which: int) -> ReportPeriod:
    if not 1 <= which <= 12:
        raise DulyError(f"A year has no month {which}.", code="bad-period")
    return ReportPeriod(date(number, which, 1), date(number, which, calendar.monthrange(number, which)[1]))


@dataclass(frozen=True, slots=True)
class Figure:
    """One count as it may be shown: its number, or None with the mark that stands in its place."""

    cell: Cell
    number: int | None
    why: Why | None = None

    def shown(self, threshold: int) -> str:
        if self.number is not None:
            return str(self.number)
        return f"<{threshold}" if self.why == "small" else "–"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one office and period. `threshold` 1: nothing is hidden, for the office's own eyes only.

    `kinds` are the (issuer, kind) pairs that occur, `as_of` the moment up to which things done were counted.
    """

    office: str | None
    period: ReportPeriod
    as_of: datetime
    threshold: int
    kinds: tuple[tuple[str, str], ...]
    figures: Mapping[Cell, Figure] = field(default_factory=dict)

    def __getitem__(self, cell: Cell) -> Figure:
        return self.figures[cell]

    @property
    def is_public(self) -> bool:
        return self.threshold >= 3

    @property
    def issuers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(issuer for issuer, _ in self.kinds))

    def shown(self, cell: Cell) -> str:
        """The count as text: a number, `<5`, or `–` where a number is withheld to protect another."""
        return self.figures[cell].shown(self.threshold)


def figures(
    events: Iterable[Event | Mapping[str, Any]],
    period: ReportPeriod,
    *,
    as_of: datetime,
    office: str | None = None,
    threshold: int = DEFAULT_THRESHOLD,
    kinds: Kinds | None = None,
) -> Figures:
    """Counts over the matters that an office received in the period, with what had become of them by `as_of`.

    `events` are matters' events or their open parts; nothing personal in them is looked at. Figures that may leave the
    office (any threshold but 1) are made for whole months only, and an office should always publish periods of one
    length that do not overlap: the difference of two overlapping periods would undo the suppression.
    """
    check_threshold(threshold)
    if threshold != 1 and not period.is_whole_months:
        raise DulyError(
            "Public figures are made for whole months, quarters or years.",
            remedy="Choose such a period, or a threshold of 1 for the office's own use.",
            code="bad-period",
        )
    parts = tuple(events)
    rows = matter_rows(_until(parts, as_of), kinds if kinds is not None else load_kinds(), as_of, office)
    inside = [row for row in rows if period.first <= row.received_on <= period.last]
    counts, sums = tally(inside)
    counts[REFUSED] = papers_refused(_until(parts, as_of), period.first, period.last)
    hidden = suppress(counts, sums, threshold)
    return Figures(
        office=office,
        period=period,
        as_of=as_of,
        threshold=threshold,
        kinds=tuple(sorted({(row.issuer, row.kind) for row in inside})),
        figures={
            cell: Figure(cell, None if cell in hidden else count, hidden.get(cell)) for cell, count in counts.items()
        },
    )


def _until(parts: Iterable[Event | Mapping[str, Any]], as_of: datetime) -> Iterable[Event | Mapping[str, Any]]:
    if as_of.tzinfo is None:
        raise DulyError("The moment of the figures has no time zone.", code="no-zone")
    for part in parts:
        at = part.at if isinstance(part, Event) else datetime.fromisoformat(part["at"])
        if at <= as_of:
            yield part


def tally(rows: Iterable[MatterRow]) -> tuple[Counter[Cell], list[Sum]]:
    """Every cell of every table with its count, and every way in which they sum up."""
    counts: Counter[Cell] = Counter(dict.fromkeys(_fixed_cells(), 0))
    kept = tuple(rows)
    for row in kept:
        counts.update(_cells_of(row))
    pairs = sorted({(row.issuer, row.kind) for row in kept})
    crossed = [Sum(("kind", *pair), tuple(("answer by kind", *pair, one) for one in OUTCOMES)) for pair in pairs]
    for one in crossed:
        counts.update(dict.fromkeys(one.parts, 0))
    issuers = sorted({issuer for issuer, _ in pairs})
    sums = [
        Sum(RECEIVED, tuple(("issuer", issuer) for issuer in issuers)),
        *(Sum(("issuer", one), tuple(("kind", i, k) for i, k in pairs if i == one)) for one in issuers),
        Sum(RECEIVED, (ANSWERED, OPEN)),
        Sum(RECEIVED, (NO_COURT, COURT)),
        *(Sum(("answer", answer), tuple(one.parts[n] for one in crossed)) for n, answer in enumerate(ANSWERS)),
        Sum(OPEN, tuple(one.parts[-1] for one in crossed)),
        Sum(ANSWERED, tuple(("answer", answer) for answer in ANSWERS)),
        Sum(ANSWERED, tuple(("timing", timing) for timing in TIMINGS)),
        Sum(COURT, tuple(("court", result) for result in COURT_RESULTS)),
        *crossed,
    ]
    return counts, [total for total in sums if total.parts]


def _fixed_cells() -> list[Cell]:
    """The cells that are shown even when nothing fell into them."""
    return [
        RECEIVED,
        ANSWERED,
        OPEN,
        NO_COURT,
        COURT,
        *(("answer", answer) for answer in ANSWERS),
        *(("timing", timing) for timing in TIMINGS),
        *(("court", result) for result in COURT_RESULTS),
    ]


def _cells_of(row: MatterRow) -> list[Cell]:
    """Every cell in which this matter is counted once."""
    cells: list[Cell] = [RECEIVED, ("issuer", row.issuer), ("kind", row.issuer, row.kind)]
    cells.append(("answer by kind", row.issuer, row.kind, row.answer or OPEN[0]))
    if row.answer is None or row.timing is None:
        cells.append(OPEN)
    else:
        cells += [ANSWERED, ("answer", row.answer), ("timing", row.timing)]
    cells += [NO_COURT] if row.court is None else [COURT, ("court", row.court)]
    return cells
