"""The tables of an event file as statements name them. The migrations make them; a test holds the two together.

Does not say what the columns mean: `migrations/desk` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

REVISIONS: Final = ("0001", "0002")
"""Every revision of the event file that this build knows, oldest first; the last is what it writes."""

APPLICATION_ID: Final = 0x4A554747
"""Marks a SQLite file as one of ours ("JUGG"), for `file` and for people with a hex viewer."""

TEXT: Final = "TEXT"
INTEGER: Final = "INTEGER"
BLOB: Final = "BLOB"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in their order, each with its type."""

    name: str
    columns: Mapping[str, str]


TABLES: Final[dict[str, Table]] = {}
"""Every table by its name."""


def _table(name: str, /, **columns: str) -> Table:
    TABLES[name] = Table(name, columns)
    return TABLES[name]


FILE_INFO: Final = _table("file_info", name=TEXT, value=TEXT)
OP: Final = _table(
    "op",
    stream=TEXT,
    seq=INTEGER,
    op_id=TEXT,
    hlc=TEXT,
    kind=TEXT,
    kind_version=INTEGER,
    tournament=TEXT,
    raw=BLOB,
    hash=TEXT,
    sig=BLOB,
    received_at=INTEGER,
    via=TEXT,
)
OP_TOUCH: Final = _table("op_touch", entity=TEXT, field=TEXT, op=TEXT)
STREAM: Final = _table(
    "stream", stream=TEXT, device=TEXT, last_seq=INTEGER, head_hash=TEXT, opened_op=TEXT, prev_stream=TEXT
)
OP_FORK: Final = _table(
    "op_fork", stream=TEXT, seq=INTEGER, hash=TEXT, raw=BLOB, sig=BLOB, received_at=INTEGER, via=TEXT
)
OP_QUARANTINE: Final = _table(
    "op_quarantine",
    hash=TEXT,
    code=TEXT,
    stream=TEXT,
    seq=INTEGER,
    raw=BLOB,
    sig=BLOB,
    received_at=INTEGER,
    via=TEXT,
)
PEER_FRONTIER: Final = _table("peer_frontier", peer=TEXT, stream=TEXT, seq=INTEGER, signed_receipt=BLOB, at=INTEGER)
PERSON_CHANGE: Final = _table(
    "person_change", id=TEXT, person=TEXT, clock=TEXT, raw=BLOB, crc=INTEGER, received_at=INTEGER, via=TEXT
)
PERSON_RECORD: Final = _table(
    "person_record", id=TEXT, name=TEXT, pin_hash=TEXT, data=TEXT, clock=TEXT, change=TEXT, erased=INTEGER
)
PERSON_TOUCH: Final = _table("person_touch", operation=TEXT, person=TEXT, change=TEXT)
LOCAL_DRAFT: Final = _table("local_draft", name=TEXT, value=TEXT, at=INTEGER)
OUTBOX: Final = _table("outbox", dest=TEXT, item=TEXT, state=TEXT, attempts=INTEGER, next_at=INTEGER)

