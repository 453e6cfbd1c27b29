"""Notices the first picture of a window, for whoever measures how long a start takes. Measures nothing by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsView


class FirstPaint(QObject):
    """Calls `then` once, when the first thing that `is_it` knows has been painted; the application leaves after it."""

    def __init__(self, app: QApplication, is_it: Callable[[QObject], bool], then: Callable[[], object]) -> None:
        super().__init__(app)
        self._app = app
        self._is_it = is_it
        self._then = then
        self._seen = False
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        if not self._seen and event.type() == QEvent.Type.Paint and self._is_it(watched):
            self._seen = True
            # The paint itself comes after this filter: tell when the loop is back.
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._app.removeEventFilter(self)
        self._then()
        self._app.closeAllWindows()
        self._app.quit()


def is_board(watched: QObject) -> bool:
    """Whether this is the board with matches on it."""
    view = watched.parent()
    if not isinstance(view, QGraphicsView):
        return False
    rows = getattr(view.scene(), "rows", None)
    return rows is not None and bool(rows.blocks)


def leave_when_painted(then: Callable[[], object]) -> QApplication:
    """The application of a start that ends with the first picture of its board; the caller holds it."""
    app = QApplication([sys.argv[0]])
    FirstPaint(app, is_board, then)
    return app
