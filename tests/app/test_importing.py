"""Files taken into an event through the ordinary commands: teams, schedule, results; a bad one leaves nothing."""

from __future__ import annotations

import json

import pytest

from arctos_desk.app.files import contents_of
from arctos_desk.app.importing import import_into, team_names
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import Ending, Role, Side, Stage
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.tokens import TeamSlot
from tests.app.test_files import SCHEDULE, result
from tests.operations.desks import TestedDesk

ACTING = Acting(role=Role.DESK)
DESK_TABLES = """
[desk]
name = "Pine Cup"
place = "Fir Hollow"
zone = "Europe/Berlin"

[[teams]]
key = "ants"
name = "Angry Ants"
shortname = "ANTS"

[[teams]]
key = "bees"
name = "Busy Bees"
"""


@pytest.fixture
def tested() -> TestedDesk:
    tested = TestedDesk()
    tested.does(commands.CreateEvent(name="Cup"), ACTING)
    return tested


def take_in(tested: TestedDesk, text: str, name: str = "file") -> object:
    return import_into(tested.desk, contents_of(text.encode(), name), ACTING, chance=tested.chance.randbytes)


def test_an_event_without_teams_learns_them_from_the_schedule(tested: TestedDesk) -> None:
    take_in(tested, SCHEDULE)
    assert sorted(team.key for team in tested.event.teams.values()) == ["ants", "bees"]
    assert isinstance(tested.match("A1").team1, TeamSlot)
    assert tested.event.tags == {}


def test_the_tables_of_the_desk_name_the_event_and_its_teams(tested: TestedDesk) -> None:
    take_in(tested, DESK_TABLES + SCHEDULE)
    info = tested.event.info
    assert (info.name, info.place, info.zone) == ("Pine Cup", "Fir Hollow", "Europe/Berlin")
    assert [(team.key, team.name, team.shortname) for team in tested.event.teams.values()] == [
        ("ants", "Angry Ants", "ANTS"),
        ("bees", "Busy Bees", ""),
    ]


def test_a_schedule_with_its_teams_is_one_step(tested: TestedDesk) -> None:
    take_in(tested, DESK_TABLES + SCHEDULE + '[[groups]]\nname = "A"\nmatches = ["A1"]\n')
    assert [group.name for group in tested.event.groups.values()] == ["A"]
    assert tested.match("A1").group_id in tested.event.groups
    tested.does(commands.Undo(), ACTING)
    assert (tested.event.teams, tested.event.matches, tested.event.info.name) == ({}, {}, "Cup")


def test_in_an_event_with_teams_an_unknown_name_is_a_tag(tested: TestedDesk) -> None:
    tested.does(commands.AddTeam(name="Cats", key="cats"), ACTING)
    take_in(tested, SCHEDULE)
    assert [team.key for team in tested.event.teams.values()] == ["cats"]
    assert sorted(tag.name for tag in tested.event.tags.values()) == ["ants", "bees"]


def test_the_same_schedule_twice_is_still_one(tested: TestedDesk) -> None:
    take_in(tested, SCHEDULE)
    with pytest.raises(Refused, match="here already"):
        take_in(tested, SCHEDULE)
    take_in(tested, SCHEDULE.replace("= 30", "= 40"))
    assert [match.name for match in tested.event.matches.values()] == ["A1"]
    assert len(tested.event.teams) == 2


def test_results_come_with_their_results_as_one_step(tested: TestedDesk) -> None:
    take_in(tested, json.dumps([result()]))
    match = tested.match("Match 1")
    assert match.stage is Stage.ENDED
    assert match.result is not None
    assert (match.result.ending, match.result.winner) == (Ending.NORMAL, Side.TEAM1)
    tested.does(commands.Undo(accept_rests=True), ACTING)
    assert tested.event.matches == {}
    assert tested.event.teams == {}


@pytest.mark.parametrize("text", [DESK_TABLES + SCHEDULE.replace("30", '"x"'), SCHEDULE + "[[teams]]\nkey = 7\n"])
def test_a_bad_file_leaves_nothing_behind(tested: TestedDesk, text: str) -> None:
    before = len(tuple(tested.log.operations()))
    with pytest.raises(Refused):
        take_in(tested, text)
    assert len(tuple(tested.log.operations())) == before


def test_team_names_are_those_in_slots_and_no_references() -> None:
    text = SCHEDULE + (
        '[[matches]]\nname = "A2"\nfield = "Field 1"\nteam1_initial = "A1::winner"\nteam2_initial = "tag::seed"\n'
        'refs_initial = "cats, A1::loser"\n[[tags]]\nname = "seed"\n'
    )
    contents = contents_of(text.encode(), "file")
    assert team_names(contents) == ("ants", "bees", "cats")  # type: ignore[arg-type]
