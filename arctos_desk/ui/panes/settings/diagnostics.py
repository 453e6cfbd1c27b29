"""Diagnostics: what an archive for the makers of the program would hold, to be read first, and where it is saved.

Shows exactly what is written. Gathers nothing by itself: the laptop does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.panes.settings.form import said
from arctos_desk.ui.panes.settings.laptop_port import Content, Laptop, SettingsFiles
from arctos_desk.ui.panes.settings.rows import size_text
from arctos_desk.ui.panes.settings.sections import Section
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.label import label, set_tone
from arctos_desk.ui.widgets.table_style import RowDelegate

SHOWN_MOST = 200_000
"""Characters of one file that are shown; all of it is in the archive."""


class ContentList(QListWidget):
    """The files of the archive; Up and Down choose."""

    shown = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_diagnostics_list")
        self.setAccessibleName(tr("What the archive holds"))
        self.setItemDelegate(RowDelegate(self, row_px=theme.CONTROL_PX))
        self.setMouseTracking(True)
        self.setProperty("ring", "inside")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentRowChanged.connect(self.shown)

    def show_contents(self, contents: Sequence[Content]) -> None:
        self.clear()
        for content in contents:
            size = size_text(len(content.text.encode()))
            item = QListWidgetItem(f"{content.name}  ·  {size}", self)
            item.setToolTip(plain_tip(render(content.what)))
        if contents:
            self.setCurrentRow(0)


class DiagnosticsSection(Section):
    """Gathers when it comes onto the screen; saves what it shows."""

    def __init__(self, parent: QWidget, laptop: Laptop, files: SettingsFiles) -> None:
        super().__init__(parent, name="diagnostics", wide=True)
        self._laptop = laptop
        self._files = files
        self._contents: tuple[Content, ...] = ()
        self._gathering = False
        self._build()

    def _build(self) -> None:
        card = Card(tr("For the makers of the program"), self, name="settings_diagnostics", padding=0)
        self.again = Button(tr("Gather again"), card, name="settings_diagnostics_again", icon="redo")
        self.again.clicked.connect(self.gather)
        self.save = Button(tr("Save the archive…"), card, name="settings_diagnostics_save", icon="save", kind="primary")
        self.save.clicked.connect(self._save)
        card.tools.addWidget(self.again)
        card.tools.addWidget(self.save)
        line = theme.tokens().line_px
        card.body.setContentsMargins(line, 0, line, line)
        card.body.setSpacing(0)
        words = QVBoxLayout()
        words.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        words.setSpacing(theme.GAP_4)
        words.addWidget(
            label(
                tr("When something does not work, this helps to find out why. It is only saved; nothing is sent."),
                card,
                wrap=True,
            )
        )
        words.addWidget(
            label(
                tr(
                    "It holds no data of any event: no names, teams, results, notes or injuries, no PINs, and no path "
                    "of yours. Look at each file below before you save it."
                ),
                card,
                tone="muted",
                wrap=True,
            )
        )
        self.told = label("", card, name="settings_diagnostics_told", weight=600, wrap=True)
        self.told.hide()
        words.addWidget(self.told)
        card.body.addLayout(words)
        card.body.addWidget(rule(card))
        parts = QHBoxLayout()
        parts.setSpacing(0)
        self.list = ContentList(card)
        self.list.setFixedWidth(round(248 * max(100, theme.text_percent()) / 100))
        self.list.shown.connect(self._show)
        parts.addWidget(self.list)
        parts.addWidget(rule(card, down=True))
        right = QVBoxLayout()
        right.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        right.setSpacing(theme.GAP_8)
        self.what = label("", card, name="settings_diagnostics_what", weight=600, wrap=True)
        self.text = QPlainTextEdit(card)
        self.text.setObjectName("settings_diagnostics_text")
        self.text.setAccessibleName(tr("All that stands in the file"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setProperty("ring", "inside")
        self.text.setFont(theme.code_font())
        self.text.setMinimumHeight(200)
        right.addWidget(self.what)
        right.addWidget(self.text, 1)
        parts.addLayout(right, 1)
        card.body.addLayout(parts, 1)
        self.column.addWidget(card, 1)
        self._mend()

    def opened(self) -> None:
        if not self._contents:
            self.gather()

    def gather(self) -> None:
        """Look at everything afresh."""
        if self._gathering:
            return
        self._gathering = True
        self._tell("")
        self._mend()
        self._laptop.gather_diagnostics(then=self._gathered, otherwise=self._bad)

    def _gathered(self, contents: Sequence[Content]) -> None:
        self._gathering = False
        self._contents = tuple(contents)
        self.list.show_contents(self._contents)
        self._mend()

    def _show(self, place: int) -> None:
        if 0 <= place < len(self._contents):
            content = self._contents[place]
            self.what.setText(render(content.what))
            self.text.setPlainText(content.text[:SHOWN_MOST] or tr("Nothing stands in it."))

    def _mend(self) -> None:
        reason = tr("It is being gathered") if self._gathering else ""
        self.save.setEnabled(bool(self._contents) and not self._gathering)
        self.save.setToolTip(plain_tip(reason or tr("Write all of this into one file, at a place of your choice")))
        self.again.setEnabled(not self._gathering)
        self.again.setToolTip(plain_tip(reason or tr("Look at everything afresh")))
        if self._gathering and not self._contents:
            self.what.setText(tr("Gathering…"))

    def _save(self) -> None:
        to = self._files.place_for_diagnostics(self._laptop.diagnostics_name)
        if to:
            self._laptop.save_diagnostics(
                self._contents, to, then=lambda: self._tell(tr("Saved as {file}", file=to)), otherwise=self._bad
            )

    def _tell(self, words: str, *, bad: bool = False) -> None:
        set_tone(self.told, "danger" if bad else "running")
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _bad(self, news: BadNews) -> None:
        self._gathering = False
        self._tell(said(news), bad=True)
        self._mend()
