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
}
