"""The register counts matters without their persons, and no total gives a small number back."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import COUNSEL, DENVER, KINDS, SUPERVISOR, Desk, at, subpoena

from duly.clock import load_calendars
from duly.court import DueStated, enter_order, file_petition, record_compliance
from duly.errors import DulyError
from duly.matters import commands as do
from duly.matters import open_part
from duly.matters.events import ActChoice
from duly.register import (
    Figures,
    ReportPeriod,
    Sum,
    figures,
    is_determined,
    matter_rows,
    month,
    quarter,
    register_csv,
    register_json,
    statement,
    suppress,
    tables,
    year,
)
from duly.register.figures import tally
from duly.register.projection import ANSWERS

ACTS = ("produce_records", "disclose_home_address")
COURT = "United States District Court for the District of Colorado"
AS_OF = at(12, 31, 23)


def office(count: int, answered: str = "ddddd", late: int = 0) -> Desk:
    """A desk with `count` subpoenas; the first ones answered as the letters say (d decline, c comply, p in part)."""
    desk = Desk()
    for number in range(count):
        id = f"m{number}"
        received = at(1, 13) + timedelta(hours=number)
        desk.open(id, subpoena(f"Invented Person {number}", date(2020, 1, 27), document=f"{number:064d}"), received)
        desk.confirm_everything(id, received)
        desk.assess(id, received, dict.fromkeys(ACTS, "contested"), due=date(2020, 1, 27))
        if number < len(answered):
            how = {"d": ("decline", "decline"), "c": ("comply", "comply"), "p": ("comply", "decline")}[answered[number]]
            answer(desk, id, how, at(2, 3) if number < late else at(1, 20))
    return desk


def answer(desk: Desk, id: str, how: tuple[str, str], when: Any) -> None:
    choices = [ActChoice(act, choice) for act, choice in zip(ACTS, how, strict=True)]  # type: ignore[arg-type]
    position = desk.do(do.draft_position, id, COUNSEL, when, choices=choices).position
    assert position is not None
    desk.do(do.submit_position, id, COUNSEL, when)
    desk.do(do.approve_position, id, SUPERVISOR, when, seen=position.digest)
    desk.do(do.compose_letter, id, COUNSEL, when, letter=f"{id}-l", paper="e" * 64)
    desk.do(do.send_letter, id, COUNSEL, when, letter=f"{id}-l", way="e-mail", sent_at=when, recipient="ERO Denver")


def all_events(desk: Desk) -> list[Any]:
    return [event for events in desk.events.values() for event in events]


def count(desk: Desk, threshold: int = 1, **how: Any) -> Figures:
    given = {"as_of": AS_OF, "kinds": KINDS, **how}
    return figures(all_events(desk), year(2020), threshold=threshold, **given)


def test_it_counts_what_came_in_what_was_answered_how_and_in_time() -> None:
    found = count(office(12, "ddddddcp", late=2))
    assert found.shown(("received",)) == "12"
    assert found.shown(("issuer", "immigration")) == "12"
    assert found.shown(("kind", "immigration", "ice-i-138")) == "12"
    assert [found.shown(("answer", one)) for one in ANSWERS] == ["1", "1", "6", "0", "0"]
    assert found.shown(("timing", "in time")) == "6"
    assert found.shown(("timing", "late")) == "2"
    assert found.shown(("not answered",)) == "4"
    assert found.shown(("answer by kind", "immigration", "ice-i-138", "declined")) == "6"


def test_it_counts_what_a_court_did() -> None:
    desk = office(6, "dddddd")
    asked = [desk.matter(f"m{number}") for number in range(3)]
    desk.append(file_petition(asked, COUNSEL, at(2, 6), petition="p1", court=COURT, filed_on=date(2020, 2, 6)))
    asked = [desk.matter(f"m{number}") for number in range(3)]
    desk.append(
        enter_order(
            asked,
            COUNSEL,
            at(4, 20),
            order="o1",
            order_kind="comply",
            court=COURT,
            entered_on=date(2020, 4, 20),
            zone=DENVER.zone,
            petition="p1",
            covers={"m0": ACTS, "m1": ACTS},
            due=DueStated(date(2020, 5, 4)),
            calendars=load_calendars(),
        )
    )
    when = at(5, 1)
    desk.append(
        record_compliance(desk.matter("m0"), COUNSEL, when, acts=ACTS, complied_at=when, in_full=True, order="o1")
    )
    found = count(desk)
    assert found.shown(("court",)) == "3"
    assert found.shown(("court", "ordered and complied with")) == "1"
    assert found.shown(("court", "ordered")) == "1"
    assert found.shown(("court", "pending")) == "1"
    assert found.shown(("no court",)) == "3"
    earlier = count(desk, as_of=at(3, 1))
    assert earlier.shown(("court", "pending")) == "3"


def test_a_letter_that_was_composed_and_not_sent_is_no_answer() -> None:
    desk = office(1, "")
    choices = [ActChoice(act, "decline") for act in ACTS]
    position = desk.do(do.draft_position, "m0", COUNSEL, at(1, 20), choices=choices).position
    assert position is not None
    desk.do(do.submit_position, "m0", COUNSEL, at(1, 20))
    desk.do(do.approve_position, "m0", SUPERVISOR, at(1, 20), seen=position.digest)
    desk.do(do.compose_letter, "m0", COUNSEL, at(1, 20), letter="l", paper="e" * 64)
    assert count(desk).shown(("answered",)) == "0"


def test_an_extended_time_counts_as_the_time() -> None:
    desk = office(1, "")
    desk.do(do.extend_deadline, "m0", COUNSEL, at(1, 20), deadline="test/return", due=date(2020, 2, 28), by="agreement")
    answer(desk, "m0", ("decline", "decline"), at(2, 20))
    assert count(desk).shown(("timing", "in time")) == "1"


def test_a_matter_whose_figures_a_court_forbids_is_not_counted() -> None:
    desk = office(3, "")
    desk.do(do.record_non_disclosure, "m0", COUNSEL, at(1, 14), forbids=["public figures"], until=date(2021, 6, 1))
    assert count(desk).shown(("received",)) == "2"


def test_small_numbers_are_hidden_and_shown_only_to_the_office_itself() -> None:
    desk = office(12, "ddddddddcc")
    public, internal = count(desk, threshold=5), count(desk)
    assert internal.shown(("answer", "complied")) == "2"
    assert public.shown(("answer", "complied")) == "<5"
    assert public.shown(("answer", "declined")) == "–", "the only other part would give it away"
    assert public.shown(("received",)) == "12"
    assert not internal.is_public


def test_a_total_that_would_give_a_small_number_away_is_withheld_too() -> None:
    found = count(office(6, "dddd"), threshold=5)  # 4 answered, 2 not: 6 in all
    assert (found.shown(("answered",)), found.shown(("not answered",))) == ("<5", "<5")
    assert found.shown(("received",)) == "6", "1 to 4 each still fit 6 in more than one way"
    found = count(office(8, "dddd"), threshold=5)  # 4 and 4: eight would say so
    assert (found.shown(("answered",)), found.shown(("not answered",))) == ("<5", "<5")
    assert found.shown(("received",)) == "–"


def test_a_few_are_not_broken_down_at_all() -> None:
    found = count(office(4, "dddd"), threshold=5)
    assert found.shown(("received",)) == "<5"
    assert {found.shown(("answer", one)) for one in ANSWERS} == {"–"}


@pytest.mark.parametrize("threshold", [0, 2, -1])
def test_a_threshold_that_protects_nothing_is_refused(threshold: int) -> None:
    with pytest.raises(DulyError, match="protects nothing"):
        count(office(1), threshold=threshold)


def test_public_figures_are_made_for_whole_months() -> None:
    events = all_events(office(1))
    odd = ReportPeriod(date(2020, 1, 1), date(2020, 1, 30))
    with pytest.raises(DulyError, match="whole months"):
        figures(events, odd, as_of=AS_OF, kinds=KINDS)
    assert figures(events, odd, as_of=AS_OF, kinds=KINDS, threshold=1).shown(("received",)) == "1"
    assert quarter(2020, 1) == ReportPeriod(date(2020, 1, 1), date(2020, 3, 31))
    assert month(2020, 2).last == date(2020, 2, 29)


def test_the_open_parts_of_events_give_the_same_figures_as_the_events() -> None:
    desk = office(8, "ddddcp")
    parts = [open_part(event) for event in all_events(desk)]
    assert figures(parts, year(2020), as_of=AS_OF, kinds=KINDS) == count(desk, threshold=5)


def test_rows_hold_only_words_of_closed_lists() -> None:
    desk = office(2, "dc")
    rows = matter_rows(all_events(desk), ["us-ao-88b"], AS_OF)
    assert {row.kind for row in rows} == {"other"}, "a kind that is not on the list is not named"


# ---------------------------------------------------------------- nothing personal comes through

SECRET = "Xiomara Quintessa Zzyzx"


def poison(value: Any, path: str = "") -> Any:
    """The same JSON with every text that may be free replaced by a secret."""
    if isinstance(value, dict):
        if set(value) in ({"moment"}, {"date"}, {"time"}):
            return value
        return {key: poison(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, path) for item in value]
    return SECRET if isinstance(value, str) else value


KEEP = ("purpose", "zone", "choice", "letter_kind", "order_kind", "change", "covers", "acts", "act", "deadline", "id", "letter",
        "order", "issuer", "kind", "forbids")  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.text(alphabet="dcp", max_size=9), st.sets(st.sampled_from(KEEP)), st.randoms())
def test_no_text_from_an_event_occurs_in_what_the_register_says(
    number: int, answered: str, poisoned: set[str], rng: random.Random
) -> None:
    desk = office(number, answered[:number])
    parts: list[dict[str, Any]] = []
    for event in all_events(desk):
        part = json.loads(json.dumps(open_part(event)))
        opened = part["open"]
        part["open"] = {
            key: item if key in KEEP and key not in poisoned else poison(item) for key, item in opened.items()
        }
        part["actor"] = {"id": SECRET, "roles": [SECRET]}
        parts.append(part)
    for threshold in (1, 5):
        found = figures(parts, year(2020), as_of=AS_OF, kinds=KINDS, threshold=threshold)
        said = (
            json.dumps(register_json(found, KINDS))
            + register_csv(found, "es", KINDS)
            + register_csv(found, "en", KINDS)
        )
        said += " ".join((*statement(found), *statement(found, "es")))
        for word in SECRET.split():
            assert word not in said


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 8), st.text(alphabet="dcp", max_size=8))
def test_no_name_number_or_paper_of_a_matter_occurs_in_the_register(number: int, answered: str) -> None:
    desk = office(number, answered[:number])
    found = count(desk)
    said = json.dumps(register_json(found, KINDS)) + register_csv(found, "en", KINDS) + " ".join(statement(found))
    personal = {
        "Invented",
        "Person",
        "Hypothetica",
        "Placeholder",
        "a.counsel",
        "s.supervisor",
        "ERO",
        "Caley",
        "2020-m",
    }
    personal |= {f"{index:064d}" for index in range(number)} | {"test/return", "-l"}
    assert not [word for word in personal if word in said]


# ---------------------------------------------------------------- suppression cannot be undone


MARK = {
    "small": lambda n, t: 1 <= n < t,
    "few": lambda n, t: n < t,
    "complementary": lambda n, t: n >= t,
    "all": lambda n, t: True,
}


def attack(counts: dict[Any, int], sums: list[Sum], threshold: int, hidden: dict[Any, str]) -> dict[Any, set[int]]:
    """Every value that each hidden cell can have, by trying all tables: an attacker with no solver and much time."""
    wholes = [total.whole for total in sums]
    leaves = [cell for cell in counts if cell not in wholes]
    tries = [range(counts[cell] + 4) if cell in hidden else (counts[cell],) for cell in leaves]
    possible: dict[Any, set[int]] = {cell: set() for cell in hidden}
    for values in itertools.product(*tries):
        guess = dict(zip(leaves, values, strict=True))
        for total in sums:
            guess[total.whole] = sum(guess[part] for part in total.parts)
        if all(MARK[hidden[cell]](n, threshold) if cell in hidden else n == counts[cell] for cell, n in guess.items()):
            for cell in hidden:
                possible[cell].add(guess[cell])
    return possible


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2), st.sampled_from([3, 4]))
def test_no_hidden_number_follows_from_the_margins(table: list[list[int]], threshold: int) -> None:
    counts: dict[Any, int] = {}
    for i, row in enumerate(table):
        for j, number in enumerate(row):
            counts[("cell", str(i), str(j))] = number
    rows = [Sum(("row", str(i)), tuple(("cell", str(i), str(j)) for j in range(2))) for i in range(2)]
    columns = [Sum(("column", str(j)), tuple(("cell", str(i), str(j)) for i in range(2))) for j in range(2)]
    sums = [
        *rows,
        *columns,
        Sum(("all",), (("row", "0"), ("row", "1"))),
        Sum(("all",), (("column", "0"), ("column", "1"))),
    ]
    for total in [*rows, *columns, sums[-1]]:
        counts[total.whole] = sum(counts[part] for part in total.parts)
    hidden = suppress(counts, sums, threshold)
    for cell, values in attack(counts, sums, threshold, dict(hidden)).items():
        assert counts[cell] in values
        if hidden[cell] != "complementary" and counts[cell] > 0:
            assert len(values) > 1, f"{cell} can only be {values}"
            assert not is_determined(cell, counts, sums, threshold, hidden)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 14), st.text(alphabet="dcp", max_size=14), st.integers(0, 5))
def test_in_real_figures_no_hidden_number_follows_from_what_is_shown(number: int, answered: str, late: int) -> None:
    desk = office(number, answered[:number], late)
    rows = list(matter_rows(all_events(desk), KINDS, AS_OF))
    counts, sums = tally(rows)
    found = count(desk, threshold=5)
    hidden = {cell: figure.why for cell, figure in found.figures.items() if figure.why is not None}
    for cell in hidden:
        assert found[cell].number is None
        if counts[cell] > 0 and hidden[cell] != "complementary":
            assert not is_determined(cell, counts, sums, 5, hidden)
    assert all(
        figure.number == counts[cell] for cell, figure in found.figures.items() if cell not in (*hidden, ("refused",))
    )


def test_the_sums_of_the_tables_hold() -> None:
    counts, sums = tally(list(matter_rows(all_events(office(9, "ddcpp", late=1)), KINDS, AS_OF)))
    assert isinstance(counts, Counter)
    for total in sums:
        assert counts[total.whole] == sum(counts[part] for part in total.parts)


# ---------------------------------------------------------------- what it says


def test_the_json_and_the_csv_say_the_same() -> None:
    found = count(office(12, "ddddddcp"), threshold=5, office=DENVER.id)
    data = register_json(found, KINDS)
    assert data["schema"] == "duly.register/1"
    assert data["office"] == "us/co/denver"
    shown = [row["shown"] for table in data["tables"] for row in table["rows"]]
    lines = list(csv.reader(io.StringIO(register_csv(found, "en", KINDS))))
    assert [line[-1] for line in lines[1:]] == shown
    assert lines[0] == ["table", "issuer", "kind", "counted", "number"]
    for table in data["tables"]:
        for row in table["rows"]:
            assert (row["value"] is None) == (row["shown"] in ("<5", "–"))


def test_other_offices_matters_are_left_out() -> None:
    assert count(office(3), office="us/tx").shown(("received",)) == "0"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["this office received 20 instruments", "fewer than 5", "withheld", "name nobody"]),
        ("es", ["esta oficina recibió 20 instrumentos legales", "menos de 5", "reservado", "no nombran a nadie"]),
    ],
)
def test_the_statement_says_the_counts_in_plain_sentences(language: str, says: list[str]) -> None:
    told = " ".join(statement(count(office(20, "ddddddddcc"), threshold=5), language))  # type: ignore[arg-type]
    for words in says:
        assert words in told


def test_a_statement_never_says_a_number_that_the_tables_hide() -> None:
    found = count(office(12, "ddddddddcc"), threshold=5)
    told = " ".join(statement(found)[1:])
    hidden = {
        figure.cell: figure for table in tables(found) for figure in map(found.__getitem__, table.cells) if figure.why
    }
    assert hidden
    assert "complied 2" not in told
    assert "declined or objected 8" not in told


def test_a_statement_for_the_offices_own_use_says_that_it_is() -> None:
    assert "must not be published" in statement(count(office(2, "d")))[0]


def test_an_office_that_received_nothing_says_so() -> None:
    assert statement(count(office(0), threshold=5)) == (
        "From 1 January 2020 to 31 December 2020, this office received no instruments of legal process.",
    )


def words_of(text: str) -> Iterator[str]:
    return iter(text.lower().split())


def test_statements_take_no_side() -> None:
    told = " ".join((*statement(count(office(9, "dddcc"), threshold=5)), *statement(count(office(9, "dddcc")))))
    assert not {"unfortunately", "illegal", "alien", "sanctuary", "refused", "successfully"} & set(words_of(told))
