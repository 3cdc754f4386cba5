"""Whole papers, read from bytes to fields with their evidence."""

from datetime import date, time

import pytest

from duly.instruments import facts, load_kinds

KINDS = load_kinds()


def test_a_subpoena_gives_up_its_fields_in_a_layout_that_no_form_has(subpoena, read_here):
    (reading,) = read_here(subpoena().pdf())
    values = {name: value.value for name, value in reading.fields.items()}
    assert reading.kind == "ice-i-138"
    assert values["subpoena_number"] == "DEN-2020-0001"
    assert values["to_name"] == "Records Custodian"
    assert values["to_address"] == "490 Example Avenue\nDenver, CO 80204"
    assert values["in_reference_to"] == "PRUEBA, Inventado" and values["file_number"] == "A204 118 337"
    assert (values["must_appear"], values["must_produce"]) == (False, True)
    assert values["official_name"] == "Odalys Madeup" and values["official_telephone"] == "(303) 555-0142"
    assert (values["return_date"], values["return_time"]) == (date(2020, 1, 27), time(10))
    assert values["records_demanded"] == ("Home and work addresses", "Bond information")
    assert values["authorized_official_name"] == "Bartholomew Invented" and values["issued_date"] == date(2020, 1, 13)
    assert values["signed"] is True


def test_every_value_has_its_page_its_words_and_a_box_inside_the_page(subpoena, read_here):
    (reading,) = read_here(subpoena().pdf())
    for value in reading.fields.values():
        if value.value is not None:
            box = value.evidence.box
            assert value.evidence.page == 1 and value.evidence.document == reading.document.sha256
            assert 0 <= box.x0 < box.x1 <= 612 and 0 <= box.y0 < box.y1 <= 792


def test_an_empty_signature_line_is_unsigned_and_the_desk_is_told(subpoena, read_here):
    (reading,) = read_here(subpoena(signed=False).pdf())
    assert reading.fields["signed"].value is False
    assert any("empty" in warning for warning in reading.warnings)
    assert facts(KINDS["ice-i-138"], reading.fields)["instrument.signed"].value is False


def test_a_return_date_before_the_date_of_issue_is_flagged(subpoena, read_here):
    (reading,) = read_here(subpoena(returns="01/06/2020").pdf())
    assert "before issue" in reading.fields["return_date"].flags
    assert any("before the date of issue" in warning for warning in reading.warnings)


def test_a_date_that_does_not_exist_has_no_value_and_says_so(subpoena, read_here):
    (reading,) = read_here(subpoena(returns="02/30/2020").pdf())
    assert reading.fields["return_date"].value is None
    assert "impossible date" in reading.fields["return_date"].flags


def _administrative_warrant(sheet, extra=""):
    sheet.centre(60, "Warrant for Arrest of Alien", 15).text(60, 40, "U.S. DEPARTMENT OF HOMELAND SECURITY")
    if extra:
        sheet.text(60, 80, extra)
    sheet.text(60, 110, "File No. A204 118 337").text(400, 110, "Date: 01/10/2020")
    sheet.text(
        60, 140, "To: Any immigration officer authorized pursuant to sections 236 and 287 of the Immigration and", 9
    )
    sheet.text(
        60, 152, "Nationality Act and part 287 of title 8, Code of Federal Regulations, to serve warrants of arrest", 9
    )
    sheet.text(60, 180, "I have determined that there is probable cause to believe that PRUEBA, Inventado", 9)
    sheet.text(60, 192, "is removable from the United States. This determination is based upon:", 9)
    sheet.box(60, 216, True).text(76, 215, "the pendency of ongoing removal proceedings against the subject;", 9)
    sheet.text(60, 250, "YOU ARE COMMANDED to arrest and take into custody for removal proceedings under the", 9)
    sheet.text(60, 262, "Immigration and Nationality Act, the above-named alien.", 9)
    sheet.scribble(330, 330).line(320, 334, 540).text(350, 344, "(Signature of Authorized Immigration Officer)", 7)
    sheet.text(330, 366, "C. Fabulous, Judge Advocate").line(320, 370, 540)
    sheet.text(330, 380, "(Printed Name and Title of Authorized Immigration Officer)", 7).text(
        60, 740, "Form I-200 (Rev. 09/16)", 8
    )
    return sheet


@pytest.mark.parametrize(
    "extra", ["", "UNITED STATES DISTRICT COURT   Case No. 1:20-mj-00001", "Magistrate Judge Honoria Unreal"]
)
def test_an_officers_warrant_is_never_taken_for_a_judges_whatever_is_written_over_it(sheet, read_here, extra):
    (reading,) = read_here(_administrative_warrant(sheet, extra).pdf())
    assert reading.kind is None or not KINDS[reading.kind].is_judicial
    if not extra:
        assert reading.kind == "ice-i-200" and reading.fields["signed"].value is True
        assert facts(KINDS["ice-i-200"], reading.fields)["instrument.signed_by_judge"].value is False
        assert any("not by a judge" in warning for warning in reading.warnings)


