"""The ledger is the truth: views are built from it, a changed byte is named, and nothing acknowledged is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from duly.desk.inbox.receiving import readings_of, settle_read
from duly.desk.models import DeadlineRow, InboxItem, MatterRow, TaskRow
from duly.desk.storage import append_only, ledger, originals
from duly.desk.storage.models import LedgerEntry
from duly.desk.storage.originals import OriginalMissingError
from duly.desk.storage.projections import rebuild
from duly.ledger import Conflict, LedgerError
from duly.matters import commands, fold

VIEWS = (MatterRow, DeadlineRow, InboxItem)


def contents() -> dict[str, list[dict[str, object]]]:
    found = {}
    for view in VIEWS:
        rows = list(view.objects.order_by("pk").values())
        for row in rows:
            row.pop("id") if view is DeadlineRow else None
        found[view.__name__] = sorted(rows, key=str)
    found["TaskRow"] = sorted(
        TaskRow.objects.values("matter_id", "what", "why", "roles", "not_by", "place", "since"), key=str
    )
    return found


def test_the_views_built_again_from_the_ledger_are_the_same(opened, put_in, visit) -> None:
    opened(confirmed=True)
    put_in()
    visit("clerk").post("/inbox/upload/", {"way": "upload"})
    before = contents()
    rebuild()
    assert contents() == before


@pytest.fixture
def owner(db) -> None:
    """Somebody who owns the database, and has taken its triggers away."""
    append_only.remove(connection)


@pytest.mark.parametrize(
    "change", ["UPDATE desk_ledgerentry SET type = 'x'", "DELETE FROM desk_ledgerentry", "TRUNCATE desk_ledgerentry"]
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(change, opened) -> None:
    if change.startswith("TRUNCATE") and connection.vendor != "postgresql":
        change = "DELETE FROM desk_ledgerentry WHERE sequence > 1"  # SQLite has no other way to empty a table
    opened()
    before = list(LedgerEntry.objects.values_list())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert list(LedgerEntry.objects.values_list()) == before


def test_the_refusal_is_put_back_with_every_migration(owner) -> None:
    assert not append_only.is_installed(connection)
    call_command("migrate", verbosity=0)
    assert append_only.is_installed(connection)


def test_the_ledger_verifies_and_names_the_entry_after_one_byte_is_changed(owner, opened) -> None:
    opened()
    assert ledger.verify().ok
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_ledgerentry SET payload = replace(payload, '2020-0001', '2020-0009') WHERE sequence = 2"
        )
    found = ledger.verify()
    assert not found.ok
    assert found.first_bad is not None
    assert found.first_bad.sequence == 2


@pytest.mark.parametrize("column", ["type", "matter", "header", "hash"])
def test_a_change_in_any_column_is_found(column, owner, opened) -> None:
    opened()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE desk_ledgerentry SET {column} = 'x' || substr({column}, 2) WHERE sequence = 3")
    assert not ledger.verify().ok


def test_a_moment_by_which_an_entry_is_found_is_the_entrys_own(owner, opened) -> None:
    opened()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_ledgerentry SET at = '2001-01-01 00:00:00' WHERE sequence = 3")
    assert "“at”" in str(ledger.verify().first_bad)


@pytest.mark.parametrize("kept", [0, 2])
def test_an_end_that_was_cut_off_is_found_while_the_list_of_matters_rests_on_it(kept, owner, opened) -> None:
    matter = opened()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_ledgerentry WHERE sequence > %s", [kept])
    found = ledger.verify()
    assert not found.ok
    assert found.first_bad is not None
    assert (found.entries, found.first_bad.matter) == (kept, matter.id)


def test_the_ledger_names_every_original_that_it_rests_on(opened, put_in) -> None:
    opened()
    assert put_in().paper in ledger.papers()


def test_the_code_cannot_change_or_remove_an_entry(opened) -> None:
    opened()
    entry = LedgerEntry.objects.first()
    with pytest.raises(LedgerError):
        entry.save()
    with pytest.raises(LedgerError):
        entry.delete()


def test_two_who_saw_the_same_state_cannot_both_append(opened, actor, office) -> None:
    matter = opened()
    events = commands.add_note(matter, actor("clerk"), office.now(), text="One.")
    ledger.append(events, office=office.id, expected={matter.id: matter.sequence})
    with pytest.raises(Conflict):
        ledger.append(events, office=office.id, expected={matter.id: matter.sequence})


def test_a_long_reason_is_kept_whole(opened, visit) -> None:
    matter = opened(confirmed=True)
    counsel, boss = visit("counsel"), visit("supervisor")
    asked = fold(ledger.events_of(matter.id)).assessment.asked
    counsel.post(f"/matters/{matter.id}/position/", {f"choice.{one}": "decline" for one in asked})
    counsel.post(f"/matters/{matter.id}/position/submit/", {})
    state = fold(ledger.events_of(matter.id))
    reason = "The second ground needs its source. " * 40
    said = {"do": "return", "position": state.position.digest, "note": reason, "expected": str(state.sequence)}
    assert boss.post(f"/matters/{matter.id}/position/decide/", said).status_code == 302
    assert TaskRow.objects.filter(why__contains=reason.strip()).exists()


def test_text_that_no_database_keeps_becomes_a_mark_in_what_was_read(put_in, office) -> None:
    item = put_in()
    word = readings_of(item.paper)[0]
    settle_read(item, (replace(word, warnings=(*word.warnings, "A\0B \ud800.")),))
    assert readings_of(item.paper)[0].warnings[-1] == "A\ufffdB \ufffd."


def test_names_are_sealed_in_the_ledger_and_the_register_needs_none(opened, office) -> None:
    opened()
    kept = " ".join(LedgerEntry.objects.values_list("payload", flat=True))
    assert "Inventado" not in kept
    assert "INVENTADO" not in kept
    assert "matter-opened" in [part["event"] for part in ledger.open_parts(office.id)]


def test_an_original_that_was_changed_on_the_disk_is_not_served(put_in) -> None:
    item = put_in()
    place = originals.place(item.paper)
    place.chmod(0o600)
    place.write_bytes(place.read_bytes() + b" ")
    with pytest.raises(OriginalMissingError):
        originals.read(item.paper)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "G" * 64, "0" * 63])
def test_only_a_digest_names_an_original(name) -> None:
    with pytest.raises(OriginalMissingError):
        originals.place(name)
