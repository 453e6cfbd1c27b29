"""What is painted on the board: blocks, ghosts of plans, forecast bars, breaks, joins and the now line.

Each item holds a row and a place in pixels. Words are cut and laid out once per size, never per frame; below the height
of four lines the referees go first, then the times. Knows no scene and asks no view.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneHoverEvent, QStyleOptionGraphicsItem, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.panes.schedule_board.rows import BandRow, BlockRow, JoinRow, Look
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.theme import Tokens
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.elided_label import Tone, tone_colour

RING_PX: Final = 3
RING_GAP_PX: Final = 1
_OUTSIDE: Final = RING_PX + RING_GAP_PX
_EDGE_PX: Final = 4
_LEFT_PX: Final = 10
_RIGHT_PX: Final = 7
_HEAD_PX: Final = 18
_LINE_PX: Final = 16
_ICON_PX: Final = 14
_LEAST_NAME_PX: Final = 56

# Heights from which that much fits: four lines; without referees; both teams in one line; one line without times.
FOUR_LINES_PX: Final = 70
THREE_LINES_PX: Final = 54
TWO_LINES_PX: Final = 37
ONE_LINE_PX: Final = 17

Z_GHOST: Final = 0.0
Z_BAND: Final = 1.0
Z_JOIN: Final = 2.0
Z_BLOCK: Final = 3.0
Z_FORECAST: Final = 4.0
Z_CHOSEN: Final = 5.0
Z_NOW: Final = 6.0

_ICONS: Final[dict[Look, tuple[IconName, Tone] | None]] = {
    "done": ("check", "done"),
    "running": ("play", "running"),
    "ready": ("today", "ready"),
    "fixed": ("lock", "muted"),
    "skipped": ("cross", "done"),
    "waiting": None,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of text at its place; colours are tones, so that another theme needs no new layout."""

    at: QPointF
    text: str
    weight: int
    tone: Tone
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Drawing:
    at: QRectF
    icon: IconName
    tone: Tone


@cache
def _metrics(weight: int) -> QFontMetricsF:
    return QFontMetricsF(theme.font("small", weight))


@cache
def _ascent() -> float:
    metrics = _metrics(400)
    return (metrics.ascent() - metrics.descent()) / 2


def forget_metrics() -> None:
    """Measure anew: the size of text is another, or fonts were loaded."""
    _metrics.cache_clear()
    _ascent.cache_clear()


@runtime_checkable
class Speaks(Protocol):
    """The scene, as far as a block knows it."""

    def words_of(self, row: BlockRow) -> str: ...


