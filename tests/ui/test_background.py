"""The lane: one piece after the other, results on the main thread, nothing left behind."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui.background import InlineLane, Lane, Progress, ThreadLane

NO_FIELD = Refused([Problem("NO_FIELD", say("There is no such field"))])


@pytest.fixture(params=["inline", "thread"])
def any_lane(request: pytest.FixtureRequest, qapp: QApplication):  # type: ignore[no-untyped-def]
    """Both lanes keep the same promises."""
    lane = InlineLane() if request.param == "inline" else ThreadLane()
    yield lane
    lane.close()


def refuse() -> None:
    raise NO_FIELD


def test_then_gets_what_the_work_answered(any_lane: Lane, qtbot: QtBot) -> None:
    told: list[int] = []
    any_lane.run(lambda: 6 * 7, then=told.append)
    qtbot.waitUntil(lambda: told == [42])


def test_otherwise_gets_a_refusal_and_then_is_not_called(any_lane: Lane, qtbot: QtBot) -> None:
    told: list[object] = []
    any_lane.run(refuse, then=lambda _: told.append("then"), otherwise=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [NO_FIELD]


def test_otherwise_gets_an_outage(any_lane: Lane, qtbot: QtBot) -> None:
    told: list[object] = []
    full = Outage(say("The disk is full"), work_continues=False)

    def write() -> None:
        raise full

    any_lane.run(write, otherwise=told.append)
    qtbot.waitUntil(lambda: told == [full])


def test_pieces_run_in_the_order_they_were_given(any_lane: Lane, qtbot: QtBot) -> None:
    done: list[int] = []
    told: list[int] = []
    for number in range(50):
        any_lane.run(lambda n=number: done.append(n) or n, then=told.append)
    qtbot.waitUntil(lambda: len(told) == 50)
    assert done == told == list(range(50))


def test_a_piece_may_give_the_next_one(any_lane: Lane, qtbot: QtBot) -> None:
    told: list[str] = []
    any_lane.run(lambda: "start", then=lambda word: any_lane.run(lambda: word + " and end", then=told.append))
    qtbot.waitUntil(lambda: told == ["start and end"])


def test_long_work_tells_how_far_it_is(any_lane: Lane, qtbot: QtBot) -> None:
    told: list[object] = []

    def work(progress: Progress) -> str:
        for step in range(3):
            progress.tell(step, 3)
        return "done"

    any_lane.run_long(work, then=told.append, progress=lambda done, total: told.append((done, total)))
    qtbot.waitUntil(lambda: "done" in told)
    assert told == [(0, 3), (1, 3), (2, 3), "done"]


def test_work_and_answer_are_on_their_own_sides_of_the_thread(qtbot: QtBot) -> None:
    lane = ThreadLane()
    threads: list[int] = []
    lane.run(lambda: threads.append(threading.get_ident()), then=lambda _: threads.append(threading.get_ident()))
    qtbot.waitUntil(lambda: len(threads) == 2)
    lane.close()
    assert threads[0] != threading.get_ident() == threads[1]


def test_a_person_can_stop_long_work(qtbot: QtBot) -> None:
    lane = ThreadLane()
    started, told = threading.Event(), []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.tell(0, 0)

    handle = lane.run_long(work, then=lambda _: told.append("then"), cancelled=lambda: told.append("cancelled"))
    assert started.wait(5)
    handle.cancel()
    qtbot.waitUntil(lambda: bool(told))
    lane.close()
    assert told == ["cancelled"]


def test_closing_lets_finish_what_was_given(qapp: QApplication) -> None:
    lane = ThreadLane()
    written: list[int] = []
    for number in range(20):
        lane.run(lambda n=number: written.append(n))
    lane.close()
    assert written == list(range(20))


def test_nothing_is_taken_after_closing(any_lane: Lane) -> None:
    any_lane.close()
    with pytest.raises(RuntimeError, match="closed"):
        any_lane.run(lambda: None)


def test_the_lane_knows_when_it_is_busy(qtbot: QtBot) -> None:
    lane = ThreadLane()
    gate = threading.Event()
    with qtbot.waitSignal(lane.idle):
        lane.run(gate.wait)
        assert lane.is_busy
        gate.set()
    assert not lane.is_busy
    lane.close()


def test_a_bug_rises_on_the_main_thread(qtbot: QtBot) -> None:
    lane = ThreadLane()
    with capture_exceptions() as caught, qtbot.waitSignal(lane.idle):
        lane.run(lambda: 1 // 0, otherwise=lambda _: None)
    lane.close()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_a_bug_in_work_rises_where_inline_work_was_asked_for() -> None:
    with pytest.raises(ZeroDivisionError):
        InlineLane().run(lambda: 1 // 0, otherwise=lambda _: None)
