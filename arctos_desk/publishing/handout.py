"""Everything that is handed out of one state of an event, as named texts: board, schedule, tables. Writes no file."""

from __future__ import annotations

from arctos_desk.operations.standings_views import tables_of
from arctos_desk.operations.state import State
from arctos_desk.operations.views import board_view
from arctos_desk.publishing.board_svg import board_svg
from arctos_desk.publishing.schedule_files import schedule_csv, schedule_ical, schedule_sheet
from arctos_desk.publishing.sheet import Sheet, html_page, sheet_csv, sheet_text
from arctos_desk.publishing.standings_sheet import standings_sheet
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.words import say


def standings_sheets(state: State, wording: Wording) -> tuple[Sheet, ...]:
    """The tables of all groups, then the one over all matches."""
    return tuple(standings_sheet(state.event, table, wording) for table in tables_of(state))


def handout(state: State, *, now_ms: Instant, wording: Wording | None = None, language: str = "en") -> dict[str, str]:
    """File name -> text. CSV files begin with the mark by which spreadsheets know UTF-8."""
    speak = wording or Wording(zone_of(state.event.info.zone))
    view = board_view(state, now_ms=now_ms)
    sheets = standings_sheets(state, speak)
    as_of = speak.text(say("As of {day}, {clock}", day=speak.day(now_ms), clock=speak.clock(now_ms)))
    title = state.event.info.name
    return {
        "board.svg": board_svg(view, wording=speak),
        "schedule.csv": "\ufeff" + schedule_csv(view, speak),
        "schedule.html": html_page(title, [schedule_sheet(view, speak)], subtitle=as_of, language=language),
        "schedule.ics": schedule_ical(view, speak, place=state.event.info.place),
        "tables.html": html_page(title, sheets, subtitle=as_of, language=language),
        "tables.csv": "\ufeff" + sheet_csv(sheets[-1]),
        "tables.txt": "\n".join(sheet_text(sheet) for sheet in sheets),
    }