class BlockItem(QGraphicsItem):
    """One match. `place` gives it its box, `show_row` its words, `choose` its ring."""

    def __init__(self, row: BlockRow) -> None:
        super().__init__()
        self._row = row
        self._width = 0.0
        self._height = 0.0
        self._chosen = False
        self._lines: tuple[_Line, ...] = ()
        self._drawings: tuple[_Drawing, ...] = ()
        self._laid_out = False
        self.setZValue(Z_BLOCK)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setAcceptHoverEvents(True)

    @property
    def row(self) -> BlockRow:
        return self._row

    @property
    def box(self) -> QRectF:
        """Its box in the scene."""
        return QRectF(self.x(), self.y(), self._width, self._height)

    @property
    def is_chosen(self) -> bool:
        return self._chosen

    def show_row(self, row: BlockRow) -> None:
        if row != self._row:
            self._row = row
            self._laid_out = False
            self.setToolTip("")
            self.update()

    def place(self, box: QRectF) -> None:
        if (box.width(), box.height()) != (self._width, self._height):
            self.prepareGeometryChange()
            self._width, self._height = box.width(), box.height()
            self._laid_out = False
        self.setPos(box.topLeft())

    def choose(self, *, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.setZValue(Z_CHOSEN if chosen else Z_BLOCK)
            self.update()

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        # Written when somebody asks: a thousand sentences that nobody reads would be paid for at every refresh.
        scene = self.scene()
        if isinstance(scene, Speaks):
            self.setToolTip(plain_tip(scene.words_of(self._row)))
        super().hoverEnterEvent(event)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self._height).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, self._width, self._height))
        return path

    # words

    @property
    def texts(self) -> tuple[str, ...]:
        """The words as they are painted now, cut where they had to be."""
        self._lay_out()
        return tuple(line.text for line in self._lines)

    @property
    def drawings(self) -> tuple[IconName, ...]:
        """The shapes that are painted now, which say the state without its colour."""
        self._lay_out()
        return tuple(drawing.icon for drawing in self._drawings)

    @property
    def is_laid_out(self) -> bool:
        """Whether its words were measured since they last changed: only what was on the screen is."""
        return self._laid_out

    def _lay_out(self) -> None:
        if self._laid_out:
            return
        self._laid_out = True
        row = self._row
        lines: list[_Line] = []
        drawings: list[_Drawing] = []
        over = row.look in ("done", "skipped")
        quiet: Tone = "done" if over else "muted"
        right = self._width - _RIGHT_PX
        room = right - _LEFT_PX
        height = self._height

        def put(
            text: str, left: float, top: float, wide: float, weight: int, tone: Tone, *, struck: bool = False
        ) -> None:
            if wide < 8 or not text:
                return
            shown = _metrics(weight).elidedText(text, Qt.TextElideMode.ElideRight, wide)
            lines.append(_Line(QPointF(left, top + _LINE_PX / 2 + _ascent()), shown, weight, tone, struck))

        def head(top: float, *, with_time: bool) -> float:
            """The line of name and time; answers how far the name goes."""
            left = float(_LEFT_PX)
            mark = _ICONS[row.look]
            if row.disputed or row.in_cycle:
                mark = ("warning", "danger")
            # A fixed time is told by the status too: its lock is the first to give way to the name.
            ends_px = sum(_metrics(w).horizontalAdvance(s) + 4 for w, s in ((700, row.late), (400, row.time)) if s)
            full = _metrics(700).horizontalAdvance(row.name) + _ICON_PX + 4 + ends_px <= right - left
            if mark is not None and room > 40 and (row.look != "fixed" or full):
                drawings.append(_Drawing(QRectF(left, top + 1, _ICON_PX, _ICON_PX), *mark))
                left += _ICON_PX + 4
            end = right
            if with_time:
                # Numbers never elide: the name gives way to a point, then the time goes as a whole. The hours at the
                # left still tell it, the lateness they do not.
                least = min(_metrics(700).horizontalAdvance(row.name), _LEAST_NAME_PX)
                late_px = _metrics(700).horizontalAdvance(row.late) + 3 if row.late else 0.0
                time_px = _metrics(400).horizontalAdvance(row.time)
                tone = quiet if over else row.late_tone
                if end - late_px - left >= min(least, 24) and row.late:
                    put(row.late, end - late_px + 3, top, late_px + 2, 700, tone)
                    end -= late_px
                if end - time_px - 3 - left >= least:
                    put(row.time, end - time_px, top, time_px + 2, 400, quiet)
                    end -= time_px + 3
            name_tone: Tone = "done" if over else "text"
            put(row.name, left, top, end - left, 700, name_tone, struck=row.look == "skipped")
            return left + min(end - left, _metrics(700).horizontalAdvance(row.name))

        def side_weight(index: int) -> tuple[int, Tone]:
            side = row.sides[index]
            if side.mine:
                return (700 if side.winner or not over else 500), "playing"
            if over:
                return (700, "text") if side.winner else (400, "done")
            return (600 if side.known else 500), "text"

        if height >= TWO_LINES_PX or (height >= ONE_LINE_PX and not row.sides):
            top = 4.0 if height >= TWO_LINES_PX else (height - _LINE_PX) / 2
            head(top, with_time=True)
            top += _HEAD_PX if height >= THREE_LINES_PX else _LINE_PX
            if height >= THREE_LINES_PX:
                for index, side in enumerate(row.sides):
                    weight, tone = side_weight(index)
                    put(side.text, _LEFT_PX, top, room, weight, tone)
                    top += _LINE_PX
                if height >= FOUR_LINES_PX and row.referees:
                    whistle: Tone = quiet if over else "reffing"
                    drawings.append(_Drawing(QRectF(_LEFT_PX, top + 1, _ICON_PX, _ICON_PX), "whistle", whistle))
                    mine = row.part == "reffing"
                    weight, tone = (700, "reffing") if mine else (400, quiet)
                    put(row.referees, _LEFT_PX + _ICON_PX + 4, top, room - _ICON_PX - 4, weight, tone)
            elif height >= TWO_LINES_PX and row.sides:
                self._both_sides(lines, put, top, float(_LEFT_PX), room, side_weight)
        elif height >= ONE_LINE_PX:
            top = (height - _LINE_PX) / 2
            gone = head(top, with_time=False)
            self._both_sides(lines, put, top, gone + 8, right - gone - 8, side_weight)
        self._lines, self._drawings = tuple(lines), tuple(drawings)

    def _both_sides(self, lines, put, top, left, room, side_weight) -> None:  # type: ignore[no-untyped-def]
        """Both teams in one line, each with half of what is left if both are long."""
        sides = self._row.sides
        if len(sides) != 2 or room < 40:
            return
        dash = " – "
        dash_px = _metrics(400).horizontalAdvance(dash)
        half = (room - dash_px) / 2
        wide = [_metrics(side_weight(index)[0]).horizontalAdvance(sides[index].text) + 1 for index in (0, 1)]
        if wide[0] + wide[1] + dash_px > room:
            first = half if wide[1] >= half else room - dash_px - wide[1]
            wide[0] = min(wide[0], max(half, first))
            wide[1] = min(wide[1], room - dash_px - wide[0])
        put(sides[0].text, left, top, wide[0], *side_weight(0))
        put(dash, left + wide[0], top, dash_px + 2, 400, "muted")
        put(sides[1].text, left + wide[0] + dash_px, top, wide[1], *side_weight(1))

    # paint

    def _colours(self, t: Tokens) -> tuple[str, str, float]:
        """Ground, edge and width of the edge."""
        row = self._row
        line = float(t.line_px)
        if row.look == "running":
            fill, edge, line = t.running.soft, t.running.colour, max(2.0, line)
        elif row.look == "ready":
            fill, edge = t.ready.soft, t.ready.colour
        elif row.look in ("done", "skipped"):
            fill, edge = t.done.soft, t.done.colour
        else:
            fill, edge = t.surface, t.edge
        if row.part:
            hue = t.hue(row.part)
            edge = hue.colour
            if row.look not in ("done", "skipped", "running"):
                fill = hue.soft
        if row.disputed or row.in_cycle:
            edge = t.danger.colour
        if self._chosen:
            fill, edge = t.accent.soft, t.accent.colour
        return fill, edge, line

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self._lay_out()
        t = theme.tokens()
        box = QRectF(0, 0, self._width, self._height)
        fill, edge, line = self._colours(t)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chosen:
            spread = RING_GAP_PX + RING_PX / 2
            painter.setPen(QPen(QColor(t.accent.colour), RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-spread, -spread, spread, spread), 4 + spread, 4 + spread)
        if self._height < 8:
            painter.fillRect(box, QColor(edge if self._row.look != "waiting" else t.edge))
            return
        paint.box(painter, box, fill=edge, radius=theme.RADIUS_CHIP)
        left = float(_EDGE_PX) if t.line_px == 1 else _EDGE_PX + 2.0
        inner = box.adjusted(left, line, -line, -line)
        if inner.height() > 0:
            path = QPainterPath()
            path.addRoundedRect(inner, 2, 2)
            path.addRect(QRectF(inner.left(), inner.top(), 4, inner.height()))
            path.setFillRule(Qt.FillRule.WindingFill)
            painter.fillPath(path, QColor(fill))
        last = (0, False)
        for piece in self._lines:
            if (piece.weight, piece.struck) != last:
                font = theme.font("small", piece.weight)
                font.setStrikeOut(piece.struck)
                painter.setFont(font)
                last = (piece.weight, piece.struck)
            painter.setPen(QColor(tone_colour(t, piece.tone)))
            painter.drawText(piece.at, piece.text)
        for drawing in self._drawings:
            icons.paint(painter, drawing.at, drawing.icon, tone_colour(t, drawing.tone))


