"""Tries out on this computer what a tournament day needs: the file, the solver, scripts, the window, the backup.

A command of the product, run from the built program too: a build that lacks a file or a library shows itself here and
not on the grass. Works in a folder of its own and touches no event of a person.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.crash import report_text, words_of
from arctos_desk.app.event_files import OpenEvent, create_event, open_event, read_backup
from arctos_desk.app.files import bytes_of, contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.app.orders import ACTING
from arctos_desk.app.rehearse import rehearse
from arctos_desk.app.samples import sample_schedule
from arctos_desk.operations import commands
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.views import board_view
from arctos_desk.runtime import paths
from arctos_desk.runtime.logs import FILE, Logs
from arctos_desk.runtime.messages import LANGUAGES, load_messages
from arctos_desk.runtime.secrets import load_keyrings
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import Words, in_english, say
from arctos_desk.wire.signing import SEED_BYTES, DeviceKey

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from PySide6.QtGui import QImage

Render = Callable[[Words], str]

WORKER_PATIENCE_S: Final = 60.0

# What opens a window on each system, each line a choice of names: the toolkit looks for them only when it starts.
WINDOW_PLUGINS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "linux": (
        ("platforms/qxcb",),
        ("platforms/qwayland", "platforms/qwayland-generic"),
        ("wayland-shell-integration/xdg-shell",),
        ("platforms/qoffscreen",),
    ),
    "win32": (("platforms/qwindows",), ("platforms/qoffscreen",)),
    "darwin": (("platforms/qcocoa",), ("platforms/qoffscreen",)),
}
PICTURES: Final = frozenset({"png", "jpeg", "svg", "webp"})


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
            for words, attempt in STEPS:
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
    folder = paths.resources_folder()
    icon = folder / "icons" / "arctos-desk.svg"
    for needed in (sample_schedule(), folder / "fonts", icon, paths.migrations_folder()):
        if not needed.exists():
            raise Fails(say("{file} is missing", file=needed.name))


def _languages(_: _Trial) -> None:
    """Each language has its catalogue and its way to write a day; the zones of all countries are brought along."""
    noon = from_iso("2026-05-02T12:00:00")
    days: set[str] = set()
    for language in LANGUAGES:
        messages = load_messages(paths.resources_folder() / "locale", language=language, zone="Europe/Berlin")
        if language != LANGUAGES[0] and not messages.catalogue.info():
            raise Fails(say("The language {language} is missing", language=language))
        if messages.clock(noon) != "14:00":
            raise Fails(say("The time zone {zone} is missing", zone="Europe/Berlin"))
        days.add(messages.day(noon))
    if len(days) < len(LANGUAGES):
        raise Fails(say("Dates are not written in every language"))


def _own_zones(_: _Trial) -> None:
    """Without the tables of the system, which not every computer has."""
    from importlib import resources
    from zoneinfo import ZoneInfo

    for name in ("Europe/Berlin", "Atlantic/Canary", "America/Bogota"):
        table = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
        with table.open("rb") as file:
            ZoneInfo.from_file(file, key=name)


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


def _worker(trial: _Trial) -> None:
    """A process beside this one, started as long work starts it, solves the sample and comes to the same times."""
    file = sample_schedule()
    raw, now_ms = bytes_of(file), trial.surroundings.clock()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_solve_for, args=(theirs, raw, file.name, now_ms), daemon=True)
    worker.start()
    theirs.close()
    # A worker that dies closes its end, which is told like an answer: then it is only waited for.
    told = ours.poll(WORKER_PATIENCE_S)
    try:
        answer = ours.recv() if told else None
    except EOFError:
        answer = None
    finally:
        ours.close()
        worker.join(WORKER_PATIENCE_S if told else 0)
        if worker.is_alive():
            worker.kill()
            worker.join()
    if answer is None:
        raise Fails(say("A worker process does not answer"))
    process, times = answer
    if process == os.getpid() or times != solved_sample(raw, file.name, now_ms):
        raise Fails(say("A worker process comes to other times"))


def _solve_for(asker: Connection, raw: bytes, name: str, now_ms: int) -> None:
    """In the worker process: give back who solved it, and the times."""
    with asker:
        asker.send((os.getpid(), solved_sample(raw, name, now_ms)))


def solved_sample(raw: bytes, name: str, now_ms: int) -> dict[str, int | None]:
    """The live times of a schedule by the names of its matches, solved in memory for this moment."""
    chance = random.Random(now_ms).randbytes
    desk = Desk(
        MemoryLog("self-test"),
        signer=DeviceKey(bytes(SEED_BYTES)),
        clock=lambda: now_ms,
        chance=chance,
        build="",
    )
    desk.perform(commands.CreateEvent(name="Self-test"), ACTING)
    import_into(desk, contents_of(raw, name), ACTING, chance=chance)
    rows = desk.state.solution.rows
    return {match.name: rows[match.id].live_ms for match in desk.state.event.matches.values()}


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


def _keyring(_: _Trial) -> None:
    """The code that speaks to the keyring is there; whether there is a keyring is the computer's own matter."""
    try:
        load_keyrings()
    except ImportError as error:
        raise Fails(say("{file} is missing", file=error.name or str(error))) from error


