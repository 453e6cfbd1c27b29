"""The built program as somebody gets it: in a folder of theirs, with a home of their own and no Python to be found."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.app.conftest import Ran

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120
WANTED = "ARCTOS_BUNDLE"
"""`required` by `make test-bundle`: a program that is not built fails; elsewhere it is only not tried. `as-it-is` tries
the one that is there, built from what is here now or not.
"""


def from_packaging(name: str) -> ModuleType:
    """A module of the folder `packaging`, which is no package."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Built:
    """The program in its folder, and the home it is started with."""

    program: Path
    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str | Path) -> Ran:
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def window(self, display: str) -> Iterator[subprocess.Popen[str]]:
        """The desk with its window on a display, from the moment it says that it is open."""
        environment = {**self.environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(
            [self.program], cwd=self.home, env=environment, stderr=subprocess.PIPE, encoding="utf-8"
        ) as desk:
            assert desk.stderr is not None
            try:
                said = desk.stderr.readline()
                assert "The desk is open" in said, said + desk.stderr.read()
                yield desk
            finally:
                if desk.poll() is None:
                    desk.kill()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built folder in another place, whose name is not a plain one."""
    bundle = from_packaging("bundle")
    wanted = os.environ.get(WANTED)
    if not (bundle.PROGRAM.is_file() if wanted == "as-it-is" else bundle.fresh()):
        if wanted and (bundle.PROGRAM.is_file() or not bundle.why_not()):
            pytest.fail("The program is not built from what is here now: make bundle", pytrace=False)
        pytest.skip("the program is not built; make test-bundle builds and tries it")
    place = tmp_path_factory.mktemp("unpacked") / "Für alle, ñ & co" / "arctos-desk"

    def link(source: str, target: str) -> None:
        # No second copy of so many megabytes, where the disk allows it.
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    shutil.copytree(bundle.BUILT, place, copy_function=link, symlinks=True)
    return place


@pytest.fixture
def built(unpacked: Path, tmp_path: Path) -> Built:
    nothing = tmp_path / "empty"
    nothing.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    return Built(unpacked / "arctos-desk", home, {"PATH": str(nothing), "HOME": str(home)})


@dataclass(frozen=True, slots=True)
class Display:
    """A display without a screen, and the file in which its pixels lie."""

    name: str
    pixels: Path

    def colours(self) -> int:
        """How many colours are to be seen, looked for in every seventh pixel (format: X window dump, 32 bits)."""
        raw = self.pixels.read_bytes()
        fields = [int.from_bytes(raw[4 * n : 4 * n + 4], "big") for n in range(25)]
        begins = fields[0] + fields[19] * 12
        return len({raw[at : at + 4] for at in range(begins, begins + fields[12] * fields[5], 28)})


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    """A virtual display of its own. `.ci/run` installs it; where there is none the window is not tried."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed")
    folder = tmp_path_factory.mktemp("display")
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-fbdir", folder]
    with subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as told:
                number = told.readline().strip()
            assert number, "the display did not start"
            yield Display(f":{number}", folder / "Xvfb_screen0")
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
