"""Teams and players: who may change them, what is refused, and that nothing private ever enters the log."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from arctos_desk.operations import commands, exchange
from arctos_desk.operations.commands import Acting, Command, ImportedTeam, PlayerEntry
from arctos_desk.operations.desk import Outcome
from arctos_desk.operations.handlers.roster_rules import LOGO_MOST
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.ports import PersonChange, PersonRecord, ProjectionChange
from arctos_desk.operations.roster_views import rosters_view
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Player, Team
from arctos_desk.tournament.words import in_english
from arctos_desk.wire.operation import Sealed
from tests.operations.desks import DESK, ORGANISER, TestedDesk, desk_with_small_day

ANTS, BEES, FOXES = "t-ants", "t-bees", "t-foxes"
ADA = PlayerEntry(name="Adelheid Moorhuhn", jersey_name="ADA", number="7", injury="sprained ankle")


@pytest.fixture
def cup() -> TestedDesk:
    return desk_with_small_day()


def does(cup: TestedDesk, command: Command, acting: Acting = ORGANISER) -> Outcome:
    return cup.does(command, acting)


def added(cup: TestedDesk, entry: PlayerEntry = ADA, team: str | None = ANTS) -> str:
    return str(does(cup, commands.AddPlayer(player=entry, team=team)).value)


def refused(cup: TestedDesk, command: Command, acting: Acting = ORGANISER) -> tuple[Problem, ...]:
    """What stands against it; nothing may have changed."""
    before = cup.desk.state
    with pytest.raises(Refused) as caught:
        cup.does(command, acting)
    assert cup.desk.state is before
    return caught.value.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems]


def name_of(cup: TestedDesk, player: str) -> str:
    return cup.desk.state.name_of(player)


def png(width: int = 64, height: int = 64, more: int = 0) -> str:
    """A picture in Base64 of this size; `more` bytes make it heavier."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\x00\x00\x00"
    chunk = b"\x00\x00\x00\rIHDR" + header + zlib.crc32(b"IHDR" + header).to_bytes(4, "big")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunk + bytes(more)).decode()


# teams
# ---------------------------------------------------------------------------------------------------------------------


def test_a_team_is_kept_with_short_name_colour_and_logo(cup: TestedDesk) -> None:
    logo = png()
    order = commands.AddTeam(name="  Grim  Gulls ", shortname="GULL", colour="#1F8A4C", logo=logo)
    team = does(cup, order).value
    assert cup.event.teams[team] == Team(
        id=team, key="grim-gulls", name="Grim Gulls", shortname="GULL", colour="1f8a4c", logo=logo, rank=7
    )
    does(cup, commands.EditTeam(team=team, name="Grey Gulls", colour="", logo=""))
    assert cup.event.teams[team] == Team(id=team, key="grim-gulls", name="Grey Gulls", shortname="GULL", rank=7)
    assert in_english(cup.desk.next_undo) == "Rename the team Grim Gulls to Grey Gulls"  # type: ignore[arg-type]
    does(cup, commands.Undo())
    assert cup.event.teams[team].colour == "1f8a4c"


def test_everything_that_is_wrong_with_a_team_is_told_at_once(cup: TestedDesk) -> None:
    bad = commands.AddTeam(name="busy::bees, two", key="ants", shortname="TOOLONGER", colour="green", logo="aGVsbG8=")
    assert places(refused(cup, bad)) == [
        ("NAME_CHARS", "name"),
        ("NAME_CHARS", "name"),
        ("TOO_LONG", "shortname"),
        ("COLOUR", "colour"),
        ("LOGO", "logo"),
        ("NAME_TAKEN", "key"),
    ]
    assert places(refused(cup, commands.EditTeam(team=ANTS, name="BUSY BEES", shortname="TOOLONGER"))) == [
        ("NAME_TAKEN", "name"),
        ("TOO_LONG", "shortname"),
    ]


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        (png(2_000, 10), "LOGO"),
        (png(0, 10), "LOGO"),
        (png(more=LOGO_MOST), "TOO_LONG"),
        (base64.b64encode(b"GIF89a" + bytes(60)).decode(), "LOGO"),
        ("<svg onload=alert(1)>", "LOGO"),
        ("äöü", "LOGO"),
    ],
)
def test_a_logo_is_a_small_png(cup: TestedDesk, logo: str, code: str) -> None:
    assert places(refused(cup, commands.EditTeam(team=ANTS, logo=logo))) == [(code, "logo")]


