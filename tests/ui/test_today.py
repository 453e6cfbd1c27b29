"""Today with a real window over a real desk: a match by keys alone, by mouse alone, and what may stand against it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.tournament.kinds import Ending, Side, Stage
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import text
from arctos_desk.ui.background import ThreadLane
from arctos_desk.ui.memory import Forgetful
from arctos_desk.ui.panes.today.pane import TodayPane
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.stepper import Stepper
from tests.operations.desks import ORGANISER, TestedDesk, small_day
from tests.ui.referee_desk import RefereeDesk, settle

Key = Qt.Key
Make = Callable[..., RefereeDesk]


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> RefereeDesk:
        made = RefereeDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(made.window)
        return made

    return make


# choosing a field


def test_the_field_is_chosen_once_and_remembered(desk: Make) -> None:
    memory = Forgetful()
    first = desk(memory=memory)
    assert first.today.stand == "choose"
    tiles = first.today.field_choice.tiles
    assert [tile.text() for tile in tiles] == ["Field 1", "Field 2"]
    first.click(tiles[1])
    assert (first.today.stand, first.today.title) == ("idle", "Field 2")

    again = desk(memory=memory, tested=first.tested, people=False)
    assert again.today.title == "Field 2"


def test_the_field_is_chosen_by_keyboard(desk: Make) -> None:
    one = desk()
    one.key(Key.Key_Tab)
    one.key(Key.Key_Return)
    assert one.today.stand == "idle"
    assert one.today.title == "Field 2"


def test_another_field_is_a_key_away_and_escape_stays(desk: Make) -> None:
    one = desk().on_field()
    one.key(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert one.today.stand == "choose"
    one.key(Key.Key_Escape)
    assert (one.today.stand, one.today.title) == ("idle", "Field 1")


def test_an_event_without_fields_says_what_belongs_here(desk: Make, qtbot: QtBot) -> None:
    empty = TestedDesk()
    empty.does(commands.CreateEvent(name="Empty"), ORGANISER)
    one = desk(tested=empty, people=False)
    page = one.today.no_fields
    assert page.isVisible()
    with qtbot.waitSignal(one.today.import_asked):
        one.click("today_no_fields_begin")


# before a match


def test_every_reason_stands_in_the_list_with_its_press(desk: Make, qtbot: QtBot) -> None:
    one = desk().on_field("f2")
    one.played("A1", Side.TEAM1)
    one.handle.told()
    one.on_field("f1")
    rows = one.today.side.reasons.rows
    assert [(row.kind, row.code) for row in rows] == [
        ("stop", "DEPENDENCIES_NOT_COMPLETED"),
        ("stop", "TEAM_MATCH_PENDING"),
        ("warn", "NOT_HEAD_REF"),
        ("fine", "FIELD_FREE"),
        ("fine", "REFEREES"),
    ]
    assert one.today.control.state.line == "not yet: 2 reasons, 1 warning"
    assert not one.today.control.isEnabled()
    with qtbot.waitSignal(one.today.match_shown) as shown:
        one.click("act_DEPENDENCIES_NOT_COMPLETED")
    assert shown.args == ["m-B1"]


def test_start_is_off_with_its_reason_and_space_does_nothing(desk: Make) -> None:
    one = desk().on_field()
    assert one.today.control.state.line == "not yet: No head referee is here"
    before = one.kinds()
    one.key(Key.Key_Space)
    assert one.kinds() == before
    assert "Not now: not yet: No head referee is here" in one.window.actions_table["today_control"].toolTip()


def test_choosing_a_head_referee_takes_the_reason_away(desk: Make) -> None:
    one = desk().on_field()
    one.click("act_NOT_HEAD_REF")
    one.click(f"who_{one.referee}_0")
    assert one.today.control.state.kind == "start"
    one.key(Key.Key_Space)
    assert one.match().stage is Stage.LIVE
    assert one.match().start.head_ref == one.referee  # type: ignore[union-attr]


def test_a_start_with_a_reason_is_kept_in_the_journal(desk: Make) -> None:
    one = desk().on_field()
    one.key(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    one.type("referee on the way, teams agree")
    one.key(Key.Key_Return)
    start = one.match().start
    assert start is not None
    assert start.override == "referee on the way, teams agree"
    assert one.tested.log.recent(1)[0].reason == "referee on the way, teams agree"
    assert one.today.stand == "running"
    assert "with a reason: referee on the way" in one.today.side.holder.sentence.text()
    one.window.show_pane("journal")
    settle()
    assert one.journal.table.lines.rows[0].why == "referee on the way, teams agree"


def test_an_override_needs_words_and_escape_leaves_it(desk: Make) -> None:
    one = desk().on_field()
    one.click("start_with_reason")
    assert not one.find("override_give", Button).isEnabled()
    one.key(Key.Key_Return)
    assert one.match().stage is Stage.PLANNED
    one.key(Key.Key_Escape)
    assert not one.today.idle.is_open
    assert one.today.stand == "idle"


def test_a_reason_alone_does_not_help_where_a_team_is_unknown(desk: Make) -> None:
    one = desk()
    one.played("A1", Side.TEAM1)
    one.on_field("f1")
    assert not one.today.idle.start_with_reason.isVisible()
    assert one.window.actions_table.why_not("today_override") == ("A reason alone is not enough here",)


def test_a_tag_without_a_team_is_assigned_from_the_reason(desk: Make) -> None:
    tested = TestedDesk()
    day = small_day()
    day["match/m-A1"] = {**day["match/m-A1"], "team1": {"tag": "seed"}}
    tested.does(commands.CreateEvent(name="Seeds"), ORGANISER)
    tested.does(commands.ImportRecords(writes=day, file_name="x"), ORGANISER)
    one = desk(tested=tested).on_field().as_head_ref()
    codes = [row.code for row in one.today.side.reasons.rows if row.kind == "stop"]
    assert codes == ["TEAM_TAG_UNASSIGNED"]
    one.click("act_TEAM_TAG_UNASSIGNED")
    one.type("foxes")
    one.key(Key.Key_Return)
    assert tested.event.tags["seed"].team_id == "t-foxes"
    assert one.today.match_card.left.team.text() == "Fair Foxes"
    assert one.today.control.state.kind == "start"


# a whole match


def test_a_whole_match_by_keyboard_alone(desk: Make) -> None:
    one = desk()
    one.key(Key.Key_Return)  # the first field
    one.key(Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    one.key(Key.Key_Tab)
    one.key(Key.Key_Space)  # I am Kim, head referee
    assert one.handle.acting.person == one.referee
    one.key(Key.Key_Space)  # start the match
    one.play_point(Key.Key_Left)
    one.play_point(Key.Key_Right)
    one.play_point(Key.Key_Right)
    one.key(Key.Key_R)  # the third is run again
    one.play_point(Key.Key_Left)
    one.key(Key.Key_Plus)  # it belongs to the second set
    one.key(Key.Key_N)
    one.type("pin")
    one.key(Key.Key_Return)
    one.key(Key.Key_F)
    assert one.today.stand == "finishing"
    assert one.today.control.state.kind == "off"
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)

    match = one.match()
    assert match.result is not None
    assert (match.result.ending, match.result.winner) == (Ending.NORMAL, Side.TEAM1)
    assert [(p.winner, p.rerun, p.set_number, p.note) for p in one.points] == [  # type: ignore[attr-defined]
        (Side.TEAM1, False, 1, ""),
        (Side.TEAM2, False, 1, ""),
        (Side.TEAM2, True, 1, ""),
        (Side.TEAM1, False, 2, "pin"),
    ]
    assert one.today.stand == "over"
    assert one.today.over.headline.text() == "Angry Ants won"
    one.key(Key.Key_Return)
    assert one.today.stand == "idle"
    assert one.today.head.name.text() == "Third"


def test_a_whole_match_by_mouse_alone(desk: Make) -> None:
    one = desk()
    one.click("field_f1")
    one.click("who")
    one.click(f"who_{one.referee}_0")
    control = one.today.control
    one.click(control)
    for winner in ("winner_left", "winner_right", "winner_left"):
        one.clock.forward(ms=4_000)
        one.click(control)
        one.clock.forward(ms=9_000)
        one.click(control)
        one.click(winner)
    ids = [point.id for point in one.points]  # type: ignore[attr-defined]
    one.click(one.find(f"rerun_{ids[0]}"))
    stepper = one.find(f"set_{ids[2]}", Stepper)
    one.click(stepper, QPoint(stepper.width() - 8, stepper.height() // 2))
    segments = one.find(f"winner_{ids[1]}", Segmented)
    one.click(segments.segment("TEAM1"))
    one.click(f"note_{ids[1]}")
    one.type("long pin")
    one.click(one.find("side_finish"))  # leaving the input keeps what was typed
    one.click("finish_draw")
    one.click("winner_right")
    one.click(control)

    assert [(p.winner, p.rerun, p.set_number, p.note) for p in one.points] == [  # type: ignore[attr-defined]
        (Side.TEAM1, True, 1, ""),
        (Side.TEAM1, False, 1, "long pin"),
        (Side.TEAM1, False, 2, ""),
    ]
    result = one.match().result
    assert result is not None
    assert (result.ending, result.winner) == (Ending.NORMAL, Side.TEAM2)


def test_the_moment_of_the_press_is_what_is_saved_and_shown(desk: Make) -> None:
    one = desk().started()
    one.clock.at("2026-05-02T10:31:11.500")
    one.key(Key.Key_Space)
    assert one.points[0].start_ms == one.clock.now_ms  # type: ignore[attr-defined]
    assert one.today.side.saved.time.text() == "10:31:11.5"
    assert one.today.side.saved.what.text() == "Start point 1 of A1"


def test_a_second_press_of_a_winner_key_clears(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Right)
    assert one.today.right.chosen
    one.key(Key.Key_Right)
    assert not one.today.right.chosen
    assert one.points[0].winner is None  # type: ignore[attr-defined]
    one.key(Key.Key_Left)
    assert one.points[0].winner is Side.TEAM1  # type: ignore[attr-defined]


def test_the_winner_keys_speak_of_the_point_before_while_one_runs(desk: Make) -> None:
    one = desk().started()
    one.play_point()
    one.key(Key.Key_Space)
    assert one.today.control.state.word == "End point 2"
    one.key(Key.Key_Left)
    assert [point.winner for point in one.points] == [Side.TEAM1, None]  # type: ignore[attr-defined]


def test_up_and_down_choose_an_earlier_point(desk: Make) -> None:
    one = desk().started()
    for side in (Key.Key_Left, Key.Key_Right, Key.Key_Left):
        one.play_point(side)
    one.key(Key.Key_Down)
    assert one.today.left.text() == "Angry Ants"
    assert one.today.right.accessibleDescription() == "won point 2; press again to clear"
    one.key(Key.Key_R)
    one.key(Key.Key_Up)
    one.key(Key.Key_Right)
    assert [(p.winner, p.rerun) for p in one.points] == [  # type: ignore[attr-defined]
        (Side.TEAM1, False),
        (Side.TEAM2, True),
        (Side.TEAM2, False),
    ]


def test_a_draw_finishes_a_match_like_a_win_does(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.play_point(Key.Key_Right)
    one.key(Key.Key_F)
    assert one.today.finish.headline.text().startswith("Level: 1 : 1")
    one.key(Key.Key_D)
    assert one.today.control.state.line == "nobody wins: draw"
    one.key(Key.Key_Return)
    result = one.match().result
    assert result is not None
    assert (result.ending, result.winner) == (Ending.DRAW, None)
    assert one.today.over.headline.text() == "Draw"


def test_a_rarer_ending_is_a_smaller_choice(desk: Make) -> None:
    one = desk().started()
    one.key(Key.Key_F)
    other = one.today.finish.other
    place = other.findData(Ending.FORFEIT.value)
    other.setCurrentIndex(place)
    other.activated.emit(place)
    settle()
    assert one.today.control.state.line == "say who won"
    one.key(Key.Key_Right)
    one.key(Key.Key_Return)
    result = one.match().result
    assert result is not None
    assert (result.ending, result.winner) == (Ending.FORFEIT, Side.TEAM2)


def test_nothing_is_proposed_into_the_choice(desk: Make) -> None:
    one = desk().started()
    for _ in range(3):
        one.play_point(Key.Key_Left)
    one.key(Key.Key_F)
    assert one.today.finish.headline.text() == "Angry Ants leads: 3 : 0 in points"
    assert not one.today.left.chosen
    one.key(Key.Key_Return)
    assert one.match().stage is Stage.LIVE


def test_finish_waits_for_the_end_of_the_point(desk: Make) -> None:
    one = desk().started()
    one.key(Key.Key_Space)
    assert one.window.actions_table.why_not("today_finish") == ("Point 1 is running: end it first",)
    one.key(Key.Key_F)
    assert one.today.stand == "running"


def test_escape_goes_back_from_finishing_to_the_points(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_F)
    one.key(Key.Key_Escape)
    assert one.today.stand == "running"
    one.key(Key.Key_Space)
    assert one.today.control.state.word == "End point 2"


def test_the_finishing_page_shows_where_the_keyboard_is_and_no_press_there_states_a_winner(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_F)
    assert one.window.ring.target is one.today.finish_page.summary.area
    assert one.today.control.shape == "stop"
    for key in (Key.Key_Space, Key.Key_Return, Key.Key_Down):
        one.key(key)
    assert one.today.stand == "finishing"
    assert one.today.control.state.kind == "off"
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    assert one.today.stand == "over"


def test_the_title_of_the_reasons_is_not_cut(desk: Make) -> None:
    one = desk(people=False).on_field()
    reasons = one.today.side.reasons
    assert reasons.title is not None
    assert reasons.stops.isVisible() or reasons.warns.isVisible()
    assert not reasons.title.is_elided()


def test_the_final_note_is_typed_not_obeyed(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_F)
    one.click(one.today.finish_page.note.viewport())
    one.type("fair draw, no rerun")
    one.key(Key.Key_Left)
    one.key(Key.Key_Space)
    assert not one.today.left.chosen
    assert one.find("final_note", QPlainTextEdit).toPlainText() == "fair draw, no reru n"
    one.key(Key.Key_Escape)
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    assert one.match().final_note == "fair draw, no reru n"


def test_letters_in_a_point_note_do_nothing_else(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_N)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    before = one.kinds()
    for key in (Key.Key_F, Key.Key_R, Key.Key_Space, Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Delete):
        one.key(key)
    assert one.kinds() == before
    one.key(Key.Key_Escape)
    assert one.kinds() == before
    assert one.today.stand == "running"


# undo


def test_a_deleted_point_comes_back_by_the_notice(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.play_point(Key.Key_Right)
    one.click(f"delete_{one.points[0].id}")  # type: ignore[attr-defined]
    assert len(one.points) == 1
    assert one.notices == ["Delete point 1 of A1"]
    one.click("notice_action")
    assert [point.winner for point in one.points] == [Side.TEAM1, Side.TEAM2]  # type: ignore[attr-defined]


def test_delete_by_key_asks_for_a_chosen_point(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_Delete)
    assert len(one.points) == 1
    assert one.notices == ["Choose a point first"]
    one.key(Key.Key_Down)
    one.key(Key.Key_Delete)
    assert len(one.points) == 0


def test_undo_and_redo_by_key(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    ctrl = Qt.KeyboardModifier.ControlModifier
    one.key(Key.Key_Z, ctrl)
    assert one.points[0].winner is None  # type: ignore[attr-defined]
    one.key(Key.Key_Z, ctrl)
    assert one.points[0].end_ms is None  # type: ignore[attr-defined]
    one.key(Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert one.points[0].end_ms is not None  # type: ignore[attr-defined]


def test_after_undo_in_the_header_space_still_belongs_to_the_match(desk: Make) -> None:
    one = desk(size=(1280, 720)).started()
    one.play_point(Key.Key_Left)
    one.click("tool_undo")
    one.key(Key.Key_Space)
    assert [(p.winner, p.end_ms is None) for p in one.points] == [(None, False), (None, True)]  # type: ignore[attr-defined]


def test_undoing_the_finish_goes_back_into_the_match(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_F)
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    assert one.today.stand == "over"
    one.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert one.today.stand == "running"
    assert one.match().result is None


# wrong use


def test_a_key_held_down_counts_once(desk: Make) -> None:
    one = desk().started()
    window = one.window.windowHandle()
    assert window is not None
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
        QApplication.sendEvent(window, held)
    QApplication.sendEvent(
        window, QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    )
    settle()
    assert len(one.points) == 1
    assert one.points[0].end_ms is None  # type: ignore[attr-defined]


def test_a_second_press_while_the_first_is_under_way_is_not_taken(desk: Make) -> None:
    slow = SlowLane()
    one = desk(lane=slow)
    slow.deliver()
    one.started()
    slow.deliver()
    settle()
    one.click(one.today.control)
    one.click(one.today.control)
    slow.deliver()
    settle()
    assert len(one.points) == 1
    assert one.points[0].end_ms is None  # type: ignore[attr-defined]


def test_a_clock_set_back_during_a_point_shows_no_negative_time(desk: Make) -> None:
    one = desk().started()
    one.key(Key.Key_Space)
    one.clock.forward(minutes=-60)
    one.today.refresh(_clock())
    assert one.today.control.state.line == "running for 0:00"
    one.key(Key.Key_Space)
    assert one.points[0].end_ms == one.points[0].start_ms  # type: ignore[attr-defined]


def test_a_point_of_ten_minutes_is_shown_whole(desk: Make) -> None:
    one = desk().started()
    one.key(Key.Key_Space)
    one.clock.forward(minutes=10)
    one.today.refresh(_clock())
    assert one.today.control.state.line == "running for 10:00"
    assert one.today.live.time.figure.text() == "10:00"


def test_a_refusal_is_told_beside_the_press_and_nothing_moves(desk: Make) -> None:
    one = desk().started()
    one.tested.does(commands.StartPoint(match="m-A1"), one.kim)  # another window was faster
    one.key(Key.Key_Space)
    assert one.notices == ["A point of A1 is running"]
    assert len(one.points) == 1
    assert one.today.control.state.word == "End point 1"


def test_a_disk_that_fails_stops_the_work_in_red(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    saved = one.today.side.saved.time.text()
    one.tested.log.append = _full_disk  # type: ignore[method-assign]
    one.key(Key.Key_Space)
    assert [notice.property("hue") for notice in one.today.notices.shown] == ["danger"]
    assert one.notices == ["Not saved: stop work here"]
    assert one.today.control.state.kind == "off"
    assert not one.today.left.isEnabled()
    assert one.today.side.saved.word.text() == "Not saved"
    assert saved != one.today.side.saved.time.text()
    one.key(Key.Key_Space)
    assert len(one.points) == 1


def test_a_desk_that_only_reads_says_so(desk: Make) -> None:
    one = desk()
    one.handle._why_not_write = say("The event is open in another program")
    one.on_field().as_head_ref()
    assert one.today.control.state.line == "The event is open in another program"
    one.key(Key.Key_Space)
    assert one.match().stage is Stage.PLANNED


def test_on_the_lane_of_the_window_each_press_arrives(desk: Make, qtbot: QtBot) -> None:
    lane = ThreadLane()
    try:
        one = desk(lane=lane).on_field().as_head_ref()
        one.key(Key.Key_Space)
        qtbot.waitUntil(lambda: one.today.stand == "running")
        for number in (1, 2, 3):
            for word in (f"End point {number}", f"Start point {number + 1}"):
                one.key(Key.Key_Space)
                qtbot.waitUntil(lambda word=word: one.today.control.state.word == word)  # type: ignore[misc]
                one.clock.forward(ms=7_000)
        assert [point.end_ms is None for point in one.points] == [False, False, False]  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: not lane.is_busy)
    finally:
        lane.close()


# the look


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_score_and_control_never_move_or_change_size(desk: Make, size: tuple[int, int]) -> None:
    one = desk(stones=True, size=size).on_field()
    places = set()

    def look() -> None:
        today = one.today
        origin = today.mapToGlobal(QPoint(0, 0))
        at = today.control.mapToGlobal(QPoint(0, 0)) - origin
        top = today.top.mapToGlobal(QPoint(0, 0)) - origin
        places.add((at.x(), at.y(), today.control.width(), today.control.height(), top.y(), today.top.height()))

    look()
    one.as_head_ref()
    look()
    one.key(Key.Key_Space)
    look()
    for _ in range(25):
        one.play_point(Key.Key_Left)
    look()
    one.key(Key.Key_R)
    look()
    one.key(Key.Key_F)
    look()
    one.key(Key.Key_D)
    one.key(Key.Key_Return)
    look()
    assert len(places) == 1
    assert next(iter(places))[3] == 104


def test_at_1280_the_column_is_a_drawer_and_its_presses_stand_in_the_header(desk: Make) -> None:
    one = desk(size=(1280, 720)).started()
    assert not one.today.drawer.is_docked
    assert one.find("tool_finish").isVisible()
    assert one.find("today_saved_line").isVisible()
    one.key(Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert one.today.drawer.is_open
    assert one.today.side.next.isVisible()


def test_a_notice_leaves_the_open_drawer_alone(desk: Make) -> None:
    one = desk(size=(1280, 720)).started()
    one.key(Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    one.today.tell("This entry cannot be taken back")
    settle()
    assert one.today.notices.geometry().right() <= one.today.drawer.frame.geometry().left()


def test_at_1280_the_reasons_are_seen_without_the_drawer(desk: Make) -> None:
    one = desk(size=(1280, 720)).on_field()
    assert one.today.reasons_here.isVisible()
    assert one.today.reasons_here.rows[0].code == "NOT_HEAD_REF"


def test_the_newest_point_is_on_top_and_a_choice_stays_while_the_list_grows(desk: Make) -> None:
    one = desk().started()
    for _ in range(12):
        one.play_point(Key.Key_Left)
    for _ in range(9):
        one.key(Key.Key_Down)
    chosen = one.today._chosen
    row = one.today.points.row(chosen)
    assert row.visibleRegion().boundingRect().height() == row.height()
    one.elsewhere(commands.EditPoint(point=chosen, note="from elsewhere"))
    assert one.today._chosen == chosen
    assert one.today.points.row(chosen).note.text == "from elsewhere"


def test_every_target_is_large_enough(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    point = one.points[0].id  # type: ignore[attr-defined]
    for name in (f"delete_{point}", "side_undo", "side_finish", "large_control", "winner_left", "winner_right"):
        assert one.find(name).height() >= 44, name
    assert one.find(f"set_{point}").height() >= 44
    assert one.find(f"rerun_{point}").height() >= 44


def test_long_names_elide_and_stay_whole_in_the_tooltip(desk: Make) -> None:
    name = "Spielgemeinschaft Märkische Moorschnucken vom Oberen Niederrhein"
    day = small_day()
    day["team/t-ants"] = {**day["team/t-ants"], "name": name}
    tested = TestedDesk()
    tested.does(commands.CreateEvent(name="Long names"), ORGANISER)
    tested.does(commands.ImportRecords(writes=day, file_name="x"), ORGANISER)
    one = desk(tested=tested).on_field()
    label = one.today.match_card.left.team
    assert label.text() == name
    assert label.is_elided()
    assert label.toolTip() == name
    plan = one.today.match_card.plan.figure
    assert plan.width() >= plan.sizeHint().width()


def test_german_words_a_third_longer_are_not_cut(desk: Make, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: text.speak(None))
    text.speak(_Longer())
    for size in ((1280, 720), (1440, 900)):
        one = desk(size=size).started()
        one.play_point(Key.Key_Left)
        one.key(Key.Key_Space)
        _nothing_is_cut(one.today, one)
        one.key(Key.Key_Space)
        one.key(Key.Key_F)
        _nothing_is_cut(one.today, one)
        one.key(Key.Key_D)
        one.key(Key.Key_Return)
        _nothing_is_cut(one.today, one)


def test_stones_count_down_while_a_point_runs(desk: Make) -> None:
    one = desk(stones=True).started()
    assert one.today.live.left.text() == "100"
    one.key(Key.Key_Space)
    one.clock.forward(ms=30_000)
    one.today.refresh(_clock())
    assert one.today.live.left.text() == "80"
    point = one.points[0].id  # type: ignore[attr-defined]
    assert one.today.points.row(point).stones.text() == "20"
    one.key(Key.Key_Space)
    one.key(Key.Key_R)
    assert one.today.live.left.text() == "100"


def test_the_next_point_may_begin_the_next_set(desk: Make) -> None:
    one = desk(stones=True).started()
    one.play_point(Key.Key_Left)
    one.key(Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    one.play_point(Key.Key_Right)
    assert [point.set_number for point in one.points] == [1, 2]  # type: ignore[attr-defined]
    one.play_point(Key.Key_Right)
    assert [point.set_number for point in one.points] == [1, 2, 2]  # type: ignore[attr-defined]


def test_nothing_left_says_so_and_offers_another_field(desk: Make) -> None:
    one = desk()
    one.played("A1", Side.TEAM1)
    one.played("B1", Side.TEAM1)
    one.played("Third", Side.TEAM1)
    one.handle.told()
    one.on_field()
    assert one.today.stand == "empty"
    assert one.today.empty.belongs.text() == "No match is left on Field 1"
    assert one.today.field_id == "f1"
    begin = one.find("today_empty_begin", QAbstractButton)
    assert begin.text() == "Choose another field"
    one.today.take_focus()
    assert one.window.ring.target is begin
    one.click(begin)
    assert one.today.stand == "choose"


def test_what_follows_from_a_result_is_said(desk: Make) -> None:
    one = desk().started()
    one.key(Key.Key_F)
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    assert one.today.before.headline.text() == "2 slots are decided"
    assert one.today.before.sentence.text() == "Third: Busy Bees · Final: Angry Ants"


# what tests need


class SlowLane:
    """A lane on which work waits until it is told to happen."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], object], object, object]] = []

    def run(self, work, *, then=None, otherwise=None):  # type: ignore[no-untyped-def]
        self._waiting.append((work, then, otherwise))

    def run_long(self, work, **how):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting)

    def close(self) -> None:
        self._waiting.clear()

    def deliver(self) -> None:
        while self._waiting:
            work, then, _ = self._waiting.pop(0)
            result = work()
            if then is not None:
                then(result)  # type: ignore[operator]


