"""A disposition is what the answering office says happened, and nobody else can say it for them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.conftest import NOW

from duly.exchange import (
    Disposition,
    ExchangeError,
    OfficeKey,
    agrees,
    disposition,
    read_disposition,
    sign_data,
    twin_of,
    verify_data,
    verify_signature,
)  # fmt: skip
from duly.letters import Addressee, Letterhead, conformance

SAID = Disposition(
    instrument="a" * 64, instrument_kind="ice-i-138", disposition="declined", on=date(2020, 1, 16), office="Denver Sheriff Department, Records",
    matter_number="2020-0004", acts=(("produce_records", "decline"), ("testify", "decline")), letter="b" * 64,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(denver: OfficeKey):
    return disposition(SAID, denver, at=NOW, office=Letterhead(SAID.office), to=Addressee("R. Muster"))


def test_a_disposition_comes_back_as_it_was_said(made, denver: OfficeKey) -> None:
    assert read_disposition(made.data, [denver.certificate]) == SAID
    ordered = replace(SAID, disposition="complied", order_entered_on=date(2020, 4, 20), letter=None, acts=())
    again = disposition(ordered, denver, at=NOW, office=Letterhead(SAID.office))
    assert read_disposition(again.data, [denver.certificate]) == ordered


def test_its_pdf_says_the_same_is_signed_and_conforms(made, denver: OfficeKey) -> None:
    assert conformance(made.pdf) == []
    twin = twin_of(made.pdf)
    assert twin is not None
    assert agrees(made.pdf, twin) == []
    assert twin["record"]["disposition"] == json.loads(made.data)["payload"]
    assert verify_signature(made.pdf, [denver.certificate])[0].good


def test_it_names_no_person(made) -> None:
    assert "Ejemplo" not in made.data.decode()


def test_a_strangers_disposition_is_refused(stranger: OfficeKey, denver: OfficeKey) -> None:
    forged = disposition(SAID, stranger, at=NOW, office=Letterhead(SAID.office))
    with pytest.raises(ExchangeError, match="trusts"):
        read_disposition(forged.data, [denver.certificate])


def test_a_certificate_put_beside_anothers_signature_is_refused(stranger: OfficeKey, denver: OfficeKey) -> None:
    forged = json.loads(sign_data(SAID.as_json(), stranger))
    forged["certificate"] = denver.certificate.decode()
    with pytest.raises(ExchangeError, match="does not fit"):
        read_disposition(json.dumps(forged).encode(), [denver.certificate])


@given(st.sampled_from(["instrument", "disposition", "on", "office", "matter_number", "letter"]))
@settings(max_examples=12, deadline=None)
def test_a_changed_word_is_found(made, denver: OfficeKey, name: str) -> None:
    document = json.loads(made.data)
    document["payload"][name] = "complied" if name == "disposition" else "x"
    with pytest.raises(ExchangeError, match="does not fit"):
        read_disposition(json.dumps(document).encode(), [denver.certificate])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"payload": [], "certificate": "", "signature": ""}',
        b'{"payload": {}, "certificate": "x", "signature": "!!"}',
    ],
)
def test_what_is_no_signed_document_is_refused(data: bytes, denver: OfficeKey) -> None:
    with pytest.raises(ExchangeError):
        verify_data(data, [denver.certificate])


def test_a_signed_document_of_another_kind_is_no_disposition(denver: OfficeKey) -> None:
    other = sign_data({"schema": "duly.other/1"}, denver)
    with pytest.raises(ExchangeError):
        read_disposition(other, [denver.certificate])
