"""Agency papers with random contents: subpoenas, detainers, administrative warrants, notices of inspection."""

from __future__ import annotations

from typing import Any

from samples.generator.forms_of_entry import complete
from samples.generator.heldout.invention import CITIZENSHIPS, LISTED_RANKS, OTHER_RANKS, Invention
from samples.generator.paper import Paper, entered_date, entered_time

RECORDS = (
    "Home address and work address, current and last known",
    "Date and place of birth",
    "Emergency contacts, with telephone numbers",
    "Bond information, including the name and address of the person who posted bond",
    "Identification documents held, with a copy of each",
    "Booking photographs and fingerprint cards",
    "Any and all employment applications",
    "Forms I-9 of all current employees and of those terminated in the last twelve months",
    "Payroll records from January 1 to the present",
    "Lease agreement and rental application",
    "Visitor logs and telephone account information",
    "Enrollment records, including the names of parents or guardians",
    "Copies of driver license applications and supporting documents",
    "Video recordings of the lobby between 8:00 a.m. and 11:00 a.m.",
    "Account holder information for the account ending in 5555",
    "Probation file, including the current reporting schedule",
)


def subpoena(inv: Invention) -> list[Paper]:
    """An I-138 to any recipient, to produce, to appear, or both."""
    rng = inv.rng
    named, spoken = inv.person()
    employer = inv.often(0.2)
    office = inv.office()
    to_name = rng.choice(("Custodian of Records", office, office, inv.officer()))
    to_address = inv.address(lines=True)
    if to_name != office:
        to_address = f"{office.replace(chr(10), ' ')}\n{to_address}"
    served = inv.near(0, 3)
    returned = inv.near(3, 30)
    appear = inv.often(0.3)
    signer = inv.officer()
    rank = rng.choice(LISTED_RANKS if inv.often(0.55) else OTHER_RANKS)
    server = inv.officer()
    number = rng.randrange(10**5)
    records = [f"{item}{rng.choice((';', '.', ''))}" for item in rng.sample(RECORDS, rng.randint(1, 6))]
    values: dict[str, Any] = {
        "to_name": to_name,
        "to_address": to_address,
        "subpoena_number": rng.choice((f"{inv.state.city[:3].upper()}-{inv.today.year}-{number:05d}", f"HSI-{number}", f"{inv.today.year}{number:06d}", f"ICE-{inv.state.code}-{number}-{inv.today:%y}")),
        "in_reference_to": office.replace("\n", ", ") if employer else named,
        "file_number": inv.file_number() if not employer else f"{inv.state.code}07CR{number % 1000:03d}",
        "must_appear": appear,
        "must_produce": not appear or inv.often(0.6),
        "official_name": inv.officer(),
        "official_title": rng.choice(OTHER_RANKS),
        "official_address": inv.address(),
        "official_telephone": inv.telephone(),
        "return_date": entered_date(returned, inv.date_manner),
        "return_time": entered_time(inv.clock(), inv.time_manner),
        "records_demanded": records,
        "authorized_official_name": signer,
        "authorized_official_title": rank,
        "issued_date": entered_date(inv.near(-3, 0), inv.date_manner),
        "service_manner": rng.choice(("By hand", "Personal service", "In person", "Certified mail", "Left with the records clerk", "Facsimile", "E-mail")),
        "service_place": inv.address(lines=False),
        "service_date": entered_date(served, inv.date_manner),
        "service_time": entered_time(inv.clock(), inv.time_manner),
        "service_by": f"{server}, {rng.choice(OTHER_RANKS)}",
    }  # fmt: skip
    served_yet = inv.often(0.65)
    if not served_yet:
        for name in ("service_manner", "service_place", "service_date", "service_time", "service_by"):
            values[name] = None
    _drop(
        inv,
        values,
        0.06,
        (
            "subpoena_number",
            "file_number",
            "official_telephone",
            "official_title",
            "return_time",
            "issued_date",
            "authorized_official_title",
        ),
    )
    pens = sign(inv, {"signed": signer} | ({"service_signed": server} if served_yet else {}))
    extra: dict[str, Any] = {"marker": rng.choice(("1.", "1.", "-", "•", "")), "block_four": rng.uniform(1.5, 2.3)}
    if inv.often(0.3):
        extra["records_preamble"] = (
            f"Any and all records concerning {spoken} ({values['file_number'] or 'file number unknown'}) that show:"
        )
    if not served_yet and inv.often(0.5):
        extra["second_page"] = False
        values = {name: value for name, value in values.items() if not name.startswith("service_")}
    about = {} if employer else {"person_named": spoken}
    return [Paper("ice-i-138", "ice-i-138", complete("ice-i-138", values), "6/09", pens=pens, extra=extra, about=about)]


