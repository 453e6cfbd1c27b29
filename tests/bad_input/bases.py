"""The good files that are spoiled: a schedule, a results file and the names in them, all invented. Spoils nothing."""

from __future__ import annotations

import json
import random
from typing import Any

_TEAMS = ("owls", "rats", "eels", "newts", "cranes", "voles", "larks", "mules")


def schedule() -> bytes:
    """A schedule with everything a schedule can hold, two fields long, letters beyond ASCII in it."""
    parts = ["# Der Größe nach: ein Plan für zwei Felder"]
    parts.append('[desk]\nname = "Öland Cup"\nplace = "Fir Hollow"\nzone = "Europe/Berlin"\n')
    parts += [f'[[teams]]\nkey = "{key}"\nname = "{key.title()} of Ödland"\n' for key in _TEAMS]
    parts += [f'[[fields]]\nname = "Field {number}"\n' for number in (1, 2)]
    parts.append('[[groups]]\nname = "Group A"\nmatches = ["A1", "A2", "A3"]\n')
    parts.append('[[variables]]\nname = "games"\nexpression = "(list {A1} {A2} {A3})"\n')
    parts.append('[[tags]]\nname = "seed"\nexpression = "(if (won? [owls] {A1}) [owls] [rats])"\n')
    rows: list[dict[str, Any]] = [
        _row("A1", 1, "owls", "rats", refs="eels", kind="STATIC", at="2027-06-05T08:00:00"),
        _row("B1", 2, "newts", "cranes", refs="voles", kind="STATIC", at="2027-06-05T08:00:00"),
        _row("A2", 1, "eels", "larks", refs="owls", before="A1"),
        _row("B2", 2, "mules", "voles", refs="newts", kind="FAST", before="B1"),
        _row("Rest", 1, kind="BREAK", length=20, before="A2"),
        _row("Rest", 2, kind="BREAK", length=20, before="B2"),
        _row("A3", 1, "A1::winner", "B1::loser", refs="tag::seed, A2::loser", before="Rest"),
        _row("B3", 2, "A1::loser", "B1::winner", refs="mules", before="Rest"),
        _row("End", 1, kind="JOIN", length=0, before="A3"),
        _row("End", 2, kind="JOIN", length=0, before="B3"),
        _row("Final", 1, "A3::winner", "B3::winner", refs="B3::loser", before="End", skip="(is-skipped {A3})"),
    ]
    for row in rows:
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row.items()]
        parts.append("[[matches]]\n" + "\n".join(lines) + "\n")
    return "\n".join(parts).encode()


def _row(
    name: str,
    field: int,
    team1: str = "",
    team2: str = "",
    *,
    refs: str = "",
    kind: str = "SAFE",
    at: str = "",
    before: str = "",
    length: int = 30,
    skip: str = "",
) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "name": name,
        "field": f"Field {field}",
        "schedule_type": kind,
        "nominal_length": length,
        "team1_initial": team1,
        "team2_initial": team2,
        "refs_initial": refs,
        "scheduled_start_time": at,
        "previous_match": before,
        "skip_condition": skip,
    }
    row = {key: value for key, value in stated.items() if value != ""}
    if team1:
        row["nsets"] = 2
    return row


def results() -> bytes:
    """The results of a small event, as the public service writes them."""
    chance = random.Random("results")
    listed = []
    for number in range(12):
        slot, field = divmod(number, 2)
        one, other = (4 * slot + 2 * field) % 8, (4 * slot + 2 * field + 1 + slot % 3) % 8
        first = chance.random() < 0.5
        lost = chance.randrange(5)
        listed.append(
            {
                "tournament_id": 7,
                "first_team_id": 40 + one,
                "second_team_id": 40 + other,
                "victorious_team_id": 40 + (one if first else other),
                "group_id": 3 + field,
                "name": f"Group {field + 1} - {slot + 1}. Match",
                "tournament": "Öland Results",
                "city": "Fir Hollow",
                "timestamp": f"2026-05-02 {10 + slot}:00",
                "first_team": _TEAMS[one].title(),
                "second_team": _TEAMS[other].title(),
                "victorious_team": _TEAMS[one if first else other].title(),
                "mode": "Best of Two, 5 Skulls",
                "group": f"Group {field + 1}",
                "sets_first_team": 2 if first else 0,
                "sets_second_team": 0 if first else 2,
                "points_first_team": 10 if first else lost,
                "points_second_team": lost if first else 10,
                "score_total": f"5:{lost} - 5:0" if first else f"{lost}:5 - 0:5",
            }
        )
    return json.dumps(listed, ensure_ascii=False, indent=1).encode()
