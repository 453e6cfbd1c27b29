"""What stands where there is nothing yet:

what belongs here, why it is empty, and one button that begins. No drawing.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label


class EmptyState(QWidget):
    """`begun` is emitted when the button was pressed."""

    begun = Signal()

    def __init__(
        self,
        belongs: str,
        why: str,
        button: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "empty_state",
        key: str = "",
        action: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_24, theme.GAP_24, theme.GAP_24, theme.GAP_24)
        column.setSpacing(theme.GAP_8)
        column.addStretch(2)
        self.belongs = label(belongs, self, name=f"{name}_belongs", size="title", weight=700, wrap=True)
        self.why = label(why, self, name=f"{name}_why", tone="muted", wrap=True)
        for part in (self.belongs, self.why):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setMaximumWidth(560)
            part.setMinimumWidth(280)
            # Not by alignment: then Qt reckons the height of the words for the width of everything.
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(part, 100)
            line.addStretch(1)
            column.addLayout(line)
        self.button: Button | None = None
        if button or action is not None:
            column.addSpacing(theme.GAP_8)
            self.button = Button(button, self, name=f"{name}_begin", key=key, kind="primary", big=True)
            if action is not None:
                self.button.follow(action)
            self.button.clicked.connect(self.begun)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, belongs: str, why: str) -> None:
        """Other words for another kind of emptiness."""
        self.belongs.setText(belongs)
        self.why.setText(why)
