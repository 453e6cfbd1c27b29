"""The reducer: what counts when several desks wrote about one record."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.operations.reduce import canonical_values, event_of, fold, fold_all
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.registers import CLEAR
from arctos_desk.wire.operation import Operation
from tests.operations.entries import entry
from tests.trying import tries

MATCH = "match/m1"
RESULT = f"{MATCH}#result"
A_WINS = {"ending": "normal", "winner": "TEAM1", "ended": 1}
B_WINS = {"ending": "normal", "winner": "TEAM2", "ended": 2}


def test_a_knowing_edit_wins_although_its_clock_is_a_year_behind() -> None:
    first = entry("a", at=31_536_000_000, writes={MATCH: {"mode": "old"}})
    second = entry("b", at=31_536_000_001, writes={MATCH: {"mode": "new"}}, sees={f"{MATCH}#mode": ["a"]})
    folded = fold(MATCH, [second, first])
    assert folded is not None
    assert folded.registers["mode"].value == "new"
    assert folded.registers["mode"].versions == ()


def test_quiet_registers_show_the_later_of_two_blind_edits_and_keep_both_versions() -> None:
    one = entry("a", at=5, writes={MATCH: {"mode": "one"}})
    other = entry("b", at=9, writes={MATCH: {"mode": "two"}})
    held = fold(MATCH, [other, one]).registers["mode"]  # type: ignore[union-attr]
    assert held.value == "two"
    assert [version.value for version in held.versions] == ["one", "two"]
    assert not held.disputed


def test_two_desks_that_state_different_winners_make_a_dispute() -> None:
    held = fold(
        MATCH,
        [entry("a", at=5, writes={MATCH: {"result": A_WINS}}), entry("b", at=6, writes={MATCH: {"result": B_WINS}})],
    ).registers["result"]  # type: ignore[union-attr]
    assert held.disputed
    assert held.value == B_WINS


def test_two_desks_that_state_the_same_winner_agree() -> None:
    held = fold(
        MATCH,
        [
            entry("a", at=5, writes={MATCH: {"result": A_WINS}}),
            entry("b", at=6, writes={MATCH: {"result": dict(A_WINS)}}),
        ],
    ).registers["result"]  # type: ignore[union-attr]
    assert not held.disputed
    assert held.versions == ()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_meanwhile_the_head_referee_of_the_match_counts_before_organiser_and_desk(order: tuple[int, ...]) -> None:
    operations = [
        entry("start", at=1, writes={MATCH: {"start": {"at": 1, "head_ref": "mara"}}}),
        entry("ref", at=2, writes={MATCH: {"result": A_WINS}}, role="head_ref", actor="mara"),
        entry("org", at=3, writes={MATCH: {"result": B_WINS}}, role="organiser", actor="okko"),
        entry("desk", at=4, writes={MATCH: {"result": {**B_WINS, "ended": 9}}}, role="desk"),
    ]
    held = fold(MATCH, [operations[index] for index in order]).registers["result"]  # type: ignore[union-attr]
    assert held.value == A_WINS
    assert held.disputed
    assert [version.value for version in held.versions] == [A_WINS, B_WINS], "two of them say the same"


def test_somebody_elses_head_referee_ranks_as_a_desk() -> None:
    operations = [
        entry("start", at=1, writes={MATCH: {"start": {"at": 1, "head_ref": "mara"}}}),
        entry("other", at=9, writes={MATCH: {"result": A_WINS}}, role="head_ref", actor="okko"),
        entry("org", at=3, writes={MATCH: {"result": B_WINS}}, role="organiser"),
    ]
    assert fold(MATCH, operations).registers["result"].value == B_WINS  # type: ignore[union-attr]


def test_a_resolution_settles_and_a_late_contradiction_does_not_reopen_it() -> None:
    one = entry("a", at=5, writes={MATCH: {"result": A_WINS}})
    other = entry("b", at=6, writes={MATCH: {"result": B_WINS}})
    settled = entry(
        "c", at=7, writes={MATCH: {"result": A_WINS}}, sees={RESULT: ["a", "b"]}, role="organiser", resolve=[RESULT]
    )
    late = entry("d", at=8, writes={MATCH: {"result": B_WINS}}, role="head_ref", actor="late")
    held = fold(MATCH, [late, settled, other, one]).registers["result"]  # type: ignore[union-attr]
    assert held.value == A_WINS
    assert not held.disputed
    assert [version.value for version in held.versions] == [A_WINS, B_WINS], "the late entry stays visible"


def test_two_different_resolutions_are_again_a_dispute() -> None:
    sees = {RESULT: ["a", "b"]}
    operations = [
        entry("a", at=5, writes={MATCH: {"result": A_WINS}}),
        entry("b", at=6, writes={MATCH: {"result": B_WINS}}),
        entry("c", at=7, writes={MATCH: {"result": A_WINS}}, sees=sees, resolve=[RESULT]),
        entry("d", at=8, writes={MATCH: {"result": B_WINS}}, sees=sees, resolve=[RESULT]),
    ]
    assert fold(MATCH, operations).registers["result"].disputed  # type: ignore[union-attr]


def test_the_stage_only_rises_within_a_generation_and_a_new_generation_takes_it_back() -> None:
    started = entry("a", at=5, writes={MATCH: {"stage": [0, Stage.LIVE]}})
    ended = entry("b", at=4, writes={MATCH: {"stage": [0, Stage.ENDED]}})
    assert fold(MATCH, [ended, started]).registers["stage"].value == [0, Stage.ENDED]  # type: ignore[union-attr]
    reopened = entry("c", at=1, writes={MATCH: {"stage": [1, Stage.LIVE]}})
    assert fold(MATCH, [ended, reopened, started]).registers["stage"].value == [1, Stage.LIVE]  # type: ignore[union-attr]


def test_an_edit_that_the_archiver_had_not_seen_disputes_the_archive_mark() -> None:
    born = entry("a", at=1, writes={MATCH: {"rank": 1, "name": "A1", "kind": "STATIC"}})
    archived = entry("b", at=9, writes={MATCH: {"archived": True}}, sees={f"{MATCH}#archived": ["a"]})
    folded = fold(MATCH, [born, archived])
    assert folded is not None
    assert not folded.disputed
    edited = entry("c", at=5, writes={MATCH: {"mode": "x"}})
    folded = fold(MATCH, [born, archived, edited])
    assert folded is not None
    assert folded.registers["archived"].disputed


def test_a_base_that_names_something_later_is_no_edge_so_cycles_cannot_be() -> None:
    one = entry("a", at=5, writes={MATCH: {"mode": "one"}}, sees={f"{MATCH}#mode": ["b"]})
    other = entry("b", at=9, writes={MATCH: {"mode": "two"}}, sees={f"{MATCH}#mode": ["a"]})
    held = fold(MATCH, [one, other]).registers["mode"]  # type: ignore[union-attr]
    assert held.heads == ("b",)


def test_entries_of_a_newer_build_mark_the_record() -> None:
    operation = entry("a", at=5, writes={MATCH: {"name": "A1", "kind": "STATIC"}})
    newer = Operation(**{**{name: getattr(operation, name) for name in Operation.__slots__}, "kind_version": 2})
    folded = fold(MATCH, [newer])
    assert folded is not None
    assert folded.newer


def test_equal_values_of_different_types_are_different() -> None:
    held = fold(
        MATCH, [entry("a", at=1, writes={MATCH: {"later": 1}}), entry("b", at=2, writes={MATCH: {"later": True}})]
    ).registers["later"]  # type: ignore[union-attr]
    assert [version.value for version in held.versions] == [1, True]


def test_archived_and_half_known_records_are_not_shown() -> None:
    folded = fold_all(
        [
            entry("a", at=1, writes={"team/t1": {"rank": 1, "key": "a", "name": "Ants"}, "team/t2": {"name": "Bees"}}),
            entry("b", at=2, writes={"team/t3": {"rank": 2, "key": "c", "name": "Cats", "archived": True}}),
        ]
    )
    assert list(event_of("cup", folded).teams) == ["t1"]
    assert "team/t3" not in canonical_values(folded)


_REGISTERS = ["mode", "result", "archived", "stage", "name"]


@st.composite
def _histories(draw: st.DrawFn) -> list[Operation]:
    operations: list[Operation] = []
    for index in range(draw(st.integers(1, 9))):
        register = draw(st.sampled_from(_REGISTERS))
        reference = draw(st.sampled_from(["match/m1", "match/m2"]))
        known = [operation.id for operation in operations]
        sees = draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known else []
        value: object = {
            "mode": draw(st.sampled_from(["x", "y"])),
            "result": draw(st.sampled_from([A_WINS, B_WINS])),
            "archived": draw(st.booleans()),
            "stage": [draw(st.integers(0, 2)), draw(st.integers(0, 5))],
            "name": draw(st.sampled_from(["n1", "n2"])),
        }[register]
        cleared = register in ("mode", "result") and draw(st.booleans())
        operations.append(
            entry(
                f"o{index}",
                at=draw(st.integers(0, 4)),
                writes=None if cleared else {reference: {register: value}},
                clear={reference: [register]} if cleared else None,
                sees={f"{reference}#{register}": sees},
                role=draw(st.sampled_from(["desk", "organiser", "head_ref"])),
                stream=draw(st.sampled_from(["s1", "s2", "s3"])),
                number=index + 1,
                **({"resolve": [f"{reference}#{register}"]} if draw(st.booleans()) else {}),
            )
        )
    return operations


@settings(max_examples=tries(200))
@given(_histories(), st.randoms(use_true_random=False))
def test_the_fold_reads_only_the_set_never_order_or_repeats(operations: list[Operation], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*operations, *operations[:3]]
    random.shuffle(shuffled)
    assert fold_all(shuffled) == fold_all(operations)


@settings(max_examples=tries(200))
@given(_histories())
def test_folding_one_record_alone_equals_folding_all(operations: list[Operation]) -> None:
    whole = fold_all(operations)
    for reference in ("match/m1", "match/m2"):
        assert fold(reference, operations) == whole.get(reference)


@settings(max_examples=tries(200))
@given(_histories())
def test_an_edit_that_names_its_base_is_never_shown_below_what_it_replaced(operations: list[Operation]) -> None:
    for reference, folded in fold_all(operations).items():
        by_id = {operation.id: operation for operation in operations}
        for register, held in folded.registers.items():
            if register == "stage":
                continue
            for head in held.heads:
                named = by_id[head].base.get(f"{reference}#{register}", ())
                below = [one for one in named if one in held.heads and by_id[one].order < by_id[head].order]
                assert below == []


def test_clearing_leaves_nothing() -> None:
    one = entry("a", at=1, writes={MATCH: {"mode": "x"}})
    gone = entry("b", at=2, clear={MATCH: ["mode"]}, sees={f"{MATCH}#mode": ["a"]})
    folded = fold(MATCH, [one, gone])
    assert folded is not None
    assert folded.registers["mode"].value is CLEAR
    assert folded.values() == {}
