"""Takes the pictures: each scene once, in every theme and size, and a page that shows them side by side.

Everything runs offscreen, in a home of its own, with a clock that stands. Judges no picture: people look at them.
"""

from __future__ import annotations

import html
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from arctos_desk.app.window import Program, application
from arctos_desk.runtime.clock import SetClock
from arctos_desk.ui import text, theme
from tests.screenshots import day
from tests.screenshots.scenes import BAD_SCHEDULE, SCENES, Scene, Screen, leave

SIZES = ((1280, 720), (1920, 1080))
LARGE_PERCENT = 125
CALM_ROUNDS = 5
"""Turns of the loop without work on the lane after which nothing is on its way to the screen any more."""

Told = Callable[[str], object]

_STYLE = """
body{font:15px/1.4 sans-serif;margin:24px;background:#ddd} h2{margin:32px 0 8px}
div{display:grid;grid-template-columns:repeat(auto-fill,minmax(420px,1fr));gap:12px}
figure{margin:0} img{width:100%;border:1px solid #888} figcaption{color:#333}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture and where it lies."""

    scene: Scene
    theme: str
    size: tuple[int, int]
    path: Path


def take(
    out: Path,
    *,
    scenes: Sequence[Scene] = SCENES,
    themes: Sequence[theme.ThemeName] = tuple(theme.THEMES),
    sizes: Sequence[tuple[int, int]] = SIZES,
    language: str = "en",
    told: Told = print,
) -> list[Picture]:
    """Take every picture and write the page. What was there under the same name is replaced."""
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Picture] = []
    with tempfile.TemporaryDirectory(prefix="arctos-days-", ignore_cleanup_errors=True) as folder:
        days = day.Days(Path(folder))
        for stage in day.STAGES:
            some = [scene for scene in scenes if scene.stage == stage]
            if some:
                with screen_of(days, stage, language=language, told=told) as screen:
                    for scene in some:
                        taken += _take_scene(screen, scene, out, themes, sizes)
                        told(f"{scene.name}: {len(themes) * len(sizes)} pictures")
    taken.sort(key=lambda one: scenes.index(one.scene))
    (out / "index.html").write_text(_page(taken), encoding="utf-8")
    return taken


def _take_scene(
    screen: Screen, scene: Scene, out: Path, themes: Sequence[theme.ThemeName], sizes: Sequence[tuple[int, int]]
) -> Iterator[Picture]:
    for name in themes:
        theme.apply_theme(screen.desk.program.app, name)
        for size in sizes:
            screen.desk.window.resize(*size)
            screen.settle()
            scene.prepare(screen)
            screen.settle()
            path = out / f"{scene.name}-{name}-{size[0]}x{size[1]}.png"
            if not screen.desk.window.grab().save(str(path)):
                raise OSError(f"{path} cannot be written")
            yield Picture(scene, name, size, path)
            leave(screen)


@contextmanager
def screen_of(days: day.Days, stage: day.Stage, *, language: str = "en", told: Told = print) -> Iterator[Screen]:
    """The program with its window, on one of the days; everything is given back."""
    with tempfile.TemporaryDirectory(prefix="arctos-pictures-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        played = days.lay(home, stage)
        bad_file = home / "sunday-afternoon.toml"
        bad_file.write_text(BAD_SCHEDULE, encoding="utf-8")
        with day.at_home(home):
            here = day.surroundings(SetClock(played.at_ms), told, language=language)
            here.settings.change(text_percent=LARGE_PERCENT if stage == "large" else 100)
            app = application(here)
            qInstallMessageHandler(_complain(told))
            program = Program(app, here)
            try:
                program.show_event(played.path)
                program.desk.handle.act_as(played.referee)
                settle = _settling(app, program)
                settle()
                program.desk.window.notices.clear()
                yield Screen(program, played.referee, settle, bad_file)
            finally:
                program.leave()
                program.close()
                app.processEvents()
                qInstallMessageHandler(None)
                text.speak(None)
                here.end()
                # A window that waits for its end would be dressed anew with the next.
                app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _settling(app: QApplication, program: Program) -> Callable[[], None]:
    def settle() -> None:
        calm = 0
        while calm < CALM_ROUNDS:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            calm = 0 if program.desk.lane.is_busy else calm + 1

    return settle


def _complain(told: Told) -> Callable[[QtMsgType, QMessageLogContext, str], None]:
    """What the toolkit warns of while a picture is made is worth a line."""

    def said(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind >= QtMsgType.QtWarningMsg and not words.startswith("This plugin does not support"):
            told(f"the toolkit says: {words}")

    return said


def _page(pictures: Sequence[Picture]) -> str:
    """All pictures on one page, scene by scene."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>Arctos Desk: screens</title>",
        f"<style>{_STYLE}</style>",
        "<h1>Arctos Desk: screens</h1>",
    ]
    shown = ""
    for picture in pictures:
        if picture.scene.name != shown:
            parts.append(("</div>" if shown else "") + f"<h2>{html.escape(picture.scene.what)}</h2><div>")
            shown = picture.scene.name
        name = html.escape(picture.path.name)
        caption = f"{picture.theme}, {picture.size[0]} × {picture.size[1]}"
        parts.append(
            f"<figure><a href={name}><img src={name} loading=lazy></a><figcaption>{caption}</figcaption></figure>"
        )
    return "\n".join([*parts, "</div></html>\n"])
