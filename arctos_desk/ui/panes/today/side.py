"""The column at the right of Today: who runs the match, what follows, what is saved, the keys, Undo and Finish.

Shows rows and holds buttons of the table of actions; decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.panes.today.reason_list import ReasonList
from arctos_desk.ui.panes.today.rows import NextRow
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.key_cap import KeyCap
from arctos_desk.ui.widgets.label import label, set_tone
from arctos_desk.ui.widgets.ladder import Ladder
from arctos_desk.ui.widgets.notice import IconView, Notice

SIDE_PX = 376


class NextCard(Card):
    """The match after this one, with its referees."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, name="next_card", padding=theme.GAP_12)
        self.state = Chip(name="next_state")
        self.tools.addWidget(self.state)
        self.body.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        first = QHBoxLayout()
        first.setSpacing(theme.GAP_12)
        self.name = ElidedLabel("", self, name="next_name", size="large", weight=700)
        first.addWidget(self.name, 1)
        self.plan = label("", self, name="next_plan", weight=700)
        self.expected = label("", self, name="next_expected", weight=700, tone="warning")
        first.addWidget(self.plan)
        first.addWidget(self.expected)
        self.body.addLayout(first)
        self.left = ElidedLabel("", self, name="next_left", weight=600)
        self.right = ElidedLabel("", self, name="next_right", weight=600)
        self.body.addWidget(self.left)
        self.body.addWidget(self.right)
        self.rule = rule(self)
        self.body.addWidget(self.rule)
        refs = QHBoxLayout()
        refs.setSpacing(theme.GAP_8)
        self.whistle = IconView("whistle", "reffing", 18, self)
        self.refs_word = label(tr("Refs"), self)
        self.referees = ElidedLabel("", self, name="next_referees", weight=700)
        refs.addWidget(self.whistle)
        refs.addWidget(self.refs_word)
        refs.addWidget(self.referees, 1)
        self.body.addLayout(refs)
        self.none = label(tr("No match follows here."), self, tone="muted", wrap=True)
        self.body.addWidget(self.none)

    def show_next(self, row: NextRow | None, field_name: str) -> None:
        title = self.title
        assert title is not None
        title.set_text(tr("Next on {field}", field=field_name))
        known = row is not None
        for part in (self.state, self.name, self.left, self.right):
            part.setVisible(known)
        for figure in (self.plan, self.expected):
            figure.setVisible(known)
        self.none.setVisible(not known)
        has_refs = row is not None and bool(row.referees)
        for widget in (self.rule, self.whistle, self.refs_word, self.referees):
            widget.setVisible(has_refs)
        if row is None:
            return
        self.state.show_state(row.state.text, row.state.hue, row.state.icon)
        self.name.set_text(row.name)
        self.plan.setText(tr("plan {at}", at=f"{row.day} {row.time}".strip()) if row.time else "")
        self.expected.setText(tr("now {at}", at=row.expected) if row.expected else "")
        self.expected.setVisible(bool(row.expected))
        self.left.set_text(row.teams[0])
        self.right.set_text(row.teams[1])
        self.referees.set_text(row.referees)


