"""Tags and filters that every template may use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from duly.desk.words import dates

register = template.Library()


@register.simple_tag
def glyph(name: str, label: str = "") -> SafeString:
    """One glyph of the sprite; hidden from readers unless it has a label of its own."""
    href = f"{static('desk/glyphs.svg')}#{name}"
    if label:
        return format_html('<svg class="glyph" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="glyph" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.filter
def day(value: date | datetime | None) -> str:
    """A civil day in words, or nothing."""
    return "" if value is None else dates.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in words, or nothing."""
    return "" if value is None else dates.moment(value)


@register.filter
def when(value: date | datetime | None) -> str:
    """A day or a moment in words, or nothing."""
    return "" if value is None else dates.when(value)


_CLASSES = ((Textarea, "usa-textarea"), (Select, "usa-select"), (FileInput, "usa-file"), (CheckboxInput, "usa-check"))


@register.filter
def styled(field: BoundField) -> SafeString:
    """The field's control in the design system's dress, tied to its hint and its error for screen readers."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return field.as_widget()
    attrs: dict[str, Any] = {"class": next((name for kind, name in _CLASSES if isinstance(widget, kind)), "usa-input")}
    told = [f"{field.id_for_label}-{part}" for part, there in (("hint", field.help_text), ("error", field.errors)) if there]
    if told:
        attrs["aria-describedby"] = " ".join(told)
    if field.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] += " usa-input--error"
    return field.as_widget(attrs=attrs)
