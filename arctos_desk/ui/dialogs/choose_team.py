"""Which team a tag stands for: a list of teams over the pane, and one press. Performs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.sheet import Sheet, target_high
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label


class TeamSheet(Sheet):
    """`chosen` carries the tag and the team."""

    chosen = Signal(str, str)

    def __init__(self, host: QWidget) -> None:
        super().__init__("", host, name="team_sheet")
        self._tag = ""
        self._buttons: list[Button] = []
        self.search = QLineEdit(self.inside)
        self.search.setObjectName("team_search")
        self.search.setAccessibleName(tr("Search a team"))
        self.search.setPlaceholderText(tr("Search a team"))
        self.search.setFont(theme.font())
        target_high(self.search)
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self._take_only)
        self.body.addWidget(self.search)
        self.none = label(tr("No team is called so."), self.inside, tone="muted")
        self.body.addWidget(self.none)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GAP_8)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def ask(self, tag_id: str, tag_name: str, teams: Sequence[tuple[str, str]]) -> None:
        """Show the teams (id, name), first those that play nowhere else yet if the caller orders them so."""
        self._tag = tag_id
        self.title.set_text(tr("Which team is “{tag}”?", tag=tag_name))
        for button in self._buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for team_id, name in teams:
            button = Button(name, self.inside, name=f"team_{team_id}", big=True, tooltip=name)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, which=team_id: self._choose(which))
            self._list.addWidget(button)
            self._buttons.append(button)
        self.search.clear()
        self._filter()
        self.open_sheet()

    def _shown(self) -> list[Button]:
        wanted = self.search.text().casefold().split()
        return [one for one in self._buttons if all(word in one.text().casefold() for word in wanted)]

    def _filter(self) -> None:
        shown = self._shown()
        for button in self._buttons:
            button.setVisible(button in shown)
        self.none.setVisible(not shown)
        if self.is_open:
            self.place()

    def _take_only(self) -> None:
        shown = self._shown()
        if len(shown) == 1:
            shown[0].click()

    def _choose(self, team_id: str) -> None:
        self.close_sheet()
        self.chosen.emit(self._tag, team_id)

    def take_focus(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
