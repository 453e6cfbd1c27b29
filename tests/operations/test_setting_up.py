"""Fields, modes, penalty types and groups: what an organiser sets up before the first match, and takes back."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Command
from arctos_desk.operations.handlers.penalty_types import COLOURS
from arctos_desk.operations.reduce import canonical_values
from arctos_desk.tournament.kinds import Counting, MatchKind, Role, SetType
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Field, Mode, PenaltyType
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import in_english
from tests.operations.desks import DESK, ORGANISER, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    return desk_with_small_day()


def _does(cup: TestedDesk, command: Command) -> Any:
    return cup.does(command, ORGANISER)


def _refused(cup: TestedDesk, command: Command) -> list[tuple[str, str]]:
    """(code, place) of every problem; nothing is written."""
    before = cup.event
    with pytest.raises(Refused) as refused:
        _does(cup, command)
    assert cup.event is before
    return [(problem.code, problem.place) for problem in refused.value.problems]


def _label(cup: TestedDesk, command: Command) -> str:
    return in_english(_does(cup, command).label)


# fields


def test_a_field_is_added_with_its_livestreams_in_their_order(cup: TestedDesk) -> None:
    links = ("https://live.example/two", " http://live.example:8080/one?x=1 ", "", "https://live.example/two")
    field = _does(cup, commands.AddField(name="  Centre \n Court ", cameras=links)).value
    assert cup.event.fields[field] == Field(
        id=field,
        name="Centre Court",
        cameras=("https://live.example/two", "http://live.example:8080/one?x=1"),
        rank=3,
    )


def test_a_field_has_one_new_name_everywhere_because_matches_know_it_by_id(cup: TestedDesk) -> None:
    assert _label(cup, commands.EditField(field="f1", name="Meadow")) == "Rename the field Field 1 to Meadow"
    assert cup.event.fields[cup.match("A1").field_id].name == "Meadow"
    assert _label(cup, commands.EditField(field="f1", cameras=("https://a.example",))) == (
        "Change the livestreams of Meadow"
    )
    assert _refused(cup, commands.EditField(field="f1", name="Meadow")) == [("NOTHING_CHANGED", "")]
    assert _refused(cup, commands.EditField(field="f1", name="Field 2")) == [("NAME_TAKEN", "name")]
    assert _refused(cup, commands.EditField(field="gone", name="X")) == [("NOT_FOUND", "")]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("ftp://live.example/x", "ADDRESS"),
        ("javascript:alert(1)", "ADDRESS"),
        ("live.example/x", "ADDRESS"),
        ("https://", "ADDRESS"),
        ("https://live.example/a b", "ADDRESS"),
        ("https://live.example:port/", "ADDRESS"),
        ("https://[::1/", "ADDRESS"),
        ("https://lou:secret@live.example/", "ADDRESS_SECRET"),
        ("https://live.example/" + "x" * 480, "TOO_LONG"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(cup: TestedDesk, link: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _does(cup, commands.AddField(name="Court", cameras=("https://live.example/", link)))
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [(code, "cameras")]
    assert "secret" not in str(refused.value)


def test_every_mistake_of_a_field_is_told_at_once(cup: TestedDesk) -> None:
    links = tuple(f"https://live.example/{number}" for number in range(9))
    assert _refused(cup, commands.AddField(name="a,b::c", cameras=(*links, "nowhere"))) == [
        ("NAME_CHARS", "name"),
        ("NAME_CHARS", "name"),
        ("TOO_MANY", "cameras"),
        ("ADDRESS", "cameras"),
    ]


def test_a_field_is_deleted_only_when_no_row_is_on_it(cup: TestedDesk) -> None:
    with pytest.raises(Refused) as refused:
        _does(cup, commands.DeleteField(field="f1"))
    assert [in_english(problem.words) for problem in refused.value.problems] == [
        "A1 is on this field",
        "Third is on this field",
    ]
    assert [problem.about for problem in refused.value.problems] == ["match/m-A1", "match/m-Third"]
    _does(cup, commands.DeleteMatch(match="m-Third"))
    _does(cup, commands.DeleteMatch(match="m-A1"))
    assert _label(cup, commands.DeleteField(field="f1")) == "Delete the field Field 1"
    assert list(cup.event.fields) == ["f2"]


def test_a_deleted_field_does_not_come_back_beside_another_of_its_name(cup: TestedDesk) -> None:
    field = _does(cup, commands.AddField(name="Court")).value
    gone = _does(cup, commands.DeleteField(field=field)).operation
    _does(cup, commands.AddField(name="Court"))
    assert _refused(cup, commands.Undo(operation=gone)) == [("NAME_TAKEN", "Court")]


def test_a_new_field_with_a_match_on_it_goes_only_with_consent(cup: TestedDesk) -> None:
    outcome = _does(cup, commands.AddField(name="Court"))
    on_it = {"field_id": outcome.value, "length_min": 30}
    _does(cup, commands.CreateMatch(name="X1", kind=MatchKind.STATIC, fields=on_it))
    assert _refused(cup, commands.Undo(operation=outcome.operation)) == [("NAMED", "")]


# modes


def test_a_mode_is_said_whole_and_gives_matches_their_legal_keys(cup: TestedDesk) -> None:
    mode = _does(
        cup,
        commands.AddMode(name="100 stones, twice", counting=Counting.STONES, sets=2, stones_per_set=100, length_min=40),
    ).value
    assert cup.event.modes[mode] == Mode(
        id=mode, name="100 stones, twice", counting=Counting.STONES, sets=2, stones_per_set=100, length_min=40, rank=1
    )
    assert cup.event.modes[mode].set_type is SetType.STONES
    same = {"mode": mode, "name": "100 stones, twice"}
    timed = commands.EditMode(**same, counting=Counting.TIMED, sets=2, minutes=10)
    assert _label(cup, timed) == "Edit the mode 100 stones, twice"
    assert cup.event.modes[mode] == Mode(
        id=mode, name="100 stones, twice", counting=Counting.TIMED, sets=2, minutes=10, rank=1
    )
    assert _refused(cup, timed) == [("NOTHING_CHANGED", "")]
    renamed = commands.EditMode(mode=mode, name="Two halves", counting=Counting.TIMED, sets=2, minutes=10)
    assert _label(cup, renamed) == "Rename the mode 100 stones, twice to Two halves"
    assert _label(cup, commands.DeleteMode(mode=mode)) == "Delete the mode Two halves"
    assert _refused(cup, commands.DeleteMode(mode=mode)) == [("NOT_FOUND", "")]


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ({"counting": Counting.BEST_OF, "sets": 0}, [("NUMBER", "sets")]),
        ({"counting": Counting.SETS_TO, "sets": 100}, [("NUMBER", "sets")]),
        ({"counting": Counting.STONES}, [("NUMBER_REQUIRED", "stones_per_set")]),
        ({"counting": Counting.TIMED}, [("NUMBER_REQUIRED", "minutes")]),
        ({"counting": Counting.BEST_OF, "stones_per_set": 100}, [("NOT_COUNTED", "stones_per_set")]),
        ({"counting": Counting.STONES, "stones_per_set": 100, "minutes": 5}, [("NOT_COUNTED", "minutes")]),
        (
            {"name": "", "sets": -1, "points_per_set": 0, "length_min": 20_000},
            [("NAME_REQUIRED", "name"), ("NUMBER", "sets"), ("NUMBER", "points_per_set"), ("NUMBER", "length_min")],
        ),
        ({"name": "Bo3"}, [("NAME_TAKEN", "name")]),
    ],
)
def test_what_does_not_fit_the_counting_is_refused(
    cup: TestedDesk, said: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    _does(cup, commands.AddMode(name="Bo3", sets=3, points_per_set=5))
    assert _refused(cup, commands.AddMode(**{"name": "New", **said})) == problems


# penalty types


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_fourteen_colours_are_told_apart_and_carry_white_letters() -> None:
    assert len(set(COLOURS)) == 14
    assert all(1.05 / (_luminance(colour) + 0.05) >= 4.5 for colour in COLOURS)
    for one, other in combinations(COLOURS, 2):
        apart = sum(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (0, 2, 4))
        assert apart >= 40, (one, other)


def test_new_penalty_types_take_the_first_colour_that_no_other_has(cup: TestedDesk) -> None:
    made = [_does(cup, commands.AddPenaltyType(name=f"Type {number}")).value for number in range(14)]
    assert [cup.event.penalty_types[one].colour for one in made] == list(COLOURS)
    _does(cup, commands.DeletePenaltyType(penalty_type=made[5]))
    again = _does(cup, commands.AddPenaltyType(name="Again")).value
    assert cup.event.penalty_types[again].colour == COLOURS[5]
    more = _does(cup, commands.AddPenaltyType(name="A fifteenth")).value
    assert cup.event.penalty_types[more].colour == COLOURS[0]


def test_a_penalty_type_is_edited_in_what_is_said(cup: TestedDesk) -> None:
    one = _does(cup, commands.AddPenaltyType(name="Late", colour="#AB12Cd", description=" after the whistle ")).value
    assert cup.event.penalty_types[one] == PenaltyType(
        id=one, name="Late", colour="ab12cd", description="after the whistle", rank=1
    )
    assert _label(cup, commands.EditPenaltyType(penalty_type=one, name="Too late")) == (
        "Rename the penalty type Late to Too late"
    )
    assert _label(cup, commands.EditPenaltyType(penalty_type=one, description="")) == "Edit the penalty type Too late"
    assert cup.event.penalty_types[one].description == ""
    assert _refused(
        cup, commands.EditPenaltyType(penalty_type=one, name="x" * 51, colour="red", description="x" * 501)
    ) == [("TOO_LONG", "name"), ("COLOUR", "colour"), ("TOO_LONG", "description")]
    assert _refused(cup, commands.AddPenaltyType(name="Too late", colour="12345g")) == [
        ("NAME_TAKEN", "name"),
        ("COLOUR", "colour"),
    ]


# groups


def test_the_matches_of_a_group_are_chosen_together(cup: TestedDesk) -> None:
    pool = _does(cup, commands.AddTable(name="Pool B")).value
    both = commands.EditTable(group=pool, matches=("m-B1", "m-Third"))
    assert _label(cup, both) == "Choose the matches of Pool B"
    assert [match.name for match in cup.event.matches.values() if match.group_id == pool] == ["B1", "Third"]
    assert cup.match("A1").group_id == "g1"
    assert _refused(cup, both) == [("NOTHING_CHANGED", "")]
    assert _label(cup, commands.EditTable(group=pool, name="Pool C")) == "Rename the group Pool B to Pool C"
    _does(cup, commands.EditTable(group=pool, name="Pool D", matches=("m-Third",)))
    assert [match.name for match in cup.event.matches.values() if match.group_id == pool] == ["Third"]


def test_a_group_that_goes_leaves_its_matches_in_none(cup: TestedDesk) -> None:
    assert _label(cup, commands.DeleteTable(group="g1")) == "Delete the group Group A"
    assert not cup.event.groups
    assert {match.group_id for match in cup.event.matches.values()} == {None}
    _does(cup, commands.Undo())
    assert [match.name for match in cup.event.matches.values() if match.group_id == "g1"] == ["A1", "B1"]


def test_only_matches_that_are_there_count_into_a_group(cup: TestedDesk) -> None:
    _does(cup, commands.CreateGroup(name="Lunch", kind=MatchKind.BREAK, fields=("f1",), length_min=30))
    lunch = cup.match("Lunch").id
    assert _refused(cup, commands.EditTable(group="g1", name="", matches=("m-A1", "gone", lunch))) == [
        ("NAME_REQUIRED", "name"),
        ("NOT_FOUND", "matches"),
        ("TYPE", "matches"),
    ]
    assert _refused(cup, commands.AddTable(name="Group A")) == [("NAME_TAKEN", "name")]


# rows


def test_a_form_can_say_everything_of_a_match_in_one_order(cup: TestedDesk) -> None:
    fields = {
        "field_id": "f2",
        "previous_id": "m-Final",
        "length_min": 25,
        "team1": cup.match("A1").team1,
        "team2": cup.match("B1").team1,
        "referees": (cup.match("A1").team2,),
        "skip_condition": "(is-skipped {A1})",
        "mode": "Two halves",
        "set_type": SetType.STONES,
        "sets": 2,
        "stones_per_set": 100,
        "group_id": "g1",
        "ribbon": True,
    }
    made = _does(cup, commands.CreateMatch(name="Last", kind=MatchKind.SAFE, fields=fields)).value
    match = cup.event.matches[made]
    assert {name: getattr(match, name) for name in fields} == fields
    cleared = {**fields, "skip_condition": "", "mode": "", "stones_per_set": None, "group_id": None, "ribbon": False}
    _does(cup, commands.EditMatch(match=made, changes=cleared))
    assert {name: getattr(cup.event.matches[made], name) for name in cleared} == cleared


def test_what_a_match_names_must_be_there_and_its_condition_must_read(cup: TestedDesk) -> None:
    changes = {
        "team1": TeamSlot("gone"),
        "referees": (TeamSlot("gone"),),
        "group_id": "gone",
        "skip_condition": "(is-skiped {A1})",
        "field_id": "gone",
    }
    assert _refused(cup, commands.EditMatch(match="m-Final", changes=changes)) == [
        ("TEAM_UNKNOWN", "team1"),
        ("TEAM_UNKNOWN", "referees"),
        ("GROUP_UNKNOWN", "group"),
        ("SCRIPT_UNKNOWN_WORD", "skip_condition"),
        ("PREVIOUS_REQUIRED", "previous"),
        ("FIELD_UNKNOWN", "field"),
    ]
    outcome = _does(cup, commands.EditMatch(match="m-Final", changes={"skip_condition": "(won? [ants] {A9})"}))
    assert [in_english(finding.words) for finding in outcome.findings] == ["Line 1, column 14: There is no match “A9”."]
    _does(cup, commands.EditMatch(match="m-Final", changes={"length_min": 50}))
    assert _label(cup, commands.EditMatch(match="m-Final", changes={"name": "Grand Final"})) == (
        "Rename Final to Grand Final"
    )


# undo, and who may


def _setting_up(cup: TestedDesk) -> list[Command]:
    """One order of each kind, possible one after the other."""
    mode = commands.AddMode(name="Bo3", sets=3)
    return [
        commands.EditEvent(most_teams=8, languages=("de",)),
        commands.EditField(field="f1", name="Meadow", cameras=("https://live.example/",)),
        commands.AddField(name="Court"),
        mode,
        commands.AddPenaltyType(name="Late"),
        commands.AddTable(name="Pool B"),
        commands.EditTable(group="g1", name="Pool A", matches=("m-Third",)),
        commands.DeleteTable(group="g1"),
        commands.EditTag(tag="seed", name="Top", expression="(winner {A1})"),
        commands.AddVariable(name="margin", expression="3"),
        commands.DeleteTag(tag="seed"),
    ]


def test_every_order_is_taken_back_and_brought_again(cup: TestedDesk) -> None:
    for command in _setting_up(cup):
        before = canonical_values(cup.desk.state.folded)
        _does(cup, command)
        after = canonical_values(cup.desk.state.folded)
        assert after != before
        _does(cup, commands.Undo())
        assert canonical_values(cup.desk.state.folded) == before
        _does(cup, commands.Redo())
        assert canonical_values(cup.desk.state.folded) == after


def test_setting_up_is_everybodys_until_there_is_an_organiser(cup: TestedDesk) -> None:
    cup.does(commands.AddField(name="Hall"), DESK)
    cup.does(commands.AddPerson(name="Ada", roles=frozenset({Role.ORGANISER})), DESK)
    for command in _setting_up(cup)[:-1]:
        assert [problem.code for problem in cup.desk.why_not(command, DESK)] == ["ORGANISER_ONLY"], command
    assert [problem.code for problem in cup.desk.why_not(commands.Undo(), DESK)] == ["ORGANISER_ONLY"]
    cup.does(commands.AssignTag(tag="seed", team="t-ants"), DESK)
    cup.does(commands.EditMatch(match="m-Final", changes={"length_min": 50}), DESK)