def detainer(inv: Invention) -> list[Paper]:
    """An I-247A, alone or with the warrant that goes with it."""
    rng = inv.rng
    named, spoken = inv.person()
    number = inv.file_number()
    issued = inv.near(-2, 2)
    officer = f"{inv.officer()}, {rng.choice(OTHER_RANKS)}"
    basis = rng.choice(
        ("basis_final_order", "basis_pending_proceedings", "basis_biometric", "basis_biometric", "basis_statements")
    )
    also = rng.choice((basis, basis, "basis_statements", "basis_biometric"))
    transferred = inv.often(0.08)
    served = inv.often(0.5)
    by_cbp = inv.often(0.1)
    values: dict[str, Any] = {
        "subject_id": str(rng.randrange(10**8, 10**9)),
        "event_number": f"{inv.state.city[:3].upper()}{inv.today:%y%m}{rng.randrange(10**6):06d}",
        "file_number": number,
        "date": entered_date(issued, inv.date_manner),
        "to_institution": f"{inv.jail()}\n{inv.address(lines=True)}",
        "from_office": f"{inv.agency()}\n{inv.address(lines=True)}",
        "person_name": named,
        "date_of_birth": entered_date(inv.birth(), inv.date_manner),
        "citizenship": rng.choice(rng.choice((_citizenships(), _citizenships(title=True)))),
        "sex": rng.choice(("M", "M", "F", "Male", "Female")),
        **{name: not transferred and name in (basis, also) for name in ("basis_final_order", "basis_pending_proceedings", "basis_biometric", "basis_statements")},
        "box2_transferred": transferred,
        "notify_ice": not by_cbp,
        "notify_cbp": by_cbp,
        "notify_telephone": inv.telephone(),
        "cancels_detainer": inv.often(0.06),
        "cancels_detainer_of": None,
        "officer_name_title": officer,
        "return_to": rng.choice((inv.telephone(), "ero.detainers@ice.example", None)),
        "booking_number": f"{inv.today:%y}-{rng.randrange(10**6):06d}" if inv.often(0.6) else None,
        "estimated_release": rng.choice((None, "Unknown", f"{inv.near(1, 20):%m/%d/%Y} 1400 hrs")),
        "latest_charge_date": entered_date(inv.near(-9, -1), inv.date_manner) if inv.often(0.5) else None,
        "latest_charge": rng.choice((None, "DUI", "Trespass", "Assault 3", "Shoplifting", "Driving without license")),
        "served_on": entered_date(inv.near(1, 4), inv.date_manner) if served else None,
        "served_manner": rng.choice(("in person", "in person", "by inmate mail delivery", "kiosk message")) if served else None,
        "jail_officer_name_title": f"{inv.officer()}, Deputy" if served else None,
    }  # fmt: skip
    if values["cancels_detainer"]:
        values["cancels_detainer_of"] = entered_date(inv.near(-60, -10), inv.date_manner)
    _drop(
        inv,
        values,
        0.05,
        ("subject_id", "event_number", "file_number", "citizenship", "notify_telephone", "date_of_birth"),
    )
    pens = sign(
        inv, {"signed": officer.split(",")[0]} | ({"jail_officer_signed": "Deputy of the jail"} if served else {})
    )
    edition = rng.choice(("3/17", "3/17", "3/17", "02/17"))
    extra = {"notice_pages": inv.often(0.6)}
    papers = [
        Paper(
            "ice-i-247a",
            "ice-i-247a",
            complete("ice-i-247a", values),
            edition,
            pens=pens,
            extra=extra,
            about={"person_named": spoken},
        )
    ]
    if not inv.often(0.45):
        return papers
    return [*papers, arrest_warrant_of(inv, named, spoken, number)]


