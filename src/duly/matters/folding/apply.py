"""The one function that every event's effect is registered on."""

from __future__ import annotations

from functools import singledispatch

from duly.matters.events import Event
from duly.matters.matter import Matter


@singledispatch
def apply(event: Event, matter: Matter) -> Matter:
    """The matter after one event. An event that changes nothing but the timeline needs no entry."""
    return matter
