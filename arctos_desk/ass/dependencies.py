"""Which matches an expression waits for: those that must be decided, and those whose status must be known.

Without definitions this is the reference's rule: syntactic, blind to names (spec ass.md §10), but disjoint whatever
the order, and blind to calls inside quoted data. With definitions it follows variables, tags, `let`, functions and
the lists given to them. Linear: every form is visited once per reason to visit it. Never evaluates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from arctos_desk.ass.forms import CONSTANTS, Form, IntegerForm, ListForm, MatchForm, NameForm, QuoteForm, TeamForm
from arctos_desk.ass.literals import OUTCOMES, team_text
from arctos_desk.ass.reader import Program
from arctos_desk.ass.walk import clause_parts, lambda_parts, let_parts, special_head
from arctos_desk.ass.words import Need, Vocabulary, Word

WORK_LIMIT: Final = 200_000
"""Visits after which names are followed no further; honest expressions need a few thousand."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Match names, as written (without blanks around them when definitions are given). None stands in both sets."""

    direct: frozenset[str]
    skip: frozenset[str]


@dataclass(frozen=True, slots=True)
class Definitions:
    """How names lead on: the expression of a variable, the expression of a tag; None where there is none."""

    variable: Callable[[str], Program | None]
    tag: Callable[[str], Program | None]


@dataclass(slots=True, eq=False)
class _Local:
    """A local name: where its values come from and for what they are wanted."""

    sources: list[tuple[Form, _Scope]] = field(default_factory=list)
    reasons: list[_Reason] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Scope:
    names: dict[str, _Local]
    outer: _Scope | None

    def find(self, name: str) -> _Local | None:
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return None


@dataclass(slots=True, eq=False)
class _Called:
    """A reason to visit a form: it is called, with these arguments by position (None: not known)."""

    args: tuple[tuple[Form, _Scope] | None, ...]


_Reason: TypeAlias = "Need | _Called | None"
_TOP: Final = _Scope({}, None)


def dependencies(program: Program, vocabulary: Vocabulary, definitions: Definitions | None = None) -> Dependencies:
    """What the expression depends on; nothing for a text that cannot be read."""
    if program.form is None:
        return Dependencies(frozenset(), frozenset())
    search = _Search(vocabulary, definitions)
    search.run(program.form)
    return Dependencies(frozenset(search.direct), frozenset(search.skip - search.direct))


