"""The open event as the panes know it: its state, the one way to change it, its journal, who acts, what time it is.

Everything that touches the log runs on the write lane; panes get answers on the main thread. Opens no event and draws
nothing.

What the composition root does: build one `DeskHandle` for each open event, connect `changed` to `Refresh.tell`, and
call `told` when something other than a pane changed the event (another desk, an order from a second process).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.desk import Desk, Outcome, UndoPreview
from arctos_desk.operations.ports import EventLog, WallClock
from arctos_desk.operations.state import State
from arctos_desk.operations.views import JournalLine, journal_lines
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Finding, Outage, Problem, Refused
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.background import BadNews, Lane
from arctos_desk.ui.memory import Forgetful, Memory
from arctos_desk.ui.refresh import CLOCK, EVERYTHING, Change

if TYPE_CHECKING:
    from arctos_desk.operations.commands import Command

T = TypeVar("T")

_ACTING_KEY: Final = "acting"
PAGE_LINES: Final = 100
"""Operations read for one page of the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One command that is durable: what a screen may call saved, and until when it was pressed."""

    pressed_ms: Instant
    label: Words
    operation: str
    command: Command
    undoable: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Lines newest first; `before` continues where they end, None when there is nothing older.

    `negated` is what newer entries took back among the older ones; the next page wants it.
    """

    lines: tuple[JournalLine, ...]
    before: tuple[str, str, int] | None
    negated: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonHere:
    """Somebody who may say "I am …": roles in which they act, and whether a PIN is asked."""

    id: str
    name: str
    roles: tuple[Role, ...]
    has_pin: bool


@dataclass(frozen=True, slots=True)
class _Done:
    outcome: Outcome
    next_undo: Words | None
    next_redo: Words | None


