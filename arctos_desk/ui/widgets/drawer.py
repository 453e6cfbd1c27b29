"""A pane with a column at its right: beside the contents where there is room, a drawer over them where there is not.

The contents never move when the drawer opens. Knows nothing of what either side shows.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from arctos_desk.ui import theme

DOCK_FROM_PX: Final = 1240
"""From this width of the pane on, the column has a place of its own (window of 1328 less the rail)."""


class WithDrawer(QWidget):
    """`main` and `side` are placed by hand, not by a layout, so that opening is no layout change of the contents."""

    drawer_shown = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        parent: QWidget | None = None,
        *,
        side_px: int = 352,
        dock_from_px: int = DOCK_FROM_PX,
        opens_by_itself: bool = True,
        name: str = "with_drawer",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._side_px = side_px
        self._dock_from_px = dock_from_px
        self._docked_open = opens_by_itself
        self._floating_open = False
        self.main = main
        main.setParent(self)
        self.frame = QFrame(self)
        self.frame.setObjectName(f"{name}_side")
        self.frame.setProperty("drawer", "true")
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(theme.tokens().line_px, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(side)
        self.side = side

    @property
    def is_docked(self) -> bool:
        """Whether there is room for the column beside the contents."""
        return self.width() >= self._dock_from_px

    @property
    def is_open(self) -> bool:
        return self._docked_open if self.is_docked else self._floating_open

    def open_drawer(self) -> None:
        self._set_open(wanted=True)

    def close_drawer(self) -> None:
        focus: QWidget | None = self.focusWidget()
        had_focus = focus is not None and self.frame.isAncestorOf(focus)
        self._set_open(wanted=False)
        if had_focus:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_drawer(self) -> None:
        if self.is_open:
            self.close_drawer()
        else:
            self.open_drawer()

    def _set_open(self, *, wanted: bool) -> None:
        if self.is_docked:
            self._docked_open = wanted
        else:
            self._floating_open = wanted
        self._place()
        self.drawer_shown.emit(wanted)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        docked = self.is_docked
        beside = self._side_px if docked and self._docked_open else 0
        self.main.setGeometry(0, 0, width - beside, height)
        self.frame.setVisible(self.is_open)
        self.frame.setGeometry(width - self._side_px, 0, self._side_px, height)
        self.frame.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            layout = self.frame.layout()
            if layout is not None:
                layout.setContentsMargins(theme.tokens().line_px, 0, 0, 0)
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open and not self.is_docked:
            self.close_drawer()
            return
        super().keyPressEvent(event)
