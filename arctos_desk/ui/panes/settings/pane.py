"""Settings: a list of sections at the left, the chosen one at the right. Each section is built when it is shown first.

Shows what the sections are given and emits what they cannot do alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.settings.laptop_port import Laptop, SettingsFiles
from arctos_desk.ui.panes.settings.sections import EventSection, Section, SectionList
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.widgets.card import rule

EVENT, FIELDS, RULES, GROUPS, LAPTOP, BACKUPS, DIAGNOSTICS = SECTIONS = (
    "event",
    "fields",
    "rules",
    "groups",
    "laptop",
    "backups",
    "diagnostics",
)
_SHOWN_AS: Final[dict[str, tuple[Words, IconName]]] = {
    EVENT: (say("Event"), "flag"),
    FIELDS: (say("Fields"), "field"),
    RULES: (say("Rules of play"), "whistle"),
    GROUPS: (say("Groups"), "standings"),
    LAPTOP: (say("This laptop"), "settings"),
    BACKUPS: (say("Backups"), "save"),
    DIAGNOSTICS: (say("Diagnostics"), "question"),
}
_FIRST_OF_LAPTOP: Final = LAPTOP
SECTION_KEY: Final = "settings/section"


class SettingsPane(Pane):
    """`who_asked` wants the sheet of people, `open_asked` carries the file of an event to open."""

    who_asked = Signal()
    open_asked = Signal(str)

    def __init__(
        self,
        desk: DeskHandle,
        laptop: Laptop,
        files: SettingsFiles,
        *,
        zones: Sequence[str] = ("UTC",),
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_settings")
        self._desk = desk
        self._laptop = laptop
        self._files = files
        self._zones = tuple(zones)
        self._sections: dict[str, Section] = {}
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = SectionList(self)
        for section_id, (words, icon) in _SHOWN_AS.items():
            if section_id == _FIRST_OF_LAPTOP:
                self.list.add_gap()
            self.list.add(section_id, render(words), icon)
        self.list.chosen.connect(self.show_section)
        row.addWidget(self.list)
        row.addWidget(rule(self, down=True))
        self.stack = QStackedWidget(self)
        row.addWidget(self.stack, 1)
        self.set_header(tr("Settings"), "", tuple(tools))
        desk.acting_changed.connect(self._acting_changed)

    @property
    def shown_section(self) -> str:
        return self._shown

    def section(self, section_id: str) -> Section:
        """The section, built now if it was not yet."""
        known = self._sections.get(section_id)
        if known is None:
            known = self._sections[section_id] = self._builders[section_id]()
            if isinstance(known, EventSection):
                known.who_asked.connect(self.who_asked)
            self.stack.addWidget(known)
        return known

    @property
    def _builders(self) -> dict[str, Callable[[], Section]]:
        return {
            EVENT: self._build_event,
            FIELDS: self._build_fields,
            RULES: self._build_rules,
            GROUPS: self._build_groups,
            LAPTOP: self._build_laptop,
            BACKUPS: self._build_backups,
            DIAGNOSTICS: self._build_diagnostics,
        }

    # Loaded when shown first, as panes are: nobody needs all of them at once.

    def _build_event(self) -> Section:
        from arctos_desk.ui.panes.settings.event import EventDetails

        return EventDetails(self.stack, self._desk, self._zones)

    def _build_fields(self) -> Section:
        from arctos_desk.ui.panes.settings.fields import FieldsSection

        return FieldsSection(self.stack, self._desk)

    def _build_rules(self) -> Section:
        from arctos_desk.ui.panes.settings.rules import RulesSection

        return RulesSection(self.stack, self._desk)

    def _build_groups(self) -> Section:
        from arctos_desk.ui.panes.settings.groups import GroupsSection

        return GroupsSection(self.stack, self._desk)

    def _build_laptop(self) -> Section:
        from arctos_desk.ui.panes.settings.laptop import LaptopSection

        return LaptopSection(self.stack, self._laptop, self._files)

    def _build_backups(self) -> Section:
        from arctos_desk.ui.panes.settings.backups import BackupsSection

        section = BackupsSection(self.stack, self._laptop, self._files, self.window)
        section.open_asked.connect(self.open_asked)
        return section

    def _build_diagnostics(self) -> Section:
        from arctos_desk.ui.panes.settings.diagnostics import DiagnosticsSection

        return DiagnosticsSection(self.stack, self._laptop, self._files)

    # showing

    def show_section(self, section_id: str) -> None:
        """Bring a section onto the screen."""
        if section_id not in _SHOWN_AS or section_id == self._shown:
            return
        before = self._sections.get(self._shown)
        if before is not None:
            before.left()
        self._shown = section_id
        section = self.section(section_id)
        self.stack.setCurrentWidget(section)
        self.list.choose(section_id)
        self._desk.memory.remember(SECTION_KEY, section_id)
        section.opened()
        self._show_header()

    def refresh(self, change: Change) -> None:
        if not self._shown:
            kept = self._desk.memory.recall(SECTION_KEY)
            self.show_section(kept if kept in _SHOWN_AS else EVENT)
            return
        if change != CLOCK:
            self._sections[self._shown].show_rows()
            self._show_header()

    def _show_header(self) -> None:
        name = self._desk.state.event.info.name
        if self.subtitle != name:
            self.set_header(tr("Settings"), name)

    def _acting_changed(self) -> None:
        section = self._sections.get(self._shown)
        if isinstance(section, EventSection):
            section.show_rows()

    def hidden(self) -> None:
        section = self._sections.get(self._shown)
        if section is not None:
            section.left()

    def shown(self) -> None:
        section = self._sections.get(self._shown)
        if section is not None:
            section.opened()

    def take_focus(self) -> None:
        self.list.take_focus()
        if self.focusWidget() is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
