"""Finding what a command names and measuring what it says, with a clear refusal. Changes nothing."""

from __future__ import annotations

from typing import Final, NoReturn

from arctos_desk.operations.draft import Context
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Match, Point
from arctos_desk.tournament.words import say

NOTE_MOST: Final = 2_000
"""Characters of one note or reason."""
NAME_MOST: Final = 200
"""Characters of a name (spec arctos.md §1, string limits)."""


def refuse(*problems: Problem) -> NoReturn:
    """Refuse the command with these problems, all at once."""
    raise Refused(problems)


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
