"""Papers that came together: what is one instrument, what came with it, and what that says."""

from __future__ import annotations

from datetime import date

import pytest
from tests.matters.desk import KINDS, reading

from duly.errors import DulyError
from duly.evidence import Evidence
from duly.instruments import Value
from duly.intake.reading import Reading
from duly.matters import Instrument, instrument_from, instruments_from

WARRANT = "instrument.accompanying_warrant"


def detainer(person: str, number: str = "A000-000-001", document: str = "1" * 64) -> Reading:
    return reading("ice-i-247a", {"person_name": person, "file_number": number}, document)


def warrant(
    person: str | None, number: str | None = None, document: str = "1" * 64, kind: str = "ice-i-200"
) -> Reading:
    return reading(kind, {"person_name": person, "file_number": number}, document)


def test_a_detainer_with_its_warrant_is_one_instrument_and_says_which_warrant_came() -> None:
    (instrument,) = instruments_from([detainer("Isidro Inventado"), warrant("INVENTADO, Isidro")], KINDS)
    assert instrument.kind == "ice-i-247a"
    assert [paper.kind for paper in instrument.accompanying] == ["ice-i-200"]
    assert instrument.facts(KINDS)[WARRANT].value == "ice-i-200"


def test_a_detainer_without_a_warrant_says_none_and_from_where_that_is_known() -> None:
    instrument = instrument_from([detainer("Isidro Inventado")], KINDS)
    fact = instrument.facts(KINDS)[WARRANT]
    assert fact.value == "none"
    assert fact.evidence.method == "record"
    assert "no warrant among the papers served" in fact.evidence.note


def test_a_paper_that_nobody_recognised_may_be_a_warrant_so_it_is_not_known() -> None:
    instrument = instrument_from([detainer("Isidro Inventado"), reading(None, {})], KINDS)
    assert WARRANT not in instrument.facts(KINDS)


def test_a_subpoena_says_nothing_about_warrants() -> None:
    assert WARRANT not in instrument_from([reading("ice-i-138", {})], KINDS).facts(KINDS)


def test_each_warrant_goes_to_the_detainer_of_the_same_person_in_whatever_order_they_lie() -> None:
    papers = [
        warrant("Teodoro Muestra"),
        detainer("Isidro Inventado", "A000-000-001"),
        warrant("Isidro Inventado", kind="ice-i-205"),
        detainer("Teodoro Muestra", "A000-000-002"),
    ]
    first, second = instruments_from(papers, KINDS)
    assert [paper.kind for paper in first.accompanying] == ["ice-i-205"]
    assert [paper.kind for paper in second.accompanying] == ["ice-i-200"]


def test_a_file_number_decides_where_names_are_spelled_differently() -> None:
    papers = [
        detainer("Isidro Inventado", "A 000 000 001"),
        detainer("Teodoro Muestra", "A 000 000 002"),
        warrant("Ysidro Ynventado", "A000-000-001"),
    ]
    first, second = instruments_from(papers, KINDS)
    assert len(first.accompanying) == 1
    assert second.accompanying == ()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("SUPUESTA, Teofila", "A201-555-802"),
        ("SUPUESTA, Teofila", None),
        ("Supuesta Teofila is removable from", "A 208 555 412"),
    ],
)
def test_a_warrant_for_another_person_is_not_put_with_a_detainer_and_the_detainer_says_so(name, number) -> None:
    found = instruments_from([detainer("NADIE-FALSO, Anacleto", "A208 555 411"), warrant(name, number)], KINDS)
    assert [paper.kind for paper in found] == ["ice-i-247a", "ice-i-200"]
    assert found[0].accompanying == ()
    assert found[0].facts(KINDS)[WARRANT].value == "none"
    assert any("A warrant for another person or file came in the same file" in said for said in found[0].warnings)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Anacleto Nadie Falso", None),
        ("ANACLETO NÁDIE-FALSO", None),
        ("Anac1eto Nadie-Fa1so", None),
        ("NADIE-FALSO, ANACLETO is removable", None),
        ("Nadie Falso, Anacleto Primitivo", None),
        (None, "A 2O8 555 4I1"),
        (None, "208555411"),
        ("Warrant for Arrest", "A208-555-411"),
    ],
)
def test_a_warrant_goes_with_a_detainer_of_the_same_name_or_file_however_it_was_written_or_misread(
    name, number
) -> None:
    (found,) = instruments_from([detainer("NADIE-FALSO, Anacleto", "A208 555 411"), warrant(name, number)], KINDS)
    assert found.facts(KINDS)[WARRANT].value == "ice-i-200"
    assert found.unconfirmed_companions(KINDS) == ()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        (None, None),
        ("Falso", None),
        ("Anacleta Nadie-Falso", None),
        ("NADIE-FALSO, Anacleto", "A208 555 412"),
        (None, "A208 555 412"),
        (None, "A2"),
    ],
)
def test_a_warrant_that_cannot_be_compared_comes_along_and_counts_as_no_warrant_that_is_known(name, number) -> None:
    (found,) = instruments_from([detainer("NADIE-FALSO, Anacleto", "A208 555 411"), warrant(name, number)], KINDS)
    assert [paper.kind for paper in found.accompanying] == ["ice-i-200"]
    assert len(found.unconfirmed_companions(KINDS)) == 1
    assert WARRANT not in found.facts(KINDS)


