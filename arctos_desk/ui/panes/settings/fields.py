"""The fields of the event: their names and livestreams, each edited in place; one that is used stays and says why.

Puts no match on a field: the board does.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.operations.commands import AddField, DeleteField, EditField
from arctos_desk.operations.desk import Outcome
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.panes.settings.form import Line, Lines, NewName, is_nothing_new, said
from arctos_desk.ui.panes.settings.rows import FieldRow, field_rows
from arctos_desk.ui.panes.settings.sections import EventSection
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.label import label

NAME_PX: Final = 220


class _FieldEntry(QWidget):
    """One field: name, streams, delete; below them why it stays, or what is wrong."""

    def __init__(self, owner: FieldsSection, row: FieldRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.field_id = row.field_id
        self.setObjectName(f"field_{row.field_id}")
        self._owner = owner
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_8, 0, theme.GAP_8)
        column.setSpacing(theme.GAP_4)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP_12)
        self.name = Line(self, name=f"field_name_{row.field_id}", accessible=tr("Name of the field"))
        self.name.setFixedWidth(NAME_PX)
        self.streams = Lines(
            self, name=f"field_streams_{row.field_id}", accessible=tr("Livestreams, one address on each line")
        )
        self.streams.setPlaceholderText(tr("Livestreams, one address on each line"))
        self.delete = Button(
            "", self, name=f"field_delete_{row.field_id}", icon="trash", kind="quiet", accessible=tr("Delete the field")
        )
        line.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.streams, 1)
        line.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        self.note = label("", self, name=f"field_note_{row.field_id}", size="small", tone="muted", wrap=True)
        self.wrong = label(
            "", self, name=f"field_wrong_{row.field_id}", size="small", weight=600, tone="danger", wrap=True
        )
        column.addWidget(self.note)
        column.addWidget(self.wrong)
        self.name.entered.connect(lambda text: self._edit(EditField(field=self.field_id, name=text)))
        self.name.took_back.connect(lambda: self.say_wrong(""))
        self.streams.entered.connect(
            lambda text: self._edit(EditField(field=self.field_id, cameras=tuple(text.splitlines())))
        )
        self.streams.took_back.connect(lambda: self.say_wrong(""))
        self.delete.clicked.connect(self._delete)
        self.show_row(row)
        self.say_wrong("")

    def show_row(self, row: FieldRow) -> None:
        self.name.show_text(row.name)
        self.streams.show_text(row.streams)
        self.note.setText(row.why_kept)
        self.note.setVisible(bool(row.why_kept) and not self.wrong.text())
        self.delete.setEnabled(not row.why_kept)
        self.delete.setToolTip(plain_tip(row.why_kept or tr("Delete {field}; Undo brings it back", field=row.name)))
        self.delete.setAccessibleName(tr("Delete {field}", field=row.name))

    def say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self.note.setVisible(bool(self.note.text()) and not words)

    def refused(self, news: BadNews) -> None:
        if is_nothing_new(news):
            self.name.show_afresh()
            self.streams.show_afresh()
            return
        if self.name.text() != self.name.holds:
            self.name.refuse()
        self.say_wrong(said(news))

    def _edit(self, command: EditField) -> None:
        self.say_wrong("")
        self._owner.perform(command, self)

    def _delete(self) -> None:
        self.say_wrong("")
        self._owner.perform(DeleteField(field=self.field_id), self, then=lambda _: self._owner.after_delete())


class FieldsSection(EventSection):
    """Section Fields."""

    def __init__(self, parent: QWidget, desk: DeskHandle) -> None:
        super().__init__(parent, desk, name="fields")
        card = Card(tr("Fields"), self.body, name="settings_fields")
        card.body.setSpacing(0)
        self.empty = label(
            tr("There is no field yet. Matches are played on fields: add the first one below."),
            card,
            name="fields_empty",
            tone="muted",
            wrap=True,
        )
        card.body.addWidget(self.empty)
        self.empty.setContentsMargins(0, 0, 0, theme.GAP_8)
        self._entries: dict[str, _FieldEntry] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        card.body.addLayout(self._list)
        card.body.addWidget(rule(card))
        card.body.addSpacing(theme.GAP_12)
        self.new = NewName(
            card,
            name="field",
            words=tr("Name of a new field"),
            button=tr("Add field"),
            tooltip=tr("Add a field of this name"),
            wide=NAME_PX,
        )
        self.new.asked.connect(lambda name: self.perform(AddField(name=name), self.new, then=self._added))
        card.body.addWidget(self.new)
        self.rows.addWidget(card)

    def show_rows(self) -> None:
        super().show_rows()
        rows = field_rows(self.desk.state)
        for field_id in self._entries.keys() - {row.field_id for row in rows}:
            entry = self._entries.pop(field_id)
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for place, row in enumerate(rows):
            known = self._entries.get(row.field_id)
            if known is None:
                known = self._entries[row.field_id] = _FieldEntry(self, row, self.body)
                self._list.insertWidget(place, known)
            else:
                known.show_row(row)
        self.empty.setVisible(not rows)

    def _added(self, outcome: Outcome) -> None:
        self.new.input.clear()
        self.new.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def after_delete(self) -> None:
        """The keyboard must not be lost with the field that had it, and Ctrl+Z in an input would be the input's."""
        self.new.add.setFocus(Qt.FocusReason.OtherFocusReason)
