"""The values of a script: integers, truth, nil, teams, matches, lists, functions, symbols, and what is not known yet.

Lists are tuples, truth is `bool`, nil is `None`. Teams and matches are opaque: the tournament outside gives them
their keys. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias

from arctos_desk.ass.errors import ScriptError
from arctos_desk.ass.forms import Form
from arctos_desk.ass.source import Source


class Type(StrEnum):
    INT = "INT"
    BOOL = "BOOL"
    NIL = "NIL"
    TEAM = "TEAM"
    MATCH = "MATCH"
    LIST = "LIST"
    FUNC = "FUNC"
    SYMBOL = "SYMBOL"
    UNKNOWN = "UNKNOWN"


Types: TypeAlias = frozenset[Type]


@dataclass(frozen=True, slots=True)
class Team:
    """A known team; two are the same when their ids are."""

    id: str


@dataclass(frozen=True, slots=True)
class Match:
    """A known match; two are the same when their keys are. The name is how scripts write it."""

    key: str
    name: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name as data: a quoted identifier or the name of a word."""

    name: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """A name that stands for nothing yet."""

    name: str


@dataclass(frozen=True, slots=True)
class UnresolvedTeam:
    text: str


@dataclass(frozen=True, slots=True)
class UnresolvedMatch:
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """A call that waits for something; arguments are already reduced. The clauses of `cond` are pairs."""

    head: str
    args: tuple[Datum, ...]
    types: Types


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A branch that may never be taken and is wrong if it is: kept, with its error, inside a residual."""

    form: Form
    source: Source
    error: ScriptError


@dataclass(slots=True, eq=False)
class Code:
    """A function body made ready: what to call, how many frames it may stack, how many steps it is."""

    run: Callable[[Env, Any], Datum]
    depth: int
    size: int


@dataclass(slots=True, eq=False)
class Closure:
    """A function: parameters, body, and the surroundings it was made in. `code` is made when it is first called."""

    params: tuple[str, ...]
    body: Form
    scope: tuple[str, ...]
    env: Env
    unit: Any
    code: Code | None = None


Datum: TypeAlias = (
    "int | bool | None | Team | Match | tuple[Datum, ...] | Closure | Symbol"
    " | Unbound | UnresolvedTeam | UnresolvedMatch | Residual | Held"
)
Env: TypeAlias = "tuple[Any, ...]"
"""Element 0 is the mapping of free names; the rest are the locals, outermost first."""

Names: TypeAlias = Mapping[str, Datum]

UNRESOLVED: Final = (UnresolvedTeam, UnresolvedMatch, Residual, Unbound, Held)

RESOLVED_CLASSES: Final[frozenset[type]] = frozenset({int, bool, type(None), Team, Match, tuple, Closure, Symbol})


def is_unresolved(value: Datum) -> bool:
    """Whether the value itself is not known yet; a list of unknown things is an ordinary list."""
    return type(value) not in RESOLVED_CLASSES
