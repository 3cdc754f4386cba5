"""What every event has: the matter, who acted, when, and a plain sentence; and its form as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform

from duly.matters.codec import RecordError, decode_dataclass, encode, personal_names
from duly.matters.roles import Actor

_HEAD = ("matter", "actor", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `at` is the instant at which it was recorded, aware, in the office's zone.

    `matter` is None only for papers that belong to no matter yet. Parts marked `Personal` are sealed under the
    matter's key by the ledger; the others stay readable after the key is destroyed and are all that the register sees.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1

    matter: str | None
    actor: Actor
    at: datetime

    def sentence(self) -> str:
        """One line of the matter's timeline, without the actor and the time, which stand beside it."""
        raise NotImplementedError


EVENTS: dict[str, type[Event]] = {}
"""Every kind of event by its stable name."""

E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, version: int = 1) -> Callable[[type[E]], type[E]]:
    """Make a frozen dataclass of an event class and register it under its stable name and schema version."""

    def register(cls: type[E]) -> type[E]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.name = name
        made.version = version
        if name in EVENTS:
            raise RecordError(f"Two events are called {name!r}.")
        EVENTS[name] = made
        return made

    return register


def personal_parts(kind: type[Event]) -> frozenset[str]:
    """Which parts of this event's payload are personal. The actor's name always is; the actor's id never."""
    return personal_names(kind)


def to_json(happened: Event) -> dict[str, Any]:
    """`{event, version, matter, at, actor: {id, roles}, open: {…}, personal: {…}}`, ready for canonical JSON."""
    personal = personal_parts(type(happened))
    sealed = {name: encode(getattr(happened, name)) for name in _payload(happened) if name in personal}
    return {**open_part(happened), "personal": {"actor": happened.actor.name, **sealed}}


def open_part(happened: Event) -> dict[str, Any]:
    """The event as JSON without what is personal: what stays readable when the matter's key is destroyed."""
    kind = type(happened)
    personal = personal_parts(kind)
    return {
        "event": kind.name,
        "version": kind.version,
        "matter": happened.matter,
        "at": encode(happened.at)["moment"],
        "actor": {"id": happened.actor.id, "roles": list(happened.actor.roles)},
        "open": {name: encode(getattr(happened, name)) for name in _payload(happened) if name not in personal},
    }


def _payload(happened: Event) -> list[str]:
    return [item.name for item in fields(happened) if item.name not in _HEAD]


def from_json(data: Mapping[str, Any]) -> Event:
    """The event that `to_json` wrote. Raises `RecordError` for an unknown event, a newer version or a wrong shape."""
    name, version = data.get("event"), data.get("version")
    if name not in EVENTS:
        raise RecordError(f"There is no event called {name!r}.", remedy="It may come from a newer Duly: upgrade first.")
    kind = EVENTS[name]
    if version != kind.version:
        raise RecordError(
            f"Event {name!r} has version {version}; this Duly reads version {kind.version}.",
            remedy="It may come from a newer Duly: upgrade first.",
        )
    personal, opened = data.get("personal"), data.get("open")
    if not isinstance(personal, Mapping) or not isinstance(opened, Mapping):
        raise RecordError(
            f"Event {name!r} has lost its personal part.", remedy="Its key may have been destroyed on retention."
        )
    actor = dict(data.get("actor") or {}) | {"name": personal.get("actor")}
    payload = {key: value for key, value in personal.items() if key != "actor"}
    head = {"matter": data.get("matter"), "actor": actor, "at": {"moment": data.get("at")}}
    return decode_dataclass(kind, head | dict(opened) | payload, place=name)
