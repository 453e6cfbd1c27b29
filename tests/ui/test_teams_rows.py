"""What the lists of Teams say, without a window: counts, searches, pairs, colours; and rows that change in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from arctos_desk.operations.roster_views import PairView, PlayerView, RosterView
from arctos_desk.tournament.words import say
from arctos_desk.ui.panes.teams.keyed import KEY_ROLE, KeyedModel
from arctos_desk.ui.panes.teams.rows import (
    found_players,
    pair_key,
    pair_rows,
    set_aside_from,
    set_aside_with,
    team_rows,
    totals_words,
    used_words,
)
from arctos_desk.ui.panes.teams.swatches import colour_words, read_colour
from tests.trying import tries


def player(name: str, number: str = "", *, team: str | None = "kites", **more: Any) -> PlayerView:
    said: dict[str, Any] = {"jersey_name": "", "paid": False, "head_ref": False, "injury": "", "injury_public": False}
    return PlayerView(
        player_id=name.lower(), team_id=team, name=name, number=number, injury_hidden=False, **{**said, **more}
    )


KITES = RosterView(
    team_id="kites", key="red-kites", name="Red Kites", shortname="KITES",
    players=(player("Mara", "7", injury="Knee"), player("Keno", "11", jersey_name="TIGER")), limit=2,
)  # fmt: skip
FREE = RosterView(team_id=None, players=(player("Ida", team=None),))
ROSTERS = (KITES, FREE)


def test_counts_say_how_many_of_how_many() -> None:
    kites, free = team_rows(ROSTERS)
    assert (kites.count, kites.told) == ("2 / 2", "Red Kites: 2 of 2 players")
    assert (free.name, free.count, free.told) == ("Mercenaries", "1", "Mercenaries: 1 player")
    assert totals_words(ROSTERS) == "1 team · 3 players"
    assert totals_words(ROSTERS, 16) == "1 of 16 teams · 3 players"


@pytest.mark.parametrize(
    ("search", "teams", "players"),
    [
        ("kites", ["Red Kites"], []),
        ("RED-KITES", ["Red Kites"], []),
        ("tiger", ["Red Kites"], ["Keno"]),
        ("11 keno", ["Red Kites"], ["Keno"]),
        ("merc", ["Mercenaries"], []),
        ("knee", [], []),
    ],
)
def test_a_search_finds_teams_and_players_and_no_injuries(search: str, teams: list[str], players: list[str]) -> None:
    assert [row.name for row in team_rows(ROSTERS, search)] == teams
    assert [one.name for one in found_players(KITES, search)] == players


def test_many_names_are_counted() -> None:
    assert used_words([]) == "In no match yet"
    assert used_words(["A1", "A2", "A3", "Final"]) == "In 4 matches: A1, A2, A3 and 1 more"


def test_a_pair_that_was_looked_at_stays_aside_in_both_orders() -> None:
    pair = PairView(player_a=player("Mara", "7"), player_b=player("Mira", team=None), why=say("The names are alike"))
    rows = pair_rows([pair], ROSTERS, set_aside_from(""))
    assert [dict(side.facts)["Team"] for side in (rows[0].left, rows[0].right)] == ["Red Kites", "Mercenaries"]
    kept = set_aside_with(set_aside_with("", rows[0].key), pair_key("x", "y"))
    turned = PairView(player_a=pair.player_b, player_b=pair.player_a, why=pair.why)
    assert pair_rows([turned], ROSTERS, set_aside_from(kept)) == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#C62828", "c62828"), ("c62828", "c62828"), ("fd3", "ffdd33"), ("  ", ""), ("red", None), ("#12345", None)],
)
def test_a_colour_is_read_as_people_write_it(typed: str, kept: str | None) -> None:
    assert read_colour(typed) == kept


def test_colours_of_the_board_have_names() -> None:
    assert (colour_words("c62828"), colour_words("123456"), colour_words("")) == ("red", "#123456", "no colour")


@dataclass(frozen=True)
class _Row:
    key: str
    value: int = 0


class _Model(KeyedModel[_Row]):
    def told(self, row: _Row, column: int, role: int) -> Any:
        return row.value if role == Qt.ItemDataRole.DisplayRole else None


_SOME = st.lists(st.builds(_Row, st.sampled_from("abcdefgh"), st.integers(0, 2)), unique_by=lambda row: row.key)


@settings(max_examples=tries(40), deadline=None)
@given(st.lists(_SOME, min_size=2, max_size=5))
def test_rows_change_in_place_and_who_stays_keeps_the_place_in_hand(
    qapp: QCoreApplication, steps: list[list[_Row]]
) -> None:
    model = _Model(2)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in steps:
        held = {model.index(place, 0).data(KEY_ROLE): QPersistentModelIndex(model.index(place, 0))
                for place in range(model.rowCount())}  # fmt: skip
        model.show_rows(rows)
        assert model.rows == tuple(rows)
        wanted = {row.key for row in rows}
        for key, index in held.items():
            assert index.isValid() is (key in wanted)
            assert not index.isValid() or index.data(KEY_ROLE) == key
    tester.deleteLater()
