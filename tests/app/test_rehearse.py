"""A day played through the real commands gives exactly the figures of the file, and always the same day for a seed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arctos_desk.app.files import bytes_of, contents_of
from arctos_desk.app.rehearse import figures, rehearse
from arctos_desk.tournament.kinds import Stage

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
FILES = sorted(REAL.glob("*.json"))
COUNTS = ("played", "wins", "losses", "draws", "sets_won", "sets_lost", "points_won", "points_lost")


def sums_of(raw: bytes) -> dict[str, dict[str, int]]:
    """What a results file adds up to, counted straight from its lines."""
    sums: dict[str, dict[str, int]] = {}
    for match in json.loads(raw):
        for me, other in (("first", "second"), ("second", "first")):
            team = match[f"{me}_team"]
            line = sums.setdefault(team, dict.fromkeys(COUNTS, 0))
            winner = match["victorious_team"]
            line["played"] += 1
            line["draws" if winner is None else "wins" if winner == team else "losses"] += 1
            for what in ("sets", "points"):
                line[f"{what}_won"] += match[f"{what}_{me}_team"]
                line[f"{what}_lost"] += match[f"{what}_{other}_team"]
    return sums


@pytest.mark.skipif(not FILES, reason="the recorded tournaments lie outside the repository")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_match_of_a_recorded_tournament_is_played_to_the_figures_of_its_file(file: Path) -> None:
    raw = bytes_of(file)
    heard: list[tuple[int, int]] = []
    day = rehearse(contents_of(raw, file.name), seed="1", build="test", told=lambda *done: heard.append(done))
    assert day.stuck == ()
    assert day.over == day.matches == len(json.loads(raw))
    assert heard[-1] == (day.matches, day.matches)
    assert figures(day.desk) == sums_of(raw)


RESULTS: list[dict[str, Any]] = [
    {
        "name": f"Match {number}",
        "tournament": "Small Cup",
        "timestamp": f"2026-05-02 {hour}",
        "first_team": one,
        "second_team": other,
        "victorious_team": winner,
        "mode": "Best of Two, 5 Skulls",
        "group": "A",
        "sets_first_team": sets[0],
        "sets_second_team": sets[1],
        "points_first_team": points[0],
        "points_second_team": points[1],
        "score_total": text,
    }
    for number, (hour, one, other, winner, sets, points, text) in enumerate(
        [
            ("10:00", "Ants", "Bees", "Ants", (2, 0), (10, 3), "5:1 - 5:2"),
            ("10:00", "Cats", "Dogs", None, (1, 1), (9, 8), "5:3 - 4:5"),
            ("10:30", "Ants", "Cats", None, (0, 0), (4, 4), "4:4"),
            ("10:30", "Bees", "Dogs", "Dogs", (0, 2), (0, 10), "0:5 - 0:5"),
        ],
        start=1,
    )
]


def test_draws_and_level_sets_count_as_the_file_says() -> None:
    raw = json.dumps(RESULTS).encode()
    day = rehearse(contents_of(raw, "small.json"), seed="1", build="test")
    assert figures(day.desk) == sums_of(raw)
    assert all(match.stage is Stage.ENDED for match in day.desk.state.event.matches.values())


def test_the_same_seed_is_the_same_day_byte_for_byte() -> None:
    contents = contents_of(json.dumps(RESULTS).encode(), "small.json")
    one, same, other = (rehearse(contents, seed=seed, build="test") for seed in ("1", "1", "2"))
    raws = [
        [sealed.raw for stream in day.desk._log.streams.values() for sealed in stream] for day in (one, same, other)
    ]  # type: ignore[attr-defined]
    assert raws[0] == raws[1]
    assert raws[0] != raws[2]
