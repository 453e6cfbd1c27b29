"""Players, modes, penalty types and what an event says of itself; and which operation made a change to a person record.

The projections are made anew from the log when the file is opened next. What a person record says beyond a name stands
in `person_record.data`, which was there from the beginning, so that a file of before reads as it is.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PERSON_RECORDS = [
    """
    CREATE TABLE person_touch (
        operation TEXT NOT NULL,
        person TEXT NOT NULL,
        change TEXT NOT NULL,
        PRIMARY KEY (operation, person, change)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX person_touch_by_person ON person_touch (person)",
]

PROJECTIONS = [
    "ALTER TABLE event_info ADD COLUMN first_day TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE event_info ADD COLUMN last_day TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE event_info ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE event_info ADD COLUMN most_teams INTEGER",
    "ALTER TABLE event_info ADD COLUMN most_on_roster INTEGER",
    "ALTER TABLE event_info ADD COLUMN most_on_field INTEGER",
    "ALTER TABLE event_info ADD COLUMN head_refs TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE event_info ADD COLUMN win_points INTEGER NOT NULL DEFAULT 3",
    "ALTER TABLE event_info ADD COLUMN draw_points INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE event_info ADD COLUMN loss_points INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE team ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE team ADD COLUMN logo TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE player (
        id TEXT NOT NULL PRIMARY KEY,
        team_id TEXT REFERENCES team (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        number TEXT NOT NULL,
        paid INTEGER NOT NULL,
        head_ref INTEGER NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    "CREATE INDEX player_by_team ON player (team_id)",
    """
    CREATE TABLE mode (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        counting TEXT NOT NULL,
        sets INTEGER NOT NULL,
        points_per_set INTEGER,
        stones_per_set INTEGER,
        minutes INTEGER,
        length_min INTEGER,
        rank INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE penalty_type (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        colour TEXT NOT NULL,
        description TEXT NOT NULL,
        rank INTEGER NOT NULL
    )
    """,
    "DELETE FROM projection_meta",
]


def upgrade() -> None:
    for statement in [*PERSON_RECORDS, *PROJECTIONS]:
        op.execute(statement)
