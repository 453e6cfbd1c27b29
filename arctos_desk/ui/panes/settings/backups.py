"""Backups: those that are there with their checks, one more now, and a look into one that becomes an event of its own.

Nothing here writes over an event. Reads no file: the laptop does, and answers later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.panes.settings.form import said
from arctos_desk.ui.panes.settings.laptop_port import KeptBackup, Laptop, Restorable, Restored, SettingsFiles
from arctos_desk.ui.panes.settings.rows import BackupRow, backup_rows, moment, restorable_lines
from arctos_desk.ui.panes.settings.sections import Section
from arctos_desk.ui.refresh import kept
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import Notice
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, dress_table

Index = QModelIndex | QPersistentModelIndex
WHEN, WHERE, SIZE, ENTRIES, CHECK = range(5)
_NOWHERE: Final = QModelIndex()
SHEET_PX: Final = 560


class BackupModel(QAbstractTableModel):
    """The backups of the open event, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[BackupRow, ...] = ()
        self._titles = (tr("When"), tr("Where"), tr("Size"), tr("Entries"), tr("Check"))

    def show_rows(self, rows: Sequence[BackupRow]) -> None:
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (SIZE, ENTRIES):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.when, row.where, row.size, row.entries, row.check)[column]
            case Qt.ItemDataRole.UserRole:
                return row.path
            case Qt.ItemDataRole.ToolTipRole:
                return row.check if column == CHECK else row.path
            case Qt.ItemDataRole.TextAlignmentRole if column in (SIZE, ENTRIES):
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case _ if role == LOOK_ROLE:
                return self._look(row, column)
        return None

    @staticmethod
    def _look(row: BackupRow, column: int) -> CellLook:
        if column == CHECK:
            if row.sound:
                return CellLook(tone="running", icon="check", icon_tone="running")
            return CellLook(tone="danger", weight=600, icon="cross", icon_tone="danger")
        return CellLook(weight=600 if column == WHEN else 400, tone="text" if column == WHEN else "muted")


