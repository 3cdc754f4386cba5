"""Court papers with random contents: federal forms, state subpoenas, orders, proposed orders, petitions."""

from __future__ import annotations

from typing import Any

from samples.generator.heldout.agency import sign
from samples.generator.heldout.invention import FIRMS, STATES, Invention
from samples.generator.paper import Entry, Paper, entered_date, entered_time

ITEMS = (
    "all booking records that concern the vehicle described in Exhibit A",
    "incident reports and body-worn camera recordings of the arrest described in Schedule A",
    "the complete personnel file of the employee named in Exhibit 1",
    "payroll records, W-2 forms and time sheets for the last three years",
    "medical and billing records, including radiology, from January 1 to the present",
    "account statements and signature cards for accounts held by the defendant",
    "call detail records and subscriber information for the number listed in Attachment A",
    "lease agreements, rent ledgers and correspondence with the tenant",
)
JUDGE_TITLES = ("United States Magistrate Judge", "U.S. Magistrate Judge", "United States District Judge")


def _parties(inv: Invention) -> tuple[str, str]:
    def party() -> str:
        return inv.rng.choice(
            (inv.person()[1], inv.person()[1].upper(), inv.rng.choice(FIRMS), inv.rng.choice(FIRMS).upper())
        )

    left, right = party(), party()
    return left, right + inv.rng.choice(("", "", ", et al."))


def _attorney(inv: Invention, name: str, lines: bool) -> str:
    slug = name.split()[0].strip(".").lower().encode("ascii", "ignore").decode() or "counsel"
    parts = [name, inv.rng.choice(("Makebelieve & Associates, P.C.", "Law Offices of Pretend & Daughter", "Legal Aid of Utopia", "Notional LLP")),
             inv.address(lines=False), inv.rng.choice((f"{slug}@law.example, {inv.telephone()}", f"Tel. {inv.telephone()}, {slug}@law.example"))]  # fmt: skip
    return ("\n" if lines else ", ").join(parts)


def _long_day(inv: Invention, first: int, last: int) -> Entry:
    day = entered_date(inv.near(first, last), inv.date_manner)
    assert day is not None
    return day


def civil_subpoena(inv: Invention) -> list[Paper]:
    """An AO 88B, issued by a clerk or by an attorney as officer of the court."""
    rng = inv.rng
    plaintiff, defendant = _parties(inv)
    inspection = inv.often(0.15)
    production = not inspection or inv.often(0.5)
    day = _long_day(inv, 10, 40)
    moment = f"{day.words} {entered_time(inv.clock(), inv.time_manner).words}"
    signer = rng.choice(("attorney", "attorney", "clerk"))
    lawyer = inv.officer()
    values: dict[str, Any] = {
        "court": inv.district(),
        "plaintiff": plaintiff,
        "defendant": defendant,
        "case_number": inv.docket("cv"),
        "to_name": f"{inv.office()}, {inv.address(lines=False)}".replace("\n", ", "),
        "production": production,
        "documents": f"{_sentence(rng.choice(ITEMS))}." if production else None,
        "production_place": inv.address() if production else None,
        "production_datetime": moment if production else None,
        "inspection": inspection,
        "inspection_place": inv.address() if inspection else None,
        "inspection_datetime": moment if inspection else None,
        "return_date": day,
        "issued_date": _long_day(inv, -2, 1),
        "signer": signer,
        "attorney_party": plaintiff,
        "attorney_block": _attorney(inv, lawyer, lines=inv.often(0.4)),
    }
    pens = sign(inv, {"signed": lawyer if signer == "attorney" else f"Clerk {inv.surname()}"})
    edition = rng.choice(("Rev. 02/14", "Rev. 02/14", "Rev. 12/13"))
    extra = {"rule_pages": inv.often(0.4)}
    return [Paper("us-ao-88b", "us-ao-88b", values, edition, pens=pens, extra=extra, judicial=True)]


