"""Every problem of a file or a command at once, with its place and what to do next; copyable. Mends nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.tournament.reasons import Problem
from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.text import render, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import IconView


def in_order_of_lines(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """As a person goes through the file: those of the whole file first, then by the line that the place names."""

    def line_of(problem: Problem) -> int:
        found = re.search(r"\bline (\d+)", problem.place)
        return int(found[1]) if found else 0

    return tuple(sorted(problems, key=line_of))


def problem_lines(problems: Sequence[Problem]) -> tuple[str, ...]:
    """One line of text for each problem, as it is copied: place, words, next step."""
    lines: list[str] = []
    for problem in problems:
        words = render(problem.words)
        line = f"{problem.place}: {words}" if problem.place else words
        if problem.next_step is not None:
            line = f"{line} ({render(problem.next_step)})"
        lines.append(line)
    return tuple(lines)


class _Problem(QWidget):
    def __init__(self, parent: QWidget, problem: Problem, number: int) -> None:
        super().__init__(parent)
        self.setObjectName(f"problem_{number}")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        row.setSpacing(theme.GAP_16)
        row.addWidget(IconView("cross", "danger", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        if problem.place:
            place = label(problem.place, self, name=f"problem_{number}_place", weight=600, tone="danger", wrap=True)
            _selectable(place)
            words.addWidget(place)
        said = label(render(problem.words), self, name=f"problem_{number}_words", weight=500, wrap=True)
        _selectable(said)
        words.addWidget(said)
        if problem.next_step is not None:
            words.addWidget(label(render(problem.next_step), self, size="small", tone="muted", wrap=True))
        row.addLayout(words, 1)
        self.setAccessibleName(problem_lines([problem])[0])


def _selectable(widget: QWidget) -> None:
    widget.setProperty("textInteractionFlags", Qt.TextInteractionFlag.TextSelectableByMouse)


class ProblemList(Card):
    """All of them, in the order of the file; one press copies them."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "problems") -> None:
        super().__init__(tr("What is wrong"), parent, name=name, padding=0)
        self._problems: tuple[Problem, ...] = ()
        self.count = Chip("", "danger", "cross", name=f"{name}_count")
        self.copy = Button(tr("Copy all"), self, name=f"{name}_copy", icon="note")
        self.copy.setToolTip(tr("Copy every line, to send it to whoever made the file"))
        self.copy.clicked.connect(self.copy_all)
        self.tools.addWidget(self.count)
        self.tools.addWidget(self.copy)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.area = QScrollArea(self)
        self.area.setObjectName(f"{name}_area")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setProperty("ring", "inside")
        self.body.addWidget(self.area, 1)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = problems = in_order_of_lines(problems)
        self.count.show_state(tr_n("{count} problem", "{count} problems", len(problems)), "danger", "cross")
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, problem in enumerate(problems, start=1):
            column.addWidget(_Problem(inside, problem, number))
            if number < len(problems):
                column.addWidget(rule(inside))
        column.addStretch(1)
        self.area.setWidget(inside)

    def copy_all(self) -> None:
        """Put every line on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(problem_lines(self._problems)))
        self.copy.set_words(tr("Copied"))


class ProblemSheet(Sheet):
    """The same list over whatever is on the screen, for an import into the open event."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("", host, name="problem_sheet", width=640)
        self.note = label("", self.inside, name="problem_sheet_note", wrap=True)
        self.list = ProblemList(self.inside, name="problem_sheet_list")
        self.list.setMinimumHeight(360)
        self.body.addWidget(self.note)
        self.body.addWidget(self.list, 1)

    def show_problems(self, headline: str, problems: Sequence[Problem]) -> None:
        """Say what failed, that nothing was changed, and list why."""
        self.title.set_text(headline)
        self.note.setText(tr("Nothing was changed."))
        self.list.show_problems(problems)
        self.open_sheet()

    def take_focus(self) -> None:
        self.list.copy.setFocus(Qt.FocusReason.OtherFocusReason)
