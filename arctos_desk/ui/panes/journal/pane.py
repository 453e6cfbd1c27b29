"""The journal: every entry, who, when, at which desk, why; found by words, and each taken back from here.

Shows rows and says what a person wants undone; the preview and the command are others' (`undo_asked`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.actions import Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, JournalPage, sentences
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.journal.rows import LineRow, Whose, found, line_rows
from arctos_desk.ui.panes.journal.table import JournalTable
from arctos_desk.ui.refresh import CLOCK, Change, kept
from arctos_desk.ui.text import plain_tip, render, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import Notice
from arctos_desk.ui.widgets.segmented import Segmented

_NAME_MOST: Final = 36
_FILL_FROM: Final = 40
"""A search that finds fewer lines than this looks further back by itself."""


class JournalPane(Pane):
    """`undo_asked` carries the id of an entry that a person wants taken back."""

    undo_asked = Signal(str)

    def __init__(
        self,
        desk: DeskHandle,
        actions: Actions,
        *,
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_journal")
        self._desk = desk
        self._actions = actions
        self._rows: tuple[LineRow, ...] = ()
        self._page: JournalPage | None = None
        self._pages = 1
        self._loading = False
        self._whose: Whose = "all"
        self._build(tools)
        desk.undo_changed.connect(self._show_names)
        self._show_names()
        self._show_chosen()

    def _build(self, tools: Sequence[QWidget]) -> None:
        self.search = QLineEdit(self)
        self.search.setObjectName("journal_search")
        self.search.setAccessibleName(tr("Search the journal"))
        self.search.setPlaceholderText(tr("Search: match, name, reason…"))
        self.search.setToolTip(tr("Lines in which all these words stand  (Ctrl F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setFont(theme.font())
        self.search.setMinimumWidth(200)
        self.search.textChanged.connect(lambda _: self._filter())
        key = QShortcut(QKeySequence("Ctrl+F"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._to_search)
        self.whose = Segmented(
            [("all", tr("All desks")), ("here", tr("This desk"))],
            self,
            name="journal_whose",
            accessible=tr("Whose entries"),
            value="all",
        )
        self.whose.chosen.connect(self._choose_whose)
        self.count = label("", self, name="journal_count", tone="muted")

        self.table = JournalTable(self)
        self.table.line_chosen.connect(self._show_chosen)
        self.table.undo_asked.connect(self._ask)
        self.table.lines.older_wanted.connect(self._load_older)
        self.card = Card("", self, name="journal_card", padding=0)
        line = theme.tokens().line_px
        self.card.body.setContentsMargins(line, line, line, line)
        self.card.body.setSpacing(0)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(rule(self.card))
        foot = QWidget(self.card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        row.setSpacing(theme.GAP_8)
        self.undo = Button("", foot, name="journal_undo", icon="undo", key="Ctrl+Z", big=True)
        self.redo = Button("", foot, name="journal_redo", icon="redo", key="Ctrl+Shift+Z", big=True)
        self.undo_this = Button(tr("Undo this entry"), foot, name="journal_undo_this", key="Del", big=True)
        self.undo.clicked.connect(lambda: self._trigger("undo"))
        self.redo.clicked.connect(lambda: self._trigger("redo"))
        self.undo_this.clicked.connect(self._ask_chosen)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        row.addWidget(self.undo_this)
        self.card.body.addWidget(foot)

        self.empty = EmptyState(
            tr("Every entry belongs here"),
            tr("Nothing was entered yet. Whatever anybody does to this event appears here, and can be taken back."),
            parent=self,
            name="journal_empty",
        )
        self.nothing_found = EmptyState(
            tr("No entry says that"),
            tr("Other words may find it; only what is loaded was searched while older entries are still being read."),
            tr("Show all"),
            self,
            name="journal_nothing_found",
        )
        self.nothing_found.begun.connect(self.show_all)
        self.notice = Notice("", "", "warning", self, name="journal_notice", closable=True)
        self.notice.dismissed.connect(self.notice.hide)
        self.notice.hide()
        top = QHBoxLayout()
        top.setSpacing(theme.GAP_12)
        top.addWidget(self.search, 1)
        top.addWidget(self.whose)
        top.addWidget(self.count)
        self.bar = QWidget(self)
        self.bar.setLayout(top)
        top.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget(self)
        for page in (self.card, self.empty, self.nothing_found):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        column.setSpacing(theme.GAP_12)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        self.set_header(tr("Journal"), "", tuple(tools))

    # rows

    def refresh(self, change: Change) -> None:
        if change == CLOCK and self._page is not None:
            return
        self._read()

    def _read(self) -> None:
        """Read again as far back as a person has scrolled."""
        self._loading = True
        self._desk.read_journal(then=self._take, otherwise=self._bad, pages=self._pages)

    def _load_older(self) -> None:
        page = self._page
        if self._loading or page is None or page.before is None:
            return
        self._loading = True
        self._desk.read_journal(then=self._append, otherwise=self._bad, after=page)

    def _take(self, page: JournalPage) -> None:
        self._page, self._loading = page, False
        self._rows = line_rows(page.lines, self._desk.now_ms())
        self._filter()
        self._show_header()

    def _append(self, page: JournalPage) -> None:
        self._page, self._loading = page, False
        self._pages += 1
        self._rows += line_rows(page.lines, self._desk.now_ms())
        self._filter()

    def _filter(self) -> None:
        rows = found(self._rows, self.search.text(), self._whose)
        has_older = self._page is not None and self._page.before is not None
        with kept(self.table):
            self.table.lines.show_rows(rows, has_older=has_older)
        if not self._rows:
            self.pages.setCurrentWidget(self.empty)
        elif not rows and not has_older:
            self.pages.setCurrentWidget(self.nothing_found)
        else:
            self.pages.setCurrentWidget(self.card)
        self.bar.setVisible(bool(self._rows))
        more = tr("{count}+ entries", count=len(rows)) if has_older else ""
        self.count.setText(more or tr_n("{count} entry", "{count} entries", len(rows)))
        self._show_chosen()
        if has_older and len(rows) < _FILL_FROM and self._is_searching:
            self._load_older()

    @property
    def _is_searching(self) -> bool:
        return bool(self.search.text().strip()) or self._whose != "all"

    def show_all(self) -> None:
        """Take search and filter away."""
        self.whose.choose("all")
        self._whose = "all"
        self.search.clear()
        self._filter()
        self.take_focus()

    def _choose_whose(self, whose: str) -> None:
        self._whose = cast("Whose", whose)
        self._filter()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_header(self) -> None:
        name = self._desk.state.event.info.name
        if self.subtitle != name:
            self.set_header(tr("Journal"), name)

    # taking back

    def _show_names(self) -> None:
        for button, verb, words in (
            (self.undo, "undo", self._desk.next_undo),
            (self.redo, "redo", self._desk.next_redo),
        ):
            name = "" if words is None else render(words)
            cut = name if len(name) <= _NAME_MOST else f"{name[: _NAME_MOST - 1].rstrip()}…"
            word = tr("Undo") if verb == "undo" else tr("Redo")
            reasons = self._actions.why_not(verb) if verb in self._actions else ()
            whole = f"{word} “{name}”" if name else word
            button.set_words(f"{word} “{cut}”" if cut else word, "\n".join([whole, *reasons]))
            button.setAccessibleName(whole)
            button.setEnabled(words is not None and self._desk.why_not_write is None)

    def _trigger(self, action_id: str) -> None:
        if action_id in self._actions:
            self._actions[action_id].trigger()

    def _show_chosen(self) -> None:
        row = self.table.chosen
        why_not = self._desk.why_not_write
        if row is None:
            reason = tr("Choose an entry first")
        elif why_not is not None:
            reason = render(why_not)
        else:
            reason = row.why_not
        self.undo_this.setEnabled(not reason)
        name = "" if row is None else row.what
        self.undo_this.setToolTip(plain_tip(reason or tr("Look at what undoing “{what}” would do", what=name)))
        self.undo_this.setAccessibleName(f"{tr('Undo this entry')}: {name}" if name else tr("Undo this entry"))

    def _ask_chosen(self) -> None:
        row = self.table.chosen
        if row is not None:
            self._ask(row.operation)

    def _ask(self, operation: str) -> None:
        row = next((one for one in self._rows if one.operation == operation), None)
        if row is None:
            return
        if row.why_not:
            self.tell(row.why_not, row.what)
            return
        self.notice.hide()
        self.undo_asked.emit(operation)

    def tell(self, headline: str, sentence: str = "") -> None:
        """What stands against an undo, above the lines."""
        self.notice.say(headline, sentence)
        self.notice.show()

    def _bad(self, news: BadNews) -> None:
        self._loading = False
        said = [render(words) for words in sentences(news)]
        self.tell(said[0] if said else "", " ".join(said[1:]))

    def take_focus(self) -> None:
        target: QWidget = self.table if self.pages.currentWidget() is self.card else self.search
        if target is self.table and not self.table.currentIndex().isValid() and self.table.lines.rows:
            self.table.selectRow(0)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def hidden(self) -> None:
        self.notice.hide()
