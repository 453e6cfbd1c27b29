"""What every order must be before a handler sees it: texts that the log can carry, numbers and times that make sense.

Texts get the one form that operations know (NFC, no control characters): people paste from anywhere. Knows no single
command and no rule of the sport.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final, TypeVar, cast

from arctos_desk.operations.commands import Command, ImportSchedule
from arctos_desk.operations.handlers.looking_up import refuse
from arctos_desk.tournament.ids import kind_of
from arctos_desk.tournament.instants import LATEST
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.registers import Writes, fits
from arctos_desk.tournament.words import say

T = TypeVar("T")

LIST_MOST: Final = 100_000
"""Entries of one list in an order; the largest real file has a few hundred."""

_NUMBER_MOST: Final = 2**53 - 1
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def admitted(command: Command) -> Command:
    """The command in the form in which handlers get it. Raises Refused.

    A moment is only refused where no calendar has it: laptops are wrong by years, and nobody is stopped for it.
    """
    if isinstance(command, ImportSchedule):
        # A file's text is read as it stands: control characters in it are a fault to be told with its line.
        return replace(_with_clean_fields(command, skip="text"), text=_composed(command.text, "text"))
    return _with_clean_fields(command)


def _with_clean_fields(value: T, place: str = "", skip: str = "") -> T:
    changed = {}
    for one in fields(cast("Any", value)):
        if one.name == skip:
            continue
        before = getattr(value, one.name)
        after = _clean(before, f"{place}.{one.name}" if place else one.name)
        if after is not before:
            changed[one.name] = after
    return cast("T", replace(cast("Any", value), **changed)) if changed else value


def _clean(value: Any, place: str) -> Any:
    """The value with every text in it cleaned; the very same object where nothing had to be done."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, int):
        return _number(value, place)
    if isinstance(value, float):
        refuse(Problem("NUMBER", say("Whole numbers only"), place=place))
    if isinstance(value, tuple | list | Mapping):
        if len(value) > LIST_MOST:
            refuse(
                Problem(
                    "TOO_MANY", say("{count} entries; {most} are possible", count=len(value), most=LIST_MOST), place
                )
            )
        return _mapping(value, place) if isinstance(value, Mapping) else _row(value, place)
    if is_dataclass(value):
        return _with_clean_fields(value, place)
    return value


def _row(value: tuple[Any, ...] | list[Any], place: str) -> Any:
    cleaned = [_clean(part, f"{place}[{index}]") for index, part in enumerate(value)]
    if all(one is other for one, other in zip(cleaned, value, strict=True)):
        return value
    return tuple(cleaned) if isinstance(value, tuple) else cleaned


def _mapping(value: Mapping[Any, Any], place: str) -> Mapping[Any, Any]:
    cleaned = {_clean(key, place): _clean(part, f"{place}.{key}") for key, part in value.items()}
    same = all(one is other for pair in zip(cleaned.items(), value.items(), strict=False) for one, other in zip(*pair))
    return value if same and len(cleaned) == len(value) else cleaned


def _text(text: str, place: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _composed(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), place)


def _composed(text: str, place: str) -> str:
    if text.isascii():
        return text
    if _SURROGATES.search(text):
        refuse(
            Problem(
                "TEXT_BROKEN",
                say("This text holds broken characters that cannot be kept"),
                place=place,
                next_step=say("Type it again"),
            )
        )
    return unicodedata.normalize("NFC", text)


def _number(number: int, place: str) -> int:
    if place.endswith("_ms") and not 0 <= number <= LATEST:
        refuse(_time(place))
    if abs(number) > _NUMBER_MOST:
        refuse(Problem("NUMBER", say("This number is too large"), place=place))
    return number


def _time(place: str) -> Problem:
    return Problem(
        "TIME",
        say("This moment cannot be meant"),
        place=place,
        next_step=say("Look at the date and the clock of this laptop"),
    )


def why_not_kept(writes: Writes) -> tuple[Problem, ...]:
    """Values that no desk would read, this one included; empty when all are fine."""
    return tuple(
        Problem(
            "VALUE",
            say("This value is not possible here"),
            place=register,
            next_step=say("Enter it again"),
            about=reference,
        )
        for reference, values in writes.items()
        for register, value in values.items()
        if not fits(kind_of(reference), register, value)
    )
