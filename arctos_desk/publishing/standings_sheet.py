"""Tables of standings as sheets: places, teams, every figure by which they were put in order. Counts nothing itself.

`standings_sheet` is for people: one table, with what put each team behind the one before it. `standings_records` is for
spreadsheets: all tables in one, every figure a number in a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from arctos_desk.formats.standings import Criterion, Table, name_of, remarks, shown, why_in_this_order
from arctos_desk.publishing.sheet import Cell, Sheet
from arctos_desk.publishing.wording import Wording
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.words import say


def standings_sheet(event: Event, table: Table, wording: Wording) -> Sheet:
    """One table. A team whose name another team bears too is shown with its key."""
    names = team_names(event)
    text = wording.text
    # What stands in a column of its own anyway is not repeated among the figures that decide.
    criteria = [
        (place, criterion)
        for place, criterion in enumerate(table.rules.criteria)
        if criterion not in (Criterion.WINS, Criterion.POINTS_FOR, Criterion.SETS_FOR)
    ]
    head = (
        text(say("Rank")),
        text(say("Team")),
        *(text(name_of(criterion)) for _, criterion in criteria),
        text(say("Played")),
        text(say("Wins")),
        text(say("Draws")),
        text(say("Losses")),
        text(say("Sets")),
        text(say("Points scored")),
        text(say("Decided by")),
    )
    reasons = ("", *(text(chain[-1].words) for chain in why_in_this_order(table)))
    rows: list[tuple[Cell, ...]] = []
    for line, reason in zip(table.lines, reasons, strict=False):
        tally = line.tally
        figures: list[Cell] = []
        for place, criterion in criteria:
            figure = line.figures[place]
            figures.append(None if figure is None else shown(criterion, figure))
        rows.append(
            (
                line.place,
                names[line.team_id],
                *figures,
                tally.played,
                tally.wins,
                tally.draws,
                tally.losses,
                f"{tally.sets_won}:{tally.sets_lost}",
                f"{tally.points_won}:{tally.points_lost}",
                reason,
            )
        )
    return Sheet(
        title=table_name(event, table, wording),
        head=head,
        rows=tuple(rows),
        figures=frozenset({0, *range(2, len(head) - 1)}),
        notes=tuple(text(words) for words in remarks(table)),
    )


def standings_records(event: Event, tables: Iterable[Table], wording: Wording) -> Sheet:
    """All tables below each other, each line with the name of its table."""
    tables = tuple(tables)
    names = team_names(event)
    text = wording.text
    criteria = tuple(dict.fromkeys(criterion for table in tables for criterion in table.rules.criteria))
    counts = (
        say("Played"), say("Wins"), say("Draws"), say("Losses"),
        say("Sets won"), say("Sets lost"), say("Points scored"), say("Points conceded"),
    )  # fmt: skip
    # Wins and sets won stand among the counts; nobody needs them twice.
    decisive = tuple(one for one in criteria if one not in (Criterion.WINS, Criterion.POINTS_FOR, Criterion.SETS_FOR))
    rows: list[tuple[Cell, ...]] = []
    for table in tables:
        for line in table.lines:
            tally = line.tally
            figures = dict(zip(table.rules.criteria, line.figures, strict=True))
            rows.append(
                (
                    table_name(event, table, wording), line.place, names[line.team_id],
                    *(figures.get(criterion) for criterion in decisive),
                    tally.played, tally.wins, tally.draws, tally.losses,
                    tally.sets_won, tally.sets_lost, tally.points_won, tally.points_lost,
                )
            )  # fmt: skip
    head = (say("Table"), say("Rank"), say("Team"), *(name_of(criterion) for criterion in decisive), *counts)
    return Sheet(
        title=event.info.name,
        head=tuple(text(words) for words in head),
        rows=tuple(rows),
        figures=frozenset({1, *range(3, len(head))}),
    )


def table_name(event: Event, table: Table, wording: Wording) -> str:
    """The group of a table, or that it is over all matches."""
    group = event.groups.get(table.group_id or "")
    return wording.text(say("All matches")) if group is None else group.name


def team_names(event: Event) -> dict[str, str]:
    """A name for each team that no other team of the event has."""
    count: dict[str, int] = {}
    for team in event.teams.values():
        count[team.name] = count.get(team.name, 0) + 1
    return {
        team.id: team.name if count[team.name] == 1 else f"{team.name} ({team.key})" for team in event.teams.values()
    }
