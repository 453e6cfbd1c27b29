"""Turns forms into Python closures, once per expression: the quick way to evaluate.

Stops where Python's stack would be asked too much.

Every closure takes (env, run). `env` is a tuple: element 0 the free names, then the locals. Errors are raised where
they are evaluated, never while compiling: a mistake in a branch that is not taken does no harm. The same language is
evaluated step by step in `machine`, which needs no stack; both must always agree.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.ass import types
from arctos_desk.ass.errors import Kind, ScriptFault, Trouble, fault, nearest
from arctos_desk.ass.forms import (
    CONSTANTS,
    SPECIAL,
    Form,
    IntegerForm,
    ListForm,
    MatchForm,
    NameForm,
    QuoteForm,
    TeamForm,
    depth_of,
    size_of,
)
from arctos_desk.ass.source import Source, Span
from arctos_desk.ass.values import Closure, Code, Datum, Env, Held, Residual, Symbol, Unbound, is_unresolved
from arctos_desk.ass.walk import clause_parts, form_fault, lambda_parts, let_parts
from arctos_desk.ass.words import WAIT, Vocabulary, Word, check, perform

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run

Ready = Callable[[Env, Any], Datum]
Scope = tuple[str, ...]

QUICK_DEPTH: Final = 220
"""Nested calls that closures may stack; beyond it the machine takes over.

Python allows a thousand frames, others need some.
"""

TOP: Final[Scope] = ("",)


class TooDeepToBeQuick(Exception):
    """Start again in the machine: scripts have no effects, so nothing has happened yet."""


class Unit:
    """One source and the words it is compiled for."""

    __slots__ = ("source", "vocabulary")

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary

    def fault(self, code: str, span: Span, near: str = "", /, **params: str | int) -> ScriptFault:
        return fault(code, span, self.source, near, **params)


def ready(form: Form, scope: Scope, unit: Unit) -> Code | None:
    """The form as code; None when it is nested too deep for closures."""
    if depth_of(form) > QUICK_DEPTH:
        return None
    return Code(_form(form, scope, unit), depth_of(form) + 1, size_of(form))


def position(name: str, scope: Scope) -> int:
    """Where a local stands in env; 0 when the name is no local. The innermost wins."""
    for index in range(len(scope) - 1, 0, -1):
        if scope[index] == name:
            return index
    return 0


def _form(form: Form, scope: Scope, unit: Unit) -> Ready:
    if isinstance(form, NameForm):
        return _name(form, scope, unit)
    if isinstance(form, ListForm):
        return _list(form, scope, unit) if form.items else _constant(())
    if isinstance(form, IntegerForm):
        return _constant(form.value)
    if isinstance(form, TeamForm):
        return _team(form, unit)
    if isinstance(form, MatchForm):
        return _match(form, unit)
    return _quote(form.form, unit)


def _constant(value: Datum) -> Ready:
    def constant(_env: Env, _run: Run) -> Datum:
        return value

    return constant


def _raise(error: ScriptFault) -> Ready:
    def wrong(_env: Env, _run: Run) -> Datum:
        raise ScriptFault(error.error)

    return wrong


def _name(form: NameForm, scope: Scope, unit: Unit) -> Ready:
    name = form.name
    if name in CONSTANTS:
        return _constant(CONSTANTS[name])
    index = position(name, scope)
    if index:
        return _local(index)
    if name in SPECIAL:
        return _constant(Symbol(name))
    word = unit.vocabulary.words.get(name)
    if word is not None and not word.extension:
        return _constant(Symbol(name))
    if word is not None:
        return _extension_name(name)

    def free(env: Env, _run: Run) -> Datum:
        return env[0][name]  # type: ignore[no-any-return]

    return free


def _local(index: int) -> Ready:
    def local(env: Env, _run: Run) -> Datum:
        return env[index]  # type: ignore[no-any-return]

    return local


def _extension_name(name: str) -> Ready:
    """The event's own names come before words that the reference language lacks."""
    word = Symbol(name)

    def own_or_word(env: Env, _run: Run) -> Datum:
        value: Datum = env[0][name]
        return word if isinstance(value, Unbound) else value

    return own_or_word


def _team(form: TeamForm, unit: Unit) -> Ready:
    text, span, source = form.text, form.span, unit.source

    def team(_env: Env, run: Run) -> Datum:
        known = run.teams.get(text)
        if known is not None:
            return known
        try:
            return run.world.team(text, run)
        except Trouble as trouble:
            raise trouble.placed(span, source) from None

    return team


