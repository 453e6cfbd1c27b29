"""Finding what a command names and measuring what it says, with a clear refusal. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from arctos_desk.operations.draft import Context
from arctos_desk.operations.uses import Use
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Match, Point
from arctos_desk.tournament.registers import Json, difference
from arctos_desk.tournament.words import Words, say

NOTE_MOST: Final = 2_000
"""Characters of one note or reason."""
NAME_MOST: Final = 200
"""Characters of a name (spec arctos.md §1, string limits)."""
SCRIPT_MOST: Final = 10_000
"""Characters of a script."""
LENGTH_MOST: Final = 7 * 24 * 60
"""Minutes of one row, as in a schedule file."""
FORBIDDEN_IN_NAMES: Final = (",", "::")
"""What lists and tokens of schedule files would take apart."""


def refuse(*problems: Problem) -> NoReturn:
    """Refuse the command with these problems, all at once."""
    raise Refused(problems)


@contextmanager
def noting(problems: list[Problem]) -> Iterator[None]:
    """Keep what one check refuses, so that the next is made all the same and people see everything at once."""
    try:
        yield
    except Refused as refused:
        problems.extend(refused.problems)


def refuse_any(problems: Collection[Problem]) -> None:
    """Refuse the command when there is any problem."""
    if problems:
        refuse(*problems)


def match_named(context: Context, match_id: str) -> Match:
    """The match with this id. Raises Refused NOT_FOUND."""
    match = context.event.matches.get(match_id)
    if match is None:
        refuse(Problem("NOT_FOUND", say("This match is no longer there"), next_step=say("Look at the board")))
    return match


def point_named(context: Context, point_id: str) -> Point:
    """The point with this id. Raises Refused NOT_FOUND."""
    point = context.event.points.get(point_id)
    if point is None:
        refuse(
            Problem("NOT_FOUND", say("This point is no longer there"), next_step=say("Look at the points of the match"))
        )
    return point


def one_line(text: str, most: int, place: str) -> str:
    """A name: one line without spaces around it, not longer than `most`. Raises Refused TOO_LONG."""
    return within(" ".join(text.split()), most, place)


def free_name(
    text: str, taken: Collection[str], *, most: int = NAME_MOST, forbidden: Collection[str] = FORBIDDEN_IN_NAMES
) -> str:
    """A name that nobody else has and that can be written everywhere. Raises Refused with every objection."""
    problems: list[Problem] = []
    name = " ".join(text.split())
    with noting(problems):
        within(name, most, "name")
    if not name:
        problems.append(Problem("NAME_REQUIRED", say("Give it a name"), place="name"))
    problems += [
        Problem("NAME_CHARS", say("A name must not contain {mark}", mark=mark), place="name")
        for mark in forbidden
        if mark in name
    ]
    if name in taken:
        problems.append(
            Problem(
                "NAME_TAKEN",
                say("{name} is there already", name=name),
                place="name",
                next_step=say("Choose another name"),
            )
        )
    refuse_any(problems)
    return name


def changed(before: Any, after: Any) -> dict[str, Json]:
    """What an edit writes. Raises Refused when it changes nothing."""
    written = difference(before, after)
    if not written:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    return written


def reason_given(text: str) -> str:
    """The reason that somebody gave. Raises Refused when there is none."""
    reason = within(text.strip(), NOTE_MOST, "reason")
    if not reason:
        refuse(
            Problem(
                "REASON_REQUIRED",
                say("Give a reason; it is kept in the journal"),
                place="reason",
                next_step=say("Write why in a few words"),
            )
        )
    return reason


def number_within(number: int, least: int, most: int, place: str) -> int:
    """The number, when it lies between both. Raises Refused NUMBER."""
    if not least <= number <= most:
        refuse(
            Problem(
                "NUMBER", say("A number from {least} to {most} is possible here", least=least, most=most), place=place
            )
        )
    return number


def within(text: str, most: int, place: str) -> str:
    """The text, when it is not longer than `most` characters. Raises Refused TOO_LONG."""
    if len(text) > most:
        refuse(
            Problem(
                "TOO_LONG",
                say("This text has {length} characters; {most} are possible", length=len(text), most=most),
                place=place,
                next_step=say("Shorten it"),
            )
        )
    return text


def refuse_used(uses: Sequence[Use], next_step: Words) -> None:
    """Refuse to delete what is used, with every place that uses it."""
    refuse_any([Problem("IN_USE", use.words, next_step=next_step, about=use.about) for use in uses])
