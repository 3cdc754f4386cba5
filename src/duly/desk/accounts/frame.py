"""What the frame around every page shows: the screens that this person may open, the office, and the person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from duly.desk.accounts.models import Office
from duly.desk.accounts.roles import may
from duly.desk.accounts.routes import ROUTES, Open
from duly.desk.inbox.models import InboxItem
from duly.matters.roles import Role

INBOX = "/inbox/"
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
    count: int = 0


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


def _waiting(office: Office | None) -> int:
    """How many papers wait in the office's inbox."""
    return 0 if office is None else InboxItem.objects.filter(office=office, state__in=("waiting", "read")).count()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the base template."""
    role: Role | None = getattr(request, "role", None)
    signed_in = request.user.is_authenticated if hasattr(request, "user") else False
    memberships = request.user.memberships.select_related("office").order_by("office__name") if signed_in else []  # type: ignore[union-attr]
    shown = screens(role, request.path) if signed_in else []
    office = getattr(request, "office", None)
    return {
        "screens": [replace(one, count=_waiting(office)) if one.href == INBOX else one for one in shown],
        "office": office,
        "role": role,
        "memberships": memberships,
    }
