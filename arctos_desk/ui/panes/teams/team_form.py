"""What is written of one team: name, short name, colour, logo, and where it plays; or the same of a new one.

Each input is saved when a person leaves it. Performs nothing; what was refused appears beside its input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.panes.teams.logo import LogoView
from arctos_desk.ui.panes.teams.rows import used_words
from arctos_desk.ui.panes.teams.swatches import ColourBoard, SwatchButton, read_colour
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label

if TYPE_CHECKING:
    from arctos_desk.operations.roster_views import RosterView

NAME, SHORT, COLOUR = "name", "shortname", "colour"
_MOST: Final = {NAME: 100, SHORT: 8, COLOUR: 7}


class TeamForm(QWidget):
    """`edited` carries the team, the input and its new value; `add_asked` name, short name and colour of a new team."""

    edited = Signal(str, str, str)
    add_asked = Signal(str, str, str)
    new_left = Signal()
    logo_asked = Signal()
    logo_removed = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team_form")
        self._used = self._used_tip = ""
        self._team_id = ""
        self._is_new = False
        self._stated = {NAME: "", SHORT: "", COLOUR: ""}
        self._wrong: dict[str, str] = {}
        self._tips: dict[str, str] = {}
        self._why_not = ""
        self.logo = LogoView(self)
        self.name = self._line(NAME, tr("Name"), tr("The name of the team, as everybody sees it"))
        self.short = self._line(SHORT, tr("Short name"), tr("At most 8 letters, for boards and phones"))
        self.colour = self._line(COLOUR, tr("Colour"), tr("Six digits such as C62828, or choose beside it"))
        self._lines = {NAME: self.name, SHORT: self.short, COLOUR: self.colour}
        self.swatch = SwatchButton("", self, name="team_swatch")
        self.swatch.clicked.connect(self._open_colours)
        # Over the whole pane: the form itself is too low for it.
        self.colours = ColourBoard(host)
        self.colours.chosen.connect(self._take_colour)
        self.used = ElidedLabel("", self, name="team_used", size="small", tone="muted")
        self.choose_logo = Button(tr("Logo…"), self, name="team_logo_choose", icon="import")
        self.remove_logo = Button(
            "", self, name="team_logo_remove", icon="cross", accessible=tr("Remove logo"), tooltip=tr("Remove logo")
        )
        self.delete = Button("", self, name="team_delete", icon="trash")
        self.back = Button(tr("Back"), self, name="team_back", key="Esc")
        self.add = Button(tr("Add team"), self, name="team_save", key="Enter", kind="primary")
        self.choose_logo.clicked.connect(self.logo_asked)
        self.remove_logo.clicked.connect(self.logo_removed)
        self.back.clicked.connect(self.new_left)
        self.add.clicked.connect(self._ask_add)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP_12)
        grid.setVerticalSpacing(theme.GAP_4)
        for column, (words, line) in enumerate(
            ((tr("Name"), self.name), (tr("Short name"), self.short), (tr("Colour"), self.colour))
        ):
            title = label(words, self, size="small", weight=600, tone="muted")
            title.setBuddy(line)
            grid.addWidget(title, 0, column)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(self.short, 1, 1)
        colour = QHBoxLayout()
        colour.setSpacing(theme.GAP_8)
        colour.addWidget(self.colour)
        colour.addWidget(self.swatch)
        grid.addLayout(colour, 1, 2)
        grid.setColumnStretch(0, 1)
        self.short.setFixedWidth(128)
        self.colour.setFixedWidth(104)
        self._foot = QStackedWidget(self)
        for buttons in ((self.choose_logo, self.remove_logo, self.delete), (self.back, self.add)):
            page = QWidget(self._foot)
            row = QHBoxLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.GAP_8)
            if self.choose_logo in buttons:
                row.addWidget(self.used, 1)
            else:
                self.hint = ElidedLabel("", page, name="team_hint", size="small", tone="muted")
                row.addWidget(self.hint, 1)
            for button in buttons:
                row.addWidget(button)
            self._foot.addWidget(page)
        self._foot.setFixedHeight(theme.CONTROL_PX)
        below = QVBoxLayout()
        below.setSpacing(theme.GAP_8)
        below.addLayout(grid)
        below.addWidget(self._foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        whole.setSpacing(theme.GAP_16)
        whole.addWidget(self.logo, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(below, 1)

    def _line(self, which: str, words: str, tip: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"team_{which}")
        line.setAccessibleName(words)
        self._tips[which] = tip
        line.setToolTip(plain_tip(tip))
        line.setFont(theme.font("base", 600 if which == NAME else 400))
        line.setMaxLength(_MOST[which])
        line.editingFinished.connect(lambda: self._finished(which))
        line.returnPressed.connect(self._entered)
        line.textEdited.connect(lambda _: self._typed(which))
        line.installEventFilter(self)
        return line

    # showing

    @property
    def is_new(self) -> bool:
        """Whether a team is being made that is not in the event yet."""
        return self._is_new

    @property
    def team_id(self) -> str:
        return self._team_id

    def show_team(self, roster: RosterView) -> None:
        """Show a team; what a person is typing just now, or what was refused, stays."""
        other = self._is_new or roster.team_id != self._team_id
        if other and not self._is_new:
            self.commit()
        self._team_id, self._is_new = roster.team_id or "", False
        stated = {NAME: roster.name, SHORT: roster.shortname, COLOUR: roster.colour}
        if other:
            self._wrong = {}
        for which, line in self._lines.items():
            typing = line.hasFocus() and line.isModified()
            if other or not (typing or which in self._wrong):
                text = stated[which].upper() if which == COLOUR else stated[which]
                if line.text() != text:
                    line.setText(text)
                    line.home(False)  # noqa: FBT003 - a long name is shown from its beginning
                line.setModified(False)
        self._stated = stated
        self.logo.show_logo(roster.logo)
        self.remove_logo.setEnabled(bool(roster.logo) and not self._why_not)
        self._show_swatch()
        self._used = used_words(roster.used_in)
        self._used_tip = "\n".join(roster.used_in)
        self._foot.setCurrentIndex(0)
        self._show_wrong()

    def begin_new(self) -> None:
        """Empty inputs for a new team, the keyboard in its name."""
        if not self._is_new:
            self.commit()
            self._team_id, self._is_new, self._wrong = "", True, {}
            self._stated = {NAME: "", SHORT: "", COLOUR: ""}
            for line in self._lines.values():
                line.clear()
            self.logo.show_logo("")
            self._show_swatch()
            self._foot.setCurrentIndex(1)
            self._show_wrong()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_new(self) -> None:
        """Forget the team that was being made; the next that is shown fills the inputs."""
        self._is_new, self._team_id, self._wrong = False, "", {}
        for line in self._lines.values():
            line.setModified(False)

    def set_why_not(self, why_not: str) -> None:
        """Why nothing may be changed here; empty when it may."""
        self._why_not = why_not
        for which, line in self._lines.items():
            line.setReadOnly(bool(why_not))
            line.setToolTip(plain_tip(why_not or self._tips[which]))
        for button in (self.swatch, self.choose_logo, self.remove_logo):
            button.setEnabled(not why_not)
        self.choose_logo.setToolTip(plain_tip(why_not or tr("Choose a picture file; it is made small")))
        self.remove_logo.setToolTip(plain_tip(why_not or tr("Show no logo; it can be undone")))

    def show_wrong(self, which: str, words: str) -> None:
        """What was refused stays in its input, with the reason below."""
        self._wrong[which if which in self._lines else NAME] = words
        self._show_wrong()

    def _show_wrong(self) -> None:
        for which, line in self._lines.items():
            theme.set_property(line, "wrong", "true" if which in self._wrong else "false")
        said = " ".join(self._wrong.values())
        below = self.hint if self._is_new else self.used
        below.set_text(said or ("" if self._is_new else self._used))
        below.set_tone("danger" if said else "muted")
        if not said and not self._is_new:
            below.setToolTip(plain_tip(self._used_tip))

    def _show_swatch(self) -> None:
        self.swatch.show_colour(read_colour(self.colour.text()) or "")
        self.swatch.setToolTip(plain_tip(self._why_not or tr("Choose the colour of the shirts")))
        self.swatch.setAccessibleName(tr("Choose the colour of the shirts"))

    # entering

    def commit(self) -> None:
        """Save what was typed and not left yet."""
        for which in self._lines:
            self._finished(which)

    def _typed(self, which: str) -> None:
        if which in self._wrong:
            del self._wrong[which]
            self._show_wrong()
        if which == COLOUR:
            self._show_swatch()

    def _finished(self, which: str) -> None:
        line = self._lines[which]
        if self._is_new or not line.isModified() or which in self._wrong:
            return
        line.setModified(False)
        text = " ".join(line.text().split())
        if which == COLOUR:
            colour = read_colour(text)
            if colour is None:
                line.setModified(True)
                self.show_wrong(COLOUR, tr("A colour has six digits: 0 to 9 and A to F."))
                return
            text = colour
        if text != self._stated[which]:
            self.edited.emit(self._team_id, which, text)

    def _entered(self) -> None:
        if self._is_new:
            self._ask_add()

    def _ask_add(self) -> None:
        colour = read_colour(self.colour.text())
        self._wrong = {}
        if not self.name.text().strip():
            self._wrong[NAME] = tr("Give the team a name.")
        if colour is None:
            self._wrong[COLOUR] = tr("A colour has six digits: 0 to 9 and A to F.")
        self._show_wrong()
        if self._wrong:
            self._lines[next(iter(self._wrong))].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.add_asked.emit(self.name.text(), self.short.text(), colour or "")

    def _open_colours(self) -> None:
        self.colours.open_below(self.swatch, read_colour(self.colour.text()) or "")

    def _take_colour(self, colour: str) -> None:
        self.colour.setText(colour.upper())
        self.colour.setModified(True)
        self._typed(COLOUR)
        self._finished(COLOUR)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if self._is_new:
                self.new_left.emit()
            elif isinstance(watched, QLineEdit):
                self._revert(watched)
            return True
        return super().eventFilter(watched, event)

    def _revert(self, line: QLineEdit) -> None:
        which = next(one for one, known in self._lines.items() if known is line)
        line.setText(self._stated[which].upper() if which == COLOUR else self._stated[which])
        line.selectAll()
        self._wrong.pop(which, None)
        self._show_wrong()
        self._show_swatch()