class _Search:
    def __init__(self, vocabulary: Vocabulary, definitions: Definitions | None) -> None:
        self.words = vocabulary.words
        self.definitions = definitions
        self.direct: set[str] = set()
        self.skip: set[str] = set()
        self._todo: list[tuple[Form, _Scope, _Reason, bool]] = []
        self._seen: set[tuple[int, int | Need | None]] = set()
        self._scopes: dict[int, _Scope] = {}
        self._kept: list[object] = []  # ids are compared, so what they stand for must live

    def run(self, form: Form) -> None:
        self._visit(form, _TOP, None)
        while self._todo:
            here, scope, reason, quoted = self._todo.pop()
            self._look(here, scope, reason, quoted=quoted)

    def _visit(self, form: Form, scope: _Scope, reason: _Reason, *, quoted: bool = False) -> None:
        if isinstance(form, IntegerForm) or (quoted and isinstance(form, NameForm)):
            return
        key = (id(form), id(reason) if isinstance(reason, _Called) else reason)
        if key in self._seen:
            return
        if len(self._seen) > WORK_LIMIT and (isinstance(reason, _Called) or self.definitions is not None):
            self.definitions = None
            if isinstance(reason, _Called):
                return
        self._seen.add(key)
        self._kept += (form, reason)
        self._todo.append((form, scope, reason, quoted))

    def _look(self, form: Form, scope: _Scope, reason: _Reason, *, quoted: bool) -> None:
        if isinstance(form, MatchForm):
            if isinstance(reason, Need):
                (self.direct if reason is Need.DECIDED else self.skip).add(self._written(form.text))
        elif isinstance(form, TeamForm):
            self._team(form, reason)
        elif isinstance(form, NameForm):
            self._name(form, scope, reason)
        elif isinstance(form, QuoteForm):
            self._visit(form.form, scope, reason, quoted=True)
        elif isinstance(form, ListForm) and quoted:
            for item in form.items:
                self._visit(item, scope, reason, quoted=True)
        elif isinstance(form, ListForm) and isinstance(reason, _Called):
            self._called_list(form, scope, reason)
        elif isinstance(form, ListForm):
            self._list(form, scope, reason)

    def _team(self, form: TeamForm, reason: _Reason) -> None:
        kind, name = team_text(form.text)
        if kind in OUTCOMES:
            (self.skip if reason is Need.STATUS else self.direct).add(self._written(name))
        elif kind == "tag" and self.definitions is not None:
            found = self.definitions.tag(name.strip())
            if found is not None and found.form is not None:
                self._visit(found.form, _TOP, None)

    def _written(self, name: str) -> str:
        return name if self.definitions is None else name.strip()

    def _name(self, form: NameForm, scope: _Scope, reason: _Reason) -> None:
        if self.definitions is None or form.name in CONSTANTS:
            return
        local = scope.find(form.name)
        if local is not None:
            if reason not in local.reasons:
                local.reasons.append(reason)
                for source, its_scope in local.sources:
                    self._visit(source, its_scope, reason)
            return
        if form.name in self.words and not self.words[form.name].extension:
            return
        found = self.definitions.variable(form.name)
        if found is not None and found.form is not None:
            self._visit(found.form, _TOP, reason)

    def _comes_from(self, local: _Local, form: Form, scope: _Scope) -> None:
        if any(form is source for source, _ in local.sources):
            return
        local.sources.append((form, scope))
        for reason in local.reasons:
            self._visit(form, scope, reason)

    # lists

    def _list(self, form: ListForm, scope: _Scope, reason: _Reason) -> None:
        special = special_head(form)
        if special == "quote":
            for item in form.items[1:]:
                self._visit(item, scope, reason, quoted=True)
        elif special == "let":
            if not self._let(form, scope, reason):
                self._call(form, scope, reason)
        elif special == "lambda":
            if not self._lambda(form, scope, reason):
                self._call(form, scope, reason)
        elif special == "cond":
            for clause in form.items[1:]:
                for part in clause_parts(clause) or (clause,):
                    self._visit(part, scope, reason)
        else:
            self._call(form, scope, reason)

    def _let(self, form: ListForm, scope: _Scope, reason: _Reason) -> bool:
        parts = let_parts(form)
        if parts is None:
            return False
        inner = self._scopes.get(id(form))
        known = inner is not None
        for name, value in parts[0]:
            self._visit(value, scope, None if isinstance(reason, _Called) else reason)
            if not known:
                local = _Local()
                local.sources.append((value, scope))
                scope = _Scope({name.name: local}, scope)
        if inner is None:
            inner = self._scopes[id(form)] = scope
        self._visit(parts[1], inner, reason)
        return True

    def _lambda(self, form: ListForm, scope: _Scope, reason: _Reason) -> bool:
        parts = lambda_parts(form)
        if parts is None:
            return False
        inner = self._scopes.get(id(form))
        if inner is None:
            inner = self._scopes[id(form)] = _Scope({name.name: _Local() for name in parts[0]}, scope)
        if isinstance(reason, _Called):
            for name, given in zip(parts[0], reason.args, strict=False):
                if given is not None:
                    self._comes_from(inner.names[name.name], *given)
            return True
        self._visit(parts[1], inner, reason)
        return True

    def _call(self, form: ListForm, scope: _Scope, reason: _Reason) -> None:
        if not form.items:
            return
        head, *args = form.items
        word = self.words.get(head.name) if isinstance(head, NameForm) else None
        needs = dict(word.needs) if word is not None else {}
        self._visit(head, scope, reason)
        for index, arg in enumerate(args):
            wanted = needs.get(index)
            self._visit(arg, scope, reason if wanted is None or reason is Need.DECIDED else wanted)
        if self.definitions is None:
            return
        if word is not None:
            self._feed(word, args, scope)
        else:
            self._visit(head, scope, _Called(tuple((arg, scope) for arg in args)))

    def _feed(self, word: Word, args: list[Form], scope: _Scope) -> None:
        """Functions get the elements of lists: as far as matches go, an element is where its list comes from."""
        for feed in word.feeds:
            last = len(args) if feed.onward else feed.function + 1
            for index in range(feed.function, min(last, len(args))):
                if feed.rows < len(args) and feed.rows != index:
                    given = [None] * feed.param + [(args[feed.rows], scope)]
                    self._visit(args[index], scope, _Called(tuple(given)))

    def _called_list(self, form: ListForm, scope: _Scope, reason: _Called) -> None:
        """A list that is called: find the functions it may give."""
        special = special_head(form)
        if special == "lambda":
            self._lambda(form, scope, reason)
        elif special == "let":
            self._let(form, scope, reason)
        elif special == "if":
            for branch in form.items[2:]:
                self._visit(branch, scope, reason)
        elif special == "cond":
            for clause in form.items[1:]:
                pair = clause_parts(clause)
                if pair is not None:
                    self._visit(pair[1], scope, reason)
