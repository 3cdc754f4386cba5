"""The United States as a grid of equal squares: each state where a reader looks for it, none bigger than another."""

from __future__ import annotations

from dataclasses import dataclass

# Postal code, name, column and row, from the top left. Drawn for Duly: neighbours stand together as far as squares allow.
_STATES = """
AK Alaska 1 1|ME Maine 12 1|VT Vermont 11 2|NH New Hampshire 12 2|WA Washington 2 3|ID Idaho 3 3|MT Montana 4 3
ND North Dakota 5 3|MN Minnesota 6 3|WI Wisconsin 7 3|MI Michigan 8 3|NY New York 10 3|MA Massachusetts 11 3|RI Rhode Island 12 3
OR Oregon 2 4|NV Nevada 3 4|WY Wyoming 4 4|SD South Dakota 5 4|IA Iowa 6 4|IL Illinois 7 4|IN Indiana 8 4|PA Pennsylvania 9 4
NJ New Jersey 10 4|CT Connecticut 11 4|CA California 2 5|UT Utah 3 5|CO Colorado 4 5|NE Nebraska 5 5|MO Missouri 6 5
KY Kentucky 7 5|OH Ohio 8 5|MD Maryland 9 5|DE Delaware 10 5|AZ Arizona 3 6|NM New Mexico 4 6|KS Kansas 5 6|AR Arkansas 6 6
TN Tennessee 7 6|WV West Virginia 8 6|VA Virginia 9 6|DC District of Columbia 10 6|OK Oklahoma 5 7|LA Louisiana 6 7
MS Mississippi 7 7|NC North Carolina 8 7|SC South Carolina 9 7|HI Hawaii 1 8|TX Texas 5 8|AL Alabama 7 8|GA Georgia 8 8|FL Florida 9 8
"""


@dataclass(frozen=True, slots=True)
class Tile:
    """One state's square."""

    code: str
    name: str
    column: int
    row: int

    @property
    def jurisdiction(self) -> str:
        """The rulebook that a state has, if it has one."""
        return f"us/{self.code.lower()}"


def _read(line: str) -> Tile:
    code, rest = line.strip().split(" ", 1)
    name, column, row = rest.rsplit(" ", 2)
    return Tile(code, name, int(column), int(row))


TILES: tuple[Tile, ...] = tuple(_read(line) for part in _STATES.strip().splitlines() for line in part.split("|"))
