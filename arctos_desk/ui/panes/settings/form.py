"""Rows of the settings: a word, an input, below it a hint or what is wrong. An edit is asked for when it is left.

Emits what a person entered and shows what holds; performs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from arctos_desk.tournament.reasons import Outage
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import sentences
from arctos_desk.ui.text import plain_tip, render
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label

WORD_PX: Final = 176
COLUMN_PX: Final = 760
"""No line of a form is longer than this: what belongs together stands together."""
NARROW_PX: Final = 120


def said(news: BadNews) -> str:
    """Everything that bad news says, for the place beside an input."""
    return " ".join(render(words) for words in sentences(news))


def is_nothing_new(news: BadNews) -> bool:
    """Whether a refusal only says that what was entered holds already: no reason to bother anybody."""
    return not isinstance(news, Outage) and news.codes == ("NOTHING_CHANGED",)


class FormRow(QWidget):
    """A word at the left, `inputs` at the right of it, below them the hint, or in its place what is wrong."""

    def __init__(self, word: str, parent: QWidget, *, name: str, hint: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_row")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_16)
        self.word = label(word, self, name=f"{name}_word", weight=600, wrap=True)
        self.word.setFixedWidth(round(WORD_PX * max(100, theme.text_percent()) / 100))
        self.word.setMinimumHeight(theme.CONTROL_PX)
        self.word.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.word, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP_4)
        self.inputs = QHBoxLayout()
        self.inputs.setSpacing(theme.GAP_8)
        column.addLayout(self.inputs)
        self.hint = label(hint, self, name=f"{name}_hint", size="small", tone="muted", wrap=True)
        self.wrong = label("", self, name=f"{name}_wrong", size="small", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.hint)
        column.addWidget(self.wrong)
        row.addLayout(column, 1)
        self._mend()

    def say_hint(self, words: str) -> None:
        self.hint.setText(words)
        self._mend()

    def say_wrong(self, words: str) -> None:
        """Show what is wrong, or nothing any more."""
        self.wrong.setText(words)
        self._mend()

    def refused(self, news: BadNews) -> None:
        """What stood against an edit; what held before holds still."""
        self.say_wrong("" if is_nothing_new(news) else said(news))

    def _mend(self) -> None:
        self.wrong.setVisible(bool(self.wrong.text()))
        self.hint.setVisible(bool(self.hint.text()) and not self.wrong.text())


class Line(QLineEdit):
    """One line. `entered` carries its text when a person left it or pressed Enter and it is another than before.

    Escape brings back what holds.
    """

    entered = Signal(str)
    took_back = Signal()

    def __init__(self, parent: QWidget, *, name: str, accessible: str, most: int = 200, tooltip: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setToolTip(plain_tip(tooltip or accessible))
        self.setFont(theme.font())
        self.setMaxLength(most)
        self._holds = ""
        self._asked: str | None = None
        self.editingFinished.connect(self._finished)
        self.textEdited.connect(self._edited)

    @property
    def holds(self) -> str:
        """What the event says, whatever is typed here."""
        return self._holds

    def show_text(self, text: str) -> None:
        """What holds now. A person who is typing, or whose entry was refused, keeps what they typed."""
        busy = self.text() != self._holds and (self.hasFocus() or self._asked is not None)
        took = self._asked is not None and text != self._holds
        self._holds = text
        if not busy or took:
            self.show_afresh()

    def begin(self, text: str) -> None:
        """Begin afresh with this text: in a form that was just opened."""
        self._holds = text
        self.show_afresh()

    def show_afresh(self) -> None:
        """Show what holds, whatever stood here."""
        self._asked = None
        if self.text() != self._holds:
            self.setText(self._holds)
        theme.set_property(self, "wrong", value=False)

    def refuse(self) -> None:
        """Mark what was typed as refused; it stays for a person to mend."""
        theme.set_property(self, "wrong", value=True)

    def _edited(self) -> None:
        self._asked = None
        theme.set_property(self, "wrong", value=False)

    def _finished(self) -> None:
        text = self.text()
        if text in (self._holds, self._asked):
            return
        self._asked = text
        self.entered.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._holds:
            self.show_afresh()
            self.took_back.emit()
            return
        super().keyPressEvent(event)


class TextRow(FormRow):
    """A row with one line. `entered` asks for an edit; then `show_text` says what holds, or `refused` why not."""

    entered = Signal(str)

    def __init__(
        self,
        word: str,
        parent: QWidget,
        *,
        name: str,
        hint: str = "",
        most: int = 200,
        narrow: bool = False,
        placeholder: str = "",
    ) -> None:
        super().__init__(word, parent, name=name, hint=hint)
        self.line = Line(self, name=name, accessible=word, most=most, tooltip=hint)
        self.line.setPlaceholderText(placeholder)
        self.word.setBuddy(self.line)
        if narrow:
            self.line.setFixedWidth(round(NARROW_PX * max(100, theme.text_percent()) / 100))
            self.inputs.addWidget(self.line)
            self.inputs.addStretch(1)
        else:
            self.inputs.addWidget(self.line, 1)
        self.line.entered.connect(self._entered)
        self.line.took_back.connect(lambda: self.say_wrong(""))
        self.line.textEdited.connect(lambda _: self.say_wrong(""))

    def show_text(self, text: str) -> None:
        changed = text != self.line.holds
        self.line.show_text(text)
        if changed and self.line.text() == text:
            self.say_wrong("")

    def refused(self, news: BadNews) -> None:
        if is_nothing_new(news):
            self.line.show_afresh()
        else:
            self.line.refuse()
        super().refused(news)

    def refuse(self, words: str) -> None:
        """What is wrong with the entry before anybody else was asked."""
        self.line.refuse()
        self.say_wrong(words)

    def complete_from(self, choices: Sequence[str]) -> None:
        """Offer what contains the letters typed so far."""
        completer = QCompleter(list(choices), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)

    def _entered(self, text: str) -> None:
        self.say_wrong("")
        self.entered.emit(text)


class Lines(QPlainTextEdit):
    """Some lines. `entered` carries them when a person went on and they are others than before; Escape takes back."""

    entered = Signal(str)
    took_back = Signal()

    def __init__(self, parent: QWidget, *, name: str, accessible: str, rows: int = 2) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setToolTip(plain_tip(accessible))
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setProperty("ring", "inside")
        self.setFixedHeight(rows * theme.line_height("base") + theme.GAP_24 + 2)
        self._holds = ""
        self._asked: str | None = None

    @property
    def holds(self) -> str:
        """What the event says, whatever is typed here."""
        return self._holds

    def show_text(self, text: str) -> None:
        """What holds now. A person who is typing, or whose entry was refused, keeps what they typed."""
        busy = self.toPlainText() != self._holds and (self.hasFocus() or self._asked is not None)
        took = self._asked is not None and text != self._holds
        self._holds = text
        if not busy or took:
            self.show_afresh()

    def show_afresh(self) -> None:
        """Show what holds, whatever stood here."""
        self._asked = None
        if self.toPlainText() != self._holds:
            self.setPlainText(self._holds)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._finished()

    def _finished(self) -> None:
        text = self.toPlainText()
        if text not in (self._holds, self._asked):
            self._asked = text
            self.entered.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._holds:
            self.show_afresh()
            self.took_back.emit()
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._finished()
            return
        super().keyPressEvent(event)


class Option(QAbstractButton):
    """One of several choices with a sentence that says what it means; a filled circle marks the one that counts."""

    def __init__(self, text: str, sentence: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setText(text)
        self._sentence = sentence
        self.setAccessibleName(text)
        self.setAccessibleDescription(sentence)
        self.setToolTip(plain_tip(sentence))
        self.setCheckable(True)
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def nextCheckState(self) -> None:
        """Nothing: what counts is shown by `OptionList.choose`."""

    def sizeHint(self) -> QSize:
        return QSize(320, theme.line_height("base") + theme.line_height("small") + theme.GAP_16)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        chosen, enabled = self.isChecked(), self.isEnabled()
        fill = t.accent.soft if chosen and enabled else t.raised if self.underMouse() and enabled else ""
        edge = t.accent.colour if chosen and enabled else t.border
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        middle = self.height() / 2
        ink = t.accent.colour if enabled else t.done.colour
        circle = QRectF(theme.GAP_12, middle - 9, 18, 18)
        paint.box(painter, circle, fill=t.surface, edge=ink if chosen else t.edge, line=2, radius=9)
        if chosen:
            paint.box(painter, circle.adjusted(5, 5, -5, -5), fill=ink, radius=4)
        left = circle.right() + theme.GAP_12
        wide = self.width() - left - theme.GAP_12
        top = theme.GAP_8
        words = t.text if enabled else t.done.colour
        first = QRectF(left, top, wide, theme.line_height("base"))
        paint.line_of_text(painter, first, self.text(), font=theme.font("base", 600), colour=words)
        second = QRectF(left, first.bottom(), wide, theme.line_height("small"))
        quiet = t.muted if enabled else t.done.colour
        paint.line_of_text(painter, second, self._sentence, font=theme.font("small"), colour=quiet)


class OptionList(QWidget):
    """Options below each other; Up and Down go between them. `chosen` carries the value that a person pressed."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], parent: QWidget, *, name: str, accessible: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_8)
        self.options: dict[str, Option] = {}
        for value, text, sentence in options:
            option = Option(text, sentence, self, name=f"{name}_{value}")
            option.clicked.connect(lambda _=False, which=value: self._pressed(which))
            column.addWidget(option)
            self.options[value] = option

    @property
    def value(self) -> str:
        return next((value for value, option in self.options.items() if option.isChecked()), "")

    def choose(self, value: str) -> None:
        """Show what counts; emits nothing."""
        for known, option in self.options.items():
            option.setChecked(known == value)

    def _pressed(self, value: str) -> None:
        if value != self.value:
            self.chosen.emit(value)


