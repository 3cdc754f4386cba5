"""Reading one block's keys with their types: every mistake has a line, and no key is left unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from duly.errors import DulyError, Place
from duly.law.condition import FALSE, TRUE, Expression
from duly.law.parsing import parse_condition, parse_expression
from duly.law.sql import to_sql
from duly.law.vocabulary import FactType
from duly.law.yaml_source import Located


class Fields:
    """The keys of one block. Each reader takes its key away; `finish` refuses whatever is left."""

    def __init__(self, located: Located, file: str, line: int, kind: str) -> None:
        assert isinstance(located.value, dict)
        self.values: dict[str, Located] = dict(located.value)
        self.file = file
        self.line = line
        self.kind = kind

    def place(self, key: str | None = None) -> Place:
        at = self.values.get(key) if key is not None else None
        return Place(file=self.file, line=self.line if at is None else at.line)

    def error(self, message: str, at: Place | None = None, code: str = "rule-form", remedy: str = "") -> DulyError:
        return DulyError(message, place=at or self.place(), remedy=remedy, code=code)

    def has(self, key: str) -> bool:
        found = self.values.get(key)
        return found is not None and found.value is not None

    def take(self, key: str) -> Located | None:
        """The value of `key`, or None where it is left out or empty."""
        found = self.values.pop(key, None)
        return None if found is None or found.value is None else found

    def needed(self, key: str) -> Located:
        found = self.take(key)
        if found is None:
            raise self.error(f"This {self.kind} has no `{key}`.", code="missing-key", remedy=f"Add `{key}: …`.")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        found = self.needed(key) if default is None else self.take(key)
        return default or "" if found is None else self.as_text(key, found)

    def optional_text(self, key: str) -> str | None:
        found = self.take(key)
        return None if found is None else self.as_text(key, found)

    def as_text(self, key: str, found: Located) -> str:
        if isinstance(found.value, list | dict):
            raise self.error(f"`{key}` must be text.", Place(self.file, found.line), "wrong-type")
        return " ".join(str(found.value).split())

    def texts(self, *keys: str) -> tuple[str, ...]:
        """The words under any of `keys` (`act` or `acts`), one or a list."""
        gathered: list[str] = []
        for key in keys:
            found = self.take(key)
            if found is None:
                continue
            parts = found.value if isinstance(found.value, list) else [found]
            gathered += [self.as_text(key, part) for part in parts]
        return tuple(dict.fromkeys(gathered))

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        at = self.place(key)
        word = self.text(key, default)
        if word not in choices:
            raise self.error(f"`{key}` is “{word}”, which is none of: {', '.join(choices)}.", at, "unknown-choice")
        return word

    def flag(self, key: str) -> bool:
        found = self.take(key)
        if found is None:
            return False
        if not isinstance(found.value, bool):
            raise self.error(f"`{key}` must be true or false.", Place(self.file, found.line), "wrong-type")
        return found.value

    def integer(self, key: str) -> int | None:
        found = self.take(key)
        if found is None:
            return None
        if not isinstance(found.value, int) or isinstance(found.value, bool):
            raise self.error(f"`{key}` must be a whole number.", Place(self.file, found.line), "wrong-type")
        return found.value

    def day(self, key: str) -> date | None:
        found = self.take(key)
        return None if found is None else self.as_day(key, found)

    def as_day(self, key: str, found: Located) -> date:
        if type(found.value) is not date:
            raise self.error(
                f"`{key}` must be a date, not “{found.value}”.",
                Place(self.file, found.line),
                "impossible-date",
                "Write YYYY-MM-DD.",
            )
        return found.value

    def range(self, key: str) -> tuple[date | None, date | None] | None:
        """`[from, to]`, either of them null for open; `from` must come before `to`."""
        found = self.take(key)
        if found is None:
            return None
        at = Place(self.file, found.line)
        if not isinstance(found.value, list) or len(found.value) != 2:
            raise self.error(f"`{key}` must be [from, to].", at, "impossible-date", "Write null for an open end.")
        start, end = (None if part.value is None else self.as_day(key, part) for part in found.value)
        if start is not None and end is not None and start >= end:
            raise self.error(f"`{key}` ends on {end}, not after it begins on {start}.", at, "impossible-date")
        return start, end

    def mapping(self, key: str) -> Mapping[str, Located]:
        found = self.take(key)
        if found is None:
            return {}
        if not isinstance(found.value, dict):
            raise self.error(f"`{key}` must hold `name: value` lines.", Place(self.file, found.line), "wrong-type")
        return found.value

    def condition(self, key: str, facts: Mapping[str, FactType], default: Expression = TRUE) -> tuple[Expression, str]:
        """The condition under `key`, as a tree and in SQL."""
        found = self.take(key)
        if found is None:
            return default, "" if default in (TRUE, FALSE) else to_sql(default)
        at = Place(self.file, found.line)
        if isinstance(found.value, bool):
            tree: Expression = TRUE if found.value else FALSE
        else:
            tree = parse_condition(self.as_text(key, found), facts, at)
        return tree, to_sql(tree)

    def expression(self, key: str, facts: Mapping[str, FactType]) -> tuple[Expression, str]:
        at = self.place(key)
        found = self.needed(key)
        if isinstance(found.value, bool):
            return (TRUE, "TRUE") if found.value else (FALSE, "FALSE")
        tree = parse_expression(self.as_text(key, found), facts, at)
        return tree, to_sql(tree)

    def sub(self, key: str, found: Located) -> Fields:
        """The keys of a mapping inside this block."""
        if not isinstance(found.value, dict):
            raise self.error(f"`{key}` must hold `name: value` lines.", Place(self.file, found.line), "wrong-type")
        return Fields(found, self.file, found.line, key)

    def finish(self) -> None:
        for key, found in self.values.items():
            raise self.error(
                f"A {self.kind} has no key `{key}`.",
                Place(self.file, found.line),
                "unknown-key",
                "Remove or correct it.",
            )
