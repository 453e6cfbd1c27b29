"""What can be wrong with a script, each with a code, a sentence and a place. Renders no language but the source one.

Three families, never mixed: *unfinished* (keep typing), *unreadable* (no expression), *wrong* (it reads, but cannot
be carried out); and *limit*: the expression asks for more than a script may use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from arctos_desk.ass.source import NOWHERE, Place, Source, Span


class Kind(StrEnum):
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    WRONG = "wrong"
    LIMIT = "limit"


def say(msgid: str) -> str:
    """Marks a sentence for the catalogues, whose extraction looks for calls of this name; an outer ring renders it."""
    return msgid


DID_YOU_MEAN: Final = say("Did you mean “{nearest}”?")
"""The second sentence of an error that has a nearest word."""

SENTENCES: Final[dict[str, tuple[Kind, str]]] = {
    # reading
    "EMPTY": (Kind.UNFINISHED, say("Nothing is written here yet.")),
    "UNCLOSED": (Kind.UNFINISHED, say("“{bracket}” is never closed.")),
    "QUOTES_NOTHING": (Kind.UNFINISHED, say("After “'” an expression is missing.")),
    "UNOPENED": (Kind.UNREADABLE, say("“{bracket}” closes nothing.")),
    "EMPTY_LITERAL": (Kind.UNREADABLE, say("“{literal}” names nothing.")),
    "BAD_CHARACTERS": (Kind.UNREADABLE, say("“{text}” has no meaning here.")),
    "TOO_MUCH": (Kind.UNREADABLE, say("The expression is complete before this.")),
    "TEXT_TOO_LONG": (Kind.LIMIT, say("The text is {length} characters long; {limit} are allowed.")),
    "TOO_DEEP_TEXT": (Kind.LIMIT, say("Brackets are nested deeper than {limit} here.")),
    "TOO_MANY_TOKENS": (Kind.LIMIT, say("The text has more than {limit} parts.")),
    # calling
    "UNKNOWN_WORD": (Kind.WRONG, say("There is no function “{name}”.")),
    "CANNOT_CALL": (Kind.WRONG, say("{type} is not a function and cannot be called.")),
    "ARITY": (Kind.WRONG, say("“{word}” takes {expected}, not {count}.")),
    "ARGUMENT_TYPE": (Kind.WRONG, say("Argument {position} of “{word}” must be {expected}, not {found}.")),
    "FUNCTION_ARITY": (Kind.WRONG, say("The function {function} takes {expected}, not {count}.")),
    "WORD_AS_FUNCTION": (
        Kind.WRONG,
        say("“{name}” is a word of the language; to pass it on, wrap it: (lambda (x) ({name} x))."),
    ),
    # forms
    "FORM_ARITY": (Kind.WRONG, say("“{form}” takes {expected}, not {count}.")),
    "CONDITION_TYPE": (Kind.WRONG, say("The condition of “{form}” must be BOOL, not {found}.")),
    "CLAUSE_SHAPE": (Kind.WRONG, say("A clause of “cond” is written (condition result).")),
    "LET_SHAPE": (Kind.WRONG, say("“let” begins with a list of (name expression) pairs.")),
    "BINDING_SHAPE": (Kind.WRONG, say("A binding of “let” is written (name expression).")),
    "DUPLICATE_NAME": (Kind.WRONG, say("The name “{name}” is given twice.")),
    "RESERVED_NAME": (Kind.WRONG, say("“{name}” belongs to the language and cannot be given a new meaning.")),
    "PARAMETERS_SHAPE": (Kind.WRONG, say("“lambda” begins with a list of names.")),
    "PARAMETER_SHAPE": (Kind.WRONG, say("A parameter of “lambda” is a name.")),
    "REST_PARAMETER": (Kind.WRONG, say("“{name}”: a function cannot take any number of arguments; pass a list.")),
    # words
    "DIVISION_BY_ZERO": (Kind.WRONG, say("Division by zero.")),
    "EMPTY_LIST": (Kind.WRONG, say("“{word}” needs a list that is not empty.")),
    "RANGE_TOO_LARGE": (Kind.WRONG, say("“range” makes at most {limit} numbers, not {count}.")),
    "ELEMENT_TYPE": (Kind.WRONG, say("“{word}” needs a list of {expected}; element {position} is {found}.")),
    "KEY_TYPE": (Kind.WRONG, say("The key function of “{word}” must give INT, not {found}.")),
    "PREDICATE_TYPE": (Kind.WRONG, say("The function of “filter” must give BOOL, not {found}.")),
    # literals
    "UNKNOWN_MATCH": (Kind.WRONG, say("There is no match “{name}”.")),
    "UNKNOWN_TAG": (Kind.WRONG, say("There is no tag “{name}”.")),
    "UNKNOWN_TEAM": (Kind.WRONG, say("There is no team “{name}”.")),
    "BAD_TEAM_LITERAL": (
        Kind.WRONG,
        say("“[{text}]” is no team: write [team], [tag::name], [match::winner] or [match::loser]."),
    ),
    # what the checker finds
    "UNKNOWN_NAME": (Kind.WRONG, say("“{name}” stands for nothing yet.")),
    "UNUSED_NAME": (Kind.WRONG, say("“{name}” is never used.")),
    "RESULT_TYPE": (Kind.WRONG, say("The expression gives {found}; {expected} is wanted here.")),
    # definitions
    "BAD_NAME": (Kind.WRONG, say("“{name}” is not a name: use letters, digits, - and _, and begin with a letter.")),
    "VARIABLE_CYCLE": (Kind.WRONG, say("The variables need each other: {names}.")),
    # limits
    "STEPS": (Kind.LIMIT, say("The calculation takes more than {limit} steps.")),
    "DEPTH": (Kind.LIMIT, say("Functions call each other more than {limit} levels deep.")),
    "LIST_LENGTH": (Kind.LIMIT, say("A list grows longer than {limit}.")),
    "INTEGER_SIZE": (Kind.LIMIT, say("A number grows longer than {limit} digits.")),
    "RESULT_SIZE": (Kind.LIMIT, say("The result has more than {limit} parts.")),
}

Param = str | int


@dataclass(frozen=True, slots=True)
class ScriptError:
    """One thing wrong with a script: what, where, and the nearest word when a name was mistyped."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()
    span: Span = NOWHERE
    nearest: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def kind(self) -> Kind:
        return SENTENCES[self.code][0]

    @property
    def text(self) -> str:
        """The English sentence with {placeholders}: the message id of the catalogues."""
        return SENTENCES[self.code][1]

    @property
    def place(self) -> Place:
        """Line and column of its beginning, counted from 1."""
        return self.source.place(self.span.start) if self.source is not None else Place(1, self.span.start + 1)


