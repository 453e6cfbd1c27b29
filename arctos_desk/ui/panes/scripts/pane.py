"""The Scripts pane: every tag and variable in a list, and one of them in an editor beside it.

A plain editor: what is wrong stands below the text while it is typed. Knows no language; the checker does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from arctos_desk.operations.commands import (
    AddTag,
    AddVariable,
    AssignTag,
    Command,
    DeleteTag,
    DeleteVariable,
    EditTag,
    EditVariable,
)
from arctos_desk.operations.desk import Outcome
from arctos_desk.tournament.ids import id_of, ref
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, sentences
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.scripts.rows import TAG, VARIABLE, ScriptRow, remark_rows, script_rows, used_in
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import plain_tip, render, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.key_cap import key_text
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, dress_table

Index = QModelIndex | QPersistentModelIndex
NAME, KIND, STANDS, EXPRESSION = range(4)
_NOWHERE: Final = QModelIndex()
_USES_MOST: Final = 6


class ScriptModel(QAbstractTableModel):
    """Tags and variables, one a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ScriptRow, ...] = ()
        self._titles = (tr("Name"), tr("Kind"), tr("Stands for"), tr("Expression"))

    def show_rows(self, rows: Sequence[ScriptRow]) -> bool:
        """Replace what is shown; whether anything changed."""
        rows = tuple(rows)
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    @property
    def rows(self) -> tuple[ScriptRow, ...]:
        return self._rows

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        told = (row.name, row.kind, row.stands, " ".join(row.expression.split()))[column]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return told
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.expression if column == EXPRESSION else told
            case _ if role == LOOK_ROLE:
                if column == STANDS and row.hue is None:
                    return CellLook(weight=600, icon="lock" if row.by_hand else None)
                if column == STANDS:
                    return CellLook(chip=row.hue)
                return CellLook(weight=600 if column == NAME else 400, tone="text" if column == NAME else "muted")
        return None


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was typed and not saved yet, what stood there before, and what of it was on the screen."""

    name: str
    expression: str
    loaded: tuple[str, str, str]
    seen: Mapping[str, tuple[str, ...]]


class ScriptsPane(Pane):
    """Lists, edits, adds and deletes tags and variables."""

    def __init__(self, desk: DeskHandle, *, tools: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane_scripts")
        self._desk = desk
        self._tools = tuple(tools)
        self._reference = ""
        self._adding = ""
        self._loaded: tuple[str, str, str] = ("", "", "")
        self._seen: Mapping[str, tuple[str, ...]] = {}
        self._drafts: dict[str, _Draft] = {}
        self._is_saving = False
        self._build()
        self._show_editor()

    # building

    def _build(self) -> None:
        self.search = QLineEdit(self)
        self.search.setObjectName("scripts_search")
        self.search.setAccessibleName(tr("Search tags and variables"))
        self.search.setPlaceholderText(tr("Search: name, team, expression…"))
        self.search.setClearButtonEnabled(True)
        self.search.setFont(theme.font())
        self.search.textChanged.connect(lambda _: self._show_rows())
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.add_tag = Button(tr("Add a tag"), self, name="scripts_add_tag", icon="plus")
        self.add_tag.setToolTip(tr("A name that stands for a team, such as a place in the first seeding"))
        self.add_tag.clicked.connect(lambda: self._begin(TAG))
        self.add_variable = Button(tr("Add a variable"), self, name="scripts_add_variable", icon="plus")
        self.add_variable.setToolTip(tr("An expression with a name, for use in other expressions"))
        self.add_variable.clicked.connect(lambda: self._begin(VARIABLE))
        top = QHBoxLayout()
        top.setSpacing(theme.GAP_12)
        top.addWidget(self.search, 1)
        top.addWidget(self.add_tag)
        top.addWidget(self.add_variable)

        self.table = QTableView(self)
        self.table.setObjectName("scripts_table")
        self.table.setAccessibleName(tr("Tags and variables"))
        self.model = ScriptModel(self)
        self.table.setModel(self.model)
        dress_table(self.table, row_px=40)
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(EXPRESSION, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(NAME, 168)
        self.table.setColumnWidth(KIND, 88)
        self.table.setColumnWidth(STANDS, 208)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.list_card = Card("", self, name="scripts_list", padding=0)
        line = theme.tokens().line_px
        self.list_card.body.setContentsMargins(line, line, line, line)
        self.list_card.body.addWidget(self.table)

        self.empty = EmptyState(
            tr("Tags and variables belong here"),
            tr(
                "A tag stands for a team that is not known yet, such as the winner of a group. "
                "A variable is an expression that others use. Add a tag to begin."
            ),
            tr("Add a tag"),
            self,
            name="scripts_empty",
        )
        self.empty.begun.connect(lambda: self._begin(TAG))
        self.editor_card = self._build_editor()
        split = QHBoxLayout()
        split.setSpacing(theme.GAP_16)
        split.addWidget(self.list_card, 3)
        split.addWidget(self.editor_card, 2)
        lists = QWidget(self)
        column = QVBoxLayout(lists)
        column.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        column.setSpacing(theme.GAP_12)
        column.addLayout(top)
        column.addLayout(split, 1)
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("scripts_pages")
        self.pages.addWidget(lists)
        self.pages.addWidget(self.empty)
        self._lists = lists
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _build_editor(self) -> Card:
        card = Card("", self, name="scripts_editor")
        card.setMinimumWidth(360)
        self.headline = ElidedLabel("", card, name="script_headline", size="large", weight=700)
        card.body.addWidget(self.headline)
        card.body.addWidget(label(tr("Name"), card, weight=600))
        self.name = QLineEdit(card)
        self.name.setObjectName("script_name")
        self.name.setAccessibleName(tr("Name of the tag or variable"))
        self.name.setMaxLength(200)
        self.name.setFont(theme.font())
        self.name.textChanged.connect(lambda _: self._typed())
        self.name.returnPressed.connect(self.save)
        card.body.addWidget(self.name)
        self.team_word = label(tr("Team, set by hand"), card, weight=600)
        self.team = Choice(card, name="script_team", accessible=tr("The team this tag stands for, set by hand"))
        self.team.activated.connect(lambda _: self._assign())
        card.body.addWidget(self.team_word)
        card.body.addWidget(self.team)
        card.body.addWidget(label(tr("Expression"), card, weight=600))
        self.expression = QPlainTextEdit(card)
        self.expression.setObjectName("script_expression")
        self.expression.setAccessibleName(tr("Expression"))
        self.expression.setFont(theme.code_font("base"))
        self.expression.setTabChangesFocus(True)
        self.expression.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.expression.textChanged.connect(self._typed)
        card.body.addWidget(self.expression, 1)
        self.remarks = label("", card, name="script_remarks", weight=600, wrap=True)
        card.body.addWidget(self.remarks)
        self.wrong = label("", card, name="script_wrong", weight=600, tone="danger", wrap=True)
        card.body.addWidget(self.wrong)
        self.uses = label("", card, name="script_uses", size="small", tone="muted", wrap=True)
        card.body.addWidget(self.uses)
        self.save_button = Button(tr("Save"), card, name="script_save", key="Ctrl+Return", kind="primary")
        self.save_button.clicked.connect(self.save)
        self.delete_button = Button(tr("Delete"), card, name="script_delete")
        self.delete_button.clicked.connect(self.delete)
        self.revert_button = Button(tr("Discard"), card, name="script_revert", key="Esc")
        self.revert_button.clicked.connect(self.revert)
        for keys, act in (("Ctrl+Return", self.save), ("Esc", self.revert)):
            shortcut = QShortcut(QKeySequence(keys), card)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.save_button)
        card.body.addLayout(buttons)
        return card

    # showing

    def refresh(self, change: Change) -> None:
        if change == CLOCK and self.model.rows:
            return
        name = self._desk.state.event.info.name
        if (self.title, self.subtitle) != (tr("Scripts"), name):
            self.set_header(tr("Scripts"), name, self._tools)
        self._show_rows()
        if self._is_changed:
            self._tell_of_others()
        else:
            self._show_editor()

    def _tell_of_others(self) -> None:
        """What stands there now, where it is no longer what the typing began with."""
        _, name, expression = self._loaded
        row = self._row()
        if not self._reference or (row is not None and (row.name, row.expression) == (name, expression)):
            return
        if row is None:
            said = tr("{name} was deleted meanwhile.", name=name)
        elif row.expression == expression:
            said = tr("It is called {name} now.", name=row.name)
        else:
            said = tr("The expression was changed meanwhile. It is now: {expression}", expression=row.expression or "–")
        self.wrong.setText(said)
        self.wrong.show()

    def _show_rows(self) -> None:
        rows = script_rows(self._desk.state)
        self.pages.setCurrentWidget(self._lists if rows or self._adding else self.empty)
        wanted = self.search.text().casefold().split()
        shown = [row for row in rows if all(word in row.searched for word in wanted)]
        if self.model.show_rows(shown):
            self._mark()

    def _mark(self) -> None:
        """Keep the choice where the list was made anew."""
        for number, row in enumerate(self.model.rows):
            if row.reference == self._reference:
                with QSignalBlocker(self.table.selectionModel()):
                    self.table.selectRow(number)
                return

    def _row(self) -> ScriptRow | None:
        return next((row for row in script_rows(self._desk.state) if row.reference == self._reference), None)

    def _chosen(self) -> None:
        index = self.table.currentIndex()
        if not index.isValid() or index.row() >= len(self.model.rows):
            return
        self._keep_draft()
        self._adding = ""
        self._reference = self.model.rows[index.row()].reference
        self._show_editor()

    def _show_editor(self) -> None:
        """The chosen tag or variable, or the form of a new one, or nothing."""
        row = self._row()
        is_tag = self._adding == TAG or (row is not None and row.is_tag)
        nothing = row is None and not self._adding
        self.headline.set_text(
            tr("Choose a tag or a variable")
            if nothing
            else row.name
            if row is not None
            else tr("New tag")
            if is_tag
            else tr("New variable")
        )
        for part in (self.name, self.expression, self.save_button, self.revert_button):
            part.setEnabled(not nothing)
        self.delete_button.setVisible(row is not None)
        for part in (self.team, self.team_word):
            part.setVisible(row is not None and is_tag)
        if row is not None and is_tag:
            self._show_teams(row)
        name, expression = ("", "") if row is None else (row.name, row.expression)
        key = self._reference or self._adding
        self._loaded = (key, name, expression)
        self._seen = self._desk.state.seen([self._reference]) if row is not None else {}
        draft = self._drafts.pop(key, None)
        if draft is not None:
            # What was typed before something else was looked at.
            self._loaded, self._seen = draft.loaded, draft.seen
            name, expression = draft.name, draft.expression
        self.name.setText(name)
        if self.expression.toPlainText() != expression:
            self.expression.setPlainText(expression)
        self.wrong.hide()
        if draft is not None:
            self._tell_of_others()
        self._show_uses(row)
        self._typed()

    def _keep_draft(self) -> None:
        """Nothing that was typed is lost because something else is looked at."""
        key = self._reference or self._adding
        if key and self._is_changed:
            self._drafts[key] = _Draft(self.name.text(), self.expression.toPlainText(), self._loaded, self._seen)

    def _show_teams(self, row: ScriptRow) -> None:
        self.team.clear()
        self.team.addItem(tr("None: the expression decides"), "")
        for team in sorted(self._desk.state.event.teams.values(), key=lambda one: one.name.casefold()):
            self.team.addItem(team.name, team.id)
        self.team.setCurrentIndex(max(0, self.team.findData(row.team_id)))

    def _show_uses(self, row: ScriptRow | None) -> None:
        uses = () if row is None else used_in(self._desk.state.event, row.reference)
        self.uses.setVisible(row is not None)
        if row is None:
            return
        lines = [tr_n("Used in one place:", "Used in {count} places:", len(uses)) if uses else tr("Used nowhere yet.")]
        lines += uses[:_USES_MOST]
        if len(uses) > _USES_MOST:
            lines.append("…")
        self.uses.setText("\n".join(lines))
        self.uses.setToolTip(plain_tip("\n".join(uses)))

    @property
    def _is_changed(self) -> bool:
        return (self._reference or self._adding, self.name.text(), self.expression.toPlainText()) != self._loaded

    def _typed(self) -> None:
        kind = TAG if self._adding == TAG or self._reference.startswith(f"{TAG}/") else VARIABLE
        remarks = remark_rows(self._desk.state.event, self.expression.toPlainText(), kind)
        self.remarks.setText("\n".join(remark.text for remark in remarks))
        theme.set_property(self.remarks, "tone", "danger" if any(one.is_error for one in remarks) else "warning")
        self.remarks.setVisible(bool(remarks))
        changed = self._is_changed
        why_not = self._desk.why_not_write
        reason = render(why_not) if why_not is not None else "" if changed else tr("Nothing was changed")
        self.save_button.setEnabled(not reason and (self._reference != "" or self._adding != ""))
        self.save_button.setToolTip(plain_tip(reason or f"{tr('Save')}  ({key_text('Ctrl+Return')})"))
        self.revert_button.setEnabled(changed or bool(self._adding))

    # acting

    def _begin(self, kind: str) -> None:
        self._keep_draft()
        self._adding, self._reference = kind, ""
        # Without a current row a click on any of them chooses it again.
        self.table.selectionModel().clear()
        self.pages.setCurrentWidget(self._lists)
        self._show_editor()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save what was typed; what stands against it appears below."""
        if not self.save_button.isEnabled() or self._is_saving:
            return
        name, expression = self.name.text(), self.expression.toPlainText()
        _, before_name, before_expression = self._loaded
        changes: dict[str, str] = {}
        if name != before_name:
            changes["name"] = name
        if expression != before_expression:
            changes["expression"] = expression
        order: Command
        if self._adding == TAG:
            order = AddTag(name=name, expression=expression)
        elif self._adding == VARIABLE:
            order = AddVariable(name=name, expression=expression)
        elif self._reference.startswith(f"{TAG}/"):
            order = EditTag(tag=id_of(self._reference), seen=self._seen, **changes)
        else:
            order = EditVariable(variable=id_of(self._reference), seen=self._seen, **changes)
        adding, reference = self._adding, self._reference

        def saved(outcome: Outcome) -> None:
            self._is_saving = False
            self._drafts.pop(reference or adding, None)
            here = (self._adding, self._reference) == (adding, reference)
            if here and adding:
                self._adding, self._reference = "", ref(adding, str(outcome.value))
            self._show_rows()
            self._mark()
            if here:
                self._show_editor()

        def refused(news: BadNews) -> None:
            self._is_saving = False
            self._refused(news)

        self._is_saving = True
        self._desk.perform(order, then=saved, otherwise=refused)

    def revert(self) -> None:
        """Back to what is saved."""
        self._drafts.pop(self._reference or self._adding, None)
        self._adding = ""
        self._show_editor()
        self._show_rows()

    def delete(self) -> None:
        """Take the chosen one out; where it is used, it stays and the places are named."""
        row = self._row()
        if row is None:
            return
        which = id_of(row.reference)
        order: Command = DeleteTag(tag=which) if row.is_tag else DeleteVariable(variable=which)

        def deleted(_: Outcome) -> None:
            self._drafts.pop(row.reference, None)
            self._reference = ""
            self._show_rows()
            self._show_editor()

        self._desk.perform(order, then=deleted, otherwise=self._refused)

    def _assign(self) -> None:
        row = self._row()
        wanted = str(self.team.currentData() or "")
        if row is None or wanted == row.team_id:
            return
        self._desk.perform(
            AssignTag(tag=id_of(row.reference), team=wanted or None),
            then=lambda _: self._show_rows(),
            otherwise=self._refused,
        )

    def _refused(self, news: BadNews) -> None:
        self.wrong.setText("\n".join(render(words) for words in sentences(news)))
        self.wrong.show()

    # the frame

    def choose(self, reference: str) -> None:
        """Show one tag or variable."""
        self._keep_draft()
        self._adding, self._reference = "", reference
        self._mark()
        self._show_editor()

    def take_focus(self) -> None:
        if self.pages.currentWidget() is self.empty and self.empty.button is not None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._adding or self._is_changed:
            # Whoever was typing goes on.
            (self.expression if self.name.text() and self.name.text() == self._loaded[1] else self.name).setFocus(
                Qt.FocusReason.OtherFocusReason
            )
            return
        if not self.table.currentIndex().isValid() and self.model.rows:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