def older_detainer(inv: Invention) -> list[Paper]:
    """An I-247 of 2012 or an I-247D of 2015, as they stayed in files after 2 April 2017."""
    rng = inv.rng
    newer = detainer(inv)[0]
    values = dict(newer.values)
    if inv.often(0.5):
        return [Paper("ice-i-247d", "ice-i-247d", values, "", pens=newer.pens, about=newer.about)]
    names = ("basis_reason_to_believe", "basis_charging_document", "basis_warrant_of_arrest", "basis_final_order")
    marked = set(rng.sample(names, rng.choice((1, 1, 2))))
    values |= {name: name in marked for name in names}
    return [Paper("ice-i-247", "ice-i-247", values, "12/12", pens=newer.pens, about=newer.about)]


def arrest_warrant(inv: Invention) -> list[Paper]:
    """An I-200 by itself."""
    named, spoken = inv.person()
    return [arrest_warrant_of(inv, named, spoken, inv.file_number())]


def arrest_warrant_of(inv: Invention, named: str, spoken: str, file_number: str) -> Paper:
    rng = inv.rng
    names = (
        "basis_charging_document",
        "basis_pending_proceedings",
        "basis_failure_admissibility",
        "basis_biometric",
        "basis_statements",
    )
    marked = set(rng.sample(names, rng.choice((1, 1, 2))))
    signer = inv.officer()
    served = inv.often(0.4)
    values: dict[str, Any] = {
        "file_number": file_number,
        "date": entered_date(inv.near(-2, 2), inv.date_manner),
        "person_name": named,
        **{name: name in marked for name in names},
        "officer_name_title": f"{signer}, {rng.choice(LISTED_RANKS + OTHER_RANKS)}",
        "served_location": inv.place() if served else None,
        "served_on": named if served else None,
        "served_date": entered_date(inv.near(2, 9), inv.date_manner) if served else None,
        "served_language": rng.choice(("SPANISH", "English", "Portuguese", "Haitian Creole", "Vietnamese"))
        if served
        else None,
        "served_by": inv.officer() if served else None,
        "interpreter": None,
    }
    pens = sign(inv, {"signed": signer} | ({"served_signed": signer} if served else {}))
    return Paper("ice-i-200", "ice-i-200", values, "Rev. 09/16", pens=pens, about={"person_named": spoken})


def removal_warrant(inv: Invention) -> list[Paper]:
    """An I-205; now and then its removal order was a judge's, and the warrant is an officer's all the same."""
    rng = inv.rng
    named, spoken = inv.person()
    names = ("order_immigration_judge", "order_designated_official", "order_bia", "order_court")
    by = rng.choice((*names, "order_immigration_judge", "order_court"))
    signer = inv.officer()
    issued = inv.near(-2, 2)
    values: dict[str, Any] = {
        "file_number": inv.file_number(),
        "date": entered_date(issued, inv.date_manner),
        "person_name": named,
        "entry_place": rng.choice(
            ("an unknown place", "El Paso, Texas", "San Ysidro, CA", "Miami, FL", "near Eagle Pass, TX")
        ),
        "entry_date": entered_date(inv.near(-7000, -400), inv.date_manner) if inv.often(0.6) else "an unknown date",
        **{name: name == by for name in names},
        "provisions": rng.choice(
            ("212(a)(6)(A)(i)", "237(a)(1)(B)", "212(a)(7)(A)(i)(I)", "237(a)(2)(A)(iii)", "241(a)(5)")
        ),
        "expense_of": rng.choice(
            ("Salaries and Expenses, Department of Homeland Security", "the United States", "Appropriation")
        ),
        "officer_title": rng.choice(LISTED_RANKS + OTHER_RANKS),
        "signed_date_location": f"{inv.day_words(issued)}, {inv.place()}",
    }
    if inv.often(0.5):
        values["officer_name"] = signer
    return [
        Paper(
            "ice-i-205",
            "ice-i-205",
            values,
            "8/07",
            pens=sign(inv, {"signed": signer}),
            extra={"second_page": inv.often(0.5)},
            about={"person_named": spoken},
        )
    ]


