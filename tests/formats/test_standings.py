"""Tables: what counts, in which order, and why one team stands above another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctos_desk.formats.standings import (
    Criterion,
    Rules,
    Table,
    Tally,
    encounters,
    event_table,
    group_table,
    group_tables,
    known_sides,
    name_of,
    score_of,
    shown,
    tallies,
    why_above,
)
from arctos_desk.tournament.kinds import Ending, Side
from arctos_desk.tournament.records import Event, EventInfo, Group, Match, Point, Result, Score, Team
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import in_english

ONE, TWO = Side.TEAM1, Side.TEAM2


def played(
    name: str,
    sides: str,
    winner: Side | None = None,
    score: tuple[int, int, int, int] = (0, 0, 0, 0),
    *,
    ending: Ending | None = None,
    group: str | None = None,
) -> Match:
    """A finished match between two teams of one letter each ("." is nobody); score is sets and points, side by side."""
    slots = [None if letter == "." else TeamSlot(letter) for letter in sides]
    stated = Score(sets=score[:2], points=score[2:])
    kind = ending or (Ending.DRAW if winner is None else Ending.NORMAL)
    result = Result(ending=kind, winner=winner, ended_ms=1, stated_score=stated)
    return Match(id=name, name=name, team1=slots[0], team2=slots[1], result=result, group_id=group)


def event_of(*matches: Match, points: Sequence[Point] = ()) -> Event:
    letters = {slot.team_id for match in matches for slot in (match.team1, match.team2) if isinstance(slot, TeamSlot)}
    groups = {match.group_id for match in matches if match.group_id}
    return Event(
        info=EventInfo(id="e1", name="Pine Cup"),
        teams={letter: Team(id=letter, key=letter, name=f"Team {letter}") for letter in sorted(letters)},
        groups={group: Group(id=group, name=group) for group in sorted(groups)},
        matches={match.id: match for match in matches},
        points={point.id: point for point in points},
    )


def table_of(*matches: Match, rules: Rules | None = None) -> Table:
    event = event_of(*matches)
    return event_table(event, known_sides(event), rules=rules or Rules())


def order(table: Table) -> str:
    return " ".join(f"{line.place}{'=' if line.shared else ''}{line.team_id}" for line in table.lines)


def tally(event: Event, team_id: str) -> Tally:
    return tallies(encounters(event, known_sides(event)))[team_id]


def test_a_win_a_draw_and_a_loss_are_counted_for_both_sides() -> None:
    event = event_of(played("1", "AB", ONE, (2, 0, 10, 4)), played("2", "BA", None, (1, 1, 8, 7)))
    assert tally(event, "A") == Tally(played=2, wins=1, draws=1, sets_won=3, sets_lost=1, points_won=17, points_lost=12)
    assert tally(event, "B") == Tally(
        played=2, losses=1, draws=1, sets_won=1, sets_lost=3, points_won=12, points_lost=17
    )


def test_the_stated_winner_counts_whatever_the_score_says() -> None:
    event = event_of(played("1", "AB", TWO, (2, 0, 10, 0)))
    assert (tally(event, "B").wins, tally(event, "B").sets_won) == (1, 0)


def test_points_recorded_here_count_before_a_stated_score() -> None:
    match = played("1", "AB", ONE, (9, 9, 99, 99))
    won = [(1, ONE), (1, ONE), (1, TWO), (2, TWO), (3, ONE), (3, TWO)]
    points = [
        Point(id=str(number), match_id="1", start_ms=number, winner=side, set_number=set_number)
        for number, (set_number, side) in enumerate(won)
    ]
    points.append(Point(id="rerun", match_id="1", start_ms=90, winner=TWO, rerun=True, set_number=2))
    points.append(Point(id="nobody", match_id="1", start_ms=91, set_number=3))
    assert score_of(match, points) == ((1, 1), (3, 3))
    assert tally(event_of(match, points=points), "A").points_won == 3


def test_a_match_whose_points_count_for_nobody_falls_back_to_the_stated_score() -> None:
    rerun = Point(id="p", match_id="1", start_ms=1, winner=ONE, rerun=True)
    assert score_of(played("1", "AB", ONE, (2, 0, 10, 4)), [rerun]) == ((2, 0), (10, 4))


@pytest.mark.parametrize(
    ("ending", "winner", "one", "other"),
    [
        (Ending.FORFEIT, ONE, "1 win", "1 loss"),
        (Ending.DOUBLE_FORFEIT, None, "1 loss", "1 loss"),
        (Ending.ABANDONED, TWO, "1 loss", "1 win"),
        (Ending.ABANDONED, None, "", ""),
        (Ending.ANNULLED, None, "", ""),
        (Ending.ANNULLED, ONE, "", ""),
        (Ending.SKIPPED, None, "", ""),
        (Ending.DRAW, None, "1 draw", "1 draw"),
    ],
)
def test_each_ending_counts_as_the_rules_say(ending: Ending, winner: Side | None, one: str, other: str) -> None:
    counted = tallies(encounters(*_with_sides(event_of(played("1", "AB", winner, ending=ending)))))
    assert (_outcome(counted.get("A")), _outcome(counted.get("B"))) == (one, other)


def _with_sides(event: Event) -> tuple[Event, dict[str, tuple[str | None, str | None]]]:
    return event, known_sides(event)


def _outcome(line: Tally | None) -> str:
    if line is None:
        return ""
    found = {"win": line.wins, "loss": line.losses, "draw": line.draws}
    return ", ".join(f"{count} {what}" for what, count in found.items() if count)


def test_a_bye_is_played_and_won_by_the_team_that_has_it() -> None:
    event = event_of(played("1", "A.", ONE, (2, 0, 10, 0), ending=Ending.BYE))
    assert tally(event, "A") == Tally(played=1, wins=1, sets_won=2, points_won=10)


def test_a_ribbon_match_counts_only_when_it_is_asked_for() -> None:
    ribbon = replace(played("1", "AB", ONE), ribbon=True)
    assert [line.tally.played for line in table_of(ribbon).lines] == [0, 0]
    assert [line.tally.played for line in table_of(ribbon, rules=Rules(ribbon=True)).lines] == [1, 1]


def test_teams_stand_in_order_of_match_points_then_of_what_tells_them_apart() -> None:
    table = table_of(
        played("1", "AB", ONE, (2, 0, 10, 4)),
        played("2", "CD", ONE, (2, 1, 12, 9)),
        played("3", "AC", None, (1, 1, 8, 8)),
        played("4", "BD", TWO, (0, 2, 3, 10)),
    )
    assert order(table) == "1A 2C 3D 4B"
    assert [line.match_points for line in table.lines] == [4, 4, 3, 0]
    assert table.is_final


def test_the_direct_match_decides_before_the_difference_of_sets() -> None:
    table = table_of(
        played("1", "AB", TWO, (0, 2, 9, 10)),
        played("2", "AC", ONE, (2, 0, 10, 0)),
        played("3", "BC", TWO, (1, 2, 8, 9)),
        played("4", "CD", TWO, (0, 2, 0, 10)),
        played("5", "AD", ONE, (2, 0, 10, 0)),
        played("6", "BD", ONE, (2, 1, 9, 8)),
    )
    assert order(table) == "1B 2A 3D 4C"
    assert [step.criterion for step in why_above(table, "B", "A")] == [Criterion.MATCH_POINTS, Criterion.HEAD_TO_HEAD]
    direct = why_above(table, "B", "A")[-1]
    assert (direct.above, direct.below, direct.decides, direct.about) == (3, 0, True, ("match/1",))
    assert in_english(direct.words) == "Direct match: 3 is more than 0"


def test_a_direct_comparison_that_splits_starts_again_within_each_part() -> None:
    # A, B and C are level at 6 points. Among the three: A 4, B 4, C 0; between A and B their draw tells nothing apart.
    # E and F only carry points.
    matches = [
        played("ab", "AB", None, (1, 1, 8, 8)),
        played("ac", "AC", ONE, (2, 0, 10, 2)),
        played("bc", "BC", ONE, (2, 0, 10, 1)),
        played("ae", "AE", None, (1, 1, 5, 5)),
        played("af", "AF", None, (1, 1, 5, 5)),
        played("be", "BE", None, (1, 1, 5, 5)),
        played("bf", "BF", None, (1, 1, 5, 5)),
        played("ce", "CE", ONE, (2, 0, 10, 0)),
        played("cf", "CF", ONE, (2, 0, 10, 0)),
    ]
    table = table_of(*matches)
    assert order(table) == "1B 2A 3C 4=E 4=F"
    chain = why_above(table, "B", "A")
    assert [(step.criterion, step.above, step.below, step.decides) for step in chain] == [
        (Criterion.MATCH_POINTS, 6, 6, False),
        (Criterion.HEAD_TO_HEAD, 4, 4, False),
        (Criterion.HEAD_TO_HEAD, 1, 1, False),
        (Criterion.SET_DIFFERENCE, 2, 2, False),
        (Criterion.POINT_DIFFERENCE, 9, 8, True),
    ]
    assert in_english(chain[1].words) == "Matches among the 3 equal teams: 4 and 4, equal, look further"
    assert in_english(chain[-1].words) == "Point difference: +9 is more than +8"


def test_teams_equal_in_everything_share_their_place() -> None:
    table = table_of(played("1", "AB", None, (1, 1, 5, 5)), played("2", "CA", TWO, (0, 2, 0, 1)))
    assert order(table) == "1A 2B 3C"
    level = table_of(played("1", "AB", None, (1, 1, 5, 5)))
    assert order(level) == "1=A 1=B"
    last = why_above(level, "A", "B")[-1]
    assert (last.criterion, last.decides) == (None, False)


def test_why_is_asked_in_either_order() -> None:
    table = table_of(played("1", "AB", ONE, (2, 0, 10, 4)))
    assert why_above(table, "B", "A") == why_above(table, "A", "B")


def test_rules_are_data() -> None:
    matches = [played("1", "AB", ONE, (2, 1, 9, 8)), played("2", "CB", None, (1, 1, 30, 1)), played("3", "CA", None)]
    by_points = Rules(win=2, draw=1, criteria=(Criterion.POINTS_FOR,))
    assert order(table_of(*matches, rules=by_points)) == "1C 2=A 2=B"
    assert (
        order(table_of(*matches, rules=Rules(win=2, draw=2, criteria=(Criterion.WINS, Criterion.SETS_FOR))))
        == "1A 2B 3C"
    )


def test_a_table_of_a_group_holds_its_teams_and_its_matches_only() -> None:
    event = event_of(
        played("1", "AB", ONE, group="g1"),
        played("2", "CD", TWO, group="g2"),
        played("3", "AC", ONE),
    )
    assert order(group_table(event, known_sides(event), "g1")) == "1A 2B"
    assert [table.group_id for table in group_tables(event, known_sides(event))] == ["g1", "g2"]


def test_a_table_is_provisional_while_a_match_is_open_or_disputed() -> None:
    done = played("1", "AB", ONE)
    open_match = replace(played("2", "AB"), result=None)
    event = event_of(done, open_match)
    assert not event_table(event, known_sides(event)).is_final
    assert event_table(event, known_sides(event), skipped={"2"}).is_final
    disputed = event_of(replace(done, disputed=True))
    assert event_table(disputed, known_sides(disputed)).disputed == ("1",)


def test_figures_are_written_with_their_sign_where_they_are_differences() -> None:
    assert [shown(Criterion.SET_DIFFERENCE, figure) for figure in (3, 0, -2)] == ["+3", "0", "−2"]
    assert shown(Criterion.POINTS_FOR, 3) == "3"
    assert len({in_english(name_of(criterion)) for criterion in Criterion}) == len(Criterion)


Drawn = tuple[tuple[str, str], tuple[Ending, Side | None], tuple[int, int, int, int]]

_endings = st.sampled_from(
    [(Ending.NORMAL, ONE), (Ending.NORMAL, TWO), (Ending.DRAW, None), (Ending.FORFEIT, TWO), (Ending.ANNULLED, None)]
)
_matches = st.lists(
    st.tuples(st.sampled_from(list(permutations("ABCDE", 2))), _endings, st.tuples(*[st.integers(0, 9)] * 4)),
    min_size=1,
    max_size=14,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_matches)
def test_what_some_win_others_lose_and_every_pair_can_be_explained(drawn: list[Drawn]) -> None:
    table = table_of(
        *(
            played(str(number), "".join(sides), winner, score, ending=ending)
            for number, (sides, (ending, winner), score) in enumerate(drawn)
        )
    )
    total = Tally()
    for line in table.lines:
        total = total.plus(line.tally)
        assert line.tally.played == line.tally.wins + line.tally.losses + line.tally.draws
    assert total.wins == total.losses
    assert total.sets_won == total.sets_lost
    assert total.points_won == total.points_lost
    assert total.draws % 2 == 0
    places = [line.place for line in table.lines]
    assert places == sorted(places)
    for above, below in permutations(table.lines, 2):
        chain = why_above(table, above.team_id, below.team_id)
        if above.place < below.place:
            assert [step.decides for step in chain] == [False] * (len(chain) - 1) + [True]
            assert chain[-1].above > chain[-1].below
        elif above.place == below.place:
            assert chain[-1].criterion is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_matches, st.randoms(use_true_random=False))
def test_the_order_in_which_matches_were_entered_changes_no_place(drawn: list[Drawn], chance: random.Random) -> None:
    matches = [
        played(str(number), "".join(sides), winner, score, ending=ending)
        for number, (sides, (ending, winner), score) in enumerate(drawn)
    ]
    shuffled = list(matches)
    chance.shuffle(shuffled)
    assert {line.team_id: line for line in table_of(*matches).lines} == {
        line.team_id: line for line in table_of(*shuffled).lines
    }


def test_a_tally_has_the_names_that_rehearsals_print() -> None:
    names = ["played", "wins", "losses", "draws", "sets_won", "sets_lost", "points_won", "points_lost"]
    assert list(asdict(Tally())) == names
