"""Deadlines from period rules: counted, stated on the paper, the earlier of several, and with facts still missing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from writing import WORDS, block, enactment, facts_of, library_of

from duly.clock import Calendars, Deadline
from duly.law import deadlines, load
from duly.law.library import Library

ON = date(2020, 1, 30)


def period(id: str = "us/p", when: str = "true", **keys: object) -> str:
    whole: dict[str, object] = {
        "id": id, "kind": "period", "title": "Time to answer", "cite": "Act 1(a)", "in_force": "[2000-01-01, null]",
        "what": "Answer", "for": "answer", "when": f'"{when}"', "text": WORDS,
    }  # fmt: skip
    return block("rule", **(whole | keys))


def library_with(*periods: str) -> Library:
    return library_of({"us/act.md": enactment("".join(periods))})


def only(library: Library, calendars: Calendars, **facts: object) -> Deadline:
    [deadline] = deadlines(library, calendars, "us", facts_of(**facts), ON)  # type: ignore[arg-type]  # facts by keyword
    return deadline


COUNTED = {"trigger": "paper.served_on", "length": 2, "unit": "days"}


def test_a_counted_period_shows_its_trigger_and_every_step(calendars: Calendars) -> None:
    deadline = only(library_with(period(**COUNTED)), calendars, paper__served_on=date(2020, 1, 30))
    # Saturday 1 February 2020 rolls to Monday.
    assert deadline.due == date(2020, 2, 3)
    assert deadline.missing == () and deadline.cite == "Act 1(a)" and deadline.zone == "America/New_York"
    said = " ".join(step.text for step in deadline.steps)
    assert "30 January 2020" in said and "Saturday 1 February 2020" in said


def test_a_period_without_its_trigger_has_no_date_and_names_the_fact(calendars: Calendars) -> None:
    deadline = only(library_with(period(**COUNTED)), calendars)
    assert (deadline.due, deadline.missing) == (None, ("paper.served_on",))


def test_a_stated_date_stands_as_it_is_and_shows_the_count_beside_it(calendars: Calendars) -> None:
    library = library_with(period(stated="paper.return_on", **COUNTED))
    deadline = only(library, calendars, paper__return_on=date(2020, 2, 1), paper__served_on=date(2020, 1, 30))
    assert deadline.due == date(2020, 2, 1)
    said = " ".join(step.text for step in deadline.steps)
    assert "The paper itself states Saturday 1 February 2020" in said
    assert "Counted beside it: 2 days from Thursday 30 January 2020 end on Monday 3 February 2020." in said
    assert any("does not move by itself" in warning for warning in deadline.warnings)


def test_a_stated_date_that_is_not_known_leaves_the_count_as_the_other_way(calendars: Calendars) -> None:
    library = library_with(period(stated="paper.return_on", **COUNTED))
    deadline = only(library, calendars, paper__served_on=date(2020, 1, 29))
    assert (deadline.due, deadline.missing) == (None, ("paper.return_on",))
    assert [other.due for other in deadline.otherwise] == [date(2020, 1, 31)]


def test_a_stated_date_without_service_or_receipt_still_stands(calendars: Calendars) -> None:
    deadline = only(library_with(period(stated="paper.return_on")), calendars, paper__return_on=date(2020, 1, 31))
    assert deadline.due == date(2020, 1, 31)
    assert "not known when the paper was served" in " ".join(step.text for step in deadline.steps)


EARLIEST = {
    "earliest": "[{trigger: paper.served_on, length: 2, unit: days, cite: Rule 6}, {stated: paper.return_on, cite: the paper}]"
}
LATEST = {"latest": EARLIEST["earliest"]}


def test_the_earlier_of_two_dates_governs_and_both_are_shown(calendars: Calendars) -> None:
    facts = {"paper__served_on": date(2020, 1, 29), "paper__return_on": date(2020, 2, 3)}
    early, late = (only(library_with(period(**keys)), calendars, **facts) for keys in (EARLIEST, LATEST))
    assert (early.due, late.due) == (date(2020, 1, 31), date(2020, 2, 3))
    said = [step.text for step in early.steps]
    assert said[0] == "The earlier of 2 dates governs." and said[-1] == "The earlier one is Friday 31 January 2020."
    assert any("3 February 2020" in text for text in said)


def test_while_one_of_two_dates_is_not_known_the_other_is_the_date_so_far(calendars: Calendars) -> None:
    deadline = only(library_with(period(**EARLIEST)), calendars, paper__served_on=date(2020, 1, 29))
    assert (deadline.due, deadline.missing) == (date(2020, 1, 31), ("paper.return_on",))
    assert any("The date may be earlier" in said and "is not known yet" in said for said in deadline.warnings)


def test_a_period_that_may_apply_is_counted_and_says_what_decides_it(calendars: Calendars) -> None:
    deadline = only(
        library_with(period(when="matter.criminal", **COUNTED)), calendars, paper__served_on=date(2020, 1, 29)
    )
    assert deadline.due == date(2020, 1, 31)
    assert deadline.missing == ("matter.criminal",)
    assert deadline.warnings[0].startswith("It is not known whether this applies; not known: Is the matter criminal?")


def test_a_period_that_does_not_apply_or_is_overridden_gives_no_deadline(calendars: Calendars) -> None:
    library = library_with(
        period(**COUNTED), period("us/q", "matter.criminal", overrides="[us/p]", **(COUNTED | {"length": 1}))
    )
    found = deadlines(library, calendars, "us", facts_of(matter__criminal=True, paper__served_on=date(2020, 1, 29)), ON)
    assert [(each.id, each.due) for each in found] == [("us/q", date(2020, 1, 30))]
    found = deadlines(
        library, calendars, "us", facts_of(matter__criminal=False, paper__served_on=date(2020, 1, 29)), ON
    )
    assert [each.id for each in found] == ["us/p"]


def test_hours_are_counted_from_the_moment(calendars: Calendars) -> None:
    keys = {"trigger": "paper.received_at", "length": 48, "unit": "hours", "roll": "none"}
    deadline = only(library_with(period(**keys)), calendars, paper__received_at=datetime(2020, 1, 31, 20, tzinfo=UTC))
    assert deadline.due == datetime(2020, 2, 2, 20, tzinfo=UTC)


def test_a_calendar_that_is_not_installed_is_named_and_the_rest_is_counted(calendars: Calendars) -> None:
    keys = COUNTED | {"calendars": "[us-federal, us-atlantis]"}
    deadline = only(library_with(period(**keys)), calendars, paper__served_on=date(2020, 1, 29))
    assert deadline.due == date(2020, 1, 31)
    assert any("no calendar us-atlantis" in warning for warning in deadline.warnings)


def test_a_states_holiday_counts_for_a_federal_period_after_an_event_in_that_state_alone(calendars: Calendars) -> None:
    library = load()
    served = {
        "instrument.family": "court_subpoena", "instrument.issuer": "federal_court", "instrument.kind": "us-ao-88b",
        "instrument.served_on": date(2025, 9, 22),
    }  # fmt: skip

    def due(office: str) -> date | None:
        found = deadlines(library, calendars, office, facts_of(**_dotted(served)), date(2025, 9, 22))
        [objection] = [each for each in found if each.id == "us/frcp-45/objection"]
        return objection.due

    # Monday 6 October 2025 is Frances Xavier Cabrini Day in Colorado (C.R.S. § 24-11-101), and no holiday in Texas.
    assert (due("us/co"), due("us/tx")) == (date(2025, 10, 7), date(2025, 10, 6))


def test_where_only_the_receipt_is_known_the_date_of_service_is_asked_for_and_the_likely_date_shown(
    calendars: Calendars,
) -> None:
    facts = {
        "instrument.family": "notice_of_inspection", "instrument.issuer": "immigration", "office.kind": "employer",
        "instrument.received_at": datetime(2026, 7, 2, 23, 45, tzinfo=UTC),
    }  # fmt: skip
    found = deadlines(load(), calendars, "us/ca", facts_of(**_dotted(facts)), date(2026, 7, 2))
    [forms] = [each for each in found if each.id == "us/8-cfr-274a.2/three-business-days"]
    assert (forms.due, forms.missing) == (None, ("instrument.served_on",))
    [other] = forms.otherwise
    assert other.due == date(2026, 7, 8) and "if the paper was served" in other.because


def test_an_hour_that_the_paper_states_closes_the_day_at_that_hour(calendars: Calendars) -> None:
    facts = {
        "instrument.family": "administrative_subpoena", "instrument.issuer": "immigration",
        "instrument.return_on": date(2020, 1, 27), "instrument.return_time": "10:00",
    }  # fmt: skip
    found = deadlines(load(), calendars, "us/co", facts_of(**_dotted(facts)), date(2020, 1, 13))
    [answer] = [each for each in found if each.id == "us/8-cfr-287.4/return"]
    assert answer.due == date(2020, 1, 27)
    assert answer.closes_at == datetime(2020, 1, 27, 17, tzinfo=UTC)
    assert any("It states the hour too: by Monday 27 January 2020" in step.text for step in answer.steps)


def _dotted(facts: dict[str, object]) -> dict[str, object]:
    return {name.replace(".", "__"): value for name, value in facts.items()}
