"""Everything that can be handed out of an event: one table, which the window lists and the command line goes through.

Spectators get what stands here, so nothing private may (spec arctos.md §7.3), and nothing private can: an `Edition`
puts away the person records (names, injuries, what was paid), the players and every note as soon as it is made, and
the exports are made from the rest, which is the schedule and its results. E-mail addresses, telephones and waiver names
never reach this package at all. Of people, paper shows the jersey number, the name and the mark of a head referee of
the `RosterLine`s that somebody hands in, and score sheets alone show them. Writes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from arctos_desk.operations.standings_views import tables_of
from arctos_desk.operations.state import State
from arctos_desk.operations.views import BoardView, board_view
from arctos_desk.publishing.board_pages import board_pages, board_png
from arctos_desk.publishing.board_svg import board_svg
from arctos_desk.publishing.desk_tables import desk_tables
from arctos_desk.publishing.page import Page, Paper
from arctos_desk.publishing.pdf import pdf_of
from arctos_desk.publishing.results_sheets import results_records, results_sheets
from arctos_desk.publishing.schedule_files import schedule_csv, schedule_ical, schedule_sheet
from arctos_desk.publishing.schedule_sheets import day_sheets, field_sheets, planned_ms, team_sheets
from arctos_desk.publishing.score_sheet import Rosters, score_sheet
from arctos_desk.publishing.sheet import Sheet, html_page, sheet_csv, sheet_text
from arctos_desk.publishing.standings_sheet import standings_records, standings_sheet
from arctos_desk.publishing.table_pages import Frame, table_pages
from arctos_desk.publishing.typeface import Typeface, load_typeface
from arctos_desk.publishing.wording import Wording
from arctos_desk.scheduling.schedule_file import write_schedule
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Status
from arctos_desk.tournament.records import Match
from arctos_desk.tournament.words import Words, say

_UTF8: Final = ("utf-8", "replace")
MARK: Final = "\ufeff"
"""By which spreadsheets know UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What everything that is handed out at one moment is made from.

    `fonts` is the folder of the desk's fonts. `rosters` name the players on score sheets; `targets` say for the wording
    of a mode how many points win a set, where the event itself has no mode of that name.
    """

    state: State
    now_ms: Instant
    wording: Wording
    fonts: Path
    language: str = "en"
    paper: Paper = Paper.A4
    rosters: Rosters = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", public_part(self.state))

    @property
    def name(self) -> str:
        return self.state.event.info.name

    def view(self) -> BoardView:
        return board_view(self.state, now_ms=self.now_ms)

    def as_of(self) -> str:
        moment = {"day": self.wording.day(self.now_ms), "clock": self.wording.clock(self.now_ms)}
        return self.wording.text(say("As of {day}, {clock}", **moment))

    def printed(self) -> str:
        moment = {"day": self.wording.day(self.now_ms), "clock": self.wording.clock(self.now_ms)}
        return self.wording.text(say("Printed {day}, {clock}", **moment))


def public_part(state: State) -> State:
    """The state without people and without what anybody wrote about a match or a point."""
    event = state.event
    return replace(
        state,
        event=replace(
            event,
            matches={one.id: _public_match(one) for one in event.matches.values()},
            points={one.id: replace(one, note="") for one in event.points.values()},
            people={},
            players={},
            dismissals={},
        ),
        points_of={key: tuple(replace(one, note="") for one in points) for key, points in state.points_of.items()},
        people={},
        folded={},
    )


def _public_match(match: Match) -> Match:
    """A match without notes, and without who started it and why against a rule."""
    start = None if match.start is None else replace(match.start, head_ref="", override="")
    return replace(match, initial_note="", final_note="", start=start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One thing to hand out: its id, what people call it, the name of its file, what kind of file, and its making."""

    id: str
    title: Words
    file_name: str
    media_type: str
    render: Callable[[Edition], bytes]

    @property
    def is_paper(self) -> bool:
        return self.media_type == PDF


PDF: Final = "application/pdf"
CSV: Final = "text/csv"
HTML: Final = "text/html"


# on paper -------------------------------------------------------------------------------------------------------------


