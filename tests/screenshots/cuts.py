"""Finds words on the screen that have no room: labels, buttons and headings that are narrower or lower than their text.

What elides on purpose says so by its kind and shows the whole in its tooltip; it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QHeaderView, QLabel, QTableView, QWidget

from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.tick_box import TickBox

SLACK_PX = 1


def cut_words(window: QWidget) -> tuple[str, ...]:
    """Every text that does not fit, with the name of its widget; and whatever lies beyond the window."""
    return tuple(sorted(set(_cut(window))))


def _cut(window: QWidget) -> Iterator[str]:
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            yield from _label(label)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and isinstance(button, Button | TickBox) and button.text():
            if button.width() + SLACK_PX < button.minimumSizeHint().width():
                yield f"{button.objectName()}: {button.text()} ({button.width()} px)"
            if _beyond(button, window):
                yield f"{button.objectName()}: {button.text()} lies beyond the window"
    for table in window.findChildren(QTableView):
        if table.isVisible():
            yield from _heading(table)


def _label(label: QLabel) -> Iterator[str]:
    if label.textFormat() != Qt.TextFormat.PlainText:
        return
    told = f"{label.objectName() or '?'}: {label.text()[:60]}"
    if label.wordWrap():
        high = label.heightForWidth(label.width())
        if high > label.height() + SLACK_PX:
            yield f"{told} ({label.height()} of {high} px high)"
    elif label.sizeHint().width() > label.width() + SLACK_PX:
        yield f"{told} ({label.width()} of {label.sizeHint().width()} px)"


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


def _beyond(widget: QWidget, window: QWidget) -> bool:
    """Whether a control lies outside the window where no scrolling brings it into view."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return False
        parent = parent.parentWidget()
    at = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return not window.rect().adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX).contains(at)
