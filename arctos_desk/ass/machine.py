"""Evaluates forms step by step with a stack of its own: as deep as the budget allows, whatever Python's stack is.

Slower than `compiler` and used only where that gives up. Every form is a generator that yields the generators of its
parts and is sent their values; `_drive` keeps them in a list. Must agree with `compiler` in everything but speed.
"""

from __future__ import annotations

from collections.abc import Generator
from types import GeneratorType
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.ass.compiler import (
    Scope,
    Unit,
    call_fault,
    condition_fault,
    position,
    quoted,
    waiting_cond,
    waiting_if,
    wrong_count,
)
from arctos_desk.ass.errors import Kind, ScriptFault, Trouble
from arctos_desk.ass.forms import (
    CONSTANTS,
    SPECIAL,
    Form,
    IntegerForm,
    ListForm,
    MatchForm,
    NameForm,
    TeamForm,
)
from arctos_desk.ass.values import Closure, Datum, Env, Held, Residual, Symbol, Unbound
from arctos_desk.ass.walk import clause_parts, form_fault, lambda_parts, let_parts
from arctos_desk.ass.words import WAIT, Word, check, perform

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run

Stepping = Generator[Any, Datum, Any]


class _Hold:
    """Evaluate this, and give its error as a value instead of raising it."""

    __slots__ = ("form", "steps", "unit")

    def __init__(self, form: Form, steps: Stepping, unit: Unit) -> None:
        self.form = form
        self.steps = steps
        self.unit = unit


class _NotSimple:
    __slots__ = ()


_NOT_SIMPLE: Final = _NotSimple()


def run_machine(form: Form, scope: Scope, env: Env, run: Run, unit: Unit) -> Datum:
    """The value of a form, however deep it is nested or calls itself."""
    return _drive(_steps(form, scope, env, run, unit), run, unit, form)


def _drive(first: Stepping, run: Run, unit: Unit, form: Form) -> Datum:
    stack: list[Stepping] = [first]
    holds: list[tuple[int, _Hold]] = []
    value: Datum = None
    limit = run.budget.depth
    while stack:
        try:
            request = stack[-1].send(value)
        except StopIteration as stop:
            stack.pop()
            value = stop.value
            if type(value) is GeneratorType:  # the last thing a form asks for takes its place
                stack.append(value)
                value = None
                continue
            if holds and holds[-1][0] == len(stack):
                holds.pop()
            continue
        except ScriptFault as wrong:
            if not holds or wrong.error.kind is Kind.LIMIT:
                raise
            height, hold = holds.pop()
            del stack[height:]
            value = Held(hold.form, hold.unit.source, wrong.error)
            continue
        if type(request) is _Hold:
            holds.append((len(stack), request))
            stack.append(request.steps)
        else:
            stack.append(request)
        value = None
        if len(stack) > limit:
            raise unit.fault("DEPTH", form.span, limit=limit)
    return value


def _simple(form: Form, scope: Scope, env: Env, run: Run, unit: Unit) -> Datum | _NotSimple:
    """The value of a form that needs no steps of its own."""
    if isinstance(form, NameForm):
        name = form.name
        if name in CONSTANTS:
            return CONSTANTS[name]
        index = position(name, scope)
        if index:
            return env[index]  # type: ignore[no-any-return]
        if name in SPECIAL:
            return Symbol(name)
        word = unit.vocabulary.words.get(name)
        if word is not None and not word.extension:
            return Symbol(name)
        value: Datum = env[0][name]
        return Symbol(name) if word is not None and isinstance(value, Unbound) else value
    if isinstance(form, IntegerForm):
        return form.value
    if isinstance(form, ListForm):
        return _NOT_SIMPLE if form.items else ()
    if isinstance(form, TeamForm):
        try:
            return run.world.team(form.text, run)
        except Trouble as trouble:
            raise trouble.placed(form.span, unit.source) from None
    if isinstance(form, MatchForm):
        return run.world.match(form.text)
    return quoted(form.form, run, unit)


def _steps(form: Form, scope: Scope, env: Env, run: Run, unit: Unit) -> Stepping:
    """The steps of any form."""
    if isinstance(form, ListForm) and form.items:
        head = form.items[0]
        if isinstance(head, NameForm) and head.name in SPECIAL and not position(head.name, scope):
            return _special(head.name, form, scope, env, run, unit)
        return _call(form, scope, env, run, unit)
    return _done(form, scope, env, run, unit)


def _done(form: Form, scope: Scope, env: Env, run: Run, unit: Unit) -> Stepping:
    value = _simple(form, scope, env, run, unit)
    if isinstance(value, _NotSimple):
        value = yield _steps(form, scope, env, run, unit)
    return value


