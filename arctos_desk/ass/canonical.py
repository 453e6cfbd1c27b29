"""Values as plain data for comparing and storing results: the canonical form of the example cases. Not for people."""

from __future__ import annotations

from typing import Any, TypeAlias

from arctos_desk.ass.values import (
    Closure,
    Datum,
    Held,
    Match,
    Residual,
    Symbol,
    Team,
    Types,
    Unbound,
    UnresolvedMatch,
    UnresolvedTeam,
)

Json: TypeAlias = Any


def canonical(value: Datum) -> Json:
    """JSON data for a value or residual; a held error stands as {"error": code}. Does not recurse."""
    done: list[Json] = []
    todo: list[Datum | _Gather] = [value]
    while todo:
        here = todo.pop()
        if isinstance(here, _Gather):
            rows = done[len(done) - here.count :]
            del done[len(done) - here.count :]
            done.append({"call": [here.head, *rows]} if here.head else rows)
        elif isinstance(here, tuple):
            todo.append(_Gather("", len(here)))
            todo += reversed(here)
        elif isinstance(here, Residual):
            todo.append(_Gather(here.head, len(here.args)))
            todo += reversed(here.args)
        else:
            done.append(_single(here))
    return done[0]


class _Gather:
    """So many of the last results belong together."""

    __slots__ = ("count", "head")

    def __init__(self, head: str, count: int) -> None:
        self.head = head
        self.count = count


def _single(value: Datum) -> Json:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Team):
        return {"team": value.id}
    if isinstance(value, Match):
        return {"match": value.name}
    if isinstance(value, (Symbol, Unbound)):
        return {"symbol": value.name}
    if isinstance(value, UnresolvedTeam):
        return {"unresolved_team": value.text}
    if isinstance(value, UnresolvedMatch):
        return {"unresolved_match": value.text}
    if isinstance(value, Closure):
        return {"function": list(value.params)}
    assert isinstance(value, Held)
    return {"error": value.error.code}


def type_names(types: Types) -> list[str]:
    return sorted(types)
