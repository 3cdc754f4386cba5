"""The lines of authority behind one answer: the rules that point one way, and those that point the other."""

from __future__ import annotations

from dataclasses import dataclass

from duly.desk.shelf import act_label
from duly.law import Applied, Determination

_GAVE_WAY = ("beaten", "overridden")
_FOR = ("required", "demanded", "requested", "permitted")


@dataclass(frozen=True, slots=True)
class Line:
    """One heading and the rules under it."""

    heading: str
    rules: tuple[Applied, ...]


def folded(found: Determination) -> tuple[Applied, ...]:
    """The rules that were considered and neither carry the answer nor had to give way."""
    return tuple(rule for rule in found.considered if rule.role not in _GAVE_WAY)


def lines_of_authority(found: Determination) -> list[Line]:
    """Against first where both sides speak, so that neither hides the other; one heading where only one does."""
    label = act_label(found.act)
    label = label[0].lower() + label[1:]
    against = tuple(rule for rule in found.applied if rule.direction == "forbidden")
    favour = tuple(rule for rule in found.applied if rule.direction in _FOR)
    other = tuple(rule for rule in found.applied if rule not in against and rule not in favour)
    beaten = tuple(rule for rule in found.considered if rule.role in _GAVE_WAY)
    headed = (
        (f"Against: {label}", against),
        (f"For: {label}", favour),
        ("Also relied on", other),
        ("Gives way", beaten),
    )
    return [Line(heading, rules) for heading, rules in headed if rules]
