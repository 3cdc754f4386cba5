"""People, offices, and whether everything that was recorded still holds."""

from __future__ import annotations

import secrets
import time

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import OFFICE_KEY, Visit
from duly.desk.accounts.models import Membership, Office, User
from duly.desk.accounts.roles import PEOPLE
from duly.desk.administration.forms import AddPerson, NewOffice, OfficeProfile
from duly.desk.administration.integrity import damaged_originals
from duly.desk.shelf import library
from duly.desk.storage import ledger
from duly.desk.storage.models import LedgerEntry, MatterRow
from duly.desk.storage.projections import rebuild
from duly.desk.verify.accuracy import accuracy


@require_safe
def administration(request: Visit) -> HttpResponse:
    """People of this office, its profile, and the integrity check."""
    office = request.office
    context = {
        "members": office.memberships.select_related("user").order_by("user__name"),
        "roles": PEOPLE,
        "add_form": AddPerson(auto_id="add_%s"),
        "profile_form": OfficeProfile(
            initial={
                "name": office.name, "letterhead": "\n".join(office.letterhead), "telephone": office.telephone,
                "email": office.email, "sample_day": office.sample_day,
            },
            auto_id="office_%s",
        ),
        "new_form": NewOffice(auto_id="new_%s"),
        "entries": LedgerEntry.objects.count(),
        "matters": MatterRow.objects.filter(office=office).count(),
        "digest": library().digest,
        "accuracy": accuracy(office.id)[:40],
    }  # fmt: skip
    return render(request, "administration/administration.html", context)


@require_POST
def add_person(request: Visit) -> HttpResponse:
    """Add somebody to this office. Somebody new gets a password that is shown once."""
    form = AddPerson(request.POST)
    if not form.is_valid():
        return _refuse(request, form)
    said = form.cleaned_data
    with transaction.atomic():
        user = User.objects.filter(sign_in=said["sign_in"]).first()
        password = ""
        if user is None:
            password = secrets.token_urlsafe(12)
            user = User.objects.create_user(said["sign_in"], said["name"], password)
        _member, created = Membership.objects.get_or_create(
            user=user, office=request.office, defaults={"role": said["role"]}
        )
    if not created:
        messages.warning(request, _("%(name)s is a member of this office already.") % {"name": user.name})
    elif password:
        said_once = _(
            "%(name)s may sign in as “%(sign_in)s” with the password %(password)s. It is shown only this once; they should change it."
        )
        messages.success(request, said_once % {"name": user.name, "sign_in": user.sign_in, "password": password})
    else:
        messages.success(request, _("%(name)s is now a member of this office.") % {"name": user.name})
    return redirect("administration:administration")


@require_POST
def change_person(request: Visit, member: int) -> HttpResponse:
    """Change somebody's role in this office, or take them out of it. The last administrator stays."""
    found = get_object_or_404(Membership.objects.select_related("user"), pk=member, office=request.office)
    role = request.POST.get("role", "")
    last = found.role == "administrator" and request.office.memberships.filter(role="administrator").count() == 1
    if last and role != "administrator":
        messages.error(request, _("An office needs at least one administrator. Make somebody else one first."))
    elif role == "":
        found.delete()
        messages.success(request, _("%(name)s is no longer a member of this office.") % {"name": found.user.name})
    elif role in PEOPLE:
        found.role = role
        found.save(update_fields=["role"])
        messages.success(request, _("%(name)s is now %(role)s.") % {"name": found.user.name, "role": role})
    return redirect("administration:administration")


@require_POST
def profile(request: Visit) -> HttpResponse:
    """Change what stands on the office's letters."""
    form = OfficeProfile(request.POST)
    if not form.is_valid():
        return _refuse(request, form)
    said, office = form.cleaned_data, request.office
    office.name, office.telephone, office.email = said["name"], said["telephone"], said["email"]
    office.letterhead = [line.strip() for line in said["letterhead"].splitlines() if line.strip()]
    office.sample_day = said["sample_day"]
    office.save()
    messages.success(request, _("The office's profile is changed."))
    return redirect("administration:administration")


@require_POST
def new_office(request: Visit) -> HttpResponse:
    """Add an office to this desk; whoever adds it administers it."""
    form = NewOffice(request.POST)
    if not form.is_valid():
        return _refuse(request, form)
    said = form.cleaned_data
    if Office.objects.filter(pk=said["id"]).exists():
        messages.error(request, _("There is an office with that short name already."))
        return redirect("administration:administration")
    zone = library().jurisdiction(said["jurisdiction"]).time_zone
    office = Office.objects.create(
        id=said["id"], name=said["name"], jurisdiction=said["jurisdiction"], kind=said["kind"], time_zone=zone
    )
    Membership.objects.create(user=request.user, office=office, role="administrator")
    request.session[OFFICE_KEY] = office.id
    messages.success(request, _("The office is added, and you administer it."))
    return redirect("administration:administration")


@require_POST
def check(request: Visit) -> HttpResponse:
    """Read the whole ledger and every original, and say what does not hold."""
    began = time.perf_counter()
    found = ledger.verify()
    damaged = damaged_originals()
    took = time.perf_counter() - began
    if found.ok and not damaged:
        messages.success(
            request,
            _("%(found)s Every original is unchanged. Checked in %(took).1f seconds.") % {"found": found, "took": took},
        )
    if not found.ok:
        messages.error(request, str(found))
    for sentence in damaged[:20]:
        messages.error(request, sentence)
    return redirect("administration:administration")


@require_POST
def rebuild_views(request: Visit) -> HttpResponse:
    """Build every list again from the ledger alone."""
    count = rebuild()
    messages.success(request, _("Built the lists of %(n)d matters again from the ledger.") % {"n": count})
    return redirect("administration:administration")


def _refuse(request: Visit, form: object) -> HttpResponse:
    for name, errors in form.errors.items():  # type: ignore[attr-defined]
        label = form.fields[name].label if name in form.fields else ""  # type: ignore[attr-defined]
        messages.error(request, f"{label}: {' '.join(errors)}" if label else " ".join(errors))
    return redirect("administration:administration")
