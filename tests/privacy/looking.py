"""Everything that widgets say to an eye, a pointer or a screen reader, and what the rows behind them hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QGraphicsView, QPlainTextEdit, QTextEdit, QWidget

_SAYINGS: Final = (
    "text", "toolTip", "accessibleName", "accessibleDescription", "accessibleIdentifier", "whatsThis", "statusTip",
    "windowTitle", "placeholderText", "currentText", "title", "toPlainText", "objectName", "displayText",
)  # fmt: skip
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    *range(int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 12),
)
_ACCESSIBLE: Final = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)
_DEEPEST: Final = 7
_OF_THE_SCREEN: Final = ("arctos_desk.ui.", "arctos_desk.operations.roster_views", "arctos_desk.operations.views")
"""Rows and views are made for who reads. The state behind them is whole, and is no part of the screen."""


def said_by(widget: QWidget) -> str:
    """All words of a widget and of everything in it, also of what is not painted now."""
    return said_by_all([widget, *widget.findChildren(QObject)])


def said_by_all(objects: Iterable[QObject]) -> str:
    """All words of these and of nothing in them."""
    return "\n".join(_said(objects))


def _said(objects: Iterable[QObject]) -> Iterator[str]:
    for one in objects:
        for name in _SAYINGS if isinstance(one, QWidget | QAction) else ():
            ask = getattr(one, name, None)
            if callable(ask):
                try:
                    told = ask()
                except TypeError:
                    continue
                if isinstance(told, str):
                    yield told
        for key in one.dynamicPropertyNames():
            # Some the toolkit sets for itself, of kinds that Python does not know.
            with suppress(RuntimeError):
                yield str(one.property(bytes(key.data()).decode()))
        if isinstance(one, QWidget):
            yield from _accessible(one)
        if isinstance(one, QComboBox):
            yield from (one.itemText(index) for index in range(one.count()))
        if isinstance(one, QAction):
            yield one.iconText()
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _cells(one.model(), QModelIndex())
        if isinstance(one, QGraphicsView) and one.scene() is not None:
            yield from (item.toolTip() for item in one.scene().items())
            yield from (text for item in one.scene().items() for text in _held(vars(item), 0))
        if isinstance(one, QPlainTextEdit | QTextEdit):
            yield one.toPlainText()
        if hasattr(one, "__dict__"):
            yield from _held({name: value for name, value in vars(one).items() if name != "_desk"}, 0)


def _accessible(widget: QWidget) -> Iterator[str]:
    found = QAccessible.queryAccessibleInterface(widget)
    if found is not None and found.isValid():
        yield from (found.text(kind) for kind in _ACCESSIBLE)


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in _ROLES:
                yield from _held(model.data(index, role), 0)
    for section in range(columns):
        yield from _held(model.headerData(section, Qt.Orientation.Horizontal), 0)


def _held(value: Any, depth: int) -> Iterator[str]:
    """The texts in the rows of a pane: tuples, mappings and frozen rows of the screens; never the desk behind it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _held(key, depth + 1)
            yield from _held(one, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _held(one, depth + 1)
    elif is_dataclass(value) and type(value).__module__.startswith(_OF_THE_SCREEN):
        for one in fields(value):
            yield from _held(getattr(value, one.name), depth + 1)
