"""The words every script has: numbers, truth, lists, functions over lists. None of them knows a tournament.

Semantics: spec ass.md §6, with the "better" column of §13. Words that apply functions are generators (see
`words.Word`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Final

from arctos_desk.ass import types
from arctos_desk.ass.equality import equal
from arctos_desk.ass.errors import Trouble, say
from arctos_desk.ass.types import BOOL, FUNC, INT, LIST
from arctos_desk.ass.values import (
    Closure,
    Datum,
    Types,
    UnresolvedMatch,
    UnresolvedTeam,
    is_unresolved,
)
from arctos_desk.ass.words import WAIT, Feed, Param, Word, _Wait

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run

RANGE_LIMIT: Final = 10_000

Asking = Generator[tuple[Closure, tuple[Datum, ...]], Datum, "Datum | _Wait"]
"""A word that asks for functions to be applied."""

A = Param("a", INT)
B = Param("b", INT)
ROWS = Param("list", LIST)
ANY = Param("value")
FUNCTION = Param("function", FUNC)


# numbers


def _times(run: Run, a: int, b: int) -> Datum:
    if a.bit_length() + b.bit_length() > run.bits:
        raise Trouble("INTEGER_SIZE", limit=run.budget.digits)
    return a * b


def _divided(_run: Run, a: int, b: int) -> Datum:
    if b == 0:
        raise Trouble("DIVISION_BY_ZERO")
    return a // b


def _arithmetic(name: str, call: Callable[[Run, int, int], Datum], text: str) -> Word:
    return Word(name, ((A, B),), INT, text, call)


def _comparison(name: str, op: Callable[[int, int], bool], text: str) -> Word:
    def compare(_run: Run, a: int, b: int) -> Datum:
        return op(a, b)

    return Word(name, ((A, B),), BOOL, text, compare)


# truth


def _equals(run: Run, a: Datum, b: Datum) -> Datum | _Wait:
    answer = equal(a, b, run)
    return WAIT if answer is None else answer


def _and(_run: Run, *args: Datum) -> Datum | _Wait:
    if False in args:
        return False
    return True if all(arg is True for arg in args) else WAIT


def _or(_run: Run, *args: Datum) -> Datum | _Wait:
    if any(arg is True for arg in args):
        return True
    return False if all(arg is False for arg in args) else WAIT


def _not(_run: Run, a: bool) -> Datum:
    return not a


# lists


def _list(run: Run, *args: Datum) -> Datum:
    run.spend(len(args))
    return args


def _cons(run: Run, value: Datum, rows: tuple[Datum, ...]) -> Datum:
    run.copied(len(rows) + 1)
    return (value, *rows)


def _append(run: Run, first: tuple[Datum, ...], second: tuple[Datum, ...]) -> Datum:
    run.copied(len(first) + len(second))
    return first + second


def _car(_run: Run, rows: tuple[Datum, ...]) -> Datum:
    if not rows:
        raise Trouble("EMPTY_LIST", word="car")
    return rows[0]


def _cdr(run: Run, rows: tuple[Datum, ...]) -> Datum:
    if not rows:
        raise Trouble("EMPTY_LIST", word="cdr")
    run.copied(len(rows))
    return rows[1:]


def _get(_run: Run, index: int, rows: tuple[Datum, ...]) -> Datum:
    return rows[index] if 0 <= index < len(rows) else None


def _len(_run: Run, rows: tuple[Datum, ...]) -> Datum:
    return len(rows)


def _is_empty(_run: Run, rows: tuple[Datum, ...]) -> Datum:
    return not rows


def _is_member(run: Run, value: Datum, rows: tuple[Datum, ...]) -> Datum | _Wait:
    run.spend(len(rows))
    undecided = is_unresolved(value)
    for each in rows:
        answer = equal(value, each, run)
        if answer:
            return True
        undecided = undecided or answer is None
    return WAIT if undecided else False


def _or_default(_run: Run, value: Datum, default: Datum) -> Datum:
    return default if value is None else value


def _range(run: Run, count: int) -> Datum:
    if count > RANGE_LIMIT:
        raise Trouble("RANGE_TOO_LARGE", limit=RANGE_LIMIT, count=count if count < 10**30 else f"≥ 10^{30}")
    run.spend(max(count, 0))
    return tuple(range(count))


def _extreme(name: str, choose: Callable[[Sequence[int]], int], text: str) -> Word:
    def extreme(run: Run, rows: tuple[Datum, ...]) -> Datum | _Wait:
        if not rows:
            raise Trouble("EMPTY_LIST", word=name)
        run.spend(len(rows))
        numbers: list[int] = []
        for position, each in enumerate(rows, 1):
            if type(each) is int:
                numbers.append(each)
            elif not (is_unresolved(each) and types.may_be(types.types_of(each), INT)):
                found = types.in_words(types.types_of(each))
                raise Trouble("ELEMENT_TYPE", word=name, expected="INT", position=position, found=found)
        return choose(numbers) if len(numbers) == len(rows) else WAIT

    return Word(name, ((ROWS,),), INT, text, extreme)


# functions over lists


def _map(run: Run, rows: tuple[Datum, ...], function: Closure) -> Asking:
    run.spend(len(rows))
    found: list[Datum] = []
    for each in rows:
        found.append((yield function, (each,)))
    return tuple(found)


def _map_indexed(run: Run, rows: tuple[Datum, ...], function: Closure) -> Asking:
    run.spend(len(rows))
    found: list[Datum] = []
    for index, each in enumerate(rows):
        found.append((yield function, (index, each)))
    return tuple(found)


def _filter(run: Run, rows: tuple[Datum, ...], function: Closure) -> Asking:
    run.spend(len(rows))
    found: list[Datum] = []
    for each in rows:
        answer = yield function, (each,)
        if answer is True:
            found.append(each)
        elif answer is not False:
            if not types.may_be(types.types_of(answer), BOOL):
                raise Trouble("PREDICATE_TYPE", found=types.in_words(types.types_of(answer)))
            return WAIT
    return tuple(found)


def _reduce(run: Run, rows: tuple[Datum, ...], *seed_and_function: Datum) -> Asking:
    function = seed_and_function[-1]
    assert isinstance(function, Closure)
    run.spend(len(rows))
    if len(seed_and_function) == 2:
        so_far = seed_and_function[0]
        if is_unresolved(so_far):
            return WAIT
        following = iter(rows)
    else:
        if not rows:
            raise Trouble("EMPTY_LIST", word="reduce")
        following = iter(rows)
        so_far = next(following)
    for each in following:
        so_far = yield function, (so_far, each)
    return so_far


def _key_fault(name: str, key: Datum) -> Trouble | None:
    """None when the key may still become an integer."""
    if is_unresolved(key) and types.may_be(types.types_of(key), INT):
        return None
    return Trouble("KEY_TYPE", word=name, found=types.in_words(types.types_of(key)))


_NAMELESS: Final = (UnresolvedTeam, UnresolvedMatch)


def _sort_by(run: Run, rows: tuple[Datum, ...], *functions: Closure) -> Asking:
    run.spend(len(rows))
    if any(isinstance(each, _NAMELESS) for each in rows):
        return WAIT
    keyed: list[tuple[list[int], Datum]] = []
    for each in rows:
        keys: list[int] = []
        for function in functions:
            key = yield function, (each,)
            if type(key) is int:
                keys.append(key)
                continue
            wrong = _key_fault("sort-by", key)
            if wrong is not None:
                raise wrong
            return WAIT
        keyed.append((keys, each))
    # Descending on every key, yet stable: Python's reverse keeps equal elements in their order.
    keyed.sort(key=operator.itemgetter(0), reverse=True)
    return tuple([each for _, each in keyed])


def _extreme_by(name: str, better: Callable[[int, int], bool], text: str) -> Word:
    def extreme_by(run: Run, rows: tuple[Datum, ...], function: Closure) -> Asking:
        if not rows:
            raise Trouble("EMPTY_LIST", word=name)
        run.spend(len(rows))
        if any(isinstance(each, _NAMELESS) for each in rows):
            return WAIT
        best: Datum = None
        best_key: int | None = None
        for each in rows:
            key = yield function, (each,)
            if type(key) is not int:
                wrong = _key_fault(name, key)
                if wrong is not None:
                    raise wrong
                return WAIT
            if best_key is None or better(key, best_key):
                best, best_key = each, key
        return best

    return Word(name, ((ROWS, FUNCTION),), _element, text, extreme_by, applies=True, feeds=(Feed(0, 1, 0),))


# result types that depend on the arguments


def _element(args: Sequence[Datum]) -> Types:
    return types.elements(args[0])


def _element_or_nil(args: Sequence[Datum]) -> Types:
    return types.union(types.elements(args[1]), types.NIL)


def _either(args: Sequence[Datum]) -> Types:
    return types.union(types.types_of(args[0]) - types.NIL, types.types_of(args[1]))


def _anything(_args: Sequence[Datum]) -> Types:
    return types.UNKNOWN


CORE: Final[tuple[Word, ...]] = (
    _arithmetic("+", lambda _run, a, b: a + b, say("The sum of two integers.")),
    _arithmetic("-", lambda _run, a, b: a - b, say("The first integer less the second.")),
    _arithmetic("*", _times, say("The product of two integers.")),
    _arithmetic("/", _divided, say("The first integer divided by the second, rounded down.")),
    _comparison(">", operator.gt, say("Whether the first integer is greater.")),
    _comparison("<", operator.lt, say("Whether the first integer is smaller.")),
    _comparison(">=", operator.ge, say("Whether the first integer is greater or the same.")),
    _comparison("<=", operator.le, say("Whether the first integer is smaller or the same.")),
    Word(
        "==",
        ((ANY, Param("other")),),
        BOOL,
        say("Whether two values are the same; lists are compared by their elements."),
        _equals,
    ),
    Word(
        "and",
        ((),),
        BOOL,
        say("Whether all are true; one that is false decides."),
        _and,
        rest=Param("condition", BOOL),
        waits=(),
    ),
    Word(
        "or",
        ((),),
        BOOL,
        say("Whether at least one is true; one that is true decides."),
        _or,
        rest=Param("condition", BOOL),
        waits=(),
    ),
    Word("not", ((Param("condition", BOOL),),), BOOL, say("True for false, false for true."), _not),
    Word("list", ((),), LIST, say("A list of the values."), _list, rest=ANY),
    Word("cons", ((ANY, ROWS),), LIST, say("A list with one more value at its front."), _cons),
    Word("append", ((ROWS, Param("other", LIST)),), LIST, say("Two lists as one."), _append),
    Word("car", ((ROWS,),), _element, say("The first element of a list that is not empty."), _car),
    Word("cdr", ((ROWS,),), LIST, say("A list that is not empty, without its first element."), _cdr),
    Word(
        "get",
        ((Param("index", INT), ROWS),),
        _element_or_nil,
        say("The element at an index counted from 0; nil when there is none."),
        _get,
    ),
    Word("len", ((ROWS,),), INT, say("How many elements a list has."), _len),
    Word("empty?", ((ROWS,),), BOOL, say("Whether a list has no elements."), _is_empty),
    Word("member?", ((ANY, ROWS),), BOOL, say("Whether a list holds the value."), _is_member, waits=(1,)),
    Word(
        "or-default", ((ANY, Param("default")),), _either, say("The value, or the default when it is nil."), _or_default
    ),
    Word(
        "range",
        ((Param("count", INT),),),
        LIST,
        say("The integers from 0 up to, not including, the count; at most 10,000."),
        _range,
    ),
    _extreme("max", max, say("The greatest integer of a list that is not empty.")),
    _extreme("min", min, say("The smallest integer of a list that is not empty.")),
    Word(
        "map",
        ((ROWS, FUNCTION),),
        LIST,
        say("The function's results for every element."),
        _map,
        applies=True,
        feeds=(Feed(0, 1, 0),),
    ),
    Word(
        "map-indexed",
        ((ROWS, FUNCTION),),
        LIST,
        say("The function's results for index and element."),
        _map_indexed,
        applies=True,
        feeds=(Feed(0, 1, 1),),
    ),
    Word(
        "filter",
        ((ROWS, FUNCTION),),
        LIST,
        say("The elements for which the function gives true."),
        _filter,
        applies=True,
        feeds=(Feed(0, 1, 0),),
    ),
    Word(
        "reduce",
        ((ROWS, FUNCTION), (ROWS, Param("start"), FUNCTION)),
        _anything,
        say("One value from all elements: the function gets the value so far and the next element."),
        _reduce,
        applies=True,
        feeds=(Feed(0, 1, 1), Feed(0, 1, 0), Feed(0, 2, 1), Feed(1, 2, 0)),
    ),
    Word(
        "sort-by",
        ((ROWS, FUNCTION),),
        LIST,
        say("The elements sorted by what the functions give, highest first; equal ones keep their order."),
        _sort_by,
        rest=FUNCTION,
        applies=True,
        feeds=(Feed(0, 1, 0, onward=True),),
    ),
    _extreme_by("max-by", operator.gt, say("The element for which the function gives most; the first of equal ones.")),
    _extreme_by("min-by", operator.lt, say("The element for which the function gives least; the first of equal ones.")),
)
