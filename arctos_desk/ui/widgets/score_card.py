"""The score of a match in the largest type: a name and a number on each side, the sets between. Computes no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.key_cap import cap_width, key_text, paint_cap

SCORE_CARD_PX: Final = 172
_SETS_PX: Final = 264
_ROW_PX: Final = 28


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of the small table; the current one stands out."""

    name: str
    left: str
    right: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """What the card shows. `left_key` and `right_key` are drawn beside the numbers while those keys give points."""

    left_team: str
    right_team: str
    left_score: str
    right_score: str
    left_short: str = ""
    right_short: str = ""
    sets: Sequence[SetLine] = ()
    left_key: str = ""
    right_key: str = ""


class ScoreCard(QFrame):
    """172 high; names elide, numbers never."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "score_card") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", "true")
        self.setFixedHeight(SCORE_CARD_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(640)
        self._words = ScoreWords("", "", "", "")

    @property
    def words(self) -> ScoreWords:
        return self._words

    def show_score(self, words: ScoreWords) -> None:
        if words == self._words:
            return
        self._words = words
        self.setAccessibleName(f"{words.left_team} {words.left_score} : {words.right_score} {words.right_team}")
        self.setToolTip(plain_tip(f"{words.left_team} : {words.right_team}"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t = theme.tokens()
        words = self._words
        painter = QPainter(self)
        edge = theme.GAP_24
        table = _SETS_PX if words.sets else 0
        side_px = (self.width() - 2 * edge - table) / 2
        left = QRectF(edge, 0, side_px - theme.GAP_12, self.height())
        right = QRectF(self.width() - edge - side_px + theme.GAP_12, 0, side_px - theme.GAP_12, self.height())
        self._side(painter, t, left, words.left_team, words.left_score, words.left_key, to_right=False)
        self._side(painter, t, right, words.right_team, words.right_score, words.right_key, to_right=True)
        if words.sets:
            self._sets(painter, t, QRectF(edge + side_px, 0, table, self.height()))

    @staticmethod
    def _side(
        painter: QPainter, t: theme.Tokens, room: QRectF, team: str, score: str, key: str, *, to_right: bool
    ) -> None:
        align = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        top = (room.height() - 36 - 104) / 2
        name = QRectF(room.left(), top, room.width(), 36)
        paint.line_of_text(painter, name, team, font=theme.font("headline", 700), colour=t.text, align=align)
        number = QRectF(room.left(), top + 36, room.width(), 104)
        font = theme.font("score", 800)
        # The side bearing of so large a figure would push it visibly off the edge of the name above it.
        bearing = -2.0 if not to_right else 0.0
        paint.line_of_text(
            painter, number.translated(bearing, 0), score, font=font, colour=t.text, align=align, elide=False
        )
        if key and score:
            cap = key_text(key)
            says = tr("Key")
            wide = paint.width_of(says, theme.font()) + theme.GAP_4 + cap_width(cap)
            offset = paint.width_of(score, font) + theme.GAP_16
            at = room.right() - offset - wide if to_right else room.left() + offset
            middle = top + 36 + 104 - 22
            rect = QRectF(at, middle - 10, wide, 20)
            paint.line_of_text(painter, rect, says, font=theme.font(), colour=t.muted, elide=False)
            paint_cap(painter, at + wide - cap_width(cap), middle, cap, t.muted)

    def _sets(self, painter: QPainter, t: theme.Tokens, room: QRectF) -> None:
        # Five lines fit; the current one and the sum at the end must be among them.
        lines = list(self._words.sets)
        while len(lines) > 5:
            lines.pop(0 if not lines[0].current else 1)
        header = bool(self._words.left_short or self._words.right_short)
        count = len(lines) + (1 if header and len(lines) < 5 else 0)
        top = (room.height() - count * _ROW_PX) / 2
        # Names of teams may be cut, the number of a set may not.
        names = max((paint.width_of(line.name, theme.font("large", 800)) for line in lines), default=0.0) + 10
        first = max(room.width() * 0.26, names)
        columns = (first, (room.width() - first) / 2, (room.width() - first) / 2)
        rows: list[tuple[str, str, str, str, int]] = []
        if count > len(lines):
            rows.append(("", self._words.left_short, self._words.right_short, "head", 600))
        rows.extend(
            (line.name, line.left, line.right, "current" if line.current else "", 800 if line.current else 400)
            for line in lines
        )
        for name, left, right, kind, weight in rows:
            ink = t.accent.colour if kind == "current" else t.muted if kind == "head" else t.text
            if kind == "current":
                painter.fillRect(QRectF(room.left(), top, room.width(), _ROW_PX), t.accent.soft)
            at = room.left()
            for text, width, colour in zip(
                (name, left, right), columns, (ink if kind == "current" else t.muted, ink, ink), strict=True
            ):
                rect = QRectF(at + 4, top, width - 8, _ROW_PX)
                font = theme.font("large", weight)
                paint.line_of_text(painter, rect, text, font=font, colour=colour, align=Qt.AlignmentFlag.AlignHCenter)
                at += width
            top += _ROW_PX
