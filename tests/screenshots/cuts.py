"""Finds words on the screen that have no room, and what lies where no hand reaches.

Labels, buttons, choices in a row, chips, headings, figures in tables, placeholders: each is asked what it needs. What
elides on purpose says so by its kind and shows the whole in its tooltip; it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook

SLACK_PX = 1
ROWS_MOST = 24
"""Rows of a table that are looked at: no screen shows more."""


def cut_words(window: QWidget) -> tuple[str, ...]:
    """Every text that does not fit, with the name of its widget; and whatever lies out of reach."""
    return tuple(sorted(set(_cut(window))))


def _cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.isWindow():
            continue
        match widget:
            case QLabel() if widget.text():
                yield from _label(widget)
            case QAbstractButton() if widget.text():
                yield from _squeezed(widget, widget.text())
            case QLineEdit():
                yield from _line(widget)
            case QTableView():
                yield from _heading(widget)
                yield from _figures(widget)
            case _ if _is_rigid(widget):
                yield from _squeezed(widget, widget.accessibleName())
            case _:
                continue
        if out_of_reach(widget, window):
            yield f"{_told(widget)} lies out of reach"


def _told(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else widget.accessibleName()
    return f"{widget.objectName() or type(widget).__name__}: {str(words)[:60]}"


def _is_rigid(widget: QWidget) -> bool:
    """Ours, painted by itself, and of a width of its own."""
    ours = type(widget).__module__.startswith("arctos_desk.ui")
    fixed = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
    return ours and fixed and not isinstance(widget, ElidedLabel)


def _squeezed(widget: QWidget, words: str) -> Iterator[str]:
    needs = widget.minimumSizeHint().width()
    if needs > widget.width() + SLACK_PX:
        yield f"{widget.objectName() or type(widget).__name__}: {words[:60]} ({widget.width()} of {needs} px)"


def _label(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        high = label.heightForWidth(label.width())
        if high > label.height() + SLACK_PX:
            yield f"{_told(label)} ({label.height()} of {high} px high)"
        longest = max(map(label.fontMetrics().horizontalAdvance, label.text().split()), default=0)
        if longest > label.contentsRect().width() + SLACK_PX:
            yield f"{_told(label)} (a word of {longest} in {label.width()} px)"
    elif label.sizeHint().width() > label.width() + SLACK_PX:
        yield f"{_told(label)} ({label.width()} of {label.sizeHint().width()} px)"


def _line(line: QLineEdit) -> Iterator[str]:
    """What an empty line says of itself where no tooltip says more; what people type they can move through."""
    if line.text() or not line.placeholderText() or line.toolTip() not in ("", line.placeholderText()):
        return
    frame = line.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth, None, line)
    needs = line.fontMetrics().horizontalAdvance(line.placeholderText())
    room = line.contentsRect().width() - 2 * frame
    if needs > room:
        yield f"{line.objectName()}: placeholder {line.placeholderText()} ({room} of {needs} px)"


def _heading(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    model = table.model()
    if not header.isVisible() or model is None:
        return
    for section in range(header.count()):
        words = model.headerData(section, Qt.Orientation.Horizontal)
        if not words or header.isSectionHidden(section):
            continue
        needs = header.fontMetrics().horizontalAdvance(str(words))
        stretches = header.sectionResizeMode(section) == QHeaderView.ResizeMode.Stretch
        if not stretches and needs > header.sectionSize(section):
            yield f"{table.objectName()}: heading {words} ({header.sectionSize(section)} of {needs} px)"


def _figures(table: QTableView) -> Iterator[str]:
    """Numbers, times and chips never elide."""
    model = table.model()
    if model is None:
        return
    option = QStyleOptionViewItem()
    for row in range(min(model.rowCount(), ROWS_MOST)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if table.isColumnHidden(column) or not index.data() or not _is_figure(model, row, column):
                continue
            needs = table.itemDelegateForIndex(index).sizeHint(option, index).width()
            if needs > table.columnWidth(column) + SLACK_PX:
                yield f"{table.objectName()}: {index.data()} ({table.columnWidth(column)} of {needs} px)"


def _is_figure(model: QAbstractItemModel, row: int, column: int) -> bool:
    index = model.index(row, column)
    look = index.data(LOOK_ROLE)
    if isinstance(look, CellLook) and look.chip:
        return True
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return alignment is not None and bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight))


def out_of_reach(widget: QWidget, window: QWidget) -> bool:
    """Whether a part of it lies beyond an edge, of the window or of what holds it, past which nothing scrolls."""
    rect, at = QRect(QPoint(0, 0), widget.size()), widget
    while at is not window:
        holder = at.parentWidget()
        if holder is None:
            return False
        rect.translate(at.pos())
        area = holder.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
            if area.horizontalScrollBar().maximum() == 0 and not _across(rect, holder.rect()):
                return True
            if area.verticalScrollBar().maximum() == 0 and not _down(rect, holder.rect()):
                return True
            # It can be brought into view; from here on the view itself counts.
            rect = holder.rect()
        elif not (_across(rect, holder.rect()) and _down(rect, holder.rect())):
            return True
        at = holder
    return False


def _across(rect: QRect, room: QRect) -> bool:
    return rect.left() >= room.left() - SLACK_PX and rect.right() <= room.right() + SLACK_PX


def _down(rect: QRect, room: QRect) -> bool:
    return rect.top() >= room.top() - SLACK_PX and rect.bottom() <= room.bottom() + SLACK_PX
