"""Files that are handed out, each read back by something that knows nothing of us."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from PIL import Image

from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.standings_views import tables_of
from arctos_desk.operations.views import board_view
from arctos_desk.publishing.exports import EXPORTS, Edition, export_named
from arctos_desk.publishing.page import Paper
from arctos_desk.publishing.sheet import sheet_csv
from arctos_desk.publishing.standings_sheet import standings_records, standings_sheet
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.tournament.kinds import MatchKind
from arctos_desk.tournament.records import Dismissal, Event, Group, Person, Player
from arctos_desk.tournament.words import Words, in_english
from tests.publishing.test_publishing import DAY, FONTS, NIGHT, PLAYED, TEN, WICKED, day, state_of

BERLIN = Wording(zone_of("Europe/Berlin"))
LONG = ("Spielgemeinschaft Birkental-Oberlindbach", "Żółte Jaźnie Łódź", WICKED, "漢字 Ünïcödé")


def edition(event: Event, now_ms: int = TEN) -> Edition:
    return Edition(state=state_of(event, now_ms), now_ms=now_ms, wording=BERLIN, fonts=FONTS)


def made(id_: str, event: Event, now_ms: int = TEN) -> bytes:
    found = export_named(id_)
    assert found is not None
    return found.render(edition(event, now_ms))


def records(raw: bytes) -> list[dict[str, str]]:
    """A table as the csv module reads it; every line ends as RFC 4180 has it."""
    text = raw.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def in_groups(event: Event) -> Event:
    """The same day with its first two matches in a group."""
    matches = {
        match.id: replace(match, group_id="g") if match.name in ("S1", "S2") else match
        for match in event.matches.values()
    }
    return replace(event, groups={"g": Group(id="g", name="=Group+A")}, matches=matches)


# the table ------------------------------------------------------------------------------------------------------------


def test_every_export_has_its_own_id_and_its_own_file_and_a_title() -> None:
    assert len({one.id for one in EXPORTS}) == len({one.file_name for one in EXPORTS}) == len(EXPORTS)
    for one in EXPORTS:
        assert isinstance(one.title, Words)
        assert in_english(one.title)
        assert Path(one.file_name).name == one.file_name
        assert export_named(one.id) is one
    assert export_named("posters") is None


@pytest.mark.parametrize("id_", [one.id for one in EXPORTS])
@pytest.mark.parametrize(
    "event",
    [day(names=LONG), Event(info=DAY.info), Event(info=replace(DAY.info, name="\ud800 broken", zone="Fir/Hollow"))],
    ids=["long names", "nothing yet", "a name that is no text"],
)
def test_everything_can_be_made_of_any_event(id_: str, event: Event) -> None:
    assert made(id_, event)


def test_nothing_private_gets_into_an_edition_and_so_into_an_export() -> None:
    secret = "torn ligament"
    match = replace(PLAYED.matches["S1"], initial_note=secret, final_note=secret)
    points = {point.id: replace(point, note=secret) for point in PLAYED.points.values()}
    player = Player(id="p1", team_id="A", number=secret)
    dismissed = Dismissal(id="d1", reason=secret)
    event = replace(
        PLAYED,
        matches={**PLAYED.matches, "S1": match},
        points=points,
        players={"p1": player},
        people={"p1": Person(id="p1")},
        dismissals={"d1": dismissed},
    )
    told = replace(state_of(event, NIGHT), people={"p1": PersonRecord(id="p1", name=secret, injury=secret)})
    assert secret in repr(told)
    seen = replace(edition(PLAYED, NIGHT), state=told)
    assert secret not in repr(seen)
    assert seen.state.people == {}
    for one in EXPORTS:
        assert one.render(seen) == one.render(edition(PLAYED, NIGHT))


# spreadsheets ---------------------------------------------------------------------------------------------------------


def test_standings_have_every_table_and_every_figure_as_a_number() -> None:
    rows = records(made("standings-csv", in_groups(PLAYED), NIGHT))
    assert [row["Table"] for row in rows] == ["'=Group+A"] * 4 + ["All matches"] * 4
    for row in rows:
        assert int(row["Played"]) == int(row["Wins"]) + int(row["Draws"]) + int(row["Losses"])
        assert int(row["Set difference"]) == int(row["Sets won"]) - int(row["Sets lost"])
        assert int(row["Point difference"]) == int(row["Points scored"]) - int(row["Points conceded"])
    assert sum(int(row["Wins"]) for row in rows) == sum(int(row["Losses"]) for row in rows) == 2 + 3


def test_standings_for_people_and_for_spreadsheets_agree() -> None:
    state = state_of(in_groups(PLAYED), NIGHT)
    tables = tables_of(state)
    plain = standings_records(state.event, tables, BERLIN)
    shown = [line for table in tables for line in standings_sheet(state.event, table, BERLIN).rows]
    assert [line[1:3] for line in plain.rows] == [line[:2] for line in shown]
    assert sheet_csv(plain).count("\r\n") == len(shown) + 1


def test_results_have_sets_points_ending_and_times_of_every_match() -> None:
    rows = {row["Match"]: row for row in records(made("results-csv", PLAYED, NIGHT))}
    assert list(rows) == ["S1", "S2", "Final"]
    for name, row in rows.items():
        match = PLAYED.matches[name]
        assert row["Winner"] in (row["Team 1"], row["Team 2"])
        sets = [tuple(map(int, one.split(":"))) for one in row["Score"].split()]
        assert int(row["Points of team 1"]) == sum(one for one, _ in sets)
        assert int(row["Points of team 2"]) == sum(other for _, other in sets)
        assert int(row["Sets of team 1"]) == sum(one > other for one, other in sets)
        assert row["Ending"] == "played to the end"
        assert row["Status"] == "finished"
        assert match.start is not None
        assert match.result is not None
        assert row["Started"] == BERLIN.date(match.start.at_ms) + " " + BERLIN.clock(match.start.at_ms)
        assert row["Ended"] == BERLIN.date(match.result.ended_ms) + " " + BERLIN.clock(match.result.ended_ms)
    waiting = records(made("results-csv", DAY))
    assert all(row["Sets of team 1"] == row["Winner"] == row["Ended"] == "" for row in waiting)


def test_no_cell_of_any_table_is_run_by_a_spreadsheet() -> None:
    wicked = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)")
    event = in_groups(rename(PLAYED, wicked))
    for id_ in ("schedule-csv", "standings-csv", "results-csv"):
        cells = [cell for row in records(made(id_, event, NIGHT)) for cell in row.values()]
        assert any(cell.startswith("'=") for cell in cells)
        for cell in cells:
            assert cell[:1] not in ("=", "@", "\t", "\r")
            assert cell[:1] not in ("+", "-") or cell[1:].isdigit()


def rename(event: Event, names: tuple[str, ...]) -> Event:
    teams = {team.id: replace(team, name=name) for team, name in zip(event.teams.values(), names, strict=True)}
    return replace(event, teams=teams)


# calendars ------------------------------------------------------------------------------------------------------------


def test_the_calendar_is_one_for_a_program_that_only_knows_calendars() -> None:
    event = replace(day(names=LONG), info=replace(DAY.info, name="Cup; with, commas\\ and Ärger", place="Fir, Hollow"))
    calendar = icalendar.Calendar.from_ical(made("schedule-ical", event))
    # The parser does not know the type of NAME (RFC 7986), and leaves it as it was written.
    assert str(calendar["NAME"]) == "Cup\\; with\\, commas\\\\ and Ärger"
    entries = {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}
    games = {match.id for match in event.matches.values() if match.kind is not MatchKind.JOIN}
    assert set(entries) == {f"{match_id}@arctos-desk" for match_id in games}
    view = {block.match_id: block for block in board_view(state_of(event, TEN), now_ms=TEN).blocks}
    for match_id in games:
        entry, block = entries[f"{match_id}@arctos-desk"], view[match_id]
        begin, end = (datetime.fromtimestamp((ms or 0) / 1000, UTC) for ms in (block.shown_from_ms, block.shown_to_ms))
        assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (begin, end)
        assert not entry.errors
    assert str(entries["S1@arctos-desk"]["SUMMARY"]) == f"S1: {LONG[0]} – {LONG[1]}"
    assert str(entries["S1@arctos-desk"]["LOCATION"]) == "Field 1, Fir, Hollow"
    assert WICKED in str(entries["S1@arctos-desk"]["DESCRIPTION"])


# pictures -------------------------------------------------------------------------------------------------------------


def test_the_picture_of_the_board_is_painted_in_our_own_type() -> None:
    empty = Image.open(io.BytesIO(made("board-png", Event(info=DAY.info))))
    picture = Image.open(io.BytesIO(made("board-png", day(names=LONG))))
    assert picture.format == "PNG"
    assert picture.width > empty.width
    # The name of the event stands in the upper left corner: dark letters on a light ground.
    corner = picture.convert("L").crop((0, 0, 400, 70))
    assert corner.getextrema()[0] < 60
    assert corner.getextrema()[1] > 200
    assert made("board-png", DAY) == made("board-png", DAY)


def browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(browser() is None, reason="no Chromium is installed")
@pytest.mark.parametrize("id_", ["board-svg", "schedule-html", "standings-html"])
def test_a_browser_paints_the_board_and_the_pages(id_: str, tmp_path: Path) -> None:
    found = export_named(id_)
    assert found is not None
    page = tmp_path / found.file_name
    page.write_bytes(made(id_, day(names=LONG)))
    picture = tmp_path / "picture.png"
    command = [
        str(browser()), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={picture}", "--window-size=900,700", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=90, capture_output=True)
    with Image.open(picture) as painted:
        shades = painted.convert("L").getextrema()
        assert painted.size == (900, 700)
    assert shades[0] < 80
    assert shades[1] > 200


def test_the_web_page_of_the_tables_holds_results_too() -> None:
    page = made("standings-html", PLAYED, NIGHT).decode()
    assert "Results, Saturday 2027-06-05" in page
    assert "Decided by" in page


def test_the_paper_of_an_edition_is_that_of_the_printer() -> None:
    letter = replace(edition(DAY), paper=Paper.LETTER)
    found = export_named("schedule-pdf")
    assert found is not None
    assert found.is_paper
    assert found.render(letter) != found.render(edition(DAY))
