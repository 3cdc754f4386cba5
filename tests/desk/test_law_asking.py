"""The interview: only what still matters, one question at a time, each with its reason; an answer that can be sent on."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict

from duly.desk.law.asked import answers, facts_of, read, written
from duly.desk.law.interview import interview, link_to_keep
from duly.desk.law.papers import in_words
from duly.desk.shelf import kinds, library
from duly.desk.storage.models import LedgerEntry
from duly.errors import DulyError
from duly.law import FactType
from duly.proofcheck import ProofError, check_proof

START = "/law/ask/?act=produce_records&place=us/co/denver&on=2020-01-16&paper=ice-i-138"
ON = date(2020, 1, 16)


def asked_at(address: str):
    """The question in an address, as the page reads it for nobody's office."""
    return read(library(), QueryDict(urlsplit(address).query), None, ON)


def next_address(page: str, answer: str) -> str | None:
    """Where the form of the page leads with this answer; None where it asks nothing more."""
    form = re.search(r'<form method="get" action="/law/ask/">(.*?)</form>', page, re.DOTALL)
    if form is None or 'class="card step' not in page:
        return None
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[1])
    offered = re.findall(r'name="(f\.[^"]+)" value="([^"]*)"', form[1])
    offered = [pair for pair in offered if pair not in hidden]
    skip = re.search(r'name="skip" value="([^"]+)"', form[1])
    chosen = next((pair for pair in offered if pair[1] == answer), ("skip", skip[1]))
    query = QueryDict(mutable=True)
    for name, text in (*hidden, chosen):
        query.appendlist(html.unescape(name), html.unescape(text))
    return f"/law/ask/?{query.urlencode()}"


def test_an_interview_asks_one_question_at_a_time_until_the_law_answers(visit, office) -> None:
    clerk, address, seen = visit("clerk"), START, []
    while address is not None:
        page = clerk.get(address)
        assert page.status_code == 200
        text = page.content.decode()
        question = re.search(r'id="step"[^>]*>([^<]+)<', text)
        if question:
            assert question[1] not in seen
            seen.append(question[1])
            assert "Why this is asked" in text
        last, address = text, next_address(text, "no" if "signed" not in (question[1] if question else "") else "yes")
        assert len(seen) < 20
    assert seen
    assert 'id="answer">The answer<' in last
    assert "outcome--undetermined" not in last
    assert LedgerEntry.objects.count() == 0


def test_each_answer_leaves_fewer_outcomes_possible(office) -> None:
    books = library()
    asked, _ = asked_at(START)
    before = set(interview(books, asked).answer.possible)
    for name, text in (("instrument.signed", "yes"), ("matter.primarily_criminal", "no")):
        asked, _ = asked_at(f"/?{asked.query}&f.{name}={text}")
        now = set(interview(books, asked).answer.possible)
        assert now <= before
        before = now


def test_every_question_says_which_rules_turn_on_it(office) -> None:
    books = library()
    step = interview(books, asked_at(START)[0]).step
    assert step is not None
    assert step.turning
    for rule in step.turning:
        assert rule.cite
        assert rule.href.startswith("/law/text/")


def test_a_question_left_open_is_not_put_again_and_can_be_taken_up_later(visit, office) -> None:
    clerk = visit("clerk")
    text = clerk.get(START).content.decode()
    skipped = re.search(r'name="skip" value="([^"]+)"', text)[1]
    after = clerk.get(f"{START}&skip={skipped}").content.decode()
    assert f'name="skip" value="{skipped}" formnovalidate' not in after
    assert "Left open" in after
    everything = START
    for _ in range(30):
        page = clerk.get(everything).content.decode()
        more = re.search(r'name="skip" value="([^"]+)" formnovalidate', page)
        if more is None:
            break
        everything += f"&skip={more[1]}"
    assert "The questions that were left open decide between these." in page


def test_an_answer_is_changed_by_a_link_that_puts_its_question_again(visit, office) -> None:
    found = interview(library(), asked_at(f"{START}&f.instrument.signed=yes")[0])
    change = next(entry.change for entry in found.answered if entry.ask == "Is the paper signed?")
    assert "f.instrument.signed" not in change
    page = visit("clerk").get(change).content.decode()
    assert re.search(r'id="step"[^>]*>Is the paper signed\?<', page)


def test_back_takes_the_last_answer_back_by_address_alone(office) -> None:
    found = interview(library(), asked_at(f"{START}&f.instrument.signed=yes&f.matter.primarily_criminal=no")[0])
    assert "f.matter.primarily_criminal" not in found.back
    assert "f.instrument.signed=yes" in found.back


