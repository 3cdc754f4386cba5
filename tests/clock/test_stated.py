"""A date that the paper itself states stands as it is; what lies between, and what if it is no working day, is said."""

from datetime import UTC, date, datetime

from duly.clock import Period, count, explain_stated, load_calendars

CALENDARS = load_calendars()
DENVER = "America/Denver"


def test_a_stated_working_day_is_explained() -> None:
    counted = explain_stated(
        date(2020, 1, 27), date(2020, 1, 13), DENVER, CALENDARS, event="Served Monday 13 January 2020."
    )
    assert counted.due == date(2020, 1, 27)
    assert counted.warnings == ()
    assert counted.otherwise == ()
    assert counted.closes_at == datetime(2020, 1, 28, 7, tzinfo=UTC)
    assert [step.text for step in counted.steps] == [
        "Served Monday 13 January 2020.",
        "The paper itself states Monday 27 January 2020 (America/Denver). It is taken as it stands.",
        "That is 14 days after Monday 13 January 2020; the day of the event is not counted.",
        "Saturday 18 and Sunday 19 January 2020: on the way.",
        "Monday 20 January 2020 is Martin Luther King Jr. Day: on the way.",
        "Saturday 25 and Sunday 26 January 2020: on the way.",
        "Monday 27 January 2020 is a working day.",
    ]


def test_a_stated_holiday_does_not_move_by_itself() -> None:
    counted = explain_stated(date(2020, 1, 20), date(2020, 1, 13), DENVER, CALENDARS)
    assert counted.due == date(2020, 1, 20)
    assert [other.due for other in counted.otherwise] == [date(2020, 1, 21)]
    assert "act by Friday 17 January 2020" in counted.warnings[0]


def test_a_stated_moment_is_kept_on_the_offices_clock() -> None:
    stated = datetime(2020, 1, 18, 17, 0, tzinfo=UTC)
    counted = explain_stated(stated, datetime(2020, 1, 13, 16, tzinfo=UTC), DENVER, CALENDARS)
    assert counted.due == stated
    assert isinstance(counted.due, datetime)
    assert counted.due.hour == 10
    assert "5 days after" in counted.steps[1].text
    assert "121 hours" in counted.steps[1].text
    assert [other.due for other in counted.otherwise] == [datetime(2020, 1, 21, 17, 0, tzinfo=UTC)]


def test_a_date_before_the_paper_came_is_a_warning() -> None:
    counted = explain_stated(date(2020, 1, 10), date(2020, 1, 13), DENVER, CALENDARS)
    assert "before Monday 13 January 2020, when it arrived" in counted.warnings[0]
    assert "3 days before" in counted.steps[1].text


def test_hardly_any_time_is_a_warning() -> None:
    assert "no full day" in explain_stated(date(2020, 1, 13), date(2020, 1, 13), DENVER, CALENDARS).warnings[0]
    assert "one day" in explain_stated(date(2020, 1, 14), date(2020, 1, 13), DENVER, CALENDARS).warnings[0]


def test_a_contested_day_stated_by_the_paper_is_said() -> None:
    counted = explain_stated(date(2025, 1, 9), date(2024, 12, 26), DENVER, CALENDARS)
    assert "National Day of Mourning" in counted.warnings[0]


def test_what_the_paper_states_and_what_the_rule_counts_can_be_compared() -> None:
    stated = explain_stated(date(2020, 1, 16), date(2020, 1, 13), DENVER, CALENDARS)
    counted = count(Period(14, "days"), date(2020, 1, 13), DENVER, CALENDARS)
    assert stated.closes_at is not None and counted.closes_at is not None
    assert stated.closes_at < counted.closes_at


def test_a_date_certain_is_not_computed_as_the_note_of_2009_says() -> None:
    """Committee Note to the 2009 amendment of Fed. R. Civ. P. 6: where filing is due "no later than November 1, 2007,"
    subdivision (a) does not govern. The day was a Thursday; a Saturday would stand as well."""
    counted = explain_stated(date(2007, 11, 1), date(2007, 10, 1), "America/New_York", CALENDARS)
    assert (counted.due, counted.otherwise) == (date(2007, 11, 1), ())
    assert explain_stated(date(2007, 11, 3), date(2007, 10, 1), DENVER, CALENDARS).due == date(2007, 11, 3)


def test_ten_old_days_usually_ended_with_fourteen_new_ones() -> None:
    """The same note: "a 10-day period and a 14-day period that started on the same day usually ended on the same day"."""
    for day in range(5, 10):
        began = date(2009, 10, day + 14)
        if began.weekday() < 5:
            old = count(Period(10, "days excluding weekends and holidays when under 11"), began, DENVER, CALENDARS)
            assert old.due == count(Period(14, "days"), began, DENVER, CALENDARS).due
