"""The committed samples: reads a folder's `papers.toml` and makes its files, their faxed, scanned and photographed copies, and the truth."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from samples.generator.copies import copy_of
from samples.generator.forms_of_entry import complete
from samples.generator.paper import Entry, Paper, entered_date, entered_time
from samples.generator.typesetting import Sheets, typeset

SAMPLES = Path(__file__).parent.parent
Table = dict[str, Any]


@dataclass
class Made:
    """One file as made: its name within the folder, its sheets, its copies by manner, what is expected of a reader."""

    name: str
    sheets: Sheets
    copies: list[str] = field(default_factory=list)
    expected: list[Table] = field(default_factory=list)
    fax_header: str = ""


def read_papers(folder: Path) -> list[Made]:
    """Typesets every file that `papers.toml` in `folder` describes."""
    told = tomllib.loads((folder / "papers.toml").read_text(encoding="utf-8"))
    return [_file(told, entry) for entry in told["file"]]


def _file(told: Table, entry: Table) -> Made:
    papers, expected = [], []
    for instrument in entry["instrument"]:
        shared = told.get("shared", {}).get(instrument["kind"], {})
        papers.append(_paper(told, shared, instrument))
        expected.append(shared.get("expected", {}) | instrument.get("expected", {}))
    made: date = entry["made"]
    when = datetime(made.year, made.month, made.day, 15, 0, tzinfo=UTC)
    sheets = typeset(papers, title=entry.get("title", Path(entry["name"]).stem), made=when)
    return Made(entry["name"], sheets, entry.get("copies", []), expected, told.get("fax_header", ""))


def _paper(told: Table, shared: Table, instrument: Table) -> Paper:
    kind = instrument["kind"]
    style = told["style"][instrument.get("style", shared.get("style", "agency"))]
    person = told.get("people", {}).get(instrument.get("person", ""), {})
    values = _of_person(kind, person) | shared.get("values", {}) | instrument.get("values", {})
    entered = {name: _entered(value, style) for name, value in values.items()}
    about = dict(instrument.get("about", {}))
    if person:
        about["person_named"] = person["spoken"]
    return Paper(
        kind=None if kind == "none" else kind,
        form=str(instrument.get("form", shared.get("form", kind))),
        edition=str(instrument.get("edition", shared.get("edition", ""))),
        values=complete(kind, entered),
        pens=shared.get("pens", {}) | instrument.get("pens", {}),
        style={name: value for name, value in style.items() if name not in ("date", "time")},
        extra=shared.get("extra", {}) | instrument.get("extra", {}),
        judicial=bool(instrument.get("judicial", shared.get("judicial", False))),
        about=about,
    )


def _of_person(kind: str, person: Table) -> Table:
    """What a form of this kind says about its person."""
    if not person:
        return {}
    if kind == "ice-i-138":
        return {"in_reference_to": person["named"], "file_number": person["file_number"]}
    named = {"person_name": person["named"], "file_number": person["file_number"]}
    if kind == "ice-i-247a":
        own = ("subject_id", "event_number", "date_of_birth", "citizenship", "sex", "booking_number")
        return named | {name: person[name] for name in own if name in person}
    return named


def _entered(value: Any, style: Table) -> Any:
    if isinstance(value, date):
        return entered_date(value, style.get("date", "us"))
    if isinstance(value, time):
        return entered_time(value, style.get("time", "a.m."))
    return value


def write(folder: Path, made: list[Made]) -> list[Path]:
    """Writes the files and `truth.json` beside them; copies are made by `degrade`."""
    written: list[Path] = []
    truth: dict[str, Table] = {}
    for one in made:
        path = folder / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.sheets.pdf)
        written.append(path)
        truth[one.name] = {"instruments": one.sheets.instruments, "expected": one.expected}
        for manner in one.copies:
            for name, data, instruments in copy_of(one.sheets, manner, Path(one.name).stem, one.fax_header):
                copy = folder / manner / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(data)
                written.append(copy)
                truth[f"{manner}/{name}"] = {
                    "copy_of": one.name, "manner": manner, "instruments": instruments, "expected": one.expected,
                }  # fmt: skip
    text = json.dumps(truth, indent=1, ensure_ascii=False, sort_keys=True, default=str)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    return written


__all__ = ["SAMPLES", "Entry", "Made", "read_papers", "write"]
