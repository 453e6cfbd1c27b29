"""Work beside the lane: results come back where they are delivered, and closing lets finish what was given."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from arctos_desk.runtime.runner import InlineRunner, ThreadRunner
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import say


def test_inline_work_is_answered_at_once() -> None:
    told: list[object] = []
    runner = InlineRunner()
    runner.run(lambda: 3, then=told.append)
    runner.close()
    assert told == [3]


def test_bad_news_go_to_otherwise_and_bugs_rise() -> None:
    told: list[object] = []
    runner = InlineRunner()
    news: list[Exception] = [
        Refused([Problem("X", say("no"))]),
        Outage(say("full"), work_continues=False),
    ]

    def fails() -> None:
        raise news[len(told)]

    for _ in range(2):
        runner.run(fails, otherwise=told.append)
    assert told == news
    with pytest.raises(ZeroDivisionError):
        runner.run(lambda: 1 // 0, otherwise=told.append)


def test_results_of_the_thread_come_back_through_deliver() -> None:
    delivered: queue.Queue[Callable[[], object]] = queue.Queue()
    runner = ThreadRunner(delivered.put)
    where: list[str] = []
    told: list[str] = []
    runner.run(lambda: where.append(threading.current_thread().name), then=lambda _: told.append("first"))
    runner.run(lambda: None, then=lambda _: told.append("second"))
    for _ in range(2):
        delivered.get(timeout=10)()
    runner.close()
    assert where == ["beside"]
    assert told == ["first", "second"]


def test_closing_lets_finish_what_was_given() -> None:
    gate = threading.Event()
    done: list[int] = []
    delivered: list[object] = []
    runner = ThreadRunner(delivered.append)
    runner.run(lambda: gate.wait(10))
    runner.run(lambda: done.append(1))
    closing = threading.Thread(target=runner.close)
    closing.start()
    gate.set()
    closing.join(10)
    assert done == [1]
    with pytest.raises(RuntimeError):
        runner.run(lambda: None)
