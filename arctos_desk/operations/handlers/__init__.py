"""What each command means: one function per command, state in, draft out.

Importing this package registers all of them.
"""

from arctos_desk.operations.handlers import (
    disputes,
    event,
    fields,
    match_desk,
    modes,
    penalty_types,
    people,
    players,
    schedule,
    tables,
    tags,
    teams,
)

__all__ = [
    "disputes",
    "event",
    "fields",
    "match_desk",
    "modes",
    "penalty_types",
    "people",
    "players",
    "schedule",
    "tables",
    "tags",
    "teams",
]
