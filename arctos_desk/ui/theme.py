"""Colours, spaces, type and radii of the window, and the palette and stylesheet made from them.

Three themes: light, dark, and sunlight (7:1 text, black 2 px edges, no greys). Sets no sizes of particular widgets.
Theme and size of text belong to the application, as Qt's palette does: `apply_theme` sets them, `tokens()` and `font`
read them while painting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

ThemeName = Literal["light", "dark", "sunlight"]
THEME_NAMES: Final[tuple[ThemeName, ...]] = get_args(ThemeName)
HueName = Literal["accent", "running", "ready", "playing", "reffing", "done", "warning", "danger"]
HUE_NAMES: Final[tuple[HueName, ...]] = get_args(HueName)

# Spaces between things, in pixels at 100 %.
GAP_4: Final = 4
GAP_8: Final = 8
GAP_12: Final = 12
GAP_16: Final = 16
GAP_24: Final = 24

RADIUS_CHIP: Final = 4
RADIUS_CONTROL: Final = 6
RADIUS_CARD: Final = 8

CONTROL_PX: Final = 36
TARGET_PX: Final = 44
RAIL_PX: Final = 88
HEADER_PX: Final = 56
STATUS_PX: Final = 32
RING_PX: Final = 3
RING_GAP_PX: Final = 2

SizeName = Literal["tiny", "small", "base", "large", "title", "headline", "stones", "score"]
_SIZES: Final[Mapping[SizeName, tuple[int, int]]] = {
    "tiny": (11, 16),
    "small": (12, 16),
    "base": (14, 20),
    "large": (16, 24),
    "title": (20, 28),
    "headline": (28, 36),
    "stones": (40, 40),
    "score": (104, 104),
}
FAMILY: Final = "Inter"
FAMILIES: Final = (FAMILY, "DejaVu Sans")
TEAM_COLOURS: Final[Mapping[str, str]] = {
    "black": "1a1a1a", "grey": "7a828a", "white": "ffffff", "brown": "6d4c33", "red": "c62828", "orange": "ef6c00",
    "yellow": "fdd835", "olive": "7c7a1e", "lime": "8bc34a", "green": "1b7a3d", "teal": "00897b", "cyan": "26b6da",
    "blue": "1e5fc4", "navy": "1a2f6b", "violet": "6a2fb0", "pink": "e255a1",
}  # fmt: skip
"""Colours of shirts to choose from; a fact of the event, so the same in every theme."""
CODE_FAMILIES: Final = ("DejaVu Sans Mono", "Consolas", "Menlo", "monospace")

_FIXED: Final = frozenset({"headline", "stones", "score"})
"""Sizes that a larger text leaves as they are: they are read from the other side of the table already."""

_THEME_PROPERTY: Final = "arctos_theme"
_TEXT_PROPERTY: Final = "arctos_text_percent"


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour with a meaning: `colour` for words, edges and fills, `soft` for the ground they stand on."""

    colour: str
    soft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour of one theme; `line_px` is the width of edges."""

    name: ThemeName
    line_px: int
    window: str
    surface: str
    raised: str
    border: str
    edge: str
    text: str
    muted: str
    on: str
    accent: Hue
    running: Hue
    ready: Hue
    playing: Hue
    reffing: Hue
    done: Hue
    warning: Hue
    danger: Hue

    def hue(self, name: HueName) -> Hue:
        found: Hue = getattr(self, name)
        return found


LIGHT: Final = Tokens(
    name="light",
    line_px=1,
    window="#ECEFF1",
    surface="#FFFFFF",
    raised="#F5F7F8",
    border="#C9D0D6",
    edge="#76828D",
    text="#12181E",
    muted="#4D5863",
    on="#FFFFFF",
    accent=Hue("#1254A3", "#E1ECF8"),
    running=Hue("#0C6B36", "#DDF1E4"),
    ready=Hue("#00627A", "#DBF0F4"),
    playing=Hue("#5F2DA8", "#ECE4F8"),
    reffing=Hue("#95216A", "#F9E3F0"),
    done=Hue("#56616C", "#E6E9EC"),
    warning=Hue("#7F4A00", "#FDEBC8"),
    danger=Hue("#A8141C", "#FBE1E1"),
)
DARK: Final = Tokens(
    name="dark",
    line_px=1,
    window="#0E1216",
    surface="#161C22",
    raised="#1F272F",
    border="#36424D",
    edge="#7A8895",
    text="#EFF3F6",
    muted="#AEB9C3",
    on="#06131F",
    accent=Hue("#78B8FF", "#15304D"),
    running=Hue("#5FD68F", "#12351F"),
    ready=Hue("#5CCFE2", "#0F343D"),
    playing=Hue("#C3A2FF", "#2D2150"),
    reffing=Hue("#FF94CF", "#451B35"),
    done=Hue("#A9B4BE", "#28313A"),
    warning=Hue("#FFC05C", "#402C08"),
    danger=Hue("#FF9A98", "#4A191B"),
)
SUNLIGHT: Final = Tokens(
    name="sunlight",
    line_px=2,
    window="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    border="#000000",
    edge="#000000",
    text="#000000",
    muted="#262626",
    on="#FFFFFF",
    accent=Hue("#00307A", "#E4ECF8"),
    running=Hue("#00451C", "#DDF2E4"),
    ready=Hue("#00414F", "#D9F0F4"),
    playing=Hue("#3D0F80", "#ECE4F8"),
    reffing=Hue("#630040", "#F9E3F0"),
    done=Hue("#2E2E2E", "#EBEBEB"),
    warning=Hue("#4F2B00", "#FFEBC2"),
    danger=Hue("#7A0006", "#FBE1E1"),
)
THEMES: Final[Mapping[ThemeName, Tokens]] = {"light": LIGHT, "dark": DARK, "sunlight": SUNLIGHT}


def tokens() -> Tokens:
    """The theme in use; light before any was applied."""
    app = QApplication.instance()
    name: Any = app.property(_THEME_PROPERTY) if app is not None else None
    return THEMES.get(name, LIGHT)


def text_percent() -> int:
    """How large text is, 100 before anything was chosen."""
    app = QApplication.instance()
    percent: Any = app.property(_TEXT_PROPERTY) if app is not None else None
    return percent if isinstance(percent, int) else 100


def _scaled(size: SizeName, px: int) -> int:
    return px if size in _FIXED else round(px * text_percent() / 100)


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Make the fonts of a folder known to Qt and give their families; a file that cannot be read is left out."""
    families: set[str] = set()
    for file in sorted(folder.glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number != -1:
            families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


@cache
def _font(size: SizeName, px: int, weight: int, families: tuple[str, ...]) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if families is FAMILIES:
        # Tabular figures everywhere: a number that changes must not make its neighbours wobble.
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setFeature(QFont.Tag("cv05"), 1)
    if size == "score":
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -2)
    return font


