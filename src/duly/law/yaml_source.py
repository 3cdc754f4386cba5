"""YAML as a lawyer writes it, with the line of every value, and nothing that runs, repeats or grows.

Read from the parser's events rather than with a loader: no tags, no anchors or aliases (so no "YAML bomb"), no key
twice, ISO dates only, and `on`, `yes` and `no` stay words (in YAML 1.1 a key `on:` would silently become `true`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from duly.errors import DulyError, Place

MAX_CHARACTERS = 100_000
MAX_VALUES = 5_000
MAX_DEPTH = 12

Scalar = str | int | bool | date | datetime | None
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z")
_MOMENT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[Tt ]\d{1,2}:\d{2}")
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """A value with the line (from 1) of the file in which it stands."""

    value: Scalar | list[Located] | dict[str, Located]
    line: int

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, list):
            return [part.plain() for part in self.value]
        if isinstance(self.value, dict):
            return {key: part.plain() for key, part in self.value.items()}
        return self.value


def read_yaml(text: str, file: str, first_line: int) -> Located:
    """The one mapping that `text` holds. Raises `DulyError` with the line for anything else."""
    if len(text) > MAX_CHARACTERS:
        raise _error(file, first_line, f"The block is longer than {MAX_CHARACTERS:,} characters.", "too-large")
    reader = _Reader(file, first_line, yaml.parse(text, Loader=_PARSER))
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark is not None else 0)
        said = error.problem or error.context or "it cannot be read"
        raise _error(
            file, line, f"This is not well-formed YAML: {said}.", "yaml", "Quote a value that holds a colon."
        ) from error
    except yaml.YAMLError as error:
        raise _error(file, first_line, f"This is not well-formed YAML: {error}.", "yaml") from error


def _error(file: str, line: int, message: str, code: str, remedy: str = "") -> DulyError:
    return DulyError(message, place=Place(file=file, line=line), remedy=remedy, code=code)


class _Reader:
    def __init__(self, file: str, first_line: int, events: Iterator[Any]) -> None:
        self.file = file
        self.first_line = first_line
        self.events = events
        self.values = 0

    def document(self) -> Located:
        events = self.events
        next(events)  # the stream's start
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            return Located({}, self.first_line)
        node = self.node(next(events), 0)
        if not isinstance(node.value, dict):
            raise _error(self.file, node.line, "A block must hold `key: value` lines.", "yaml")
        next(events)  # the document's end
        if not isinstance(next(events), yaml.StreamEndEvent):
            raise _error(self.file, node.line, "A block must hold one document only.", "yaml", "Remove the `---`.")
        return node

    def node(self, event: Any, depth: int) -> Located:
        line = self.first_line + event.start_mark.line
        self.values += 1
        if self.values > MAX_VALUES or depth > MAX_DEPTH:
            raise _error(self.file, line, "The block holds too many values, or nests too deep.", "too-large")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _error(
                self.file, line, "Anchors and aliases (`&`, `*`) are not allowed.", "yaml-alias", "Write it out."
            )
        if event.tag is not None and event.tag != "!":
            raise _error(self.file, line, f"The tag “{event.tag}” is not allowed.", "yaml-tag", "Remove it.")
        if isinstance(event, yaml.ScalarEvent):
            value = self.plain(event.value, line) if not event.style else event.value
            return Located(value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Located(self.sequence(depth), line)
        return Located(self.mapping(depth), line)

    def sequence(self, depth: int) -> list[Located]:
        parts = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            parts.append(self.node(event, depth + 1))
        return parts

    def mapping(self, depth: int) -> dict[str, Located]:
        parts: dict[str, Located] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = self.first_line + event.start_mark.line
            if not isinstance(event, yaml.ScalarEvent):
                raise _error(self.file, line, "A key must be a word.", "yaml")
            if event.value in parts:
                raise _error(self.file, line, f"“{event.value}” stands here twice.", "yaml-key", "Keep one of them.")
            parts[event.value] = self.node(next(self.events), depth + 1)
        return parts

    def plain(self, word: str, line: int) -> Scalar:
        if word in ("", "~", "null", "Null", "NULL"):
            return None
        if word in ("true", "True", "TRUE"):
            return True
        if word in ("false", "False", "FALSE"):
            return False
        if _INTEGER.match(word) and len(word) < 19:
            return int(word)
        if _DATE.match(word) or _MOMENT.match(word):
            return self.time(word, line)
        return word

    def time(self, word: str, line: int) -> date | datetime:
        try:
            return date.fromisoformat(word) if _DATE.match(word) else datetime.fromisoformat(word.upper())
        except ValueError:
            raise _error(
                self.file, line, f"There is no date {word}.", "impossible-date", "Write dates as YYYY-MM-DD."
            ) from None
