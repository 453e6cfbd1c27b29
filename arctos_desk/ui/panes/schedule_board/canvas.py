"""The board as people scroll it: the scene, a sticky line of fields above, hours at the left, the day map at the right.

Keys: arrows go from block to block, Home and End to the first and last of a field, Enter opens. Ctrl and the wheel zoom
around the pointer. Emits what a person chose; shows only what it is given.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QGridLayout, QSizePolicy, QWidget

from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.ui import icons, theme
from arctos_desk.ui.panes.schedule_board.rows import (
    BoardRows,
    Direction,
    first_to_look_at,
    map_bars,
    neighbour,
)
from arctos_desk.ui.panes.schedule_board.scene import BoardScene
from arctos_desk.ui.text import clock, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.elided_label import tone_colour

HOURS_PX: Final = 56
FIELDS_PX: Final = 48
MAP_PX: Final = 40
_ZOOM_STEP: Final = 1.15
_KEYS: Final[dict[int, Direction]] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}


class BlocksView(QGraphicsView):
    """The scene itself, with its keys and its zoom."""

    chosen = Signal(str)
    opened = Signal(str)
    clicked = Signal(str)
    zoomed = Signal(float)
    moved = Signal()
    resized = Signal()

    def __init__(self, scene: BoardScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.board = scene
        self.setObjectName("board_blocks")
        self.setProperty("ring", "none")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        # The day map is the scroll bar of the hours; Qt would guess the width of its own wrongly under a stylesheet.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Board"))
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.horizontalScrollBar().valueChanged.connect(self.moved)

    def choose(self, match_id: str, *, scroll: bool = True) -> None:
        """Choose a match as a person would, and bring it into view."""
        if match_id == self.board.chosen:
            if scroll and match_id:
                self.bring_into_view(match_id)
            return
        self.board.choose(match_id)
        item = self.board.block(match_id)
        words = tr("Board") if item is None else self.board.words_of(item.row)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if scroll and match_id:
            self.bring_into_view(match_id)
        self.chosen.emit(match_id)

    def bring_into_view(self, match_id: str) -> None:
        item = self.board.block(match_id)
        if item is not None:
            self.ensureVisible(item.box, 24, 24)

    def scroll_to(self, at_ms: int, *, part: float = 0.33) -> None:
        """Scroll so that an instant stands at a part of the height."""
        self.verticalScrollBar().setValue(round(self.board.y(at_ms) - self.viewport().height() * part))

    def zoom(self, px_per_min: float, around: float | None = None) -> None:
        """Zoom the hours; what stands at the height `around` of the viewport stays there."""
        height = self.viewport().height() / 2 if around is None else around
        y = self.verticalScrollBar().value() + height
        at_ms = self.board.instant(y)
        off = y - self.board.y(at_ms)
        before = self.board.px_per_min
        self.board.set_scale(px_per_min)
        if self.board.px_per_min != before:
            self.verticalScrollBar().setValue(round(self.board.y(at_ms) + off - height))
            self.zoomed.emit(self.board.px_per_min)
            self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.zoom(self.board.px_per_min * _ZOOM_STEP**steps, event.position().y())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
                self.zoom(self.board.px_per_min * _ZOOM_STEP)
            elif key == Qt.Key.Key_Minus:
                self.zoom(self.board.px_per_min / _ZOOM_STEP)
            elif key == Qt.Key.Key_0:
                self.zoom(self.board.usual_scale)
            else:
                super().keyPressEvent(event)
        elif key in _KEYS:
            self.choose(neighbour(self.board.rows, self.board.chosen, _KEYS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.board.chosen:
            self.opened.emit(self.board.chosen)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep() * (1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            match_id = self.board.match_at(self.mapToScene(event.position().toPoint()))
            self.choose(match_id, scroll=False)
            if match_id:
                self.clicked.emit(match_id)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        match_id = self.board.match_at(self.mapToScene(event.position().toPoint()))
        if match_id:
            self.opened.emit(match_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if (
            event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
            and not self.board.chosen
        ):
            self.choose(first_to_look_at(self.board.rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.board.set_width(self.viewport().width())
        self.resized.emit()
        self.mend_scroll_bar()
        self.moved.emit()

    def mend_scroll_bar(self) -> None:
        """Offer a bar across only where the columns are wider than the window."""
        wider = self.board.sceneRect().width() > self.width()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if wider else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(policy)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.board.theme_changed()
        super().changeEvent(event)


class FieldsLine(QWidget):
    """The fields above their columns with their lateness; goes sideways with the blocks, never down."""

    def __init__(self, view: BlocksView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_fields")
        self._view = view
        self.setFixedHeight(FIELDS_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        view.resized.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface))
        offset = self._view.horizontalScrollBar().value()
        for index, column in enumerate(self._view.board.rows.columns):
            left, width = self._view.board.column_box(index)
            left = round(left - offset)
            if left > self.width() or left + width < 0:
                continue
            painter.fillRect(QRectF(left, 0, 1, self.height()), QColor(t.border))
            rect = QRectF(left + theme.GAP_8, 5, width - theme.GAP_16, 20)
            paint.line_of_text(painter, rect, column.name, font=theme.font("base", 700), colour=t.text)
            rect = QRectF(left + theme.GAP_8, 25, width - theme.GAP_16, 16)
            font = theme.font("small", 600)
            paint.line_of_text(painter, rect, column.lateness, font=font, colour=tone_colour(t, column.tone))
        painter.fillRect(QRectF(0, self.height() - t.line_px, self.width(), t.line_px), QColor(t.border))


class HoursLine(QWidget):
    """The hours at the left, with this minute and the joins; goes down with the blocks."""

    def __init__(self, view: BlocksView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_hours")
        self._view = view
        self.setFixedWidth(HOURS_PX)
        view.moved.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.window))
        board = self._view.board
        rows = board.rows
        offset = self._view.verticalScrollBar().value()
        now_y = None if rows.now_ms is None else round(board.y(rows.now_ms)) - offset
        taken: list[tuple[float, float]] = []
        labels: list[tuple[float, str]] = []
        if now_y is not None:
            taken.append((now_y - 12, now_y + 12))
        for join in rows.joins:
            y = round(board.y(join.at_ms)) - offset
            top = y - 10.0
            while any(top < end and top + 20 > start for start, end in taken):
                top += 2
            taken.append((top, top + 20))
            labels.append((top, tr("Join")))
        font = theme.font("small")
        step_ms = board.hour_step_min() * MINUTE_MS
        for section in rows.axis.sections:
            at = section.from_ms - (section.from_ms - section.day_ms) % step_ms
            while at <= section.to_ms:
                y = round(board.y(at)) - offset
                free = not any(y - 8 < end and y + 8 > start for start, end in taken)
                if at >= section.from_ms and -10 < y < self.height() + 10 and free:
                    rect = QRectF(0, y - 8, HOURS_PX - 8, 16)
                    right = Qt.AlignmentFlag.AlignRight
                    paint.line_of_text(painter, rect, clock(at), font=font, colour=t.muted, align=right, elide=False)
                at += step_ms
        middle = Qt.AlignmentFlag.AlignHCenter
        for top, text in labels:
            if -24 < top < self.height():
                wide = paint.width_of(text, theme.font("small", 600)) + 14
                if wide > HOURS_PX - 10:
                    # A chip is never cut: the drawing of the double line stands for the word, which its tooltip says.
                    rect = QRectF(HOURS_PX - 6 - 24, top, 24, 20)
                    paint.box(painter, rect, fill=t.playing.soft, edge=t.playing.colour, radius=theme.RADIUS_CHIP)
                    icons.paint(painter, rect.adjusted(4, 2, -4, -2), "draw", t.playing.colour)
                    continue
                rect = QRectF(HOURS_PX - 6 - wide, top, wide, 20)
                paint.box(painter, rect, fill=t.playing.soft, edge=t.playing.colour, radius=theme.RADIUS_CHIP)
                paint.line_of_text(
                    painter, rect, text, font=theme.font("small", 600), colour=t.playing.colour, align=middle
                )
        if now_y is not None and rows.now_ms is not None and -10 < now_y < self.height() + 10:
            rect = QRectF(5, now_y - 10, HOURS_PX - 9, 20)
            painter.fillRect(QRectF(HOURS_PX - 5, now_y - 1, 5, 2), QColor(t.danger.colour))
            paint.box(painter, rect, fill=t.danger.colour, radius=theme.RADIUS_CHIP)
            bold = theme.font("small", 700)
            paint.line_of_text(painter, rect, clock(rows.now_ms), font=bold, colour=t.on, align=middle, elide=False)


class DayMap(QWidget):
    """The whole board in 40 px, with the part on the screen framed. A press or a drag goes there."""

    def __init__(self, view: BlocksView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_map")
        self.setAccessibleName(tr("Map of the day"))
        self.setToolTip(tr("Press or drag to go to another time"))
        self._view = view
        self.setFixedWidth(MAP_PX)
        self._bars: QPixmap | None = None
        self._bars_scale = 0.0
        view.moved.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(MAP_PX, 100)

    def _room(self) -> QRectF:
        whole = self._view.board.sceneRect().height()
        # A short day keeps the proportions of the board instead of being stretched over the whole height.
        height = min(float(self.height() - 8), max(whole, 1.0) * 0.8)
        return QRectF(0, 4, self.width(), height)

    def rows_changed(self) -> None:
        """Draw the bars anew the next time; scrolling only moves the frame over them."""
        self._bars = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._bars = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bars = None
        super().resizeEvent(event)

    def _drawn_bars(self, room: QRectF) -> QPixmap:
        board = self._view.board
        if self._bars is not None and self._bars_scale == board.px_per_min:
            return self._bars
        t = theme.tokens()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(t.surface))
        painter = QPainter(picture)
        painter.fillRect(QRectF(0, 0, t.line_px, self.height()), QColor(t.border))
        count = max(1, len(board.rows.columns))
        pitch = (self.width() - 8) / count
        wide = max(1.0, min(5.0, pitch - (2 if pitch > 4 else 0.5)))
        colours = {
            "done": QColor(t.done.colour),
            "skipped": QColor(t.done.colour),
            "running": QColor(t.running.colour),
            "ready": QColor(t.ready.colour),
            "fixed": QColor(t.accent.colour),
            "waiting": QColor(t.accent.colour),
        }
        for bar in map_bars(board.rows, board.ruler):
            top = room.top() + bar.top * room.height()
            height = max(1.5, (bar.bottom - bar.top) * room.height() - 1)
            painter.fillRect(QRectF(5 + bar.column * pitch, top, wide, height), colours[bar.look])
        painter.end()
        self._bars, self._bars_scale = picture, board.px_per_min
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        board = self._view.board
        room = self._room()
        painter.drawPixmap(0, 0, self._drawn_bars(room))
        whole = board.sceneRect().height()
        if whole <= 0:
            return
        if board.rows.now_ms is not None:
            y = room.top() + board.y(board.rows.now_ms) / whole * room.height()
            painter.fillRect(QRectF(t.line_px, y - 0.5, self.width(), 1.5), QColor(t.danger.colour))
        value, page = self._view.verticalScrollBar().value(), self._view.viewport().height()
        top = room.top() + value / whole * room.height()
        frame = QRectF(1, top + 1, self.width() - 2, max(12.0, min(1.0, page / whole) * room.height() - 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.accent.colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(1, 0, -1, 0), theme.RADIUS_CHIP, theme.RADIUS_CHIP)

    def _go(self, point: QPointF) -> None:
        room = self._room()
        part = min(max((point.y() - room.top()) / room.height(), 0.0), 1.0)
        y = part * self._view.board.sceneRect().height()
        self._view.verticalScrollBar().setValue(round(y - self._view.viewport().height() / 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())


class _Corner(QWidget):
    """The piece of the top line above the hours, or above the map with its word."""

    def __init__(self, width: int, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setFixedSize(width, FIELDS_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface))
        painter.fillRect(QRectF(0, self.height() - t.line_px, self.width(), t.line_px), QColor(t.border))
        if self._text:
            painter.fillRect(QRectF(0, 0, t.line_px, self.height()), QColor(t.border))
            paint.line_of_text(
                painter,
                QRectF(self.rect()),
                self._text,
                font=theme.font("small"),
                colour=t.muted,
                align=Qt.AlignmentFlag.AlignHCenter,
            )


class BoardCanvas(QWidget):
    """Everything of the board but its details. Keeps scroll and choice when rows change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_canvas")
        self.scene = BoardScene()
        self.scene.setParent(self)
        self.view = BlocksView(self.scene, self)
        self.fields = FieldsLine(self.view, self)
        self.hours = HoursLine(self.view, self)
        self.map = DayMap(self.view, self)
        self.setFocusProxy(self.view)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(_Corner(HOURS_PX, parent=self), 0, 0)
        grid.addWidget(self.fields, 0, 1)
        grid.addWidget(_Corner(MAP_PX, tr("Day"), self), 0, 2)
        grid.addWidget(self.hours, 1, 0)
        grid.addWidget(self.view, 1, 1)
        grid.addWidget(self.map, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    def show_rows(self, rows: BoardRows) -> None:
        """Show other rows; the chosen match stays chosen while it is there, the scroll stays where it is in time."""
        bar = self.view.verticalScrollBar()
        had = bool(self.scene.rows.axis.sections)
        top_ms = self.scene.instant(bar.value())
        off = bar.value() - self.scene.y(top_ms)
        axis_changed = self.scene.rows.axis != rows.axis
        if self.scene.rows == rows:
            return
        self.scene.show_rows(rows)
        self.view.mend_scroll_bar()
        if had and axis_changed:
            bar.setValue(round(self.scene.y(top_ms) + off))
        if self.scene.chosen and rows.block(self.scene.chosen) is None:
            # Not said aloud: another layout or the details may still show the match that a person chose.
            self.scene.choose("")
        self.map.rows_changed()
        self._repaint_lines()

    def set_now(self, now_ms: int | None) -> None:
        self.scene.set_now(now_ms)
        self._repaint_lines()

    def _repaint_lines(self) -> None:
        for widget in (self.fields, self.hours, self.map):
            widget.update()
