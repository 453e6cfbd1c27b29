"""Turns journal lines into cells: when, who, which desk, what, why; finds lines by what stands in them.

Pure Python, no toolkit. Takes nothing back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.text import clock, day, render, tr

if TYPE_CHECKING:
    from arctos_desk.operations.views import JournalLine

Whose = Literal["all", "here"]

_ROLES: Final[Mapping[Role, Words]] = {
    Role.ORGANISER: say("organiser"),
    Role.HEAD_REF: say("head referee"),
    Role.DESK: say("desk"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One entry in words. `day` is empty on the day that is shown as today; `why_not` says why it cannot be undone."""

    operation: str
    day: str
    time: str
    who: str
    role: str
    desk: str
    here: bool
    what: str
    why: str
    taken_back: bool
    why_not: str

    @property
    def can_undo(self) -> bool:
        return not self.why_not

    @property
    def searched(self) -> str:
        """Everything a search looks at."""
        return " ".join((self.day, self.time, self.who, self.role, self.desk, self.what, self.why)).casefold()


def line_row(line: JournalLine, now_ms: Instant) -> LineRow:
    today = day(now_ms)
    entered = day(line.at_ms)
    role = "" if line.role is None else render(_ROLES[line.role])
    return LineRow(
        operation=line.operation,
        day="" if entered == today else entered,
        time=f"{clock(line.at_ms)}:{line.at_ms // 1000 % 60:02d}",
        who=line.actor or tr("this desk"),
        role=role if line.actor else "",
        desk=tr("{desk} (here)", desk=line.device) if line.own_device else line.device,
        here=line.own_device,
        what=render(line.label) or line.kind,
        why=line.reason,
        taken_back=line.taken_back,
        why_not=_why_not(line),
    )


def _why_not(line: JournalLine) -> str:
    if line.can_undo:
        return ""
    if line.taken_back:
        return tr("It was taken back already")
    if line.kind in ("undo", "redo"):
        return tr("An undo is taken back with Redo")
    return tr("This entry cannot be taken back")


def line_rows(lines: Sequence[JournalLine], now_ms: Instant) -> tuple[LineRow, ...]:
    return tuple(line_row(line, now_ms) for line in lines)


def found(rows: Sequence[LineRow], words: str, whose: Whose) -> tuple[LineRow, ...]:
    """The rows in which every searched word stands somewhere, of this desk alone when asked."""
    wanted = words.casefold().split()
    return tuple(row for row in rows if (whose == "all" or row.here) and all(word in row.searched for word in wanted))