def font(size: SizeName = "base", weight: int = 400) -> QFont:
    """A font of the type scale; weights in use are 400, 500, 600, 700, 800."""
    return QFont(_font(size, _scaled(size, _SIZES[size][0]), weight, FAMILIES))


def code_font(size: SizeName = "small") -> QFont:
    """The font of expressions."""
    return QFont(_font(size, _scaled(size, _SIZES[size][0]), 400, CODE_FAMILIES))


def line_height(size: SizeName) -> int:
    """The height of one line of that size, in pixels."""
    return _scaled(size, _SIZES[size][1])


def apply_theme(app: QApplication, name: ThemeName, *, percent: int | None = None) -> None:
    """Dress the whole application; widgets on the screen repaint by themselves.

    With `percent` text is that large from now on. Words that are on the screen keep their size: they are built anew.
    """
    chosen = THEMES[name]
    app.setProperty(_THEME_PROPERTY, name)
    if percent is not None:
        app.setProperty(_TEXT_PROPERTY, percent)
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(palette(chosen))
    app.setStyleSheet(stylesheet(chosen))


def palette(t: Tokens) -> QPalette:
    """Qt's palette in this theme, for all that the stylesheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.raised),
        (role.Text, t.text),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.BrightText, t.on),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text),
        (role.PlaceholderText, t.muted),
        (role.Highlight, t.accent.colour),
        (role.HighlightedText, t.on),
        (role.Accent, t.accent.colour),
        (role.Link, t.accent.colour),
        (role.LinkVisited, t.playing.colour),
        (role.Light, t.surface),
        (role.Midlight, t.raised),
        (role.Mid, t.border),
        (role.Dark, t.edge),
        (role.Shadow, t.edge),
    ):
        result.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.done.colour))
    return result


def stylesheet(t: Tokens) -> str:
    """The one stylesheet: grounds, edges and inputs. Fonts are set by `font`, never here."""
    line = f"{t.line_px}px solid"
    hues = "\n".join(
        f'QLabel[tone="{name}"] {{ color: {t.hue(name).colour}; }}\n'
        f'QFrame[hue="{name}"] {{ background: {t.hue(name).soft}; border: {line} {t.hue(name).colour};'
        f" border-left-width: 4px; border-radius: {RADIUS_CONTROL}px; }}"
        for name in HUE_NAMES
    )
    return f"""
