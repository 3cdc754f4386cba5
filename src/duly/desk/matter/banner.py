"""What the paper is, from whom, about whom, and whether a court issued it: in neutral words, unknown said as unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duly.desk.shelf import kind_label
from duly.evidence import Fact
from duly.instruments import Value
from duly.matters import Assessment, Instrument

FAMILIES = {
    "administrative_subpoena": "Administrative subpoena",
    "detainer": "Detainer",
    "administrative_warrant": "Administrative warrant",
    "court_subpoena": "Court subpoena",
    "judicial_warrant": "Judge's warrant",
    "court_order": "Court order",
    "notice_of_inspection": "Notice of inspection",
    "informal_request": "Request",
}
ISSUERS = {
    "immigration": "an immigration agency",
    "other_federal_agency": "a federal agency",
    "federal_court": "a federal court",
    "state_court": "a state court",
    "state_agency": "a state agency",
    "private": "a private person",
}
CAPACITIES = {
    "judge": "a judge",
    "magistrate_judge": "a magistrate judge",
    "court_clerk": "a court's clerk",
    "attorney": "an attorney",
    "immigration_officer": "an immigration officer",
    "other_officer": "an officer",
    "private_person": "a private person",
}
PERSON_FIELDS = ("person_name", "subject_name", "in_reference_to", "defendant", "person_named")
FROM_FIELDS = ("from_office", "issuing_office", "agency", "court_name", "court")


# What follows the comma in a firm's name, or after a person's.
_NO_GIVEN_NAME = {"inc", "llc", "llp", "ltd", "co", "corp", "pc", "pllc", "na", "jr", "sr", "esq", "md"}


@dataclass(frozen=True, slots=True)
class Banner:
    """The top of the Matter page. `by_court` is what is known: yes, no, or None for not known."""

    what: str
    person: str | None
    kind: str
    issued_by: str
    by_court: bool | None
    signed_by_judge: bool | None


def banner(instrument: Instrument | None, facts: Mapping[str, Fact]) -> Banner:
    """The banner from the instrument and the facts in use."""
    family = _value(facts, "instrument.family")
    what = FAMILIES.get(str(family), "Paper of a kind not recognised")
    kind = kind_label(instrument.kind) if instrument is not None else "not read yet"
    return Banner(
        what=what,
        person=person_named(instrument),
        kind=kind,
        issued_by=_issuer(instrument, facts),
        by_court=_truth(facts, "instrument.issued_by_court"),
        signed_by_judge=_truth(facts, "instrument.signed_by_judge"),
    )


def banner_of(assessment: Assessment) -> Banner:
    """The banner of an assessed instrument."""
    return banner(assessment.instrument, assessment.facts)


def person_named(instrument: Instrument | None) -> str | None:
    """The person whom the paper is about, as it names them; None when it names nobody that the machine or a person read."""
    if instrument is None:
        return None
    for name in PERSON_FIELDS:
        text = _text(instrument.fields.get(name))
        if text:
            return in_order(text)
    return next((found for paper in instrument.accompanying if (found := person_named(paper))), None)


def in_order(name: str) -> str:
    """“MUESTRA FICTICIO, Teodoro” as “Teodoro Muestra Ficticio”; firms and other spellings as they stand."""
    first_line = name.splitlines()[0].strip()
    match = re.fullmatch(r"([^\W\d_][\w'’ \-]+),\s*([^\W\d_][\w'’. \-]+)", first_line)
    if match is None or match[2].strip(" .").lower().replace(".", "") in _NO_GIVEN_NAME:
        return first_line
    family, given = match[1].strip(), match[2].strip()
    return f"{_eased(given)} {_eased(family)}"


def _eased(part: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), part) if part.isupper() else part


def _issuer(instrument: Instrument | None, facts: Mapping[str, Fact]) -> str:
    who = CAPACITIES.get(str(_value(facts, "instrument.signer_capacity"))) or ISSUERS.get(
        str(_value(facts, "instrument.issuer"))
    )
    place = ""
    if instrument is not None:
        place = next((text for name in FROM_FIELDS if (text := _text(instrument.fields.get(name)))), "")
    shown_place = place.splitlines()[0].strip().rstrip(",") if place else ""
    if who is None:
        return f"Issued by {shown_place}" if shown_place else "Who issued it is not known yet"
    return f"Issued by {who}, {shown_place}" if shown_place else f"Issued by {who}"


def _text(value: Value | None) -> str:
    return value.value.strip() if value is not None and isinstance(value.value, str) else ""


def _value(facts: Mapping[str, Fact], name: str) -> object:
    return facts[name].value if name in facts else None


def _truth(facts: Mapping[str, Fact], name: str) -> bool | None:
    found = _value(facts, name)
    return found if isinstance(found, bool) else None
