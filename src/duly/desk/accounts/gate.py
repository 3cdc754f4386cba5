"""The gate: every route is declared with the permission it needs, and nothing passes undeclared."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from duly.desk.accounts.models import Membership, Office, User
from duly.desk.accounts.roles import may, role_named, who_may
from duly.desk.accounts.routes import ROUTES, Open
from duly.desk.shelf import UnusablePolicyError
from duly.matters.roles import Actor, Role

log = logging.getLogger("duly.desk")
OFFICE_KEY = "office"


class Visit(HttpRequest):
    """A request past the gate, as views see it: by whom, for which office, in which role.

    `actor` is the person as the ledger knows them: a stable id, a name, and the role in this office.
    """

    user: User
    office: Office
    role: Role
    actor: Actor


class Gate:
    """Sets office and role on the request, and refuses what the table of routes does not allow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        membership = _membership(request)
        request.office = membership.office if membership else None  # type: ignore[attr-defined]
        request.role = membership.role if membership else None  # type: ignore[attr-defined]
        if membership is not None:
            user = membership.user
            timezone.activate(membership.office.zone)
            request.actor = Actor(f"user:{user.pk}", user.name, (role_named(membership.role),))  # type: ignore[attr-defined]
        else:
            timezone.deactivate()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        assert request.resolver_match is not None
        name = request.resolver_match.view_name
        needed = ROUTES.get(name)
        if needed is None:
            log.error("route %s is not in the table of routes and is refused", name)
            raise PermissionDenied("This page has not been given a permission, so nobody may open it.")
        if needed is Open.PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if needed is Open.SIGNED_IN:
            return None
        _refuse_unless_allowed(request, needed)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A policy that cannot be applied is explained, wherever it stands in the way of an answer."""
        if not isinstance(exception, UnusablePolicyError):
            return None
        context = {
            "status": 503,
            "heading": "The law of this office cannot be applied now",
            "text": exception.message,
            "remedy": exception.remedy,
        }
        return render(request, "explain.html", context, status=503)


def _refuse_unless_allowed(request: HttpRequest, needed: str) -> None:
    role: Role | None = request.role  # type: ignore[attr-defined]
    if role is None:
        raise PermissionDenied("You are not a member of any office yet. Ask your administrator to add you to one.")
    if not may(role, needed):
        raise PermissionDenied(
            f"Your role in this office is {role}; only {who_may(needed)} may {needed}."
            " Ask one of them, or ask your administrator to change your role."
        )


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith("/api/"):
        return HttpResponse(
            '{"title": "Sign in first", "status": 401}', status=401, content_type="application/problem+json"
        )
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer.headers["HX-Redirect"] = "/sign-in/"
        return answer
    # With its query: a link to an answered question carries the question there.
    return redirect_to_login(request.get_full_path())


def _membership(request: HttpRequest) -> Membership | None:
    """The membership that the session has chosen, otherwise the person's first."""
    if not request.user.is_authenticated:
        return None
    memberships = list(
        Membership.objects.filter(user=request.user).select_related("office", "user").order_by("office__name")
    )
    chosen = request.session.get(OFFICE_KEY)
    for membership in memberships:
        if membership.office_id == chosen:
            return membership
    return memberships[0] if memberships else None
