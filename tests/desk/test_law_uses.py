"""Where a rule was used: the office's own matters, by their current answers, and never one that is sealed to the reader."""

from __future__ import annotations

from datetime import datetime

import pytest

from duly.desk.models import LedgerEntry, MatterRow, RuleUse
from duly.desk.shelf import library
from duly.desk.storage.matters import act
from duly.desk.storage.projections import rebuild
from duly.desk.storage.rule_uses import catch_up
from duly.matters import commands


@pytest.fixture
def used(opened):
    """A matter, and the first rule that its answers rest on."""
    matter = opened(confirmed=True)
    use = RuleUse.objects.filter(matter_id=matter.id).exclude(what__in=("deadline", "defect")).first()
    assert use is not None
    return matter, use.rule


def rows() -> set[tuple[str, str, str, str]]:
    return set(RuleUse.objects.values_list("matter_id", "rule", "what", "outcome"))


def test_a_matter_says_which_rules_its_answers_and_its_dates_rest_on(used) -> None:
    matter, rule = used
    assert (matter.id, rule) in {(entry[0], entry[1]) for entry in rows()}
    assert "deadline" in {what for _, _, what, _ in rows()}
    recorded = {(entry.act, entry.outcome) for entry in matter.assessment.outcomes.values()}
    answered = {(what, outcome) for _, _, what, outcome in rows() if outcome}
    assert answered <= recorded


def test_rebuilding_the_views_gives_the_same_uses(used) -> None:
    before = rows()
    rebuild()
    assert rows() == before


def test_a_desk_that_was_upgraded_catches_up_and_records_nothing(used) -> None:
    before, entries = rows(), LedgerEntry.objects.count()
    RuleUse.objects.all().delete()
    assert catch_up() == MatterRow.objects.count()
    assert rows() == before
    assert LedgerEntry.objects.count() == entries


def test_a_changed_fact_changes_the_uses_with_the_answer(used, office, actor) -> None:
    matter, _ = used
    before = set(RuleUse.objects.values_list("assessment", flat=True))
    at = datetime(2020, 1, 14, 10, 0, tzinfo=office.zone)
    who, words = actor("counsel"), library().vocabulary
    stated = {"fact": "matter.primarily_criminal", "value": False}
    act(office, matter, lambda state: commands.state_fact(state, who, at, words, **stated), at)
    after = set(RuleUse.objects.values_list("assessment", flat=True))
    assert after.isdisjoint(before)
    assert len(after) == 1
