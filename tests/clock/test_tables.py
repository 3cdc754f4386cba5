"""Every deadline question in the tables beside this file has its answer."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from duly.clock import Closure, Extension, Period, Tolling, count, load_calendars

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(case, id=case["id"])
    for name in ("deadlines.yaml", "more_deadlines.yaml")
    for case in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
]
CALENDARS = load_calendars()
ZONES = {"ca-72": "America/Los_Angeles", "frcp6-72-hours-dst": "America/New_York"}


def when(text: str | None) -> Any:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def period(case: dict[str, Any]) -> Period:
    named = case.get("calendars") or ([] if case.get("calendar") == "none" else [case.get("calendar", "us-federal")])
    # Where the tables say how a paper was served, they count by Rule 6(d).
    additions = case.get("additions") or ({"mail": 3} if "served_by" in case else {})
    return Period(
        length=case["length"],
        unit=case["unit"].replace("Saturdays, Sundays", "weekends"),
        direction=case["direction"],
        roll="none" if case.get("roll") == "none" else "next working day",
        calendars=tuple(named),
        service_additions=tuple(additions.items()),
        cite=case["rule"],
        calendars_after_only=tuple(case.get("after_only", ())),
    )


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_the_one_in_the_table(case: dict[str, Any]) -> None:
    counted = count(
        period(case),
        when(case["trigger"]),
        case.get("zone") or ZONES.get(case["id"], "America/Denver"),
        CALENDARS,
        served_by=case.get("served_by"),
        closures=[Closure(when(first), when(last)) for first, last in case.get("closures", [])],
        tolled=[Tolling(when(first), when(last)) for first, last in case.get("tolled", [])],
        extensions=[
            Extension(to=when(one.get("to")), length=one.get("length"), unit=one.get("unit", "days"))
            for one in case.get("extensions", [])
        ],
    )
    said = "\n".join(step.text for step in counted.steps)
    assert counted.due == when(case["expected"]), f"{case['reasoning']}\n{said}"
    assert [other.due for other in counted.otherwise] == [when(one) for one in case.get("otherwise", [])], said
    assert counted.steps
    if counted.due is not None:
        assert counted.closes_at is not None
        assert counted.closes_at.utcoffset() is not None