def test_what_follows_from_the_form_can_be_answered_otherwise_or_left_open(office) -> None:
    books = library()
    assert facts_of(books, asked_at(START)[0])["instrument.signed_by_judge"].value is False
    assert (
        facts_of(books, asked_at(f"{START}&f.instrument.signed_by_judge=yes")[0])["instrument.signed_by_judge"].value
        is True
    )
    assert "instrument.signed_by_judge" not in facts_of(books, asked_at(f"{START}&skip=instrument.signed_by_judge")[0])


def test_a_link_asks_the_same_again_for_somebody_of_another_office(visit, office, other_office) -> None:
    books = library()
    asked, _ = read(books, QueryDict(urlsplit(START).query), office, ON)
    link = link_to_keep(books, asked)
    again, wrong = read(books, QueryDict(urlsplit(link).query), other_office, date(2031, 5, 5))
    assert not wrong
    assert facts_of(books, again) == facts_of(books, asked)
    assert (again.act, again.place, again.on) == (asked.act, asked.place, asked.on)
    assert "have changed since this link was made" not in visit("counsel", at=other_office).get(link).content.decode()
    assert "have changed since this link was made" in visit("counsel").get(f"{START}&law=000000000000").content.decode()


def test_somebody_who_has_to_sign_in_first_keeps_the_question(client, office) -> None:
    answer = client.get(START)
    assert answer.status_code == 302
    following = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["next"]
    assert following.endswith(urlsplit(START).query)


@pytest.mark.parametrize(
    "fact",
    [
        "f.instrument.kind=Juana+Inventada",
        "f.instrument.issuing_state=Juana",
        "f.person.name=Juana",
        "f.office.kind=Juana",
    ],
)
def test_a_name_never_becomes_part_of_a_link(visit, office, fact) -> None:
    answer = visit("clerk").get(f"{START}&{fact}")
    assert answer.status_code == 422
    links = re.findall(r'(?:href|value|action)="([^"]*)"', answer.content.decode())
    assert not [link for link in links if "Juana" in link]


def test_a_fact_in_free_text_is_never_written_into_an_address() -> None:
    from zoneinfo import ZoneInfo

    kind = FactType("person.remark", "text", "What did the person say?", "person", 1)
    assert answers(library(), kind) == ()
    with pytest.raises(DulyError, match="no names and no free text"):
        written(library(), kind, "hello", ZoneInfo("UTC"))


def test_every_question_of_the_vocabulary_can_be_answered_within_an_address() -> None:
    for kind in library().vocabulary.facts.values():
        assert kind.kind in ("boolean", "date", "moment", "integer", "text") or answers(library(), kind), kind.name


def test_the_proof_comes_as_a_file_that_an_independent_checker_accepts(visit, office) -> None:
    query = urlsplit(START).query
    answer = visit("counsel").get(f"/law/ask/proof.json?{query}&f.instrument.signed=yes")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    proof = json.loads(answer.content)
    assert proof["schema"] == "duly.proof/1"
    check_proof(proof)
    proof["outcome"] = "required" if proof["outcome"] != "required" else "forbidden"
    with pytest.raises(ProofError):
        check_proof(proof)


def test_a_proof_of_nonsense_is_refused_with_a_sentence(visit, office) -> None:
    counsel = visit("counsel")
    answer = counsel.get("/law/ask/proof.json?act=produce_records&place=us/co/denver&f.instrument.issued_on=soon")
    assert answer.status_code == 422
    assert "Write a date as 2020-01-16." in answer.json()["detail"]
    assert counsel.get("/law/ask/proof.json").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("act=dance&place=us", "no such act"),
        ("act=produce_records&place=us/atlantis", "no rulebook for that place yet"),
        ("act=produce_records&place=us&on=soon", "Write it as 2020-01-16."),
        ("act=produce_records&place=us&paper=parchment", "no such kind of paper"),
        ("act=produce_records&place=us&f.instrument.signed=perhaps", "is no answer to"),
        ("act=produce_records&place=us&f.instrument.notice_days_given=many", "whole number"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(visit, office, query, sentence) -> None:
    answer = visit("clerk").get(f"/law/ask/?{query}")
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.content.decode())


def test_lawyers_may_have_all_questions_at_once(visit, office) -> None:
    page = visit("counsel").get(f"{START}&mode=all").content.decode()
    assert page.count('name="f.') > 6
    assert "Ask again" in page


def test_every_kind_of_paper_is_said_in_words() -> None:
    for kind in kinds():
        assert in_words(kind)
        assert "_" not in in_words(kind)
    assert in_words("ice-i-138") == "a subpoena of the immigration agency, not ordered by a court"
