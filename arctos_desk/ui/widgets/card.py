"""A card: a surface with an edge, perhaps with a line of title and tools at its top. Holds whatever it is given."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.widgets.elided_label import ElidedLabel


def rule(parent: QWidget | None = None, *, down: bool = False) -> QFrame:
    """A line across, or down, in the colour of edges of cards."""
    result = QFrame(parent)
    result.setProperty("rule", "down" if down else "across")
    return result


class Card(QFrame):
    """`body` is the layout for contents; `tools` the layout at the right of the title."""

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, name: str = "", padding: int = theme.GAP_16
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        if name:
            self.setObjectName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.tools = QHBoxLayout()
        self.title: ElidedLabel | None = None
        if title:
            head = QWidget(self)
            head.setFixedHeight(theme.TARGET_PX)
            row = QHBoxLayout(head)
            row.setContentsMargins(theme.GAP_16, 0, theme.GAP_16, 0)
            row.setSpacing(theme.GAP_8)
            self.title = ElidedLabel(title, head, weight=700)
            row.addWidget(self.title, 1)
            self.tools.setSpacing(theme.GAP_8)
            row.addLayout(self.tools)
            outer.addWidget(head)
            outer.addWidget(rule(self))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(theme.GAP_8)
        outer.addLayout(self.body, 1)
