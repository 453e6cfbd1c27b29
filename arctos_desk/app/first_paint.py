"""Notices the first picture of a window, for whoever measures how long a start takes. Measures nothing by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget


class FirstPaint(QObject):
    """Calls `then` once, when what `find` gives has been painted; the application leaves after it.

    Looks at that one widget only: a filter of the whole application is called for each of the thousands of events of
    a start, and would be a twentieth of what it measures.
    """

    def __init__(self, app: QApplication, find: Callable[[], QWidget | None], then: Callable[[], object]) -> None:
        super().__init__(app)
        self._app = app
        self._find = find
        self._then = then
        self._seen = False
        QTimer.singleShot(0, self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        if not self._seen and event.type() == QEvent.Type.Paint:
            self._seen = True
            # The paint itself comes after this filter: tell when the loop is back.
            QTimer.singleShot(0, self._painted)
        return False

    def _look(self) -> None:
        found = self._find()
        if found is None:
            QTimer.singleShot(1, self._look)
            return
        found.installEventFilter(self)
        # Most often it waits to be painted anyway, and this adds nothing.
        found.update()

    def _painted(self) -> None:
        self._then()
        self._app.closeAllWindows()
        self._app.quit()


def painted_board() -> QWidget | None:
    """What the board with matches is painted on; None while there is none."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QGraphicsView):
            rows = getattr(widget.scene(), "rows", None)
            if rows is not None and rows.blocks:
                return widget.viewport()
    return None


def leave_when_painted(then: Callable[[], object]) -> QApplication:
    """The application of a start that ends with the first picture of its board; the caller holds it."""
    app = QApplication([sys.argv[0]])
    FirstPaint(app, painted_board, then)
    return app