def _match(form: MatchForm, unit: Unit) -> Ready:
    text = form.text
    del unit

    def match(_env: Env, run: Run) -> Datum:
        return run.world.match(text)

    return match


def quoted(form: Form, run: Run, unit: Unit) -> Datum:
    """A form as data. Team and match literals are looked up, and may raise, even here."""
    done: list[Datum] = []
    todo: list[Form | int] = [form]  # a number: so many of the last results make a list
    while todo:
        here = todo.pop()
        if isinstance(here, int):
            rows = tuple(done[len(done) - here :])
            del done[len(done) - here :]
            done.append(rows)
        elif isinstance(here, IntegerForm):
            done.append(here.value)
        elif isinstance(here, NameForm):
            done.append(CONSTANTS[here.name] if here.name in CONSTANTS else Symbol(here.name))
        elif isinstance(here, TeamForm):
            try:
                done.append(run.world.team(here.text, run))
            except Trouble as trouble:
                raise trouble.placed(here.span, unit.source) from None
        elif isinstance(here, MatchForm):
            done.append(run.world.match(here.text))
        elif isinstance(here, QuoteForm):
            done.append(Symbol("quote"))
            todo += (2, here.form)
        else:
            todo.append(len(here.items))
            todo += reversed(here.items)
    return done[0]


def is_plain(form: Form) -> bool:
    """Whether quoting it gives the same everywhere: no team or match literal within."""
    todo = [form]
    while todo:
        here = todo.pop()
        if isinstance(here, (TeamForm, MatchForm)):
            return False
        if isinstance(here, QuoteForm):
            todo.append(here.form)
        elif isinstance(here, ListForm):
            todo += here.items
    return True


def _quote(form: Form, unit: Unit) -> Ready:
    if is_plain(form):
        return _constant(quoted(form, None, unit))  # type: ignore[arg-type]  # nothing to look up

    def data(_env: Env, run: Run) -> Datum:
        return quoted(form, run, unit)

    return data


