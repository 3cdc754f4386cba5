"""What is recorded, in which order, and who is told that somebody else was first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from duly.ledger import GENESIS, Conflict, Draft, Head, LedgerError, Store, append, append_all, read_entry, verify


def test_entries_are_numbered_in_the_ledger_and_in_their_matter(store: Store, noon: datetime) -> None:
    first = append(store, type="matter.opened", actor="clerk:rivera", at=noon, payload={}, matter="A")
    second = append(store, type="matter.opened", actor="clerk:rivera", at=noon, payload={}, matter="B")
    third = append(store, type="field.confirmed", actor="clerk:rivera", at=noon, payload={"x": 1}, matter="A")
    assert [(one.sequence, one.matter, one.matter_sequence) for one in (first, second, third)] == [
        (1, "A", 1), (2, "B", 1), (3, "A", 2),
    ]  # fmt: skip
    assert (first.previous, first.previous_in_matter) == (GENESIS, GENESIS)
    assert (third.previous, third.previous_in_matter) == (second.hash, first.hash)


def test_what_was_written_is_what_is_read(store: Store, fill: Callable[..., None]) -> None:
    fill(store, 9)
    entries = list(store.entries())
    assert [one.sequence for one in entries] == list(range(1, 10))
    assert [one.line for one in entries] == list(store.lines())
    assert entries[4].payload == {"page": 4, "words": "“Zeile”\n\u2028"}
    assert all(read_entry(one.line) == one for one in entries)


def test_entries_of_one_matter_and_after_a_sequence_can_be_read(store: Store, fill: Callable[..., None]) -> None:
    fill(store, 12)
    assert [one.matter_sequence for one in store.entries(matter="DEN-2020-1")] == [1, 2, 3]
    assert [one.sequence for one in store.entries(after=10)] == [11, 12]
    last = list(store.entries(matter="DEN-2020-1"))[-1]
    assert list(store.entries(matter="DEN-2020-1", after=last.sequence)) == []
    assert store.head("DEN-2020-1") == Head(3, last.hash)
    assert store.head("no such matter") == Head(0, GENESIS)


def test_a_second_approval_of_the_same_position_is_a_conflict(store: Store, noon: datetime) -> None:
    append(store, type="position.taken", actor="counsel:okafor", at=noon, payload={}, matter="A")
    append(store, type="position.approved", actor="counsel:lind", at=noon, payload={}, matter="A", expected=1)
    with pytest.raises(Conflict, match="stood at entry 1 and now stands at entry 2") as refused:
        append(store, type="position.approved", actor="counsel:baker", at=noon, payload={}, matter="A", expected=1)
    assert refused.value.code == "conflict"
    assert refused.value.remedy
    assert store.head().sequence == 2


def test_an_expected_sequence_without_a_matter_is_that_of_the_ledger(store: Store, noon: datetime) -> None:
    append(store, type="office.created", actor="system", at=noon, payload={}, expected=0)
    with pytest.raises(Conflict, match="The ledger has moved on"):
        append(store, type="office.created", actor="system", at=noon, payload={}, expected=0)


def test_several_acts_are_recorded_all_or_none(store: Store, noon: datetime) -> None:
    good = Draft("letter.composed", "clerk:rivera", noon, {"n": 1}, "A")
    bad = Draft("letter.served", "clerk:rivera", noon, {"when": noon}, "A")
    with pytest.raises(LedgerError, match="cannot be written to the ledger exactly"):
        append_all(store, [good, bad])
    assert store.head() == Head()
    both = append_all(store, [good, good], expected={"A": 0})
    assert [one.matter_sequence for one in both] == [1, 2]
    assert verify(store.lines()).ok


def test_a_time_is_kept_in_utc_to_the_microsecond_and_must_have_a_zone(store: Store, noon: datetime) -> None:
    denver = datetime(2020, 1, 13, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-7)))
    append(store, type="paper.received", actor="clerk:rivera", at=denver, payload={})
    assert next(store.entries()).at == datetime(2020, 1, 13, 19, 0, 0, 123456, tzinfo=UTC)
    with pytest.raises(LedgerError, match="does not say its zone"):
        append(store, type="paper.received", actor="clerk:rivera", at=noon.replace(tzinfo=None), payload={})


@pytest.mark.parametrize(
    "content", [float("nan"), 2**53, {1: "a"}, b"bytes", {"a": {1, 2}}, "\ud800", float("inf")], ids=repr
)
def test_content_that_json_cannot_carry_exactly_is_refused(store: Store, noon: datetime, content: object) -> None:
    with pytest.raises(LedgerError):
        append(store, type="note.added", actor="clerk:rivera", at=noon, payload={"content": content})
    assert store.head() == Head()


def test_an_open_part_may_not_pose_as_a_sealed_one(store: Store, noon: datetime) -> None:
    with pytest.raises(LedgerError, match="kept for the sealed part"):
        append(store, type="note.added", actor="clerk:rivera", at=noon, payload={"sealed": {}})
