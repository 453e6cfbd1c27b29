"""Diagnostics for the makers of the program: versions, choices, what was logged, how the event file is, how fast.

Holds no event data, no names, no notes, no injuries, no tokens and no path above a person's home. What may go in is
said here kind by kind; whatever is not known to be harmless stays out, because nobody can list what people type.
"""

from __future__ import annotations

import io
import json
import locale
import os
import platform
import re
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from importlib import metadata
from pathlib import Path
from typing import Any, Final, TypeVar

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.operations.reduce import fold_all
from arctos_desk.operations.state import from_folded
from arctos_desk.runtime import logs, paths, secrets
from arctos_desk.runtime.clock import laptop_zone
from arctos_desk.runtime.own_files import own_opener
from arctos_desk.storage import backups, checks, connections, journal, location
from arctos_desk.tournament.instants import Instant, to_datetime
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui.panes.settings.laptop_port import Content
from arctos_desk.wire.operation import BadOperation, operation_of

T = TypeVar("T")

LINES_MOST: Final = 2_000
REPORTS_MOST: Final = 5
LEFT_OUT: Final = "(left out)"
_LIBRARIES: Final = (
    "PySide6-Essentials",
    "shiboken6",
    "SQLAlchemy",
    "alembic",
    "cryptography",
    "filelock",
    "keyring",
    "lark",
    "msgspec",
    "babel",
    "reportlab",
    "structlog",
    "tzdata",
)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)?")
_DOTTED: Final = re.compile(r"[A-Za-z_][\w.]{0,100}")
_QT_PLACE: Final = re.compile(r"(Q[A-Za-z]+(::[A-Za-z~]+)*)\b")
_CHAIN_CODE: Final = re.compile(r"[A-Z_]{2,30}")


def gather(
    surroundings: Surroundings, event: Path | None, *, screens: Mapping[str, Any] | None = None
) -> tuple[Content, ...]:
    """Everything that the archive will hold, to be looked at before it is written. May run on any thread.

    `event` is the event file to look at, None for none; it is only read, whoever has it open. `screens` is what
    `toolkit` told where a window is.
    """
    timer = _Timer()
    event_told = None if event is None else _event(event, surroundings, timer)
    contents = [
        Content(
            name="program.json",
            what=say("Versions of the program, of its libraries and of this system"),
            text=_json(_program(surroundings, screens or {})),
        ),
        Content(
            name="settings.json",
            what=say("What was chosen on this laptop, with no path of yours"),
            text=_json(_settings(surroundings)),
        ),
    ]
    if event_told is not None:
        contents.append(
            Content(
                name="event.json",
                what=say("How the event file is: counts, sizes, the state of its chain; nothing that was entered"),
                text=_json(event_told),
            )
        )
    contents += [
        Content(name="timings.json", what=say("How long the checks took"), text=_json(timer.took_ms)),
        Content(
            name="log.jsonl",
            what=say("What the program logged, without names of files or of people"),
            text="".join(_log_lines(paths.logs_folder())),
        ),
        *_crash_reports(paths.logs_folder()),
    ]
    return tuple(contents)


def write_diagnostics(contents: Sequence[Content], to: Path, *, at_ms: Instant) -> Path:
    """Write the archive whole or not at all, over one that was there under this name. Raises Refused."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        moment = max(to_datetime(at_ms).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        for content in contents:
            archive.writestr(zipfile.ZipInfo(content.name, date_time=moment), content.text.encode())
    fresh = to.with_name(f".{to.name}-{os.getpid()}")
    try:
        with open(fresh, "wb", opener=own_opener) as file:
            file.write(raw.getvalue())
        fresh.replace(to)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        words = say("The diagnostics cannot be written there: {reason}", reason=error.strerror or type(error).__name__)
        raise Refused([Problem("UNWRITABLE", words, place=str(to), next_step=say("Choose another place"))]) from None
    return to


def file_name(at_ms: Instant) -> str:
    """The name proposed for an archive; it names no event and nobody."""
    return f"arctos-desk-diagnostics-{to_datetime(at_ms):%Y%m%d-%H%M}.zip"


class _Timer:
    def __init__(self) -> None:
        self.took_ms: dict[str, float] = {}

    def __call__(self, what: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            self.took_ms[what] = round((time.perf_counter() - began) * 1000, 1)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=True) + "\n"


# the program and its choices -----------------------------------------------------------------------------------------


def _program(surroundings: Surroundings, screens: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "build": surroundings.build,
        "at": f"{to_datetime(surroundings.clock()):%Y-%m-%dT%H:%M:%SZ}",
        "python": f"{platform.python_version()} {platform.python_implementation()}",
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": os.cpu_count(),
        "sqlite": sqlite3.sqlite_version,
        "sqlite_has_wal_reset_bug": connections.wal_reset_affected(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "toolkit": dict(screens),
        "text_encoding": sys.getfilesystemencoding(),
        "locale": (locale.getlocale()[0] or "")[:20],
        "zone_of_laptop": laptop_zone(),
        "language": surroundings.messages.language,
    }


def _version(library: str) -> str:
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(library)
    return ""


def toolkit() -> dict[str, Any]:
    """What Qt says of itself and of the screens; asked on the main thread, where a window is."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        return {"qt": qVersion()}
    return {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "screens": [
            f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
            for screen in QGuiApplication.screens()
        ],
    }


