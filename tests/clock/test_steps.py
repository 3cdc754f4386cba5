"""What the clerk reads: each step in words, with its clause; nothing left out, long runs summed up."""

from datetime import UTC, date, datetime, time

from duly.clock import Closure, Period, count, load_calendars

CALENDARS = load_calendars()
DENVER = "America/Denver"


def read(period: Period, trigger: date, **more: object) -> list[str]:
    return [step.text for step in count(period, trigger, DENVER, CALENDARS, **more).steps]  # type: ignore[arg-type]  # as count


def test_fourteen_days_over_a_holiday_are_told_day_by_day() -> None:
    counted = count(
        Period(14, "days", cite="Fed. R. Civ. P. 6(a)(1)"), date(2020, 1, 13), DENVER, CALENDARS,
        event="Served Monday 13 January 2020 (page 1 of the paper).",
    )  # fmt: skip
    assert [(step.text, step.cite) for step in counted.steps] == [
        ("Served Monday 13 January 2020 (page 1 of the paper).", ""),
        ("Monday 13 January 2020 is the day of the event and is not counted.", "Fed. R. Civ. P. 6(a)(1)(A)"),
        ("Count 14 days, beginning with Tuesday 14 January 2020.", "Fed. R. Civ. P. 6(a)(1)(B)"),
        ("Saturday 18 and Sunday 19 January 2020: counted, because they are not the last day.", "Fed. R. Civ. P. 6(a)(1)(B)"),
        ("Monday 20 January 2020 is Martin Luther King Jr. Day: counted, because it is not the last day.", "Fed. R. Civ. P. 6(a)(1)(B)"),
        ("Saturday 25 and Sunday 26 January 2020: counted, because they are not the last day.", "Fed. R. Civ. P. 6(a)(1)(B)"),
        ("The last day, Monday 27 January 2020, is a working day.", "Fed. R. Civ. P. 6(a)(1)(C)"),
        ("Due Monday 27 January 2020, by the end of that day in America/Denver.", "Fed. R. Civ. P. 6(a)(4)"),
    ]  # fmt: skip


def test_the_roll_says_what_stood_in_the_way() -> None:
    assert read(Period(30, "days", cite="Fed. R. Civ. P. 6(a)(1)"), date(2007, 8, 2))[-5:] == [
        "The last day would be Saturday 1 September 2007.",
        "Saturday 1 and Sunday 2 September 2007 are no working days.",
        "Monday 3 September 2007 is Labor Day.",
        "The period runs on to the next working day, Tuesday 4 September 2007.",
        "Due Tuesday 4 September 2007, by the end of that day in America/Denver.",
    ]


def test_a_hold_over_a_weekend_is_told_hour_by_hour() -> None:
    period = Period(48, "hours excluding weekends and holidays", roll="none", cite="8 C.F.R. § 287.7(d)")
    assert read(period, datetime(2020, 1, 10, 22, tzinfo=UTC)) == [
        "Friday 10 January 2020, 15:00 (America/Denver) is when it happened.",
        "Friday 10 January 2020: 9 hours, to midnight (9 hours of 48 hours).",
        "Saturday 11 and Sunday 12 January 2020: not counted.",
        "Monday 13 January 2020: 24 hours, to midnight (33 hours of 48 hours).",
        "Tuesday 14 January 2020: 15 hours, to 15:00 (48 hours of 48 hours).",
        "Due by Tuesday 14 January 2020, 15:00 (America/Denver).",
    ]


def test_a_count_that_is_full_at_midnight_says_whose_end_that_is() -> None:
    period = Period(48, "hours excluding weekends and holidays", roll="none")
    assert read(period, datetime(2020, 1, 11, 17, tzinfo=UTC))[-2:] == [
        "It ends at midnight, the end of Tuesday 14 January 2020: Wednesday 15 January 2020, 00:00.",
        "Due by Wednesday 15 January 2020, 00:00 (America/Denver).",
    ]


def test_long_runs_are_summed_up_with_their_number() -> None:
    steps = read(Period(400, "days"), date(2020, 1, 31))
    assert len(steps) < 12
    assert (
        "114 Saturdays and Sundays from Saturday 1 February 2020 to Sunday 28 February 2021: counted, because they are not the last day."
        in steps
    )
    named = next(text for text in steps if text.startswith("Holidays on the way"))
    assert named.count("(") - named.count("(observed)") == 11
    steps = read(Period(20, "years"), date(2000, 6, 1))
    assert any(text.startswith("200 holidays from Tuesday 4 July 2000 to Monday 25 May 2020") for text in steps), steps


def test_the_hour_at_which_the_clerk_closes_is_said_and_counted() -> None:
    counted = count(Period(14, "days"), date(2020, 1, 13), DENVER, CALENDARS, cutoff=time(16, 30))
    assert counted.steps[-1].text == "Due Monday 27 January 2020, by 16:30 in America/Denver."
    assert counted.closes_at == datetime(2020, 1, 27, 23, 30, tzinfo=UTC)
    assert count(Period(14, "days"), date(2020, 1, 13), DENVER, CALENDARS).closes_at == datetime(
        2020, 1, 28, 7, tzinfo=UTC
    )


def test_a_closed_office_is_told_with_its_reason() -> None:
    steps = read(
        Period(14, "days", cite="Fed. R. Civ. P. 6(a)(1)"), date(2020, 1, 13),
        closures=[Closure(date(2020, 1, 27), date(2020, 1, 28), "snow")],
    )  # fmt: skip
    assert steps[-4:] == [
        "The clerk's office was inaccessible on Monday 27 January 2020: snow.",
        "On Tuesday 28 January 2020 it was still inaccessible.",
        "The time is extended to the first accessible working day: Wednesday 29 January 2020.",
        "Due Wednesday 29 January 2020, by the end of that day in America/Denver.",
    ]


def test_an_open_question_is_said_with_both_ends_and_its_authorities() -> None:
    counted = count(Period(14, "days", cite="Fed. R. Civ. P. 6(a)(1)"), date(2024, 12, 26), DENVER, CALENDARS)
    assert counted.due == date(2025, 1, 9)
    assert "is taken as a working day, though it is National Day of Mourning" in " ".join(s.text for s in counted.steps)
    warning = " ".join(counted.warnings)
    assert "the end is Friday 10 January 2025" in warning
    assert "Latham v. Dominick's" in warning
    assert "Ninth Circuit" in warning
    assert counted.otherwise[0].cite.startswith("Executive Order 14133")


def test_an_open_question_that_changes_nothing_is_not_raised() -> None:
    counted = count(Period(20, "days"), date(2024, 12, 26), DENVER, CALENDARS)
    assert counted.otherwise == ()
    assert counted.warnings == ()


def test_days_are_told_in_the_order_in_which_they_are_counted() -> None:
    steps = read(Period(21, "days", "before"), date(2007, 9, 22))
    told = [text for text in steps if "counted, because" in text]
    assert [text.split(":")[0] for text in told] == [
        "Saturday 15 and Sunday 16 September 2007",
        "Saturday 8 and Sunday 9 September 2007",
        "Monday 3 September 2007 is Labor Day",
        "Sunday 2 September 2007",
    ]
