"""The process whose start is measured: `bare` shows an empty window, `desk` the board of an event that is there.

Writes one line when the window has been painted, with its memory and its work of the processor by then, and leaves.
The desk is loaded as its own program loads it, so what measures loads nothing before it.
"""

from __future__ import annotations

import sys
import time

from tests.benchmarks.memory_of import resident_mb


def tell() -> None:
    sys.stdout.write(f"painted {resident_mb():.1f} {time.process_time():.3f}\n")
    sys.stdout.flush()


def bare() -> int:
    """An empty window, and nothing of ours but what notices its picture."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from arctos_desk.app.first_paint import FirstPaint

    app = QApplication([sys.argv[0]])
    window = QMainWindow()
    window.resize(1280, 720)
    FirstPaint(app, lambda: window, tell)
    window.show()
    return app.exec()


def desk(event: str) -> int:
    """The board of an event."""
    from arctos_desk.app.cli import run
    from arctos_desk.app.starting import load_window

    load_window()
    from arctos_desk.app.first_paint import leave_when_painted

    app = leave_when_painted(tell)
    code = run(["open", event, "--window"])
    del app
    return code


if __name__ == "__main__":
    sys.exit(bare() if sys.argv[1] == "bare" else desk(sys.argv[2]))
