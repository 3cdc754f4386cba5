"""Reads `vocabulary/*.toml`: every fact and every act, each entry checked, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast, get_args

from duly.errors import DulyError, Place
from duly.law.condition import FactKind
from duly.law.vocabulary import Act, FactType, Vocabulary

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z")
_ACT = re.compile(r"[a-z][a-z0-9_]*\Z")
SOURCES = ("instrument", "records", "office", "court", "person", "counsel", "matter")
_FACT_KEYS = {
    "type", "ask", "from", "cost", "choices", "open", "derived", "minimum", "maximum", "says", "denies", "noun", "labels",
    "note",
}  # fmt: skip
_ACT_KEYS = {"label", "doing", "presupposes", "note"}


def read_vocabulary(files: Iterable[tuple[str, str]]) -> Vocabulary:
    """The vocabulary in `(file, text)` pairs. Raises `DulyError` with file and line for an entry that is not sound."""
    facts: dict[str, FactType] = {}
    acts: dict[str, Act] = {}
    for file, text in files:
        for name, entry in read_toml(text, file).items():
            place = Place(file, line_of(text, name))
            if name in facts or name in acts:
                raise DulyError(f"“{name}” stands in the vocabulary twice.", place=place, code="vocabulary")
            if not isinstance(entry, dict):
                raise DulyError(f"“{name}” is no entry.", place=place, code="vocabulary")
            if "type" in entry:
                facts[name] = _fact(name, entry, place)
            else:
                acts[name] = _act(name, entry, place)
    for act in acts.values():
        if act.presupposes is not None and act.presupposes not in facts:
            raise DulyError(
                f"{act.id} presupposes “{act.presupposes}”, which is no fact.",
                place=Place(act.file, act.line),
                code="unknown-fact",
            )
    return Vocabulary(facts, acts)


def read_toml(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise DulyError(f"This is not well-formed TOML: {error}.", place=Place(file, line), code="toml") from error


def line_of(text: str, name: str) -> int:
    """The line of the table `[name]` or `["name"]`, or of the key `name`; 1 where it is not found."""
    pattern = re.compile(rf"\s*(\[\s*[\"']?{re.escape(name)}[\"']?\s*\]|{re.escape(name)}\s*=)")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1


def _fact(name: str, entry: Mapping[str, Any], place: Place) -> FactType:
    def wrong(message: str) -> DulyError:
        return DulyError(f"{name}: {message}", place=place, code="vocabulary")

    _refuse_unknown(name, entry, _FACT_KEYS, place)
    kind = entry["type"]
    if not _NAME.match(name):
        raise wrong("a fact is named like `instrument.signed`, in lower case.")
    if kind not in get_args(FactKind):
        raise wrong(f"“{kind}” is no type; types are {', '.join(get_args(FactKind))}.")
    if not isinstance(entry.get("ask"), str) or not entry["ask"].strip():
        raise wrong("there is no question (`ask`).")
    cost = entry.get("cost", 3)
    if not isinstance(cost, int) or isinstance(cost, bool) or not 1 <= cost <= 5:
        raise wrong("`cost` is a whole number from 1 to 5.")
    source = entry.get("from", "person")
    if source not in SOURCES:
        raise wrong(f"`from` is “{source}”, which is none of {', '.join(SOURCES)}.")
    choices = entry.get("choices", [])
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        raise wrong("`choices` is a list of words.")
    if kind == "choice" and not choices and not entry.get("open", False):
        raise wrong("a choice lists its `choices`, or is `open`.")
    for key in ("minimum", "maximum"):
        bound = entry.get(key)
        if bound is not None and type(bound) is not {"integer": int, "date": date}.get(kind):
            raise wrong(f"`{key}` does not fit type {kind}.")
    return FactType(
        name=name,
        kind=cast(FactKind, kind),
        ask=entry["ask"],
        source=source,
        cost=cost,
        choices=tuple(dict.fromkeys(choices)),
        open=bool(entry.get("open", False)),
        derived=bool(entry.get("derived", False)),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        says=str(entry.get("says", "")),
        denies=str(entry.get("denies", "")),
        noun=str(entry.get("noun", "")),
        labels={str(key): str(value) for key, value in entry.get("labels", {}).items()},
        file=place.file or "",
        line=place.line or 0,
    )


def _act(name: str, entry: Mapping[str, Any], place: Place) -> Act:
    _refuse_unknown(name, entry, _ACT_KEYS, place)
    if not _ACT.match(name) or not isinstance(entry.get("label"), str) or not isinstance(entry.get("doing"), str):
        raise DulyError(
            f"“{name}” is neither a fact (it has no `type`) nor an act (`label` and `doing`).",
            place=place,
            code="vocabulary",
        )
    return Act(name, entry["label"], entry["doing"], entry.get("presupposes"), place.file or "", place.line or 0)


def _refuse_unknown(name: str, entry: Mapping[str, Any], known: set[str], place: Place) -> None:
    for key in entry:
        if key not in known:
            raise DulyError(f"{name}: there is no key `{key}`.", place=place, code="vocabulary", remedy="Correct it.")
