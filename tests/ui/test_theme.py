"""The tokens keep what the pictures promise: contrast in every theme, figures that do not wobble, one stylesheet."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from arctos_desk.ui import theme
from arctos_desk.ui.widgets.label import label, set_tone


def luminance(colour: str) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF())


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2: 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def pairs(t: theme.Tokens) -> list[tuple[str, str, str]]:
    """Every pair of words and ground that widgets paint."""
    grounds = {"window": t.window, "surface": t.surface, "raised": t.raised}
    found = [(f"{ink} on {name}", colour, ground)
             for name, ground in grounds.items() for ink, colour in (("text", t.text), ("muted", t.muted))]  # fmt: skip
    for name in theme.HUE_NAMES:
        hue = t.hue(name)
        found += [(f"{name} on {ground}", hue.colour, colour) for ground, colour in grounds.items()]
        found += [
            (f"{name} on its soft", hue.colour, hue.soft),
            (f"text on {name} soft", t.text, hue.soft),
            (f"on on {name}", t.on, hue.colour),
        ]
    return found


@pytest.mark.parametrize(("name", "least"), [("light", 4.5), ("dark", 4.5), ("sunlight", 7.0)])
def test_every_pair_of_words_and_ground_is_readable(name: theme.ThemeName, least: float) -> None:
    low = [(what, round(contrast(ink, ground), 2)) for what, ink, ground in pairs(theme.THEMES[name])]
    assert [(what, ratio) for what, ratio in low if ratio < least] == []


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_edges_of_controls_stand_out_from_their_ground(name: theme.ThemeName) -> None:
    t = theme.THEMES[name]
    assert min(contrast(t.edge, ground) for ground in (t.window, t.surface, t.raised)) >= 3


def test_sunlight_has_black_edges_of_two_pixels_and_no_grey_grounds() -> None:
    t = theme.SUNLIGHT
    assert (t.line_px, t.edge, t.border, {t.window, t.surface, t.raised}) == (2, "#000000", "#000000", {"#FFFFFF"})


def test_the_fonts_that_ship_are_used_in_every_weight(dressed: QApplication) -> None:
    found = {weight: QFontInfo(theme.font("base", weight)) for weight in (400, 500, 600, 700, 800)}
    assert {weight: (info.family(), info.weight()) for weight, info in found.items()} == {
        weight: ("Inter", weight) for weight in found
    }


@pytest.mark.parametrize("weight", [400, 600, 800])
def test_figures_are_as_wide_as_each_other(dressed: QApplication, weight: int) -> None:
    metrics = QFontMetricsF(theme.font("base", weight))
    widths = [metrics.horizontalAdvance(figure) for figure in "0123456789"]
    # Type of Inter is drawn on a grid of 2048 units: what is left is rounding, far below what an eye or a column sees.
    assert max(widths) - min(widths) < 0.05


def test_figures_stay_tabular_in_a_label_under_the_stylesheet(dressed: QApplication, qtbot: QtBot) -> None:
    ones, eights = QLabel("1111"), QLabel("8888")
    for one in (ones, eights):
        qtbot.addWidget(one)
        one.show()
    assert ones.sizeHint().width() == eights.sizeHint().width()


def test_a_folder_without_fonts_leaves_the_fallback(dressed: QApplication, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.otf").write_bytes(b"not a font")
    assert theme.load_fonts(tmp_path) == ()


def test_applying_a_theme_changes_tokens_palette_and_what_is_on_the_screen(dressed: QApplication, qtbot: QtBot) -> None:
    word = label("late", tone="warning")
    qtbot.addWidget(word)
    word.show()
    try:
        for name in theme.THEME_NAMES:
            theme.apply_theme(dressed, name)
            t = theme.THEMES[name]
            assert theme.tokens() is t
            assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(t.window)
            assert word.palette().color(QPalette.ColorRole.WindowText) == QColor(t.warning.colour)
    finally:
        theme.apply_theme(dressed, "light")


def test_a_label_changes_its_tone_in_place(dressed: QApplication, qtbot: QtBot) -> None:
    word = label("14 min late", tone="warning")
    qtbot.addWidget(word)
    word.show()
    set_tone(word, "running")
    assert word.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.LIGHT.running.colour)


def test_larger_text_is_larger_and_the_score_stays(dressed: QApplication) -> None:
    sizes = ("small", "base", "title", "headline", "score")
    before = [theme.font(size).pixelSize() for size in sizes]
    try:
        theme.apply_theme(dressed, "light", percent=150)
        assert [theme.font(size).pixelSize() for size in sizes] == [18, 21, 30, *before[3:]]
        assert theme.line_height("base") == 30
        assert dressed.font().pixelSize() == 21
        # Another theme leaves the size of text as it was chosen.
        theme.apply_theme(dressed, "dark")
        assert theme.text_percent() == 150
    finally:
        theme.apply_theme(dressed, "light", percent=100)
    assert [theme.font(size).pixelSize() for size in sizes] == before
