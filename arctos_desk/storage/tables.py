"""The tables of an event file, of which statements are made. The migrations make them; a test holds the two together.

Does not say what the columns mean: `migrations/desk` does.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BLOB, Column, Integer, MetaData, Table, Text

METADATA: Final = MetaData()


def _table(name: str, /, **columns: type[Text] | type[Integer] | type[BLOB]) -> Table:
    return Table(name, METADATA, *(Column(column, kind) for column, kind in columns.items()))


FILE_INFO: Final = _table("file_info", name=Text, value=Text)
OP: Final = _table(
    "op",
    stream=Text,
    seq=Integer,
    op_id=Text,
    hlc=Text,
    kind=Text,
    kind_version=Integer,
    tournament=Text,
    raw=BLOB,
    hash=Text,
    sig=BLOB,
    received_at=Integer,
    via=Text,
)
OP_TOUCH: Final = _table("op_touch", entity=Text, field=Text, op=Text)
STREAM: Final = _table(
    "stream", stream=Text, device=Text, last_seq=Integer, head_hash=Text, opened_op=Text, prev_stream=Text
)
OP_FORK: Final = _table(
    "op_fork", stream=Text, seq=Integer, hash=Text, raw=BLOB, sig=BLOB, received_at=Integer, via=Text
)
OP_QUARANTINE: Final = _table(
    "op_quarantine",
    hash=Text,
    code=Text,
    stream=Text,
    seq=Integer,
    raw=BLOB,
    sig=BLOB,
    received_at=Integer,
    via=Text,
)
PEER_FRONTIER: Final = _table("peer_frontier", peer=Text, stream=Text, seq=Integer, signed_receipt=BLOB, at=Integer)
PERSON_CHANGE: Final = _table(
    "person_change", id=Text, person=Text, clock=Text, raw=BLOB, crc=Integer, received_at=Integer, via=Text
)
PERSON_RECORD: Final = _table(
    "person_record", id=Text, name=Text, pin_hash=Text, data=Text, clock=Text, change=Text, erased=Integer
)
PERSON_TOUCH: Final = _table("person_touch", operation=Text, person=Text, change=Text)
LOCAL_DRAFT: Final = _table("local_draft", name=Text, value=Text, at=Integer)
OUTBOX: Final = _table("outbox", dest=Text, item=Text, state=Text, attempts=Integer, next_at=Integer)

PROJECTION_META: Final = _table(
    "projection_meta", id=Integer, frontier=Text, rules_version=Integer, reducer_build=Integer, registers=Text
)
REGISTER: Final = _table(
    "register",
    reference=Text,
    register=Text,
    value=Text,
    heads=Text,
    versions=Text,
    disputed=Integer,
    newer=Integer,
)
DANGLING: Final = _table("dangling", target=Text, source=Text)
EVENT_INFO: Final = _table(
    "event_info",
    id=Text,
    name=Text,
    place=Text,
    zone=Text,
    source=Text,
    first_day=Text,
    last_day=Text,
    languages=Text,
    most_teams=Integer,
    most_on_roster=Integer,
    most_on_field=Integer,
    head_refs=Text,
    win_points=Integer,
    draw_points=Integer,
    loss_points=Integer,
)
TEAM: Final = _table("team", id=Text, key=Text, name=Text, shortname=Text, rank=Integer, colour=Text, logo=Text)
PLAYER: Final = _table("player", id=Text, team_id=Text, number=Text, paid=Integer, head_ref=Integer, rank=Integer)
MODE: Final = _table(
    "mode",
    id=Text,
    name=Text,
    counting=Text,
    sets=Integer,
    points_per_set=Integer,
    stones_per_set=Integer,
    minutes=Integer,
    length_min=Integer,
    rank=Integer,
)
PENALTY_TYPE: Final = _table("penalty_type", id=Text, name=Text, colour=Text, description=Text, rank=Integer)
FIELD: Final = _table("field", id=Text, name=Text, cameras=Text, rank=Integer)
TAG: Final = _table("tag", id=Text, name=Text, team_id=Text, expression=Text, assigned_ms=Integer, rank=Integer)
VARIABLE: Final = _table("variable", id=Text, name=Text, expression=Text, rank=Integer)
GROUP: Final = _table("group_", id=Text, name=Text, rank=Integer)
PERSON: Final = _table("person", id=Text, roles=Text, rank=Integer)
MATCH: Final = _table(
    "match",
    id=Text,
    name=Text,
    kind=Text,
    field_id=Text,
    previous_id=Text,
    planned_ms=Integer,
    length_min=Integer,
    team1_kind=Text,
    team1_team_id=Text,
    team1_tag_id=Text,
    team1_match_id=Text,
    team1_text=Text,
    team2_kind=Text,
    team2_team_id=Text,
    team2_tag_id=Text,
    team2_match_id=Text,
    team2_text=Text,
    skip_condition=Text,
    set_type=Text,
    sets=Integer,
    stones_per_set=Integer,
    ribbon=Integer,
    group_id=Text,
    mode=Text,
    rank=Integer,
    stage=Integer,
    start_ms=Integer,
    start_head_ref=Text,
    start_override=Text,
    start_stones=Integer,
    ending=Text,
    winner=Text,
    ended_ms=Integer,
    stated_score=Text,
    disputed=Integer,
    initial_note=Text,
    final_note=Text,
    stones_remaining=Integer,
)
MATCH_REFEREE: Final = _table(
    "match_referee",
    match_id=Text,
    position=Integer,
    kind=Text,
    team_id=Text,
    tag_id=Text,
    source_id=Text,
    text=Text,
)
POINT: Final = _table(
    "point",
    id=Text,
    match_id=Text,
    start_ms=Integer,
    end_ms=Integer,
    winner=Text,
    rerun=Integer,
    set_number=Integer,
    stones_at_start=Integer,
    note=Text,
    rank=Integer,
)
MATCH_TIMES: Final = _table(
    "match_times",
    match_id=Text,
    plan_ms=Integer,
    live_ms=Integer,
    length_min=Integer,
    status=Text,
    team1_id=Text,
    team2_id=Text,
    referee_ids=Text,
    skipped_ms=Integer,
    real_start_ms=Integer,
    real_end_ms=Integer,
)