def search_warrant(inv: Invention) -> list[Paper]:
    rng = inv.rng
    judge = inv.officer()
    address = inv.address(lines=False)
    anytime = inv.often(0.3)
    issued = _long_day(inv, 0, 0)
    district, _, state = inv.district().partition(" of ")
    values: dict[str, Any] = {
        "court": inv.district(),
        "search_of": rng.choice((f"The premises at\n{inv.street()}", "One mobile telephone,\nserial number EX-555-01", inv.person()[1])),
        "case_number": inv.docket(rng.choice(("sw", "mj"))),
        "district_located": district.replace("District", "").strip() or "State and",
        "district_state": state,
        "property": f"{address}, described in Attachment A.",
        "items": rng.choice(("Evidence of a violation of 18 U.S.C. § 1028, described in Attachment B.", "Records, documents and electronic devices described in Attachment B.", "One notebook and one mobile telephone.")),
        "execute_by": _long_day(inv, 5, 14),
        "daytime": not anytime,
        "anytime": anytime,
        "return_to": rng.choice((judge, "Duty Magistrate Judge", f"Hon. {judge}")),
        "delayed_notice": inv.often(0.15),
        "issued_date": issued,
        "issued_datetime": f"{issued.words} {entered_time(inv.clock(), 'AM').words.lower()}",
        "city_state": f"{inv.state.city}, {inv.state.name}",
        "judge_name_title": f"{judge}, {rng.choice(JUDGE_TITLES[:2])}",
    }  # fmt: skip
    return [
        Paper(
            "us-ao-93",
            "us-ao-93",
            values,
            "Rev. 11/13",
            pens=sign(inv, {"signed": judge}),
            extra={"return_page": inv.often(0.5)},
            judicial=True,
        )
    ]


def arrest_warrant(inv: Invention) -> list[Paper]:
    rng = inv.rng
    _, spoken = inv.person()
    judge = inv.officer()
    names = (
        "doc_indictment", "doc_superseding_indictment", "doc_information", "doc_superseding_information", "doc_complaint",
        "doc_probation_violation", "doc_supervised_release_violation", "doc_violation_notice", "doc_order_of_court",
    )  # fmt: skip
    by = rng.choice((*names, "doc_indictment", "doc_complaint"))
    values: dict[str, Any] = {
        "court": inv.district(),
        "defendant": rng.choice((spoken.upper(), spoken)),
        "case_number": inv.docket(rng.choice(("cr", "mj"))),
        "person_name": spoken,
        **{name: name == by for name in names},
        "offense": rng.choice(("8 U.S.C. § 1326(a): reentry of a removed alien", "18 U.S.C. § 1546(a): fraud and misuse of visas, permits and other documents", "18 U.S.C. § 922(g)(1): felon in possession of a firearm", "21 U.S.C. § 841(a)(1): possession with intent to distribute", "18 U.S.C. § 401: contempt of court")),
        "issued_date": _long_day(inv, -3, 0),
        "city_state": f"{inv.state.city}, {inv.state.name}",
        "officer_name_title": f"{judge}, {rng.choice((*JUDGE_TITLES, 'Clerk of Court', 'Deputy Clerk'))}",
    }  # fmt: skip
    return [
        Paper(
            "us-ao-442",
            "us-ao-442",
            values,
            "Rev. 11/11",
            pens=sign(inv, {"signed": judge}),
            judicial=True,
            about={"person_named": spoken},
        )
    ]


def grand_jury_subpoena(inv: Invention) -> list[Paper]:
    lawyer = inv.officer()
    day = _long_day(inv, 7, 40)
    values: dict[str, Any] = {
        "court": inv.district(),
        "to_name": f"{inv.office()}\n{inv.address(lines=True)}",
        "place": f"United States Courthouse, {inv.address(lines=False)}".replace("\n", " "),
        "datetime": f"{day.words} {entered_time(inv.clock(), inv.time_manner).words}",
        "return_date": day,
        "documents": f"{_sentence(inv.rng.choice(ITEMS))}." if inv.often(0.8) else None,
        "issued_date": _long_day(inv, -3, 0),
        "signer": "clerk",
        "attorney_block": f"{lawyer}, Assistant United States Attorney\n{inv.address(lines=False)}, {inv.telephone()}",
    }
    pens = sign(inv, {"signed": f"Clerk {inv.surname()}"})
    return [Paper("us-ao-110", "us-ao-110", values, "Rev. 06/09", pens=pens, judicial=True)]


def testimony_subpoena(inv: Invention) -> list[Paper]:
    """An AO 88 (hearing or trial), AO 88A (deposition) or AO 89 (criminal case): the near neighbours of the AO 88B."""
    rng = inv.rng
    form = rng.choice(("us-ao-88", "us-ao-88a", "us-ao-89"))
    plaintiff, defendant = _parties(inv)
    day = _long_day(inv, 7, 60)
    lawyer = inv.officer()
    signer = "clerk" if form == "us-ao-89" else rng.choice(("clerk", "attorney"))
    values: dict[str, Any] = {
        "court": inv.district(),
        "plaintiff": plaintiff,
        "defendant": defendant,
        "case_number": inv.docket("cr" if form == "us-ao-89" else "cv"),
        "to_name": f"{inv.officer()}, {inv.office()}, {inv.address(lines=False)}".replace("\n", ", "),
        "place": inv.address(),
        "courtroom": rng.choice((None, f"A-{rng.randint(2, 9)}01", str(rng.randint(1, 20)))),
        "datetime": f"{day.words} {entered_time(inv.clock(), inv.time_manner).words}",
        "return_date": day,
        "documents": f"{_sentence(rng.choice(ITEMS))}." if inv.often(0.5) else None,
        "issued_date": _long_day(inv, -3, 0),
        "signer": signer,
        "attorney_party": plaintiff,
        "attorney_block": _attorney(inv, lawyer, lines=inv.often(0.5)),
    }
    if form == "us-ao-89":
        values.pop("plaintiff")
        values["attorney_party"] = rng.choice(("United States", defendant))
    pens = sign(inv, {"signed": lawyer if signer == "attorney" else f"Clerk {inv.surname()}"})
    return [Paper(form, form, values, pens=pens, judicial=True)]


