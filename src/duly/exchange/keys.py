"""An office's signing key: made once, kept by the office, its certificate handed to the other side."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from duly.errors import DulyError


class ExchangeError(DulyError):
    """Something that came from, or goes to, another office is not as it has to be."""

    code = "exchange"


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """A private key (PEM, unencrypted: keep it as a secret) and its certificate (PEM)."""

    private_key: bytes
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate)


def office_key(name: str, *, valid_from: datetime, years: int = 10, organization: str = "") -> OfficeKey:
    """A new P-256 key with a self-signed certificate that names the office.

    For offices without a certification authority, and for the sample: the other side trusts it by its fingerprint, told by
    another way (RFC 5280 profile; key usage digitalSignature and nonRepudiation). Raises ExchangeError for an empty name.
    """
    if not name.strip() or len(name) > 64:
        raise ExchangeError("A certificate's name has 1 to 64 characters.")
    key = ec.generate_private_key(ec.SECP256R1())
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organization:
        attributes.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]))
    subject = x509.Name(attributes)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return OfficeKey(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate.public_bytes(serialization.Encoding.PEM),
    )


def fingerprint(certificate: bytes) -> str:
    """SHA-256 (hex) of a certificate's DER. Raises ExchangeError for bytes that are no PEM certificate."""
    return hashlib.sha256(_loaded(certificate).public_bytes(serialization.Encoding.DER)).hexdigest()


def name_of(certificate: bytes) -> str:
    """The common name in a certificate's subject."""
    names = _loaded(certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else _loaded(certificate).subject.rfc4514_string()


def _loaded(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate)
    except ValueError as error:
        raise ExchangeError(f"This is no certificate: {error}.", remedy="Give a certificate in PEM.") from error
