"""What holds for every script, by random programs."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.ass.budget import DEFAULT, Budget
from arctos_desk.ass.canonical import canonical
from arctos_desk.ass.errors import plain
from arctos_desk.ass.evaluator import (
    Compiled,
    Failure,
    Outcome,
    Unresolved,
    Value,
    compile_program,
    evaluate,
    evaluate_text,
)
from arctos_desk.ass.forms import Form
from arctos_desk.ass.printer import write_form, write_value
from arctos_desk.ass.reader import read
from arctos_desk.ass.types import may_be
from arctos_desk.scheduling.ass_words import VOCABULARY, check_in, dependencies, dependencies_through, world_of
from arctos_desk.tournament.kinds import Side, Status
from tests.ass.league import four_teams
from tests.ass.programs import any_forms, programs, sound_programs
from tests.trying import tries

SMALL = Budget(steps=20_000, depth=500, list_length=2_000, digits=400, result_size=5_000)


def told(outcome: Outcome) -> str:
    """An outcome as text that can be compared."""
    if isinstance(outcome, Failure):
        return f"failure {[(e.code, e.params, e.span) for e in outcome.errors]}"
    word, datum = ("value", outcome.value) if isinstance(outcome, Value) else ("unresolved", outcome.residual)
    return f"{word} {json.dumps(canonical(datum))} {sorted(outcome.types)}"


@given(any_forms)
def test_reading_what_was_printed_gives_the_same_form(form: Form) -> None:
    assert read(write_form(form)).form == form


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    program = read(text)
    assert (program.form is None) == bool(program.errors)
    for error in program.errors:
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert error.place.line >= 1
        assert "{" not in plain(error).replace(text, "") or "{" in text


@given(st.one_of(st.text(max_size=60), st.text("()[]{}'; \n-+if10:atlm", max_size=60), any_forms.map(write_form)))
def test_evaluating_any_text_gives_an_outcome_never_an_exception(text: str) -> None:
    outcome = evaluate_text(text, world_of(four_teams()), budget=SMALL)
    assert isinstance(outcome, (Value, Unresolved, Failure))
    for error in outcome.errors if isinstance(outcome, Failure) else ():
        assert plain(error)


@settings(max_examples=tries(400))
@given(programs)
def test_evaluating_a_program_gives_an_outcome_with_types_or_errors_with_places(text: str) -> None:
    outcome = evaluate_text(text, world_of(four_teams()), budget=SMALL)
    if isinstance(outcome, Failure):
        for error in outcome.errors:
            assert error.source is not None
            assert 0 <= error.span.start < error.span.end <= len(error.source.text)
    else:
        assert outcome.types


@settings(max_examples=tries(400))
@given(st.one_of(programs, sound_programs))
def test_the_machine_and_the_closures_agree(text: str) -> None:
    program = read(text)
    compiled = compile_program(program, VOCABULARY)
    without_code = Compiled(program, compiled.unit, None)
    quick = evaluate(compiled, world_of(four_teams()), budget=DEFAULT)
    stepwise = evaluate(without_code, world_of(four_teams()), budget=DEFAULT)
    assert told(quick) == told(stepwise)


@settings(max_examples=tries(400))
@given(st.one_of(programs, sound_programs))
def test_what_is_shown_of_a_resolved_value_evaluates_to_it(text: str) -> None:
    world = world_of(four_teams())
    outcome = evaluate_text(text, world)
    if isinstance(outcome, Value) and "lambda" not in write_value(outcome.value):
        assert told(evaluate_text(write_value(outcome.value), world)) == told(outcome)


@settings(max_examples=tries(300))
@given(st.one_of(programs, sound_programs))
def test_a_residual_evaluated_after_more_facts_equals_its_source_evaluated_afresh(text: str) -> None:
    league = four_teams()
    before = evaluate_text(text, world_of(league))
    if not isinstance(before, Unresolved) or "lambda" in text or "double" in text:
        return
    residual = write_value(before.residual)
    league.change("D", winner=Side.TEAM1, status=Status.COMPLETED)
    afresh = evaluate_text(text, world_of(league))
    later = evaluate_text(residual, world_of(league))
    if isinstance(afresh, Value):
        assert told(later) == told(afresh)


@settings(max_examples=tries(300))
@given(st.lists(programs, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_dependencies_do_not_depend_on_the_order_of_arguments(parts: list[str], chance: object) -> None:
    shuffled = sorted(parts, key=lambda _: chance.random())  # type: ignore[attr-defined]
    for find in (dependencies, lambda text: dependencies_through(text, four_teams())):
        one, other = find(f"(list {' '.join(parts)})"), find(f"(list {' '.join(shuffled)})")
        assert one == other
        assert not one.direct & one.skip


@settings(max_examples=tries(300))
@given(st.one_of(programs, sound_programs))
def test_following_names_never_loses_a_dependency(text: str) -> None:
    plain_ones, followed = dependencies(text), dependencies_through(text, four_teams())
    assert plain_ones.direct <= followed.direct
    assert plain_ones.skip <= followed.skip | followed.direct


@settings(max_examples=tries(500))
@given(st.one_of(programs, sound_programs))
def test_the_checker_never_rejects_what_evaluates(text: str) -> None:
    world = world_of(four_teams())
    outcome = evaluate_text(text, world)
    if isinstance(outcome, Failure):
        return
    checked = check_in(world, text, outcome.types if isinstance(outcome, Value) else None)
    assert checked.errors == ()
    if isinstance(outcome, Value):
        assert may_be(checked.types, outcome.types)


@settings(max_examples=tries(300))
@given(sound_programs)
def test_a_refreshed_world_answers_like_a_new_one(text: str) -> None:
    league = four_teams()
    world = world_of(league)
    evaluate_text(text, world)
    league.change("D", winner=Side.TEAM2, status=Status.COMPLETED, points=(4, 9))
    league.change("C", winner=Side.TEAM1)
    world.refresh()
    assert told(evaluate_text(text, world)) == told(evaluate_text(text, world_of(league)))


@settings(max_examples=tries(300))
@given(sound_programs)
def test_facts_that_were_not_read_change_nothing(text: str) -> None:
    league = four_teams()
    reads: set[tuple[str, str]] = set()
    before = evaluate_text(text, world_of(league, reads))
    if ("records", "") not in reads:
        for name in ("A", "B", "C", "D", "Extra"):
            if not reads & {("result", name), ("points", name), ("status", name)}:
                league.change(name, winner=Side.TEAM2, status=Status.IN_PROGRESS, points=(50, 60))
        assert told(evaluate_text(text, world_of(league))) == told(before)