class SectionArea(QScrollArea):
    """What a section scrolls in: one column of cards, no wider than it can be read."""

    def __init__(self, parent: QWidget, *, name: str, wide: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_area")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("ground", "none")
        across = QHBoxLayout(inside)
        across.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.GAP_16)
        holder = QWidget(inside)
        holder.setLayout(self.column)
        self.column.setContentsMargins(0, 0, 0, 0)
        if not wide:
            holder.setMaximumWidth(round(COLUMN_PX * max(100, theme.text_percent()) / 100))
        across.addWidget(holder, 1)
        if not wide:
            across.addStretch(0)
        self._inside = inside
        self.setWidget(inside)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a widget, also to one that has just appeared and has no place yet."""
        inside, layout = self._inside, self._inside.layout()
        if layout is not None:
            layout.activate()
            inside.resize(inside.width(), max(inside.height(), layout.totalSizeHint().height()))
        self.ensureWidgetVisible(widget, 0, theme.GAP_24)


class NewName(QWidget):
    """The line that adds one more thing: its name and the button, below them why it was not added.

    `asked` carries the name. Enter adds; leaving the input does not: a name that is half typed is no thing yet.
    """

    asked = Signal(str)

    def __init__(
        self, parent: QWidget, *, name: str, words: str, button: str, tooltip: str, wide: int, most: int = 200
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_4)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP_12)
        self.input = Line(self, name=f"{name}_new", accessible=words, most=most)
        self.input.setPlaceholderText(words)
        self.input.setFixedWidth(wide)
        self.add = Button(button, self, name=f"{name}_add", icon="plus", key="Enter", tooltip=tooltip)
        self.wrong = label("", self, name=f"{name}_new_wrong", size="small", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        self.add.clicked.connect(self._ask)
        self.input.returnPressed.connect(self._ask)
        self.input.textEdited.connect(lambda _: self.say_wrong(""))
        line.addWidget(self.input)
        line.addWidget(self.add)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.wrong)

    def _ask(self) -> None:
        self.say_wrong("")
        self.asked.emit(self.input.text())

    def refused(self, news: BadNews) -> None:
        """Why nothing was added."""
        self.say_wrong(said(news))
        self.input.refuse()
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
