"""Places and words of the board, without any toolkit."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.operations.views import BoardView
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.ui.panes.schedule_board.rows import (
    Axis,
    BlockRow,
    BoardRows,
    Kept,
    Ruler,
    Section,
    board_rows,
    first_to_look_at,
    inspector_rows,
    lanes_of,
    lateness,
    map_bars,
    neighbour,
    sort_key,
    table_rows,
)
from tests.ui.boards import DONE, FIELDS, LONG, RUNNING, SKIPPED, afternoon, at, block, side, view


def row(rows: BoardRows, name: str) -> BlockRow:
    return next(one for one in rows.blocks if one.name == name)


@pytest.fixture(scope="module")
def day() -> BoardView:
    return afternoon()


def test_rows_need_no_toolkit() -> None:
    """The pane's rows are computed on machines that have never seen Qt."""
    script = "import sys; import arctos_desk.ui.panes.schedule_board.rows; sys.exit('PySide6' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


# The axis


def test_a_day_is_drawn_in_whole_half_hours(day: BoardView) -> None:
    (section,) = board_rows(day).axis.sections
    assert (section.from_ms, section.to_ms) == (at("10:30"), at("17:00"))


DAYS = st.lists(st.tuples(st.integers(0, 700), st.integers(1, 700)), min_size=1, max_size=3).map(
    lambda days: Axis(
        tuple(
            Section(at("00:00", n), at("00:00", n) + first * MINUTE_MS, at("00:00", n) + (first + long) * MINUTE_MS)
            for n, (first, long) in enumerate(days)
        )
    )
)


@given(DAYS, st.floats(0.35, 8), st.data())
def test_every_drawn_instant_comes_back_from_its_height(axis: Axis, px_per_min: float, data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(axis.sections))
    at_ms = data.draw(st.integers(section.from_ms, section.to_ms))
    ruler = Ruler(axis, px_per_min)
    assert abs(ruler.instant(ruler.y(at_ms)) - at_ms) <= 1
    assert 0 <= ruler.y(at_ms) <= ruler.height


@given(DAYS, st.floats(0.35, 8), st.lists(st.integers(at("00:00"), at("00:00", 3)), min_size=2, max_size=20))
def test_later_is_never_drawn_higher(axis: Axis, px_per_min: float, moments: list[int]) -> None:
    ruler = Ruler(axis, px_per_min)
    heights = [ruler.y(moment) for moment in sorted(moments)]
    assert heights == sorted(heights)


def test_two_days_stand_under_each_other_with_their_night_left_out() -> None:
    rows = board_rows(
        view(
            [block("A", "f1", at("18:00")), block("B", "f1", at("09:00", 1))], fields={"f1": ("1", 0)}, now=at("18:10")
        )
    )
    ruler = Ruler(rows.axis, 2)
    assert [section.from_ms for section in rows.axis.sections] == [at("18:00"), at("09:00", 1)]
    assert ruler.y(at("09:00", 1)) - ruler.y(at("19:00")) < 100
    assert rows.axis.has_titles


def test_the_now_line_is_drawn_only_while_a_day_is_drawn(day: BoardView) -> None:
    assert board_rows(day).now_ms == at("14:20")
    assert board_rows(replace(day, now_ms=at("23:00"))).now_ms is None


# Blocks


def test_a_late_match_stays_at_its_plan_with_its_lateness_and_its_forecast(day: BoardView) -> None:
    quarter = row(board_rows(day), "Quarter 3")
    assert (quarter.from_ms, quarter.time, quarter.late, quarter.late_tone) == (at("14:30"), "14:30", "+14", "warning")
    assert quarter.forecast == (at("14:44"), at("14:44") + 43 * MINUTE_MS)
    assert quarter.ghost is None


def test_an_early_match_stands_where_it_was_and_leaves_a_ghost_at_its_plan(day: BoardView) -> None:
    early = row(board_rows(day), "C-6")
    assert (early.from_ms, early.to_ms, early.late) == (at("13:44"), at("14:17"), "−6")
    assert early.ghost == (at("13:50"), at("14:30"))
    assert early.forecast is None


def test_a_match_that_is_over_has_no_forecast_however_late_it_was() -> None:
    rows = board_rows(view([block("A", "f1", at("10:00"), status=DONE, late=30)], fields=FIELDS, now=at("12:00")))
    assert (rows.blocks[0].late, rows.blocks[0].forecast) == ("+30", None)


