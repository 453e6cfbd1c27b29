"""The Board by mouse and by keyboard: choosing, opening, zooming, layouts, and that a refresh moves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.operations.state import State
from arctos_desk.operations.views import BoardView
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.words import say
from arctos_desk.ui import theme
from arctos_desk.ui.main_window import MainWindow, PaneEntry
from arctos_desk.ui.memory import Forgetful
from arctos_desk.ui.panes.schedule_board.block import BlockItem
from arctos_desk.ui.panes.schedule_board.pane import BoardPane, board_pane
from arctos_desk.ui.panes.schedule_board.rows import WarningRow, WhyRow
from arctos_desk.ui.refresh import CLOCK, EVERYTHING
from tests.operations.desks import desk_with_small_day
from tests.ui.boards import DONE, FIELDS, LONG, RUNNING, afternoon, at, block, large, view

pytestmark = pytest.mark.usefixtures("dressed")
LEFT = Qt.MouseButton.LeftButton
QUARTER = "m-Quarter 3-f3"


class _Board:
    """A board that a test changes, with what explains it."""

    def __init__(self, shown: BoardView) -> None:
        self.shown: BoardView | None = shown
        self.memory = Forgetful()

    def why(self, match_id: str) -> Sequence[WhyRow]:
        first = WhyRow("B-7 on Feld 3 runs until 14:44", "Start 14:04 plus planned 40 min", match_id="m-B-7-f3")
        return (first, WhyRow("Fact", fact=True))

    def warnings(self, match_id: str) -> Sequence[WarningRow]:
        return (WarningRow("Crayons referees twice in a row"),) if match_id == QUARTER else ()

    def pane(self) -> BoardPane:
        return BoardPane(lambda: self.shown, why=self.why, warnings=self.warnings, memory=self.memory)

    def change(self, name: str, **fields: object) -> None:
        assert self.shown is not None
        blocks = tuple(replace(one, **fields) if one.name == name else one for one in self.shown.blocks)  # type: ignore[arg-type]
        self.shown = replace(self.shown, blocks=blocks)


@pytest.fixture
def board() -> _Board:
    return _Board(afternoon())


@pytest.fixture
def window(board: _Board, qtbot: QtBot) -> MainWindow:
    entry = PaneEntry(id="board", text=say("Board"), icon="board", build=board.pane)
    result = MainWindow([entry])
    qtbot.addWidget(result)
    result.resize(1440, 900)
    with qtbot.waitExposed(result):
        result.show()
    result.activateWindow()
    result.show_pane("board")
    return result


@pytest.fixture
def pane(window: MainWindow) -> BoardPane:
    found = window.pane("board")
    assert isinstance(found, BoardPane)
    return found


def item(pane: BoardPane, name: str) -> BlockItem:
    return next(
        one
        for row in pane.canvas.scene.rows.blocks
        if row.name == name and (one := pane.canvas.scene.block(row.match_id))
    )


def middle(pane: BoardPane, name: str) -> QPoint:
    return pane.canvas.view.mapFromScene(item(pane, name).box.center())


def test_a_click_chooses_and_the_details_say_why(pane: BoardPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.match_chosen) as told:
        qtbot.mouseClick(pane.canvas.view.viewport(), LEFT, pos=middle(pane, "Quarter 3"))
    assert told.args == [QUARTER]
    assert item(pane, "Quarter 3").is_chosen
    texts = pane.inspector.texts
    assert texts[:2] == ("Quarter 3", "Time fixed")
    assert LONG in texts
    assert "Crayons referees twice in a row" in texts
    assert "Why 14:44?" in texts
    assert "B-7 on Feld 3 runs until 14:44" in texts


def test_a_click_beside_the_blocks_lets_go(pane: BoardPane, qtbot: QtBot) -> None:
    pane.choose(QUARTER)
    place = pane.canvas.view.mapFromScene(
        QPointF(item(pane, "Place 5b").box.center().x(), item(pane, "Final").y() + 20)
    )
    qtbot.mouseClick(pane.canvas.view.viewport(), LEFT, pos=place)
    assert pane.chosen == ""
    assert pane.inspector.texts == ()


def test_a_double_click_and_enter_open_a_match(pane: BoardPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.match_opened) as told:
        qtbot.mouseDClick(pane.canvas.view.viewport(), LEFT, pos=middle(pane, "B-7"))
    assert told.args == ["m-B-7-f3"]
    pane.choose(QUARTER)
    with qtbot.waitSignal(pane.match_opened) as told:
        qtbot.keyClick(pane.canvas.view, Qt.Key.Key_Return)
    assert told.args == [QUARTER]
    with qtbot.waitSignal(pane.match_opened) as told:
        qtbot.mouseClick(pane.inspector.open_button, LEFT)
    assert told.args == [QUARTER]


def test_arrows_go_from_block_to_block_and_bring_it_into_view(pane: BoardPane, qtbot: QtBot) -> None:
    pane.choose(QUARTER)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right):
        qtbot.keyClick(pane.canvas.view, key)
        seen.append(item(pane, pane.canvas.scene.rows.block(pane.chosen).name).row.name)  # type: ignore[union-attr]
        visible = pane.canvas.view.mapToScene(pane.canvas.view.viewport().rect()).boundingRect()
        assert visible.contains(item(pane, seen[-1]).box)
    assert seen == ["Semi B", "Third place", "Place 5", "C-1", "B-1"]


def test_who_hears_the_screen_hears_the_block(pane: BoardPane, qtbot: QtBot) -> None:
    pane.choose("m-D-4-f1")
    qtbot.keyClick(pane.canvas.view, Qt.Key.Key_Down)
    assert pane.canvas.view.accessibleDescription().startswith("Quarter 1, Feld 1, 14:30, 14 min late, Winner group B")


def test_tab_into_the_board_chooses_what_runs(pane: BoardPane) -> None:
    pane.layouts.segment("table").setFocus()
    pane.canvas.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert pane.chosen == "m-D-4-f1"


# A refresh moves nothing


def test_a_refresh_keeps_choice_scroll_and_focus(board: _Board, pane: BoardPane) -> None:
    pane.choose(QUARTER)
    pane.canvas.view.zoom(4)
    bar = pane.canvas.view.verticalScrollBar()
    bar.setValue(40)
    pane.canvas.view.setFocus()
    kept = item(pane, "Quarter 3")
    board.change("B-7", status=DONE, late_min=20)
    pane.refresh(EVERYTHING)
    assert (pane.chosen, bar.value(), QApplication.focusWidget()) == (QUARTER, 40, pane.canvas.view)
    assert item(pane, "Quarter 3") is kept
    assert kept.is_chosen
    assert item(pane, "B-7").row.look == "done"


def test_a_refresh_touches_only_what_changed(board: _Board, pane: BoardPane, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    plain = BlockItem.show_row
    monkeypatch.setattr(BlockItem, "show_row", lambda self, row: (touched.append(row.name), plain(self, row))[1])
    board.change("B-7", status=DONE)
    pane.refresh(EVERYTHING)
    assert touched == ["B-7"]


def test_an_earlier_first_match_does_not_move_what_a_person_looks_at(board: _Board, pane: BoardPane) -> None:
    view_ = pane.canvas.view
    view_.zoom(4)
    view_.verticalScrollBar().setValue(60)
    before = view_.mapFromScene(item(pane, "B-7").box.topLeft())
    assert board.shown is not None
    early = block("Opening", "f1", at("08:00"), status=DONE)
    board.shown = view([early, *board.shown.blocks], fields=FIELDS, now=at("14:20"))
    pane.refresh(EVERYTHING)
    assert abs(view_.mapFromScene(item(pane, "B-7").box.topLeft()).y() - before.y()) <= 1


def test_a_match_that_goes_leaves_no_choice_behind(board: _Board, pane: BoardPane) -> None:
    pane.choose(QUARTER)
    assert board.shown is not None
    board.shown = replace(board.shown, blocks=tuple(one for one in board.shown.blocks if one.match_id != QUARTER))
    pane.refresh(EVERYTHING)
    assert pane.chosen == ""
    assert pane.inspector.match_id == ""
    assert pane.canvas.scene.block(QUARTER) is None


def test_the_now_line_moves_alone(pane: BoardPane) -> None:
    before = [one.pos() for one in pane.canvas.scene.items() if isinstance(one, BlockItem)]
    pane.canvas.set_now(at("14:25"))
    assert pane.canvas.scene.rows.now_ms == at("14:25")
    assert [one.pos() for one in pane.canvas.scene.items() if isinstance(one, BlockItem)] == before


def test_seconds_ask_for_nothing_and_a_new_minute_asks_for_the_board(board: _Board, qtbot: QtBot) -> None:
    asked: list[int] = []
    clock = [at("14:20")]

    def shown() -> BoardView:
        asked.append(clock[0])
        return replace(afternoon(), now_ms=clock[0])

    pane = BoardPane(shown, now_ms=lambda: clock[0])
    qtbot.addWidget(pane)
    pane.refresh(EVERYTHING)
    for second in range(1, 61):
        clock[0] = at("14:20") + second * 1000
        pane.refresh(CLOCK)
    assert asked == [at("14:20"), at("14:21")]
    pane.refresh(EVERYTHING)
    assert len(asked) == 3
    assert pane.canvas.scene.rows.now_ms == at("14:21")


# The board of a real desk


class _Showing:
    """A desk over a log in memory, as the board knows it."""

    def __init__(self) -> None:
        self.tested = desk_with_small_day()

    @property
    def state(self) -> State:
        return self.tested.desk.state

    def now_ms(self) -> int:
        return self.tested.clock()


def test_the_board_of_a_desk_follows_its_day_and_says_why(qtbot: QtBot) -> None:
    desk = _Showing()
    pane = board_pane(desk)
    qtbot.addWidget(pane)
    pane.refresh(EVERYTHING)
    assert {row.name: row.look for row in pane.canvas.scene.rows.blocks}["A1"] == "ready"
    desk.tested.clock.at("2026-05-02T10:05:00")
    desk.tested.play("A1", Side.TEAM1)
    pane.refresh(EVERYTHING)
    rows = {row.name: row for row in pane.canvas.scene.rows.blocks}
    assert rows["A1"].look == "done"
    assert [(side.text, side.winner) for side in rows["A1"].sides] == [("Angry Ants", True), ("Busy Bees", False)]
    assert rows["Final"].sides[0].text == "Angry Ants"
    pane.choose("m-Third")
    assert "B1 decides who is in Third; B1 takes 40 min" in pane.inspector.texts


# Zoom


def wheel(pane: BoardPane, y: float, steps: int) -> None:
    viewport = pane.canvas.view.viewport()
    place = QPointF(100, y)
    event = QWheelEvent(
        place, viewport.mapToGlobal(place), QPoint(0, 0), QPoint(0, 120 * steps), LEFT & ~LEFT,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_ctrl_and_wheel_zoom_around_the_pointer(pane: BoardPane) -> None:
    scene, bar = pane.canvas.scene, pane.canvas.view.verticalScrollBar()
    under = scene.instant(bar.value() + 300)
    before = scene.px_per_min
    wheel(pane, 300, 2)
    assert scene.px_per_min > before
    assert abs(scene.instant(bar.value() + 300) - under) < 60_000
    assert item(pane, "B-7").box.height() == round(40 * scene.px_per_min) - 3


def test_zoom_is_remembered_by_the_desk(board: _Board, pane: BoardPane, qtbot: QtBot) -> None:
    wheel(pane, 300, 3)
    again = board.pane()
    qtbot.addWidget(again)
    assert again.canvas.scene.px_per_min == pytest.approx(pane.canvas.scene.px_per_min, abs=0.001)


def test_zoom_by_keys_and_back_to_usual(pane: BoardPane, qtbot: QtBot) -> None:
    usual = pane.canvas.scene.px_per_min
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(pane.canvas.view, Qt.Key.Key_Minus, control)
    assert pane.canvas.scene.px_per_min < usual
    qtbot.keyClick(pane.canvas.view, Qt.Key.Key_0, control)
    assert pane.canvas.scene.px_per_min == usual


def test_a_memory_that_says_nonsense_gives_the_usual_board(board: _Board, qtbot: QtBot) -> None:
    board.memory.remember("board/px_per_min", "wide")
    board.memory.remember("board/layout", "sideways")
    pane = board.pane()
    qtbot.addWidget(pane)
    assert pane.layout_shown == "all"
    assert pane.canvas.scene.px_per_min == pytest.approx(116 / 60)


def test_lower_blocks_drop_the_referees_first_then_the_times(pane: BoardPane) -> None:
    b7 = item(pane, "B-7")

    def texts_at(height: float) -> tuple[str, ...]:
        b7.place(QRectF(0, 0, 168, height))
        return b7.texts

    assert texts_at(74) == ("+14", "13:50", "B-7", "Fennel Front", "The Paper Menagerie", "Ellipse")
    assert texts_at(60) == ("+14", "13:50", "B-7", "Fennel Front", "The Paper Menagerie")
    assert texts_at(40)[:3] == ("+14", "13:50", "B-7")
    assert texts_at(20)[0] == "B-7"
    assert "13:50" not in texts_at(20)
    assert texts_at(10) == ()


def test_numbers_never_elide_on_a_narrow_block(pane: BoardPane) -> None:
    quarter = item(pane, "Quarter 3")
    for width in range(60, 200, 5):
        quarter.place(QRectF(0, 0, width, 74))
        assert {text for text in quarter.texts if "…" in text and text[0] in "+−0123456789"} == set()
    quarter.place(QRectF(0, 0, 110, 74))
    assert "+14" in quarter.texts
    assert any(text.startswith("Quarter") for text in quarter.texts)


# Layouts


def test_the_table_shows_the_same_choice(pane: BoardPane, qtbot: QtBot) -> None:
    pane.choose(QUARTER)
    qtbot.mouseClick(pane.layouts.segment("table"), LEFT)
    index = pane.table.currentIndex()
    assert index.siblingAtColumn(3).data() == "Quarter 3"
    pane.take_focus()
    qtbot.keyClick(pane.table, Qt.Key.Key_Down)
    assert pane.chosen != QUARTER
    assert pane.inspector.match_id == pane.chosen
    with qtbot.waitSignal(pane.match_opened) as told:
        qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert told.args == [pane.chosen]


def test_the_table_keeps_choice_and_scroll_when_rows_change(board: _Board, pane: BoardPane) -> None:
    pane.show_layout("table")
    pane.choose("m-Final-f1")
    bar = pane.table.verticalScrollBar()
    scroll = bar.value()
    board.change("Quarter 1", shown_from_ms=at("16:50"))
    pane.refresh(EVERYTHING)
    assert (pane.chosen, bar.value()) == ("m-Final-f1", scroll)
    assert pane.table.currentIndex().siblingAtColumn(3).data() == "Final"


def test_the_table_sorts_by_a_press_on_its_title(pane: BoardPane) -> None:
    pane.show_layout("table")
    pane.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert pane.table.model().index(0, 1).data() == "+14"


def test_by_field_and_by_team_have_their_choice_and_remember_it(board: _Board, pane: BoardPane, qtbot: QtBot) -> None:
    pane.show_layout("field", "f4")
    assert [column.name for column in pane.canvas.scene.rows.columns] == ["Feld 4"]
    assert pane.choice in pane.tools
    pane.show_layout("team", "t-Ellipse")
    assert {row.part for row in pane.canvas.scene.rows.blocks} == {"playing", "reffing"}
    again = board.pane()
    qtbot.addWidget(again)
    again.refresh(EVERYTHING)
    assert (again.layout_shown, again.choice.currentText()) == ("team", "Ellipse")


def test_as_happened_moves_what_was_late(pane: BoardPane, qtbot: QtBot) -> None:
    before = item(pane, "B-7").y()
    qtbot.mouseClick(pane.times.segment("happened"), LEFT)
    assert item(pane, "B-7").y() > before


def test_an_empty_event_says_what_belongs_here(board: _Board, pane: BoardPane, qtbot: QtBot) -> None:
    board.shown = replace(afternoon(), blocks=(), days=())
    pane.refresh(EVERYTHING)
    assert pane.pages.currentWidget() is pane.empty
    with qtbot.waitSignal(pane.row_asked):
        qtbot.mouseClick(pane.empty.button, LEFT)


# The column at the right


def test_on_a_small_screen_the_details_are_a_drawer(window: MainWindow, pane: BoardPane, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    assert not pane.drawer.is_open
    width = pane.canvas.width()
    pane.choose("m-D-4-f1")
    assert not pane.drawer.is_open
    qtbot.mouseClick(pane.canvas.view.viewport(), LEFT, pos=middle(pane, "D-4"))
    assert pane.drawer.is_open
    assert pane.canvas.width() == width
    qtbot.keyClick(pane.inspector.area, Qt.Key.Key_Escape)
    assert not pane.drawer.is_open


def test_w_asks_why(window: MainWindow, pane: BoardPane, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    pane.choose(QUARTER)
    qtbot.keyClick(pane.canvas.view, Qt.Key.Key_W)
    assert pane.drawer.is_open
    assert pane.inspector.area.isAncestorOf(QApplication.focusWidget()) or pane.inspector.area.hasFocus()  # type: ignore[arg-type]


def test_a_reason_leads_to_its_match(pane: BoardPane, qtbot: QtBot) -> None:
    pane.choose(QUARTER)
    step = pane.inspector.findChild(QAbstractButton, "inspector_why_0")
    assert step is not None
    qtbot.mouseClick(step, LEFT)
    assert (pane.chosen, pane.inspector.match_id) == ("m-B-7-f3", "m-B-7-f3")


def test_the_map_goes_where_it_is_pressed(pane: BoardPane, qtbot: QtBot) -> None:
    pane.canvas.view.zoom(5)
    bar = pane.canvas.view.verticalScrollBar()
    qtbot.mouseClick(pane.canvas.map, LEFT, pos=QPoint(20, 5))
    assert bar.value() == 0
    qtbot.mouseClick(pane.canvas.map, LEFT, pos=QPoint(20, pane.canvas.map.height() - 5))
    assert bar.value() == bar.maximum()


# Much


def test_a_thousand_matches_are_laid_out_only_where_they_are_seen(qtbot: QtBot) -> None:
    pane = _Board(large()).pane()
    qtbot.addWidget(pane)
    pane.resize(1192, 632)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.refresh(EVERYTHING)
    pane.canvas.view.viewport().repaint()
    scene = pane.canvas.scene
    laid_out = [one for one in scene.items() if isinstance(one, BlockItem) and one.is_laid_out]
    assert len(scene.rows.blocks) == 1000
    assert 0 < len(laid_out) < 200
    assert all(one.box.width() >= 100 for one in laid_out)


def test_columns_keep_their_least_width_and_scroll_sideways_under_a_sticky_head(qtbot: QtBot) -> None:
    pane = _Board(large(matches=200, fields=20)).pane()
    qtbot.addWidget(pane)
    pane.resize(1192, 632)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.refresh(EVERYTHING)
    view_ = pane.canvas.view
    assert pane.canvas.scene.column_px == 136
    assert view_.horizontalScrollBar().maximum() > 0
    head = pane.canvas.fields
    before = head.grab().toImage()
    view_.horizontalScrollBar().setValue(400)
    assert head.grab().toImage() != before
    assert head.mapTo(pane, QPoint(0, 0)).y() == pane.canvas.mapTo(pane, QPoint(0, 0)).y()


# Colours


def pixel(pane: BoardPane, point: QPointF) -> str:
    image = pane.canvas.view.viewport().grab().toImage()
    return image.pixelColor(pane.canvas.view.mapFromScene(point)).name()


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_states_have_their_ground_and_edge_in_every_theme(
    pane: BoardPane, dressed: QApplication, name: theme.ThemeName
) -> None:
    try:
        theme.apply_theme(dressed, name)
        t = theme.tokens()
        box = item(pane, "Play-in").box
        corner = QPointF(box.right() - 5, box.bottom() - 5)
        assert pixel(pane, corner) == t.running.soft.lower()
        assert pixel(pane, QPointF(box.left() + 2, box.center().y() - 10)) == t.running.colour.lower()
        box = item(pane, "Place 9").box
        assert pixel(pane, QPointF(box.right() - 5, box.bottom() - 5)) == t.surface.lower()
        bar = next(one for one in pane.canvas.scene.items() if type(one).__name__ == "ForecastItem")
        assert pixel(pane, bar.mapToScene(bar.boundingRect().center())) == t.warning.colour.lower()
    finally:
        theme.apply_theme(dressed, "light")


def test_everything_a_person_can_press_has_a_name(pane: BoardPane) -> None:
    pane.show_layout("team", "t-Ellipse")
    pane.choose("m-A-1-f1")
    nameless = [
        f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}"
        for one in pane.window().findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not one.accessibleName()
    ]
    assert nameless == []


def test_running_matches_are_told_by_shape_too(pane: BoardPane) -> None:
    rows = {row.name: row for row in pane.canvas.scene.rows.blocks}
    assert rows["B-7"].status is RUNNING
    assert [drawing for drawing in item(pane, "B-7").drawings if drawing == "play"] == ["play"]
    assert "check" in item(pane, "A-1").drawings
    assert "today" in item(pane, "Quarter 2").drawings


def test_theme_change_reaches_the_map(pane: BoardPane, dressed: QApplication) -> None:
    try:
        theme.apply_theme(dressed, "dark")
        QApplication.sendEvent(pane.canvas.map, QEvent(QEvent.Type.StyleChange))
        assert pane.canvas.map.grab().toImage().pixelColor(2, pane.canvas.map.height() - 2).name() == (
            theme.DARK.surface.lower()
        )
    finally:
        theme.apply_theme(dressed, "light")


def test_short_matches_open_the_board_large_enough_to_name_their_referees(qtbot: QtBot) -> None:
    games = [
        block(f"G{number}", "f1", at("10:00") + number * 30 * MINUTE_MS, minutes=25, refs=("Hailstorm",))
        for number in range(6)
    ]
    pane = _Board(view(games, fields={"f1": ("Feld 1", 0)}, now=at("09:00"))).pane()
    qtbot.addWidget(pane)
    pane.resize(1100, 700)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.refresh(EVERYTHING)
    items = [pane.canvas.scene.block(game.match_id) for game in games]
    assert all(item is not None and "Hailstorm" in item.texts for item in items)


def test_the_columns_share_the_whole_room(board: _Board, pane: BoardPane) -> None:
    assert board.shown is not None
    team = board.shown.teams[0].team_id
    for layout, choice in (("all", ""), ("team", team), ("field", board.shown.fields[0].field_id)):
        pane.show_layout(layout, choice)  # type: ignore[arg-type]
        scene = pane.canvas.scene
        left, wide = scene.column_box(len(scene.rows.columns) - 1)
        assert left + wide == pytest.approx(scene.sceneRect().width())


def test_the_chosen_match_stays_chosen_through_a_layout_without_it(board: _Board, pane: BoardPane) -> None:
    pane.choose(QUARTER)
    assert board.shown is not None
    others = {one.team_id for one in board.shown.teams}
    others -= {one.team_id for block in board.shown.blocks if block.match_id == QUARTER for one in block.sides}
    others -= {one.team_id for block in board.shown.blocks if block.match_id == QUARTER for one in block.referees}
    pane.show_layout("team", min(others))
    pane.show_layout("table")
    pane.take_focus()
    assert pane.chosen == QUARTER
    assert pane.table.currentIndex().row() == pane.table.rows.row_of(QUARTER)
    pane.show_layout("all")
    assert item(pane, "Quarter 3").is_chosen


def test_the_table_begins_at_what_runs_not_at_the_morning(pane: BoardPane) -> None:
    pane.show_layout("table")
    row = pane.table.rows.first_to_look_at()
    assert row > 0
    pane.take_focus()
    assert pane.table.currentIndex().row() == row
    assert pane.table.viewport().rect().intersects(pane.table.visualRect(pane.table.currentIndex()))
    status = next(one.status for one in pane._view.blocks if one.match_id == pane.chosen)  # type: ignore[union-attr]
    assert status is RUNNING


def test_at_1280_the_title_stands_whole_beside_the_tools_of_a_team(
    window: MainWindow, pane: BoardPane, qtbot: QtBot
) -> None:
    who = QWidget(pane)
    who.setFixedSize(370, 36)
    pane._extra_tools = (who,)
    window.resize(1280, 720)
    pane.show_layout("team", pane._view.teams[0].team_id)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: pane.choice.width() < 176)
    assert window.width() == 1280
    assert not window.header.title.is_elided()
