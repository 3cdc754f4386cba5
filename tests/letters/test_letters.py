"""What the letters say, and what they never say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from duly.errors import DulyError
from duly.letters import (
    Addressee,
    Enclosure,
    LetterContent,
    Order,
    choose,
    compose,
    conformance,
    draft,
    templates,
    visible,
)
from duly.letters.conditions import holds
from duly.letters.language import languages, words
from duly.letters.phrases import PHRASES, Setting
from duly.letters.templates import TemplateError, read_template
from duly.matters import Assessment, Office
from duly.matters.events import CHOICES, PositionDrafted

Make = Callable[..., PositionDrafted]
ON = date(2020, 1, 16)
GROUND = "us/co/denver/policy/not-court-ordered"


def said(content: LetterContent) -> str:
    return " ".join(visible(compose(content).twin))


def letter(
    assessment: Assessment, office: Office, position: PositionDrafted | None = None, **more: object
) -> LetterContent:
    return draft(assessment, office, position, on=ON, matter_number="2020-0004", **more)  # type: ignore[arg-type]


# the working draft


def test_a_draft_says_draft_and_takes_no_position(assessment: Assessment, office: Office) -> None:
    content = letter(assessment, office)
    assert (content.status, content.template, content.to, content.signatures) == ("draft", "working-draft", None, ())
    text = said(content)
    assert "This is a draft. It takes no position." in text
    for word in ("this office declines", "this office will", "respectfully", "this office objects"):
        assert word not in text.lower()


def test_a_draft_shows_both_lines_of_a_contested_act_with_their_words(assessment: Assessment, office: Office) -> None:
    content = letter(assessment, office)
    act = next(block for block in content.blocks if getattr(block, "act", None) == "produce_records")
    headings = [line.heading for line in act.lines]  # type: ignore[union-attr]
    assert headings == [
        "What points against producing the records asked for",
        "What points to producing the records asked for",
        "Decided cases",
    ]
    text = said(content)
    assert "does not comply with subpoenas unless they are Court-ordered" in text
    assert "shall have power to require by subpoena" in text
    assert "445 F. Supp. 3d 1213" in text


def test_a_draft_asks_the_decisive_questions_and_gives_the_deadlines_with_their_steps(
    assessment: Assessment, office: Office
) -> None:
    text = said(letter(assessment, office))
    assert "Is the person's release date available to the public?" in text
    assert "Still possible: permitted or forbidden." in text
    assert "Thursday, January 16, 2020" in text
    assert "Three days later is Thursday, January 16, 2020, a working day." in text
    assert "cannot be counted yet; needed: When is the person otherwise to be released?" in text


def test_a_draft_shows_moot_acts_checks_warnings_and_where_facts_came_from(
    assessment: Assessment, office: Office
) -> None:
    text = said(letter(assessment, office))
    assert "This can no longer be done." in text
    assert "Missing; the paper would be voidable" in text
    assert "the paper, page 1" in text
    assert "Read by the machine and not confirmed by a person" in text


def test_a_draft_after_an_order_tells_the_order_first(assessment: Assessment, office: Office) -> None:
    order = Order(
        "U.S. District Court", date(2020, 4, 20), None, ("produce_records",), date(2020, 5, 4), "Shall comply."
    )
    text = said(letter(assessment, office, order=order))
    told = text.index(
        "On April 20, 2020 the U.S. District Court entered an order about this paper. It covers producing"
    )
    assert told < text.index("What the law says")
    assert "Shall comply." in text


def test_a_draft_for_a_paper_that_was_not_recognised_says_so(assessment: Assessment, office: Office) -> None:
    unknown = replace(assessment, kind=None, instrument=replace(assessment.instrument, kind=None, fields={}), facts={}, determinations=(), defects=(), acts=(), grounds=(), deadlines=(), moot={})  # fmt: skip
    text = said(letter(unknown, office))
    assert "was not recognised" in text
    assert conformance(compose(letter(unknown, office)).pdf) == []


# letters that state a position


def test_an_answer_declines_with_its_grounds_and_says_what_the_paper_is_not(
    assessment: Assessment, office: Office, position: Make, addressee: Addressee
) -> None:
    content = letter(
        assessment,
        office,
        position({"produce_records": "decline", "disclose_home_address": "decline"}, (GROUND,)),
        approved=True,
        to=addressee,
    )
    assert (content.template, content.status) == ("answer-declining", "final")
    text = said(content)
    assert "This office declines to produce the records or disclose a home or work address." in text
    assert "The subpoena was not ordered by a court" in text
    assert "not by a court, and no judge signed it" in text
    assert "draft" not in text.lower()


def test_a_position_that_nobody_approved_stays_marked(assessment: Assessment, office: Office, position: Make) -> None:
    content = letter(assessment, office, position({"produce_records": "decline"}, (GROUND,)))
    assert content.status == "unapproved"
    assert compose(content).twin["status"] == "unapproved"


def test_an_answer_gives_only_the_grounds_that_counsel_chose(
    assessment: Assessment, office: Office, position: Make
) -> None:
    text = said(letter(assessment, office, position({"produce_records": "decline"}, (GROUND,)), approved=True))
    assert "privileged" not in text
    assert "The statute authorizes the demand" not in text


def test_a_ground_that_the_law_does_not_offer_is_refused(
    assessment: Assessment, office: Office, position: Make
) -> None:
    with pytest.raises(DulyError, match="does not offer"):
        letter(assessment, office, position({"produce_records": "decline"}, ("made/up",)))


def test_what_leaves_the_office_tells_nothing_about_the_person_or_the_inquiry(
    assessment: Assessment, office: Office, position: Make
) -> None:
    content = letter(assessment, office, position({"produce_records": "decline"}, (GROUND,)), approved=True)
    letter_out = compose(content)
    for hidden in (
        "person.",
        "matter.primarily",
        "eligible_for_release",
        "2020-01-09",
        "determinations",
        "assessment",
        "confirmed",
    ):
        assert hidden.encode() not in json.dumps(letter_out.twin["record"]).encode()
    inside = compose(letter(assessment, office))
    assert {fact["name"] for fact in inside.twin["record"]["facts"]} == set(assessment.facts)


def test_the_answers_signed_block_names_its_signer(assessment: Assessment, office: Office, position: Make) -> None:
    unsigned = letter(assessment, office, position({"produce_records": "decline"}), approved=True)
    assert [signature.role for signature in unsigned.signatures] == ["Counsel for the office"]


@pytest.mark.parametrize(("choices", "family", "kind", "order", "template"), [
    ({"produce_records": "decline"}, "administrative_subpoena", "ice-i-138", False, "answer-declining"),
    ({"produce_records": "comply"}, "administrative_subpoena", "ice-i-138", False, "answer-complying"),
    ({"produce_records": "comply", "testify": "decline"}, "administrative_subpoena", "ice-i-138", False, "answer-in-part"),
    ({"produce_records": "comply", "testify": "object"}, "court_subpoena", "us-ao-88b", False, "objection-rule-45"),
    ({"produce_records": "object"}, "court_subpoena", "us-tx-subpoena", False, "objection"),
    ({"produce_records": "object"}, "administrative_subpoena", "ice-i-138", False, "objection"),
    ({"produce_records": "ask for time"}, "court_subpoena", "us-ao-88b", False, "request-for-time"),
    ({"produce_records": "move to quash"}, "court_subpoena", "us-ao-88b", False, "motion-to-quash"),
    ({"hold_past_release": "decline", "notify_release": "comply"}, "detainer", "ice-i-247a", False, "detainer-reply"),
    ({"produce_records": "comply"}, "administrative_subpoena", "ice-i-138", True, "compliance-after-order"),
    ({"produce_records": "decline"}, "administrative_subpoena", "ice-i-138", True, "answer-declining"),
    ({"hold_past_release": "cannot be done"}, "detainer", "ice-i-247a", False, "detainer-reply"),
    ({"produce_records": "cannot be done"}, "administrative_subpoena", "ice-i-138", False, "cannot-be-done"),
])  # fmt: skip
def test_the_position_and_the_paper_choose_the_letter(
    choices: dict[str, str], family: str, kind: str, order: bool, template: str
) -> None:
    from duly.letters.brief import overall

    assert choose(overall(choices.values()), family=family, kind=kind, after_order=order).id == template


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("family", list(words("en")["families"]))
def test_every_position_on_every_family_of_paper_has_a_letter(choice: str, family: str) -> None:
    if choice == "move to quash" and family in (
        "detainer",
        "administrative_warrant",
        "notice_of_inspection",
        "informal_request",
        "other",
    ):
        with pytest.raises(TemplateError, match="No letter"):
            choose(choice, family=family)  # type: ignore[arg-type]
        return
    choose(choice, family=family)  # type: ignore[arg-type]


def test_a_reply_to_a_detainer_calls_it_a_request_and_copies_the_person(
    detainer: Assessment, office: Office, position: Make
) -> None:
    content = letter(
        detainer,
        office,
        position({"hold_past_release": "decline", "give_copy_to_person_named": "comply"}),
        approved=True,
    )
    text = said(content)
    assert "A detainer is a request." in text
    assert "will not hold the person named past the time" in text
    assert content.copies == ("the person named",)


def test_a_hold_is_promised_only_within_the_laws_limit(detainer: Assessment, office: Office, position: Make) -> None:
    content = letter(detainer, office, position({"hold_past_release": "comply"}), approved=True)
    text = said(content)
    assert "for no longer than the law allows" in text
    assert "no last hour can be named" in text
    assert content.copies == ()


@pytest.mark.parametrize("name", [name for name in templates() if templates()[name].language == "en"])
def test_no_letter_presents_an_officers_paper_as_a_command_or_a_judges(
    name: str, assessment: Assessment, office: Office, position: Make
) -> None:
    content = every_letter(name, assessment, office, position)
    text = said(content).lower()
    for phrase in ("you are commanded", "commands", "ordered by a judge", "judge’s order to", "the court’s subpoena"):
        assert phrase not in text or templates()[name].families == ("court_subpoena",)


def every_letter(name: str, assessment: Assessment, office: Office, position: Make) -> LetterContent:
    """The letter of this name on the sample paper, with everything that it may need supplied."""
    template = templates()[name]
    choice = next(one for one in template.positions if one != "none") if template.positions != ("none",) else None
    act = "hold_past_release" if "detainer" in template.families else "produce_records"
    return letter(
        assessment, office, None if choice is None else position({act: choice, "testify": choice}, (GROUND,)), approved=True,
        template=name, to=None if template.audience == "office" else Addressee("R. Muster"), language=template.language,
        asked_until=date(2020, 1, 30), received_at=datetime(2020, 1, 13, 14, 5, tzinfo=timezone(timedelta(hours=-7))),
        order=Order("U.S. District Court for the District of Colorado", date(2020, 4, 20), "1:20-mc-00005", ("produce_records",), date(2020, 5, 4), "The respondent shall comply."),
        enclosures=(Enclosure("Booking record", 3, "A1", "A3"),), said={"agency": "Homeland Security Investigations"},
    )  # fmt: skip


@pytest.mark.parametrize("name", list(templates()))
def test_every_letter_can_be_written_and_conforms(
    name: str, assessment: Assessment, office: Office, position: Make
) -> None:
    made = compose(every_letter(name, assessment, office, position))
    assert conformance(made.pdf) == []
    assert made.twin["template"] == name


def test_a_request_for_time_names_the_day_where_counsel_did(
    assessment: Assessment, office: Office, position: Make
) -> None:
    asked = position({"produce_records": "ask for time"})
    assert "This office asks for more time" in said(letter(assessment, office, asked, approved=True))
    assert "extended to Thursday, January 30, 2020" in said(
        letter(assessment, office, asked, approved=True, asked_until=date(2020, 1, 30))
    )


@pytest.mark.parametrize(
    "name", [name for name in templates() if templates()[name].audience in ("issuer", "office", "person named")]
)
@pytest.mark.parametrize("recognised", [True, False])
def test_a_letter_can_be_written_about_a_paper_of_which_nothing_more_is_known(
    name: str, recognised: bool, assessment: Assessment, position: Make
) -> None:
    bare = Office("us", "Office", "us", None, "UTC")
    little = replace(
        assessment, office=bare, instrument=replace(assessment.instrument, fields={}), kind=assessment.kind if recognised else None,
        facts={}, determinations=(), defects=(), deadlines=(), grounds=(), consequences=(), notices=(), warnings=(), moot={},
    )  # fmt: skip
    template = templates()[name]
    choice = next((one for one in template.positions if one != "none"), None)
    content = letter(
        little, bare, None if choice is None else position({"produce_records": choice}), template=name,
        order=Order("A court", date(2020, 4, 20)),
    )  # fmt: skip
    assert conformance(compose(content).pdf) == []


def test_the_posting_has_the_four_contents_that_california_asks_for_and_names_no_person(
    assessment: Assessment, office: Office, position: Make
) -> None:
    for name in ("posting-employees", "posting-employees-es"):
        content = every_letter(name, assessment, office, position)
        text = said(content)
        assert all(mark in text for mark in ("(A)", "(B)", "(C)", "(D)", "Homeland Security Investigations"))
        assert "Ejemplo" not in text
        assert "Ejemplo" not in json.dumps(compose(content).twin["record"])


def test_the_notice_to_the_person_named_says_what_was_decided_in_both_languages(
    detainer: Assessment, office: Office, position: Make
) -> None:
    decided = position({"hold_past_release": "decline"})
    english = said(letter(detainer, office, decided, approved=True, purpose="notice", to=Addressee("Nicanor Ejemplo")))
    spanish = said(
        letter(
            detainer, office, decided, approved=True, purpose="notice", language="es", to=Addressee("Nicanor Ejemplo")
        )
    )
    assert "Hold past release Decline" in english
    assert "Retener después de la hora de salida Negarse" in spanish
    assert "lunes, 13 de enero de 2020" in spanish
    assert "Nothing has been decided yet" in said(
        letter(detainer, office, purpose="notice", to=Addressee("Nicanor Ejemplo"))
    )


def test_an_answer_after_an_order_names_the_court_the_day_and_the_orders_words(
    assessment: Assessment, office: Office, position: Make
) -> None:
    text = said(every_letter("compliance-after-order", assessment, office, position))
    for words_of_the_order in (
        "April 20, 2020",
        "U.S. District Court for the District of Colorado",
        "The respondent shall comply.",
        "Monday, May 4, 2020",
    ):
        assert words_of_the_order in text


# templates as files


def test_every_condition_and_placeholder_of_every_letter_can_be_read(assessment: Assessment, office: Office) -> None:
    from duly.letters.brief import Brief

    setting = Setting(Brief(assessment), office, ON, "2020-0004", None, "en")
    for template in templates().values():
        for part in template.parts:
            for condition in part.when:
                holds(condition, setting)
            assert part.placeholders() | set(part.needs) <= set(PHRASES), template.file


def test_every_language_has_the_same_words() -> None:
    def shape(value: object) -> object:
        return {key: shape(item) for key, item in value.items() if key != "acts"} if isinstance(value, dict) else None

    shapes = {name: shape(dict(words(name))) for name in languages()}
    assert len({json.dumps(one, sort_keys=True) for one in shapes.values()}) == 1


def test_every_act_of_the_vocabulary_has_its_words_in_every_language() -> None:
    from duly.letters.terms import _vocabulary

    acts = set(_vocabulary("acts"))
    for name in languages():
        if name != "en":
            assert acts <= set(words(name)["acts"]), f"say the new acts in letters/languages/{name}.toml"


@pytest.mark.parametrize(("text", "message"), [
    ("title = ", "not valid TOML"),
    ('title = "x"', "missing"),
    ('title = "x"\npurpose = "answer"\naudience = "issuer"\npositions = ["decline"]\n[[say]]\nsection = "magic"', "no section"),
    ('title = "x"\npurpose = "answer"\naudience = "issuer"\npositions = ["decline"]\n[[say]]\nparagraph = "x"\nheading = "y"', "2 contents"),
    ('title = "x"\npurpose = "answer"\naudience = "issuer"\npositions = ["decline"]\n[[say]]\nparagraf = "x"', "unknown key"),
])  # fmt: skip
def test_a_wrong_letter_file_is_refused_with_its_name(tmp_path, text: str, message: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text)
    with pytest.raises(TemplateError, match=message) as refused:
        read_template(path)
    assert refused.value.place is not None
    assert refused.value.place.file == "wrong.toml"


def test_the_manual_names_everything_that_a_letters_file_may_use() -> None:
    from pathlib import Path

    from duly.letters import conditions
    from duly.letters.sections import SECTIONS

    manual = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
    for name in PHRASES:
        assert f"`{{{name}}}`" in manual, name
    for name in (*SECTIONS, *conditions._HAS):
        assert f"`{name}`" in manual, name
