"""The process whose start is measured: `bare` shows an empty window, `desk` the board of an event that is there.

Writes one line when the window has been painted, with its memory and its work of the processor by then, and leaves.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsView, QMainWindow

from tests.benchmarks.memory_of import resident_mb


class Watch(QObject):
    """Notices the first paint of what is waited for."""

    def __init__(self, app: QApplication, wanted: str) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = wanted
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        if not self._seen and event.type() == QEvent.Type.Paint and self._is_it(watched):
            self._seen = True
            # The paint itself comes after this filter: tell when the loop is back.
            QTimer.singleShot(0, self._tell)
        return False

    def _is_it(self, watched: QObject) -> bool:
        if self._wanted == "bare":
            return isinstance(watched, QMainWindow)
        view = watched.parent()
        if not isinstance(view, QGraphicsView):
            return False
        rows = getattr(view.scene(), "rows", None)
        return rows is not None and bool(rows.blocks)

    def _tell(self) -> None:
        self._app.removeEventFilter(self)
        sys.stdout.write(f"painted {resident_mb():.1f} {time.process_time():.3f}\n")
        sys.stdout.flush()
        self._app.closeAllWindows()
        self._app.quit()


def main() -> int:
    app = QApplication([sys.argv[0]])
    wanted = sys.argv[1]
    app.installEventFilter(Watch(app, wanted))
    if wanted == "bare":
        window = QMainWindow()
        window.resize(1280, 720)
        window.show()
        return app.exec()
    from arctos_desk.app.cli import run

    return run(["open", sys.argv[2], "--window"])


if __name__ == "__main__":
    sys.exit(main())
