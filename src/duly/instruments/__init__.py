"""Kinds of paper: how to know one, its fields, and the facts that follow from what was read."""

from duly.instruments.catalogue import KindError, load_kinds, read_kind
from duly.instruments.facts import facts
from duly.instruments.kind import Clue, Demand, FieldSpec, Kind, Kinds, Section, Value

__all__ = [
    "Clue",
    "Demand",
    "FieldSpec",
    "Kind",
    "KindError",
    "Kinds",
    "Section",
    "Value",
    "facts",
    "load_kinds",
    "read_kind",
]
