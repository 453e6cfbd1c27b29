"""The desk with its window: one event, its write lane, its panes, its backups, and the socket for a second process.

Built here and only here from the parts of `ui`; what a pane shows and does is its own. Leaves at a signal as it leaves
at a click: what was given to the lane is finished, the log is closed, the lock released.
"""

from __future__ import annotations

import logging
import platform
import queue
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from arctos_desk.app.answers import OK, PROBLEM, Answer, answer_from_json, answer_to_json, refused
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.crash import words_of
from arctos_desk.app.event_files import OpenEvent, Verdict, name_in, open_event, take_in
from arctos_desk.app.events_here import event_meant, events_here, handover_folder, remember, restored_from_ms
from arctos_desk.app.handover import HandoverDesk, NoDesk, hand_over
from arctos_desk.app.panes import BOARD, EVENTS, PaperDesk, pane_table
from arctos_desk.app.starting import no_sweeps, set_aside
from arctos_desk.operations.views import late_min
from arctos_desk.runtime import paths
from arctos_desk.runtime.event_lock import HeldElsewhere
from arctos_desk.runtime.runner import BadNews, ThreadRunner
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import Clock, Words, say
from arctos_desk.ui import text, theme
from arctos_desk.ui.background import ThreadLane
from arctos_desk.ui.desk_port import DeskHandle, Saved, sentences
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.panes.welcome.rows import RecentEvent
from arctos_desk.ui.refresh import EVERYTHING, Change
from arctos_desk.ui.widgets.status_bar import StatusItem

if TYPE_CHECKING:
    from arctos_desk.ui.dialogs.guide import GuideSheet

log = logging.getLogger(__name__)

SECOND_MS: Final = 1_000
SOON_MS: Final = 250
"""So long after the window is there, what must be there too but is not shown is built."""
AT_REST_MS: Final = 2_000
"""So long after a window is there, what was built behind its first picture is there too, and memory is swept."""

SOLVE_AGAIN_MS: Final = 15_000
"""How often the day is solved for the present clock: static breaks end and forecasts move by themselves."""

SOON_ANEW_MS: Final = 20
"""After this the window is built anew, when the lane was busy before."""

BACKED_UP: Final = Change(frozenset({"backup"}))
"""What panes are told when a backup was written."""

BACKUP_MS: Final = 15 * 60_000
"""How often a changed event is backed up besides the end of each match (spec sync.md §8)."""

VERIFY_MS: Final = 60 * 60_000
"""How often the whole file is checked (spec sync.md §8)."""

SHOW_WINDOW: Final = "show_window"
PANE_KEY: Final = "window/pane"
KEY_TOLD: Final = "window/key_told"
GUIDE_SEEN: Final = "guide/seen"


def open_window(surroundings: Surroundings, tell: Callable[[Words], object], *, file: str) -> int:
    """Open the desk and stay until it is closed. A window that has the event open already is brought to the front."""
    path = event_of_start(surroundings, file)
    with suppress(NoDesk, ValueError):
        answer = answer_from_json(hand_over(handover_folder(path), {"order": SHOW_WINDOW}, patience_s=10))
        for words in answer.said:
            tell(words)
        return answer.code
    with no_sweeps():
        app = application(surroundings)
        program = Program(app, surroundings)
        leaving = Leaving(app, program.leave)
        at_rest = QTimer(app)
        at_rest.setObjectName("at_rest_timer")
        at_rest.setSingleShot(True)
        at_rest.setInterval(AT_REST_MS)
        at_rest.timeout.connect(set_aside)
        program.event_shown = at_rest.start
    try:
        with no_sweeps():
            program.begin(path, tell, named=bool(file))
        tell(say("The desk is open on {event}.", event=program.desk.handle.state.event.info.name))
        return OK if app.exec() == 0 else PROBLEM
    finally:
        at_rest.stop()
        program.close()
        leaving.end()
        qInstallMessageHandler(None)
        text.speak(None)


