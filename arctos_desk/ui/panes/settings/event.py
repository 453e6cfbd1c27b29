"""The event itself: name, place, days, zone, languages, limits, what a result is worth, who may be head referee.

One edit for each input, when it is left. Works nothing out: what is possible is for `operations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from arctos_desk.operations.commands import EditEvent
from arctos_desk.operations.desk import Outcome
from arctos_desk.tournament.kinds import HeadRefs
from arctos_desk.tournament.records import EventInfo
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.panes.settings.form import FormRow, Line, OptionList, TextRow
from arctos_desk.ui.panes.settings.laptop import OWN_NAMES
from arctos_desk.ui.panes.settings.rows import HEAD_REF_WORDS, day_from, day_words, number_from, number_text
from arctos_desk.ui.panes.settings.sections import EventSection
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.tick_box import TickBox

_RESULTS: Final = ("win_points", "draw_points", "loss_points")


class _PointsRow(FormRow):
    """Three small numbers in one row: win, draw, loss."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Match points"), parent, name="event_points", hint=tr("What a result is worth in tables."))
        self.lines: dict[str, Line] = {}
        for register, word in zip(_RESULTS, (tr("Win"), tr("Draw"), tr("Loss"))):
            title = label(word, self, tone="muted")
            line = Line(self, name=f"event_{register}", accessible=word, most=3)
            line.setFixedWidth(64)
            title.setBuddy(line)
            self.inputs.addWidget(title)
            self.inputs.addWidget(line)
            self.inputs.addSpacing(theme.GAP_8)
            line.took_back.connect(lambda: self.say_wrong(""))
            line.textEdited.connect(lambda _: self.say_wrong(""))
            self.lines[register] = line
        self.inputs.addStretch(1)


class _At:
    """One of several lines in a row, as the place where a refusal is shown."""

    def __init__(self, row: FormRow, line: Line) -> None:
        self._row, self._line = row, line

    def refused(self, news: BadNews) -> None:
        self._line.refuse()
        self._row.refused(news)
        if not self._row.wrong.text():
            self._line.show_afresh()


