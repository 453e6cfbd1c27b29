"""Ordinary tables made from the log: small steps give the same tables as one great step, whatever is missing."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctos_desk.operations import commands
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.ports import ProjectionChange
from arctos_desk.operations.reduce import Folded, Held, Version, fold_all, record_of
from arctos_desk.operations.state import from_folded, whole_change
from arctos_desk.scheduling.solution import Row
from arctos_desk.storage.connections import plain_reader
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament import records
from arctos_desk.tournament.kinds import MatchKind, Role, Status
from arctos_desk.tournament.registers import CLEAR, registers_of
from tests.operations.desks import ORGANISER, TEN, HandClock, small_day
from tests.operations.test_machine import DeskMachine
from tests.storage.makers import NOTHING, Laptop
from tests.trying import tries


def folded_of(record: Any, kind: str, op_id: str = "op", **more: Any) -> Folded:
    values = {**registers_of(record), **more}
    return Folded(f"{kind}/{record.id}", {name: Held(value, (op_id,)) for name, value in values.items()})


def step(*folded: Folded, rows: Mapping[str, Row | None] | None = None) -> ProjectionChange:
    return ProjectionChange(
        folded={one.reference: one for one in folded},
        records={one.reference: record_of(one) for one in folded},
        rows=rows or {},
    )


def rows_of(laptop: Laptop, query: str) -> list[tuple[Any, ...]]:
    with closing(plain_reader(laptop.path)) as connection:
        return connection.execute(query).fetchall()


def archived(folded: Folded) -> Folded:
    return Folded(folded.reference, {**folded.registers, "archived": Held(value=True, heads=("gone",))})


TEAM = folded_of(records.Team(id="t", key="bees", name="Bees", rank=1), "team")
FIELD = folded_of(records.Field(id="f", name="Field 1", rank=1), "field")
MATCH = folded_of(
    records.Match(id="m", name="M", kind=MatchKind.STATIC, rank=1),
    "match",
    place={"field": "f", "previous": "before"},
    team1={"team": "t"},
    team2={"winner": "before"},
    referees=[{"team": "t"}, {"tag": "g"}, {"text": "whoever"}, {}],
)
BEFORE = folded_of(records.Match(id="before", name="B", kind=MatchKind.STATIC, rank=2), "match")
SLOTS = "SELECT field_id, previous_id, team1_kind, team1_team_id, team2_kind, team2_match_id FROM match WHERE id = 'm'"


@pytest.fixture
def projected(laptop: Laptop, event: EventFile) -> EventFile:
    event.rebuild(ProjectionChange(whole=True))
    return event


def commit(event: EventFile, laptop: Laptop, change: ProjectionChange) -> None:
    event.append([laptop.entry()], change)


def test_an_id_that_names_nothing_is_null_until_its_record_appears(laptop: Laptop, projected: EventFile) -> None:
    commit(projected, laptop, step(MATCH))
    assert rows_of(laptop, SLOTS) == [(None, None, "team", None, "winner", None)]
    commit(projected, laptop, step(TEAM))
    commit(projected, laptop, step(BEFORE))
    commit(projected, laptop, step(FIELD))
    assert rows_of(laptop, SLOTS) == [("f", "before", "team", "t", "winner", "before")]
    assert rows_of(laptop, "SELECT position, kind, team_id, tag_id, text FROM match_referee ORDER BY position") == [
        (0, "team", "t", None, None),
        (1, "tag", None, None, None),
        (2, "text", None, None, "whoever"),
        (3, None, None, None, None),
    ]
    assert rows_of(laptop, "SELECT target FROM dangling") == [("tag/g",)]


def test_a_record_that_goes_and_comes_back_is_referred_to_again(laptop: Laptop, projected: EventFile) -> None:
    point = folded_of(records.Point(id="p", match_id="m", start_ms=TEN, rank=1), "point")
    commit(projected, laptop, step(TEAM, FIELD, BEFORE, MATCH, point))
    whole = projected.dump()
    for one in (TEAM, BEFORE, FIELD):
        commit(projected, laptop, step(archived(one)))
    assert rows_of(laptop, SLOTS) == [(None, None, "team", None, "winner", None)]
    commit(projected, laptop, step(archived(MATCH)))
    assert rows_of(laptop, "SELECT id, match_id FROM point") == [("p", None)]
    assert rows_of(laptop, "SELECT * FROM match_referee") == []
    for one in (MATCH, FIELD, BEFORE, TEAM):
        commit(projected, laptop, step(one))
    assert projected.dump() == whole


def test_registers_come_back_as_they_were_folded(laptop: Laptop) -> None:
    folded = Folded(
        "match/m",
        {
            "name": Held("Grün 🟢", ("a", "b"), (Version("a", CLEAR), Version("b", "Grün 🟢")), disputed=True),
            "length_min": Held(CLEAR, ("c",)),
            "ribbon": Held(value=True, heads=("d",)),
            "sets": Held(1, ("d",)),
            "place": Held({"field": "f"}, ("d",)),
            "stage": Held([1, 2], ("e", "f")),
        },
        newer=True,
    )
    with laptop.create() as event:
        assert event.load() is None
        event.rebuild(ProjectionChange(whole=True, folded={"match/m": folded}))
        event.append([laptop.entry()], NOTHING)
        assert event.load() == {"match/m": folded}
    with laptop.open() as event:
        loaded = event.load()
        assert loaded == {"match/m": folded}
        assert loaded["match/m"].registers["ribbon"].value is True
        event.append([laptop.entry()], ProjectionChange(folded={"match/m": None}))
        assert event.load() == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register SET value = '2' WHERE register = 'rank' AND reference = 'match/m'",
        "UPDATE register SET heads = '[]' WHERE register = 'rank'",
        "DELETE FROM register WHERE reference = 'team/t'",
        "UPDATE projection_meta SET rules_version = 0",
        "UPDATE projection_meta SET reducer_build = 0",
        "UPDATE projection_meta SET frontier = 'x'",
        "DELETE FROM projection_meta",
    ],
)
def test_projections_that_do_not_match_the_log_are_not_used(laptop: Laptop, statement: str) -> None:
    with laptop.create() as event:
        event.rebuild(step_whole(TEAM, MATCH))
        commit(event, laptop, step(FIELD))
    with laptop.open() as event:
        assert event.load() is not None
    connection = sqlite3.connect(laptop.path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with laptop.open() as event:
        assert event.load() is None
        event.append([laptop.entry()], step(BEFORE))
        assert event.load() is None
        event.rebuild(step_whole(TEAM, MATCH, FIELD, BEFORE))
        assert set(event.load() or ()) == {"team/t", "match/m", "field/f", "match/before"}


def step_whole(*folded: Folded, rows: Mapping[str, Row | None] | None = None) -> ProjectionChange:
    part = step(*folded, rows=rows)
    return ProjectionChange(folded=part.folded, records=part.records, rows=part.rows, whole=True)


def test_an_entry_from_elsewhere_without_its_projection_makes_them_stale(laptop: Laptop, tmp_path: Path) -> None:
    with laptop.create() as event:
        event.rebuild(step_whole(TEAM))
        event.append([laptop.entry()], step(FIELD))
    copy = laptop.path.read_bytes()
    with laptop.open() as event:
        event.load()
        event.append([laptop.entry()], step(BEFORE))
    laptop.path.write_bytes(copy)
    with laptop.open() as event:
        assert event.report.codes == ("UNCONFIRMED",)
        assert event.load() is None


def test_times_of_a_match_that_is_not_there_are_left_out(laptop: Laptop, projected: EventFile) -> None:
    row = Row(match_id="m", plan_ms=TEN, live_ms=None, length_min=30, status=Status.NOT_STARTED, team1_id="t")
    commit(projected, laptop, step(rows={"m": row}))
    assert rows_of(laptop, "SELECT * FROM match_times") == []
    commit(projected, laptop, step(MATCH, TEAM, rows={"m": row}))
    times = "SELECT match_id, plan_ms, status, team1_id, referee_ids FROM match_times"
    assert rows_of(laptop, times) == [("m", TEN, "NOT_STARTED", "t", "[]")]
    commit(projected, laptop, step(rows={"m": None}))
    assert rows_of(laptop, times) == []


_IDS = ["a", "b", "c"]
_slots = st.one_of(
    st.just({}),
    st.sampled_from(_IDS).map(lambda one: {"team": one}),
    st.sampled_from(_IDS).map(lambda one: {"tag": one}),
    st.sampled_from(_IDS).map(lambda one: {"winner": one}),
)
_changes = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["team", "field", "tag", "group", "match", "match", "point"]),
            st.sampled_from(_IDS),
            st.booleans(),
            st.tuples(_slots, _slots, st.lists(_slots, max_size=2), st.sampled_from([*_IDS, None])),
        ),
        min_size=1,
        max_size=4,
    ),
    max_size=10,
)


def _made(kind: str, record_id: str, meant: Any, number: int) -> Folded:
    one, other, some, target = meant
    values: dict[str, Any] = {"name": f"{kind} {number}", "rank": _IDS.index(record_id)}
    if kind == "team":
        values["key"] = record_id
    if kind == "tag" and target:
        values["team"] = {"team": target, "at": 1}
    if kind == "match":
        values |= {"kind": "STATIC", "team1": one, "team2": other, "referees": some}
        if target:
            values |= {"place": {"field": target, "previous": target}, "group": target}
    if kind == "point":
        values = {"match": target or "a", "start_ms": 1, "rank": 1}
    registers = {name: Held(value, (f"op{number}",)) for name, value in values.items()}
    return Folded(f"{kind}/{record_id}", registers)


_MEANS_ITSELF = [
    [("match", "a", False, ({}, {"winner": "a"}, [], None))],
    [("match", "a", True, ({}, {}, [], None))],
]
_MEAN_EACH_OTHER = [
    [("match", "a", False, ({"winner": "b"}, {}, [], None)), ("match", "b", False, ({"winner": "a"}, {}, [], None))],
    [("match", "a", True, ({}, {}, [], None)), ("match", "b", True, ({}, {}, [], None))],
    [("match", "b", False, ({"winner": "a"}, {}, [], None))],
]


@settings(max_examples=tries(40), deadline=None)
@given(_changes)
@example(_MEANS_ITSELF)
@example(_MEAN_EACH_OTHER)
def test_small_steps_in_any_order_give_the_tables_of_one_great_step(
    tmp_path_factory: pytest.TempPathFactory, changes: list[list[tuple[str, str, bool, Any]]]
) -> None:
    laptop = Laptop(tmp_path_factory.mktemp("events"))
    held: dict[str, Folded] = {}
    number = 0
    with laptop.create() as event:
        event.rebuild(ProjectionChange(whole=True))
        for change in changes:
            steps: dict[str, Folded] = {}
            for kind, record_id, is_gone, meant in change:
                number += 1
                made = _made(kind, record_id, meant, number)
                steps[made.reference] = archived(made) if is_gone else made
            held.update(steps)
            commit(event, laptop, step(*steps.values()))
        stepped = event.dump()
        dangling = sorted(rows_of(laptop, "SELECT target, source FROM dangling"))
        assert rows_of(laptop, "PRAGMA foreign_key_check") == []
        assert event.load() == held
        event.rebuild(step_whole(*held.values()))
        assert event.dump() == stepped
        assert sorted(rows_of(laptop, "SELECT target, source FROM dangling")) == dangling


class _OnDisk:
    """What the machine of `tests.operations` asks of a desk, over an event file."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.laptop = Laptop(folder)
        self.clock = HandClock()
        self.chance = random.Random(1)
        self.log = self.laptop.create()
        self.desk = self._opened()
        self.desk.perform(commands.ImportRecords(writes=small_day(), file_name="day"), ORGANISER)

    def _opened(self) -> Desk:
        return Desk(self.log, signer=self.laptop.key, clock=self.clock, chance=self.chance.randbytes, build="test")

    def restart(self) -> None:
        before = self.log.dump()
        self.log.close()
        self.log = self.laptop.open()
        assert self.log.report.codes == ()
        self.desk = self._opened()
        assert not self.desk.rebuilt
        assert self.log.dump() == before

    def does(self, command: commands.Command, acting: commands.Acting) -> Any:
        return self.desk.perform(command, acting)

    @property
    def event(self) -> records.Event:
        return self.desk.state.event


