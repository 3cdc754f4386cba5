"""Naive times are refused; hours that the clocks leave out or repeat are handled and said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from duly.clock import (
    ClockError,
    Closure,
    Extension,
    Period,
    Tolling,
    count,
    explain_stated,
    load_calendars,
    local_moment,
)

CALENDARS = load_calendars()
DENVER = "America/Denver"


def test_a_moment_without_a_zone_is_refused_with_a_sentence() -> None:
    naive = datetime(2020, 1, 10, 15, tzinfo=UTC).replace(tzinfo=None)
    for act in (
        lambda: count(Period(48, "hours"), naive, DENVER, CALENDARS),
        lambda: count(Period(14, "days"), naive, DENVER, CALENDARS),
        lambda: explain_stated(naive, date(2020, 1, 13), DENVER, CALENDARS),
    ):
        with pytest.raises(ClockError, match="does not say in which time zone it is") as refused:
            act()
        assert refused.value.code == "naive-moment"
        assert "2020-01-10T15:00:00-07:00" in refused.value.remedy


def test_hours_cannot_be_counted_from_a_day() -> None:
    with pytest.raises(ClockError, match="needs the time of day of its event") as refused:
        count(Period(48, "hours"), date(2020, 1, 10), DENVER, CALENDARS)
    assert refused.value.code == "needs-moment"


def test_a_time_that_the_clocks_left_out_is_refused() -> None:
    with pytest.raises(ClockError, match="never showed 02:30") as refused:
        local_moment(date(2020, 3, 8), time(2, 30), DENVER)
    assert refused.value.code == "nonexistent-time"


def test_a_time_that_the_clocks_showed_twice_asks_which() -> None:
    with pytest.raises(ClockError, match="twice"):
        local_moment(date(2020, 11, 1), time(1, 30), DENVER)
    first = local_moment(date(2020, 11, 1), time(1, 30), DENVER, "first")
    second = local_moment(date(2020, 11, 1), time(1, 30), DENVER, "second")
    assert (first.utcoffset(), second.utcoffset()) == (timedelta(hours=-6), timedelta(hours=-7))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_an_ordinary_time_is_taken_as_written() -> None:
    assert local_moment(date(2020, 1, 10), time(15), DENVER) == datetime(2020, 1, 10, 22, tzinfo=UTC)


def test_the_same_time_on_a_day_that_leaves_it_out_is_the_first_after_the_gap() -> None:
    """Lebanon puts its clocks forward at midnight: 00:30 on Sunday 27 March 2022 did not exist, and it was no day off there."""
    period = Period(1, "days")
    counted = count(period, date(2022, 3, 26), "Asia/Beirut", CALENDARS)
    assert counted.due == date(2022, 3, 28)
    end = count(
        Period(24, "hours", roll="none"),
        datetime(2022, 3, 26, 0, 30, tzinfo=ZoneInfo("Asia/Beirut")),
        "Asia/Beirut",
        CALENDARS,
    )
    assert end.due == datetime(2022, 3, 27, 1, 30, tzinfo=ZoneInfo("Asia/Beirut"))
    assert any("put forward by 1 hour" in step.text for step in end.steps)


def test_service_days_carry_the_time_over_a_gap_and_say_so() -> None:
    start = datetime(2022, 3, 21, 0, 30, tzinfo=ZoneInfo("Asia/Beirut"))
    period = Period(72, "hours", service_additions=(("mail", 3),), roll="none")
    counted = count(period, start, "Asia/Beirut", CALENDARS, served_by="mail")
    assert counted.due == datetime(2022, 3, 27, 1, 30, tzinfo=ZoneInfo("Asia/Beirut"))
    assert any("leave out 00:30 on Sunday 27 March 2022" in step.text for step in counted.steps)


def test_an_hour_in_the_repeated_hour_is_told_apart() -> None:
    first = datetime(2020, 11, 1, 7, 30, tzinfo=UTC)
    ends = [count(Period(1, "hours", roll="none"), first + timedelta(hours=n), DENVER, CALENDARS).due for n in (0, 1)]
    assert isinstance(ends[0], datetime) and isinstance(ends[1], datetime)
    assert ends[1].astimezone(UTC) - ends[0].astimezone(UTC) == timedelta(hours=1)
    assert (ends[0].hour, ends[0].fold, ends[1].hour) == (1, 1, 2)


@pytest.mark.parametrize(
    ("period", "more", "words"),
    [
        (Period(14, "days", calendars=("us-atlantis",)), {}, "There is no calendar “us-atlantis”"),
        (Period(-1, "days"), {}, "cannot be counted"),
        (Period(10**9, "days"), {}, "cannot be counted"),
        (Period(10**9, "hours"), {}, "cannot be counted"),
        (Period(5, "days", "before"), {"tolled": [Tolling(date(2020, 1, 8), date(2020, 1, 9))]}, "cannot be tolled"),
        (Period(5, "days"), {"tolled": [Tolling(date(2020, 1, 9), date(2020, 1, 8))]}, "ends before it begins"),
        (Period(5, "days"), {"tolled": [Tolling(datetime(2020, 1, 9, tzinfo=UTC))]}, "tolled by whole days"),
        (Period(2, "days"), {"closures": [Closure(datetime(2020, 1, 15, tzinfo=UTC), datetime(2020, 1, 16, tzinfo=UTC))]}, "not by hours of it"),
        (Period(2, "days"), {"closures": [Closure(datetime(2020, 1, 15, tzinfo=UTC))]}, "needs both"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused_with_a_sentence_and_a_remedy(
    period: Period, more: dict[str, list[object]], words: str
) -> None:
    with pytest.raises(ClockError, match=words) as refused:
        count(period, date(2020, 1, 13), DENVER, CALENDARS, **more)  # type: ignore[arg-type]  # as count
    assert refused.value.remedy


def test_a_year_that_can_only_be_misread_is_refused() -> None:
    for year in (1, 202, 1820, 2999, 9999):
        with pytest.raises(ClockError, match="a digit may have been misread"):
            count(Period(14, "days"), date(year, 1, 13), DENVER, CALENDARS)


def test_an_unknown_zone_is_refused() -> None:
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(ClockError, match="no time zone named"):
            count(Period(1, "days"), date(2020, 1, 13), zone, CALENDARS)


def test_an_extension_is_either_to_a_date_or_by_a_length() -> None:
    for wrong in ({}, {"to": date(2020, 2, 1), "length": 3}):
        with pytest.raises(ClockError, match="either to a named date or by a length"):
            Extension(**wrong)  # type: ignore[arg-type]  # wrong on purpose
