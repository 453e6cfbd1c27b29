"""Every screen and dialog at 1280 by 720, in three languages: no word, heading, figure or button is without room."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.table_style import dress_table
from tests.screenshots.camera import screen_of
from tests.screenshots.cuts import cut_words
from tests.screenshots.day import STAGES, Days
from tests.screenshots.scenes import SCENES, leave

SMALLEST = (1280, 720)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    folder: Path = tmp_path_factory.mktemp("days")
    return Days(folder)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_no_word_is_cut(language: str, qapp: QApplication, days: Days) -> None:
    found: dict[str, tuple[str, ...]] = {}
    said: list[str] = []
    for stage in STAGES:
        with screen_of(days, stage, language=language, told=said.append) as screen:
            screen.desk.window.resize(*SMALLEST)
            screen.settle()
            for scene in SCENES:
                if scene.stage == stage:
                    scene.prepare(screen)
                    screen.settle()
                    cut = cut_words(screen.desk.window)
                    if cut:
                        found[scene.name] = cut
                    leave(screen)
    assert found == {}
    assert said == []


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """An empty window of 400 by 200."""
    room = QWidget()
    room.setFixedSize(400, 200)
    qtbot.addWidget(room)
    return room


def _named(cut: tuple[str, ...]) -> set[str]:
    return {line.partition(":")[0] for line in cut}


def test_what_has_room_is_not_named(room: QWidget) -> None:
    row = QHBoxLayout(room)
    row.addWidget(label("Short", room, name="short"))
    row.addWidget(Button("Save", room, name="save", key="Enter"))
    room.show()
    assert cut_words(room) == ()


def test_labels_buttons_and_choices_without_room_are_named(room: QWidget) -> None:
    for number, widget in enumerate(
        (
            label("Referees who are not here yet", room, name="line"),
            label("Referees who are not here yet and are asked to come", room, name="wrapped", wrap=True),
            label("Spielgemeinschaftsversammlung", room, name="word", wrap=True),
            Button("Paste teams and players", room, name="paste"),
            Segmented([("plan", "Plan and live"), ("real", "As happened")], room, name="times", accessible="Times"),
        )
    ):
        widget.setGeometry(0, 32 * number, 60, 20)
    line = QLineEdit(room)
    line.setObjectName("search")
    line.setPlaceholderText("Search: team, player, number…")
    line.setGeometry(200, 0, 60, 36)
    room.show()
    assert _named(cut_words(room)) == {
        "line",
        "wrapped",
        "word",
        "paste",
        "times",
        "times_plan",
        "times_real",
        "search",
    }


def test_headings_and_figures_without_room_are_named(room: QWidget) -> None:
    table = QTableView(room)
    table.setObjectName("table")
    model = QStandardItemModel(1, 2, table)
    model.setHorizontalHeaderLabels(["Head referee", "Points in sets"])
    model.setData(model.index(0, 0), "A name that may be cut, and whose tooltip says it whole")
    model.setData(model.index(0, 1), "123456")
    model.setData(model.index(0, 1), int(Qt.AlignmentFlag.AlignRight), Qt.ItemDataRole.TextAlignmentRole)
    table.setModel(model)
    dress_table(table)
    table.horizontalHeader().setStretchLastSection(False)
    table.setGeometry(0, 0, 400, 200)
    table.setColumnWidth(0, 40)
    table.setColumnWidth(1, 30)
    room.show()
    told = cut_words(room)
    assert [one.partition(" (")[0] for one in told] == [
        "table: 123456", "table: heading Head referee", "table: heading Points in sets",
    ]  # fmt: skip


def test_what_lies_beyond_an_edge_is_named_unless_it_can_be_scrolled_to(room: QWidget) -> None:
    Button("Gone", room, name="gone").move(380, 40)
    holder = QWidget(room)
    holder.setGeometry(0, 0, 100, 40)
    label("Half", holder, name="half").setGeometry(0, 30, 90, 20)
    area = QScrollArea(room)
    area.setGeometry(0, 80, 200, 100)
    inside = QWidget()
    inside.resize(180, 600)
    label("Below", inside, name="below").setGeometry(0, 500, 90, 20)
    area.setWidget(inside)
    room.show()
    assert cut_words(room) == ("gone: Gone lies out of reach", "half: Half lies out of reach")
