"""What every test may rely on and must leave behind: a home of its own, no display, no keyring, nothing still running.

Works with and without Qt: the pure rings are tested on an interpreter that has never seen it.
"""

from __future__ import annotations

import gc
import importlib.util
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.trying import register_profiles

# Set at import, before anything can ask: a test that finds a person's folders has already done harm.
_HOME = Path(tempfile.mkdtemp(prefix="arctos-home-"))
_HOMES = {
    "HOME": _HOME,
    "USERPROFILE": _HOME,
    "APPDATA": _HOME / "appdata",
    "LOCALAPPDATA": _HOME / "appdata-local",
    "XDG_CACHE_HOME": _HOME / "cache",
    "XDG_CONFIG_HOME": _HOME / "config",
    "XDG_DATA_HOME": _HOME / "data",
    "XDG_STATE_HOME": _HOME / "state",
    "XDG_RUNTIME_DIR": _HOME / "runtime",
}
for _name, _path in _HOMES.items():
    _path.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[_name] = str(_path)
for _name in [name for name in os.environ if name.startswith("ARCTOS_DESK_")]:
    del os.environ[_name]
# No session bus, no keyring: the machine of a test is one where secrets go to a file that only its owner can read.
# The words hold for child processes too. A test of the other case asks for `keyring_in_memory`.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "LANGUAGE"):
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"

register_profiles()

_GRACE_S = 5.0
_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    # The settings in pyproject.toml name options of pytest-qt; without Qt they must still be known words.
    if importlib.util.find_spec("pytestqt") is None:
        for name, kind in (("qt_api", "string"), ("qt_log_level_fail", "string"), ("qt_log_ignore", "linelist")):
            parser.addini(name, "known to pytest-qt, which is not installed here", type=kind)  # type: ignore[arg-type]


def pytest_report_header() -> str:
    return f"hash salt: {os.environ.get('PYTHONHASHSEED', 'random')}, zone: {os.environ.get('TZ', 'of the machine')}"


def pytest_configure() -> None:
    _route_structlog()


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.when != "teardown" and report.failed:
        item.stash[_failed] = True
    return report  # type: ignore[return-value]


