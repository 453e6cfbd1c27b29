"""Names that scripts use: made, renamed in every script, deleted only when nothing names them."""

from __future__ import annotations

from typing import Any

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Command
from arctos_desk.operations.reduce import canonical_values
from arctos_desk.tournament.kinds import MatchKind, Side
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.tokens import TagSlot
from arctos_desk.tournament.words import in_english
from tests.operations.desks import ORGANISER, TEN, TestedDesk, desk_with_small_day

CONDITION = "; is it still open?\n(and (> margin 2)\n     (== [tag::Seed 1] [tag:: Seed 1 ]))  ; [tag::Seed 1]"


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.does(commands.AddVariable(name="margin", expression="(- (points-won [ants]) 3)"), ORGANISER)
    tested.does(commands.AddTag(name="Best", expression="(if (> margin 0) [tag::Seed 1] [bees])"), ORGANISER)
    tested.does(commands.AddVariable(name="seeds", expression="(list [tag::Seed 1] [tag::Best])"), ORGANISER)
    changes = {"skip_condition": CONDITION, "referees": (TagSlot("seed"),)}
    tested.does(commands.EditMatch(match="m-Final", changes=changes), ORGANISER)
    tested.does(commands.EditMatch(match="m-B1", changes={"team2": TagSlot("seed")}), ORGANISER)
    return tested


def _does(cup: TestedDesk, command: Command) -> Any:
    return cup.does(command, ORGANISER)


def _problems(cup: TestedDesk, command: Command) -> list[tuple[str, str, str]]:
    """(code, place, words) of every problem; nothing is written."""
    before = cup.event
    with pytest.raises(Refused) as refused:
        _does(cup, command)
    assert cup.event is before
    return [(problem.code, problem.place, in_english(problem.words)) for problem in refused.value.problems]


def _codes(cup: TestedDesk, command: Command) -> list[tuple[str, str]]:
    return [(code, place) for code, place, _ in _problems(cup, command)]


def _tag(cup: TestedDesk, name: str) -> str:
    return next(tag.id for tag in cup.event.tags.values() if tag.name == name)


def _variable(cup: TestedDesk, name: str) -> str:
    return next(one.id for one in cup.event.variables.values() if one.name == name)


def test_a_tag_is_renamed_in_every_script_and_all_else_stays_as_it_was_typed(cup: TestedDesk) -> None:
    outcome = _does(cup, commands.EditTag(tag="seed", name="Top"))
    assert in_english(outcome.label) == "Rename the tag Seed 1 to Top"
    assert cup.match("Final").skip_condition == (
        "; is it still open?\n(and (> margin 2)\n     (== [tag::Top] [tag:: Top ]))  ; [tag::Seed 1]"
    )
    assert cup.event.tags[_tag(cup, "Best")].expression == "(if (> margin 0) [tag::Top] [bees])"
    assert cup.event.variables[_variable(cup, "seeds")].expression == "(list [tag::Top] [tag::Best])"
    assert cup.match("B1").team2 == TagSlot("seed")
    assert not cup.desk.state.solution.problems


def test_a_rename_goes_back_with_all_its_scripts(cup: TestedDesk) -> None:
    before = canonical_values(cup.desk.state.folded)
    _does(cup, commands.EditTag(tag="seed", name="Top"))
    _does(cup, commands.Undo())
    assert canonical_values(cup.desk.state.folded) == before


def test_a_script_that_learned_the_new_name_meanwhile_is_told_before_the_rename_goes_back(cup: TestedDesk) -> None:
    renamed = _does(cup, commands.EditTag(tag="seed", name="Top")).operation
    _does(cup, commands.AddTag(name="Copy", expression="[tag::Top]"))
    rests = cup.desk.preview_undo(renamed).rests
    assert [(reason.code, in_english(reason.words)) for reason in rests] == [("NAMED", "Copy still names Top")]


def test_a_rename_reaches_matches_that_are_over_so_that_what_was_skipped_stays_skipped(cup: TestedDesk) -> None:
    _does(cup, commands.AssignTag(tag="seed", team="t-ants"))
    _does(cup, commands.EditMatch(match="m-Third", changes={"skip_condition": "(won? [tag::Seed 1] {A1})"}))
    cup.clock.now_ms = TEN
    cup.play("A1", Side.TEAM1)
    cup.play("B1", Side.TEAM1)
    assert cup.row("Third").status == "SKIPPED"
    _does(cup, commands.EditTag(tag="seed", name="Top"))
    assert cup.match("Third").skip_condition == "(won? [tag::Top] {A1})"
    assert cup.row("Third").status == "SKIPPED"


