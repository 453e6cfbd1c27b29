"""What is handed out on the command line: everything of one table, read back by other eyes, with a desk open or not."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from arctos_desk.app import cli
from arctos_desk.app.attending import attended, event_meant
from arctos_desk.app.bootstrap import begin
from arctos_desk.app.samples import sample_schedule
from arctos_desk.publishing.exports import EXPORTS
from tests.app.conftest import Ran
from tests.app.test_files import SCHEDULE

Run = Callable[..., Ran]


@pytest.fixture
def cup(arctos: Run, tmp_path: Path) -> Path:
    """An event of this laptop with a small schedule; gives the folder to write to."""
    schedule = tmp_path / "day.toml"
    schedule.write_text(SCHEDULE, encoding="utf-8")
    assert arctos("import", schedule, "--new", "Small Cup").code == 0
    return tmp_path / "out"


def test_everything_there_is_is_written_and_named(arctos: Run, cup: Path) -> None:
    ran = arctos("export", "--out", cup)
    assert ran.code == 0, ran.err
    assert ran.out.split() == [str(cup / one.file_name) for one in EXPORTS]
    assert {path.name for path in cup.iterdir()} == {one.file_name for one in EXPORTS}
    assert (cup / "board.png").read_bytes().startswith(b"\x89PNG")
    assert (cup / "schedule.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    text = "".join(page.extract_text() for page in PdfReader(cup / "schedule.pdf").pages)
    assert "Small Cup" in text


def test_one_export_on_the_paper_that_is_there(arctos: Run, cup: Path) -> None:
    ran = arctos("export", "small-cup", "--out", cup, "--only", "fields-pdf", "--paper", "letter")
    assert ran.code == 0, ran.err
    assert [path.name for path in cup.iterdir()] == ["fields.pdf"]
    (width, height) = PdfReader(cup / "fields.pdf").pages[0].mediabox[2:]
    assert (float(width), float(height)) == (612, 792)


def test_an_export_that_there_is_not_is_named_with_those_that_there_are(arctos: Run, cup: Path) -> None:
    ran = arctos("export", "--out", cup, "--only", "posters", "--only", "flags")
    assert ran.code == 1
    assert "There is no export posters" in ran.err
    assert "There is no export flags" in ran.err
    assert "schedule-pdf" in ran.err
    assert not cup.exists()


def test_it_is_read_while_a_desk_has_the_event_open(arctos: Run, cup: Path) -> None:
    surroundings = begin(cli.Console().tell)
    try:
        with attended(surroundings, event_meant(surroundings, "small-cup")):
            ran = arctos("export", "small-cup", "--out", cup, "--only", "schedule-csv")
    finally:
        surroundings.end()
    assert ran.code == 0, ran.err
    rows = list(csv.reader(io.StringIO((cup / "schedule.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > 1


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(arctos: Run, cup: Path) -> None:
    cup.write_text("a file where a folder should be", encoding="utf-8")
    ran = arctos("export", "--out", cup / "deeper", "--only", "schedule-csv")
    assert ran.code == 1
    assert "Choose another folder." in ran.err
    assert "Traceback" not in ran.err


def test_a_schedule_that_was_exported_and_imported_anew_is_the_same_plan(arctos: Run, tmp_path: Path) -> None:
    """The sample: breaks, joins, a skipped match, tags by script, a ribbon game."""
    assert arctos("import", sample_schedule(), "--new", "First Cup").code == 0
    one, other = tmp_path / "one", tmp_path / "other"
    wanted = ("--only", "schedule-toml", "--only", "schedule-csv", "--only", "results-csv")
    assert arctos("export", "first-cup", "--out", one, *wanted).code == 0
    assert arctos("import", one / "schedule.toml", "--new", "Second Cup").code == 0
    assert arctos("export", "second-cup", "--out", other, *wanted).code == 0
    for name in ("schedule.csv", "results.csv"):
        assert len((one / name).read_text(encoding="utf-8").splitlines()) > 40
        assert (one / name).read_bytes() == (other / name).read_bytes()
    first, second = (tomllib.loads((folder / "schedule.toml").read_text(encoding="utf-8")) for folder in (one, other))
    for read in (first, second):
        for named in (*read.get("groups", ()), *read.get("modes", ())):
            named.get("matches", []).sort()  # they have no order; a file names them as they were made
    assert first == second
