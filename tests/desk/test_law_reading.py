"""The annotated statute: each rule beside its words, in plain words, with its dates, its neighbours and where it was used."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from duly.desk.law import plain, reading
from duly.desk.models import MatterRow, RuleUse
from duly.desk.shelf import library
from duly.desk.storage.matters import act
from duly.law.rules import Define
from duly.matters import commands

HOLD = "us/co/24-76.6-102/hold"
TEXT = "/law/text/us/co/24-76.6/"


@pytest.fixture
def used(opened):
    """A matter, a rule that one of its answers rests on, and the page of that rule."""
    matter = opened(confirmed=True)
    rows = RuleUse.objects.filter(matter_id=matter.id).exclude(what__in=("deadline", "defect"))
    rule = library().by_id[rows.order_by("rule").values_list("rule", flat=True)[0]]
    return matter, f"/law/text/{rule.enactment}/"


def test_every_rule_has_an_address_of_its_own_that_leads_to_its_place_beside_the_text(visit, office) -> None:
    counsel = visit("counsel")
    for id in list(library().by_id)[::40]:
        answer = counsel.get(f"/law/rule/{id}/")
        assert answer.status_code == 302
        page, anchor = answer.headers["Location"].split("#")
        assert f'id="{anchor}"' in counsel.get(page).content.decode()
    assert counsel.get("/law/rule/us/nothing/").status_code == 404


def test_no_two_rules_share_an_anchor_on_one_page() -> None:
    for enactment in library().enactments.values():
        anchors = [plain.anchor(rule) for rule in enactment.rules]
        assert len(anchors) == len(set(anchors))


def test_every_rule_of_every_kind_is_said_in_plain_words_without_names_of_the_code() -> None:
    books = library()
    for rule in books.by_id.values():
        said = plain.sentences(books, rule)
        assert said, rule.id
        for line in said:
            assert line.lead.strip(), rule.id
            assert line.text.strip(), rule.id
            assert not re.search(r"\b[a-z]+\.[a-z]+_[a-z_]+\b", line.text), (rule.id, line.text)


def test_a_statute_says_which_of_its_rules_were_in_force_on_the_day(visit, office) -> None:
    counsel = visit("counsel")
    before, after = (counsel.get(f"{TEXT}?on={day}").content.decode() for day in ("2019-05-27", "2019-05-28"))
    assert "law__rule--out" in before
    assert before.count("law__rule--out") > after.count("law__rule--out")
    assert "must not" in after
    assert "in force from 28 May 2019 on" in after


def test_a_worked_example_is_told_in_words_and_tied_to_the_rule_that_carries_it() -> None:
    books = library()
    examples = reading.worked_examples(books, books.enactments["us/co/24-76.6"])
    assert any(HOLD in example.rules for example in examples)
    assert any("the paper is a detainer" in example.facts for example in examples)


def test_rules_that_go_before_one_another_name_each_other() -> None:
    books = library()
    for over, under in list(books.overriding())[:6]:
        above = reading.annotated(books, books.by_id[over], date(2026, 1, 1), (), None)
        below = reading.annotated(books, books.by_id[under], date(2026, 1, 1), (), None)
        assert under in {link.id for link in above.overrides}
        assert over in {link.id for link in below.overridden_by}


def test_a_definition_names_the_rules_that_use_its_word() -> None:
    books = library()
    defined = [rule for rule in books.by_id.values() if isinstance(rule, Define)]
    used = [reading.annotated(books, rule, date(2026, 1, 1), (), None).used_by for rule in defined]
    assert any(used)


def test_a_rule_lists_the_matters_that_rest_on_it_by_number_and_never_by_name(used, visit) -> None:
    matter, page = used
    MatterRow.objects.update(title="Subpoena, J. Inventado", person="Juan Inventado")
    shown = visit("clerk").get(page).content.decode()
    assert matter.number in shown
    assert f"/matters/{matter.id}/" in shown
    assert "Inventado" not in shown


def test_another_office_is_told_of_none_of_them(used, visit, other_office) -> None:
    matter, page = used
    shown = visit("counsel", at=other_office).get(page).content.decode()
    assert matter.number not in shown
    assert "Used in" not in shown


def test_somebody_who_may_not_see_matters_reads_the_law_alone(used, visit) -> None:
    matter, page = used
    shown = visit("administrator").get(page)
    assert shown.status_code == 200
    assert matter.number not in shown.content.decode()
    assert "used in no matter" not in shown.content.decode()


def test_a_sealed_matter_is_not_even_counted_for_those_who_may_not_see_it(used, visit, office, actor) -> None:
    matter, page = used
    at = datetime(2020, 1, 14, 10, 0, tzinfo=office.zone)
    who = actor("counsel")
    act(office, matter, lambda state: commands.seal_matter(state, who, at, reason="A court sealed it."), at)
    clerk, counsel = (visit(role).get(page).content.decode() for role in ("clerk", "counsel"))
    assert matter.number not in clerk
    assert "Used in" not in clerk
    assert matter.number in counsel


def test_a_matter_whose_law_is_gone_is_said_to_be_unknown_and_not_left_out(used, visit) -> None:
    matter, page = used
    RuleUse.objects.all().delete()
    RuleUse.objects.create(matter_id=matter.id, rule="", what="no longer", assessment="0" * 64)
    assert "law that this desk no longer has" in visit("clerk").get(page).content.decode()


def test_what_is_no_date_is_refused_with_a_sentence(visit, office) -> None:
    answer = visit("clerk").get(f"{TEXT}?on=soon")
    assert answer.status_code == 422
    assert "Write it as 2020-01-16." in answer.content.decode()
