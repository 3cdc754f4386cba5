"""An assessment as the law gives it for the administrative subpoena of the story, written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from duly.clock.deadline import Deadline, Step
from duly.evidence import Box, Evidence, Fact
from duly.instruments import Value, load_kinds
from duly.law.determination import Applied, Condition, Determination, PrecedentOnPoint
from duly.law.findings import ConsequenceFinding, DefectFinding, GroundFinding, NoticeFinding
from duly.letters import Addressee
from duly.matters import Assessment, CountedDue, Instrument, Office
from duly.matters.events import ActChoice, PositionDrafted
from duly.matters.roles import Actor

DOCUMENT = "a" * 64
DENVER = Office(
    id="us/co/denver",
    name="Denver Sheriff Department, Records",
    jurisdiction="us/co/denver",
    kind="sheriff",
    zone="America/Denver",
    letterhead=("490 West Colfax Avenue", "Denver, Colorado 80204"),
    reply_address=("490 West Colfax Avenue", "Denver, Colorado 80204"),
    telephone="720-555-0100",
    email="records@sheriff.example",
)
POLICY = "does not comply with subpoenas unless they are Court-ordered or unless they are primarily related to a criminal investigation"
FEDERAL = "shall have power to require by subpoena the attendance and testimony of witnesses before immigration officers and the production of books, papers, and documents"
STATE = "A law enforcement officer shall not arrest or detain an individual on the basis of a civil immigration detainer request."


def read(value: object, page: int = 1) -> Value:
    return Value("", value, Evidence("text layer", DOCUMENT, page, Box(72, 90, 200, 104), str(value), 0.99))  # type: ignore[arg-type]


def fact(name: str, value: object, method: str = "text layer", page: int | None = 1) -> Fact:
    return Fact(name, value, Evidence(method, DOCUMENT, page if method == "text layer" else None))  # type: ignore[arg-type]


def applied(
    rule: str,
    title: str,
    cite: str,
    text: str,
    layer: str,
    direction: str,
    force: str,
    *facts: Fact,
    role: str = "applies",
) -> Applied:
    when = Condition("the condition", "TRUE", True, tuple(one.name for one in facts))
    return Applied(rule, "duty", title, cite, text, layer, "us", direction, force, role, "its condition holds", when)  # type: ignore[arg-type]


FACTS = {
    one.name: one
    for one in (
        fact("instrument.kind", "ice-i-138", "kind"),
        fact("instrument.family", "administrative_subpoena", "kind"),
        fact("instrument.issuer", "immigration", "kind"),
        fact("instrument.issued_by_court", False, "kind"),
        fact("instrument.signed_by_judge", False, "kind"),
        fact("instrument.signed", True),
        fact("instrument.issued_on", date(2020, 1, 13)),
        fact("instrument.served_on", date(2020, 1, 13), "person"),
        fact("instrument.return_on", date(2020, 1, 16)),
        fact("service.manner", "hand", "person"),
        fact("demand.records", True),
        fact("demand.home_address", True),
        fact("court.order_entered", False, "record"),
        fact("matter.primarily_criminal", False, "person"),
        fact("person.in_custody", False, "record"),
        fact("person.eligible_for_release_at", datetime(2020, 1, 9, 14, 30, tzinfo=UTC), "record"),
        fact("office.kind", "sheriff", "profile"),
    )
}

PRODUCE = Determination(
    act="produce_records", office="us/co/denver", on=date(2020, 1, 14), outcome="contested", possible=("contested",), decisive=(),
    summary="City policy declines what no court ordered; a federal statute authorizes the demand, through a court.",
    applied=(
        applied("us/co/denver/policy/court-ordered", "Subpoenas that no court ordered", "Office of the City Attorney, stated policy, January 2020", POLICY, "policy", "forbidden", "self-executing", FACTS["instrument.issued_by_court"], FACTS["matter.primarily_criminal"]),
        applied("us/8-usc-1225/subpoena", "Power to require by subpoena", "8 U.S.C. § 1225(d)(4)(A)", FEDERAL, "federal", "demanded", "on court order", FACTS["instrument.kind"], FACTS["demand.records"]),
    ),
    considered=(),
    precedents=(PrecedentOnPoint("us/gomez", "ICE v. Gomez", "445 F. Supp. 3d 1213 (D. Colo. 2020)", "required", "The subpoenas are enforceable.", False, False, "good", "persuasive"),),
    facts=FACTS,
)  # fmt: skip
HOLD = Determination(
    act="hold_past_release", office="us/co/denver", on=date(2020, 1, 14), outcome="forbidden", possible=("forbidden",), decisive=(),
    summary="A person may not be held on a civil detainer.",
    applied=(applied("us/co/24-76.6-102/hold", "No detention on a civil immigration detainer", "C.R.S. § 24-76.6-102(2)", STATE, "state", "forbidden", "self-executing", FACTS["instrument.family"]),),
    considered=(),
    facts=FACTS,
)  # fmt: skip
NOTIFY = Determination(
    act="notify_release", office="us/co/denver", on=date(2020, 1, 14), outcome="undetermined", possible=("permitted", "forbidden"),
    decisive=(("person.release_date_public",), ("matter.primarily_criminal", "person.consents_in_writing")),
    summary="It depends on whether the release date is public.",
    applied=(applied("us/co/denver/28-250/disclose", "No use of city resources", "D.R.M.C. § 28-250(a)", "no department, agency, board, commission, officer or employee of the city", "local", "forbidden", "self-executing", role="may apply"),),
    considered=(),
    facts=FACTS,
)  # fmt: skip


def finding(**changes: object) -> dict[str, object]:
    return {
        "kind": "ground",
        "title": "",
        "layer": "policy",
        "jurisdiction": "us/co/denver",
        "statement": "",
        "truth": True,
        **changes,
    }


GROUND = GroundFinding(**finding(rule="us/co/denver/policy/not-court-ordered", cite="Office of the City Attorney, stated policy, January 2020", text=POLICY, statement="The subpoena was not ordered by a court and does not relate primarily to a criminal investigation.", acts=("produce_records", "disclose_home_address"), position="decline", by=None))  # type: ignore[arg-type] # fmt: skip
COMPLY = GroundFinding(**finding(rule="us/8-usc-1225/comply", cite="8 U.S.C. § 1225(d)(4)(A)", text=FEDERAL, statement="The statute authorizes the demand.", acts=("produce_records",), position="comply", by=None, layer="federal"))  # type: ignore[arg-type] # fmt: skip
MAYBE = GroundFinding(**finding(rule="us/privilege", cite="Fed. R. Evid. 501", text="", statement="Some of the records are privileged.", acts=("produce_records",), position="decline", by=None, truth=None, layer="federal"))  # type: ignore[arg-type] # fmt: skip
CONSEQUENCE = ConsequenceFinding(**finding(rule="us/8-usc-1225/court", kind="consequence", cite="8 U.S.C. § 1225(d)(4)(B)", text="", statement="The issuer may ask a federal district court to order compliance; failure to obey the order may be punished as contempt.", acts=("produce_records",), of="not doing", who="issuer", layer="federal"))  # type: ignore[arg-type] # fmt: skip
NOTICE = NoticeFinding(**finding(rule="us/co/notice", kind="notice", cite="8 C.F.R. § 287.7(a)", text="", who="office", must_tell="the person named", what="A copy of the detainer", by=None, acts=("give_copy_to_person_named",), truth=None))  # type: ignore[arg-type] # fmt: skip
DEFECTS = (
    DefectFinding(**finding(rule="us/8-cfr-287.4/rank", kind="defect", cite="8 C.F.R. § 287.4(a)(2)(ii)", text="", item="an issuing officer of a listed rank", effect="voidable", truth=False)),  # type: ignore[arg-type]
    DefectFinding(**finding(rule="us/8-cfr-287.4/place", kind="defect", cite="8 C.F.R. § 287.4(a)(3)", text="", item="a place and a time for the answer", effect="voidable", truth=True)),  # type: ignore[arg-type]
    DefectFinding(**finding(rule="us/8-cfr-287.4/service", kind="defect", cite="8 C.F.R. § 287.4(c)", text="", item="a proof of service", effect="incomplete", truth=None)),  # type: ignore[arg-type]
)  # fmt: skip
DEADLINES = (
    CountedDue(
        Deadline(
            "us/co/denver/answer", "answer to the subpoena", date(2020, 1, 16), "America/Denver", "as stated on the paper",
            (Step("Served Monday, January 13, 2020; that day is not counted."), Step("Three days later is Thursday, January 16, 2020, a working day.")),
        ),
        "answer",
    ),
    CountedDue(Deadline("us/hold", "end of any hold", None, "America/Denver", "8 C.F.R. § 287.7(d)", missing=("person.eligible_for_release_at",)), "hold"),
)  # fmt: skip


@pytest.fixture
def office() -> Office:
    return DENVER


@pytest.fixture
def assessment() -> Assessment:
    """An administrative subpoena in Denver, 14 January 2020: contested, forbidden and undetermined acts side by side."""
    return Assessment(
        office=DENVER,
        on=date(2020, 1, 14),
        instrument=Instrument(
            "ice-i-138",
            {
                "in_reference_to": read("Nicanor Ejemplo"),
                "subpoena_number": read("DEN-2020-0417"),
                "file_number": read("A000 000 001"),
                "official_name": read("R. Muster"),
                "official_title": read("Deportation Officer"),
                "official_address": read("12445 East Caley Avenue, Centennial, Colorado 80111"),
                "authorized_official_name": read("S. Beispiel"),
            },
            DOCUMENT,
            (1, 2),
            name="subpoena.pdf",
        ),
        kind=load_kinds()["ice-i-138"],
        acts=("produce_records", "notify_release", "hold_past_release"),
        facts=FACTS,
        set_aside=(),
        defects=DEFECTS,
        deadlines=DEADLINES,
        determinations=(PRODUCE, NOTIFY, HOLD),
        grounds=(GROUND, COMPLY, MAYBE),
        consequences=(CONSEQUENCE,),
        notices=(NOTICE,),
        warnings=("Read by the machine and not confirmed by a person: date of return.",),
        rulebooks="b" * 64,
        moot={"hold_past_release": "This can no longer be done. Is the person named in this office's custody now? No."},
    )


@pytest.fixture
def detainer(assessment: Assessment) -> Assessment:
    """The same, as a detainer would be assessed; its kind is a copy with another family."""
    kind = replace(load_kinds()["ice-i-138"], id="ice-i-247a", title="Immigration Detainer - Notice of Action", edition="DHS Form I-247A (3/17)", family="detainer", process="request")  # fmt: skip
    facts = {**FACTS, "demand.hold": fact("demand.hold", True), "demand.notify": fact("demand.notify", True)}
    return replace(
        assessment, kind=kind, facts=facts, acts=("hold_past_release", "notify_release", "give_copy_to_person_named")
    )


@pytest.fixture
def position():
    """Makes a position: choices by act, with the grounds that they rest on."""

    def make(
        choices: dict[str, str],
        grounds: tuple[str, ...] = (),
        reasons: dict[str, str] | None = None,
        statement: str = "",
    ) -> PositionDrafted:
        return PositionDrafted(
            matter="2020-0004",
            actor=Actor("u1", "A. Counsel", ("counsel",)),
            at=datetime(2020, 1, 15, 16, tzinfo=UTC),
            choices=tuple(ActChoice(act, choice, grounds) for act, choice in choices.items()),  # type: ignore[arg-type]
            assessment="c" * 64,
            reasons=reasons or {},
            statement=statement,
        )

    return make


@pytest.fixture
def addressee() -> Addressee:
    return Addressee(
        "R. Muster",
        ("Deportation Officer", "12445 East Caley Avenue", "Centennial, Colorado 80111"),
        "By e-mail and mail",
    )
