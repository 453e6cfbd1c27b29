"""A team whose name looks like markup appears as it was typed, in every tooltip of the window. Tests no other words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QGraphicsSceneHoverEvent, QHeaderView, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.app import bootstrap
from arctos_desk.app.samples import sample_event
from arctos_desk.app.window import DeskWindow, Program, application
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.panes.today.pane import TodayPane

NASTY = '<img src="x.png"><b>Kites</b> &lt;&amp;'


@pytest.fixture
def desk(desk_home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[DeskWindow]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append)
    application(surroundings)
    desk = DeskWindow(Program(qapp, surroundings), sample_event(surroundings))
    qtbot.addWidget(desk.window)
    desk.window.show()
    yield desk
    desk.close()
    surroundings.end()
    text.speak(None)


def shown(tip: str) -> str:
    """What a person reads in a tooltip, by the toolkit's own guess at what it is."""
    from PySide6.QtGui import Qt as Guess

    if not Guess.mightBeRichText(tip):
        return tip
    page = QTextDocument()
    page.setHtml(tip)
    return page.toPlainText()


def tips_of(window: QWidget) -> list[str]:
    """The tooltips of widgets and actions."""
    things = [*window.findChildren(QWidget), *window.findChildren(QAction)]
    return [one.toolTip() for one in things if one.toolTip()]


def cell_tips(view: QAbstractItemView) -> Iterator[str]:
    """What stands over the cells that hold the name, asked for as a mouse that rests asks."""
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if "Kites" not in str(index.data(Qt.ItemDataRole.ToolTipRole)):
                continue
            view.scrollTo(index)
            place = view.visualRect(index).center()
            asked = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place) + QPoint(1, 1))
            QApplication.sendEvent(view.viewport(), asked)
            yield QToolTip.text()
            QToolTip.hideText()


def test_a_name_that_looks_like_markup_is_shown_as_it_was_typed(desk: DeskWindow, qtbot: QtBot) -> None:
    handle = desk.handle
    team = next(one for one in handle.state.event.teams.values() if one.name == "Red Kites")
    handle.act_as(Acting(role=Role.ORGANISER))
    handle.perform(commands.EditTeam(team=team.id, name=NASTY))
    qtbot.waitUntil(lambda: handle.state.event.teams[team.id].name == NASTY, timeout=20_000)
    first = next(
        match for match in handle.state.event.matches.values()
        if handle.state.solution.rows[match.id].team1_id == team.id
    )  # fmt: skip
    tips: list[str] = []
    for pane_id in ("teams", "board", "standings", "today"):
        desk.window.show_pane(pane_id)
        qtbot.waitUntil(lambda: not desk.lane.is_busy, timeout=20_000)
        pane = desk.window.pane(pane_id)
        if isinstance(pane, TodayPane):
            pane.show_field(first.field_id)
        found: list[str] = []
        if isinstance(pane, BoardPane):
            block = pane.canvas.scene.block(first.id)
            assert block is not None
            block.hoverEnterEvent(QGraphicsSceneHoverEvent())
            found.append(block.toolTip())
            pane.choose(first.id)
            pane.show_layout("table")
        for view in pane.findChildren(QAbstractItemView):
            if view.isVisible() and not isinstance(view, QHeaderView):
                found.extend(cell_tips(view))
        found.extend(tip for tip in tips_of(desk.window) if "Kites" in tip)
        assert found, f"{pane_id} names the team nowhere"
        tips += found
    assert [tip for tip in tips if NASTY not in shown(tip)] == []
