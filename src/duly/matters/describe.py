"""Writes docs/events.md from the code: every event with its parts, and who may do what (`python -m duly.matters.describe`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields

from duly.matters.events import EVENTS, Event, personal_parts
from duly.matters.roles import PERMISSIONS, ROLES

_INTRODUCTION = """# Events and permissions

Written from the code by `python -m duly.matters.describe`; a test fails when it is out of date.

Everything that happens to a matter is an event with a stable name and a schema version. The ledger stores it; the matter
is what its events fold into. Beside the parts below every event carries `matter`, `at` (the instant, in the office's
zone) and `actor` (id and roles; the name is personal). Parts marked **personal** are sealed under the matter's key, never
reach the register, and are gone when retention destroys the key. The others stay readable for ever.
"""


def describe() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_INTRODUCTION, "## Events", "", *_events(), *_permissions()])


def _events() -> Iterator[str]:
    for name in sorted(EVENTS):
        kind = EVENTS[name]
        yield f"### {name} (version {kind.version})"
        yield ""
        yield " ".join((kind.__doc__ or "").split())
        yield ""
        parts = list(_parts(kind))
        if parts:
            yield from (*parts, "")


def _parts(kind: type[Event]) -> Iterator[str]:
    personal = personal_parts(kind)
    for item in fields(kind):
        if item.name in ("matter", "actor", "at"):
            continue
        optional = item.default is not MISSING or item.default_factory is not MISSING
        marks = [word for word, holds in (("**personal**", item.name in personal), ("optional", optional)) if holds]
        yield f"- `{item.name}`" + (f" ({', '.join(marks)})" if marks else "")


def _permissions() -> Iterator[str]:
    roles = [role for role in ROLES if role != "machine"]
    yield "## Who may do what"
    yield ""
    yield "Nothing outside this table grants anything. Some acts have a further rule: nobody approves their own position."
    yield ""
    yield f"| action | {' | '.join(roles)} | the software |"
    yield "|---" * (len(roles) + 2) + "|"
    for action, allowed in PERMISSIONS.items():
        marks = ["yes" if role in allowed else "" for role in (*roles, "machine")]
        yield f"| {action} | {' | '.join(marks)} |"
    yield ""


if __name__ == "__main__":
    print(describe(), end="")