QWidget {{ color: {t.text}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {t.muted}; }}
QMainWindow, QDialog, QStackedWidget#panes, QWidget[ground="window"] {{ background: {t.window}; }}
QWidget[ground="surface"] {{ background: {t.surface}; }}
QWidget[ground="raised"] {{ background: {t.raised}; }}
QLabel {{ background: transparent; border: 0; }}
QLabel[tone="text"] {{ color: {t.text}; }}
QLabel[tone="muted"] {{ color: {t.muted}; }}
QLabel[tone="on"] {{ color: {t.on}; }}
{hues}
QFrame[card="true"] {{ background: {t.surface}; border: {line} {t.border}; border-radius: {RADIUS_CARD}px; }}
QFrame[rule="across"] {{ background: {t.border}; border: 0; min-height: {t.line_px}px; max-height: {t.line_px}px; }}
QFrame[rule="down"] {{ background: {t.border}; border: 0; min-width: {t.line_px}px; max-width: {t.line_px}px; }}
QFrame#rail {{ background: {t.surface}; border: 0; border-right: {line} {t.border}; }}
QFrame#header {{ background: {t.surface}; border: 0; border-bottom: {line} {t.border}; }}
QFrame#status_bar {{ background: {t.surface}; border: 0; border-top: {line} {t.border}; }}
QFrame[drawer="true"] {{ background: {t.surface}; border: 0; border-left: {line} {t.border}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QTimeEdit, QDateTimeEdit, QComboBox {{
  background: {t.surface}; color: {t.text}; border: {line} {t.edge}; border-radius: {RADIUS_CONTROL}px;
  selection-background-color: {t.accent.colour}; selection-color: {t.on};
}}
QLineEdit, QSpinBox, QTimeEdit, QDateTimeEdit, QComboBox {{
  padding: 0 12px; min-height: {CONTROL_PX - 2 * t.line_px}px;
}}
QPlainTextEdit, QTextEdit {{ padding: 8px 8px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
  border-color: {t.accent.colour};
}}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {{
  background: {t.done.soft}; color: {t.done.colour}; border-color: {t.border};
}}
QLineEdit[wrong="true"] {{ border-color: {t.danger.colour}; background: {t.danger.soft}; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox QAbstractItemView {{
  background: {t.raised}; border: {line} {t.edge};
  selection-background-color: {t.accent.soft}; selection-color: {t.text};
  outline: 0; padding: 4px;
}}
QCheckBox {{ spacing: 8px; }}

QAbstractItemView {{ background: {t.surface}; border: 0; outline: 0; gridline-color: {t.border}; }}
QHeaderView, QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; }}
QHeaderView::section {{
  font-size: {_scaled("small", 12)}px; font-weight: 600; padding: 0 8px;
  border-bottom: {line} {t.border}; height: {32 - t.line_px}px;
}}
QTableCornerButton::section {{ background: {t.surface}; border: 0; }}
QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] {{ background: transparent; border: 0; }}
QGraphicsView {{ border: 0; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.text}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: 0; width: 0; height: 0;
}}

QMenu {{ background: {t.raised}; border: {line} {t.edge}; border-radius: {RADIUS_CONTROL}px; padding: 4px; }}
QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: {RADIUS_CHIP}px; }}
QMenu::item:selected {{ background: {t.accent.soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.done.colour}; }}
QMenu::separator {{ height: {t.line_px}px; background: {t.border}; margin: 4px 8px; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: {line} {t.edge}; padding: 6px 8px; }}
QProgressBar {{
  background: {t.surface}; border: {line} {t.edge}; border-radius: {RADIUS_CHIP}px;
  text-align: center; min-height: 18px;
}}
QProgressBar::chunk {{ background: {t.accent.colour}; }}
"""


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
