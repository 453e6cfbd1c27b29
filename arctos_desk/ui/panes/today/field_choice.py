"""Which field is mine: one large press each, with what runs or comes there."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.panes.today.rows import FieldRow
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.label import label

_TILE_PX = 96
_TILE_WIDE_PX = 288


class FieldTile(QAbstractButton):
    """One pitch."""

    def __init__(self, row: FieldRow, parent: QWidget | None = None, *, mine: bool) -> None:
        super().__init__(parent)
        self.setObjectName(f"field_{row.field_id}")
        self.setText(row.name)
        self.setAccessibleName(row.name)
        self.setAccessibleDescription(row.line)
        self.setToolTip(plain_tip(f"{row.name}: {row.line}"))
        self.setProperty("ring_radius", theme.RADIUS_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._row, self._mine = row, mine

    def sizeHint(self) -> QSize:
        return QSize(_TILE_WIDE_PX, _TILE_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        edge = t.accent.colour if self._mine else t.text if self.underMouse() else t.edge
        fill = t.accent.soft if self._mine or self.isDown() else t.surface
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=2, radius=theme.RADIUS_CARD)
        left = float(theme.GAP_16)
        icons.paint(painter, QRectF(left, 22, 24, 24), "field", t.accent.colour if self._mine else t.muted)
        right = self.width() - theme.GAP_16
        late = self._row.late
        if late:
            wide = ceil(paint.width_of(late, theme.font("large", 700))) + 2
            rect = QRectF(right - wide, 18, wide, 32)
            paint.line_of_text(painter, rect, late, font=theme.font("large", 700), colour=t.warning.colour, elide=False)
            right -= wide + theme.GAP_12
        name = QRectF(left + 36, 18, right - left - 36, 32)
        paint.line_of_text(painter, name, self._row.name, font=theme.font("title", 700), colour=t.text)
        line = QRectF(left + 36, 52, self.width() - left - 36 - theme.GAP_16, 24)
        paint.line_of_text(painter, line, self._row.line, font=theme.font(), colour=t.muted)


class FieldChoice(QWidget):
    """`chosen` carries the id of the field."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field_choice")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_24, theme.GAP_24, theme.GAP_24, theme.GAP_24)
        column.setSpacing(theme.GAP_8)
        column.addWidget(label(tr("Which field is yours?"), self, size="headline", weight=700))
        column.addWidget(
            label(
                tr("This laptop remembers it for this event. You can change it at any time."),
                self,
                tone="muted",
                wrap=True,
            )
        )
        column.addSpacing(theme.GAP_8)
        self._area = QScrollArea(self)
        self._area.setObjectName("fields_area")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self._rows: tuple[tuple[FieldRow, ...], str] = ((), "")
        self._tiles: list[FieldTile] = []
        self._columns = 0
        self._grid = QGridLayout()

    @property
    def tiles(self) -> tuple[FieldTile, ...]:
        return tuple(self._tiles)

    def show_fields(self, rows: Sequence[FieldRow], mine: str) -> None:
        if (tuple(rows), mine) == self._rows:
            return
        self._rows = (tuple(rows), mine)
        inside = QWidget()
        inside.setProperty("ground", "none")
        self._grid = QGridLayout(inside)
        # Room for the ring around the tile that has the keyboard.
        self._grid.setContentsMargins(theme.GAP_8, theme.GAP_8, theme.GAP_8, theme.GAP_8)
        self._grid.setSpacing(theme.GAP_16)
        self._tiles = []
        for row in rows:
            tile = FieldTile(row, inside, mine=row.field_id == mine)
            tile.clicked.connect(lambda _=False, field_id=row.field_id: self.chosen.emit(field_id))
            self._tiles.append(tile)
        self._columns = 0
        self._place()
        self._area.setWidget(inside)

    def _place(self) -> None:
        columns = max(1, min(4, (self.width() - 2 * theme.GAP_24) // (_TILE_WIDE_PX + theme.GAP_16)))
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(len(self._tiles) // columns + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def take_focus(self) -> None:
        mine = next((tile for tile in self._tiles if tile.objectName() == f"field_{self._rows[1]}"), None)
        target = mine or (self._tiles[0] if self._tiles else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
