"""This laptop: colours, language, size of text, sound, where the data lie and the second place for backups.

Each choice counts at once. Opens no folder and writes nothing by itself.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from arctos_desk.runtime.settings import TEXT_PERCENTS
from arctos_desk.tournament.reasons import Refused
from arctos_desk.ui import theme
from arctos_desk.ui.panes.settings.form import FormRow, said
from arctos_desk.ui.panes.settings.laptop_port import Laptop, SettingsFiles
from arctos_desk.ui.panes.settings.rows import moment
from arctos_desk.ui.panes.settings.sections import Section
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.tick_box import TickBox

OWN_NAMES: Final = {"en": "English", "de": "Deutsch", "es": "Español"}
"""What each language calls itself: whoever cannot read the present one finds it."""


class LaptopSection(Section):
    """Shows the choices as they are and asks the laptop for others."""

    def __init__(self, parent: QWidget, laptop: Laptop, files: SettingsFiles) -> None:
        super().__init__(parent, name="laptop")
        self._laptop = laptop
        self._files = files
        self._build_looks()
        self._build_folders()
        self.column.addStretch(1)

    def _build_looks(self) -> None:
        card = Card(tr("Looks and language"), self, name="settings_looks")
        card.body.setSpacing(theme.GAP_12)
        choices = self._laptop.choices
        self.theme = Segmented(
            [("light", tr("Light")), ("dark", tr("Dark")), ("sunlight", tr("Sunlight"))],
            card,
            name="settings_theme",
            accessible=tr("Colours"),
        )
        self.theme.chosen.connect(self._laptop.choose_theme)
        self.theme.chosen.connect(lambda _: self.show_rows())
        system = OWN_NAMES.get(choices.system_language, choices.system_language)
        self.language = Segmented(
            [("", tr("System ({language})", language=system)), *OWN_NAMES.items()],
            card,
            name="settings_language",
            accessible=tr("Language"),
        )
        self.language.chosen.connect(self._laptop.choose_language)
        self.text_size = Segmented(
            [(str(percent), tr("{percent} %", percent=percent)) for percent in TEXT_PERCENTS],
            card,
            name="settings_text_size",
            accessible=tr("Size of text"),
        )
        self.text_size.chosen.connect(lambda percent: self._laptop.choose_text_percent(int(percent)))
        self.sound = TickBox(tr("A short sound when a point starts or ends"), card, name="settings_sound")
        self.sound.clicked.connect(lambda on=False: self._laptop.choose_sound(bool(on)))
        for word, widget, hint in (
            (tr("Colours"), self.theme, tr("Sunlight is for outdoors: black on white, no greys.")),
            (tr("Language"), self.language, ""),
            (tr("Size of text"), self.text_size, tr("The score and other large figures keep their size.")),
            (tr("Sound"), self.sound, tr("It is the system's own; some computers are silent.")),
        ):
            row = FormRow(word, card, name=f"{widget.objectName()}_choice", hint=hint)
            row.inputs.addWidget(widget)
            row.inputs.addStretch(1)
            card.body.addWidget(row)
        self.column.addWidget(card)

    def _build_folders(self) -> None:
        card = Card(tr("Where things lie"), self, name="settings_folders")
        card.body.setSpacing(theme.GAP_12)
        self.data_row, self.data_path = self._folder_row(
            card, tr("Data folder"), "settings_data", tr("Events, their journals and their backups are kept here.")
        )
        self.open_data = Button(tr("Show the folder"), card, name="settings_data_open", icon="open")
        self.open_data.setToolTip(tr("Open it in the browser of files"))
        self.open_data.clicked.connect(self._open_data)
        self.copy_data = Button(tr("Copy the path"), card, name="settings_data_copy", icon="note")
        self.copy_data.setToolTip(tr("Put the path on the clipboard"))
        self.copy_data.clicked.connect(self._copy_data)
        self._add_buttons(card, self.open_data, self.copy_data)
        self.second_row, self.second_path = self._folder_row(card, tr("Second backup folder"), "settings_second", "")
        self.choose_second = Button(tr("Choose…"), card, name="settings_second_choose", icon="save")
        self.choose_second.setToolTip(tr("A stick or another disk on which each backup is kept as well"))
        self.choose_second.clicked.connect(self._choose_second)
        self.remove_second = Button(tr("Remove"), card, name="settings_second_remove", icon="cross")
        self.remove_second.setToolTip(tr("Keep no second copy any more; what lies there stays"))
        self.remove_second.clicked.connect(lambda: self._set_second(""))
        self._add_buttons(card, self.choose_second, self.remove_second)
        self.column.addWidget(card)

    @staticmethod
    def _folder_row(card: Card, word: str, name: str, hint: str) -> tuple[FormRow, ElidedLabel]:
        row = FormRow(word, card, name=name, hint=hint)
        path = ElidedLabel("", row, name=f"{name}_path", weight=500)
        path.setMinimumHeight(theme.CONTROL_PX)
        row.inputs.addWidget(path, 1)
        card.body.addWidget(row)
        return row, path

    @staticmethod
    def _add_buttons(card: Card, *buttons: Button) -> None:
        row = FormRow("", card, name=f"{buttons[0].objectName()}_buttons")
        for button in buttons:
            row.inputs.addWidget(button)
        row.inputs.addStretch(1)
        card.body.addWidget(row)

    def show_rows(self) -> None:
        choices = self._laptop.choices
        self.theme.choose(choices.theme)
        self.language.choose(choices.language)
        self.text_size.choose(str(choices.text_percent))
        self.sound.setChecked(choices.sound)
        self.data_path.set_text(choices.data_folder)
        self.second_path.set_text(choices.second_folder or tr("None chosen"))
        self.second_path.set_tone("text" if choices.second_folder else "muted")
        self.remove_second.setEnabled(bool(choices.second_folder))
        self._show_second(choices.second_folder)

    def _show_second(self, folder: str) -> None:
        if not folder:
            self.second_row.say_hint(tr("A stick that holds every backup too survives this laptop."))
            self.second_row.say_wrong("")
            return
        place = self._laptop.second_place
        self.second_row.say_wrong("" if place.wrong is None else render(place.wrong))
        when = moment(place.last_ms)
        self.second_row.say_hint(
            tr("Last backup there: {when}", when=when) if when else tr("No backup of this event lies there yet.")
        )

    def _open_data(self) -> None:
        opened = self._laptop.open_data_folder()
        self.data_row.say_wrong("" if opened else tr("The folder could not be shown; copy its path."))

    def _copy_data(self) -> None:
        QGuiApplication.clipboard().setText(self._laptop.choices.data_folder)
        self.copy_data.set_words(tr("Copied"))

    def _choose_second(self) -> None:
        folder = self._files.folder_for_backups()
        if folder:
            self._set_second(folder)

    def _set_second(self, folder: str) -> None:
        had_focus = self.remove_second.hasFocus()
        try:
            self._laptop.choose_second_folder(folder)
        except Refused as news:
            self.second_row.say_wrong(said(news))
            return
        self.show_rows()
        if had_focus and not self.remove_second.isEnabled():
            self.choose_second.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The colours have a key of their own.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "second_path"):
            self.show_rows()

    def opened(self) -> None:
        self.copy_data.set_words(tr("Copy the path"), tr("Put the path on the clipboard"))
        super().opened()
