"""The Standings pane: tables that follow the results, and the answer to "why are we third?"."""

from __future__ import annotations

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.tournament.kinds import Ending, Side
from arctos_desk.tournament.records import Score
from arctos_desk.ui.panes.standings.pane import StandingsPane
from tests.operations.desks import ORGANISER, TestedDesk, desk_with_small_day, empty_desk
from tests.ui.pane_desk import PaneDesk

LEFT = Qt.MouseButton.LeftButton


class Looking(PaneDesk[StandingsPane]):
    """A window with the Standings pane of a real desk in memory."""

    def __init__(self, tested: TestedDesk) -> None:
        super().__init__(tested, lambda handle, _: StandingsPane(handle))

    def finish(self, name: str, winner: Side | None, sets: tuple[int, int], points: tuple[int, int]) -> None:
        match = self.tested.match(name).id
        self.tested.clock.at("2026-05-02T10:00:00")
        self.tested.does(commands.StartMatch(match=match, override="no referee yet"), ORGANISER)
        ending = Ending.DRAW if winner is None else Ending.NORMAL
        score = Score(sets=sets, points=points)
        order = commands.FinishMatch(match=match, ending=ending, winner=winner, stated_score=score)
        self.tested.does(order, ORGANISER)
        self.told()

    def lines(self, table: int = 0) -> list[tuple[str, str]]:
        rows = self.pane.tables
        return [(line.rank, line.name) for line in rows[table].lines] if rows else []


@pytest.fixture
def looking(dressed: QApplication, qtbot: QtBot) -> Looking:
    looking = Looking(desk_with_small_day())
    qtbot.addWidget(looking.window)
    return looking


def test_an_event_without_matches_says_what_belongs_here(dressed: QApplication, qtbot: QtBot) -> None:
    looking = Looking(empty_desk())
    qtbot.addWidget(looking.window)
    assert looking.pane.pages.currentWidget() is looking.pane.empty


def test_a_result_orders_the_group_and_the_figure_that_decided_is_marked(looking: Looking, qtbot: QtBot) -> None:
    looking.finish("A1", Side.TEAM1, (2, 0), (10, 4))
    looking.finish("B1", Side.TEAM1, (2, 1), (12, 9))
    qtbot.waitUntil(lambda: looking.lines()[:1] == [("1", "Angry Ants")])
    assert [name for _, name in looking.lines()][:2] == ["Angry Ants", "Careful Cats"]
    second = looking.pane._tables[0].lines.rows.lines[1]
    assert second.decided is not None
    assert "set" in second.reason.casefold()


def test_why_lists_the_steps_down_to_the_one_that_decides(looking: Looking, qtbot: QtBot) -> None:
    looking.finish("A1", Side.TEAM1, (2, 0), (10, 4))
    looking.finish("B1", Side.TEAM1, (2, 1), (12, 9))
    table = looking.pane._tables[0]
    table.setFocus()
    row = table.visualRect(table.lines.index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=row)
    why = looking.pane.why
    assert why is not None
    assert (why.above, why.below) == ("Angry Ants", "Careful Cats")
    assert [step.decides for step in why.steps].index(True) == 2
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Angry Ants" in QApplication.clipboard().text()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert looking.pane.why is not None
    assert looking.pane.why.above == "Careful Cats"


def test_all_matches_count_where_groups_do_not(looking: Looking, qtbot: QtBot) -> None:
    looking.finish("A1", None, (1, 1), (7, 7))
    qtbot.mouseClick(looking.pane.shown_choice.segment("all"), LEFT)
    assert {name for _, name in looking.lines()} >= {"Angry Ants", "Busy Bees"}
    assert looking.handle.memory.recall("standings/shown") == "all"


def test_ribbon_matches_count_only_when_asked(looking: Looking, qtbot: QtBot) -> None:
    looking.tested.does(commands.EditMatch(match="m-A1", changes={"ribbon": True}), ORGANISER)
    looking.finish("A1", Side.TEAM1, (2, 0), (10, 4))
    looking.finish("B1", Side.TEAM2, (0, 2), (3, 10))
    qtbot.waitUntil(lambda: looking.lines()[0][1] == "Dogged Dogs")
    qtbot.mouseClick(looking.pane.ribbon, LEFT)
    assert "Angry Ants" in [name for _, name in looking.lines()][:2]


def test_the_choice_stays_where_a_result_comes_in(looking: Looking, qtbot: QtBot) -> None:
    looking.finish("A1", Side.TEAM1, (2, 0), (10, 4))
    table = looking.pane._tables[0]
    table.setFocus()
    table.selectRow(2)
    chosen = looking.pane._chosen
    looking.finish("B1", Side.TEAM1, (2, 1), (12, 9))
    assert looking.pane._chosen == chosen