class Program:
    """The running program: one event at a time in its window, and the way from one event to another."""

    def __init__(self, app: QApplication, surroundings: Surroundings) -> None:
        self.app = app
        self.surroundings = surroundings
        self.event_shown: Callable[[], object] = lambda: None
        self._desk: DeskWindow | None = None

    @property
    def desk(self) -> DeskWindow:
        """The event that is open now."""
        if self._desk is None:
            raise RuntimeError("no event is open")
        return self._desk

    def begin(self, path: Path, tell: Callable[[Words], object], *, named: bool) -> None:
        """Show the event of the start. Where the last one cannot be opened the sample is, and both say why.

        A start that ends every time at the same file would leave a person without a desk. Raises Refused or Outage.
        """
        try:
            self.show_event(path)
        except (Refused, Outage) as news:
            from arctos_desk.app.samples import sample_event  # made once in the life of a laptop

            sample = sample_event(self.surroundings) if not named else path
            if sample == path:
                raise
            self.show_event(sample)
            words = tuple(sentences(news))
            for one in words:
                tell(one)
            self.desk.tell_of_failure(say("{file} was not opened", file=path.name), words)
        self.desk.offer_guide_soon()

    def show_event(self, path: Path) -> None:
        """Show an event; the one that was open is closed when the other is. Raises Refused or Outage, then it stays."""
        before = self._desk
        if before is not None and before.event.path == path:
            return
        desk = DeskWindow(self, path)
        self._desk = desk
        remember(self.surroundings, path)
        if before is not None:
            desk.window.setGeometry(before.window.geometry())
        desk.window.show()
        if before is not None:
            before.close()
        self.event_shown()

    # what the panes ask for

    @property
    def recent(self) -> tuple[Path, ...]:
        """The events on this laptop, those opened last first."""
        return events_here(self.surroundings)

    def open_file(self, path: Path) -> None:
        """Open an event file; one from elsewhere is taken in as a copy. Raises Refused or Outage."""
        self.show_event(own_event(self.surroundings, path))

    def new_event(self, name: str, place: str = "", zone: str = "") -> None:
        """Make an event and show it. Raises Refused or Outage."""
        from arctos_desk.app.attending import create_named  # no start waits for what makes events

        self.show_event(create_named(self.surroundings, name=name, place=place, zone=zone))

    def open_sample(self) -> None:
        """Show the sample, made anew when it is not there. Raises Refused or Outage."""
        from arctos_desk.app.samples import sample_event  # made once in the life of a laptop

        self.show_event(sample_event(self.surroundings))

    def import_as_new(self, file: Path) -> Answer:
        """Make an event from a file and show it. A bad file makes none. Raises Refused or Outage."""
        from arctos_desk.app.attending import import_as_new  # no start waits for the readers of files

        path, answer = import_as_new(self.surroundings, file)
        self.show_event(path)
        return answer

    def known_events(self) -> Sequence[RecentEvent]:
        """The events on this laptop as the screens list them; the open one is not among them."""
        here = None if self._desk is None else self._desk.event.path
        return [
            RecentEvent(
                path=str(path), name=self.name_of(path, name_in(path)), changed_ms=int(path.stat().st_mtime * 1000)
            )
            for path in self.recent
            if path != here
        ]

    def name_of(self, path: Path, name: str) -> str:
        """The name of an event as people tell it from others: a restored one says up to which moment it goes."""
        at_ms = restored_from_ms(self.surroundings, path)
        if at_ms is None:
            return name
        return text.tr("{event}, restored up to {day} {time}", event=name, day=text.day(at_ms), time=text.clock(at_ms))

    def choose_theme(self, name: str) -> None:
        """Dress everything anew and remember it."""
        self.surroundings.settings.change(theme=name)
        theme.apply_theme(self.app, _theme(name))

    def choose_language(self, code: str) -> None:
        """Speak this language from now on, "" that of the system, and remember it."""
        self.surroundings.speak(code)
        self.desk.build_screen_soon()

    def choose_text_percent(self, percent: int) -> None:
        """Show text this large from now on and remember it."""
        settings = self.surroundings.settings.change(text_percent=percent)
        theme.apply_theme(self.app, _theme(settings.theme), percent=settings.text_percent)
        self.desk.build_screen_soon()

    # leaving

    def leave(self) -> None:
        """Close as a person would."""
        if self._desk is not None:
            self._desk.window.close()

    def close(self) -> None:
        """Give back everything; safe to call twice."""
        if self._desk is not None:
            self._desk.close()


