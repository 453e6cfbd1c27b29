"""The line above a pane:

what it is, for which day or field, and its tools at the right. The pane says what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.widgets.elided_label import ElidedLabel

TITLE_LEAST_PX: Final = 160
"""A title of one or two words stands whole; a long one (the name of a field) is cut no shorter than this."""


class _Subtitle(ElidedLabel):
    """Gives way wholly where there is room for a letter or two only."""

    LEAST_PX: Final = 48

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_elided() or self.width() >= self.LEAST_PX:
            super().paintEvent(event)


class Header(QFrame):
    """56 high. Tools belong to the pane; the header only holds them while the pane is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(theme.HEADER_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_16, 0, theme.GAP_16, 0)
        row.setSpacing(theme.GAP_12)
        self.title = ElidedLabel("", self, name="header_title", size="title", weight=700)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.subtitle = _Subtitle("", self, name="header_subtitle", tone="muted")
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self.title)
        row.addWidget(self.subtitle, 1)
        self._slot = QHBoxLayout()
        self._slot.setSpacing(theme.GAP_8)
        row.addLayout(self._slot)
        self._tools: list[QWidget] = []

    def show_title(self, title: str, subtitle: str = "") -> None:
        self.title.set_text(title)
        # The title is the last to give way: first the subtitle goes, then the tools that can shrink.
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), TITLE_LEAST_PX))
        self.subtitle.set_text(subtitle)

    def show_tools(self, tools: Sequence[QWidget]) -> None:
        """Take out the tools of the pane before, put in these."""
        if list(tools) == self._tools:
            return
        for tool in self._tools:
            self._slot.removeWidget(tool)
            tool.hide()
        self._tools = list(tools)
        for tool in self._tools:
            self._slot.addWidget(tool)
            tool.show()
