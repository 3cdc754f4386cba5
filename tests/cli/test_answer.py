"""The main job from a terminal: real paper in; kind, fields, deadlines, determinations and a real letter out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner

from duly.cli import app
from duly.ledger import FileStore, verify

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SERVED = sorted((SAMPLES / "denver-2020/served").glob("*.pdf"))
run = CliRunner()


def answer(*arguments: str, out: Path) -> dict[str, Any]:
    result = run.invoke(app, ["answer", *arguments, "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    assert data["schema"] == "duly.answer/1"
    return data


@pytest.fixture(scope="module")
def denver(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    out = tmp_path_factory.mktemp("answers")
    files = [str(path) for path in SERVED]
    facts = ["--fact", "matter.primarily_criminal=false", "--on", "2020-01-16"]
    return answer(*files, "--office", "us/co/denver", *facts, out=out), out


def outcomes(paper: dict[str, Any]) -> dict[str, str]:
    return {found["act"]: found["outcome"] for found in paper["determinations"]}


def test_the_four_subpoenas_are_known_and_due_as_the_story_says(denver: tuple[dict[str, Any], Path]) -> None:
    papers = denver[0]["papers"]
    assert [paper["kind"] for paper in papers] == ["ice-i-138"] * 4
    due = [sorted({entry["due"][:10] for entry in paper["deadlines"] if entry["due"]}) for paper in papers]
    assert due == [["2020-01-27"]] * 3 + [["2020-01-16"]]


def test_the_steps_show_the_holiday_and_the_weekends(denver: tuple[dict[str, Any], Path]) -> None:
    steps = " ".join(denver[0]["papers"][0]["deadlines"][0]["steps"])
    assert "Martin Luther King" in steps
    assert "Saturday" in steps


def test_denver_is_contested_with_both_lines_of_authority(denver: tuple[dict[str, Any], Path]) -> None:
    for paper in denver[0]["papers"]:
        assert outcomes(paper)["produce_records"] == "contested"
        cites = " ".join(next(f for f in paper["determinations"] if f["act"] == "produce_records")["cites"])
        assert "1225(d)(4)" in cites
        assert "Denver" in cites or "D.R.M.C." in cites


def test_every_field_that_was_read_has_a_place_on_a_page(denver: tuple[dict[str, Any], Path]) -> None:
    read = [
        (name, field)
        for paper in denver[0]["papers"]
        for name, field in paper["fields"].items()
        if field["value"] is not None and field["method"] in ("text layer", "ocr")
    ]
    assert read
    assert not [name for name, field in read if field["page"] is None or field["box"] is None]


def test_each_letter_is_a_tagged_pdf_with_its_twin(denver: tuple[dict[str, Any], Path]) -> None:
    for paper in denver[0]["papers"]:
        with pikepdf.open(paper["letter"]) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert len(pdf.attachments) == 1


def test_the_run_keeps_a_ledger_that_holds_and_names_nobody(denver: tuple[dict[str, Any], Path]) -> None:
    file = denver[1] / "ledger.jsonl"
    found = verify(FileStore(file).lines())
    assert found.ok
    assert found.entries == 4
    assert "Ejemplo" not in file.read_text("utf-8")


def test_without_counsels_answer_the_purpose_is_the_one_decisive_fact(tmp_path: Path) -> None:
    paper = answer(str(SERVED[0]), "--office", "us/co/denver", out=tmp_path)["papers"][0]
    found = next(found for found in paper["determinations"] if found["act"] == "produce_records")
    assert found["outcome"] == "undetermined"
    assert set(found["possible"]) == {"contested", "demanded"}
    assert found["decisive"] == [["matter.primarily_criminal"]]


def test_the_same_paper_in_texas_gets_the_answer_of_texas(tmp_path: Path) -> None:
    detainer = str(next((SAMPLES / "denver-2020/earlier").glob("*.pdf")))
    status = ("--fact", "person.proof_of_status_provided=false", "--on", "2020-01-14")
    texas = answer(detainer, "--office", "us/tx", *status, out=tmp_path)["papers"][0]
    denver = answer(detainer, "--office", "us/co/denver", *status, out=tmp_path)["papers"][0]
    assert outcomes(texas)["hold_past_release"] == "required"
    assert outcomes(denver)["hold_past_release"] == "forbidden"


@pytest.mark.parametrize("content", [b"", b"<html><body>not a pdf</body></html>", b"%PDF-1.7\n%truncated"])
def test_a_bad_file_is_refused_in_a_sentence_and_entered(content: bytes, tmp_path: Path) -> None:
    bad = tmp_path / "paper.pdf"
    bad.write_bytes(content)
    result = run.invoke(app, ["answer", str(bad), "--office", "us/co/denver", "--out", str(tmp_path / "out"), "--json"])
    assert result.exit_code == 1
    paper = json.loads(result.stdout)["papers"][0]
    assert paper["refused"]["message"]
    assert "Traceback" not in result.output
    assert bad.read_bytes() == content
    assert "paper.refused" in (tmp_path / "out/ledger.jsonl").read_text("utf-8")


def test_usage_and_unknown_names_say_what_to_do(tmp_path: Path) -> None:
    assert run.invoke(app, ["answer"]).exit_code == 2
    unknown = run.invoke(app, ["answer", str(SERVED[0]), "--office", "us/zz", "--out", str(tmp_path)])
    assert unknown.exit_code == 1
    assert "Known:" in unknown.output
    bad_fact = run.invoke(
        app, ["law", "ask", "produce_records", "--office", "us/co", "--fact", "person.in_custody=maybe"]
    )
    assert bad_fact.exit_code == 1


def test_strange_names_cost_nothing_and_no_letter_is_lost(tmp_path: Path) -> None:
    paper = SERVED[0].read_bytes()
    names = [b"bad\xff\xfename.pdf", b"x" * 240 + b".pdf", b"a b\n.pdf", b"-rf.pdf"]
    folder = tmp_path / "in"
    for place in ("one", "two"):
        (folder / place).mkdir(parents=True)
        (folder / place / "same.pdf").write_bytes(paper + (b"\n" if place == "two" else b""))
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(paper)
    papers = answer(
        *(str(folder / part) for part in (".", "one", "two")), "--office", "us/co/denver", out=tmp_path / "out"
    )["papers"]
    written = [found["letter"] for found in papers]
    assert len(papers) == len(names) + 2
    assert len(set(written)) == len(written)
    assert all(Path(name).is_file() for name in written)
