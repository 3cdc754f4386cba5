"""Signatures prove what they say and no more."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.exchange.conftest import NOW

from duly.exchange import ExchangeError, OfficeKey, agrees, office_key, sign, twin_of, verify_signature
from duly.letters import Letter, conformance


@pytest.fixture(scope="module")
def signed(letter: Letter, denver: OfficeKey) -> bytes:
    return sign(letter.pdf, denver, at=NOW, reason="Answer to a subpoena")


def good(pdf: bytes, key: OfficeKey) -> bool:
    try:
        reports = verify_signature(pdf, [key.certificate])
    except ExchangeError:
        return False
    return len(reports) == 1 and reports[0].good


def test_a_signed_letter_is_good_conforming_and_still_agrees_with_its_data(
    signed: bytes, letter: Letter, denver: OfficeKey
) -> None:
    (report,) = verify_signature(signed, [denver.certificate])
    assert report.good
    assert (report.signer, report.signed_at, report.reason, report.because) == (
        "Denver Sheriff Department, Records",
        NOW,
        "Answer to a subpoena",
        "",
    )
    assert report.fingerprint == denver.fingerprint
    assert conformance(signed) == []
    assert twin_of(signed) == letter.twin
    assert agrees(signed, letter.twin) == []
    assert signed.startswith(letter.pdf)


def test_it_is_a_pades_signature_that_certifies(signed: bytes) -> None:
    assert b"/ETSI.CAdES.detached" in signed
    assert b"/DocMDP" in signed


def test_a_strangers_key_with_the_same_name_is_not_known(
    letter: Letter, denver: OfficeKey, stranger: OfficeKey
) -> None:
    (report,) = verify_signature(sign(letter.pdf, stranger, at=NOW, reason="x"), [denver.certificate])
    assert report.intact
    assert not report.known
    assert not report.good
    assert "not one that this office trusts" in report.because


def test_without_trusted_certificates_nothing_is_known(signed: bytes) -> None:
    assert [report.known for report in verify_signature(signed)] == [False]


def test_a_signature_from_before_or_after_the_certificates_life_is_not_known(letter: Letter) -> None:
    key = office_key("Office", valid_from=datetime(2021, 1, 1, tzinfo=UTC), years=1)
    (report,) = verify_signature(sign(letter.pdf, key, at=NOW, reason="x"), [key.certificate])
    assert not report.good


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_every_changed_byte_is_found(signed: bytes, denver: OfficeKey, place: float, flip: int) -> None:
    at = int(place * len(signed))
    covered = re.search(rb"/ByteRange \[0 (\d+) (\d+)", signed)
    assert covered is not None
    if int(covered[1]) <= at < int(covered[2]):
        return  # the signature's own container: it is not signed, it signs
    changed = bytearray(signed)
    changed[at] ^= flip
    assert not good(bytes(changed), denver)


def test_something_added_after_signing_is_found(signed: bytes, denver: OfficeKey) -> None:
    with pikepdf.open(io.BytesIO(signed)) as document:
        document.docinfo["/Subject"] = "added"
        out = io.BytesIO()
        document.save(out)
    assert not good(out.getvalue(), denver)
    (report,) = verify_signature(added_behind(signed), [denver.certificate])
    assert (report.intact, report.whole) == (True, False)
    assert "added" in report.because


def added_behind(pdf: bytes) -> bytes:
    """An incremental update that paints over the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"q 0 g 0 0 300 300 re f Q")))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_second_persons_signature_may_follow(signed: bytes, denver: OfficeKey, stranger: OfficeKey) -> None:
    again = sign(signed, stranger, at=NOW, reason="Approved", field="Approval")
    reports = verify_signature(again, [denver.certificate, stranger.certificate])
    assert [report.good for report in reports] == [True, True]
    assert conformance(again) == []


def test_a_cut_file_is_not_good(signed: bytes, denver: OfficeKey) -> None:
    for part in (len(signed) - 1, len(signed) // 2, 100):
        assert not good(signed[:part], denver)


def test_an_unsigned_file_has_no_signatures(letter: Letter) -> None:
    assert verify_signature(letter.pdf) == []


@pytest.mark.parametrize("data", [b"", b"no pdf"])
def test_what_is_no_pdf_is_refused(data: bytes, denver: OfficeKey) -> None:
    with pytest.raises(ExchangeError):
        sign(data, denver, at=NOW, reason="x")
    with pytest.raises(ExchangeError):
        verify_signature(data)


def test_a_time_without_a_zone_is_refused(letter: Letter, denver: OfficeKey) -> None:
    with pytest.raises(ExchangeError, match="time zone"):
        sign(letter.pdf, denver, at=NOW.replace(tzinfo=None), reason="x")


@pytest.mark.parametrize("name", ["", " ", "x" * 65])
def test_a_key_needs_a_name(name: str) -> None:
    with pytest.raises(ExchangeError):
        office_key(name, valid_from=NOW)
