"""What scripts ask of a tournament: words, literals, tags, variables. Spec ass.md §6-§8."""

from __future__ import annotations

from typing import Any

import pytest

from arctos_desk.ass.canonical import canonical
from arctos_desk.ass.evaluator import Failure, Outcome, Unresolved, Value, evaluate_text
from arctos_desk.ass.values import Closure, Team, Unbound, UnresolvedTeam
from arctos_desk.ass.world import TagEntry, World, cyclic_variables
from arctos_desk.scheduling.ass_words import MATCH_WORDS, Facts, Pitch, world_of
from arctos_desk.tournament.kinds import Side, Status
from tests.ass.league import League, four_teams, planned, played


def ask(text: str, facts: Facts) -> Outcome:
    return evaluate_text(text, world_of(facts))


def answer(text: str, facts: Facts) -> Any:
    outcome = ask(text, facts)
    assert not isinstance(outcome, Failure), outcome
    return canonical(outcome.value if isinstance(outcome, Value) else outcome.residual)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(wins [kiel])", 2),
        ("(losses [ulm])", 1),
        ("(points-won [kiel])", 15),
        ("(points-lost [kiel])", 7),
        ("(wins [kiel] (list {A} {A}))", 2),
        ("(losses [kiel] '())", 0),
        ("(points-won [jena] {A})", 0),
        ("(points-won [bonn] (list {A} {D}))", 4),
        ("(won? [jena] {A})", False),
        ("(won? [kiel] {A})", True),
        ("(won? [kiel] {D})", False),
        ("(is-skipped {Extra})", True),
        ("(is-skipped {A})", False),
        ("(winner {D})", {"unresolved_team": "D::winner"}),
        ("[D::loser]", {"unresolved_team": "D::loser"}),
        ("(wins [paris] 3)", None),
        ("(wins [kiel] (list {A} {D}))", {"call": ["wins", {"team": "kiel"}, [{"match": "A"}, {"match": "D"}]]}),
        ("(points-won [kiel] '({A} {Z}))", {"call": ["points-won", {"team": "kiel"}, [{"match": "A"}, None]]}),
        ("(is-skipped {D})", {"call": ["is-skipped", {"match": "D"}]}),
        ("(won? [bonn] {D})", {"call": ["won?", {"team": "bonn"}, {"match": "D"}]}),
    ],
)
def test_words_about_matches(text: str, expected: Any) -> None:
    if text == "(wins [paris] 3)":
        outcome = ask(text, four_teams())
        assert isinstance(outcome, Failure)
        assert outcome.errors[0].code == "ARGUMENT_TYPE"
        return
    found = answer(text, four_teams())
    if text == "(points-won [kiel] '({A} {Z}))":
        expected["call"][2][1] = {"unresolved_match": "Z"}
    assert found == expected


def test_the_same_list_gives_the_same_counts_first_and_later() -> None:
    text = "(let ((ms '({A} {B} {C}))) (map everyone (lambda (t) (list (wins t ms) (losses t ms) (points-won t ms)))))"
    assert answer(text, four_teams()) == [[2, 0, 15], [0, 1, 4], [0, 1, 5], [1, 1, 9]]


def test_an_undecided_match_in_the_list_keeps_every_team_waiting_first_and_later() -> None:
    text = "(let ((ms '({A} {D}))) (map everyone (lambda (t) (wins t ms))))"
    outcome = ask(text, four_teams())
    assert isinstance(outcome, Unresolved)
    assert [part["call"][0] for part in canonical(outcome.residual)] == ["wins"] * 4


def test_a_draw_has_no_winner_for_scripts() -> None:
    facts = League(["a", "b"], [played("M", "a", "b", None)])
    assert answer("(winner {M})", facts) == {"unresolved_team": "M::winner"}
    assert answer("(list (wins [a]) (losses [a]))", facts) == [0, 0]


def test_the_winner_of_a_decided_match_with_an_open_or_unknown_slot_is_unresolved() -> None:
    facts = League(["a"], [played("M", "a", "ghost", 2), played("N", "a", "", 1)])
    facts.change("N", team1=None)
    assert answer("(winner {M})", facts) == {"unresolved_team": "ghost"}
    assert answer("(winner {N})", facts) == {"unresolved_team": "N::winner"}


