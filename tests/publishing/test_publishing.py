"""What is handed out: pictures that parse, tables that cannot run anything, calendars that keep their entries."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctos_desk.formats.standings import event_table, known_sides
from arctos_desk.operations.state import State, points_by_match
from arctos_desk.operations.views import BlockView, BoardView, FieldView, SideView, board_view
from arctos_desk.planning.plays import by_chance
from arctos_desk.planning.rehearsal import StartMatch, begins_ms, next_step
from arctos_desk.publishing.board_svg import board_svg
from arctos_desk.publishing.exports import EXPORTS, Edition
from arctos_desk.publishing.lettering import elide, width_of
from arctos_desk.publishing.markup import element, safe
from arctos_desk.publishing.schedule_files import schedule_csv, schedule_ical
from arctos_desk.publishing.sheet import Sheet, cells_of, csv_text, html_page, sheet_text
from arctos_desk.publishing.standings_sheet import standings_sheet
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import MINUTE_MS, from_iso
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Score, Team
from arctos_desk.tournament.tokens import OutcomeSlot, TeamSlot
from tests.planning.day import perform, rehearse
from tests.trying import tries

TEN = from_iso("2027-06-05T10:00:00")
WICKED = "<script>alert('&\"x\"')</script> =1+1"
SVG = "{http://www.w3.org/2000/svg}"


def row(
    name: str, one: str = "", other: str = "", *, at: int | None = None, field: str = "f1", **more: object
) -> Match:
    slots = [
        TeamSlot(letter) if len(letter) == 1 else OutcomeSlot(letter, "winner") if letter else None
        for letter in (one, other)
    ]
    facts = {
        "kind": MatchKind.STATIC,
        "length_min": 40,
        "planned_ms": None if at is None else TEN + at * MINUTE_MS,
        **more,
    }
    return Match(id=name, name=name, field_id=field, team1=slots[0], team2=slots[1], sets=3, **facts)  # type: ignore[arg-type]


def day(*, names: tuple[str, str, str, str] = ("Red Kites", "Blue Herons", "Tin Foxes", "Copper Owls")) -> Event:
    matches = [
        row("S1", "A", "B", at=0, referees=(TeamSlot("C"),)),
        row("S2", "C", "D", at=0, field="f2", referees=(TeamSlot("A"), TeamSlot("B"))),
        row("Lunch@1", kind=MatchKind.BREAK, previous_id="S1"),
        row("Lunch@2", kind=MatchKind.BREAK, previous_id="S2", field="f2"),
        row("Join@1", kind=MatchKind.JOIN, previous_id="Lunch@1", length_min=0),
        row("Join@2", kind=MatchKind.JOIN, previous_id="Lunch@2", length_min=0, field="f2"),
        row("Final", "S1", "S2", kind=MatchKind.SAFE, previous_id="Join@1"),
    ]
    matches = [replace(match, name=match.name.partition("@")[0], rank=rank) for rank, match in enumerate(matches)]
    return Event(
        info=EventInfo(id="e1", name="Pine Cup", place="Fir Hollow", zone="Europe/Berlin"),
        teams={
            letter: Team(id=letter, key=letter.lower(), name=name) for letter, name in zip("ABCD", names, strict=True)
        },
        fields={"f1": Field(id="f1", name="Field 1"), "f2": Field(id="f2", name="Field 2", rank=1)},
        matches={match.id: match for match in matches},
    )


def state_of(event: Event, now_ms: int) -> State:
    return State(
        event=event,
        folded={},
        solution=solve(event, now_ms=now_ms),
        points_of=points_by_match(event.points.values()),
    )


def board(event: Event, now_ms: int = TEN) -> BoardView:
    return board_view(state_of(event, now_ms), now_ms=now_ms)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def texts_of(state: State, now_ms: int) -> dict[str, str]:
    """Everything that is handed out as text, by the name of its file."""
    wording = Wording(zone_of(state.event.info.zone))
    edition = Edition(state=state, now_ms=now_ms, wording=wording, fonts=FONTS)
    return {
        one.file_name: one.render(edition).decode()
        for one in EXPORTS
        if one.media_type.startswith(("text", "image/svg"))
    }


DAY = day()
PLAYED = rehearse(DAY, by_chance("1"))[0]
NIGHT = TEN + 300 * MINUTE_MS


def test_the_board_shows_fields_teams_referees_breaks_and_joins() -> None:
    shown = texts(board_svg(board(DAY)))
    for text in ("Pine Cup", "Field 1", "Field 2", "S1", "Red Kites", "Blue Herons", "Winner of S1", "Join"):
        assert text in shown
    assert "Red Kites, Blue Herons" in shown
    assert "Lunch, all fields, 12:40 to 13:20" in shown
    assert shown.count("Join") == 1


def test_times_on_the_board_are_of_the_zone_of_the_event() -> None:
    assert "12:00" in texts(board_svg(board(DAY)))
    assert "10:00" not in texts(board_svg(board(replace(DAY, info=replace(DAY.info, zone="Europe/Berlin")))))
    assert "10:00" in texts(board_svg(board(replace(DAY, info=replace(DAY.info, zone="UTC")))))


def test_a_finished_match_shows_its_points_set_by_set_and_its_winner_bold() -> None:
    svg = board_svg(board(PLAYED, NIGHT))
    root = ET.fromstring(svg)
    for match in root.iter(f"{SVG}g"):
        title = match.find(f"{SVG}title")
        if title is not None and (title.text or "").startswith("Final"):
            bold = [node.text for node in match.iter(f"{SVG}text") if node.get("font-weight") == "700"]
            figures = [node.text for node in match.iter(f"{SVG}text") if node.get("text-anchor") == "end"]
            break
    else:
        pytest.fail("no final on the board")
    winner = next(
        side for side in next(b for b in board(PLAYED, NIGHT).blocks if b.name == "Final").sides if side.winner
    )
    assert winner.text in bold
    assert any(re.fullmatch(r"\d(  \d)+", figure or "") for figure in figures)


def test_the_now_line_stands_on_the_day_and_only_on_the_day() -> None:
    assert ' class="now"' in board_svg(board(DAY, TEN + 30 * MINUTE_MS))
    assert ' class="now"' not in board_svg(board(DAY, TEN + 3 * 24 * 60 * MINUTE_MS))


def test_a_match_that_comes_early_leaves_a_ghost_at_its_plan_and_one_that_is_late_stays_there() -> None:
    event, now_ms = DAY, begins_ms(solve(DAY, now_ms=0))
    while not event.matches["Final"].start:
        step = next_step(event, solve(event, now_ms=now_ms), now_ms=now_ms, plays=by_chance("3"))
        now_ms = step.at_ms
        event = perform(event, step)
    early = board(event, now_ms)
    (final,) = (block for block in early.blocks if block.name == "Final")
    planned = final.plan_ms or 0
    for late_min, ghosts, figure in ((-7, 1, "−7"), (9, 0, "+9"), (125, 0, "+2 h"), (2_900, 0, "+2 d")):
        moved = replace(final, late_min=late_min, shown_from_ms=planned + min(0, late_min) * MINUTE_MS)
        svg = board_svg(replace(early, blocks=(moved,)))
        assert svg.count("stroke-dasharray") == ghosts
        assert figure in texts(svg)


def test_every_block_lies_in_its_column_and_no_two_of_a_field_cover_each_other() -> None:
    root = ET.fromstring(board_svg(board(PLAYED, NIGHT)))
    boxes = []
    for match in root.iter(f"{SVG}g"):
        if (match.get("class") or "").startswith("match"):
            frame = next(rect for rect in match.iter(f"{SVG}rect") if rect.get("rx") == "4")
            boxes.append(tuple(float(frame.get(name, "0")) for name in ("x", "y", "width", "height")))
    assert len(boxes) == 3
    assert_apart(boxes)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)


def assert_apart(boxes: list[tuple[float, ...]]) -> None:
    for number, (x, y, w, h) in enumerate(boxes):
        for other_x, other_y, other_w, other_h in boxes[number + 1 :]:
            assert x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y


def block(name: str, at: int, length: int, field: str = "f1") -> BlockView:
    from_ms = TEN + at * MINUTE_MS
    side = SideView(text="Red Kites", team_id="A")
    return BlockView(
        match_id=name, name=name, field_id=field, kind=MatchKind.STATIC, status=Status.NOT_STARTED,
        shown_from_ms=from_ms, shown_to_ms=from_ms + length * MINUTE_MS, real_from_ms=None, real_to_ms=None,
        plan_ms=from_ms, plan_to_ms=from_ms + length * MINUTE_MS, live_ms=from_ms,
        expected_ms=None, expected_to_ms=None, late_min=0, length_min=length, sides=(side, side),
    )  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90), st.sampled_from(["f1", "f2", "gone"])), max_size=12))
def test_blocks_that_overlap_in_time_stand_side_by_side(drawn: list[tuple[int, int, str]]) -> None:
    blocks = tuple(block(f"M{number}", *placed) for number, placed in enumerate(drawn))
    empty = board(DAY)
    svg = board_svg(replace(empty, blocks=blocks))
    boxes = []
    for match in ET.fromstring(svg).iter(f"{SVG}g"):
        if (match.get("class") or "").startswith("match"):
            frame = next(rect for rect in match.iter(f"{SVG}rect") if rect.get("rx") == "4")
            box = [float(frame.get(name, "0")) for name in ("x", "y", "width", "height")]
            boxes.append((box[0], box[1], box[2], min(box[3], 0.5)))
    assert len(boxes) == len(blocks)
    assert_apart(boxes)


def test_a_board_without_times_says_so_and_names_what_waits() -> None:
    event = Event(info=DAY.info, matches={"X": row("X", at=None, kind=MatchKind.FAST)}, fields=DAY.fields)
    assert "Without a time: X" in texts(board_svg(board(event)))
    nothing = board_svg(board(Event(info=DAY.info)))
    assert "No match has a time yet" in texts(nothing)


@settings(deadline=None, max_examples=tries(40), suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_gives_a_picture_a_page_and_a_calendar_that_can_be_read(team: str, name: str) -> None:
    event = replace(day(names=(team, "Blue Herons", WICKED, "Copper Owls")), info=replace(DAY.info, name=name))
    papers = texts_of(state_of(event, TEN), TEN)
    ET.fromstring(papers["board.svg"])
    for page in (papers["tables.html"], papers["schedule.html"]):
        assert Tags.of(page) <= {
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "section", "table", "thead", "tbody",
            "tr", "th", "td",
        }  # fmt: skip
    assert all(len(line.encode("utf-8", "replace")) <= 75 for line in papers["schedule.ics"].split("\r\n"))
    rows = list(csv.reader(io.StringIO(papers["schedule.csv"].removeprefix("\ufeff"), newline="")))
    assert len({len(one) for one in rows}) == 1
    assert not any(cell.lstrip(" ")[:1] in ("=", "@", "\t", "\r") for one in rows for cell in one if cell.strip(" "))


class Tags(HTMLParser):
    """Collects the names of all elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    @classmethod
    def of(cls, page: str) -> set[str]:
        parser = cls()
        parser.feed(page)
        return parser.names