def schedule_pdf(edition: Edition) -> bytes:
    """Each day over all fields, on the broad side of the paper."""
    sheets = day_sheets(edition.view(), edition.wording)
    return _tables_pdf(edition, say("Schedule"), sheets, landscape=True, one_each=True)


def fields_pdf(edition: Edition) -> bytes:
    """For each field what is played there, each day on paper of its own."""
    return _tables_pdf(edition, say("Schedule by field"), field_sheets(edition.view(), edition.wording), one_each=True)


def teams_pdf(edition: Edition, *, team_id: str = "") -> bytes:
    """For each team (or one) what it plays and referees, each on paper of its own."""
    pages: list[Sequence[Sheet]] = [*team_sheets(edition.view(), edition.wording, team_id=team_id)]
    return _tables_pdf(edition, say("Schedule by team"), [sheet for team in pages for sheet in team], parts=pages)


def standings_pdf(edition: Edition) -> bytes:
    """The tables of all groups and the one over all matches, and below them every result."""
    sheets = (*standings_sheets(edition), *results_sheets(edition.state, edition.view(), edition.wording))
    return _tables_pdf(edition, say("Standings and results"), sheets, landscape=True)


def score_sheets_pdf(edition: Edition, *, match_ids: Sequence[str] | None = None) -> bytes:
    """A score sheet for each of these games, in their order; for all that are not over, by time, when none are named.

    What is no game of the event is left out.
    """
    view = edition.view()
    if match_ids is None:
        waiting = [one for one in view.blocks if one.status not in (Status.COMPLETED, Status.SKIPPED)]
        waiting.sort(key=lambda one: (planned_ms(one) is None, planned_ms(one) or 0, one.name))
        match_ids = [one.match_id for one in waiting]
    games = {block.match_id for block in view.blocks if block.is_game}
    typeface = load_typeface(edition.fonts)
    title = edition.wording.text(say("Score sheets"))
    pages: Sequence[Page] = [
        score_sheet(
            edition.state.event,
            view,
            match_id,
            typeface,
            edition.wording,
            paper=edition.paper,
            rosters=edition.rosters,
            targets=edition.targets,
            printed=edition.printed(),
        )
        for match_id in match_ids
        if match_id in games
    ]
    if not pages:
        empty = edition.wording.text(say("No match is left to be played."))
        pages = table_pages((), _frame(edition, say("Score sheets")), typeface, paper=edition.paper, empty=empty)
    return pdf_of(pages, title=f"{edition.name}: {title}")


def board_pdf(edition: Edition) -> bytes:
    """The board, each day on one page."""
    typeface = load_typeface(edition.fonts)
    frame = _frame(edition, say("Board"))
    pages = board_pages(edition.view(), frame, typeface, edition.wording, paper=edition.paper)
    return pdf_of(pages, title=f"{edition.name}: {frame.title}")


def _tables_pdf(
    edition: Edition,
    title: Words,
    sheets: Sequence[Sheet],
    *,
    landscape: bool = False,
    one_each: bool = False,
    parts: Sequence[Sequence[Sheet]] | None = None,
) -> bytes:
    typeface: Typeface = load_typeface(edition.fonts)
    frame = _frame(edition, title)
    pages = table_pages(
        sheets,
        frame,
        typeface,
        paper=edition.paper,
        landscape=landscape,
        breaks=_breaks(sheets, parts, one_each=one_each),
        empty=edition.wording.text(say("There is nothing to show yet.")),
    )
    return pdf_of(pages, title=f"{edition.name}: {frame.title}")


def _breaks(sheets: Sequence[Sheet], parts: Sequence[Sequence[Sheet]] | None, *, one_each: bool) -> frozenset[int]:
    """The places of the tables that begin a page."""
    if one_each:
        return frozenset(range(len(sheets)))
    found: set[int] = set()
    place = 0
    for part in parts or ():
        found.add(place)
        place += len(part)
    return frozenset(found)


def _frame(edition: Edition, title: Words) -> Frame:
    return Frame(event=edition.name, title=edition.wording.text(title), printed=edition.printed())


# in files -------------------------------------------------------------------------------------------------------------


