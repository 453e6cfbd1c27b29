"""The pictures can be taken with one command; whether they are good, people judge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

CHECKOUT = Path(__file__).resolve().parents[2]
SCENES = ("board", "today-running", "import-error")


def test_one_command_takes_the_pictures_and_puts_them_on_a_page(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    out = tmp_path / "pictures"
    command = [sys.executable, "-m", "tests.screenshots", "--out", str(out), "--theme", "dark", *SCENES]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=dict(os.environ), capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the toolkit says" not in done.stdout, done.stdout
    names = {f"{scene}-dark-{width}x{height}.png" for scene in SCENES for width, height in ((1280, 720), (1920, 1080))}
    assert {path.name for path in out.iterdir()} == {*names, "index.html"}
    page = (out / "index.html").read_text(encoding="utf-8")
    for name in names:
        picture = QImage(str(out / name))
        wanted = name.removesuffix(".png").rsplit("-", 1)[1]
        assert f"{picture.width()}x{picture.height()}" == wanted
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 8, f"{name} shows nothing"
        assert name in page