def test_everything_that_is_handed_out_has_a_name() -> None:
    papers = texts_of(state_of(PLAYED, NIGHT), NIGHT)
    assert sorted(papers) == [
        "board.svg", "results.csv", "schedule.csv", "schedule.html", "schedule.ics", "tables.csv", "tables.html",
        "tables.txt",
    ]  # fmt: skip
    assert "Red Kites" in papers["tables.txt"]


def test_cells_that_a_spreadsheet_would_run_are_put_behind_an_apostrophe() -> None:
    wicked = ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx", " =x", "＝1", "Name, with comma", '"quoted"', "5:2"]
    (shown,) = csv.reader(io.StringIO(csv_text(wicked, []), newline=""))
    assert shown == [
        "'=1+1",
        "'+cmd|x",
        "'-2+3",
        "'@SUM(A1)",
        "'\tx",
        "' =x",
        "'＝1",
        "Name, with comma",
        '"quoted"',
        "5:2",
    ]
    assert csv_text(["+3", "−2", "-4"], [[1, None, -5]]) == "+3,-2,-4\r\n1,,-5\r\n"


def test_markup_in_names_stays_text() -> None:
    assert safe(WICKED) == "&lt;script&gt;alert(&#x27;&amp;&quot;x&quot;&#x27;)&lt;/script&gt; =1+1"
    assert safe("a\x00b\ud800c\ufffe") == "abc"
    assert element("text", {"x": 1.5, "fill": '"'}, safe("<b>")) == '<text x="1.5" fill="&quot;">&lt;b&gt;</text>'


