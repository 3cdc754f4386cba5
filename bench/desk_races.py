"""Many processes at once on one office, and processes that are killed: is anything lost, doubled or out of order?

    python -m bench.desk_races [--processes 200] [--matters 4] [--notes 3] [--seconds 600]
    script/with-postgres .venv/bin/python -m bench.desk_races …          the same on PostgreSQL

First that many processes, each somebody else, go through the desk's own pages for the same matters: all approve every
position, all claim every matter, all write notes on one. Then a real desk (two processes for pages, two for jobs) takes
notes, papers and letters over HTTP while one of its processes after the other is killed with SIGKILL; what it acknowledged
must be there afterwards. The database named by DULY_DATABASE must be empty; without one it is SQLite in a temporary folder.
Exits with 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

PAPER = Path(__file__).resolve().parents[1] / "samples/denver-2020/served/i-138-4-inventado.pdf"
PASSWORD = "a long enough password"


@dataclass
class Found:
    """Figures of one part, and what is wrong."""

    figures: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def hold(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.wrong.append(sentence)


def prepare(people: int, matters: int) -> list[str]:
    """An office with so many supervisors, and matters whose positions wait for approval. Returns the matters' ids."""
    from duly.desk.inbox.models import InboxItem
    from duly.desk.inbox.opening import open_as_matters
    from duly.desk.inbox.receiving import receive, settle_read
    from duly.desk.models import Membership, Office, User
    from duly.desk.shelf import kinds
    from duly.desk.storage.matters import act
    from duly.desk.verify.cards import cards
    from duly.intake import Worker
    from duly.matters import KIND, Actor, commands
    from duly.matters.events import ActChoice

    office = Office.objects.create(
        id="denver", name="Denver Sheriff, Records", jurisdiction="us/co/denver", kind="sheriff",
        time_zone="America/Denver", sample_day=date(2020, 1, 14),
    )  # fmt: skip
    clerk = User.objects.create_user("clerk", "Invented Clerk", PASSWORD)
    counsel = User.objects.create_user("counsel", "Invented Counsel", PASSWORD)
    Membership.objects.create(user=clerk, office=office, role="clerk")
    Membership.objects.create(user=counsel, office=office, role="counsel")
    for number in range(people):
        user = User(sign_in=f"person{number}", name=f"Invented Person {number}", password="!")
        user.save()
        Membership.objects.create(user=user, office=office, role="supervisor")
    with Worker() as worker:
        read = worker.read(PAPER.read_bytes(), PAPER.name, kinds=kinds(), today=date(2020, 1, 14))
    at = datetime(2020, 1, 13, 9, 46, tzinfo=office.zone)
    by_clerk = Actor(f"user:{clerk.pk}", clerk.name, ("clerk",))
    by_counsel = Actor(f"user:{counsel.pk}", counsel.name, ("counsel",))
    opened = []
    for number in range(matters):
        data = PAPER.read_bytes() + b"\n%% copy %d\n" % number
        item = receive(office, by_clerk, [data], PAPER.name, at=at, received_at=at, way="counter")
        settle_read(item, read)
        matter = open_as_matters(office, by_clerk, InboxItem.objects.get(pk=item.pk), {"received_at": at}, at)[0]

        def confirm(state: Any) -> list[Any]:
            events: list[Any] = []
            for card in cards(state):
                if card.name == KIND:
                    events += commands.confirm_kind(
                        state, by_clerk, at, kinds(), kind=card.text or None, reading=card.reading
                    )
                else:
                    events += commands.confirm_field(state, by_clerk, at, field=card.name, reading=card.reading)
            return events

        matter = act(office, matter, confirm, at)
        choices = [ActChoice(one, "decline", ()) for one in matter.assessment.asked]  # type: ignore[union-attr]
        matter = act(
            office, matter, lambda state, c=choices: commands.draft_position(state, by_counsel, at, choices=c), at
        )  # type: ignore[misc]
        matter = act(office, matter, lambda state: commands.submit_position(state, by_counsel, at), at)
        opened.append(matter.id)
    return opened


def in_processes(number: int, work: Callable[[int], Any]) -> tuple[list[Any], float]:
    """`work(n)` in so many processes forked from this one and let go at one moment; their results, and the seconds."""
    from django.db import connections

    connections.close_all()
    folder = Path(tempfile.mkdtemp(prefix="duly-race-"))
    begin_read, begin_write = os.pipe()
    children = []
    for one in range(number):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(begin_write)
                os.read(begin_read, 1)  # returns when the parent closes the other end: all start at once
                (folder / str(one)).write_text(json.dumps(work(one)), encoding="utf-8")
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    os.close(begin_read)
    began = time.perf_counter()
    os.close(begin_write)
    for child in children:
        os.waitpid(child, 0)
    took = time.perf_counter() - began
    return [json.loads(file.read_text("utf-8")) for file in folder.iterdir()], took


def person(number: int) -> Any:
    """A signed-in browser of that person, in this process."""
    from django.test import Client

    from duly.desk.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(sign_in=f"person{number}"))
    return client


