"""Forms of the office's own policy."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.desk.policy.document import MAX_CHARACTERS, Written

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


class PolicyText(forms.Form):
    """What counsel writes: a name, two dates, and the text with its rules."""

    title = forms.CharField(label=_("Name of the policy"), max_length=120)
    adopted_on = forms.DateField(label=_("Adopted on"), widget=_DAY)
    effective_from = forms.DateField(label=_("In force from"), widget=_DAY)
    backdated_because = forms.CharField(
        label=_("Why it binds on days gone by"),
        required=False,
        max_length=500,
        help_text=_("Only where it is in force from a day before it is approved. Answers given on those days are not changed."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("The text, and the rules beside it"),
        max_length=MAX_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "wrap": "off"}),
    )

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).translate(_CONTROL).split())

    def clean_body(self) -> str:
        """One kind of line end, and no characters that nobody can see."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
        if not body.strip():
            raise forms.ValidationError(_("Write the policy first, or begin with the starter text."))
        return body if body.endswith("\n") else f"{body}\n"

    def written(self) -> Written:
        """What was written, once the form is valid."""
        said = self.cleaned_data
        return Written(said["title"], said["adopted_on"], said["effective_from"], said["body"])


class Ending(forms.Form):
    """From which day a policy no longer binds."""

    effective_from = forms.DateField(label=_("Ends on"), widget=_DAY)
    backdated_because = forms.CharField(label=_("Why it ended on a day gone by"), required=False, max_length=500)
