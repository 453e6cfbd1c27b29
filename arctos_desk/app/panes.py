"""The table of panes and what connects them: which there are, in which order, what each is given, where its signals go.

A pane stands here when it works. Panes know each other only through these lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from PySide6.QtWidgets import QWidget

from arctos_desk.app.answers import OK, Answer
from arctos_desk.runtime.clock import laptop_zone
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui import theme
from arctos_desk.ui.actions import ActionEntry
from arctos_desk.ui.desk_port import sentences
from arctos_desk.ui.dialogs.files import FileChooser, SystemFiles
from arctos_desk.ui.dialogs.problems import ProblemSheet, problem_lines
from arctos_desk.ui.dialogs.undoing import Undoing
from arctos_desk.ui.dialogs.who import WhoIsHere
from arctos_desk.ui.main_window import MainWindow, Pane, PaneEntry
from arctos_desk.ui.panes.schedule_board.pane import BoardPane, board_pane
from arctos_desk.ui.panes.schedule_board.row_editing import RowEditing
from arctos_desk.ui.panes.welcome.menu import EventMenu, add_event_actions
from arctos_desk.ui.panes.welcome.rows import file_name
from arctos_desk.ui.text import render, tr

if TYPE_CHECKING:
    from arctos_desk.app.window import DeskWindow
    from arctos_desk.publishing.exports import Edition
    from arctos_desk.publishing.page import Paper
    from arctos_desk.ui.dialogs.handing_out import HandingOut
    from arctos_desk.ui.panes.welcome.pane import WelcomePane

TODAY: Final = "today"
BOARD: Final = "board"
STANDINGS: Final = "standings"
TEAMS: Final = "teams"
SCRIPTS: Final = "scripts"
JOURNAL: Final = "journal"

EVENTS: Final = "events"
SETTINGS: Final = "settings"
PAPER_KEY: Final = "paper/size"

WINDOW_ENTRIES: Final = (
    ActionEntry(
        id="next_theme",
        text=say("Other colours"),
        tooltip=say("Light, dark, and sunlight for outdoors"),
        shortcut="F6",
    ),
    ActionEntry(
        id="export",
        text=say("Export…"),
        tooltip=say("Write the schedule, tables, results or score sheets to a folder"),
        shortcut="Ctrl+E",
        icon="save",
    ),
    ActionEntry(
        id="print",
        text=say("Print…"),
        tooltip=say("Look at what this screen shows as it will be printed, and print it"),
        shortcut="Ctrl+P",
        icon="note",
    ),
    ActionEntry(
        id="guide",
        text=say("What you see, what to press"),
        tooltip=say("A short walk through the screens"),
        shortcut="F1",
        icon="question",
    ),
    ActionEntry(id="leave", text=say("Quit"), tooltip=say("Close the desk; everything is saved"), shortcut="Ctrl+Q"),
)


def pane_table(desk: DeskWindow) -> tuple[PaneEntry, ...]:
    """The panes of one open event, in the order of the rail, with everything that connects them."""
    window, handle, actions = desk.window, desk.handle, desk.window.actions_table
    who = WhoIsHere(handle, actions, window)
    undoing = Undoing(handle, actions, window)
    undoing.told.connect(lambda headline, sentence: window.notices.show_notice(headline, sentence, "warning"))
    files = Files(desk)
    paper = desk.paper = PaperDesk(desk, files)
    actions.on("export", paper.ask_export)
    actions.on("print", paper.print_pane)
    actions.on("guide", desk.show_guide)
    menu = EventMenu(actions, desk.program.known_events, files.open_event, window)
    menu.hide()
    tools: Sequence[QWidget] = (who.button, menu)

    # A pane is loaded when it is shown first: the board must not wait for the others.

    def today() -> Pane:
        from arctos_desk.ui.panes.today.pane import TodayPane

        pane = TodayPane(handle, actions, tools=tools)
        pane.who_asked.connect(actions["who"].trigger)
        pane.import_asked.connect(actions["event_import"].trigger)
        pane.match_shown.connect(show_on_board)
        return pane

    def board() -> Pane:
        pane = board_pane(handle, memory=handle.memory, tools=tools)
        pane.match_opened.connect(open_on_today)
        RowEditing(handle, actions, window, pane)
        return pane

    def standings() -> Pane:
        from arctos_desk.ui.panes.standings.pane import StandingsPane

        return StandingsPane(handle, tools=tools)

    def teams() -> Pane:
        from arctos_desk.ui.panes.teams.pane import TeamsPane

        pane = TeamsPane(handle, actions, files=files.chooser, tools=tools)
        pane.who_asked.connect(actions["who"].trigger)
        return pane

    def scripts() -> Pane:
        from arctos_desk.ui.panes.scripts.pane import ScriptsPane

        return ScriptsPane(handle, tools=tools)

    def journal() -> Pane:
        from arctos_desk.ui.panes.journal.pane import JournalPane

        pane = JournalPane(handle, actions, tools=tools)
        pane.undo_asked.connect(undoing.undo)
        return pane

    def events() -> Pane:
        from arctos_desk.ui.panes.welcome.pane import WelcomePane

        pane = WelcomePane(
            actions,
            recent=desk.program.known_events,
            files=files.chooser,
            zones=sorted(available_timezones()),
            zone=laptop_zone(),
            tools=tools,
        )
        pane.wanted.connect(lambda: window.show_pane(EVENTS))
        pane.created.connect(lambda name, place, zone: files.make(pane, name, place, zone))
        pane.opened.connect(files.open_event)
        pane.imported.connect(lambda path: files.take_in(pane, path))
        pane.sample_asked.connect(files.open_sample)
        return pane

    def settings() -> Pane:
        from arctos_desk.app.laptop import ThisLaptop
        from arctos_desk.ui.panes.settings.pane import SettingsPane

        zones = sorted(available_timezones())
        pane = SettingsPane(handle, ThisLaptop(desk), files.chooser, zones=zones, tools=tools)
        pane.who_asked.connect(actions["who"].trigger)
        pane.open_asked.connect(files.open_event)
        return pane

    def show_on_board(match_id: str) -> None:
        window.show_pane(BOARD)
        pane = window.pane(BOARD)
        if isinstance(pane, BoardPane):
            pane.choose(match_id)

    def open_on_today(match_id: str) -> None:
        match = handle.state.event.matches.get(match_id)
        if match is None or not match.field_id:
            return
        from arctos_desk.ui.panes.today.pane import TodayPane

        window.show_pane(TODAY)
        pane = window.pane(TODAY)
        if isinstance(pane, TodayPane):
            pane.show_field(match.field_id)

    entries = (
        PaneEntry(id=TODAY, text=say("Today"), icon="today", build=today),
        PaneEntry(id=BOARD, text=say("Board"), icon="board", build=board),
        PaneEntry(id=STANDINGS, text=say("Standings"), icon="standings", build=standings),
        PaneEntry(id=TEAMS, text=say("Teams"), icon="teams", build=teams),
        PaneEntry(id=SCRIPTS, text=say("Scripts"), icon="scripts", build=scripts),
        PaneEntry(id=JOURNAL, text=say("Journal"), icon="journal", build=journal),
        PaneEntry(id=EVENTS, text=say("Events"), icon="open", build=events),
        PaneEntry(id=SETTINGS, text=say("Settings"), icon="settings", build=settings),
    )
    return tuple(replace(entry, shortcut=f"Ctrl+{number}") for number, entry in enumerate(entries, start=1))


class PaperDesk:
    """What becomes of paper and exports. Loaded when somebody asks for them: the board must not wait for printing."""

    def __init__(self, desk: DeskWindow, files: Files) -> None:
        self._desk = desk
        self._files = files

    def ask_export(self) -> None:
        """Offer everything that can be handed out."""
        self.handing_out.ask_export()

    def print_pane(self) -> None:
        """Show what the screen prints as."""
        self.handing_out.print_pane()

    @cached_property
    def handing_out(self) -> HandingOut:
        from arctos_desk.app.sheets import edition_of, save_document, write_exports
        from arctos_desk.ui.dialogs.handing_out import HandingOut

        desk, memory = self._desk, self._desk.handle.memory

        def edition(paper: Paper) -> Edition:
            messages = desk.messages
            return edition_of(
                desk.handle.state,
                now_ms=desk.handle.now_ms(),
                text=messages.text,
                language=messages.language,
                paper=paper,
            )

        return HandingOut(
            desk.window,
            edition=edition,
            write=write_exports,
            save=save_document,
            lane=desk.paper_lane(),
            files=self._files.chooser,
            match_on_screen=self._match_on_today,
            paper=memory.recall(PAPER_KEY),
            paper_chosen=lambda paper: memory.remember(PAPER_KEY, paper),
        )

    def _match_on_today(self) -> str:
        from arctos_desk.ui.panes.today.pane import TodayPane

        pane = self._desk.window.pane(TODAY)
        return pane.match_id if isinstance(pane, TodayPane) else ""


class Files:
    """What becomes of a file that a person chose: opened, taken in, copied; and the words about it."""

    def __init__(self, desk: DeskWindow) -> None:
        self._desk = desk
        self._window = desk.window
        self.chooser: FileChooser = SystemFiles(desk.window)
        self._problems: ProblemSheet | None = None
        actions = desk.window.actions_table
        add_event_actions(actions)
        for entry in WINDOW_ENTRIES:
            actions.add(entry)
        actions.on("event_copy", self.ask_copy)
        actions.on("event_welcome", lambda: desk.window.show_pane(EVENTS))
        actions.on("next_theme", self.next_theme)
        actions.on("leave", desk.window.close)

    def open_event(self, path: str) -> None:
        """Open an event file; one from elsewhere is taken in as a copy."""
        self._try(lambda: self._desk.program.open_file(Path(path)), tr("{file} was not opened", file=file_name(path)))

    def open_sample(self) -> None:
        program = self._desk.program
        self._try(program.open_sample, tr("The sample was not opened"))

    def make(self, pane: WelcomePane, name: str, place: str, zone: str) -> None:
        """Make an event; what stands against it appears in the form."""
        try:
            self._desk.program.new_event(name, place, zone)
        except Refused as news:
            pane.show_refused(news.problems)
        except Outage as news:
            self._tell_bad_news(tr("No event was made"), news)

    def take_in(self, pane: WelcomePane, path: str) -> None:
        """Import a file: where events are chosen into one of its own, elsewhere into the one that is open."""
        if self._window.shown_pane == EVENTS:
            try:
                said = self._desk.program.import_as_new(Path(path))
            except Refused as news:
                pane.show_problems(path, news.problems)
            except Outage as news:
                self._tell_bad_news(tr("{file} cannot be imported", file=file_name(path)), news)
            else:
                # The window that was asked is gone; the new one speaks.
                tell_answer(self._desk.program.desk.window, said)
            return

        def done(answer: Answer) -> None:
            if answer.code == OK:
                tell_answer(self._window, answer)
                return
            if self._problems is None:
                self._problems = ProblemSheet(self._window)
            self._problems.show_problems(tr("{file} cannot be imported", file=file_name(path)), answer.problems)

        self._desk.import_file(Path(path), done)

    def ask_copy(self) -> None:
        """Ask where a copy goes and write it there."""
        to = self.chooser.place_for_copy(self._desk.event.path.stem)
        if not to:
            return

        def done(answer: Answer) -> None:
            if answer.code == OK:
                tell_answer(self._window, answer)
            else:
                lines = " ".join(problem_lines(answer.problems))
                self._window.notices.show_notice(tr("No copy was saved"), lines, "danger")

        self._desk.save_copy(Path(to), done)

    def next_theme(self) -> None:
        """Light, dark, sunlight, and again."""
        names = list(theme.THEMES)
        now = self._desk.surroundings.settings.settings.theme
        self._desk.program.choose_theme(names[(names.index(now) + 1) % len(names)] if now in names else names[0])

    def _try(self, act: Callable[[], object], headline: str) -> None:
        try:
            act()
        except (Refused, Outage) as news:
            self._tell_bad_news(headline, news)

    def _tell_bad_news(self, headline: str, news: Refused | Outage) -> None:
        said = " ".join(render(words) for words in sentences(news))
        self._window.notices.show_notice(headline, said, "danger")


def tell_answer(window: MainWindow, answer: Answer) -> None:
    """What was done, and what was noticed on the way."""
    said = [render(words) for words in answer.said]
    if said:
        window.notices.show_notice(said[0], "\n".join(said[1:]), "running")
