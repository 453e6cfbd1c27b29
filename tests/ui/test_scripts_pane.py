"""The Scripts pane: an organiser writes tags and variables, is told what is wrong, and sees what they stand for."""

from __future__ import annotations

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.ui.panes.scripts.pane import STANDS, ScriptsPane
from arctos_desk.ui.widgets.button import Button
from tests.operations.desks import ORGANISER, TestedDesk, desk_with_small_day, empty_desk
from tests.ui.pane_desk import PaneDesk

LEFT = Qt.MouseButton.LeftButton


class Scripting(PaneDesk[ScriptsPane]):
    """A window with the Scripts pane of a real desk in memory."""

    def __init__(self, tested: TestedDesk) -> None:
        super().__init__(tested, lambda handle, _: ScriptsPane(handle))

    def stands(self, name: str) -> str:
        model = self.pane.model
        row = next(number for number, one in enumerate(model.rows) if one.name == name)
        return str(model.data(model.index(row, STANDS)))


@pytest.fixture
def scripting(dressed: QApplication, qtbot: QtBot) -> Scripting:
    scripting = Scripting(desk_with_small_day())
    qtbot.addWidget(scripting.window)
    return scripting


def click(qtbot: QtBot, pane: ScriptsPane, name: str) -> None:
    qtbot.mouseClick(pane.findChild(Button, name), LEFT)


def test_an_empty_event_says_what_a_tag_is_and_begins_with_one(dressed: QApplication, qtbot: QtBot) -> None:
    scripting = Scripting(empty_desk())
    qtbot.addWidget(scripting.window)
    pane = scripting.pane
    assert pane.pages.currentWidget() is pane.empty
    qtbot.mouseClick(pane.empty.button, LEFT)
    qtbot.keyClicks(pane.name, "Seed 1")
    qtbot.keyClick(pane.name, Qt.Key.Key_Return)
    assert scripting.stands("Seed 1") == "no team, no expression"
    assert [tag.name for tag in scripting.handle.state.event.tags.values()] == ["Seed 1"]


