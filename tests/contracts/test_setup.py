"""The set-up on machines that lack something: tried on its functions, with the machine's answers made up."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the set-up script is one for a Unix shell")


@pytest.fixture
def prepare() -> ModuleType:
    # Loaded afresh for each test, by its place: its folder is no package.
    spec = importlib.util.spec_from_file_location("packaging_prepare", ROOT / "packaging" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs that is the whole path: a shell's bare needs, and what a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "dirname", "head"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def set_up(machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "packaging" / "setup.sh")
    environment = {"PATH": str(machine), **environment}
    return subprocess.run(["/bin/sh", script], env=environment, capture_output=True, text=True, check=False)


def test_a_python_that_is_too_old_is_named_with_what_to_do(machine: Path) -> None:
    program(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    found = set_up(machine)
    assert found.returncode == 1
    assert "needs Python 3.11 or newer; this machine has Python 3.9.2." in found.stderr
    assert "make PYTHON=" in found.stderr


def test_a_machine_without_python_is_told_so(machine: Path) -> None:
    found = set_up(machine)
    assert found.returncode == 1
    assert "this machine has no Python on its path" in found.stderr


def test_a_newer_python_beside_an_old_one_is_found(machine: Path) -> None:
    program(machine, "python3", "exit 1")
    program(machine, "python3.12", 'case "$1" in -c) exit 0;; *) echo "prepared by 3.12 with $1";; esac')
    found = set_up(machine)
    assert found.returncode == 0
    assert found.stdout.startswith("prepared by 3.12 with ")
    assert found.stdout.strip().endswith("packaging/prepare.py")


def test_the_python_somebody_names_is_the_one_they_get_or_hear_of(machine: Path) -> None:
    program(machine, "python3", 'case "$1" in --version) echo "Python 3.11.2";; *) exit 0;; esac')
    program(machine, "old", "exit 1")
    found = set_up(machine, PYTHON="old")
    assert found.returncode == 1
    assert "needs Python 3.11 or newer; PYTHON=old is none." in found.stderr


def test_missing_libraries_of_qt_are_read_from_the_loader(
    prepare: ModuleType, machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    plugin.parent.mkdir(parents=True)
    plugin.touch()
    program(machine, "ldd", 'echo "	libxcb-icccm.so.4 => not found"; echo "	libc.so.6 => /lib/libc.so.6 (0x0)"')
    monkeypatch.setenv("PATH", str(machine))
    assert prepare.missing_objects(tmp_path / "PySide6") == {"libxcb-icccm.so.4"}
    assert prepare.DEBIAN_PACKAGE_OF["libxcb-icccm.so.4"] == "libxcb-icccm4"


def test_without_rights_the_one_command_is_printed(
    prepare: ModuleType, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(machine, "apt-get", "echo called >&2; exit 0")
    program(machine, "sudo", "exit 1")
    monkeypatch.setenv("PATH", str(machine))
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000)
    assert prepare.install_debian(["libegl1", "libgl1"], purpose="Qt needs libraries.") is False
    said = capsys.readouterr().err
    wanted = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1'"
    assert said.count(wanted) == 1
    assert "called" not in said


def test_with_a_sudo_that_asks_nothing_they_are_installed(
    prepare: ModuleType, machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = tmp_path / "calls"
    program(machine, "apt-get", "exit 0")
    program(machine, "sudo", f'echo "asked: $*" >> {calls}; exit 0')
    monkeypatch.setenv("PATH", str(machine))
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000)
    assert prepare.install_debian(["libegl1"], purpose="Qt needs libraries.") is True
    lines = calls.read_text().splitlines()
    assert "asked: -n apt-get update -q" in lines
    assert lines[-1].startswith("asked: -n env")
    assert "apt-get install" in lines[-1]
    assert lines[-1].endswith("libegl1")


def test_a_machine_that_is_no_debian_is_told_the_names(
    prepare: ModuleType, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(machine))
    assert prepare.install_debian(["libegl1"], purpose="Qt needs libraries.") is False
    assert "install their counterparts" in capsys.readouterr().err


def test_a_failed_installation_does_not_stop_the_set_up(
    prepare: ModuleType, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(machine, "apt-get", "exit 100")
    program(machine, "env", "exit 100")
    monkeypatch.setenv("PATH", str(machine))
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 0)
    assert prepare.install_debian(["libegl1"], purpose="Qt needs libraries.") is False
    assert "That failed" in capsys.readouterr().err


def test_an_environment_that_moved_with_its_folder_is_made_again(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    (venv / ".place").write_text("where it was before")
    made: list[tuple[object, ...]] = []

    def run(*command: object) -> None:
        made.append(command)
        venv.mkdir()

    monkeypatch.setattr(prepare, "run", run)
    python = prepare.create_environment(venv)
    assert python == venv / "bin" / "python"
    assert [command[1:3] for command in made] == [("-m", "venv")]
    assert (venv / ".place").read_text() == str(venv)


def test_a_python_without_its_venv_module_is_helped_or_told(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare.importlib.util, "find_spec", lambda name: None)
    asked: list[list[str]] = []

    def install(packages: list[str], *, purpose: str) -> bool:
        asked.append(packages)
        return False

    monkeypatch.setattr(prepare, "install_debian", install)
    with pytest.raises(SystemExit):
        prepare.create_environment(tmp_path / ".venv")
    assert asked
    assert asked[0][0].endswith("-venv")
    assert "call make again" in capsys.readouterr().err


def test_nothing_is_installed_twice(prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("lark==1.3.1\n")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    runs: list[tuple[object, ...]] = []
    monkeypatch.setattr(prepare, "run", lambda *command: runs.append(command))
    for _ in range(2):
        prepare.install_locked(tmp_path / "python", tmp_path, lock)
    assert len(runs) == 1
    assert "--require-hashes" in runs[0]
    lock.write_text("lark==1.3.2\n")
    prepare.install_locked(tmp_path / "python", tmp_path, lock)
    assert len(runs) == 2


def test_an_installation_that_broke_off_is_done_again(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("lark==1.3.1\n")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)

    def breaks_off(*command: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(prepare, "run", breaks_off)
    with pytest.raises(SystemExit):
        prepare.install_locked(tmp_path / "python", tmp_path, lock)
    assert not (tmp_path / ".packages").exists()


def test_the_builder_asks_for_what_reads_libraries_and_for_python_as_one(
    prepare: ModuleType, machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(prepare, "install_locked", lambda *_, **__: None)

    def install(packages: list[str], *, purpose: str) -> bool:
        asked.append(packages)
        return True

    monkeypatch.setattr(prepare, "install_debian", install)
    monkeypatch.setattr(prepare.sys, "platform", "linux")
    debians = {"LIBDIR": "/usr/lib/nowhere", "INSTSONAME": "libpython3.11.so.1.0"}
    monkeypatch.setattr(prepare.sysconfig, "get_config_var", debians.get)
    monkeypatch.setenv("PATH", str(machine))
    prepare.prepare_builder(tmp_path / "python", tmp_path)
    for tool in ("objdump", "strip"):
        program(machine, tool, "exit 0")
    prepare.prepare_builder(tmp_path / "python", tmp_path)
    monkeypatch.setattr(prepare.sysconfig, "get_config_var", {"LIBDIR": "/opt/python/lib"}.get)
    prepare.prepare_builder(tmp_path / "python", tmp_path)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert asked == [["binutils", f"libpython{version}"], [f"libpython{version}"]]
