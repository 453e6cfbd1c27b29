"""The crash report: what went wrong inside the program, for its makers, in a file that a person can read first.

Holds where in the program it happened, never what people had entered: no values, no messages, no names, no home.
Everything saved was durable before it was called saved, so a crash loses none of it; the report and the notice say so.
"""

from __future__ import annotations

import contextlib
import logging
import platform
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from arctos_desk.runtime.own_files import own_folder, own_opener
from arctos_desk.runtime.traces import trace_lines
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.words import Words, say

log = logging.getLogger(__name__)

REPORTS_MOST: Final = 30

Tell = Callable[[Words], object]


class CrashReports:
    """Writes a report for each unexpected failure and tells the person once where it is."""

    def __init__(self, folder: Path, *, build: str, clock: Callable[[], Instant], tell: Tell) -> None:
        self._folder = folder
        self._build = build
        self._clock = clock
        self.tell = tell
        self._telling = threading.RLock()
        self._busy = False
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """From now on catch what rises to the top of the program and of its threads."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._risen
        threading.excepthook = self._risen_in_thread

    def uninstall(self) -> None:
        """Give the hooks back as they were."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    def report(self, error: BaseException, *, thread: str = "main") -> Path | None:
        """Write a report; None when the disk takes none. Never raises: something has failed already."""
        text = report_text(error, build=self._build, at_ms=self._clock(), thread=thread)
        log.error("crash report: %s", type(error).__name__)
        at = datetime.fromtimestamp(self._clock() / 1000, UTC)
        try:
            own_folder(self._folder)
            for number in range(1, 1000):
                name = f"crash-{at:%Y%m%d-%H%M%S}" + ("" if number == 1 else f"-{number}")
                path = self._folder / f"{name}.txt"
                with contextlib.suppress(FileExistsError):
                    with open(path, "x", encoding="utf-8", opener=own_opener) as file:
                        file.write(text)
                    self._forget_old()
                    return path
        except OSError as error_:
            log.error("the crash report cannot be written: %s", error_.strerror)
        return None

    def catch(self, error: BaseException, *, thread: str = "main") -> None:
        """Report and tell. A failure while telling is not told again: that would never end."""
        with self._telling:
            if self._busy:
                return
            self._busy = True
            try:
                self.tell(words_of(self.report(error, thread=thread)))
            finally:
                self._busy = False

    def _risen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self.catch(error)

    def _risen_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not issubclass(caught.exc_type, SystemExit):
            self.catch(caught.exc_value, thread=caught.thread.name if caught.thread is not None else "?")

    def _forget_old(self) -> None:
        for path in sorted(self._folder.glob("crash-*.txt"))[:-REPORTS_MOST]:
            path.unlink()


def words_of(report: Path | None) -> Words:
    """The one sentence for the person."""
    if report is None:
        return say("Something went wrong inside the program. Everything saved is safe. No report could be written.")
    return say(
        "Something went wrong inside the program. Everything saved is safe. The report is {file}.", file=str(report)
    )


def report_text(error: BaseException, *, build: str, at_ms: Instant, thread: str) -> str:
    """The report: what kind of failure, and the way of calls that led there."""
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    lines = [
        "Arctos Desk crash report",
        "It holds no names, results or other data of your event. Please send it to the makers of the program.",
        "",
        f"build     {build}",
        f"time      {at:%Y-%m-%d %H:%M:%S} UTC",
        f"python    {platform.python_version()} {platform.python_implementation()}",
        f"system    {platform.system()} {platform.release()} {platform.machine()}",
        f"toolkit   {_toolkit()}",
        f"thread    {thread}",
    ]
    for line in trace_lines(error):
        # A blank line before each failure, so that a person finds them.
        lines += [line] if line.startswith("  ") else ["", line]
    return "\n".join(lines) + "\n"


def _toolkit() -> str:
    toolkit = sys.modules.get("PySide6")
    return f"PySide6 {toolkit.__version__}" if toolkit is not None else "none"