def _route_structlog() -> None:
    """Sends structured lines the way plain ones go, so that one rule watches both."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


# Log lines


@dataclass(slots=True)
class _Watch(logging.Handler):
    """Keeps the lines that say something is wrong."""

    records: list[logging.LogRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    __hash__ = object.__hash__


@dataclass(slots=True)
class ExpectedLog:
    """The lines a test claims: `expected_log("cannot be read")`. A claim that no line answers fails as well."""

    claims: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, pattern: str, *, level: int = logging.WARNING) -> None:
        self.claims.append((pattern, level))


@pytest.fixture
def expected_log() -> ExpectedLog:
    return ExpectedLog()


@pytest.fixture(autouse=True)
def _no_surprising_log(request: pytest.FixtureRequest, expected_log: ExpectedLog) -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.root.manager.disable)
    watch = _Watch()
    root.addHandler(watch)
    yield
    root.removeHandler(watch)
    # A test that sets up logging leaves it as it was: the next one is watched too.
    for handler in [handler for handler in root.handlers if handler not in before[1]]:
        root.removeHandler(handler)
    for handler in [handler for handler in before[1] if handler not in root.handlers]:
        root.addHandler(handler)
    root.setLevel(before[0])
    logging.disable(before[2])
    if structlog.is_configured():
        _route_structlog()
    if request.node.stash.get(_failed, False):
        return
    surprising = [record for record in watch.records if not _claimed(record, expected_log)]
    unanswered = [
        pattern
        for pattern, level in expected_log.claims
        if not any(record.levelno == level and re.search(pattern, record.getMessage()) for record in watch.records)
    ]
    if surprising:
        lines = "\n".join(f"  {line.levelname} {line.name}: {line.getMessage()}" for line in surprising)
        pytest.fail(f"Log lines nobody expected (claim them with expected_log):\n{lines}", pytrace=False)
    if unanswered:
        pytest.fail(f"Log lines that were expected and never came: {unanswered}", pytrace=False)


def _claimed(record: logging.LogRecord, expected: ExpectedLog) -> bool:
    return any(
        record.levelno == level and re.search(pattern, record.getMessage()) for pattern, level in expected.claims
    )


# Threads


@pytest.fixture(autouse=True)
def _no_leaked_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    before = _own_threads()
    yield
    # A thread that is about to end is waited for; one that is not is a leak.
    deadline = time.monotonic() + _GRACE_S
    for thread in _own_threads() - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    leaked = sorted(thread.name for thread in _own_threads() - before)
    if leaked and not request.node.stash.get(_failed, False):
        pytest.fail(f"Threads still running after the test: {leaked}", pytrace=False)


def _own_threads() -> set[threading.Thread]:
    """The threads that Python started: one of Qt's leaves a dummy behind when it logs, and Qt's are looked at below."""
    return {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}


# Widgets, timers and threads of Qt


@pytest.fixture(autouse=True)
def _no_leaked_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        yield
        return
    before = _windows(widgets)
    # What is there already stands aside from the collector while the test runs: only what the test made is looked
    # through afterwards, not half a million objects twice.
    gc.freeze()
    yield
    # The test's own garbage goes with the test; once thawed, it would stand among everything else.
    gc.collect()
    left = _living(widgets, before)
    if left:
        _sweep(widgets)
        left = _living(widgets, before)
    gc.unfreeze()
    if left:
        # Only what still looks leaked pays for a collection of everything.
        _sweep(widgets)
        left = {key: name for key, name in _living(widgets, before).items() if key in left}
    if left and not request.node.stash.get(_failed, False):
        pytest.fail(f"Still alive after the test: {sorted(left.values())}", pytrace=False)


def _windows(widgets: Any) -> dict[int, str]:
    """Top-level widgets by address. Empty where no application was made yet."""
    app = widgets.QApplication.instance()
    if app is None or not isinstance(app, widgets.QApplication):
        return {}
    import shiboken6

    return {
        shiboken6.getCppPointer(widget)[0]: f"widget {type(widget).__name__} {widget.objectName()!r}"
        for widget in app.topLevelWidgets()
    }


def _living(widgets: Any, before: dict[int, str]) -> dict[int, str]:
    """Top-level widgets that were not there before, and the timers and threads that run among what is not frozen."""
    app = widgets.QApplication.instance()
    if app is None or not isinstance(app, widgets.QApplication):
        return {}
    import shiboken6
    from PySide6.QtCore import QThread, QTimer

    living = {key: name for key, name in _windows(widgets).items() if key not in before}
    for thing in gc.get_objects():
        kind = type(thing)
        if not issubclass(kind, (QTimer, QThread)) or not shiboken6.isValid(thing):
            continue
        if isinstance(thing, QTimer) and thing.isActive():
            living[shiboken6.getCppPointer(thing)[0]] = f"timer {thing.objectName()!r} every {thing.interval()} ms"
        elif isinstance(thing, QThread) and thing.isRunning() and thing is not app.thread():
            living[shiboken6.getCppPointer(thing)[0]] = f"thread {kind.__name__} {thing.objectName()!r}"
    return living


def _sweep(widgets: Any) -> None:
    """Lets go what is only waiting for its turn to be deleted."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        widgets.QApplication.processEvents()


# Surroundings


@pytest.fixture
def keyring_in_memory(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A machine with a keyring that works; what it holds is returned, for a test to look into."""
    import keyring
    import keyring.backend
    import keyring.errors

    held: dict[tuple[str, str], str] = {}

    class InMemory(keyring.backend.KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return held.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            held[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if held.pop((service, username), None) is None:
                raise keyring.errors.PasswordDeleteError(username)

    before = keyring.get_keyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", before)
    keyring.set_keyring(InMemory())
    return held


@pytest.fixture
def home() -> Path:
    """The home folder of the test run; empty of anything a person owns."""
    return _HOME
