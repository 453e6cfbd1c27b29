"""Ordinary tables made from the log: the folded registers, the records, the solver's rows.

Folds and solves nothing itself.

Theory. The log is the truth; these tables may be thrown away at any time and are made again from a whole
`ProjectionChange`. An ordinary change writes only what differs. Foreign keys are real, so an id that names nothing
(yet) is stored as NULL, and `dangling` remembers who meant it: when the record appears, or appears again, those who
mean it are written once more. Thus small steps and one great step give the same tables.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from arctos_desk.operations.ports import ProjectionChange
from arctos_desk.operations.reduce import REDUCER_BUILD, RULES_VERSION, Folded, Held, Version, record_of
from arctos_desk.scheduling.solution import Row
from arctos_desk.storage.statements import Read, Statement, delete_by, insert_into, insert_new, put
from arctos_desk.tournament import records
from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.registers import CLEAR, Json, result_to_json
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot

_PUT: Final = {
    "event": put("event_info", "id"),
    "team": put("team", "id"),
    "field": put("field", "id"),
    "tag": put("tag", "id"),
    "variable": put("variable", "id"),
    "group": put("group_", "id"),
    "match": put("match", "id"),
    "point": put("point", "id"),
    "person": put("person", "id"),
    "player": put("player", "id"),
    "mode": put("mode", "id"),
    "penalty_type": put("penalty_type", "id"),
}
_DELETE: Final = {
    "event": delete_by("event_info", "id"),
    "team": delete_by("team", "id"),
    "field": delete_by("field", "id"),
    "tag": delete_by("tag", "id"),
    "variable": delete_by("variable", "id"),
    "group": delete_by("group_", "id"),
    "match": delete_by("match", "id"),
    "point": delete_by("point", "id"),
    "person": delete_by("person", "id"),
    "player": delete_by("player", "id"),
    "mode": delete_by("mode", "id"),
    "penalty_type": delete_by("penalty_type", "id"),
}
_PUT_REGISTER: Final = put("register", "reference", "register")
_DELETE_REGISTER: Final = delete_by("register", "reference", "register")
_PUT_TIMES: Final = put("match_times", "match_id")
_DELETE_TIMES: Final = delete_by("match_times", "match_id")
_INSERT_REFEREE: Final = insert_into("match_referee")
_DELETE_REFEREES: Final = delete_by("match_referee", "match_id")
_INSERT_DANGLING: Final = insert_new("dangling")
_DELETE_DANGLING: Final = delete_by("dangling", "source")
_PUT_META: Final = put("projection_meta", "id")

PROJECTED: Final = (
    "match_times",
    "point",
    "match_referee",
    "match",
    "tag",
    "player",
    "team",
    "field",
    "variable",
    "group_",
    "mode",
    "penalty_type",
    "person",
    "event_info",
    "dangling",
    "register",
)
"""The projections that a rebuild empties, in an order in which they can be emptied."""

_EMPTY: Final = tuple(delete_by(table) for table in PROJECTED)

_TABLE_OF: Final = {"team": "team", "field": "field", "tag": "tag", "group": "group_", "match": '"match"'}
"""Kinds of record that others refer to, and their tables."""

_REFERRERS: Final[Mapping[str, tuple[str, ...]]] = {
    "team": (
        "SELECT 'tag/' || id FROM tag WHERE team_id = :id",
        "SELECT 'player/' || id FROM player WHERE team_id = :id",
        "SELECT 'match/' || id FROM \"match\" WHERE team1_team_id = :id OR team2_team_id = :id",
        "SELECT 'match/' || match_id FROM match_referee WHERE team_id = :id",
    ),
    "field": ("SELECT 'match/' || id FROM \"match\" WHERE field_id = :id",),
    "group": ("SELECT 'match/' || id FROM \"match\" WHERE group_id = :id",),
    "tag": (
        "SELECT 'match/' || id FROM \"match\" WHERE team1_tag_id = :id OR team2_tag_id = :id",
        "SELECT 'match/' || match_id FROM match_referee WHERE tag_id = :id",
    ),
    "match": (
        "SELECT 'match/' || id FROM \"match\" WHERE previous_id = :id OR team1_match_id = :id OR team2_match_id = :id",
        "SELECT 'match/' || match_id FROM match_referee WHERE source_id = :id",
        "SELECT 'point/' || id FROM point WHERE match_id = :id",
    ),
}


@dataclass(slots=True)
class Plan:
    """What one change writes, and what is then known without asking the file."""

    statements: list[Statement] = field(default_factory=list)
    whole: bool = False
    folded: dict[str, Folded | None] = field(default_factory=dict)
    added: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in _TABLE_OF})
    removed: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in _TABLE_OF})
    referees: dict[str, tuple[Any, ...] | None] = field(default_factory=dict)
    dangling: dict[str, bool] = field(default_factory=dict)
    count: int = 0
    digest: int = 0


class Projections:
    """The projections of an open event: what they hold, as far as small steps need to know it."""

    def __init__(self) -> None:
        self._folded: dict[str, Folded] = {}
        self._ids: dict[str, set[str]] = {kind: set() for kind in _TABLE_OF}
        self._referees: dict[str, tuple[Any, ...]] = {}
        self._dangling: set[str] = set()
        self._count = 0
        self._digest = 0
        self._known = False

    def fill(self, connection: sqlite3.Connection, frontier: str) -> dict[str, Folded] | None:
        """Read the registers; None when they are damaged or not those of this log, these rules and this reducer."""
        self.__init__()  # type: ignore[misc]
        meta = connection.execute(
            "SELECT frontier, rules_version, reducer_build, registers FROM projection_meta"
        ).fetchone()
        if meta is None or tuple(meta[:3]) != (frontier, RULES_VERSION, REDUCER_BUILD):
            return None
        rows = connection.execute("SELECT * FROM register ORDER BY reference, register").fetchall()
        count, digest = len(rows), 0
        for row in rows:
            digest ^= _crc(row)
        if meta[3] != _registers_text(count, digest):
            return None
        self._folded = _folds(rows)
        self._count, self._digest = count, digest
        for kind, table in _TABLE_OF.items():
            self._ids[kind] = {one for (one,) in connection.execute(f"SELECT id FROM {table}")}  # noqa: S608
        self._dangling = {one for (one,) in connection.execute("SELECT source FROM dangling")}
        self._known = True
        return dict(self._folded)

    def forget(self) -> None:
        """Take no more small steps until everything was written afresh."""
        self._known = False

    @property
    def known(self) -> bool:
        """Whether small steps can be taken; else only a whole change is."""
        return self._known

    def plan(self, read: Read, change: ProjectionChange, frontier: str) -> Plan:
        """What to write for a change that leads to this frontier. Only reads; call `keep` when it is durable."""
        plan = Plan(whole=change.whole)
        if change.whole:
            plan.statements.extend((shape, [()]) for shape in _EMPTY)
        else:
            plan.count, plan.digest = self._count, self._digest
        self._plan_registers(plan, change)
        self._plan_records(plan, change, read)
        self._plan_times(plan, change)
        meta = (1, frontier, RULES_VERSION, REDUCER_BUILD, _registers_text(plan.count, plan.digest))
        plan.statements.append((_PUT_META, [meta]))
        return plan

    def keep(self, plan: Plan) -> None:
        """Remember what a plan wrote, once it is durable."""
        if plan.whole:
            self.__init__()  # type: ignore[misc]
            self._known = True
        for reference, folded in plan.folded.items():
            if folded is None:
                self._folded.pop(reference, None)
            else:
                self._folded[reference] = folded
        for kind in _TABLE_OF:
            self._ids[kind] -= plan.removed[kind]
            self._ids[kind] |= plan.added[kind]
        for match_id, rows in plan.referees.items():
            if rows is None:
                self._referees.pop(match_id, None)
            else:
                self._referees[match_id] = rows
        for source, dangles in plan.dangling.items():
            (self._dangling.add if dangles else self._dangling.discard)(source)
        self._count, self._digest = plan.count, plan.digest

    # registers -------------------------------------------------------------------------------------------------------

    def _plan_registers(self, plan: Plan, change: ProjectionChange) -> None:
        puts, deletes = [], []
        for reference, folded in change.folded.items():
            before = None if plan.whole else self._folded.get(reference)
            old = {} if before is None else before.registers
            new = {} if folded is None else folded.registers
            restamped = before is not None and folded is not None and before.newer != folded.newer
            for register, held in new.items():
                known = old.get(register)
                if known == held and not restamped:
                    continue
                assert folded is not None
                row = _register_row(reference, register, held, folded.newer)
                puts.append(row)
                plan.digest ^= _crc(row)
                if known is None:
                    plan.count += 1
                else:
                    assert before is not None
                    plan.digest ^= _crc(_register_row(reference, register, known, before.newer))
            for register, held in old.items():
                if register not in new:
                    assert before is not None
                    deletes.append((reference, register))
                    plan.digest ^= _crc(_register_row(reference, register, held, before.newer))
                    plan.count -= 1
            plan.folded[reference] = folded
        if deletes:
            plan.statements.append((_DELETE_REGISTER, deletes))
        if puts:
            plan.statements.append((_PUT_REGISTER, puts))

    # records ---------------------------------------------------------------------------------------------------------

    def _plan_records(self, plan: Plan, change: ProjectionChange, read: Read) -> None:
        wanted = {reference: record for reference, record in change.records.items() if kind_of(reference) in _PUT}
        gone = [reference for reference, record in wanted.items() if record is None]
        fresh = []
        for reference, record in wanted.items():
            kind, record_id = kind_of(reference), id_of(reference)
            if kind not in _TABLE_OF:
                continue
            is_there = not plan.whole and record_id in self._ids[kind]
            if record is None and is_there:
                plan.removed[kind].add(record_id)
                self._plan_farewell(plan, read, reference)
            elif record is not None and not is_there:
                plan.added[kind].add(record_id)
                fresh.append(reference)
        if not plan.whole:
            for reference in gone:
                kind, record_id = kind_of(reference), id_of(reference)
                plan.statements.append((_DELETE[kind], [(record_id,)]))
                if kind == "match":
                    plan.referees[record_id] = None
                if reference in self._dangling or plan.dangling.get(reference):
                    plan.statements.append((_DELETE_DANGLING, [(reference,)]))
                    plan.dangling[reference] = False
        present = {reference: record for reference, record in wanted.items() if record is not None}
        for reference in self._meant(plan, read, fresh):
            if reference not in wanted:
                folded = change.folded.get(reference, self._folded.get(reference))
                record = record_of(folded)
                if record is not None:
                    present[reference] = record
                    if kind_of(reference) == "match":
                        plan.referees[id_of(reference)] = ()
        self._plan_rows(plan, present)

    def _plan_farewell(self, plan: Plan, read: Read, reference: str) -> None:
        """Remember who means a record that is about to go; the foreign key then sets them to NULL."""
        for query in _REFERRERS[kind_of(reference)]:
            for (source,) in read(query, {"id": id_of(reference)}):
                plan.statements.append((_INSERT_DANGLING, [(reference, source)]))
                plan.dangling[source] = True
                if kind_of(source) == "match":
                    plan.referees[id_of(source)] = None

    def _meant(self, plan: Plan, read: Read, fresh: list[str]) -> list[str]:
        """Records that meant one of these before it was there."""
        if plan.whole or not fresh or not self._dangling:
            return []
        sources: list[str] = []
        for target in fresh:
            query = "SELECT source FROM dangling WHERE target = :target"
            sources.extend(source for (source,) in read(query, {"target": target}))
        return sorted(set(sources))

    def _plan_rows(self, plan: Plan, present: Mapping[str, Any]) -> None:
        rows: dict[str, list[tuple[Any, ...]]] = {}
        referees: list[tuple[Any, ...]] = []
        cleared: list[tuple[str]] = []
        dangling: list[tuple[str, str]] = []
        for reference, record in present.items():
            kind = kind_of(reference)
            means = _Meaning(self, plan)
            rows.setdefault(kind, []).append(_ROW[kind](record, means))
            if kind == "match":
                own = tuple(
                    (record.id, position, *_slot_columns(slot, means)) for position, slot in enumerate(record.referees)
                )
                known = None if plan.whole or record.id in plan.referees else self._referees.get(record.id)
                if own != known:
                    if not plan.whole:
                        cleared.append((record.id,))
                    referees.extend(own)
                    plan.referees[record.id] = own
            if not plan.whole and (reference in self._dangling or plan.dangling.get(reference)):
                plan.statements.append((_DELETE_DANGLING, [(reference,)]))
                plan.dangling[reference] = False
            if means.missing:
                dangling.extend((target, reference) for target in sorted(means.missing))
                plan.dangling[reference] = True
        plan.statements.extend((_PUT[kind], some) for kind, some in rows.items())
        if cleared:
            plan.statements.append((_DELETE_REFEREES, cleared))
        if referees:
            plan.statements.append((_INSERT_REFEREE, referees))
        if dangling:
            plan.statements.append((_INSERT_DANGLING, dangling))

    def exists(self, plan: Plan, kind: str, record_id: str) -> bool:
        """Whether a record stands in its table once the plan is carried out."""
        if record_id in plan.added[kind]:
            return True
        return not plan.whole and record_id in self._ids[kind] and record_id not in plan.removed[kind]

    # solver rows -----------------------------------------------------------------------------------------------------

    def _plan_times(self, plan: Plan, change: ProjectionChange) -> None:
        puts, deletes = [], []
        for match_id, row in change.rows.items():
            if row is not None and self.exists(plan, "match", match_id):
                puts.append(_times_row(row, _Meaning(self, plan)))
            elif not plan.whole:
                deletes.append((match_id,))
        if deletes:
            plan.statements.append((_DELETE_TIMES, deletes))
        if puts:
            plan.statements.append((_PUT_TIMES, puts))


class _Meaning:
    """Turns ids into ids that exist, and notes those that do not."""

    __slots__ = ("_plan", "_projections", "missing")

    def __init__(self, projections: Projections, plan: Plan) -> None:
        self._projections = projections
        self._plan = plan
        self.missing: set[str] = set()

    def id(self, kind: str, record_id: str | None) -> str | None:
        if record_id is None or self._projections.exists(self._plan, kind, record_id):
            return record_id
        self.missing.add(ref(kind, record_id))
        return None


# rows of the tables ---------------------------------------------------------------------------------------------------


def _event_row(record: records.EventInfo, _means: _Meaning) -> tuple[Any, ...]:
    return (
        record.id,
        record.name,
        record.place,
        record.zone,
        record.source,
        record.first_day,
        record.last_day,
        _json(list(record.languages)),
        record.most_teams,
        record.most_on_roster,
        record.most_on_field,
        record.head_refs.value,
        record.win_points,
        record.draw_points,
        record.loss_points,
    )


def _team_row(record: records.Team, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, record.key, record.name, record.shortname, record.rank, record.colour, record.logo)


def _field_row(record: records.Field, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, record.name, _json(list(record.cameras)), record.rank)


def _tag_row(record: records.Tag, means: _Meaning) -> tuple[Any, ...]:
    team_id = means.id("team", record.team_id)
    return (record.id, record.name, team_id, record.expression, record.assigned_ms, record.rank)


def _variable_row(record: records.Variable, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, record.name, record.expression, record.rank)


def _group_row(record: records.Group, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, record.name, record.rank)


def _person_row(record: records.Person, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, _json(sorted(role.value for role in record.roles)), record.rank)


def _player_row(record: records.Player, means: _Meaning) -> tuple[Any, ...]:
    team_id = means.id("team", record.team_id)
    return (record.id, team_id, record.number, int(record.paid), int(record.head_ref), record.rank)


def _mode_row(record: records.Mode, _means: _Meaning) -> tuple[Any, ...]:
    return (
        record.id,
        record.name,
        record.counting.value,
        record.sets,
        record.points_per_set,
        record.stones_per_set,
        record.minutes,
        record.length_min,
        record.rank,
    )


def _penalty_type_row(record: records.PenaltyType, _means: _Meaning) -> tuple[Any, ...]:
    return (record.id, record.name, record.colour, record.description, record.rank)


def _point_row(record: records.Point, means: _Meaning) -> tuple[Any, ...]:
    return (
        record.id,
        means.id("match", record.match_id),
        record.start_ms,
        record.end_ms,
        None if record.winner is None else record.winner.value,
        int(record.rerun),
        record.set_number,
        record.stones_at_start,
        record.note,
        record.rank,
    )


def _match_row(record: records.Match, means: _Meaning) -> tuple[Any, ...]:
    start, result = record.start, record.result
    score = None if result is None else result_to_json(result).get("score")
    return (
        record.id,
        record.name,
        record.kind.value,
        means.id("field", record.field_id),
        means.id("match", record.previous_id),
        record.planned_ms,
        record.length_min,
        *_slot_columns(record.team1, means),
        *_slot_columns(record.team2, means),
        record.skip_condition,
        record.set_type.value,
        record.sets,
        record.stones_per_set,
        int(record.ribbon),
        means.id("group", record.group_id),
        record.mode,
        record.rank,
        int(record.stage),
        None if start is None else start.at_ms,
        None if start is None else start.head_ref,
        None if start is None else start.override,
        None if start is None else start.stones,
        None if result is None else result.ending.value,
        None if result is None or result.winner is None else result.winner.value,
        None if result is None else result.ended_ms,
        None if score is None else _json(score),
        int(record.disputed),
        record.initial_note,
        record.final_note,
        record.stones_remaining,
    )


def _slot_columns(
    slot: Slot | None, means: _Meaning
) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Kind, team, tag, match and text of a slot."""
    match slot:
        case TeamSlot(team_id):
            return ("team", means.id("team", team_id), None, None, None)
        case TagSlot(tag_id):
            return ("tag", None, means.id("tag", tag_id), None, None)
        case OutcomeSlot(match_id, outcome):
            return (outcome, None, None, means.id("match", match_id), None)
        case UnknownSlot(text):
            return ("text", None, None, None, text)
    return (None, None, None, None, None)


