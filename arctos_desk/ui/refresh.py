"""Tells the panes what changed: those on the screen at once, the others when they come back. Nothing jumps.

One `Change` per transaction, several of one turn of the loop are told together. Asks no view and knows no pane by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Change:
    """What a pane must look at again:

    references of records, or everything. `clock` alone means only time has passed.
    """

    references: frozenset[str] = frozenset()
    everything: bool = False
    clock: bool = False

    def __or__(self, other: Change) -> Change:
        return Change(
            self.references | other.references, self.everything or other.everything, self.clock or other.clock
        )

    def __bool__(self) -> bool:
        return bool(self.references) or self.everything or self.clock


EVERYTHING = Change(everything=True)
CLOCK = Change(clock=True)


class Refreshable(Protocol):
    """A pane, as far as this module knows it."""

    def refresh(self, change: Change) -> None: ...


class Refresh(QObject):
    """Collects changes and hands them to the panes that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes: dict[str, tuple[Refreshable, Callable[[], bool]]] = {}
        self._owed: dict[str, Change] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.deliver)

    def register(self, pane_id: str, pane: Refreshable, is_shown: Callable[[], bool]) -> None:
        """From now on this pane is told; it is owed everything at first."""
        self._panes[pane_id] = (pane, is_shown)
        self._owed[pane_id] = EVERYTHING

    def changed(self, references: Iterable[str] = (), *, everything: bool = False) -> None:
        """Records changed; panes on the screen are told in this turn of the loop."""
        self.tell(Change(frozenset(references), everything))

    def tell(self, change: Change) -> None:
        if not change:
            return
        for pane_id in self._panes:
            self._owed[pane_id] = self._owed.get(pane_id, Change()) | change
        if not self._timer.isActive():
            self._timer.start()

    def deliver(self) -> None:
        """Tell the panes on the screen what they are owed, now."""
        self._timer.stop()
        for pane_id, (pane, is_shown) in list(self._panes.items()):
            owed = self._owed.get(pane_id)
            if owed and is_shown():
                del self._owed[pane_id]
                pane.refresh(owed)

    def owed(self, pane_id: str) -> Change:
        """What a pane that is not shown will be told when it comes back."""
        return self._owed.get(pane_id, Change())

    def close(self) -> None:
        self._timer.stop()
        self._panes.clear()


@contextmanager
def kept(view: QAbstractItemView, key_role: int = Qt.ItemDataRole.UserRole) -> Iterator[None]:
    """While the rows of a view are replaced, keep its current row (by the key in `key_role` of column 0),
    scroll and focus.
    """
    current = view.currentIndex()
    model = view.model()
    key: Any = model.index(current.row(), 0).data(key_role) if current.isValid() else None
    column = max(0, current.column())
    was_selected = current.isValid() and view.selectionModel().hasSelection()
    with kept_scroll(view):
        yield
        model = view.model()
        if key is None:
            return
        for row in range(model.rowCount()):
            if model.index(row, 0).data(key_role) == key:
                flag = QItemSelectionModel.SelectionFlag
                how = flag.ClearAndSelect | flag.Rows if was_selected else flag.NoUpdate
                view.selectionModel().setCurrentIndex(model.index(row, column), how)
                break


@contextmanager
def kept_scroll(area: QAbstractScrollArea) -> Iterator[None]:
    """Keep scroll and focus of an area while its contents are replaced."""
    focus = QApplication.focusWidget()
    down, across = area.verticalScrollBar().value(), area.horizontalScrollBar().value()
    yield
    area.verticalScrollBar().setValue(down)
    area.horizontalScrollBar().setValue(across)
    restore_focus(focus, area)


def restore_focus(focus: QWidget | None, area: QWidget) -> None:
    """Give the keyboard back to the widget that had it, if replacing contents took it away."""
    if focus is not None and focus is not QApplication.focusWidget() and (focus is area or area.isAncestorOf(focus)):
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
