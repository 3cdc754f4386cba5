"""Who may do what: the roles of a desk and the one table of permissions that every command is checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from duly.errors import DulyError
from duly.matters.codec import Personal

Role = Literal[
    "clerk", "records", "counsel", "supervisor", "issuing officer", "auditor", "administrator", "read-only", "machine"
]  # fmt: skip
ROLES: tuple[Role, ...] = (
    "clerk", "records", "counsel", "supervisor", "issuing officer", "auditor", "administrator", "read-only", "machine",
)  # fmt: skip


class NotAllowedError(DulyError):
    """The act is not open to this person's roles, or not to this person."""

    code = "not-allowed"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a stable `id` (stays readable for ever) and a display name (sealed under the matter's key)."""

    id: str
    name: Personal[str]
    roles: tuple[Role, ...] = ()

    @property
    def is_person(self) -> bool:
        return "machine" not in self.roles


MACHINE = Actor("duly", "Duly", ("machine",))
"""The software itself, where it read, counted or composed something without a person's act."""

_RECORDS: frozenset[Role] = frozenset({"clerk", "records", "counsel", "supervisor"})
_DESK: frozenset[Role] = frozenset({"clerk", "counsel", "supervisor"})
_LAWYERS: frozenset[Role] = frozenset({"counsel"})
_DECIDERS: frozenset[Role] = frozenset({"counsel", "supervisor"})
_EVERY_READER: frozenset[Role] = frozenset(ROLES) - {"machine", "administrator"}

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    # reading
    "see matter": _EVERY_READER,
    "see sealed matter": _DECIDERS,
    "see ledger": frozenset({"counsel", "supervisor", "auditor"}),
    # papers in
    "receive paper": _DESK | {"machine"},
    "open matter": _DESK | {"machine"},
    "link paper": _DESK | {"machine"},
    "relate matter": _DESK | {"machine"},
    "read paper": _DESK | {"machine"},
    # the clerk's desk
    "confirm field": _DESK,
    "record service": _DESK,
    "record custody": _RECORDS,
    "state fact": _RECORDS,
    "withdraw fact": _DESK,
    "claim": _RECORDS,
    "refer": _RECORDS,
    "add note": _RECORDS,
    "resolve warning": _DESK,
    "collect records": _RECORDS,
    "record deadline met": _RECORDS,
    "record notice": _RECORDS,
    # what the law says
    "assess": _DESK | {"machine"},
    # decisions
    "place legal hold": _DECIDERS,
    "lift legal hold": _DECIDERS,
    "extend deadline": _DECIDERS,
    "draft position": _LAWYERS,
    "submit position": _LAWYERS,
    "approve position": _DECIDERS,
    "return position": _DECIDERS,
    # the office's own policy
    "see policy draft": frozenset({"counsel", "supervisor", "auditor"}),
    "draft policy": _LAWYERS,
    "submit policy": _LAWYERS,
    "withdraw policy draft": _LAWYERS,
    "approve policy": _DECIDERS,
    "decline policy": _DECIDERS,
    "answer law change": _DECIDERS,
    # the office's calendar: a day moves deadlines, so two persons enter it
    "propose calendar day": frozenset({"counsel", "supervisor", "administrator"}),
    "withdraw calendar day": frozenset({"counsel", "supervisor", "administrator"}),
    "approve calendar day": _DECIDERS,
    "decline calendar day": _DECIDERS,
    # papers out
    "compose letter": _DESK | {"machine"},
    "send letter": _DESK,
    # court
    "record petition": _DESK,
    "record order": _DECIDERS,
    "record compliance": _RECORDS,
    # the end, and what restricts
    "record disposition": _DECIDERS,
    "close matter": _DECIDERS,
    "reopen matter": _DECIDERS,
    "seal matter": _DECIDERS,
    "unseal matter": _DECIDERS,
    "record non-disclosure": _DECIDERS,
    "lift non-disclosure": _DECIDERS,
}
"""Action → the roles that may do it. Nothing outside this table grants anything."""


def allows(actor: Actor, action: str) -> bool:
    """Whether one of the actor's roles may do `action`. An action that is not in the table is open to nobody."""
    return not PERMISSIONS.get(action, frozenset()).isdisjoint(actor.roles)


def require(actor: Actor, action: str) -> None:
    """Raise `NotAllowedError` unless one of the actor's roles may do `action`."""
    if allows(actor, action):
        return
    roles = " or ".join(role for role in ROLES if role in PERMISSIONS.get(action, frozenset()) and role != "machine")
    held = " and ".join(actor.roles) or "no role"
    remedy = f"Ask somebody who is {roles}." if roles else "Nobody may do this."
    raise NotAllowedError(f"{actor.name} ({held}) may not {action}.", remedy=remedy)
