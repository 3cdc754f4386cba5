"""The law in a terminal: checked, compared between dates and places, decided in columns, proved in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from duly.cli import app
from duly.cli.output import Exit
from duly.law import determine_table, load

runner = CliRunner()


def said(*words: str, code: Exit = Exit.DONE) -> str:
    result = runner.invoke(app, ["law", *words])
    assert result.exit_code == code, result.output
    return str(result.stdout)


def data(*words: str, code: Exit = Exit.DONE) -> Any:
    return json.loads(said(*words, "--json", code=code))


def test_the_check_names_every_case_with_what_was_expected_and_what_came_out() -> None:
    found = data("check")
    assert len(found["cases"]) == len(load().cases) > 150
    assert all(case["holds"] and (case["answers"] or not case["failures"]) for case in found["cases"])
    assert {"name", "source", "where", "left_open"} <= set(found["cases"][0])
    assert not [problem for problem in found["problems"] if problem["severity"] == "error"]


def test_a_rulebook_whose_case_comes_out_otherwise_fails_the_check_with_its_place(tmp_path: Path) -> None:
    policy(tmp_path, expect="required")
    found = data("check", str(tmp_path), code=Exit.CHECK_FAILED)
    errors = [problem for problem in found["problems"] if problem["severity"] == "error"]
    assert [problem["place"]["line"] for problem in errors] == [20]
    assert "should be required, and is forbidden" in errors[0]["message"]


def test_a_kind_of_paper_that_there_is_not_is_found_in_a_rule(tmp_path: Path) -> None:
    policy(tmp_path, expect="forbidden", when="instrument.kind = 'ice-i-247aa' OR instrument.issuer = 'immigration'")
    [found] = [problem for problem in data("check", str(tmp_path))["problems"] if problem["check"] == "unlisted"]
    assert "“ice-i-247aa”, which is none of its words; “ice-i-247a” is" in found["message"]


def test_what_a_form_settles_is_not_asked() -> None:
    asked = ["ask", "hold_past_release", "--office", "us/co/denver", "--on", "2020-01-16"]
    bare, formed = data(*asked), data(*asked, "--kind", "ice-i-247a")
    assert bare["outcome"] == "undetermined"
    assert formed["outcome"] == "forbidden"


def test_two_dates_differ_where_a_law_came_into_force_between_them_and_nowhere_else() -> None:
    found = data(
        "diff",
        "2018-01-01",
        "2020-01-16",
        "--office",
        "us/co",
        "--act",
        "transfer_custody",
        "--act",
        "permit_jail_interview",
    )
    answers = {act["act"]: act for act in found["acts"]}
    changed = answers["transfer_custody"]
    assert changed["same"] is False
    assert changed["before"]["outcome"] != changed["after"]["outcome"]
    assert changed["after"]["cites"]
    assert answers["permit_jail_interview"]["same"] is True


def test_two_places_are_compared_with_a_case_in_a_lawyers_words() -> None:
    text = said("diff", "us/co@2020-01-16", "us/tx@2020-01-16", "--act", "hold_past_release")
    assert "For example: " in text
    assert "before: ⊘ forbidden (C.R.S." in text


def test_another_release_of_the_rulebooks_is_compared_with_this_one(tmp_path: Path) -> None:
    other = tmp_path / "earlier"
    for name, text in _federal_only().items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text, "utf-8")
    found = data("diff", f"{other}::us@2020-01-16", "us@2020-01-16", "--act", "hold_past_release")
    assert found["acts"][0]["same"] is False
    assert found["acts"][0]["before"]["outcome"] == "unregulated"


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        ("yesterday@2020-13-01", "is not a date"),
        ("us/atlantis", "us/atlantis"),
        ("no-such-folder::us", "There is no folder"),
    ],
)
def test_a_side_that_cannot_be_read_is_refused_in_a_sentence(side: str, sentence: str) -> None:
    result = runner.invoke(app, ["law", "diff", side, "2020-01-16"])
    assert result.exit_code == Exit.REFUSED
    assert sentence in " ".join(result.stderr.split())


def test_one_kind_of_paper_is_answered_in_every_place_that_has_a_rulebook() -> None:
    found = data(
        "compare", "hold_past_release", "--kind", "ice-i-247a", "--office-kind", "sheriff", "--on", "2026-01-01"
    )
    answers = {place["place"]: place for place in found["places"]}
    assert set(answers) == set(load().jurisdictions)
    assert answers["us/or"]["outcome"] == "forbidden"
    assert "required" in answers["us/tx"]["possible"]
    assert answers["us/tx"]["decisive"]
    assert all(place["cites"] or place["outcome"] in ("unregulated", "undetermined") for place in answers.values())


def test_a_kind_of_paper_that_there_is_not_is_refused_with_those_near_it() -> None:
    result = runner.invoke(app, ["law", "compare", "hold_past_release", "--kind", "ice-i-999"])
    assert result.exit_code == Exit.REFUSED
    assert "ice-i-247a" in result.stderr


def test_a_table_gets_what_determine_table_gives_and_nothing_is_overwritten(tmp_path: Path) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    kinds = "unnest(['ice-i-247a', 'ice-i-138', NULL])"
    duckdb.sql(f'SELECT {kinds} AS "instrument.kind", \'sheriff\' AS "office.kind"').write_parquet(str(source))
    command = [
        "table",
        str(source),
        str(target),
        "--office",
        "us/co/denver",
        "--act",
        "hold_past_release",
        "--on",
        "2020-01-16",
    ]
    found = data(*command)
    assert found["rows"] == 3
    from datetime import date

    expected = determine_table(load(), "us/co/denver", ["hold_past_release"], source, date(2020, 1, 16)).fetchall()
    assert sorted(map(str, duckdb.read_parquet(str(target)).fetchall())) == sorted(map(str, expected))
    assert runner.invoke(app, ["law", *command]).exit_code == Exit.REFUSED


def test_a_file_that_is_no_parquet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    source.write_text("not columns")
    result = runner.invoke(app, ["law", "table", str(source), str(target), "--office", "us/co/denver"])
    assert result.exit_code == Exit.REFUSED
    assert "cannot be read as Parquet" in " ".join(result.stderr.split())
    assert not target.exists()


def test_an_answer_is_written_as_a_proof_that_holds_until_a_character_changes(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    said(
        "ask",
        "hold_past_release",
        "--office",
        "us/co/denver",
        "--fact",
        "instrument.kind=ice-i-247a",
        "--proof",
        str(file),
    )
    assert "every step holds; the rulebooks here say the same" in said("proof", str(file))
    file.write_text(file.read_text("utf-8").replace("24-76.6", "24-76.7"), "utf-8")
    found = data("proof", str(file), str(tmp_path / "none.json"), code=Exit.CHECK_FAILED)
    assert [bool(each["problem"]) for each in found["files"]] == [True, True]


def policy(folder: Path, expect: str, when: str = "instrument.issuer = 'immigration'") -> None:
    """An office's own policy with one worked case."""
    place = folder / "us" / "co" / "denver" / "office"
    place.mkdir(parents=True)
    (place / "jurisdiction.toml").write_text('name = "An office"\nlevel = "policy"\n', "utf-8")
    (place / "policy.md").write_text(
        f"""---
citation: Office policy 1
title: Interviews
---

> The desk arranges no interview.

```rule
id: us/co/denver/office/interviews
kind: duty
cite: Office policy 1
in_force: [2023-01-01, null]
title: No interviews
act: permit_jail_interview
modality: forbidden
text: The desk arranges no interview
when: {when}
```

```case
name: An agency asks
on: 2024-01-01
facts: {{instrument.issuer: immigration}}
expect: {{permit_jail_interview: {expect}}}
```
""",
        "utf-8",
    )


def _federal_only() -> dict[str, str]:
    """A release of the rulebooks with today's words and no rule at all."""
    from duly.law.packaged import PACKAGED

    words = {str(path.relative_to(PACKAGED)): path.read_text("utf-8") for path in PACKAGED.glob("vocabulary/*.toml")}
    return {**words, "us/jurisdiction.toml": (PACKAGED / "us" / "jurisdiction.toml").read_text("utf-8")}