def test_a_new_name_and_a_new_expression_in_one_order(cup: TestedDesk) -> None:
    best = _tag(cup, "Best")
    _does(cup, commands.EditTag(tag=best, name="Leader", expression="(winner {A1})"))
    assert (cup.event.tags[best].name, cup.event.tags[best].expression) == ("Leader", "(winner {A1})")
    assert cup.event.variables[_variable(cup, "seeds")].expression == "(list [tag::Seed 1] [tag::Leader])"
    outcome = _does(cup, commands.EditTag(tag=best, expression=""))
    assert in_english(outcome.label) == "Change the expression of the tag Leader"
    assert cup.event.tags[best].expression == ""


def test_a_tag_is_deleted_only_when_nothing_names_it(cup: TestedDesk) -> None:
    used = [words for _, _, words in _problems(cup, commands.DeleteTag(tag="seed"))]
    assert used == [
        "B1 has it as a side",
        "Final has it as a referee",
        "The skip condition of Final names it",
        "The expression of the tag Best names it",
        "The expression of the variable seeds names it",
    ]
    with pytest.raises(Refused) as refused:
        _does(cup, commands.DeleteTag(tag="seed"))
    assert {problem.code for problem in refused.value.problems} == {"IN_USE"}
    assert [problem.about for problem in refused.value.problems][:3] == ["match/m-B1", "match/m-Final", "match/m-Final"]
    free = _does(cup, commands.AddTag(name="Free", expression="[tag::Free]")).value
    assert in_english(_does(cup, commands.DeleteTag(tag=free)).label) == "Delete the tag Free"
    assert free not in cup.event.tags


@pytest.mark.parametrize("name", ["", " ", "a::b", "a,b", "a]b", "x" * 201, "Best"])
def test_a_name_that_cannot_be_written_in_a_script_is_no_name_for_a_tag(cup: TestedDesk, name: str) -> None:
    code = {"": "NAME_REQUIRED", " ": "NAME_REQUIRED", "x" * 201: "TOO_LONG", "Best": "NAME_TAKEN"}.get(
        name, "NAME_CHARS"
    )
    assert _codes(cup, commands.AddTag(name=name)) == [(code, "name")]
    assert _codes(cup, commands.EditTag(tag="seed", name=name)) == [(code, "name")]


def test_an_expression_is_refused_with_every_mistake_its_line_and_its_column(cup: TestedDesk) -> None:
    assert _problems(cup, commands.AddTag(name="Best", expression="(if (won? [ants] {A1})\n (winer {A1}) 3)")) == [
        ("NAME_TAKEN", "name", "Best is there already"),
    ]
    wrong = "(winer (and 1 true)\n  [nobody::winner])"
    assert _problems(cup, commands.EditTag(tag="seed", expression=wrong)) == [
        ("SCRIPT_UNKNOWN_WORD", "expression", "Line 1, column 2: There is no function “winer”."),
        (
            "SCRIPT_ARGUMENT_TYPE",
            "expression",
            "Line 1, column 13: Argument 1 of “and” must be BOOL, not INT.",
        ),
        ("SCRIPT_UNKNOWN_MATCH", "expression", "Line 2, column 3: There is no match “nobody”."),
    ]
    with pytest.raises(Refused) as refused:
        _does(cup, commands.EditTag(tag="seed", expression=wrong))
    assert in_english(refused.value.problems[0].next_step) == "Did you mean “winner”?"  # type: ignore[arg-type]
    assert _codes(cup, commands.EditTag(tag="seed", expression="(> 1 2)")) == [("SCRIPT_RESULT_TYPE", "expression")]
    assert _codes(cup, commands.EditTag(tag="seed", expression="[ants")) == [("SCRIPT_UNCLOSED", "expression")]
    assert _codes(cup, commands.EditTag(tag="seed", expression="x" * 10_001)) == [("TOO_LONG", "expression")]


def test_what_may_be_meant_all_the_same_is_only_remarked(cup: TestedDesk) -> None:
    outcome = _does(cup, commands.EditTag(tag="seed", expression="(if (won? [ant] {A1}) [ants] [bees])"))
    assert [(finding.code, in_english(finding.words)) for finding in outcome.findings] == [
        ("script_unknown_team", "Line 1, column 11: There is no team “ant”.")
    ]


def test_a_tag_that_follows_itself_stands_for_nobody_and_is_no_mistake(cup: TestedDesk) -> None:
    _does(cup, commands.EditTag(tag="seed", expression="[tag::Best]"))
    assert cup.row("B1").team2_id == "t-bees"
    _does(cup, commands.EditTag(tag=_tag(cup, "Best"), expression="[tag::Seed 1]"))
    assert cup.row("B1").team2_id is None


# variables


