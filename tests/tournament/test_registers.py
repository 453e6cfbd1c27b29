"""What a register takes: everything that we write ourselves, and nothing on which a screen would stumble."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import LATEST
from arctos_desk.tournament.kinds import Ending, MatchKind, SetType, Side, Stage
from arctos_desk.tournament.records import Match, Result, Score, Start
from arctos_desk.tournament.registers import CLEAR, REGISTERS, build, difference, fits, registers_of
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot

_IDS = st.text("abcdef0123456789", min_size=1, max_size=8)
_INSTANTS = st.integers(0, LATEST)
_COUNTS = st.integers(0, 1_000)
_SLOTS: st.SearchStrategy[Slot] = st.one_of(
    st.builds(TeamSlot, _IDS),
    st.builds(TagSlot, _IDS),
    st.builds(OutcomeSlot, _IDS, st.sampled_from(["winner", "loser"])),
    st.builds(UnknownSlot, st.text(max_size=9)),
)
_PAIRS = st.tuples(_COUNTS, _COUNTS)
_MATCHES = st.builds(
    Match,
    id=_IDS,
    name=st.text(min_size=1, max_size=20),
    kind=st.sampled_from(MatchKind),
    field_id=st.none() | _IDS,
    previous_id=st.none() | _IDS,
    planned_ms=st.none() | _INSTANTS,
    length_min=st.none() | _COUNTS,
    team1=st.none() | _SLOTS,
    team2=st.none() | _SLOTS,
    referees=st.lists(st.none() | _SLOTS, max_size=3).map(tuple),
    skip_condition=st.text(max_size=9),
    set_type=st.sampled_from(SetType),
    sets=st.none() | _COUNTS,
    ribbon=st.booleans(),
    rank=st.integers(0, 99),
    stage=st.sampled_from(Stage),
    start=st.none() | st.builds(Start, at_ms=_INSTANTS, head_ref=_IDS, stones=st.none() | _COUNTS),
    result=st.none()
    | st.builds(
        Result,
        ending=st.sampled_from(Ending),
        winner=st.none() | st.sampled_from(Side),
        ended_ms=_INSTANTS,
        stated_score=st.none() | st.builds(Score, sets=_PAIRS, points=_PAIRS, text=st.text(max_size=5)),
    ),
)


@given(_MATCHES)
def test_a_match_written_and_read_is_the_same_and_every_register_takes_what_was_written(match: Match) -> None:
    written = registers_of(match)
    assert all(fits("match", register, value) for register, value in written.items())
    assert build(ref("match", match.id), written) == match
    assert difference(match, match) == {}


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(CLEAR),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.sampled_from(["at", "ended", "ending", "x"]), some),
    max_leaves=5,
)
_NAMES = st.sampled_from([(kind, register) for kind, some in REGISTERS.items() for register in some])


@given(_NAMES, _ODD)
def test_whatever_fits_can_be_read(name: tuple[str, str], value: Any) -> None:
    kind, register = name
    if fits(kind, register, value) and value is not CLEAR:
        REGISTERS[kind][register].read(value)


@pytest.mark.parametrize(
    ("register", "value"),
    [
        ("planned_ms", -1),
        ("planned_ms", LATEST + 1),
        ("planned_ms", True),
        ("sets", 10**9),
        ("stage", [0, 9]),
        ("stage", [0]),
        ("result", {"ending": "won", "ended": 1}),
        ("result", {"ending": "draw"}),
        ("result", {"ending": "draw", "ended": 1, "winner": "me"}),
        ("result", {"ending": "draw", "ended": 1, "score": {"sets": [1], "points": [1, 2], "text": ""}}),
        ("kind", "OTHER"),
        ("kind", []),
        ("team1", {"team": 7}),
        ("referees", {"team": "x"}),
        ("archived", 1),
    ],
)
def test_what_no_screen_could_show_does_not_fit(register: str, value: Any) -> None:
    assert not fits("match", register, value)


def test_what_a_newer_build_writes_beside_it_is_left_alone() -> None:
    assert fits("match", "a_later_register", {"any": ["thing"]})
    assert fits("penalty", "colour", 7)
