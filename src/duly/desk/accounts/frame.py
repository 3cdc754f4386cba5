"""What the frame around every page shows: the screens that this person may open, the office, and the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from duly.desk.accounts.roles import may
from duly.desk.accounts.routes import ROUTES, Open
from duly.matters.roles import Role

SCREENS = (
    (_("Today"), "today:today"),
    (_("Inbox"), "inbox:inbox"),
    (_("Matters"), "matter:list"),
    (_("Law"), "law:law"),
    (_("Calendar"), "calendar:calendar"),
    (_("Records"), "records:records"),
    (_("Issue"), "issue:issue"),
    (_("Register"), "register:register"),
    (_("Administration"), "administration:administration"),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """One entry of the main navigation."""

    label: str
    href: str
    current: bool


def screens(role: Role | None, path: str) -> list[Screen]:
    """The screens that somebody in that role may open; the register also for everybody else."""
    found = []
    for label, route in SCREENS:
        needed = ROUTES.get(route)
        if needed is None or (not isinstance(needed, Open) and not may(role, needed)):
            continue
        try:
            href = reverse(route)
        except NoReverseMatch:
            continue
        found.append(Screen(str(label), href, path.startswith(href)))
    return found


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the base template."""
    role: Role | None = getattr(request, "role", None)
    signed_in = request.user.is_authenticated if hasattr(request, "user") else False
    memberships = request.user.memberships.select_related("office").order_by("office__name") if signed_in else []  # type: ignore[union-attr]
    return {
        "screens": screens(role, request.path) if signed_in else [],
        "office": getattr(request, "office", None),
        "role": role,
        "memberships": memberships,
    }
