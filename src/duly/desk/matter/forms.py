"""Forms of the Matter page."""

from __future__ import annotations

from typing import get_args
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.clock import ClockError, Extension, Unit
from duly.desk.inbox.forms import MANNERS, Day, LocalMoment
from duly.matters.events import OrderKind

ORDER_KINDS = {
    "comply": _("to comply"),
    "show cause": _("to show cause"),
    "deny": _("denying the petition"),
    "contempt": _("of contempt"),
    "purged": _("that the contempt is purged"),
    "dismiss": _("of dismissal"),
    "other": _("another order"),
}
assert set(ORDER_KINDS) == set(get_args(OrderKind))


class Service(forms.Form):
    """How the paper was served."""

    served_on = Day(label=_("Day of service"))
    manner = forms.ChoiceField(label=_("How"), choices=list(MANNERS.items()))
    served_at = LocalMoment(label=_("Time of service, if known"), required=False)
    served_by = forms.CharField(label=_("Served by"), required=False, max_length=200)
    served_upon = forms.CharField(label=_("Handed to"), required=False, max_length=200)


class Custody(forms.Form):
    """What the custody records show."""

    state = forms.ChoiceField(
        label=_("The person named is"),
        choices=[("in", _("in this office's custody")), ("out", _("not in this office's custody")), ("released", _("released now or earlier"))],
    )  # fmt: skip
    as_of = LocalMoment(label=_("As of, or released at"))
    eligible_at = LocalMoment(label=_("Otherwise to be released at"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class Extend(forms.Form):
    """More time by agreement or order: to a named date or moment, or by a length."""

    by = forms.ChoiceField(
        label=_("By"), choices=[("agreement", _("agreement with the issuer")), ("order", _("order of the court"))]
    )
    to_day = Day(label=_("To this day"), required=False)
    to_moment = LocalMoment(label=_("or to this moment"), required=False)
    length = forms.IntegerField(label=_("or by this much"), required=False, min_value=1, max_value=3650)
    unit = forms.ChoiceField(label=_("counted in"), choices=[(unit, unit) for unit in get_args(Unit)[:-1]])
    note = forms.CharField(label=_("Where it says so"), required=False, max_length=500)

    def extension(self, zone: ZoneInfo) -> Extension:
        """What the form says. Raises ClockError unless exactly one of day, moment and length is given."""
        said = self.cleaned_data
        moment = said["to_moment"].replace(tzinfo=zone) if said["to_moment"] else None
        if moment is not None and said["to_day"]:
            raise ClockError("A day and a moment were both given.", remedy="Give one of the two.", code="bad-extension")
        return Extension(moment or said["to_day"], said["length"], said["unit"], f"by {said['by']}", said["note"])


class Petition(forms.Form):
    """Somebody asked a court about this paper."""

    court = forms.CharField(label=_("Court"), max_length=200)
    case_number = forms.CharField(label=_("Case number"), required=False, max_length=80)
    filed_on = Day(label=_("Filed on"))
    paper = forms.FileField(label=_("The petition"), required=False)


class Order(forms.Form):
    """A court's order."""

    court = forms.CharField(label=_("Court"), max_length=200)
    order_kind = forms.ChoiceField(label=_("Order"), choices=list(ORDER_KINDS.items()))
    entered_on = Day(label=_("Entered on"))
    compliance_due = Day(label=_("Compliance due on, if it says so"), required=False)
    terms = forms.CharField(
        label=_("Its terms, in its own words"), required=False, max_length=4000, widget=forms.Textarea
    )
    paper = forms.FileField(label=_("The order"), required=False)


class Compliance(forms.Form):
    """What was asked or ordered was done."""

    complied_at = LocalMoment(label=_("Done at"))
    in_full = forms.BooleanField(label=_("In full"), required=False, initial=True)
    note = forms.CharField(label=_("What was handed over, to whom, how"), required=False, max_length=500)
