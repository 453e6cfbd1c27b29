"""The tables of an event on the screen: every figure with its number, what decided, and what is still open."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.formats.standings import Criterion
from arctos_desk.operations import commands
from arctos_desk.operations.standings_views import StandingsView, standings_view, tables_of, why
from arctos_desk.operations.state import State, points_by_match
from arctos_desk.publishing.standings_sheet import standings_sheet
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage
from arctos_desk.tournament.records import Event, EventInfo, Field, Group, Match, Result, Score, Tag, Team
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot
from arctos_desk.tournament.words import in_english
from tests.operations.desks import ORGANISER, TEN, TestedDesk, desk_with_small_day
from tests.trying import tries

ONE, TWO = Side.TEAM1, Side.TEAM2


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _rows(view: StandingsView) -> dict[str, tuple[str, ...]]:
    return {f"{line.rank} {line.name}": line.cells for line in view.lines}


def _play(cup: TestedDesk, name: str, winner: Side | None, sets: tuple[int, int], points: tuple[int, int]) -> None:
    cup.does(commands.StartMatch(match=f"m-{name}"))
    cup.clock.forward(minutes=20)
    ending = Ending.DRAW if winner is None else Ending.NORMAL
    score = Score(sets=sets, points=points, text="")
    cup.does(commands.FinishMatch(match=f"m-{name}", ending=ending, winner=winner, stated_score=score))


def test_a_table_shows_every_figure_in_the_order_in_which_they_decide(cup: TestedDesk) -> None:
    _play(cup, "A1", ONE, (2, 1), (10, 8))
    _play(cup, "B1", None, (1, 1), (7, 7))
    view = standings_view(cup.desk.state, group="g1")
    assert in_english(view.title) == "Table of Group A"
    assert [in_english(column) for column in view.columns] == [
        "Played",
        "Wins",
        "Draws",
        "Losses",
        "Points",
        "Direct match",
        "Set difference",
        "Point difference",
        "Points for",
    ]
    assert _rows(view) == {
        "1 Angry Ants": ("1", "1", "0", "0", "3", "", "+1 (2:1)", "+2 (10:8)", "10"),
        "2 Careful Cats": ("1", "0", "1", "0", "1", "1", "0 (1:1)", "0 (7:7)", "7"),
        "2 Dogged Dogs": ("1", "0", "1", "0", "1", "1", "0 (1:1)", "0 (7:7)", "7"),
        "4 Busy Bees": ("1", "0", "0", "1", "0", "", "−1 (1:2)", "−2 (8:10)", "8"),
    }
    assert [None if line.decided_by is None else in_english(line.decided_by) for line in view.lines] == [
        None,
        "Points: 3 is more than 1",
        "Equal in everything that is counted: they share the place until lots are drawn",
        "Points: 1 is more than 0",
    ]
    assert [line.decided_in for line in view.lines] == [None, 4, None, 4]
    assert [line.shared for line in view.lines] == [False, True, True, False]
    assert not view.provisional
    assert [in_english(words) for words in view.remarks] == [
        "Teams equal in everything share their place until lots are drawn"
    ]


def test_a_result_is_worth_what_the_event_says_on_screen_and_on_paper(cup: TestedDesk) -> None:
    _play(cup, "A1", ONE, (2, 1), (10, 8))
    _play(cup, "B1", None, (1, 1), (7, 7))
    cup.does(commands.EditEvent(win_points=5, draw_points=3, loss_points=2), ORGANISER)
    view = standings_view(cup.desk.state, group="g1")
    assert {line.name: line.cells[4] for line in view.lines} == {
        "Angry Ants": "5",
        "Careful Cats": "3",
        "Dogged Dogs": "3",
        "Busy Bees": "2",
    }
    sheet = standings_sheet(cup.event, tables_of(cup.desk.state)[0], Wording(zone_of("UTC")))
    assert [row[1:3] for row in sheet.rows] == [(line.name, line.cells[4]) for line in view.lines]
    assert why(cup.desk.state, "t-ants", "t-cats", group="g1")[-1].above == 5


def test_a_table_is_provisional_until_nothing_in_it_is_open(cup: TestedDesk) -> None:
    view = standings_view(cup.desk.state)
    assert in_english(view.title) == "Table of all matches"
    assert (view.provisional, view.open_matches, view.matches) == (True, 4, 4)
    assert in_english(view.remarks[0]) == "4 matches are still open"
    assert {line.rank for line in view.lines} == {1}
    _play(cup, "A1", ONE, (2, 1), (10, 8))
    _play(cup, "B1", ONE, (2, 1), (10, 8))
    assert not standings_view(cup.desk.state, group="g1").provisional
    _play(cup, "Third", TWO, (0, 2), (4, 10))
    cup.does(commands.ForceStart(match="m-Final", team1="t-ants", team2="t-cats", reason="rain"), ORGANISER)
    cup.does(commands.StartMatch(match="m-Final"))
    cup.does(commands.FinishMatch(match="m-Final", ending=Ending.FORFEIT, winner=TWO))
    view = standings_view(cup.desk.state)
    assert not view.provisional
    assert [line.name for line in view.lines][:3] == ["Careful Cats", "Dogged Dogs", "Angry Ants"]


def test_what_is_skipped_waits_for_no_result(cup: TestedDesk) -> None:
    cup.does(commands.EditMatch(match="m-Third", changes={"skip_condition": "true"}), ORGANISER)
    _play(cup, "A1", ONE, (2, 1), (10, 8))
    _play(cup, "B1", ONE, (2, 1), (10, 8))
    assert cup.row("Third").status == "SKIPPED"
    view = standings_view(cup.desk.state)
    assert (view.open_matches, view.matches) == (1, 4)


def test_ribbon_games_count_only_when_they_are_asked_for(cup: TestedDesk) -> None:
    cup.does(commands.EditMatch(match="m-A1", changes={"ribbon": True}), ORGANISER)
    _play(cup, "A1", ONE, (2, 1), (10, 8))
    without, with_it = (standings_view(cup.desk.state, ribbon=ribbon) for ribbon in (False, True))
    assert (without.matches, with_it.matches) == (3, 4)
    played = [{line.team_id: line.cells[0] for line in view.lines}["t-ants"] for view in (without, with_it)]
    assert played == ["0", "1"]


def test_a_table_that_is_gone_is_the_one_over_all_matches(cup: TestedDesk) -> None:
    cup.does(commands.DeleteTable(group="g1"), ORGANISER)
    view = standings_view(cup.desk.state, group="g1")
    assert (view.group, view.groups, len(view.lines)) == (None, (), 6)
    empty = cup.does(commands.AddTable(name="Pool B"), ORGANISER).value
    view = standings_view(cup.desk.state, group=empty)
    assert (view.group, view.lines, view.provisional) == (empty, (), False)
    assert why(cup.desk.state, "t-ants", "t-bees", group=empty) == ()
    assert why(cup.desk.state, "t-ants", "gone") == why(cup.desk.state, "t-ants", "t-ants") == ()


# any day at all

_TEAMS = "ABCDE"
_SLOTS: list[Slot | None] = [
    *(TeamSlot(letter) for letter in _TEAMS),
    *(TeamSlot(letter) for letter in _TEAMS),
    TeamSlot("gone"),
    TagSlot("tag"),
    TagSlot("gone"),
    OutcomeSlot("m0", "winner"),
    OutcomeSlot("m1", "loser"),
    OutcomeSlot("gone", "winner"),
    UnknownSlot("TBA"),
    None,
]
_ENDINGS = [
    (Ending.NORMAL, ONE),
    (Ending.NORMAL, TWO),
    (Ending.DRAW, None),
    (Ending.FORFEIT, ONE),
    (Ending.DOUBLE_FORFEIT, None),
    (Ending.ABANDONED, None),
    (Ending.ABANDONED, TWO),
    (Ending.BYE, ONE),
    (Ending.ANNULLED, None),
    (Ending.SKIPPED, None),
    None,
]
_COUNT = st.integers(0, 2)


@st.composite
def _events(
    draw: st.DrawFn,
    slots: Sequence[Slot | None] = _SLOTS,
    endings: Sequence[object] = _ENDINGS,
    most: int = 12,
) -> Event:
    matches = {}
    for number in range(draw(st.integers(0, most))):
        stated = draw(st.sampled_from(endings))
        score = Score(sets=(draw(_COUNT), draw(_COUNT)), points=(draw(_COUNT), draw(_COUNT)))
        matches[f"m{number}"] = Match(
            id=f"m{number}",
            name=f"M{number}",
            kind=draw(st.sampled_from([MatchKind.STATIC] * 5 + [MatchKind.SAFE])),
            field_id="f",
            length_min=10,
            planned_ms=TEN,
            team1=draw(st.sampled_from(slots)),
            team2=draw(st.sampled_from(slots)),
            group_id=draw(st.sampled_from(["g", None])),
            ribbon=draw(st.integers(0, 5)) == 0,
            stage=Stage.PLANNED if stated is None else Stage.ENDED,
            result=None
            if stated is None
            else Result(ending=stated[0], winner=stated[1], ended_ms=TEN + number, stated_score=score),  # type: ignore[index]
            rank=number,
        )
    values = draw(st.sampled_from([(3, 1, 0), (2, 1, 0), (0, 0, 0), (1, 3, 2)]))
    info = EventInfo(id="e", name="Pine Cup", win_points=values[0], draw_points=values[1], loss_points=values[2])
    return Event(
        info=info,
        teams={letter: Team(id=letter, key=letter, name=f"Team {letter}") for letter in _TEAMS},
        fields={"f": Field(id="f", name="Field")},
        groups={"g": Group(id="g", name="Group")},
        tags={"tag": Tag(id="tag", name="Tag", expression="(winner {M0})")},
        matches=matches,
    )


def _state(event: Event) -> State:
    return State(
        event=event, folded={}, solution=solve(event, now_ms=TEN), points_of=points_by_match(event.points.values())
    )


@settings(max_examples=tries(60))
@given(_events(), st.booleans(), st.sampled_from(["g", None]))
def test_a_table_never_fails_and_explains_every_neighbour(event: Event, ribbon: bool, group: str | None) -> None:
    state = _state(event)
    view = standings_view(state, group=group, ribbon=ribbon)
    assert len({line.team_id for line in view.lines}) == len(view.lines)
    assert all(len(line.cells) == len(view.columns) for line in view.lines)
    ranks = [line.rank for line in view.lines]
    held = Counter(ranks)
    assert ranks == [1 + sum(other < rank for other in ranks) for rank in ranks]
    assert [line.shared for line in view.lines] == [held[rank] > 1 for rank in ranks]
    for above, below in pairwise(view.lines):
        chain = why(state, above.team_id, below.team_id, group=group, ribbon=ribbon)
        assert below.decided_by == chain[-1].words
        assert (below.decided_in is None) is (above.rank == below.rank)
        assert chain == why(state, below.team_id, above.team_id, group=group, ribbon=ribbon)
    assert [table.group_id for table in tables_of(state)][-1] is None


@settings(max_examples=tries(60))
@given(_events(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_no_place_and_no_figure(event: Event, chance: random.Random) -> None:
    def shuffled(records: dict[str, object]) -> dict[str, object]:
        ids = list(records)
        chance.shuffle(ids)
        return {one: records[one] for one in ids}

    state = _state(event)
    other = replace(event, teams=shuffled(dict(event.teams)), matches=shuffled(dict(event.matches)))  # type: ignore[arg-type]
    views = [standings_view(one) for one in (state, replace(state, event=other))]
    one, two = ({line.team_id: (line.rank, line.shared, line.cells) for line in view.lines} for view in views)
    assert one == two


_KNOWN = [TeamSlot(letter) for letter in _TEAMS]
_PLAYED = [(Ending.NORMAL, ONE), (Ending.NORMAL, TWO), (Ending.DRAW, None), (Ending.FORFEIT, TWO)]

Game = tuple[str, str, int, int, tuple[int, int], tuple[int, int]]


@settings(max_examples=tries(60))
@given(_events(slots=_KNOWN, endings=_PLAYED, most=25))
def test_places_are_those_of_the_chain_worked_out_by_hand(event: Event) -> None:
    info = event.info
    games: list[Game] = []
    for match in event.matches.values():
        assert isinstance(match.team1, TeamSlot)
        assert isinstance(match.team2, TeamSlot)
        assert match.result is not None
        assert match.result.stated_score is not None
        if match.ribbon:
            continue
        worth = (info.draw_points, info.draw_points)
        if match.result.winner is not None:
            worth = (info.win_points, info.loss_points)
            worth = worth if match.result.winner is ONE else (worth[1], worth[0])
        score = match.result.stated_score
        games.append((match.team1.team_id, match.team2.team_id, *worth, score.sets, score.points))

    def total(team: str, figure: Callable[[Game, int], int], among: frozenset[str] | None = None) -> int:
        """The sum of a figure over a team's games; among others, never against itself."""
        found = 0
        for game in games:
            if among is not None and (game[0] == game[1] or not {game[0], game[1]} <= among):
                continue
            found += sum(figure(game, side) for side in (0, 1) if game[side] == team)
        return found

    def worth_of(game: Game, side: int) -> int:
        return game[2 + side]

    def sets_of(game: Game, side: int) -> int:
        return game[4][side] - game[4][1 - side]

    def points_of(game: Game, side: int) -> int:
        return game[5][side] - game[5][1 - side]

    def placed(equal: frozenset[str], step: int) -> list[frozenset[str]]:
        if len(equal) < 2 or step == 5:
            return [equal]
        figures = {
            team: (
                lambda: total(team, worth_of),  # noqa: B023
                lambda: total(team, worth_of, equal),  # noqa: B023
                lambda: total(team, sets_of),  # noqa: B023
                lambda: total(team, points_of),  # noqa: B023
                lambda: total(team, lambda game, side: game[5][side]),  # noqa: B023
            )[step]()
            for team in equal
        }
        parts = [
            frozenset(team for team in equal if figures[team] == figure)
            for figure in sorted(set(figures.values()), reverse=True)
        ]
        following = step if step == 1 and len(parts) > 1 else step + 1
        return [place for part in parts for place in placed(part, following)]

    expected: dict[str, int] = {}
    for tied in placed(frozenset(_TEAMS), 0):
        expected.update(dict.fromkeys(tied, len(expected) + 1))
    view = standings_view(_state(event))
    assert {line.team_id: line.rank for line in view.lines} == expected
    sums = [sum(int(line.cells[column]) for line in view.lines) for column in (1, 2, 3)]
    assert (sums[0], sums[1] % 2) == (sums[2], 0)
    for criterion, column in ((Criterion.SET_DIFFERENCE, 6), (Criterion.POINT_DIFFERENCE, 7)):
        figures = [int(line.cells[column].split(" ")[0].replace("−", "-")) for line in view.lines]
        assert sum(figures) == 0, criterion