class EventDetails(EventSection):
    """Section Event."""

    def __init__(self, parent: QWidget, desk: DeskHandle, zones: Sequence[str]) -> None:
        super().__init__(parent, desk, name="event")
        self._texts: dict[str, TextRow] = {}
        self._build_about(zones)
        self._build_rules()

    def _card(self, title: str, name: str) -> Card:
        card = Card(title, self.body, name=name)
        card.body.setSpacing(theme.GAP_12)
        self.rows.addWidget(card)
        return card

    def _text(self, card: Card, register: str, row: TextRow) -> TextRow:
        self._texts[register] = row
        card.body.addWidget(row)
        return row

    def _build_about(self, zones: Sequence[str]) -> None:
        card = self._card(tr("About the event"), "settings_about")
        name = self._text(card, "name", TextRow(tr("Name"), card, name="event_name"))
        name.entered.connect(lambda text: self._edit(name, name=text))
        place = self._text(card, "place", TextRow(tr("Place"), card, name="event_place"))
        place.entered.connect(lambda text: self._edit(place, place=text))
        for register, word in (("first_day", tr("First day")), ("last_day", tr("Last day"))):
            row = TextRow(word, card, name=f"event_{register}", most=20, narrow=True, placeholder=tr("2027-06-05"))
            self._text(card, register, row)
            row.entered.connect(lambda text, row=row, register=register: self._edit_day(row, register, text))
        zone = self._text(
            card,
            "zone",
            TextRow(tr("Time zone"), card, name="event_zone", hint=tr("Type a part of its name, such as Berlin.")),
        )
        zone.complete_from(zones)
        zone.entered.connect(lambda text: self._edit(zone, zone=text))
        completer = zone.line.completer()
        completer.activated.connect(lambda *_: zone.line.editingFinished.emit())
        self.languages = FormRow(
            tr("Languages"), card, name="event_languages", hint=tr("In which the event speaks to players and guests.")
        )
        self.ticks: dict[str, TickBox] = {}
        for code, own_name in OWN_NAMES.items():
            tick = TickBox(own_name, self.languages, name=f"event_language_{code}")
            tick.clicked.connect(lambda *_: self._edit_languages())
            self.languages.inputs.addWidget(tick)
            self.languages.inputs.addSpacing(theme.GAP_8)
            self.ticks[code] = tick
        self.languages.inputs.addStretch(1)
        card.body.addWidget(self.languages)

    def _build_rules(self) -> None:
        card = self._card(tr("Limits and points"), "settings_limits")
        for register, word, hint in (
            ("most_on_field", tr("Players on the field"), tr("At most, of one team. Empty means no limit.")),
            ("most_on_roster", tr("Players on a roster"), tr("At most, of one team. Empty means no limit.")),
            ("most_teams", tr("Teams"), tr("At most in this event. Empty means no limit.")),
        ):
            row = self._text(
                card, register, TextRow(word, card, name=f"event_{register}", hint=hint, most=6, narrow=True)
            )
            row.entered.connect(lambda text, row=row, register=register: self._edit_number(row, row, register, text))
        self.points = _PointsRow(card)
        for register, line in self.points.lines.items():
            line.entered.connect(
                lambda text, line=line, register=register: self._edit_number(
                    self.points, _At(self.points, line), register, text, empty=False
                )
            )
        card.body.addWidget(self.points)
        card = self._card(tr("Who may be head referee"), "settings_head_refs")
        options = [(one.value, render(words), render(sentence)) for one, (words, sentence) in HEAD_REF_WORDS.items()]
        self.head_refs = OptionList(options, card, name="event_head_refs", accessible=tr("Who may be head referee"))
        self.head_refs_wrong = FormRow("", card, name="event_head_refs")
        self.head_refs_wrong.word.hide()
        self.head_refs_wrong.hide()
        self.head_refs.chosen.connect(self._edit_head_refs)
        card.body.addWidget(self.head_refs)
        card.body.addWidget(self.head_refs_wrong)

    # showing

    def show_rows(self) -> None:
        super().show_rows()
        info = self.desk.state.event.info
        for register, text in _texts_of(info).items():
            self._texts[register].show_text(text)
        for register in ("first_day", "last_day"):
            self._texts[register].say_hint(day_words(getattr(info, register), info.zone))
        for register, line in self.points.lines.items():
            line.show_text(str(getattr(info, register)))
        for code, tick in self.ticks.items():
            tick.setChecked(code in info.languages)
        self.head_refs.choose(info.head_refs.value)

    # editing

    def _edit(self, row: TextRow, **values: Any) -> None:
        self.perform(EditEvent(**values), row, then=lambda outcome: _tell(row, outcome))

    def _edit_day(self, row: TextRow, register: str, text: str) -> None:
        found = day_from(text)
        if found is None:
            row.refuse(tr("Write the day as 2027-06-05 or 5.6.2027."))
        elif found == getattr(self.desk.state.event.info, register):
            row.line.show_afresh()
        else:
            self._edit(row, **{register: found})

    def _edit_number(self, row: FormRow, at: TextRow | _At, register: str, text: str, *, empty: bool = True) -> None:
        number = number_from(text)
        if number is None or (not empty and not text.strip()):
            if isinstance(at, TextRow):
                at.line.refuse()
            else:
                self.points.lines[register].refuse()
            row.say_wrong(tr("Write a whole number."))
            return
        row.say_wrong("")
        edit: dict[str, Any] = {register: number}
        self.perform(EditEvent(**edit), at, then=lambda outcome: _tell(row, outcome))

    def _edit_languages(self) -> None:
        info = self.desk.state.event.info
        # A language that no tick stands for was said elsewhere, and stays.
        others = tuple(code for code in info.languages if code not in self.ticks)
        wanted = tuple(code for code, tick in self.ticks.items() if tick.isChecked())
        self.languages.say_wrong("")
        self.perform(EditEvent(languages=(*wanted, *others)), self.languages)

    def _edit_head_refs(self, value: str) -> None:
        self.head_refs_wrong.hide()
        self.perform(EditEvent(head_refs=HeadRefs(value)), _Shown(self.head_refs_wrong))


class _Shown:
    """A row that is only there while something is wrong."""

    def __init__(self, row: FormRow) -> None:
        self._row = row

    def refused(self, news: BadNews) -> None:
        self._row.refused(news)
        self._row.setVisible(bool(self._row.wrong.text()))


def _tell(row: FormRow, outcome: Outcome) -> None:
    """What was noticed beside an edit that counts."""
    words = " ".join(render(finding.words) for finding in outcome.findings)
    if words:
        row.say_wrong(words)


def _texts_of(info: EventInfo) -> dict[str, str]:
    return {
        "name": info.name,
        "place": info.place,
        "zone": info.zone,
        "first_day": info.first_day,
        "last_day": info.last_day,
        "most_on_field": number_text(info.most_on_field),
        "most_on_roster": number_text(info.most_on_roster),
        "most_teams": number_text(info.most_teams),
    }
