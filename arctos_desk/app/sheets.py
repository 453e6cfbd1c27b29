"""Writes what is handed out of an event to a folder: a picture of the board, the schedule, tables. Makes no text."""

from __future__ import annotations

from pathlib import Path

from arctos_desk.operations.state import State
from arctos_desk.publishing.handout import handout
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.runtime.messages import Messages
from arctos_desk.runtime.settings import write_atomically
from arctos_desk.scheduling.schedule_file import write_schedule
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import say

SCHEDULE: str = "schedule.toml"


def write_sheets(state: State, folder: Path, *, now_ms: Instant, messages: Messages) -> tuple[Path, ...]:
    """Write every sheet, replacing those of before; the paths in their order. Raises Outage when the disk fails."""
    wording = Wording(zone_of(state.event.info.zone), messages.text)
    texts = {
        **handout(state, now_ms=now_ms, wording=wording, language=messages.language),
        SCHEDULE: write_schedule(state.event, state.solution),
    }
    written: list[Path] = []
    for name, text in sorted(texts.items()):
        path = folder / name
        try:
            write_atomically(path, text)
        except OSError as error:
            raise Outage(
                say("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror or ""),
                work_continues=True,
                next_step=say("Choose another folder."),
            ) from error
        written.append(path)
    return tuple(written)
