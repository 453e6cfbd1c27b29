"""What each command means: one function per command, state in, draft out.

Importing this package registers all of them.
"""

from arctos_desk.operations.handlers import disputes, event, match_desk, people, schedule, teams_and_fields

__all__ = ["disputes", "event", "match_desk", "people", "schedule", "teams_and_fields"]