def test_a_warrant_is_never_put_with_the_nearer_detainer_of_somebody_else() -> None:
    papers = [
        detainer("Isidro Inventado", "A000-000-001"),
        detainer("Teodoro Muestra", "A000-000-002"),
        warrant("Melquiades Persona", "A044-555-100"),
    ]
    assert [len(paper.accompanying) for paper in instruments_from(papers, KINDS)] == [0, 0, 0]


def test_an_older_form_without_the_line_that_cancels_cancels_nothing() -> None:
    value = Value("cancels_detainer", None, Evidence("derived"), ("no label",))
    read = dict(detainer("Isidro Inventado").fields, cancels_detainer=value)
    cancels = "instrument.cancels_detainer"
    assert Instrument("ice-i-247d", read, "d" * 64).facts(KINDS)[cancels].value is False
    assert cancels not in Instrument("ice-i-247a", read, "d" * 64).facts(KINDS)


def test_four_subpoenas_in_one_file_are_four_instruments() -> None:
    papers = [reading("ice-i-138", {"in_reference_to": f"Person {n}"}) for n in range(4)]
    assert len(instruments_from(papers, KINDS)) == 4
    with pytest.raises(DulyError, match="4 instruments"):
        instrument_from(papers, KINDS)


def test_a_warrant_without_a_detainer_is_an_instrument_of_its_own() -> None:
    (instrument,) = instruments_from([warrant("Isidro Inventado")], KINDS)
    assert instrument.kind == "ice-i-200"


def judicial(signed: bool | None, person: str = "Isidro Inventado") -> Reading:
    values = {"signed": signed, "person_name": person, "defendant_name": person}
    return reading("us-ao-442", values, "2" * 64)


def test_a_judges_warrant_stays_an_instrument_of_its_own() -> None:
    found = instruments_from([detainer("Isidro Inventado"), judicial(True)], KINDS)
    assert [instrument.kind for instrument in found] == ["ice-i-247a", "us-ao-442"]
    assert [paper.kind for paper in found[0].accompanying] == ["us-ao-442"]


def test_a_judges_warrant_about_somebody_else_does_not_come_with_the_detainer() -> None:
    detained, other = instruments_from([detainer("Isidro Inventado"), judicial(True, "Teodoro Muestra")], KINDS)
    assert detained.accompanying == ()
    assert detained.facts(KINDS)[WARRANT].value == "none"
    assert other.kind == "us-ao-442"


def test_an_unsigned_judges_form_is_never_reported_as_a_judges_warrant() -> None:
    detained, _ = instruments_from([detainer("Isidro Inventado"), judicial(False)], KINDS)
    assert WARRANT not in detained.facts(KINDS)


def test_no_paper_is_an_error_with_a_remedy() -> None:
    with pytest.raises(DulyError, match="Add the paper"):
        instrument_from([], KINDS)


def test_an_unknown_kind_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(DulyError, match="no kind of paper called"):
        Instrument("ice-i-999", {}, "d" * 64).facts(KINDS)


def test_what_the_paper_says_keeps_its_place_on_the_page() -> None:
    instrument = instrument_from([reading("ice-i-138", {"return_date": date(2020, 1, 27)})], KINDS)
    fact = instrument.facts(KINDS)["instrument.return_on"]
    assert fact.value == date(2020, 1, 27)
    assert fact.evidence.page == 1
    assert fact.evidence.box is not None
