"""Calendars are dated data: each exception has its source, each state its own rule for weekends, and offices add theirs."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from duly.clock import ClockError, Period, calendar_changes, count, load_calendars

CALENDARS = load_calendars()
SHIPPED = [name for name in CALENDARS.ids if CALENDARS.calendar(name).file]


def test_every_state_has_a_calendar_and_says_whether_it_was_compared_with_the_law() -> None:
    for state in holidays.US.subdivisions:
        calendar = CALENDARS.calendar(f"us-{state.lower()}")
        assert calendar.title and calendar.source
    counted = count(Period(3, "days", calendars=("us-wy",)), date(2026, 3, 2), "America/Denver", CALENDARS)
    assert any("has not been compared with the law" in warning for warning in counted.warnings)
    assert not count(Period(3, "days"), date(2026, 3, 2), "America/Denver", CALENDARS).warnings


@pytest.mark.parametrize("name", SHIPPED)
def test_every_entry_of_every_file_has_its_source(name: str) -> None:
    for year in range(1990, 2041):
        for day, entries in CALENDARS.year((name,), year).items():
            for entry in entries:
                assert entry.name and entry.source, (name, day)
                assert entry.effect != "contested" or entry.note, (name, day, "contested, and not said why")


def test_federal_holidays_are_those_of_the_package_in_every_year() -> None:
    for year in range(1971, 2060):
        ours = {
            day
            for day, entries in CALENDARS.year(("us-federal",), year).items()
            if any(entry.effect == "legal holiday" for entry in entries)
        }
        assert ours == set(holidays.US(years=year)), year


def test_executive_order_closures_are_contested_and_not_holidays() -> None:
    days = [
        "2018-12-05",
        "2018-12-24",
        "2019-12-24",
        "2020-12-24",
        "2024-12-24",
        "2025-01-09",
        "2025-12-24",
        "2025-12-26",
    ]
    for day in map(date.fromisoformat, days):
        (entry,) = CALENDARS.entries(day, ["us-federal"])
        assert (entry.effect, "Executive Order" in entry.source) == ("contested", True), day
        assert CALENDARS.holiday(day, ["us-federal"]) is None
        assert CALENDARS.is_working_day(day, ["us-federal"])


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        ("2021-12-24", "us-federal", "Christmas Day (observed)"),
        ("2021-12-31", "us-federal", "New Year's Day (observed)"),
        ("2021-12-24", "us-co", None),  # C.R.S. 24-11-101(2) moves Sundays only
        ("2022-12-26", "us-co", "Christmas Day (observed)"),
        ("2024-10-07", "us-co", "Frances Xavier Cabrini Day"),
        ("2019-10-14", "us-co", "Columbus Day"),
        ("2024-10-14", "us-co", None),
        ("2025-03-31", "us-co", None),  # Cesar Chavez Day is optional
        ("2026-01-19", "us-tx", "Confederate Heroes Day"),
        ("2026-04-03", "us-tx", None),  # Good Friday is optional
        ("2026-07-03", "us-tx", None),  # section 662.003 moves nothing
        ("2026-11-27", "us-tx", "Friday After Thanksgiving"),
        ("2026-02-12", "us-ca", "Lincoln Day"),
        ("2022-09-23", "us-ca", "Native American Day"),
        ("2021-09-24", "us-ca", None),
        ("2021-10-11", "us-ca", "Columbus Day"),
        ("2022-10-10", "us-ca", None),
        ("2026-10-12", "us-fl", None),
        ("2026-06-19", "us-fl", None),
        ("2026-04-20", "us-ma", "Patriots' Day"),
        ("2026-07-03", "us-ma", None),
        ("2025-11-04", "us-ny", "Election Day"),
        ("2026-02-12", "us-ny", "Lincoln's Birthday"),
        ("2026-07-03", "us-or", "Independence Day (observed)"),
        ("2025-01-20", "us-federal", "Martin Luther King Jr. Day"),
        ("2013-01-21", "us-dc", "Inauguration Day (observed)"),
    ],
)
def test_a_day_is_a_holiday_where_the_law_says_so(day: str, name: str, expected: str | None) -> None:
    found = CALENDARS.entries(date.fromisoformat(day), [name])
    names = [entry.name for entry in found if entry.effect == "legal holiday"]
    assert (expected in names) if expected else names == []


def test_inauguration_day_falls_every_fourth_year_and_moves_off_a_sunday() -> None:
    found = [
        day
        for year in range(2008, 2030)
        for day, entries in CALENDARS.year(("us-federal-dc",), year).items()
        if any("Inauguration" in entry.name for entry in entries) and day.weekday() < 5
    ]
    assert found == [date(2009, 1, 20), date(2013, 1, 21), date(2017, 1, 20), date(2021, 1, 20), date(2025, 1, 20)] + [
        day for day in [date(2029, 1, 20)] if day.weekday() < 5
    ]


def write(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_office_adds_a_closure_and_settles_a_contested_day(tmp_path: Path) -> None:
    write(
        tmp_path,
        "us-federal",
        '[[dated]]\ndate = 2025-01-09\nname = "National Day of Mourning"\nsource = "General Order 25-1"\n',
    )
    write(
        tmp_path, "denver-county-court",
        'title = "Denver County Court"\nsource = "Chief Judge Order 2020-1"\nincludes = ["us-co"]\nchecked = "the order"\n'
        '[[dated]]\ndate = 2020-01-27\nname = "Move of the clerk\'s office"\neffect = "office closure"\nsource = "Order 2020-1"\n'
        '[[dated]]\ndate = 2020-02-17\nname = "open"\neffect = "working day"\nsource = "Order 2020-1"\n',
    )  # fmt: skip
    mine = load_calendars(tmp_path)
    assert count(Period(14, "days"), date(2024, 12, 26), "America/Denver", mine).due == date(2025, 1, 10)
    assert mine.is_working_day(date(2020, 2, 17), ["denver-county-court"])
    court = Period(10, "court days", calendars=("denver-county-court",))
    business = Period(10, "business days", calendars=("denver-county-court",))
    start = date(2020, 1, 13)
    assert count(court, start, "America/Denver", mine).due == date(2020, 1, 29)
    counted = count(business, start, "America/Denver", mine)
    assert (counted.due, [other.due for other in counted.otherwise]) == (date(2020, 1, 28), [date(2020, 1, 29)])


def test_what_changed_in_the_calendars_is_listed_day_by_day(tmp_path: Path) -> None:
    write(tmp_path, "us-co", '[[dated]]\ndate = 2026-05-01\nname = "Day of the Governor"\nsource = "Proclamation"\n')
    changes = calendar_changes(CALENDARS, load_calendars(tmp_path), date(2026, 1, 1), date(2026, 12, 31))
    assert [str(change) for change in changes] == [
        "us-co, Friday 1 May 2026: a plain day, now Day of the Governor (legal holiday)."
    ]
    assert calendar_changes(CALENDARS, CALENDARS, date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "not readable as TOML"),
        ('title = "x"', "needs a title and a source"),
        ('title = "x"\nsource = "y"\nholidays = []', "Unknown key “holidays”"),
        ('title = "x"\nsource = "y"\nincludes = ["us-atlantis"]', "includes “us-atlantis”"),
        ('title = "x"\nsource = "y"\nincludes = ["office"]', "includes itself"),
        ('title = "x"\nsource = "y"\nobserved = "never"', "no rule of observance"),
        ('title = "x"\nsource = "y"\n[[dated]]\ndate = "2025-01-09"\nname = "n"\nsource = "s"', "needs `date`"),
        ('title = "x"\nsource = "y"\n[[dated]]\ndate = 2025-01-09\nname = "n"', "needs a name and a source"),
        ('title = "x"\nsource = "y"\n[[dated]]\ndate = 2025-01-09\nname = "n"\nsource = "s"\neffect = "maybe"', "is no effect"),
        ('title = "x"\nsource = "y"\n[[recurring]]\nname = "n"\nmonth = 3', "is given by month and day"),
        ('title = "x"\nsource = "y"\n[[recurring]]\nname = "n"\nmonth = 3\nweekday = "Someday"\nnth = 1', "no day of the week"),
        ('title = "x"\nsource = "y"\n[[recurring]]\nname = "n"\nmonth = 2\nday = 30', "no such day"),
        ('title = "x"\nsource = "y"\n[[recurring]]\nname = "n"\nmonth = "May"\nday = 3', "not of the right kind"),
        ('title = "x"\nsource = "y"\nsince = "long ago"', "not of the right kind"),
    ],
)  # fmt: skip
def test_a_calendar_file_with_a_mistake_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ClockError, match=words) as refused:
        load_calendars(write(tmp_path, "office", text))
    assert refused.value.place is not None
    assert str(refused.value.place).startswith(str(tmp_path / "office.toml"))


def test_a_missing_folder_is_said() -> None:
    with pytest.raises(ClockError, match="does not exist"):
        load_calendars("/nonexistent/calendars")


def test_easter_is_right_for_a_century() -> None:
    """Known Easter Sundays; Good Friday is two days before."""
    known = {2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2019: (4, 21), 2025: (4, 20), 2038: (4, 25)}
    for year, (month, day) in known.items():
        friday = date(year, month, day) - timedelta(days=2)
        assert any(entry.name == "Good Friday" for entry in CALENDARS.entries(friday, ["us-pa"])), year
