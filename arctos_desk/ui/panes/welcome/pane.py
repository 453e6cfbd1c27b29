"""What stands on the screen while no event is open: make one, open one, take one in from a file, go on with the last.

Emits what a person wants; opens and reads nothing. Problems of a file are listed here, all at once, with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arctos_desk.tournament.reasons import Problem
from arctos_desk.ui import icons, theme
from arctos_desk.ui.actions import Actions
from arctos_desk.ui.dialogs.files import FileChooser
from arctos_desk.ui.dialogs.problems import ProblemList
from arctos_desk.ui.dialogs.sheet import target_high
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.welcome.menu import add_event_actions
from arctos_desk.ui.panes.welcome.rows import KnownEvent, RecentRow, file_name, is_event_file, recent_rows, zone_choices
from arctos_desk.ui.refresh import Change
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.key_cap import cap_width, key_text, paint_cap
from arctos_desk.ui.widgets.label import label

_TILE_PX = 72


class _Tile(QAbstractButton):
    """A large press: a drawing, what it does, a sentence, its key."""

    def __init__(
        self, parent: QWidget, *, name: str, icon: IconName | None, text: str, line: str, key: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setText(text)
        self._icon, self._line, self._key = icon, line, key_text(key)
        self.setAccessibleName(text)
        self.setAccessibleDescription(line)
        self.setToolTip(plain_tip(f"{text}: {line}"))
        self.setProperty("ring_radius", theme.RADIUS_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(360, _TILE_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        fill, edge, ink, quiet = t.surface, t.edge, t.text, t.muted
        if not self.isEnabled():
            fill, edge, ink, quiet = t.done.soft, t.border, t.done.colour, t.done.colour
        elif self.isDown():
            fill, edge = t.accent.soft, t.accent.colour
        elif self.underMouse():
            edge = t.text
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CARD)
        left = float(theme.GAP_16)
        if self._icon:
            icons.paint(painter, QRectF(left, (self.height() - 24) / 2, 24, 24), self._icon, quiet)
            left += 40
        right = float(self.width() - theme.GAP_16)
        if self._key:
            right -= cap_width(self._key)
            paint_cap(painter, right, self.height() / 2, self._key, quiet)
            right -= theme.GAP_12
        top = (self.height() - 44) / 2
        name = QRectF(left, top, right - left, 24)
        paint.line_of_text(painter, name, self.text(), font=theme.font("large", 700), colour=ink)
        line = QRectF(left, top + 24, right - left, 20)
        paint.line_of_text(painter, line, self._line, font=theme.font(), colour=quiet)


class WelcomePane(Pane):
    """`created` carries name, place and zone; `opened` and `imported` a path; `sample_asked` nothing.

    `wanted` asks for the screen: a key brings the form of a new event from anywhere.
    """

    wanted = Signal()
    created = Signal(str, str, str)
    opened = Signal(str)
    imported = Signal(str)
    sample_asked = Signal()

    def __init__(
        self,
        actions: Actions,
        *,
        recent: Callable[[], Sequence[KnownEvent]],
        files: FileChooser,
        zones: Sequence[str] = ("UTC",),
        zone: str = "UTC",
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_welcome")
        self.setAcceptDrops(True)
        self._actions = actions
        self._recent = recent
        self._files = files
        self._rows: tuple[RecentRow, ...] | None = None
        self._tiles: list[_Tile] = []
        self._build(zone_choices(zones, zone))
        add_event_actions(actions)
        actions.on("event_new", self.ask_new)
        actions.on("event_open", self.ask_open)
        actions.on("event_import", self.ask_import)
        self.set_header(tr("Events"), tr("on this laptop"), tuple(tools))

    # building

    def _build(self, zones: Sequence[str]) -> None:
        self.pages = QStackedWidget(self)
        self.home = QWidget(self)
        row = QHBoxLayout(self.home)
        row.setContentsMargins(theme.GAP_24, theme.GAP_24, theme.GAP_24, theme.GAP_24)
        row.setSpacing(theme.GAP_24)
        begin = QVBoxLayout()
        begin.setSpacing(theme.GAP_12)
        begin.addWidget(label(tr("Begin"), self.home, size="title", weight=700))
        self.tile_new = self._tile(
            "welcome_new", "plus", tr("New event"), tr("Name, place, and an empty schedule"), "Ctrl+N"
        )
        self.tile_import = self._tile(
            "welcome_import",
            "import",
            tr("Import a schedule or results"),
            tr("A schedule file, or what a results service wrote"),
            "Ctrl+Shift+O",
        )
        self.tile_open = self._tile(
            "welcome_open",
            "open",
            tr("Open an event file"),
            tr("From a stick or another laptop; it is copied"),
            "Ctrl+O",
        )
        self.tile_sample = self._tile(
            "welcome_sample", "play", tr("Try the sample event"), tr("Everything can be pressed, nothing can break")
        )
        for tile in (self.tile_new, self.tile_import, self.tile_open, self.tile_sample):
            begin.addWidget(tile)
        begin.addWidget(label(tr("A file can also be dropped here."), self.home, size="small", tone="muted"))
        begin.addStretch(1)
        row.addLayout(begin, 1)
        before = QVBoxLayout()
        before.setSpacing(theme.GAP_12)
        before.addWidget(label(tr("Opened before"), self.home, size="title", weight=700))
        self.area = QScrollArea(self.home)
        self.area.setObjectName("recent_area")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        before.addWidget(self.area, 1)
        row.addLayout(before, 1)

        self.tile_new.clicked.connect(self.ask_new)
        self.tile_import.clicked.connect(self.ask_import)
        self.tile_open.clicked.connect(self.ask_open)
        self.tile_sample.clicked.connect(self.sample_asked)
        self._build_form(zones)
        self._build_problems()
        for page in (self.home, self.form, self.wrong):
            self.pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _tile(self, name: str, icon: IconName, text: str, line: str, key: str = "") -> _Tile:
        return _Tile(self.home, name=name, icon=icon, text=text, line=line, key=key)

    def _build_form(self, zones: Sequence[str]) -> None:
        self.form = QWidget(self)
        middle = QVBoxLayout(self.form)
        middle.setContentsMargins(theme.GAP_24, theme.GAP_24, theme.GAP_24, theme.GAP_24)
        card = Card(tr("New event"), self.form, name="new_event", padding=theme.GAP_24)
        card.setMaximumWidth(640)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP_16)
        grid.setVerticalSpacing(theme.GAP_12)
        self.name = self._input("new_name", tr("Name of the event"))
        self.place = self._input("new_place", tr("Where it is (may be empty)"))
        self.zone = Choice(card, name="new_zone", accessible=tr("Time zone of the fields"))
        self.zone.addItems(list(zones))
        target_high(self.zone)
        for place, (word, widget) in enumerate(
            ((tr("Name"), self.name), (tr("Place"), self.place), (tr("Time zone"), self.zone))
        ):
            grid.addWidget(label(word, card, weight=600), place, 0)
            grid.addWidget(widget, place, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        self.why = label("", card, name="new_why", tone="danger", weight=600, wrap=True)
        self.why.hide()
        card.body.addWidget(self.why)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        buttons.addStretch(1)
        self.back = Button(tr("Back"), card, name="new_back", key="Esc", big=True)
        self.create_button = Button(tr("Make it"), card, name="new_create", key="Enter", kind="primary", big=True)
        self.back.clicked.connect(self.show_home)
        self.create_button.clicked.connect(self._create)
        buttons.addWidget(self.back)
        buttons.addWidget(self.create_button)
        card.body.addLayout(buttons)
        for edit in (self.name, self.place):
            edit.returnPressed.connect(self._create)
            edit.textChanged.connect(lambda _: self._mend())
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        card.setMinimumWidth(560)
        middle.addStretch(1)
        self._mend()

    def _input(self, name: str, words: str) -> QLineEdit:
        edit = QLineEdit(self.form)
        edit.setObjectName(name)
        edit.setAccessibleName(words)
        edit.setPlaceholderText(words)
        edit.setFont(theme.font())
        edit.setMaxLength(200)
        target_high(edit)
        return edit

    def _build_problems(self) -> None:
        self.wrong = QWidget(self)
        column = QVBoxLayout(self.wrong)
        column.setContentsMargins(theme.GAP_24, theme.GAP_24, theme.GAP_24, theme.GAP_24)
        column.setSpacing(theme.GAP_8)
        self.headline = label("", self.wrong, name="problems_headline", size="title", weight=700, wrap=True)
        column.addWidget(self.headline)
        column.addWidget(
            label(
                tr("Nothing was changed. Put these right in the file and import it again."),
                self.wrong,
                tone="muted",
                wrap=True,
            )
        )
        column.addSpacing(theme.GAP_8)
        self.problems = ProblemList(self.wrong)
        column.addWidget(self.problems, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        self.wrong_back = Button(tr("Back"), self.wrong, name="problems_back", key="Esc", big=True)
        self.again = Button(
            tr("Choose another file"), self.wrong, name="problems_again", icon="import", kind="primary", big=True
        )
        self.wrong_back.clicked.connect(self.show_home)
        self.again.clicked.connect(self.ask_import)
        buttons.addStretch(1)
        buttons.addWidget(self.wrong_back)
        buttons.addWidget(self.again)
        column.addLayout(buttons)

    # what is shown

    def refresh(self, change: Change) -> None:
        rows = recent_rows(self._recent())
        if rows == self._rows:
            return
        self._rows = rows
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        # Room for the ring around the tile that has the keyboard.
        column.setContentsMargins(theme.GAP_8, theme.GAP_8, theme.GAP_8, theme.GAP_8)
        column.setSpacing(theme.GAP_12)
        self._tiles = []
        for number, row in enumerate(rows):
            tile = _Tile(inside, name=f"recent_{number}", icon="board", text=row.name, line=row.why_not or row.line)
            tile.setEnabled(not row.why_not)
            tile.setToolTip(plain_tip(row.why_not or row.path))
            tile.clicked.connect(lambda _=False, path=row.path: self.opened.emit(path))
            column.addWidget(tile)
            self._tiles.append(tile)
        if not rows:
            column.addWidget(
                label(
                    tr("No other event was opened on this laptop yet."),
                    inside,
                    name="recent_empty",
                    tone="muted",
                    wrap=True,
                )
            )
        column.addStretch(1)
        self.area.setWidget(inside)

    def show_home(self) -> None:
        self.pages.setCurrentWidget(self.home)
        self.take_focus()

    def show_problems(self, path: str, problems: Sequence[Problem]) -> None:
        """Every problem of a file with its place, all at once."""
        self.headline.setText(tr("{file} cannot be imported", file=file_name(path)))
        self.problems.copy.set_words(tr("Copy all"))
        self.problems.show_problems(problems)
        self.pages.setCurrentWidget(self.wrong)
        self.wanted.emit()
        self.take_focus()

    def show_refused(self, problems: Sequence[Problem]) -> None:
        """What stands against the new event, in its form."""
        self.why.setText(" ".join(render(problem.words) for problem in problems))
        self.why.setVisible(bool(problems))
        self.pages.setCurrentWidget(self.form)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        current = self.pages.currentWidget()
        target: QWidget = self.tile_new
        if current is self.form:
            target = self.name
        elif current is self.wrong:
            target = self.again
        elif self._tiles and self._tiles[0].isEnabled():
            target = self._tiles[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # asking

    def ask_new(self) -> None:
        """Open the form of a new event."""
        self.why.hide()
        self.pages.setCurrentWidget(self.form)
        self.wanted.emit()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def ask_open(self) -> None:
        path = self._files.event_to_open()
        if path:
            self.opened.emit(path)

    def ask_import(self) -> None:
        path = self._files.file_to_import()
        if path:
            self.imported.emit(path)

    def _mend(self) -> None:
        given = bool(self.name.text().strip())
        self.create_button.setEnabled(given)
        self.create_button.setToolTip("" if given else tr("Give it a name first"))

    def _create(self) -> None:
        name = self.name.text().strip()
        if name:
            self.created.emit(name, self.place.text().strip(), self.zone.currentText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is not self.home:
            self.show_home()
            return
        super().keyPressEvent(event)

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            path = url.toLocalFile()
            if path:
                (self.opened if is_event_file(path) else self.imported).emit(path)
                break
