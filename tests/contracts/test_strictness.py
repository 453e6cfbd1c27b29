"""What fails a test beyond its assertions: tried on small test files, each in a pytest of its own."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
needs_qt = pytest.mark.skipif(importlib.util.find_spec("pytestqt") is None, reason="this interpreter has no Qt")

Outcome = subprocess.CompletedProcess[str]


@pytest.fixture
def outcome_of(tmp_path: Path) -> Callable[[str], Outcome]:
    def outcome(source: str) -> Outcome:
        (tmp_path / "test_small.py").write_text(textwrap.dedent(source))
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
        # What an assertion compared is not looked at here; plain ones spare pytest compiling every plugin anew.
        command += ["--assert=plain"]
        command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path / "test_small.py")]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return outcome


def test_a_quiet_test_passes(outcome_of: Callable[[str], Outcome]) -> None:
    assert outcome_of("def test_quiet(): assert True").returncode == 0


def test_a_log_line_nobody_expected_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import logging
        def test_loud(): logging.getLogger("arctos_desk.storage").error("the disk is full")
        """
    )
    assert found.returncode == 1
    assert "the disk is full" in found.stdout


def test_a_structured_log_line_nobody_expected_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import structlog
        def test_loud(): structlog.get_logger().warning("the disk is full", left=3)
        """
    )
    assert found.returncode == 1
    assert "the disk is full" in found.stdout


def test_a_log_line_that_is_claimed_passes(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import logging
        def test_claimed(expected_log):
            expected_log("disk is full", level=logging.ERROR)
            logging.getLogger("x").error("the disk is full")
        """
    )
    assert found.returncode == 0, found.stdout


def test_a_claim_that_no_line_answers_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of('def test_silent(expected_log): expected_log("disk is full")')
    assert found.returncode == 1
    assert "never came" in found.stdout


def test_a_line_is_still_seen_when_the_test_sets_up_logging_itself(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import logging
        def test_sets_up(): logging.basicConfig(level=logging.CRITICAL)
        def test_loud(): logging.getLogger("x").warning("the disk is full")
        """
    )
    assert found.returncode == 1
    assert "the disk is full" in found.stdout


def test_a_warning_fails(outcome_of: Callable[[str], Outcome]) -> None:
    assert outcome_of("import warnings\ndef test_warns(): warnings.warn('old', DeprecationWarning)").returncode == 1


def test_a_thread_that_goes_on_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import threading
        going = threading.Event()
        def test_leaks(): threading.Thread(target=going.wait, args=(20,), name="write lane", daemon=True).start()
        """
    )
    assert found.returncode == 1
    assert "write lane" in found.stdout


def test_a_thread_that_ends_by_itself_passes(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        import threading
        def test_ends(): threading.Thread(target=threading.Event().wait, args=(0.2,)).start()
        """
    )
    assert found.returncode == 0, found.stdout


@needs_qt
def test_a_widget_left_open_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        from PySide6.QtWidgets import QLabel
        kept = []
        def test_leaks(qapp):
            label = QLabel("left open")
            label.setObjectName("forgotten")
            kept.append(label)
        """
    )
    assert found.returncode == 1
    assert "forgotten" in found.stdout


@needs_qt
def test_a_timer_left_running_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        from PySide6.QtCore import QTimer
        kept = []
        def test_leaks(qapp):
            timer = QTimer()
            timer.setObjectName("beat")
            timer.start(1500)
            kept.append(timer)
        """
    )
    assert found.returncode == 1
    assert "timer 'beat'" in found.stdout


@needs_qt
def test_a_widget_given_to_the_bot_passes(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of(
        """
        from PySide6.QtWidgets import QLabel
        def test_tidy(qtbot):
            label = QLabel("tidy")
            qtbot.addWidget(label)
            label.show()
        """
    )
    assert found.returncode == 0, found.stdout


@needs_qt
def test_what_qt_warns_of_fails(outcome_of: Callable[[str], Outcome]) -> None:
    found = outcome_of("from PySide6.QtCore import qWarning\ndef test_warns(qapp): qWarning('no such property')")
    assert found.returncode == 1
    assert "no such property" in found.stdout


def test_counts_of_examples_follow_the_profile() -> None:
    """A count that stands alone would be the same in the repetition and in `make fuzz`: `tries(60)`, not `60`."""
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"max_examples=\d", line)
    ]
    assert not bare, f"say tries(...) of tests/trying.py here: {bare}"


def test_home_is_the_tests_own(home: Path) -> None:
    import os

    assert Path.home() == home
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert Path(os.environ[name]).is_relative_to(home)


def test_machine_of_a_test_has_no_keyring_unless_it_asks() -> None:
    import keyring
    import keyring.errors

    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.set_password("arctos-desk", "device", "secret")


def test_keyring_in_memory_keeps_what_it_is_given(keyring_in_memory: dict[tuple[str, str], str]) -> None:
    import keyring

    keyring.set_password("arctos-desk", "device", "secret")
    assert keyring.get_password("arctos-desk", "device") == "secret"
    assert keyring_in_memory == {("arctos-desk", "device"): "secret"}
