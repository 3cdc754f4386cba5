"""The way in, the health check, and the pages that explain why something did not work."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duly.desk.accounts.frame import screens


def home(request: HttpRequest) -> HttpResponse:
    """The first screen that this person may open; the sign-in page for everybody else."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    role = getattr(request, "role", None)
    found = screens(role, "")
    if role == "administrator" and found:
        return redirect(found[-1].href)
    return redirect(found[0].href if found else "accounts:password")


def health(request: HttpRequest) -> HttpResponse:
    """Whether the desk answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def explain(request: HttpRequest, status: int, heading: str, text: str, remedy: str) -> HttpResponse:
    """One plain page: what happened and what to do next."""
    context = {"status": status, "heading": heading, "text": text, "remedy": remedy}
    return render(request, "explain.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return explain(
        request,
        404,
        _("There is nothing at this address"),
        _("The page may have moved, the address may be mistyped, or it belongs to another office."),
        _("Check the address, or start again from Today."),
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    text = str(exception) or _("This page is not open to your role in this office.")
    return explain(
        request, 403, _("This is not open to you"), text, _("If you think it should be, tell your administrator.")
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return explain(
        request,
        400,
        _("The desk could not make sense of that request"),
        _("Something in what your browser sent was incomplete or not allowed. Nothing was changed."),
        _("Go back, load the page again, and try once more."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: the only page that must not depend on the database."""
    return render(request, "failed.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere."""
    return explain(
        request,
        403,
        _("This form is too old to be accepted"),
        _("You may have signed in or out in another window since you opened it. Nothing was changed."),
        _("Go back, load the page again, and send the form once more."),
    )
