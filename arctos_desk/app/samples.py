"""The sample event that ships with the program: where it lies, and its making on the first start. Holds no schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from arctos_desk.app.attending import attended, create, remember
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.files import bytes_of, contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.app.orders import ACTING
from arctos_desk.interchange.entries import read_entries
from arctos_desk.runtime import paths

SAMPLE: Final = "pine-cup.toml"


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
        if not event.desk.state.event.matches and event.desk.next_undo is None:
            import_into(event.desk, contents_of(raw, SAMPLE), ACTING, chance=surroundings.chance)
    remember(surroundings, path)
    return path
