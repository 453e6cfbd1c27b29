"""Pictures of every kind become logos: thin ones, drawings, and none that reaches for other files."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from arctos_desk.tournament.reasons import Refused
from arctos_desk.ui.panes.teams.logo import image_of, logo_from_file

MOST = 40_000


def shown(path: Path) -> QImage:
    return QImage.fromData(base64.b64decode(logo_from_file(str(path), MOST)), "PNG")


@pytest.mark.parametrize(("wide", "high"), [(1, 3000), (3000, 1), (1, 300), (1, 1)])
def test_a_thin_picture_stays_a_picture(dressed: QApplication, tmp_path: Path, wide: int, high: int) -> None:
    path = tmp_path / "Übergröße.png"
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0xC62828)
    image.save(str(path))
    logo = shown(path)
    assert (logo.width(), logo.height()) == (min(wide, 256), min(high, 256))


def test_a_small_drawing_is_drawn_large(dressed: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "Wappen.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><rect width="24" height="12"/></svg>')
    assert (shown(path).width(), shown(path).height()) == (256, 128)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("link", ['href="{other}"', "xlink:href = 'file://{other}'", 'href="&#102;ile://{other}"'])
def test_a_drawing_takes_nothing_from_other_files(
    dressed: QApplication, tmp_path: Path, link: str, packed: bool
) -> None:
    other = tmp_path / "private.png"
    QImage(9, 9, QImage.Format.Format_RGB32).save(str(other))
    path = tmp_path / "Wappen.svg"
    inside = f'<image width="9" height="9" {link.format(other=other)}/>'
    root = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24"'
    text = f"<svg {root}>{inside}</svg>".encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    with pytest.raises(Refused) as refused:
        logo_from_file(str(path), MOST)
    assert refused.value.codes in (("PICTURE_LINKS",), ("NO_PICTURE",))
    if not packed:
        assert refused.value.codes == ("PICTURE_LINKS",)


def test_a_drawing_may_use_its_own_parts(dressed: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "Wappen.svg"
    root = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24"'
    path.write_text(f'<svg {root}><rect id="a" width="9" height="9"/><use xlink:href="#a" x="9"/></svg>')
    assert shown(path).width() == 256


@pytest.mark.parametrize("kept", ["", "A", "no picture at all", base64.b64encode(b"<svg/>").decode()])
def test_what_is_no_logo_is_none_on_the_screen(dressed: QApplication, kept: str) -> None:
    assert image_of(kept).isNull()
