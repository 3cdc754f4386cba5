"""An office's own policy in the browser: written, checked, approved by another, binding, and told of on open matters."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from duly.desk.models import LawChangeRow, MatterRow, PolicyRow, PolicyVersionRow
from duly.desk.policy import document
from duly.desk.shelf import library, library_for
from duly.desk.storage import ledger, originals
from duly.desk.storage.law_changes import catch_up
from duly.desk.storage.policies import load_policy
from duly.desk.storage.projections import rebuild
from duly.matters import fold

pytestmark = pytest.mark.django_db
ID = "us/co/denver/records/"
BODY = f"""# Records

> We tell nobody of a release, and produce no records.

```rule
id: {ID}1
kind: duty
title: No records
cite: Policy on records
acts: [produce_records]
modality: forbidden
when: instrument.family = 'administrative_subpoena'
text: We tell nobody of a release, and produce no records.
```
"""
YIELDS = BODY.replace("modality: forbidden", "modality: required")
BROKEN = BODY.replace("modality: forbidden", "modality: forbiden")


def said(body: str = BODY, **more: str) -> dict[str, str]:
    return {
        "title": "Policy on records", "adopted_on": "2020-01-10", "effective_from": "2020-01-14", "body": body, **more,
    }  # fmt: skip


def written(client, body: str = BODY, **more: str) -> str:
    """The id of the policy that this writes."""
    known = set(PolicyRow.objects.values_list("id", flat=True))
    answer = client.post("/law/policies/new/", said(body, **more))
    assert answer.status_code == 302, answer.content.decode()
    return next(id for id in PolicyRow.objects.values_list("id", flat=True) if id not in known)


def page(client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def approve(client, office, policy: str) -> str:
    draft = load_policy(office, policy).draft
    answer = client.post(f"/law/policies/{policy}/decide/", {"do": "approve", "draft": str(draft.draft)}, follow=True)
    return answer.content.decode()


def bound(visit, office, body: str = BODY, **more: str) -> str:
    """A policy that counsel wrote and the supervisor approved."""
    policy = written(visit("counsel"), body, do="submit", **more)
    assert "It binds from its day on" in approve(visit("supervisor"), office, policy)
    return policy


def test_a_policy_binds_its_office_once_another_person_approved_it(visit, office) -> None:
    policy = written(visit("counsel"))
    assert library_for(office, date(2020, 1, 14)) is library()
    visit("counsel").post(f"/law/policies/{policy}/submit/")
    assert library_for(office, date(2020, 1, 14)) is library()
    approve(visit("supervisor"), office, policy)
    assert f"{ID}1" in library_for(office, date(2020, 1, 14)).by_id
    assert f"{ID}1" not in library_for(office, date(2020, 1, 13)).by_id
    assert f"{ID}1" not in library().by_id
    assert "Version 1 binds this office" in page(visit("clerk"), f"/law/policies/{policy}/")


def test_one_offices_policy_never_binds_another(visit, office, other_office) -> None:
    policy = bound(visit, office)
    same_place = type(office).objects.create(id="second", name="Second", jurisdiction=office.jurisdiction, time_zone="America/Denver")  # fmt: skip
    for other in (other_office, same_place):
        assert library_for(other, date(2020, 2, 1)) is library()
        assert visit("counsel", "Stranger", other).get(f"/law/policies/{policy}/").status_code == 404


def test_nobody_approves_what_they_wrote_not_even_in_the_store(visit, office, person) -> None:
    policy = written(visit("counsel"), do="submit")
    assert "another person has to approve it" in page(visit("counsel"), f"/law/policies/{policy}/")
    answer = approve(visit("counsel"), office, policy)
    assert "Nobody approves a policy that they wrote" in answer
    assert not PolicyVersionRow.objects.exists()
    author = load_policy(office, policy).draft.drafted_by.id
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersionRow.objects.create(
            policy_id=policy, number=1, paper="a" * 64, title="t", effective_from=date(2020, 1, 14),
            drafted_by=author, approved_by=author, approved_at=office.now(),
        )  # fmt: skip


def test_a_second_counsel_may_approve_and_a_clerk_may_not(visit, office) -> None:
    policy = written(visit("counsel"), do="submit")
    assert visit("clerk").post(f"/law/policies/{policy}/decide/", {"do": "approve"}).status_code == 403
    assert "It binds from its day on" in approve(visit("counsel", "Other Counsel"), office, policy)


def test_drafts_are_for_those_who_write_approve_and_audit(visit) -> None:
    policy = written(visit("counsel"))
    for role, status in (("supervisor", 200), ("auditor", 200), ("clerk", 404), ("read-only", 404)):
        assert visit(role).get(f"/law/policies/{policy}/").status_code == status
    assert "Policy on records" not in page(visit("clerk"), "/law/policies/")


def test_a_mistake_is_named_with_the_editors_own_line_and_keeps_it_from_being_sent_on(visit, office) -> None:
    counsel = visit("counsel")
    shown = counsel.post("/law/policies/new/", said(BROKEN, do="check")).content.decode()
    assert "Line 11" in shown
    assert "forbiden" in shown
    assert not PolicyRow.objects.exists()
    policy = written(counsel, BROKEN, do="submit")
    assert load_policy(office, policy).draft.status == "draft"


def test_a_case_that_comes_out_otherwise_keeps_a_policy_from_being_sent_on(visit, office) -> None:
    case = """
