"""What a word of the language is: name, parameters, result, sentence and implementation, registered together.

Holds no words itself: `core_words` brings those of the language, outer rings theirs. Checks arguments; evaluates no
forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.ass import types
from arctos_desk.ass.errors import Trouble, fault, nearest
from arctos_desk.ass.forms import CONSTANTS, SPECIAL, ListForm
from arctos_desk.ass.values import (
    RESOLVED_CLASSES,
    Closure,
    Datum,
    Match,
    Residual,
    Symbol,
    Team,
    Type,
    Types,
    Unbound,
)

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run
    from arctos_desk.ass.reader import Program
    from arctos_desk.ass.source import Source


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: its name in the help and the types it accepts; no types means any."""

    name: str
    types: Types = types.NOTHING


class Need(StrEnum):
    """What a word must know of the matches in an argument, for the order of the schedule."""

    DECIDED = "decided"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Feed:
    """A word gives the elements of one argument to a parameter of a function that is another argument (or any after
    it).
    """

    rows: int
    function: int
    param: int
    onward: bool = False


class _Wait:
    """What a word returns when it cannot say yet: the call stays as it is."""

    __slots__ = ()


WAIT: Final = _Wait()

ResultRule = Types | Callable[[Sequence[Datum]], Types]


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word: `shapes` are the possible parameter lists, told apart by length; `rest` may follow the last.

    `call(run, *args)` gets arguments of the right types. Unless `waits` says which arguments must be known (by
    position), all must be. A word that `applies` functions is a generator: it yields (function, arguments) and is
    sent the result.
    """

    name: str
    shapes: tuple[tuple[Param, ...], ...]
    result: ResultRule
    help: str
    call: Callable[..., Any]
    rest: Param | None = None
    waits: tuple[int, ...] | None = None
    applies: bool = False
    needs: tuple[tuple[int, Need], ...] = ()
    feeds: tuple[Feed, ...] = ()
    extension: bool = False
    _quick: Mapping[int, tuple[frozenset[type], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_quick", {len(shape): tuple(map(quick_classes, shape)) for shape in self.shapes})

    @property
    def signature(self) -> str:
        """As help shows it: `(get index list)`; further shapes after a bar."""
        rest = [f"{self.rest.name}…"] if self.rest is not None else []
        return " | ".join("(" + " ".join([self.name, *(p.name for p in shape), *rest]) + ")" for shape in self.shapes)

    def shape_for(self, count: int) -> tuple[Param, ...] | None:
        """The parameters of a call with so many arguments; None when it takes no such number."""
        for shape in self.shapes:
            if len(shape) == count:
                return shape
        longest = self.shapes[-1]
        if self.rest is not None and count > len(longest):
            return (*longest, *([self.rest] * (count - len(longest))))
        return None

    def quick_for(self, count: int) -> tuple[frozenset[type], ...] | None:
        """Per argument the classes that need no further check; None for a call without fixed shape."""
        return self._quick.get(count)

    def expected(self) -> str:
        """The numbers of arguments it takes, for messages."""
        counts = " or ".join(str(len(shape)) for shape in self.shapes)
        return f"{counts} or more" if self.rest is not None else counts

    def types_of(self, args: Sequence[Datum]) -> Types:
        """The types its result will have."""
        return self.result(args) if callable(self.result) else self.result


_CLASSES: Final[dict[Type, type]] = {
    Type.INT: int,
    Type.BOOL: bool,
    Type.NIL: type(None),
    Type.TEAM: Team,
    Type.MATCH: Match,
    Type.LIST: tuple,
    Type.FUNC: Closure,
    Type.SYMBOL: Symbol,
}


def quick_classes(param: Param) -> frozenset[type]:
    """The classes of known values that the parameter accepts."""
    if not param.types:
        return RESOLVED_CLASSES
    return frozenset(_CLASSES[each] for each in param.types)


class Vocabulary:
    """The words an expression may use. Programs compiled for it are kept with it, so it must not change."""

    __slots__ = ("_names", "compiled", "words")

    def __init__(self, words: Iterable[Word]) -> None:
        self.words: Mapping[str, Word] = {word.name: word for word in words}
        self.compiled: dict[Program, Any] = {}
        self._names = frozenset(self.words) | SPECIAL

    def with_words(self, words: Iterable[Word]) -> Vocabulary:
        """This vocabulary and more words."""
        return Vocabulary([*self.words.values(), *words])

    def is_reserved(self, name: str) -> bool:
        """Whether nobody may give the name another meaning: forms, constants and words that are no extensions."""
        word = self.words.get(name)
        return name in SPECIAL or name in CONSTANTS or (word is not None and not word.extension)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> Iterable[str]:
        return self._names


def argument_fault(word: Word, index: int, arg: Datum, param: Param, form: ListForm, source: Source) -> Exception:
    """The error of an argument of the wrong type, at that argument."""
    items = form.items
    span = items[index + 1].span if index + 1 < len(items) else form.span
    found = types.in_words(types.types_of(arg))
    if param.types == types.FUNC and isinstance(arg, Symbol):
        return fault("WORD_AS_FUNCTION", span, source, name=arg.name)
    return fault(
        "ARGUMENT_TYPE",
        span,
        source,
        position=index + 1,
        word=word.name,
        expected=types.in_words(param.types),
        found=found,
    )


def check(run: Run, word: Word, args: tuple[Datum, ...], form: ListForm, source: Source) -> Residual | None:
    """Check number and types of the arguments; the residual call when one that matters is unknown, None to go on.

    Numbers come before types, types before what is unknown: a definite mismatch is an error even beside unknowns.
    """
    quick = word.quick_for(len(args))
    if quick is not None:
        for arg, classes in zip(args, quick, strict=True):
            if type(arg) not in classes:
                break
        else:
            return None
    shape = word.shape_for(len(args))
    if shape is None:
        raise fault("ARITY", form.span, source, word=word.name, expected=word.expected(), count=len(args))
    for index, (arg, param) in enumerate(zip(args, shape, strict=True)):
        if not param.types:
            continue
        if not types.may_be(types.types_of(arg), param.types):
            raise argument_fault(word, index, arg, param, form, source)
        if param.types == types.FUNC and isinstance(arg, Unbound):
            span = form.items[index + 1].span if index + 1 < len(form.items) else form.span
            raise fault("UNKNOWN_WORD", span, source, nearest(arg.name, run.known_names()), name=arg.name)
    watched = args if word.waits is None else [args[i] for i in word.waits if i < len(args)]
    for arg in watched:
        if type(arg) not in RESOLVED_CLASSES:
            return Residual(word.name, args, word.types_of(args))
    return None


def perform(run: Run, word: Word, args: tuple[Datum, ...], form: ListForm, source: Source) -> Datum:
    """Check and carry out a call of a word that applies no functions."""
    waiting = check(run, word, args, form, source)
    if waiting is not None:
        return waiting
    try:
        result = word.call(run, *args)
    except Trouble as trouble:
        raise trouble.placed(form.span, source) from None
    if result is WAIT:
        return Residual(word.name, args, word.types_of(args))
    return result  # type: ignore[no-any-return]  # words are written outside; their results are values by contract
