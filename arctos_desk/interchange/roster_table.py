"""Reads a list of teams and players that was pasted from a spreadsheet or saved as CSV, and tells every fault at once.

Three kinds of list are understood: a row for each player with their team, names alone (of one team), and teams alone.
Headings may be English, German or Spanish; without headings the columns are guessed and the guess is told. Columns of
contacts are never taken. Writes nothing and knows no event: `roster_preview` compares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from arctos_desk.interchange.cells import CellRow, Cells, Note, column_of, letter_of, read_cells, row_place
from arctos_desk.interchange.roster_headings import (
    LEFT_OUT,
    Means,
    contact_in,
    is_nobody,
    meaning_of,
    yes_or_no,
)
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.words import Words, say, say_n

TEAM_MOST: Final = 200
SHORTNAME_MOST: Final = 8
NAME_MOST: Final = 80
NUMBER_MOST: Final = 4
INJURY_MOST: Final = 200

_NEEDS_TEXT: Final = (Means.TEAM, Means.SHORTNAME, Means.COLOUR)
_OF_A_PLAYER: Final = frozenset(
    {Means.NAME, Means.FIRST_NAME, Means.LAST_NAME, Means.JERSEY_NAME, Means.NUMBER, Means.PAID, Means.HEAD_REF,
     Means.INJURY, Means.INJURY_PUBLIC}
)  # fmt: skip
_ONCE: Final = _OF_A_PLAYER | {*_NEEDS_TEXT}
_COLOUR: Final = re.compile(r"#?[0-9a-fA-F]{6}")
_WHOLE: Final = re.compile(r"(\d{1,3})[.,]0+")
_FORBIDDEN: Final = (",", "::")
_FORMULA: Final = ("=", "+", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column as it was understood. `heading` is empty in a list without headings, `letter` the one over it."""

    letter: str
    heading: str
    means: Means

    @property
    def title(self) -> str:
        """What a place calls this column."""
        return self.heading or self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTeam:
    """A team that the list names, where it names it first."""

    name: str
    shortname: str = ""
    colour: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One player of the list. Nothing (None) is what the list does not say; without a team it says none.

    With `problems` the row cannot be taken.
    """

    row: int
    team: str | None = None
    name: str = field(default="", repr=False)
    jersey_name: str | None = field(default=None, repr=False)
    number: str | None = None
    paid: bool | None = None
    head_ref: bool | None = None
    injury: str | None = field(default=None, repr=False)
    injury_public: bool | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        return row_place(self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    """A list as it was read. `problems` are those of all rows and of the whole, in the order of the list.

    `left_out` says in sentences what is never taken, `notes` what was taken although it is odd.
    """

    columns: tuple[ReadColumn, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    teams: tuple[ReadTeam, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    left_out: tuple[Words, ...] = ()
    file_name: str = ""

    @property
    def mercenaries(self) -> tuple[ReadRow, ...]:
        """The players for whom the list names no team."""
        return tuple(row for row in self.rows if row.team is None)

    @property
    def names_teams(self) -> bool:
        """Whether the list says who belongs to which team; else its players are of the team they are pasted into."""
        return any(column.means is Means.TEAM for column in self.columns)


def read_rosters(source: str | bytes, *, file_name: str = "", means: Sequence[Means] = ()) -> RosterTable:
    """Read a list. Never raises for what people paste: every fault is a problem with its place.

    `means` is what a person says of the columns, in their order; without it they are found out.
    """
    cells = read_cells(source)
    if not cells.rows:
        return RosterTable(problems=cells.problems, notes=cells.notes, file_name=file_name)
    return _Reading(cells, file_name, means).table()


class _Reading:
    """A list while it is read."""

    def __init__(self, cells: Cells, file_name: str, means: Sequence[Means]) -> None:
        self._cells = cells
        self._means = means
        self._file_name = file_name
        self._notes: list[Note] = list(cells.notes)
        self._problems: list[Problem] = list(cells.problems)
        self._teams: dict[str, ReadTeam] = {}
        self._without_team = 0

    def table(self) -> RosterTable:
        rows = self._cells.rows
        headed = has_headings(rows[0])
        columns = _columns_by_heading(rows) if headed else _columns_by_content(rows)
        columns = [
            *(replace(column, means=said) for column, said in zip(columns, self._means)),
            *columns[len(self._means) :],
        ]
        body = rows[1:] if headed else rows
        known = {column.means for column in columns}
        self._problems += _column_problems(columns, rows[0].number)
        if not headed and not self._means:
            self._notes.append(_guess(columns))
        read: list[ReadRow] = []
        if not any(one.code in ("COLUMN_TWICE", "NO_NAMES") for one in self._problems):
            players = bool(known & {Means.NAME, Means.FIRST_NAME, Means.LAST_NAME})
            for row in body:
                one = self._row(row, columns, players=players)
                if one is not None:
                    read.append(one)
            if not read and not self._teams and not self._problems:
                words = say("There is nothing below the headings")
                self._problems.append(Problem("EMPTY", words, next_step=say("Copy the rows too")))
        if self._without_team and Means.TEAM in known:
            words = say_n(
                "One player has no team and becomes a mercenary",
                "{count} players have no team and become mercenaries",
                self._without_team,
            )
            self._notes.append(Note("NO_TEAM", words))
        problems = (*self._problems, *(problem for row in read for problem in row.problems))
        return RosterTable(
            columns=tuple(columns),
            rows=tuple(read),
            teams=tuple(self._teams.values()),
            problems=tuple(sorted(problems, key=_row_of)),
            notes=tuple(self._notes),
            left_out=_left_out(columns),
            file_name=self._file_name,
        )

    def _row(self, row: CellRow, columns: Sequence[ReadColumn], *, players: bool) -> ReadRow | None:
        """A player, or None for a row that only names a team."""
        said = {
            column.means: (cell, row_place(row.number, column.title))
            for column, cell in zip(columns, row.cells, strict=False)
            if cell and column.means in _ONCE
        }
        problems = [*_beyond(row, columns), *_contacts(said)]
        self._note_formulas(said)
        team = self._team(said, problems, row.number)
        if not players:
            self._problems += problems
            return None
        if not said.keys() & _OF_A_PLAYER and team is not None and not problems:
            return None
        name = self._name(said, row, columns, problems)
        read = ReadRow(
            row=row.number,
            team=team,
            name=name,
            jersey_name=_text(said, Means.JERSEY_NAME, NAME_MOST, problems),
            number=_number(said, problems),
            paid=_flag(said, Means.PAID, problems),
            head_ref=_flag(said, Means.HEAD_REF, problems),
            injury=_text(said, Means.INJURY, INJURY_MOST, problems),
            injury_public=_flag(said, Means.INJURY_PUBLIC, problems),
        )
        if team is None and not problems:
            self._without_team += 1
        return replace(read, problems=tuple(problems))

    def _team(self, said: Mapping[Means, tuple[str, str]], problems: list[Problem], row: int) -> str | None:
        cell, place = said.get(Means.TEAM, ("", ""))
        shortname, short_place = said.get(Means.SHORTNAME, ("", ""))
        colour, colour_place = said.get(Means.COLOUR, ("", ""))
        if not cell or is_nobody(cell):
            return None
        if len(cell) > TEAM_MOST:
            problems.append(_too_long(TEAM_MOST, place))
            return None
        for mark in _FORBIDDEN:
            if mark in cell:
                words = say("A name must not contain {mark}", mark=mark)
                problems.append(Problem("NAME_CHARS", words, place=place, next_step=say("Write it without")))
        if any(mark in cell for mark in _FORBIDDEN):
            return cell
        if colour and not _COLOUR.fullmatch(colour):
            words = say("A colour is six digits from 0 to 9 and a to f")
            problems.append(Problem("COLOUR", words, place=colour_place, next_step=say("Write it like #1f8a4c")))
            colour = ""
        key = cell.casefold()
        known = self._teams.get(key)
        if known is None and len(shortname) > SHORTNAME_MOST:
            words = say("This short name is cut to {most} characters", most=SHORTNAME_MOST)
            self._notes.append(Note("SHORTNAME_CUT", words, short_place))
            shortname = shortname[:SHORTNAME_MOST].rstrip()
        if known is None:
            colour = colour.removeprefix("#").lower()
            known = self._teams[key] = ReadTeam(name=cell, shortname=shortname, colour=colour, row=row)
        return known.name

    def _name(
        self,
        said: Mapping[Means, tuple[str, str]],
        row: CellRow,
        columns: Sequence[ReadColumn],
        problems: list[Problem],
    ) -> str:
        cell, place = said.get(Means.NAME, ("", ""))
        if not cell:
            parts = [said[one] for one in (Means.FIRST_NAME, Means.LAST_NAME) if one in said]
            cell = " ".join(part for part, _ in parts)
            place = parts[0][1] if parts else ""
        if not cell:
            wanted = next(
                column for column in columns if column.means in (Means.NAME, Means.FIRST_NAME, Means.LAST_NAME)
            )
            words = say("This player has no name")
            next_step = say("Write a name, or take the row out")
            problems.append(
                Problem("NAME_REQUIRED", words, place=row_place(row.number, wanted.title), next_step=next_step)
            )
            return ""
        if len(cell) > NAME_MOST:
            problems.append(_too_long(NAME_MOST, place))
        elif not any(letter.isalnum() for letter in cell):
            words = say("This is no name")
            problems.append(Problem("NAME_REQUIRED", words, place=place, next_step=say("Write a name with letters")))
        return cell

    def _note_formulas(self, said: Mapping[Means, tuple[str, str]]) -> None:
        for cell, place in said.values():
            if cell.startswith(_FORMULA):
                words = say("This looks like a formula and was taken as text")
                self._notes.append(Note("FORMULA", words, place))


# columns
# ---------------------------------------------------------------------------------------------------------------------


def has_headings(row: CellRow) -> bool:
    """Whether the first row says what the columns are: some heading is known, and no cell is a number or a contact."""
    filled = [cell for cell in row.cells if cell]
    if any(cell.isdigit() or contact_in(cell) is not Means.UNKNOWN for cell in filled):
        return False
    return any(meaning_of(cell) is not Means.UNKNOWN for cell in filled)


def _columns_by_heading(rows: Sequence[CellRow]) -> list[ReadColumn]:
    columns = []
    for index, heading in enumerate(rows[0].cells):
        means = meaning_of(heading)
        if means is Means.JERSEY:
            cells = tuple(column_of(rows[1:], index))
            means = Means.NUMBER if _are_numbers(cells) else Means.JERSEY_NAME
        columns.append(ReadColumn(letter=letter_of(index), heading=heading, means=means))
    if any(column.means is Means.NAME for column in columns):
        # one name is shown: whoever gives a display name need not give the others
        dropped = (Means.FIRST_NAME, Means.LAST_NAME)
        columns = [
            ReadColumn(letter=one.letter, heading=one.heading, means=Means.LEGAL_NAME) if one.means in dropped else one
            for one in columns
        ]
    return columns


def _columns_by_content(rows: Sequence[CellRow]) -> list[ReadColumn]:
    """Columns of a list without headings, by what stands in them."""
    width = max(len(row.cells) for row in rows)
    means: list[Means] = []
    texts: list[int] = []
    for index in range(width):
        cells = tuple(column_of(rows, index))
        found = _content(cells)
        if found in means and found in _ONCE:
            found = Means.UNKNOWN
        if found is Means.NAME:
            texts.append(index)
        means.append(found if found is not Means.NAME else Means.UNKNOWN)
    if len(texts) > 1:
        team = max(texts[:2], key=lambda index: (_repeats(tuple(column_of(rows, index))), -index))
        names = [index for index in texts if index != team]
        means[team] = Means.TEAM
        means[names[0]] = Means.NAME
        if len(names) > 1:
            means[names[1]] = Means.JERSEY_NAME
    elif texts:
        means[texts[0]] = Means.NAME
    return [ReadColumn(letter=letter_of(index), heading="", means=one) for index, one in enumerate(means)]


def _content(cells: Sequence[str]) -> Means:
    """What a column without heading says: numbers, contacts, else text (NAME); UNKNOWN for nothing and for ticks."""
    if not cells:
        return Means.UNKNOWN
    contacts = Counter(contact_in(cell) for cell in cells)
    for one in (Means.EMAIL, Means.PHONE, Means.BIRTHDAY):
        if contacts[one] * 2 > len(cells):
            return one
    if _are_numbers(cells):
        return Means.NUMBER
    if all(yes_or_no(cell) is not None for cell in cells):
        return Means.UNKNOWN  # ticks: nobody can tell whether somebody has paid or is a head referee
    return Means.NAME


def _are_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(len(cell) <= 6 and (cell[:1].isdigit() or cell[-1:].isdigit()) for cell in cells)


def _repeats(cells: Sequence[str]) -> int:
    return len(cells) - len(set(cells))


def _guess(columns: Sequence[ReadColumn]) -> Note:
    """The guess in words: which column was taken for what."""
    names = {
        Means.TEAM: say("team"),
        Means.NAME: say("name"),
        Means.JERSEY_NAME: say("jersey name"),
        Means.NUMBER: say("number"),
    }
    told = tuple(
        say("{letter}: {meaning}", letter=column.letter, meaning=names[column.means])
        for column in columns
        if column.means in names
    )
    return Note("GUESSED", say("There are no headings; the columns were taken as {columns}", columns=told))


def _column_problems(columns: Sequence[ReadColumn], row: int) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[Means] = set()
    for column in columns:
        if column.means in seen and column.means in _ONCE:
            words = say("Two columns say the same: {heading}", heading=column.title)
            next_step = say("Take one of them out")
            problems.append(Problem("COLUMN_TWICE", words, place=row_place(row, column.title), next_step=next_step))
        seen.add(column.means)
    if not seen & {Means.NAME, Means.FIRST_NAME, Means.LAST_NAME} and (Means.TEAM not in seen or seen & _OF_A_PLAYER):
        words = say("No column holds the names of players")
        next_step = say("Give the list headings such as Team, Name, Number")
        problems.append(Problem("NO_NAMES", words, place=row_place(row), next_step=next_step))
    return problems


def _left_out(columns: Sequence[ReadColumn]) -> tuple[Words, ...]:
    told: dict[Words, None] = {}
    for column in columns:
        if column.means in LEFT_OUT:
            told[LEFT_OUT[column.means]] = None
        elif column.means is Means.UNKNOWN and column.heading:
            told[say("The column {heading} is not known and is left out", heading=column.heading)] = None
        elif column.means is Means.UNKNOWN:
            told[say("Column {letter} was not understood and is left out", letter=column.letter)] = None
    return tuple(told)


# cells
# ---------------------------------------------------------------------------------------------------------------------


def _text(said: Mapping[Means, tuple[str, str]], means: Means, most: int, problems: list[Problem]) -> str | None:
    if means not in said:
        return None
    cell, place = said[means]
    if len(cell) > most:
        problems.append(_too_long(most, place))
    return cell


def _number(said: Mapping[Means, tuple[str, str]], problems: list[Problem]) -> str | None:
    if Means.NUMBER not in said:
        return None
    cell, place = said[Means.NUMBER]
    whole = _WHOLE.fullmatch(cell)
    cell = whole[1] if whole else cell.removeprefix("#").strip()
    if len(cell) > NUMBER_MOST:
        words = say("A jersey number has at most {most} characters", most=NUMBER_MOST)
        problems.append(Problem("NUMBER", words, place=place, next_step=say("Write the number alone")))
    return cell or None


def _flag(said: Mapping[Means, tuple[str, str]], means: Means, problems: list[Problem]) -> bool | None:
    if means not in said:
        return None
    cell, place = said[means]
    ticked = yes_or_no(cell)
    if ticked is None:
        words = say("This is neither yes nor no")
        problems.append(Problem("FLAG", words, place=place, next_step=say("Write yes or no, or leave it empty")))
    return ticked


def _contacts(said: Mapping[Means, tuple[str, str]]) -> list[Problem]:
    """Cells that look like a contact where none belongs."""
    problems: list[Problem] = []
    for means, (cell, place) in said.items():
        found = contact_in(cell)
        if found is Means.EMAIL:
            words = say("This looks like an e-mail address; the desk keeps no contacts")
        elif found is Means.PHONE and means is not Means.NUMBER:
            words = say("This looks like a phone number; the desk keeps no contacts")
        elif found is Means.BIRTHDAY and means is not Means.INJURY:
            words = say("This looks like a date; the desk keeps no birthdays")
        elif "\ufffd" in cell:
            words = say("Letters of this cell are broken")
            next_step = say("Save the list as UTF-8, or copy the cells and paste them")
            problems.append(Problem("LETTERS", words, place=place, next_step=next_step))
            continue
        else:
            continue
        problems.append(Problem("CONTACT", words, place=place, next_step=say("Take it out of the list")))
    return problems


def _beyond(row: CellRow, columns: Sequence[ReadColumn]) -> list[Problem]:
    """Cells to the right of the last column."""
    if len(row.cells) <= len(columns):
        return []
    words = say("This row has more cells than there are columns")
    place = row_place(row.number, letter_of(len(columns)))
    return [Problem("MORE_CELLS", words, place=place, next_step=say("Look for a separator inside a cell"))]


def _too_long(most: int, place: str) -> Problem:
    words = say("This text has more than {most} characters", most=most)
    return Problem("TOO_LONG", words, place=place, next_step=say("Shorten it"))


def _row_of(problem: Problem) -> int:
    found = re.match(r"row (\d+)", problem.place)
    return int(found[1]) if found else 0