class BackupTable(QTableView):
    """`look_asked` carries the path of the backup on which Enter or a double click fell."""

    look_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_backups_table")
        self.setAccessibleName(tr("Backups"))
        self.lines = BackupModel(self)
        self.setModel(self.lines)
        dress_table(self, row_px=40)
        across = self.horizontalHeader()
        for column in (WHEN, WHERE, SIZE, ENTRIES):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(CHECK, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(96)
        self.doubleClicked.connect(lambda _: self._ask())

    @property
    def chosen(self) -> BackupRow | None:
        index = self.currentIndex()
        chosen = index.isValid() and self.selectionModel().hasSelection() and index.row() < len(self.lines.rows)
        return self.lines.rows[index.row()] if chosen else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.chosen is not None and self.chosen.sound:
            self.look_asked.emit(self.chosen.path)


class RestoreSheet(Sheet):
    """What a backup holds, and the press that makes an event of it. `opened` carries the new event's file."""

    open_asked = Signal(str)
    restored = Signal()

    def __init__(self, laptop: Laptop, host: QWidget) -> None:
        super().__init__(tr("Restore from a backup"), host, name="restore_sheet", width=SHEET_PX)
        self._laptop = laptop
        self._found: Restorable | None = None
        self._made: Restored | None = None
        self._busy = False
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(theme.GAP_16)
        self.facts.setVerticalSpacing(theme.GAP_8)
        self.facts.setColumnStretch(1, 1)
        self.body.addLayout(self.facts)
        self.newest = QVBoxLayout()
        self.newest.setSpacing(theme.GAP_4)
        self.body.addLayout(self.newest)
        self._shown: list[QWidget] = []
        self.note = Notice(
            tr("The open event stays as it is"),
            tr("A new event is made beside it from the backup. You can look at it first and go on in either."),
            "accent",
            self.inside,
            name="restore_note",
        )
        self.body.addWidget(self.note)
        self.wrong = label("", self.inside, name="restore_wrong", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        buttons.addStretch(1)
        self.back = Button(tr("Back"), self.inside, name="restore_back", key="Esc")
        self.back.clicked.connect(self.close_sheet)
        self.restore_button = Button(
            tr("Restore as a new event"), self.inside, name="restore_do", icon="undo", kind="primary"
        )
        self.restore_button.clicked.connect(self._act)
        buttons.addWidget(self.back)
        buttons.addWidget(self.restore_button)
        self.body.addLayout(buttons)
        self.body.addStretch(1)

    def show_found(self, found: Restorable) -> None:
        """Tell what the backup holds and ask."""
        self._found, self._made, self._busy = found, None, False
        self._clear()
        for number, (word, sentence) in enumerate(restorable_lines(found)):
            self._fact(number, word, sentence)
        if found.newest:
            self._line(tr("Entered last and not in it:"), weight=600)
            for words in found.newest:
                self._line(render(words), bullet=True)
        self.note.setVisible(True)
        self.wrong.hide()
        self._show_buttons()
        self.open_sheet()

    def show_wrong(self, news: BadNews) -> None:
        """Why this file cannot be restored from."""
        self._found, self._made, self._busy = None, None, False
        self._clear()
        self.note.hide()
        self.wrong.setText(said(news))
        self.wrong.show()
        self._show_buttons()
        self.open_sheet()

    def _fact(self, number: int, word: str, sentence: str) -> None:
        left = label(word, self.inside, tone="muted")
        right = label(sentence, self.inside, name=f"restore_fact_{number}", weight=600, wrap=True)
        for column, widget in enumerate((left, right)):
            self.facts.addWidget(widget, number, column, Qt.AlignmentFlag.AlignTop)
            self._shown.append(widget)
            widget.show()

    def _line(self, text: str, *, weight: int = 400, bullet: bool = False) -> None:
        line = label(f"– {text}" if bullet else text, self.inside, size="small", weight=weight, wrap=True)
        line.setToolTip(plain_tip(text))
        self.newest.addWidget(line)
        self._shown.append(line)
        line.show()

    def _clear(self) -> None:
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        self._shown = []

    def _show_buttons(self) -> None:
        button = self.restore_button
        button.setVisible(self._found is not None or self._made is not None)
        button.setEnabled(not self._busy)
        if self._made is not None:
            button.set_words(tr("Open it now"))
            button.set_icon("open")
        else:
            button.set_words(tr("Restoring…") if self._busy else tr("Restore as a new event"))
            button.set_icon("undo")
        self.back.set_words(tr("Later") if self._made is not None else tr("Back"))

    def _act(self) -> None:
        if self._made is not None:
            path = self._made.path
            self.close_sheet()
            self.open_asked.emit(path)
        elif self._found is not None and not self._busy:
            self._busy = True
            self._show_buttons()
            self._laptop.restore(self._found.path, then=self._done, otherwise=self._failed)

    def _done(self, made: Restored) -> None:
        self._busy, self._made = False, made
        self._clear()
        self._fact(0, tr("Restored as"), made.name)
        self._fact(1, tr("File"), made.path)
        self.note.say(
            tr("A new event was made"), tr("It stands among the events of this laptop. The open one is unchanged.")
        )
        self._show_buttons()
        self.place()
        self.restore_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.restored.emit()

    def _failed(self, news: BadNews) -> None:
        self._busy = False
        self.wrong.setText(said(news))
        self.wrong.show()
        self._show_buttons()
        self.place()

    def take_focus(self) -> None:
        target = self.restore_button if self.restore_button.isVisible() else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class BackupsSection(Section):
    """`open_asked` carries the file of a restored event that a person wants to see."""

    open_asked = Signal(str)

    def __init__(
        self, parent: QWidget, laptop: Laptop, files: SettingsFiles, sheet_host: Callable[[], QWidget]
    ) -> None:
        super().__init__(parent, name="backups", wide=True)
        self._laptop = laptop
        self._files = files
        self._sheet_host = sheet_host
        self._sheet: RestoreSheet | None = None
        self._backups: tuple[KeptBackup, ...] = ()
        self._busy = self._is_open = False
        self._build()

    def _build(self) -> None:
        card = Card(tr("Backups of this event"), self, name="settings_backups", padding=0)
        self.now = Button(tr("Back up now"), card, name="settings_backup_now", icon="save", kind="primary")
        self.now.setToolTip(tr("Write a checked copy of this event now"))
        self.now.clicked.connect(self._back_up)
        card.tools.addWidget(self.now)
        self.state = label("", card, name="settings_backups_state", tone="muted", wrap=True)
        self.wrong = label("", card, name="settings_backups_wrong", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        words = QVBoxLayout()
        words.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        words.setSpacing(theme.GAP_4)
        words.addWidget(self.state)
        words.addWidget(self.wrong)
        card.body.setSpacing(0)
        line = theme.tokens().line_px
        card.body.setContentsMargins(line, 0, line, line)
        card.body.addLayout(words)
        card.body.addWidget(rule(card))
        self.table = BackupTable(card)
        self.table.setMinimumHeight(240)
        self.table.look_asked.connect(self._look)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        card.body.addWidget(self.table, 1)
        card.body.addWidget(rule(card))
        foot = QWidget(card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        row.setSpacing(theme.GAP_8)
        self.restore_this = Button(
            tr("Restore from this…"), foot, name="settings_restore_this", icon="undo", key="Enter"
        )
        self.restore_this.clicked.connect(self._look_at_chosen)
        self.restore_file = Button(tr("Restore from a file…"), foot, name="settings_restore_file", icon="open")
        self.restore_file.setToolTip(tr("Look into a backup that lies elsewhere, on a stick or another disk"))
        self.restore_file.clicked.connect(self._choose_file)
        row.addStretch(1)
        row.addWidget(self.restore_file)
        row.addWidget(self.restore_this)
        card.body.addWidget(foot)
        self.column.addWidget(card, 1)
        self._show_chosen()

    @property
    def sheet(self) -> RestoreSheet:
        """The sheet over the window, made when it is needed first."""
        if self._sheet is None:
            self._sheet = RestoreSheet(self._laptop, self._sheet_host())
            self._sheet.open_asked.connect(self.open_asked)
        return self._sheet

    # the list

    def opened(self) -> None:
        self._is_open = True
        self.wrong.hide()
        self.show_rows()

    def left(self) -> None:
        self._is_open = False

    def show_rows(self) -> None:
        if not self._is_open:
            return
        self._laptop.list_backups(then=self._listed, otherwise=self._bad)

    def _listed(self, found: Sequence[KeptBackup]) -> None:
        self._backups = tuple(found)
        with kept(self.table):
            self.table.lines.show_rows(backup_rows(self._backups))
        self._show_state()
        self._show_chosen()

    def _show_state(self) -> None:
        newest = next((one for one in self._backups if one.wrong is None and not one.second), None)
        if newest is None:
            self.state.setText(tr("No backup of this event lies on this laptop yet."))
            return
        parts = [tr("The last one was written {when}.", when=moment(newest.at_ms))]
        second = self._laptop.choices.second_folder
        if not second:
            parts.append(tr("No second folder is chosen: all backups lie on this laptop."))
        else:
            place = self._laptop.second_place
            if place.wrong is not None:
                parts.append(render(place.wrong))
            elif place.last_ms is None:
                parts.append(tr("The second folder holds none yet."))
            else:
                parts.append(tr("In the second folder: {when}.", when=moment(place.last_ms)))
        parts.append(tr("One is written after each match and every quarter of an hour, when something changed."))
        self.state.setText(" ".join(parts))

    def _show_chosen(self) -> None:
        row = self.table.chosen
        reason = tr("Choose a backup first") if row is None else ("" if row.sound else row.check)
        self.restore_this.setEnabled(not reason)
        self.restore_this.setToolTip(plain_tip(reason or tr("Look into it first; nothing is changed by looking")))

    # backing up

    def _back_up(self) -> None:
        if self._busy:
            return
        self._set_busy(busy=True)
        self._laptop.back_up(then=self._backed_up, otherwise=self._bad)

    def _backed_up(self) -> None:
        self._set_busy(busy=False)
        self.wrong.hide()
        self.show_rows()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.now.set_words(
            tr("Backing up…") if busy else tr("Back up now"), tr("Write a checked copy of this event now")
        )

    def _bad(self, news: BadNews) -> None:
        self._set_busy(busy=False)
        self.wrong.setText(said(news))
        self.wrong.show()

    # restoring

    def _look_at_chosen(self) -> None:
        if self.table.chosen is not None:
            self._look(self.table.chosen.path)

    def _choose_file(self) -> None:
        path = self._files.backup_to_restore()
        if path:
            self._look(path)

    def _look(self, path: str) -> None:
        sheet = self.sheet
        self._laptop.look_into(path, then=sheet.show_found, otherwise=sheet.show_wrong)
