"""The one sentence for the desk: what a court ordered, what yields to it, and how many answers are wanting."""

from __future__ import annotations

from datetime import date

from writing import duty, enactment, facts_of, library_of

from duly.law import determine

ON = date(2020, 1, 30)
BOTH = {
    "us/act.md": enactment(duty("us/demand", "required", title="The demand", force="on court order")),
    "us/co/act.md": enactment(duty("us/co/ban", "forbidden", "matter.criminal")),
}


def test_after_an_order_the_summary_says_that_a_court_ordered_it_and_what_yields() -> None:
    facts = facts_of(court__order_entered=True, court__order_covers_demand=True, matter__criminal=True)
    answer = determine(library_of(BOTH), "us/co", "produce", facts, ON)
    assert answer.outcome == "required"
    assert answer.summary.startswith("Required: a court has ordered compliance: the demand (Act 1 (us/demand)).")
    assert answer.summary.endswith("Act 1 (us/co/ban) forbids it and yields to the court's order.")


def test_a_prohibition_of_which_nobody_knows_whether_it_applies_need_not_be_looked_into_after_an_order() -> None:
    facts = facts_of(court__order_entered=True, court__order_covers_demand=True)
    answer = determine(library_of(BOTH), "us/co", "produce", facts, ON)
    assert "is not known and need not be: it would yield to the court's order." in answer.summary


def test_a_duty_above_a_local_ban_says_to_which_law_it_yields() -> None:
    library = library_of(
        {
            "us/co/act.md": enactment(duty("us/co/duty", "required")),
            "us/co/denver/act.md": enactment(duty("us/co/denver/ban", "forbidden")),
        }
    )
    answer = determine(library, "us/co/denver", "produce", {}, ON)
    assert answer.summary.endswith("Act 1 (us/co/denver/ban) forbids it and yields to state law.")


def test_many_questions_are_counted_and_the_cheapest_is_asked() -> None:
    when = "matter.criminal AND paper.signed_by_judge AND paper.pages > 1"
    answer = determine(library_of({"us/act.md": enactment(duty("us/r", "forbidden", when))}), "us", "produce", {}, ON)
    assert len(answer.decisive[0]) == 3
    assert "3 answers would settle it; the first to find out: How many pages has the paper?" in answer.summary
