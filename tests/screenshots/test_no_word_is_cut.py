"""Every screen and dialog at 1280 by 720, in three languages: no word, heading or button is without room."""

from __future__ import annotations

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtWidgets import QApplication

from tests.screenshots.camera import screen_of
from tests.screenshots.cuts import cut_words
from tests.screenshots.scenes import SCENES, leave

SMALLEST = (1280, 720)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_no_word_is_cut(language: str, qapp: QApplication) -> None:
    found: dict[str, tuple[str, ...]] = {}
    said: list[str] = []
    for over in (False, True):
        with screen_of(over=over, language=language, told=said.append) as screen:
            screen.desk.window.resize(*SMALLEST)
            screen.settle()
            for scene in SCENES:
                if scene.over is over:
                    scene.prepare(screen)
                    screen.settle()
                    cut = cut_words(screen.desk.window)
                    if cut:
                        found[scene.name] = cut
                    leave(screen)
    assert found == {}
    assert said == []
