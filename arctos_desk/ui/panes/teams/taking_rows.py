"""Turns the preview of a list into rows: what each would do, what was left out, what stands against it, how many.

Pure Python, no toolkit. Decides nothing: `interchange.roster_preview` compares, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arctos_desk.interchange.roster_headings import LEFT_OUT, Means
from arctos_desk.interchange.roster_preview import Decision, RowStatus, Take
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import render, tr, tr_n
from arctos_desk.ui.theme import HueName

if TYPE_CHECKING:
    from arctos_desk.interchange.roster_preview import Candidate, PreviewRow, RosterPreview
    from arctos_desk.interchange.roster_table import ReadColumn, RosterTable
    from arctos_desk.operations.commands import ImportRosters
    from arctos_desk.tournament.reasons import Problem

MEANS_WORDS: Final[Mapping[Means, Words]] = {
    Means.TEAM: say("Team"),
    Means.SHORTNAME: say("Short name"),
    Means.COLOUR: say("Colour"),
    Means.NAME: say("Name"),
    Means.FIRST_NAME: say("First name"),
    Means.LAST_NAME: say("Last name"),
    Means.JERSEY_NAME: say("Jersey name"),
    Means.NUMBER: say("Number"),
    Means.PAID: say("Paid"),
    Means.HEAD_REF: say("Head ref"),
    Means.INJURY: say("Injury"),
    Means.INJURY_PUBLIC: say("Injury is public"),
}
"""What a person may choose for a column, besides leaving it out."""
STATUS_LOOKS: Final[Mapping[RowStatus, tuple[HueName, IconName]]] = {
    RowStatus.NEW: ("running", "plus"),
    RowStatus.CHANGED: ("accent", "note"),
    RowStatus.SAME: ("done", "check"),
    RowStatus.POSSIBLE_DUPLICATE: ("warning", "question"),
    RowStatus.PROBLEM: ("danger", "cross"),
}
_STATUS_WORDS: Final[Mapping[RowStatus, Words]] = {
    RowStatus.NEW: say("new"),
    RowStatus.CHANGED: say("changed"),
    RowStatus.SAME: say("the same"),
    RowStatus.POSSIBLE_DUPLICATE: say("duplicate?"),
    RowStatus.PROBLEM: say("problem"),
}
_LIMITS: Final = frozenset({"TEAMS_FULL", "ROSTER_FULL"})


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column as it was understood: its heading, what it means, and what it may mean (value, words)."""

    title: str
    means: Means
    options: tuple[tuple[Means, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One answer to what a row is; no decision stands for what holds while nobody decides."""

    words: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class TakeRow:
    """One row of the list. `taken` says whether it is taken in, `told` why it is what it is."""

    key: str
    row: int
    status: RowStatus
    status_words: str
    taken: bool
    can_take: bool
    team: str
    is_new_team: bool
    number: str
    name: str
    marks: str
    told: str
    changes: frozenset[str]
    decisions: tuple[DecisionRow, ...]
    chosen: int


def column_rows(columns: Sequence[ReadColumn]) -> tuple[ColumnRow, ...]:
    return tuple(_column(column) for column in columns)


def _column(column: ReadColumn) -> ColumnRow:
    # What is never taken keeps its meaning, so that the list still says why it is left out.
    left_out = column.means if column.means in LEFT_OUT else Means.UNKNOWN
    options = [(means, render(words)) for means, words in MEANS_WORDS.items()]
    title = column.heading or tr("Column {letter}", letter=column.letter)
    return ColumnRow(title=title, means=column.means, options=(*options, (left_out, tr("Leave out"))))


def take_rows(preview: RosterPreview) -> tuple[TakeRow, ...]:
    return tuple(_take_row(row) for row in preview.rows)


def _take_row(row: PreviewRow) -> TakeRow:
    decisions = _decisions(row)
    chosen = _chosen(row, decisions)
    return TakeRow(
        key=str(row.row),
        row=row.row,
        status=row.status,
        status_words=render(_STATUS_WORDS[row.status]),
        taken=row.decision.take is not Take.LEAVE_OUT,
        can_take=row.status not in (RowStatus.PROBLEM, RowStatus.SAME),
        team=row.team or tr("Mercenaries"),
        is_new_team=bool(row.team) and not row.team_id,
        number=row.number,
        name=row.name,
        marks=_marks(row),
        told=_told(row, decisions[chosen].words),
        changes=frozenset(row.changes),
        decisions=decisions,
        chosen=chosen,
    )


def _marks(row: PreviewRow) -> str:
    """What else the row says, in a few words; an injury is not spelled out where others look over a shoulder."""
    said = [
        *([tr("as {jersey_name}", jersey_name=row.jersey_name)] if row.jersey_name else []),
        *([tr("paid")] if row.paid else []),
        *([tr("head ref")] if row.head_ref else []),
        *([tr("public injury") if row.injury_public else tr("private note")] if row.injury else []),
    ]
    return ", ".join(said)


def _told(row: PreviewRow, decided: str) -> str:
    if row.problems:
        return "\n".join(f"{problem.place}: {render(problem.words)}" for problem in row.problems)
    if row.candidates:
        return "\n".join(render(candidate.why) for candidate in row.candidates)
    return decided


def _decisions(row: PreviewRow) -> tuple[DecisionRow, ...]:
    """The answers to a row, first the one that holds while nobody decides."""
    same = tuple(DecisionRow(_same_words(candidate), candidate.same) for candidate in row.candidates)
    leave_out = DecisionRow(tr("Leave out"), Decision(Take.LEAVE_OUT))
    match row.status:
        case RowStatus.PROBLEM:
            return (DecisionRow(tr("Left out: something is wrong with it"), None),)
        case RowStatus.SAME:
            another = DecisionRow(tr("Another person of this name"), Decision(Take.AS_NEW))
            return (DecisionRow(tr("Nothing to do: it says nothing new"), None), another)
        case RowStatus.CHANGED:
            another = DecisionRow(tr("Another person of this name"), Decision(Take.AS_NEW))
            return (DecisionRow(tr("The same person; write what is new"), None), another, *same, leave_out)
        case _:
            return (DecisionRow(tr("A new player"), None), *same, leave_out)


def _chosen(row: PreviewRow, decisions: Sequence[DecisionRow]) -> int:
    return next((place for place, one in enumerate(decisions) if one.decision == row.decision), 0)


def _same_words(candidate: Candidate) -> str:
    number, team = candidate.number, candidate.team
    if candidate.row:
        return tr("The same as {name} in row {row}", name=candidate.name, row=candidate.row)
    if number and team:
        return tr("The same as {name}, {number}, {team}", name=candidate.name, number=number, team=team)
    if team:
        return tr("The same as {name}, {team}", name=candidate.name, team=team)
    return tr("The same as {name}, a mercenary", name=candidate.name)


# the whole list


def source_words(table: RosterTable) -> str:
    """Where the list comes from and how long it is."""
    rows = tr_n("{count} row", "{count} rows", len(table.rows) or len(table.teams))
    if table.file_name:
        return tr("{rows} from {file}", rows=rows, file=table.file_name)
    return tr("{rows} from the clipboard", rows=rows)


def status_counts(preview: RosterPreview) -> tuple[tuple[RowStatus, str], ...]:
    """How many rows are what, without those that are none."""
    words = {
        RowStatus.NEW: lambda n: tr_n("{count} new", "{count} new", n),
        RowStatus.CHANGED: lambda n: tr_n("{count} changed", "{count} changed", n),
        RowStatus.SAME: lambda n: tr_n("{count} the same", "{count} the same", n),
        RowStatus.POSSIBLE_DUPLICATE: lambda n: tr_n("{count} possible duplicate", "{count} possible duplicates", n),
        RowStatus.PROBLEM: lambda n: tr_n("{count} row with a problem", "{count} rows with a problem", n),
    }
    counts = ((status, preview.count(status)) for status in words)
    return tuple((status, words[status](count)) for status, count in counts if count)


def beside_words(preview: RosterPreview) -> tuple[str, ...]:
    """What is left out and what was noticed, each as a sentence."""
    notes = tuple(
        tr("{place}: {what}", place=note.place, what=note.words) if note.place else render(note.words)
        for note in preview.notes
    )
    return (*(render(words) for words in preview.left_out), *notes)


def players_taken(order: ImportRosters) -> int:
    """How many players the order writes, new or changed."""
    of_teams = sum(len(listed.players) + len(listed.changed) for listed in order.teams)
    return of_teams + len(order.mercenaries) + len(order.changed)


def take_words(preview: RosterPreview) -> str:
    """What the one button does."""
    players = players_taken(preview.order)
    if players:
        return tr_n("Take in {count} player", "Take in {count} players", players)
    teams = sum(1 for listed in preview.order.teams if not listed.team)
    return tr_n("Take in {count} team", "Take in {count} teams", teams) if teams else tr("Nothing to take in")


def problems_in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What stands against the whole list first, then row by row."""
    return tuple(sorted(problems, key=lambda problem: problem.code not in _LIMITS))


def why_not_take(preview: RosterPreview) -> str:
    """Why nothing can be taken in as it stands; empty when it can."""
    limits = [problem for problem in preview.problems if problem.code in _LIMITS]
    if limits:
        return render(limits[0].words)
    if preview.takes_anything:
        return ""
    return tr("There is nothing in this list that is not there already")


def taken_words(preview: RosterPreview) -> str:
    """What was done, after it."""
    players = players_taken(preview.order)
    teams = sum(1 for listed in preview.order.teams if not listed.team)
    said_players = tr_n("{count} player", "{count} players", players)
    said_teams = tr_n("{count} new team", "{count} new teams", teams)
    if players and teams:
        return tr("Taken in: {players}, {teams}", players=said_players, teams=said_teams)
    return tr("Taken in: {what}", what=said_players if players else said_teams)
