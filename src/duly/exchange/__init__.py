"""Both sides: the data inside a paper and whether the page agrees with it, signatures, and signed dispositions."""

from duly.exchange.agreement import Difference, agrees
from duly.exchange.disposition import (
    Disposition,
    SignedDisposition,
    disposition,
    read_disposition,
    sign_data,
    verify_data,
)
from duly.exchange.keys import ExchangeError, OfficeKey, fingerprint, name_of, office_key
from duly.exchange.signing import SignatureReport, sign, verify_signature
from duly.exchange.twin import twin_of

__all__ = [
    "Difference",
    "Disposition",
    "ExchangeError",
    "OfficeKey",
    "SignatureReport",
    "SignedDisposition",
    "agrees",
    "disposition",
    "fingerprint",
    "name_of",
    "office_key",
    "read_disposition",
    "sign",
    "sign_data",
    "twin_of",
    "verify_data",
    "verify_signature",
]
