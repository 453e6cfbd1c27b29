"""Forms and values as text that can be read again.

Breaks no lines and keeps no comments; writes with a stack of its own.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from arctos_desk.ass.forms import Form, IntegerForm, ListForm, MatchForm, NameForm, QuoteForm, TeamForm
from arctos_desk.ass.integers import to_digits
from arctos_desk.ass.values import (
    Closure,
    Datum,
    Held,
    Match,
    Residual,
    Symbol,
    Team,
    Unbound,
    UnresolvedMatch,
    UnresolvedTeam,
)

SHOWN: Final = 10_000
"""Characters of a value that are written at most, when the caller does not say."""

ELLIPSIS: Final = "…"


def write_form(form: Form) -> str:
    """The form on one line; reading it gives the same form."""
    out: list[str] = []
    todo: list[Form | str] = [form]
    while todo:
        here = todo.pop()
        if isinstance(here, str):
            out.append(here)
        elif isinstance(here, QuoteForm):
            out.append("'")
            todo.append(here.form)
        elif isinstance(here, ListForm):
            out.append("(")
            todo.append(")")
            for index, item in enumerate(reversed(here.items)):
                if index:
                    todo.append(" ")
                todo.append(item)
        else:
            out.append(_atom(here))
    return "".join(out)


def _atom(form: IntegerForm | NameForm | TeamForm | MatchForm) -> str:
    if isinstance(form, IntegerForm):
        return to_digits(form.value)
    if isinstance(form, NameForm):
        return form.name
    if isinstance(form, TeamForm):
        return f"[{form.text}]"
    return f"{{{form.text}}}"


def write_value(value: Datum, limit: int = SHOWN) -> str:
    """The value as an expression; a longer one than the limit ends in an ellipsis.

    A list is written quoted where that means the same, else as a call of `list` (it holds names, calls or functions).
    """
    out: list[str] = []
    length = 0
    plain: dict[int, bool] = {}
    todo: list[_Part] = [_Value(value)]
    while todo:
        part = todo.pop()
        if isinstance(part, _Value):
            parts = _parts(part, plain)
        elif isinstance(part, str):
            out.append(part)
            length += len(part)
            if length > limit:
                out.append(ELLIPSIS)
                break
            continue
        else:
            parts = list(part)
        for index, each in enumerate(reversed(parts)):
            if 1 < index < len(parts) - 1:
                todo.append(" ")
            todo.append(each)
    return "".join(out)


class _Value(NamedTuple):
    value: Datum
    quoted: bool = False


_Part: TypeAlias = "str | _Value | list[_Part]"


def _parts(task: _Value, plain: dict[int, bool]) -> list[_Part]:
    """A value as opening, items and closing; blanks go between the items."""
    value, quoted = task
    if isinstance(value, tuple):
        if quoted or _is_plain(value, plain):
            return ["(" if quoted else "'(", *(_Value(each, quoted=True) for each in value), ")"]
        return ["(", "list", *(_Value(each) for each in value), ")"]
    if isinstance(value, Residual):
        if value.head == "cond":
            clauses: list[_Part] = []
            for clause in value.args:
                assert isinstance(clause, tuple)
                clauses.append(["(", *(_Value(each) for each in clause), ")"])
            return ["(", "cond", *clauses, ")"]
        return ["(", value.head, *(_Value(each) for each in value.args), ")"]
    return [_single(value, quoted=quoted)]


def _single(value: Datum, *, quoted: bool) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return "nil"
    if isinstance(value, int):
        return to_digits(value)
    if isinstance(value, Symbol):
        return value.name if quoted else f"'{value.name}"
    if isinstance(value, Unbound):
        return value.name
    if isinstance(value, Team):
        return f"[{value.id}]"
    if isinstance(value, UnresolvedTeam):
        return f"[{value.text}]"
    if isinstance(value, Match):
        return f"{{{value.name}}}"
    if isinstance(value, UnresolvedMatch):
        return f"{{{value.text}}}"
    if isinstance(value, Closure):
        return f"(lambda ({' '.join(value.params)}) {write_form(value.body)})"
    assert isinstance(value, Held)
    return write_form(value.form)


def _is_plain(rows: tuple[Datum, ...], known: dict[int, bool]) -> bool:
    """Whether quoting the list means the list."""
    todo: list[tuple[tuple[Datum, ...], bool]] = [(rows, False)]
    while todo:
        here, visited = todo.pop()
        if visited:
            known[id(here)] = all(
                known.get(id(part), False)
                if isinstance(part, tuple)
                else not isinstance(part, (Unbound, Residual, Held, Closure))
                for part in here
            )
        elif id(here) not in known:
            known[id(here)] = False
            todo.append((here, True))
            todo += [(part, False) for part in here if isinstance(part, tuple)]
    return known[id(rows)]