PROJECTION_META: Final = _table(
    "projection_meta", id=INTEGER, frontier=TEXT, rules_version=INTEGER, reducer_build=INTEGER, registers=TEXT
)
REGISTER: Final = _table(
    "register",
    reference=TEXT,
    register=TEXT,
    value=TEXT,
    heads=TEXT,
    versions=TEXT,
    disputed=INTEGER,
    newer=INTEGER,
)
DANGLING: Final = _table("dangling", target=TEXT, source=TEXT)
EVENT_INFO: Final = _table(
    "event_info",
    id=TEXT,
    name=TEXT,
    place=TEXT,
    zone=TEXT,
    source=TEXT,
    first_day=TEXT,
    last_day=TEXT,
    languages=TEXT,
    most_teams=INTEGER,
    most_on_roster=INTEGER,
    most_on_field=INTEGER,
    head_refs=TEXT,
    win_points=INTEGER,
    draw_points=INTEGER,
    loss_points=INTEGER,
)
TEAM: Final = _table("team", id=TEXT, key=TEXT, name=TEXT, shortname=TEXT, rank=INTEGER, colour=TEXT, logo=TEXT)
PLAYER: Final = _table("player", id=TEXT, team_id=TEXT, number=TEXT, paid=INTEGER, head_ref=INTEGER, rank=INTEGER)
MODE: Final = _table(
    "mode",
    id=TEXT,
    name=TEXT,
    counting=TEXT,
    sets=INTEGER,
    points_per_set=INTEGER,
    stones_per_set=INTEGER,
    minutes=INTEGER,
    length_min=INTEGER,
    rank=INTEGER,
)
PENALTY_TYPE: Final = _table("penalty_type", id=TEXT, name=TEXT, colour=TEXT, description=TEXT, rank=INTEGER)
FIELD: Final = _table("field", id=TEXT, name=TEXT, cameras=TEXT, rank=INTEGER)
TAG: Final = _table("tag", id=TEXT, name=TEXT, team_id=TEXT, expression=TEXT, assigned_ms=INTEGER, rank=INTEGER)
VARIABLE: Final = _table("variable", id=TEXT, name=TEXT, expression=TEXT, rank=INTEGER)
GROUP: Final = _table("group_", id=TEXT, name=TEXT, rank=INTEGER)
PERSON: Final = _table("person", id=TEXT, roles=TEXT, rank=INTEGER)
MATCH: Final = _table(
    "match",
    id=TEXT,
    name=TEXT,
    kind=TEXT,
    field_id=TEXT,
    previous_id=TEXT,
    planned_ms=INTEGER,
    length_min=INTEGER,
    team1_kind=TEXT,
    team1_team_id=TEXT,
    team1_tag_id=TEXT,
    team1_match_id=TEXT,
    team1_text=TEXT,
    team2_kind=TEXT,
    team2_team_id=TEXT,
    team2_tag_id=TEXT,
    team2_match_id=TEXT,
    team2_text=TEXT,
    skip_condition=TEXT,
    set_type=TEXT,
    sets=INTEGER,
    stones_per_set=INTEGER,
    ribbon=INTEGER,
    group_id=TEXT,
    mode=TEXT,
    rank=INTEGER,
    stage=INTEGER,
    start_ms=INTEGER,
    start_head_ref=TEXT,
    start_override=TEXT,
    start_stones=INTEGER,
    ending=TEXT,
    winner=TEXT,
    ended_ms=INTEGER,
    stated_score=TEXT,
    disputed=INTEGER,
    initial_note=TEXT,
    final_note=TEXT,
    stones_remaining=INTEGER,
)
MATCH_REFEREE: Final = _table(
    "match_referee",
    match_id=TEXT,
    position=INTEGER,
    kind=TEXT,
    team_id=TEXT,
    tag_id=TEXT,
    source_id=TEXT,
    text=TEXT,
)
POINT: Final = _table(
    "point",
    id=TEXT,
    match_id=TEXT,
    start_ms=INTEGER,
    end_ms=INTEGER,
    winner=TEXT,
    rerun=INTEGER,
    set_number=INTEGER,
    stones_at_start=INTEGER,
    note=TEXT,
    rank=INTEGER,
)
MATCH_TIMES: Final = _table(
    "match_times",
    match_id=TEXT,
    plan_ms=INTEGER,
    live_ms=INTEGER,
    length_min=INTEGER,
    status=TEXT,
    team1_id=TEXT,
    team2_id=TEXT,
    referee_ids=TEXT,
    skipped_ms=INTEGER,
    real_start_ms=INTEGER,
    real_end_ms=INTEGER,
)

PROJECTED: Final = (
    MATCH_TIMES,
    POINT,
    MATCH_REFEREE,
    MATCH,
    TAG,
    PLAYER,
    TEAM,
    FIELD,
    VARIABLE,
    GROUP,
    MODE,
    PENALTY_TYPE,
    PERSON,
    EVENT_INFO,
    DANGLING,
    REGISTER,
)
"""The projections that a rebuild empties, in an order in which they can be emptied."""
