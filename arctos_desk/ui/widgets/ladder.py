"""Where a press is proven to be:

1 saved here, 2 on another laptop or stick, 3 on the site. Filled means proven; never one green lamp.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint


class Ladder(QWidget):
    """Three boxes; each is filled by itself."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "ladder") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._proven = (False, False, False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_proven(here=False, elsewhere=False, site=False)

    def show_proven(self, *, here: bool, elsewhere: bool, site: bool) -> None:
        self._proven = (here, elsewhere, site)
        words = (
            tr("saved here") if here else tr("not saved here yet"),
            tr("on another laptop or stick") if elsewhere else tr("on no other laptop or stick yet"),
            tr("on the site") if site else tr("not on the site yet"),
        )
        text = " · ".join(f"{number} {word}" for number, word in enumerate(words, start=1))
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(3 * 18 + 2 * 2, 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        for place, proven in enumerate(self._proven):
            rect = QRectF(place * 20, 0, 18, 18)
            fill, edge, ink = (t.running.colour, t.running.colour, t.on) if proven else (t.surface, t.edge, t.muted)
            paint.box(painter, rect, fill=fill, edge=edge, radius=3)
            font = theme.font("tiny", 700)
            paint.line_of_text(
                painter, rect, str(place + 1), font=font, colour=ink, align=Qt.AlignmentFlag.AlignHCenter
            )
