"""The process whose start is measured: `bare` shows an empty window, `desk` the board of an event that is there.

Writes one line when the window has been painted, with its memory and its work of the processor by then, and leaves.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QMainWindow

from arctos_desk.app.first_paint import FirstPaint, is_board
from tests.benchmarks.memory_of import resident_mb


def tell() -> None:
    sys.stdout.write(f"painted {resident_mb():.1f} {time.process_time():.3f}\n")
    sys.stdout.flush()


def main() -> int:
    app = QApplication([sys.argv[0]])
    if sys.argv[1] == "bare":
        FirstPaint(app, lambda watched: isinstance(watched, QMainWindow), tell)
        window = QMainWindow()
        window.resize(1280, 720)
        window.show()
        return app.exec()
    FirstPaint(app, is_board, tell)
    from arctos_desk.app.cli import run

    return run(["open", sys.argv[2], "--window"])


if __name__ == "__main__":
    sys.exit(main())