def _special(name: str, form: ListForm, scope: Scope, env: Env, run: Run, unit: Unit) -> Stepping:
    wrong = form_fault(form, name, unit.source, unit.vocabulary.is_reserved)
    if wrong is not None:
        raise wrong
    if name == "quote":
        return quoted(form.items[1], run, unit)
    if name == "lambda":
        function = lambda_parts(form)
        assert function is not None
        return Closure(tuple(param.name for param in function[0]), function[1], scope, env, unit)
    if name == "let":
        parts = let_parts(form)
        assert parts is not None
        for local, bound in parts[0]:
            value = _simple(bound, scope, env, run, unit)
            if isinstance(value, _NotSimple):
                value = yield _steps(bound, scope, env, run, unit)
            scope = (*scope, local.name)
            env = (*env, value)
        return _steps(parts[1], scope, env, run, unit)
    if name == "cond":
        return _cond(form, scope, env, run, unit)
    _, condition, then, otherwise = form.items
    answer = _simple(condition, scope, env, run, unit)
    if isinstance(answer, _NotSimple):
        answer = yield _steps(condition, scope, env, run, unit)
    if answer is True or answer is False:
        taken = then if answer else otherwise
        value = _simple(taken, scope, env, run, unit)
        if isinstance(value, _NotSimple):
            return _steps(taken, scope, env, run, unit)
        return value
    wrong = condition_fault("if", answer, condition.span, unit)
    if wrong is not None:
        raise wrong
    one = yield _Hold(then, _steps(then, scope, env, run, unit), unit)
    other = yield _Hold(otherwise, _steps(otherwise, scope, env, run, unit), unit)
    return waiting_if(answer, one, other)


def _cond(form: ListForm, scope: Scope, env: Env, run: Run, unit: Unit) -> Stepping:
    kept: list[tuple[Datum, Datum]] = []
    for clause in form.items[1:]:
        pair = clause_parts(clause)
        if pair is None:
            raise unit.fault("CLAUSE_SHAPE", clause.span)
        condition, result = pair
        if kept:
            answer = yield _Hold(condition, _steps(condition, scope, env, run, unit), unit)
        else:
            answer = yield _steps(condition, scope, env, run, unit)
            if answer is True:
                return _steps(result, scope, env, run, unit)
            if answer is False:
                continue
            wrong = condition_fault("cond", answer, condition.span, unit)
            if wrong is not None:
                raise wrong
        value = yield _Hold(result, _steps(result, scope, env, run, unit), unit)
        kept.append((answer, value))
    return waiting_cond(kept) if kept else None


def _call(form: ListForm, scope: Scope, env: Env, run: Run, unit: Unit) -> Stepping:
    run.steps -= len(form.items)
    if run.steps < 0:
        raise unit.fault("STEPS", form.span, limit=run.budget.steps)
    head = form.items[0]
    function = _simple(head, scope, env, run, unit)
    if isinstance(function, _NotSimple):
        function = yield _steps(head, scope, env, run, unit)
    word: Word | None = None
    if isinstance(function, Symbol):
        if function.name in SPECIAL:
            return _special(function.name, form, scope, env, run, unit)
        word = unit.vocabulary.words.get(function.name)
        if word is None:
            raise call_fault(function, form, run, unit)
    elif not isinstance(function, Closure):
        raise call_fault(function, form, run, unit)
    values: list[Datum] = []
    for item in form.items[1:]:
        value = _simple(item, scope, env, run, unit)
        if isinstance(value, _NotSimple):
            value = yield _steps(item, scope, env, run, unit)
        values.append(value)
    args = tuple(values)
    if word is None:
        assert isinstance(function, Closure)
        return (yield _apply(function, args, run, form, unit))
    if not word.applies:
        return perform(run, word, args, form, unit.source)
    waiting = check(run, word, args, form, unit.source)
    if waiting is not None:
        return waiting
    try:
        asking = word.call(run, *args)
        asked, given = next(asking)
        while True:
            answer = yield _apply(asked, given, run, form, unit)
            asked, given = asking.send(answer)
    except StopIteration as stop:
        result = stop.value
    except Trouble as trouble:
        raise trouble.placed(form.span, unit.source) from None
    if result is WAIT:
        return Residual(word.name, args, word.types_of(args))
    return result


def _apply(function: Closure, args: tuple[Datum, ...], run: Run, form: ListForm, unit: Unit) -> Stepping:
    """The steps of a function call: those of its body where it was made."""
    if len(args) != len(function.params):
        raise wrong_count(function, len(args), form, unit)
    return _steps(function.body, function.scope + function.params, function.env + args, run, function.unit)
