"""Checks an expression before it is evaluated: everything wrong at once and where, the sure apart from the possible.

An *error* is something that any evaluation meets, or a type that cannot be the wanted one; an expression that gives a
value of the wanted type never has one. A *warning* is what only some branch may meet, or what leaves the expression
waiting: a name, a team or a match that nobody knows yet. Works on text and names; evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from arctos_desk.ass import types
from arctos_desk.ass.errors import Param as ErrorParam
from arctos_desk.ass.errors import ScriptError, ScriptFault, nearest
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
)
from arctos_desk.ass.literals import team_text
from arctos_desk.ass.reader import Program
from arctos_desk.ass.source import Source, Span
from arctos_desk.ass.values import Type, Types
from arctos_desk.ass.walk import clause_parts, form_fault, lambda_parts, let_parts
from arctos_desk.ass.words import Vocabulary, Word


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about an expression."""

    severity: Severity
    error: ScriptError


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names there are. Variables with the types of their values (UNKNOWN where nothing is known)."""

    teams: Collection[str] = ()
    matches: Collection[str] = ()
    tags: Collection[str] = ()
    variables: Mapping[str, Types] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """All remarks in the order of the text, and the types the expression can have."""

    remarks: tuple[Remark, ...]
    types: Types

    @property
    def errors(self) -> tuple[ScriptError, ...]:
        return tuple(remark.error for remark in self.remarks if remark.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[ScriptError, ...]:
        return tuple(remark.error for remark in self.remarks if remark.severity is Severity.WARNING)


Steps = Generator[Any, Types, Types]
Scope = tuple["_Local", ...]


@dataclass(slots=True, eq=False)
class _Local:
    name: str
    types: Types
    span: Span
    used: bool = False


def check(program: Program, vocabulary: Vocabulary, known: Known, wanted: Types | None = None) -> Checked:
    """Check one expression; `wanted` are the types its place asks for (BOOL for a skip condition, TEAM for a tag)."""
    if program.form is None:
        return Checked(tuple(Remark(Severity.ERROR, error) for error in program.errors), types.NOTHING)
    checking = _Checking(program.source, vocabulary, known)
    found = checking.run(program.form)
    if wanted is not None and not types.may_be(found, wanted):
        span = program.form.span
        checking.note("RESULT_TYPE", span, sure=True, expected=types.in_words(wanted), found=types.in_words(found))
    return Checked(tuple(sorted(checking.remarks, key=lambda remark: remark.error.span)), found)


class _Checking:
    def __init__(self, source: Source, vocabulary: Vocabulary, known: Known) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.known = known
        self.remarks: list[Remark] = []

    def note(self, code: str, span: Span, near: str = "", /, *, sure: bool, **params: ErrorParam) -> None:
        error = ScriptError(code, tuple(sorted(params.items())), span, near, self.source)
        self.remarks.append(Remark(Severity.ERROR if sure else Severity.WARNING, error))

    def run(self, form: Form) -> Types:
        """Drive the steps with a stack of our own: text may be nested deeper than Python's."""
        stack: list[Steps] = [self._form(form, (), sure=True)]
        value: Types = types.NOTHING
        while stack:
            try:
                request = stack[-1].send(value) if value else next(stack[-1])
            except StopIteration as stop:
                stack.pop()
                value = stop.value or types.UNKNOWN
                continue
            stack.append(request)
            value = types.NOTHING
        return value

    def _form(self, form: Form, scope: Scope, *, sure: bool) -> Steps:
        if isinstance(form, IntegerForm):
            return types.INT
        if isinstance(form, NameForm):
            return self._name(form, scope)
        if isinstance(form, TeamForm):
            self._team(form, sure=sure)
            return types.TEAM
        if isinstance(form, MatchForm):
            self._match(form)
            return types.MATCH
        if isinstance(form, QuoteForm):
            return self._quoted(form.form, sure=sure)
        if not form.items:
            return types.LIST
        head = form.items[0]
        if isinstance(head, NameForm) and _find(head.name, scope) is None:
            if head.name in SPECIAL:
                return (yield self._special(head.name, form, scope, sure=sure))
            word = self.vocabulary.words.get(head.name)
            if word is not None and not (word.extension and head.name in self.known.variables):
                return (yield self._word(word, form, scope, sure=sure))
        return (yield self._call(form, scope, sure=sure))

    # single forms

    def _name(self, form: NameForm, scope: Scope) -> Types:
        name = form.name
        if name in CONSTANTS:
            return types.NIL if CONSTANTS[name] is None else types.BOOL
        local = _find(name, scope)
        if local is not None:
            local.used = True
            return local.types
        if name in self.known.variables:
            return self.known.variables[name]
        if name in self.vocabulary:
            return types.SYMBOL
        self.note("UNKNOWN_NAME", form.span, nearest(name, self._names(scope)), sure=False, name=name)
        return types.UNKNOWN

    def _names(self, scope: Scope) -> list[str]:
        return [*self.vocabulary.names(), *self.known.variables, *(local.name for local in scope)]

    def _team(self, form: TeamForm, *, sure: bool) -> None:
        kind, written = team_text(form.text)
        name = written.strip()
        if kind == "team":
            if not _is_known(written, self.known.teams):
                self.note("UNKNOWN_TEAM", form.span, nearest(name, self.known.teams), sure=False, name=name)
        elif kind == "tag":
            if not _is_known(written, self.known.tags):
                self.note("UNKNOWN_TAG", form.span, nearest(name, self.known.tags), sure=sure, name=name)
        elif kind:
            if not _is_known(written, self.known.matches):
                self.note("UNKNOWN_MATCH", form.span, nearest(name, self.known.matches), sure=sure, name=name)
        else:
            self.note("BAD_TEAM_LITERAL", form.span, sure=sure, text=form.text)

    def _match(self, form: MatchForm) -> None:
        if not _is_known(form.text, self.known.matches):
            name = form.text.strip()
            self.note("UNKNOWN_MATCH", form.span, nearest(name, self.known.matches), sure=False, name=name)

    def _quoted(self, form: Form, *, sure: bool) -> Types:
        todo = [form]
        while todo:
            here = todo.pop()
            if isinstance(here, TeamForm):
                self._team(here, sure=sure)
            elif isinstance(here, MatchForm):
                self._match(here)
            elif isinstance(here, QuoteForm):
                todo.append(here.form)
            elif isinstance(here, ListForm):
                todo += here.items
        return _quoted_types(form)

    # lists

    def _special(self, name: str, form: ListForm, scope: Scope, *, sure: bool) -> Steps:
        wrong = form_fault(form, name, self.source, self.vocabulary.is_reserved)
        if wrong is not None:
            self._from(wrong, sure=sure)
            return types.UNKNOWN
        if name == "quote":
            return self._quoted(form.items[1], sure=sure)
        if name == "if":
            yield self._condition("if", form.items[1], scope, sure=sure)
            then = yield self._form(form.items[2], scope, sure=False)
            otherwise = yield self._form(form.items[3], scope, sure=False)
            return types.union(then, otherwise)
        if name == "cond":
            return (yield self._cond(form, scope, sure=sure))
        if name == "let":
            return (yield self._let(form, scope, sure=sure))
        parts = lambda_parts(form)
        assert parts is not None
        params = tuple(_Local(param.name, types.UNKNOWN, param.span, used=True) for param in parts[0])
        yield self._form(parts[1], scope + params, sure=False)
        return types.FUNC

    def _condition(self, name: str, form: Form, scope: Scope, *, sure: bool) -> Steps:
        found = yield self._form(form, scope, sure=sure)
        if not types.may_be(found, types.BOOL):
            self.note("CONDITION_TYPE", form.span, sure=sure, form=name, found=types.in_words(found))
        return found

    def _cond(self, form: ListForm, scope: Scope, *, sure: bool) -> Steps:
        results: list[Types] = []
        ends = False
        for index, clause in enumerate(form.items[1:]):
            pair = clause_parts(clause)
            if pair is None:
                self.note("CLAUSE_SHAPE", clause.span, sure=sure and index == 0)
                continue
            yield self._condition("cond", pair[0], scope, sure=sure and index == 0)
            results.append((yield self._form(pair[1], scope, sure=False)))
            ends = ends or pair[0] == NameForm("true")
        return types.union(*results) if ends else types.union(types.NIL, *results)

    def _let(self, form: ListForm, scope: Scope, *, sure: bool) -> Steps:
        parts = let_parts(form)
        assert parts is not None
        own: list[_Local] = []
        for name, bound in parts[0]:
            found = yield self._form(bound, scope, sure=sure)
            own.append(_Local(name.name, found, name.span))
            scope = (*scope, own[-1])
        result = yield self._form(parts[1], scope, sure=sure)
        for local in own:
            if not local.used:
                self.note("UNUSED_NAME", local.span, sure=False, name=local.name)
        return result

    def _word(self, word: Word, form: ListForm, scope: Scope, *, sure: bool) -> Steps:
        args = form.items[1:]
        shape = word.shape_for(len(args))
        if shape is None:
            self.note("ARITY", form.span, sure=sure, word=word.name, expected=word.expected(), count=len(args))
        found: list[Types] = []
        for index, arg in enumerate(args):
            found.append((yield self._form(arg, scope, sure=sure)))
            wanted = shape[index].types if shape is not None else types.NOTHING
            if not wanted or types.may_be(found[-1], wanted):
                continue
            if wanted == types.FUNC and isinstance(arg, NameForm) and arg.name in self.vocabulary:
                self.note("WORD_AS_FUNCTION", arg.span, sure=sure, name=arg.name)
            else:
                self.note(
                    "ARGUMENT_TYPE",
                    arg.span,
                    sure=sure,
                    position=index + 1,
                    word=word.name,
                    expected=types.in_words(wanted),
                    found=types.in_words(found[-1]),
                )
        return types.UNKNOWN if callable(word.result) else word.result

    def _call(self, form: ListForm, scope: Scope, *, sure: bool) -> Steps:
        head = form.items[0]
        if isinstance(head, NameForm) and head.name not in CONSTANTS and _find(head.name, scope) is None:
            found = self.known.variables.get(head.name, types.NOTHING)
            if not found:
                near = nearest(head.name, self._names(scope))
                self.note("UNKNOWN_WORD", head.span, near, sure=sure, name=head.name)
                found = types.FUNC
        else:
            found = yield self._form(head, scope, sure=sure)
        if not types.may_be(found, _CALLABLE):
            self.note("CANNOT_CALL", head.span, sure=sure, type=types.in_words(found))
        # A name that turns out to be a special form may leave its parts alone.
        plain = Type.UNKNOWN not in found and Type.SYMBOL not in found
        for arg in form.items[1:]:
            yield self._form(arg, scope, sure=sure and plain)
        return types.UNKNOWN

    def _from(self, wrong: ScriptFault, *, sure: bool) -> None:
        self.remarks.append(Remark(Severity.ERROR if sure else Severity.WARNING, wrong.error))


_CALLABLE: Types = types.FUNC | types.SYMBOL


def _find(name: str, scope: Scope) -> _Local | None:
    for local in reversed(scope):
        if local.name == name:
            return local
    return None


def _is_known(written: str, names: Collection[str]) -> bool:
    return written in names or written.strip() in names


def _quoted_types(form: Form) -> Types:
    if isinstance(form, (ListForm, QuoteForm)):
        return types.LIST
    if isinstance(form, IntegerForm):
        return types.INT
    if isinstance(form, TeamForm):
        return types.TEAM
    if isinstance(form, MatchForm):
        return types.MATCH
    if form.name in CONSTANTS:
        return types.NIL if CONSTANTS[form.name] is None else types.BOOL
    return types.SYMBOL
