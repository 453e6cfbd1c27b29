"""The seeded event: made through the real commands, the real list of the sign-up, on a real file. Asserts nothing."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from arctos_desk.app import bootstrap, cli
from arctos_desk.app.attending import attended, create_named, handover_folder
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.handover import HandoverDesk, NoDesk, hand_over
from arctos_desk.interchange.roster_preview import preview
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.operations import commands
from arctos_desk.operations.clashes import clashes
from arctos_desk.operations.commands import Acting, Command, PlayerEntry
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.exchange import to_send
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Ending, MatchKind, Role, Side
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import Words, in_english
from arctos_desk.wire.signing import DeviceKey
from tests.operations.desks import HandClock
from tests.privacy import seeds

EVENT = "Pantry Cup"
NOON = 1_780_000_000_000
NOBODY = Acting()


@dataclass(repr=False)
class Day:
    """What the day left behind. `said` is what was told to whoever sat there, by the place where it was told."""

    home: Path
    path: Path
    organiser: Acting
    head_ref: Acting
    hurt: str = ""
    erased: str = ""
    said: dict[str, str] = field(default_factory=dict)

    @property
    def logs(self) -> Path:
        return self.home / "logs"


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """The program's folders below this one meanwhile."""
    before = os.environ.get("ARCTOS_DESK_HOME")
    os.environ["ARCTOS_DESK_HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ARCTOS_DESK_HOME"]
        else:
            os.environ["ARCTOS_DESK_HOME"] = before


@contextmanager
def begun(clock: Callable[[], int], told: list[Words]) -> Iterator[Surroundings]:
    surroundings = bootstrap.begin(told.append, environment={}, clock=clock, chance=random.Random(5).randbytes)
    try:
        yield surroundings
    finally:
        surroundings.end()


def lived(home: Path) -> Day:
    """One day with everything in it that nobody else may read."""
    clock, told = HandClock(NOON), list[Words]()
    with at_home(home), begun(clock, told) as surroundings:
        path = create_named(surroundings, name=EVENT, place="Larder", zone="Europe/Berlin")
        day = Day(home, path, NOBODY, NOBODY)
        with attended(surroundings, path) as event:
            _fill(event.desk, day, clock)
            event.backup()
            clock.forward(minutes=1)
            event.desk.perform(commands.DeletePlayer(player=day.erased, erase=True), day.organiser)
            event.backup()
        day.said["crash notices"] = _crashed(surroundings, path)
    day.said["sentences"] = "\n".join(map(in_english, told)) + day.said.pop("refused", "")
    return day


def _fill(desk: Desk, day: Day, clock: HandClock) -> None:
    def does(command: Command, acting: Acting | None = None) -> object:
        clock.forward(minutes=1)
        return desk.perform(command, day.organiser if acting is None else acting).value

    add = commands.AddPerson(name=seeds.ORGANISER, roles=frozenset({Role.ORGANISER}), pin=seeds.ORGANISER_PIN)
    day.organiser = Acting(person=str(does(add)), role=Role.ORGANISER)
    add = commands.AddPerson(name=seeds.HEAD_REF, roles=frozenset({Role.HEAD_REF}), pin=seeds.HEAD_REF_PIN)
    day.head_ref = Acting(person=str(does(add)), role=Role.HEAD_REF)
    does(commands.AddPenaltyType(name="Stones", description=seeds.PENALTY))
    _rosters(desk, day, does)
    _matches(desk, day, does, clock)


def _rosters(desk: Desk, day: Day, does: Callable[..., object]) -> None:
    table = read_rosters(seeds.roster().encode("utf-16"), file_name="signup.csv")
    does(preview(table, desk.state).order)
    by_name = {desk.state.name_of(one): one for one in desk.state.event.players}
    bad = read_rosters(seeds.bad_roster())
    day.said["refused"] = "\n".join(f"{one.place} {in_english(one.words)}" for one in bad.problems)
    too_long = PlayerEntry(name=seeds.PLAYER, injury=seeds.PRIVATE_INJURY * 20)
    for wrong in (
        commands.ImportRosters(mercenaries=(too_long,)),
        commands.AddPlayer(player=too_long),
        commands.EditPlayer(player=by_name[seeds.HURT], name=" ", injury=seeds.PRIVATE_INJURY * 20),
        commands.EditPlayer(player=by_name[seeds.HURT], injury=seeds.INJURY_BEFORE),
        commands.MergePlayers(player=by_name[seeds.HURT], duplicate=by_name[seeds.HURT]),
    ):
        try:
            desk.perform(wrong, day.organiser)
        except Refused as news:
            day.said["refused"] += f"\n{news}\n" + "\n".join(map(_problem, news.problems))
    # corrected, taken back, brought back
    player = by_name[seeds.BEFORE]
    does(commands.EditPlayer(player=player, name=seeds.PLAYER, jersey_name=seeds.JERSEY))
    does(commands.Undo())
    does(commands.Redo())
    day.hurt = by_name[seeds.HURT]
    does(commands.EditPlayer(player=day.hurt, injury=seeds.PRIVATE_INJURY))
    does(commands.Undo())
    does(commands.Redo())
    does(commands.EditPlayer(player=by_name[seeds.HEALED_PLAYER], injury=""))
    does(commands.MergePlayers(player=player, duplicate=by_name[seeds.MERGED]))
    gone = does(commands.AddPlayer(player=PlayerEntry(name=seeds.LEFT + " II", injury=seeds.PRIVATE_INJURY)))
    does(commands.DeletePlayer(player=str(gone)))
    day.erased = by_name[seeds.ERASED]


