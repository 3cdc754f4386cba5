"""One act and one kind of paper in every rulebook: the answers side by side as a table, and the states as a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from duly.desk.law.asked import Asked, facts_of_paper
from duly.desk.law.asked import answers as listed
from duly.desk.law.asking import Question, question, supposed
from duly.desk.law.interview import address
from duly.desk.law.tiles import TILES, Tile
from duly.desk.words.outcomes import ORDER
from duly.evidence import Fact
from duly.law import Determination, Jurisdiction, LawAt, Library, Outcome, compare

FIRST_QUESTIONS = 3
"""Questions shown open; those that fewer places turn on are folded."""


@dataclass(frozen=True, slots=True)
class Row:
    """The answer in one place. `questions` is how many answers would settle it, `turns_on` the one where one would, `proof` where it is shown with its proof."""

    place: Jurisdiction
    anchor: str
    answer: Determination
    cites: tuple[str, ...]
    questions: int
    turns_on: str
    proof: str


@dataclass(frozen=True, slots=True)
class Square:
    """One state on the map; `row` is None where there is no rulebook, which says nothing about its law."""

    tile: Tile
    row: Row | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the page shows."""

    rows: tuple[Row, ...]
    squares: tuple[Square, ...]
    counted: tuple[tuple[Outcome, int], ...]
    mostly_open: bool
    without: int
    first: tuple[Question, ...]
    more: tuple[Question, ...]


def compared(library: Library, asked: Asked) -> Compared:
    """The same question in every rulebook, as of one date. Raises DulyError where the facts do not fit."""
    places = sorted(library.jurisdictions.values(), key=lambda place: _names(library, place))
    # One moment means the same everywhere: what was typed is read in the zone of the place where the question was put.
    zone = ZoneInfo(library.jurisdiction(asked.place).time_zone)
    facts: Mapping[str, Fact] = {**facts_of_paper(asked.paper), **supposed(library, asked.answers, zone)}
    answers = compare(asked.act, facts, (LawAt(library, place.id, asked.on) for place in places))
    rows = tuple(_row(library, asked, place, answer) for place, answer in zip(places, answers, strict=True))
    by_place = {row.place.id: row for row in rows}
    squares = tuple(Square(tile, by_place.get(tile.jurisdiction)) for tile in TILES)
    counts = Counter(row.answer.outcome for row in rows)
    first, more = _questions(library, asked, answers)
    return Compared(
        rows=rows,
        squares=squares,
        mostly_open=2 * counts["undetermined"] >= len(rows),
        counted=tuple((outcome, counts[outcome]) for outcome in ORDER if counts[outcome]),
        without=sum(square.row is None for square in squares),
        first=first,
        more=more,
    )


def _names(library: Library, place: Jurisdiction) -> tuple[str, ...]:
    """The names from the top of its chain down, so that a city stands beneath its state."""
    return tuple(part.name for part in reversed(library.chain(place.id)))


def _row(library: Library, asked: Asked, place: Jurisdiction, answer: Determination) -> Row:
    fewest = min(answer.decisive, key=len, default=())
    return Row(
        place=place,
        anchor="place-" + place.id.replace("/", "-"),
        answer=answer,
        cites=answer.cites,
        questions=len(fewest),
        turns_on=library.vocabulary.facts[fewest[0]].ask if len(fewest) == 1 else "",
        proof=address(replace(asked, place=place.id)),
    )


def _questions(
    library: Library, asked: Asked, answers: Iterable[Determination]
) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What was answered, and what would settle most places; then the rest."""
    turning = Counter(name for answer in answers for name in {name for chosen in answer.decisive for name in chosen})
    known = library.vocabulary.facts
    names: Sequence[str] = [name for name in (*asked.answers, *turning) if name in known and known[name].kind != "text"]
    names = [name for name in dict.fromkeys(names) if not known[name].derived and name != "office.kind"]
    ordered = sorted(names, key=lambda name: (name not in asked.answers, -turning[name], known[name].cost, name))
    made = [
        replace(question(known[name], asked.given.get(name, "")), choices=listed(library, known[name]))
        for name in ordered
    ]
    split = max(FIRST_QUESTIONS, len([name for name in names if name in asked.answers]))
    return tuple(made[:split]), tuple(made[split:])
