"""Where scripts name a tag or a variable, and what a new name leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.ass import read
from arctos_desk.ass.naming import means_its_own, tag_places, variable_places, with_name
from arctos_desk.ass.walk import mentions
from tests.trying import tries


def tag_renamed(text: str, old: str, new: str) -> str:
    return with_name(text, tag_places(text, old), new)


def variable_renamed(text: str, old: str, new: str) -> str:
    return with_name(text, variable_places(text, old), new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tag::Seed 1]", "[tag::Top]"),
        (
            "(== [ tag :: Seed 1 ]\n  [tag::Seed 1]) ; [tag::Seed 1]",
            "(== [ tag :: Top ]\n  [tag::Top]) ; [tag::Seed 1]",
        ),
        (
            "(list [tag::Seed 10] [Seed 1] {Seed 1} [Seed 1::winner])",
            "(list [tag::Seed 10] [Seed 1] {Seed 1} [Seed 1::winner])",
        ),
        ("'([tag::Seed 1])", "'([tag::Top])"),
        ("(winner [tag::Seed 1", "(winner [tag::Seed 1"),
        ("((won? [tag::Seed 1] {A1}", "((won? [tag::Top] {A1}"),
    ],
)
def test_a_tag_gets_its_new_name_and_all_else_stays(before: str, after: str) -> None:
    assert tag_renamed(before, "Seed 1", "Top") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(> margin 3)", "(> lead 3)"),
        ("(+ margin margin2) ; margin", "(+ lead margin2) ; margin"),
        ("(margin 1)", "(lead 1)"),
        ("(let ((margin 1)) margin)", "(let ((margin 1)) margin)"),
        ("(let ((margin margin)) margin)", "(let ((margin lead)) margin)"),
        ("(list margin (lambda (margin) (+ margin 1)))", "(list lead (lambda (margin) (+ margin 1)))"),
        (
            "(list 'margin '(margin) (quote margin) {margin} [margin])",
            "(list 'margin '(margin) (quote margin) {margin} [margin])",
        ),
        ("(cond ((> margin 1) margin))", "(cond ((> lead 1) lead))"),
        ("(> margin 3", "(> lead 3"),
    ],
)
def test_a_variable_gets_its_new_name_only_where_it_is_meant(before: str, after: str) -> None:
    assert variable_renamed(before, "margin", "lead") == after


def test_a_name_that_a_script_means_for_itself_is_noticed() -> None:
    assert means_its_own("(let ((lead 1)) (+ lead margin))", "margin", "lead")
    assert not means_its_own("(list margin (let ((lead 1)) lead))", "margin", "lead")
    assert not means_its_own("(let ((margin 1)) (let ((lead 2)) margin))", "margin", "lead")


_NAMES = st.sampled_from(["a", "b", "seed", "true", "+", "car"])


def _within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=4).map(lambda items: "(" + " ".join(items) + ")"),
        st.tuples(_NAMES, inner, inner).map(lambda x: f"(let (({x[0]} {x[1]})) {x[2]})"),
        st.tuples(_NAMES, inner).map(lambda x: f"(lambda ({x[0]})\n {x[1]})"),
        inner.map(lambda text: f"'{text}"),
    )


_TEXTS = st.recursive(
    st.one_of(_NAMES, st.sampled_from(["[tag::a]", "[tag:: b ]", "[a]", "{a}", "[tag::a b]", "[a::winner]", "7"])),
    _within,
    max_leaves=12,
)


@settings(max_examples=tries(60), deadline=None)
@given(_TEXTS, st.sampled_from(["a", "b"]))
def test_a_new_name_goes_there_and_back(text: str, name: str) -> None:
    new = "quite-new"
    for places in (tag_places, variable_places):
        renamed = with_name(text, places(text, name), new)
        assert len(places(renamed, new)) == len(places(text, name))
        assert not places(renamed, name)
        assert with_name(renamed, places(renamed, new), name) == text


@settings(max_examples=tries(60), deadline=None)
@given(_TEXTS)
def test_a_variable_is_found_exactly_where_it_is_mentioned(text: str) -> None:
    form = read(text).form
    assert form is not None
    for name in ("a", "b", "seed"):
        assert bool(variable_places(text, name)) is (name in mentions(form).names)
