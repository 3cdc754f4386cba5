"""Signatures in PDFs: PAdES baseline B (ETSI EN 319 142-1), added without breaking PDF/A-3 or PDF/UA."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from duly.exchange.keys import ExchangeError, OfficeKey, fingerprint, name_of

_OFF_THE_PAGE = (-20, -20, -20, -20)
"""An invisible signature field lies outside the page: nothing is shown there that would need a tag (ISO 14289-1, 7.18.4)."""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What one signature proves.

    `intact`: the signed bytes are unchanged. `whole`: nothing but other signatures was added to the file
    after it. `known`: its certificate is
    one of those given as trusted and was valid at the time stated. `signed_at` is what the signer's clock said.
    `good` is all of these together; `because` says in a sentence what is not.
    """

    signer: str
    fingerprint: str
    signed_at: datetime | None
    reason: str
    intact: bool
    whole: bool
    known: bool
    because: str

    @property
    def good(self) -> bool:
        return self.intact and self.whole and self.known


class _Signer(signers.PdfSigner):  # type: ignore[misc]  # pyhanko has no types here
    """A signer whose clock is passed in."""

    def __init__(
        self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, field: fields.SigFieldSpec, at: datetime
    ) -> None:
        super().__init__(metadata, signer=signer, new_field_spec=field)
        self._at = at

    def init_signing_session(self, *arguments: object, **named: object) -> object:
        session = super().init_signing_session(*arguments, **named)
        session.system_time = self._at
        return session


def sign(pdf: bytes, key: OfficeKey, *, at: datetime, reason: str, field: str = "OfficeSignature") -> bytes:
    """The PDF with the office's signature added behind it; its bytes stay as they were before it.

    The first signature certifies the document: only further signatures may follow, any other change shows as such. `at` (aware) is the time
    of signing. Raises ExchangeError when the file or the key cannot be used.
    """
    if at.tzinfo is None:
        raise ExchangeError("The time of signing has no time zone.")
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        is_first = not writer.prev.embedded_signatures
        spec = fields.SigFieldSpec(
            field, on_page=0, box=_OFF_THE_PAGE, readable_field_name=f"Signature of {name_of(key.certificate)}"
        )
        metadata = signers.PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            name=name_of(key.certificate),
            certify=is_first,
            docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        )
        page = writer.root["/Pages"]["/Kids"][0]
        while "/Kids" in page:
            page = page["/Kids"][0]
        page[NameObject("/Tabs")] = NameObject("/S")
        writer.update_container(page)
        out = io.BytesIO()
        _Signer(metadata, _simple_signer(key), spec, at).sign_pdf(writer, output=out)
    except (PdfError, signers.pdf_signer.SigningError, ValueError) as error:
        raise ExchangeError(f"The file could not be signed: {error}.") from error
    return out.getvalue()


def _simple_signer(key: OfficeKey) -> signers.SimpleSigner:
    private = serialization.load_pem_private_key(key.private_key, password=None)
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=_certificate(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )


def _certificate(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(data)[2])


def verify_signature(pdf: bytes, trusted: Sequence[bytes] = ()) -> list[SignatureReport]:
    """Every signature in the file, in the order in which they were made; empty when there is none.

    `trusted` are certificates (PEM) that the office trusts; nothing is fetched from anywhere.
    Raises ExchangeError when the file cannot be read.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ExchangeError(f"The file's signatures cannot be read: {error}.") from error
    return [_report(one, trusted) for one in embedded]


def _report(embedded: object, trusted: Sequence[bytes]) -> SignatureReport:
    signed_at = embedded.self_reported_timestamp  # type: ignore[attr-defined]  # pyhanko's class has no public name
    certificate = embedded.signer_cert  # type: ignore[attr-defined]
    armoured = pem.armor("CERTIFICATE", certificate.dump())
    known = fingerprint(armoured) in {fingerprint(one) for one in trusted}
    roots = [_certificate(one) for one in trusted if known or _issued(certificate, one)]
    known = bool(roots)
    status: PdfSignatureStatus | None = None
    because = ""
    try:
        context = ValidationContext(
            trust_roots=roots or [certificate], allow_fetching=False, moment=signed_at, best_signature_time=signed_at
        )
        status = validate_pdf_signature(embedded, context)
    except (SignatureValidationError, PdfError, ValueError) as error:
        because = f"The signature cannot be checked: {error}."
    intact = status is not None and status.intact and status.valid
    whole = status is not None and _is_whole(status)
    known = known and status is not None and status.trusted and _is_alive(certificate, signed_at)
    return SignatureReport(
        signer=name_of(armoured),
        fingerprint=fingerprint(armoured),
        signed_at=signed_at,
        reason=str(embedded.sig_object.get("/Reason", "")),  # type: ignore[attr-defined]
        intact=intact,
        whole=whole,
        known=known,
        because=because or _because(intact, whole, known),
    )


def _is_whole(status: PdfSignatureStatus) -> bool:
    """Nothing came after the signature, or nothing but another signature."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return (
        bool(status.docmdp_ok)
        and status.modification_level is not None
        and status.modification_level != ModificationLevel.OTHER
    )


def _is_alive(certificate: x509.Certificate, at: datetime | None) -> bool:
    """Whether the certificate was valid then; a certificate that is trusted by itself is not asked about this elsewhere."""
    return at is not None and bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def _issued(certificate: x509.Certificate, authority: bytes) -> bool:
    """Whether a trusted certificate names itself as the issuer; whether it really is, the validation of the path says."""
    return bool(certificate.issuer == _certificate(authority).subject)


def _because(intact: bool, whole: bool, known: bool) -> str:
    if not intact:
        return "The signed bytes were changed."
    if not whole:
        return "Something was added to the file after it was signed."
    return "" if known else "The certificate is not one that this office trusts."
