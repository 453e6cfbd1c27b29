"""The one table of places where something private stands on purpose, with the reason. All other places hold nothing.

A place is told by what it is: `export/<id>`, `console/<command>`, `file/<kind>`, `table/<name>`, `pane/<id>`. Whoever
makes a new place need not write here: it is looked into, and may hold nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tests.privacy.seeds import Kind, Seed

WHO = frozenset({Kind.NAME, Kind.JERSEY, Kind.STAFF, Kind.PRIVATE_INJURY, Kind.HEALED, Kind.PUBLIC_INJURY})
"""What person records say of people, and what they said before: undo brings it back."""
WRITTEN = frozenset({Kind.NOTE, Kind.REASON, Kind.PENALTY})
"""What people wrote about matches and rules: part of the log, which every desk of the event reads."""
SHOWN = frozenset({Kind.NAME, Kind.JERSEY, Kind.PUBLIC_INJURY})

MAY_HOLD: Final[dict[str, tuple[frozenset[Kind], str]]] = {
    "file/event": (WHO | WRITTEN, "the event itself, on the organiser's laptop"),
    "file/journal": (WHO | WRITTEN, "the event once more, should its file be lost"),
    "file/backup": (WHO | WRITTEN, "the event once more"),
    "file/backup before": (WHO | WRITTEN | {Kind.ERASED}, "made before; who erases is told"),
    "file/copy": (WHO | WRITTEN, "a whole copy of the event, for another desk of it"),
    "table/person_change": (WHO, "the vault: person records and what they were, for undo"),
    "table/person_record": (WHO, "the vault: person records as they are"),
    "table/op": (WRITTEN, "what was entered; of people it holds ids"),
    "table/match": (WRITTEN, "what the log says of matches"),
    "table/point": (WRITTEN, "what the log says of points"),
    "table/penalty_type": (WRITTEN, "rules of the event"),
    "table/register": (WRITTEN, "what the log says, register by register"),
    "export/score-sheets-pdf": (frozenset({Kind.NAME, Kind.JERSEY}), "the roster of the match, for its head referee"),
    "export/schedule-toml": (frozenset({Kind.PENALTY}), "rules of the event, for an event made from the file"),
    "pane/teams": (SHOWN, "rosters; an injury is public where its player said so"),
    "pane/today": (frozenset({Kind.NOTE, Kind.REASON, Kind.STAFF}), "who started a match, why, and what was noted"),
    "pane/journal": (frozenset({Kind.REASON, Kind.STAFF}), "who did what, and why"),
    "pane/settings": (frozenset({Kind.PENALTY}), "rules of the event"),
}  # fmt: skip


def leaked(place: str, found: Iterable[Seed]) -> list[str]:
    """What was found there and may not stand there."""
    may = MAY_HOLD.get(place, (frozenset[Kind](), ""))[0]
    return sorted(f"{place}: {seed.kind} {seed.text!r}" for seed in found if seed.kind not in may)
