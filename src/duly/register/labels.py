"""The words for what the register counts, in English and Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

_WORDS: Mapping[str, tuple[str, str]] = {
    "received": ("Received", "Recibidos"),
    "answered": ("Answered", "Respondidos"),
    "not answered": ("Not answered yet", "Aún sin responder"),
    "court": ("A court was asked", "Se acudió a un tribunal"),
    "no court": ("No court was asked", "No se acudió a un tribunal"),
    "refused": ("Files that could not be read", "Archivos que no se pudieron leer"),
    "issuer": ("By issuing agency", "Por organismo emisor"),
    "kind": ("By kind of instrument", "Por tipo de instrumento"),
    "answer": ("How they were answered", "Cómo se respondieron"),
    "answer by kind": ("How each kind was answered", "Cómo se respondió cada tipo"),
    "timing": ("In time or late", "A tiempo o tarde"),
    "complied": ("Complied", "Se cumplió"),
    "complied in part": ("Complied in part", "Se cumplió en parte"),
    "declined": ("Declined or objected", "Se declinó u objetó"),
    "asked for time": ("Asked for time", "Se pidió plazo"),
    "nothing left to do": ("Nothing left to do", "No quedaba nada por hacer"),
    "in time": ("In time", "A tiempo"),
    "late": ("Late", "Tarde"),
    "no time set": ("No time set", "Sin plazo fijado"),
    "pending": ("Pending", "Pendiente"),
    "ordered and complied with": ("Compliance ordered; complied", "Cumplimiento ordenado; cumplido"),
    "ordered": ("Compliance ordered", "Cumplimiento ordenado"),
    "in contempt": ("Held in contempt", "Declarado en desacato"),
    "stayed": ("Order stayed", "Orden suspendida"),
    "denied or dismissed": ("Petition denied or dismissed", "Petición denegada o desestimada"),
    "vacated or reversed": ("Order vacated or reversed", "Orden anulada o revocada"),
    "immigration": ("Immigration authorities", "Autoridades de inmigración"),
    "other_federal_agency": ("Another federal agency", "Otro organismo federal"),
    "federal_court": ("A federal court", "Un tribunal federal"),
    "state_court": ("A state court", "Un tribunal estatal"),
    "state_agency": ("A state agency", "Un organismo estatal"),
    "private": ("A private party", "Un particular"),
    "other": ("Other", "Otros"),
    "not known": ("Not known", "No se sabe"),
    "not recognised": ("Not recognised", "No reconocido"),
}


def label(word: str, language: Language, titles: Mapping[str, str] | None = None) -> str:
    """What a table, row or value is called. `titles` are the kinds' own titles, which are not translated."""
    if word in _WORDS:
        return _WORDS[word][LANGUAGES.index(language)]
    return (titles or {}).get(word, word)


def day(value_year: int, value_month: int, value_day: int, language: Language) -> str:
    """`20 April 2020`, `20 de abril de 2020`."""
    months = _MONTHS[language]
    if language == "es":
        return f"{value_day} de {months[value_month - 1]} de {value_year}"
    return f"{value_day} {months[value_month - 1]} {value_year}"


_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip
