"""What a command of the console does to an open event, whether this process has it open or the desk beside us.

An order is JSON: {"order": name, …}. It is answered, never refused by an exception: problems are part of the answer.
Decides nothing about the day; every change goes through `operations`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from arctos_desk.app.answers import Answer, failed, found, refused
from arctos_desk.app.event_files import OpenEvent, Verdict
from arctos_desk.app.files import contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.app.showing import Render, board_figures
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.views import board_view
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import say

ACTING: Final = Acting(role=Role.DESK)
"""The console acts as the laptop itself; who sits at it is chosen in the window."""

Order = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An order, the event it is for, and who turns words into the reader's language."""

    event: OpenEvent
    order: Order
    render: Render


def answer_order(event: OpenEvent, order: Order, render: Render) -> Answer:
    """Do what the order says with the open event."""
    does = ORDERS.get(str(order.get("order", "")))
    if does is None:
        words = say("The desk that is open does not know this order; it may be an older version")
        return refused(Refused([Problem("ORDER_UNKNOWN", words)]))
    try:
        return does(Asked(event, order, render))
    except Refused as news:
        return refused(news)
    except Outage as news:
        return failed(news)


def _import(asked: Asked) -> Answer:
    try:
        raw = base64.b64decode(str(asked.order.get("file", "")), validate=True)
    except (binascii.Error, ValueError):
        raise Refused([Problem("ORDER", say("The order carries no file"))]) from None
    before = asked.event.desk.state.event
    contents = contents_of(raw, str(asked.order.get("name", "")), zone=before.info.zone)
    outcome = import_into(
        asked.event.desk,
        contents,
        ACTING,
        chance=asked.event.chance,
        delete_played=asked.order.get("delete_played") is True,
    )
    after = outcome.state.event
    counts = {
        "teams": len(after.teams) - len(before.teams),
        "fields": len(after.fields) - len(before.fields),
        "matches": len(after.matches) - len(before.matches),
        "results": sum(match.result is not None for match in after.matches.values())
        - sum(match.result is not None for match in before.matches.values()),
    }
    words = say(
        "Imported {file} into {event}: teams {teams}, fields {fields}, matches {matches}, results {results}.",
        file=contents.name,
        event=after.info.name,
        **{name: f"{count:+d}" for name, count in counts.items()},
    )
    return Answer(said=(words, *found(outcome.findings)), figures={"event": after.info.name, "changed": counts})


def _show(asked: Asked) -> Answer:
    state = asked.event.desk.refresh()
    return Answer(figures=board_figures(board_view(state, now_ms=asked.event.clock()), asked.render))


def _verify(asked: Asked) -> Answer:
    return answer_verdict(asked.event.verify())


def answer_verdict(verdict: Verdict) -> Answer:
    """What a full check found, in words."""
    if verdict.problems:
        return Answer(code=1, problems=verdict.problems)
    words = say("Everything is in order: {count} entries, every chain and signature checked.", count=verdict.entries)
    return Answer(said=(words,), figures={"entries": verdict.entries})


def _rebuild(asked: Asked) -> Answer:
    count = asked.event.rebuild()
    return Answer(said=(say("Everything was worked out afresh from {count} entries.", count=count),))


def _backup(asked: Asked) -> Answer:
    written = asked.event.backup()
    return Answer(
        said=tuple(say("A checked backup is at {place}.", place=str(path)) for path in written),
        figures={"backups": [str(path) for path in written]},
    )


def _save_copy(asked: Asked) -> Answer:
    to = Path(str(asked.order.get("to", "")))
    asked.event.save_copy(to)
    return Answer(said=(say("A copy is at {place}.", place=str(to)),), figures={"copy": str(to)})


def _undo(asked: Asked) -> Answer:
    outcome = asked.event.desk.perform(commands.Undo(), ACTING)
    return Answer(said=(outcome.label,))


def _redo(asked: Asked) -> Answer:
    outcome = asked.event.desk.perform(commands.Redo(), ACTING)
    return Answer(said=(outcome.label,))


ORDERS: Final[Mapping[str, Callable[[Asked], Answer]]] = {
    "import": _import,
    "show": _show,
    "verify": _verify,
    "rebuild": _rebuild,
    "backup": _backup,
    "save_copy": _save_copy,
    "undo": _undo,
    "redo": _redo,
}
"""Name of an order -> what it does."""

READING: Final = frozenset({"show", "verify"})
"""Orders that change nothing: possible on an event that is only open for reading."""


def import_order(raw: bytes, name: str, *, delete_played: bool = False) -> dict[str, Any]:
    """The order that takes a file into the event."""
    return {
        "order": "import",
        "name": name,
        "file": base64.b64encode(raw).decode("ascii"),
        "delete_played": delete_played,
    }
