"""The kinds' data files: complete, consistent, and refused with a sentence when they are not."""

from pathlib import Path

import pytest

from duly.instruments import KindError, load_kinds, read_kind

KINDS = load_kinds()
FAMILIES = {
    "administrative_subpoena", "detainer", "administrative_warrant", "court_subpoena", "judicial_warrant", "court_order",
    "notice_of_inspection", "informal_request", "other",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_kind_says_what_it_is_where_it_comes_from_and_how_to_know_it(kind):
    assert kind.family in FAMILIES
    assert kind.title and kind.edition and kind.source and kind.clues and kind.fields
    assert any(clue.weight > 0 and clue.page != "later" for clue in kind.clues)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_no_paper_of_an_agency_is_ever_signed_by_a_judge(kind):
    if kind.process in ("administrative", "request"):
        assert kind.facts["instrument.signed_by_judge"] is False
        assert kind.facts["instrument.issued_by_court"] is False
    if kind.family in ("administrative_warrant", "administrative_subpoena", "detainer"):
        assert kind.process == "administrative"
    if kind.family in ("judicial_warrant", "court_subpoena", "court_order"):
        assert kind.is_judicial and "instrument.signed_by_judge" not in kind.facts


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_fields_name_only_parts_and_fields_that_the_kind_has(kind):
    sections = {section.name for section in kind.sections}
    fields = {spec.name for spec in kind.fields}
    for spec in kind.fields:
        assert set(spec.find.get("section", ())) <= sections, spec.name
        assert spec.find.get("not_before", "x") in fields | {"x"}
    for inference in kind.inferences:
        assert set(inference.fields) <= fields
    for demand in kind.demands:
        assert demand.field in fields


def test_a_kind_without_a_title_is_refused_with_the_name_of_its_file(tmp_path: Path):
    path = tmp_path / "half.toml"
    path.write_text('id = "half"\nprocess = "judicial"\n', encoding="utf-8")
    with pytest.raises(KindError, match=r"half\.toml.*title"):
        read_kind(path)


def test_a_kind_with_an_unknown_field_type_is_refused_with_the_field(tmp_path: Path):
    path = tmp_path / "odd.toml"
    path.write_text(
        'id = "odd"\ntitle = "Odd"\nedition = "1"\nfamily = "other"\nprocess = "request"\nsource = "none"\n'
        '[[clue]]\npattern = "odd"\nweight = 1\n[[field]]\nname = "shape"\nlabel = "Shape"\ntype = "polygon"\n',
        encoding="utf-8",
    )
    with pytest.raises(KindError, match=r"shape.*polygon"):
        read_kind(path)


def test_two_files_may_not_define_one_kind(tmp_path: Path):
    text = 'id = "same"\ntitle = "S"\nedition = "1"\nfamily = "other"\nprocess = "request"\nsource = "none"\n[[clue]]\npattern = "s"\nweight = 1\n'
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    (tmp_path / "b.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KindError, match="same"):
        load_kinds(tmp_path)


def test_a_kind_that_extends_a_missing_one_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "narrow.toml"
    path.write_text('id = "narrow"\nextends = "wide"\n', encoding="utf-8")
    with pytest.raises(KindError, match=r"narrow\.toml.*wide"):
        read_kind(path)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.extends], ids=lambda kind: kind.id)
def test_a_narrower_kind_keeps_the_wider_kinds_fields_and_asks_for_more(kind):
    wider = KINDS[kind.extends]
    assert {spec.name for spec in wider.fields} <= {spec.name for spec in kind.fields}
    assert kind.family == wider.family and kind.process == wider.process
    assert any(clue.required and clue.weight > 0 for clue in kind.clues[len(wider.clues) :])
