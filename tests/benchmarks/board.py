"""The board of many matches: showing it, painting a frame, scrolling it; against plain boxes with the same words.

Offscreen, with the raster engine that the desk uses on a screen too.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsSimpleTextItem, QGraphicsView

from arctos_desk.operations.state import from_folded
from arctos_desk.operations.views import BoardView, board_view
from arctos_desk.runtime import paths
from arctos_desk.ui import theme
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.panes.schedule_board.rows import board_rows
from arctos_desk.ui.refresh import EVERYTHING
from tests.benchmarks.days import event_of, now_after
from tests.benchmarks.folded import folded_of
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import percentile, times_of

SIZE = (1280, 720)
STEP_PX = 24
FRAME_MS = 16.7


def measure(*, quick: bool) -> list[Measured]:
    """One fresh board, and each frame while it scrolls through its days."""
    app = application()
    matches = 100 if quick else 1_000
    frames = 10 if quick else 240
    view = board_of(matches)
    pane = BoardPane(lambda: view)
    pane.resize(*SIZE)
    pane.show()
    pane.refresh(EVERYTHING)
    app.processEvents()
    boxes = _plain_boxes(view)
    boxes.resize(*SIZE)
    boxes.show()
    app.processEvents()
    ours = _scroll(pane.canvas.view, frames)
    base = _scroll(boxes, frames)
    showing = times_of(lambda: _show_again(pane, app), times=3 if quick else 10)
    pane.close()
    boxes.close()
    pane.deleteLater()
    boxes.deleteLater()
    app.processEvents()
    return [
        Measured(
            id="board-frame",
            what=f"board of {matches:,} matches, one frame while scrolling (p95)",
            ours=percentile(ours, 0.95) * 1_000,
            unit="ms",
            base=percentile(base, 0.95) * 1_000,
            against="bare boxes with the same words",
            goal=f"under {FRAME_MS} ms",
            met=None if quick else percentile(ours, 0.95) * 1_000 < FRAME_MS,
            more={"p50": percentile(ours, 0.5) * 1_000, "slowest": max(ours) * 1_000},
        ),
        Measured(
            id="board-refresh",
            what=f"board of {matches:,} matches, rows again and painted (p95)",
            ours=percentile(showing, 0.95) * 1_000,
            unit="ms",
            base=percentile(base, 0.95) * 1_000,
            against="a frame of the bare boxes",
            more={"p50": percentile(showing, 0.5) * 1_000},
        ),
    ]


def application() -> QApplication:
    """The one application, dressed as the desk is."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(["benchmarks"])
    theme.load_fonts(paths.resources_folder() / "fonts")
    theme.apply_theme(app, "light")
    return app


def board_of(matches: int) -> BoardView:
    """The view of a day half played."""
    event = event_of(matches, fields=8, played=matches // 2)
    now_ms = now_after(event)
    return board_view(from_folded(event.info.id, folded_of(event), {}, now_ms=now_ms), now_ms=now_ms)


def _scroll(view: QGraphicsView, frames: int) -> list[float]:
    """Seconds of each frame: the bar moves, and the window is painted whole, to a picture."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    picture = QImage(view.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)

    def frame() -> None:
        bar.setValue((bar.value() + STEP_PX) % max(1, bar.maximum()))
        painter = QPainter(picture)
        view.render(painter, QRectF(picture.rect()), view.viewport().rect())
        painter.end()

    frame()
    return times_of(frame, times=frames)


def _show_again(pane: BoardPane, app: QApplication) -> None:
    pane.refresh(EVERYTHING)
    pane.canvas.grab()
    app.processEvents()


def _plain_boxes(board: BoardView) -> QGraphicsView:
    """What the toolkit itself can do: a box and four lines of words for each match, no more."""
    rows = board_rows(board)
    scene = QGraphicsScene()
    begins = min((row.from_ms for row in rows.blocks), default=0)
    for row in rows.blocks:
        top, height = (row.from_ms - begins) / 60_000 * 2, max(8.0, (row.to_ms - row.from_ms) / 60_000 * 2)
        box = scene.addRect(
            QRectF(row.column * 150, top, 144, height), QPen(QColor("#76828d")), QBrush(QColor("white"))
        )
        for line, words in enumerate((row.name, *(side.text for side in row.sides), "referees")):
            item = QGraphicsSimpleTextItem(str(words), box)
            item.setPos(row.column * 150 + 6, top + line * 14)
    view = QGraphicsView(scene)
    scene.setParent(view)
    return view
