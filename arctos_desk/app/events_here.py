"""The events of this laptop: which there are, which one is meant, which was the last. Opens and makes none."""

from __future__ import annotations

from pathlib import Path

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.runtime import paths
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say

RESTORED_KEY = "restored"
"""Under this the laptop remembers of an event file up to which moment it goes that was restored."""


def handover_folder(event: Path) -> Path:
    """Where the desk that has this event open can be found."""
    return event.with_name(event.stem + ".desk")


def events_here(surroundings: Surroundings) -> tuple[Path, ...]:
    """The event files in the user's data folder, those opened last first."""
    found = {str(path): path for path in sorted(paths.events_folder().glob(f"*{paths.EVENT_SUFFIX}"))}
    recent = [found.pop(name) for name in surroundings.settings.settings.recent if name in found]
    return (*recent, *found.values())


def event_meant(surroundings: Surroundings, named: str) -> Path:
    """The event file that a word on the command line means: a file, a name, or nothing for the last one.

    Raises Refused when there is none.
    """
    here = events_here(surroundings)
    if not named:
        last = surroundings.settings.settings.last_event
        if last and Path(last).exists():
            return Path(last)
        if here:
            return here[0]
        words = say("There is no event on this laptop yet")
        raise Refused([Problem("NO_EVENT", words, next_step=say("Make one with new, or open the desk once"))])
    path = Path(named)
    if path.is_file():
        return path.absolute()
    own = paths.event_file(named)
    if own.exists():
        return own
    names = tuple(path.stem for path in here)
    step = say("The events here are: {names}", names=names) if names else None
    raise Refused([Problem("NO_EVENT", say("There is no event {name}", name=named), next_step=step)])


def remember(surroundings: Surroundings, path: Path) -> None:
    """This event is the last one from now on."""
    surroundings.settings.keep(surroundings.settings.settings.opened(path))


def note_restored(surroundings: Surroundings, event: Path, last_ms: Instant) -> None:
    """Remember on this laptop that the file was restored, so that it can be told from the event it came from."""
    held = surroundings.settings.settings.remembered
    surroundings.settings.change(remembered={**held, f"{event.stem}/{RESTORED_KEY}": str(last_ms)})


def restored_from_ms(surroundings: Surroundings, event: Path) -> Instant | None:
    """Up to which moment this event file goes that was restored here; None for any other."""
    told = surroundings.settings.settings.remembered.get(f"{event.stem}/{RESTORED_KEY}", "")
    return int(told) if told.isascii() and told.isdecimal() else None