def test_a_match_of_a_team_against_itself_counts_on_both_sides() -> None:
    facts = League(["a"], [played("M", "a", "a", 1, (3, 2))])
    assert answer("(list (wins [a]) (losses [a]) (points-won [a]))", facts) == [1, 1, 5]


def test_ids_with_blanks_are_found_as_written_before_blanks_are_dropped() -> None:
    facts = League([" a", "a"], [])
    assert answer("(list [ a] [a] [a ])", facts) == [{"team": " a"}, {"team": "a"}, {"team": "a"}]


def test_refreshing_shows_new_results_to_statistics_tags_and_variables() -> None:
    facts = four_teams()
    facts.stored["later"] = "(winner {D})"
    world = world_of(facts)
    text = "(list (wins [jena]) (== [tag::Later] [jena]) later)"
    assert isinstance(evaluate_text(text, world), Unresolved)
    facts.change("D", winner=Side.TEAM2, status=Status.COMPLETED)
    world.refresh()
    outcome = evaluate_text(text, world)
    assert isinstance(outcome, Value)
    assert canonical(outcome.value) == [1, True, {"team": "jena"}]


def test_a_world_can_tell_which_facts_were_read() -> None:
    reads: set[tuple[str, str]] = set()
    evaluate_text("(if (won? [kiel] {A}) (is-skipped {Extra}) (wins [bonn]))", world_of(four_teams(), reads))
    assert reads == {("team", "kiel"), ("match", "A"), ("result", "A"), ("match", "Extra"), ("status", "Extra")}


# tags


def tag(name: str, facts: Facts) -> Any:
    return answer(f"[tag::{name}]", facts)


def test_an_assigned_team_comes_before_the_expression_even_when_it_is_unknown() -> None:
    facts = League(["a"], tags={"Known": TagEntry("a", "[b]"), "Ghost": TagEntry("ghost", "[a]")})
    assert tag("Known", facts) == {"team": "a"}
    assert tag("Ghost", facts) == {"unresolved_team": "tag::Ghost"}


@pytest.mark.parametrize(
    "expression", ["", " ", "(", "3", "nil", "(list [a])", "[b]", "(winner {Z})", "(/ 1 0)", "[tag::Nowhere]", "nope"]
)
def test_a_tag_whose_expression_gives_no_known_team_is_unresolved_never_an_error(expression: str) -> None:
    assert tag("T", League(["a"], tags={"T": expression})) == {"unresolved_team": "tag::T"}


def test_tags_that_need_each_other_are_unresolved() -> None:
    facts = League(["a"], tags={"One": "[tag::Two]", "Two": "[tag::Three]", "Three": "[tag::One]", "Free": "[a]"})
    assert [tag(name, facts) for name in ("One", "Two", "Three")] == [
        {"unresolved_team": f"tag::{name}"} for name in ("One", "Two", "Three")
    ]
    assert tag("Free", facts) == {"team": "a"}


def test_a_self_reference_that_is_not_reached_does_no_harm() -> None:
    assert tag("T", League(["a"], tags={"T": "(if true [a] [tag::T])"})) == {"team": "a"}


def test_what_a_cycle_left_unresolved_on_the_way_is_not_kept() -> None:
    tags = {
        "Head": "(if (== [tag::Other] [b]) [a] [a])",
        "Other": "(if (== [tag::Head] [a]) [b] [b])",
        "Sure": "(if true [a] [tag::Unsure])",
        "Unsure": "[tag::Sure]",
    }
    for order in (["Sure", "Unsure"], ["Unsure", "Sure"]):
        world = world_of(League(["a", "b"], tags=tags))
        for name in order:
            outcome = evaluate_text(f"[tag::{name}]", world)
            assert isinstance(outcome, Value)
            assert outcome.value == Team("a")


def test_a_chain_of_a_thousand_tags_costs_no_stack() -> None:
    tags = {f"T{i}": f"[tag::T{i + 1}]" for i in range(1_000)} | {"T1000": "[a]"}
    assert tag("T0", League(["a"], tags=tags)) == {"team": "a"}


def test_a_circle_of_three_hundred_tags_is_unresolved() -> None:
    tags = {f"T{i}": f"[tag::T{(i + 1) % 300}]" for i in range(300)}
    assert tag("T7", League(["a"], tags=tags)) == {"unresolved_team": "tag::T7"}


def test_many_tags_that_all_need_each_other_end() -> None:
    tags = {f"T{i}": "(car (list " + " ".join(f"[tag::T{j}]" for j in range(25)) + "))" for i in range(25)}
    assert tag("T3", League(["a"], tags=tags)) == {"unresolved_team": "tag::T3"}


