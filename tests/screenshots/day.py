"""The sample event as it stands in the middle of its first day, and when all is over, by a clock in the hand.

Played through the ordinary commands on a real event file, once; every screen gets a copy. Draws nothing.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from arctos_desk.app.attending import attended, create_named
from arctos_desk.app.bootstrap import Surroundings, begin
from arctos_desk.app.samples import sample_event
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk
from arctos_desk.planning import rehearsal
from arctos_desk.planning.plays import by_chance
from arctos_desk.runtime.clock import SetClock
from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_iso
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.kinds import Stage as MatchStage

BEFORE: Instant = from_iso("2027-06-05T05:30:00")
NOON: Instant = from_iso("2027-06-05T12:24:00")
PEOPLE = (
    ("Ada Ridge", frozenset({Role.ORGANISER, Role.HEAD_REF}), "2468"),
    ("Jonas Feld", frozenset({Role.HEAD_REF}), ""),
    ("Marisol Quintana de la Vega", frozenset({Role.HEAD_REF, Role.DESK}), ""),
)
_SEED = "screenshots"

Stage = Literal["noon", "large", "over", "empty"]
"""The first day at noon, the same in large text, the day that is over, or an event in which nothing stands yet."""
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Played:
    """An event file, when it is, and the head referee who was at work."""

    path: Path
    at_ms: Instant
    referee: Acting


class Days:
    """The days in a folder of their own: each is played when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._played: dict[Stage, Played] = {}

    def lay(self, home: Path, stage: Stage) -> Played:
        """A copy of the day in this home, as it stands then."""
        stage = "noon" if stage == "large" else stage
        kept = self._folder / stage
        if stage not in self._played:
            with at_home(kept):
                clock = SetClock(BEFORE)
                here = surroundings(clock, lambda _: None)
                try:
                    self._played[stage] = (
                        _begun(here, clock)
                        if stage == "empty"
                        else play(here, clock, until_ms=NOON if stage == "noon" else None)
                    )
                finally:
                    here.end()
        played = self._played[stage]
        shutil.copytree(kept, home, dirs_exist_ok=True)
        return replace(played, path=home / played.path.relative_to(kept))


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """While this lasts the program lives in this folder."""
    before = os.environ.get("ARCTOS_DESK_HOME")
    os.environ["ARCTOS_DESK_HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("ARCTOS_DESK_HOME", None)
        else:
            os.environ["ARCTOS_DESK_HOME"] = before


def surroundings(clock: SetClock, told: Callable[[str], object], *, language: str = "en") -> Surroundings:
    """What the program stands on, in one language, with a clock and a chance that give the same day each time."""
    return begin(
        lambda words: told(words.msgid),
        environment={},
        language=language,
        clock=clock,
        chance=random.Random(_SEED).randbytes,
    )


def play(here: Surroundings, clock: SetClock, *, until_ms: Instant | None) -> Played:
    """Make the sample and play it, to a moment or to its end. Some matches start late, as they do."""
    path = sample_event(here)
    with attended(here, path) as event:
        desk = event.desk
        people: list[str] = []
        for name, roles, pin in PEOPLE:
            # The first is added while nobody is here; from then on an organiser adds the others.
            acting = Acting(role=Role.ORGANISER, person=people[0] if people else "")
            people.append(desk.perform(commands.AddPerson(name=name, roles=roles, pin=pin), acting).value)
        referee = Acting(person=people[1], role=Role.HEAD_REF)
        clock.forward_to(rehearsal.begins_ms(desk.refresh().solution))
        _play(desk, clock, referee, until_ms)
        if until_ms is not None:
            clock.forward_to(until_ms)
            _points_so_far(desk, clock, referee)
    return Played(path, clock(), referee)


def _begun(here: Surroundings, clock: SetClock) -> Played:
    """An event with a name, and nobody in it."""
    path = create_named(here, name="Heather Open", place="Marsh Hollow", zone="Europe/Berlin")
    return Played(path, clock(), Acting())


def _play(desk: Desk, clock: SetClock, referee: Acting, until_ms: Instant | None) -> None:
    plays = by_chance(_SEED)
    chance = random.Random(_SEED)
    while True:
        state = desk.refresh()
        step = rehearsal.next_step(state.event, state.solution, now_ms=clock(), plays=plays)
        if isinstance(step, rehearsal.Done | rehearsal.Stuck) or (until_ms is not None and step.at_ms >= until_ms):
            return
        clock.forward_to(step.at_ms)
        match step:
            case rehearsal.StartMatch():
                # People are never quite ready; the board shows what comes of it.
                clock.forward_to(clock() + chance.choice((0, 0, 1, 2, 4)) * MINUTE_MS)
                desk.perform(commands.StartMatch(match=step.match_id), referee)
            case rehearsal.EnterPoints():
                points = tuple((one.starts_ms, one.ends_ms, one.winner, one.set_number) for one in step.points)
                desk.perform(commands.EnterPoints(match=step.match_id, points=points), referee)
            case rehearsal.FinishMatch():
                desk.perform(commands.FinishMatch(match=step.match_id, ending=step.ending, winner=step.winner), referee)


def _points_so_far(desk: Desk, clock: SetClock, referee: Acting) -> None:
    """The points of the matches that run, and in the first of them one that is being played."""
    plays = by_chance(_SEED)
    state = desk.refresh()
    running = [
        match for match in state.event.matches.values() if match.stage is MatchStage.LIVE and match.start is not None
    ]
    for match in running:
        began_ms = match.start.at_ms if match.start is not None else 0
        over = [
            point
            for point in plays(state.event, state.solution, match).points
            if began_ms + point.ends_ms < clock() - MINUTE_MS // 2
        ]
        points = tuple((began_ms + one.starts_ms, began_ms + one.ends_ms, one.winner, one.set_number) for one in over)
        if points:
            desk.perform(commands.EnterPoints(match=match.id, points=points), referee)
    if running:
        clock.forward_to(clock() + 20_000)
        desk.perform(commands.StartPoint(match=running[0].id), referee)
        clock.forward_to(clock() + 47_000)