```case
name: Out of step
office: us/co/denver
on: 2020-02-01
facts: {instrument.family: court_order}
expect: {produce_records: forbidden}
```
"""
    policy = written(visit("counsel"), BODY + case, do="submit")
    assert load_policy(office, policy).draft.status == "draft"
    assert "Out of step" in page(visit("counsel"), f"/law/policies/{policy}/edit/")


def test_a_conflict_is_said_with_an_example_and_that_the_policy_yields(visit) -> None:
    shown = visit("counsel").post("/law/policies/check/", said(YIELDS)).content.decode()
    assert "D.R.M.C. § 28-250(a)(1), local law, forbids it" in shown
    assert "this rule yields" in shown


def test_what_would_change_for_open_matters_stands_beside_the_text(visit, opened) -> None:
    matter = opened(confirmed=True)
    shown = visit("counsel").post("/law/policies/check/", said(YIELDS)).content.decode()
    assert f"/matters/{matter.id}/" in shown
    assert ledger.events_of(matter.id) == ledger.events_of(matter.id)[: matter.sequence]


def test_a_day_gone_by_needs_its_reason(visit, office) -> None:
    policy = written(visit("counsel"), effective_from="2020-01-10", do="submit")
    assert load_policy(office, policy).draft.status == "draft"
    visit("counsel").post(
        f"/law/policies/{policy}/edit/",
        said(effective_from="2020-01-10", backdated_because="Adopted on paper.", do="submit"),
    )
    approve(visit("supervisor"), office, policy)
    assert f"{ID}1" in library_for(office, date(2020, 1, 10)).by_id


def test_an_open_matter_is_assessed_again_and_stands_on_today_until_somebody_answers(visit, office, opened) -> None:
    matter = opened(confirmed=True)
    before = matter.assessment
    bound(visit, office, YIELDS)
    after = fold(ledger.events_of(matter.id))
    assert after.assessment.rulebooks != before.rulebooks
    row = LawChangeRow.objects.get()
    assert row.matter_id == matter.id
    assert [act for act, _, _ in row.acts] == ["produce_records"]
    today = page(visit("clerk"), "/today/")
    assert "the law or a calendar changed: see what is different" in today
    shown = page(visit("counsel"), f"/law/policies/changed/{matter.id}/")
    assert "Policy on records" in shown
    answer = {"change": str(row.sequence), "resolution": "The answer stands."}
    assert visit("clerk").post(f"/law/policies/changed/{matter.id}/answer/", answer).status_code == 403
    visit("counsel").post(f"/law/policies/changed/{matter.id}/answer/", answer)
    assert not LawChangeRow.objects.exists()
    assert "The answer stands." in page(visit("counsel"), f"/law/policies/changed/{matter.id}/")
    assert ledger.verify().ok


def test_a_policy_that_changes_no_answer_leaves_matters_in_peace(visit, office, opened) -> None:
    matter = opened(confirmed=True)
    other = BODY.replace("administrative_subpoena", "court_subpoena")
    bound(visit, office, other)
    assert fold(ledger.events_of(matter.id)).sequence == matter.sequence
    assert not LawChangeRow.objects.exists()


def test_law_that_comes_into_force_later_is_told_of_on_its_day(visit, office, opened) -> None:
    matter = opened(confirmed=True)
    bound(visit, office, YIELDS, effective_from="2020-02-01")
    assert fold(ledger.events_of(matter.id)).sequence == matter.sequence
    office.sample_day = date(2020, 2, 1)
    office.save()
    assert catch_up(office) == 1
    assert catch_up(office) == 0
    assert "binds from" in LawChangeRow.objects.get().because


def test_a_closed_matter_is_neither_assessed_again_nor_shown_under_later_law(visit, office, opened, actor) -> None:
    from duly.desk.storage.matters import act, assessed
    from duly.matters import commands

    matter = opened(confirmed=True)
    when = datetime(2020, 1, 14, 9, tzinfo=office.zone)
    boss = actor("supervisor")
    act(
        office,
        matter,
        lambda state: commands.record_disposition(state, boss, when, disposition="withdrawn by the issuer"),
        when,
    )
    closed = act(
        office, fold(ledger.events_of(matter.id)), lambda state: commands.close_matter(state, boss, when), when
    )
    said_before = assessed(office, closed, closed.assessment.on).digest
    bound(visit, office, YIELDS, effective_from="2020-01-10", backdated_because="Adopted on paper.")
    assert fold(ledger.events_of(matter.id)).sequence == closed.sequence
    assert assessed(office, closed, closed.assessment.on).digest == said_before


def test_two_who_write_at_once_do_not_overwrite_each_other(visit, office) -> None:
    policy = written(visit("counsel"))
    seen = str(load_policy(office, policy).sequence)
    other = visit("counsel", "Other Counsel")
    other.post(f"/law/policies/{policy}/edit/", said(BODY + "\nMore.\n", expected=seen))
    answer = visit("counsel").post(f"/law/policies/{policy}/edit/", said(BODY + "\nMine.\n", expected=seen))
    assert answer.status_code == 409
    assert "Someone else saved this" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    kept = originals.read(load_policy(office, policy).draft.paper).decode()
    assert "More." in kept
    assert "Mine." not in kept
    shown = answer.content.decode()
    assert "<del" in shown
    again = {"expected": str(answer.context["expected"]), **said(BODY + "\nMine.\n")}
    assert visit("counsel").post(f"/law/policies/{policy}/edit/", again).status_code == 302
    assert "Mine." in originals.read(load_policy(office, policy).draft.paper).decode()


def test_versions_are_kept_and_compared(visit, office) -> None:
    policy = bound(visit, office)
    counsel = visit("counsel")
    counsel.post(f"/law/policies/{policy}/edit/", said(YIELDS, effective_from="2020-01-20", do="submit"))
    approve(visit("supervisor"), office, policy)
    found = page(visit("clerk"), f"/law/policies/{policy}/compare/?from=1&to=2")
    assert "modality: required" in found
    assert "Answers that differ" in found
    assert "modality: forbidden" in page(visit("clerk"), f"/law/policies/{policy}/text/1/")
    assert library_for(office, date(2020, 1, 19)).by_id[f"{ID}1"].modality == "forbidden"
    assert library_for(office, date(2020, 1, 20)).by_id[f"{ID}1"].modality == "required"


def test_a_policy_ends_on_a_day_which_another_approves_too(visit, office) -> None:
    policy = bound(visit, office)
    visit("counsel").post(f"/law/policies/{policy}/end/", {"effective_from": "2020-03-01"})
    visit("counsel").post(f"/law/policies/{policy}/submit/")
    approve(visit("supervisor"), office, policy)
    assert f"{ID}1" in library_for(office, date(2020, 2, 29)).by_id
    assert library_for(office, date(2020, 3, 1)) is library()


def test_a_draft_is_taken_back_and_a_declined_one_says_why(visit, office) -> None:
    policy = written(visit("counsel"), do="submit")
    draft = str(load_policy(office, policy).draft.draft)
    visit("supervisor").post(
        f"/law/policies/{policy}/decide/", {"do": "decline", "draft": draft, "because": "Too broad."}
    )
    assert "Too broad." in page(visit("counsel"), f"/law/policies/{policy}/edit/")
    visit("counsel").post(f"/law/policies/{policy}/withdraw/")
    assert load_policy(office, policy).draft is None


def test_everything_is_built_again_from_the_ledger(visit, office, opened) -> None:
    opened(confirmed=True)
    policy = bound(visit, office, YIELDS)
    before = [list(kind.objects.order_by("pk").values()) for kind in (PolicyRow, LawChangeRow, MatterRow)]
    versions = list(PolicyVersionRow.objects.values("policy", "number", "paper", "effective_from", "approved_at"))
    rebuild()
    after = [list(kind.objects.order_by("pk").values()) for kind in (PolicyRow, LawChangeRow, MatterRow)]
    for rows in (*before, *after):
        for row in rows:
            row.pop("id", None) if isinstance(row.get("id"), int) else None
    assert after == before
    assert (
        list(PolicyVersionRow.objects.values("policy", "number", "paper", "effective_from", "approved_at")) == versions
    )
    assert f"{ID}1" in library_for(office, date(2020, 1, 14)).by_id
    assert visit("counsel").get(f"/matters/{policy}/").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>\n\n> <img src=x onerror=alert(1)>\n",
        BODY.replace("title: No records", "title: <script>alert(1)</script>"),
        BODY.replace("cite: Policy on records", "cite: '</textarea><script>alert(1)</script>'"),
    ],
)
def test_no_text_of_a_policy_becomes_code(visit, body: str) -> None:
    counsel = visit("counsel")
    policy = written(counsel, body)
    for address in (f"/law/policies/{policy}/edit/", f"/law/policies/{policy}/"):
        shown = page(counsel, address)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "id: x\nwhen: " + "(" * 5000,
        "id: x\nwhen: " + "NOT " * 3000 + "instrument.signed",
        "[" * 4000,
        "id: !!python/object/apply:os.system ['true']",
        "id: " + "x" * 50_000,
    ],
)  # fmt: skip
def test_a_bomb_is_a_mistake_with_a_line_like_any_other(visit, block: str) -> None:
    answer = visit("counsel").post("/law/policies/check/", said(f"> Words.\n\n```rule\n{block}\n```\n"))
    assert answer.status_code == 200
    assert "Line " in answer.content.decode()


def test_a_text_that_is_too_long_is_refused_and_stays_in_the_editor(visit) -> None:
    answer = visit("counsel").post("/law/policies/new/", said("> long\n" * 20_000))
    assert answer.status_code == 422
    assert not PolicyRow.objects.exists()


def test_the_title_cannot_break_out_of_the_front_matter(visit, office) -> None:
    title = 'A "quoted": name\n---\nlayer: federal'
    policy = bound(visit, office, title=title)
    found = library_for(office, date(2020, 1, 14)).enactments[f"us/co/denver/{policy}"]
    assert found.citation == 'A "quoted": name --- layer: federal'
    assert found.layer == "policy"


def test_somebody_who_knows_no_yaml_begins_with_words_that_load(visit, office) -> None:
    counsel = visit("counsel")
    start = document.starter(office, "First policy", date(2020, 1, 14))
    for block in document.SNIPPETS:
        answer = counsel.post("/law/policies/new/", said(start, title="First policy", do=block))
        shown = answer.context["form"].initial["body"]
        assert shown.startswith(start.rstrip())
        checked = counsel.post("/law/policies/check/", said(shown, title="First policy")).content.decode()
        assert "To put right" not in checked
        assert ("1 worked example was run" in checked) == (block == "case")
    assert document.body_of(document.compose(office, document.Written("T", date(2020, 1, 1), date(2020, 1, 2), start))) == start  # fmt: skip


def test_without_scripts_the_check_button_does_the_same(visit) -> None:
    shown = visit("counsel").post("/law/policies/new/", said(YIELDS, do="check")).content.decode()
    assert "Conflicts with the law" in shown
    assert not PolicyRow.objects.exists()


def test_a_policy_that_no_longer_fits_the_rulebooks_stops_answers_and_says_so(
    visit, office, opened, monkeypatch
) -> None:
    from duly import law
    from duly.desk import shelf

    matter = opened(confirmed=True)
    policy = bound(visit, office)
    enacted = "---\ncitation: Invented\ntitle: Invented\nin_force: [2020-01-01, null]\n---\n" + BODY
    upgraded = law.extend(library(), [law.SourceFile("us/co/denver/invented.md", "invented", enacted.encode())])
    monkeypatch.setattr(shelf, "library", lambda: upgraded)
    answer = visit("counsel").get(f"/matters/{matter.id}/")
    assert answer.status_code == 503
    assert "is taken" in answer.content.decode()
    assert visit("counsel").get(f"/law/policies/{policy}/").status_code == 200
    assert visit("counsel").get("/today/").status_code == 200
    assert "is taken" in page(visit("counsel"), "/law/policies/")
    assert "is taken" in page(visit("counsel"), f"/law/policies/{policy}/edit/")
    better = BODY.replace(f"{ID}1", f"{ID}2")
    visit("counsel").post(f"/law/policies/{policy}/edit/", said(better, do="submit"))
    approve(visit("supervisor"), office, policy)
    assert visit("counsel").get(f"/matters/{matter.id}/").status_code == 200


def test_the_matters_own_page_says_that_the_law_changed(visit, office, opened) -> None:
    matter = opened(confirmed=True)
    bound(visit, office, YIELDS)
    shown = page(visit("counsel"), f"/matters/{matter.id}/")
    assert "The law changed." in shown
    assert f"/law/policies/changed/{matter.id}/" in shown


def test_somebody_who_may_not_see_a_sealed_matter_learns_nothing_of_it(visit, office, opened, actor) -> None:
    from duly.desk.storage.matters import act
    from duly.matters import commands

    matter = opened(confirmed=True)
    now = office.now()
    act(office, matter, lambda state: commands.seal_matter(state, actor("supervisor"), now, reason="Invented."), now)
    bound(visit, office, YIELDS)
    assert LawChangeRow.objects.count() == 1
    assert matter.number not in page(visit("clerk"), "/today/")
    assert "the law changed" not in page(visit("clerk"), "/today/")
    assert visit("clerk").get(f"/law/policies/changed/{matter.id}/").status_code == 404
    assert matter.number in page(visit("counsel"), "/today/")


def test_a_policy_is_no_matter_to_the_register_or_the_lists(visit, office, opened) -> None:
    opened(confirmed=True)
    before = page(visit("read-only"), f"/register/{office.id}/figures.json")
    policy = bound(visit, office, BODY.replace("administrative_subpoena", "court_subpoena"))
    assert page(visit("read-only"), f"/register/{office.id}/figures.json") == before
    assert MatterRow.objects.count() == 1
    assert policy not in page(visit("counsel"), "/matters/")


def test_the_check_of_originals_names_a_policy_whose_text_is_gone(visit, office) -> None:
    bound(visit, office)
    paper = PolicyVersionRow.objects.get().paper
    originals.place(paper).unlink()
    shown = visit("administrator").post("/administration/check/", follow=True).content.decode()
    assert paper[:12] in shown
