"""Groups: tables with their names, and which matches count into each, by ticks.

A tick is one edit. Makes no table and no match.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.operations.commands import AddTable, DeleteTable, EditTable
from arctos_desk.operations.desk import Outcome
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.panes.settings.form import Line, NewName, is_nothing_new, said
from arctos_desk.ui.panes.settings.rows import GroupRow, MemberRow, group_rows, member_rows
from arctos_desk.ui.panes.settings.sections import EventSection
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.tick_box import TickBox

NAME_PX = 248


class _GroupEntry(QWidget):
    """One group: its name, how many matches, a press for them, delete."""

    matches_asked = Signal(str)

    def __init__(self, owner: GroupsSection, row: GroupRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.group_id = row.group_id
        self.setObjectName(f"group_{row.group_id}")
        self._owner = owner
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_8, 0, theme.GAP_8)
        column.setSpacing(theme.GAP_4)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP_12)
        self.name = Line(self, name=f"group_name_{row.group_id}", accessible=tr("Name of the group"))
        self.name.setFixedWidth(NAME_PX)
        self.count = label("", self, name=f"group_count_{row.group_id}", tone="muted")
        self.matches = Button(tr("Matches"), self, name=f"group_matches_{row.group_id}", icon="right")
        self.matches.setCheckable(True)
        self.delete = Button("", self, name=f"group_delete_{row.group_id}", icon="trash", kind="quiet")
        line.addWidget(self.name)
        line.addWidget(self.count, 1)
        line.addWidget(self.matches)
        line.addWidget(self.delete)
        column.addLayout(line)
        self.wrong = label(
            "", self, name=f"group_wrong_{row.group_id}", size="small", weight=600, tone="danger", wrap=True
        )
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.name.entered.connect(self._rename)
        self.name.took_back.connect(lambda: self._say_wrong(""))
        self.matches.clicked.connect(lambda: self.matches_asked.emit(self.group_id))
        self.delete.clicked.connect(lambda: owner.delete_group(self))
        self.show_row(row)

    def show_row(self, row: GroupRow) -> None:
        self.name.show_text(row.name)
        self.count.setText(row.count)
        self.matches.setToolTip(plain_tip(tr("Choose the matches that count into {group}", group=row.name)))
        self.matches.setAccessibleName(tr("Matches of {group}", group=row.name))
        self.delete.setToolTip(
            plain_tip(tr("Delete {group}; its matches stay and count into no table", group=row.name))
        )
        self.delete.setAccessibleName(tr("Delete {group}", group=row.name))

    def refused(self, news: BadNews) -> None:
        if is_nothing_new(news):
            self.name.show_afresh()
            return
        if self.name.text() != self.name.holds:
            self.name.refuse()
        self._say_wrong(said(news))

    def _rename(self, text: str) -> None:
        self._say_wrong("")
        self._owner.perform(EditTable(group=self.group_id, name=text), self)

    def _say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))


class _MemberEntry(QWidget):
    """One match with its tick, its teams, and the group it counts into now where that is another."""

    def __init__(self, row: MemberRow, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP_12)
        self.tick = TickBox(row.name, self, name=f"member_{row.match_id}")
        self.tick.setMinimumWidth(180)
        self.teams = ElidedLabel("", self, tone="muted")
        self.elsewhere = label("", self, size="small", tone="muted")
        line.addWidget(self.tick)
        line.addWidget(self.teams, 1)
        line.addWidget(self.elsewhere)
        self.show_row(row)

    def show_row(self, row: MemberRow) -> None:
        self.tick.setChecked(row.ticked)
        self.teams.set_text(row.teams)
        self.elsewhere.setText(tr("now in {group}", group=row.elsewhere) if row.elsewhere else "")


class GroupsSection(EventSection):
    """Section Groups."""

    def __init__(self, parent: QWidget, desk: DeskHandle) -> None:
        super().__init__(parent, desk, name="groups")
        self._chosen = ""
        self._entries: dict[str, _GroupEntry] = {}
        self._members: dict[str, _MemberEntry] = {}
        self._build_groups()
        self._build_members()

    def _build_groups(self) -> None:
        card = Card(tr("Groups"), self.body, name="settings_groups")
        card.body.setSpacing(0)
        self.empty = label(
            tr("There is no group yet. A group is a table: the matches that count into it make its ranking."),
            card,
            name="groups_empty",
            tone="muted",
            wrap=True,
        )
        card.body.addWidget(self.empty)
        self.empty.setContentsMargins(0, 0, 0, theme.GAP_8)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        card.body.addLayout(self._list)
        card.body.addWidget(rule(card))
        card.body.addSpacing(theme.GAP_12)
        self.new = NewName(
            card,
            name="group",
            words=tr("Name of a new group"),
            button=tr("Add group"),
            tooltip=tr("Add a table of this name"),
            wide=NAME_PX,
        )
        self.new.asked.connect(lambda name: self.perform(AddTable(name=name), self.new, then=self._added))
        card.body.addWidget(self.new)
        self.rows.addWidget(card)

    def _build_members(self) -> None:
        self.members_card = Card(" ", self.body, name="settings_members")
        self.members_card.body.setSpacing(0)
        self.no_matches = label(
            tr("There is no match yet. Make some on the board, then choose here which count into this group."),
            self.members_card,
            name="members_empty",
            tone="muted",
            wrap=True,
        )
        self.members_card.body.addWidget(self.no_matches)
        self._member_list = QVBoxLayout()
        self._member_list.setSpacing(0)
        self.members_card.body.addLayout(self._member_list)
        self.members_wrong = label(
            "", self.members_card, name="members_wrong", size="small", weight=600, tone="danger", wrap=True
        )
        self.members_wrong.hide()
        self.members_card.body.addWidget(self.members_wrong)
        self.members_card.hide()
        self.rows.addWidget(self.members_card)

    # showing

    def show_rows(self) -> None:
        super().show_rows()
        rows = group_rows(self.desk.state)
        for group_id in self._entries.keys() - {row.group_id for row in rows}:
            entry = self._entries.pop(group_id)
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for place, row in enumerate(rows):
            known = self._entries.get(row.group_id)
            if known is None:
                known = self._entries[row.group_id] = _GroupEntry(self, row, self.body)
                known.matches_asked.connect(self.show_matches)
                self._list.insertWidget(place, known)
            known.show_row(row)
        self.empty.setVisible(not rows)
        self._show_members()

    def show_matches(self, group_id: str) -> None:
        """Show which matches count into this group; asked again, put the list away."""
        self._chosen = "" if group_id == self._chosen else group_id
        self.members_wrong.hide()
        self._show_members()
        if self._chosen:
            first = next(iter(self._members.values()), None)
            if first is not None:
                self.area.reveal(first)

    def _show_members(self) -> None:
        group = self.desk.state.event.groups.get(self._chosen)
        for entry in self._entries.values():
            entry.matches.setChecked(entry.group_id == self._chosen)
        self.members_card.setVisible(group is not None)
        if group is None:
            self._chosen = ""
            return
        if self.members_card.title is not None:
            self.members_card.title.set_text(tr("Matches of {group}", group=group.name))
        rows = member_rows(self.desk.state, group.id)
        for match_id in self._members.keys() - {row.match_id for row in rows}:
            entry_gone = self._members.pop(match_id)
            self._member_list.removeWidget(entry_gone)
            entry_gone.hide()
            entry_gone.deleteLater()
        for place, row in enumerate(rows):
            member = self._members.get(row.match_id)
            if member is None:
                member = self._members[row.match_id] = _MemberEntry(row, self.members_card)
                member.tick.clicked.connect(lambda *_: self._choose())
                self._member_list.insertWidget(place, member)
            member.show_row(row)
        self.no_matches.setVisible(not rows)

    # editing

    def _added(self, outcome: Outcome) -> None:
        self.new.input.clear()
        self._chosen = ""
        self.show_matches(str(outcome.value))
        self.new.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_group(self, entry: _GroupEntry) -> None:
        command = DeleteTable(group=entry.group_id)
        self.perform(command, entry, then=lambda _: self.new.add.setFocus(Qt.FocusReason.OtherFocusReason))

    def _choose(self) -> None:
        self.members_wrong.hide()
        ticked = tuple(match_id for match_id, member in self._members.items() if member.tick.isChecked())
        self.perform(EditTable(group=self._chosen, matches=ticked), _Members(self))


class _Members:
    """The line below the ticks, where it is said why one does not count."""

    def __init__(self, section: GroupsSection) -> None:
        self._section = section

    def refused(self, news: BadNews) -> None:
        self._section.members_wrong.setText(said(news))
        self._section.members_wrong.setVisible(not is_nothing_new(news))