_ROW: Final[Mapping[str, Any]] = {
    "event": _event_row,
    "team": _team_row,
    "field": _field_row,
    "tag": _tag_row,
    "variable": _variable_row,
    "group": _group_row,
    "person": _person_row,
    "player": _player_row,
    "mode": _mode_row,
    "penalty_type": _penalty_type_row,
    "point": _point_row,
    "match": _match_row,
}


def _times_row(row: Row, means: _Meaning) -> tuple[Any, ...]:
    return (
        row.match_id,
        row.plan_ms,
        row.live_ms,
        row.length_min,
        row.status.value,
        means.id("team", row.team1_id),
        means.id("team", row.team2_id),
        _json(["" if one is None else one for one in row.referee_ids]),
        row.skipped_ms,
        row.real_start_ms,
        row.real_end_ms,
    )


def _register_row(reference: str, register: str, held: Held, newer: bool) -> tuple[Any, ...]:
    return (
        reference,
        register,
        None if held.value is CLEAR else _json(held.value),
        _json(list(held.heads)),
        _json([[one.op_id] if one.value is CLEAR else [one.op_id, one.value] for one in held.versions]),
        int(held.disputed),
        int(newer),
    )


def _folds(rows: Any) -> dict[str, Folded]:
    """The folds behind the rows of the register table, which come in order."""
    registers: dict[str, dict[str, Held]] = {}
    newer: dict[str, bool] = {}
    # All cells are read as one text: a reader that is called for each takes most of the time of a start.
    read = json.loads("[" + ",".join(f"[{row[2] or 0},{row[3]},{row[4]}]" for row in rows) + "]")
    for row, (value, heads, versions) in zip(rows, read, strict=True):
        reference, register = row[0], row[1]
        registers.setdefault(reference, {})[register] = Held(
            CLEAR if row[2] is None else value,
            tuple(heads),
            tuple(_version(one) for one in versions),
            bool(row[5]),
        )
        newer[reference] = bool(row[6])
    return {reference: Folded(reference, held, newer[reference]) for reference, held in registers.items()}


