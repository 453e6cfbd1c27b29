"""Tries out on this computer what a tournament day needs: the file, the solver, scripts, the picture, the backup.

A command of the product, run from the built program too: a build that lacks a file or a library shows itself here and
not on the grass. Works in a folder of its own and touches no event of a person.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.crash import words_of
from arctos_desk.app.event_files import OpenEvent, create_event, open_event, read_backup
from arctos_desk.app.files import bytes_of, contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.app.orders import ACTING
from arctos_desk.app.rehearse import rehearse
from arctos_desk.app.samples import sample_schedule
from arctos_desk.operations import commands
from arctos_desk.operations.views import board_view
from arctos_desk.runtime import paths
from arctos_desk.runtime.messages import LANGUAGES, load_messages
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import Words, in_english, say

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

Render = Callable[[Words], str]


class Fails(Exception):
    """Something does not work here; the words say what."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(in_english(words))


@dataclass(slots=True)
class _Trial:
    """What one step leaves for the next."""

    surroundings: Surroundings
    folder: Path
    event: OpenEvent | None = None
    notes: list[Words] = field(default_factory=list)

    def open_sample(self) -> OpenEvent:
        if self.event is None:
            raise Fails(say("There is no event to try this on"))
        return self.event


def self_test(surroundings: Surroundings, render: Render, told: Callable[[str], object]) -> bool:
    """Try everything and tell a line for each; whether all of it works."""
    works = True
    with tempfile.TemporaryDirectory(prefix="arctos-self-test-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(surroundings, Path(folder))
        try:
            for words, attempt in _STEPS:
                began = time.perf_counter()
                wrong = _attempt(attempt, trial)
                took = f"{(time.perf_counter() - began) * 1000:6.0f} ms"
                told(f"{'ok  ' if wrong is None else 'FAIL'}  {took}  {render(words)}")
                if wrong is not None:
                    works = False
                    told(f"      {render(wrong)}")
        finally:
            if trial.event is not None:
                trial.event.close()
    told(render(say("Everything works here.") if works else say("Something does not work here.")))
    return works


def _attempt(attempt: Callable[[_Trial], None], trial: _Trial) -> Words | None:
    try:
        attempt(trial)
    except Fails as fails:
        return fails.words
    except Refused as news:
        return news.problems[0].words
    except Outage as news:
        return news.words
    except Exception as error:  # noqa: BLE001 - a self-test goes on; the report says what it was
        return words_of(trial.surroundings.crash.report(error))
    return None


def _resources(_: _Trial) -> None:
    for needed in (sample_schedule(), paths.resources_folder() / "fonts", paths.migrations_folder()):
        if not needed.exists():
            raise Fails(say("{file} is missing", file=needed.name))
    for language in LANGUAGES[1:]:
        catalogue = load_messages(paths.resources_folder() / "locale", language=language).catalogue
        if not catalogue.info():
            raise Fails(say("The language {language} is missing", language=language))


def _migrate(trial: _Trial) -> None:
    """An empty file gets its tables, and an event its first entry."""
    trial.event = create_event(trial.folder / f"sample{paths.EVENT_SUFFIX}", trial.surroundings)
    trial.event.desk.perform(commands.CreateEvent(name="Self-test"), ACTING)


def _solve(trial: _Trial) -> None:
    event = trial.open_sample()
    file = sample_schedule()
    import_into(event.desk, contents_of(bytes_of(file), file.name), ACTING, chance=event.chance)
    solution = event.desk.state.solution
    if solution.in_cycle or not solution.rows or any(row.live_ms is None for row in solution.rows.values()):
        raise Fails(say("The sample could not be solved"))


def _scripts(trial: _Trial) -> None:
    """A whole day by chance: references resolve, tags are worked out by their scripts, the last match is played."""
    file = sample_schedule()
    day = rehearse(contents_of(bytes_of(file), file.name), seed="self-test", build=trial.surroundings.build)
    if day.stuck:
        raise Fails(day.stuck[0].words)
    state = day.desk.state
    scripted = [tag for tag in state.event.tags.values() if tag.expression]
    if not scripted or any(state.solution.tag_teams.get(tag.id) is None for tag in scripted):
        raise Fails(say("A script of the sample names no team at the end of the day"))


def _paint(trial: _Trial) -> None:
    event = trial.open_sample()
    with _offscreen():
        image = _picture(event)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    if len(colours) < 8:
        raise Fails(say("The board stayed empty"))


@contextmanager
def _offscreen() -> Iterator[None]:
    """An application without a screen, unless there is one already."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is not None:
        yield
        return
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["arctos-desk"])
    try:
        yield
    finally:
        app.shutdown()
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before


def _picture(event: OpenEvent) -> QImage:
    from PySide6.QtWidgets import QApplication

    from arctos_desk.ui import theme
    from arctos_desk.ui.panes.schedule_board.pane import BoardPane
    from arctos_desk.ui.refresh import EVERYTHING

    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.load_fonts(paths.resources_folder() / "fonts")
        theme.apply_theme(app, "light")
    pane = BoardPane(lambda: board_view(event.desk.state, now_ms=event.clock()))
    pane.resize(1280, 720)
    pane.refresh(EVERYTHING)
    image = pane.grab().toImage()
    pane.deleteLater()
    return image


def _backup(trial: _Trial) -> None:
    event = trial.open_sample()
    before = len(tuple(event.log.operations()))
    for path in event.backup():
        if read_backup(path) != before:
            raise Fails(say("The backup holds other entries than the event"))
    event.close()
    trial.event = open_event(event.path, trial.surroundings)
    if trial.event.verify().problems:
        raise Fails(trial.event.verify().problems[0].words)


_STEPS: tuple[tuple[Words, Callable[[_Trial], None]], ...] = (
    (say("Everything that ships with the program is there"), _resources),
    (say("An empty file gets its tables"), _migrate),
    (say("The sample is taken in and solved"), _solve),
    (say("Scripts are worked out through a whole day"), _scripts),
    (say("The board is painted"), _paint),
    (say("A backup is written and read again"), _backup),
)
