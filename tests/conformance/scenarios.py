"""Plays the example schedules through the pure functions and says where the answers differ from the recorded ones.

The reference works the schedule out when something happens, so the schedule is asked here for the clock of the
last step that would have caused a pass; only static breaks look at the step's own clock. A step that edits a
STATIC asks for detaching, as the spec's Decisions say (quirk 3).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

from arctos_desk.scheduling import edits, gate
from arctos_desk.scheduling.solution import Solution
from arctos_desk.scheduling.solve import solve
from arctos_desk.scheduling.warnings import warnings
from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.instants import Instant, from_iso, to_iso
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage, Status
from arctos_desk.tournament.reasons import Reason, Refused
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Result, Start, Tag, Team
from arctos_desk.tournament.registers import Writes, apply, registers_of, result_to_json, start_to_json
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot

HERE = Path(__file__).parent
READ_ONLY = {"check_start", "warnings", "wait"}

State = dict[str, dict[str, Any]]


def scenarios(*names: str) -> list[dict[str, Any]]:
    """The recorded scenarios of these files."""
    return [
        scenario for name in names for scenario in json.loads((HERE / "scheduling" / name).read_text(encoding="utf-8"))
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where our answer is not the recorded one."""

    scenario: str
    entry: str
    what: str
    recorded: Any
    ours: Any
    excused: str = ""

    def __str__(self) -> str:
        excuse = f" ({self.excused})" if self.excused else ""
        return f"{self.scenario} {self.entry} {self.what}: recorded {self.recorded!r}, ours {self.ours!r}{excuse}"


@dataclass(slots=True)
class Report:
    """What was compared. `agreed` and `marked` count values; differences outside marks are failures."""

    agreed: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    entries: int = 0
    entries_marked: int = 0

    @property
    def failures(self) -> list[Difference]:
        return [difference for difference in self.differences if not difference.excused]

    @property
    def excused(self) -> list[Difference]:
        return [difference for difference in self.differences if difference.excused]