def _list(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    head = form.items[0]
    if isinstance(head, NameForm) and not position(head.name, scope) and head.name not in CONSTANTS:
        if head.name in SPECIAL:
            return special(head.name, form, scope, unit)
        word = unit.vocabulary.words.get(head.name)
        if word is not None and not word.extension:
            return _word(word, form, scope, unit)
    return _call(form, scope, unit)


# special forms


def special(name: str, form: ListForm, scope: Scope, unit: Unit) -> Ready:
    wrong = form_fault(form, name, unit.source, unit.vocabulary.is_reserved)
    if wrong is not None:
        return _raise(wrong)
    if name == "quote":
        return _quote(form.items[1], unit)
    if name == "if":
        return _if(form, scope, unit)
    if name == "cond":
        return _cond(form, scope, unit)
    if name == "let":
        return _let(form, scope, unit)
    return _lambda(form, scope, unit)


def condition_fault(form_name: str, value: Datum, span: Span, unit: Unit) -> ScriptFault | None:
    """The error of a condition that can never be true or false."""
    found = types.types_of(value)
    if types.may_be(found, types.BOOL) and is_unresolved(value):
        return None
    return unit.fault("CONDITION_TYPE", span, form=form_name, found=types.in_words(found))


def waiting_if(condition: Datum, then: Datum, otherwise: Datum) -> Residual:
    return Residual("if", (condition, then, otherwise), types.union(types.types_of(then), types.types_of(otherwise)))


def waiting_cond(clauses: list[tuple[Datum, Datum]]) -> Residual:
    """What is left of a `cond`; nil is possible unless a condition is already true."""
    found = [types.types_of(result) for _, result in clauses]
    if not any(condition is True for condition, _ in clauses):
        found.append(types.NIL)
    return Residual("cond", tuple(clauses), types.union(*found))


def _held(code: Ready, form: Form, env: Env, run: Run, unit: Unit) -> Datum:
    """A branch of an undecided choice; its error is kept in the residual, because it may never be taken."""
    depth = run.depth
    try:
        return code(env, run)
    except ScriptFault as trouble:
        if trouble.error.kind is Kind.LIMIT:
            raise
        run.depth = depth
        return Held(form, unit.source, trouble.error)


def _if(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    _, condition_form, then_form, else_form = form.items
    condition = _form(condition_form, scope, unit)
    then = _form(then_form, scope, unit)
    otherwise = _form(else_form, scope, unit)

    def choose(env: Env, run: Run) -> Datum:
        answer = condition(env, run)
        if answer is True:
            return then(env, run)
        if answer is False:
            return otherwise(env, run)
        wrong = condition_fault("if", answer, condition_form.span, unit)
        if wrong is not None:
            raise wrong
        return waiting_if(answer, _held(then, then_form, env, run, unit), _held(otherwise, else_form, env, run, unit))

    return choose


def _cond(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    clauses: list[tuple[Form, Ready, Form, Ready] | ScriptFault] = []
    for clause in form.items[1:]:
        pair = clause_parts(clause)
        if pair is None:
            clauses.append(unit.fault("CLAUSE_SHAPE", clause.span))
        else:
            clauses.append((pair[0], _form(pair[0], scope, unit), pair[1], _form(pair[1], scope, unit)))

    def choose(env: Env, run: Run) -> Datum:
        for index, clause in enumerate(clauses):
            if isinstance(clause, ScriptFault):
                raise ScriptFault(clause.error)
            condition_form, condition, _, result = clause
            answer = condition(env, run)
            if answer is True:
                return result(env, run)
            if answer is False:
                continue
            wrong = condition_fault("cond", answer, condition_form.span, unit)
            if wrong is not None:
                raise wrong
            return rest(answer, index, env, run)
        return None

    def rest(answer: Datum, first: int, env: Env, run: Run) -> Datum:
        kept: list[tuple[Datum, Datum]] = []
        for index in range(first, len(clauses)):
            clause = clauses[index]
            if isinstance(clause, ScriptFault):
                raise ScriptFault(clause.error)
            condition_form, condition, result_form, result = clause
            if index > first:
                answer = _held(condition, condition_form, env, run, unit)
            kept.append((answer, _held(result, result_form, env, run, unit)))
        return waiting_cond(kept)

    return choose


def _let(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    parts = let_parts(form)
    assert parts is not None
    values: list[Ready] = []
    for name, value in parts[0]:
        values.append(_form(value, scope, unit))
        scope = (*scope, name.name)
    body = _form(parts[1], scope, unit)

    def bind(env: Env, run: Run) -> Datum:
        for value in values:
            env = (*env, value(env, run))
        return body(env, run)

    return bind


def _lambda(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    parts = lambda_parts(form)
    assert parts is not None
    params = tuple(name.name for name in parts[0])
    body = parts[1]
    code = ready(body, scope + params, unit)

    def make(env: Env, _run: Run) -> Datum:
        return Closure(params, body, scope, env, unit, code)

    return make


# calls


def apply(function: Closure, args: tuple[Datum, ...], run: Run, form: ListForm, unit: Unit) -> Datum:
    """Call a function with closures. Raises TooDeepToBeQuick where the machine has to take over."""
    if len(args) != len(function.params):
        raise wrong_count(function, len(args), form, unit)
    code = function.code
    if code is None:
        code = function.code = ready(function.body, function.scope + function.params, function.unit)
        if code is None:
            raise TooDeepToBeQuick
    run.steps -= code.size
    if run.steps < 0:
        raise unit.fault("STEPS", form.span, limit=run.budget.steps)
    depth = run.depth + code.depth
    if depth > QUICK_DEPTH:
        raise TooDeepToBeQuick
    run.depth = depth
    result = code.run(function.env + args, run)
    run.depth = depth - code.depth
    return result


def wrong_count(function: Closure, count: int, form: ListForm, unit: Unit) -> ScriptFault:
    written = f"(lambda ({' '.join(function.params)}) …)"
    return unit.fault("FUNCTION_ARITY", form.span, function=written, expected=len(function.params), count=count)


def call_fault(head: Datum, form: ListForm, run: Run, unit: Unit) -> ScriptFault:
    """The error of a list whose first part is no function."""
    span = form.items[0].span
    if isinstance(head, (Unbound, Symbol)):
        return unit.fault("UNKNOWN_WORD", span, nearest(head.name, run.known_names(unit.vocabulary)), name=head.name)
    return unit.fault("CANNOT_CALL", span, type=types.in_words(types.types_of(head)))


def _call(form: ListForm, scope: Scope, unit: Unit) -> Ready:
    """A call whose head is known only when it is evaluated. The head is judged before the arguments."""
    head = _form(form.items[0], scope, unit)
    args = [_form(item, scope, unit) for item in form.items[1:]]
    by_name: dict[str, Ready] = {}

    def call(env: Env, run: Run) -> Datum:
        function = head(env, run)
        if type(function) is Closure:
            return apply(function, tuple([arg(env, run) for arg in args]), run, form, unit)
        if isinstance(function, Symbol):
            named = by_name.get(function.name)
            if named is None:
                if function.name in SPECIAL:
                    named = special(function.name, form, scope, unit)
                elif function.name in unit.vocabulary.words:
                    named = _word(unit.vocabulary.words[function.name], form, scope, unit)
                else:
                    raise call_fault(function, form, run, unit)
                by_name[function.name] = named
            return named(env, run)
        raise call_fault(function, form, run, unit)

    return call


_QUICK_INTEGERS: Final[dict[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
}
"""Words that need no further check when they are given two integers."""


def _word(word: Word, form: ListForm, scope: Scope, unit: Unit) -> Ready:
    args = [_form(item, scope, unit) for item in form.items[1:]]
    source = unit.source
    if word.applies:
        return _applying(word, form, args, unit)
    if len(args) == 2 and word.name in _QUICK_INTEGERS:
        name = _free_name(form.items[1], scope, unit)
        if name is not None:
            return _on_name_and_integer(word, form, name, args[1], source)
        return _on_integers(word, form, args[0], args[1], source)
    quick = word.quick_for(len(args))
    if word.waits is None and quick is not None and 1 <= len(args) <= 2:
        if len(args) == 1:
            return _word_of_one(word, form, args[0], quick[0], source)
        return _word_of_two(word, form, args[0], args[1], quick, source)

    def call(env: Env, run: Run) -> Datum:
        return perform(run, word, tuple([arg(env, run) for arg in args]), form, source)

    return call


def _on_integers(word: Word, form: ListForm, first: Ready, second: Ready, source: Source) -> Ready:
    compute = _QUICK_INTEGERS[word.name]

    def call(env: Env, run: Run) -> Datum:
        a = first(env, run)
        b = second(env, run)
        if type(a) is int and type(b) is int:
            return compute(a, b)
        return perform(run, word, (a, b), form, source)

    return call


def _free_name(form: Form, scope: Scope, unit: Unit) -> str | None:
    """The name that a form is and that is bound outside of the expression; None for everything else."""
    if not isinstance(form, NameForm) or position(form.name, scope) or form.name in CONSTANTS:
        return None
    return None if form.name in unit.vocabulary else form.name


def _on_name_and_integer(word: Word, form: ListForm, name: str, second: Ready, source: Source) -> Ready:
    """As `_on_integers`, one call quicker for the usual case of a variable."""
    compute = _QUICK_INTEGERS[word.name]

    def call(env: Env, run: Run) -> Datum:
        a = env[0][name]
        b = second(env, run)
        if type(a) is int and type(b) is int:
            return compute(a, b)
        return perform(run, word, (a, b), form, source)

    return call


def _word_of_one(word: Word, form: ListForm, arg: Ready, quick: frozenset[type], source: Source) -> Ready:
    compute = word.call

    def call(env: Env, run: Run) -> Datum:
        a = arg(env, run)
        if type(a) in quick:
            try:
                result = compute(run, a)
            except Trouble as trouble:
                raise trouble.placed(form.span, source) from None
            if result is not WAIT:
                return result  # type: ignore[no-any-return]
            return Residual(word.name, (a,), word.types_of((a,)))
        return perform(run, word, (a,), form, source)

    return call


def _word_of_two(
    word: Word, form: ListForm, first: Ready, second: Ready, quick: tuple[frozenset[type], ...], source: Source
) -> Ready:
    compute = word.call
    quick_first, quick_second = quick

    def call(env: Env, run: Run) -> Datum:
        a = first(env, run)
        b = second(env, run)
        if type(a) in quick_first and type(b) in quick_second:
            try:
                result = compute(run, a, b)
            except Trouble as trouble:
                raise trouble.placed(form.span, source) from None
            if result is not WAIT:
                return result  # type: ignore[no-any-return]
            return Residual(word.name, (a, b), word.types_of((a, b)))
        return perform(run, word, (a, b), form, source)

    return call


def _applying(word: Word, form: ListForm, args: list[Ready], unit: Unit) -> Ready:
    """A word that asks for functions to be applied, one after the other."""
    source = unit.source

    def call(env: Env, run: Run) -> Datum:
        values = tuple([arg(env, run) for arg in args])
        waiting = check(run, word, values, form, source)
        if waiting is not None:
            return waiting
        try:
            asking = word.call(run, *values)
            function, given = next(asking)
            while True:
                function, given = asking.send(apply(function, given, run, form, unit))
        except StopIteration as stop:
            result = stop.value
        except Trouble as trouble:
            raise trouble.placed(form.span, source) from None
        if result is WAIT:
            return Residual(word.name, values, word.types_of(values))
        return result  # type: ignore[no-any-return]

    return call
