"""Papers come in: kept, recorded, read, refused with a sentence, flagged when they repeat, opened as matters."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duly.desk.inbox.models import InboxItem, Progress
from duly.desk.jobs.reading import read as read_item
from duly.desk.storage import ledger, originals
from duly.desk.storage.models import MatterRow
from duly.intake import Worker

from .conftest import PAPERS, SUBPOENA

BAD = {
    "empty": b"",
    "html": b"<!doctype html><html><body>Not a paper</body></html>",
    "truncated": SUBPOENA.read_bytes()[:900],
    "text": b"Dear desk, please find attached nothing.",
}


def upload(client, *files: tuple[str, bytes]):
    data = {"papers": [SimpleUploadedFile(name, content) for name, content in files], "way": "upload"}
    return client.post("/inbox/upload/", data)


def test_an_upload_returns_before_anything_is_read_and_survives(visit, office) -> None:
    answer = upload(visit("clerk"), ("one.pdf", SUBPOENA.read_bytes()), ("two.pdf", b"second"))
    assert answer.status_code == 302
    items = list(InboxItem.objects.order_by("id"))
    assert [item.state for item in items] == ["waiting", "waiting"]
    assert originals.read(items[0].paper) == SUBPOENA.read_bytes()
    assert [entry.type for entry in ledger.STORE.entries()] == ["paper-received", "paper-received"]


def test_the_original_on_the_disk_cannot_be_written(visit, office) -> None:
    upload(visit("clerk"), ("one.pdf", SUBPOENA.read_bytes()))
    place = originals.place(InboxItem.objects.get().paper)
    assert place.stat().st_mode & 0o222 == 0


def test_the_same_bytes_are_kept_once(visit, office, data_folder) -> None:
    upload(visit("clerk"), ("one.pdf", b"%PDF-same"), ("again.pdf", b"%PDF-same"))
    kept = [file for file in (data_folder / "originals").rglob("*") if file.is_file()]
    assert len(kept) == 1
    assert InboxItem.objects.count() == 2


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_with_a_sentence_recorded_and_kept(name, visit, office) -> None:
    client = visit("clerk")
    upload(client, (f"{name}.pdf", BAD[name]))
    item = InboxItem.objects.get()
    with Worker() as worker:
        assert read_item(item, worker) is False
    item.refresh_from_db()
    assert item.state == "refused"
    assert item.message.endswith(".")
    assert [entry.type for entry in ledger.STORE.entries()] == ["paper-received", "paper-refused"]
    assert originals.read(item.paper) == BAD[name]
    page = client.get(f"/inbox/{item.pk}/").content.decode()
    assert "could not be read" in page
    assert "Traceback" not in page


def test_a_refusal_is_recorded_once_however_often_the_job_runs(visit, office) -> None:
    upload(visit("clerk"), ("empty.pdf", b""))
    item = InboxItem.objects.get()
    with Worker() as worker:
        read_item(item, worker)
        read_item(item, worker)
    assert [entry.type for entry in ledger.STORE.entries()] == ["paper-received", "paper-refused"]


def test_whoever_waits_is_told_the_stage_and_the_page(visit, office) -> None:
    client = visit("clerk")
    upload(client, ("one.pdf", SUBPOENA.read_bytes()))
    item = InboxItem.objects.get()
    Progress.objects.filter(item=item).update(stage="reading", page=3, pages=12)
    row = client.get(f"/inbox/{item.pk}/row/", headers={"HX-Request": "true"})
    assert row.status_code == 200
    assert "Reading page 3 of 12" in row.content.decode()


def test_the_page_stops_asking_once_the_paper_is_read(visit, put_in) -> None:
    item = put_in()
    assert visit("clerk").get(f"/inbox/{item.pk}/row/", headers={"HX-Request": "true"}).status_code == 286


def test_the_same_file_is_flagged_and_so_is_the_same_paper_faxed(put_in) -> None:
    first = put_in()
    again = put_in()
    assert (again.resembles, again.resemblance) == (first.pk, "exact")


def test_a_paper_of_no_known_kind_can_still_be_opened(visit, put_in) -> None:
    item = put_in(PAPERS / "other-kinds" / "cat.jpg")
    assert item.state == "read"
    assert item.kind == ""
    answer = visit("clerk").post(f"/inbox/{item.pk}/open/", {"received_at": "2020-01-14T09:00"})
    assert answer.status_code == 302
    matter = MatterRow.objects.get()
    assert visit("clerk").get(f"/matters/{matter.id}/").status_code == 200


def test_opening_makes_one_matter_with_the_offices_next_number(visit, put_in) -> None:
    item = put_in()
    answer = visit("clerk").post(f"/inbox/{item.pk}/open/", {"received_at": "2020-01-13T09:46"})
    row = MatterRow.objects.get()
    assert answer["Location"] == f"/matters/{row.id}/verify/"
    assert row.number == "2020-0001"
    item.refresh_from_db()
    assert (item.state, item.matter) == ("opened", row.id)


def test_a_paper_cannot_be_opened_twice(visit, put_in) -> None:
    item = put_in()
    client = visit("clerk")
    client.post(f"/inbox/{item.pk}/open/", {"received_at": "2020-01-13T09:46"})
    again = client.post(f"/inbox/{item.pk}/open/", {"received_at": "2020-01-13T09:46"})
    assert again.status_code == 422
    assert MatterRow.objects.count() == 1


def test_what_is_no_matter_can_be_set_aside_with_a_reason_and_found_again(visit, put_in) -> None:
    item, client = put_in(), visit("clerk")
    client.post(f"/inbox/{item.pk}/set-aside/", {"reason": ""})
    item.refresh_from_db()
    assert item.state == "read"
    client.post(f"/inbox/{item.pk}/set-aside/", {"reason": "A copy."})
    item.refresh_from_db()
    assert item.state == "set aside"
    assert item.file_name not in client.get("/inbox/").content.decode()
    assert item.file_name in client.get("/inbox/?show=all").content.decode()


def test_an_original_is_served_as_a_download_that_may_do_nothing(visit, put_in) -> None:
    answer = visit("clerk").get(f"/inbox/{put_in().pk}/original/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_names_of_files_do_not_reach_the_addresses(visit, office) -> None:
    client = visit("clerk")
    upload(client, ("Nicanor Ejemplo.pdf", b"%PDF-x"))
    page = client.get("/inbox/").content.decode()
    assert "Nicanor Ejemplo.pdf" in page
    assert 'href="/inbox/Nicanor' not in page


def test_files_of_any_size_limit_are_refused_without_stopping_the_desk(visit, office, tmp_path: Path) -> None:
    answer = visit("clerk").post("/inbox/upload/", {"way": "upload"})
    assert answer.status_code == 302
    assert InboxItem.objects.count() == 0