class GhostItem(QGraphicsItem):
    """The dashed outline at the plan of a match that is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QRectF()
        self.setZValue(Z_GHOST)

    def place(self, box: QRectF) -> None:
        self.prepareGeometryChange()
        self._box = QRectF(0, 0, box.width(), box.height())
        self.setPos(box.topLeft())

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        t = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(t.edge), t.line_px)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = t.line_px / 2
        painter.drawRoundedRect(self._box.adjusted(inset, inset, -inset, -inset), theme.RADIUS_CHIP, theme.RADIUS_CHIP)


class ForecastItem(QGraphicsItem):
    """The bar at the right edge of a late match: from when to when it is expected."""

    WIDTH_PX: Final = 4

    def __init__(self) -> None:
        super().__init__()
        self._height = 0.0
        self.setZValue(Z_FORECAST)

    def place(self, left: float, top: float, height: float) -> None:
        self.prepareGeometryChange()
        self._height = max(4.0, height)
        self.setPos(left, top)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.WIDTH_PX, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        paint.box(painter, self.boundingRect(), fill=theme.tokens().warning.colour, radius=2)


class BandItem(QGraphicsItem):
    """A break: neutral, over every field that has it, never looking finished."""

    def __init__(self, row: BandRow) -> None:
        super().__init__()
        self._row = row
        self._box = QRectF()
        self.setZValue(Z_BAND)
        self.setToolTip(plain_tip(row.text))

    @property
    def row(self) -> BandRow:
        return self._row

    @property
    def box(self) -> QRectF:
        return self._box.translated(self.pos())

    def show_row(self, row: BandRow) -> None:
        self._row = row
        self.setToolTip(plain_tip(row.text))
        self.update()

    def place(self, box: QRectF) -> None:
        self.prepareGeometryChange()
        self._box = QRectF(0, 0, box.width(), box.height())
        self.setPos(box.topLeft())

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        t = theme.tokens()
        box = self._box
        painter.fillRect(box, QColor(t.raised))
        painter.fillRect(QRectF(0, 0, box.width(), t.line_px), QColor(t.edge))
        painter.fillRect(QRectF(0, box.height() - t.line_px, box.width(), t.line_px), QColor(t.edge))
        if box.height() < 14:
            return
        font = theme.font("base" if box.height() >= 24 else "small", 600)
        text = self._row.text
        room = box.width() - 2 * theme.GAP_8
        mark = 26 if box.height() >= 22 and room > 60 else 0
        if paint.width_of(text, font) > room - mark:
            text = self._row.short
        wide = min(paint.width_of(text, font) + 1, room - mark)
        left = (box.width() - wide - mark) / 2
        if mark:
            icons.paint(painter, QRectF(round(left), round(box.height() / 2 - 9), 18, 18), "clock", t.muted)
        rect = QRectF(left + mark, 0, wide, box.height())
        paint.line_of_text(painter, rect, text, font=font, colour=t.muted)


class JoinItem(QGraphicsItem):
    """The double line where fields wait for each other."""

    HEIGHT_PX: Final = 3

    def __init__(self, row: JoinRow) -> None:
        super().__init__()
        self._row = row
        self._width = 0.0
        self.setZValue(Z_JOIN)
        self.setToolTip(plain_tip(row.text))

    @property
    def row(self) -> JoinRow:
        return self._row

    def place(self, left: float, top: float, width: float) -> None:
        self.prepareGeometryChange()
        self._width = width
        self.setPos(left, top)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self.HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colour = QColor(theme.tokens().playing.colour)
        painter.fillRect(QRectF(0, 0, self._width, 1), colour)
        painter.fillRect(QRectF(0, 2, self._width, 1), colour)


class NowItem(QGraphicsItem):
    """The line of this minute, above everything."""

    def __init__(self) -> None:
        super().__init__()
        self._width = 0.0
        self.setZValue(Z_NOW)

    def place(self, top: float, width: float) -> None:
        if width != self._width:
            self.prepareGeometryChange()
            self._width = width
        self.setPos(0, top - 1)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.fillRect(QRectF(0, 0, self._width, 2), QColor(theme.tokens().danger.colour))