class ThenCard(Card):
    """The matches that follow on this field, a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, name="then_card", padding=0)
        self._rows: tuple[NextRow, ...] | None = None
        self._field = ""
        self._inside = QWidget(self)
        self.body.addWidget(self._inside)

    def show_rows(self, rows: Sequence[NextRow], field_name: str) -> None:
        if (tuple(rows), field_name) == (self._rows, self._field):
            return
        self._rows, self._field = tuple(rows), field_name
        title = self.title
        assert title is not None
        title.set_text(tr("Then on {field}", field=field_name))
        self.body.removeWidget(self._inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = QWidget(self)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        column.setSpacing(theme.GAP_12)
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(theme.GAP_16)
            line.addWidget(label(row.time, self._inside, size="large", weight=700), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(row.name, self._inside, weight=600))
            if row.day:
                words.addWidget(label(row.day, self._inside, size="small", weight=600))
            who = tr("{left} against {right}", left=row.teams[0], right=row.teams[1])
            words.addWidget(ElidedLabel(who, self._inside, size="small", tone="muted"))
            line.addLayout(words, 1)
            line.addWidget(Chip(row.state.text, row.state.hue, None, self._inside))
            column.addLayout(line)
        if not rows:
            column.addWidget(label(tr("No match follows here."), self._inside, tone="muted"))
        self.body.addWidget(self._inside)
        self._inside.show()


class SavedCard(Card):
    """What was saved last, when it was pressed, and where it is proven to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, name="saved_card", padding=theme.GAP_12)
        self.body.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        self.body.setSpacing(theme.GAP_4)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        self.word = label(tr("Last press saved"), self, weight=600, wrap=True)
        self.time = label("", self, name="saved_time", tone="muted")
        self.ladder = Ladder(self, name="saved_ladder")
        row.addWidget(self.word, 1)
        row.addWidget(self.time)
        row.addWidget(self.ladder)
        self.body.addLayout(row)
        self.what = ElidedLabel("", self, name="saved_what", size="small", tone="muted")
        self.where = label("", self, name="saved_where", size="small", tone="muted", wrap=True)
        self.body.addWidget(self.what)
        self.body.addWidget(self.where)

    def show_saved(self, time: str, what: str) -> None:
        set_tone(self.word, "text")
        self.word.setText(tr("Last press saved") if time else tr("Nothing pressed yet"))
        self.time.setText(time)
        self.what.set_text(what)
        self.what.setVisible(bool(what))
        self.where.setText(tr("On the disk of this laptop.") if time else tr("Each press is saved before it is shown."))
        self.ladder.setVisible(bool(time))
        self.ladder.show_proven(here=bool(time), elsewhere=False, site=False)

    def show_failed(self, what: str) -> None:
        set_tone(self.word, "danger")
        self.word.setText(tr("Not saved"))
        self.time.setText("")
        self.what.set_text(what)
        self.what.setVisible(True)
        self.where.setText(tr("Stop here and write on paper until it works again."))
        self.ladder.hide()


class Keys(QWidget):
    """The keys that have no button of their own."""

    def __init__(self, keys: Sequence[tuple[Sequence[str], str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_8)
        for place in range(0, len(keys), 2):
            row = QHBoxLayout()
            row.setSpacing(theme.GAP_8)
            for caps, word in keys[place : place + 2]:
                for cap in caps:
                    row.addWidget(KeyCap(cap, self))
                text = ElidedLabel(word, self, size="small", tone="muted")
                text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                row.addWidget(text, 1)
            column.addLayout(row)


class Side(QWidget):
    """One column, three uses: before, while and after a match."""

    reason_acted = Signal(object)

    def __init__(self, undo: Button, finish: Button, back: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today_side")
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        column.setSpacing(theme.GAP_12)
        self.holder = Notice("", "", "running", self, name="holder", icon="person")
        self.reasons = ReasonList(self)
        self.next = NextCard(self)
        self.then = ThenCard(self)
        self.saved = SavedCard(self)
        self.keys_running = Keys(
            [
                (("Up", "Down"), tr("choose a point")),
                (("R",), tr("rerun")),
                (("+", "-"), tr("set of that point")),
                (("N",), tr("note")),
                (("Ctrl+Up", "Ctrl+Down"), tr("next set")),
                (("Del",), tr("delete it")),
            ],
            self,
        )
        column.addWidget(self.holder)
        column.addWidget(self.reasons, 1)
        column.addWidget(self.next)
        column.addWidget(self.then)
        column.addWidget(self.saved)
        self._gap = QWidget(self)
        column.addWidget(self._gap, 1)
        column.addWidget(self.keys_running)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        for button in (undo, finish, back):
            button.setParent(self)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        column.addLayout(row)
        self.undo, self.finish, self.back = undo, finish, back
        self.reasons.acted.connect(self.reason_acted)

    def show_for(self, stand: str, *, has_holder: bool, docked: bool) -> None:
        """Which parts stand in the column. Where it is a drawer, Undo and Finish stand in the header instead."""
        idle = stand == "idle"
        layout = self.layout()
        assert layout is not None
        # Beside the match its own margin is the gap; over it the column has edges of its own.
        layout.setContentsMargins(0 if docked else theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        self.holder.setVisible(has_holder and stand in ("running", "finishing"))
        self.reasons.setVisible(idle)
        self.next.setVisible(not idle)
        self.then.setVisible(idle)
        self.saved.setVisible(True)
        self._gap.setVisible(not idle)
        self.keys_running.setVisible(stand == "running")
        self.undo.setVisible(docked)
        self.finish.setVisible(docked and stand == "running")
        self.back.setVisible(docked and stand == "finishing")
