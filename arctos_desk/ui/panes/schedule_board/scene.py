"""The board as a scene: every row at its place, found by match. Holds no view, scrolls nothing, asks for no data.

Items are kept from refresh to refresh by their match; one that did not change is not touched.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsScene

from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.ui import theme
from arctos_desk.ui.panes.schedule_board.block import (
    FOUR_LINES_PX,
    BandItem,
    BlockItem,
    ForecastItem,
    GhostItem,
    JoinItem,
    NowItem,
    forget_metrics,
)
from arctos_desk.ui.panes.schedule_board.rows import TITLE_PX, Axis, BandRow, BlockRow, BoardRows, Ruler
from arctos_desk.ui.text import day
from arctos_desk.ui.widgets import paint

LEAST_COLUMN_PX: Final = 136
LEAST_SCALE: Final = 0.35
MOST_SCALE: Final = 8.0
USUAL_SCALE: Final = 116 / 60
"""Pixels per minute at which a match of 40 minutes shows its four lines."""
MOST_USUAL_SCALE: Final = 4.0
"""However short the matches of an event are, its board does not open larger than this."""

_MARGIN_PX: Final = 6
_GAP_PX: Final = 3
_FORECAST_ROOM_PX: Final = 8
_EMPTY: Final = BoardRows((), (), (), (), Axis(()), None)


class BoardScene(QGraphicsScene):
    """Columns of fields across, time down."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self._rows = _EMPTY
        self._ruler = Ruler(_EMPTY.axis, USUAL_SCALE)
        self._width = 0.0
        self._blocks: dict[str, BlockItem] = {}
        self._ghosts: dict[str, GhostItem] = {}
        self._forecasts: dict[str, ForecastItem] = {}
        self._bands: dict[tuple[str, ...], BandItem] = {}
        self._joins: list[JoinItem] = []
        self._now = NowItem()
        self._now.hide()
        self.addItem(self._now)
        self._chosen = ""

    # what is shown

    @property
    def rows(self) -> BoardRows:
        return self._rows

    @property
    def ruler(self) -> Ruler:
        """Instants to heights, at the scale of now."""
        return self._ruler

    @property
    def px_per_min(self) -> float:
        return self._ruler.px_per_min

    def words_of(self, row: BlockRow) -> str:
        """A block in one sentence."""
        return self._rows.words(row)

    @property
    def column_px(self) -> float:
        """The width of one column: all share the whole room, so that no strip is left beside the last."""
        return max(self._width / max(1, len(self._rows.columns)), LEAST_COLUMN_PX)

    @property
    def chosen(self) -> str:
        """The match that is chosen; empty for none."""
        return self._chosen

    def block(self, match_id: str) -> BlockItem | None:
        return self._blocks.get(match_id)

    def y(self, at_ms: int) -> float:
        """Where an instant is drawn."""
        return self._ruler.y(at_ms)

    def instant(self, y: float) -> int:
        """The instant drawn at a height."""
        return self._ruler.instant(y)

    def show_rows(self, rows: BoardRows) -> None:
        """Show these rows in place of the ones before; what did not change is left alone."""
        before, self._rows = self._rows, rows
        if before == rows:
            return
        if before.axis != rows.axis:
            self._ruler = Ruler(rows.axis, self._ruler.px_per_min)
        same_frame = (before.axis, len(before.columns)) == (rows.axis, len(rows.columns))
        known = {row.match_id: row for row in before.blocks}
        wanted = {row.match_id: row for row in rows.blocks}
        for match_id in known.keys() - wanted.keys():
            self.removeItem(self._blocks.pop(match_id))
        for match_id, row in wanted.items():
            item = self._blocks.get(match_id)
            if item is None:
                item = BlockItem(row)
                item.choose(chosen=match_id == self._chosen)
                self._blocks[match_id] = item
                self.addItem(item)
            elif same_frame and (known[match_id] is row or known[match_id] == row):
                continue
            item.show_row(row)
            self._place_block(item, row)
        for match_id in [match_id for match_id in self._ghosts if not self._has_ghost(wanted.get(match_id))]:
            self.removeItem(self._ghosts.pop(match_id))
        for match_id in [match_id for match_id in self._forecasts if not self._has_forecast(wanted.get(match_id))]:
            self.removeItem(self._forecasts.pop(match_id))
        self._show_bands(rows)
        self._place_now()
        if not same_frame:
            self._set_size()
        if before.columns != rows.columns or not same_frame:
            self.update()

    def set_width(self, width: float) -> None:
        """The room there is across; columns share it down to their least width."""
        if width != self._width:
            self._width = width
            self._place_all()

    def set_scale(self, px_per_min: float) -> None:
        """Zoom the time axis; type keeps its size."""
        wanted = min(max(px_per_min, LEAST_SCALE), MOST_SCALE)
        if wanted != self._ruler.px_per_min:
            self._ruler = Ruler(self._rows.axis, wanted)
            self._place_all()

    @property
    def usual_scale(self) -> float:
        """The scale at which nine of ten matches of this event show their four lines, the referees among them."""
        spans = sorted((row.to_ms - row.from_ms) / MINUTE_MS for row in self._rows.blocks if row.sides)
        if not spans:
            return USUAL_SCALE
        short = max(spans[len(spans) // 10], 1)
        return min(max(USUAL_SCALE, (FOUR_LINES_PX + _GAP_PX + 1) / short), MOST_USUAL_SCALE)

    def choose(self, match_id: str) -> None:
        """Put the ring around a match; empty for none."""
        for known, chosen in ((self._chosen, False), (match_id, True)):
            item = self._blocks.get(known)
            if item is not None:
                item.choose(chosen=chosen)
        self._chosen = match_id

    def set_now(self, now_ms: int | None) -> None:
        """Move the now line; nothing else is touched."""
        rows = self._rows
        shown = now_ms if now_ms is not None and rows.axis.holds(now_ms) else None
        if shown != rows.now_ms:
            self._rows = BoardRows(rows.columns, rows.blocks, rows.bands, rows.joins, rows.axis, shown)
            self._place_now()

    def theme_changed(self) -> None:
        """Paint everything again in the colours of now, and measure words in the size of now."""
        forget_metrics()
        for item in self.items():
            item.update()
        self.update()

    def match_at(self, point: QPointF) -> str:
        """The match under a point; empty where there is none."""
        for item in self.items(point):
            if isinstance(item, BlockItem):
                return item.row.match_id
        return ""

    # places

    def column_box(self, column: int) -> tuple[float, float]:
        """Left edge and width of a column."""
        return column * self.column_px, self.column_px

    @staticmethod
    def _has_ghost(row: BlockRow | None) -> bool:
        return row is not None and row.ghost is not None

    @staticmethod
    def _has_forecast(row: BlockRow | None) -> bool:
        return row is not None and row.forecast is not None

    def _box(self, row: BlockRow, from_ms: int, to_ms: int, *, narrow: bool) -> QRectF:
        left, wide = self.column_box(row.column)
        lane_px = (wide - 2 * _MARGIN_PX + _GAP_PX) / row.lanes
        left += _MARGIN_PX + row.lane * lane_px
        width = lane_px - _GAP_PX - (_FORECAST_ROOM_PX if narrow else 0)
        top = self.y(from_ms)
        height = (to_ms - from_ms) / MINUTE_MS * self._ruler.px_per_min - _GAP_PX
        return QRectF(round(left), round(top) + 1, max(12.0, round(width)), max(4.0, round(height)))

    def _place_block(self, item: BlockItem, row: BlockRow) -> None:
        late = row.forecast is not None
        item.place(self._box(row, row.from_ms, row.to_ms, narrow=late))
        if row.ghost is not None:
            ghost = self._ghosts.get(row.match_id)
            if ghost is None:
                ghost = self._ghosts[row.match_id] = GhostItem()
                self.addItem(ghost)
            ghost.place(self._box(row, *row.ghost, narrow=late))
        if row.forecast is not None:
            bar = self._forecasts.get(row.match_id)
            if bar is None:
                bar = self._forecasts[row.match_id] = ForecastItem()
                self.addItem(bar)
            top, bottom = self.y(row.forecast[0]), self.y(row.forecast[1])
            bar.place(item.box.right() + _FORECAST_ROOM_PX - ForecastItem.WIDTH_PX, top + 1, bottom - top - _GAP_PX)

    def _show_bands(self, rows: BoardRows) -> None:
        wanted = {band.match_ids: band for band in rows.bands}
        for key in [key for key in self._bands if key not in wanted]:
            self.removeItem(self._bands.pop(key))
        for key, row in wanted.items():
            item = self._bands.get(key)
            if item is None:
                item = self._bands[key] = BandItem(row)
                self.addItem(item)
            else:
                item.show_row(row)
            self._place_band(item, row)
        for old in self._joins:
            self.removeItem(old)
        self._joins = []
        for join in rows.joins:
            line = JoinItem(join)
            self._joins.append(line)
            self.addItem(line)
            self._place_join(line)

    def _place_band(self, item: BandItem, row: BandRow) -> None:
        left, _ = self.column_box(row.first_column)
        right = self.column_box(row.last_column)[0] + self.column_px
        top = self.y(row.from_ms)
        height = max(6.0, round((row.to_ms - row.from_ms) / MINUTE_MS * self._ruler.px_per_min))
        item.place(QRectF(left, round(top), right - left, height))

    def _place_join(self, item: JoinItem) -> None:
        left, _ = self.column_box(item.row.first_column)
        right = self.column_box(item.row.last_column)[0] + self.column_px
        item.place(left, round(self.y(item.row.at_ms)) - 1, right - left)

    def _place_now(self) -> None:
        now_ms = self._rows.now_ms
        self._now.setVisible(now_ms is not None)
        if now_ms is not None:
            self._now.place(round(self.y(now_ms)), max(self._width, self.sceneRect().width()))

    def _place_all(self) -> None:
        for row in self._rows.blocks:
            self._place_block(self._blocks[row.match_id], row)
        for band in self._bands.values():
            self._place_band(band, band.row)
        for join in self._joins:
            self._place_join(join)
        self._set_size()
        self._place_now()
        self.update()

    def _set_size(self) -> None:
        width = max(self._width, self.column_px * len(self._rows.columns))
        self.setSceneRect(0, 0, width, self._ruler.height)

    # ground

    def hour_step_min(self) -> int:
        """Minutes between two lines across."""
        for step, least_px in ((15, 72), (30, 72), (60, 40), (120, 40)):
            if step * self._ruler.px_per_min >= least_px:
                return step
        return 240

    def drawBackground(self, painter: QPainter, exposed: QRectF | QRect) -> None:
        rect = QRectF(exposed)
        t = theme.tokens()
        painter.fillRect(rect, QColor(t.window))
        border, line = QColor(t.border), float(t.line_px)
        soft = QColor(t.border if t.name != "sunlight" else "#8A8A8A")
        step_ms = self.hour_step_min() * MINUTE_MS
        for section in self._rows.axis.sections:
            at = section.from_ms - (section.from_ms - section.day_ms) % step_ms
            while at <= section.to_ms:
                if at >= section.from_ms:
                    y = round(self.y(at))
                    if rect.top() - 1 <= y <= rect.bottom() + 1:
                        painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), soft)
                at += step_ms
        for column in range(len(self._rows.columns) + 1):
            x = round(self.column_box(column)[0])
            if rect.left() - 2 <= x <= rect.right() + 2 and x > 0:
                painter.fillRect(QRectF(x, rect.top(), 1, rect.height()), soft)
        if self._rows.axis.has_titles:
            for section, top in zip(self._rows.axis.sections, self._ruler.tops, strict=True):
                band = QRectF(rect.left(), top - TITLE_PX, rect.width(), TITLE_PX - 4)
                if band.intersects(rect):
                    painter.fillRect(band, QColor(t.surface))
                    painter.fillRect(QRectF(band.left(), band.bottom() - line, band.width(), line), border)
                    painter.fillRect(QRectF(band.left(), band.top(), band.width(), line), border)
                    where = QRectF(theme.GAP_12, band.top(), self.sceneRect().width(), band.height())
                    paint.line_of_text(
                        painter, where, day(section.day_ms), font=theme.font("base", 700), colour=t.text, elide=False
                    )
