"""Work beside the write lane: backups, checks, copies. Inline where nobody waits for a screen, else on one thread.

`run(work, then=…, otherwise=…)` reads as a sentence. `then` and `otherwise` come back through `deliver`, which the
window sets to its main thread. Not the lane on which commands are performed, and it knows no toolkit.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from arctos_desk.tournament.reasons import Outage, Refused

T = TypeVar("T")
BadNews = Refused | Outage
Deliver = Callable[[Callable[[], object]], object]


class Runner(Protocol):
    """Where work runs that no person waits for."""

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None: ...

    def close(self) -> None: ...


class InlineRunner:
    """Runs everything at once, where it is called."""

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        _report(_attempt(work), then, otherwise)

    def close(self) -> None:
        """Nothing is held."""


class ThreadRunner:
    """One thread, one piece after the other. `close` lets finish what was given; results after it are not delivered."""

    def __init__(self, deliver: Deliver, *, name: str = "beside") -> None:
        self._deliver = deliver
        self._pieces: deque[tuple[Callable[[], Any], Any, Any]] = deque()
        self._wake = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._work, name=name)
        self._thread.start()

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
    ) -> None:
        with self._wake:
            if self._ending:
                raise RuntimeError("the runner is closed")
            self._pieces.append((work, then, otherwise))
            self._wake.notify()

    def close(self) -> None:
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._pieces) or self._ending)
                if not self._pieces:
                    return
                work, then, otherwise = self._pieces.popleft()
            outcome = _attempt(work)
            with self._wake:
                late = self._ending
            if not late:
                self._deliver(lambda o=outcome, t=then, e=otherwise: _report(o, t, e))  # type: ignore[misc]


_Outcome = tuple[Any, BaseException | None]


def _attempt(work: Callable[[], Any]) -> _Outcome:
    try:
        return work(), None
    except Exception as error:  # noqa: BLE001 - carried to where it is answered or rises
        return None, error


def _report(
    outcome: _Outcome,
    then: Callable[[Any], object] | None,
    otherwise: Callable[[BadNews], object] | None,
) -> None:
    result, error = outcome
    if error is None:
        if then is not None:
            then(result)
    elif isinstance(error, (Refused, Outage)) and otherwise is not None:
        otherwise(error)
    else:
        raise error
