"""The cards around the large control: who meets, plan and expected start, what was before and what comes, the strip.

The strip is the card between score and control. It has one height in every state, so the control never moves.
Computes nothing: it shows rows.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from arctos_desk.tournament.kinds import Ending
from arctos_desk.ui import icons, theme
from arctos_desk.ui.dialogs.sheet import target_high
from arctos_desk.ui.panes.today.note_edit import LineEdit
from arctos_desk.ui.panes.today.rows import HeadRow
from arctos_desk.ui.text import tr
from arctos_desk.ui.theme import SizeName
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.elided_label import ElidedLabel, Tone
from arctos_desk.ui.widgets.label import label, set_tone
from arctos_desk.ui.widgets.ladder import Ladder
from arctos_desk.ui.widgets.large_control import CONTROL_HEIGHT_PX
from arctos_desk.ui.widgets.notice import IconView
from arctos_desk.ui.widgets.score_card import SCORE_CARD_PX
from arctos_desk.ui.widgets.stepper import Stepper
from arctos_desk.ui.widgets.stones_bar import StonesBar

STRIP_PX: Final = 76


class HeadLine(QWidget):
    """State, name and rules at the left; referees, lateness and, where no column stands beside, what is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today_head")
        self.setFixedHeight(24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_8)
        self.state = Chip(name="today_state")
        self.name = ElidedLabel("", self, name="today_match", size="large", weight=700)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.about = ElidedLabel("", self, name="today_rules", tone="muted")
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whistle = IconView("whistle", "reffing", 18, self)
        self.refs = label(tr("Refs"), self, tone="muted")
        self.referees = ElidedLabel("", self, name="today_referees", weight=700)
        self.referees.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.referees.setMaximumWidth(320)
        self.late = Chip(name="today_late")
        self.saved = label("", self, name="today_saved_line", size="small", weight=600, tone="muted")
        self.ladder = Ladder(self, name="today_ladder_line")
        row.addWidget(self.state)
        row.addWidget(self.name)
        row.addWidget(self.about, 1)
        for widget in (self.whistle, self.refs, self.referees, self.late, self.saved, self.ladder):
            row.addWidget(widget)

    def show_head(self, head: HeadRow) -> None:
        self.state.show_state(head.state.text, head.state.hue, head.state.icon)
        self.name.set_text(head.name)
        self.about.set_text(head.about)
        self.referees.set_text(head.referees)
        for widget in (self.whistle, self.refs, self.referees):
            widget.setVisible(bool(head.referees))
        self.late.setVisible(head.late is not None)
        if head.late is not None:
            self.late.show_state(head.late.text, head.late.hue, head.late.icon)

    def show_saved(self, text: str, *, wanted: bool) -> None:
        self.saved.setText(text)
        self.saved.setVisible(wanted and bool(text))
        self.ladder.setVisible(wanted and bool(text))
        self.ladder.show_proven(here=True, elsewhere=False, site=False)


