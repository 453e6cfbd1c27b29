"""A notice in place:

soft ground, an edge at the left, a shape, one bold sentence, one plain, at most one action. Never a dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import tr
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label

_SHAPES: Final[dict[HueName, IconName]] = {
    "danger": "cross",
    "warning": "warning",
    "running": "check",
    "accent": "journal",
    "done": "journal",
    "ready": "play",
    "playing": "teams",
    "reffing": "whistle",
}


class IconView(QWidget):
    """A drawing that stands alone, in the colour of a hue."""

    def __init__(
        self, icon: IconName, hue: HueName | None = None, size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon: IconName = icon
        self._hue: HueName | None = hue
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: IconName, hue: HueName | None) -> None:
        self._icon, self._hue = icon, hue
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        colour = t.hue(self._hue).colour if self._hue else t.muted
        icons.paint(QPainter(self), QRectF(0, 0, self._size, self._size), self._icon, colour)


class Notice(QFrame):
    """`acted` is emitted when the action was pressed, `dismissed` when a person closed it."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        headline: str,
        sentence: str = "",
        hue: HueName = "accent",
        parent: QWidget | None = None,
        *,
        name: str = "notice",
        icon: IconName | None = None,
        action: str = "",
        key: str = "",
        closable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("hue", hue)
        self.setAccessibleName(f"{headline}. {sentence}" if sentence else headline)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_12, theme.GAP_8, theme.GAP_12, theme.GAP_8)
        row.setSpacing(theme.GAP_12)
        self.shape = IconView(icon or _SHAPES[hue], hue, 20, self)
        row.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.headline = label(headline, self, name=f"{name}_headline", weight=600, wrap=True)
        self.sentence = label(sentence, self, name=f"{name}_sentence", size="small", wrap=True)
        self.sentence.setVisible(bool(sentence))
        words.addWidget(self.headline)
        words.addWidget(self.sentence)
        row.addLayout(words, 1)
        self.action: Button | None = None
        if action:
            self.action = Button(action, self, name=f"{name}_action", key=key)
            self.action.clicked.connect(self.acted)
            row.addWidget(self.action)
        if closable:
            close = Button(
                "", self, name=f"{name}_close", icon="cross", kind="quiet", accessible=tr("Close"), tooltip=tr("Close")
            )
            close.clicked.connect(self.dismissed)
            row.addWidget(close)

    def say(self, headline: str, sentence: str = "") -> None:
        """Other words in the same notice."""
        self.headline.setText(headline)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{headline}. {sentence}" if sentence else headline)


class NoticeArea(QWidget):
    """Where notices of a window appear, newest on top, at most three.

    Good news goes by itself, bad news waits for a person.
    """

    LINGER_MS: Final = 12_000
    MOST: Final = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, 0)
        self._column.setSpacing(theme.GAP_8)
        self._shown: list[Notice] = []
        self.hide()

    @property
    def shown(self) -> tuple[Notice, ...]:
        """The notices on the screen, newest first."""
        return tuple(self._shown)

    def show_notice(
        self,
        headline: str,
        sentence: str = "",
        hue: HueName = "accent",
        *,
        action: str = "",
        key: str = "",
        then: Callable[[], object] | None = None,
    ) -> Notice:
        """Show a notice; `then` is called when its action is pressed."""
        notice = Notice(headline, sentence, hue, self, action=action, key=key, closable=True)
        notice.dismissed.connect(lambda: self.remove(notice))

        def act() -> None:
            self.remove(notice)
            if then is not None:
                then()

        notice.acted.connect(act)
        self._shown.insert(0, notice)
        self._column.insertWidget(0, notice)
        for old in self._shown[self.MOST :]:
            self.remove(old)
        if hue not in ("danger", "warning"):
            timer = QTimer(notice)
            timer.setSingleShot(True)
            timer.timeout.connect(lambda: self.remove(notice))
            timer.start(self.LINGER_MS)
        self.show()
        return notice

    def remove(self, notice: Notice) -> None:
        if notice in self._shown:
            self._shown.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        for notice in list(self._shown):
            self.remove(notice)
