"""The one who is killed: works on an event in a process of its own and says what was saved, after it was saved.

Each line on the pipe is one write, so it arrives whole or not at all:
`try <ids>` before a commit, `ok <ids>` after it, `name <person> <name>` after a person record was saved.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.ports import PersonChange, ProjectionChange
from arctos_desk.storage import writer
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament.kinds import Ending, MatchKind, Role, Side, Stage
from arctos_desk.tournament.reasons import Refused
from arctos_desk.wire.operation import Sealed
from tests.storage.makers import NOTHING, Laptop

# An event loads it with its first entry: here, so that who is forked has it and each cut falls into the work.
del writer

_BACKUP_IN = 60
_REFUSED_MOST = 200
"""A desk that refuses everything does no work that could be lost."""


class Said:
    """The pipe to whoever kills."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def __call__(self, word: str, *rest: str) -> None:
        os.write(self._pipe, (" ".join((word, *rest)) + "\n").encode())


class TellingLog:
    """An event file that says what it is about to save, and what it has saved.

    With a `mutant` it is broken on purpose, to see whether the harness notices.
    """

    def __init__(self, event: EventFile, said: Said, mutant: str = "") -> None:
        self._event = event
        self._said = said
        self._mutant = mutant
        if mutant == "no journal":
            event._journal.append = lambda stream, records: None  # type: ignore[method-assign]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._event, name)

    def append(self, sealed: list[Sealed], change: ProjectionChange, people: tuple[PersonChange, ...] = ()) -> None:
        ids = [one.operation.id for one in sealed]
        self._said("try", *ids)
        if self._mutant == "says so too early":
            self._said("ok", *ids)
        if self._mutant == "commits by pieces":
            for one in sealed:
                self._event.append([one], change)
            self._event.append([], change, people)
        else:
            self._event.append(sealed, change, people)
        self._said("ok", *ids)
        for one in people:
            self._said("name", one.person.id, one.person.name.replace(" ", "_"))


def work(folder: Path, seed: int, pipe: int, *, with_desk: bool, mutant: str = "") -> None:
    """Open the event and work on it until killed."""
    laptop = Laptop(folder, seed=seed, now_ms=1_750_000_000_000 + seed * 1_000_000)
    said = Said(pipe)
    said("started")
    with laptop.open() as event:
        said("open")
        if with_desk:
            _at_the_desk(TellingLog(event, said, mutant), laptop)
        else:
            _append(TellingLog(event, said, mutant), laptop)


def _append(log: Any, laptop: Laptop) -> None:
    """Bare entries, several at a time and one by one, people, and entries of another laptop."""
    chance = laptop.random
    other = Laptop(laptop.folder, seed=chance.randrange(1 << 30), now_ms=laptop.now_ms)
    while True:
        draw = chance.random()
        if draw < 0.6:
            log.append([laptop.entry()], NOTHING)
        elif draw < 0.8:
            log.append(laptop.entries(chance.randint(2, 5)), NOTHING)
        elif draw < 0.9:
            name = f"name-{laptop.now_ms}"
            log.append([], NOTHING, (laptop.person(name, f"p{chance.randint(1, 5)}"),))
        elif draw < 0.98:
            log.receive(other.entries(chance.randint(1, 20)), NOTHING)
        else:
            log.backup()


def _at_the_desk(log: Any, laptop: Laptop) -> None:
    """Random orders at a real desk, as the day brings them."""
    chance = laptop.random
    desk = Desk(log, signer=laptop.key, clock=laptop.wall, chance=chance.randbytes, build="1.0")
    refused = 0
    while refused < _REFUSED_MOST:
        try:
            desk.perform(_some_order(desk, chance), _acting(desk))
        except Refused:
            refused += 1
            continue
        refused = 0
        if not chance.randrange(_BACKUP_IN):
            log.backup()


def _acting(desk: Desk) -> Acting:
    """Whoever was entered first; nobody needs to be named while nobody was."""
    return Acting(person=next(iter(desk.state.event.people), ""), role=Role.ORGANISER)


def _some_order(desk: Desk, chance: random.Random) -> Command:
    event = desk.state.event
    if not event.fields:
        return commands.AddField(name=f"Field {chance.randrange(1000)}")
    if len(event.teams) < 2:
        return commands.AddTeam(name=f"Team {chance.randrange(100_000)}")
    number = chance.randrange(1 << 30)
    planned = [match.id for match in event.matches.values() if match.stage is Stage.PLANNED]
    live = [match.id for match in event.matches.values() if match.stage is Stage.LIVE]
    some = chance.random()
    if len(planned) < 3 or some < 0.1:
        places = {"field_id": chance.choice(sorted(event.fields)), "planned_ms": 1_750_000_000_000, "length_min": 30}
        return commands.CreateMatch(name=f"M{number}", kind=MatchKind.STATIC, fields=places)
    if some < 0.2:
        return commands.Undo(accept_rests=True)
    if some < 0.25:
        return commands.Redo()
    if some < 0.3:
        return commands.AddPerson(name=f"Person {number}", roles=frozenset({Role.ORGANISER, Role.HEAD_REF}))
    if some < 0.4:
        return commands.EditMatch(match=chance.choice(planned), changes={"length_min": chance.randint(1, 90)})
    if some < 0.5:
        one, other = chance.sample(sorted(event.teams), 2)
        return commands.ForceStart(match=chance.choice(planned), team1=one, team2=other, reason="asked")
    if some < 0.55:
        return commands.DeleteMatch(match=chance.choice(planned), consent=True)
    if live and some < 0.8:
        points = [point.id for point in event.points.values() if point.end_ms is None]
        return commands.EndPoint(point=chance.choice(points)) if points else commands.StartPoint(match=live[0])
    if live:
        winner = chance.choice(list(Side))
        return commands.FinishMatch(match=chance.choice(live), ending=Ending.NORMAL, winner=winner)
    return commands.StartMatch(match=chance.choice(planned), override="asked")


def run(folder: Path, seed: int, pipe: int, *, with_desk: bool, mutant: str = "") -> None:
    """`work` in a forked child: leaves with a code, never back into the parent's code."""
    code = 1
    try:
        work(folder, seed, pipe, with_desk=with_desk, mutant=mutant)
        Said(pipe)("failed", "stopped-working")
    except BaseException as error:
        import traceback

        traceback.print_exc(file=sys.stderr)
        Said(pipe)("failed", type(error).__name__)
    finally:
        os._exit(code)
