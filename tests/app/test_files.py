"""The content says what a file is, whatever it is called; a bad one names every fault with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arctos_desk.app.files import EVENT_HEADER, Results, ScheduleFile, bytes_of, contents_of, looks_like_json
from arctos_desk.tournament.reasons import Refused

SCHEDULE = """
[[fields]]
name = "Field 1"

[[matches]]
name = "A1"
field = "Field 1"
scheduled_start_time = "2026-05-02T10:00:00"
nominal_length = 30
team1_initial = "ants"
team2_initial = "bees"
"""


def result(**other: object) -> dict[str, object]:
    return {
        "name": "Match 1",
        "tournament": "Small Cup",
        "timestamp": "2026-05-02 10:00",
        "first_team": "Ants",
        "second_team": "Bees",
        "victorious_team": "Ants",
        "mode": "Best of Two, 5 Skulls",
        "sets_first_team": 2,
        "sets_second_team": 0,
        "points_first_team": 10,
        "points_second_team": 3,
        "score_total": "5:1 - 5:2",
        **other,
    }


@pytest.mark.parametrize("name", ["day.toml", "day.json", "download.txt", "day"])
def test_a_schedule_is_known_by_its_content(name: str) -> None:
    assert isinstance(contents_of(SCHEDULE.encode(), name), ScheduleFile)


@pytest.mark.parametrize("name", ["results.json", "results.toml", "download"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_results_are_known_by_their_content(name: str, mark: bytes) -> None:
    assert isinstance(contents_of(mark + json.dumps([result()]).encode(), name), Results)


@pytest.mark.parametrize(
    ("text", "json_"),
    [
        ("[[matches]]\nname = 'x'", False),
        ("[desk]\nname = 'x'", False),
        ("[ {", True),
        ("[1, 2", True),
        ('{"a": ', True),
        ("[[fields", False),
        ("# a comment\n[[fields]]", False),
        ("", False),
    ],
)
def test_even_a_broken_file_is_read_as_what_it_was_meant_to_be(text: str, json_: bool) -> None:
    assert looks_like_json(text.encode()) is json_


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "EMPTY"),
        (b" \n\t\n", "EMPTY"),
        (EVENT_HEADER + b"\x00" * 100, "EVENT_FILE"),
        (b"name = \xff\xfe", "NOT_UTF8"),
        (b"[[matches]", "NOT_TOML"),
        (b"[{", "NOT_JSON"),
        (b'{"matches": []}', "NOT_A_LIST"),
        (b"[]", "NO_MATCHES"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_reason(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        contents_of(raw, "file")
    assert code in refused.value.codes or (code == "NOT_TOML" and refused.value.codes)
    assert all(problem.words.msgid for problem in refused.value.problems)


def test_every_fault_of_a_results_file_is_named_at_once() -> None:
    bad = [result(timestamp="yesterday"), result(), result(points_first_team=-1), result(first_team=7)]
    with pytest.raises(Refused) as refused:
        contents_of(json.dumps(bad).encode(), "results.json")
    assert len(refused.value.problems) >= 3
    assert {problem.place[:3] for problem in refused.value.problems} == {"[0]", "[2]", "[3]"}


def test_a_file_that_is_not_there_is_a_problem_and_a_folder_is_one_too(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(Refused) as refused:
            bytes_of(path)
        assert refused.value.codes == ("NO_FILE",)
        assert refused.value.problems[0].place == path.name