def standings_sheets(edition: Edition) -> tuple[Sheet, ...]:
    """The tables of all groups, then the one over all matches."""
    return tuple(standings_sheet(edition.state.event, table, edition.wording) for table in tables_of(edition.state))


def _schedule_toml(edition: Edition) -> bytes:
    event, solution = edition.state.event, edition.state.solution
    return f"{desk_tables(event)}\n{write_schedule(event, solution)}".encode(*_UTF8)


def _schedule_csv(edition: Edition) -> bytes:
    return (MARK + schedule_csv(edition.view(), edition.wording)).encode(*_UTF8)


def _schedule_html(edition: Edition) -> bytes:
    sheet = schedule_sheet(edition.view(), edition.wording)
    return html_page(edition.name, [sheet], subtitle=edition.as_of(), language=edition.language).encode(*_UTF8)


def _schedule_ical(edition: Edition) -> bytes:
    return schedule_ical(edition.view(), edition.wording, place=edition.state.event.info.place).encode(*_UTF8)


def _board_svg(edition: Edition) -> bytes:
    return board_svg(edition.view(), wording=edition.wording).encode(*_UTF8)


def _board_png(edition: Edition) -> bytes:
    return board_png(board_svg(edition.view(), wording=edition.wording), edition.fonts)


def _standings_csv(edition: Edition) -> bytes:
    records = standings_records(edition.state.event, tables_of(edition.state), edition.wording)
    return (MARK + sheet_csv(records)).encode(*_UTF8)


def _standings_html(edition: Edition) -> bytes:
    sheets = (*standings_sheets(edition), *results_sheets(edition.state, edition.view(), edition.wording))
    return html_page(edition.name, sheets, subtitle=edition.as_of(), language=edition.language).encode(*_UTF8)


def _standings_text(edition: Edition) -> bytes:
    return "\n".join(sheet_text(sheet) for sheet in standings_sheets(edition)).encode(*_UTF8)


def _results_csv(edition: Edition) -> bytes:
    return (MARK + sheet_csv(results_records(edition.state, edition.view(), edition.wording))).encode(*_UTF8)


def _export(id_: str, title: Words, file_name: str, media_type: str, render: Callable[[Edition], bytes]) -> Export:
    return Export(id=id_, title=title, file_name=file_name, media_type=media_type, render=render)


EXPORTS: Final[tuple[Export, ...]] = (
    _export("schedule-pdf", say("Schedule of each day"), "schedule.pdf", PDF, schedule_pdf),
    _export("fields-pdf", say("Schedule of each field"), "fields.pdf", PDF, fields_pdf),
    _export("teams-pdf", say("Schedule of each team"), "teams.pdf", PDF, teams_pdf),
    _export("score-sheets-pdf", say("Score sheets"), "score-sheets.pdf", PDF, score_sheets_pdf),
    _export("standings-pdf", say("Standings and results"), "tables.pdf", PDF, standings_pdf),
    _export("board-pdf", say("Board on paper"), "board.pdf", PDF, board_pdf),
    _export("board-svg", say("Board as a drawing"), "board.svg", "image/svg+xml", _board_svg),
    _export("board-png", say("Board as a picture"), "board.png", "image/png", _board_png),
    _export("schedule-toml", say("Schedule file"), "schedule.toml", "application/toml", _schedule_toml),
    _export("schedule-ical", say("Schedule for calendars"), "schedule.ics", "text/calendar", _schedule_ical),
    _export("schedule-csv", say("Schedule for spreadsheets"), "schedule.csv", CSV, _schedule_csv),
    _export("schedule-html", say("Schedule as a web page"), "schedule.html", HTML, _schedule_html),
    _export("standings-csv", say("Standings for spreadsheets"), "tables.csv", CSV, _standings_csv),
    _export("standings-html", say("Standings and results as a web page"), "tables.html", HTML, _standings_html),
    _export("standings-text", say("Standings as plain text"), "tables.txt", "text/plain", _standings_text),
    _export("results-csv", say("Results for spreadsheets"), "results.csv", CSV, _results_csv),
)
"""Everything there is, in the order in which people look for it."""


def export_named(id_: str) -> Export | None:
    """The export of this id; None when there is none."""
    return next((one for one in EXPORTS if one.id == id_), None)