def _settings(surroundings: Surroundings) -> dict[str, Any]:
    settings = surroundings.settings.settings
    second = Path(settings.backup_folder) if settings.backup_folder else None
    return {
        "language": settings.language if settings.language in ("", "en", "de", "es") else LEFT_OUT,
        "theme": settings.theme,
        "text_percent": settings.text_percent,
        "sound": settings.sound,
        "recent_events": len(settings.recent),
        "last_event_is_there": bool(settings.last_event) and Path(settings.last_event).exists(),
        "remembered": len(settings.remembered),
        "from_a_newer_program": len(settings.rest),
        "data_folder": _without_home(paths.data_folder()),
        "settings_folder": _without_home(paths.settings_folder()),
        "logs_folder": _without_home(paths.logs_folder()),
        "home_of_its_own": paths.home() is not None,
        "second_backup_folder": None
        if second is None
        else {"is_there": second.is_dir(), "in_home": _in_home(second), "free_bytes": _free(second)},
        "free_bytes": _free(paths.data_folder()),
        "key_in_a_file": (paths.data_folder() / secrets.SEED_FILE).exists(),
    }


def _without_home(folder: Path) -> str:
    """A folder of the program below the home as ~; one elsewhere is not told, for its path may name somebody."""
    with suppress(ValueError, RuntimeError):
        below = folder.relative_to(Path.home())
        # Below the home the system gives the names, unless somebody set the folders otherwise.
        if paths.home() is None:
            return "~/" + below.as_posix()
    return LEFT_OUT


def _in_home(folder: Path) -> bool:
    with suppress(RuntimeError):
        return folder.is_relative_to(Path.home())
    return False


def _free(folder: Path) -> int | None:
    import shutil

    for place in (folder, *folder.parents):
        with suppress(OSError):
            return shutil.disk_usage(place).free
    return None


# the event file ------------------------------------------------------------------------------------------------------


def _event(path: Path, surroundings: Surroundings, timer: _Timer) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sizes": {
            "file": _size(path),
            "wal": _size(path.with_name(path.name + "-wal")),
            "journal_files": [_size(file) for file in journal.files(paths.journal_folder(path))],
        },
        "why_not_here": [reason.code for reason in location.why_not_here(path.absolute().parent)],
        "set_aside": sum(1 for _ in path.parent.glob(f"{path.stem}*.bad-*")),
        "backups": [
            {"at": f"{to_datetime(one.at_ms):%Y-%m-%dT%H:%M:%SZ}", "bytes": _size(one.path)}
            for one in backups.kept(paths.backups_folder(path), path.stem)
        ],
    }
    try:
        found = timer("look_at_file", lambda: checks.inspect(path))
        told |= {
            "condition": found.condition.value,
            "reason": _reason(found.reason),
            "revision": found.revision if found.revision.isdecimal() else LEFT_OUT,
            "entries": found.operations,
        }
        if found.condition is checks.Condition.SOUND:
            told |= _sound_event(path, surroundings, timer)
    except sqlite3.Error as error:
        told["condition"] = f"unreadable: {getattr(error, 'sqlite_errorname', type(error).__name__)}"
    return told


def _sound_event(path: Path, surroundings: Surroundings, timer: _Timer) -> dict[str, Any]:
    with closing(connections.plain_reader(path)) as connection:
        verified = timer("check_every_entry", lambda: checks.verify(connection, every_signature=True))
        kinds = dict(connection.execute("SELECT kind, count(*) FROM op GROUP BY kind").fetchall())
        rows = timer("read_every_entry", lambda: connection.execute("SELECT raw FROM op").fetchall())
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in ("op_fork", "op_quarantine", "person_change", "person_record", "peer_frontier", "outbox")
        }
    told: dict[str, Any] = {
        "streams": verified.streams,
        "flaws": [{"code": _code(flaw.code), "entry": flaw.number} for flaw in verified.flaws[:50]],
        "flaw_count": len(verified.flaws),
        "kinds_of_entries": {kind if _DOTTED.fullmatch(kind) else LEFT_OUT: count for kind, count in kinds.items()},
        "rows": counts,
    }
    try:
        operations = [operation_of(raw) for (raw,) in rows]
        folded = timer("fold", lambda: fold_all(operations))
        now_ms = surroundings.clock()
        state = timer("solve", lambda: from_folded(operations[0].tournament, folded, {}, now_ms=now_ms))
    except (BadOperation, IndexError) as error:
        return told | {"folds": type(error).__name__}
    event = state.event
    return told | {
        "records": {
            name: len(getattr(event, name))
            for name in (
                "teams",
                "fields",
                "tags",
                "variables",
                "groups",
                "matches",
                "points",
                "people",
                "players",
                "modes",
                "penalty_types",
            )
        },
        "in_cycle": len(state.solution.in_cycle),
    }


