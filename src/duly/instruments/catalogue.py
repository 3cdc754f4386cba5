"""Reads the kinds' data files, and says where a file is wrong."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, get_args

from duly.errors import DulyError, Place
from duly.instruments.kind import Clue, Demand, FieldSpec, FieldType, Inference, Kind, Kinds, PageRole, Process, Section

FOLDER = Path(__file__).parent / "kinds"
_FIELD_KEYS = {"name", "label", "type", "decisive", "fact"}


class KindError(DulyError):
    """A kind's data file does not say what it has to."""

    code = "kind-file"


@cache
def load_kinds(folder: Path = FOLDER) -> Kinds:
    """Every kind in `folder`, one TOML file each.

    Raises KindError naming the file when one lacks a key, uses an unknown type, or repeats an id or a field's name.
    """
    kinds: dict[str, Kind] = {}
    for path in sorted(folder.glob("*.toml")):
        kind = read_kind(path)
        if kind.id in kinds:
            raise KindError(f"Two files define the kind {kind.id}.", place=Place(file=path.name))
        kinds[kind.id] = kind
    _check_neighbours(kinds)
    return Kinds(kinds, folder)


def read_kind(path: Path) -> Kind:
    """One kind from its file. Raises KindError."""
    try:
        return _kind(_data(path), path)
    except KeyError as error:
        raise KindError(
            f"The key {error.args[0]!r} is missing.",
            place=Place(file=path.name),
            remedy="Add it, as the other kinds have.",
        ) from error


def _data(path: Path) -> dict[str, Any]:
    """What a file says, together with what the kind that it `extends` says."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KindError(f"The file is not valid TOML: {error}.", place=Place(file=path.name)) from error
    if "extends" not in data:
        return data
    wider = path.with_name(f"{data['extends']}.toml")
    if not wider.exists():
        raise KindError(f"It extends {data['extends']!r}, which is not a kind.", place=Place(file=path.name))
    return _extended(_data(wider), data)


def _extended(wider: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The wider kind's data with what the narrower one adds; a field of the same name only changes what it names.

    With `own_clues` it is a sister that shares the fields and is known by its own title.
    """
    fields = {entry["name"]: entry for entry in wider.get("field", [])}
    for entry in own.get("field", []):
        fields[entry["name"]] = {**fields.get(entry["name"], {}), **entry}
    return {
        **wider,
        **own,
        "clue": own["clue"] if own.get("own_clues") else [*wider["clue"], *own["clue"]],
        "field": list(fields.values()),
        "facts": {**wider.get("facts", {}), **own.get("facts", {})},
        "printed": wider.get("printed", "") + own.get("printed", ""),
    }


def _kind(data: dict[str, Any], path: Path) -> Kind:
    process = data["process"]
    if process not in get_args(Process):
        raise KindError(f"Unknown process {process!r}.", place=Place(file=path.name))
    fields = tuple(_field(entry, path) for entry in data.get("field", []))
    names = [spec.name for spec in fields]
    if len(set(names)) != len(names):
        raise KindError("Two fields have the same name.", place=Place(file=path.name))
    return Kind(
        id=data["id"],
        title=data["title"],
        edition=data["edition"],
        family=data["family"],
        process=process,
        clues=tuple(_clue(entry, path) for entry in data["clue"]),
        fields=fields,
        facts={"instrument.family": data["family"], **data.get("facts", {})},
        acts=tuple(data.get("acts", [])),
        looks_like=tuple(data.get("looks_like", [])),
        source=data["source"],
        file=path.name,
        sections=tuple(Section(entry["name"], tuple(entry["starts"])) for entry in data.get("section", [])),
        demands=tuple(
            Demand(entry["fact"], entry["field"], tuple(entry["words"]), tuple(entry.get("unless", [])))
            for entry in data.get("demand", [])
        ),
        inferences=tuple(
            Inference(entry["fact"], tuple(entry["fields"]), entry["when"]) for entry in data.get("inference", [])
        ),
        printed=tuple(line.strip() for line in data.get("printed", "").splitlines() if line.strip()),
        cautions=tuple(data.get("cautions", [])),
        marks=tuple(data.get("marks", [])),
        needs_docket=data.get("needs_docket", True),
        extends=None if data.get("own_clues") else data.get("extends"),
        sister=data.get("extends") if data.get("own_clues") else None,
    )


def _clue(entry: dict[str, Any], path: Path) -> Clue:
    page = entry.get("page", "first")
    if page not in get_args(PageRole):
        raise KindError(f"Unknown page {page!r} in a clue.", place=Place(file=path.name))
    return Clue(
        entry["pattern"],
        float(entry["weight"]),
        entry.get("required", False),
        entry.get("why", ""),
        page,
        entry.get("heading", False),
        entry.get("caption", False),
        entry.get("elsewhere", ""),
    )


def _field(entry: dict[str, Any], path: Path) -> FieldSpec:
    if entry["type"] not in get_args(FieldType):
        raise KindError(f"Unknown field type {entry['type']!r}.", place=Place(file=path.name, field=entry["name"]))
    return FieldSpec(
        name=entry["name"],
        label=entry["label"],
        type=entry["type"],
        decisive=entry.get("decisive", False),
        fact=entry.get("fact"),
        find={key: value for key, value in entry.items() if key not in _FIELD_KEYS},
    )


def _check_neighbours(kinds: dict[str, Kind]) -> None:
    for kind in kinds.values():
        for neighbour in kind.looks_like:
            if neighbour not in kinds:
                raise KindError(f"It looks like {neighbour!r}, which is not a kind.", place=Place(file=kind.file))
