"""What the law says about each act in question, as cards with everything that belongs to the act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.desk.law.asking import Question, question
from duly.desk.shelf import act_label, library
from duly.desk.words.outcomes import ORDER
from duly.law import ConsequenceFinding, Determination
from duly.matters import Assessment, Matter, OfferedGround, Position, offered_grounds
from duly.matters.events import Choice


@dataclass(frozen=True, slots=True)
class ActCard:
    """One act: its determination, what would follow, which grounds are offered, and what would settle it."""

    act: str
    label: str
    found: Determination
    moot: str
    consequences: tuple[ConsequenceFinding, ...]
    grounds: tuple[OfferedGround, ...]
    questions: bool
    is_asked: bool

    @property
    def is_spoken_of(self) -> bool:
        """Whether the paper asks for the act or any rule speaks to it; the others are folded away."""
        return self.is_asked or self.found.outcome != "unregulated"


def act_cards(assessment: Assessment) -> list[ActCard]:
    """The acts in question: those that the paper asks for first, then by how much they claim a person's attention."""
    offered = offered_grounds(assessment)
    cards = [
        ActCard(
            act=found.act,
            label=act_label(found.act),
            found=found,
            moot=assessment.moot.get(found.act, ""),
            consequences=tuple(one for one in assessment.consequences if found.act in one.acts),
            grounds=tuple(one for one in offered if one.act == found.act),
            questions=bool(found.decisive) and found.act not in assessment.moot,
            is_asked=found.act in assessment.asked,
        )
        for found in assessment.determinations
    ]
    return sorted(cards, key=lambda card: (card.act not in assessment.asked, ORDER.index(card.found.outcome)))


def open_questions(cards: Iterable[ActCard]) -> list[Question]:
    """The facts that would settle what depends, each once, the cheapest to find out first."""
    vocabulary = library().vocabulary
    names = dict.fromkeys(name for card in cards if not card.moot for names in card.found.decisive for name in names)
    kinds = [vocabulary.facts[name] for name in names if name in vocabulary.facts and not name.startswith("court.")]
    return [question(kind, decisive=True) for kind in sorted(kinds, key=lambda kind: kind.cost) if not kind.derived]


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One choice of a position, with the words of its grounds."""

    act: str
    choice: Choice
    grounds: tuple[OfferedGround, ...]
    reasons: str
    against: bool


@dataclass(frozen=True, slots=True)
class PositionShown:
    """A position as the page shows it. `words` says who drafted, submitted, approved or returned it."""

    digest: str
    status: str
    choices: tuple[ChoiceShown, ...]
    statement: str
    words: str


def position_shown(matter: Matter, assessment: Assessment | None) -> PositionShown | None:
    """The matter's position with its grounds in words; None where nobody has taken one."""
    position = matter.position
    if position is None:
        return None
    offered = {(one.act, one.id): one for one in (offered_grounds(assessment) if assessment is not None else ())}
    choices = tuple(
        ChoiceShown(
            one.act,
            one.choice,
            tuple(offered.get((one.act, ground)) or _no_longer_offered(one.act, ground) for ground in one.grounds),
            position.reasons.get(one.act, ""),
            one.act in position.against,
        )
        for one in position.choices
    )
    return PositionShown(position.digest, position.status, choices, position.statement, _history(position))


def overall(choices: Sequence[ChoiceShown]) -> str:
    """The choices in a few words: “decline”, or “decline, comply”."""
    return ", ".join(dict.fromkeys(one.choice for one in choices))


def _no_longer_offered(act: str, ground: str) -> OfferedGround:
    """A ground of an earlier assessment: its rule's own words, from the rulebook where it still stands."""
    rule = library().by_id.get(ground)
    statement = getattr(rule, "statement", "") or ground
    cite, text = (rule.cite, rule.text) if rule is not None else ("", "")
    return OfferedGround(ground, act, "", statement, cite, text, None, True)


def _history(position: Position) -> str:
    parts = [f"Drafted by {position.drafted_by.name}, {position.drafted_at:%-d %b %Y, %H:%M}."]
    if position.submitted_by is not None and position.submitted_at is not None:
        parts.append(f"Sent for approval by {position.submitted_by.name}, {position.submitted_at:%-d %b %Y, %H:%M}.")
    if position.approved_by is not None and position.approved_at is not None:
        parts.append(f"Approved by {position.approved_by.name}, {position.approved_at:%-d %b %Y, %H:%M}.")
    if position.returned_by is not None:
        parts.append(f"Returned by {position.returned_by.name}: {position.return_reason}")
    return " ".join(parts)
