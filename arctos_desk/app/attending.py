"""How a command of the console gets at an event: which one is meant, and whether we open it or the open desk is asked.

One process has an event open for writing. When it is another one, the order is handed over; when nobody answers there,
reading is still possible and says so. Shows nothing and performs nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from arctos_desk.app.answers import Answer, answer_from_json
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.event_files import OpenEvent, create_event, free_event_file, open_event, verify_file
from arctos_desk.app.events_here import event_meant, events_here, handover_folder, remember
from arctos_desk.app.files import Contents, Results, bytes_of, contents_of
from arctos_desk.app.handover import NoDesk, hand_over
from arctos_desk.app.importing import import_into
from arctos_desk.app.orders import ACTING, READING, answer_order, answer_verdict, import_order
from arctos_desk.interchange.entries import read_entries
from arctos_desk.operations import commands
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.runtime import paths
from arctos_desk.runtime.clock import laptop_zone
from arctos_desk.runtime.event_lock import HeldElsewhere
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.wire.signing import SEED_BYTES, DeviceKey


def create(surroundings: Surroundings, path: Path, *, name: str, place: str = "", zone: str = "") -> None:
    """Make an event in this file through the ordinary command. Raises Refused when something is there already."""
    if path.exists():
        words = say("There is an event {name} already", name=name)
        step = say("Choose another name, or open it")
        raise Refused([Problem("EXISTS", words, place=path.name, next_step=step)])
    command = commands.CreateEvent(name=name, place=place, zone=zone or laptop_zone())
    problems = _why_not_made(surroundings, command)
    if problems:
        raise Refused(problems)
    event = create_event(path, surroundings)
    try:
        event.desk.perform(command, ACTING)
    finally:
        event.close()


def _why_not_made(surroundings: Surroundings, command: commands.CreateEvent) -> tuple[Problem, ...]:
    """What stands against an event, asked before there is a file for it."""
    return _desk_in_memory(surroundings).why_not(command, ACTING)


def _desk_in_memory(surroundings: Surroundings) -> Desk:
    """A desk to try something on; it leaves nothing behind."""
    return Desk(
        MemoryLog("trial"),
        signer=DeviceKey(bytes(SEED_BYTES)),
        clock=surroundings.clock,
        chance=surroundings.chance,
        build=surroundings.build,
    )


def create_named(surroundings: Surroundings, *, name: str, place: str = "", zone: str = "") -> Path:
    """Make an event and remember it as the last one. Raises Refused when the name is taken or unusable."""
    path = paths.event_file(name)
    create(surroundings, path, name=name, place=place, zone=zone)
    remember(surroundings, path)
    return path


@contextmanager
def attended(surroundings: Surroundings, path: Path) -> Iterator[OpenEvent]:
    """The event, open for writing in this process. Raises HeldElsewhere."""
    event = open_event(path, surroundings)
    try:
        yield event
    finally:
        event.close()


@contextmanager
def looked_into(surroundings: Surroundings, path: Path) -> Iterator[OpenEvent]:
    """The event as it stands now, for reading only: needs no lock, and disturbs no desk that has it open."""
    event = open_event(path, surroundings, read_only=True)
    try:
        yield event
    finally:
        event.close()


def ask(surroundings: Surroundings, order: Mapping[str, Any], *, event: str = "") -> Answer:
    """Let an order be answered: by this process, else by the desk that has the event open, else by reading only.

    Raises Refused when no such event is there, HeldElsewhere when it is open elsewhere and nobody answers.
    """
    path = event_meant(surroundings, event)
    if order.get("order") == "verify":
        # Looking at a file needs no lock, and opening it would mend what the person wants to hear of.
        return answer_verdict(verify_file(path, build=surroundings.build))
    if path.parent.resolve() != paths.events_folder().resolve():
        return _ask_elsewhere(surroundings, path, order)
    try:
        with attended(surroundings, path) as here:
            answer = answer_order(here, order, surroundings.speaking(here.zone).text)
            return replace(answer, said=(*here.opened_with, *answer.said))
    except HeldElsewhere as held:
        try:
            return answer_from_json(hand_over(handover_folder(path), order))
        except (NoDesk, ValueError):
            if order.get("order") not in READING:
                raise held from None
    words = say("The event is open elsewhere and nobody answers there; it is only read here.")
    answer = _read(surroundings, path, order)
    return replace(answer, said=(words, *answer.said))


def _ask_elsewhere(surroundings: Surroundings, path: Path, order: Mapping[str, Any]) -> Answer:
    """An event that lies on a stick or in a mail is only read where it lies."""
    if order.get("order") not in READING:
        step = say("Open it: it is taken in as a copy")
        words = say("This event does not lie among the events of this laptop")
        raise Refused([Problem("ELSEWHERE", words, place=str(path), next_step=step)])
    return _read(surroundings, path, order)


def _read(surroundings: Surroundings, path: Path, order: Mapping[str, Any]) -> Answer:
    with looked_into(surroundings, path) as here:
        return answer_order(here, order, surroundings.speaking(here.zone).text)


def import_file(
    surroundings: Surroundings, file: Path, *, event: str = "", new_event: str = "", delete_played: bool = False
) -> Answer:
    """Take a file into an event: the one named, a new one, or the last; where there is none yet, one is made for it.

    The file is read before anything is made or asked: a bad one changes nothing. Raises Refused with every fault.
    """
    if new_event or (not event and not events_here(surroundings)):
        return import_as_new(surroundings, file, name=new_event)[1]
    raw = bytes_of(file)
    contents_of(raw, file.name)
    return ask(surroundings, import_order(raw, file.name, delete_played=delete_played), event=event)


def import_as_new(surroundings: Surroundings, file: Path, *, name: str = "") -> tuple[Path, Answer]:
    """Make an event of its own from a file; without a name it is called as the file says. Raises Refused, Outage.

    It is tried in memory first: a file that cannot be taken in leaves no empty event behind.
    """
    raw = bytes_of(file)
    contents = contents_of(raw, file.name)
    title = name or _title(contents) or file.stem
    trial = _desk_in_memory(surroundings)
    trial.perform(commands.CreateEvent(name=title), ACTING)
    import_into(trial, contents, ACTING, chance=surroundings.chance)
    if name:
        path = create_named(surroundings, name=name)
    else:
        path = free_event_file(title)
        create(surroundings, path, name=title)
        remember(surroundings, path)
    answer = ask(surroundings, import_order(raw, file.name), event=str(path))
    return path, replace(answer, said=(say("{event} was made.", event=title), *answer.said))


def _title(contents: Contents) -> str:
    """What the file calls the event; empty when it does not."""
    if isinstance(contents, Results):
        return contents.file.tournament
    return read_entries(contents.text).name


__all__ = [
    "ACTING",
    "ask",
    "attended",
    "create",
    "create_named",
    "event_meant",
    "events_here",
    "handover_folder",
    "import_file",
    "looked_into",
    "remember",
]
