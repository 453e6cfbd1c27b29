"""Two desks that worked apart: what each entered is kept, what disagrees is shown, and people settle it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from arctos_desk.operations import commands, exchange
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.operations.reduce import canonical_values, fold_all
from arctos_desk.operations.undo import taken_back
from arctos_desk.operations.views import journal_lines, match_view, today_view
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Ending, Role, Side, Stage, Status
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Team
from arctos_desk.tournament.registers import creation, merged
from arctos_desk.tournament.words import in_english
from arctos_desk.wire.clock import pack
from arctos_desk.wire.operation import Operation, Sealed, seal
from arctos_desk.wire.signing import DeviceKey
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


def _meet(one: TestedDesk, other: TestedDesk) -> None:
    other.desk.receive(exchange.to_send(one.log, other.log.frontier()))
    one.desk.receive(exchange.to_send(other.log, one.log.frontier()))


@pytest.fixture
def desks() -> tuple[TestedDesk, TestedDesk]:
    first = desk_with_small_day()
    first.clock.now_ms = TEN
    second = TestedDesk(seed=2)
    second.clock.now_ms = TEN
    _meet(first, second)
    first.does(commands.StartMatch(match="m-A1"))
    _meet(first, second)
    assert second.row("A1").status is Status.IN_PROGRESS
    return first, second


def test_two_different_winners_are_a_dispute_on_both_desks_until_the_organiser_settles_it(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    first, second = desks
    first.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), HEAD_REF)
    second.clock.forward(minutes=2)
    second.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM2), DESK)
    _meet(first, second)
    for tested in desks:
        match = tested.match("A1")
        assert match.disputed
        assert match.result is not None
        assert match.result.winner is Side.TEAM1, "the head referee of the match counts meanwhile"
        assert tested.desk.state.disputed == ("match/m-A1",)
        shown = match_view(tested.desk.state, "m-A1", DESK, now_ms=tested.clock())
        assert shown is not None
        assert len(shown.versions) == 2
    held = second.desk.state.folded["match/m-A1"].registers["result"]
    blue = held.versions[1].op_id
    resolve = commands.ResolveDispute(
        reference="match/m-A1", register="result", operation=blue, reason="both captains agree"
    )
    with pytest.raises(Refused) as refused:
        second.does(resolve, DESK)
    assert refused.value.codes == ("ORGANISER_ONLY",)
    second.does(resolve, ORGANISER)
    _meet(first, second)
    for tested in desks:
        assert not tested.match("A1").disputed
        assert tested.match("A1").result.winner is Side.TEAM2  # type: ignore[union-attr]


def test_the_same_result_from_two_desks_is_no_dispute(desks: tuple[TestedDesk, TestedDesk]) -> None:
    for tested in desks:
        tested.does(commands.FinishMatch(match="m-A1", ending=Ending.DRAW, at_ms=TEN + 1_000))
    _meet(*desks)
    assert [tested.match("A1").disputed for tested in desks] == [False, False]


def test_points_of_both_desks_are_both_kept(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    for tested in desks:
        point = tested.does(commands.StartPoint(match="m-A1")).value
        tested.does(commands.EndPoint(point=point))
        tested.does(commands.EditPoint(point=point, winner=Side.TEAM1))
    _meet(first, second)
    assert len(first.desk.state.points_of["m-A1"]) == 2
    assert first.desk.state.points_of == second.desk.state.points_of


def test_receiving_again_changes_nothing(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    everything = exchange.to_send(first.log, {})
    before = second.desk.state
    accepted = second.desk.receive(everything)
    assert accepted.store == ()
    assert second.desk.state is before


def test_a_run_with_a_hole_waits_and_is_not_lost(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    for index in range(3):
        first.does(commands.NoteMatch(match="m-B1", initial=f"note {index}"))
    batch = exchange.to_send(first.log, second.log.frontier())
    accepted = second.desk.receive(batch[1:])
    assert accepted.store == ()
    assert len(accepted.waiting) == 1
    assert second.desk.receive(batch).store == tuple(batch)


def test_entries_signed_by_somebody_else_are_kept_apart(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    first.does(commands.NoteMatch(match="m-B1", initial="true"))
    (honest,) = exchange.to_send(first.log, second.log.frontier())
    rogue = DeviceKey(b"r" * 32)
    forged = seal(honest.operation, rogue.sign)
    before = second.desk.state
    accepted = second.desk.receive([forged])
    assert [code for _, code in accepted.apart] == ["BAD_SIGNATURE"]
    assert second.desk.state is before
    assert second.log.apart == [(forged, "BAD_SIGNATURE")]
    assert second.desk.receive([honest]).store == (honest,)


def test_entries_of_another_tournament_change_nothing(desks: tuple[TestedDesk, TestedDesk]) -> None:
    from arctos_desk.operations.memory_log import MemoryLog

    first, _ = desks
    other = TestedDesk(seed=3, log=MemoryLog("other-cup"))
    accepted = other.desk.receive(exchange.to_send(first.log, {}))
    assert accepted.store == ()
    assert other.event.matches == {}


def test_an_edit_made_with_an_old_form_shows_both_versions_of_a_note(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    form = second.desk.state.seen(["match/m-B1"])
    first.does(commands.NoteMatch(match="m-B1", initial="from desk 1"))
    _meet(first, second)
    second.does(commands.NoteMatch(match="m-B1", initial="typed meanwhile", seen=form))
    held = second.desk.state.folded["match/m-B1"].registers["initial_note"]
    assert {version.value for version in held.versions} == {"from desk 1", "typed meanwhile"}


def test_a_form_that_shows_what_this_log_never_held_says_so(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, _ = desks
    outcome = first.does(
        commands.NoteMatch(match="m-B1", initial="x", seen={"match/m-B1#initial_note": ("gone-operation",)})
    )
    assert [finding.code for finding in outcome.findings] == ["RELOADED"]


def test_undoing_what_another_desk_did_is_an_operation_like_any_other(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    start = next(operation for operation in second.log.operations() if operation.kind == "match.start")
    second.does(commands.Undo(operation=start.id), Acting(role=Role.ORGANISER))
    _meet(first, second)
    assert first.row("A1").status is Status.READY_TO_START
    assert first.match("A1").start is None


def _apart(desks: tuple[TestedDesk, TestedDesk], *orders: tuple[int, commands.Command, Acting]) -> None:
    """Let the desks work apart, then meet."""
    for index, order, acting in orders:
        desks[index].does(order, acting)
    _meet(*desks)
    states = [canonical_values(tested.desk.state.folded) for tested in desks]
    assert states[0] == states[1]


def test_the_same_winner_pressed_seconds_apart_is_no_dispute(desks: tuple[TestedDesk, TestedDesk]) -> None:
    finish = commands.FinishMatch(match="m-A1", winner=Side.TEAM1)
    later = commands.FinishMatch(match="m-A1", winner=Side.TEAM1, at_ms=TEN + 7_000)
    _apart(desks, (0, finish, HEAD_REF), (1, later, DESK))
    assert [tested.match("A1").disputed for tested in desks] == [False, False]


def test_a_tag_given_to_one_team_on_two_desks_is_no_dispute(desks: tuple[TestedDesk, TestedDesk]) -> None:
    assign = commands.AssignTag(tag="seed", team="t-ants")
    later = commands.AssignTag(tag="seed", team="t-ants", at_ms=TEN + 9_000)
    _apart(desks, (0, assign, DESK), (1, later, DESK))
    assert desks[0].desk.state.disputed == ()


@pytest.fixture
def over(desks: tuple[TestedDesk, TestedDesk]) -> tuple[TestedDesk, TestedDesk]:
    desks[0].does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), HEAD_REF)
    _meet(*desks)
    return desks


def _stands_confirmed(desks: tuple[TestedDesk, TestedDesk]) -> None:
    for tested in desks:
        match = tested.match("A1")
        assert match.stage is Stage.CONFIRMED
        assert match.result is not None
        assert match.result.winner is Side.TEAM1


CONFIRM = commands.ConfirmResult(match="m-A1")
OTHER = commands.CorrectResult(match="m-A1", ending=Ending.NORMAL, winner=Side.TEAM2, reason="sheet")
REOPEN = commands.ReopenMatch(match="m-A1", reason="protest")


@pytest.mark.parametrize("acting", [HEAD_REF, DESK])
@pytest.mark.parametrize("first", [0, 1])
def test_a_desk_that_has_not_seen_a_confirmation_does_not_overrule_it(
    over: tuple[TestedDesk, TestedDesk], acting: Acting, first: int
) -> None:
    over[1 - first].clock.forward(minutes=5)
    _apart(over, (first, CONFIRM, ORGANISER), (1 - first, OTHER, acting))
    _stands_confirmed(over)
    assert not over[0].match("A1").disputed, "the late entry is shown, it does not reopen what was confirmed"
    shown = match_view(over[0].desk.state, "m-A1", DESK, now_ms=TEN)
    assert shown is not None
    assert len(shown.versions) == 2


@pytest.mark.parametrize("acting", [HEAD_REF, DESK])
def test_nor_does_it_by_reopening_and_finishing_again(over: tuple[TestedDesk, TestedDesk], acting: Acting) -> None:
    again = commands.FinishMatch(match="m-A1", winner=Side.TEAM2)
    _apart(over, (0, CONFIRM, ORGANISER), (1, REOPEN, acting), (1, again, acting))
    _stands_confirmed(over)


@pytest.mark.parametrize(("chosen", "stage"), [(0, Stage.CONFIRMED), (1, Stage.LIVE)])
def test_a_reopening_unseen_by_the_organiser_is_shown_and_settled(
    over: tuple[TestedDesk, TestedDesk], chosen: int, stage: Stage
) -> None:
    _apart(over, (0, CONFIRM, ORGANISER), (1, REOPEN, HEAD_REF))
    _stands_confirmed(over)
    assert over[0].match("A1").disputed
    held = over[0].desk.state.folded["match/m-A1"].registers["stage"]
    assert [version.value[1] for version in held.versions] == [Stage.CONFIRMED, Stage.LIVE]
    settle = commands.ResolveDispute(
        reference="match/m-A1", register="stage", operation=held.versions[chosen].op_id, reason="both captains"
    )
    _apart(over, (0, settle, ORGANISER))
    assert [(tested.match("A1").stage, tested.match("A1").disputed) for tested in over] == [(stage, False)] * 2
    _apart(over, (0, commands.Undo(accept_rests=True), ORGANISER))
    assert over[1].match("A1").stage is Stage.CONFIRMED


def test_a_settlement_of_the_head_referee_does_not_overrule_a_confirmation_it_had_not_seen(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    first, second = desks
    first.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), HEAD_REF)
    second.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM2), DESK)
    alone = second.log.frontier()
    second.does(CONFIRM, ORGANISER)
    confirmed = second.match("A1").result
    # The first desk hears of the other finish, not of the confirmation, and its head referee settles both.
    told = [one for one in exchange.to_send(second.log, first.log.frontier()) if _was_there(one, alone)]
    first.desk.receive(told)
    versions = first.desk.state.folded["match/m-A1"].registers["result"].versions
    own = next(one for one in versions if one.value["winner"] == "TEAM1")
    settle = commands.ResolveDispute(
        reference="match/m-A1", register="result", operation=own.op_id, reason="both captains said so"
    )
    first.does(settle, HEAD_REF)
    _meet(first, second)
    for tested in desks:
        match = tested.match("A1")
        assert match.stage is Stage.CONFIRMED
        assert match.result == confirmed
        assert match.disputed, "two words against each other are for people to see"


def _was_there(sealed: Sealed, frontier: Any) -> bool:
    known = frontier.get(sealed.operation.stream)
    return known is not None and sealed.operation.number <= known[0]


def test_an_organiser_reopens_a_confirmed_result_for_everybody(over: tuple[TestedDesk, TestedDesk]) -> None:
    _apart(over, (0, CONFIRM, ORGANISER))
    _apart(over, (1, REOPEN, ORGANISER))
    assert over[0].match("A1").stage is Stage.LIVE
    assert not over[0].match("A1").disputed
    _apart(over, (0, commands.FinishMatch(match="m-A1", winner=Side.TEAM2), HEAD_REF))
    assert over[1].match("A1").result.winner is Side.TEAM2  # type: ignore[union-attr]


def test_a_start_taken_back_while_another_desk_finished_is_a_dispute(desks: tuple[TestedDesk, TestedDesk]) -> None:
    finish = commands.FinishMatch(match="m-A1", winner=Side.TEAM1)
    _apart(desks, (0, commands.Undo(), HEAD_REF), (1, finish, HEAD_REF))
    for tested in desks:
        match = tested.match("A1")
        assert (match.stage, match.disputed) == (Stage.PLANNED, True)
        assert (match.start, match.result) == (None, None), "nothing is told that the stage takes back"
    version = desks[0].desk.state.folded["match/m-A1"].registers["stage"].versions[1]
    settle = commands.ResolveDispute(
        reference="match/m-A1", register="stage", operation=version.op_id, reason="it was played"
    )
    _apart(desks, (0, settle, ORGANISER))
    assert desks[1].match("A1").result.winner is Side.TEAM1  # type: ignore[union-attr]
    assert not desks[1].match("A1").disputed


def test_both_starts_of_one_match_name_its_head_referees(desks: tuple[TestedDesk, TestedDesk]) -> None:
    other = Acting(person="ref2", role=Role.HEAD_REF)
    start = commands.StartMatch(match="m-B1", override="cats play twice")
    finish = commands.FinishMatch(match="m-B1", winner=Side.TEAM1)
    _apart(desks, (0, start, HEAD_REF), (1, start, other))
    assert [tested.match("B1").disputed for tested in desks] == [False, False]
    organiser = commands.FinishMatch(match="m-B1", winner=Side.TEAM2)
    desks[1].clock.forward(minutes=3)
    _apart(desks, (0, finish, HEAD_REF), (1, organiser, ORGANISER))
    assert desks[0].match("B1").result.winner is Side.TEAM1  # type: ignore[union-attr]


def test_a_match_deleted_while_another_desk_edited_it_is_settled_by_people(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    edit = commands.EditMatch(match="m-Third", changes={"length_min": 50})
    _apart(desks, (0, commands.DeleteMatch(match="m-Third"), ORGANISER), (1, edit, ORGANISER))
    for tested in desks:
        assert "m-Third" not in tested.event.matches
        assert tested.desk.state.disputed == ("match/m-Third",)
    held = desks[0].desk.state.folded["match/m-Third"].registers["archived"]
    assert [version.value for version in held.versions] == [True, False]
    settle = commands.ResolveDispute(
        reference="match/m-Third", register="archived", operation=held.versions[1].op_id, reason="it is played"
    )
    _apart(desks, (0, settle, ORGANISER))
    assert desks[1].match("Third").length_min == 50
    assert desks[1].desk.state.disputed == ()


def test_a_settled_dispute_is_open_again_when_the_settling_is_taken_back(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    finish, other = (commands.FinishMatch(match="m-A1", winner=side) for side in Side)
    _apart(desks, (0, finish, HEAD_REF), (1, other, DESK))
    before = desks[0].desk.state.folded["match/m-A1"].registers["result"]
    settle = commands.ResolveDispute(
        reference="match/m-A1", register="result", operation=before.versions[1].op_id, reason="sheet"
    )
    desks[0].does(settle, ORGANISER)
    assert not desks[0].match("A1").disputed
    with pytest.raises(Refused) as refused:
        desks[0].does(commands.Undo(), DESK)
    assert refused.value.codes == ("ORGANISER_ONLY",)
    desks[0].does(commands.Undo(), ORGANISER)
    _meet(*desks)
    for tested in desks:
        held = tested.desk.state.folded["match/m-A1"].registers["result"]
        assert (held.value, held.disputed, held.versions) == (before.value, True, before.versions)
    desks[0].does(commands.Redo(), ORGANISER)
    assert not desks[0].match("A1").disputed


def test_taking_back_ones_own_word_leaves_what_the_other_desk_said(desks: tuple[TestedDesk, TestedDesk]) -> None:
    _apart(
        desks,
        (0, commands.NoteMatch(match="m-B1", initial="wet"), DESK),
        (1, commands.NoteMatch(match="m-B1", initial="dry"), DESK),
    )
    shown = desks[0].match("B1").initial_note
    mine = 0 if shown == "wet" else 1
    desks[mine].does(commands.Undo(), DESK)
    _meet(*desks)
    for tested in desks:
        assert tested.match("B1").initial_note == ("dry" if mine == 0 else "wet")
        assert tested.desk.state.folded["match/m-B1"].registers["initial_note"].versions == ()


def test_one_finish_taken_back_leaves_the_match_finished_by_the_other(desks: tuple[TestedDesk, TestedDesk]) -> None:
    finish, other = (commands.FinishMatch(match="m-A1", winner=side) for side in Side)
    _apart(desks, (0, finish, HEAD_REF), (1, other, DESK))
    desks[0].does(commands.Undo(accept_rests=True), HEAD_REF)
    _meet(*desks)
    for tested in desks:
        match = tested.match("A1")
        assert (match.stage, match.disputed) == (Stage.ENDED, False)
        assert match.result.winner is Side.TEAM2  # type: ignore[union-attr]


def test_one_entry_taken_back_on_two_desks_comes_back_with_one_redo(desks: tuple[TestedDesk, TestedDesk]) -> None:
    start = next(operation for operation in desks[1].log.operations() if operation.kind == "match.start")
    _apart(desks, (0, commands.Undo(), ORGANISER), (1, commands.Undo(operation=start.id), ORGANISER))
    assert desks[0].match("A1").stage is Stage.PLANNED
    _apart(desks, (0, commands.Redo(), ORGANISER))
    assert desks[1].match("A1").stage is Stage.LIVE
    newest_first = desks[1].log.recent(100)
    assert start.id not in taken_back(newest_first)
    _apart(desks, (1, commands.Undo(operation=start.id), ORGANISER))
    assert desks[0].match("A1").stage is Stage.PLANNED


def test_a_start_taken_back_and_made_again_elsewhere_is_not_taken_back_twice(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    first, _ = desks
    start = next(operation for operation in first.log.operations() if operation.kind == "match.start")
    _apart(desks, (1, commands.Undo(operation=start.id), ORGANISER))
    _apart(desks, (1, commands.StartMatch(match="m-A1"), HEAD_REF))
    with pytest.raises(Refused) as refused:
        first.does(commands.Undo(operation=start.id), ORGANISER)
    assert refused.value.codes == ("UNDONE_ALREADY",)
    assert first.match("A1").stage is Stage.LIVE
    assert first.match("A1").start is not None


def test_undo_never_sticks_at_what_another_desk_changed_since(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    first.does(commands.NoteMatch(match="m-B1", initial="a"), DESK)
    first.does(commands.NoteMatch(match="m-A1", initial="b"), DESK)
    _meet(first, second)
    _apart(desks, (1, commands.NoteMatch(match="m-A1", initial="c"), DESK))
    assert first.desk.next_undo is not None
    assert in_english(first.desk.next_undo) == "Note on B1"
    first.does(commands.Undo(), DESK)
    assert (first.match("A1").initial_note, first.match("B1").initial_note) == ("c", "")


def test_an_import_of_many_parts_is_taken_back_and_brought_back_by_another_desk() -> None:
    first, second = TestedDesk(), TestedDesk(seed=2)
    first.does(commands.CreateEvent(name="Big Cup"), DESK)
    teams = [Team(id=f"t{n:04d}", key=f"team-{n}", name=f"Team {n} of a long name " * 8, rank=n) for n in range(2_500)]
    writes = merged(*(creation(ref("team", team.id), team) for team in teams))
    first.does(commands.ImportRecords(writes=writes, file_name="big.json"), DESK)
    second.desk.receive(exchange.to_send(first.log, {}))
    parts = [one for one in second.log.operations() if one.kind == "event.import"]
    assert len(parts) > 40
    second.does(commands.Undo(operation=parts[17].id), DESK)
    assert second.event.teams == {}
    _meet(first, second)
    assert first.event.teams == {}
    assert parts[0].id in taken_back(first.log.recent(10_000))
    with pytest.raises(Refused) as refused:
        first.does(commands.Undo(operation=parts[3].id), DESK)
    assert refused.value.codes == ("UNDONE_ALREADY",)
    second.does(commands.Redo(), DESK)
    _meet(first, second)
    assert len(first.event.teams) == 2_500
    first.does(commands.Undo(operation=parts[3].id), DESK)
    assert first.event.teams == {}


def test_one_odd_entry_of_another_desk_stops_nobody(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    odd = {
        "match/m-A1": {"name": 7, "result": "won", "stage": "over", "start": [], "planned_ms": -5, "sets": True},
        "match/new": {"name": "N", "kind": "OTHER", "rank": 1},
        "team/t-ants": {"name": ["x"]},
        "penalty/p": {"colour": "red"},
        "event/cup": {"zone": 3},
    }
    before = first.event
    batch = _written_by_a_stranger(first, odd, back=7, part="x", resolve={"a": 1}, versions=[3])
    assert len(first.desk.receive(batch).store) == 2
    assert first.event == before
    _meet(first, second)
    for tested in desks:
        tested.restart()
        today_view(tested.desk.state, "f1", DESK, now_ms=TEN)
        journal_lines(tested.desk.state, tested.log.recent(9), {}, own_key="", taken_back=frozenset(), device_name={})
        tested.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), HEAD_REF)
    _meet(first, second)


def _written_by_a_stranger(tested: TestedDesk, writes: dict[str, Any], **payload: Any) -> list[Sealed]:
    """What a desk with a fault of its own wrote and signed."""
    key = DeviceKey(b"s" * 32)
    common = {"tournament": "cup", "stream": "odd", "wall_ms": TEN, "actor": ""}
    opening = {"key": key.public_key, "device": key.device}
    first = seal(
        Operation(**common, number=1, previous="", id="odd-1", clock=pack(TEN), kind="stream.open", payload=opening),
        key.sign,
    )
    second = seal(
        Operation(
            **common,
            number=2,
            previous=first.hash,
            id="odd-2",
            clock=pack(TEN + 1),
            kind="undo",
            payload={"as": ["x"], "set": writes, "label": 3, **payload},
        ),
        key.sign,
    )
    return [first, second]


def test_a_stream_that_was_written_twice_counts_up_to_where_it_parts_and_is_never_written_on(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    """A virtual machine that was resumed twice: one key, one stream, two different entries under one number."""
    first, second = desks
    first.does(commands.NoteMatch(match="m-B1", initial="before"))
    _meet(first, second)
    twin = copy.deepcopy(first)
    twin.chance.seed(99)
    first.does(commands.NoteMatch(match="m-B1", initial="one"))
    twin.does(commands.NoteMatch(match="m-B1", initial="other"))
    _meet(first, second)
    proof = exchange.to_send(twin.log, {})
    for tested in (second, first):
        assert {code for _, code in tested.desk.receive(proof).apart} == {exchange.FORK}
        assert tested.match("B1").initial_note == "before"
        assert fold_all(tested.log.operations()) == dict(tested.desk.state.folded)
    forked = first.log.apart[0][0].operation.stream
    first.does(commands.NoteMatch(match="m-B1", initial="after"))
    assert first.log.recent(1)[0].stream != forked
    _meet(first, second)
    assert second.match("B1").initial_note == "after"


def test_entries_that_come_twice_in_one_batch_are_taken_once(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    first.does(commands.NoteMatch(match="m-B1", initial="x"))
    batch = exchange.to_send(first.log, second.log.frontier())
    assert second.desk.receive([*batch, *batch]).store == tuple(batch)


def test_an_older_change_to_a_person_that_comes_later_changes_nothing(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, _ = desks
    newer, older = (
        PersonChange(id=clock, person=PersonRecord(id="p1", name=name), clock=clock)
        for clock, name in (("b" * 16, "Mina"), ("a" * 16, "Wilhelmina"))
    )
    first.desk.receive([], [newer])
    first.desk.receive([], [older])
    assert first.desk.state.name_of("p1") == "Mina"
