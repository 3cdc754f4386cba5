"""Forms of the inbox: putting papers in, and opening one as a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from duly.matters.events import Manner, Way

WAYS = [way for way in get_args(Way) if way in ("upload", "counter", "mail", "e-mail", "fax", "portal")]
MANNERS = {
    "hand": _("by hand"),
    "mail": _("by mail"),
    "left with clerk": _("left with a clerk"),
    "electronic": _("electronically"),
    "fax": _("by fax"),
    "other": _("in another manner"),
}
assert set(MANNERS) == set(get_args(Manner))


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes many."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Many files, each as it came: an empty one is not refused here but recorded and refused by the reader."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = list(data) if isinstance(data, Iterable) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        return files


class LocalMoment(forms.DateTimeField):
    """A date and time in the office's own zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs
        )

    def in_zone(self, value: datetime, zone: ZoneInfo) -> datetime:
        """What was typed, in the office's zone, whatever zone the server has."""
        return value.replace(tzinfo=zone)


class Day(forms.DateField):
    """A civil date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Upload(forms.Form):
    """Files, how they came, and when the office got them."""

    papers = FilesField(label=_("Papers"))
    way = forms.ChoiceField(label=_("How they came"), choices=[(way, way) for way in WAYS])
    received_at = LocalMoment(label=_("When the office got them"), required=False)


class OpenMatter(forms.Form):
    """When the office got the paper, and how it was served, where that is known."""

    received_at = LocalMoment(label=_("When the office got it"))
    served_on = Day(
        label=_("Day of service, if it was served"),
        required=False,
        help_text=_("Leave it open where the paper's own certificate of service says it."),
    )
    manner = forms.ChoiceField(
        label=_("How it was served"), required=False, choices=[("", _("not known")), *MANNERS.items()]
    )

    served_by = forms.CharField(label=_("Who served it, if known"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("served_on") and not cleaned.get("manner"):
            self.add_error("manner", _("Say how it was served on that day."))
        return cleaned


class Join(forms.Form):
    """Which matter a paper belongs to, and as what."""

    number = forms.CharField(label=_("Number of the matter"), max_length=40)
    belonging = forms.ChoiceField(
        label=_("What it is to that matter"),
        choices=[
            ("copy", _("another copy of its paper")),
            ("amends", _("it amends its paper: open a new matter that says so")),
            ("accompanying", _("it came with its paper")),
            ("proof of service", _("the proof of its service")),
        ],
    )