class ScriptFault(Exception):
    """Carries one error with its place out of an evaluation; never leaves this package."""

    def __init__(self, error: ScriptError) -> None:
        self.error = error
        super().__init__(error.code)


class Trouble(Exception):
    """An error whose place the caller knows: raised by words, given a span by whoever called them."""

    def __init__(self, code: str, nearest: str = "", /, **params: Param) -> None:
        self.error = ScriptError(code, tuple(sorted(params.items())), nearest=nearest)
        super().__init__(code)

    def placed(self, span: Span, source: Source) -> ScriptFault:
        return ScriptFault(replace(self.error, span=span, source=source))


def fault(code: str, span: Span, source: Source, nearest: str = "", /, **params: Param) -> ScriptFault:
    return ScriptFault(ScriptError(code, tuple(sorted(params.items())), span, nearest, source))


def plain(error: ScriptError) -> str:
    """The error in the source language, with its place: for logs and tests."""
    text = error.text
    for name, value in error.params:
        text = text.replace("{" + name + "}", str(value))
    if error.nearest:
        text += " " + DID_YOU_MEAN.replace("{nearest}", error.nearest)
    title = f"{error.source.title}, " if error.source is not None and error.source.title else ""
    return f"{title}line {error.place.line}, column {error.place.column}: {text}"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like a mistyped one; empty when none is near."""
    if len(name) > 80:
        return ""
    found = get_close_matches(name, known, 1, 0.6)
    return found[0] if found else ""
