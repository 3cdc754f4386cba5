"""The office where paper arrives: what its profile says about it, and the facts that follow."""

from __future__ import annotations

from dataclasses import dataclass

from duly.errors import DulyError
from duly.evidence import Evidence, Fact, Method
from duly.law import Library


@dataclass(frozen=True, slots=True)
class Office:
    """Where paper arrives.

    `jurisdiction` is a rulebook's id (`us/co/denver`), `kind` the fact `office.kind` (None: not known), `zone` an IANA
    time zone. `letterhead` are the lines under the name; `reply_address`, `telephone` and `email` say where answers to
    the office go. `kind_source` is `profile` where the jurisdiction's profile gave the kind and `person` where somebody
    said it.
    """

    id: str
    name: str
    jurisdiction: str
    kind: str | None
    zone: str
    letterhead: tuple[str, ...] = ()
    reply_address: tuple[str, ...] = ()
    telephone: str | None = None
    email: str | None = None
    kind_source: Method = "profile"

    def facts(self) -> dict[str, Fact]:
        """What the office's profile contributes to every determination."""
        if self.kind is None:
            return {}
        origin = f"The profile of {self.name} says so." if self.kind_source == "profile" else "Stated with the office."
        return {"office.kind": Fact("office.kind", self.kind, Evidence(self.kind_source, note=origin))}


def office_for(library: Library, jurisdiction: str, kind: str | None = None, name: str | None = None) -> Office:
    """The office that answers for `--office <jurisdiction>`, from the `[office]` table of its jurisdiction.toml.

    `kind` and `name` replace the profile's. With another kind than the profile's, the profile's name and letterhead
    belong to somebody else and are left out. Raises DulyError for an unknown jurisdiction or kind.
    """
    place = library.jurisdiction(jurisdiction)
    profile = place.office
    own = profile is not None and kind in (None, profile.kind)
    if kind is not None:
        _check_kind(library, kind)
    chosen = kind or (profile.kind if profile else None) or None
    label = place.name if chosen is None else f"{place.name} ({chosen.replace('_', ' ')})"
    return Office(
        id=jurisdiction,
        name=name or (profile.name if profile and own else label),
        jurisdiction=jurisdiction,
        kind=chosen,
        zone=place.time_zone,
        letterhead=profile.letterhead if profile and own else (),
        reply_address=profile.reply_address if profile and own else (),
        telephone=profile.telephone if profile and own else None,
        email=profile.email if profile and own else None,
        kind_source="profile" if kind is None else "person",
    )


def _check_kind(library: Library, kind: str) -> None:
    known = library.vocabulary.facts["office.kind"].choices
    if known and kind not in known:
        raise DulyError(
            f"There is no kind of office called {kind!r}.",
            remedy=f"Known: {', '.join(known)}.",
            code="unknown-office-kind",
        )
