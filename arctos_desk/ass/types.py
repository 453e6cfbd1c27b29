"""Which types a value has or will have, as sets. Works on values and residuals, not on text: the checker does that."""

from __future__ import annotations

from typing import Final

from arctos_desk.ass.values import (
    Closure,
    Datum,
    Held,
    Match,
    Residual,
    Symbol,
    Team,
    Type,
    Types,
    Unbound,
    UnresolvedMatch,
    UnresolvedTeam,
)

INT: Final[Types] = frozenset({Type.INT})
BOOL: Final[Types] = frozenset({Type.BOOL})
NIL: Final[Types] = frozenset({Type.NIL})
TEAM: Final[Types] = frozenset({Type.TEAM})
MATCH: Final[Types] = frozenset({Type.MATCH})
LIST: Final[Types] = frozenset({Type.LIST})
FUNC: Final[Types] = frozenset({Type.FUNC})
SYMBOL: Final[Types] = frozenset({Type.SYMBOL})
UNKNOWN: Final[Types] = frozenset({Type.UNKNOWN})
NOTHING: Final[Types] = frozenset()

_BY_CLASS: Final[dict[type, Types]] = {
    int: INT,
    bool: BOOL,
    type(None): NIL,
    Team: TEAM,
    UnresolvedTeam: TEAM,
    Match: MATCH,
    UnresolvedMatch: MATCH,
    tuple: LIST,
    Closure: FUNC,
    Symbol: SYMBOL,
    Unbound: UNKNOWN,
    Held: NOTHING,  # an error has no value and so no type
}


def types_of(value: Datum) -> Types:
    """The types the value may have; UNKNOWN in the set means anything."""
    if isinstance(value, Residual):
        return value.types
    return _BY_CLASS[type(value)]


def may_be(types: Types, wanted: Types) -> bool:
    """Whether a value of these types can be one of the wanted."""
    return Type.UNKNOWN in types or not types.isdisjoint(wanted)


def union(*sets: Types) -> Types:
    """All types together; UNKNOWN when there are none."""
    together = NOTHING.union(*sets)
    return together or UNKNOWN


def elements(value: Datum) -> Types:
    """The types of what a list holds; visible only in a list that is there and not empty."""
    if isinstance(value, tuple) and value:
        return union(*{types_of(each) for each in value})
    return UNKNOWN


def in_words(types: Types) -> str:
    """Types as error messages and results name them, sorted."""
    return " or ".join(sorted(types)) if types else Type.UNKNOWN