class MatchCard(QFrame):
    """Who meets, in the largest words, and when: plan, and what is expected beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("match_card")
        self.setProperty("card", "true")
        self.setFixedHeight(SCORE_CARD_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_24, theme.GAP_12, theme.GAP_24, theme.GAP_12)
        row.setSpacing(theme.GAP_24)
        self.left = _Team(self, "match_left", right=False)
        self.right = _Team(self, "match_right", right=True)
        middle = QHBoxLayout()
        middle.setSpacing(theme.GAP_24)
        self.plan = _Figure(self, tr("Plan"), "match_plan")
        self.expected = _Figure(self, tr("Expected"), "match_expected")
        middle.addWidget(self.plan)
        middle.addWidget(self.expected)
        row.addWidget(self.left, 1)
        row.addLayout(middle)
        row.addWidget(self.right, 1)

    def show_match(
        self, teams: tuple[str, str], origins: tuple[str, str], plan: str, expected: str, *, late: bool
    ) -> None:
        self.left.show_team(teams[0], origins[0])
        self.right.show_team(teams[1], origins[1])
        self.plan.show_figure(plan, "text")
        self.expected.show_figure(expected, "warning" if late else "text")
        self.plan.setVisible(bool(plan))
        self.expected.setVisible(bool(expected) and expected != plan)
        self.setAccessibleName(tr("{left} against {right}", left=teams[0], right=teams[1]))


class _Team(QWidget):
    def __init__(self, parent: QWidget, name: str, *, right: bool) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_4)
        self.team = ElidedLabel("", self, name=name, size="headline", weight=700, right=right)
        self.origin = ElidedLabel("", self, name=f"{name}_origin", tone="muted", right=right)
        column.addStretch(1)
        column.addWidget(self.team)
        column.addWidget(self.origin)
        column.addStretch(1)

    def show_team(self, team: str, origin: str) -> None:
        self.team.set_text(team)
        self.origin.set_text(origin)


class _Figure(QWidget):
    """A small word over a large figure."""

    def __init__(self, parent: QWidget, word: str, name: str, size: SizeName = "headline") -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.word = label(word, self, size="small", weight=600, tone="muted")
        self.figure = label("", self, name=name, size=size, weight=700)
        for part in (self.word, self.figure):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)

    def show_figure(self, text: str, tone: Tone = "text") -> None:
        self.figure.setText(text)
        set_tone(self.figure, tone)


class FactCard(QFrame):
    """Beside the control while no point is played: one fact of this field."""

    def __init__(self, parent: QWidget | None = None, *, name: str, right: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", "true")
        self.setFixedHeight(CONTROL_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        column.setSpacing(0)
        self.word = ElidedLabel("", self, size="small", weight=600, tone="muted", right=right)
        self.headline = ElidedLabel("", self, name=f"{name}_headline", size="large", weight=700, right=right)
        self.sentence = ElidedLabel("", self, name=f"{name}_sentence", size="small", tone="muted", right=right)
        column.addStretch(1)
        for part in (self.word, self.headline, self.sentence):
            column.addWidget(part)
        column.addStretch(1)

    def show_fact(self, word: str, headline: str, sentence: str) -> None:
        self.word.set_text(word)
        self.headline.set_text(headline)
        self.sentence.set_text(sentence)


class Beat(QWidget):
    """A ring that is filled while a point is played. Shows no rhythm of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(36, 36)
        self._on = False

    def show_running(self, *, running: bool) -> None:
        if running != self._on:
            self._on = running
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(t.running.colour if self._on else t.done.colour)
        painter.setPen(QPen(colour, 3))
        painter.drawEllipse(QRectF(2, 2, 32, 32))
        if self._on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(8, 8, 20, 20))