def test_texts_are_shortened_at_their_end_to_the_room_there_is() -> None:
    name = "Spielgemeinschaft Birkental-Oberlindbach"
    short = elide(name, 120, 12)
    assert short.endswith("…")
    assert width_of(short, 12) <= 120
    assert name.startswith(short[:-1])
    assert elide("Red Kites", 120, 12) == "Red Kites"
    assert elide("Red Kites", 3, 12) == ""
    assert width_of("漢", 12) > width_of("A", 12) > width_of("i", 12)
    assert width_of("Ż", 12) == width_of("Z", 12)
    assert width_of("M", 12, bold=True) > width_of("M", 12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40), st.floats(0, 300))
def test_a_shortened_text_always_fits(text: str, room: float) -> None:
    short = elide(text, room, 12)
    assert width_of(short, 12) <= room or short == text == ""
    assert short == text or short == "" or short.endswith("…")


def test_a_calendar_entry_keeps_its_identity_and_moves_with_the_match() -> None:
    before = schedule_ical(board(DAY))
    later = schedule_ical(board(PLAYED, NIGHT))
    uids = re.findall(r"^UID:(.*)\r$", before, re.M)
    assert sorted(uids) == sorted(re.findall(r"^UID:(.*)\r$", later, re.M))
    assert len(set(uids)) == len(uids) == 5
    assert "DTSTART:20270605T100000Z\r\n" in before
    assert before.startswith("BEGIN:VCALENDAR\r\n")
    assert before.endswith("END:VCALENDAR\r\n")
    assert before.count("BEGIN:VEVENT") == before.count("END:VEVENT") == 5


