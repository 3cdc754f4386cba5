"""An office's own enactment on top of loaded law: whole or not at all, and held against the law above it."""

from __future__ import annotations

from datetime import date

import pytest

from duly import law
from duly.evidence import Evidence, Fact
from duly.law import Library, Problem, RulebookError, SourceFile

PLACE = "us/co/denver"
HEAD = """---
citation: "Invented Policy 1"
title: "Answers of the office"
source: "The office's own"
retrieved: 2020-02-01
layer: policy
in_force: [2020-02-01, null]
---

# Answers

> We give no testimony. We produce what is asked for. We tell nobody of a release.

"""
RULE = """```rule
id: us/co/denver/invented/{name}
kind: duty
title: {title}
cite: Invented Policy 1
acts: [{act}]
modality: {modality}
when: {when}
text: {text}
```
"""
TESTIMONY = RULE.format(
    name="testimony", title="No testimony", act="testify", modality="forbidden", when="true", text="We give no testimony."
)  # fmt: skip
CASE = """```case
name: {name}
office: us/co/denver
on: 2020-03-01
facts: {{instrument.family: administrative_subpoena}}
expect: {{testify: {outcome}}}
```
"""


def with_policy(library: Library, body: str, path: str = f"{PLACE}/invented.md") -> Library:
    return law.extend(library, [SourceFile(path, "invented", (HEAD + body).encode())])


def problems(library: Library, body: str, **how) -> tuple[Problem, ...]:
    found = with_policy(library, body)
    return law.check_enactment(found, found.enactments[f"{PLACE}/invented"], **how)


def answer(library: Library, on: date) -> tuple[str, ...]:
    said = {
        "instrument.family": "administrative_subpoena",
        "office.kind": "sheriff",
        "instrument.issuer": "state_agency",
    }
    facts = {name: Fact(name, value, Evidence("person")) for name, value in said.items()}
    return law.determine(library, PLACE, "testify", facts, on).possible


def test_a_policy_binds_in_its_own_library_and_leaves_the_other_as_it_was(library: Library) -> None:
    before = answer(library, date(2020, 3, 1))
    found = with_policy(library, TESTIMONY)
    assert found.digest != library.digest
    assert answer(found, date(2020, 3, 1)) != before
    assert answer(found, date(2020, 1, 31)) == answer(library, date(2020, 1, 31))
    assert answer(library, date(2020, 3, 1)) == before
    assert f"{PLACE}/invented" not in library.enactments