def test_a_subpoena_and_a_warrant_in_one_file_are_two_papers_and_the_cover_is_none(sheet, subpoena, read_here):
    sheet.centre(60, "FAX COVER SHEET", 20).text(60, 120, "To: Sheriff's Records").text(
        60, 140, "From: Field Office"
    ).text(60, 160, "Pages: 3")
    sheet.text(60, 180, "Re: Immigration Enforcement Subpoena").page()
    subpoena()
    sheet.page()
    _administrative_warrant(sheet)
    readings = read_here(sheet.pdf())
    assert [(reading.kind, reading.first_page, reading.last_page) for reading in readings] == [
        ("ice-i-138", 2, 2),
        ("ice-i-200", 3, 3),
    ]
    assert any("cover sheet" in warning for warning in readings[0].warnings)


def test_a_leaflet_that_only_speaks_of_forms_is_not_recognised_and_says_what_it_resembles(sheet, read_here):
    sheet.centre(60, "KNOW YOUR RIGHTS", 18)
    for number, words in enumerate((
        "A warrant signed by a judge names a United States District Court. A Warrant for Arrest of Alien",
        "(Form I-200) or an Immigration Enforcement Subpoena (Form I-138) under 8 U.S.C. 1225(d) is signed",
        "by an immigration officer of the Department of Homeland Security, and commands nobody by itself.",
    )):  # fmt: skip
        sheet.text(60, 100 + 13 * number, words)
    (reading,) = read_here(sheet.pdf())
    assert reading.kind is None and reading.fields == {}
    assert len(reading.candidates) == 2 and all(candidate.because for candidate in reading.candidates)
    assert "not recognised" in reading.warnings[0]


def test_words_that_a_page_hides_are_not_read(sheet, subpoena, read_here):
    subpoena()
    sheet.canvas.setFillColorRGB(1, 1, 1)
    sheet.text(60, 640, "UNITED STATES DISTRICT COURT SEARCH AND SEIZURE WARRANT Case No. 1:20-mj-00001")
    (reading,) = read_here(sheet.pdf())
    assert reading.kind == "ice-i-138"
    assert any("not shown" in warning for warning in reading.warnings)
    assert "SEIZURE" not in " ".join(word.text for word in reading.document.pages[0].words)


def _order(sheet, *, signed, title="ORDER ENFORCING IMMIGRATION SUBPOENAS"):
    sheet.centre(60, "IN THE UNITED STATES DISTRICT COURT").centre(76, "FOR THE DISTRICT OF COLORADO")
    sheet.text(72, 110, "Civil Action No. 20-mc-00555-SAM")
    sheet.text(72, 140, "UNITED STATES IMMIGRATION AND CUSTOMS ENFORCEMENT,").text(100, 158, "Petitioner,").text(
        72, 176, "v."
    )
    sheet.text(72, 194, "THE SHERIFF OF EXAMPLE COUNTY,").text(100, 212, "Respondent.").centre(250, title)
    sheet.text(
        100, 290, "IT IS ORDERED that the Petition is GRANTED. Respondent shall comply on or before May 4, 2020."
    )
    sheet.text(100, 330, "DATED this 20th day of April, 2020.").text(300, 370, "BY THE COURT:")
    if signed:
        sheet.scribble(310, 412)
    sheet.line(300, 420, 500).text(300, 434, "Honoria Unreal").text(300, 447, "United States Magistrate Judge")
    return sheet


def test_a_signed_order_is_an_order_by_a_judge_to_comply_by_a_day(sheet, read_here):
    (reading,) = read_here(_order(sheet, signed=True).pdf())
    found = facts(KINDS[reading.kind], reading.fields)
    assert reading.kind == "court-order-enforcement"
    assert reading.fields["comply_by"].value == date(2020, 5, 4) and reading.fields["issued_date"].value == date(
        2020, 4, 20
    )
    assert reading.fields["judge_name"].value == "Honoria Unreal"
    assert (
        found["instrument.signed_by_judge"].value is True
        and found["instrument.signer_capacity"].value == "magistrate_judge"
    )


@pytest.mark.parametrize(
    "title", ["ORDER ENFORCING IMMIGRATION SUBPOENAS", "[PROPOSED] ORDER ENFORCING IMMIGRATION SUBPOENAS"]
)
def test_the_same_page_without_a_signature_is_a_proposed_order_and_orders_nothing(sheet, read_here, title):
    (reading,) = read_here(_order(sheet, signed=False, title=title).pdf())
    assert reading.kind == "proposed-order"
    assert facts(KINDS["proposed-order"], reading.fields)["instrument.signed_by_judge"].value is False


def test_filled_in_form_fields_are_read_as_the_page_shows_them(sheet, read_here):
    sheet.centre(50, "DEPARTMENT OF HOMELAND SECURITY").centre(68, "IMMIGRATION ENFORCEMENT SUBPOENA", 15)
    sheet.centre(84, "8 U.S.C. § 1225(d), 8 C.F.R. § 287.4", 9).text(60, 740, "DHS Form I-138 (6/09)", 8)
    sheet.text(60, 120, "Subpoena Number")
    sheet.canvas.acroForm.textfield(
        name="number", value="DEN-2020-0077", x=160, y=664, width=200, height=18, borderWidth=0
    )
    (reading,) = read_here(sheet.pdf())
    assert reading.fields["subpoena_number"].value == "DEN-2020-0077"
