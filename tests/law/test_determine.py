"""How rules make an outcome: layers, force, overrides, dates, definitions, precedents, and what the proof then says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from writing import WORDS, block, duty, enactment, facts_of, library_of

from duly.errors import DulyError
from duly.evidence import Evidence, Fact
from duly.law import Condition, Determination, determine, outcome
from duly.law.library import Library

ON = date(2020, 6, 1)
FILES = {
    "policy": "us/co/denver/policy.md",
    "local": "us/co/denver/act.md",
    "state": "us/co/act.md",
    "federal": "us/act.md",
}
PULLS = {
    "required": ("required", {}),
    "demand": ("required", {"force": "on court order", "ordered_when": "false"}),
    "ordered demand": ("required", {"force": "on court order", "ordered_when": '"court.order_entered"'}),
    "request": ("required", {"force": "request only"}),
    "permitted": ("permitted", {}),
    "permitted notwithstanding": ("permitted", {"notwithstanding": "true"}),
    "forbidden": ("forbidden", {}),
}


def library_with(rules: list[tuple[str, str]]) -> Library:
    texts: dict[str, str] = {}
    for number, (layer, pull) in enumerate(rules):
        file = FILES[layer]
        modality, keys = PULLS[pull]
        texts[file] = texts.get(file, "") + duty(f"{file.rsplit('/', 1)[0]}/{number}", modality, **keys)
    return library_of({file: enactment(text, "policy" if "policy" in file else None) for file, text in texts.items()})


def layer_table() -> list[tuple[list[tuple[str, str]], str]]:
    lines = (Path(__file__).parent / "layers.tsv").read_text().splitlines()[1:]
    table = []
    for line in lines:
        rules, expected = line.split("\t")
        pairs = [part.strip().split(": ") for part in rules.split(";") if part.strip()]
        table.append(([(layer, pull) for layer, pull in pairs], expected))
    return table


@pytest.mark.parametrize(("rules", "expected"), layer_table(), ids=lambda part: str(part)[:60])
def test_layers_and_force_decide_as_the_table_says(rules: list[tuple[str, str]], expected: str) -> None:
    answer = determine(library_with(rules), "us/co/denver", "produce", facts_of(court__order_entered=True), ON)
    assert answer.outcome == expected
    assert answer.possible == (expected,)
    assert answer.decisive == ()
    assert len(answer.applied) + len(answer.considered) == len(rules)
    if rules:
        assert answer.applied and all(rule.role == "applies" for rule in answer.applied)
    if expected == "contested":
        assert answer.applied[0].direction == "forbidden"
        assert {rule.direction for rule in answer.applied} > {"forbidden"}


def test_no_rule_of_another_state_is_considered() -> None:
    library = library_of({"us/tx/act.md": enactment(duty("us/tx/r", "required"))})
    answer = determine(library, "us/co/denver", "produce", {}, ON)
    assert answer.outcome == "unregulated"
    assert answer.applied == answer.considered == ()


def test_the_law_is_that_of_the_date_asked_and_its_last_day_is_excluded() -> None:
    library = library_of(
        {
            "us/act.md": enactment(
                duty("us/old", "forbidden", in_force="[2010-01-01, 2020-01-01]")
                + duty("us/new", "required", in_force="[2020-01-01, null]")
            )
        }
    )
    on = {
        day: outcome(library, "us", "produce", {}, day)
        for day in (date(2009, 12, 31), date(2019, 12, 31), date(2020, 1, 1))
    }
    assert list(on.values()) == ["unregulated", "forbidden", "required"]


def test_an_override_removes_a_rule_only_while_the_overriding_rule_itself_applies() -> None:
    rules = duty("us/general", "forbidden") + duty(
        "us/special", "permitted", "matter.criminal", overrides="[us/general]"
    )
    library = library_of({"us/act.md": enactment(rules)})
    assert outcome(library, "us", "produce", facts_of(matter__criminal=True), ON) == "permitted"
    assert outcome(library, "us", "produce", facts_of(matter__criminal=False), ON) == "forbidden"
    answer = determine(library, "us", "produce", facts_of(matter__criminal=True), ON)
    [general] = [rule for rule in answer.considered if rule.rule == "us/general"]
    assert (general.role, general.because) == ("overridden", "Act 1 (us/special) overrides it")


def test_a_rule_whose_overrider_is_itself_overridden_stands_again() -> None:
    rules = (
        duty("us/a", "forbidden")
        + duty("us/b", "permitted", overrides="[us/a]")
        + duty("us/c", "required", "matter.criminal", force="request only", overrides="[us/b]")
    )
    library = library_of({"us/act.md": enactment(rules)})
    assert outcome(library, "us", "produce", facts_of(matter__criminal=True), ON) == "forbidden"
    assert outcome(library, "us", "produce", facts_of(matter__criminal=False), ON) == "permitted"


def test_an_override_speaks_only_for_the_acts_that_its_rule_names() -> None:
    rules = duty("us/a", "forbidden", act="[produce, hold]") + duty("us/b", "permitted", act="hold", overrides="[us/a]")
    library = library_of({"us/act.md": enactment(rules)})
    assert outcome(library, "us", "hold", {}, ON) == "permitted"
    assert outcome(library, "us", "produce", {}, ON) == "forbidden"


def test_an_override_not_yet_in_force_removes_nothing() -> None:
    rules = duty("us/a", "forbidden") + duty("us/b", "permitted", overrides="[us/a]", in_force="[2021-01-01, null]")
    library = library_of({"us/act.md": enactment(rules)})
    assert outcome(library, "us", "produce", {}, ON) == "forbidden"
    assert outcome(library, "us", "produce", {}, date(2021, 1, 1)) == "permitted"


# What is not known


def test_a_condition_that_holds_either_way_is_not_unknown() -> None:
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", "matter.criminal OR NOT matter.criminal"))})
    answer = determine(library, "us", "produce", {}, ON)
    assert (answer.outcome, answer.possible) == ("forbidden", ("forbidden",))
    assert answer.applied[0].because == "its condition holds, whatever the unknown facts are"


def test_two_rules_that_cover_both_answers_settle_the_outcome_together() -> None:
    rules = duty("us/a", "forbidden", "matter.criminal") + duty("us/b", "forbidden", "NOT matter.criminal")
    answer = determine(library_of({"us/act.md": enactment(rules)}), "us", "produce", {}, ON)
    assert answer.outcome == "forbidden"
    assert {rule.role for rule in answer.applied} == {"may apply"}


def test_all_choices_together_leave_nothing_open() -> None:
    when = "office.kind = 'sheriff' OR office.kind IN ('employer', 'school')"
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", when))})
    assert outcome(library, "us", "produce", {}, ON) == "forbidden"


def test_a_fact_that_cannot_change_the_outcome_is_not_asked_for() -> None:
    rules = duty("us/a", "forbidden", "matter.criminal AND paper.pages > 1") + duty(
        "us/b", "permitted", "court.order_entered"
    )
    answer = determine(
        library_of({"us/act.md": enactment(rules)}), "us", "produce", facts_of(matter__criminal=False), ON
    )
    assert answer.decisive == (("court.order_entered",),)
    assert set(answer.possible) == {"permitted", "unregulated"}


def test_questions_come_cheapest_first() -> None:
    library = library_of(
        {"us/act.md": enactment(duty("us/r", "forbidden", "matter.criminal AND paper.signed_by_judge"))}
    )
    answer = determine(library, "us", "produce", {}, ON)
    assert answer.decisive == (("paper.signed_by_judge", "matter.criminal"),)
    assert "Is the paper signed by a judge? Is the matter criminal?" in answer.summary


def test_either_of_two_facts_settles_what_rests_on_whichever_is_known() -> None:
    when = "COALESCE(paper.signed_by_judge, matter.criminal)"
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", when))})
    answer = determine(library, "us", "produce", {}, ON)
    assert answer.decisive == (("paper.signed_by_judge",), ("matter.criminal",))


def test_a_value_taken_for_an_unknown_fact_is_shown_as_an_assumption() -> None:
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", "NOT COALESCE(matter.criminal, FALSE)"))})
    answer = determine(library, "us", "produce", {}, ON)
    assert answer.outcome == "forbidden"
    [assumed] = answer.assumptions
    assert (assumed.name, assumed.value, assumed.evidence.method) == ("matter.criminal", False, "assumed")


def test_a_fact_that_the_caller_assumed_is_shown_as_an_assumption() -> None:
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", "matter.criminal"))})
    assumed = {"matter.criminal": Fact("matter.criminal", True, Evidence("assumed"))}
    assert determine(library, "us", "produce", assumed, ON).assumptions == (assumed["matter.criminal"],)


# Definitions


def define(id: str, name: str, meaning: str) -> str:
    return block(
        "define",
        id=id,
        name=name,
        cite=f"Act ({id})",
        in_force="[2000-01-01, null]",
        **{"as": f'"{meaning}"'},
        text=WORDS,
    )


def test_a_definition_reaches_down_and_never_up() -> None:
    library = library_of(
        {
            "us/act.md": enactment(define("us/d", "paper.is_judicial", "paper.signed_by_judge") + duty("us/r", "required", "paper.is_judicial")),
            "us/co/act.md": enactment(define("us/co/d", "paper.is_judicial", "matter.criminal") + duty("us/co/r", "forbidden", "paper.is_judicial")),
            "us/co/denver/act.md": enactment(duty("us/co/denver/r", "permitted", "paper.is_judicial")),
        }
    )  # fmt: skip
    answer = determine(
        library, "us/co/denver", "produce", facts_of(paper__signed_by_judge=True, matter__criminal=False), ON
    )
    roles = {rule.rule: rule.role for rule in (*answer.applied, *answer.considered)}
    assert roles == {"us/r": "applies", "us/co/r": "not apply", "us/co/denver/r": "not apply"}


def test_an_offices_policy_does_not_redefine_its_citys_words() -> None:
    library = library_of(
        {
            "us/co/denver/act.md": enactment(define("us/co/denver/d", "paper.is_good", "matter.criminal") + duty("us/co/denver/r", "forbidden", "paper.is_good")),
            "us/co/denver/policy.md": enactment(define("us/co/denver/p", "paper.is_good", "NOT matter.criminal") + duty("us/co/denver/q", "required", "paper.is_good"), "policy"),
        }
    )  # fmt: skip
    assert outcome(library, "us/co/denver", "produce", facts_of(matter__criminal=True), ON) == "forbidden"
    assert outcome(library, "us/co/denver", "produce", facts_of(matter__criminal=False), ON) == "required"


def test_a_stated_derived_fact_counts_where_its_definition_leaves_it_open_and_only_there() -> None:
    text = define("us/d", "paper.is_judicial", "paper.signed_by_judge") + duty("us/r", "forbidden", "paper.is_judicial")
    library = library_of({"us/act.md": enactment(text)})
    stated = facts_of(paper__is_judicial=True)
    assert outcome(library, "us", "produce", {}, ON) == "undetermined"
    assert outcome(library, "us", "produce", stated, ON) == "forbidden"
    both = stated | facts_of(paper__signed_by_judge=False)
    answer = determine(library, "us", "produce", both, ON)
    assert answer.outcome == "unregulated"
    [rule] = answer.considered
    assert rule.when is not None and "the definition counts" in rule.when.english


def test_a_derived_fact_without_a_definition_here_is_asked_for_itself() -> None:
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", "paper.is_judicial"))})
    assert determine(library, "us", "produce", {}, ON).decisive == (("paper.is_judicial",),)


# Precedents


def precedent(id: str, holding: str, **keys: object) -> str:
    whole: dict[str, object] = {
        "id": id, "name": f"Case {id}", "cite": "1 U.S. 1", "court": "a court", "decided": "2010-01-01",
        "in_force": "[2010-01-01, null]", "act": "produce", "when": "true", "holding": holding, "binds": "[us]",
        "status": "good", "text": WORDS,
    }  # fmt: skip
    return block("precedent", **(whole | keys))


CONTEST = {
    "us/act.md": duty("us/demand", "required", force="on court order", ordered_when="false"),
    "us/co/act.md": duty("us/co/ban", "forbidden"),
}


def contest(*precedents: str, office: str = "us/co/denver", on: date = ON) -> Determination:
    texts = {file: enactment(text) for file, text in CONTEST.items()}
    texts["us/cases.md"] = enactment("".join(precedents))
    return determine(library_of(texts), office, "produce", {}, on)


SETTLES = {"settles": "[us/demand, us/co/ban]"}


@pytest.mark.parametrize(
    ("holding", "expected"),
    [("required", "required"), ("demanded", "demanded"), ("permitted", "permitted"), ("forbidden", "forbidden")],
)
def test_a_binding_precedent_that_settles_the_point_decides_a_contest(holding: str, expected: str) -> None:
    answer = contest(precedent("us/p", holding, **SETTLES))
    assert answer.outcome == expected
    [point] = answer.precedents
    assert point.binding and point.settles
    assert "Case us/p, 1 U.S. 1, settles the point." in answer.summary
    losers = [rule for rule in answer.considered if rule.role == "beaten"]
    assert losers and all("settles the point against it" in rule.because for rule in losers)


@pytest.mark.parametrize(
    "keys",
    [
        {"binds": "{circuit: 5}"},
        {"binds": "[us/tx]"},
        {"binds": "parties", "parties": "[us/tx]"},
        {"status": "reversed", "by": "a higher court"},
        {"status": "questioned"},
        {"settles": "[]"},
        {"when": '"matter.criminal AND NOT matter.criminal"'},
        {"decided": "2021-01-01"},
    ],
)
def test_a_precedent_that_does_not_bind_here_or_settles_nothing_leaves_the_contest(keys: dict[str, object]) -> None:
    assert contest(precedent("us/p", "required", **(SETTLES | keys))).outcome == "contested"


@pytest.mark.parametrize("binds", ["[us]", "{circuit: 10}", "[{circuit: 5}, {circuit: 10}]", "us/co"])
def test_a_precedent_binds_by_chain_or_circuit(binds: str) -> None:
    assert contest(precedent("us/p", "required", binds=binds, **SETTLES)).outcome == "required"


def test_a_party_is_bound_and_nobody_else() -> None:
    text = precedent("us/p", "required", binds="parties", parties="[us/co/denver]", **SETTLES)
    assert contest(text).outcome == "required"
    answer = contest(text, office="us/co")
    assert answer.outcome == "contested"
    assert answer.precedents[0].because == "binds its parties; persuasive here"


def test_two_binding_precedents_that_disagree_leave_the_contest() -> None:
    assert (
        contest(precedent("us/p", "required", **SETTLES), precedent("us/q", "forbidden", **SETTLES)).outcome
        == "contested"
    )


def test_a_precedent_was_good_before_it_was_superseded() -> None:
    text = precedent("us/p", "required", status="superseded", status_from="2019-01-01", by="Case B", **SETTLES)
    assert contest(text, on=date(2018, 12, 31)).outcome == "required"
    answer = contest(text)
    assert answer.outcome == "contested"
    assert answer.precedents[0].status == "superseded"
    assert "superseded by Case B" in answer.precedents[0].because


def test_a_precedent_settles_nothing_where_the_point_is_not_contested() -> None:
    texts = {
        "us/co/act.md": enactment(CONTEST["us/co/act.md"]),
        "us/act.md": enactment(duty("us/demand", "required", "matter.criminal", force="on court order")),
    }
    texts["us/cases.md"] = enactment(precedent("us/p", "required", **SETTLES))
    answer = determine(library_of(texts), "us/co/denver", "produce", facts_of(matter__criminal=False), ON)
    assert answer.outcome == "forbidden"
    assert not answer.precedents[0].settles


def test_binding_precedents_come_before_persuasive_ones_and_those_before_superseded_ones() -> None:
    answer = contest(
        precedent("us/old", "required", status="superseded"),
        precedent("us/far", "required", binds="{circuit: 5}"),
        precedent("us/near", "required", binds="{circuit: 10}"),
    )
    assert [point.rule for point in answer.precedents] == ["us/near", "us/far", "us/old"]


# What comes in, and what the proof says


def test_a_fact_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(DulyError, match=r"no fact “paper\.color”"):
        determine(library_of({}), "us", "produce", facts_of(paper__color="red"), ON)


@pytest.mark.parametrize("value", ["yes", 1, 0, date(2020, 1, 1)])
def test_a_value_of_another_type_is_refused(value: object) -> None:
    fact = {"matter.criminal": Fact("matter.criminal", value, Evidence("person"))}  # type: ignore[arg-type]  # the point
    with pytest.raises(DulyError, match="is a boolean"):
        determine(library_of({}), "us", "produce", fact, ON)


def test_an_unknown_act_and_an_unknown_office_are_refused() -> None:
    with pytest.raises(DulyError, match="no act"):
        determine(library_of({}), "us", "dance", {}, ON)
    with pytest.raises(DulyError, match="no rulebook"):
        determine(library_of({}), "us/zz", "produce", {}, ON)


def leaves(condition: Condition) -> list[Condition]:
    return [leaf for part in condition.parts for leaf in leaves(part)] if condition.parts else [condition]


def test_every_leaf_of_a_proof_is_a_fact_with_its_source_or_a_question() -> None:
    when = "office.kind = 'sheriff' AND (matter.criminal OR NOT paper.signed_by_judge)"
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden", when, unless='"court.order_entered"'))})
    given = facts_of(office__kind="sheriff", matter__criminal=False)
    answer = determine(library, "us", "produce", given, ON)
    [rule] = answer.applied
    assert rule.when is not None and rule.unless is not None
    for leaf in (*leaves(rule.when), *leaves(rule.unless)):
        assert (leaf.facts and not leaf.unknown) or (leaf.unknown and leaf.truth is None)
        assert all(answer.facts[name] is given[name] for name in leaf.facts)
    assert answer.cites == ("Act 1 (us/r)",)


def test_why_a_rule_does_not_apply_is_said_as_what_is_the_case() -> None:
    library = library_of(
        {"us/act.md": enactment(duty("us/r", "forbidden", "paper.signed_by_judge AND matter.criminal"))}
    )
    answer = determine(library, "us", "produce", facts_of(paper__signed_by_judge=False, matter__criminal=True), ON)
    assert answer.considered[0].because == "the paper is not signed by a judge"


def test_the_same_question_gives_the_same_answer() -> None:
    library = library_with([("local", "forbidden"), ("federal", "demand")])
    first, second = (determine(library, "us/co/denver", "produce", {}, ON) for _ in range(2))
    assert first == second
