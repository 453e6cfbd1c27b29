"""When each match can start, and why: the plan, the live estimate, statuses, edits of the schedule, schedule files."""
