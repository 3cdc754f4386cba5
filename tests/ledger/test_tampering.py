"""Whatever is changed, cut, swapped or put in, verification finds it and names the first entry that does not hold."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.ledger import (
    Ed25519Signer,
    Entry,
    MemoryKeyStore,
    MemoryStore,
    Verification,
    make_checkpoint,
    read_entry,
    verify,
)
from duly.ledger.entry import make_entry


def reread(content: bytes) -> Verification:
    """Verification of the bytes of a file, split into lines as a file is."""
    return verify(content.removesuffix(b"\n").split(b"\n"))


@pytest.fixture(scope="module")
def small() -> bytes:
    store = MemoryStore()
    _fill(store, 6)
    return b"".join(line + b"\n" for line in store.lines())


@pytest.fixture(scope="module")
def ten_thousand() -> list[bytes]:
    store = MemoryStore()
    _fill(store, 10_000)
    return list(store.lines())


def _fill(store: MemoryStore, number: int) -> None:
    from datetime import UTC, datetime

    entries: list[Entry] = []
    heads: dict[str, Entry] = {}
    with store.writing() as writer:
        for index in range(number):
            matter = f"DEN-{index % 7}" if index % 4 else None
            before = heads.get(matter) if matter else None
            entry = make_entry(
                sequence=index + 1,
                matter=matter,
                matter_sequence=None if matter is None else (before.matter_sequence or 0) + 1 if before else 1,
                type="field.confirmed",
                version=1,
                at=datetime(2020, 1, 13, tzinfo=UTC),
                actor="clerk:rivera",
                payload={"n": index, "words": "Beispiel\n"},
                previous=entries[-1].hash if entries else "0" * 64,
                previous_in_matter=None if matter is None else before.hash if before else "0" * 64,
            )
            entries.append(entry)
            if matter:
                heads[matter] = entry
            writer.put(entry)


def test_an_untouched_ledger_holds(small: bytes, ten_thousand: list[bytes]) -> None:
    assert reread(small).ok
    result = verify(ten_thousand)
    assert (result.ok, result.entries, result.matters, result.first_bad) == (True, 10_000, 7, None)
    assert verify([]).ok


@pytest.mark.parametrize("change", [lambda b: b ^ 1, lambda b: b ^ 0x20, lambda b: 0x0A, lambda b: 0xFF])
def test_every_single_changed_byte_of_a_small_ledger_is_found(small: bytes, change: Callable[[int], int]) -> None:
    lines_before = [small[:position].count(b"\n") for position in range(len(small))]
    for position in range(len(small) - 1):
        if change(small[position]) == small[position]:
            continue
        changed = small[:position] + bytes([change(small[position])]) + small[position + 1 :]
        result = reread(changed)
        assert not result.ok, position
        assert result.first_bad is not None
        assert result.first_bad.position == lines_before[position] + 1, position
        assert result.entries == lines_before[position]


@pytest.mark.parametrize("cut", ["lost", "doubled"])
def test_every_single_lost_or_doubled_byte_is_found(small: bytes, cut: str) -> None:
    for position in range(len(small) - 1):
        middle = b"" if cut == "lost" else small[position : position + 1] * 2
        assert not reread(small[:position] + middle + small[position + 1 :]).ok


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_changed_byte_in_ten_thousand_entries_is_found_where_it_is(
    ten_thousand: list[bytes], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(ten_thousand) - 1))
    line = ten_thousand[at]
    position = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[position]))
    changed = line[:position] + bytes([byte]) + line[position + 1 :]
    result = verify([*ten_thousand[max(0, at - 3) : at], changed], scope="ledger") if at < 3 else None
    result = result or verify([*ten_thousand[:at], changed])
    assert result.first_bad is not None
    assert result.first_bad.position == at + 1


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_entries_taken_out_swapped_or_repeated_are_found(ten_thousand: list[bytes], data: st.DataObject) -> None:
    lines = ten_thousand[:200]
    at = data.draw(st.integers(0, 198))
    other = data.draw(st.integers(0, 199).filter(lambda other: other != at))
    swapped = list(lines)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    for changed in (lines[:at] + lines[at + 1 :], swapped, [*lines[:at], lines[at], *lines[at:]]):
        result = verify(changed)
        assert result.first_bad is not None
        assert result.first_bad.position >= min(at, other) + 1 or result.first_bad.position >= at + 1


def test_an_entry_rewritten_with_new_hashes_breaks_the_chain_behind_it(small: bytes) -> None:
    lines = small.removesuffix(b"\n").split(b"\n")
    old = read_entry(lines[2])
    forged = make_entry(
        sequence=old.sequence, matter=old.matter, matter_sequence=old.matter_sequence, type=old.type,
        version=old.version, at=old.at, actor=old.actor, payload={"n": 999}, previous=old.previous,
        previous_in_matter=old.previous_in_matter,
    )  # fmt: skip
    result = verify([*lines[:2], forged.line, *lines[3:]])
    assert result.first_bad is not None
    assert (result.first_bad.sequence, result.entries) == (4, 3)
    assert "does not follow entry 3" in str(result)


def test_a_chain_rewritten_to_its_end_is_caught_by_a_checkpoint(small: bytes) -> None:
    store = MemoryStore(small.removesuffix(b"\n").split(b"\n"))
    checkpoint = make_checkpoint(store, Ed25519Signer(bytes(32)), next(store.entries()).at)
    forged = MemoryStore()
    _fill(forged, 3)
    with forged.writing() as writer:
        before = list(store.entries())[2]
        writer.put(
            make_entry(
                sequence=4, matter=None, matter_sequence=None, type="forged", version=1, at=before.at, actor="x",
                payload={}, previous=before.hash, previous_in_matter=None,
            )
        )  # fmt: skip
    assert verify(forged.lines()).ok
    result = verify(forged.lines(), checkpoints=[checkpoint])
    assert result.first_bad is not None
    assert "the rest was cut off" in result.first_bad.problem


def test_the_report_names_entry_matter_type_and_what_is_wrong(small: bytes) -> None:
    result = reread(small.replace(b'"n":2', b'"n":3'))
    assert str(result) == (
        "Entry 3 (matter DEN-2, field.confirmed): its content does not match the digest in it: the content was changed. "
        "The 2 entries before it hold."
    )


def test_lines_that_are_no_entries_are_named_not_thrown(small: bytes) -> None:
    for junk in (
        b"",
        b"{}",
        b"null",
        b'{"entry":',
        b"[" * 5000,
        b'{"entry":1,"hash":"' + b"0" * 64 + b'","payload":1}',
    ):
        result = verify([junk])
        assert result.first_bad is not None
        assert result.first_bad.position == 1


def test_a_sealed_part_moved_to_another_entry_is_found_when_it_is_opened(fill: Callable[..., None]) -> None:
    store, keys = MemoryStore(), MemoryKeyStore()
    fill(store, 6, keys)
    entries = list(store.entries())
    assert verify(entries, keys).ok
    one, other = entries[1], entries[2]
    forged = make_entry(
        sequence=one.sequence, matter=one.matter, matter_sequence=one.matter_sequence, type=one.type, version=1,
        at=one.at, actor=one.actor, payload={**one.payload, "sealed": other.payload["sealed"]}, previous=one.previous,
        previous_in_matter=one.previous_in_matter,
    )  # fmt: skip
    assert verify([entries[0], forged]).ok
    result = verify([entries[0], forged], keys)
    assert result.first_bad is not None
    assert "cannot be opened" in result.first_bad.problem
