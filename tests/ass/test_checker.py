"""Checking before evaluating: all at once, sure errors apart from warnings, the wanted type."""

from __future__ import annotations

import pytest

from arctos_desk.ass.checker import Checked
from arctos_desk.ass.types import BOOL, TEAM
from arctos_desk.ass.values import Types
from arctos_desk.scheduling.ass_words import check_in, world_of
from tests.ass.league import four_teams


def checked(text: str, wanted: Types | None = None) -> Checked:
    return check_in(world_of(four_teams()), text, wanted)


def said(text: str, wanted: Types | None = None) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Errors and warnings, each as code and the text it points at."""
    found = checked(text, wanted)
    return (
        [(e.code, text[e.span.start : e.span.end]) for e in found.errors],
        [(e.code, text[e.span.start : e.span.end]) for e in found.warnings],
    )


def test_everything_wrong_is_said_at_once_in_the_order_of_the_text() -> None:
    errors, warnings = said("(list (winner) (+ 1 true) (nosuch [Z::winner]) (if 3 1 2) [paris])")
    assert errors == [
        ("ARITY", "(winner)"),
        ("ARGUMENT_TYPE", "true"),
        ("UNKNOWN_WORD", "nosuch"),
        ("UNKNOWN_MATCH", "[Z::winner]"),
        ("CONDITION_TYPE", "3"),
    ]
    assert warnings == [("UNKNOWN_TEAM", "[paris]")]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("(if (won? [kiel] {A}) 1 (+ 1 true))", ("ARGUMENT_TYPE", "true")),
        ("(lambda (x) (car))", ("ARITY", "(car)")),
        ("(cond ((won? [kiel] {A}) (nosuch)))", ("UNKNOWN_WORD", "nosuch")),
        ("(let ((x 1)) 2)", ("UNUSED_NAME", "x")),
        ("(== {Q} {A})", ("UNKNOWN_MATCH", "{Q}")),
        ("(+ 1 twoo)", ("UNKNOWN_NAME", "twoo")),
    ],
)
def test_what_only_a_branch_meets_or_what_is_waited_for_is_a_warning(text: str, warning: tuple[str, str]) -> None:
    assert said(text) == ([], [warning])


@pytest.mark.parametrize(
    ("text", "wanted", "fits"),
    [
        ("(won? [kiel] {A})", BOOL, True),
        ("(wins [kiel])", BOOL, False),
        ("(if (won? [kiel] {D}) [kiel] (loser {A}))", TEAM, True),
        ("(let ((x (winner {A}))) x)", TEAM, True),
        ("(car everyone)", TEAM, True),
        ("everyone", TEAM, False),
        ("two", BOOL, False),
    ],
)
def test_the_place_of_an_expression_asks_for_a_type(text: str, wanted: Types, fits: bool) -> None:
    assert [code for code, _ in said(text, wanted)[0]] == ([] if fits else ["RESULT_TYPE"])


def test_text_that_cannot_be_read_has_its_reading_errors() -> None:
    assert said("(if (")[0] == [("UNCLOSED", "("), ("UNCLOSED", "(")]


def test_a_mistyped_name_gets_the_nearest_word() -> None:
    assert [remark.error.nearest for remark in checked("(wimner [kil])").remarks] == ["winner", "kiel"]


def test_literals_in_comments_and_their_brackets_are_not_looked_at() -> None:
    assert said("(won? [kiel] {A}) ; [paris] ((") == ([], [])


def test_text_nested_a_thousand_deep_is_checked() -> None:
    assert said("(not " * 900 + "3" + ")" * 900)[0] == [("ARGUMENT_TYPE", "3")]
