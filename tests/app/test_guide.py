"""The first start: a guide walks through the screens, is dismissed once, and comes back when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from arctos_desk.app import bootstrap
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.window import GUIDE_SEEN, Program, application, event_of_start
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text
from arctos_desk.ui.dialogs.guide import STEPS, GuideSheet


@pytest.fixture
def surroundings(desk_home: Path) -> Iterator[Surroundings]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append)
    yield surroundings
    surroundings.end()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[Program]:
    application(surroundings)
    program = Program(qapp, surroundings)
    program.begin(event_of_start(surroundings, ""), lambda _: None, named=False)
    yield program
    program.close()
    text.speak(None)


def guide_of(program: Program) -> GuideSheet | None:
    return program.desk.window.findChild(GuideSheet, "guide")


def test_the_guide_goes_through_the_screens_and_is_not_offered_again(
    program: Program, surroundings: Surroundings, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: guide_of(program) is not None and guide_of(program).is_open, timeout=20_000)
    guide = guide_of(program)
    assert guide is not None
    panes = []
    while guide.is_open:
        panes.append(guide.step.pane)
        assert program.desk.window.shown_pane == guide.step.pane
        qtbot.keyClick(guide.next, Qt.Key.Key_Return)
    assert panes == [step.pane for step in STEPS]
    assert surroundings.settings.settings.remembered[GUIDE_SEEN] == "yes"
    program.desk.window.setFocus()
    qtbot.keyClick(program.desk.window.focusWidget() or program.desk.window, Qt.Key.Key_F1)
    assert guide.is_open
    assert guide.step is STEPS[0]


def test_escape_is_enough(program: Program, surroundings: Surroundings, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: guide_of(program) is not None and guide_of(program).is_open, timeout=20_000)
    guide = guide_of(program)
    assert guide is not None
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.is_open
    assert GUIDE_SEEN in surroundings.settings.settings.remembered


def test_another_language_in_the_middle_of_the_guide_goes_on_there_and_leaves_tidily(
    program: Program, surroundings: Surroundings, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: guide_of(program) is not None and guide_of(program).is_open, timeout=20_000)
    guide = guide_of(program)
    assert guide is not None
    qtbot.keyClick(guide.next, Qt.Key.Key_Return)
    step, before = guide.step, program.desk.window
    before.show_pane("settings")
    program.choose_language("de")
    qtbot.waitUntil(lambda: program.desk.window is not before)
    fresh = guide_of(program)
    assert fresh is not None
    assert fresh is not guide
    assert fresh.is_open
    assert fresh.step is step
    assert program.desk.window.shown_pane == "settings"
    qtbot.waitUntil(lambda: not isValid(before))
    program.close()
