"""Invented people, offices, courts and dates. Names say that they are invented; counties do not exist; telephones are 555-01xx."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from samples.generator.paper import entered_date

GIVEN = [
    "Nicanor",
    "Teodoro",
    "Evaristo",
    "Isidro",
    "Fortunato",
    "Baldomero",
    "Casimir",
    "Odalys",
    "Leocadia",
    "Perpetua",
    "Honoria",
    "Zenobia",
    "Wenceslao",
    "Marisol",
    "Eufrasia",
    "Anselmo",
    "Dorotea",
    "Hilario",
    "Petronila",
    "Telesforo",
    "Ximena",
    "Yadira",
    "Rigoberto",
    "Clotilde",
    "Abelardo",
    "Eustaquia",
    "Minh",
    "Thi",
    "Xiu",
    "Wei",
    "Abebe",
    "Fatou",
    "Jean-Claude",
    "Ruslan",
    "Oksana",
    "Priya",
    "Arjun",
    "Temesgen",
    "Amina",
    "Kofi",
    "Guadalupe",
    "José",
    "María",
    "Íñigo",
    "Renée",
    "Zoë",
    "Bartholomew",
    "Philander",
    "Prudence",
    "Ignatius",
    "Augustin",
    "Theodora",
    "Rosalind",
    "Minerva",
    "Leopold",
    "Cornelius",
]
SURNAMES = [
    "Ejemplo",
    "Prueba",
    "Muestra",
    "Ficticio",
    "Supuesto",
    "Hipotético",
    "Inventado",
    "Modelo",
    "Imaginario",
    "Quimera",
    "Utopía",
    "Fantasía",
    "Apócrifo",
    "Simulacro",
    "Fingido",
    "Ilusión",
    "Madeup",
    "Makebelieve",
    "Notional",
    "Fictive",
    "Pretend",
    "Placeholder",
    "Mockworth",
    "Specimen",
    "Sampleton",
    "Figment",
    "Unreal",
    "Nobody",
    "Conjecture",
    "Supposition",
    "Daydream",
    "Exemple",
    "Fictif",
    "Exemplo",
    "Fictício",
    "Beispiel",
    "Mustermann",
    "Esempio",
    "Fittizio",
    "Vi-Du",
    "Gia-Dinh",
    "Jiaxiang",
    "Lizi",
    "Egzanp",
    "Mithal",
    "Primer",
    "Vymysel",
    "Nonesuch",
]
COUNTIES = [
    "Mirage",
    "Figment",
    "Reverie",
    "Chimera",
    "Utopia",
    "Arcadia",
    "Lorem",
    "Nowhere",
    "Fable",
    "Phantom",
    "Wonder",
    "Parable",
]
STREETS = [
    "Fiction Street",
    "Make-Believe Road",
    "Mockup Lane",
    "Imaginary Plaza",
    "Hypothesis Avenue",
    "Placeholder Boulevard",
    "Nowhere Drive",
    "Example Parkway",
    "Fable Court",
    "Daydream Way",
    "N.E. Pretend Loop",
    "West Specimen Avenue",
]
FIRMS = [
    "Golden Mirage Packing Company, Inc.",
    "Hypothesis Holdings, LLC",
    "Conjecture Motors, Inc.",
    "Figment Foods LP",
    "Daydream Hospitality Group, LLC",
    "Phantom Staffing Services",
    "Unreal Estate Management, Inc.",
    "Lorem & Ipsum Builders",
    "Parable School District No. 5",
    "Wonder Memorial Hospital",
    "Nonesuch Bank, N.A.",
    "Specimen Wireless, Inc.",
]
CITIZENSHIPS = [
    "MEXICO",
    "HONDURAS",
    "GUATEMALA",
    "ELSALVADOR",
    "NICARAGUA",
    "ECUADOR",
    "COLOMBIA",
    "VENEZUELA",
    "CUBA",
    "HAITI",
    "VIETNAM",
    "CHINA",
    "INDIA",
    "BRAZIL",
    "ETHIOPIA",
    "SENEGAL",
    "UKRAINE",
    "PHILIPPINES",
    "JAMAICA",
    "PERU",
]


@dataclass(frozen=True)
class State:
    """A state with what addresses, courts and telephone numbers there look like."""

    code: str
    name: str
    city: str
    zip: str
    area: str
    districts: tuple[str, ...]


STATES = (
    State("CO", "Colorado", "Denver", "80202", "303", ("District of Colorado",)),
    State("TX", "Texas", "San Antonio", "78217", "210", ("Western District of Texas", "Northern District of Texas")),
    State(
        "CA",
        "California",
        "Fresno",
        "93721",
        "559",
        ("Eastern District of California", "Central District of California"),
    ),
    State(
        "NY", "New York", "Brooklyn", "11201", "718", ("Eastern District of New York", "Southern District of New York")
    ),
    State("FL", "Florida", "Tampa", "33602", "813", ("Middle District of Florida", "Southern District of Florida")),
    State("IL", "Illinois", "Chicago", "60604", "312", ("Northern District of Illinois",)),
    State("WA", "Washington", "Seattle", "98101", "206", ("Western District of Washington",)),
    State("GA", "Georgia", "Atlanta", "30303", "404", ("Northern District of Georgia",)),
    State("NJ", "New Jersey", "Newark", "07102", "973", ("District of New Jersey",)),
    State("AZ", "Arizona", "Phoenix", "85004", "602", ("District of Arizona",)),
)

# Ranks that 8 C.F.R. § 287.4(a) lists, and ranks that it does not list: the paper shows them alike.
LISTED_RANKS = [
    "Field Office Director",
    "Deputy Field Office Director",
    "Special Agent in Charge",
    "Chief Patrol Agent",
    "Deputy Chief Patrol Agent",
    "Patrol Agent in Charge",
    "Supervisory Special Agent",
    "Resident Agent in Charge",
]
OTHER_RANKS = [
    "Deportation Officer",
    "Supervisory Detention and Deportation Officer",
    "SDDO",
    "Assistant Field Office Director",
    "AFOD",
    "Special Agent",
    "Immigration Enforcement Agent",
    "Border Patrol Agent",
    "Auditor",
]


class Invention:
    """Draws from one seeded source, so that a paper's data do not depend on the papers before it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.state = rng.choice(STATES)
        self.today = date(2017, 4, 3) + timedelta(days=rng.randrange(0, 2600))
        self.date_manner = rng.choice(
            ("us", "us", "us", "long", "long", "us short", "dashes", "day first", "short month", "LONG")
        )
        self.time_manner = rng.choice(("a.m.", "a.m.", "AM", "AM"))

    def given(self) -> str:
        return self.rng.choice(GIVEN)

    def surname(self) -> str:
        return self.rng.choice(SURNAMES)

    def person(self) -> tuple[str, str]:
        """A person as a form names them and as one speaks of them: `("EJEMPLO, Nicanor T.", "Nicanor T. Ejemplo")`."""
        given, surname = self.given(), self.surname()
        if self.rng.random() < 0.35:
            surname = f"{surname}{self.rng.choice((' ', '-'))}{self.surname()}"
        if self.rng.random() < 0.3:
            given = f"{given} {self.rng.choice('ABCDEFGHJKLMNRSTV')}."
        form = self.rng.choice(
            (
                f"{surname.upper()}, {given}",
                f"{surname.upper()}, {given.upper()}",
                f"{surname}, {given}",
                f"{given} {surname}",
            )
        )
        return form, f"{given} {surname}"

    def officer(self) -> str:
        given, surname = self.given(), self.surname()
        manner = self.rng.random()
        if manner < 0.5:
            return f"{given} {surname}"
        if manner < 0.75:
            return f"{given[0]}. {surname.upper()}"
        return f"{given} {self.rng.choice('ABCDEFGHJKLM')}. {surname}"

    def file_number(self) -> str:
        digits = f"{self.rng.randrange(10**9):09d}"
        return self.rng.choice(
            (
                f"A{digits}",
                f"A{digits[:3]} {digits[3:6]} {digits[6:]}",
                f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}",
                f"{digits[:3]} {digits[3:6]} {digits[6:]}",
            )
        )

    def telephone(self) -> str:
        last = f"01{self.rng.randrange(100):02d}"
        return self.rng.choice(
            (
                f"({self.state.area}) 555-{last}",
                f"{self.state.area}-555-{last}",
                f"{self.state.area}.555.{last}",
                f"({self.state.area})555-{last}",
            )
        )

    def street(self) -> str:
        return f"{self.rng.randrange(10, 19999)} {self.rng.choice(STREETS)}"

    def place(self) -> str:
        plus = f"-{self.rng.randrange(1000, 9999)}" if self.rng.random() < 0.15 else ""
        return f"{self.state.city}, {self.state.code} {self.state.zip}{plus}"

    def address(self, lines: bool | None = None) -> str:
        """An address on several lines or on one, with or without a suite."""
        street = self.street()
        if self.rng.random() < 0.3:
            street += self.rng.choice(
                (
                    f", Suite {self.rng.randrange(100, 2900)}",
                    f"\nFloor {self.rng.randrange(2, 30)}",
                    f", Room {self.rng.randrange(10, 500)}",
                )
            )
        several = self.rng.random() < 0.7 if lines is None else lines
        address = f"{street}\n{self.place()}"
        return address if several else address.replace("\n", ", ")

    def county(self) -> str:
        return self.rng.choice(COUNTIES)

    def office(self) -> str:
        """Somebody who receives process: a jail, an employer, a school, a hospital."""
        county = self.county()
        return self.rng.choice(
            (f"{county} County Sheriff's Office", f"Sheriff of {county} County", f"{county} County Detention Center",
             f"{county} County Jail", f"City of {county} Police Department", *FIRMS)
        )  # fmt: skip

    def jail(self) -> str:
        county = self.county()
        return self.rng.choice(
            (
                f"{county} County Jail",
                f"Sheriff of {county} County\n{county} County Detention Center",
                f"{county} County Sheriff's Office\nAttn: Records",
            )
        )

    def agency(self) -> str:
        return self.rng.choice((
            f"U.S. Immigration and Customs Enforcement\n{self.state.city} Field Office",
            f"ICE ERO {self.state.city}",
            "Department of Homeland Security, ICE\nEnforcement and Removal Operations",
            f"Homeland Security Investigations\n{self.state.city}",
        ))  # fmt: skip

    def near(self, first: int, last: int) -> date:
        return self.today + timedelta(days=self.rng.randint(first, last))

    def day_words(self, day: date) -> str:
        """A date as this office writes it."""
        entry = entered_date(day, self.date_manner)
        return entry.words if entry else ""

    def birth(self) -> date:
        return date(1950, 1, 1) + timedelta(days=self.rng.randrange(0, 19500))

    def clock(self) -> time:
        return time(self.rng.choice((8, 9, 9, 10, 10, 11, 13, 14, 15, 16)), self.rng.choice((0, 0, 0, 15, 30, 45)))

    def often(self, share: float) -> bool:
        return self.rng.random() < share

    def district(self) -> str:
        return self.rng.choice(self.state.districts)

    def docket(self, sort: str = "cv") -> str:
        year, number = f"{self.today:%y}", f"{self.rng.randrange(100, 9999):05d}"
        initials = "".join(self.rng.choice("ABCDEFGHJKLMNPRSTW") for _ in range(3))
        return self.rng.choice(
            (
                f"{self.rng.randint(1, 5)}:{year}-{sort}-{number}-{initials}",
                f"{year}-{sort}-{number}-{initials}-{initials[:2]}",
                f"{year}-{sort}-{number[1:]}",
            )
        )
