"""Reads folders of rulebooks into a library: whole, or not at all with every mistake named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, cast, get_args

from duly.errors import DulyError, Place
from duly.law.case_reading import read_case
from duly.law.condition import Expression
from duly.law.fields import Fields
from duly.law.library import Enactment, Jurisdiction, Library, OfficeProfile, Passage
from duly.law.links import link_errors
from duly.law.markdown_source import Source, read_markdown
from duly.law.reading import Setting, read_rule
from duly.law.rules import Case, Layer, Rule
from duly.law.sources import RulebookError, SourceFile, digest_of
from duly.law.vocabulary import Vocabulary
from duly.law.vocabulary_files import line_of, read_toml, read_vocabulary

# Control characters, marks without width, and those that turn the direction of writing: a condition may look like another.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")


def read_library(files: Sequence[SourceFile]) -> Library:
    """The library that `files` make. Raises `RulebookError` with all mistakes, and then nothing is loaded."""
    texts = {file.shown: _decoded(file) for file in files}
    vocabulary = read_vocabulary(
        (file.shown, texts[file.shown]) for file in files if _is_vocabulary(file.path) and file.path.endswith(".toml")
    )
    jurisdictions = _jurisdictions(
        [(file, texts[file.shown]) for file in files if Path(file.path).name == "jurisdiction.toml"]
    )
    read = _read_enactments(files, texts, vocabulary, jurisdictions)
    _refuse_mistakes(read, read.rules, jurisdictions)
    return Library(
        vocabulary,
        jurisdictions,
        read.enactments,
        {rule.id: rule for rule in read.rules},
        tuple(read.cases),
        digest_of(files),
    )


def extend_library(base: Library, files: Sequence[SourceFile]) -> Library:
    """A library of its own: the law of `base`, and the enactments in `files` (Markdown) on top, in its words and places.

    Nothing of `base` is read again, so this takes milliseconds. Raises `RulebookError` with all mistakes, and then nothing
    is loaded.
    """
    if not files:
        return base
    texts = {file.shown: _decoded(file) for file in files}
    read = _read_enactments(files, texts, base.vocabulary, base.jurisdictions)
    for id in read.enactments:
        if id in base.enactments:
            read.errors.append(DulyError(f"Two files are called {id}.", place=Place(id), code="enactment"))
    _refuse_mistakes(read, [*base.by_id.values(), *read.rules], base.jurisdictions)
    digest = sha256(f"{base.digest} {digest_of(files)}".encode()).hexdigest()
    return Library(
        base.vocabulary,
        base.jurisdictions,
        {**base.enactments, **read.enactments},
        {**base.by_id, **{rule.id: rule for rule in read.rules}},
        (*base.cases, *read.cases),
        digest,
    )


@dataclass(slots=True)
class _Read:
    """What was found in enactments so far, mistakes included."""

    rules: list[Rule] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    enactments: dict[str, Enactment] = field(default_factory=dict)
    errors: list[DulyError] = field(default_factory=list)


def _read_enactments(
    files: Sequence[SourceFile],
    texts: Mapping[str, str],
    vocabulary: Vocabulary,
    jurisdictions: Mapping[str, Jurisdiction],
) -> _Read:
    read = _Read()
    for file in files:
        if not file.path.endswith(".md") or _is_vocabulary(file.path):
            continue
        try:
            enactment = _read_enactment(
                file, texts[file.shown], vocabulary, jurisdictions, read.rules, read.cases, read.errors
            )
            if enactment.id in read.enactments:
                raise DulyError(f"Two files are called {enactment.id}.", place=Place(file.shown), code="enactment")
            read.enactments[enactment.id] = enactment
        except DulyError as error:
            read.errors.append(error)
    return read


def _refuse_mistakes(read: _Read, rules: Sequence[Rule], jurisdictions: Mapping[str, Jurisdiction]) -> None:
    """Raise every mistake in what was read and between `rules`, each with its place."""
    errors = [*read.errors, *link_errors(rules, jurisdictions)]
    for case in read.cases:
        if case.office not in jurisdictions:
            place = Place(case.file, case.line)
            errors.append(
                DulyError(f"There is no rulebook for “{case.office}”.", place=place, code="unknown-jurisdiction")
            )
    if errors:
        raise RulebookError(sorted(errors, key=_order))


def _order(error: DulyError) -> tuple[str, int]:
    place = error.place or Place()
    return place.file or "", place.line or 0


def _is_vocabulary(path: str) -> bool:
    return path.startswith("vocabulary/")


def _decoded(file: SourceFile) -> str:
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.content[: error.start].count(b"\n") + 1
        raise RulebookError(
            [DulyError("The file is not UTF-8 text.", place=Place(file.shown, line), code="encoding")]
        ) from error
    hidden = _HIDDEN.search(text)
    if hidden is not None:
        said = f"The file holds the character U+{ord(hidden.group()):04X}, which nobody sees and which can make a rule read otherwise than it is."
        place = Place(file.shown, text.count("\n", 0, hidden.start()) + 1)
        raise RulebookError([DulyError(said, place=place, remedy="Remove it.", code="hidden-character")])
    return text


def _read_enactment(
    file: SourceFile,
    text: str,
    vocabulary: Vocabulary,
    jurisdictions: Mapping[str, Jurisdiction],
    rules: list[Rule],
    cases: list[Case],
    errors: list[DulyError],
) -> Enactment:
    """The enactment; its rules and cases are added to the lists, and so are the mistakes in single blocks."""
    source = read_markdown(text, file.shown)
    place = str(Path(file.path).parent)
    if place not in jurisdictions:
        raise DulyError(
            f"The folder {place} has no jurisdiction.toml.", place=Place(file.shown), code="unknown-jurisdiction"
        )
    front = Fields(source.front, file.shown, 1, "front matter")
    layer_place = front.place("layer")
    layer = cast(Layer, front.text("layer", jurisdictions[place].level))
    if layer not in get_args(Layer):
        raise front.error(f"“{layer}” is no layer: {', '.join(get_args(Layer))}.", layer_place, "unknown-choice")
    if layer not in ("policy", jurisdictions[place].level):
        raise front.error(
            f"“{layer}” is not the layer of {place}, whose own law is {jurisdictions[place].level} law.",
            layer_place,
            "layer",
            "Leave `layer` out, or write `policy` for an office's own.",
        )
    covers = _covers(front, vocabulary)
    enactment = Enactment(
        id=file.path.removesuffix(".md"),
        citation=front.text("citation"),
        title=front.text("title"),
        jurisdiction=place,
        layer=layer,
        source=front.text("source", ""),
        retrieved=front.text("retrieved", ""),
        checked_by=front.text("checked_by", ""),
        verified=front.text("verified", ""),
        notes=front.text("notes", ""),
        covers={act: sql for act, (_, sql) in covers.items()},
        file=file.shown,
    )
    setting = Setting(
        vocabulary, place, layer, enactment.id, enactment.source, front.range("in_force"), source.quoted, file.shown
    )
    front.finish()
    names = _read_blocks(source, setting, rules, cases, errors)
    passages = tuple(_named(passage, names) for passage in source.passages)
    found = tuple(names[index] for index, block in enumerate(source.blocks) if block.kind != "case" and index in names)
    return replace(enactment, passages=passages, rules=found)


def _read_blocks(
    source: Source, setting: Setting, rules: list[Rule], cases: list[Case], errors: list[DulyError]
) -> dict[int, str]:
    """Read every block; returns the id of each rule and the name of each case by its number."""
    names: dict[int, str] = {}
    for index, block in enumerate(source.blocks):
        try:
            if block.kind == "case":
                case = read_case(block, setting)
                cases.append(case)
                names[index] = case.name
            else:
                rule = read_rule(block, setting)
                rules.append(rule)
                names[index] = rule.id
        except DulyError as error:
            errors.append(error)
    return names


def _named(passage: Passage, names: Mapping[int, str]) -> Passage:
    if passage.kind in ("rule", "case"):
        return replace(passage, text=names.get(int(passage.text), ""))
    return passage


def _covers(front: Fields, vocabulary: Vocabulary) -> dict[str, tuple[Expression, str]]:
    """`covers: {act: condition}`: on these facts the enactment means to say something about the act."""
    found = front.take("covers")
    if found is None:
        return {}
    inner = front.sub("covers", found)
    for act in list(inner.values):
        if act not in vocabulary.acts:
            raise front.error(f"There is no act “{act}” in the vocabulary.", inner.place(act), "unknown-act")
    return {act: inner.condition(act, vocabulary.facts) for act in list(inner.values)}


_JURISDICTION_KEYS = {"name", "level", "parent", "circuit", "district", "time_zone", "calendars", "office", "note"}


def _jurisdictions(files: Sequence[tuple[SourceFile, str]]) -> dict[str, Jurisdiction]:
    read: dict[str, Jurisdiction] = {}
    for file, text in sorted(files, key=lambda pair: pair[0].path.count("/")):
        id = str(Path(file.path).parent)
        table = read_toml(text, file.shown)
        if id in read:
            raise _jurisdiction_error(file, text, "", f"The jurisdiction {id} is described twice.")
        read[id] = _jurisdiction(id, table, file, text, read)
    return read


def _jurisdiction(
    id: str, table: Mapping[str, Any], file: SourceFile, text: str, read: Mapping[str, Jurisdiction]
) -> Jurisdiction:
    for key in table:
        if key not in _JURISDICTION_KEYS:
            raise _jurisdiction_error(file, text, key, f"A jurisdiction has no key `{key}`.")
    for key in ("name", "level"):
        if not isinstance(table.get(key), str):
            raise _jurisdiction_error(file, text, key, f"The jurisdiction has no `{key}`.")
    if table["level"] not in get_args(Layer):
        raise _jurisdiction_error(file, text, "level", f"“{table['level']}” is no level: {', '.join(get_args(Layer))}.")
    above = str(Path(id).parent)
    parent = table.get("parent", above if above in read else None)
    if parent is not None and parent not in read:
        raise _jurisdiction_error(file, text, "parent", f"The parent “{parent}” has no jurisdiction.toml.")
    up = read.get(parent) if parent is not None else None
    office = table.get("office")
    profile = None
    if office is not None:
        if not isinstance(office, dict) or not isinstance(office.get("name"), str):
            raise _jurisdiction_error(file, text, "office", "The office has no name.")
        profile = OfficeProfile(
            office["name"],
            str(office.get("kind", "")),
            letterhead=tuple(str(line) for line in office.get("letterhead", ())),
            reply_address=tuple(str(line) for line in office.get("reply_address", ())),
            telephone=str(office["telephone"]) if "telephone" in office else None,
            email=str(office["email"]) if "email" in office else None,
        )
    return Jurisdiction(
        id=id,
        name=table["name"],
        level=cast(Layer, table["level"]),
        parent=parent,
        circuit=str(table["circuit"]) if "circuit" in table else (up.circuit if up else None),
        district=str(table["district"]) if "district" in table else (up.district if up else None),
        time_zone=_zone(table.get("time_zone", up.time_zone if up else "UTC"), file, text),
        calendars=tuple(table.get("calendars", up.calendars if up else ())),
        office=profile,
        file=file.shown,
    )


def _zone(name: Any, file: SourceFile, text: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise _jurisdiction_error(file, text, "time_zone", f"There is no time zone “{name}”.") from None
    return str(name)


def _jurisdiction_error(file: SourceFile, text: str, key: str, message: str) -> DulyError:
    place = Place(file.shown, line_of(text, key) if key else 1)
    return RulebookError([DulyError(message, place=place, code="jurisdiction")])