def _reason(reason: str) -> str:
    """What a check said of a damaged file; SQLite's own words may hold a value of the row."""
    if not reason:
        return ""
    code = reason.split(" ", 1)[0]
    return code if _CHAIN_CODE.fullmatch(code) else LEFT_OUT


def _code(code: str) -> str:
    return code if _CHAIN_CODE.fullmatch(code) else LEFT_OUT


def _size(path: Path) -> int | None:
    with suppress(OSError):
        return path.stat().st_size
    return None


# logs and crash reports ----------------------------------------------------------------------------------------------


def _log_lines(folder: Path) -> Iterator[str]:
    """The newest lines, each brought down to when, how bad, from where, and our own sentence without what filled it."""
    for line in logs.last_lines(folder, LINES_MOST):
        yield json.dumps(_log_line(line), ensure_ascii=True) + "\n"


def _log_line(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return {"said": LEFT_OUT}
    at, level, logger = (told.get(name) for name in ("timestamp", "level", "logger"))
    kept = {
        "at": at if isinstance(at, str) and _MOMENT.fullmatch(at) else LEFT_OUT,
        "level": level if level in ("debug", "info", "warning", "error", "critical") else LEFT_OUT,
        "from": logger if isinstance(logger, str) and _is_known_logger(logger) else LEFT_OUT,
        "said": _said(told),
    }
    failed = told.get("failed")
    if isinstance(failed, str) and _is_known_kind(failed):
        kept["failed"] = failed
    return kept


def _is_known_logger(name: str) -> bool:
    return name.partition(".")[0] in {"arctos_desk", "qt", "py", "sqlalchemy", "alembic", "keyring", "filelock"} and (
        _DOTTED.fullmatch(name) is not None
    )


def _is_known_kind(name: str) -> bool:
    """Whether this is a kind of failure that the program or Python knows: a name and no sentence."""
    import builtins

    known = getattr(builtins, name, None)
    return name in {"Refused", "Outage", "HeldElsewhere"} or (
        isinstance(known, type) and issubclass(known, BaseException)
    )


def _said(told: Mapping[str, Any]) -> str:
    template, said = told.get("template"), told.get("event")
    logger = told.get("logger")
    if isinstance(template, str) and isinstance(logger, str) and logger.startswith("arctos_desk."):
        return template
    if logger == "qt" and isinstance(said, str):
        # Only which part of the toolkit spoke.
        place = _QT_PLACE.match(said)
        return place[1] if place else LEFT_OUT
    return LEFT_OUT


_HEADINGS: Final = (
    re.compile(r"Arctos Desk crash report"),
    re.compile(r"build     \d[\w.+-]{0,30}"),
    re.compile(r"time      \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"),
    re.compile(r"python    \d[\w.+]{0,20} (CPython|PyPy)"),
    re.compile(r"system    (Linux|Windows|Darwin) [\w.-]{1,60} \w{1,20}"),
    re.compile(r"toolkit   (none|PySide6 \d[\w.]{0,20})"),
    re.compile(r"thread    (main|lane|write_lane|beside|handover)"),
)
_KIND: Final = re.compile(r"(what rose|caused by|while answering): ((?:[A-Za-z_][\w]*\.)*([A-Za-z_]\w*))(?: \(.*\))?")
_FRAME: Final = re.compile(r"  ([\w./-]{1,200}\.py):\d+ in [\w.<>]{1,200}")


def _crash_reports(folder: Path) -> Iterable[Content]:
    """The newest reports of crashes, of each line only what the program itself wrote there."""
    for number, path in enumerate(sorted(folder.glob("crash-*.txt"))[-REPORTS_MOST:], start=1):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        yield Content(
            name=f"crash-{number}.txt",
            what=say("Where in the program something went wrong"),
            text="\n".join(_report_line(line) for line in text.splitlines()) + "\n",
        )


def _report_line(line: str) -> str:
    """The line, when it is one that a report is made of: a heading, a kind of failure, a place in the program."""
    if not line or any(heading.fullmatch(line) for heading in _HEADINGS):
        return line
    kind = _KIND.fullmatch(line)
    if kind is not None and (_is_known_kind(kind[3]) or kind[2].startswith(("arctos_desk.", "sqlite3.", "PySide6."))):
        return f"{kind[1]}: {kind[2]}"
    frame = _FRAME.fullmatch(line)
    if frame is not None and _is_place(frame[1]):
        return line
    return LEFT_OUT


def _is_place(file: str) -> bool:
    """Whether this is a file of ours, of Python or of a library in use; a name that somebody typed is none."""
    top = file.partition("/")[0].removesuffix(".py")
    return top == "arctos_desk" or top in sys.stdlib_module_names or top in sys.modules