def event_of_start(surroundings: Surroundings, file: str) -> Path:
    """The event to begin with: the one named, else the last one, else the sample, made when it is not there."""
    if file:
        return own_event(surroundings, event_meant(surroundings, file))
    last = surroundings.settings.settings.last_event
    if last and Path(last).exists():
        return Path(last)
    from arctos_desk.app.samples import sample_event  # made once in the life of a laptop

    return sample_event(surroundings)


def own_event(surroundings: Surroundings, path: Path) -> Path:
    """An event file of this laptop: the one named, or the copy of it when it lies elsewhere."""
    if path.parent.resolve() == paths.events_folder().resolve():
        return path
    return take_in(path, surroundings)


def application(surroundings: Surroundings) -> QApplication:
    """The one application, dressed."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("Arctos Desk")
    app.setDesktopFileName("arctos-desk")
    app.setApplicationVersion(surroundings.build)
    app.setWindowIcon(QIcon(str(paths.resources_folder() / "icons" / "arctos-desk.svg")))
    qInstallMessageHandler(_qt_said)
    theme.load_fonts(paths.resources_folder() / "fonts")
    settings = surroundings.settings.settings
    theme.apply_theme(app, _theme(settings.theme), percent=settings.text_percent)
    return app


def _theme(name: str) -> theme.ThemeName:
    for known in theme.THEMES:
        if known == name:
            return known
    return "light"


_QT_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """What the toolkit says of itself goes to the log like everything else."""
    # A platform without a screen says so whenever it is asked for one.
    level = logging.DEBUG if words.startswith("This plugin does not support") else _QT_LEVELS.get(kind, logging.WARNING)
    logging.getLogger("qt").log(level, "%s", words)


class Remembering:
    """What the screens remember between starts, kept in the settings under the event's name."""

    def __init__(self, surroundings: Surroundings, event: Path) -> None:
        self._settings = surroundings.settings
        self._prefix = f"{event.stem}/"

    def recall(self, key: str) -> str:
        return self._settings.settings.remembered.get(self._prefix + key, "")

    def remember(self, key: str, value: str) -> None:
        held = self._settings.settings.remembered
        if held.get(self._prefix + key, "") != value:
            self._settings.hold(remembered={**held, self._prefix + key: value})


class Mailbox(QObject):
    """Carries calls of other threads to the main thread."""

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.posted.connect(self._call)

    def _call(self, call: Callable[[], object]) -> None:
        call()

    def post(self, call: Callable[[], object]) -> None:
        self.posted.emit(call)


