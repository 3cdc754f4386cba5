"""Signing in and out, changing one's password, and choosing among one's offices."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from duly.desk.accounts.forms import NewPassword, SignIn
from duly.desk.accounts.gate import OFFICE_KEY, Visit
from duly.desk.accounts.models import FailedSignIn, Membership

TRIES = 8
WINDOW = timedelta(minutes=10)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; after too many failures ask to wait."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = _key(request, form.cleaned_data["sign_in"])
        if FailedSignIn.objects.filter(key=key, at__gte=timezone.now() - WINDOW).count() >= TRIES:
            form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
            return render(request, "accounts/sign_in.html", {"form": form}, status=429)
        user = authenticate(request, username=form.cleaned_data["sign_in"], password=form.cleaned_data["password"])
        if user is not None:
            login(request, user)
            return HttpResponseRedirect(_where_next(request))
        FailedSignIn.objects.filter(at__lt=timezone.now() - WINDOW).delete()
        FailedSignIn.objects.create(key=key)
        form.add_error(None, _("That name and password do not fit together. Check both and try again."))
    return render(request, "accounts/sign_in.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("accounts:sign-in")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Visit) -> HttpResponse:
    """Change one's own password; other sessions of the same person end."""
    form = NewPassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new"])
        request.user.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return redirect("home")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def office(request: Visit) -> HttpResponse:
    """Go on at the desk of another office of which one is a member."""
    chosen = request.POST.get("office", "")
    if Membership.objects.filter(user=request.user, office_id=chosen).exists():
        request.session[OFFICE_KEY] = chosen
    return redirect("home")


def _where_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=settings.HTTPS)
    return target if target and safe else "/"


def _key(request: HttpRequest, name: str) -> str:
    """A digest of name and address, so that the table of failures says nothing about anybody."""
    text = f"{name.strip().lower()}|{request.META.get('REMOTE_ADDR', '')}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
