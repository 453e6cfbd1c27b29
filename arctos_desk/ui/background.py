"""Work that must not hold up the window: one lane, one piece after the other, results back on the main thread.

`lane.run(work, then=…, otherwise=…)` reads as a sentence. `work` touches no widget; `then` and `otherwise` touch no
disk. Problems and outages go to `otherwise`; anything else is a bug and rises on the main thread, where the crash
report catches it. Does not know what the work is.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from arctos_desk.tournament.reasons import Outage, Refused

T = TypeVar("T")
BadNews = Refused | Outage


class Cancelled(Exception):
    """A person stopped the work."""


class Progress:
    """Given to long work: it tells how far it is, and stops where it asks after a person cancelled."""

    def __init__(self, told: Callable[[int, int], object] | None = None) -> None:
        self._told = told
        self._stop = threading.Event()

    def tell(self, done: int, total: int) -> None:
        """Tell how far the work is. Raises Cancelled when a person stopped it."""
        if self._stop.is_set():
            raise Cancelled
        if self._told is not None:
            self._told(done, total)

    def cancel(self) -> None:
        self._stop.set()


class Lane(Protocol):
    """The one lane on which work runs, in the order it was given."""

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None: ...

    def run_long(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Progress: ...

    @property
    def is_busy(self) -> bool: ...

    def close(self) -> None: ...


class InlineLane:
    """Runs everything at once, where it is called: for tests and commands without a window."""

    def __init__(self) -> None:
        self._closed = False

    @property
    def is_busy(self) -> bool:
        return False

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        if self._closed:
            raise RuntimeError("the lane is closed")
        try:
            result = work()
        except (Refused, Outage) as news:
            if otherwise is None:
                raise
            otherwise(news)
            return
        if then is not None:
            then(result)

    def run_long(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Progress:
        handle = Progress(progress)
        try:
            self.run(lambda: work(handle), then=then, otherwise=otherwise)
        except Cancelled:
            if cancelled is not None:
                cancelled()
        return handle

    def close(self) -> None:
        self._closed = True


@dataclass(frozen=True, slots=True)
class _Piece:
    work: Callable[[], Any]
    then: Callable[[Any], object] | None
    otherwise: Callable[[BadNews], object] | None
    cancelled: Callable[[], object] | None = None


class _Worker(QThread):
    """Takes pieces one by one until there are none and it was told to end."""

    finished_piece = Signal(object, object, object)
    told = Signal(object, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("write_lane")
        self._pieces: deque[_Piece] = deque()
        self._wake = threading.Condition()
        self._ending = False

    def give(self, piece: _Piece) -> None:
        with self._wake:
            if self._ending:
                raise RuntimeError("the lane is closed")
            self._pieces.append(piece)
            self._wake.notify()

    def end(self) -> None:
        with self._wake:
            self._ending = True
            self._wake.notify()

    def run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._pieces) or self._ending)
                if not self._pieces:
                    return
                piece = self._pieces.popleft()
            try:
                result, error = piece.work(), None
            except BaseException as caught:  # noqa: BLE001 - carried to the main thread, where it is answered or rises
                result, error = None, caught
            self.finished_piece.emit(piece, result, error)


class ThreadLane(QObject):
    """The lane of the window: its own thread; `close` lets finish what was given, so nothing acknowledged is lost."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lane")
        self._given = 0
        self._closed = False
        self._worker = _Worker()
        self._worker.finished_piece.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._worker.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._worker.start()

    @property
    def is_busy(self) -> bool:
        """Whether anything was given whose result was not delivered yet."""
        return self._given > 0

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        self._worker.give(_Piece(work, then, otherwise))
        self._given += 1

    def run_long(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Progress:
        worker = self._worker
        handle = Progress(
            (lambda done, total: worker.told.emit(progress, done, total)) if progress is not None else None
        )
        worker.give(_Piece(lambda: work(handle), then, otherwise, cancelled))
        self._given += 1
        return handle

    @Slot(object, int, int)
    def _tell(self, progress: Callable[[int, int], object], done: int, total: int) -> None:
        if not self._closed:
            progress(done, total)

    @Slot(object, object, object)
    def _deliver(self, piece: _Piece, result: object, error: BaseException | None) -> None:
        if self._closed:
            return
        self._given -= 1
        try:
            if error is None:
                if piece.then is not None:
                    piece.then(result)
            elif isinstance(error, Cancelled):
                if piece.cancelled is not None:
                    piece.cancelled()
            elif isinstance(error, (Refused, Outage)) and piece.otherwise is not None:
                piece.otherwise(error)
            else:
                raise error
        finally:
            if self._given == 0:
                self.idle.emit()

    def close(self) -> None:
        """Let everything that was given finish, end the thread. Results that come after this are not delivered."""
        self._worker.end()
        self._worker.wait()
        self._closed = True
