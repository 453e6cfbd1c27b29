"""The sample event that ships with the program: where it lies, and its making on the first start. Holds no schedule.

Players are called by the names on their jerseys: nobody real is meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from arctos_desk.app.attending import attended, create, remember
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.files import bytes_of, contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.app.orders import ACTING
from arctos_desk.interchange.entries import read_entries
from arctos_desk.interchange.roster_preview import preview
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.runtime import paths
from arctos_desk.tournament.words import Words, say

SAMPLE: Final = "pine-cup.toml"
ROSTERS: Final = "pine-cup-rosters.csv"


def sample_schedule() -> Path:
    """The schedule file of the sample."""
    return paths.resources_folder() / "samples" / SAMPLE


def sample_event(surroundings: Surroundings) -> Path:
    """The sample as an event of this laptop, made through the ordinary commands when it is not there yet.

    A start that was cut off between making and filling it is completed by the next.
    """
    raw = bytes_of(sample_schedule())
    entries = read_entries(raw.decode("utf-8"))
    path = paths.event_file(entries.name)
    if not path.exists():
        create(surroundings, path, name=entries.name, place=entries.place, zone=entries.zone or "UTC")
    with attended(surroundings, path) as event:
        desk = event.desk
        if not desk.state.event.matches and desk.next_undo is None:
            import_into(desk, contents_of(raw, SAMPLE), ACTING, chance=surroundings.chance)
        if not desk.state.event.players and desk.next_undo == _imported():
            # Nothing was done since: the start was cut off here, or it is the first.
            rosters = read_rosters(bytes_of(sample_schedule().with_name(ROSTERS)), file_name=ROSTERS)
            desk.perform(preview(rosters, desk.state).order, ACTING)
    remember(surroundings, path)
    return path


def _imported() -> Words:
    """The step that an undo would take back right after the schedule was taken in."""
    return say("Import the schedule {file}", file=SAMPLE)
