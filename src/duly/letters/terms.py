"""The vocabulary's words for acts and facts, as letters say them in each language."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duly
from duly.evidence import Evidence, FactValue
from duly.instruments import load_kinds
from duly.letters.language import words
from duly.letters.wording import when

_FOLDER = Path(duly.__file__).parent / "rulebooks" / "vocabulary"


@cache
def _vocabulary(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def label(act: str, language: str = "en") -> str:
    """Produce the records"""
    return _act(act, language, "label", act.replace("_", " ").capitalize())


def doing(act: str, language: str = "en") -> str:
    """producing the records asked for"""
    return _act(act, language, "doing", act.replace("_", " "))


def to_do(act: str, language: str = "en") -> str:
    """produce the records: the label as it stands after *to* or *cannot*. Spanish `doing` is an infinitive already."""
    if language != "en":
        return doing(act, language)
    name = label(act)
    return name[:1].lower() + name[1:]


def _act(act: str, language: str, key: str, otherwise: str) -> str:
    spoken: dict[str, Any] = words(language).get("acts", {}) if language != "en" else _vocabulary("acts")
    entry = spoken.get(act) or _vocabulary("acts").get(act, {})
    return str(entry.get(key, otherwise))


def question(fact: str) -> str:
    """Is the paper signed by a judge or magistrate?"""
    entry = _vocabulary("facts").get(fact, {})
    return str(entry.get("ask", fact))


def answer(fact: str, value: FactValue, language: str = "en") -> str:
    """Yes, No, a date in words, a form's title, or a choice by its label."""
    frame = words(language)["frame"]
    if isinstance(value, bool):
        return str(frame["yes"] if value else frame["no"])
    if isinstance(value, date):
        return when(value, language)
    if fact == "instrument.kind" and value in load_kinds():
        return load_kinds()[str(value)].title
    for name, entries in (("instrument.issuer", "issuers"), ("service.manner", "manners")):
        if fact == name:
            return str(words(language)[entries].get(str(value), value))
    if fact == "instrument.family" and value in words(language)["families"]:
        return str(words(language)["families"][value]["noun"])
    labels: dict[str, str] = _vocabulary("facts").get(fact, {}).get("labels", {})
    return str(labels.get(str(value), str(value).replace("_", " ")))


def origin(evidence: Evidence, language: str = "en") -> str:
    """Where a value came from: the paper, page 1; confirmed."""
    spoken = words(language)
    source = str(spoken["methods"][evidence.method])
    if evidence.page is not None and evidence.method in ("text layer", "ocr", "person"):
        source = spoken["sources"]["page"].format(method=source, page=evidence.page)
    if evidence.confirmed_by is not None:
        source = spoken["sources"]["confirmed"].format(source=source)
    return source