class DeskHandle(QObject):
    """One open event. `changed` carries what to look at again, `saved` each durable command, `failed` an outage."""

    changed = Signal(object)
    saved = Signal(object)
    failed = Signal(object)
    acting_changed = Signal()
    undo_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        log: EventLog,
        *,
        lane: Lane,
        clock: WallClock,
        own_key: str,
        memory: Memory | None = None,
        device_names: Mapping[str, str] | None = None,
        read_only: Words | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._log = log
        self._lane = lane
        self._clock = clock
        self._own_key = own_key
        self._device_names: Mapping[str, str] = device_names if device_names is not None else {}
        self.memory: Memory = memory if memory is not None else Forgetful()
        self._why_not_write = read_only
        self._outage: Outage | None = None
        self.last_saved: Saved | None = None
        self.next_undo: Words | None = desk.next_undo
        self.next_redo: Words | None = desk.next_redo
        self._acting = self._recalled()

    def go_on_from(self, before: DeskHandle) -> None:
        """Take up what another handle of the same desk knew: who acts, what was saved last, why nothing can be."""
        self._acting = before._acting
        self._outage, self._why_not_write = before._outage, before._why_not_write
        self.last_saved = before.last_saved
        self.next_undo, self.next_redo = before.next_undo, before.next_redo

    # reading

    @property
    def state(self) -> State:
        """The event as it stands now; frozen, so it may be kept while a screen is made from it."""
        return self._desk.state

    def now_ms(self) -> Instant:
        return self._clock()

    @property
    def why_not_write(self) -> Words | None:
        """Why nothing can be changed here: the event is open elsewhere, or the disk failed. None: it can."""
        return self._why_not_write

    @property
    def outage(self) -> Outage | None:
        """The failure after which work on this event must stop until it is opened again."""
        return self._outage

    # changing

    def perform(
        self,
        command: Command,
        *,
        then: Callable[[Outcome], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        """Perform a command on the write lane as whoever acts now, pressed now.

        `then` is called once it is durable; `otherwise` gets what stood against it, or the outage.
        """
        if self._why_not_write is not None:
            self._refuse(self._why_not_write, otherwise)
            return
        pressed_ms = self._clock() if command.at_ms is None else command.at_ms
        stamped = replace(command, at_ms=pressed_ms)
        acting = self._acting
        desk = self._desk

        from arctos_desk.operations.commands import Redo, Undo  # loaded with the first order

        def work() -> _Done:
            outcome = desk.perform(stamped, acting)
            return _Done(outcome, desk.next_undo, desk.next_redo)

        def done(result: _Done) -> None:
            self.next_undo, self.next_redo = result.next_undo, result.next_redo
            outcome = result.outcome
            saved = Saved(
                pressed_ms=pressed_ms,
                label=outcome.label,
                operation=outcome.operation,
                command=stamped,
                undoable=outcome.undoable and not isinstance(command, Undo | Redo),
                findings=outcome.findings,
            )
            self.last_saved = saved
            if then is not None:
                then(outcome)
            self.changed.emit(change_of(outcome))
            self.undo_changed.emit()
            self.saved.emit(saved)
            if any(reference.startswith("person/") for reference in outcome.change.folded):
                self._check_acting()

        self._lane.run(work, then=done, otherwise=lambda news: self._bad(news, otherwise))

    def _bad(self, news: BadNews, otherwise: Callable[[BadNews], object] | None) -> None:
        if isinstance(news, Outage):
            if not news.work_continues:
                self._outage = news
                self._why_not_write = say("Nothing can be saved now")
            if otherwise is not None:
                otherwise(news)
            self.failed.emit(news)
            self.changed.emit(EVERYTHING)
            return
        if otherwise is not None:
            otherwise(news)

    @staticmethod
    def _refuse(words: Words, otherwise: Callable[[BadNews], object] | None) -> None:
        if otherwise is not None:
            otherwise(Refused([Problem("READ_ONLY", words)]))

    def preview_undo(
        self,
        operation: str,
        *,
        then: Callable[[UndoPreview], object],
        otherwise: Callable[[BadNews], object],
    ) -> None:
        """What taking back an entry ("" for the last of this desk) would do, without doing it."""
        self._ask(lambda: self._desk.preview_undo(operation), then, otherwise)

    def read_journal(
        self,
        *,
        then: Callable[[JournalPage], object],
        otherwise: Callable[[BadNews], object] | None = None,
        after: JournalPage | None = None,
        pages: int = 1,
    ) -> None:
        """The newest pages of the journal as one, or the one that follows `after`."""
        self._ask(lambda: self._page(after, PAGE_LINES * pages), then, otherwise)

    def ask_again(self, then: Callable[[State], object] | None = None) -> None:
        """Let the day be solved for the present clock: static breaks end by themselves. Writes nothing."""

        def done(state: State) -> None:
            self.changed.emit(CLOCK)
            if then is not None:
                then(state)

        self._ask(self._desk.refresh, done, None)

    def told(self, change: Change = EVERYTHING) -> None:
        """Something other than a pane changed the event."""

        def done(names: tuple[Words | None, Words | None]) -> None:
            self.next_undo, self.next_redo = names
            self._check_acting()
            self.changed.emit(change)
            self.undo_changed.emit()

        self._ask(lambda: (self._desk.next_undo, self._desk.next_redo), done, None)

    def _ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[BadNews], object] | None,
    ) -> None:
        self._lane.run(work, then=then, otherwise=lambda news: self._bad(news, otherwise))

    def _page(self, after: JournalPage | None, most: int) -> JournalPage:
        operations = self._log.recent(most, None if after is None else after.before)
        negated = set() if after is None else set(after.negated)
        # Newest first, so whatever takes an entry back is met before the entry itself. An undo that was undone, or
        # brought back by a redo, takes nothing back.
        for operation in operations:
            if operation.id not in negated:
                negated.update(operation.payload.get("back", ()))
        taken_back = frozenset(negated)
        lines = journal_lines(
            self._desk.state,
            operations,
            self._log.devices(),
            own_key=self._own_key,
            taken_back=taken_back,
            device_name=self._device_names,
        )
        more = len(operations) == most
        return JournalPage(lines, operations[-1].order if more else None, taken_back)

    # who acts

    @property
    def acting(self) -> Acting:
        """Who presses here, and in which role; the desk itself when nobody said who they are."""
        return self._acting

    @property
    def acting_name(self) -> str:
        """The name of whoever acts; empty for the desk itself."""
        return self.state.name_of(self._acting.person)

    def people(self) -> tuple[PersonHere, ...]:
        """Everybody who may say "I am …", in the order in which they were added."""
        state = self.state
        found: list[PersonHere] = []
        for person in state.event.people.values():
            record = state.people.get(person.id)
            found.append(
                PersonHere(
                    id=person.id,
                    name="" if record is None else record.name,
                    roles=tuple(role for role in Role if role in person.roles),
                    has_pin=record is not None and bool(record.pin_hash),
                )
            )
        return tuple(found)

    def pin_opens(self, person_id: str, pin: str) -> bool:
        """Whether this PIN is the person's; a person without one needs none."""
        from arctos_desk.operations.pins import pin_fits  # loaded when somebody says who they are

        record = self.state.people.get(person_id)
        return record is None or pin_fits(pin, record.pin_hash)

    def act_as(self, acting: Acting) -> None:
        """From now on commands carry this person and role. The caller has asked for the PIN."""
        if acting == self._acting:
            return
        self._acting = acting
        # The choice outlives the program only where no PIN guards it.
        record = self.state.people.get(acting.person)
        guarded = record is not None and bool(record.pin_hash)
        self.memory.remember(_ACTING_KEY, "" if guarded else f"{acting.role.value}:{acting.person}")
        self.acting_changed.emit()
        self.changed.emit(EVERYTHING)

    def _recalled(self) -> Acting:
        role, _, person = self.memory.recall(_ACTING_KEY).partition(":")
        known = self.state.event.people.get(person)
        record = self.state.people.get(person)
        if known is None or (record is not None and record.pin_hash) or role not in known.roles:
            return Acting()
        return Acting(person=person, role=Role(role))

    def _check_acting(self) -> None:
        """Whoever lost the role, or is gone, acts no longer."""
        person = self.state.event.people.get(self._acting.person)
        if self._acting.person and (person is None or self._acting.role not in {*person.roles, Role.DESK}):
            self.act_as(Acting())


def change_of(outcome: Outcome) -> Change:
    """What panes look at again after a command: records it wrote, and matches whose times or teams moved."""
    change = outcome.change
    references = set(change.folded) | {f"match/{match_id}" for match_id in change.rows}
    return Change(frozenset(references), everything=change.whole)


def sentences(news: BadNews) -> Sequence[Words]:
    """Every sentence of bad news: the problems of a refusal with what to do next, or the outage."""
    if isinstance(news, Outage):
        return [news.words, *([news.next_step] if news.next_step is not None else [])]
    found: list[Words] = []
    for problem in news.problems:
        found.append(problem.words)
        if problem.next_step is not None:
            found.append(problem.next_step)
    return found


__all__ = [
    "DeskHandle",
    "JournalPage",
    "PersonHere",
    "Saved",
    "change_of",
    "sentences",
]