def state_subpoena(inv: Invention) -> list[Paper]:
    """A state court's subpoena duces tecum, in the caption and formula of one of five states."""
    rng = inv.rng
    code = rng.choice(("CO", "CO", "CO", "CA", "TX", "NY", "FL"))
    inv.state = next(state for state in STATES if state.code == code)
    county = inv.county().upper()
    plaintiff, defendant = _parties(inv)
    signer = rng.choice(("attorney", "attorney", "clerk", "judge" if code == "NY" else "clerk"))
    name = inv.officer()
    court = {
        "CO": f"{rng.choice(('DISTRICT', 'COUNTY'))} COURT, {county} COUNTY, STATE OF COLORADO",
        "CA": f"SUPERIOR COURT OF CALIFORNIA, COUNTY OF {county}",
        "TX": f"{rng.choice(('45TH', '224TH', '57TH'))} JUDICIAL DISTRICT COURT",
        "NY": "SUPREME COURT OF THE STATE OF NEW YORK",
        "FL": f"CIRCUIT COURT OF THE {rng.choice(('THIRTEENTH', 'ELEVENTH', 'NINTH'))} JUDICIAL CIRCUIT",
    }[code]
    number = {"CO": f"{inv.today.year}CV{rng.randrange(30000, 39999)}", "CA": f"{inv.today:%y}CECG0{rng.randrange(1000, 9999)}", "TX": f"{inv.today.year}-CI-{rng.randrange(10**4, 10**5)}", "NY": f"{rng.randrange(500000, 529999)}/{inv.today.year}", "FL": f"{inv.today:%y}-CA-{rng.randrange(10**3, 10**5):06d}"}[code]  # fmt: skip
    lines = rng.sample(ITEMS, rng.randint(1, 3))
    values: dict[str, Any] = {
        "court": court,
        "county": county,
        "case_number": number,
        "plaintiff": plaintiff,
        "defendant": defendant,
        "to_name": f"Custodian of Records, {inv.office()}, {inv.address(lines=False)}".replace("\n", ", "),
        "produce_place": inv.address(lines=False).replace("\n", ", "),
        "produce_date": _long_day(inv, 14, 45),
        "produce_time": entered_time(inv.clock(), inv.time_manner),
        "items": "\n".join(f"{n}. {_sentence(line)}." for n, line in enumerate(lines, start=1)),
        "issued_date": _long_day(inv, -2, 1),
        "signer": signer,
        "signer_name": name,
        "attorney_block": _attorney(inv, inv.officer() if signer != "attorney" else name, lines=True),
    }
    if code == "CA":
        values.pop("court")
    extra = {
        "state": code,
        "court_address": inv.address(lines=False).replace("\n", ", "),
        "deposition_officer": "Mockup Copy Service",
    }
    return [
        Paper(
            "state-subpoena-duces-tecum",
            "state-subpoena",
            values,
            pens=sign(inv, {"signed": name}),
            extra=extra,
            judicial=True,
            about={"state": code},
        )
    ]


