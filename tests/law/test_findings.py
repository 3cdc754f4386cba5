"""Defects, grounds, notices, consequences and reports on known and unknown facts."""

from __future__ import annotations

from datetime import date

from writing import WORDS, block, enactment, facts_of, library_of

from duly.law import consequences, defects, grounds, notices, periods, reports

ON = date(2020, 6, 1)


def rule(kind: str, id: str, when: str = "true", **keys: object) -> str:
    whole: dict[str, object] = {
        "id": id, "kind": kind, "title": f"The {kind}", "cite": "Act 1", "in_force": "[2000-01-01, null]",
        "when": f'"{when}"', "text": WORDS,
    }  # fmt: skip
    return block("rule", **(whole | keys))


def defect(id: str, when: str, **keys: object) -> str:
    whole = {"item": "Signed by a judge", "effect": "void", "applies": "\"paper.kind = 'warrant'\""} | keys
    return rule("defect", id, when, **whole)


def test_a_checklist_shows_sound_defective_and_unknown_items() -> None:
    text = (
        defect("us/a", "NOT paper.signed_by_judge")
        + defect("us/b", "paper.pages < 1")
        + defect("us/c", "matter.criminal")
    )
    library = library_of({"us/act.md": enactment(text)})
    facts = facts_of(paper__kind="warrant", paper__signed_by_judge=False, paper__pages=2)
    found = defects(library, "us", facts, ON)
    assert [(each.rule, each.status) for each in found] == [
        ("us/a", "defective"), ("us/b", "sound"), ("us/c", "not known"),
    ]  # fmt: skip
    assert found[2].unknown == ("matter.criminal",)
    assert found[0].because == "the paper is not signed by a judge"


def test_a_defect_of_other_papers_is_not_on_the_list_and_an_unread_kind_leaves_it_open() -> None:
    library = library_of({"us/act.md": enactment(defect("us/a", "NOT paper.signed_by_judge"))})
    assert defects(library, "us", facts_of(paper__kind="letter"), ON) == ()
    [found] = defects(library, "us", facts_of(paper__signed_by_judge=False), ON)
    assert (found.status, found.unknown) == ("not known", ("paper.kind",))


def test_grounds_that_apply_or_may_apply_are_offered_for_their_act() -> None:
    keys = {"act": "produce", "position": "object", "statement": "The office objects."}
    text = rule("ground", "us/a", "matter.criminal", **keys) + rule("ground", "us/b", "paper.pages > 1", **keys)
    library = library_of({"us/act.md": enactment(text)})
    found = grounds(library, "us", "produce", facts_of(matter__criminal=True), ON)
    assert [(each.rule, each.truth) for each in found] == [("us/a", True), ("us/b", None)]
    assert (found[0].position, found[0].statement, found[0].acts) == ("object", "The office objects.", ("produce",))
    assert grounds(library, "us", "hold", {}, ON) == ()
    assert len(grounds(library, "us", None, {}, ON)) == 2
    assert grounds(library, "us", "produce", facts_of(matter__criminal=False, paper__pages=0), ON) == ()


def test_an_overridden_ground_is_not_offered() -> None:
    keys = {"act": "produce", "position": "object", "statement": "The office objects."}
    text = rule("ground", "us/a", **keys) + rule("ground", "us/b", "matter.criminal", overrides="[us/a]", **keys)
    library = library_of({"us/act.md": enactment(text)})
    assert [each.rule for each in grounds(library, "us", "produce", facts_of(matter__criminal=True), ON)] == ["us/b"]
    by_rule = {each.rule: each.truth for each in grounds(library, "us", "produce", {}, ON)}
    assert by_rule == {"us/a": None, "us/b": None}


def test_notices_consequences_and_reports_say_who_must_do_what() -> None:
    text = (
        rule("notice", "us/n", who="the person named", must_tell="the office", what="a copy of the paper")
        + rule(
            "consequence",
            "us/c",
            act="produce",
            of="not doing",
            who="the issuer",
            statement="The issuer may go to court.",
        )
        + rule(
            "report", "us/r", who="the office", fields="[received, answered]", by="each March", statement="Count them."
        )
    )
    library = library_of({"us/act.md": enactment(text)})
    [notice] = notices(library, "us", None, {}, ON)
    assert (notice.who, notice.must_tell, notice.what, notice.truth) == (
        "the person named",
        "the office",
        "a copy of the paper",
        True,
    )
    [consequence] = consequences(library, "us", "produce", {}, ON)
    assert (consequence.of, consequence.who, consequence.statement) == (
        "not doing",
        "the issuer",
        "The issuer may go to court.",
    )
    [report] = reports(library, "us", {}, ON)
    assert (report.fields, report.by) == (("received", "answered"), "each March")
    assert periods(library, "us", {}, ON) == ()