class MachineOnDisk(DeskMachine):
    """The same random work, with everything on disk; in the end the tables are what a rebuild gives."""

    folders: pytest.TempPathFactory

    def open_desk(self) -> Any:
        return _OnDisk(self.folders.mktemp("machine"))

    def teardown(self) -> None:
        if not hasattr(self, "tested"):
            return
        tested: Any = self.tested
        try:
            times = [line for line in tested.log.dump().splitlines() if not line.startswith("match_times ")]
            loaded = tested.log.load()
            folded = fold_all(tested.log.operations())
            assert loaded == folded
            state = from_folded("cup", folded, tested.log.people(), now_ms=tested.clock())
            tested.log.rebuild(whole_change(state))
            again = [line for line in tested.log.dump().splitlines() if not line.startswith("match_times ")]
            assert again == times
            assert tested.log.verify(every_signature=True).flaws == ()
        finally:
            tested.log.close()


@pytest.mark.hypothesis
def test_random_work_on_disk_leaves_the_tables_that_a_rebuild_gives(tmp_path_factory: pytest.TempPathFactory) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("Machine", (MachineOnDisk,), {"folders": tmp_path_factory})
    run_state_machine_as_test(machine, settings=settings(max_examples=tries(12), stateful_step_count=25, deadline=None))


def test_undo_gives_the_same_dump_as_before(tmp_path: Path) -> None:
    tested = _OnDisk(tmp_path / "events")
    with tested.log:
        before = tested.log.dump()
        match = next(iter(tested.event.matches))
        for order in (
            commands.EditMatch(match=match, changes={"length_min": 77}),
            commands.DeleteMatch(match=match),
            commands.PushBack(minutes=10),
            commands.StartMatch(match=match, override="asked"),
        ):
            tested.does(order, ORGANISER)
            assert tested.log.dump() != before
            tested.does(commands.Undo(accept_rests=True), ORGANISER)
            assert tested.log.dump() == before


def test_names_of_people_survive_a_lost_file(tmp_path: Path) -> None:
    tested = _OnDisk(tmp_path / "events")
    with tested.log:
        tested.does(commands.AddPerson(name="Ada", roles=frozenset({Role.HEAD_REF}), pin="1234"), ORGANISER)
        people = tested.log.people()
        assert [one.name for one in people.values()] == ["Ada"]
    tested.laptop.path.unlink()
    with tested.laptop.open() as log:
        assert log.people() == people
        assert b"Ada" not in b"".join(one.raw for one in log.sealed_after(next(iter(log.frontier())), 0, 99))