class Player:
    """One scenario being played."""

    def __init__(self, scenario: Mapping[str, Any]) -> None:
        self.scenario = scenario
        self.clock = from_iso(scenario["loaded_at"])
        self.solved_at = self.clock
        self.placed: dict[str, Instant] = {}
        self.event = loaded(scenario)
        self._resolve_previous()
        self.solution = self._solve()
        self._made = 0

    def _solve(self) -> Solution:
        return solve(self.event, now_ms=self.solved_at, placed=self.placed)

    def _resolve_previous(self) -> None:
        matches = dict(self.event.matches)
        for row, match in zip(self.scenario["matches"], self.event.matches.values(), strict=True):
            if row.get("previous"):
                matches[match.id] = replace(match, previous_id=self.row_named(row["previous"], match.field_id))
        self.event = replace(self.event, matches=matches)

    # names

    def row_named(self, name: str, field_id: str | None) -> str:
        """The row of that name on the field, else the first row of that name; the name itself when there is none."""
        found = [match for match in self.event.matches.values() if match.name == name]
        here = [match for match in found if match.field_id == field_id]
        return (here or found)[0].id if found else name

    def match_id(self, key: str) -> str:
        name, at, place = key.rpartition("@")
        if at:
            for match in self.event.matches.values():
                if match.name == name and match.field_id == place:
                    return match.id
        found = [match for match in self.event.matches.values() if match.name == key]
        games = [match for match in found if match.kind.is_game]
        return (games or found)[0].id if found else key

    def key(self, match: Match) -> str:
        return f"{match.name}@{match.field_id}"

    def slot(self, token: str | None) -> Slot | None:
        return slot_of(token, self.event, lambda name: self.row_named(name, None))

    # playing

    def step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """Play one step; the answer in the form of the recorded entries, without the changes."""
        self.clock = from_iso(step["at"])
        before = self.event
        try:
            answer: dict[str, Any] = getattr(self, f"_do_{step['do']}")(step)
        except Refused as refused:
            assert self.event is before
            return {"ok": False, "error": list(refused.codes)}
        if answer["ok"] and step["do"] not in READ_ONLY:
            self.solved_at = self.clock
            self.solution = self._solve()
        return answer

    def _write(self, writes: Writes) -> None:
        for reference, registers in writes.items():
            if kind_of(reference) == "match" and registers.keys() & {"place", "kind", "rank"}:
                self.placed[id_of(reference)] = self.clock
        self.event = apply(self.event, writes)

    def _new_id(self) -> str:
        self._made += 1
        return f"made-{self._made}"

    def _reasons(self, match_id: str) -> list[str]:
        found = gate.why_not_start(self.event, self.solution, match_id, now_ms=self.clock)
        return [self._code(reason) for reason in gate.as_reference(found)]

    def _code(self, reason: Reason) -> str:
        params = dict(reason.words.params)
        if reason.code == "STATUS":
            return f"STATUS:{self.solution.rows[id_of(reason.about)].status}"
        if reason.code in ("FIELD_BUSY", "PREVIOUS_NOT_COMPLETED"):
            return f"{reason.code}:{params['match']}"
        if reason.code == "DEPENDENCIES_NOT_COMPLETED":
            names = params["matches"]
            assert isinstance(names, tuple)
            return f"{reason.code}:{','.join(str(name) for name in names)}"
        return f"{reason.code}:{params['slot']}" if "slot" in params else reason.code

    def _do_check_start(self, step: Mapping[str, Any]) -> dict[str, Any]:
        reasons = self._reasons(self.match_id(step["match"]))
        return {"ok": False, "refused": reasons} if reasons else {"ok": True}

    def _do_start(self, step: Mapping[str, Any]) -> dict[str, Any]:
        match_id = self.match_id(step["match"])
        reasons = self._reasons(match_id)
        if reasons:
            return {"ok": False, "error": reasons}
        self._write(
            {
                ref("match", match_id): {
                    "stage": [0, int(Stage.LIVE)],
                    "start": start_to_json(Start(at_ms=self.clock)),
                },
            }
        )
        return {"ok": True}

    def _do_finish(self, step: Mapping[str, Any]) -> dict[str, Any]:
        winner = step.get("winner")
        if winner is None:
            return {"ok": False, "error": ["WINNER_REQUIRED"]}
        result = Result(ending=Ending.NORMAL, winner=Side(winner), ended_ms=self.clock)
        self._write(
            {
                ref("match", self.match_id(step["match"])): {
                    "stage": [0, int(Stage.ENDED)],
                    "result": result_to_json(result),
                }
            }
        )
        return {"ok": True}

    def _do_assign_tag(self, step: Mapping[str, Any]) -> dict[str, Any]:
        self._write(edits.assign_tag(self.event, self.solution, step["tag"], step.get("team"), now_ms=self.clock))
        return {"ok": True}

    def _row_arguments(self, row: Mapping[str, Any], field_id: str | None) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if "field" in row:
            given["field_id"] = row["field"]
        if "length" in row:
            given["length_min"] = row["length"]
        if "start" in row:
            given["planned_ms"] = None if row["start"] is None else from_iso(row["start"])
        for side in ("team1", "team2"):
            if side in row:
                given[side] = self.slot(row[side])
        if "refs" in row:
            given["referees"] = tuple(self.slot(token) for token in row["refs"] or ())
        if "skip_condition" in row:
            given["skip_condition"] = row["skip_condition"] or ""
        if "previous" in row:
            previous = row["previous"]
            given["previous_id"] = None if previous is None else self.row_named(previous, row.get("field", field_id))
        return given

    def _do_edit(self, step: Mapping[str, Any]) -> dict[str, Any]:
        match_id = self.match_id(step["match"])
        match = self.event.matches.get(match_id)
        wanted = dict(step["set"])
        given = self._row_arguments(wanted, None if match is None else match.field_id)
        if "type" in wanted:
            given["kind"] = MatchKind(wanted["type"])
        if match is not None:
            given.setdefault("previous_id", match.previous_id)
        detach = match is not None and MatchKind(wanted.get("type", match.kind)) is MatchKind.STATIC
        self._write(edits.edit_match(self.event, self.solution, match_id, now_ms=self.clock, detach=detach, **given))
        return {"ok": True}

    def _do_create(self, step: Mapping[str, Any]) -> dict[str, Any]:
        row = step["match"]
        kind = MatchKind(row.get("type", "STATIC"))
        given = self._row_arguments(row, row.get("field"))
        self._write(edits.create_match(self.event, self._new_id(), name=row.get("name") or "", kind=kind, **given))
        return {"ok": True}

    def _do_delete(self, step: Mapping[str, Any]) -> dict[str, Any]:
        match_id = self.match_id(step["match"])
        self._write(edits.delete_match(self.event, self.solution, match_id, now_ms=self.clock))
        return {"ok": True}

    def _do_bulk_length(self, step: Mapping[str, Any]) -> dict[str, Any]:
        asked = [self.match_id(key) for key in step["matches"]]
        done = edits.bulk_length(self.event, self.solution, asked, step["length"], now_ms=self.clock)
        names = {match.id: self.key(match) for match in self.event.matches.values()}
        self._write(done.writes)
        return {
            "ok": True,
            "updated": done.updated,
            "results": {names.get(match_id, match_id): result for match_id, result in done.results.items()},
        }

    def _do_push_back(self, step: Mapping[str, Any]) -> dict[str, Any]:
        day = step.get("day")
        # as browsers count it: minutes from local time to UTC, so negative in the east
        zone = timezone(-timedelta(minutes=step.get("tz_offset_minutes") or 0))
        done = edits.push_back(
            self.event,
            self.solution,
            step["minutes"],
            now_ms=self.clock,
            day=None if day is None else date.fromisoformat(day),
            zone=zone,
        )
        self._write(done.writes)
        return {"ok": True, "updated": len(done.moved)}

    def _do_force_start(self, step: Mapping[str, Any]) -> dict[str, Any]:
        winner = step.get("conflict_winner")
        self._write(
            edits.force_start(
                self.event,
                self.solution,
                self.match_id(step["match"]),
                team1=self.slot(step.get("team1")),
                team2=self.slot(step.get("team2")),
                referees=tuple(self.slot(token) for token in step.get("refs") or ()),
                conflict=(step.get("conflict_action") or "").lower(),
                conflict_winner=None if winner is None else Side(winner),
                now_ms=self.clock,
            )
        )
        return {"ok": True}

    def _do_group_create(self, step: Mapping[str, Any]) -> dict[str, Any]:
        previous = {place: self.row_named(name, place) for place, name in (step.get("previous") or {}).items()}
        self._write(
            edits.create_group(
                self.event,
                self.solution,
                name=step.get("name") or "",
                kind=MatchKind(step["type"]),
                field_ids=step.get("fields") or (),
                new_id=self._new_id,
                length_min=step.get("length"),
                planned_ms=None if step.get("start") is None else from_iso(step["start"]),
                previous=previous,
            )
        )
        return {"ok": True}

    def _do_group_update(self, step: Mapping[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if "length" in step:
            given["length_min"] = step["length"]
        if "fields" in step:
            given["field_ids"] = step["fields"]
        if "start" in step:
            given["planned_ms"] = from_iso(step["start"])
        if "type" in step:
            given["kind"] = MatchKind(step["type"])
        self._write(
            edits.update_group(self.event, self.solution, step["name"], now_ms=self.clock, new_id=self._new_id, **given)
        )
        return {"ok": True}

    def _do_group_delete(self, step: Mapping[str, Any]) -> dict[str, Any]:
        self._write(edits.delete_group(self.event, self.solution, step["name"]))
        return {"ok": True}

    def _do_recompute(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"ok": True}

    _do_recompute_live = _do_recompute
    _do_wait = _do_recompute

    def _do_warnings(self, step: Mapping[str, Any]) -> dict[str, Any]:
        kinds = {"unknown_team", "missing_team", "duplicate_team", "unknown_match_ref", "cycle", "double_booked"}
        found = [
            {"kind": finding.code, "matches": [self.event.matches[id_of(about)].name for about in finding.about]}
            for finding in warnings(self.event, self.solution)
            if finding.code in kinds
        ]
        return {"ok": True, "warnings": found}

    # reading

    def state(self) -> State:
        """Every row in the recorded form."""
        return {self.key(match): self._state_of(match) for match in self.event.matches.values()}

    def _state_of(self, match: Match) -> dict[str, Any]:
        row = self.solution.rows[match.id]
        previous = None if match.previous_id is None else self.event.matches.get(match.previous_id)
        status = row.status
        if match.kind is MatchKind.STATBREAK:
            begun = match.planned_ms is not None and match.planned_ms <= self.clock
            status = Status.COMPLETED if begun else Status.NOT_STARTED
        return {
            "type": match.kind.value,
            "length": 0 if match.kind is MatchKind.JOIN else match.length_min,
            "scheduled": None if row.plan_ms is None else to_iso(row.plan_ms),
            "nominal": None if row.live_ms is None else to_iso(row.live_ms),
            "status": status.value,
            "team1": row.team1_id,
            "team2": row.team2_id,
            "refs": list(row.referee_ids),
            "previous": None if previous is None else self.key(previous),
        }


def loaded(scenario: Mapping[str, Any]) -> Event:
    """The event of a scenario as it is before its first step; predecessors are names still."""
    rows = scenario["matches"]
    matches: dict[str, Match] = {}
    first: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        first.setdefault(row["name"], f"row-{number:03d}")
    event = Event(
        info=EventInfo(id="cup", name="Cup"),
        teams={team: Team(id=team, key=team, name=team, rank=n) for n, team in enumerate(scenario["teams"], 1)},
        fields={name: Field(id=name, name=name, rank=n) for n, name in enumerate(scenario["fields"], 1)},
        tags={
            name: Tag(id=name, name=name, team_id=team, rank=n)
            for n, (name, team) in enumerate(scenario["tags"].items(), 1)
        },
    )
    for number, row in enumerate(rows, 1):
        kind = MatchKind(row["type"])
        start = row.get("start")

        def slot(token: str | None, field_id: str | None = row.get("field")) -> Slot | None:
            return slot_of(token, event, lambda name: place_of(rows, first, name, field_id))

        matches[f"row-{number:03d}"] = Match(
            id=f"row-{number:03d}",
            name=row["name"],
            kind=kind,
            field_id=row.get("field"),
            planned_ms=None if start is None else from_iso(start),
            length_min=0 if kind is MatchKind.JOIN else row.get("length"),
            team1=slot(row.get("team1")),
            team2=slot(row.get("team2")),
            referees=tuple(slot(token) for token in row.get("refs") or ()),
            skip_condition=row.get("skip_condition") or "",
            rank=number,
        )
    return replace(event, matches=matches)


def place_of(rows: list[dict[str, Any]], first: Mapping[str, str], name: str, field_id: str | None) -> str:
    """A name in a slot: the join of that name, else the row on the same field, else the first (scheduling.md §3)."""
    for number, row in enumerate(rows, 1):
        if row["name"] == name and row["type"] == "JOIN":
            return f"row-{number:03d}"
    for number, row in enumerate(rows, 1):
        if row["name"] == name and row.get("field") == field_id:
            return f"row-{number:03d}"
    return first.get(name, name)


def slot_of(token: str | None, event: Event, place: Any) -> Slot | None:
    if token is None or token == "":
        return None
    if token.startswith("tag::"):
        return TagSlot(token[5:])
    for suffix in ("winner", "loser"):
        if token.endswith(f"::{suffix}"):
            return OutcomeSlot(place(token[: -len(suffix) - 2]), "winner" if suffix == "winner" else "loser")
    return TeamSlot(token) if token in event.teams else UnknownSlot(token)


def play(scenario: Mapping[str, Any], report: Report) -> None:
    """Play a scenario and compare every entry; nothing is left out of the counts."""
    name = scenario["id"]
    player = Player(scenario)
    recorded: State = json.loads(json.dumps(scenario["expect"][0]["matches"]))
    quirk_from = scenario.get("quirk_from")
    first_quirk = -1 if quirk_from == "load" else 10**9 if quirk_from is None else quirk_from
    _compare(report, name, "load", recorded, player.state(), scenario["expect"][0], after_quirk=first_quirk < 0)
    for number, (step, entry) in enumerate(zip(scenario["steps"], scenario["expect"][1:], strict=True)):
        for key in entry.get("removed", ()):
            recorded.pop(key, None)
        for key, changed in entry["changed"].items():
            recorded.setdefault(key, {}).update(changed)
        answer = player.step(step)
        # an entry's own mark asks nothing of that entry; after the first mark the whole state may carry the bug on
        excuse = "quirk" if entry.get("quirk") else "after a quirk" if number > first_quirk else ""
        _answers(report, name, number, step, entry, answer, excuse)
        _compare(report, name, f"after {number}", recorded, player.state(), entry, after_quirk=number >= first_quirk)


def _answers(
    report: Report, name: str, number: int, step: Mapping[str, Any], entry: Mapping[str, Any], answer: Any, excuse: str
) -> None:
    for what in ("ok", "refused", "error", "warnings", "updated", "results"):
        if what not in entry:
            continue
        wanted, got = entry[what], answer.get(what)
        if what == "error" and isinstance(wanted, str):
            same = isinstance(got, list) and wanted in got
        elif what == "warnings":
            same = _sorted(wanted) == _sorted(got or [])
        else:
            same = wanted == got
        if same:
            report.agreed[what] += 1
        else:
            report.differences.append(Difference(name, f"after {number} {step['do']}", what, wanted, got, excuse))


def _sorted(found: list[dict[str, Any]]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((one["kind"], tuple(one["matches"])) for one in found)


def _compare(
    report: Report,
    name: str,
    entry_name: str,
    recorded: State,
    ours: State,
    entry: Mapping[str, Any],
    *,
    after_quirk: bool,
) -> None:
    report.entries += 1
    cycle = set(entry.get("cycle", ()))
    marked = bool(entry.get("quirk")) or after_quirk
    report.entries_marked += marked or bool(cycle)
    for key in sorted(recorded.keys() | ours.keys()):
        excuse = "quirk" if entry.get("quirk") else "after a quirk" if after_quirk else "cycle" if key in cycle else ""
        if key not in recorded or key not in ours:
            report.differences.append(
                Difference(name, entry_name, key, "there" if key in recorded else "not there", "the opposite", excuse)
            )
            continue
        for what, value in recorded[key].items():
            if ours[key][what] == value:
                report.agreed[what] += 1
            else:
                report.differences.append(Difference(name, entry_name, f"{key} {what}", value, ours[key][what], excuse))


__all__ = ["Difference", "Player", "Report", "play", "registers_of", "scenarios"]
