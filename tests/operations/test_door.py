"""What orders may say: whatever people type or paste, an entry can be kept or is refused before anything is written."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Command
from arctos_desk.tournament.instants import LATEST
from arctos_desk.tournament.kinds import Ending, MatchKind, Side
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Score
from arctos_desk.tournament.tokens import UnknownSlot
from arctos_desk.wire.canonical import MAX_BYTES
from tests.operations.desks import HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day
from tests.trying import tries


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _refused(tested: TestedDesk, command: Command) -> tuple[str, ...]:
    before = (tested.log.frontier(), tested.event)
    with pytest.raises(Refused) as refused:
        tested.does(command, ORGANISER)
    assert (tested.log.frontier(), tested.event) == before
    return refused.value.codes


def test_decomposed_letters_are_composed(cup: TestedDesk) -> None:
    cup.does(commands.AddTeam(name=unicodedata.normalize("NFD", "Übermütige Höhle")), ORGANISER)
    assert list(cup.event.teams.values())[-1].name == "Übermütige Höhle"


def test_control_characters_are_dropped_and_a_name_is_one_line(cup: TestedDesk) -> None:
    cup.does(commands.AddTeam(name="Red\x00 \x1b[1m\n  Kites\x9f"), ORGANISER)
    assert list(cup.event.teams.values())[-1].name == "Red [1m Kites"
    cup.does(commands.NoteMatch(match="m-A1", initial="one\r\ntwo"), ORGANISER)
    assert cup.match("A1").initial_note == "one\ntwo"


def test_half_characters_are_refused_with_their_place(cup: TestedDesk) -> None:
    assert _refused(cup, commands.AddTeam(name="Red \ud800 Kites")) == ("TEXT_BROKEN",)


LONG = "語" * 9_000


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (commands.EditMatch(match="m-Final", changes={"skip_condition": "true ;" + LONG}), "TOO_LARGE"),
        (commands.AddTag(name="Seed 9", expression="[ants] ;" + LONG), "TOO_LARGE"),
        (commands.CreateMatch(name=LONG, kind=MatchKind.STATIC, fields={"length_min": 30}), "TOO_LONG"),
        (commands.EditMatch(match="m-Final", changes={"name": LONG}), "TOO_LONG"),
        (commands.EditMatch(match="m-Final", changes={"team1": UnknownSlot(LONG)}), "TOO_LONG"),
        (commands.EditMatch(match="m-Final", changes={"referees": (UnknownSlot(LONG),)}), "TOO_LONG"),
        (commands.EditMatch(match="m-Final", changes={"referees": (None,) * 999}), "NUMBER"),
        (commands.EditMatch(match="m-Final", changes={"length_min": 2**60}), "NUMBER"),
        (commands.EditMatch(match="m-Final", changes={"length_min": 10**6}), "NUMBER"),
        (commands.EditMatch(match="m-Final", changes={"sets": -1}), "VALUE"),
        (commands.EditMatch(match="m-A1", changes={"planned_ms": LATEST + 1}), "TIME"),
        (commands.EditMatch(match="m-A1", changes={"planned_ms": -1}), "TIME"),
        (commands.EditMatch(match="m-A1", changes={"length_min": 1.5}), "NUMBER"),
        (commands.CreateGroup(name=LONG, kind=MatchKind.BREAK, fields=("f1",)), "TOO_LONG"),
        (commands.ChangeLengths(matches=("m-A1",), length_min=10**9), "NUMBER"),
        (commands.ForceStart(match="m-A1", team1="gone", team2="t-ants", reason="x"), "TEAM_UNKNOWN"),
        (commands.ForceStart(match="m-A1", team1="t-ants", team2="t-ants", reason="x"), "SAME_TEAM"),
        (commands.NoteMatch(match="m-A1", initial="x", at_ms=-1), "TIME"),
        (commands.NoteMatch(match="m-A1", initial="x", at_ms=2**60), "TIME"),
        (commands.AddTeam(name=" \n "), "NAME_REQUIRED"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    cup: TestedDesk, command: Command, code: str
) -> None:
    assert code in _refused(cup, command)


def test_points_and_scores_beyond_all_measure_are_refused(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    many = ((TEN, TEN, Side.TEAM1, 1),) * 1_001
    assert _refused(cup, commands.EnterPoints(match="m-A1", points=many)) == ("NUMBER",)
    assert _refused(cup, commands.EnterPoints(match="m-A1", points=())) == ("NUMBER",)
    assert _refused(cup, commands.EnterPoints(match="m-A1", points=((-5, TEN, None, 1),))) == ("POINT_TIMES",)
    assert _refused(cup, commands.StartPoint(match="m-A1", set_number=10**9)) == ("SET_NUMBER",)
    score = Score(sets=(1, -1), points=(1, 1))
    finish = commands.FinishMatch(match="m-A1", ending=Ending.DRAW, stated_score=score)
    assert _refused(cup, finish) == ("NUMBER",)


def test_a_record_too_large_for_one_envelope_is_cut_between_its_registers(cup: TestedDesk) -> None:
    fields_ = {"length_min": 30, "planned_ms": TEN, "field_id": "f1", "mode": "x" * 200}
    cup.does(commands.CreateMatch(name="X1", kind=MatchKind.STATIC, fields=fields_), ORGANISER)
    cup.does(commands.EditMatch(match=cup.match("X1").id, changes={"kind": MatchKind.FAST, "previous_id": "m-A1"}))
    script = "(or " + "true " * 1_990 + ")"
    cup.does(commands.EditMatch(match=cup.match("X1").id, changes={"skip_condition": script}), ORGANISER)
    cup.does(commands.DeleteMatch(match=cup.match("X1").id), ORGANISER)
    cup.does(commands.Undo(), ORGANISER)
    assert cup.match("X1").skip_condition == script


def test_nobody_is_stopped_by_a_clock_that_is_wrong(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.clock.forward(minutes=-60 * 24 * 365)
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    assert cup.match("A1").result.ended_ms == TEN  # type: ignore[union-attr]


def test_a_form_with_absurd_keys_harms_nobody(cup: TestedDesk) -> None:
    seen = {"": ("x",), "match/m-A1#": ("y",), "nonsense": (), "match/m-A1#initial_note#": ("z" * 500,)}
    outcome = cup.does(commands.NoteMatch(match="m-A1", initial="x", seen=seen))
    operation = cup.log.operation(outcome.operation)
    assert operation is not None
    assert operation.base == {}


def test_a_handler_that_breaks_half_way_leaves_nothing(cup: TestedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    from arctos_desk.operations.handlers import match_desk

    def breaks(*_: Any) -> None:
        raise ValueError("inside")

    monkeypatch.setattr(match_desk, "start_to_json", breaks)
    before = (cup.log.frontier(), cup.desk.state)
    with pytest.raises(ValueError, match="inside"):
        cup.does(commands.StartMatch(match="m-A1"))
    assert (cup.log.frontier(), cup.desk.state) == before
    monkeypatch.undo()
    cup.does(commands.StartMatch(match="m-A1"))


_TEXTS = st.text(max_size=40) | st.text(st.characters(codec=None), max_size=12_000).map(lambda text: text * 2)
_NUMBERS = st.integers() | st.integers(-2, 5)
_COMMANDS = st.one_of(
    st.builds(commands.AddTeam, name=_TEXTS, key=_TEXTS, shortname=_TEXTS),
    st.builds(commands.AddTag, name=_TEXTS, expression=_TEXTS),
    st.builds(commands.NoteMatch, match=st.just("m-A1"), initial=_TEXTS, final=_TEXTS, at_ms=_NUMBERS),
    st.builds(commands.StartMatch, match=st.just("m-A1"), override=_TEXTS, note=_TEXTS, at_ms=_NUMBERS),
    st.builds(commands.EditEvent, name=_TEXTS, place=_TEXTS, zone=_TEXTS),
    st.builds(commands.ImportSchedule, text=_TEXTS, file_name=_TEXTS),
    st.builds(commands.PushBack, minutes=_NUMBERS, day=_TEXTS),
    st.builds(commands.Undo, operation=_TEXTS),
    st.builds(
        commands.EditMatch,
        match=st.just("m-A1"),
        changes=st.fixed_dictionaries(
            {},
            optional={
                "name": _TEXTS,
                "mode": _TEXTS,
                "sets": _NUMBERS,
                "stones_per_set": _NUMBERS,
                "length_min": _NUMBERS,
                "planned_ms": _NUMBERS,
                "skip_condition": _TEXTS,
                "team1": st.builds(UnknownSlot, _TEXTS),
            },
        ),
    ),
)


@settings(max_examples=tries(150), deadline=None)
@given(st.lists(_COMMANDS, max_size=4))
def test_any_order_is_performed_or_refused_and_every_entry_fits(orders: list[Command]) -> None:
    tested = desk_with_small_day()
    for order in orders:
        with suppress(Refused):
            tested.does(order, HEAD_REF)
    for stream in tested.log.streams.values():
        assert all(len(sealed.raw) <= MAX_BYTES for sealed in stream)
    tested.restart()