class LiveStrip(QWidget):
    """While a match runs: stones where they are counted, the set of the next point, the match's time."""

    set_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_24, 0, theme.GAP_24, 0)
        row.setSpacing(theme.GAP_24)
        self.stones = QWidget(self)
        stones = QHBoxLayout(self.stones)
        stones.setContentsMargins(0, 0, 0, 0)
        stones.setSpacing(theme.GAP_16)
        self.beat = Beat(self.stones)
        stones.addWidget(self.beat)
        figures = QVBoxLayout()
        figures.setContentsMargins(0, 0, 0, 6)
        figures.setSpacing(0)
        figures.addWidget(label(tr("Stones left"), self.stones, size="small", weight=600, tone="muted"))
        numbers = QHBoxLayout()
        numbers.setSpacing(theme.GAP_4)
        self.left = label("", self.stones, name="stones_left", size="stones", weight=800)
        self.total = label("", self.stones, name="stones_total", size="large", tone="muted")
        # The figure has no descender: lifted by the room that one would take.
        self.left.setFixedHeight(theme.line_height("stones"))
        self.left.setContentsMargins(0, 0, 0, 6)
        self.total.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.total.setFixedHeight(theme.line_height("stones") - 6)
        numbers.addWidget(self.left)
        numbers.addWidget(self.total, 0, Qt.AlignmentFlag.AlignTop)
        numbers.addStretch(1)
        figures.addLayout(numbers)
        stones.addLayout(figures)
        self.bar = StonesBar(self.stones)
        stones.addWidget(self.bar, 1)
        row.addWidget(self.stones, 1)
        self.sets = _Figure(self, tr("Sets"), "sets_won")
        row.addWidget(self.sets)
        self.plain = QWidget(self)
        row.addWidget(self.plain, 1)
        next_set = QHBoxLayout()
        next_set.setSpacing(theme.GAP_12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        self.next_word = label(tr("Next point"), self, size="small", weight=600, tone="muted", right=True)
        words.addWidget(self.next_word)
        words.addWidget(label(tr("in set"), self, weight=600, right=True))
        words.addStretch(1)
        next_set.addLayout(words)
        self.next_set = Stepper(1, self, name="next_set", accessible=tr("Set of the next point"), wide=True)
        next_set.addWidget(self.next_set, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(next_set)
        self.time = _Figure(self, tr("Match time"), "match_time")
        row.addWidget(self.time)
        self.next_set.changed.connect(self.set_changed)

    def show_stones(self, left: int, total: int, started_at: int | None, *, running: bool) -> None:
        self.left.setText(str(left))
        self.total.setText(tr("of {total}", total=total))
        set_tone(self.left, "warning" if left <= StonesBar.MARK else "text")
        self.bar.show_stones(left, total, started_at)
        self.beat.show_running(running=running)

    def show_kind(self, *, stones: bool, sets: str) -> None:
        self.stones.setVisible(stones)
        self.plain.setVisible(not stones)
        self.sets.setVisible(not stones)
        self.sets.show_figure(sets)


class IdleStrip(QWidget):
    """Before a match: what stops it, or the way around it with a reason that is kept in the journal."""

    override_asked = Signal()
    override_given = Signal(str)
    override_left = Signal()

    def __init__(self, start_with_reason: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedLayout(self)
        self.pages.setContentsMargins(0, 0, 0, 0)
        self.plain = QWidget(self)
        row = QHBoxLayout(self.plain)
        row.setContentsMargins(theme.GAP_24, 0, theme.GAP_16, 0)
        row.setSpacing(theme.GAP_16)
        self.shape = IconView("clock", None, 24, self.plain)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.headline = ElidedLabel("", self.plain, name="strip_headline", size="large", weight=700)
        self.sentence = ElidedLabel("", self.plain, name="strip_sentence", tone="muted")
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.sentence)
        words.addStretch(1)
        row.addWidget(self.shape)
        row.addLayout(words, 1)
        self.start_with_reason = start_with_reason
        self.start_with_reason.setParent(self.plain)
        row.addWidget(self.start_with_reason)
        self.form = QWidget(self)
        form = QHBoxLayout(self.form)
        form.setContentsMargins(theme.GAP_24, 0, theme.GAP_16, 0)
        form.setSpacing(theme.GAP_12)
        form.addWidget(label(tr("Reason"), self.form, weight=600))
        self.reason = LineEdit(self.form)
        self.reason.setObjectName("override_reason")
        self.reason.setAccessibleName(tr("Why it starts all the same"))
        self.reason.setPlaceholderText(tr("Why it starts all the same; kept in the journal"))
        self.reason.setMaxLength(2_000)
        target_high(self.reason)
        self.give = Button(tr("Start match"), self.form, name="override_give", key="Enter", kind="primary", big=True)
        self.back = Button(tr("Back"), self.form, name="override_back", key="Esc", big=True)
        form.addWidget(self.reason, 1)
        form.addWidget(self.give)
        form.addWidget(self.back)
        self.pages.addWidget(self.plain)
        self.pages.addWidget(self.form)
        self.reason.textChanged.connect(self._mend)
        self.reason.returnPressed.connect(self._give)
        self.give.clicked.connect(self._give)
        self.back.clicked.connect(self.close_form)
        self.reason.left.connect(self.close_form)
        self._mend()

    def _mend(self) -> None:
        given = bool(self.reason.text().strip())
        self.give.setEnabled(given)
        self.give.setToolTip("" if given else tr("Write the reason first"))

    def _give(self) -> None:
        text = self.reason.text().strip()
        if text:
            self.override_given.emit(text)

    @property
    def is_open(self) -> bool:
        return self.pages.currentWidget() is self.form

    def open_form(self) -> None:
        self.pages.setCurrentWidget(self.form)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        if self.is_open:
            self.pages.setCurrentWidget(self.plain)
            self.override_left.emit()

    def clear(self) -> None:
        self.reason.clear()
        self.pages.setCurrentWidget(self.plain)

    def show_standing(self, headline: str, sentence: str, icon: icons.IconName, hue: theme.HueName | None) -> None:
        self.headline.set_text(headline)
        self.sentence.set_text(sentence)
        self.shape.show_icon(icon, hue)


class FinishStrip(QWidget):
    """While finishing: the hint, draw, and the endings that are rarer."""

    ending_pressed = Signal(object)

    def __init__(self, other_endings: list[tuple[Ending, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_24, 0, theme.GAP_16, 0)
        row.setSpacing(theme.GAP_12)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.headline = ElidedLabel("", self, name="proposal", size="large", weight=700)
        self.sentence = ElidedLabel("", self, name="proposal_sentence", tone="muted")
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.sentence)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.draw = Button(
            tr("Draw"),
            self,
            name="finish_draw",
            icon="draw",
            key="D",
            big=True,
            tooltip=tr("Nobody wins this match"),
        )
        self.draw.setCheckable(True)
        row.addWidget(self.draw)
        self.other = Choice(self, name="finish_other", accessible=tr("Another ending"))
        target_high(self.other)
        self.other.addItem(tr("Other ending…"), None)
        for ending, word in other_endings:
            self.other.addItem(word, ending.value)
        row.addWidget(self.other)
        self.draw.clicked.connect(lambda _=False: self.ending_pressed.emit(Ending.DRAW))
        self.other.activated.connect(self._other)

    def _other(self, place: int) -> None:
        value = self.other.itemData(place)
        self.ending_pressed.emit(Ending(value) if value else Ending.NORMAL)

    def show_choice(self, ending: Ending) -> None:
        self.draw.setChecked(ending is Ending.DRAW)
        self.draw.set_icon("check" if ending is Ending.DRAW else "draw")
        place = self.other.findData(ending.value)
        self.other.setCurrentIndex(max(0, place))

    def show_proposal(self, headline: str, sentence: str) -> None:
        self.headline.set_text(headline)
        self.sentence.set_text(sentence)


class OverStrip(QWidget):
    """After a match: how it ended and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_24, 0, theme.GAP_16, 0)
        row.setSpacing(theme.GAP_16)
        row.addWidget(IconView("flag", "accent", 24, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.headline = ElidedLabel("", self, name="over_headline", size="title", weight=700)
        self.sentence = ElidedLabel("", self, name="over_sentence", tone="muted")
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.sentence)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.time = _Figure(self, tr("Match time"), "over_time")
        row.addWidget(self.time)

    def show_over(self, headline: str, sentence: str, time: str) -> None:
        self.headline.set_text(headline)
        self.sentence.set_text(sentence)
        self.time.show_figure(time)


class Strip(QFrame):
    """One card, one height, four faces."""

    def __init__(self, live: LiveStrip, idle: IdleStrip, finish: FinishStrip, over: OverStrip) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setProperty("card", "true")
        self.setFixedHeight(STRIP_PX)
        self._faces = QStackedLayout(self)
        self._faces.setContentsMargins(0, 0, 0, 0)
        for face in (live, idle, finish, over):
            self._faces.addWidget(face)

    def show_face(self, face: QWidget) -> None:
        self._faces.setCurrentWidget(face)
