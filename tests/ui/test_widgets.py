"""The widgets a referee could name: what they say, what they emit, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.ui import theme
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.drawer import WithDrawer
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.focus_ring import FocusRing
from arctos_desk.ui.widgets.key_cap import KeyCap, cap_width, key_text
from arctos_desk.ui.widgets.ladder import Ladder
from arctos_desk.ui.widgets.large_control import LargeControl, LargeState
from arctos_desk.ui.widgets.notice import Notice, NoticeArea
from arctos_desk.ui.widgets.rail import Rail, RailEntry
from arctos_desk.ui.widgets.score_card import ScoreCard, ScoreWords, SetLine
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.status_bar import StatusBar, StatusItem
from arctos_desk.ui.widgets.stepper import Stepper
from arctos_desk.ui.widgets.stones_bar import StonesBar
from arctos_desk.ui.widgets.tick_box import TickBox
from arctos_desk.ui.widgets.winner_control import WinnerControl

pytestmark = pytest.mark.usefixtures("dressed")
LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, widget: QWidget, width: int = 0, height: int = 0) -> None:
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height or widget.sizeHint().height())
    with qtbot.waitExposed(widget):
        widget.show()


@pytest.mark.parametrize(
    ("shortcut", "cap"),
    [
        ("Ctrl+Z", "Ctrl Z"), ("Ctrl+Shift+F", "Ctrl Shift F"), ("Space", "Space"), ("Left", "←"), ("Right", "→"),
        ("+", "+"), ("-", "−"), ("Ctrl++", "Ctrl +"), ("Return", "Enter"), ("", ""), ("F9", "F9"),
    ],
)  # fmt: skip
def test_a_key_is_drawn_as_it_stands_on_the_keyboard(shortcut: str, cap: str) -> None:
    assert key_text(shortcut) == cap
    assert key_text(QKeySequence(shortcut)) == cap


def test_a_cap_is_at_least_square(qtbot: QtBot) -> None:
    cap = KeyCap("P")
    qtbot.addWidget(cap)
    assert cap.sizeHint().height() == 20 <= cap.sizeHint().width()
    assert cap.accessibleName() == "P"
    assert cap_width("") == 0


def test_a_button_has_room_for_its_key_and_the_big_one_is_a_target(qtbot: QtBot) -> None:
    plain, with_key, big = Button("Undo"), Button("Undo", key="Ctrl+Z"), Button("Set stones", key="S", big=True)
    for button in (plain, with_key, big):
        qtbot.addWidget(button)
    assert with_key.sizeHint().width() >= plain.sizeHint().width() + cap_width("Ctrl Z")
    assert (plain.sizeHint().height(), big.sizeHint().height()) == (36, 44)
    assert with_key.accessibleName() == "Undo"


def test_a_button_without_words_still_has_a_name(qtbot: QtBot) -> None:
    button = Button(icon="trash", accessible="Delete point 20", tooltip="Delete point 20", big=True)
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Delete point 20", "Delete point 20")
    assert button.sizeHint().width() == button.sizeHint().height() == 44


def test_an_ampersand_in_a_name_is_no_key(qtbot: QtBot) -> None:
    name = "Seven Bells &One Drum"
    row = Segmented([("a", name)], name="winner", accessible="Winner")
    for button in (Button(name), row.segment("a")):
        qtbot.addWidget(button)
        assert (button.text(), button.shortcut().isEmpty()) == (name, True)
    qtbot.addWidget(row)


def test_where_room_is_short_the_key_of_a_button_goes_and_no_word(qtbot: QtBot) -> None:
    button = Button("Undo", key="Ctrl+Z")
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    assert button.minimumSizeHint() == Button("Undo").sizeHint()


def test_a_long_label_is_cut_on_the_screen_only(qtbot: QtBot) -> None:
    text = "Spielgemeinschaft Märkische Moorschnucken"
    label = ElidedLabel(text)
    shown(qtbot, label, 120)
    assert label.is_elided()
    assert (label.text(), label.toolTip(), label.accessibleName()) == (text, text, text)
    label.resize(500, 20)
    assert not label.is_elided()
    assert label.toolTip() == ""


def test_a_chip_says_its_state_and_never_shrinks(qtbot: QtBot) -> None:
    chip = Chip("Running", "running", "play")
    qtbot.addWidget(chip)
    narrow = chip.sizeHint()
    chip.show_state("Started 14:04, plan 13:50: 14 min late", "warning", "clock")
    assert chip.accessibleName() == "Started 14:04, plan 13:50: 14 min late"
    assert chip.minimumSizeHint().width() > narrow.width()
    assert chip.minimumSizeHint() == chip.sizeHint()
    assert (chip.hue, chip.sizeHint().height()) == ("warning", 24)


# Choices


@pytest.fixture
def layouts(qtbot: QtBot) -> Segmented:
    row = Segmented(
        [("field", "By field"), ("team", "By team"), ("table", "Table")],
        name="layouts",
        accessible="Layout",
        value="field",
    )
    shown(qtbot, row)
    return row


def test_a_press_chooses_and_tells(layouts: Segmented, qtbot: QtBot) -> None:
    with qtbot.waitSignal(layouts.chosen) as told:
        qtbot.mouseClick(layouts.segment("table"), LEFT)
    assert (told.args, layouts.value) == (["table"], "table")


def test_pressing_the_choice_that_counts_changes_nothing(layouts: Segmented, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(layouts.chosen):
        qtbot.mouseClick(layouts.segment("field"), LEFT)
    assert layouts.value == "field"


def test_left_and_right_go_through_the_choices_and_stop_at_the_ends(layouts: Segmented, qtbot: QtBot) -> None:
    layouts.segment("field").setFocus()
    for key, value in ((Qt.Key.Key_Left, "field"), (Qt.Key.Key_Right, "team"), (Qt.Key.Key_Right, "table"),
                       (Qt.Key.Key_Right, "table"), (Qt.Key.Key_Left, "team")):  # fmt: skip
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
        assert layouts.value == value


def test_a_winner_pressed_again_is_taken_back(qtbot: QtBot) -> None:
    winner = Segmented(
        [("TEAM1", "Fennel Front"), ("TEAM2", "Paper M.")],
        name="winner",
        accessible="Winner of point 20",
        value="TEAM1",
        clearable=True,
        shows_check=True,
        may_shrink=True,
    )
    shown(qtbot, winner, 264)
    told: list[str] = []
    winner.chosen.connect(told.append)
    qtbot.mouseClick(winner.segment("TEAM1"), LEFT)
    qtbot.mouseClick(winner.segment("TEAM2"), LEFT)
    assert (told, winner.value) == (["", "TEAM2"], "TEAM2")


def test_a_row_that_only_asks_shows_the_answer_when_it_comes(qtbot: QtBot) -> None:
    row = Segmented([("a", "A"), ("b", "B")], name="row", accessible="Row", value="a", follows_press=False)
    shown(qtbot, row)
    with qtbot.waitSignal(row.chosen):
        qtbot.mouseClick(row.segment("b"), LEFT)
    assert row.value == "a"
    row.choose("b")
    assert row.value == "b"


def test_other_options_keep_the_value_that_is_still_among_them(layouts: Segmented) -> None:
    layouts.choose("team")
    layouts.set_options([("team", "Nach Team"), ("field", "Nach Feld")])
    assert layouts.value == "team"
    layouts.set_options([("field", "Nach Feld")])
    assert layouts.value == ""


def test_a_stepper_takes_clicks_over_its_whole_height_and_keys(qtbot: QtBot) -> None:
    stepper = Stepper(2, name="set", accessible="Set of point 20", most=3)
    shown(qtbot, stepper, 86, 44)
    told: list[int] = []
    stepper.changed.connect(told.append)
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(80, 1))
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(80, 42))
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(5, 22))
    qtbot.keyClick(stepper, Qt.Key.Key_Down)
    qtbot.keyClick(stepper, Qt.Key.Key_Minus)
    qtbot.keyClick(stepper, Qt.Key.Key_Plus)
    qtbot.mouseClick(stepper, LEFT, pos=QPoint(43, 22))
    assert told == [3, 2, 1, 2]
    assert stepper.accessibleName() == "Set of point 20: 2"


def test_setting_a_stepper_tells_nobody(qtbot: QtBot) -> None:
    stepper = Stepper(2, name="set", accessible="Set")
    qtbot.addWidget(stepper)
    with qtbot.assertNotEmitted(stepper.changed):
        stepper.set_value(5)
    assert stepper.value == 5


def test_a_box_is_ticked_anywhere_in_its_cell_and_by_space(qtbot: QtBot) -> None:
    box = TickBox("Rerun", name="rerun_20", text_only_when_ticked=True)
    shown(qtbot, box, 80, 44)
    qtbot.mouseClick(box, LEFT, pos=QPoint(70, 40))
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


# Controls of Today


def test_the_large_control_changes_word_but_never_its_size(qtbot: QtBot) -> None:
    control = LargeControl()
    shown(qtbot, control, 400)
    sizes = set()
    for state in (
        LargeState("start", "Start match"),
        LargeState("end", "End point 21", "running for 0:28"),
        LargeState("off", "Start match", "not yet: 2 reasons on the right"),
    ):
        control.show_state(state)
        sizes.add((control.size().toTuple(), control.sizeHint().toTuple()))
        assert (control.accessibleName(), control.accessibleDescription()) == (state.word, state.line)
    assert len(sizes) == 1


def test_the_large_control_is_off_with_its_reason_in_the_tooltip(qtbot: QtBot) -> None:
    control = LargeControl()
    shown(qtbot, control, 400)
    control.show_state(LargeState("off", "Start match", "not yet: 2 reasons", tooltip="The referees are not free yet"))
    with qtbot.assertNotEmitted(control.clicked):
        qtbot.mouseClick(control, LEFT)
    assert control.toolTip() == "The referees are not free yet"
    control.show_state(LargeState("start", "Start match"))
    with qtbot.waitSignal(control.clicked):
        qtbot.mouseClick(control, LEFT)


def test_a_winner_control_tells_what_a_press_does(qtbot: QtBot) -> None:
    control = WinnerControl("right")
    shown(qtbot, control, 240)
    control.show_side("The Paper Menagerie", "won point 20; press again to clear", chosen=True)
    assert control.chosen
    assert control.accessibleDescription() == "won point 20; press again to clear"
    control.show_side("The Paper Menagerie", "", chosen=False, enabled=False, why_not="No point has ended yet")
    assert (control.isEnabled(), control.toolTip()) == (False, "No point has ended yet")


def test_the_score_is_said_in_one_breath(qtbot: QtBot) -> None:
    card = ScoreCard()
    shown(qtbot, card, 900)
    lines = tuple(SetLine(f"Set {n}", "7", "5", current=n == 6) for n in range(1, 8))
    card.show_score(ScoreWords("Fennel Front", "The Paper Menagerie", "3", "4", sets=lines, left_key="Left"))
    assert card.accessibleName() == "Fennel Front 3 : 4 The Paper Menagerie"
    assert not card.grab().isNull()
    assert card.height() == 172


def test_stones_are_told_in_words(qtbot: QtBot) -> None:
    bar = StonesBar()
    shown(qtbot, bar, 420)
    bar.show_stones(23, 100, 42)
    assert bar.accessibleName() == "23 of 100 stones left"
    green = bar.grab().toImage()
    assert green.pixelColor(50, 10).name() == theme.LIGHT.running.colour.lower()
    assert green.pixelColor(150, 10).name() == theme.LIGHT.running.soft.lower()


def test_the_ladder_tells_each_step(qtbot: QtBot) -> None:
    ladder = Ladder()
    shown(qtbot, ladder)
    ladder.show_proven(here=True, elsewhere=False, site=False)
    assert ladder.toolTip() == "1 saved here · 2 on no other laptop or stick yet · 3 not on the site yet"


# Notices


def test_a_notice_acts_once_and_goes(qtbot: QtBot) -> None:
    area = NoticeArea()
    shown(qtbot, area, 400, 200)
    done: list[str] = []
    notice = area.show_notice("B-7 finished", "10 : 9", action="Undo", key="Ctrl+Z", then=lambda: done.append("undone"))
    assert notice.action is not None
    qtbot.mouseClick(notice.action, LEFT)
    assert (done, area.shown, area.isHidden()) == (["undone"], (), True)


def test_bad_news_waits_for_a_person_and_good_news_goes_by_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoticeArea, "LINGER_MS", 1)
    area = NoticeArea()
    shown(qtbot, area, 400, 300)
    bad = area.show_notice("The disk is full", hue="danger")
    area.show_notice("Saved", hue="running")
    qtbot.waitUntil(lambda: area.shown == (bad,))
    close = bad.findChild(Button, "notice_close")
    assert close is not None
    qtbot.mouseClick(close, LEFT)
    assert area.shown == ()


def test_no_more_than_three_notices_stand_at_once_newest_first(qtbot: QtBot) -> None:
    area = NoticeArea()
    shown(qtbot, area, 400, 300)
    for number in range(5):
        area.show_notice(f"Notice {number}")
    assert [notice.headline.text() for notice in area.shown] == ["Notice 4", "Notice 3", "Notice 2"]
    area.clear()


def test_a_notice_says_all_of_itself(qtbot: QtBot) -> None:
    notice = Notice("Crayons referees twice", "B-8 until 14:35", "warning")
    shown(qtbot, notice, 320)
    assert notice.accessibleName() == "Crayons referees twice. B-8 until 14:35"
    notice.say("Crayons is free")
    assert (notice.accessibleName(), notice.sentence.isHidden()) == ("Crayons is free", True)


def test_an_empty_state_begins_with_one_button(qtbot: QtBot) -> None:
    empty = EmptyState("The schedule belongs here", "There are no matches yet.", "Import…")
    shown(qtbot, empty, 600, 400)
    assert empty.button is not None
    with qtbot.waitSignal(empty.begun):
        qtbot.mouseClick(empty.button, LEFT)


# The frame's parts


def test_the_rail_tells_which_pane_was_asked_for(qtbot: QtBot) -> None:
    rail = Rail()
    shown(qtbot, rail, 88, 600)
    rail.add(RailEntry("today", "Today", "today", "Alt 1"))
    rail.add(RailEntry("board", "Board", "board"))
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail.entry("board"), LEFT)
    assert told.args == ["board"]
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(rail.entry("today"), Qt.Key.Key_Return)
    assert told.args == ["today"]
    assert rail.entry("today").toolTip() == "Today  (Alt 1)"


def test_the_rail_shows_one_open_pane_and_what_waits(qtbot: QtBot) -> None:
    rail = Rail()
    shown(qtbot, rail, 88, 600)
    for name in ("today", "board"):
        rail.add(RailEntry(name, name.title(), "board"))
    rail.choose("board")
    rail.set_count("today", 2, "2 matches wait")
    assert [rail.entry(name).isChecked() for name in ("today", "board")] == [False, True]
    assert rail.entry("today").accessibleDescription() == "2 matches wait"


def items(peers: int) -> list[StatusItem]:
    return [
        StatusItem("clock", (("14:20:10", True), ("Sat 30 Aug", False))),
        *(StatusItem(f"desk{n}", ((f"Desk {n}", False),), shape="dot", shape_tone="running", folds=True)
          for n in range(peers)),
        StatusItem("silent", (("Desk 9: silent for 9 min", False),), shape="ring", shape_tone="danger", folds=True),
        StatusItem("backup", (("Backup 14:30, stick", False),), right=True),
    ]  # fmt: skip


def test_the_status_bar_says_everything_where_there_is_room(qtbot: QtBot) -> None:
    bar = StatusBar()
    shown(qtbot, bar, 1280, 32)
    bar.show_items(items(3))
    assert [
        bar.findChild(QWidget, f"status_{name}").isVisible() for name in ("clock", "desk0", "silent", "backup")
    ] == [True] * 4  # type: ignore[union-attr]
    assert bar.findChild(QWidget, "status_folded").isHidden()  # type: ignore[union-attr]
    assert bar.words("clock") == "14:20:10 Sat 30 Aug"


def test_healthy_peers_fold_before_silent_ones_and_numbers_stay(qtbot: QtBot) -> None:
    bar = StatusBar()
    shown(qtbot, bar, 640, 32)
    bar.show_items(items(8))
    folded = bar.findChild(QWidget, "status_folded")
    silent = bar.findChild(QWidget, "status_silent")
    backup = bar.findChild(QWidget, "status_backup")
    assert folded is not None
    assert silent is not None
    assert backup is not None
    assert folded.isVisible()
    assert silent.isVisible()
    assert backup.isVisible()
    assert "Desk 7" in folded.toolTip()
    assert folded.geometry().right() < backup.geometry().left()


def test_the_status_bar_changes_words_in_place(qtbot: QtBot) -> None:
    bar = StatusBar()
    shown(qtbot, bar, 1280, 32)
    bar.show_items(items(1))
    clock = bar.findChild(QWidget, "status_clock")
    bar.show_items([StatusItem("clock", (("14:20:11", True),))])
    assert bar.findChild(QWidget, "status_clock") is clock
    assert bar.words("clock") == "14:20:11"
    assert bar.words("backup") == ""


# Drawer and ring


def test_the_column_stands_beside_where_there_is_room_and_floats_where_there_is_not(qtbot: QtBot) -> None:
    main, side = QWidget(), QLineEdit()
    both = WithDrawer(main, side)
    shown(qtbot, both, 1352, 700)
    assert both.is_docked
    assert both.is_open
    assert main.width() == 1352 - 352
    both.resize(1192, 600)
    assert not both.is_docked
    assert not both.is_open
    assert main.width() == 1192
    both.open_drawer()
    assert main.width() == 1192
    assert both.frame.geometry().left() == 1192 - 352


def test_escape_closes_a_drawer_and_gives_the_keyboard_back(qtbot: QtBot) -> None:
    main, side = QLineEdit(), QLineEdit()
    both = WithDrawer(main, side)
    shown(qtbot, both, 1192, 600)
    both.open_drawer()
    side.setFocus()
    qtbot.keyClick(side, Qt.Key.Key_Escape)
    assert not both.is_open
    assert QApplication.focusWidget() is main


@pytest.fixture
def form(qtbot: QtBot) -> tuple[QWidget, Button, Button, FocusRing]:
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(20, 20, 20, 20)
    first, second = Button("First", window), Button("Second", window)
    row.addWidget(first)
    row.addWidget(second)
    ring = FocusRing(window)
    shown(qtbot, window)
    window.activateWindow()
    return window, first, second, ring


def test_the_ring_goes_with_the_keyboard_with_its_gap(
    form: tuple[QWidget, Button, Button, FocusRing], qtbot: QtBot
) -> None:
    window, first, second, ring = form
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is first
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    assert ring.target is second
    assert ring.geometry() == second.geometry().adjusted(-5, -5, 5, 5)
    second.move(second.x() + 7, second.y())
    assert ring.geometry() == second.geometry().adjusted(-5, -5, 5, 5)


def test_a_click_hides_the_ring_and_a_key_brings_it_back(
    form: tuple[QWidget, Button, Button, FocusRing], qtbot: QtBot
) -> None:
    _, first, _, ring = form
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseClick(first, LEFT)
    assert ring.target is None
    qtbot.keyClick(first, Qt.Key.Key_Shift)
    assert ring.target is first


def test_the_ring_goes_under_an_open_drawer(qtbot: QtBot) -> None:
    window = QWidget()
    main, side = QLineEdit(), QWidget()
    main.setProperty("ring", "inside")
    both = WithDrawer(main, side, window)
    QVBoxLayout(window).addWidget(both)
    window.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
    ring = FocusRing(window)
    shown(qtbot, window, 1000, 300)
    window.activateWindow()
    main.setFocus(Qt.FocusReason.TabFocusReason)
    accent = theme.LIGHT.accent.colour.lower()

    def top_edge(x: int) -> str:
        return window.grab().toImage().pixelColor(x, 1).name()

    assert ring.target is main
    assert (top_edge(300), top_edge(900)) == (accent, accent)
    both.open_drawer()
    assert top_edge(300) == accent
    assert top_edge(900) != accent


def test_the_ring_does_not_leave_the_area_its_widget_scrolls_in(qtbot: QtBot) -> None:
    window = QWidget()
    area = QScrollArea(window)
    QVBoxLayout(window).addWidget(area)
    inner = QWidget()
    column = QVBoxLayout(inner)
    buttons = [Button(f"Point {n}") for n in range(30)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inner)
    ring = FocusRing(window)
    shown(qtbot, window, 200, 200)
    window.activateWindow()
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is buttons[0]
    area.verticalScrollBar().setValue(600)
    assert ring.target is None
    area.verticalScrollBar().setValue(0)
    assert ring.target is buttons[0]


@pytest.mark.parametrize("name", theme.THEMES)
def test_a_stepper_that_is_off_is_still_read(dressed: QApplication, qtbot: QtBot, name: theme.ThemeName) -> None:
    stepper = Stepper(2, name="set", accessible="Set")
    qtbot.addWidget(stepper)
    stepper.setEnabled(False)
    try:
        theme.apply_theme(dressed, name)
        picture = stepper.grab().toImage()
        ground = QColor(theme.tokens().done.soft)
        minus = [picture.pixelColor(x, picture.height() // 2) for x in range(9, 25)]
        assert max(abs(one.green() - ground.green()) for one in minus) > 48
    finally:
        theme.apply_theme(dressed, "light")