def order(inv: Invention) -> list[Paper]:
    """An order, or the same page proposed and unsigned."""
    rng = inv.rng
    proposed = inv.often(0.4)
    says_so = proposed and inv.often(0.7)
    plaintiff, defendant = _parties(inv)
    comply = inv.near(7, 30)
    what, body, ordered = rng.choice(_ORDERS)
    judge = inv.officer()
    day = inv.near(0, 3)
    dated = f"DATED at {inv.state.city}, {inv.state.name}, this {_ordinal(day.day)} day of {day:%B}, {day.year}."
    blank = f"DATED this ____ day of ______________, {day.year}."
    values: dict[str, Any] = {
        "court": f"UNITED STATES DISTRICT COURT\nFOR THE {inv.district().upper()}",
        "case_number": inv.docket(rng.choice(("cv", "mc"))),
        "plaintiff": plaintiff.upper(),
        "defendant": defendant.upper(),
        "title": f"[PROPOSED] {what}" if says_so else what,
        "ordered": ordered,
        "comply_by": entered_date(comply, "long"),
        "dated": blank if proposed else dated,
        "judge_name": None if proposed and inv.often(0.6) else judge,
        "judge_title": rng.choice(JUDGE_TITLES),
        "proposed": says_so,
    }
    extra: dict[str, Any] = {
        "judge_line": False,
        "body": [
            *body,
            {"before": "IT IS HEREBY ORDERED that ", "field": "ordered", "after": "."},
            {"before": "Compliance is due on or before ", "field": "comply_by", "after": "."},
        ],
        "ecf": f"Case {values['case_number']}   Document {rng.randint(2, 90)}   Filed {day:%m/%d/%y}"
        if inv.often(0.6)
        else None,
        "party": rng.choice(
            ({"left": "Plaintiff", "right": "Defendant"}, {"left": "Petitioner", "right": "Respondent"})
        ),
    }
    pens: dict[str, str] = {}
    if not proposed:
        pens = {"signed": judge}
        if inv.often(0.3):
            pens = {"signed": f"s/ {judge}"}
    kind = "proposed-order" if proposed else "court-order"
    return [Paper(kind, "court-paper", values, pens=pens, extra=extra, judicial=not proposed)]


def petition(inv: Invention) -> list[Paper]:
    rng = inv.rng
    lawyer = inv.officer()
    respondent = rng.choice((f"SHERIFF OF {inv.county().upper()} COUNTY", rng.choice(FIRMS).upper()))
    values: dict[str, Any] = {
        "court": f"UNITED STATES DISTRICT COURT\nFOR THE {inv.district().upper()}",
        "case_number": inv.docket("mc"),
        "petitioner": rng.choice(("UNITED STATES OF AMERICA", "UNITED STATES IMMIGRATION AND CUSTOMS ENFORCEMENT")),
        "respondent": respondent,
        "title": rng.choice(("PETITION TO ENFORCE ADMINISTRATIVE SUBPOENA", "APPLICATION FOR ORDER TO SHOW CAUSE", "MOTION TO COMPEL COMPLIANCE WITH IMMIGRATION SUBPOENA")),
        "filed_date": _long_day(inv, 0, 0),
        "signer_name": lawyer,
    }  # fmt: skip
    extra = {
        "party": {"left": "Petitioner", "right": "Respondent"},
        "signer_block": f"Assistant United States Attorney\n{inv.address(lines=True)}\n{inv.telephone()}",
        "body": [
            "Petitioner asks this Court, under 8 U.S.C. § 1225(d)(4)(B), for an order requiring Respondent to comply with an administrative subpoena.",
            f"1. On {inv.near(-60, -20):%B} {inv.rng.randint(1, 28)}, {inv.today.year}, Petitioner served an immigration enforcement subpoena (Form I-138) on Respondent. Respondent has not produced the records.",
            "2. The inquiry is within the agency's authority, the demand is not too indefinite, and the information is reasonably relevant.",
            "WHEREFORE, Petitioner asks that the Court order Respondent to show cause why the subpoena should not be enforced.",
        ],
    }
    return [Paper("court-petition", "court-paper", values, pens=sign(inv, {"signed": lawyer}), extra=extra)]


_ORDERS: tuple[tuple[str, list[Any], str], ...] = (
    ("ORDER ENFORCING ADMINISTRATIVE SUBPOENA",
     ["THIS MATTER comes before the Court on the Petition to enforce an administrative subpoena. The Court has considered the papers and is fully advised."],
     "the Petition is GRANTED and Respondent shall produce the records called for by the subpoena"),
    ("ORDER TO SHOW CAUSE",
     ["Petitioner has applied for an order to show cause. Good cause appears."],
     "Respondent shall show cause in writing why the subpoena should not be enforced"),
    ("PROTECTIVE ORDER",
     ["The parties have moved jointly for a protective order under Fed. R. Civ. P. 26(c)."],
     "documents marked CONFIDENTIAL shall be used only for this action and shall be returned at its end"),
    ("ORDER GRANTING MOTION TO COMPEL",
     ["Before the Court is Plaintiff's Motion to Compel compliance with a subpoena under Fed. R. Civ. P. 45(d)(2)(B)(i)."],
     "the Motion is GRANTED IN PART and the non-party shall produce the documents described in Schedule A"),
)  # fmt: skip


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _ordinal(day: int) -> str:
    suffix = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
