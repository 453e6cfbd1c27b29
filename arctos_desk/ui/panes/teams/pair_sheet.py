"""Entries that may be one person, side by side: a person says which one stays, or that they are two. Merges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.panes.teams.rows import PairRow, PersonCard, pairs_words
from arctos_desk.ui.text import plain_tip, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label

PAIR_SHEET_PX: Final = 720
SHOWN_MOST: Final = 20
"""Pairs on the sheet at once; the next come up as these are answered."""


class PairSheet(Sheet):
    """`merge_asked` carries who stays and who goes; `different_asked` the key of a pair of two people."""

    merge_asked = Signal(str, str)
    different_asked = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__("", host, name="pair_sheet", width=PAIR_SHEET_PX)
        self._rows: tuple[PairRow, ...] = ()
        self._why_not = ""
        self._cards: list[QWidget] = []
        self.note = label(
            tr("Nothing is merged unasked. What the entry that stays does not say is taken over from the other."),
            self.inside,
            name="pair_note",
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(self.note)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.GAP_12)
        self.body.addLayout(self._column)
        self.more = label("", self.inside, name="pair_more", tone="muted")
        self.body.addWidget(self.more)
        self.body.addStretch(1)

    @property
    def rows(self) -> tuple[PairRow, ...]:
        return self._rows

    def show_pairs(self, rows: Sequence[PairRow], why_not: str = "") -> None:
        """The pairs that are left; the keyboard goes on to the next one."""
        rows = tuple(rows)
        if rows == self._rows and why_not == self._why_not:
            return
        focus: QWidget | None = self.focusWidget()
        had_focus = focus is not None and any(card.isAncestorOf(focus) for card in self._cards)
        self._rows, self._why_not = rows, why_not
        self.title.set_text(pairs_words(len(rows)) if rows else tr("No possible duplicates"))
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for place, row in enumerate(rows[:SHOWN_MOST]):
            card = self._card(row, place)
            self._column.addWidget(card)
            self._cards.append(card)
        more = len(rows) - SHOWN_MOST
        self.more.setText(tr_n("{count} more pair follows.", "{count} more pairs follow.", more) if more > 0 else "")
        self.more.setVisible(more > 0)
        self.note.setVisible(bool(rows))
        if self.is_open:
            self.place()
            if had_focus:
                self.take_focus()

    def _card(self, row: PairRow, place: int) -> Card:
        card = Card("", self.inside, name=f"pair_{place}", padding=theme.GAP_12)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_8)
        head.addWidget(ElidedLabel(row.why, card, name=f"pair_{place}_why", weight=600), 1)
        different = Button(tr("Not the same"), card, name=f"pair_{place}_different")
        different.setToolTip(tr("They are two people; this laptop asks no more"))
        different.setAccessibleName(tr("{one} and {other} are not the same", one=row.left.name, other=row.right.name))
        different.clicked.connect(lambda: self.different_asked.emit(row.key))
        head.addWidget(different)
        card.body.addLayout(head)
        sides = QHBoxLayout()
        sides.setSpacing(theme.GAP_12)
        for side, mine, other in (("left", row.left, row.right), ("right", row.right, row.left)):
            sides.addWidget(self._side(card, f"pair_{place}_{side}", mine, other), 1)
        card.body.addLayout(sides)
        return card

    def _side(self, card: QWidget, name: str, mine: PersonCard, other: PersonCard) -> QWidget:
        side = Card("", card, name=name, padding=theme.GAP_12)
        side.body.addWidget(ElidedLabel(mine.name, side, name=f"{name}_name", size="large", weight=700))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP_12)
        grid.setVerticalSpacing(theme.GAP_4)
        grid.setColumnStretch(1, 1)
        for line, ((word, value), (_, others)) in enumerate(zip(mine.facts, other.facts, strict=True)):
            grid.addWidget(label(word, side, size="small", tone="muted"), line, 0)
            # What differs stands out: that is what the eye looks for.
            grid.addWidget(ElidedLabel(value, side, weight=600 if value != others else 400), line, 1)
        side.body.addLayout(grid)
        keep = Button(tr("Merge, keep this"), side, name=f"{name}_keep")
        keep.setAccessibleName(tr("Merge, keep {name}", name=mine.name))
        keep.setToolTip(plain_tip(self._why_not or tr("One entry stays, the other goes; it can be undone")))
        keep.setEnabled(not self._why_not)
        keep.clicked.connect(lambda: self.merge_asked.emit(mine.player_id, other.player_id))
        side.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignRight)
        return side

    def take_focus(self) -> None:
        found = self._cards[0].findChildren(Button) if self._cards else []
        target: QWidget = found[0] if found else self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
