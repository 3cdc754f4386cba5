"""Loading the sample stories into the desk: each whole or not at all, and only once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from duly.desk.accounts.models import Membership, Office, User
from duly.desk.jobs.reading import draw
from duly.desk.sample.doing import Telling, matter_id
from duly.desk.sample.story import Story, read_story
from duly.desk.shelf import kinds, library
from duly.desk.storage.models import MatterRow
from duly.errors import DulyError
from duly.intake import Reading, Worker
from duly.matters import Actor, office_for

# The office under which an administrator and an auditor can look at every sample.
SHARED = (("administrator", "Ottoline Stopgap", "administrator"), ("auditor", "Barnaby Readonly", "auditor"))
MAIN = "denver-2020"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. `people` are (office, sign-in name, name, role); somebody of several offices is named once.

    `password` is that of the sample people, given once, when they were created.
    """

    matters: int
    people: tuple[tuple[str, str, str, str], ...]
    password: str | None

    def __str__(self) -> str:
        if self.password is None:
            return f"The sample is loaded already ({self.matters} matters)."
        width = max(len(sign_in) for _, sign_in, _, _ in self.people)
        lines = [f"The sample is loaded: {self.matters} matters, invented people.", ""]
        lines += [
            "  First sign-in. The password of all sample people, shown only this once:",
            "",
            f"    {self.password}",
        ]
        for office in dict.fromkeys(office for office, _, _, _ in self.people):
            lines += ["", f"  {office}"]
            own = [(sign_in, name, role) for place, sign_in, name, role in self.people if place == office]
            lines += [f"    {sign_in:<{width}}  {name}, {role}" for sign_in, name, role in own]
        return "\n".join(lines)


def samples_folder() -> Path:
    """The folder of the stories: `DULY_SAMPLES`, or `samples/` of the checkout. Raises DulyError where there is none."""
    named = os.environ.get("DULY_SAMPLES")
    folder = Path(named) if named else Path(__file__).parents[4] / "samples"
    if not list(folder.glob("*/story.toml")):
        raise DulyError(
            f"There are no sample stories in {folder}.", remedy="Name their folder in DULY_SAMPLES.", code="no-samples"
        )
    return folder


def load(folder: Path | None = None) -> Loaded:
    """Read every paper with the real intake, then do everything that the stories say, as their people, at their moments."""
    stories = [read_story(path) for path in sorted((folder or samples_folder()).glob("*/story.toml"))]
    stories.sort(key=lambda story: story.key != MAIN)
    fresh = [story for story in stories if not _is_loaded(story)]
    password = None
    if fresh:
        readings = _read(fresh)
        with transaction.atomic():
            password = secrets.token_urlsafe(9)
            made = [_tell(story, readings[story.key], password) for story in fresh]
            if not any(made):
                password = None
    people = _told()
    return Loaded(MatterRow.objects.filter(office__sample_day__isnull=False).count(), people, password)


def _told() -> tuple[tuple[str, str, str, str], ...]:
    """Everybody who can sign in to a sample office, by office; those of all offices last."""
    members = (
        Membership.objects.filter(office__sample_day__isnull=False)
        .select_related("user", "office")
        .order_by("office__id", "id")
    )
    offices = {member.user_id: 0 for member in members}
    for member in members:
        offices[member.user_id] += 1
    found: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for member in members:
        place = "All sample offices" if offices[member.user_id] > 1 else member.office.name
        found[place, member.user.sign_in] = (place, member.user.sign_in, member.user.name, member.role)
    return tuple(sorted(found.values(), key=lambda one: one[0] == "All sample offices"))


def _is_loaded(story: Story) -> bool:
    return MatterRow.objects.filter(pk__in=[matter_id(story, key) for key in story.papers]).exists()


def _read(stories: list[Story]) -> dict[str, dict[str, tuple[Reading, ...]]]:
    """Every paper of the stories, read outside of any transaction, with the pictures of its pages drawn."""
    with Worker() as worker:
        return {
            story.key: {
                key: worker.read(paper.file.read_bytes(), paper.file.name, kinds=kinds(), today=story.today)
                for key, paper in story.papers.items()
            }
            for story in stories
        }


def _tell(story: Story, readings: Mapping[str, tuple[Reading, ...]], password: str) -> bool:
    """Tell one story from its first happening to its last. True when people were created with that password."""
    office = _office(story)
    users, created = _people(story, office, password)
    actors = {
        key: Actor(f"user:{users[key].pk}", person.name, (person.role,))  # type: ignore[arg-type]
        for key, person in story.staff.items()
    }
    telling = Telling(story, office, actors, readings)
    # What the story tells after the day on which the desk opens is left to whoever sits at it.
    for happening in sorted(story.happenings, key=lambda one: one.at):
        if happening.at.date() <= story.today:
            telling.tell(happening)
    for found in readings.values():
        draw(found[0].document.sha256, min(2, len(found[0].document.pages)))
    return created


def _office(story: Story) -> Office:
    found = office_for(library(), story.jurisdiction, story.office_kind, story.office_name)
    office, _ = Office.objects.update_or_create(
        pk=story.key,
        defaults={
            "name": found.name,
            "jurisdiction": found.jurisdiction,
            "kind": found.kind or "",
            "time_zone": story.zone.key,
            "letterhead": list(found.letterhead),
            "reply_address": list(found.reply_address),
            "telephone": found.telephone or "",
            "email": found.email or "",
            "sample_day": story.today,
        },
    )
    return office


def _people(story: Story, office: Office, password: str) -> tuple[dict[str, User], bool]:
    """The story's people, and an administrator and an auditor of all samples. True when somebody is new."""
    prefix = "" if story.key == MAIN else story.key.split("-")[0] + "."
    users, created = {}, False
    wanted = [(key, f"{prefix}{key}", person.name, person.role) for key, person in story.staff.items()]
    wanted += [(f"shared {sign_in}", sign_in, name, role) for sign_in, name, role in SHARED]
    for key, sign_in, name, role in wanted:
        user = User.objects.filter(sign_in=sign_in).first()
        if user is None:
            user, created = User.objects.create_user(sign_in, name, password), True
        Membership.objects.get_or_create(user=user, office=office, defaults={"role": role})
        users[key] = user
    return users, created