# variables


def variables(facts: Facts) -> dict[str, Any]:
    world = World(Pitch(facts), world_of(facts).vocabulary)
    return {name: canonical(value) for name, value in world.variable_values().items()}


def test_variables_are_worked_out_in_any_order_of_rows() -> None:
    stored = {"c": "(+ b 1)", "b": "(+ a 1)", "a": "1"}
    assert variables(League(variables=stored)) == {"a": 1, "b": 2, "c": 3}
    assert variables(League(variables=dict(reversed(stored.items())))) == {"a": 1, "b": 2, "c": 3}


def test_variables_in_a_cycle_are_unbound_and_others_are_not() -> None:
    stored = {"x": "(+ y 1)", "y": "(+ x 1)", "self": "(lambda (n) (self n))", "z": "(+ x 1)", "ok": "5"}
    assert cyclic_variables(stored) == {"x", "y", "self"}
    assert variables(League(variables=stored)) == {"z": {"call": ["+", {"symbol": "x"}, 1]}, "ok": 5}


@pytest.mark.parametrize("expression", ["", "(", "(/ 1 0)", "1 2", "((lambda (f) (f f)) (lambda (f) (f f)))"])
def test_a_variable_without_a_value_behaves_like_an_unknown_name(expression: str) -> None:
    facts = League(variables={"v": expression})
    assert answer("(+ v 1)", facts) == {"call": ["+", {"symbol": "v"}, 1]}
    outcome = ask("(v 1)", facts)
    assert isinstance(outcome, Failure)
    assert outcome.errors[0].code == "UNKNOWN_WORD"


def test_names_inside_quotes_lambdas_and_lets_make_no_cycle() -> None:
    stored = {"a": "(let ((b 1)) ((lambda (c) (+ b c)) (len '(a b c))))", "b": "a", "c": "b"}
    assert variables(League(variables=stored)) == {"a": 4, "b": 4, "c": 4}


def test_a_name_that_is_no_identifier_or_belongs_to_the_language_binds_nothing() -> None:
    stored = {"1a": "1", "len": "2", "if": "3", "true": "4", "good": "5"}
    assert variables(League(variables=stored)) == {"good": 5}


def test_variables_and_tags_may_need_each_other() -> None:
    facts = League(
        ["a", "b"],
        [played("M", "a", "b", 1)],
        {"Top": "(if (== least 1) first-team [b])", "Loop": "(if (== 0 (wins looped)) [a] [b])"},
        {"least": "(wins [a])", "first-team": "[a]", "top-wins": "(wins [tag::Top])", "looped": "[tag::Loop]"},
    )
    assert tag("Top", facts) == {"team": "a"}
    assert answer("top-wins", facts) == 1
    assert tag("Loop", facts) == {"unresolved_team": "tag::Loop"}


def test_functions_keep_the_names_of_where_they_were_made() -> None:
    facts = League(variables={"n": "10", "add": "(lambda (x) (+ x n))"})
    world = world_of(facts)
    assert isinstance(world.variable("add"), Closure)
    assert answer("(let ((n 1)) (add n))", facts) == 11


def test_a_chain_of_a_thousand_variables_costs_no_stack() -> None:
    stored = {f"v{i}": f"(+ 1 v{i + 1})" for i in range(1_000)} | {"v1000": "0"}
    assert answer("v0", League(variables=stored)) == 1_000


def test_unknown_names_and_tags_stay_what_they_are() -> None:
    world = world_of(four_teams())
    assert world.variable("nope") == Unbound("nope")
    assert world.tag("Nobody") == UnresolvedTeam("tag::Nobody")


def test_every_word_has_signature_help_and_a_result() -> None:
    vocabulary = world_of(League()).vocabulary
    assert len(vocabulary.words) == 40
    for word in vocabulary.words.values():
        assert word.signature.startswith(f"({word.name}")
        assert word.help.endswith(".")
        assert word.expected()
    assert {word.name for word in MATCH_WORDS} <= set(vocabulary.words)
    assert vocabulary.words["reduce"].signature == "(reduce list function) | (reduce list start function)"


def test_planned_matches_are_there_before_anybody_plays() -> None:
    assert answer("{M}", League(matches=[planned("M")])) == {"match": "M"}
