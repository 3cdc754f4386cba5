"""The sample is told through the real intake and the real commands, and stands where its story says."""

from __future__ import annotations

from pathlib import Path

import pytest

from duly.desk.models import MatterRow, Membership, User
from duly.desk.sample import load
from duly.desk.sample.doing import matter_id
from duly.desk.sample.loading import samples_folder
from duly.desk.sample.story import StoryError, read_story
from duly.desk.storage import ledger
from duly.desk.storage.projections import rebuild
from duly.errors import DulyError
from duly.matters import fold, stage_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def matter(story, key: str):
    return fold(ledger.events_of(matter_id(story, key)))


def test_the_sample_stands_where_its_story_says_and_loads_once(settings) -> None:
    loaded = load()
    story = read_story(samples_folder() / "denver-2020" / "story.toml")
    for key in ("s1", "s2", "s3"):
        under_order = matter(story, key)
        assert stage_of(under_order) == "Enforcement"
        assert under_order.assessment.outcomes["produce_records"].outcome == "required"
        assert under_order.answered_at is not None
    fourth = matter(story, "s4")
    assert fourth.assessment.outcomes["produce_records"].outcome == "contested"
    assert fourth.petitions == ()
    assert stage_of(fourth) == "Answer"

    assert loaded.password is not None
    assert str(loaded).count(loaded.password) == 1
    assert User.objects.get(sign_in="clerk").check_password(loaded.password)
    assert {"clerk", "counsel", "supervisor", "administrator", "auditor"} <= set(
        Membership.objects.values_list("role", flat=True)
    )

    head = ledger.STORE.head()
    assert ledger.verify().ok
    again = load()
    assert (again.password, again.matters) == (None, loaded.matters)
    assert ledger.STORE.head() == head
    before = sorted(MatterRow.objects.values_list("id", "stage", "position", "contested"))
    rebuild()
    assert sorted(MatterRow.objects.values_list("id", "stage", "position", "contested")) == before


def test_a_folder_without_stories_says_where_they_should_be(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DULY_SAMPLES", str(tmp_path))
    with pytest.raises(DulyError, match="no sample stories"):
        samples_folder()


def test_a_story_with_a_role_that_the_desk_lacks_is_refused(tmp_path: Path) -> None:
    story = tmp_path / "story.toml"
    story.write_text(
        'title="T"\ntime_zone="America/Denver"\noffice="us/co/denver"\n[staff.a]\nname="A"\nrole="wizard"\n'
        '[matters.m]\ntitle="M"\nfile="m.pdf"\n[[event]]\nat=2020-01-01T09:00:00\nwho="a"\ndo="receive"\nmatter="m"\n'
    )
    with pytest.raises(StoryError, match="wizard"):
        read_story(story)