def test_a_tag_by_expression_stands_for_its_team_at_once(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    click(qtbot, pane, "scripts_add_tag")
    qtbot.keyClicks(pane.name, "Best")
    qtbot.keyClick(pane.name, Qt.Key.Key_Tab)
    pane.expression.setFocus()
    qtbot.keyClicks(pane.expression, "(winner {A1})")
    qtbot.keyClick(pane.expression, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert scripting.stands("Best") == "not decided yet"
    scripting.tested.clock.at("2026-05-02T10:00:00")
    match = scripting.tested.match("A1").id
    scripting.tested.does(commands.StartMatch(match=match, override="no referee yet"), ORGANISER)
    scripting.tested.does(commands.FinishMatch(match=match, winner=commands.Side.TEAM1), ORGANISER)
    scripting.handle.told()
    qtbot.waitUntil(lambda: scripting.stands("Best") == "Angry Ants")


def test_what_is_wrong_stands_below_the_text_while_it_is_typed(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    click(qtbot, pane, "scripts_add_variable")
    qtbot.keyClicks(pane.name, "rounds")
    pane.expression.setFocus()
    qtbot.keyClicks(pane.expression, "(wins {A1}")
    assert "Line 1" in pane.remarks.text()
    qtbot.keyClick(pane.expression, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pane.wrong.isVisible()
    assert not scripting.handle.state.event.variables
    pane.expression.selectAll()
    qtbot.keyClicks(pane.expression, "(+ 1 2)")
    assert pane.remarks.text() == ""
    qtbot.keyClick(pane.expression, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.expression for one in scripting.handle.state.event.variables.values()] == ["(+ 1 2)"]


def test_a_tag_in_use_is_not_deleted_and_says_where(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    scripting.tested.does(
        commands.AddTag(name="Copy", expression="[tag::Seed 1]"),
        ORGANISER,
    )
    scripting.handle.told()
    qtbot.waitUntil(lambda: len(pane.model.rows) == 2)
    pane.table.selectRow(0)
    assert "Copy" in pane.uses.text()
    click(qtbot, pane, "script_delete")
    assert "Copy" in pane.wrong.text()
    pane.table.selectRow(1)
    click(qtbot, pane, "script_delete")
    assert [tag.name for tag in scripting.handle.state.event.tags.values()] == ["Seed 1"]


def test_a_new_name_reaches_the_scripts_that_use_it(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    scripting.tested.does(commands.AddTag(name="Copy", expression="[tag::Seed 1]"), ORGANISER)
    scripting.handle.told()
    qtbot.waitUntil(lambda: len(pane.model.rows) == 2)
    pane.table.selectRow(0)
    pane.name.setFocus()
    pane.name.selectAll()
    qtbot.keyClicks(pane.name, "First seed")
    qtbot.keyClick(pane.name, Qt.Key.Key_Return)
    tags = {tag.name: tag.expression for tag in scripting.handle.state.event.tags.values()}
    assert tags == {"First seed": "", "Copy": "[tag::First seed]"}


def test_typing_survives_what_others_do_meanwhile(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    pane.table.selectRow(0)
    pane.expression.setFocus()
    qtbot.keyClicks(pane.expression, "(winner {A1")
    scripting.tested.does(commands.AddTeam(name="Late Larks"), ORGANISER)
    scripting.handle.told()
    QApplication.processEvents()
    assert "Late Larks" in {team.name for team in scripting.handle.state.event.teams.values()}
    assert pane.expression.toPlainText() == "(winner {A1"
    click(qtbot, pane, "script_revert")
    assert pane.expression.toPlainText() == ""


def test_a_team_set_by_hand_goes_before_the_expression(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    pane.table.selectRow(0)
    pane.team.setFocus()
    qtbot.keyClick(pane.team, Qt.Key.Key_Down)
    assert scripting.stands("Seed 1") == pane.team.currentText()
    assert scripting.handle.state.event.tags["seed"].team_id


def test_a_half_typed_script_is_there_again_after_looking_at_another(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    scripting.tested.does(commands.AddTag(name="Copy", expression="[tag::Seed 1]"), ORGANISER)
    scripting.handle.told()
    qtbot.waitUntil(lambda: len(pane.model.rows) == 2)
    pane.table.selectRow(0)
    first = pane.name.text()
    pane.expression.setFocus()
    qtbot.keyClicks(pane.expression, "(winner {A1")
    pane.table.selectRow(1)
    assert pane.expression.toPlainText() != "(winner {A1"
    click(qtbot, pane, "scripts_add_variable")
    qtbot.keyClicks(pane.name, "best-of-all")
    pane.take_focus()
    assert pane.name.text() == "best-of-all"
    pane.table.selectRow(0)
    assert (pane.name.text(), pane.expression.toPlainText()) == (first, "(winner {A1")
    click(qtbot, pane, "scripts_add_variable")
    assert pane.name.text() == "best-of-all"
    click(qtbot, pane, "script_revert")
    pane.table.selectRow(0)
    click(qtbot, pane, "script_revert")
    pane.table.selectRow(1)
    pane.table.selectRow(0)
    assert pane.expression.toPlainText() == ""


def test_what_another_wrote_meanwhile_is_said_before_it_is_written_over(scripting: Scripting, qtbot: QtBot) -> None:
    pane = scripting.pane
    pane.table.selectRow(0)
    pane.expression.setFocus()
    qtbot.keyClicks(pane.expression, "(winner {A1})")
    scripting.tested.does(commands.EditTag(tag="seed", expression="(loser {A1})"), ORGANISER)
    scripting.handle.told()
    qtbot.waitUntil(lambda: "(loser {A1})" in pane.wrong.text())
    assert pane.wrong.isVisible()
    assert pane.expression.toPlainText() == "(winner {A1})"
    click(qtbot, pane, "script_save")
    tag = scripting.handle.state.event.tags["seed"]
    assert tag.expression == "(winner {A1})"
    assert pane.wrong.isHidden()
    # Both are in the log side by side: the one that was not on the screen is not called replaced.
    held = scripting.handle.state.folded["tag/seed"].registers["expression"]
    assert len(held.heads) == 2
