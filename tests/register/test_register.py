"""What the register counts and how it says it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from tests.matters.desk import COUNSEL, DENVER, KINDS, SUPERVISOR, at
from tests.register.office import ACTS, AS_OF, COURT, all_events, answer, count, office

from duly.clock import load_calendars
from duly.court import DueStated, enter_order, file_petition, record_compliance
from duly.errors import DulyError
from duly.matters import commands as do
from duly.matters import open_part
from duly.matters.events import ActChoice
from duly.register import (
    ReportPeriod,
    figures,
    matter_rows,
    month,
    quarter,
    register_csv,
    register_json,
    statement,
    tables,
    year,
)
from duly.register.projection import ANSWERS


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
