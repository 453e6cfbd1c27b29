"""Tables of standings as sheets: places, teams, every figure by which they were put in order. Counts nothing itself."""

from __future__ import annotations

from arctos_desk.formats.standings import Criterion, Table, name_of, remarks, shown
from arctos_desk.publishing.sheet import Cell, Sheet
from arctos_desk.publishing.wording import Wording
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.words import say


def standings_sheet(event: Event, table: Table, wording: Wording) -> Sheet:
    """One table. A team whose name another team bears too is shown with its key."""
    names = team_names(event)
    group = event.groups.get(table.group_id or "")
    title = wording.text(say("All matches")) if group is None else group.name
    text = wording.text
    # What stands in a column of its own anyway is not repeated among the figures that decide.
    criteria = [
        (place, criterion)
        for place, criterion in enumerate(table.rules.criteria)
        if criterion not in (Criterion.WINS, Criterion.POINTS_FOR, Criterion.SETS_FOR)
    ]
    head = (
        text(say("Place")),
        text(say("Team")),
        *(text(name_of(criterion)) for _, criterion in criteria),
        text(say("Played")),
        text(say("Wins")),
        text(say("Draws")),
        text(say("Losses")),
        text(say("Sets")),
        text(say("Points scored")),
    )
    rows: list[tuple[Cell, ...]] = []
    for line in table.lines:
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
            )
        )
    return Sheet(
        title=title,
        head=head,
        rows=tuple(rows),
        figures=frozenset({0, *range(2, len(head))}),
        notes=tuple(text(words) for words in remarks(table)),
    )


def team_names(event: Event) -> dict[str, str]:
    """A name for each team that no other team of the event has."""
    count: dict[str, int] = {}
    for team in event.teams.values():
        count[team.name] = count.get(team.name, 0) + 1
    return {
        team.id: team.name if count[team.name] == 1 else f"{team.name} ({team.key})" for team in event.teams.values()
    }
