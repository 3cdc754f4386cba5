"""An office's own policy: written by counsel, approved by another, in force from its day, kept for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matters.desk import CLERK, COUNSEL, OTHER_COUNSEL, READER, SUPERVISOR, at

from duly.errors import DulyError
from duly.matters import Actor, Event, NotAllowedError, RecordError
from duly.matters.events import PolicyApproved
from duly.matters.policies import (
    BackdatedError,
    Policy,
    PolicyVersion,
    approve_policy,
    decline_policy,
    draft_policy,
    extend_policy,
    fold_policy,
    in_force,
    submit_policy,
    withdraw_policy_draft,
)

ADMINISTRATOR = Actor("x.admin", "Invented Administrator", ("administrator",))


class Story:
    """One policy, told event by event."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    @property
    def policy(self) -> Policy:
        return fold_policy(self.events)

    def write(self, who: Actor = COUNSEL, day: int = 13, paper: str | None = "a" * 64, **said) -> Story:
        known = self.policy if self.events else None
        values = {"title": "Subpoenas", "adopted_on": date(2020, 1, 10), "effective_from": date(2020, 1, 20), **said}
        self.events += draft_policy(known, who, at(1, day), id="policy-1", office="denver", paper=paper, **values)
        return self

    def submit(self, who: Actor = COUNSEL, day: int = 13) -> Story:
        self.events += submit_policy(self.policy, who, at(1, day, 10))
        return self

    def approve(self, who: Actor = SUPERVISOR, day: int = 14) -> Story:
        draft = self.policy.draft
        assert draft is not None
        self.events += approve_policy(self.policy, who, at(1, day), draft=draft.draft)
        return self


def test_a_policy_binds_from_its_day_once_another_person_approved_it() -> None:
    policy = Story().write().submit().approve().policy
    assert policy.draft is None
    assert policy.on(date(2020, 1, 19)) is None
    bound = policy.on(date(2020, 1, 20))
    assert bound is not None
    assert (bound.number, bound.status, bound.approved_by) == (1, "approved", SUPERVISOR)


def test_nothing_binds_before_it_is_approved() -> None:
    assert Story().write().submit().policy.on(date(2021, 1, 1)) is None


@pytest.mark.parametrize("who", [CLERK, READER, ADMINISTRATOR, SUPERVISOR])
def test_only_counsel_writes(who: Actor) -> None:
    with pytest.raises(NotAllowedError):
        Story().write(who)


@pytest.mark.parametrize("who", [CLERK, READER, ADMINISTRATOR])
def test_only_who_may_decide_approves(who: Actor) -> None:
    with pytest.raises(NotAllowedError):
        Story().write().submit().approve(who)


def test_nobody_approves_what_they_wrote_sent_on_or_wrote_at_earlier() -> None:
    both = Actor(COUNSEL.id, COUNSEL.name, ("counsel", "supervisor"))
    with pytest.raises(NotAllowedError, match="that they wrote"):
        Story().write().submit().approve(both)
    with pytest.raises(NotAllowedError, match="that they wrote"):
        Story().write().submit(OTHER_COUNSEL).approve(OTHER_COUNSEL)
    with pytest.raises(NotAllowedError, match="that they wrote"):
        Story().write(OTHER_COUNSEL).write(COUNSEL).submit().approve(OTHER_COUNSEL)
    assert Story().write(COUNSEL).submit().approve(OTHER_COUNSEL).policy.versions


def test_a_record_that_says_an_author_approved_does_not_fold() -> None:
    story = Story().write().submit()
    forged = PolicyApproved(matter="policy-1", actor=COUNSEL, at=at(1, 14), number=1, draft=1)
    with pytest.raises(RecordError, match="somebody who wrote at it"):
        extend_policy(story.policy, forged)


def test_who_approves_names_the_text_that_they_read() -> None:
    story = Story().write().submit()
    read = story.policy.draft
    story.write(OTHER_COUNSEL, paper="b" * 64).submit(OTHER_COUNSEL)
    assert read is not None
    with pytest.raises(DulyError, match="changed after you read it"):
        approve_policy(story.policy, SUPERVISOR, at(1, 14), draft=read.draft)


def test_a_day_gone_by_needs_its_reason_in_words_when_sent_on_and_when_approved() -> None:
    with pytest.raises(BackdatedError):
        Story().write(effective_from=date(2020, 1, 12)).submit()
    late = Story().write(effective_from=date(2020, 1, 14)).submit()
    with pytest.raises(BackdatedError):
        late.approve(day=15)
    said = (
        Story().write(effective_from=date(2020, 1, 12), backdated_because="Adopted on paper then.").submit().approve()
    )
    assert said.policy.on(date(2020, 1, 12)) is not None


def test_what_was_declined_says_why_and_can_be_written_on_at() -> None:
    story = Story().write().submit()
    draft = story.policy.draft
    assert draft is not None
    with pytest.raises(DulyError, match="reason"):
        decline_policy(story.policy, SUPERVISOR, at(1, 14), draft=draft.draft, because=" ")
    story.events += decline_policy(story.policy, SUPERVISOR, at(1, 14), draft=draft.draft, because="Too broad.")
    assert story.policy.draft is not None
    assert (story.policy.draft.status, story.policy.draft.declined_because) == ("declined", "Too broad.")
    assert story.write(day=15).submit(day=15).approve(day=16).policy.versions[0].number == 1


def test_a_draft_taken_back_leaves_what_binds_as_it_is() -> None:
    story = Story().write().submit().approve().write(day=15, paper="b" * 64)
    story.events += withdraw_policy_draft(story.policy, COUNSEL, at(1, 16))
    policy = story.policy
    assert policy.draft is None
    assert [version.paper for version in policy.versions] == ["a" * 64]
    assert "Took back" in policy.history[-1].sentence


def test_a_policy_ends_by_a_version_without_a_text_which_another_approves_too() -> None:
    story = Story().write().submit().approve()
    story.write(day=15, paper=None, effective_from=date(2020, 3, 1)).submit(day=15).approve(day=16)
    assert story.policy.on(date(2020, 2, 29)) is not None
    assert story.policy.on(date(2020, 3, 1)) is None
    with pytest.raises(DulyError, match="never bound"):
        Story().write(paper=None)


def test_what_was_known_earlier_is_still_known_as_it_was() -> None:
    story = Story().write().submit().approve()
    story.write(day=20, paper="b" * 64, effective_from=date(2020, 1, 20), backdated_because="A slip.")
    story.submit(day=20).approve(day=21)
    now, then = story.policy.on(date(2020, 1, 20)), story.policy.on(date(2020, 1, 20), at(1, 20))
    assert (now and now.number, then and then.number) == (2, 1)


days = st.dates(date(2020, 1, 1), date(2020, 12, 31))


@given(st.lists(days, max_size=6), days)
def test_the_version_that_binds_is_the_last_approved_of_those_in_force(starts: list[date], day: date) -> None:
    first = Story().write().submit().approve().policy.versions[0]
    versions: list[PolicyVersion] = [
        replace(first, number=number, effective_from=start) for number, start in enumerate(starts, 1)
    ]
    found = in_force(versions, day)
    reached = [version for version in versions if version.effective_from <= day]
    assert found == (reached[-1] if reached else None)
