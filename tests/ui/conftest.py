"""What tests of the window share: the theme with its fonts, and work that runs where it is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from arctos_desk.ui import theme
from arctos_desk.ui.background import InlineLane

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> tuple[str, ...]:
    return theme.load_fonts(FONTS)


@pytest.fixture
def dressed(qapp: QApplication, _fonts: tuple[str, ...]) -> QApplication:
    """The application in the light theme, with the fonts that ship."""
    if theme.tokens().name != "light" or qapp.property("arctos_theme") is None:
        theme.apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def lane() -> InlineLane:
    """The write lane of tests: everything at once, where it is called."""
    return InlineLane()
