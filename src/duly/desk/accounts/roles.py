"""What each role may do at the desk: the domain's own table, and beside it the few things that only a desk has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from duly.matters.roles import PERMISSIONS as DOMAIN
from duly.matters.roles import ROLES, Role

PEOPLE: tuple[Role, ...] = tuple(role for role in ROLES if role != "machine")
_EVERYBODY: frozenset[Role] = frozenset(PEOPLE)
_DESK: frozenset[Role] = frozenset({"clerk", "records", "counsel", "supervisor"})
_READERS: frozenset[Role] = _DESK | {"auditor", "read-only"}

SCREENS: Mapping[str, frozenset[Role]] = {
    "read the law": _EVERYBODY,
    "see what is due": _READERS,
    "see the inbox": _READERS,
    "see the calendar": _READERS,
    "see calendar days": _READERS | {"administrator"},
    "see reminders": _READERS | {"administrator"},
    "change reminders": frozenset({"supervisor", "administrator"}),
    "see records": _READERS,
    "prepare the office's own papers": _DESK | {"issuing officer"},
    "verify a matter's ledger": frozenset({"counsel", "supervisor", "auditor"}),
    "administer people and offices": frozenset({"administrator"}),
}
ALLOWED: Mapping[str, frozenset[Role]] = {**DOMAIN, **SCREENS}
"""Permission → the roles that have it. A route that names none of these does not load."""


def role_named(name: str) -> Role:
    """The role with that name. Raises ValueError for one that the domain does not know."""
    return ROLES[ROLES.index(cast(Role, name))]


def may(role: Role | None, permission: str) -> bool:
    """Whether that role may do that; nobody without a role may do anything."""
    return role is not None and role in ALLOWED[permission]


def who_may(permission: str) -> str:
    """The roles that may do that, in words, for the page that explains a refusal."""
    names = [role for role in PEOPLE if role in ALLOWED[permission]]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