def test_the_winner_is_marked_on_its_side(day: BoardView) -> None:
    c1 = row(board_rows(day), "C-1")
    assert [(one.text, one.winner) for one in c1.sides] == [("Crayons ex Machina", False), ("Blackcurrant", True)]


def test_what_is_not_known_yet_is_shown_as_what_it_waits_for(day: BoardView) -> None:
    final = row(board_rows(day), "Final")
    assert [(one.text, one.known) for one in final.sides] == [("Winner Semi A", False), ("Winner Semi B", False)]
    assert final.referees == "Loser Semi A"


def test_a_skipped_match_has_neither_lateness_nor_ghost() -> None:
    rows = board_rows(
        view([block("A", "f1", at("10:00"), status=SKIPPED, late=20, plan=at("09:00"))], fields=FIELDS, now=at("12:00"))
    )
    assert (rows.blocks[0].look, rows.blocks[0].late, rows.blocks[0].ghost) == ("skipped", "", None)


def test_as_happened_shows_real_times_and_the_plan_as_a_ghost(day: BoardView) -> None:
    happened = board_rows(day, times="happened")
    b7 = row(happened, "B-7")
    assert (b7.from_ms, b7.ghost) == (at("14:04"), (at("13:50"), at("14:30")))
    assert b7.forecast is None


def test_a_row_without_a_time_is_on_no_board_but_in_the_table() -> None:
    timeless = replace(
        block("A", "f1", at("10:00")), shown_from_ms=None, shown_to_ms=None, real_from_ms=None, real_to_ms=None
    )
    board = view([timeless, block("B", "f1", at("11:00"))], fields={"f1": ("1", 0)}, now=at("10:00"))
    assert [one.name for one in board_rows(board).blocks] == ["B"]
    assert [(one.name, one.time) for one in table_rows(board)] == [("B", "11:00"), ("A", "")]


def test_matches_without_a_field_get_a_column_of_their_own() -> None:
    board = view([block("A", None, at("10:00")), block("B", "f1", at("10:00"))], fields={"f1": ("1", 0)}, now=0)
    rows = board_rows(board)
    assert [column.name for column in rows.columns] == ["1", "No field"]
    assert row(rows, "A").column == 1


def test_kept_rows_are_the_same_as_rows_made_anew(day: BoardView) -> None:
    kept: Kept = {}
    before = board_rows(day, kept=kept)
    changed = replace(
        day,
        blocks=tuple(replace(one, status=DONE, late_min=20) if one.name == "B-7" else one for one in day.blocks),
    )
    after = board_rows(changed, kept=kept)
    assert after == board_rows(changed)
    same = {one.name for one in after.blocks if any(one is old for old in before.blocks)}
    assert {one.name for one in after.blocks} - same == {"B-7"}
    assert board_rows(changed, times="happened", kept=kept) == board_rows(changed, times="happened")
    team = board_rows(changed, layout="team", choice="t-Ellipse", kept=kept)
    assert team == board_rows(changed, layout="team", choice="t-Ellipse")


# Lanes


def test_two_matches_booked_on_one_field_share_its_column() -> None:
    rows = board_rows(
        view([block("A", "f1", at("10:00")), block("B", "f1", at("10:20")), block("C", "f1", at("11:00"))],
             fields={"f1": ("1", 0)}, now=0)
    )  # fmt: skip
    assert {one.name: (one.lane, one.lanes) for one in rows.blocks} == {"A": (0, 2), "B": (1, 2), "C": (0, 1)}


SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=25).map(
    lambda spans: [(str(n), start, start + long) for n, (start, long) in enumerate(spans)]
)


@given(SPANS)
def test_no_two_blocks_of_a_lane_overlap(spans: list[tuple[str, int, int]]) -> None:
    lanes = lanes_of(spans)
    assert set(lanes) == {key for key, _, _ in spans}
    for key, start, end in spans:
        lane, count = lanes[key]
        assert 0 <= lane < count
        for other, other_start, other_end in spans:
            if other != key and start < other_end and other_start < end:
                assert lanes[other][0] != lane
                assert lanes[other][1] == count


# Breaks and joins


