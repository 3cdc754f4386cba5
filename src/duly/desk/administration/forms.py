"""Forms of the administration."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.desk.accounts.models import User
from duly.desk.accounts.roles import PEOPLE
from duly.desk.shelf import library


class AddPerson(forms.Form):
    """Somebody new, or somebody known who joins this office."""

    sign_in = forms.CharField(label=_("Sign-in name"), max_length=80)
    name = forms.CharField(label=_("Name as it appears on papers"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[(role, role) for role in PEOPLE])

    def clean_sign_in(self) -> str:
        return str(self.cleaned_data["sign_in"]).strip().lower()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not User.objects.filter(sign_in=cleaned.get("sign_in", "")).exists():
            self.add_error("name", _("Give the name: nobody with this sign-in name is known yet."))
        return cleaned


class OfficeProfile(forms.Form):
    """What stands on the office's letters, and the day on which a sample office stands."""

    name = forms.CharField(label=_("Name"), max_length=160)
    letterhead = forms.CharField(label=_("Address lines"), required=False, widget=forms.Textarea)
    telephone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    email = forms.EmailField(label=_("E-mail"), required=False)
    sample_day = forms.DateField(
        label=_("Day on which this sample office stands"),
        required=False,
        help_text=_("Leave it empty for a real office: it follows the calendar."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NewOffice(forms.Form):
    """A further office of this desk."""

    id = forms.SlugField(label=_("Short name, for addresses"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=160)
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"))
    kind = forms.ChoiceField(label=_("Kind of office"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        books = library()
        places = sorted(books.jurisdictions.values(), key=lambda place: place.id)
        self.fields["jurisdiction"].choices = [(place.id, place.name) for place in places]  # type: ignore[attr-defined]
        kinds = books.vocabulary.facts["office.kind"].choices
        self.fields["kind"].choices = [(kind, kind.replace("_", " ")) for kind in kinds]  # type: ignore[attr-defined]
