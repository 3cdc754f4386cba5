"""What `law check` finds in law that loads, each time with a concrete case."""

from __future__ import annotations

from datetime import date

import pytest
from writing import WORDS, block, duty, enactment, library_of

from duly.clock import Calendars
from duly.law import Library, Problem, check, determine, outcome
from duly.law.analysis import as_facts
from duly.law.citations import unread_citations


def problems(texts: dict[str, str], name: str, calendars: Calendars | None = None) -> list[Problem]:
    return [problem for problem in check(library_of(texts), calendars) if problem.check == name]


def test_two_rules_of_one_layer_that_disagree_are_shown_with_a_case_on_which_they_do() -> None:
    rules = duty("us/a", "forbidden", "paper.signed_by_judge") + duty(
        "us/b", "required", "matter.criminal AND paper.pages > 2"
    )
    library = library_of({"us/act.md": enactment(rules)})
    [problem] = [each for each in check(library) if each.check == "contradiction"]
    assert problem.rules == ("us/a", "us/b")
    assert problem.example == {"paper.signed_by_judge": True, "matter.criminal": True, "paper.pages": 3}
    assert outcome(library, "us", "produce", as_facts(problem.example), problem.on or date.min) == "contested"
    assert (
        "the paper is signed by a judge and" in problem.message
        or "and the paper is signed by a judge" in problem.message
    )


@pytest.mark.parametrize(
    "rules",
    [
        duty("us/a", "forbidden", "matter.criminal") + duty("us/b", "required", "NOT matter.criminal"),
        duty("us/a", "forbidden", overrides="[us/b]") + duty("us/b", "required"),
        duty("us/a", "forbidden") + duty("us/b", "required", force="request only"),
        duty("us/a", "forbidden") + duty("us/b", "required", force="on court order", ordered_when="false"),
        duty("us/a", "forbidden", in_force="[2000-01-01, 2010-01-01]") + duty("us/b", "required", in_force="[2010-01-01, null]"),
        duty("us/a", "forbidden", "paper.served_on < DATE '2020-02-01'") + duty("us/b", "required", "paper.served_on >= DATE '2020-02-01'"),
        duty("us/a", "forbidden") + duty("us/b", "required", act="hold"),
    ],
)  # fmt: skip
def test_rules_that_cannot_meet_or_say_which_prevails_are_no_contradiction(rules: str) -> None:
    assert problems({"us/act.md": enactment(rules)}, "contradiction") == []


def test_rules_of_two_layers_or_of_two_states_are_no_contradiction() -> None:
    texts = {
        "us/act.md": enactment(duty("us/a", "forbidden")),
        "us/co/act.md": enactment(duty("us/co/a", "required")),
        "us/tx/act.md": enactment(duty("us/tx/a", "forbidden")),
    }
    assert problems(texts, "contradiction") == []


def test_a_demand_contradicts_a_prohibition_of_its_layer_only_once_ordered() -> None:
    demand = duty("us/b", "required", force="on court order", ordered_when='"court.order_entered"')
    [problem] = problems({"us/act.md": enactment(duty("us/a", "forbidden") + demand)}, "contradiction")
    assert problem.example == {"court.order_entered": True}


def test_a_rule_that_nothing_can_meet_is_named() -> None:
    texts = {
        "us/act.md": enactment(
            duty("us/a", "forbidden", "paper.pages > 3") + duty("us/b", "forbidden", "paper.pages > 2")
        )
    }
    assert [problem.rules for problem in problems(texts, "dead-rule")] == [("us/a",)]


def test_a_gap_in_what_an_enactment_means_to_cover_is_shown_with_a_case() -> None:
    text = enactment(duty("us/a", "forbidden", "matter.criminal AND NOT paper.signed_by_judge"))
    text = text.replace("source: a test", 'source: a test\ncovers: {produce: "matter.criminal"}')
    [problem] = problems({"us/act.md": text}, "gap")
    assert problem.example == {"matter.criminal": True, "paper.signed_by_judge": True}
    closed = text.replace(" AND NOT paper.signed_by_judge", "")
    assert problems({"us/act.md": closed}, "gap") == []


def period(id: str, when: str, **keys: object) -> str:
    whole: dict[str, object] = {
        "id": id, "kind": "period", "title": "Time", "cite": "Act 1", "in_force": "[2000-01-01, null]", "what": "Answer",
        "for": "answer", "when": f'"{when}"', "text": WORDS, "trigger": "paper.served_on", "length": 3, "unit": "days",
    }  # fmt: skip
    return block("rule", **(whole | keys))