def test_a_variable_is_renamed_only_where_it_is_meant(cup: TestedDesk) -> None:
    _does(cup, commands.AddVariable(name="own", expression="(let ((margin 1)) (list margin 'margin {margin}))"))
    outcome = _does(cup, commands.EditVariable(variable=_variable(cup, "margin"), name="lead"))
    assert in_english(outcome.label) == "Rename the variable margin to lead"
    assert cup.match("Final").skip_condition == CONDITION.replace("margin", "lead")
    assert cup.event.tags[_tag(cup, "Best")].expression == "(if (> lead 0) [tag::Seed 1] [bees])"
    assert cup.event.variables[_variable(cup, "own")].expression == "(let ((margin 1)) (list margin 'margin {margin}))"


def test_a_new_name_that_a_script_uses_for_itself_is_refused(cup: TestedDesk) -> None:
    _does(cup, commands.AddVariable(name="sum", expression="(let ((lead 1)) (+ lead margin))"))
    assert _problems(cup, commands.EditVariable(variable=_variable(cup, "margin"), name="lead")) == [
        ("NAME_BOUND", "name", "In the expression of the variable sum “lead” means something else")
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "NAME_REQUIRED"),
        ("winner", "RESERVED_NAME"),
        ("let", "RESERVED_NAME"),
        ("true", "RESERVED_NAME"),
        ("5a", "BAD_NAME"),
        ("a b", "BAD_NAME"),
        ("größe", "BAD_NAME"),
        ("seeds", "NAME_TAKEN"),
    ],
)
def test_a_variable_has_a_legal_name_of_its_own(cup: TestedDesk, name: str, code: str) -> None:
    assert _codes(cup, commands.AddVariable(name=name, expression="1")) == [(code, "name")]
    assert _codes(cup, commands.EditVariable(variable=_variable(cup, "margin"), name=name)) == [(code, "name")]


def test_variables_never_need_each_other_in_a_circle(cup: TestedDesk) -> None:
    circle = commands.EditVariable(variable=_variable(cup, "margin"), expression="(len seeds2)")
    _does(cup, commands.AddVariable(name="seeds2", expression="(list margin seeds)"))
    assert _problems(cup, circle) == [
        ("VARIABLE_CYCLE", "expression", "The variables need each other: margin, seeds2.")
    ]
    assert ("VARIABLE_CYCLE", "expression") in _codes(cup, commands.AddVariable(name="me", expression="(+ me 1)"))
    renamed_into_it = commands.EditVariable(variable=_variable(cup, "seeds"), name="free")
    _does(cup, commands.AddVariable(name="odd", expression="(list free)"))
    _does(cup, commands.EditVariable(variable=_variable(cup, "seeds"), expression="(list odd)"))
    assert _codes(cup, renamed_into_it) == [("VARIABLE_CYCLE", "expression")]


def test_an_expression_of_a_variable_may_be_of_any_type_but_not_empty(cup: TestedDesk) -> None:
    for text in ("3", "(lambda (x) x)", "{A1}", "'()"):
        _does(cup, commands.EditVariable(variable=_variable(cup, "seeds"), expression=text))
    assert _codes(cup, commands.EditVariable(variable=_variable(cup, "seeds"), expression=" ")) == [
        ("SCRIPT_EMPTY", "expression")
    ]


def test_a_variable_is_deleted_only_when_no_script_names_it(cup: TestedDesk) -> None:
    assert [words for _, _, words in _problems(cup, commands.DeleteVariable(variable=_variable(cup, "margin")))] == [
        "The skip condition of Final names it",
        "The expression of the tag Best names it",
    ]
    assert in_english(_does(cup, commands.DeleteVariable(variable=_variable(cup, "seeds"))).label) == (
        "Delete the variable seeds"
    )


def test_a_script_that_names_what_goes_is_told_before_it_goes_back(cup: TestedDesk) -> None:
    added = _does(cup, commands.AddVariable(name="limit", expression="3")).operation
    fields = {"previous_id": "m-Final", "field_id": "f2", "length_min": 30, "skip_condition": "(> limit 2)"}
    _does(cup, commands.CreateMatch(name="Last", kind=MatchKind.SAFE, fields=fields))
    assert [in_english(reason.words) for reason in cup.desk.preview_undo(added).rests] == ["Last still names limit"]


def test_a_name_reaches_a_script_from_a_file_that_nobody_can_read(cup: TestedDesk) -> None:
    writes = {"variable/broken": {"rank": 9, "name": "broken", "expression": "((( [tag::Seed 1] margin"}}
    _does(cup, commands.ImportRecords(writes=writes, file_name="day.toml"))
    _does(cup, commands.EditTag(tag="seed", name="Top"))
    _does(cup, commands.EditVariable(variable=_variable(cup, "margin"), name="lead"))
    assert cup.event.variables["broken"].expression == "((( [tag::Top] lead"
