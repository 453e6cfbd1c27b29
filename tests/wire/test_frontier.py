"""Frontiers and runs: what a peer lacks, and what does not fit onto what is here."""

from __future__ import annotations

from arctos_desk.wire.frontier import Head, Missing, Run, check_run, digest, entry, forked, missing, runs
from arctos_desk.wire.operation import seal
from tests.wire.makers import KEY, operation, stream_of


def head_of(sealed: list) -> Head:  # type: ignore[type-arg]
    return Head(sealed[-1].operation.number, sealed[-1].hash)


def codes(run: Run, head: Head = Head(0, ""), **asked: str) -> list[str]:  # noqa: B008
    return [flaw.code for flaw in check_run(run, head, **asked)]


def test_a_peer_lacks_the_tail_of_each_stream() -> None:
    mine = {"a": (3, "x"), "b": (2, "y"), "c": (1, "z")}
    theirs = {"a": (1, "q"), "b": (5, "w")}
    assert missing(mine, theirs) == (Missing("a", 1, 3), Missing("c", 0, 1))
    assert missing(mine, mine) == ()


def test_equal_frontiers_have_equal_digests_whatever_their_order() -> None:
    one = {"a": (3, "x"), "b": (2, "y")}
    assert digest(one) == digest(dict(reversed(one.items())))
    assert digest(one) != digest({"a": (3, "x"), "b": (2, "z")})
    assert digest({f"{n:020x}": (n, "0" * 12) for n in range(1, 2_000)})


def test_one_number_with_two_hashes_is_a_fork() -> None:
    assert forked({"a": (3, "x"), "b": (1, "y")}, {"a": (3, "z"), "b": (2, "q")}) == ("a",)


def test_entries_are_gathered_into_runs_oldest_first() -> None:
    one, other = stream_of(3, stream="aa"), stream_of(1, stream="bb")
    assert runs([one[2], other[0], one[0], one[1]]) == (Run("aa", tuple(one)), Run("bb", tuple(other)))


def test_a_run_that_continues_the_stream_has_no_flaws() -> None:
    sealed = stream_of(4)
    assert codes(Run("aa", tuple(sealed)), tournament="cup") == []
    assert codes(Run("aa", tuple(sealed[2:])), head_of(sealed[:2])) == []
    assert codes(Run("aa", tuple(sealed)), head_of(sealed[:2])) == []
    assert codes(Run("aa", tuple(sealed[:2])), head_of(sealed)) == []


def test_a_run_with_missing_entries_has_a_gap() -> None:
    sealed = stream_of(4)
    assert codes(Run("aa", tuple(sealed[2:]))) == ["GAP"]
    assert codes(Run("aa", (sealed[0], sealed[2]))) == ["GAP"]


def test_a_run_from_another_past_is_a_fork() -> None:
    sealed, other = stream_of(3), stream_of(3, actor="somebody else")
    assert codes(Run("aa", tuple(other[2:])), head_of(sealed[:2])) == ["FORK"]
    assert codes(Run("aa", tuple(other)), head_of(sealed[:2])) == ["FORK"]


def test_an_entry_that_does_not_follow_breaks_the_chain() -> None:
    first = stream_of(1)[0]
    second = seal(operation(2, first.hash), KEY.sign)
    third = seal(operation(3, "ab" * 32), KEY.sign)
    assert codes(Run("aa", (first, second, third))) == ["BROKEN_CHAIN"]


def test_entries_of_another_stream_or_tournament_are_named() -> None:
    sealed = stream_of(1)
    assert codes(Run("bb", tuple(sealed))) == ["WRONG_STREAM"]
    assert codes(Run("aa", tuple(sealed)), tournament="league") == ["WRONG_TOURNAMENT"]


def test_the_frontier_names_the_first_twelve_digits_of_a_hash() -> None:
    sealed = stream_of(1)[0]
    assert entry(Head(1, sealed.hash)) == (1, sealed.hash[:12])