def _window_systems(_: _Trial) -> None:
    from PySide6.QtCore import QPluginLoader
    from PySide6.QtGui import QImageReader

    with _offscreen():
        for names in WINDOW_PLUGINS.get(sys.platform, ()):
            loaders = [QPluginLoader(name) for name in names]
            if not any(loader.load() for loader in loaders):
                why = loaders[0].errorString()
                raise Fails(say("{file} cannot be used: {why}", file=names[0], why=why))
        known = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    if not known >= PICTURES:
        raise Fails(say("Pictures of these kinds cannot be read: {kinds}", kinds=tuple(sorted(PICTURES - known))))


def _paint(trial: _Trial) -> None:
    event = trial.open_sample()
    with _offscreen():
        image = _picture(event)
    if not _has_drawing(image):
        raise Fails(say("The board stayed empty"))


def _has_drawing(image: QImage) -> bool:
    """Whether more is to be seen than paper: letters alone have edges of many greys."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}) >= 8


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
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication

    from arctos_desk.ui import theme
    from arctos_desk.ui.panes.schedule_board.pane import BoardPane
    from arctos_desk.ui.refresh import EVERYTHING

    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.load_fonts(paths.resources_folder() / "fonts")
        theme.apply_theme(app, "light")
    if "Inter" not in QFontDatabase.families():
        raise Fails(say("{file} is missing", file="Inter"))
    pane = BoardPane(lambda: board_view(event.desk.state, now_ms=event.clock()))
    pane.resize(1280, 720)
    pane.refresh(EVERYTHING)
    image = pane.grab().toImage()
    pane.deleteLater()
    return image


def _papers(trial: _Trial) -> None:
    """Everything that can be handed out is made, and what is printed is read again as the preview reads it."""
    from arctos_desk.app.sheets import edition_of, exports_named, write_exports
    from arctos_desk.ui.widgets.paper_view import PaperDocument

    event = trial.open_sample()
    messages = trial.surroundings.speaking(event.zone)
    edition = edition_of(event.desk.state, now_ms=event.clock(), text=messages.text, language=messages.language)
    for path in write_exports(edition, trial.folder / "papers", exports_named(())):
        if not path.stat().st_size:
            raise Fails(say("{file} is empty", file=path.name))
        if path.suffix == ".pdf":
            paper = PaperDocument(path.read_bytes())
            image = paper.picture(0, 0.5)
            paper.close()
            if not _has_drawing(image):
                raise Fails(say("{file} is empty", file=path.name))


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


def _report(trial: _Trial) -> None:
    """A failure names the place in the program where it happened, and the log takes lines."""
    try:
        raise RuntimeError
    except RuntimeError as error:
        text = report_text(error, build=trial.surroundings.build, at_ms=trial.surroundings.clock(), thread="main")
    if "arctos_desk/app/selftest.py:" not in text:
        raise Fails(say("A crash report does not name the place"))
    logs = Logs(trial.folder / "logs", build=trial.surroundings.build)
    logs.end()
    lines = (trial.folder / "logs" / FILE).read_text(encoding="utf-8").splitlines()
    if not any(json.loads(line).get("event") == "ended" for line in lines):
        raise Fails(say("The log takes no lines"))


STEPS: tuple[tuple[Words, Callable[[_Trial], None]], ...] = (
    (say("Everything that ships with the program is there"), _resources),
    (say("Every language has its words and dates"), _languages),
    (say("Time zones are brought along"), _own_zones),
    (say("An empty file gets its tables"), _migrate),
    (say("The sample is taken in and solved"), _solve),
    (say("A worker process comes to the same times"), _worker),
    (say("Scripts are worked out through a whole day"), _scripts),
    (say("The keyring of the system can be asked"), _keyring),
    (say("Windows can be opened and pictures read"), _window_systems),
    (say("The board is painted"), _paint),
    (say("Papers and files are made"), _papers),
    (say("A backup is written and read again"), _backup),
    (say("A failure would be reported"), _report),
)
