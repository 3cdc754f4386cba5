"""The fields of each kind, as `samples/FIELDS.md` names them, with their types."""

from __future__ import annotations


def _fields(**types: str) -> dict[str, str]:
    return {name: kind for kind, names in types.items() for name in names.split()}


_I138 = _fields(
    name="to_name official_name authorized_official_name service_by",
    text="subpoena_number in_reference_to file_number official_title authorized_official_title service_manner",
    address="to_address official_address",
    phone="official_telephone",
    boolean="must_appear must_produce",
    date="return_date issued_date service_date",
    time="return_time service_time",
    list="records_demanded",
    signature="signed",
)
_I247A = _fields(
    text="subject_id event_number file_number to_institution from_office citizenship sex return_to booking_number "
    "estimated_release latest_charge",
    name="person_name officer_name_title jail_officer_name_title",
    date="date date_of_birth cancels_detainer_of latest_charge_date served_on",
    boolean="basis_final_order basis_pending_proceedings basis_biometric basis_statements box2_transferred notify_ice "
    "notify_cbp cancels_detainer",
    phone="notify_telephone",
    choice="served_manner",
    signature="signed jail_officer_signed",
)
_I200 = _fields(
    text="file_number served_location served_language interpreter",
    date="date served_date",
    name="person_name officer_name_title served_on served_by",
    boolean="basis_charging_document basis_pending_proceedings basis_failure_admissibility basis_biometric "
    "basis_statements",
    signature="signed",
)
_I205 = _fields(
    text="file_number entry_place provisions expense_of officer_title signed_date_location",
    date="date entry_date",
    name="person_name officer_name",
    boolean="order_immigration_judge order_designated_official order_bia order_court",
    signature="signed",
)
_AO88B = _fields(
    text="court plaintiff defendant case_number to_name documents production_datetime inspection_datetime "
    "attorney_party attorney_block",
    address="production_place inspection_place",
    boolean="production inspection",
    date="issued_date return_date",
    choice="signer",
    signature="signed",
)
_AO93 = _fields(
    text="court search_of case_number district_located property items issued_datetime city_state",
    date="execute_by issued_date",
    boolean="daytime anytime delayed_notice",
    name="return_to judge_name_title",
    signature="signed",
)
_AO442 = _fields(
    text="court defendant case_number offense city_state",
    name="person_name officer_name_title",
    boolean="doc_indictment doc_superseding_indictment doc_information doc_superseding_information doc_complaint "
    "doc_probation_violation doc_supervised_release_violation doc_violation_notice doc_order_of_court",
    date="issued_date",
    signature="signed",
)
_AO110 = _fields(
    text="court case_number to_name datetime documents attorney_block",
    address="place",
    date="issued_date return_date",
    choice="signer",
    signature="signed",
)
_TESTIFY = _fields(
    text="court plaintiff defendant case_number to_name courtroom datetime documents attorney_party attorney_block",
    address="place",
    date="issued_date return_date",
    choice="signer",
    signature="signed",
)
_I247 = {
    name: kind for name, kind in _I247A.items() if not name.startswith(("basis_", "notify_", "cancels", "box2"))
} | {
    "notify_telephone": "phone",
    **dict.fromkeys(
        ("basis_reason_to_believe", "basis_charging_document", "basis_warrant_of_arrest", "basis_final_order"),
        "boolean",
    ),
}
_I247D = {name: kind for name, kind in _I247A.items() if not name.startswith(("notify_ice", "notify_cbp", "cancels"))}
_STATE = _fields(
    text="court county case_number plaintiff defendant to_name items attorney_block",
    address="produce_place",
    date="produce_date issued_date",
    time="produce_time",
    choice="signer",
    name="signer_name",
    signature="signed",
)
_ORDER = _fields(
    text="court plaintiff defendant case_number title ordered dated judge_title",
    date="comply_by",
    name="judge_name",
    boolean="proposed",
    signature="signed",
)
_PETITION = _fields(
    text="court petitioner respondent case_number title", date="filed_date", name="signer_name", signature="signed"
)
_NOI = _fields(
    date="date inspection_date",
    name="to_name agent_name",
    address="to_address inspection_place",
    text="business_days agent_title",
    time="inspection_time",
    list="documents",
    signature="signed",
)
_LETTER = _fields(date="date", name="to_name from_name person_name", text="requested", signature="signed")

_AGENCY = _fields(
    text="to_name",
    address="return_place",
    date="return_date issued_date",
    time="return_time",
    list="records_demanded",
    signature="signed",
)
_REFERENCE, _CASE, _NUMBER = (
    _fields(text="in_reference_to"),
    _fields(text="case_number"),
    _fields(text="subpoena_number"),
)
_WRIT = _fields(
    text="defendant case_number",
    name="person_name",
    address="appear_place",
    date="comply_by issued_date",
    time="appear_time",
    signature="signed",
)

FIELDS: dict[str, dict[str, str]] = {
    "cbp-3115": _AGENCY | _NUMBER,
    "dea-79": _AGENCY | _NUMBER | _CASE | _REFERENCE,
    "irs-2039": _AGENCY | _REFERENCE,
    "hhs-oig-subpoena": _AGENCY,
    "eeoc-subpoena": _AGENCY | _CASE | _REFERENCE,
    "nlrb-31": _AGENCY | _REFERENCE,
    "us-ao-89b": {name: kind for name, kind in _TESTIFY.items() if name not in ("plaintiff", "courtroom")},
    "us-habeas-prosequendum": _WRIT,
    "ice-i-138": _I138,
    "ice-i-247a": _I247A,
    "ice-i-200": _I200,
    "ice-i-205": _I205,
    "us-ao-88b": _AO88B,
    "us-ao-93": _AO93,
    "us-ao-442": _AO442,
    "us-ao-110": _AO110,
    "us-ao-88": _TESTIFY,
    "us-ao-88a": _TESTIFY,
    "us-ao-89": _TESTIFY,
    "ice-i-247": _I247,
    "ice-i-247d": _I247D,
    "state-subpoena-duces-tecum": _STATE,
    "court-order": _ORDER,
    "proposed-order": _ORDER,
    "court-petition": _PETITION,
    "ice-i-9-noi": _NOI,
    "informal-request": _LETTER,
}

MARKED_BY: dict[str, tuple[str, ...]] = {
    "return_time": ("return_time_clock",),
    "return_date": ("production_datetime", "inspection_datetime", "datetime"),
    "issued_date": ("issued_datetime",),
    "served_manner": ("served_in_person", "served_by_mail", "served_other_words"),
}
"""Fields that a form enters in pieces: the pieces whose place is the field's place, the first that is filled."""
