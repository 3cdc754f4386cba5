"""The table of routes: every address of the desk and the permission that opens it. A test walks it for every role."""

from __future__ import annotations

from enum import Enum


class Open(Enum):
    """Routes that need no role: for everybody, or for everybody who has signed in."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"


ROUTES: dict[str, str | Open] = {
    "home": Open.PUBLIC,
    "health": Open.PUBLIC,
    "set_language": Open.PUBLIC,
    "accounts:sign-in": Open.PUBLIC,
    "accounts:sign-out": Open.PUBLIC,
    "accounts:password": Open.SIGNED_IN,
    "accounts:office": Open.SIGNED_IN,
    "today:today": "see what is due",
    "inbox:inbox": "see the inbox",
    "inbox:item": "see the inbox",
    "inbox:row": "see the inbox",
    "inbox:original": "see the inbox",
    "inbox:picture": "see the inbox",
    "inbox:upload": "receive paper",
    "inbox:open": "open matter",
    "inbox:set-aside": "receive paper",
    "verify:verify": "see matter",
    "verify:settle": "confirm field",
    "verify:rest": "confirm field",
    "matter:list": "see matter",
    "matter:matter": "see matter",
    "matter:json": "see matter",
    "matter:original": "see matter",
    "matter:page": "see matter",
    "matter:picture": "see matter",
    "matter:draft": "see matter",
    "matter:letter-pdf": "see matter",
    "matter:letter-json": "see matter",
    "matter:ledger": "see ledger",
    "matter:verify-ledger": "verify a matter's ledger",
    "matter:state-facts": "state fact",
    "matter:service": "record service",
    "matter:custody": "record custody",
    "matter:assess": "assess",
    "matter:position": "draft position",
    "matter:submit": "submit position",
    "matter:approve": "approve position",
    "matter:compose": "compose letter",
    "matter:send": "send letter",
    "matter:claim": "claim",
    "matter:note": "add note",
    "matter:petition": "record petition",
    "matter:order": "record order",
    "matter:compliance": "record compliance",
    "law:law": "read the law",
    "law:enactment": "read the law",
    "law:ask": "read the law",
    "calendar:calendar": "see the calendar",
    # A calendar program cannot sign in: the address itself carries a person's key, which the view checks.
    "calendar:feed": Open.PUBLIC,
    "records:records": "see records",
    "records:hold": "place legal hold",
    "records:lift": "lift legal hold",
    "records:collect": "collect records",
    "issue:issue": "prepare the office's own papers",
    "register:register": Open.PUBLIC,
    "register:office": Open.PUBLIC,
    "register:json": Open.PUBLIC,
    "register:csv": Open.PUBLIC,
    "administration:administration": "administer people and offices",
    "administration:add-person": "administer people and offices",
    "administration:change-person": "administer people and offices",
    "administration:profile": "administer people and offices",
    "administration:new-office": "administer people and offices",
    "administration:check": "administer people and offices",
    "administration:rebuild": "administer people and offices",
    "api:api-root": "read the law",
    "api:openapi-json": "read the law",
    "api:matters": "see matter",
    "api:matter": "see matter",
    "api:papers": "receive paper",
    "api:paper": "see the inbox",
    "api:ask": "read the law",
}
