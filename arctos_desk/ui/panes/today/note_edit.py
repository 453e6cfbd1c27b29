"""Inputs for notes and reasons on a screen whose single keys do something: while one is typed in, they only type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets.elided_label import ElidedLabel

_ALONE = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


def keeps_key(event: QEvent) -> bool:
    """Whether a key on its way to a shortcut belongs to the input: every key pressed without Ctrl or Alt."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.modifiers() in _ALONE
        and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    )


class LineEdit(QLineEdit):
    """One line. Arrows and letters stay in it, Escape is told by `left`."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Qt lets Enter go on to whatever holds the input; there it would open it again.
            event.accept()


class NoteEdit(QPlainTextEdit):
    """Several lines; Tab goes on, Escape is told by `left`."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, name: str, accessible: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())

    def event(self, event: QEvent) -> bool:
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class NoteCell(QWidget):
    """A note as words; a click, Enter or `edit` makes it an input. What was typed is given on, never dropped.

    `given` carries the new text when it differs; Escape alone takes back what was typed.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, name: str, placeholder: str, accessible: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setToolTip(plain_tip(accessible))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.CONTROL_PX)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._placeholder = placeholder
        self._text = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._label = ElidedLabel(placeholder, self, tone="muted")
        self._row.addWidget(self._label, 1)
        self._edit: LineEdit | None = None

    @property
    def text(self) -> str:
        return self._text

    @property
    def is_editing(self) -> bool:
        return self._edit is not None

    def show_text(self, text: str) -> None:
        """Show the note as it is saved; an input that is open keeps what is being typed."""
        if text != self._text:
            self._text = text
            self._tell()

    def _tell(self) -> None:
        self._label.set_text(self._text or self._placeholder)
        self._label.set_tone("text" if self._text else "muted")
        self.setAccessibleDescription(self._text)

    def edit(self) -> None:
        """Open the input with everything selected."""
        if self._edit is not None:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        edit = LineEdit(self._text, self)
        edit.setObjectName(f"{self.objectName()}_edit")
        edit.setAccessibleName(self.accessibleName())
        edit.setPlaceholderText(self._placeholder)
        edit.setFont(theme.font())
        edit.setMaxLength(2_000)
        edit.returnPressed.connect(self._finish)
        edit.left.connect(self._cancel)
        edit.editingFinished.connect(self._lost_focus)
        self._edit = edit
        self._label.hide()
        self._row.addWidget(edit, 1)
        edit.selectAll()
        edit.show()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lost_focus(self) -> None:
        # Qt says so for Enter as well; the first to come closes the input.
        if self._edit is not None and not self._edit.hasFocus():
            self._close(keep=True)

    def _finish(self) -> None:
        self._close(keep=True)
        self.left.emit()

    def _cancel(self) -> None:
        self._close(keep=False)
        self.left.emit()

    def _close(self, *, keep: bool) -> None:
        edit, self._edit = self._edit, None
        if edit is None:
            return
        text = edit.text().strip()
        edit.hide()
        self._row.removeWidget(edit)
        edit.deleteLater()
        self._label.show()
        if keep and text != self._text:
            # The words appear when they are saved, not before.
            self.given.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._edit is not None:
            self._edit.setFocus(event.reason())