def took(client: Any, address: str, said: dict[str, str], acknowledged: str) -> bool:
    """Whether the desk says that it was recorded."""
    from django.contrib.messages import get_messages

    answer = client.post(address, said)
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return any(acknowledged in str(message) for message in get_messages(answer.wsgi_request))


def entries(matter: str, kind: str) -> list[Any]:
    from duly.desk.storage import ledger

    return [entry for entry in ledger.STORE.entries(matter) if entry.type == kind]


def notes_on(matter: str) -> list[str]:
    """The notes on a matter, in the order of the ledger."""
    from duly.desk.storage import ledger
    from duly.matters.events import NoteAdded

    return [event.text for event in ledger.events_of(matter) if isinstance(event, NoteAdded)]


def everybody_first(matters: list[str], processes: int, act: str) -> Found:
    """All go for every matter with an act that only one of them can do."""
    from duly.desk.models import User
    from duly.desk.storage import ledger
    from duly.matters import fold

    kind, place, sentence = {
        "approve": ("position-approved", "position/decide/", "Approved."),
        "claim": ("claimed", "claim/", "You have this matter in hand."),
    }[act]
    seen = {matter: fold(ledger.events_of(matter)) for matter in matters}

    def work(number: int) -> list[Any]:
        client, won = person(number), []
        me = f"user:{User.objects.get(sign_in=f'person{number}').pk}"
        for matter in matters:
            state = seen[matter]
            said = {
                "do": act,
                "position": state.position.digest if state.position else "",
                "expected": str(state.sequence),
            }
            if took(client, f"/matters/{matter}/{place}", said, sentence):
                won.append([matter, me])
        return won

    results, seconds = in_processes(processes, work)
    found = Found({"processes": processes, "attempts": processes * len(matters), "seconds": round(seconds, 1)})
    found.hold(len(results) == processes, f"{act}: {processes - len(results)} processes failed.")
    said = Counter(matter for won in results for matter, _ in won)
    winners = {matter: me for won in results for matter, me in won}
    for matter in matters:
        recorded = entries(matter, kind)
        found.hold(len(recorded) == 1, f"{act}: {len(recorded)} entries on one matter.")
        found.hold(said[matter] == 1, f"{act}: {said[matter]} people were told that they were first.")
        found.hold(
            [entry.actor for entry in recorded] == [winners.get(matter)],
            f"{act}: another person is recorded than was told.",
        )
    return found


def everybody_writes(matter: str, processes: int, notes: int) -> Found:
    """All write on one matter, again where somebody was before them, until each note is taken."""

    def work(number: int) -> list[Any]:
        client, tries, written = person(number), 0, []
        for one in range(notes):
            text = f"{number} {one}"
            tries += 1
            while not took(client, f"/matters/{matter}/note/", {"text": text}, "Noted."):
                tries += 1
            written.append(text)
        return [written, tries]

    results, seconds = in_processes(processes, work)
    written = [text for one, _ in results for text in one]
    tries = sum(number for _, number in results)
    rate = round(len(written) / seconds, 1)
    found = Found(
        {
            "processes": processes,
            "notes": len(written),
            "attempts": tries,
            "seconds": round(seconds, 1),
            "per second": rate,
        }
    )
    kept = notes_on(matter)
    found.hold(len(results) == processes, f"append: {processes - len(results)} processes failed.")
    found.hold(Counter(kept) == Counter(written), "append: the notes kept are not the notes acknowledged.")
    for number in range(processes):
        own = [text for text in kept if text.split()[0] == str(number)]
        found.hold(
            own == sorted(own, key=lambda text: int(text.split()[1])), "append: a person's notes are out of order."
        )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--processes", type=int, default=200)
    parser.add_argument("--matters", type=int, default=4)
    parser.add_argument("--notes", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--port", type=int, default=8671)
    said = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="duly-races-"))
    from duly.desk.operations import migrate

    migrate(home)
    from bench.desk_kills import kills
    from django.db import connection

    from duly.desk.shelf import calendars, kinds, library
    from duly.desk.storage import ledger

    if ledger.STORE.head().sequence:
        print("The database is not empty.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    matters = prepare(said.processes, said.matters)
    library(), kinds(), calendars()
    print(f"{connection.vendor}; office prepared in {time.perf_counter() - began:.0f} s", flush=True)
    parts: list[tuple[str, Callable[[], Found]]] = [
        ("approve", lambda: everybody_first(matters, said.processes, "approve")),
        ("claim", lambda: everybody_first(matters, said.processes, "claim")),
        ("append", lambda: everybody_writes(matters[0], said.processes, said.notes)),
        ("kill", lambda: kills(home, matters, said.seconds, said.port)),
    ]
    wrong = []
    for name, part in parts:
        found = part()
        whole = ledger.verify()
        found.hold(whole.ok, f"{name}: {whole}")
        print(
            f"{name:8} {', '.join(f'{what} {figure}' for what, figure in found.figures.items())}; {whole.entries} entries",
            flush=True,
        )
        wrong += found.wrong
    for sentence in sorted(set(wrong)):
        print(f"WRONG: {sentence}")
    print("nothing lost, doubled or out of order" if not wrong else f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