def _matches(desk: Desk, day: Day, does: Callable[..., object], clock: HandClock) -> None:
    field_id = str(does(commands.AddField(name="Shelf")))
    newts, owls = (TeamSlot(one) for one in desk.state.event.teams)
    for number, name in enumerate(("First", "Second", "Third")):
        more = {"field_id": field_id, "planned_ms": NOON + number * 3_600_000, "length_min": 30}
        does(commands.CreateMatch(name=name, kind=MatchKind.STATIC, fields={**more, "team1": newts, "team2": owls}))
    first, second, third = (match.id for match in desk.state.event.matches.values())
    does(commands.StartMatch(match=first, override=seeds.OVERRIDE, note=seeds.START_NOTE), NOBODY)
    point = str(does(commands.StartPoint(match=first), day.head_ref))
    does(commands.EndPoint(point=point), day.head_ref)
    does(commands.EditPoint(point=point, winner=Side.TEAM1, note=seeds.POINT_NOTE), day.head_ref)
    voided = str(does(commands.StartPoint(match=first), day.head_ref))
    does(commands.VoidPoint(point=voided, reason=seeds.VOID_REASON), day.head_ref)
    other = Desk(
        MemoryLog(desk.state.event.info.id),
        signer=DeviceKey(random.Random(7).randbytes(32)),
        clock=clock,
        chance=random.Random(8).randbytes,
        build="test",
    )
    mine = desk._log
    other.receive(to_send(mine, other._log.frontier()))
    does(commands.FinishMatch(match=first, winner=Side.TEAM1), day.head_ref)
    clock.forward(minutes=1)
    other.perform(commands.FinishMatch(match=first, winner=Side.TEAM2), day.head_ref)
    desk.receive(to_send(other._log, mine.frontier()))
    held = desk.state.folded[ref("match", first)].registers["result"].versions
    does(
        commands.ResolveDispute(
            reference=ref("match", first), register="result", operation=held[0].op_id, reason=seeds.RESOLVED
        )
    )
    correct = commands.CorrectResult(match=first, ending=Ending.NORMAL, winner=Side.TEAM2, reason=seeds.CORRECTED)
    does(correct)
    does(commands.NoteMatch(match=first, initial=seeds.INITIAL_NOTE, final=seeds.FINAL_NOTE))
    # two matches that ran at once with the same teams: a clash that somebody looked at
    does(commands.StartMatch(match=second, override=seeds.OVERRIDE), day.head_ref)
    at_ms = NOON + 60_000
    points = tuple((at_ms + n * 1_000, at_ms + n * 1_000 + 500, Side.TEAM1, 1) for n in (0, 1))
    does(commands.EnterPoints(match=second, points=points), day.head_ref)
    clash = clashes(desk.state)[0]
    does(commands.SetClashAside(clash=clash.id, reason=seeds.ASIDE))
    does(commands.FinishMatch(match=second, winner=Side.TEAM1), day.head_ref)
    # one runs still
    does(commands.StartMatch(match=third, override=seeds.OVERRIDE, note=seeds.START_NOTE), day.head_ref)
    point = str(does(commands.StartPoint(match=third), day.head_ref))
    does(commands.EndPoint(point=point), day.head_ref)
    does(commands.EditPoint(point=point, winner=Side.TEAM2, note=seeds.POINT_NOTE), day.head_ref)


def _problem(problem: Problem) -> str:
    step = "" if problem.next_step is None else in_english(problem.next_step)
    return f"{problem.code} {problem.place} {problem.about} {in_english(problem.words)} {step}"


# what goes wrong ------------------------------------------------------------------------------------------------------


def _crashed(surroundings: Surroundings, path: Path) -> str:
    """A bug while a player is handled, in the program, in a thread beside it, and while an order of beside is done."""
    told: list[Words] = []
    surroundings.crash.tell, before = told.append, surroundings.crash.tell
    entry = PlayerEntry(name=seeds.PLAYER, jersey_name=seeds.JERSEY, injury=seeds.PRIVATE_INJURY)
    try:
        _handle(entry)
    except Exception as error:
        surroundings.crash.catch(error)
        logging.getLogger("arctos_desk.app.test").info("a player could not be handled", exc_info=True)

    def answer(order: Mapping[str, object]) -> Mapping[str, object]:
        _handle(entry)
        raise AssertionError(order)

    desk = HandoverDesk(handover_folder(path), answer)
    try:
        with contextlib.suppress(NoDesk):
            hand_over(handover_folder(path), {"order": "show"}, patience_s=10)
    finally:
        desk.close()
    surroundings.crash.tell = before
    return "\n".join(map(in_english, told))


def _handle(entry: PlayerEntry) -> None:
    try:
        raise KeyError(entry.name)
    except KeyError as error:
        raise RuntimeError(f"{entry} {entry.name} {entry.injury}") from error


# the console ----------------------------------------------------------------------------------------------------------


def run(day: Day, *arguments: str) -> str:
    """One command line, and all that it says on both streams."""
    out, err = io.StringIO(), io.StringIO()
    with at_home(day.home), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(arguments, environment={})
    return f"{code}\n{out.getvalue()}\n{err.getvalue()}"
