"""What is printed: every name whole and in its place, tables that go on over pages, sheets that a camera can read.

Pages are looked at three times: as what stands on them, as text that another program reads out of the PDF, and as
points that a third one paints.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader

from arctos_desk.operations.views import board_view
from arctos_desk.publishing.board_pages import board_pages
from arctos_desk.publishing.exports import (
    Edition,
    board_pdf,
    fields_pdf,
    schedule_pdf,
    score_sheets_pdf,
    standings_pdf,
    teams_pdf,
)
from arctos_desk.publishing.page import MARGIN, Box, Line, Page, Paper, Shape, Text
from arctos_desk.publishing.pdf import pdf_of
from arctos_desk.publishing.schedule_sheets import day_sheets, field_sheets, team_sheets
from arctos_desk.publishing.score_sheet import Play, RosterLine, play_of, score_sheet
from arctos_desk.publishing.sheet import Sheet
from arctos_desk.publishing.sheet_code import match_of_code, modules_of, payload, read_payload, short_code
from arctos_desk.publishing.table_pages import Frame, table_pages
from arctos_desk.publishing.typeface import Typeface, load_typeface
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.tournament.kinds import Counting, SetType
from arctos_desk.tournament.records import Event, Field, Mode, PenaltyType, Team
from arctos_desk.tournament.tokens import TeamSlot
from tests.publishing.test_publishing import DAY, FONTS, NIGHT, PLAYED, TEN, WICKED, day, row, state_of
from tests.trying import tries

NAMES = (
    "Spielgemeinschaft Birkental-Oberlindbach",
    "Żółte Jaźnie Łódź, Příliš žluťoučký kůň",
    "Şimşek Yağmuru İzmir & Ξεσκεπάζω Αθήνα",
    "Rindfleischetikettierungsueberwachungen",
)
LONG_DAY = day(names=NAMES)
FRAME = Frame(event="Pine Cup", title="Schedule", printed="Printed today")
BERLIN = Wording(zone_of("Europe/Berlin"))
LETTERS = st.text(max_size=60)


@cache
def typeface() -> Typeface:
    return load_typeface(FONTS)


@cache
def full_weekend() -> Event:
    """Two days, eleven fields, twenty-four teams: more than goes on one page in any direction."""
    matches = {}
    for number in range(160):
        field = number % 11
        at = number // 11 * 45 + (19 * 60 if number >= 88 else 0)
        teams = [TeamSlot(f"t{(number * 2 + side + number // 12) % 24}") for side in range(3)]
        match = row(f"Game {number}", at=at, field=f"f{field}")
        matches[match.id] = replace(match, team1=teams[0], team2=teams[1], referees=(teams[2],), rank=number)
    return Event(
        info=replace(DAY.info, name="Kiefernpokal – Ärger, Größe & Ehre"),
        teams={f"t{n}": Team(id=f"t{n}", key=f"t{n}", name=f"{NAMES[n % 4][:30]} {n}") for n in range(24)},
        fields={f"f{n}": Field(id=f"f{n}", name=f"Field {n + 1}", rank=n) for n in range(11)},
        matches=matches,
    )


def edition(event: Event, now_ms: int = TEN, **more: object) -> Edition:
    return Edition(state=state_of(event, now_ms), now_ms=now_ms, wording=BERLIN, fonts=FONTS, **more)  # type: ignore[arg-type]


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def assert_neat(page: Page) -> None:
    """Nothing leaves the page or runs into its margin, and no two texts touch each other."""
    texts = []
    for mark in page.marks:
        if isinstance(mark, Text):
            box = (mark.left, mark.y - mark.size * 0.72, mark.right, mark.y + mark.size * 0.2)
            texts.append((box, mark.text))
        elif isinstance(mark, Box):
            box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
            assert mark.width > 0, mark
            assert mark.height > 0, mark
        elif isinstance(mark, Line):
            box = (min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2))
        else:
            assert isinstance(mark, Shape)
            continue
        left, top, right, bottom = box
        assert left >= MARGIN - 1, mark
        assert right <= page.width - MARGIN + 1, mark
        assert top >= MARGIN - 1, mark
        assert bottom <= page.height - MARGIN / 2, mark
    for number, (one, text) in enumerate(texts):
        for other, another in texts[number + 1 :]:
            apart = one[2] <= other[0] + 0.3 or other[2] <= one[0] + 0.3 or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (text, another)


# tables ---------------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=tries(30), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(LETTERS, LETTERS, st.integers(-99, 9999)), max_size=60), st.sampled_from(list(Paper)))
def test_any_table_stands_neatly_on_its_pages(rows: list[tuple[str, str, int]], paper: Paper) -> None:
    sheet = Sheet(title="Group A", head=("Team", "Opponent", "Points"), rows=tuple(rows), figures=frozenset({2}))
    pages = table_pages([sheet, sheet], FRAME, typeface(), paper=paper)
    for number, page in enumerate(pages, start=1):
        assert_neat(page)
        shown = [mark.text for mark in page.marks if isinstance(mark, Text)]
        assert f"{number} / {len(pages)}" in shown
        assert "Opponent" in shown
    figures = [mark.text for page in pages for mark in page.marks if isinstance(mark, Text)]
    for *_, points in rows:
        assert str(points) in figures


def test_a_table_that_goes_on_repeats_its_title_and_its_head() -> None:
    rows = tuple((number, f"Team {number}", NAMES[number % 4]) for number in range(200))
    sheet = Sheet(title="All matches", head=("Place", "Team", "Name"), rows=rows, figures=frozenset({0}))
    pages = read(pdf_of(table_pages([sheet], FRAME, typeface()), title="T"))
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        for words in ("Pine Cup", "Printed today", "All matches", "Place", f"{number} / {len(pages)}"):
            assert words in text
    found = [
        line.split()[0] for text in pages for line in text.splitlines() if line[:1].isdigit() and " / " not in line
    ]
    assert sorted(map(int, (one for one in found if one.isdigit()))) == list(range(200))


def test_no_table_at_all_is_a_page_that_says_so() -> None:
    (text,) = read(pdf_of(table_pages([], FRAME, typeface(), empty="There is nothing to show yet."), title="T"))
    assert "There is nothing to show yet." in text


def test_a_long_name_is_wrapped_or_smaller_but_whole() -> None:
    for name in NAMES:
        one = typeface().fitted(name, 60, 10, most=3)
        assert "".join(one.lines).replace(" ", "") == name.replace(" ", "")
        assert all(typeface().width(line, one.size) <= 60 for line in one.lines)


@settings(deadline=None, max_examples=tries(40), suppress_health_check=[HealthCheck.too_slow])
@given(LETTERS, st.floats(20, 300), st.integers(1, 3))
def test_a_fitted_text_fits(text: str, room: float, most: int) -> None:
    one = typeface().fitted(text, room, 12, most=most)
    assert 1 <= len(one.lines) <= most
    assert all(typeface().width(line, one.size) <= room for line in one.lines)


def test_letters_that_the_type_has_not_are_boxes_and_composed_ones_are_found() -> None:
    assert typeface().printable("A\u0308rger\u200b 漢\x07") == "Ärger □ "
    for name in NAMES:
        assert typeface().printable(name) == name


# schedules ------------------------------------------------------------------------------------------------------------


def test_the_day_on_paper_has_times_down_and_fields_across_with_breaks_over_all_of_them() -> None:
    (sheet,) = day_sheets(board_view(state_of(LONG_DAY, TEN), now_ms=TEN), BERLIN)
    assert sheet.head == ("Time", "Field 1", "Field 2")
    times = [line[0] for line in sheet.rows]
    assert times == ["12:00", "12:40", "13:20", "13:20"]
    assert sheet.rows[0][1] == f"S1\n{NAMES[0]} – {NAMES[1]}\nReferees: {NAMES[2]}"
    assert [sheet.rows[number][1] for number in sorted(sheet.bands)] == [
        "Lunch, until 13:20", "Join: fields wait for each other",
    ]  # fmt: skip
    assert sheet.rows[3][1] == "Final\nWinner of S1 – Winner of S2"


def test_printed_times_are_the_planned_ones_whatever_the_day_did() -> None:
    planned = day_sheets(board_view(state_of(DAY, TEN), now_ms=TEN), BERLIN)
    played = day_sheets(board_view(state_of(PLAYED, NIGHT), now_ms=NIGHT), BERLIN)
    assert [line[0] for line in planned[0].rows] == [line[0] for line in played[0].rows]


def test_a_team_takes_along_what_it_plays_what_it_referees_and_the_breaks() -> None:
    view = board_view(state_of(DAY, TEN), now_ms=TEN)
    ((sheet,),) = team_sheets(view, BERLIN, team_id="C")
    tasks = [(line[0], line[3], line[4]) for number, line in enumerate(sheet.rows) if number not in sheet.bands]
    assert tasks == [("12:00", "S1", "referees"), ("12:00", "S2", "plays")]
    assert sheet.rows[min(sheet.bands)][1] == "Lunch, until 13:20"
    assert sheet.notes == ("The teams of 1 match are not known yet; look at the board for it.",)


def test_a_field_names_who_plays_and_who_referees_there() -> None:
    sheets = field_sheets(board_view(state_of(DAY, TEN), now_ms=TEN), BERLIN)
    assert [sheet.title for sheet in sheets] == ["Field 1, Saturday 2027-06-05", "Field 2, Saturday 2027-06-05"]
    assert sheets[1].rows[0] == ("12:00", "12:40", "S2", "Tin Foxes", "Copper Owls", "Red Kites, Blue Herons")


def test_a_full_weekend_goes_over_pages_and_nothing_touches() -> None:
    view = board_view(state_of(full_weekend(), TEN), now_ms=TEN)
    sheets = day_sheets(view, BERLIN)
    assert [len(sheet.head) - 1 for sheet in sheets] == [4, 4, 3, 4, 4, 3]
    for paper in Paper:
        pages = table_pages(sheets, FRAME, typeface(), paper=paper, landscape=True, breaks=range(len(sheets)))
        assert len(pages) >= 6
        for page in pages:
            assert_neat(page)
    shown = [mark.text for page in pages for mark in page.marks if isinstance(mark, Text)]
    assert {f"Game {number}" for number in range(160)} <= set(shown)


@settings(deadline=None, max_examples=tries(15), suppress_health_check=[HealthCheck.too_slow])
@given(LETTERS, LETTERS, LETTERS)
def test_any_names_stand_neatly_on_every_paper(team: str, other: str, event: str) -> None:
    drawn = replace(day(names=(team, other, WICKED, NAMES[0])), info=replace(DAY.info, name=event))
    state = state_of(drawn, TEN)
    view = board_view(state, now_ms=TEN)
    sheets = [
        *day_sheets(view, BERLIN),
        *field_sheets(view, BERLIN),
        *(s for t in team_sheets(view, BERLIN) for s in t),
    ]
    frame = replace(FRAME, event=event)
    pages = [
        *table_pages(sheets, frame, typeface()),
        score_sheet(drawn, view, "S1", typeface(), BERLIN, printed="Printed today"),
    ]
    for page in pages:
        assert_neat(page)
    assert len(PdfReader(io.BytesIO(pdf_of(pages, title=event))).pages) == len(pages)


# score sheets ---------------------------------------------------------------------------------------------------------


def many(players: int) -> list[RosterLine]:
    return [
        RosterLine(str(number * 7 % 100), f"Jérôme Ångström {number}", number % 5 == 0) for number in range(players)
    ]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize(("one", "other"), [(0, 0), (5, 12), (19, 1), (40, 23)])
@pytest.mark.parametrize("sets", [1, 3, 7])
@pytest.mark.parametrize("set_type", list(SetType))
def test_rosters_and_grids_of_any_size_stand_neatly_on_one_page(
    paper: Paper, one: int, other: int, sets: int, set_type: SetType
) -> None:
    match = replace(LONG_DAY.matches["S1"], sets=sets, mode="skulls", set_type=set_type)
    event = replace(LONG_DAY, matches={**LONG_DAY.matches, "S1": match})
    view = board_view(state_of(event, TEN), now_ms=TEN)
    rosters = {"A": many(one), "B": many(other)}
    targets = {"skulls": 5 * sets}
    page = score_sheet(event, view, "S1", typeface(), BERLIN, paper=paper, rosters=rosters, targets=targets)
    assert_neat(page)
    shown = " ".join(mark.text for mark in page.marks if isinstance(mark, Text))
    for number in range(one):
        assert f"Ångström {number}" in shown
    assert f"Set {sets}" in shown
    assert f"Set {sets + 1}" not in shown
    assert shown.count("Stones left") == (sets if set_type is SetType.STONES else 0)
    # What is drawn first stands higher: the grid ends above the penalties, those above the notes, and so on.
    heights = {mark.text: mark.y for mark in page.marks if isinstance(mark, Text)}
    order = [heights[words] for words in ("Total", f"Set {sets}", "Penalties", "Notes", "Draw", "Abandoned")]
    assert order == sorted(order)


def test_a_score_sheet_says_which_match_it_is_for_people_and_for_a_camera() -> None:
    event = replace(LONG_DAY, penalty_types={"p": PenaltyType(id="p", name="Crossing the line", colour="ff0000")})
    pages = read(score_sheets_pdf(edition(event, rosters={"A": [RosterLine("07", "Ø’Neill", head_ref=True)]})))
    assert len(pages) == 3
    for words in (
        "Pine Cup", "S1", "Saturday 2027-06-05", "12:00", "Field 1", "07", "Ø’Neill", "✓", short_code("S1"), "Draw",
        "Forfeit", "Head referee: name and signature", "Penalties", "Crossing the line", "Notes",
    ):  # fmt: skip
        assert words in pages[0], words
    assert "Winner of S1" in pages[2]
    whole = "".join(pages[0].split())
    for name in NAMES[:3]:
        assert "".join(name.split()) in whole


def test_only_the_matches_that_are_named_and_only_games_get_a_sheet() -> None:
    pages = read(score_sheets_pdf(edition(PLAYED, NIGHT), match_ids=["Final", "Lunch@1", "gone", "S1"]))
    assert [text.splitlines()[1].split()[0] for text in pages] == ["Final", "S1"]
    (empty,) = read(score_sheets_pdf(edition(PLAYED, NIGHT)))
    assert "No match is left to be played." in empty


@pytest.mark.parametrize(
    ("mode", "play"),
    [
        (Mode(id="m", name="skulls", counting=Counting.SETS_TO, sets=2, points_per_set=5), Play(sets=3, target=5)),
        (Mode(id="m", name="skulls", counting=Counting.BEST_OF, sets=5), Play(sets=5, target=8)),
        (Mode(id="m", name="other", counting=Counting.BEST_OF, sets=5), Play(sets=3, target=8)),
        (Mode(id="m", name="skulls", counting=Counting.TIMED, sets=2, minutes=20), Play(sets=2, target=8)),
    ],
)
def test_the_grid_follows_the_mode_of_the_match(mode: Mode, play: Play) -> None:
    match = replace(DAY.matches["S1"], sets=None, mode="skulls")
    assert play_of(replace(DAY, modes={"m": mode}), match, targets={"skulls": 8}) == play


def test_stones_get_two_sets_and_a_row_for_what_is_left() -> None:
    match = replace(DAY.matches["S1"], sets=None, set_type=SetType.STONES, stones_per_set=100)
    assert play_of(DAY, match) == Play(sets=2, stones=True)
    event = replace(DAY, matches={**DAY.matches, "S1": match})
    (text,) = read(score_sheets_pdf(edition(event), match_ids=["S1"]))
    assert text.count("Stones left") == 2


# codes ----------------------------------------------------------------------------------------------------------------


def test_a_code_is_read_as_it_was_written() -> None:
    assert payload("ab12", "cd34") == "ARCTOS:1:ab12:cd34"
    assert read_payload(" ARCTOS:1:ab12:cd34\n") == ("ab12", "cd34")
    for text in ("", "ARCTOS:2:a:b", "ARCTOS:1:a", "ARCTOS:1:a:", "https://example.org", "ARCTOS:1:a:b:c"):
        assert read_payload(text) is None


@settings(max_examples=tries(60))
@given(st.text("0123456789abcdef", min_size=20, max_size=20), st.integers(0, 7), st.sampled_from("0123456789ABCDXYZ"))
def test_a_short_code_is_found_however_it_is_typed_and_a_slip_is_noticed(match_id: str, at: int, wrong: str) -> None:
    code = short_code(match_id)
    known = ["other", match_id]
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("0", "O").replace("1", "l")):
        assert match_of_code(typed, known) == match_id
    letters = code.replace("-", "")
    slipped = letters[:at] + wrong + letters[at + 1 :]
    assert match_of_code(slipped, known) == (match_id if slipped == letters else None)
    assert match_of_code(code, ["other"]) is None


def test_the_square_on_the_sheet_is_the_code_of_the_match() -> None:
    view = board_view(state_of(DAY, TEN), now_ms=TEN)
    page = score_sheet(DAY, view, "S1", typeface(), BERLIN)
    modules = modules_of(payload("e1", "S1"))
    boxes = [mark for mark in page.marks if isinstance(mark, Box) and mark.ground == "#000000" and mark.edge is None]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    size = (max(box.x + box.width for box in boxes) - left) / len(modules)
    drawn = [[False] * len(modules) for _ in modules]
    for box in boxes:
        begin = round((box.x - left) / size)
        for place in range(begin, begin + round(box.width / size)):
            drawn[round((box.y - top) / size)][place] = True
    assert tuple(tuple(line) for line in drawn) == modules
    assert size >= 1.5, "a camera needs half a millimetre"


# files ----------------------------------------------------------------------------------------------------------------

PAPERS = {
    "schedule": schedule_pdf, "fields": fields_pdf, "teams": teams_pdf, "standings": standings_pdf,
    "board": board_pdf, "score-sheets": score_sheets_pdf,
}  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_carries_its_type_along_and_is_the_same_every_time(name: str) -> None:
    pdf = PAPERS[name](edition(LONG_DAY))
    assert pdf == PAPERS[name](edition(LONG_DAY))
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
            assert "Inter" in str(font.get_object()["/BaseFont"])


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_paper_is_as_large_as_in_the_printer(paper: Paper, size: tuple[int, int]) -> None:
    for name, sides in (("fields", size), ("schedule", size[::-1]), ("score-sheets", size)):
        for page in PdfReader(io.BytesIO(PAPERS[name](edition(DAY, paper=paper)))).pages:
            assert (round(page.mediabox.width), round(page.mediabox.height)) == sides


def test_standings_on_paper_name_every_figure_and_every_result() -> None:
    text = "\n".join(read(standings_pdf(edition(PLAYED, NIGHT))))
    for words in (
        "All matches",
        "Rank",
        "Set difference",
        "Direct match",
        "Decided by",
        "Results, Saturday 2027-06-05",
    ):
        assert words in text
    for team in PLAYED.teams.values():
        assert team.name in text


def test_the_board_on_paper_shows_the_fields_and_every_match() -> None:
    view = board_view(state_of(LONG_DAY, TEN), now_ms=TEN)
    (page,) = board_pages(view, FRAME, typeface(), BERLIN)
    shown = {mark.text for mark in page.marks if isinstance(mark, Text)}
    assert {"Field 1", "Field 2", "S1", "S2", "Final", "1 / 1", "Lunch, all fields, 12:40 to 13:20"} <= shown
    many_fields = board_view(state_of(full_weekend(), TEN), now_ms=TEN)
    pages = board_pages(many_fields, FRAME, typeface(), BERLIN)
    assert len(pages) == 6
    for one in pages:
        assert all(mark.size >= 5 for mark in one.marks if isinstance(mark, Text))
        for mark in one.marks:
            if isinstance(mark, Box | Text):
                assert mark.x >= MARGIN - 1
                assert mark.y <= one.height - MARGIN + 1


needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")


def painted(pdf: bytes, folder: Path, *, dots: int = 50) -> list[Image.Image]:
    (folder / "paper.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dots), "-gray", "-png", str(folder / "paper.pdf"), str(folder / "page")]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    assert done.stderr == ""
    found = []
    for path in sorted(folder.glob("page*.png")):
        with Image.open(path) as image:
            image.load()
            found.append(image)
    return found


@needs_poppler
@pytest.mark.parametrize("name", PAPERS)
def test_another_program_paints_every_page_with_white_margins(name: str, tmp_path: Path) -> None:
    pdf = PAPERS[name](edition(LONG_DAY, paper=Paper.LETTER))
    pages = painted(pdf, tmp_path)
    assert len(pages) == len(PdfReader(io.BytesIO(pdf)).pages)
    for page in pages:
        ink = ImageChops.invert(page).getbbox()
        assert ink is not None, "an empty page"
        free = round(MARGIN / 2 * 50 / 72)
        assert ink[0] >= free
        assert ink[1] >= free
        assert ink[2] <= page.width - free
        assert ink[3] <= page.height - free


@needs_poppler
@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg (zbar-tools) is not installed")
def test_a_camera_reads_the_code_of_a_printed_sheet(tmp_path: Path) -> None:
    pdf = score_sheets_pdf(edition(DAY), match_ids=["S1"])
    painted(pdf, tmp_path, dots=100)
    command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, tmp_path.glob("page*.png"))]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.strip() == "ARCTOS:1:e1:S1"
