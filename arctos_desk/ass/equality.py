"""When two values are the same: one rule for `==` and `member?`. Answers None when it cannot be known yet.

Values of different types differ (1 and true, nil and a team); lists are the same when their elements are.
Walks with its own stack, and every pair of lists once, so that neither deep nor shared lists can run away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arctos_desk.ass.values import RESOLVED_CLASSES, Closure, Datum

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run


def equal(a: Datum, b: Datum, run: Run) -> bool | None:
    """Whether two values are the same; None when something unknown in them could still decide it."""
    kind = type(a)
    if kind is not tuple or type(b) is not tuple:
        return _equal_single(a, b)
    undecided = False
    seen: set[tuple[int, int]] = set()
    pairs: list[tuple[Datum, Datum]] = [(a, b)]
    while pairs:
        left, right = pairs.pop()
        if isinstance(left, tuple) and isinstance(right, tuple):
            same = (id(left), id(right))
            if same in seen:
                continue
            seen.add(same)
            if len(left) != len(right):
                return False
            run.spend(len(left))
            pairs.extend(zip(left, right, strict=True))
            continue
        answer = _equal_single(left, right)
        if answer is False:
            return False
        undecided = undecided or answer is None
    return None if undecided else True


def _equal_single(a: Datum, b: Datum) -> bool | None:
    """Two values of which at most one is a list."""
    if type(a) not in RESOLVED_CLASSES or type(b) not in RESOLVED_CLASSES:
        return None
    if type(a) is not type(b):
        return False
    if isinstance(a, Closure):
        return a is b
    return a == b
