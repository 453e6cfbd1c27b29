"""Taking back and bringing back: whatever was done, undo restores the picture, redo brings it again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.reduce import canonical_values, fold_all
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage, Status
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Match, Result, Team
from arctos_desk.tournament.registers import creation, merged
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import in_english
from arctos_desk.wire.operation import Operation
from tests.operations.desks import HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _picture(tested: TestedDesk) -> object:
    state = tested.desk.state
    return canonical_values(state.folded), dict(state.solution.rows)


@pytest.mark.parametrize(
    "command",
    [
        commands.StartMatch(match="m-A1"),
        commands.NoteMatch(match="m-A1", initial="Field wet"),
        commands.AssignTag(tag="seed", team="t-ants"),
        commands.EditMatch(match="m-Final", changes={"length_min": 60}),
        commands.AddTeam(name="Late Larks"),
        commands.PushBack(minutes=20),
        commands.DeleteMatch(match="m-Third"),
        commands.EditEvent(name="Other Cup"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_undo_restores_and_redo_brings_back(cup: TestedDesk, command: commands.Command) -> None:
    before = _picture(cup)
    acting = HEAD_REF if isinstance(command, commands.StartMatch) else ORGANISER
    cup.does(command, acting)
    after = _picture(cup)
    assert after != before
    cup.does(commands.Undo(), acting)
    assert _picture(cup) == before
    cup.does(commands.Redo(), acting)
    assert _picture(cup) == after
    cup.does(commands.Undo(), acting)
    assert _picture(cup) == before


def test_a_whole_match_goes_back_step_by_step_and_forward_again(cup: TestedDesk) -> None:
    pictures = [_picture(cup)]
    for step in (
        lambda: cup.does(commands.StartMatch(match="m-A1")),
        lambda: cup.does(commands.StartPoint(match="m-A1")),
        lambda: cup.does(commands.EndPoint(point=cup.desk.state.points_of["m-A1"][-1].id)),
        lambda: cup.does(commands.EditPoint(point=cup.desk.state.points_of["m-A1"][-1].id, winner=Side.TEAM1)),
        lambda: cup.does(commands.EditPoint(point=cup.desk.state.points_of["m-A1"][-1].id, clear_winner=True)),
        lambda: cup.does(commands.FinishMatch(match="m-A1", ending=Ending.DRAW)),
    ):
        step()
        pictures.append(_picture(cup))
    for picture in reversed(pictures[:-1]):
        cup.does(commands.Undo())
        assert _picture(cup) == picture
    assert cup.match("A1").stage is Stage.PLANNED
    for picture in pictures[1:]:
        cup.does(commands.Redo())
        assert _picture(cup) == picture
    assert cup.row("A1").status is Status.COMPLETED


def test_undo_has_the_readable_name_of_what_it_takes_back(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    assert in_english(cup.desk.next_undo) == "Start A1"  # type: ignore[arg-type]
    outcome = cup.does(commands.Undo())
    assert in_english(outcome.label) == "Undo Start A1"
    assert in_english(cup.desk.next_redo) == "Start A1"  # type: ignore[arg-type]
    assert in_english(cup.does(commands.Redo()).label) == "Redo Start A1"


def test_a_new_entry_ends_what_could_be_brought_back(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.does(commands.Undo())
    cup.does(commands.NoteMatch(match="m-B1", initial="x"))
    assert cup.desk.next_redo is None
    with pytest.raises(Refused) as refused:
        cup.does(commands.Redo())
    assert refused.value.codes == ("NOTHING_TO_REDO",)


def test_undo_reaches_back_over_a_restart_of_the_program(cup: TestedDesk) -> None:
    before = _picture(cup)
    cup.does(commands.StartMatch(match="m-A1"))
    cup.restart()
    assert in_english(cup.desk.next_undo) == "Start A1"  # type: ignore[arg-type]
    cup.does(commands.Undo())
    assert _picture(cup) == before
    cup.restart()
    cup.does(commands.Redo())
    assert cup.match("A1").stage is Stage.LIVE


def test_an_import_of_many_operations_is_one_line_and_one_undo() -> None:
    tested = TestedDesk()
    tested.does(commands.CreateEvent(name="Big Cup"), ORGANISER)
    before = _picture(tested)
    teams = [Team(id=f"t{n:03d}", key=f"team-{n}", name=f"Team {n} of a long name " * 3, rank=n) for n in range(300)]
    tested.does(
        commands.ImportRecords(
            writes=merged(*(creation(ref("team", team.id), team) for team in teams)), file_name="big.json"
        ),
        ORGANISER,
    )
    assert len(tested.event.teams) == 300
    imported = [operation for operation in tested.log.operations() if operation.kind == "event.import"]
    assert len(imported) > 1, "this import does not fit into one envelope"
    tested.does(commands.Undo(), ORGANISER)
    assert _picture(tested) == before
    tested.does(commands.Redo(), ORGANISER)
    assert len(tested.event.teams) == 300


def test_what_rests_on_it_is_said_before_a_result_is_taken_back(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.clock.now_ms = TEN
    cup.play("B1", Side.TEAM2, minutes=50)
    finish = cup.log.recent(1)[0].id
    cup.does(commands.StartMatch(match="m-Third"))
    preview = cup.desk.preview_undo(finish)
    assert [reason.about for reason in preview.rests] == ["match/m-Third"]
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=finish))
    assert refused.value.codes == ("RESTS_ON",)
    cup.does(commands.Undo(operation=finish, accept_rests=True))
    assert cup.match("B1").stage is Stage.LIVE


def test_undoing_a_start_says_that_points_were_recorded_since(cup: TestedDesk) -> None:
    start = cup.does(commands.StartMatch(match="m-A1")).operation
    cup.does(commands.StartPoint(match="m-A1"))
    assert [reason.code for reason in cup.desk.preview_undo(start).rests] == ["POINTS_REST_ON"]


def test_what_somebody_changed_later_stays_when_an_older_entry_is_taken_back(cup: TestedDesk) -> None:
    first = cup.does(commands.NoteMatch(match="m-A1", initial="wet")).operation
    cup.does(commands.NoteMatch(match="m-A1", initial="dry"))
    preview = cup.desk.preview_undo(first)
    assert [reason.code for reason in preview.kept] == ["CHANGED_LATER"]
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=first))
    assert refused.value.codes == ("CHANGED_LATER",)
    assert cup.match("A1").initial_note == "dry"


def test_nothing_is_taken_back_twice(cup: TestedDesk) -> None:
    note = cup.does(commands.NoteMatch(match="m-A1", initial="wet")).operation
    cup.does(commands.Undo())
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=note))
    assert refused.value.codes == ("UNDONE_ALREADY",)


def test_undo_leaves_every_operation_in_the_log(cup: TestedDesk) -> None:
    count = sum(1 for _ in cup.log.operations())
    cup.does(commands.StartMatch(match="m-A1"))
    cup.does(commands.Undo())
    assert sum(1 for _ in cup.log.operations()) == count + 2


def test_the_picture_is_that_of_a_fold_from_scratch(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.does(commands.Undo())
    cup.does(commands.Redo())
    assert canonical_values(fold_all(cup.log.operations())) == canonical_values(cup.desk.state.folded)


def test_a_preview_names_what_would_name_nothing_and_what_was_worked_on(cup: TestedDesk) -> None:
    team = cup.does(commands.AddTeam(name="Late Larks"), ORGANISER)
    cup.does(commands.AssignTag(tag="seed", team=team.value), ORGANISER)
    cup.does(commands.EditMatch(match="m-Final", changes={"team1": TeamSlot(team.value)}), ORGANISER)
    preview = cup.desk.preview_undo(team.operation)
    assert [(reason.code, reason.about) for reason in preview.rests] == [
        ("NAMED", "tag/seed"),
        ("NAMED", "match/m-Final"),
    ]
    match = cup.does(commands.CreateMatch(name="X1", kind=MatchKind.STATIC, fields={"length_min": 20}), ORGANISER)
    cup.does(commands.EditMatch(match=match.value, changes={"length_min": 25}), ORGANISER)
    assert [reason.code for reason in cup.desk.preview_undo(match.operation).rests] == ["CHANGED_SINCE"]


def test_a_preview_names_a_match_whose_sides_were_edited_before_it_began(cup: TestedDesk) -> None:
    edit = cup.does(commands.EditMatch(match="m-A1", changes={"team1": TeamSlot("t-foxes")}), ORGANISER).operation
    cup.does(commands.StartMatch(match="m-A1"))
    (reason,) = cup.desk.preview_undo(edit).rests
    assert in_english(reason.words) == "A1 was started with teams that follow from this"


def test_a_preview_names_referees_and_confirmed_results_that_follow_from_it(cup: TestedDesk) -> None:
    edit = cup.does(commands.EditMatch(match="m-A1", changes={"referees": (TeamSlot("t-foxes"),)}), ORGANISER)
    cup.play("A1", Side.TEAM1)
    assert [in_english(one.words) for one in cup.desk.preview_undo(edit.operation).rests] == [
        "A1 was started with referees that follow from this"
    ]
    sides = cup.does(commands.EditMatch(match="m-B1", changes={"team1": TeamSlot("t-foxes")}), ORGANISER)
    cup.play("B1", Side.TEAM1)
    cup.does(commands.ConfirmResult(match="m-B1"), ORGANISER)
    assert "The result of B1 is confirmed for teams that follow from this" in [
        in_english(one.words) for one in cup.desk.preview_undo(sides.operation).rests
    ]


def test_a_preview_names_rows_that_are_skipped_because_of_it(cup: TestedDesk) -> None:
    cup.does(commands.EditMatch(match="m-Third", changes={"skip_condition": "(won? [ants] {A1})"}), ORGANISER)
    cup.play("A1", Side.TEAM1)
    cup.play("B1", Side.TEAM1)
    assert cup.row("Third").status is Status.SKIPPED
    rests = cup.desk.preview_undo().rests
    assert [(one.code, one.about) for one in rests] == [("SKIP_RESTS_ON", "match/m-Third")]


def test_no_undo_puts_two_matches_on_one_field(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    finish = cup.log.recent(1)[0].id
    cup.play("B1", Side.TEAM2)
    cup.does(commands.StartMatch(match="m-Third"))
    assert "FIELD_BUSY" in [reason.code for reason in cup.desk.preview_undo(finish).rests]
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=finish, accept_rests=True))
    assert refused.value.codes == ("FIELD_BUSY",)
    assert cup.match("A1").stage is Stage.ENDED


def test_no_undo_gives_one_name_to_two_matches(cup: TestedDesk) -> None:
    delete = cup.does(commands.DeleteMatch(match="m-Third"), ORGANISER).operation
    cup.does(commands.CreateMatch(name="Third", kind=MatchKind.STATIC, fields={"length_min": 20}), ORGANISER)
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=delete, accept_rests=True), ORGANISER)
    assert refused.value.codes == ("NAME_TAKEN",)


def test_undoing_an_import_with_results_asks_only_for_what_came_later() -> None:
    tested = desk_with_small_day()
    played = creation(
        "match/p1",
        Match(
            id="p1",
            name="P1",
            length_min=30,
            rank=9,
            stage=Stage.ENDED,
            team1=TeamSlot("t-ants"),
            team2=TeamSlot("t-bees"),
            result=Result(ending=Ending.DRAW, winner=None, ended_ms=TEN),
        ),
    )
    command = commands.ImportRecords(writes=played, file_name="results.json")
    imported = tested.does(command, ORGANISER).operation
    assert tested.desk.preview_undo().rests == ()
    tested.does(commands.NoteMatch(match="p1", final="good match"), ORGANISER)
    (reason,) = tested.desk.preview_undo(imported).rests
    assert in_english(reason.words) == "P1 has been played"


def test_a_match_that_is_finished_again_shows_nothing_of_the_result_before(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.does(commands.ReopenMatch(match="m-A1", reason="protest"), ORGANISER)
    assert cup.match("A1").result is None
    cup.does(commands.Undo(), ORGANISER)
    assert cup.match("A1").result.winner is Side.TEAM1  # type: ignore[union-attr]


class _CountingLog(MemoryLog):
    """Counts what is read of it."""

    read = 0

    def recent(self, limit: int, before: tuple[str, str, int] | None = None) -> Sequence[Operation]:
        found = super().recent(limit, before)
        self.read += len(found)
        return found

    def operations(self) -> Iterator[Operation]:
        for operation in super().operations():
            self.read += 1
            yield operation

    def touching(self, references: Collection[str]) -> Mapping[str, Sequence[Operation]]:
        found = super().touching(references)
        self.read += sum(map(len, found.values()))
        return found


def test_no_press_reads_more_of_a_long_log_than_of_a_short_one() -> None:
    log = _CountingLog("cup")
    tested = desk_with_small_day(log=log)
    note = ""
    for number in range(300):
        match = "m-A1" if number % 10 == 0 else "m-B1"
        note = tested.does(commands.NoteMatch(match=match, initial=f"note {number}"), ORGANISER).operation
    log.read = 0
    tested.does(commands.AddTeam(name="Late Larks"), ORGANISER)
    tested.does(commands.Undo(), ORGANISER)
    tested.does(commands.Redo(), ORGANISER)
    assert log.read < 20
    log.read = 0
    tested.desk.preview_undo(note)
    tested.does(commands.Undo(operation=note), ORGANISER)
    with pytest.raises(Refused):
        tested.desk.preview_undo(note)
    assert log.read < 1_500, "what touches one match is read, never the log"


def test_a_finish_whose_result_was_corrected_since_stays_finished(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    finish = cup.log.recent(1)[0].id
    cup.does(commands.CorrectResult(match="m-A1", ending=Ending.DRAW, winner=None, reason="sheet"), ORGANISER)
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=finish, accept_rests=True), ORGANISER)
    assert refused.value.codes == ("CHANGED_LATER",)
    assert cup.match("A1").stage is Stage.ENDED


def test_no_undo_tears_a_chain_over_two_fields(cup: TestedDesk) -> None:
    row = {"field_id": "f1", "previous_id": "m-Third", "length_min": 20}
    create = commands.CreateMatch(name="X1", kind=MatchKind.SAFE, fields=row)
    made = cup.does(create, ORGANISER).value
    moved = cup.does(
        commands.EditMatch(match=made, changes={"field_id": "f2", "previous_id": "m-Final"}), ORGANISER
    ).operation
    behind = {"field_id": "f2", "previous_id": made, "length_min": 20}
    cup.does(commands.CreateMatch(name="X2", kind=MatchKind.SAFE, fields=behind), ORGANISER)
    with pytest.raises(Refused) as refused:
        cup.does(commands.Undo(operation=moved, accept_rests=True), ORGANISER)
    assert refused.value.codes == ("PREVIOUS_FIELD",)
