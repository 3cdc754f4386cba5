"""One condition tree, several engines, one answer: also, and above all, where facts are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from writing import WORDS, block, duty, enactment, facts_of, library_of

from duly.errors import Place
from duly.evidence import Evidence, Fact, FactValue
from duly.law import determine, english
from duly.law.condition import (
    All,
    AnyOf,
    Case,
    Compare,
    Defined,
    Expression,
    FirstKnown,
    Name,
    Not,
    NotKnown,
    OneOf,
    Shift,
    Value,
)
from duly.law.determine import engine_for, possibilities
from duly.law.kleene import holds, saturated_shift, truth, value
from duly.law.library import Library
from duly.law.parsing import parse_condition
from duly.law.program import DETERMINED
from duly.law.python_code import compile_condition
from duly.law.rules import LAYERS, Duty
from duly.law.solver import exact_by_solver
from duly.law.sql import to_sql
from duly.law.table import determine_table

ON = date(2020, 6, 1)
VOCABULARY = library_of({}).vocabulary.facts
DAYS = [date(2020, 1, 29) + timedelta(days=number) for number in range(6)]
DOMAINS: dict[str, list[FactValue]] = {
    "office.kind": ["sheriff", "employer", "school"],
    "paper.kind": ["a", "b", "something else"],
    "paper.signed_by_judge": [True, False],
    "matter.criminal": [True, False],
    "court.order_entered": [True, False],
    "paper.served_on": list(DAYS),
    "paper.return_on": list(DAYS),
    "paper.pages": [0, 1, 2, 3],
    "paper.is_judicial": [True, False],
    "paper.is_good": [True, False],
}
PLAIN = [name for name in DOMAINS if not VOCABULARY[name].derived]

# Conditions, as a lawyer would write them

booleans = st.sampled_from(["paper.signed_by_judge", "matter.criminal", "court.order_entered"])
days = st.sampled_from([f"DATE '{day}'" for day in DAYS])
moved = st.sampled_from(
    [
        "",
        " + INTERVAL '1 month'",
        " - INTERVAL '1 month'",
        " + INTERVAL '2 days'",
        " - INTERVAL '1 year' + INTERVAL '1 year'",
    ]
)
operators = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
date_facts = st.sampled_from(["paper.served_on", "paper.return_on"])


def atoms(*, epistemic: bool, defined: bool = False) -> st.SearchStrategy[str]:
    dated = st.builds(
        lambda fact, shift, operator, day: f"{fact}{shift} {operator} {day}", date_facts, moved, operators, days
    )
    tied = st.builds(
        lambda shift, operator: f"paper.served_on{shift} {operator} paper.return_on",
        st.sampled_from(["", " + INTERVAL '1 day'", " + INTERVAL '2 days'"]),
        operators,
    )
    choices = [
        booleans,
        st.sampled_from(
            ["office.kind = 'sheriff'", "office.kind IN ('sheriff', 'school')", "office.kind <> 'employer'"]
        ),
        st.sampled_from(["paper.kind = 'a'", "paper.kind IN ('a', 'b')", "paper.kind NOT IN ('b')"]),
        st.builds(lambda operator, count: f"paper.pages {operator} {count}", operators, st.integers(-1, 4)),
        st.builds(lambda low, high: f"paper.pages BETWEEN {low} AND {high}", st.integers(0, 2), st.integers(1, 3)),
        dated,
        tied,
        st.builds(lambda a, b, c: f"CASE WHEN {a} THEN {b} ELSE {c} END", booleans, booleans, booleans),
        st.builds(lambda a, b: f"{a} = {b}", booleans, booleans),
    ]
    if defined:
        choices += [st.just("paper.is_judicial"), st.just("NOT paper.is_good")]
    if epistemic:
        choices += [
            st.builds(lambda fact: f"{fact} IS NULL", st.sampled_from(PLAIN)),
            st.builds(lambda a, b: f"COALESCE({a}, {b}, FALSE)", booleans, booleans),
            st.builds(lambda a, b: f"COALESCE({a}, {b})", booleans, booleans),
            st.builds(
                lambda operator, day: f"COALESCE(paper.return_on, paper.served_on) {operator} {day}", operators, days
            ),
        ]
    return st.one_of(*choices)


def conditions(*, epistemic: bool = False, leaves: int = 5, defined: bool = False) -> st.SearchStrategy[str]:
    return st.recursive(
        atoms(epistemic=epistemic, defined=defined),
        lambda inner: st.one_of(
            st.builds(lambda a, b: f"({a}) AND ({b})", inner, inner),
            st.builds(lambda a, b: f"({a}) OR ({b})", inner, inner),
            st.builds(lambda a: f"NOT ({a})", inner),
        ),
        max_leaves=leaves,
    )


@st.composite
def known(draw: st.DrawFn, names: tuple[str, ...] = tuple(DOMAINS), unknown_share: float = 0.5) -> dict[str, FactValue]:
    """Facts of which some are not known."""
    chosen = {}
    for name in names:
        if draw(st.floats(0, 1)) >= unknown_share:
            chosen[name] = draw(st.sampled_from(DOMAINS[name]))
    return chosen


def parse(sql: str) -> Expression:
    return parse_condition(sql, VOCABULARY, Place("test", 1))


def as_facts(values: Mapping[str, FactValue]) -> dict[str, Fact]:
    return {name: Fact(name, held, Evidence("person")) for name, held in values.items()}


# An independent reading: the record answers IS NULL and COALESCE, a completion answers the rest


def completed(node: Expression, record: Mapping[str, FactValue], full: Mapping[str, FactValue]) -> FactValue:
    match node:
        case Value(value=held):
            return held
        case Name(name=name):
            return full[name]
        case Defined(name=name, meaning=meaning):
            stated = name in record and value(meaning, record) is None
            return record[name] if stated else completed(meaning, record, full)
        case Shift(item=item, months=months, days=days, seconds=seconds):
            start = completed(item, record, full)
            assert isinstance(start, date)
            return saturated_shift(start, months, days, seconds)
        case Compare(operator=operator, left=left, right=right):
            return holds(operator, completed(left, record, full), completed(right, record, full))
        case OneOf(item=item, values=values):
            return completed(item, record, full) in [each.value for each in values]
        case Not(part=part):
            return not completed(part, record, full)
        case All(parts=parts):
            return all(completed(part, record, full) for part in parts)
        case AnyOf(parts=parts):
            return any(completed(part, record, full) for part in parts)
        case NotKnown(item=item):
            return value(item, record) is None
        case FirstKnown(parts=parts):
            first = next((part for part in parts if value(part, record) is not None), parts[-1])
            return completed(first, record, full)
        case Case(branches=branches, otherwise=otherwise):
            for test, then in branches:
                if completed(test, record, full):
                    return completed(then, record, full)
            return completed(otherwise, record, full)


def completions(record: Mapping[str, FactValue], names: list[str]) -> Iterator[dict[str, FactValue]]:
    open_names = [name for name in names if name not in record]
    for values in product(*(DOMAINS[name] for name in open_names)):
        yield dict(record) | dict(zip(open_names, values, strict=True))


def outcome_by_prose(
    library: Library, office: str, record: Mapping[str, FactValue], full: Mapping[str, FactValue]
) -> str:
    """docs/rulebooks.md, "Layers", read literally over the rules that apply."""
    duties = [rule for rule in library.rules(office, kind="duty", act="produce", on=ON) if isinstance(rule, Duty)]
    holding = {rule.id for rule in duties if completed(All((rule.when, Not(rule.unless))), record, full)}

    def stands(id: str) -> bool:
        return id in holding and not any(id in other.overrides and stands(other.id) for other in duties)

    standing = [rule for rule in duties if stands(rule.id)]
    ordered = {
        rule.id for rule in standing if rule.force == "on court order" and completed(rule.ordered_when, record, full)
    }

    def layers(wanted: str) -> list[int]:
        pulls = {
            "prohibition": lambda rule: rule.modality == "forbidden",
            "binding": lambda rule: (
                rule.modality == "required" and (rule.force == "self-executing" or rule.id in ordered)
            ),
            "demand": lambda rule: rule.force == "on court order" and rule.id not in ordered,
            "request": lambda rule: rule.force == "request only",
            "permission": lambda rule: rule.modality == "permitted",
            "protected": lambda rule: rule.modality == "permitted" and rule.notwithstanding,
        }
        return [LAYERS.index(rule.layer) for rule in standing if pulls[wanted](rule)]

    banned, bound = max(layers("prohibition"), default=-1), max(layers("binding"), default=-1)
    if banned == bound == -1:
        for pull, outcome in (("demand", "demanded"), ("request", "requested"), ("permission", "permitted")):
            if layers(pull):
                return outcome
        return "unregulated"
    if bound > banned:
        return "required"
    if bound == banned:
        return "contested"
    above = [layer for layer in (*layers("demand"), *layers("protected")) if layer > banned]
    return "contested" if above else "forbidden"


# The engines, on one condition


@given(conditions(epistemic=True), known())
@settings(max_examples=150, deadline=None)
def test_compiled_python_reads_a_condition_as_the_plain_reading_does(sql: str, record: dict[str, FactValue]) -> None:
    tree = parse(sql)
    assert compile_condition(tree)(record) is truth(tree, record)


@given(conditions(epistemic=True), known())
@settings(max_examples=100, deadline=None)
def test_duckdb_reads_a_condition_as_python_does(sql: str, record: dict[str, FactValue]) -> None:
    tree = parse(sql)
    connection = duckdb.connect()
    types = {"boolean": "BOOLEAN", "choice": "VARCHAR", "integer": "BIGINT", "date": "DATE"}
    columns = ", ".join(
        f'{"NULL" if name not in record else literal(record[name])}::{types[VOCABULARY[name].kind]} AS "{name}"'
        for name in DOMAINS
    )
    [found] = connection.sql(f"SELECT {to_sql(tree, 'duckdb')} FROM (SELECT {columns})").fetchall()
    assert found[0] is truth(tree, record)


def literal(held: FactValue) -> str:
    return to_sql(Value(held, "text"), "duckdb")


@given(conditions(epistemic=True))
@settings(max_examples=100, deadline=None)
def test_the_canonical_text_of_a_condition_reads_back_as_the_same_condition(sql: str) -> None:
    tree = parse(sql)
    again = parse(to_sql(tree))
    assert to_sql(again) == to_sql(tree)
    for record in ({}, {name: domain[0] for name, domain in DOMAINS.items()}):
        assert truth(again, record) is truth(tree, record)


@given(conditions(epistemic=True))
@settings(max_examples=50, deadline=None)
def test_every_condition_has_an_english_sentence(sql: str) -> None:
    sentence = english(parse(sql), VOCABULARY)
    assert sentence and "{" not in sentence and "None" not in sentence


# Whole rulebooks

PLACES = ("us", "us/co", "us/co/denver")


@st.composite
def rulebooks(draw: st.DrawFn, *, epistemic: bool = False, leaves: int = 3, rich: bool = False) -> Library:
    """Two to six duties about one act, over the layers of one chain, some overriding others.

    `rich` ones also define words, on one layer or on several, and have precedents that may settle a contest.
    """
    texts: dict[str, str] = {f"{place}/act.md": "" for place in PLACES}
    texts["us/co/denver/policy.md"] = ""
    ids: list[str] = []
    for number in range(draw(st.integers(2, 6))):
        file = draw(st.sampled_from(sorted(texts)))
        place = file.rsplit("/", 1)[0]
        modality, force = draw(
            st.sampled_from(
                [
                    ("forbidden", None),
                    ("forbidden", None),
                    ("required", None),
                    ("required", "on court order"),
                    ("required", "on court order"),
                    ("required", "request only"),
                    ("permitted", None),
                    ("permitted", "!"),
                ]
            )
        )
        keys: dict[str, object] = {}
        if force == "!":
            keys["notwithstanding"] = "true"
        elif force:
            keys["force"] = force
            if force == "on court order":
                keys["ordered_when"] = f'"{draw(conditions(leaves=1))}"'
        if draw(st.booleans()):
            keys["unless"] = f'"{draw(conditions(epistemic=epistemic, leaves=1))}"'
        if ids and draw(st.integers(0, 3)) == 0:
            keys["overrides"] = f"[{draw(st.sampled_from(ids))}]"
        id = f"{place}/rule-{number}"
        ids.append(id)
        when = draw(conditions(epistemic=epistemic, leaves=leaves, defined=rich))
        texts[file] += duty(id, modality, when, **keys)
    if rich:
        draw_definitions(draw, texts)
        draw_precedents(draw, texts, ids)
    return library_of(
        {
            file: enactment(text, "policy" if file.endswith("policy.md") else None)
            for file, text in texts.items()
            if text
        }
    )


def draw_definitions(draw: st.DrawFn, texts: dict[str, str]) -> None:
    for file in draw(st.sets(st.sampled_from(sorted(texts)), max_size=3)):
        place = file.rsplit("/", 1)[0]
        for name in ("is_good", "is_judicial"):
            meaning = draw(conditions(epistemic=True, leaves=2))
            if name == "is_judicial" and draw(st.booleans()):
                meaning += " OR paper.is_good"
            id = f"{place}/define-{name}-{'policy' if 'policy' in file else 'act'}"
            texts[file] += block(
                "define",
                id=id,
                name=f"paper.{name}",
                cite="Act 1",
                in_force="[2000-01-01, null]",
                text=WORDS,
                **{"as": f'"{meaning}"'},
            )


def draw_precedents(draw: st.DrawFn, texts: dict[str, str], ids: list[str]) -> None:
    for number in range(draw(st.integers(0, 2))):
        texts["us/act.md"] += block(
            "precedent",
            id=f"us/case-{number}",
            name=f"Case {number}",
            cite="1 U.S. 1",
            court="a court",
            decided="2010-01-01",
            in_force="[2010-01-01, null]",
            act="produce",
            when=f'"{draw(conditions(leaves=1))}"',
            holding=draw(st.sampled_from(["required", "demanded", "permitted", "forbidden"])),
            binds=draw(st.sampled_from(["[us]", "{circuit: 10}", "{circuit: 5}", "parties"])),
            status=draw(st.sampled_from(["good", "good", "reversed"])),
            settles=f"[{', '.join(sorted(draw(st.sets(st.sampled_from(ids), max_size=3))))}]",
            text=WORDS,
        )


def involved(library: Library) -> list[str]:
    program = engine_for(library, "us/co/denver", "produce", ON).program
    return [name for name in program.reads if name in DOMAINS]


# Whole rulebooks shrink slowly and little: a failing one is shown as it was found.
FOUND = (Phase.explicit, Phase.reuse, Phase.generate)


def slow(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        phases=FOUND,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


FEW = 1_500


@given(rulebooks(epistemic=True), st.data())
@slow(60)
def test_the_possible_outcomes_are_exactly_those_of_every_completion(library: Library, data: st.DataObject) -> None:
    names = involved(library)
    record = data.draw(known(tuple(names), 0.4))
    while len(list(completions(record, names))) > FEW:
        name = next(name for name in names if name not in record)
        record[name] = DOMAINS[name][0]
    expected = {outcome_by_prose(library, "us/co/denver", record, full) for full in completions(record, names)}
    answer = determine(library, "us/co/denver", "produce", as_facts(record), ON)
    assert set(answer.possible) == expected
    assert answer.outcome == (expected.pop() if len(expected) == 1 else "undetermined")


@given(rulebooks(), st.data())
@slow(60)
def test_the_decisive_set_is_exactly_what_the_outcome_depends_on(library: Library, data: st.DataObject) -> None:
    names = involved(library)
    record = data.draw(known(tuple(names), 0.4))
    while len(list(completions(record, names))) > FEW:
        name = next(name for name in names if name not in record)
        record[name] = DOMAINS[name][0]
    by_rest: dict[str, dict[tuple[FactValue, ...], set[str]]] = {name: {} for name in names if name not in record}
    for full in completions(record, names):
        outcome = outcome_by_prose(library, "us/co/denver", record, full)
        for name, groups in by_rest.items():
            rest = tuple(held for other, held in full.items() if other != name)
            groups.setdefault(rest, set()).add(outcome)
    depends = {name for name, groups in by_rest.items() if any(len(outcomes) > 1 for outcomes in groups.values())}
    answer = determine(library, "us/co/denver", "produce", as_facts(record), ON)
    assert {frozenset(names) for names in answer.decisive} == ({frozenset(depends)} if depends else set())
    costs = [[VOCABULARY[name].cost for name in names] for names in answer.decisive]
    assert all(cost == sorted(cost) for cost in costs)


@given(rulebooks(epistemic=True, rich=True), st.data())
@slow(30)
def test_answering_a_decisive_set_settles_the_outcome_and_no_part_of_it_does(
    library: Library, data: st.DataObject
) -> None:
    names = involved(library)
    record = data.draw(known(tuple(names), 0.3))
    answer = determine(library, "us/co/denver", "produce", as_facts(record), ON)
    for chosen in answer.decisive:
        answers = {name: data.draw(st.sampled_from(DOMAINS[name])) for name in chosen}
        after = determine(library, "us/co/denver", "produce", as_facts({**record, **answers}), ON)
        assert len(after.possible) == 1
        assert not any(set(other) < set(chosen) for other in answer.decisive)


@given(rulebooks(epistemic=True, rich=True), st.data())
@slow(25)
def test_the_solver_finds_the_same_possible_outcomes_and_the_same_dependence(
    library: Library, data: st.DataObject
) -> None:
    record = data.draw(known(tuple(involved(library)), 0.4))
    engine = engine_for(library, "us/co/denver", "produce", ON)
    listed = possibilities(library, engine, record)
    solved = exact_by_solver(engine.program, record, VOCABULARY)
    assert {DETERMINED[number] for number in solved.possible} == {DETERMINED[number] for number in listed.possible}
    assert solved.depends_on == listed.depends_on


@given(rulebooks(epistemic=True, rich=True), st.lists(known(unknown_share=0.3), min_size=1, max_size=12))
@slow(30)
def test_a_table_gives_every_row_what_determine_says_of_it(library: Library, rows: list[dict[str, FactValue]]) -> None:
    connection = duckdb.connect()
    types = {"boolean": "BOOLEAN", "choice": "VARCHAR", "integer": "BIGINT", "date": "DATE"}
    connection.execute(
        "CREATE TABLE cases (n INTEGER, "
        + ", ".join(f'"{name}" {types[VOCABULARY[name].kind]}' for name in DOMAINS)
        + ")"
    )
    for number, row in enumerate(rows):
        marks = ", ".join("?" for _ in range(len(DOMAINS) + 1))
        connection.execute(f"INSERT INTO cases VALUES ({marks})", [number, *(row.get(name) for name in DOMAINS)])
    result = determine_table(library, "us/co/denver", ["produce", "hold"], connection.table("cases"), ON)
    found = {row[0]: row[-4:] for row in result.fetchall()}
    for number, row in enumerate(rows):
        answer = determine(library, "us/co/denver", "produce", as_facts(row), ON)
        decided = answer.applied[0].rule if answer.applied and answer.outcome != "undetermined" else None
        assert found[number] == (answer.outcome, decided, "unregulated", None)


def test_moments_are_compared_across_time_zones() -> None:
    library = library_of(
        {
            "us/act.md": enactment(
                duty("us/r", "forbidden", "paper.received_at >= TIMESTAMP '2020-01-31T09:00:00-07:00'")
            )
        }
    )
    for moment, expected in (("2020-01-31T16:00:00+00:00", "forbidden"), ("2020-01-31T15:59:00+00:00", "unregulated")):
        facts = facts_of(paper__received_at=datetime.fromisoformat(moment))
        assert determine(library, "us", "produce", facts, ON).outcome == expected
        connection = duckdb.connect()
        relation = connection.sql(f"SELECT TIMESTAMPTZ '{moment}' AS \"paper.received_at\"")
        assert determine_table(library, "us", ["produce"], relation, ON).fetchall()[0][-2] == expected
    open_answer = determine(library, "us", "produce", {}, ON)
    assert set(open_answer.possible) == {"forbidden", "unregulated"}


@given(rulebooks(epistemic=True, rich=True), st.data())
@slow(40)
def test_every_completion_of_the_record_has_one_of_the_possible_outcomes(library: Library, data: st.DataObject) -> None:
    names = involved(library)
    record = data.draw(known(tuple(names), 0.4))
    engine = engine_for(library, "us/co/denver", "produce", ON)
    possible = possibilities(library, engine, record).possible
    seen = {
        engine.settle([bool(completed(step.expression, record, full)) for step in engine.program.conditions])
        for full in (
            data.draw(st.sampled_from(every)) for every in [list(completions(record, names))[:FEW]] for _ in range(20)
        )
    }
    assert seen <= possible
