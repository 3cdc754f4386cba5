"""A disposition: what happened to one instrument, said by the office that answered it, signed, for people and programs."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, get_args

import rfc8785
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from duly.exchange.keys import ExchangeError, OfficeKey, fingerprint, name_of
from duly.exchange.signing import sign
from duly.letters import Addressee, LetterContent, Letterhead, Line, Paragraph, Table, compose
from duly.letters.terms import label
from duly.letters.wording import day
from duly.matters.events import Disposition as Kind

SCHEMA = "duly.disposition/1"


@dataclass(frozen=True, slots=True)
class Disposition:
    """What happened to one instrument.

    `instrument` is the SHA-256 (hex) of the paper as served, so that the other side finds it without a name in it;
    `acts` give the choice for each act; `letter` is the SHA-256 of the answer. No person is named.
    """

    instrument: str
    instrument_kind: str | None
    disposition: Kind
    on: date
    office: str
    matter_number: str
    acts: tuple[tuple[str, str], ...] = ()
    letter: str | None = None
    order_entered_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            **asdict(self),
            "on": self.on.isoformat(),
            "order_entered_on": None if self.order_entered_on is None else self.order_entered_on.isoformat(),
            "acts": [{"act": act, "choice": choice} for act, choice in self.acts],
        }


@dataclass(frozen=True, slots=True)
class SignedDisposition:
    """The disposition as signed JSON (bytes) and as a signed PDF that says the same."""

    data: bytes
    pdf: bytes


def disposition(
    said: Disposition, key: OfficeKey, *, at: datetime, office: Letterhead, to: Addressee | None = None
) -> SignedDisposition:
    """Both forms, signed with the office's key at `at` (aware)."""
    letter = compose(_letter(said, at, office, to))
    return SignedDisposition(
        sign_data(said.as_json(), key), sign(letter.pdf, key, at=at, reason=f"Disposition: {said.disposition}")
    )


def _letter(said: Disposition, at: datetime, office: Letterhead, to: Addressee | None) -> LetterContent:
    rows = tuple((label(act), choice[:1].upper() + choice[1:]) for act, choice in said.acts)
    return LetterContent(
        template="disposition",
        layout="letter",
        language="en",
        status="final",
        on=said.on,
        created=at,
        title=f"Disposition: {said.disposition}",
        matter_number=said.matter_number,
        office=office,
        to=to,
        reference=(
            Line("Instrument", said.instrument, "instrument", said.instrument),
            Line("Disposition", said.disposition, "disposition", said.disposition),
            Line("On", day(said.on), "on", said.on),
        ),
        salutation="",
        blocks=(
            Paragraph(
                f"{office.name} records what happened to the instrument whose original, as served, has the SHA-256 named "
                "above. This paper is a record; it is no order and asks for nothing."
            ),
            *((Table(("Act", "Answer"), rows, "What the instrument asked, and the answer"),) if rows else ()),
            *((Paragraph(f"The answer that was sent has the SHA-256 {said.letter}."),) if said.letter else ()),
        ),
        footnote="What this paper says is attached to this PDF as data (duly-letter.json).",
        record={"disposition": said.as_json()},
    )


def sign_data(payload: Mapping[str, Any], key: OfficeKey) -> bytes:
    """A JSON document `{payload, signature, certificate, algorithm}`; the signature is over RFC 8785 of the payload."""
    private = serialization.load_pem_private_key(key.private_key, password=None)
    message = rfc8785.dumps(dict(payload))
    if isinstance(private, ec.EllipticCurvePrivateKey):
        signature, algorithm = private.sign(message, ec.ECDSA(hashes.SHA256())), "ecdsa-sha256"
    elif isinstance(private, rsa.RSAPrivateKey):
        signature, algorithm = private.sign(message, PKCS1v15(), hashes.SHA256()), "rsa-pkcs1v15-sha256"
    else:
        raise ExchangeError("The office's key is of a kind that cannot sign data.", remedy="Use a P-256 or an RSA key.")
    document = {
        "payload": dict(payload),
        "algorithm": algorithm,
        "signature": base64.b64encode(signature).decode(),
        "certificate": key.certificate.decode(),
    }
    signed: bytes = rfc8785.dumps(document)
    return signed


def verify_data(document: bytes, trusted: Sequence[bytes]) -> dict[str, Any]:
    """The payload of a signed document. Raises ExchangeError unless a trusted certificate's key signed exactly it."""
    try:
        outer = json.loads(document)
        payload, certificate = outer["payload"], outer["certificate"].encode()
        signature = base64.b64decode(outer["signature"], validate=True)
        message = rfc8785.dumps(payload)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExchangeError(f"This is no signed document: {error}.") from error
    if not isinstance(payload, dict):
        raise ExchangeError("This is no signed document: the payload is no object.")
    if fingerprint(certificate) not in {fingerprint(one) for one in trusted}:
        raise ExchangeError(
            f"The certificate of {name_of(certificate)} is not one that this office trusts.",
            remedy="Compare its fingerprint with the other office by another way, then add it.",
        )
    public = x509.load_pem_x509_certificate(certificate).public_key()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, PKCS1v15(), hashes.SHA256())
        else:
            raise ExchangeError("The certificate's key is of a kind that cannot sign data.")
    except InvalidSignature as error:
        raise ExchangeError("The signature does not fit: the document was changed after it was signed.") from error
    return payload


def read_disposition(document: bytes, trusted: Sequence[bytes]) -> Disposition:
    """A disposition from its signed JSON. Raises ExchangeError when the signature or the shape does not hold."""
    payload = verify_data(document, trusted)
    try:
        if payload["schema"] != SCHEMA or payload["disposition"] not in get_args(Kind):
            raise ExchangeError(f"This is no {SCHEMA}.")
        ordered = payload["order_entered_on"]
        names = {
            key: payload[key]
            for key in ("instrument", "instrument_kind", "disposition", "office", "matter_number", "letter")
        }
        return replace(
            Disposition(**names, on=date.fromisoformat(payload["on"])),
            acts=tuple((entry["act"], entry["choice"]) for entry in payload["acts"]),
            order_entered_on=None if ordered is None else date.fromisoformat(ordered),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ExchangeError(f"The document does not have the shape of {SCHEMA}: {error!r}.") from error
