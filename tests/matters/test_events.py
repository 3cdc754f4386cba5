"""Events keep their shape on the way into the ledger and back, and say what in them is personal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import CLERK, ZONE, at

from duly.errors import DulyError
from duly.evidence import Box, Evidence, Fact
from duly.instruments import Value
from duly.ledger import MemoryKeyStore, MemoryStore, append_all, open_sealed
from duly.matters import Actor, Event, RecordError, from_json, open_part, personal_parts, to_json
from duly.matters.codec import decode, encode
from duly.matters.events import EVENTS, CustodyRecorded, FactStated, FieldConfirmed, PaperReceived
from duly.matters.recording import draft_of, event_of, open_part_of

moments = st.datetimes(
    min_value=at(1, 1, year=1980).replace(tzinfo=None),
    max_value=at(1, 1, year=2090).replace(tzinfo=None),
    timezones=st.sampled_from([UTC, ZONE]),
)
words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(date, st.dates().map(lambda day: date(day.year, day.month, day.day)))
st.register_type_strategy(time, st.times())
st.register_type_strategy(str, words)
st.register_type_strategy(int, st.integers(-(2**40), 2**40))
st.register_type_strategy(float, st.floats(0, 1000, allow_nan=False))
st.register_type_strategy(Mapping, st.dictionaries(words, words, max_size=2))
boxes = st.builds(Box, *[st.floats(0, 900) for _ in range(4)])
evidence = st.builds(Evidence, method=st.sampled_from(["ocr", "person", "record"]), box=st.none() | boxes, note=words)
st.register_type_strategy(Evidence, evidence)
actors = st.builds(Actor, words, words, st.just(("clerk",)))
events = st.sampled_from(sorted(EVENTS)).flatmap(lambda name: st.builds(EVENTS[name], actor=actors))


@settings(max_examples=400, deadline=None)
@given(events)
def test_every_event_comes_back_from_canonical_json_as_it_was(event: Event) -> None:
    stored = json.loads(rfc8785.dumps(to_json(event)))
    back = from_json(stored)
    assert type(back) is type(event)
    assert to_json(back) == to_json(event)
    assert back.at - event.at == timedelta(0)


@settings(max_examples=100, deadline=None)
@given(events)
def test_every_event_comes_back_from_the_ledger_as_it_was(event: Event) -> None:
    keys, store = MemoryKeyStore(), MemoryStore()
    (entry,) = append_all(store, [draft_of(event)], keys=keys)
    back = event_of(entry, open_sealed(entry, keys))
    assert back is not None
    assert to_json(back) == to_json(event)
    assert open_part_of(entry) == open_part(event)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_has_a_name_a_version_and_a_sentence(name: str) -> None:
    kind = EVENTS[name]
    assert kind.name == name == name.lower()
    assert kind.version >= 1
    assert kind.sentence is not Event.sentence
    assert kind.__doc__


# Text fields that may stand open: ids, digests of papers, and words from closed lists. Everything else that can hold
# free text is personal.
OPEN_TEXT = {
    "matter", "paper", "proof", "reason", "media_type", "fact", "field", "kind", "was", "family", "issuer", "other", "number",
    "office", "jurisdiction", "hold", "letter", "language", "deadline", "rule", "rulebooks", "order", "petition", "zone",
    "decisive", "asked", "moot", "defects", "acts", "matters", "covers", "against", "access",
    # names of calendars, digests, ids of people, and a step of a ladder such as “1 day before”
    "calendar", "calendars", "of_matter", "key", "step", "to", "by_mail",
}  # fmt: skip


def can_hold_text(hint: Any) -> bool:
    """Whether free text fits into a type: not into a closed list of words, a number, a date or a moment."""
    if hint is str:
        return True
    if get_origin(hint) is Literal:
        return False
    if is_dataclass(hint):
        return any(can_hold_text(part) for name, part in get_type_hints(hint).items() if name not in OPEN_IN_PARTS)
    return any(can_hold_text(part) for part in get_args(hint))


# The same for the parts inside: what a rulebook says about a deadline or a ground, never about a person.
OPEN_IN_PARTS = {"act", "outcome", "possible", "id", "what", "purpose", "zone", "cite", "position", "grounds"}


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_whatever_can_hold_free_text_is_personal(name: str) -> None:
    kind = EVENTS[name]
    hints = get_type_hints(kind)
    open_text = {
        item.name
        for item in fields(kind)
        if item.name not in personal_parts(kind) and item.name != "actor" and can_hold_text(hints[item.name])
    }
    assert open_text - OPEN_TEXT == set()


def test_the_open_part_of_an_event_holds_nothing_that_was_sealed() -> None:
    event = CustodyRecorded(
        matter="m", actor=CLERK, at=at(1, 13), in_custody=True, as_of=at(1, 13), note="Cell 4, N. Ejemplo-Prueba"
    )
    text = json.dumps(open_part(event))
    assert "Ejemplo" not in text
    assert CLERK.name not in text
    assert "in_custody" not in text
    assert CLERK.id in text


def test_an_event_of_a_newer_duly_is_refused_with_a_remedy() -> None:
    event = FieldConfirmed(
        matter="m", actor=CLERK, at=at(1, 13), reading=0, field="return_date", value=date(2020, 1, 27)
    )
    with pytest.raises(RecordError, match="upgrade"):
        from_json({**to_json(event), "version": 2})
    with pytest.raises(RecordError, match="no event called"):
        from_json({**to_json(event), "event": "field-divined"})


def test_an_event_that_lost_its_personal_part_says_so() -> None:
    event = FieldConfirmed(
        matter="m", actor=CLERK, at=at(1, 13), reading=0, field="return_date", value=date(2020, 1, 27)
    )
    with pytest.raises(RecordError, match="personal part"):
        from_json(open_part(event))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reading": "0"}, "reading"),
        ({"reading": True}, "reading"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_record_of_the_wrong_shape_names_its_place(change: dict[str, Any], says: str) -> None:
    event = FieldConfirmed(matter="m", actor=CLERK, at=at(1, 13), reading=0, field="return_date", value=None)
    stored = to_json(event)
    with pytest.raises(RecordError, match=says):
        from_json({**stored, "open": {**stored["open"], **change}})


def test_a_date_a_moment_and_their_text_stay_three_different_values() -> None:
    for value in (date(2020, 1, 16), at(1, 16, 10), "2020-01-16", True, 1):
        fact = FactStated(matter="m", actor=CLERK, at=at(1, 13), fact="x", value=value, source="person")
        back = from_json(to_json(fact))
        assert isinstance(back, FactStated)
        assert back.value == value
        assert type(back.value) is type(value)


def test_a_moment_without_a_zone_cannot_be_stored() -> None:
    with pytest.raises(DulyError, match="no time zone"):
        encode(at(1, 16).replace(tzinfo=None))
    with pytest.raises(DulyError, match="without a time zone"):
        decode(datetime, {"moment": "2020-01-16T10:00:00"})


def test_a_paper_outside_any_matter_is_sealed_under_its_own_key() -> None:
    event = PaperReceived(
        matter=None,
        actor=CLERK,
        at=at(1, 13),
        paper="a" * 64,
        media_type="application/pdf",
        size_bytes=1000,
        received_at=at(1, 13),
        way="counter",
        file_name="Ejemplo.pdf",
    )
    assert draft_of(event).seal_under == "paper/" + "a" * 64


def test_values_and_facts_survive_the_codec() -> None:
    value = Value("records", ("one", "two"), Evidence("ocr", "d", 1, Box(1, 2, 3, 4), "one two", 0.5), ("ambiguous",))
    assert decode(Value, encode(value)) == value
    fact = Fact("instrument.return_on", date(2020, 1, 27), Evidence("person", note="as told"))
    assert decode(Fact, encode(fact)) == fact
