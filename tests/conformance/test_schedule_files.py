"""Every recorded schedule file is read, imported and exported as recorded."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from arctos_desk.scheduling.schedule_file import (
    file_uuid,
    import_schedule,
    read_schedule,
    token_text,
    write_schedule,
)
from arctos_desk.scheduling.solution import Solution
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import from_iso, to_iso
from arctos_desk.tournament.kinds import MatchKind
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Tag, Team
from arctos_desk.tournament.registers import apply

CASES = sorted((Path(__file__).parent / "toml").glob("*.toml"))
STAGES = {"NOT_TOML": "parse", "NOT_ARRAY_OF_TABLES": "parse"}


def counting_chance() -> Any:
    drawn = 0

    def chance(count: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return drawn.to_bytes(count, "big")

    return chance


def event_before(case: dict[str, Any]) -> Event:
    there = case.get("existing", {})
    fields = {
        str(one["id"]): Field(id=str(one["id"]), name=one["name"], rank=number)
        for number, one in enumerate(there.get("fields", ()), 1)
    }
    names = {one.name: one.id for one in fields.values()}
    matches = {}
    for number, row in enumerate(there.get("matches", ()), 1):
        matches[row["uuid"]] = Match(
            id=row["uuid"],
            name=row["name"],
            kind=MatchKind(row["type"]),
            field_id=names.get(row.get("field")),
            length_min=row.get("length"),
            planned_ms=from_iso(row["start"]) if row.get("start") else None,
            rank=number,
        )
    return Event(
        info=EventInfo(id="cup", name=case["tournament"]),
        teams={
            team["id"]: Team(id=team["id"], key=team["id"], name=team["pseudonym"], rank=number)
            for number, team in enumerate(case["teams"], 1)
        },
        fields=fields,
        tags={
            str(tag["id"]): Tag(id=str(tag["id"]), name=tag["name"], team_id=tag.get("team"), rank=number)
            for number, tag in enumerate(there.get("tags", ()), 1)
        },
        matches=matches,
    )


def state(event: Event, solution: Solution, known: set[str]) -> dict[str, Any]:
    def key(match: Match) -> str:
        field = event.fields.get(match.field_id or "")
        return f"{match.name}@{field.name if field else None}"

    rows = {}
    for match in event.matches.values():
        row = solution.rows[match.id]
        previous = event.matches.get(match.previous_id or "")
        uuid = file_uuid(match.id)
        rows[key(match)] = {
            "name": match.name,
            "field": key(match).partition("@")[2],
            "type": match.kind.value,
            "set_type": match.set_type.value,
            "length": match.length_min,
            "nsets": match.sets,
            "stones_per_set": match.stones_per_set,
            "ribbon": match.ribbon,
            "team1_initial": token_text(event, match.team1) or None,
            "team2_initial": token_text(event, match.team2) or None,
            "team1": row.team1_id,
            "team2": row.team2_id,
            "refs_initial": [token_text(event, slot) for slot in match.referees],
            "refs_slots": list(range(len(match.referees))),
            "refs": list(row.referee_ids),
            "skip_condition": match.skip_condition or None,
            "scheduled": None if row.plan_ms is None else to_iso(row.plan_ms),
            "nominal": None if row.live_ms is None else to_iso(row.live_ms),
            "status": row.status.value,
            "previous": None if previous is None else key(previous),
            "next": None,
            "uuid": uuid if uuid in known else "<generated>",
        }
    return {
        "tags": {tag.name: tag.team_id for tag in event.tags.values()},
        "fields": [field.name for field in event.fields.values()],
        "matches": rows,
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_schedule_file_does_what_is_recorded(path: Path) -> None:
    case = json.loads(path.with_suffix(".expect.json").read_text(encoding="utf-8"))
    expect = case["expect"]
    now_ms = from_iso(case["now"])
    event = event_before(case)
    before = event
    stage, errors, places, counts, warned = "", [], [], {}, []
    try:
        file = read_schedule(path.read_text(encoding="utf-8"))
        done = import_schedule(event, file, chance=counting_chance(), now_ms=now_ms)
        event = apply(event, done.writes)
        counts = dict(done.counts)
        warned = [finding.code for finding in done.findings]
    except Refused as refused:
        errors = list(refused.codes)
        stage = STAGES.get(errors[0], "validate")
        places = [problem.place for problem in refused.problems]
    assert all(place.startswith("line ") for place in places)
    assert (not errors) == expect["ok"]
    if not expect["ok"]:
        assert (stage, errors) == (expect["stage"], [error["code"] for error in expect["errors"]])
        assert event is before
        return
    solution = solve(event, now_ms=now_ms)
    known = set(before.matches)
    assert {name: counts[name] for name in expect["counts"]} == expect["counts"]
    assert warned == [warning["code"] for warning in expect["warnings"]]
    assert state(event, solution, known) == expect["after"]
    written = tomllib.loads(write_schedule(event, solution))
    for section in ("tags", "fields"):
        for row in written.get(section, ()):
            row.pop("id", None)
    for row in written.get("matches", ()):
        row["uuid"] = row["uuid"] if row["uuid"] in known else "<generated>"
    assert written == expect["export"]


def test_all_recorded_files_are_looked_at() -> None:
    assert len(CASES) == 6