def test_nothing_added_is_the_same_law(library: Library) -> None:
    assert law.extend(library, []) is library


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (TESTIMONY.replace("modality: forbidden", "modality: forbiden"), 20, "forbiden"),
        (TESTIMONY.replace("when: true", "when: instrument.sined"), 21, "instrument.sined"),
        (TESTIMONY.replace("text: We give no", "text: We never give"), 22, "does not occur"),
        (TESTIMONY.replace("invented/testimony", "28-250/testimony"), 14, "is taken"),
        (TESTIMONY + CASE.format(name="Elsewhere", outcome="forbidden").replace(PLACE, "us/co/atlantis"), 24, "atlantis"),
        ("```rule\nid: &a us/co/denver/x/y\nkind: *a\n```\n", 15, "not allowed"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_nothing_is_loaded(
    library: Library, body: str, line: int, words: str
) -> None:
    with pytest.raises(RulebookError, match=words) as refusal:
        with_policy(library, body)
    assert refusal.value.errors[0].place is not None
    assert refusal.value.errors[0].place.line == line


def test_a_policy_that_takes_the_name_of_packaged_law_is_refused(library: Library) -> None:
    with pytest.raises(RulebookError, match="Two files"):
        with_policy(library, TESTIMONY, f"{PLACE}/28-250.md")


def test_a_policy_that_forbids_what_higher_law_requires_is_told_where_it_yields(library: Library) -> None:
    found = [each for each in problems(library, TESTIMONY) if each.check == "conflict"]
    by_other = {each.rules[1]: each for each in found}
    assert "the higher law prevails, and this rule yields" in by_other["us/18-usc-401/testify"].message
    contested = by_other["us/8-usc-1225/testify"]
    assert "*contested*" in contested.message
    assert "once a court orders it" in contested.message
    for each in found:
        assert each.severity == "warning"
        assert each.example
        facts = {name: Fact(name, value, Evidence("person")) for name, value in each.example.items()}
        library_with = with_policy(library, TESTIMONY)
        assert law.outcome(library_with, PLACE, "testify", facts, each.on or date.min) != "forbidden"


def test_a_policy_that_requires_what_a_statute_forbids_is_told_an_example(library: Library) -> None:
    body = RULE.format(
        name="give", title="Produce", act="produce_records", modality="required",
        when="instrument.family = 'administrative_subpoena'", text="We produce what is asked for.",
    )  # fmt: skip
    found = problems(library, body, given={"office.kind": "sheriff"})
    ordinance = next(each for each in found if each.rules[1:] == ("us/co/denver/28-250/records",))
    assert "D.R.M.C. § 28-250(a)(1), local law, forbids it" in ordinance.message
    assert ordinance.example["office.kind"] == "sheriff"
    assert "sheriff" not in ordinance.message
    assert not any("12-usc" in id for each in found for id in each.rules)  # a bank's duty is nothing to a sheriff


def test_a_stricter_policy_against_a_mere_request_conflicts_with_nothing(library: Library) -> None:
    body = RULE.format(
        name="silent", title="Tell nobody", act="notify_release", modality="forbidden",
        when="instrument.family = 'detainer'", text="We tell nobody of a release.",
    )  # fmt: skip
    assert not [each for each in problems(library, body, given={"office.kind": "sheriff"}) if each.check == "conflict"]


def test_a_rule_that_can_never_apply_is_named(library: Library) -> None:
    never = "instrument.family = 'detainer' AND instrument.family = 'court_order'"
    found = problems(library, TESTIMONY.replace("when: true", f"when: {never}"))
    assert [each.check for each in found] == ["dead-rule"]


def test_the_policys_own_cases_run_and_no_others(library: Library) -> None:
    wrong = problems(library, TESTIMONY + CASE.format(name="Wrong", outcome="permitted"))
    right = problems(library, TESTIMONY + CASE.format(name="Right", outcome="undetermined"))
    assert [each.message.split(":")[0] for each in wrong if each.check == "case"] == ["Case “Wrong”"]
    assert not [each for each in right if each.check == "case"]


def test_what_is_not_settled_in_time_is_said(library: Library) -> None:
    body = TESTIMONY + CASE.format(name="Slow", outcome="forbidden")
    found = problems(library, body, may_go_on=lambda: False)
    assert {each.check for each in found} == {"time"}
    assert all("in time" in each.message for each in found)
    steps = iter([True, True, False])
    partly = problems(library, TESTIMONY, may_go_on=lambda: next(steps, False))
    assert any("whether it conflicts with" in each.message for each in partly if each.check == "time")


def test_two_policies_that_say_opposite_things_are_named_once_with_a_case_of_this_office(library: Library) -> None:
    body = RULE.format(
        name="give", title="Produce", act="produce_records", modality="required",
        when="instrument.family = 'administrative_subpoena'", text="We produce what is asked for.",
    )  # fmt: skip
    found = problems(library, body, given={"office.kind": "sheriff"})
    (clash,) = [each for each in found if each.rules[1:] == ("us/co/denver/city-attorney-2020/subpoenas",)]
    assert clash.example["office.kind"] == "sheriff"
    assert "*contested*" in clash.message
    assert clash.place.file == "invented"


def test_two_versions_are_compared_on_cases_of_the_office_alone(library: Library) -> None:
    body = RULE.format(
        name="give", title="Produce", act="produce_records", modality="required",
        when="instrument.family = 'administrative_subpoena' AND office.kind = 'hospital'", text="We produce what is asked for.",
    )  # fmt: skip
    before, after = (law.LawAt(each, PLACE, date(2020, 3, 1)) for each in (library, with_policy(library, body)))
    (anybody,) = law.diff(before, after, ["produce_records"])
    (sheriff,) = law.diff(before, after, ["produce_records"], given={"office.kind": "sheriff"})
    assert (anybody.same, sheriff.same) == (False, True)
    assert anybody.example is not None
    assert anybody.example["office.kind"] == "hospital"
