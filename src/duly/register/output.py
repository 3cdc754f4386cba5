"""The register as documented JSON (`duly.register/1`) and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duly.instruments import Kinds, load_kinds
from duly.register.figures import ANSWERED, COURT, NO_COURT, OPEN, OUTCOMES, RECEIVED, REFUSED, Figures
from duly.register.labels import LANGUAGES, Language, label
from duly.register.projection import ANSWERS, COURT_RESULTS, TIMINGS
from duly.register.suppression import Cell

SCHEMA = "duly.register/1"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the register: its name and its cells, row by row."""

    id: str
    cells: tuple[Cell, ...]


def tables(figures: Figures) -> tuple[Table, ...]:
    """Every table, in the order in which they are read."""
    crossed = tuple(("answer by kind", *pair, outcome) for pair in figures.kinds for outcome in OUTCOMES)
    return (
        Table("received", (RECEIVED, ANSWERED, OPEN, NO_COURT, COURT, REFUSED)),
        Table("issuer", tuple(("issuer", issuer) for issuer in figures.issuers)),
        Table("kind", tuple(("kind", *pair) for pair in figures.kinds)),
        Table("answer", tuple(("answer", answer) for answer in ANSWERS)),
        Table("answer by kind", crossed),
        Table("timing", tuple(("timing", timing) for timing in TIMINGS)),
        Table("court", tuple(("court", result) for result in COURT_RESULTS)),
    )


def register_json(figures: Figures, kinds: Kinds | None = None) -> dict[str, Any]:
    """The figures in the schema `duly.register/1`. `value` is null where a number is withheld; `shown` says how."""
    titles = _titles(kinds)
    return {
        "schema": SCHEMA,
        "office": figures.office,
        "period": {"from": figures.period.first.isoformat(), "to": figures.period.last.isoformat()},
        "as_of": figures.as_of.date().isoformat(),
        "threshold": figures.threshold,
        "public": figures.is_public,
        "tables": [
            {
                "id": table.id,
                "title": {language: label(table.id, language) for language in LANGUAGES},
                "rows": [_row(figures, cell, titles) for cell in table.cells],
            }
            for table in tables(figures)
        ],
    }


def register_csv(figures: Figures, language: Language = "en", kinds: Kinds | None = None) -> str:
    """The figures as CSV (RFC 4180): table, issuing agency, kind, what was counted, number as shown."""
    titles = _titles(kinds)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("table", "issuer", "kind", "counted", "number"))
    for table, issuer, kind, counted, cell in _lines(figures):
        names = (label(word, language, titles) if word else "" for word in (table, issuer, kind, counted))
        writer.writerow((*names, figures.shown(cell)))
    return text.getvalue()


def _row(figures: Figures, cell: Cell, titles: Mapping[str, str]) -> dict[str, Any]:
    figure = figures[cell]
    keys = cell if len(cell) == 1 else cell[1:]
    return {
        "keys": list(keys),
        "label": {language: " · ".join(label(key, language, titles) for key in keys) for language in LANGUAGES},
        "value": figure.number,
        "shown": figures.shown(cell),
    }


def _lines(figures: Figures) -> Iterator[tuple[str, str, str, str, Cell]]:
    for table in tables(figures):
        for cell in table.cells:
            match cell:
                case ("answer by kind", issuer, kind, outcome):
                    yield table.id, issuer, kind, outcome, cell
                case ("kind", issuer, kind):
                    yield table.id, issuer, kind, "received", cell
                case ("issuer", issuer):
                    yield table.id, issuer, "", "received", cell
                case _:
                    yield table.id, "", "", cell[-1], cell


def _titles(kinds: Kinds | None) -> dict[str, str]:
    known = kinds if kinds is not None else load_kinds()
    return {id: kind.title for id, kind in known.items()}
