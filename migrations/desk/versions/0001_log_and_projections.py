"""The log in its final shape, the projections, the person records and what is local to this laptop.

The tables of the log never change after this; what they lack is added in new tables. Projections may be dropped by any
later migration: they are rebuilt from the log.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOG = [
    """
    CREATE TABLE file_info (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    # `op_id` is no unique key: an id that a second stream repeats must be stored like any other entry, or whoever
    # repeats it first could keep an honest stream out of the log. The reader of the log counts each id once.
    """
    CREATE TABLE op (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        op_id TEXT NOT NULL,
        hlc TEXT NOT NULL,
        kind TEXT NOT NULL,
        kind_version INTEGER NOT NULL,
        tournament TEXT NOT NULL,
        raw BLOB NOT NULL,
        hash TEXT NOT NULL,
        sig BLOB NOT NULL,
        received_at INTEGER NOT NULL,
        via TEXT NOT NULL,
        PRIMARY KEY (stream, seq)
    )
    """,
    "CREATE INDEX op_by_id ON op (op_id)",
    "CREATE INDEX op_in_order ON op (hlc, stream, seq)",
    """
    CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op
    BEGIN SELECT RAISE(ABORT, 'an entry of the log is never changed'); END
    """,
    """
    CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op
    BEGIN SELECT RAISE(ABORT, 'an entry of the log is never deleted'); END
    """,
    """
    CREATE TABLE op_touch (
        entity TEXT NOT NULL,
        field TEXT NOT NULL,
        op TEXT NOT NULL,
        PRIMARY KEY (entity, field, op)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE stream (
        stream TEXT NOT NULL PRIMARY KEY,
        device TEXT NOT NULL,
        last_seq INTEGER NOT NULL,
        head_hash TEXT NOT NULL,
        opened_op TEXT NOT NULL,
        prev_stream TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE op_fork (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        raw BLOB NOT NULL,
        sig BLOB NOT NULL,
        received_at INTEGER NOT NULL,
        via TEXT NOT NULL,
        PRIMARY KEY (stream, seq, hash)
    )
    """,
    """
    CREATE TABLE op_quarantine (
        hash TEXT NOT NULL,
        code TEXT NOT NULL,
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        raw BLOB NOT NULL,
        sig BLOB NOT NULL,
        received_at INTEGER NOT NULL,
        via TEXT NOT NULL,
        PRIMARY KEY (hash, code)
    )
    """,
    """
    CREATE TABLE peer_frontier (
        peer TEXT NOT NULL,
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        signed_receipt BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (peer, stream)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE person_change (
        id TEXT NOT NULL PRIMARY KEY,
        person TEXT NOT NULL,
        clock TEXT NOT NULL,
        raw BLOB NOT NULL,
        crc INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        via TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX person_change_by_person ON person_change (person)",
    """
    CREATE TABLE person_record (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        pin_hash TEXT NOT NULL,
        data TEXT NOT NULL,
        clock TEXT NOT NULL,
        change TEXT NOT NULL,
        erased INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
]

LOCAL = [
    """
    CREATE TABLE local_draft (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL,
        at INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE outbox (
        dest TEXT NOT NULL,
        item TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        PRIMARY KEY (dest, item)
    ) WITHOUT ROWID
    """,
]

PROJECTIONS = [
    """
    CREATE TABLE projection_meta (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        frontier TEXT NOT NULL,
        rules_version INTEGER NOT NULL,
        reducer_build INTEGER NOT NULL,
        registers TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE register (
        reference TEXT NOT NULL,
        register TEXT NOT NULL,
        value TEXT,
        heads TEXT NOT NULL,
        versions TEXT NOT NULL,
        disputed INTEGER NOT NULL,
        newer INTEGER NOT NULL,
        PRIMARY KEY (reference, register)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE dangling (
        target TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (target, source)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX dangling_by_source ON dangling (source)",
    """
    CREATE TABLE event_info (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        zone TEXT NOT NULL,
        source TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE team (
        id TEXT NOT NULL PRIMARY KEY,
        "key" TEXT NOT NULL,
        name TEXT NOT NULL,
        shortname TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE field (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        cameras TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE tag (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        team_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        expression TEXT NOT NULL,
        assigned_ms INTEGER,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE variable (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        expression TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE group_ (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE person (
        id TEXT NOT NULL PRIMARY KEY,
        roles TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE "match" (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        field_id TEXT REFERENCES field (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        previous_id TEXT REFERENCES "match" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        planned_ms INTEGER,
        length_min INTEGER,
        team1_kind TEXT,
        team1_team_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team1_tag_id TEXT REFERENCES tag (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team1_match_id TEXT REFERENCES "match" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team1_text TEXT,
        team2_kind TEXT,
        team2_team_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team2_tag_id TEXT REFERENCES tag (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team2_match_id TEXT REFERENCES "match" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team2_text TEXT,
        skip_condition TEXT NOT NULL,
        set_type TEXT NOT NULL,
        sets INTEGER,
        stones_per_set INTEGER,
        ribbon INTEGER NOT NULL,
        group_id TEXT REFERENCES group_ (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        mode TEXT NOT NULL,
        rank INTEGER NOT NULL,
        stage INTEGER NOT NULL,
        start_ms INTEGER,
        start_head_ref TEXT,
        start_override TEXT,
        start_stones INTEGER,
        ending TEXT,
        winner TEXT,
        ended_ms INTEGER,
        stated_score TEXT,
        disputed INTEGER NOT NULL,
        initial_note TEXT NOT NULL,
        final_note TEXT NOT NULL,
        stones_remaining INTEGER
    )
    """,
    'CREATE INDEX match_by_field ON "match" (field_id)',
    'CREATE INDEX match_by_previous ON "match" (previous_id)',
    'CREATE INDEX match_by_team1 ON "match" (team1_match_id)',
    'CREATE INDEX match_by_team2 ON "match" (team2_match_id)',
    """
    CREATE TABLE match_referee (
        match_id TEXT NOT NULL REFERENCES "match" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        kind TEXT,
        team_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        tag_id TEXT REFERENCES tag (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        source_id TEXT REFERENCES "match" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        text TEXT,
        PRIMARY KEY (match_id, position)
    )
    """,
    "CREATE INDEX match_referee_by_source ON match_referee (source_id)",
    """
    CREATE TABLE point (
        id TEXT NOT NULL PRIMARY KEY,
        match_id TEXT REFERENCES "match" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER,
        winner TEXT,
        rerun INTEGER NOT NULL,
        set_number INTEGER NOT NULL,
        stones_at_start INTEGER,
        note TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    "CREATE INDEX point_by_match ON point (match_id)",
    """
    CREATE TABLE match_times (
        match_id TEXT NOT NULL PRIMARY KEY REFERENCES "match" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        plan_ms INTEGER,
        live_ms INTEGER,
        length_min INTEGER NOT NULL,
        status TEXT NOT NULL,
        team1_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        team2_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        referee_ids TEXT NOT NULL,
        skipped_ms INTEGER,
        real_start_ms INTEGER,
        real_end_ms INTEGER
    )
    """,
]


def upgrade() -> None:
    for statement in [*LOG, *LOCAL, *PROJECTIONS]:
        op.execute(statement)
