"""The results files of real events: they lie outside the repository, so a lone clone goes without them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "real"
FILES = sorted(FOLDER.glob("*.json"))

each_real_file = pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem) for path in FILES]
    or [pytest.param(None, marks=pytest.mark.skip(reason="the real events lie beside the repository, not in it"))],
)


def sums_of_file(path: Path) -> dict[str, dict[str, int]]:
    """What each team of a file won and lost, summed without any code of ours."""
    sums: dict[str, dict[str, int]] = {}
    for match in json.loads(path.read_text(encoding="utf-8")):
        for own, other in (("first", "second"), ("second", "first")):
            line = sums.setdefault(match[f"{own}_team"], dict.fromkeys(SUMS, 0))
            winner = match["victorious_team"]
            line["played"] += 1
            line["wins"] += winner == match[f"{own}_team"]
            line["losses"] += winner == match[f"{other}_team"]
            line["draws"] += winner is None
            for what in ("sets", "points"):
                line[f"{what}_won"] += match[f"{what}_{own}_team"]
                line[f"{what}_lost"] += match[f"{what}_{other}_team"]
    return sums


SUMS = ("played", "wins", "losses", "draws", "sets_won", "sets_lost", "points_won", "points_lost")


def sample_match(**changes: Any) -> dict[str, Any]:
    """One match as a results file has it, of invented teams."""
    return {
        "tournament_id": 7,
        "first_team_id": 1,
        "second_team_id": 2,
        "victorious_team_id": 1,
        "group_id": 3,
        "name": "Group 1 - 1. Match",
        "tournament": "Pine Cup",
        "city": "Fir Hollow",
        "timestamp": "2025-04-26 10:00",
        "first_team": "Red Kites",
        "second_team": "Blue Herons",
        "victorious_team": "Red Kites",
        "mode": "Best of Two, 5 Skulls",
        "group": "Group 1",
        "sets_first_team": 2,
        "sets_second_team": 0,
        "points_first_team": 10,
        "points_second_team": 4,
        "score_total": "5:1 - 5:3",
        **changes,
    }
