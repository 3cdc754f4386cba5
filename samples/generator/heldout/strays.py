"""Papers that are no legal process, many with its words in them: cover sheets, invoices, memoranda, menus, letters."""

from __future__ import annotations

from typing import Any

from samples.generator.heldout.agency import sign
from samples.generator.heldout.invention import OTHER_RANKS, Invention
from samples.generator.paper import Paper, entered_date


def informal_request(inv: Invention) -> list[Paper]:
    """A letter that asks nicely and has no force."""
    rng = inv.rng
    _, spoken = inv.person()
    agent = inv.officer()
    values: dict[str, Any] = {
        "date": entered_date(inv.today, rng.choice(("long", "us", "day first"))),
        "to_name": inv.office().replace("\n", ", "),
        "to_address": inv.address(lines=True),
        "person_name": spoken,
        "requested": rng.choice(("his current home address", "the date on which she is expected to be released", "a copy of any identification on file", "his work schedule for the coming week", "the telephone number that she gave at booking")),
        "from_name": agent,
        "from_title": rng.choice(OTHER_RANKS),
    }  # fmt: skip
    opening = rng.choice(
        (
            "We would appreciate your help. Could you let us know, about ",
            "As a courtesy between agencies, please tell us, about ",
            "I am writing to ask, with regard to ",
        )
    )
    extra = {
        "letterhead": {"name": rng.choice(("U.S. Immigration and Customs Enforcement", "U.S. Department of Homeland Security", f"{inv.county()} County Sheriff")), "address": inv.address(lines=True), "seal": inv.often(0.5)},
        "body": [rng.choice(("Dear colleague:", "Dear Sheriff:", "Good morning,")), {"parts": [opening, {"field": "person_name"}, ", ", {"field": "requested"}, f"? You can reach me at {inv.telephone()}."]}, "Thank you for your continued partnership."],
    }  # fmt: skip
    return [
        Paper(
            "informal-request",
            "letter",
            values,
            pens=sign(inv, {"signed": agent}),
            extra=extra,
            about={"person_named": spoken},
        )
    ]


def fax_cover(inv: Invention) -> Paper:
    rng = inv.rng
    extra = {
        "what": "fax-cover",
        "from_address": f"{inv.agency()}\n{inv.address(lines=False)}".replace("\n\n", "\n"),
        "rows": [["To:", inv.office().replace("\n", ", ")], ["From:", inv.officer()], ["Fax:", inv.telephone()], ["Pages:", str(rng.randint(2, 9))], ["Phone:", inv.telephone()], ["Date:", f"{inv.today:%m/%d/%Y}"], ["Re:", rng.choice(("Subpoena", "Detainer / warrant", "Court order", "Records request"))], ["CC:", ""]],
        "comments": rng.choice(("Please see the attached subpoena.", "Immigration detainer and warrant attached. Please confirm receipt.", "Per our telephone call.\nOrder of the court follows.")),
    }  # fmt: skip
    return Paper(None, "plain", {}, extra=extra, about={"what": "fax-cover"})


def stray(inv: Invention) -> list[Paper]:
    """One paper that is none of the kinds."""
    rng = inv.rng
    what = rng.choice(("fax-cover", "invoice", "memo", "menu", "rights"))
    if what == "fax-cover":
        return [fax_cover(inv)]
    if what == "invoice":
        rows = [
            ["Invoice no.", str(rng.randrange(10**4))],
            ["Date", f"{inv.today:%m/%d/%Y}"],
            ["Case number", inv.docket()],
        ]
        items = [
            ["Service of subpoena duces tecum", "1", "$65.00", "$65.00"],
            ["Certified copies, warrant and order of court", "4", "$0.75", "$3.00"],
        ]
        extra: dict[str, Any] = {
            "what": "invoice",
            "seller": "Pretend Process Service, Inc.",
            "from_address": inv.address(lines=True),
            "bill_to": inv.office(),
            "rows": rows,
            "items": items,
            "total": "$68.00",
            "comments": "You are hereby thanked for your business.",
        }
    else:
        heading, body = _PLAIN[what]
        extra = {
            "what": what,
            "heading": heading,
            "body": [line.replace("OFFICE", inv.office().replace("\n", ", ")) for line in body],
        }
    return [Paper(None, "plain", {}, extra=extra, about={"what": what})]


_PLAIN = {
    "memo": ("MEMORANDUM", [
        "To: all records staff of OFFICE",
        "Subject: telling an administrative subpoena from a court's",
        "A DHS Form I-138, Immigration Enforcement Subpoena, says: YOU ARE HEREBY SUMMONED AND REQUIRED TO appear or to produce records, and cites 8 U.S.C. § 1225(d) and 8 C.F.R. § 287.4. It is signed by an immigration officer. A court's subpoena bears the name of a court, a case number, and the signature of a clerk or of an attorney.",
        "A Form I-247A, Immigration Detainer – Notice of Action, says: IT IS THEREFORE REQUESTED THAT YOU. A Form I-200 says: YOU ARE COMMANDED to arrest and take into custody for removal proceedings. Neither is signed by a judge. An AO 442 arrest warrant is.",
        "When in doubt, call counsel. Do not decide at the counter.",
    ]),
    "menu": ("WEEK OF MENUS", [
        "Monday: lentil soup, green salad, pear", "Tuesday: roast chicken, rice, beans", "Wednesday: pasta, tomato sauce, apple",
        "Thursday: chili, corn bread", "Friday: fish, potatoes, peas", "Kitchen of OFFICE. Allergens on request.",
    ]),
    "rights": ("KNOW YOUR RIGHTS", [
        "If an officer comes to your door with a paper, ask to see it. A warrant signed by a judge names a United States District Court or a state court. A Warrant for Arrest of Alien (Form I-200) or a Warrant of Removal/Deportation (Form I-205) is signed by an immigration officer.",
        "You have the right to remain silent. You have the right to speak with a lawyer.",
        "This leaflet was made by volunteers. It is not legal advice.",
    ]),
}  # fmt: skip
