"""Plain words in a size, weight and tone of the type scale.

Wraps when asked; for one line that may be too long see elided_label.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.theme import SizeName
from arctos_desk.ui.widgets.elided_label import Tone


def label(
    text: str = "",
    parent: QWidget | None = None,
    *,
    name: str = "",
    size: SizeName = "base",
    weight: int = 400,
    tone: Tone = "text",
    wrap: bool = False,
    right: bool = False,
) -> QLabel:
    """A QLabel dressed by the theme; text is shown as it is, never as markup."""
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setFont(theme.font(size, weight))
    result.setProperty("tone", tone)
    result.setWordWrap(wrap)
    if right:
        result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if name:
        result.setObjectName(name)
    return result


def set_tone(widget: QLabel, tone: Tone) -> None:
    """Another tone for a label that is on the screen."""
    theme.set_property(widget, "tone", tone)
