"""Files come in as one step: all of it or nothing, one line in the journal, one undo."""

from __future__ import annotations

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.reduce import canonical_values
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Team
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import in_english
from tests.operations.desks import ORGANISER, TestedDesk

SCHEDULE = """
[[fields]]
name = "North"

[[matches]]
name = "A1"
field = "North"
scheduled_start_time = 2026-05-02T12:00:00+02:00
nominal_length = 40
team1_initial = "ants"
team2_initial = "bees"

[[matches]]
name = "A2"
field = "North"
schedule_type = "SAFE"
nominal_length = 30
previous_match = "A1"
team1_initial = "A1::winner"
team2_initial = "nobody knows them"
"""


@pytest.fixture
def cup() -> TestedDesk:
    tested = TestedDesk()
    tested.does(commands.CreateEvent(name="Cup"), ORGANISER)
    return tested


def test_a_schedule_its_teams_and_its_groups_are_one_line_and_one_undo(cup: TestedDesk) -> None:
    before = canonical_values(cup.desk.state.folded)
    outcome = cup.does(
        commands.ImportSchedule(
            text=SCHEDULE,
            file_name="day.toml",
            teams=(("bees", "Busy Bees"),),
            entries=creation("team/t1", Team(id="t1", key="ants", name="Angry Ants", shortname="ANT", rank=1)),
            groups=(("Group A", ("A1", "not there")),),
        ),
        ORGANISER,
    )
    assert {team.name for team in cup.event.teams.values()} == {"Angry Ants", "Busy Bees"}
    (group,) = cup.event.groups.values()
    assert cup.match("A1").group_id == group.id
    assert cup.row("A1").plan_ms == cup.clock.at("2026-05-02T10:00:00")
    assert [tag.name for tag in cup.event.tags.values()] == ["nobody knows them"]
    assert outcome.findings, "the unknown team became a tag, and that is said"
    assert in_english(outcome.label) == "Import the schedule day.toml"
    cup.does(commands.Undo(), ORGANISER)
    assert canonical_values(cup.desk.state.folded) == before


def test_a_schedule_that_is_here_already_is_no_entry(cup: TestedDesk) -> None:
    command = commands.ImportSchedule(text=SCHEDULE, file_name="day.toml", teams=(("ants", "A"), ("bees", "B")))
    cup.does(command, ORGANISER)
    count = sum(1 for _ in cup.log.operations())
    with pytest.raises(Refused) as refused:
        cup.does(command, ORGANISER)
    assert refused.value.codes == ("NOTHING_CHANGED",)
    assert sum(1 for _ in cup.log.operations()) == count


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_written(cup: TestedDesk) -> None:
    bad = SCHEDULE.replace('"North"\nscheduled', '"South"\nscheduled').replace("A1::winner", "A9::winner")
    before = cup.event
    with pytest.raises(Refused) as refused:
        cup.does(commands.ImportSchedule(text=bad, file_name="bad.toml"), ORGANISER)
    assert len(refused.value.problems) >= 2
    assert all(problem.place for problem in refused.value.problems)
    assert cup.event is before


def test_records_that_are_here_already_are_never_overwritten_by_a_file(cup: TestedDesk) -> None:
    team = creation("team/t1", Team(id="t1", key="ants", name="Angry Ants", rank=1))
    cup.does(commands.ImportRecords(writes=team, file_name="a.json"), ORGANISER)
    with pytest.raises(Refused) as refused:
        cup.does(commands.ImportRecords(writes=team, file_name="a.json"), ORGANISER)
    assert refused.value.codes == ("EXISTS",)
    with pytest.raises(Refused) as refused:
        cup.does(commands.ImportRecords(writes={"team/t2": {"name": "half"}}, file_name="a.json"), ORGANISER)
    assert refused.value.codes == ("UNREADABLE",)
    with pytest.raises(Refused) as refused:
        cup.does(commands.ImportRecords(writes={}, file_name="a.json"), ORGANISER)
    assert refused.value.codes == ("EMPTY",)