def test_two_periods_for_one_thing_from_one_event_are_noted() -> None:
    both = period("us/a", "matter.criminal") + period("us/b", "paper.pages > 2")
    [problem] = problems({"us/act.md": enactment(both)}, "periods")
    assert problem.example == {"matter.criminal": True, "paper.pages": 3}
    apart = period("us/a", "matter.criminal") + period("us/b", "NOT matter.criminal")
    assert problems({"us/act.md": enactment(apart)}, "periods") == []


def test_overrides_that_remove_nothing_or_reach_upward_are_named() -> None:
    texts = {
        "us/act.md": enactment(duty("us/a", "forbidden") + duty("us/b", "permitted", act="hold", overrides="[us/a]")),
        "us/co/act.md": enactment(duty("us/co/c", "permitted", overrides="[us/a]")),
    }
    assert [problem.rules for problem in problems(texts, "override")] == [("us/b", "us/a"), ("us/co/c", "us/a")]


def test_a_derived_word_that_nothing_defines_here_is_named() -> None:
    assert [
        each.rules
        for each in problems({"us/act.md": enactment(duty("us/a", "forbidden", "paper.is_good"))}, "undefined")
    ] == [("us/a",)]


def test_a_case_that_comes_out_otherwise_is_an_error_at_its_line() -> None:
    case = block("case", name="It is forbidden", office="us", on="2020-01-01", expect="{produce: forbidden}")
    [problem] = problems({"us/act.md": enactment(case)}, "case")
    assert (problem.severity, problem.place.line) == ("error", 9)
    assert "should be forbidden, and is unregulated" in problem.message


def test_a_calendar_that_is_not_installed_is_named(calendars: Calendars) -> None:
    text = enactment(period("us/a", "true", calendars="[us-atlantis]"))
    assert any("us-atlantis" in each.message for each in problems({"us/act.md": text}, "calendar", calendars))


@pytest.mark.parametrize(
    "cite",
    [
        "8 U.S.C. § 1225(d)(4)(A), (B)", "8 C.F.R. § 287.7(d)", "C.R.S. § 24-76.6-102(2)", "C.R.S. 24-76.6-103", "D.R.M.C. § 28-250(a)(1)",
        "Fed. R. Civ. P. 45(d)(2)(B)", "Fed. R. Crim. P. 41", "Tex. Code Crim. Proc. art. 2A.060(a)(2)", "Tex. Gov't Code § 752.053",
        "Fla. Stat. § 908.105", "Cal. Gov. Code § 7284.6(a)(1)(C)", "Cal. Lab. Code § 90.2", "RCW 10.93.160(8)", "ORS 181A.826(3)",
        "N.C.G.S. § 162-62(b1)", "Conn. Gen. Stat. § 54-192h(e)(1)", "Iowa Code § 27A.2", "Miss. Code Ann. § 17-19-3", "5 ILCS 805/15",
        "445 F. Supp. 3d 1213", "745 F.3d 634 (3d Cir. 2014)", "477 Mass. 517", "No. 18-cv-30549", "DHS Form I-247A", "HB19-1124",
    ],
)  # fmt: skip
def test_the_forms_in_which_lawyers_cite_are_read(cite: str) -> None:
    assert unread_citations([cite]) == ()


@pytest.mark.parametrize("cite", ["the law", "see above", "Colorado statute", "§", "as everybody knows"])
def test_what_is_no_citation_is_not_read(cite: str) -> None:
    assert unread_citations([cite]) == (cite,)


def test_the_packaged_rulebooks_have_no_error(library: Library, calendars: Calendars) -> None:
    found = check(library, calendars)
    assert [str(problem) for problem in found if problem.severity == "error"] == []
    for problem in found:
        if problem.check == "contradiction" and problem.office and problem.on:
            act = next(iter(set(library.rule(problem.rules[0]).acts) & set(library.rule(problem.rules[1]).acts)))  # type: ignore[attr-defined]  # duties
            answers = [
                determine(library, problem.office, each, as_facts(problem.example), problem.on)
                for each in library.vocabulary.acts
            ]
            assert "contested" in {answer.outcome for answer in answers}, act
