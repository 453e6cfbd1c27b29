"""Text that was copied out of a spreadsheet, or saved as CSV, taken apart into rows of cells with their numbers.

Finds encoding, separator and quotes by itself; tells every fault with its row. Knows nothing of what the cells mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.words import Words, say

BYTES_MOST: Final = 10_000_000
ROWS_MOST: Final = 10_000
COLUMNS_MOST: Final = 64
CELL_MOST: Final = 2_000
"""Characters of one cell: longer ones are a quote that was never closed."""

_LOOKED_AT: Final = 50
"""Lines by which the separator is found."""
_SEPARATORS: Final = ("\t", ";", ",")
_BINARY: Final = (
    (b"PK\x03\x04", say("This is a spreadsheet file, not a list as text")),
    (b"\xd0\xcf\x11\xe0", say("This is a spreadsheet file, not a list as text")),
    (b"%PDF", say("This is a PDF, not a list as text")),
    (b"\x89PNG", say("This is a picture, not a list as text")),
    (b"\xff\xd8\xff", say("This is a picture, not a list as text")),
)
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Note:
    """What was taken although it is odd: never a refusal. `place` says where."""

    code: str
    words: Words
    place: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row; `number` counts as the spreadsheet does, from 1 and with empty rows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The rows that hold anything. With `problems` of the whole text there may be none."""

    rows: tuple[CellRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def read_cells(source: str | bytes) -> Cells:
    """Take a text apart. Never raises for what people paste."""
    problem, text, notes = _text(source)
    if problem is not None:
        return Cells(problems=(problem,))
    if not text.strip():
        return Cells(problems=(_problem("EMPTY", say("There is nothing in this list"), say("Copy the cells again")),))
    said, text = _separator_line(text)
    rows, problems = _rows(text, said or separator_of(text), first=2 if said else 1)
    if not rows and not problems:
        problems = [_problem("EMPTY", say("There is nothing in this list"), say("Copy the cells again"))]
    return Cells(rows=tuple(rows), problems=tuple(problems), notes=notes)


def row_place(number: int, column: str = "") -> str:
    """A place as a person finds it in the spreadsheet."""
    return f"row {number}, column {column}" if column else f"row {number}"


def letter_of(index: int) -> str:
    """The letters over a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def separator_of(text: str) -> str:
    """What stands between the cells: a tab where there is any, else the mark that most lines have equally often.

    The first line must have it, or half of the lines: a single semicolon further down belongs to a name.
    """
    lines = [line for line in islice(io.StringIO(text), _LOOKED_AT) if line.strip()]
    outside = [re.sub(r'"[^"]*"', "", line) for line in lines]
    if any("\t" in line for line in outside):
        return "\t"
    if _is_list_of_turned_names(outside):
        return "\t"
    best, most = "\t", 0
    for mark in (";", ","):
        counts = [line.count(mark) for line in outside if mark in line]
        if mark not in outside[0] and len(counts) * 2 < len(outside):
            continue
        agreeing = max((counts.count(one) for one in set(counts)), default=0)
        if agreeing > most:
            best, most = mark, agreeing
    return best


def _is_list_of_turned_names(lines: Sequence[str]) -> bool:
    """Whether every line is one cell like "Lovelace, Ada"."""
    return len(lines) > 1 and all(
        line.count(",") == 1 and ";" not in line and re.search(r"\w, \w", line) for line in lines
    )


# from bytes to text
# ---------------------------------------------------------------------------------------------------------------------


def _text(source: str | bytes) -> tuple[Problem | None, str, tuple[Note, ...]]:
    if len(source) > BYTES_MOST:
        words = say("This list is larger than {most} MB", most=BYTES_MOST // 1_000_000)
        return _problem("TOO_LARGE", words, say("Copy only the cells that are needed")), "", ()
    if isinstance(source, str):
        if "\x00" in source:
            return _no_text(), "", ()
        return None, source.removeprefix("\ufeff"), ()
    for start, words in _BINARY:
        if source.startswith(start):
            return _problem("NOT_TEXT", words, say("Copy the cells and paste them, or save as CSV")), "", ()
    return _decoded(source)


def _decoded(source: bytes) -> tuple[Problem | None, str, tuple[Note, ...]]:
    try:
        if source.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None, source.decode("utf-16").removeprefix("\ufeff"), ()
        width = _wide(source)
        if width:
            return None, source.decode(width), ()
    except UnicodeDecodeError:
        return _no_text(), "", ()
    if b"\x00" in source:
        return _no_text(), "", ()
    try:
        return None, source.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    words = say("This file does not say how its letters are written; it was read as a file of Windows")
    note = Note("LETTERS_GUESSED", words)
    try:
        return None, source.decode("cp1252"), (note,)
    except UnicodeDecodeError:
        return None, source.decode("latin-1"), (note,)


def _wide(source: bytes) -> str:
    """The name of a two-byte encoding without its mark: plain letters then have an empty byte beside them."""
    start = source[:200]
    if len(source) < 4 or len(source) % 2:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 and even == 0:
        return "utf-16-le"
    if even > len(start) // 4 and odd == 0:
        return "utf-16-be"
    return ""


def _no_text() -> Problem:
    return _problem("NOT_TEXT", say("This is not a list as text"), say("Copy the cells and paste them, or save as CSV"))


# from text to cells
# ---------------------------------------------------------------------------------------------------------------------


def _separator_line(text: str) -> tuple[str, str]:
    """The separator that the first line of some files names (`sep=;`), and the text without that line."""
    found = re.match(r'"?sep=([;,\t|])"?\r?(?:\n|\Z)', text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _rows(text: str, separator: str, first: int) -> tuple[list[CellRow], list[Problem]]:
    rows: list[CellRow] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first - 1
    filled = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.append(_quote_problem(str(error), number))
            continue
        shown = tuple(map(_clean, cells))
        while shown and not shown[-1]:
            shown = shown[:-1]
        if not shown:
            continue
        filled += 1
        if filled > ROWS_MOST:
            words = say("This list has more than {most} rows", most=ROWS_MOST)
            problems.append(_problem("TOO_MANY_ROWS", words, say("Copy it in parts"), row_place(number)))
            break
        problem = _size_problem(shown, number)
        if problem is None:
            rows.append(CellRow(number, shown))
        else:
            problems.append(problem)
    return rows, problems


def _quote_problem(error: str, number: int) -> Problem:
    place = row_place(number)
    if "unexpected end" in error:
        words = say("A quotation mark is opened here and never closed")
        return _problem("QUOTE_OPEN", words, say("Close it, or take it out"), place)
    if "field larger" in error:
        return _cell_too_long(place)
    words = say("A quotation mark stands inside a quoted cell")
    return _problem("QUOTE_INSIDE", words, say("Write it twice, or take it out"), place)


def _size_problem(cells: Sequence[str], number: int) -> Problem | None:
    if len(cells) > COLUMNS_MOST:
        words = say("This row has {count} cells; {most} are possible", count=len(cells), most=COLUMNS_MOST)
        return _problem("TOO_MANY_COLUMNS", words, say("Copy only the cells that are needed"), row_place(number))
    for index, cell in enumerate(cells):
        if len(cell) > CELL_MOST:
            return _cell_too_long(row_place(number, letter_of(index)))
    return None


def _cell_too_long(place: str) -> Problem:
    words = say("This cell has more than {most} characters", most=CELL_MOST)
    return _problem("CELL_TOO_LONG", words, say("Look for a quotation mark that is not closed"), place)


def _clean(cell: str) -> str:
    """A cell as one line, without what nobody sees."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split())
    return _BLANKS.sub(" ", _INVISIBLE.sub("", cell)).strip()


def column_of(rows: Sequence[CellRow], index: int) -> Iterator[str]:
    """What stands in a column, without empty cells."""
    return (row.cells[index] for row in rows if index < len(row.cells) and row.cells[index])


def _problem(code: str, words: Words, next_step: Words, place: str = "") -> Problem:
    return Problem(code, words, place=place, next_step=next_step)
