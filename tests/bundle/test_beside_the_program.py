"""What lies beside the built program: icons, desktop entry, the installer for one user. Builds no program."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bundle.conftest import ROOT, from_packaging

pytest.importorskip("pytestqt")

from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageReader

from arctos_desk.ui import theme

PACKAGING = ROOT / "packaging"


@pytest.fixture
def icons(tmp_path: Path, qapp: QGuiApplication) -> Path:
    from_packaging("icons").write_icons(tmp_path / "icons")
    return tmp_path / "icons"


def test_the_mark_is_drawn_in_every_size_and_for_every_system(icons: Path) -> None:
    accent = QColor(theme.THEMES["light"].accent.colour)
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        picture = QImage(str(icons / "hicolor" / f"{size}x{size}" / "apps" / "arctos-desk.png"))
        assert (picture.width(), picture.height()) == (size, size)
        assert picture.pixelColor(0, 0).alpha() < 255
        assert picture.pixelColor(size // 2, size // 12 + 1) == accent
        assert picture.pixelColor(size // 2, size // 3).lightness() > 240
    reader = QImageReader(str(icons / "arctos-desk.ico"))
    sizes = []
    while reader.canRead():
        sizes.append(reader.read().width())
        if not reader.jumpToNextImage():
            break
    assert sizes == [16, 24, 32, 48, 64, 128, 256]
    raw = (icons / "arctos-desk.icns").read_bytes()
    assert raw[:4] == b"icns"
    assert int.from_bytes(raw[4:8], "big") == len(raw)
    found, at = {}, 8
    while at < len(raw):
        length = int.from_bytes(raw[at + 4 : at + 8], "big")
        found[raw[at : at + 4]] = QImage.fromData(raw[at + 8 : at + length]).width()
        at += length
    assert found == {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def test_the_desktop_entry_speaks_three_languages_and_opens_events() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "arctos-desk.desktop", encoding="utf-8")
    keys = entry["Desktop Entry"]
    for key in ("GenericName", "Comment", "Keywords"):
        assert len({keys[key], keys[f"{key}[de]"], keys[f"{key}[es]"]}) == 3
    assert keys["Exec"].split() == ["arctos-desk", "%f"]
    assert (ROOT / "resources" / "icons" / f"{keys['Icon']}.svg").is_file()
    names = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = ElementTree.parse(PACKAGING / "arctos-desk.xml").find("m:mime-type", names)
    assert kind is not None
    assert keys["MimeType"] == kind.attrib["type"] + ";"
    globs = [one.attrib["pattern"] for one in kind.findall("m:glob", names)]
    assert globs == ["*.arctos"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the installer of Linux")
@pytest.mark.parametrize("name", ["arctos-desk", 'Für alle: 100 % "süß" & $HOME | `x` \\ y'])
def test_a_user_installs_it_from_any_folder_and_takes_it_back(tmp_path: Path, icons: Path, name: str) -> None:
    folder, home = tmp_path / name, tmp_path / "home"
    (folder / "share" / "applications").mkdir(parents=True)
    (folder / "share" / "mime" / "packages").mkdir(parents=True)
    shutil.copy(PACKAGING / "arctos-desk.desktop", folder / "share" / "applications")
    shutil.copy(PACKAGING / "arctos-desk.xml", folder / "share" / "mime" / "packages")
    shutil.copytree(icons / "hicolor", folder / "share" / "icons" / "hicolor")
    shutil.copy(PACKAGING / "install-linux.sh", folder / "install.sh")
    (folder / "arctos-desk").write_text("#!/bin/sh\necho started\n")
    (folder / "arctos-desk").chmod(0o755)
    home.mkdir()
    another = home / ".local" / "share" / "icons" / "hicolor" / "16x16" / "apps" / "another.png"
    another.parent.mkdir(parents=True)
    another.touch()
    environment = {"PATH": os.defpath, "HOME": str(home)}

    def install(*arguments: str) -> None:
        subprocess.run(["/bin/sh", folder / "install.sh", *arguments], env=environment, check=True, timeout=60)

    install()
    share = home / ".local" / "share"
    line = next(
        line
        for line in (share / "applications" / "arctos-desk.desktop").read_text(encoding="utf-8").splitlines()
        if line.startswith("Exec=")
    )
    assert words_of_entry(line.removeprefix("Exec=")) == [str(folder / "arctos-desk"), "%f"]
    assert (share / "icons" / "hicolor" / "48x48" / "apps" / "arctos-desk.png").is_file()
    said = subprocess.run([home / ".local" / "bin" / "arctos-desk"], capture_output=True, check=True, timeout=60)
    assert said.stdout == b"started\n"
    install()
    install("--remove")
    left = {path for path in home.rglob("*") if not path.is_dir() and "mime" not in path.parts}
    assert {path for path in left if path.suffix != ".cache"} == {another}


def words_of_entry(value: str) -> list[str]:
    """The words of an Exec line, as the Desktop Entry Specification reads it: first the text, then the quoted words."""
    assert not re.search(r"(?<!\\)(\\\\)*\\[^\\]", value), "an escape that no entry knows"
    text = value.replace("\\\\", "\\")
    assert text[0] == '"'
    word, at = "", 1
    while text[at] != '"':
        if text[at] == "\\":
            at += 1
            assert text[at] in '"`$\\'
        word += text[at]
        at += 1
    return [word.replace("%%", "%"), *text[at + 1 :].split()]


def test_a_module_of_ours_that_is_left_out_stops_the_build() -> None:
    left_out = from_packaging("bundle").left_out
    warnings = (
        "missing module named winreg - imported by mimetypes (optional), arctos_desk.runtime.machine (conditional)\n"
        "excluded module named pygments - imported by rich.syntax (top-level), arctos_desk.app.cli (delayed)\n"
        "missing module named 'a.b' - imported by arctos_desk.ui (delayed, optional), arctos_desk.app (top-level)\n"
        "excluded module named tkinter - imported by PIL (conditional), arctos_desk.ui.text (conditional)\n"
    )
    assert left_out(warnings) == [
        "  arctos_desk.app.cli imports pygments",
        "  arctos_desk.app imports a.b",
        "  arctos_desk.ui.text imports tkinter",
    ]


def test_a_build_is_fresh_until_something_it_is_made_of_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = from_packaging("bundle")
    (tmp_path / "arctos_desk").mkdir()
    module = tmp_path / "arctos_desk" / "beat.py"
    for path in (module, tmp_path / "LICENSE", tmp_path / "pyproject.toml", tmp_path / "program"):
        path.touch()
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setattr(bundle, "MARK", tmp_path / "mark")
    monkeypatch.setattr(bundle, "PROGRAM", tmp_path / "program")
    assert not bundle.fresh()
    bundle.MARK.write_text(bundle.mark())
    (tmp_path / "arctos_desk" / "words.po").write_text("no part of it")
    assert bundle.fresh()
    module.write_text("BEAT_MS = 1_500\n")
    assert not bundle.fresh()
