"""Plays a day through the real commands, on a clock that stands in our hand: with a file's own results, or by chance.

What is to be done next is worked out by `planning.rehearsal`; here it is done, as a head referee would. Never touches
an event of a person: it has one of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from arctos_desk.app.files import Contents, Results
from arctos_desk.app.importing import import_into
from arctos_desk.formats.standings import Tally, tallies
from arctos_desk.interchange.results_import import import_results
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.ports import EventLog
from arctos_desk.operations.standings_views import event_table_of
from arctos_desk.planning import rehearsal
from arctos_desk.planning.plays import Plays, as_recorded, by_chance
from arctos_desk.runtime.clock import SetClock
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Finding, Problem, Reason, Refused
from arctos_desk.tournament.words import say
from arctos_desk.wire.signing import SEED_BYTES, DeviceKey

HOUR_MS = 3_600_000
SIMULATED_DAY_MS: Instant = 1_767_258_000_000
"""Where the clock stands while a file without any time is imported."""

_DESK = Acting(role=Role.ORGANISER)

Told = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A day that was played. `stuck` says why matches are left; empty when all are over."""

    desk: Desk
    clock: SetClock
    over: int
    matches: int
    stuck: tuple[Reason, ...]
    findings: tuple[Finding, ...]


def rehearse(
    contents: Contents,
    *,
    seed: str,
    build: str,
    told: Told = lambda _over, _matches: None,
    log: Callable[[str], EventLog] = MemoryLog,
) -> Rehearsed:
    """Import a file into an event of its own and play it to the end. `told` hears how many matches are over.

    Chance follows from `seed`: the same file and seed give the same day, byte for byte. Raises Refused when the file
    cannot be imported.
    """
    chance = random.Random(seed).randbytes
    clock = SetClock(SIMULATED_DAY_MS)
    desk = Desk(log(chance(10).hex()), signer=DeviceKey(chance(SEED_BYTES)), clock=clock, chance=chance, build=build)
    desk.perform(commands.CreateEvent(name=contents.name), _DESK)
    findings, plays = _import(desk, contents, seed=seed, chance=chance)
    referee = desk.perform(commands.AddPerson(name="Rehearsal", roles=frozenset({Role.HEAD_REF})), _DESK).value
    clock.forward_to(rehearsal.begins_ms(desk.refresh().solution))
    stuck = _play(desk, clock, plays, Acting(person=referee, role=Role.HEAD_REF), told)
    done = rehearsal.progress(desk.state.event, desk.state.solution)
    return Rehearsed(desk=desk, clock=clock, over=done.over, matches=done.matches, stuck=stuck, findings=findings)


def _import(
    desk: Desk, contents: Contents, *, seed: str, chance: Callable[[int], bytes]
) -> tuple[tuple[Finding, ...], Plays]:
    if isinstance(contents, Results):
        imported = import_results(contents.file, desk.state.event, chance)
        command = commands.ImportRecords(writes=imported.writes, file_name=contents.name, findings=imported.findings)
        return desk.perform(command, _DESK).findings, as_recorded(imported.results)
    findings = import_into(desk, contents, _DESK, chance=chance).findings
    return (*findings, *_fill_tags(desk)), by_chance(seed)


def _fill_tags(desk: Desk) -> tuple[Finding, ...]:
    """A team for each tag that stands for none: on the day a person would have assigned it."""
    open_tags = [tag for tag in desk.state.event.tags.values() if tag.team_id is None and not tag.expression]
    if not open_tags:
        return ()
    for tag in open_tags:
        team = desk.perform(commands.AddTeam(name=tag.name), _DESK).value
        desk.perform(commands.AssignTag(tag=tag.id, team=team), _DESK)
    names = tuple(tag.name for tag in open_tags)
    return (Finding("TAGS_FILLED", say("For the rehearsal a team was made for each open tag: {names}", names=names)),)


def _play(desk: Desk, clock: SetClock, plays: Plays, referee: Acting, told: Told) -> tuple[Reason, ...]:
    """Do one step after the other until the day is over or nobody can go on; then the reasons."""
    refused: dict[str, int] = {}
    while True:
        # A command has just solved the day for this very moment; only when the clock moved it must be solved again.
        state = desk.state if desk.state.solved_at_ms == clock() else desk.refresh()
        step = rehearsal.next_step(state.event, state.solution, now_ms=clock(), plays=plays)
        if isinstance(step, rehearsal.Done):
            _tell(desk, told)
            return ()
        if isinstance(step, rehearsal.Stuck):
            return step.reasons
        clock.forward_to(step.at_ms)
        if isinstance(step, rehearsal.Wait):
            continue
        try:
            desk.perform(_command(step), referee)
        except Refused as news:
            # Once more after the clock moved on would be the same answer: the step is worked out from the same facts.
            reasons = tuple(_reason(problem, step.match_id) for problem in news.problems)
            refused[step.match_id] = refused.get(step.match_id, 0) + 1
            if refused[step.match_id] > 1:
                return reasons
            clock.forward_to(clock() + 1)
            continue
        if isinstance(step, rehearsal.FinishMatch):
            _tell(desk, told)


def _command(step: rehearsal.StartMatch | rehearsal.EnterPoints | rehearsal.FinishMatch) -> Command:
    match step:
        case rehearsal.StartMatch():
            return commands.StartMatch(match=step.match_id)
        case rehearsal.EnterPoints():
            points = tuple((one.starts_ms, one.ends_ms, one.winner, one.set_number) for one in step.points)
            return commands.EnterPoints(match=step.match_id, points=points)
        case rehearsal.FinishMatch():
            return commands.FinishMatch(
                match=step.match_id, ending=step.ending, winner=step.winner, stated_score=step.stated_score
            )


def _reason(problem: Problem, match_id: str) -> Reason:
    return Reason(problem.code, problem.words, problem.about or f"match/{match_id}")


def _tell(desk: Desk, told: Told) -> None:
    done = rehearsal.progress(desk.state.event, desk.state.solution)
    told(done.over, done.matches)


def figures(desk: Desk) -> dict[str, dict[str, int]]:
    """What each team has won and lost, by the name people read. Teams that share a name share a line."""
    event = desk.state.event
    found = tallies(event_table_of(desk.state).encounters)
    by_name: dict[str, Tally] = {}
    for team in event.teams.values():
        by_name[team.name] = by_name.get(team.name, Tally()).plus(found.get(team.id, Tally()))
    return {name: asdict(tally) for name, tally in by_name.items()}


def figures_json(desk: Desk) -> Mapping[str, Any]:
    """The figures as `rehearse --json` prints them."""
    return {"teams": figures(desk)}