def _version(told: list[Json]) -> Version:
    return Version(told[0], told[1] if len(told) == 2 else CLEAR)


def _crc(row: tuple[Any, ...]) -> int:
    return zlib.crc32(repr(row).encode())


def _registers_text(count: int, digest: int) -> str:
    return f"{count}:{digest:08x}"


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# a dump for comparisons -----------------------------------------------------------------------------------------------


def dump(connection: sqlite3.Connection) -> str:
    """What the projections say, as canonical text without provenance: equal states give equal text.

    Left out are the heads and versions of registers, records that are archived, and the generation of a stage.
    """
    lines: list[str] = []
    for table in PROJECTED:
        if table in ("register", "dangling"):
            continue
        # One of them is called "match", which is a word of SQL too.
        rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        lines.extend(f"{table} {_json(list(row))}" for row in rows)
    values: dict[str, dict[str, Json]] = {}
    query = "SELECT reference, register, value FROM register WHERE value IS NOT NULL"
    for reference, register, value in connection.execute(query):
        values.setdefault(reference, {})[register] = json.loads(value)
    for reference, held in values.items():
        if held.pop("archived", False) is True:
            continue
        stage = held.pop("stage", None)
        if stage and stage[1]:
            held["stage"] = stage[1]
        if held:
            lines.append(f"register {reference} {_json(held)}")
    return "\n".join(sorted(lines)) + "\n"
