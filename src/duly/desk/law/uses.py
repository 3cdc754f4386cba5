"""Where rules were used: the office's own matters whose current answers rest on them, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.storage.models import MatterRow, RuleUse
from duly.desk.storage.rule_uses import DEADLINE, DEFECT, NO_LONGER
from duly.desk.today.work import visible_matters

SHOWN = 6


@dataclass(slots=True)
class UsedIn:
    """One matter in which a rule carries something."""

    matter: MatterRow
    acts: list[tuple[str, str]] = field(default_factory=list)
    deadline: bool = False
    defect: bool = False


@dataclass(slots=True)
class Use:
    """The matters that one rule was used in."""

    matters: list[UsedIn] = field(default_factory=list)

    @property
    def shown(self) -> list[UsedIn]:
        return self.matters[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.matters) - SHOWN, 0)


def uses(visit: Visit, rules: Collection[str]) -> dict[str, Use] | None:
    """Each rule's uses; None for somebody who may not see matters. What is sealed to the reader is not even counted."""
    if visit.office is None or not may(visit.role, "see matter"):
        return None
    rows = RuleUse.objects.filter(matter__in=visible_matters(visit), rule__in=rules)
    found: dict[str, Use] = {}
    for row in rows.select_related("matter").order_by("-matter__opened_at", "matter_id", "what"):
        use = found.setdefault(row.rule, Use())
        if not use.matters or use.matters[-1].matter.pk != row.matter_id:
            use.matters.append(UsedIn(row.matter))
        last = use.matters[-1]
        if row.what == DEADLINE:
            last.deadline = True
        elif row.what == DEFECT:
            last.defect = True
        else:
            last.acts.append((row.what, row.outcome))
    return found


def not_known(visit: Visit) -> int:
    """How many visible matters were assessed with law that this desk no longer has, so that their rules are not known."""
    if visit.office is None or not may(visit.role, "see matter"):
        return 0
    return RuleUse.objects.filter(matter__in=visible_matters(visit), what=NO_LONGER).count()