def _clock():  # type: ignore[no-untyped-def]
    from arctos_desk.ui.refresh import CLOCK

    return CLOCK


def _full_disk(*_: object) -> None:
    raise Outage(say("The disk is full"), work_continues=False, next_step=say("Make room, then open the event again"))


class _Longer:
    """Every sentence a third longer, as German is."""

    def text(self, words: Words) -> str:
        said = text.in_english(words)
        return said + "n" * (len(said) // 3) if words.msgid else said

    def clock(self, at_ms: int) -> str:
        return text._English().clock(at_ms)

    def day(self, at_ms: int) -> str:
        return text._English().day(at_ms)


def _nothing_is_cut(pane: TodayPane, one: RefereeDesk) -> None:
    """Buttons, chips, figures and headings get what they ask for, inside the window."""
    from PySide6.QtWidgets import QLabel

    from arctos_desk.ui.widgets.chip import Chip

    settle()
    bounds = one.window.rect()
    for kind in (Button, Chip, QLabel):
        for widget in one.window.findChildren(kind):
            if not widget.isVisible() or (isinstance(widget, QLabel) and widget.wordWrap()):
                continue
            name = f"{kind.__name__} {widget.objectName()} {getattr(widget, 'text', '')!r}"
            # A button may leave out its key, never a word.
            asks = widget.minimumSizeHint() if kind is Button else widget.sizeHint()
            assert widget.width() >= min(asks.width(), widget.maximumWidth()), name
            corner = widget.mapTo(one.window, QPoint(0, 0))
            assert corner.x() >= 0, name
            assert corner.x() + widget.width() <= bounds.width(), name
