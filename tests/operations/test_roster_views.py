"""What panes and papers read of rosters: who sees which injury, who may be one person, what a score sheet shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, PlayerEntry
from arctos_desk.operations.roster_views import (
    PlayerView,
    RosterLine,
    player_view,
    possible_duplicates,
    roster_lines,
    rosters_view,
)
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.words import in_english
from tests.operations.desks import DESK, ORGANISER, TestedDesk, desk_with_small_day

ANTS, BEES = "t-ants", "t-bees"


@pytest.fixture
def cup() -> TestedDesk:
    return desk_with_small_day()


def added(cup: TestedDesk, name: str, team: str | None = ANTS, acting: Acting = ORGANISER, **more: object) -> str:
    entry = replace(PlayerEntry(name=name), **more)  # type: ignore[arg-type]
    return str(cup.does(commands.AddPlayer(player=entry, team=team), acting).value)


def person(cup: TestedDesk, name: str, *roles: Role) -> Acting:
    acting = DESK
    if cup.event.people:
        first = next(iter(cup.event.people.values()))
        acting = Acting(person=first.id, role=Role.ORGANISER)
    one = cup.does(commands.AddPerson(name=name, roles=frozenset(roles)), acting).value
    return Acting(person=one, role=roles[0])


def test_rosters_come_in_the_order_of_teams_and_of_numbers_with_mercenaries_last(cup: TestedDesk) -> None:
    for name, number in (("Zoe", "10"), ("Bo", "9"), ("Ada", ""), ("Cy", "7a"), ("Al", "09")):
        added(cup, name, number=number)
    added(cup, "Merc", None)
    rosters = rosters_view(cup.desk.state, ORGANISER)
    assert [roster.name for roster in rosters] == [*(team.name for team in cup.event.teams.values()), ""]
    assert [player.name for player in rosters[0].players] == ["Al", "Bo", "Zoe", "Cy", "Ada"]
    assert (rosters[-1].team_id, [player.name for player in rosters[-1].players]) == (None, ["Merc"])
    assert rosters[0].used_in == ("A1",)
    assert rosters[2].used_in == ("A1", "B1")
    assert rosters[5].used_in == ()


def test_a_roster_says_when_it_is_over_its_limit(cup: TestedDesk) -> None:
    added(cup, "Ada")
    added(cup, "Bo")
    assert (rosters_view(cup.desk.state, ORGANISER)[0].limit, rosters_view(cup.desk.state, ORGANISER)[0].over) == (
        None,
        False,
    )
    cup.does(commands.EditEvent(most_on_roster=1), ORGANISER)
    first, second = rosters_view(cup.desk.state, ORGANISER)[:2]
    assert (first.limit, first.over, second.limit, second.over) == (1, True, 1, False)


def test_a_private_injury_is_for_organisers_and_head_referees(cup: TestedDesk) -> None:
    public = added(cup, "Ada", injury="sprained ankle", injury_public=True)
    private = added(cup, "Bo", injury="broken nose")
    well = added(cup, "Cy")
    boss = person(cup, "Mina", Role.ORGANISER)
    referee = person(cup, "Okko", Role.HEAD_REF)
    pretender = Acting(person=referee.person, role=Role.ORGANISER)

    def seen(acting: Acting) -> list[tuple[str, bool]]:
        views = [player_view(cup.desk.state, one, acting) for one in (public, private, well)]
        return [(view.injury, view.injury_hidden) for view in views if view is not None]

    everything = [("sprained ankle", False), ("broken nose", False), ("", False)]
    filtered = [("sprained ankle", False), ("", True), ("", False)]
    assert seen(boss) == everything
    assert seen(referee) == everything
    for acting in (
        DESK,
        Acting(person=boss.person, role=Role.DESK),
        pretender,
        Acting(person="gone", role=Role.HEAD_REF),
    ):
        assert seen(acting) == filtered, acting
    roster = rosters_view(cup.desk.state, DESK)[0]
    assert [(one.injury, one.injury_hidden) for one in sorted(roster.players, key=lambda one: one.name)] == filtered


def test_an_injury_is_everybodys_while_nobody_is_known(cup: TestedDesk) -> None:
    """One laptop, one person, no names: whoever typed it must be able to read it."""
    private = added(cup, "Bo", injury="broken nose", acting=DESK)
    view = player_view(cup.desk.state, private, DESK)
    assert view is not None
    assert (view.injury, view.injury_hidden) == ("broken nose", False)


def test_a_score_sheet_shows_jersey_names_and_nothing_private(cup: TestedDesk) -> None:
    ada = added(cup, "Adelheid", number="10", jersey_name="ADA", head_ref=True, injury="ankle", injury_public=True)
    bo = added(cup, "Bo", number="2")
    added(cup, "Cy", BEES)
    assert roster_lines(cup.desk.state, ANTS) == (
        RosterLine(player_id=bo, number="2", name="Bo", head_ref=False),
        RosterLine(player_id=ada, number="10", name="ADA", head_ref=True),
    )
    assert roster_lines(cup.desk.state, "gone") == ()


def test_views_hide_names_and_injuries_in_their_texts(cup: TestedDesk) -> None:
    added(cup, "Adelheid", jersey_name="HEIDI", injury="ankle")
    told = repr(rosters_view(cup.desk.state, ORGANISER)) + repr(roster_lines(cup.desk.state, ANTS))
    assert not any(secret in told for secret in ("Adelheid", "HEIDI", "ankle"))


def test_players_of_a_team_that_is_gone_are_mercenaries(cup: TestedDesk) -> None:
    player = added(cup, "Ada", "t-foxes")
    cup.does(commands.DeleteTeam(team="t-foxes"), ORGANISER)
    assert [one.player_id for one in rosters_view(cup.desk.state, ORGANISER)[-1].players] == [player]


def test_entries_that_may_be_one_person_are_proposed_with_the_reason(cup: TestedDesk) -> None:
    for name, team, number in (
        ("Jürgen Groß", ANTS, "1"),
        ("GROSS, Jurgen", BEES, "1"),  # the same but for accents, case and order
        ("Mathilde Ruhm", ANTS, "2"),
        ("Matilde Ruhm", None, ""),  # one letter less
        ("Tim", ANTS, "3"),
        ("Tom", ANTS, "4"),  # too short for a slip
        ("Player 11", BEES, "5"),
        ("Player 12", BEES, "6"),  # numbers tell them apart
        ("Somebody Else", ANTS, "2"),
    ):
        added(cup, name, team, number=number)
    pairs = possible_duplicates(cup.desk.state, ORGANISER)
    assert [(pair.player_a.name, pair.player_b.name, in_english(pair.why)) for pair in pairs] == [
        ("Jürgen Groß", "GROSS, Jurgen", "Both have the same name"),
        ("Mathilde Ruhm", "Matilde Ruhm", "The names differ by one letter"),
        ("Mathilde Ruhm", "Somebody Else", "Both have the number 2"),
    ]


def test_a_pair_is_filtered_for_who_reads(cup: TestedDesk) -> None:
    added(cup, "Ada Ruhm", injury="ankle")
    added(cup, "Ada Ruhm")
    person(cup, "Mina", Role.ORGANISER)
    (pair,) = possible_duplicates(cup.desk.state, DESK)
    assert isinstance(pair.player_a, PlayerView)
    assert (pair.player_a.injury, pair.player_a.injury_hidden) == ("", True)