class Leaving(QObject):
    """Lets SIGTERM and SIGINT close the window as a person would."""

    def __init__(self, parent: QObject, leave: Callable[[], object]) -> None:
        super().__init__(parent)
        self._ours, theirs = socket.socketpair()
        theirs.settimeout(0)
        self._theirs = theirs
        self._wakeup_before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._before = {one: signal.signal(one, lambda *_: None) for one in (signal.SIGTERM, signal.SIGINT)}
        # The handler of Python runs when Python runs; the byte on the socket wakes the loop of the toolkit for it.
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: (self._ours.recv(64), leave()))

    def end(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for one, handler in self._before.items():
            signal.signal(one, handler)
        self._ours.close()
        self._theirs.close()
        self.deleteLater()


class DeskWindow:
    """One event in one window. `close` is safe to call twice and gives back everything."""

    def __init__(self, program: Program, path: Path) -> None:
        self.program = program
        self.surroundings = program.surroundings
        self._closed = False
        self._closing = ExitStack()
        self._screen = ExitStack()
        self.paper: PaperDesk
        try:
            self._build(path)
        except BaseException:
            self.close()
            raise

    def _build(self, path: Path) -> None:
        """Build everything in its order; what is built is given back in the opposite order."""
        surroundings, giving_back = self.surroundings, self._closing.callback
        self.event, why_reading = _opened(surroundings, path)
        giving_back(surroundings.settings.write)
        giving_back(self.event.close)
        self._why_reading = why_reading
        self.mailbox = Mailbox()
        giving_back(self.mailbox.deleteLater)
        self.runner = ThreadRunner(self.mailbox.post)
        giving_back(self.runner.close)
        self.lane = ThreadLane()
        giving_back(self.lane.close)
        self._late_min: int | None = None
        self._late_stale = True
        self._backing_up = self._backup_owed = self._changed_since_backup = False
        self._backup_told: list[tuple[Callable[[object], object], Callable[[BadNews], object]]] = []
        self._last_backup_ms = 0
        giving_back(self._close_screen)
        self._build_screen(None)
        self._soon_anew = QTimer(self.mailbox)
        self._soon_anew.setObjectName("soon_anew_timer")
        self._soon_anew.setSingleShot(True)
        self._soon_anew.timeout.connect(self._build_screen_anew)
        giving_back(self._soon_anew.stop)
        surroundings.crash.tell, self._told_before = self._crashed_anywhere, surroundings.crash.tell
        giving_back(self._tell_of_crashes_no_more)
        self._stopping = threading.Event()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        if not self.event.read_only:
            giving_back(HandoverDesk(handover_folder(path), self._take_order).close)
            giving_back(self._stopping.set)
        self._say_what_to_know(why_reading)
        self._show_status()

    # building

    def _build_screen(self, before: DeskHandle | None) -> None:
        """The window with its panes and what they hold of the event: all that speaks a language and has a size."""
        surroundings, giving_back = self.surroundings, self._screen.callback
        self._zone = self.event.zone
        self.messages = surroundings.speaking(self._zone)
        text.speak(self.messages)
        self.handle = DeskHandle(
            self.event.desk,
            self.event.log,
            lane=self.lane,
            clock=self.event.clock,
            own_key=surroundings.key.key.public_key,
            memory=Remembering(surroundings, self.event.path),
            device_names={surroundings.key.key.public_key: platform.node() or surroundings.key.key.device},
            read_only=self._why_reading,
        )
        giving_back(self.handle.deleteLater)
        if before is not None:
            self.handle.go_on_from(before)
        self.window = MainWindow(title=self._title())
        giving_back(self.window.deleteLater)
        giving_back(self.window.refreshing.close)
        self.handle.changed.connect(self._changed)
        self.handle.saved.connect(self._saved)
        self.handle.failed.connect(self._bad_news)
        self._build_panes()
        self.window.closing.connect(self.program.app.quit)
        for name, every_ms, act in (
            ("clock", SECOND_MS, self._each_second),
            ("solve_again", SOLVE_AGAIN_MS, self.handle.ask_again),
            ("backup", BACKUP_MS, self._back_up_if_changed),
            ("verify", VERIFY_MS, self._verify),
        ):
            giving_back(self._timer(name, every_ms, act).stop)

    def _close_screen(self) -> None:
        """Give back the window that is there now, whichever it is by then."""
        self._screen.close()

    def build_screen_soon(self) -> None:
        """Build the window anew when the press that asks for it is over: in another language, with larger text."""
        self._soon_anew.start(0)

    def _build_screen_anew(self) -> None:
        """The same pane, the same place, the same person; what was told and waits is told still."""
        if self._closed:
            return
        if self.lane.is_busy:
            # What is on its way belongs to the panes that are there.
            self._soon_anew.start(SOON_ANEW_MS)
            return
        before, handle, giving_back = self.window, self.handle, self._screen
        focus: QWidget | None = before.focusWidget()
        focused = "" if focus is None else focus.objectName()
        told = [(one.headline.text(), one.sentence.text(), one.property("hue")) for one in before.notices.shown]
        self.handle.memory.remember(PANE_KEY, before.shown_pane)
        self._screen = ExitStack()
        with no_sweeps():
            self._build_screen(handle)
        self.window.setGeometry(before.geometry())
        self.window.setWindowState(before.windowState())
        self.window.show()
        before.hide()
        giving_back.close()
        for headline, sentence, hue in reversed(told):
            self.window.notices.show_notice(headline, sentence, hue)
        self._go_on_with_guide(before)
        same = self.window.findChild(QWidget, focused) if focused else None
        if isinstance(same, QWidget):
            same.setFocus(Qt.FocusReason.OtherFocusReason)
        self._late_stale = True
        self._show_status()
        self.program.event_shown()

    def paper_lane(self) -> ThreadLane:
        """A lane beside the one that writes: no entry waits for a document that is being made."""
        lane = ThreadLane()
        self._screen.callback(lane.close)
        return lane

    def show_guide(self) -> None:
        """Show what you see and what to press; whoever has seen it is not asked again."""
        self._guide().begin()

    def _guide(self) -> GuideSheet:
        from arctos_desk.ui.dialogs.guide import GuideSheet  # most starts need none

        settings = self.surroundings.settings
        guide = self.window.findChild(GuideSheet, "guide")
        if guide is None:
            guide = GuideSheet(self.window)
            guide.dismissed.connect(
                lambda: settings.change(remembered={**settings.settings.remembered, GUIDE_SEEN: "yes"})
            )
        return guide

    def _go_on_with_guide(self, before: MainWindow) -> None:
        """Who changes the language in the middle of the guide goes on in the middle of it."""
        guide: Any = before.findChild(QWidget, "guide")
        if guide is not None and guide.is_open:
            self._guide().begin(guide.at, stay=True)

    def offer_guide_soon(self) -> None:
        """On the first start of this laptop show the guide, when the screen is there."""
        if self.surroundings.settings.settings.remembered.get(GUIDE_SEEN):
            return
        soon = QTimer(self.window)
        soon.setObjectName("guide_timer")
        soon.setSingleShot(True)
        soon.timeout.connect(self.show_guide)
        soon.start(SOON_MS)
        self._screen.callback(soon.stop)

    def _timer(self, name: str, every_ms: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self.window)
        timer.setObjectName(f"{name}_timer")
        timer.timeout.connect(act)
        timer.start(every_ms)
        return timer

    def _title(self) -> str:
        name = self.program.name_of(self.event.path, self.handle.state.event.info.name)
        return f"{name} – Arctos Desk"

    def _build_panes(self) -> None:
        for entry in pane_table(self):
            self.window.add_pane(entry)
        # Its keys must work soon, and nobody waits for it. A timer of ours: one that the toolkit holds cannot be
        # taken back when the event is closed before its time.
        soon = QTimer(self.window)
        soon.setObjectName("soon_timer")
        soon.setSingleShot(True)

        def due() -> None:
            if soon.interval():
                self.window.pane(EVENTS)
                self.lane.run(self.event.prepare_to_write)
            else:
                soon.start(SOON_MS)

        # Counted from when events are served: a slow laptop would build it before its first picture.
        soon.timeout.connect(due)
        soon.start(0)
        self._screen.callback(soon.stop)
        kept = self.handle.memory.recall(PANE_KEY)
        self.window.show_pane(kept if kept in self.window.pane_ids else BOARD)
        self.window.pane_shown.connect(lambda pane_id: self.handle.memory.remember(PANE_KEY, pane_id))

    def _say_what_to_know(self, why_reading: Words | None) -> None:
        notices = self.window.notices
        steps = self.event.opened_with
        if steps:
            what_was_done = " ".join(self.messages.text(step) for step in steps)
            notices.show_notice(self.messages.tr("The event was recovered"), what_was_done, "warning")
        if why_reading is not None:
            notices.show_notice(self.messages.tr("Only reading"), self.messages.text(why_reading), "warning")
        key = self.surroundings.key
        if key.replaces:
            notices.show_notice(
                self.messages.tr("This laptop has a new key"),
                self.messages.tr("The old one could not be read. What was entered before stays as it is."),
                "warning",
            )
        elif not key.in_keyring and not self.handle.memory.recall(KEY_TOLD):
            notices.show_notice(
                self.messages.tr("The key of this laptop lies in a file"),
                self.messages.tr("This computer has no keyring. Only you can read the file."),
            )
            self.handle.memory.remember(KEY_TOLD, "yes")

    # what happens

    def _changed(self, change: Change) -> None:
        if self.event.zone != self._zone:
            self._zone = self.event.zone
            self.messages = self.surroundings.speaking(self._zone)
            text.speak(self.messages)
            change = EVERYTHING
        self.window.setWindowTitle(self._title())
        self.window.refreshing.tell(change)
        self._late_stale = True

    def _saved(self, saved: Saved) -> None:
        self._changed_since_backup = True
        from arctos_desk.operations.commands import EndPoint, FinishMatch, StartPoint  # orders come with the first

        if isinstance(saved.command, StartPoint | EndPoint) and self.surroundings.settings.settings.sound:
            self.program.app.beep()
        if isinstance(saved.command, FinishMatch):
            self.back_up()

    def _bad_news(self, news: BadNews) -> None:
        words = tuple(sentences(news))
        self.tell_of_failure(words[0] if words else say("Something did not work"), words[1:])

    def tell_of_failure(self, headline: Words, more: Sequence[Words]) -> None:
        """A notice in red that waits for a person."""
        text_of = self.messages.text
        self.window.notices.show_notice(text_of(headline), " ".join(text_of(one) for one in more), "danger")

    def _tell_of_crashes_no_more(self) -> None:
        """Give back who told of crashes before; the window that took the place of this one tells of them itself."""
        if self.surroundings.crash.tell == self._crashed_anywhere:
            self.surroundings.crash.tell = self._told_before

    def _crashed_anywhere(self, words: Words) -> None:
        self.mailbox.post(lambda: self._crashed(words))

    def _crashed(self, words: Words) -> None:
        self.window.notices.show_notice(
            self.messages.tr("Something went wrong inside the program"), self.messages.text(words), "danger"
        )

    def _each_second(self) -> None:
        self._show_status()
        self.surroundings.logs.flush()

    def _show_status(self) -> None:
        tr = self.messages.tr
        if self._late_stale and self.window.isVisible():
            # Asked once a second at most: with a thousand matches it is not free.
            self._late_min = late_min(self.handle.state, now_ms=self.handle.now_ms())
            self._late_stale = False
        items = [StatusItem("clock", ((self.messages.clock(self.handle.now_ms()), True),))]
        if self._late_min is not None:
            # Until it is known nothing is said: "On time" for a second would be a promise.
            late = max(self._late_min, 0)
            says = tr("{count} min late", count=late) if late else tr("On time")
            items.append(StatusItem("late", ((says, False),), tone="warning" if late >= 10 else "muted"))
        if not self.surroundings.key.in_keyring:
            why = tr("This computer has no keyring. Only you can read the file.")
            items.append(StatusItem("key", ((tr("Key in a file"), False),), shape="lock", tooltip=why, right=True))
        at = self._last_backup_ms
        backup = tr("Backup {at}", at=Clock(at)) if at else tr("No backup since the start")
        items.append(StatusItem("backup", ((backup, False),), right=True))
        if self.handle.why_not_write is not None:
            items.append(StatusItem("reading", ((tr("Only reading"), False),), tone="warning", right=True))
        self.window.status.show_items(items)

    # backups

    def _back_up_if_changed(self) -> None:
        if self._changed_since_backup:
            self.back_up()

    def back_up(
        self,
        *,
        then: Callable[[object], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        """Write a checked backup beside the write lane; while one is written, at most one more is owed."""
        if then is not None or otherwise is not None:
            self._backup_told.append((then or (lambda _: None), otherwise or self._bad_news))
        if self._backing_up or (self.event.read_only and not self._backup_told):
            self._backup_owed = True
            return
        self._backing_up, self._backup_owed, self._changed_since_backup = True, False, False
        told, self._backup_told = self._backup_told, []

        def done(_: object) -> None:
            self._last_backup_ms = self.handle.now_ms()
            for say_done, _bad in told:
                say_done(None)
            ended()

        def failed(news: BadNews) -> None:
            self._changed_since_backup = True
            for say_failed in [bad for _done, bad in told] or [self._bad_news]:
                say_failed(news)
            ended()

        def ended() -> None:
            self._backing_up = False
            if self._backup_owed:
                self.back_up()
            self._show_status()
            self.window.refreshing.tell(BACKED_UP)

        self.runner.run(self.event.backup, then=done, otherwise=failed)

    def _verify(self) -> None:
        """Look at the whole file beside the lane: SQLite sees few of the bits that a disk turns, the chain all."""

        def told(verdict: Verdict) -> None:
            if verdict.problems:
                words = [problem.words for problem in verdict.problems[:3]]
                self.tell_of_failure(say("The event file is not as it was written"), words)

        self.runner.run(self.event.verify, then=told, otherwise=self._bad_news)

    # files

    def import_file(self, file: Path, done: Callable[[Answer], object]) -> None:
        """Take a schedule or results into this event, on the lane; `done` gets every fault or what was taken in."""

        # No start waits for the readers of files.
        from arctos_desk.app.files import bytes_of
        from arctos_desk.app.orders import answer_order, import_order

        def work() -> Answer:
            try:
                raw = bytes_of(file)
            except Refused as news:
                return refused(news)
            return answer_order(self.event, import_order(raw, file.name), self.messages.text)

        def told(answer: Answer) -> None:
            if answer.code == OK:
                self._changed_since_backup = True
                self.handle.told()
            done(answer)

        self.lane.run(work, then=told)

    def save_copy(self, to: Path, done: Callable[[Answer], object]) -> None:
        """Write a whole copy of the event to another place, beside the lane."""
        from arctos_desk.app.orders import answer_order  # loaded with the first order

        order = {"order": "save_copy", "to": str(to)}
        self.runner.run(lambda: answer_order(self.event, order, self.messages.text), then=done)

    # orders of a second process

    def _take_order(self, order: Mapping[str, Any]) -> Mapping[str, Any]:
        """On the thread of the handover: let the order be done on the lane, and wait."""
        self.mailbox.post(lambda: self._do_order(order))
        while not self._stopping.is_set():
            with suppress(queue.Empty):
                return answer_to_json(self._answers.get(timeout=0.1))
        return answer_to_json(Answer(code=PROBLEM, problems=(Problem("CLOSING", say("The desk is just closing")),)))

    def _do_order(self, order: Mapping[str, Any]) -> None:
        """On the main thread."""
        if self._closed:
            return
        if order.get("order") == SHOW_WINDOW:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()
            self._answers.put(Answer(said=(say("The desk is open already; its window was brought to the front."),)))
            return
        from arctos_desk.app.orders import READING, answer_order  # loaded with the first order

        render = self.messages.text

        def work() -> Answer | Exception:
            try:
                return answer_order(self.event, order, render)
            except Exception as error:  # noqa: BLE001 - the visitor must get an answer; the report says what it was
                return error

        def done(result: Answer | Exception) -> None:
            if isinstance(result, Exception):
                words = words_of(self.surroundings.crash.report(result, thread="lane"))
                result = Answer(code=PROBLEM, problems=(Problem("BUG", words),))
            self._answers.put(result)
            if order.get("order") not in READING:
                self._changed_since_backup = True
                self.handle.told()

        self.lane.run(work, then=done)

    # leaving

    def close(self) -> None:
        """Finish what was given, close the log, release the lock."""
        if not self._closed:
            self._closed = True
            self._closing.close()


def _opened(surroundings: Surroundings, path: Path) -> tuple[OpenEvent, Words | None]:
    """The event, open for writing, else for reading with the reason."""
    try:
        return open_event(path, surroundings), None
    except HeldElsewhere as held:
        return open_event(path, surroundings, read_only=True), held.words
