"""Tags and filters that every template may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from duly.desk.shelf import act_label, kind_label, library, troubles
from duly.desk.words import dates, evidence, outcomes
from duly.desk.words.authority import Line, folded, lines_of_authority
from duly.evidence import Evidence, Fact
from duly.law import Applied, Determination, Outcome

register = template.Library()
D = TypeVar("D", date, datetime)


@register.simple_tag
def glyph(name: str, label: str = "") -> SafeString:
    """One glyph of the sprite; hidden from readers unless it has a label of its own."""
    href = f"{static('desk/glyphs.svg')}#{name}"
    if label:
        return format_html('<svg class="glyph" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="glyph" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def rulebook_troubles() -> tuple[str, ...]:
    """Why the rulebooks in use are not those that lie on this machine; empty where they are."""
    return troubles()


def _here(value: D) -> D:
    """A moment in the zone of the office at whose desk it is shown; a civil date as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """A civil day in words, or nothing."""
    return "" if value is None else dates.day(_here(value))


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in words, in the office's zone, or nothing."""
    return "" if value is None else dates.moment(_here(value))


@register.filter
def when(value: date | datetime | None) -> str:
    """A day or a moment in words, or nothing."""
    return "" if value is None else dates.when(_here(value))


@register.filter
def out_of(names: Iterable[str], facts: Mapping[str, Fact]) -> list[Fact]:
    """The facts of these names, each with its source."""
    return [facts[name] for name in names]


_CLASSES = ((Textarea, "usa-textarea"), (Select, "usa-select"), (FileInput, "usa-file"), (CheckboxInput, "usa-check"))


@register.filter
def styled(field: BoundField) -> SafeString:
    """The field's control in the design system's dress, tied to its hint and its error for screen readers."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return field.as_widget()
    attrs: dict[str, Any] = {"class": next((name for kind, name in _CLASSES if isinstance(widget, kind)), "usa-input")}
    told = [
        f"{field.id_for_label}-{part}" for part, there in (("hint", field.help_text), ("error", field.errors)) if there
    ]
    if told:
        attrs["aria-describedby"] = " ".join(told)
    if field.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] += " usa-input--error"
    return field.as_widget(attrs=attrs)


@register.filter
def outcome_word(outcome: Outcome) -> str:
    """The outcome in one word."""
    return str(outcomes.WORDS[outcome].word)


@register.filter
def outcome_meaning(outcome: Outcome) -> str:
    """What the outcome means for the person at the desk."""
    return str(outcomes.WORDS[outcome].meaning)


@register.filter
def said(value: object) -> str:
    """A value as a person would say it."""
    return evidence.fact_value_words(value) if isinstance(value, str) else evidence.value_words(value)


@register.filter
def value(value: object) -> str:
    """A value exactly as it is, dates and yes or no in words."""
    return evidence.value_words(value)


@register.filter
def source(where: Evidence) -> str:
    """Where a value came from, in a few words."""
    return evidence.source_words(where)


@register.filter
def percent(share: float) -> str:
    """0.93 as 93 %."""
    return f"{round(share * 100)} %"


@register.filter
def plain(text: str) -> str:
    """A name of the code in words."""
    return text.replace("_", " ").replace("-", " ")


@register.filter
def lines(found: Determination) -> list[Line]:
    """The rules that carry the answer, by the way in which they point."""
    return lines_of_authority(found)


@register.filter
def not_carrying(found: Determination) -> tuple[Applied, ...]:
    """The rules considered that neither carry the answer nor had to give way."""
    return folded(found)


@register.filter
def fact_words(name: str) -> str:
    """A fact by its question, as the vocabulary asks it."""
    known = library().vocabulary.facts.get(name)
    return known.ask if known is not None else name


@register.filter
def act_name(act: str) -> str:
    """The act as the desk names it."""
    return act_label(act)


@register.filter
def kind_name(kind: str | None) -> str:
    """The kind of paper as a person would call it."""
    return kind_label(kind)


@register.filter
def days_waiting(since: datetime, now: datetime) -> str:
    """How long something has waited, in whole days."""
    days = (now.date() - since.astimezone(now.tzinfo).date()).days
    return "since today" if days <= 0 else "since yesterday" if days == 1 else f"for {days} days"
