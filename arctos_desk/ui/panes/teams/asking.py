"""Two questions of the roster: which team a player goes to, and whether somebody is forgotten for good.

Performs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.choose_team import TeamSheet
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label


class MoveSheet(TeamSheet):
    """`chosen` carries the player and the key of the team."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("move_sheet")

    def ask_where(self, player_id: str, name: str, teams: Sequence[tuple[str, str]]) -> None:
        """Show where somebody may go, mercenaries last."""
        self.ask(player_id, name, teams)
        self.title.set_text(tr("Where does {name} play?", name=name))


class EraseSheet(Sheet):
    """`consented` carries the player; the safe answer has the keyboard."""

    consented = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__("", host, name="erase_sheet")
        self._player = ""
        self.body.addWidget(
            label(
                tr(
                    "The name and all that is private is forgotten on this laptop, and on others when they hear of it. "
                    "Numbers stay in the journal, without a name. Backups and copies that were made before still hold "
                    "it: delete them too. This cannot be undone."
                ),
                self.inside,
                name="erase_note",
                wrap=True,
            )
        )
        self.go = Button(tr("Erase for good"), self.inside, name="erase_consent", icon="trash", big=True)
        self.back = Button(tr("Leave it"), self.inside, name="erase_leave", kind="primary", big=True)
        self.go.clicked.connect(self._consent)
        self.back.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(self.back)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def ask(self, player_id: str, name: str) -> None:
        self._player = player_id
        self.title.set_text(tr("Erase {name} for good?", name=name))
        self.open_sheet()

    def _consent(self) -> None:
        player, self._player = self._player, ""
        self.close_sheet()
        self.consented.emit(player)

    def take_focus(self) -> None:
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