def test_the_largest_logo_fits_into_the_log(cup: TestedDesk) -> None:
    logo = png(more=LOGO_MOST * 3 // 4 - 40)
    assert LOGO_MOST - 20 < len(logo) <= LOGO_MOST
    team = does(cup, commands.AddTeam(name="N" * 200, shortname="12345678", colour="ffffff", logo=logo)).value
    assert cup.event.teams[team].logo == logo


def test_an_edit_without_a_change_is_refused(cup: TestedDesk) -> None:
    assert places(refused(cup, commands.EditTeam(team=ANTS, name="Angry Ants"))) == [("NOTHING_CHANGED", "")]
    assert places(refused(cup, commands.EditTeam(team="gone", name="X"))) == [("NOT_FOUND", "team")]


def test_a_team_is_deleted_only_when_nothing_names_it(cup: TestedDesk) -> None:
    does(cup, commands.AssignTag(tag="seed", team=FOXES))
    assert [problem.about for problem in refused(cup, commands.DeleteTeam(team=FOXES))] == ["tag/seed"]
    assert [(problem.code, problem.about) for problem in refused(cup, commands.DeleteTeam(team="t-cats"))] == [
        ("IN_USE", "match/m-A1"),
        ("IN_USE", "match/m-B1"),
    ]
    does(cup, commands.AssignTag(tag="seed", team=None))
    tag = does(cup, commands.AddTag(name="Best", expression="[foxes]")).value
    assert [problem.about for problem in refused(cup, commands.DeleteTeam(team=FOXES))] == [f"tag/{tag}"]
    does(cup, commands.DeleteTag(tag=tag))
    player = added(cup, team=FOXES)
    does(cup, commands.DeleteTeam(team=FOXES))
    assert FOXES not in cup.event.teams
    assert cup.event.players[player].team_id is None
    does(cup, commands.Undo())
    assert cup.event.teams[FOXES].name == "Fair Foxes"
    assert cup.event.players[player].team_id == FOXES


def test_the_event_takes_as_many_teams_as_its_limit_says(cup: TestedDesk) -> None:
    does(cup, commands.EditEvent(most_teams=7))
    does(cup, commands.AddTeam(name="Seventh"))
    problem = refused(cup, commands.AddTeam(name="Eighth"))[0]
    assert (problem.code, in_english(problem.words)) == ("TEAMS_FULL", "This event has 7 teams; 7 are possible")
    assert problem.next_step is not None
    many = commands.ImportRosters(teams=(ImportedTeam(name="Eighth"), ImportedTeam(name="Ninth")))
    assert places(refused(cup, many)) == [("TEAMS_FULL", "teams")]


# players
# ---------------------------------------------------------------------------------------------------------------------


def test_a_player_is_split_between_log_and_person_record(cup: TestedDesk) -> None:
    entry = replace(ADA, paid=True, head_ref=True, injury_public=True)
    player = added(cup, entry)
    assert cup.event.players[player] == Player(id=player, team_id=ANTS, number="7", paid=True, head_ref=True, rank=1)
    assert cup.desk.state.people[player] == PersonRecord(
        id=player, name="Adelheid Moorhuhn", jersey_name="ADA", injury="sprained ankle", injury_public=True
    )
    does(cup, commands.EditPlayer(player=player, injury="", number="07"))
    assert cup.desk.state.people[player] == PersonRecord(id=player, name="Adelheid Moorhuhn", jersey_name="ADA")
    assert cup.event.players[player].number == "07"
    cup.restart()
    assert name_of(cup, player) == "Adelheid Moorhuhn"


def test_no_name_no_jersey_name_and_no_injury_ever_enters_the_log(cup: TestedDesk) -> None:
    player = added(cup)
    does(cup, commands.EditPlayer(player=player, name="Heidi Moorhuhn", injury="broken nose", number="8"))
    does(cup, commands.EditPlayer(player=player, name="Heidi Sumpfhuhn"))
    does(cup, commands.Undo())
    does(cup, commands.MovePlayer(player=player, team=BEES))
    other = added(cup, replace(ADA, name="Adelheid Moorhuhm"), BEES)
    does(cup, commands.MergePlayers(player=player, duplicate=other))
    listed = ImportedTeam(team=BEES, players=(PlayerEntry(name="Ottokar Quast", injury="cold"),), changed=())
    does(cup, commands.ImportRosters(teams=(listed,), mercenaries=(PlayerEntry(name="Ottokar Quast"),)))
    does(cup, commands.DeletePlayer(player=player, erase=True))
    for stream in cup.log.streams.values():
        for sealed in stream:
            for secret in ("Moorh", "Sumpf", "ADA", "ankle", "nose", "Quast", "cold", "Heidi"):
                assert secret.encode() not in sealed.raw, sealed.operation.kind
    assert {one.operation.kind for one in next(iter(cup.log.streams.values()))} >= {
        "player.add", "player.edit", "player.move", "player.merge", "roster.import", "player.erase", "undo",
    }  # fmt: skip


def test_what_is_private_is_in_no_text_of_a_value() -> None:
    """A crash report or a log line may hold the text of any value."""
    record = PersonRecord(id="p", name="Adelheid", pin_hash="4711", jersey_name="ADA", injury="ankle")
    orders = (
        commands.AddPlayer(player=ADA, team=ANTS),
        commands.EditPlayer(player="p", name="Adelheid", jersey_name="ADA", injury="ankle"),
        commands.ImportRosters(mercenaries=(ADA,)),
    )
    for value in (record, *orders):
        assert not any(secret in repr(value) for secret in ("Adelheid", "ADA", "ankle", "4711")), repr(value)


def test_everything_that_is_wrong_with_a_player_is_told_at_once(cup: TestedDesk) -> None:
    bad = PlayerEntry(name=" ", jersey_name="J" * 81, number="12345", injury="I" * 201)
    assert places(refused(cup, commands.AddPlayer(player=bad, team="gone"))) == [
        ("NAME_REQUIRED", "name"),
        ("TOO_LONG", "jersey_name"),
        ("TOO_LONG", "number"),
        ("TOO_LONG", "injury"),
        ("NOT_FOUND", "team"),
    ]
    player = added(cup)
    edit = commands.EditPlayer(player=player, name="", jersey_name="J" * 81, number="12345", injury="I" * 201)
    assert [problem.code for problem in refused(cup, edit)] == ["NAME_REQUIRED", "TOO_LONG", "TOO_LONG", "TOO_LONG"]


@pytest.mark.parametrize(
    "order",
    [
        commands.EditPlayer(player="gone", name="X"),
        commands.MovePlayer(player="gone", team=None),
        commands.DeletePlayer(player="gone"),
        commands.DeletePlayer(player="gone", erase=True),
        commands.MergePlayers(player="gone", duplicate="gone too"),
    ],
)
def test_a_player_who_is_gone_is_not_found(cup: TestedDesk, order: Command) -> None:
    assert refused(cup, order)[0].code == "NOT_FOUND"


def test_two_players_with_one_number_are_told_and_not_refused(cup: TestedDesk) -> None:
    added(cup)
    found = does(cup, commands.AddPlayer(player=PlayerEntry(name="Bo", number="7"), team=ANTS))
    assert [finding.code for finding in found.findings] == ["NUMBER_TWICE"]
    assert in_english(found.findings[0].words) == "Number 7 is there twice in Angry Ants"
    other = added(cup, PlayerEntry(name="Cy", number="7"), BEES)
    assert does(cup, commands.EditPlayer(player=other, paid=True)).findings == ()
    moved = does(cup, commands.MovePlayer(player=other, team=ANTS))
    assert [len(finding.about) for finding in moved.findings] == [3]
    mercenary = added(cup, PlayerEntry(name="Di", number="7"), None)
    assert does(cup, commands.EditPlayer(player=mercenary, number="8")).findings == ()
    assert does(cup, commands.EditPlayer(player=mercenary, number="7")).findings == ()


def test_a_roster_takes_as_many_players_as_its_limit_says(cup: TestedDesk) -> None:
    does(cup, commands.EditEvent(most_on_roster=1))
    first, second = added(cup), added(cup, team=BEES)
    mercenary = added(cup, team=None)
    for order in (
        commands.AddPlayer(player=ADA, team=ANTS),
        commands.MovePlayer(player=second, team=ANTS),
        commands.MovePlayer(player=mercenary, team=ANTS),
        commands.ImportRosters(teams=(ImportedTeam(team=ANTS, players=(ADA,)),)),
        commands.ImportRosters(teams=(ImportedTeam(name="New", players=(ADA, ADA)),)),
        commands.ImportRosters(teams=(ImportedTeam(team=ANTS, changed=((second, ADA),)),)),
    ):
        assert refused(cup, order)[0].code == "ROSTER_FULL", order
    # whoever leaves in the same list makes room
    swap = (ImportedTeam(team=ANTS, changed=((second, ADA),)), ImportedTeam(team=BEES, changed=((first, ADA),)))
    does(cup, commands.ImportRosters(teams=swap))
    assert (cup.event.players[first].team_id, cup.event.players[second].team_id) == (BEES, ANTS)


def test_a_player_moves_between_teams_and_becomes_a_mercenary(cup: TestedDesk) -> None:
    player = added(cup)
    assert in_english(does(cup, commands.MovePlayer(player=player, team=BEES)).label) == "Move a player to Busy Bees"
    assert in_english(does(cup, commands.MovePlayer(player=player, team=None)).label) == "Make a player a mercenary"
    assert refused(cup, commands.MovePlayer(player=player, team=None))[0].code == "NOTHING_CHANGED"
    assert refused(cup, commands.MovePlayer(player=player, team="gone"))[0].code == "NOT_FOUND"
    does(cup, commands.Undo())
    does(cup, commands.Undo())
    assert cup.event.players[player].team_id == ANTS


# undo of what stands beside the log
# ---------------------------------------------------------------------------------------------------------------------


def test_undo_brings_a_former_name_and_injury_back_and_redo_takes_them_again(cup: TestedDesk) -> None:
    player = added(cup)
    does(cup, commands.EditPlayer(player=player, name="Heidi"))
    does(cup, commands.EditPlayer(player=player, injury="broken nose", number="9"))
    seen = []
    for order in (commands.Undo(), commands.Undo(), commands.Redo(), commands.Redo(), commands.Undo()):
        does(cup, order)
        record = cup.desk.state.people[player]
        seen.append((record.name, record.injury, cup.event.players[player].number))
    assert seen == [
        ("Heidi", "sprained ankle", "7"),
        ("Adelheid Moorhuhn", "sprained ankle", "7"),
        ("Heidi", "sprained ankle", "7"),
        ("Heidi", "broken nose", "9"),
        ("Heidi", "sprained ankle", "7"),
    ]
    cup.restart()
    does(cup, commands.Undo())
    assert name_of(cup, player) == "Adelheid Moorhuhn"


def test_undo_of_an_older_change_leaves_what_was_changed_since(cup: TestedDesk) -> None:
    player = added(cup)
    first = does(cup, commands.EditPlayer(player=player, name="Heidi", jersey_name="HEIDI")).operation
    does(cup, commands.EditPlayer(player=player, name="Heide"))
    preview = cup.desk.preview_undo(first)
    assert [in_english(reason.words) for reason in preview.kept] == [
        "name of player was changed later and stays as it is"
    ]
    does(cup, commands.Undo(operation=first))
    record = cup.desk.state.people[player]
    assert (record.name, record.jersey_name) == ("Heide", "ADA")
    assert refused(cup, commands.Undo(operation=first))[0].code in ("CHANGED_LATER", "UNDONE_ALREADY")


def test_undo_never_gives_an_old_pin_or_another_persons_name_back(cup: TestedDesk) -> None:
    person = str(does(cup, commands.AddPerson(name="Mina", roles=frozenset({Role.DESK}), pin="1111"), DESK).value)
    order = commands.EditPerson(person=person, name="Mona", pin="2222", roles=frozenset({Role.HEAD_REF}))
    operation = does(cup, order, Acting(person=person, role=Role.DESK)).operation
    kept = cup.desk.state.people[person]
    does(cup, commands.Undo(operation=operation), Acting(person=person, role=Role.DESK))
    assert cup.desk.state.people[person] == kept
    assert cup.event.people[person].roles == {Role.DESK}


# deleting, forgetting, merging
# ---------------------------------------------------------------------------------------------------------------------


def test_a_deleted_player_comes_back_with_their_name(cup: TestedDesk) -> None:
    player = added(cup)
    does(cup, commands.DeletePlayer(player=player))
    assert player not in cup.event.players
    does(cup, commands.Undo())
    assert (cup.event.players[player].team_id, name_of(cup, player)) == (ANTS, "Adelheid Moorhuhn")


def test_whoever_is_forgotten_does_not_come_back(cup: TestedDesk) -> None:
    player = added(cup)
    does(cup, commands.EditPlayer(player=player, name="Heidi"))
    deleted = does(cup, commands.DeletePlayer(player=player)).operation
    outcome = does(cup, commands.DeletePlayer(player=player, erase=True))
    assert not outcome.undoable
    assert player not in cup.desk.state.people
    assert refused(cup, commands.Undo(operation=outcome.operation))[0].code == "CANNOT_UNDO"
    assert refused(cup, commands.Undo(operation=deleted))[0].code == "CHANGED_LATER"
    while cup.desk.next_undo is not None:
        does(cup, commands.Undo(accept_rests=True))
        assert player not in cup.event.players
        assert player not in cup.desk.state.people
    cup.restart()
    assert player not in cup.desk.state.people


def test_whoever_is_forgotten_takes_every_merged_entry_with_them(cup: TestedDesk) -> None:
    player, second, third, stranger = (added(cup, replace(ADA, name=f"Heidi {one}")) for one in "abcd")
    does(cup, commands.MergePlayers(player=second, duplicate=third))
    does(cup, commands.MergePlayers(player=player, duplicate=second))
    assert set(cup.event.players) == {player, stranger}
    does(cup, commands.DeletePlayer(player=player, erase=True))
    assert set(cup.desk.state.people) == {stranger}


def test_two_entries_become_one_that_says_what_either_said(cup: TestedDesk) -> None:
    one = added(cup, PlayerEntry(name="Ada", paid=True), None)
    other = added(cup, replace(ADA, name="Ada M.", head_ref=True, injury_public=True))
    before = (dict(cup.event.players), dict(cup.desk.state.people))
    label = does(cup, commands.MergePlayers(player=one, duplicate=other)).label
    assert in_english(label) == "Merge two entries of a player of Angry Ants"
    assert cup.event.players == {
        one: Player(id=one, team_id=ANTS, number="7", paid=True, head_ref=True, rank=1),
    }
    assert cup.desk.state.people[one] == PersonRecord(
        id=one, name="Ada", jersey_name="ADA", injury="sprained ankle", injury_public=True
    )
    does(cup, commands.Undo())
    assert (dict(cup.event.players), dict(cup.desk.state.people)) == before
    assert refused(cup, commands.MergePlayers(player=one, duplicate=one))[0].code == "SAME_ENTRY"


def test_taking_a_team_back_tells_of_its_players_first(cup: TestedDesk) -> None:
    team = does(cup, commands.AddTeam(name="Grim Gulls"))
    player, other = added(cup, team=team.value), added(cup, team=team.value)
    problems = refused(cup, commands.Undo(operation=team.operation))
    assert [in_english(problem.words) for problem in problems] == ["2 players are on the roster of Grim Gulls"]
    does(cup, commands.Undo(operation=team.operation, accept_rests=True))
    assert {player, other} == {one.player_id for one in rosters_view(cup.desk.state, ORGANISER)[-1].players}


# whole lists
# ---------------------------------------------------------------------------------------------------------------------


def test_a_list_is_taken_in_as_one_step(cup: TestedDesk) -> None:
    known = added(cup)
    before = (dict(cup.event.teams), dict(cup.event.players), dict(cup.desk.state.people))
    order = commands.ImportRosters(
        teams=(
            ImportedTeam(name="Grim Gulls", shortname="GRIMGULLS", colour="#00FF00", players=(ADA, ADA)),
            ImportedTeam(team=BEES, changed=((known, replace(ADA, number="8")),)),
        ),
        mercenaries=(PlayerEntry(name="Merc"),),
        source="list.csv",
    )
    outcome = does(cup, order)
    assert in_english(outcome.label) == "Import rosters: 1 new teams, 3 new players, 1 changed"
    assert [finding.code for finding in outcome.findings] == ["SHORTNAME_CUT", "NUMBER_TWICE"]
    gulls = next(team for team in cup.event.teams.values() if team.name == "Grim Gulls")
    assert (gulls.key, gulls.shortname, gulls.colour) == ("grim-gulls", "GRIMGULL", "00ff00")
    assert (cup.event.players[known].team_id, cup.event.players[known].number) == (BEES, "8")
    assert sorted(cup.desk.state.people[one].name for one in outcome.value) == sorted(
        ["Adelheid Moorhuhn"] * 3 + ["Merc"]
    )
    does(cup, commands.Undo())
    after = (dict(cup.event.teams), dict(cup.event.players), dict(cup.desk.state.people))
    assert after[:2] == before[:2]
    assert after[2][known] == before[2][known]


def test_a_long_list_is_one_durable_step_of_few_entries(cup: TestedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[tuple[int, int]] = []
    append = cup.log.append

    def counted(sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        commits.append((len(sealed), len(people)))
        append(sealed, change, people)

    monkeypatch.setattr(cup.log, "append", counted)
    teams = tuple(ImportedTeam(name=f"Team {one}", players=(replace(ADA, number=""),) * 20) for one in range(20))
    does(cup, commands.ImportRosters(teams=teams))
    does(cup, commands.Undo())
    assert not cup.event.players
    assert [people for _, people in commits] == [400, 0]
    assert all(entries < 15 for entries, _ in commits)


def test_a_list_is_refused_whole_with_every_place(cup: TestedDesk) -> None:
    known = added(cup)
    bad = PlayerEntry(name="", number="12345")
    order = commands.ImportRosters(
        teams=(
            ImportedTeam(name="Angry Ants", colour="red"),
            ImportedTeam(team="gone", players=(bad,)),
            ImportedTeam(team=BEES, changed=((known, ADA), (known, ADA), ("nobody", ADA))),
        ),
        mercenaries=(bad,),
        changed=(("nobody", ADA),),
    )
    assert places(refused(cup, order)) == [
        ("NAME_TAKEN", "teams[0].name"),
        ("COLOUR", "teams[0].colour"),
        ("NOT_FOUND", "teams[1]"),
        ("NAME_REQUIRED", "teams[1].players[0].name"),
        ("TOO_LONG", "teams[1].players[0].number"),
        ("TWICE", "teams[2].changed[1]"),
        ("NOT_FOUND", "teams[2].changed[2]"),
        ("NAME_REQUIRED", "mercenaries[0].name"),
        ("TOO_LONG", "mercenaries[0].number"),
        ("NOT_FOUND", "changed[0]"),
    ]
    same = commands.ImportRosters(teams=(ImportedTeam(team=ANTS, changed=((known, ADA),)),))
    assert places(refused(cup, same)) == [("NOTHING_CHANGED", "")]


# who may
# ---------------------------------------------------------------------------------------------------------------------


def test_rosters_are_everybodys_until_there_is_an_organiser(cup: TestedDesk) -> None:
    player = str(does(cup, commands.AddPlayer(player=ADA, team=ANTS), DESK).value)
    renamed = does(cup, commands.EditPlayer(player=player, name="Heidi"), DESK).operation
    team = does(cup, commands.AddTeam(name="Grim Gulls"), DESK)
    boss = str(does(cup, commands.AddPerson(name="Mina", roles=frozenset({Role.ORGANISER})), DESK).value)
    for order in (
        commands.AddTeam(name="Nimble Newts"),
        commands.EditTeam(team=ANTS, name="Ants"),
        commands.DeleteTeam(team=team.value),
        commands.AddPlayer(player=ADA, team=ANTS),
        commands.EditPlayer(player=player, paid=True),
        commands.EditPlayer(player=player, name="Ada"),
        commands.MovePlayer(player=player, team=BEES),
        commands.DeletePlayer(player=player),
        commands.ImportRosters(mercenaries=(ADA,)),
        commands.MergePlayers(player=player, duplicate=player),
        commands.Undo(operation=renamed),
        commands.Undo(operation=team.operation),
    ):
        assert [problem.code for problem in refused(cup, order, DESK)] == ["ORGANISER_ONLY"], order
    does(cup, commands.EditPlayer(player=player, paid=True), Acting(person=boss, role=Role.ORGANISER))


def test_players_are_nobody_who_acts(cup: TestedDesk) -> None:
    added(cup)
    assert not cup.event.people
    does(cup, commands.AddPerson(name="Adelheid Moorhuhn", roles=frozenset({Role.DESK})), DESK)
    other = does(cup, commands.AddPlayer(player=PlayerEntry(name="Bo")), DESK).value
    does(cup, commands.EditPlayer(player=other, name="Adelheid Moorhuhn"), DESK)
    assert [name_of(cup, one) for one in cup.event.players] == ["Adelheid Moorhuhn"] * 2


# two desks
# ---------------------------------------------------------------------------------------------------------------------


class KeepingLog(MemoryLog):
    """A log that remembers the changes to person records, as a carrier to another desk does."""

    def __init__(self) -> None:
        super().__init__("cup")
        self.changes: list[PersonChange] = []

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        super().append(sealed, change, people)
        self.changes += people


def meet(one: TestedDesk, other: TestedDesk) -> None:
    for left, right in ((one, other), (other, one)):
        assert isinstance(left.log, KeepingLog)
        right.desk.receive(exchange.to_send(left.log, right.log.frontier()), left.log.changes)


@pytest.fixture
def desks() -> tuple[TestedDesk, TestedDesk]:
    first, second = desk_with_small_day(log=KeepingLog()), TestedDesk(seed=2, log=KeepingLog())
    meet(first, second)
    return first, second


def test_a_name_changed_at_one_desk_goes_back_at_another(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    player = added(first)
    renamed = does(first, commands.EditPlayer(player=player, name="Heidi")).operation
    meet(first, second)
    assert name_of(second, player) == "Heidi"
    second.clock.forward(minutes=1)
    does(second, commands.Undo(operation=renamed))
    meet(first, second)
    assert [name_of(one, player) for one in desks] == ["Adelheid Moorhuhn"] * 2
    assert refused(first, commands.Undo(operation=renamed))[0].code in ("CHANGED_LATER", "UNDONE_ALREADY")


def test_whoever_is_forgotten_at_one_desk_is_forgotten_at_all(desks: tuple[TestedDesk, TestedDesk]) -> None:
    first, second = desks
    player = added(first)
    does(first, commands.EditPlayer(player=player, name="Heidi"))
    meet(first, second)
    second.clock.forward(minutes=1)
    does(second, commands.DeletePlayer(player=player, erase=True))
    meet(first, second)
    meet(first, second)  # the old changes travel once more and stay out
    for one in desks:
        assert player not in one.desk.state.people
        assert player not in one.event.players


def test_a_player_added_while_another_desk_deletes_the_team_is_a_mercenary(
    desks: tuple[TestedDesk, TestedDesk],
) -> None:
    first, second = desks
    player = added(first, team=FOXES)
    does(second, commands.DeleteTeam(team=FOXES))
    meet(first, second)
    for one in desks:
        assert FOXES not in one.event.teams
        assert [view.player_id for view in rosters_view(one.desk.state, ORGANISER)[-1].players] == [player]
        assert in_english(does(one, commands.EditPlayer(player=player, number="8")).label) == "Edit a mercenary"


def test_nobody_makes_public_what_they_may_not_read(cup: TestedDesk) -> None:
    """While an event has head referees and no organiser yet, every desk changes rosters; a private injury stays so."""
    player = added(cup)
    referee = does(cup, commands.AddPerson(name="Kim", roles=frozenset({Role.HEAD_REF}))).value
    shown = commands.EditPlayer(player=player, injury_public=True)
    assert places(refused(cup, shown, DESK)) == [("INJURY_PRIVATE", "injury_public")]
    listed = commands.ImportRosters(
        teams=(ImportedTeam(team=ANTS, changed=((player, replace(ADA, injury_public=True)),)),)
    )
    assert places(refused(cup, listed, DESK)) == [("INJURY_PRIVATE", "teams[0].changed[0].injury_public")]
    # another injury is another person's word, and a head referee reads them all
    does(cup, commands.EditPlayer(player=player, number="8"), DESK)
    does(cup, shown, Acting(person=referee, role=Role.HEAD_REF))
    assert cup.desk.state.people[player].injury_public
