"""Neutral sentences drawn from the counts, in English and Spanish, for whoever has to be told."""

from __future__ import annotations

from datetime import date

from duly.register.figures import ANSWERED, COURT, OPEN, RECEIVED, Figures
from duly.register.labels import Language, day, label
from duly.register.projection import ANSWERS, COURT_RESULTS, TIMINGS
from duly.register.suppression import Cell

_SENTENCES: dict[str, tuple[str, str]] = {
    "internal": (
        "For the office's own use: small numbers are shown and must not be published.",
        "Para uso propio de la oficina: se muestran números pequeños, que no deben publicarse.",
    ),
    "received": (
        "From {first} to {last}, {office} received {number} of legal process.",
        "Del {first} al {last}, {office} recibió {number}.",
    ),
    "none": (
        "From {first} to {last}, {office} received no instruments of legal process.",
        "Del {first} al {last}, {office} no recibió ningún instrumento legal.",
    ),
    "issuers": ("By issuing agency: {parts}.", "Por organismo emisor: {parts}."),
    "answered": (
        "As of {as_of}, {answered} had been answered and {open} had not.",
        "Al {as_of}, respondidos: {answered}; sin responder: {open}.",
    ),
    "answers": ("Of those answered: {parts}.", "De los respondidos: {parts}."),
    "timing": ("The answers went out as follows: {parts}.", "Las respuestas salieron así: {parts}."),
    "court": (
        "A court was asked about {number}: {parts}.",
        "Se acudió a un tribunal por {number}: {parts}.",
    ),
    "no court": ("No court was asked about any of them.", "No se acudió a un tribunal por ninguno de ellos."),
    "names": (
        "These figures name nobody. Numbers below {threshold} are not given, and further numbers are withheld where they "
        "would give them away.",
        "Estas cifras no nombran a nadie. No se dan números menores de {threshold}, y se reservan otros cuando los "
        "revelarían.",
    ),
}


def statement(figures: Figures, language: Language = "en", office_name: str | None = None) -> tuple[str, ...]:
    """Sentences that say what the figures say and nothing else. `office_name` is how the office calls itself."""
    office = office_name or {"en": "this office", "es": "esta oficina"}[language]
    first, last = _date(figures.period.first, language), _date(figures.period.last, language)
    if figures[RECEIVED].number == 0:
        return (_say("none", language, first=first, last=last, office=office),)
    sentences = [
        _say("received", language, first=first, last=last, office=office, number=_instruments(figures, language))
    ]
    sentences.append(
        _say("issuers", language, parts=_parts(figures, [("issuer", one) for one in figures.issuers], language))
    )
    as_of = _date(figures.as_of.date(), language)
    told = {"answered": _number(figures, ANSWERED, language), "open": _number(figures, OPEN, language)}
    sentences.append(_say("answered", language, as_of=as_of, **told))
    if figures[ANSWERED].number != 0:
        sentences += _told(figures, "answers", [("answer", one) for one in ANSWERS], language)
        sentences += _told(figures, "timing", [("timing", one) for one in TIMINGS], language)
    sentences.append(_court(figures, language))
    if figures.is_public:
        sentences.append(_say("names", language, threshold=str(figures.threshold)))
    else:
        sentences.insert(0, _say("internal", language))
    return tuple(sentences)


def _court(figures: Figures, language: Language) -> str:
    if figures[COURT].number == 0:
        return _say("no court", language)
    parts = _parts(figures, [("court", one) for one in COURT_RESULTS], language)
    return _say("court", language, number=_number(figures, COURT, language), parts=parts)


def _told(figures: Figures, sentence: str, cells: list[Cell], language: Language) -> list[str]:
    return [_say(sentence, language, parts=_parts(figures, cells, language))]


def _parts(figures: Figures, cells: list[Cell], language: Language) -> str:
    """`declined 12, complied fewer than 5`; what is none is left out, what is withheld is said to be."""
    told = [cell for cell in cells if figures[cell].number != 0]
    if all(figures[cell].why is not None and figures[cell].why != "small" for cell in told):
        return {"en": "too few to say, or withheld", "es": "muy pocos para decirlo, o reservado"}[language]
    return ", ".join(f"{label(cell[-1], language).lower()} {_number(figures, cell, language)}" for cell in told)


def _instruments(figures: Figures, language: Language) -> str:
    number = figures[RECEIVED].number
    one, many = {"en": ("instrument", "instruments"), "es": ("instrumento legal", "instrumentos legales")}[language]
    return f"{_number(figures, RECEIVED, language)} {one if number == 1 else many}"


def _number(figures: Figures, cell: Cell, language: Language) -> str:
    figure = figures[cell]
    if figure.number is not None:
        return str(figure.number)
    if figure.why == "small":
        return {"en": f"fewer than {figures.threshold}", "es": f"menos de {figures.threshold}"}[language]
    return {"en": "(withheld)", "es": "(reservado)"}[language]


def _say(sentence: str, language: Language, **parts: str) -> str:
    return _SENTENCES[sentence][0 if language == "en" else 1].format(**parts)


def _date(value: date, language: Language) -> str:
    return day(value.year, value.month, value.day, language)
