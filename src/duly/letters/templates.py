"""Letters as files: which position and which papers each is for, and its wording. Adding a letter is adding a file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from duly.errors import DulyError, Place
from duly.letters.brief import Overall
from duly.letters.language import languages
from duly.letters.sections import SECTIONS

FOLDER = Path(__file__).parent / "templates"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
Tone = Literal["draft", "alert", "plain"]
PartKind = Literal["heading", "paragraph", "notice", "items", "section"]
_PART_KINDS: tuple[PartKind, ...] = ("heading", "paragraph", "notice", "items", "section")
_PART_KEYS = {
    "heading",
    "paragraph",
    "notice",
    "section",
    "items",
    "when",
    "needs",
    "lead",
    "title",
    "tone",
    "small",
    "join",
}


class TemplateError(DulyError):
    """A letter's file does not say what it has to."""

    code = "letter-template"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter's wording: a heading, a paragraph, a notice, a list, or a section made from data.

    `when` are conditions that must all hold; `needs` are placeholders that must be known, or the part is left out. `join` puts a
    paragraph behind the one before it.
    """

    kind: PartKind
    text: str = ""
    items: tuple[str, ...] = ()
    lead: str = ""
    title: str = ""
    tone: Tone = "plain"
    small: bool = False
    join: bool = False
    when: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def placeholders(self) -> set[str]:
        return {name for text in (self.text, self.lead, self.title, *self.items) for name in _PLACEHOLDER.findall(text)}


@dataclass(frozen=True, slots=True)
class Copy:
    """Who gets a copy, and when."""

    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """One letter. `titles`: the first whose placeholders are all known is used. `positions` are the positions it states (`none`: a working draft); empty `families`: any paper.

    `purpose` is *answer* or *notice*; `after_order`: only once a court's order is recorded. `audience` is who reads it:
    the twin of what leaves the office tells only what `issuer`, `person named` or `employees` may see; `office` sees all.
    """

    id: str
    titles: tuple[str, ...]
    language: str
    layout: str
    purpose: str
    audience: Literal["office", "issuer", "person named", "employees"]
    positions: tuple[Overall, ...]
    families: tuple[str, ...]
    after_order: bool
    kinds: tuple[str, ...]
    salutation: str
    closing: str
    signers: tuple[str, ...]
    copies: tuple[Copy, ...]
    reference: tuple[str, ...]
    parts: tuple[Part, ...]
    file: str = ""
    about: str = ""


@cache
def templates(folder: Path = FOLDER) -> Mapping[str, Template]:
    """All letters, by id. Raises TemplateError naming the file when one is wrong."""
    found = [read_template(path) for path in sorted(folder.glob("*.toml"))]
    return {template.id: template for template in found}


def read_template(path: Path) -> Template:
    """One letter from its file; its id is the file's name. Raises TemplateError."""
    place = Place(file=path.name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"The file is not valid TOML: {error}.", place=place) from error
    missing = [name for name in ("title", "purpose", "audience", "positions", "say") if name not in data]
    if missing:
        raise TemplateError(f"The key {missing[0]!r} is missing.", place=place, remedy="See another letter's file.")
    if data.get("language", "en") not in languages():
        raise TemplateError(f"There is no language {data['language']!r}.", place=place)
    return Template(
        id=path.stem,
        titles=(data["title"],) if isinstance(data["title"], str) else tuple(data["title"]),
        language=data.get("language", "en"),
        layout=data.get("layout", "letter"),
        purpose=data["purpose"],
        audience=data["audience"],
        positions=tuple(data["positions"]),
        families=tuple(data.get("families", ())),
        after_order=bool(data.get("after_order", False)),
        kinds=tuple(data.get("kinds", ())),
        salutation=data.get("salutation", ""),
        closing=data.get("closing", ""),
        signers=tuple(data.get("signers", ())),
        copies=tuple(Copy(entry["text"], tuple(entry.get("when", ()))) for entry in data.get("copies", ())),
        reference=tuple(data.get("reference", ())),
        parts=tuple(_part(entry, place) for entry in data["say"]),
        file=path.name,
        about=data.get("about", ""),
    )


def _part(entry: Mapping[str, Any], place: Place) -> Part:
    unknown = sorted(set(entry) - _PART_KEYS)
    if unknown:
        raise TemplateError(f"A part has the unknown key {unknown[0]!r}.", place=place)
    kinds = [name for name in _PART_KINDS if name in entry]
    if len(kinds) != 1:
        raise TemplateError(
            f"A part has {len(kinds)} contents.",
            place=place,
            remedy="Give each part one: heading, paragraph, notice, …",
        )
    kind = kinds[0]
    content = entry[kind]
    if kind == "section" and content not in SECTIONS:
        raise TemplateError(
            f"There is no section {content!r}.", place=place, remedy=f"Known: {', '.join(sorted(SECTIONS))}."
        )
    return Part(
        kind=kind,
        text="" if kind == "items" else content,
        items=tuple(content) if kind == "items" else (),
        lead=entry.get("lead", ""),
        title=entry.get("title", ""),
        tone=entry.get("tone", "plain"),
        small=bool(entry.get("small", False)),
        join=bool(entry.get("join", False)),
        when=tuple(entry.get("when", ())),
        needs=tuple(entry.get("needs", ())),
    )


def choose(
    position: Overall,
    *,
    family: str | None,
    kind: str | None = None,
    after_order: bool = False,
    language: str = "en",
    purpose: str = "answer",
) -> Template:
    """The letter that fits best: a file for this kind before one for its family before one for any paper.

    Raises TemplateError when no letter states such a position.
    """

    def fits(template: Template) -> bool:
        return (
            template.purpose == purpose
            and template.language == language
            and position in template.positions
            and (not template.families or family in template.families)
            and (not template.kinds or kind in template.kinds)
            and (after_order or not template.after_order)
        )

    fitting = [template for template in templates().values() if fits(template)]
    if not fitting:
        raise TemplateError(
            f"No letter in {language!r} states the position {position!r} ({purpose}).",
            remedy="Add a file to letters/templates, or choose another language.",
        )
    return max(
        fitting,
        key=lambda found: (found.after_order, bool(found.kinds), bool(found.families), -len(found.positions), found.id),
    )
