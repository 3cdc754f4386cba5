"""The eight outcomes as word, glyph and meaning for the person at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duly.law import OUTCOMES, Outcome


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How one outcome is said."""

    outcome: Outcome
    word: str | Promise
    meaning: str | Promise


WORDS: dict[Outcome, OutcomeWords] = {
    "required": OutcomeWords("required", _("Required"), _("The law says that the office must do this.")),
    "demanded": OutcomeWords(
        "demanded", _("Demanded"), _("The office may comply or decline; declining can lead to court.")
    ),
    "requested": OutcomeWords("requested", _("Requested"), _("Voluntary: the office may do this or not.")),
    "permitted": OutcomeWords("permitted", _("Permitted"), _("The law says that the office may do this.")),
    "forbidden": OutcomeWords("forbidden", _("Forbidden"), _("The law says that the office must not do this.")),
    "contested": OutcomeWords(
        "contested", _("Contested"), _("Valid law points both ways and no rule resolves it. Counsel decides.")
    ),
    "unregulated": OutcomeWords("unregulated", _("Unregulated"), _("No rule in the rulebooks speaks to this.")),
    "undetermined": OutcomeWords("undetermined", _("Depends"), _("The answer depends on facts not known yet.")),
}
assert set(WORDS) == set(OUTCOMES)
# Act on it first, read it last: the order in which outcomes claim a person's attention.
ORDER: tuple[Outcome, ...] = (
    "contested", "required", "forbidden", "undetermined", "demanded", "requested", "permitted", "unregulated",
)  # fmt: skip