def test_a_calendar_of_a_team_has_what_it_plays_and_what_it_referees() -> None:
    of_team = schedule_ical(board(DAY), team_id="C")
    assert re.findall(r"^SUMMARY:(.*?)(?::| )", of_team, re.M) == ["S1", "S2"]
    of_field = schedule_ical(board(DAY), field_id="f2", place="Fir Hollow")
    assert "LOCATION:Field 2\\, Fir Hollow" in of_field
    assert "Field 1" not in of_field


def test_a_skipped_match_is_cancelled_in_the_calendar() -> None:
    view = board(DAY)
    skipped = replace(
        view, blocks=tuple(replace(one, status=Status.SKIPPED) for one in view.blocks if one.name == "Final")
    )
    assert "STATUS:CANCELLED" in schedule_ical(skipped)


def test_the_schedule_as_csv_has_one_line_per_row_with_winner_and_score() -> None:
    rows = list(csv.DictReader(io.StringIO(schedule_csv(board(PLAYED, NIGHT)), newline="")))
    assert [one["Match"] for one in rows] == ["S1", "S2", "Lunch", "Lunch", "Join", "Final", "Join"]
    final = next(one for one in rows if one["Match"] == "Final")
    assert final["Result"] in (final["Team 1"], final["Team 2"])
    assert re.fullmatch(r"\d:\d( \d:\d)+", final["Score"])
    assert final["Status"] == "finished"


def test_a_table_names_every_figure_and_tells_teams_of_one_name_apart() -> None:
    event = replace(PLAYED, teams={**PLAYED.teams, "B": replace(PLAYED.teams["B"], name="Red Kites")})
    sheet = standings_sheet(event, event_table(event, known_sides(event)), Wording(zone_of("UTC")))
    assert sheet.head[:3] == ("Rank", "Team", "Points")
    assert {one[1] for one in sheet.rows} == {"Red Kites (a)", "Red Kites (b)", "Tin Foxes", "Copper Owls"}
    assert all(len(one) == len(sheet.head) for one in sheet.rows)


def test_a_table_with_open_matches_says_so() -> None:
    sheet = standings_sheet(DAY, event_table(DAY, known_sides(DAY)), Wording())
    assert "3 matches are still open" in sheet.notes
    assert "Teams equal in everything share their place until lots are drawn" in sheet.notes


def test_a_table_in_plain_text_stands_straight_in_any_script() -> None:
    sheet = Sheet(title="T", head=("Team", "Points"), rows=(("漢字", 12), ("Øksehorde", 3)), figures=frozenset({1}))
    lines = sheet_text(sheet).splitlines()
    assert {cells_of(line) for line in lines[2:]} == {17}
    assert lines[2:] == ["Team       Points", "---------  ------", "漢字           12", "Øksehorde       3"]


def test_a_page_loads_nothing_from_anywhere() -> None:
    page = html_page("T", [Sheet(title="A", head=("X",), rows=((WICKED,),))], subtitle="now")
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.search(r"(?:src|href)\s*=", page)
    assert "<script" not in page


def test_a_zone_that_this_machine_does_not_know_is_utc() -> None:
    assert Wording(zone_of("Fir/Hollow")).clock(TEN) == "10:00"


def test_a_stated_score_stands_on_the_block_when_no_points_were_recorded() -> None:
    event = perform(DAY, StartMatch(at_ms=TEN, match_id="S1"))
    view = board(event)
    (running,) = (one for one in view.blocks if one.name == "S1")
    scored = replace(
        running, status=Status.COMPLETED, score_text=Score(sets=(2, 0), points=(10, 4), text="5:1 - 5:3").text
    )
    assert "5:1 - 5:3" in texts(board_svg(replace(view, blocks=(scored,))))
    assert isinstance(view.fields[0], FieldView)
