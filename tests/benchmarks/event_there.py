"""An event in the home of a program that is started afterwards, made through the ordinary commands."""

from __future__ import annotations

import random
from pathlib import Path

from arctos_desk.operations import commands
from arctos_desk.operations.desk import Desk
from arctos_desk.runtime.clock import SetClock
from arctos_desk.storage.event_file import create_event
from arctos_desk.tournament.records import Event
from arctos_desk.wire.signing import DeviceKey
from tests.benchmarks.days import now_after, writes_of
from tests.benchmarks.on_disk import BUILD, ORGANISER


def make_event(home: Path, event: Event) -> Path:
    """The file of the event, closed, where the program keeps its events."""
    chance = random.Random(len(event.matches)).randbytes
    clock = SetClock(now_after(event))
    path = home / "data" / "events" / "measured.arctos"
    path.parent.mkdir(parents=True)
    with create_event(path, chance(10).hex(), clock=clock, build=BUILD, chance=chance) as file:
        desk = Desk(file, signer=DeviceKey(chance(32)), clock=clock, chance=chance, build=BUILD)
        desk.perform(commands.CreateEvent(name=event.info.name, zone=event.info.zone), ORGANISER)
        desk.perform(commands.ImportRecords(writes=writes_of(event), file_name="day.json"), ORGANISER)
    return path
