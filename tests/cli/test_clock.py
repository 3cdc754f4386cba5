"""`duly clock` says what the rules of counting say, in every place: a table counted by hand from their text."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from duly.cli import app

TABLE = Path(__file__).with_name("clock.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]


def clock(*words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["clock", *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["ways"]


@pytest.mark.parametrize(
    ("rule", "start", "office", "served_by", "direction", "due"), ROWS, ids=["-".join(row[:3]) for row in ROWS]
)
def test_a_deadline_falls_where_the_rule_puts_it(rule, start, office, served_by, direction, due):
    words = [rule, "--from", start, "--office", office]
    words += [] if served_by == "-" else ["--served-by", served_by]
    words += ["--before"] if direction == "before" else []
    assert any(str(way["due"]).startswith(due) for way in clock(*words))


def test_a_length_by_itself_in_a_state_says_by_which_rule_it_was_counted():
    (way,) = clock("10 days", "--from", "2026-11-16", "--office", "us/ca", "--served-by", "mail")
    assert any("Under the law of California" in warning for warning in way["warnings"])
    (way,) = clock("10 days", "--from", "2026-11-16", "--served-by", "mail")
    assert not any("Under the law of" in warning for warning in way["warnings"])


def test_a_state_holiday_is_none_for_a_federal_period_counted_backward():
    (way,) = clock("7 days", "--from", "2026-10-12", "--office", "us/co", "--before")
    assert way["due"] == "2026-10-05", "Frances Xavier Cabrini Day, Fed. R. Civ. P. 6(a)(6)(C)"


def test_an_office_s_own_rulebook_lends_its_zone(tmp_path):
    place = tmp_path / "us" / "az"
    place.mkdir(parents=True)
    (place / "jurisdiction.toml").write_text(
        'name = "Arizona"\nlevel = "state"\nparent = "us"\ncircuit = "9"\n'
        'time_zone = "America/Phoenix"\ncalendars = ["us-federal"]\n',
        "utf-8",
    )
    words = ["us/ice-i-247a/48-hours", "--from", "2026-03-07T10:00", "--office", "us/az", "--rulebooks", str(tmp_path)]
    (way,) = clock(*words)
    assert way["due"] == "2026-03-09T10:00:00-07:00", "no change of the clocks in Phoenix"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["--extend", "3 business days"], "2020-01-30"),
        (["--extend", "36 hours"], "2020-01-29T12:00:00"),
        (["--extend", "2020-02-14"], "2020-02-14"),
        (["--extend", "1 week", "--extend", "2 days"], "2020-02-05"),
        (["--closed", "2020-01-27"], "2020-01-28"),
        (["--tolled", "2020-01-15..2020-01-17"], "2020-01-30"),
        (["--tolled", "2020-01-15.."], "None"),
    ],
)
def test_what_moves_the_end_of_a_period_is_said_in_the_terminal(words, due):
    (way,) = clock("14 days", "--from", "2020-01-13", "--office", "us/co/denver", "--served-by", "hand", *words)
    assert str(way["due"]).startswith(due)


def test_the_hour_at_which_an_office_closes_ends_the_last_day():
    (way,) = clock(
        "14 days", "--from", "2020-01-13", "--office", "us/co/denver", "--served-by", "hand", "--cutoff", "16:30"
    )
    assert way["due"] == "2020-01-27"
    assert way["closes_at"] == "2020-01-27T16:30:00-07:00"
