"""The program's log: one file of JSON lines in the user's log folder, for our lines and those of libraries.

Holds what the program did, never what people are called. Not the journal of an event: that is `storage`.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from arctos_desk.runtime.own_files import own_folder, own_opener
from arctos_desk.runtime.traces import trace_lines

FILE: Final = "arctos-desk.log"
_MOST_BYTES: Final = 2_000_000
_KEPT: Final = 5
_WAITING_MOST: Final = 500
_OURS: Final = "arctos_desk"
_LOUD: Final = ("sqlalchemy", "alembic", "filelock", "keyring", "markdown_it", "asyncio")


class Logs:
    """The log of one run. Harmless lines wait in memory until `flush`, the next warning, or the end."""

    def __init__(self, folder: Path, *, build: str, level: int = logging.INFO) -> None:
        self._file = _file_handler(folder)
        self._waiting = logging.handlers.MemoryHandler(_WAITING_MOST, logging.WARNING, self._file)
        self._level_before = logging.getLogger().level
        root = logging.getLogger()
        root.addHandler(self._waiting)
        root.setLevel(level)
        for name in _LOUD:
            logging.getLogger(name).setLevel(logging.WARNING)
        log.info("started", extra={"build": build, "pid": os.getpid()})

    def flush(self) -> None:
        """Write what waits."""
        self._waiting.flush()

    def end(self) -> None:
        """Write what waits, and log no more."""
        log.info("ended", extra={"pid": os.getpid()})
        root = logging.getLogger()
        root.removeHandler(self._waiting)
        root.setLevel(self._level_before)
        self._waiting.close()
        self._file.close()


log = logging.getLogger(__name__)


def last_lines(folder: Path, most: int) -> Iterable[str]:
    """The newest lines of the log, oldest of them first; none when there is no log."""
    try:
        with (folder / FILE).open(encoding="utf-8", errors="replace") as file:
            return file.readlines()[-most:]
    except OSError:
        return ()


class _Lines(logging.Formatter):
    """JSON lines by structlog, which is loaded with the first line that is written: no start waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        if self._formatter is None:
            self._formatter = _structured()
        return self._formatter.format(record)


def _structured() -> logging.Formatter:
    import structlog

    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _at_its_time,
        _as_written,
        structlog.stdlib.ExtraAdder(),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _where_it_failed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _at_its_time(_: Any, __: str, line: Any) -> Any:
    """The time at which a line was said; it may have waited."""
    said = datetime.fromtimestamp(line["_record"].created, UTC)
    line["timestamp"] = said.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return line


def _as_written(_: Any, __: str, line: Any) -> Any:
    """The sentence of ours before anything was put into it, and the kind of a failure: what diagnostics may carry."""
    record = line["_record"]
    if isinstance(record.msg, str) and record.name.partition(".")[0] == _OURS:
        line["template"] = record.msg
    if record.exc_info and record.exc_info[0] is not None:
        line["failed"] = record.exc_info[0].__name__
    return line


def _where_it_failed(_: Any, __: str, line: Any) -> Any:
    """Of a failure its kind and its places: its message may hold what somebody entered."""
    error = line.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(trace_lines(error))
    return line


class _OwnFile(logging.handlers.RotatingFileHandler):
    """A log that only its owner may read."""

    def _open(self) -> TextIOWrapper:
        file = open(self.baseFilename, self.mode, encoding=self.encoding, opener=own_opener)  # noqa: SIM115
        assert isinstance(file, TextIOWrapper)
        return file


def _file_handler(folder: Path) -> logging.Handler:
    try:
        handler = _OwnFile(
            own_folder(folder) / FILE, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_Lines())
    return handler