def test_a_break_of_all_fields_is_one_band_and_never_finished(day: BoardView) -> None:
    (lunch,) = board_rows(day).bands
    assert (lunch.first_column, lunch.last_column) == (0, 4)
    assert lunch.text == "Lunch, all fields, 12:30 to 13:10"
    assert len(lunch.match_ids) == 5
    assert all(one.name != "Lunch" for one in board_rows(day).blocks)


def test_a_break_of_some_fields_spans_neighbours_only() -> None:
    rows = [block("Mowing", field, at("12:00"), kind=MatchKind.BREAK, teams=None) for field in ("f1", "f2", "f4")]
    bands = board_rows(view(rows, fields=FIELDS, now=0)).bands
    assert [(one.first_column, one.last_column, one.text) for one in bands] == [
        (0, 1, "Mowing, 12:00 to 12:40"),
        (3, 3, "Mowing, 12:00 to 12:40"),
    ]


def test_a_join_is_one_line_over_its_fields(day: BoardView) -> None:
    (join,) = board_rows(day).joins
    assert (join.at_ms, join.first_column, join.last_column, join.text) == (at("14:30"), 0, 4, "Groups end")


# Layouts


def test_by_field_shows_one_field_with_its_break(day: BoardView) -> None:
    rows = board_rows(day, layout="field", choice="f2")
    assert [column.name for column in rows.columns] == ["Feld 2"]
    assert {one.name for one in rows.blocks} == {
        "C-1", "C-2", "C-3", "C-4", "C-6", "Quarter 2", "Place 5a", "Place 5",
    }  # fmt: skip
    assert rows.bands[0].text == "Lunch, 12:30 to 13:10"


def test_by_team_shows_only_what_the_team_plays_or_referees(day: BoardView) -> None:
    rows = board_rows(day, layout="team", choice="t-Ellipse")
    assert {one.name: one.part for one in rows.blocks} == {
        "A-1": "playing",
        "A-3": "playing",
        "A-5": "playing",
        "B-5": "reffing",
        "B-7": "reffing",
        "Quarter 3": "playing",
    }
    assert [column.name for column in rows.columns] == ["Feld 1", "Feld 3"]
    assert [one.mine for one in row(rows, "A-1").sides] == [True, False]


def test_playing_counts_before_refereeing() -> None:
    both = block("A", "f1", at("10:00"), teams=("Ellipse", "Schaluppen"), refs=("Ellipse",))
    rows = board_rows(view([both], fields=FIELDS, now=0), layout="team", choice="t-Ellipse")
    assert rows.blocks[0].part == "playing"


@pytest.mark.parametrize(
    ("late", "words", "tone"),
    [
        (14, "14 min late", "warning"),
        (-6, "6 min early", "running"),
        (0, "on time", "running"),
        (1, "1 min late", "warning"),
    ],
)
def test_lateness_in_words(late: int, words: str, tone: str) -> None:
    assert lateness(late) == (words, tone)


# From block to block


def test_arrows_go_in_time_on_a_field_and_to_the_nearest_in_time_on_the_next(day: BoardView) -> None:
    rows = board_rows(day)

    def go(name: str, direction: str) -> str:
        found = rows.block(neighbour(rows, row(rows, name).match_id, direction))  # type: ignore[arg-type]
        assert found is not None
        return found.name

    assert [go("B-7", way) for way in ("up", "down", "left", "right", "first", "last")] == [
        "B-5", "Quarter 3", "C-6", "Play-in", "B-1", "Third place",
    ]  # fmt: skip
    assert go("B-1", "up") == "B-1"
    assert go("Third place", "down") == "Third place"
    assert go("A-1", "left") == "A-1"


def test_right_passes_over_a_field_that_has_nothing() -> None:
    rows = board_rows(view([block("A", "f1", at("10:00")), block("B", "f5", at("10:00"))], fields=FIELDS, now=0))
    assert neighbour(rows, "m-A-f1", "right") == "m-B-f5"


