"""What kind of file somebody gave us, told by its content: a schedule, a results file, an event. Writes nothing.

The name decides nothing: people rename files, and services send `download.txt`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arctos_desk.interchange.entries import read_entries
from arctos_desk.interchange.results_file import ResultsFile, read_results
from arctos_desk.scheduling.schedule_file import read_schedule
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import Words, say

MOST_BYTES: Final = 8 * 1024 * 1024
EVENT_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """The text of a schedule that was read once without a fault."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """A results file as it was read."""

    name: str
    file: ResultsFile


Contents = ScheduleFile | Results


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises Refused when it is not there, is no file, cannot be read or is far too large."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused([_problem("NO_FILE", path, say("There is no such file"))]) from None
    except IsADirectoryError:
        raise Refused([_problem("NO_FILE", path, say("This is a folder"), say("Name a file in it"))]) from None
    except OSError as error:
        words = say("The file cannot be read: {reason}", reason=error.strerror or type(error).__name__)
        raise Refused([_problem("UNREADABLE_FILE", path, words)]) from None
    if len(raw) > MOST_BYTES and not raw.startswith(EVENT_HEADER):
        words = say("The file is larger than {most} MB", most=MOST_BYTES // 1024 // 1024)
        raise Refused([_problem("TOO_LARGE", path, words, say("Choose a schedule or a results file"))])
    return raw


def contents_of(raw: bytes, name: str, *, zone: str = "UTC") -> Contents:
    """The file as what its content says it is. Raises Refused with every fault and its place."""
    if raw.startswith(EVENT_HEADER):
        words = say("This is an event file")
        raise Refused([Problem("EVENT_FILE", words, place=name, next_step=say("Open it instead of importing it"))])
    if looks_like_json(raw):
        return Results(name, read_results(raw, zone=zone))
    text = _text(raw, name)
    if not text.strip():
        words = say("The file is empty")
        raise Refused([Problem("EMPTY", words, place=name, next_step=say("Choose a schedule or a results file"))])
    problems: list[Problem] = []
    for read in (read_schedule, read_entries):
        try:
            read(text)
        except Refused as news:
            # What is no TOML is none for the second reader either.
            problems += [problem for problem in news.problems if not (problems and problem.code == "NOT_TOML")]
    if problems:
        raise Refused(problems)
    return ScheduleFile(name, text)


def looks_like_json(raw: bytes) -> bool:
    """Whether a file is meant as JSON: it is JSON, or it begins as only JSON does."""
    text = raw.decode("utf-8-sig", "replace").lstrip()
    if not text.startswith(("[", "{", '"')):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        # Broken: a table of TOML begins with a bare name in brackets, a list of JSON with a value.
        return _BEGINS_AS_JSON.match(text) is not None
    return True


_BEGINS_AS_JSON: Final = re.compile(r"\{|\[\s*(?:[\{\"\d\-]|\[\s*[\{\[\d\-]|$)")


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        words = say("The file is not UTF-8 text: byte {byte} cannot be read", byte=error.start)
        problem = Problem("NOT_UTF8", words, place=f"{name}, line {line}", next_step=say("Save it as UTF-8"))
        raise Refused([problem]) from None


def _problem(code: str, path: Path, words: Words, next_step: Words | None = None) -> Problem:
    return Problem(code, words, place=path.name or str(path), next_step=next_step)