def inspection_notice(inv: Invention) -> list[Paper]:
    """A notice of inspection to an employer, sometimes with the subpoena in the same file."""
    rng = inv.rng
    firm = inv.office()
    address = inv.address(lines=True)
    agent = inv.officer()
    documents = rng.sample(
        ("Original Forms I-9 of all current employees;", "Forms I-9 of employees terminated within the last year;",
         "Payroll records for the last twelve months;", "A list of current employees with dates of hire;",
         "Quarterly wage and hour reports;", "Articles of incorporation and business licenses;", "A list of staffing agencies used;"),
        rng.randint(2, 5),
    )  # fmt: skip
    values: dict[str, Any] = {
        "date": entered_date(inv.today, rng.choice(("long", "us", "long"))),
        "to_name": firm.replace("\n", ", "),
        "to_address": address,
        "business_days": rng.choice(("three (3)", "three", "3")),
        "inspection_date": entered_date(inv.near(3, 8), rng.choice(("long", "us"))),
        "inspection_time": entered_time(inv.clock(), inv.time_manner),
        "inspection_place": rng.choice((address, inv.address())).replace("\n", ", "),
        "agent_name": agent,
        "agent_title": rng.choice(("Special Agent", "Auditor", "Forensic Auditor", "Supervisory Special Agent")),
        "documents": documents,
    }
    extra = {
        "letterhead": {"name": "U.S. Immigration and Customs Enforcement", "address": f"Homeland Security Investigations\nU.S. Department of Homeland Security\n{inv.address(lines=False)}", "seal": inv.often(0.6)},
        "subject": rng.choice(("NOTICE OF INSPECTION", "Re: Notice of Inspection", "NOTICE OF INSPECTION OF FORMS I-9")),
        "body": [
            rng.choice(("Dear Sir or Madam:", "To whom it may concern:", "Dear Employer:")),
            "Section 274A of the Immigration and Nationality Act requires employers to hire only United States citizens and aliens who are authorized to work in the United States, and to verify employment eligibility of persons hired after November 6, 1986, using the Employment Eligibility Verification Form (Form I-9). 8 U.S.C. § 1324a(b).",
            {"parts": ["This letter serves as advance notice that a review of your Forms I-9 has been scheduled for ", {"field": "inspection_date"}, " at ", {"field": "inspection_time"}, ", at ", {"field": "inspection_place"}, ". You are entitled to ", {"field": "business_days"}, " business days' notice of this inspection."]},
            "Please have the following ready:",
            {"list": "documents"},
            f"If you have any questions, please call {inv.telephone()}.",
        ],
    }  # fmt: skip
    notice = Paper("ice-i-9-noi", "letter", values, pens=sign(inv, {"signed": agent}), extra=extra)
    if inv.often(0.3):
        return [notice, *subpoena(inv)]
    return [notice]


def _citizenships(title: bool = False) -> tuple[str, ...]:
    return tuple(name.title() if title else name for name in CITIZENSHIPS)


def _drop(inv: Invention, values: dict[str, Any], share: float, names: tuple[str, ...]) -> None:
    """Leaves a field empty now and then, as people do."""
    for name in names:
        if name in values and inv.often(share):
            values[name] = None


def sign(inv: Invention, pens: dict[str, str]) -> dict[str, str]:
    """Who signed: mostly with a pen, sometimes typed or by certificate, sometimes nobody (the first of `pens` alone decides)."""
    how = inv.rng.random()
    if how < 0.1:
        return {}
    signed = dict(pens)
    main = next(iter(pens))
    if how < 0.2:
        signed[main] = f"/s/ {pens[main]}"
    elif how < 0.28:
        stamp = f"{inv.today:%Y.%m.%d} {inv.clock():%H:%M}:{inv.rng.randrange(60):02d} -0{inv.rng.randint(4, 8)}'00'"
        signed[main] = f"Digitally signed by {pens[main].upper()}\nDate: {stamp}"
    return signed
