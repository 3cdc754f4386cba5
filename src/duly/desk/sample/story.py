"""A story file (`samples/*/story.toml`): who, which papers, and what somebody does when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from duly.errors import DulyError, Place
from duly.matters import ROLES


class StoryError(DulyError):
    """A story does not say what it has to."""

    code = "bad-story"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office: a key of the story, a name, and the desk's role for them."""

    key: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One matter of the story: the file it begins with, and the matters that it has to do with."""

    key: str
    title: str
    file: Path
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that somebody does at a moment, on one matter or several."""

    at: datetime
    who: str
    do: str
    matters: tuple[str, ...]
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One office's story, in the order in which it happened."""

    key: str
    folder: Path
    title: str
    jurisdiction: str
    office_kind: str | None
    office_name: str | None
    zone: ZoneInfo
    today: date
    staff: Mapping[str, Person]
    papers: Mapping[str, Paper]
    happenings: tuple[Happening, ...]


def read_story(path: Path) -> Story:
    """The story in a file. Raises StoryError naming the file and what is missing."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _story(path, data)
    except KeyError as error:
        raise StoryError(f"The story lacks {error.args[0]!r}.", place=Place(file=str(path))) from error


def _story(path: Path, data: Mapping[str, Any]) -> Story:
    zone = ZoneInfo(data["time_zone"])
    happenings = tuple(_happening(one, zone) for one in data["event"])
    last = max(one.at for one in happenings).date()
    return Story(
        key=path.parent.name,
        folder=path.parent,
        title=data["title"],
        jurisdiction=data["office"],
        office_kind=data.get("office_kind"),
        office_name=data.get("office_name"),
        zone=zone,
        today=data.get("today", last),
        staff={key: _person(key, one) for key, one in data["staff"].items()},
        papers={
            key: Paper(key, one["title"], path.parent / one["file"], tuple(one.get("related", ())))
            for key, one in data["matters"].items()
        },
        happenings=happenings,
    )


def _person(key: str, data: Mapping[str, Any]) -> Person:
    if data["role"] not in ROLES:
        raise StoryError(f"{data['name']} has the role {data['role']!r}, which the desk does not have.")
    return Person(key, data["name"], data["role"])


def _happening(data: Mapping[str, Any], zone: ZoneInfo) -> Happening:
    matters = data.get("matters") or [data["matter"]]
    rest = {key: value for key, value in data.items() if key not in ("at", "who", "do", "matter", "matters")}
    return Happening(data["at"].replace(tzinfo=zone), data["who"], data["do"], tuple(matters), rest)