@given(st.data())
def test_every_block_is_reached_by_keys_from_the_first(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 14))
    blocks = [
        block(f"M{n}", f"f{data.draw(st.integers(1, 5))}", at("09:00") + data.draw(st.integers(0, 300)) * MINUTE_MS)
        for n in range(count)
    ]
    rows = board_rows(view(blocks, fields=FIELDS, now=0))
    reached, edge = set(), [rows.blocks[0].match_id]
    while edge:
        here = edge.pop()
        if here not in reached:
            reached.add(here)
            edge += [neighbour(rows, here, way) for way in ("up", "down", "left", "right", "first", "last")]
    assert reached == {one.match_id for one in rows.blocks}


def test_eyes_go_first_to_what_runs_then_to_what_comes(day: BoardView) -> None:
    rows = board_rows(day)
    assert rows.block(first_to_look_at(rows)).name == "D-4"  # type: ignore[union-attr]
    resting = replace(day, blocks=tuple(one for one in day.blocks if one.status is not RUNNING))
    rows = board_rows(resting)
    assert rows.block(first_to_look_at(rows)).name == "Quarter 1"  # type: ignore[union-attr]
    assert first_to_look_at(board_rows(replace(day, blocks=()))) == ""


# Words


def test_a_block_is_said_in_one_sentence(day: BoardView) -> None:
    rows = board_rows(day)
    assert rows.words(row(rows, "Quarter 3")) == (
        f"Quarter 3, Feld 3, 14:30, 14 min late, Ellipse against {LONG}, Time fixed, Referees: Crayons ex Machina"
    )


def test_the_details_tell_where_a_team_comes_from() -> None:
    one = replace(
        block("Semi A", "f1", at("15:15"), late=14),
        sides=(side("Ellipse", token="Winner A"), side("Schaluppen")),
        referees=(),
        disputed=True,
    )
    rows = inspector_rows(view([one], fields=FIELDS, now=at("15:00")), "m-Semi A-f1")
    assert rows is not None
    found = {detail.label: (detail.value, detail.second) for detail in rows.details}
    assert found["Team 1"] == ("Ellipse", "Winner A")
    assert found["Team 2"] == ("Schaluppen", "")
    assert found["Referees"] == ("nobody yet", "")
    assert (rows.why_title, rows.why_second) == ("Why 15:29?", "plan 15:15, so 14 min late")
    assert rows.notes == ("Two desks state different results",)


def test_there_are_no_details_of_a_match_that_is_gone(day: BoardView) -> None:
    assert inspector_rows(day, "m-nobody") is None


# Table and map


def test_the_table_is_in_order_of_time_and_sorts_by_any_column(day: BoardView) -> None:
    rows = table_rows(day)
    times = [one.at_ms for one in rows]
    assert times == sorted(times)
    assert len(rows) == len(day.blocks)
    late = sorted(rows, key=sort_key("late"))
    assert late[0].late == "+14"
    assert late[-1].name == "C-6"
    assert sorted(rows, key=sort_key("name"))[0].name == "A-1"


def test_the_table_of_a_team_keeps_its_rows_only(day: BoardView) -> None:
    assert {one.name for one in table_rows(day, choice="t-Ellipse")} == {"A-1", "A-3", "A-5", "B-5", "B-7", "Quarter 3"}


def test_the_map_has_the_proportions_of_the_board(day: BoardView) -> None:
    rows = board_rows(day)
    ruler = Ruler(rows.axis, 2)
    bars = map_bars(rows, ruler)
    assert len(bars) == len(rows.blocks)
    assert all(0 <= bar.top < bar.bottom <= 1 for bar in bars)
    first = bars[0]
    assert (first.bottom - first.top) * ruler.height == pytest.approx(40 * 2)


def test_the_lock_is_for_a_time_that_was_earned_not_for_one_that_was_set() -> None:
    rows = board_rows(
        view(
            [
                block("A", "f1", at("10:00"), status=Status.TIME_FINALIZED, kind=MatchKind.STATIC),
                block("B", "f2", at("10:00"), status=Status.TIME_FINALIZED, kind=MatchKind.SAFE),
            ],
            fields=FIELDS,
            now=0,
        )
    )
    assert {one.name: one.look for one in rows.blocks} == {"A": "waiting", "B": "fixed"}


def test_every_status_has_its_look() -> None:
    for number, status in enumerate(Status):
        rows = board_rows(view([block(f"M{number}", "f1", at("10:00"), status=status)], fields=FIELDS, now=0))
        assert rows.blocks[0].status is status
        assert rows.blocks[0].look
