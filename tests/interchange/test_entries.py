"""The desk's own tables in a schedule file: who takes part, where, and in which groups."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from arctos_desk.interchange.entries import Entries, Entry, GroupEntry, import_entries, import_groups, read_entries
from arctos_desk.publishing.desk_tables import desk_tables
from arctos_desk.tournament.kinds import Counting, HeadRefs
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Event, EventInfo, Match, Mode, PenaltyType, Team
from arctos_desk.tournament.registers import apply

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "pine-cup.toml"
NOTHING = Event(info=EventInfo(id="e1", name="New event"))


def faults(text: str) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        read_entries(text)
    return {problem.place: problem.code for problem in refused.value.problems}


def test_teams_are_entered_once_with_key_name_and_shortname() -> None:
    entries = read_entries(
        '[desk]\nname = "Pine Cup"\nzone = "Europe/Berlin"\n'
        '[[teams]]\nkey = "kites"\nname = "Red Kites"\nshortname = "KITE"\n'
        '[[teams]]\nname = "Øksehorde"\n'
    )
    assert entries == Entries(
        name="Pine Cup",
        zone="Europe/Berlin",
        teams=(Entry(key="kites", name="Red Kites", shortname="KITE"), Entry(key="oksehorde", name="Øksehorde")),
    )
    event = apply(NOTHING, import_entries(entries, NOTHING, random.Random(1).randbytes))
    assert (event.info.name, event.info.zone) == ("Pine Cup", "Europe/Berlin")
    assert [(team.key, team.name, team.rank) for team in event.teams.values()] == [
        ("kites", "Red Kites", 1),
        ("oksehorde", "Øksehorde", 2),
    ]
    assert import_entries(entries, event, random.Random(2).randbytes) == {}


def test_an_event_that_has_matches_keeps_its_own_name() -> None:
    running = Event(
        info=EventInfo(id="e1", name="Ours"),
        teams={"t": Team(id="t", key="kites", name="Kites", rank=4)},
        matches={"m": Match(id="m", name="M")},
    )
    entries = Entries(name="Pine Cup", teams=(Entry(key="kites", name="Red Kites"), Entry(key="foxes", name="Foxes")))
    event = apply(running, import_entries(entries, running, random.Random(1).randbytes))
    assert event.info.name == "Ours"
    assert [(team.key, team.name, team.rank) for team in event.teams.values()] == [
        ("kites", "Kites", 4),
        ("foxes", "Foxes", 5),
    ]


def test_matches_are_put_into_their_groups_by_name() -> None:
    event = Event(
        info=NOTHING.info, matches={name: Match(id=name, name=name, rank=1) for name in ("A1", "A2", "Final")}
    )
    entries = Entries(groups=(GroupEntry(name="Group A", matches=("A1", "A2", "A3")),))
    grouped = apply(event, import_groups(entries, event, random.Random(1).randbytes))
    (group,) = grouped.groups.values()
    assert {match.name: match.group_id for match in grouped.matches.values()} == {
        "A1": group.id,
        "A2": group.id,
        "Final": None,
    }
    assert import_groups(entries, grouped, random.Random(2).randbytes) == {}


def test_a_schedule_without_such_tables_has_no_entries() -> None:
    assert read_entries('[[fields]]\nname = "Field 1"\n') == Entries()


def test_every_fault_is_told_at_once_with_its_place() -> None:
    text = (
        '[desk]\nname = 7\nzone = "Fir/Hollow"\n'
        '[[teams]]\nkey = "a b"\nname = "A"\n'
        '[[teams]]\nkey = "kites"\nname = "Kites"\n'
        '[[teams]]\nkey = "kites"\nname = "Kites again"\n'
        '[[teams]]\nshortname = "none"\n'
        '[[teams]]\nname = "Long"\nshortname = "much too long"\n'
        '[[groups]]\nmatches = ["A1"]\n'
        '[[groups]]\nname = "B"\nmatches = "B1"\n'
    )
    assert faults(text) == {
        "desk.name": "WRONG_TYPE",
        "desk.zone": "BAD_ZONE",
        "teams[0].key": "BAD_KEY",
        "teams[2].key": "BAD_KEY",
        "teams[3].name": "MISSING",
        "teams[4].shortname": "TOO_LONG",
        "groups[0].name": "MISSING",
        "groups[1].matches": "WRONG_TYPE",
    }
    assert faults("desk = 1\nteams = 2\ngroups = 3\n") == dict.fromkeys(["desk", "teams", "groups"], "WRONG_TYPE")


def test_what_is_no_toml_is_refused_with_line_and_column() -> None:
    assert faults("[desk]\nname = \n") == {"line 2, column 8": "NOT_TOML"}
    assert faults('[desk]\nname = "Pine') == {"line 2": "NOT_TOML"}
    assert faults("[desk]\nx = 1\ny = " + "[" * 3_000) == {"line 3": "NOT_TOML"}


def test_the_sample_event_has_sixteen_teams_and_every_key_is_used() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    entries = read_entries(text)
    assert len(entries.teams) == 16
    assert max(len(team.name) for team in entries.teams) == 40
    assert {team.key for team in entries.teams if text.count(f"[{team.key}]") == 1} == {
        team.key for team in entries.teams
    }
    assert [len(group.matches) for group in entries.groups] == [6, 6, 6, 6, 15]


def test_what_the_desk_adds_to_a_file_comes_back_as_it_was() -> None:
    info = replace(
        NOTHING.info,
        name="Pine Cup",
        place="Fir Hollow",
        zone="Europe/Berlin",
        first_day="2027-06-05",
        last_day="2027-06-06",
        languages=("de", "en"),
        most_on_field=5,
        head_refs=HeadRefs.ANYONE,
        draw_points=0,
        win_points=2,
    )
    event = replace(
        NOTHING,
        info=info,
        teams={"t": Team(id="t", key="kites", name='Red "Kites" \\ Müller', shortname="KITE", colour="a8141c", rank=1)},
        modes={
            "m": Mode(id="m", name="Best of 3", sets=3, points_per_set=5, length_min=35, rank=1),
            "s": Mode(id="s", name="Stones", counting=Counting.STONES, sets=2, stones_per_set=60, rank=2),
        },
        penalty_types={
            "p": PenaltyType(id="p", name="Late hit", colour="a8141c", description="after the call", rank=1)
        },
    )
    entries = read_entries(desk_tables(event))
    again = apply(NOTHING, import_entries(entries, NOTHING, random.Random(1).randbytes))
    assert again.info == info
    for kind in ("teams", "modes", "penalty_types"):
        before, after = getattr(event, kind).values(), getattr(again, kind).values()
        assert [replace(one, id="") for one in after] == [replace(one, id="") for one in before]


def test_every_fault_of_the_settings_is_said_with_its_place() -> None:
    text = """
[desk]
first_day = "2027-06-07"
last_day = "2027-06-06"
languages = ["deutsch"]
most_on_field = 0
win_points = "three"
head_refs = "everybody"
[[modes]]
counting = "rounds"
[[penalty_types]]
name = "Late hit"
colour = "red"
"""
    assert faults(text).keys() == {
        "desk.last_day",
        "desk.languages",
        "desk.most_on_field",
        "desk.win_points",
        "desk.head_refs",
        "modes[0].name",
        "modes[0].counting",
        "penalty_types[0].colour",
    }
