"""A desk in memory with a clock in the hand, and the small day it runs: for tests of commands, views and panes."""

from __future__ import annotations

import random
from collections.abc import Iterable

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.operations.desk import Desk, Outcome
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS, from_iso
from arctos_desk.tournament.kinds import MatchKind, Role
from arctos_desk.tournament.records import Field, Group, Match, Tag, Team
from arctos_desk.tournament.registers import creation, merged
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TeamSlot
from arctos_desk.wire.signing import DeviceKey

MORNING = from_iso("2026-05-02T07:00:00")
TEN = from_iso("2026-05-02T10:00:00")

ORGANISER = Acting(role=Role.ORGANISER)
HEAD_REF = Acting(role=Role.HEAD_REF, person="ref1")
DESK = Acting(role=Role.DESK)


class HandClock:
    """A clock that moves only when it is told to."""

    def __init__(self, now_ms: int = MORNING) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def forward(self, *, minutes: float = 0, ms: int = 0) -> int:
        self.now_ms += round(minutes * MINUTE_MS) + ms
        return self.now_ms

    def at(self, text: str) -> int:
        self.now_ms = from_iso(text)
        return self.now_ms


class TestedDesk:
    """A real desk over a log in memory, with its clock and a seeded source of chance."""

    __test__ = False

    def __init__(self, *, seed: int = 1, log: MemoryLog | None = None, clock: HandClock | None = None) -> None:
        self.chance = random.Random(seed)
        self.clock = clock or HandClock()
        self.log = log or MemoryLog("cup")
        self.key = DeviceKey(self.chance.randbytes(32))
        self.desk = self.opened()

    def opened(self) -> Desk:
        """The desk after a restart of the program: a new stream over the same log."""
        return Desk(self.log, signer=self.key, clock=self.clock, chance=self.chance.randbytes, build="test")

    def restart(self) -> None:
        self.desk = self.opened()

    def does(self, command: Command, acting: Acting = HEAD_REF) -> Outcome:
        return self.desk.perform(command, acting)

    @property
    def event(self):  # type: ignore[no-untyped-def]
        return self.desk.state.event

    def match(self, name: str) -> Match:
        return next(match for match in self.event.matches.values() if match.name == name)

    def row(self, name: str):  # type: ignore[no-untyped-def]
        return self.desk.state.solution.rows[self.match(name).id]

    def play(self, name: str, winner, minutes: float = 30) -> None:  # type: ignore[no-untyped-def]
        """Start a match now and finish it some minutes later."""
        self.does(commands.StartMatch(match=self.match(name).id))
        self.clock.forward(minutes=minutes)
        self.does(commands.FinishMatch(match=self.match(name).id, winner=winner))


def small_day() -> dict[str, dict[str, object]]:
    """Two fields, six teams: semis on both fields, then a third place and a final that name them."""
    teams = {
        key: Team(id=f"t-{key}", key=key, name=name, rank=rank) for rank, (key, name) in enumerate(_TEAMS, start=1)
    }
    fields = [Field(id="f1", name="Field 1", rank=1), Field(id="f2", name="Field 2", rank=2)]
    group = Group(id="g1", name="Group A", rank=1)

    def team(key: str) -> Slot:
        return TeamSlot(teams[key].id)

    matches = [
        _match("A1", 1, "f1", team("ants"), team("bees"), planned=TEN, refs=[team("cats")], group_id="g1"),
        _match("B1", 2, "f2", team("cats"), team("dogs"), planned=TEN, group_id="g1"),
        _match(
            "Third",
            3,
            "f1",
            OutcomeSlot("m-A1", "loser"),
            OutcomeSlot("m-B1", "loser"),
            kind=MatchKind.SAFE,
            previous_id="m-A1",
            refs=[team("eels")],
        ),
        _match(
            "Final",
            4,
            "f2",
            OutcomeSlot("m-A1", "winner"),
            OutcomeSlot("m-B1", "winner"),
            kind=MatchKind.FAST,
            previous_id="m-B1",
            refs=[OutcomeSlot("m-Third", "loser")],
        ),
    ]
    records: Iterable[tuple[str, object]] = [
        *((ref("team", one.id), one) for one in teams.values()),
        *((ref("field", one.id), one) for one in fields),
        (ref("group", group.id), group),
        (ref("tag", "seed"), Tag(id="seed", name="Seed 1", rank=1)),
        *((ref("match", one.id), one) for one in matches),
    ]
    return merged(*(creation(reference, record) for reference, record in records))


_TEAMS = [
    ("ants", "Angry Ants"),
    ("bees", "Busy Bees"),
    ("cats", "Careful Cats"),
    ("dogs", "Dogged Dogs"),
    ("eels", "Electric Eels of the Lower Saltmarsh Canal"),
    ("foxes", "Fair Foxes"),
]


def _match(
    name: str,
    rank: int,
    field_id: str,
    team1: Slot,
    team2: Slot,
    *,
    kind: MatchKind = MatchKind.STATIC,
    planned: int | None = None,
    previous_id: str | None = None,
    refs: Iterable[Slot] = (),
    group_id: str | None = None,
) -> Match:
    return Match(
        id=f"m-{name}",
        name=name,
        rank=rank,
        field_id=field_id,
        team1=team1,
        team2=team2,
        kind=kind,
        planned_ms=planned,
        previous_id=previous_id,
        referees=tuple(refs),
        length_min=40,
        sets=2,
        group_id=group_id,
    )


def empty_desk() -> TestedDesk:
    """A desk whose event has a name and nothing else."""
    tested = TestedDesk()
    tested.does(commands.CreateEvent(name="Small Cup"), ORGANISER)
    return tested


def desk_with_small_day(**options: object) -> TestedDesk:
    """A desk whose event holds the small day, at seven in the morning."""
    tested = TestedDesk(**options)  # type: ignore[arg-type]
    tested.does(commands.CreateEvent(name="Small Cup", zone="Europe/Berlin"), ORGANISER)
    tested.does(commands.ImportRecords(writes=small_day(), file_name="small.json"), ORGANISER)
    return tested
