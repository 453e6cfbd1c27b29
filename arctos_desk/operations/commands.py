"""Every order that staff can give, as frozen values. Performs none: `operations.desk` does, through the handlers.

One command is one thing staff would say, one undo step and one line of the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Ending, MatchKind, Role, Side
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Score
from arctos_desk.tournament.registers import Writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who presses: a person by id ("" for the desk itself) and the role in which they act."""

    person: str = ""
    role: Role = Role.DESK


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An order. `seen` is what the form had on the screen when it was opened; empty means: what holds now.

    `at_ms` is the moment the person pressed, on the desk's corrected clock; None means the moment of performing.
    """

    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_ms: Instant | None = None


# the event
# -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEvent(Command):
    name: str
    place: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEvent(Command):
    """Only what is not None changes."""

    name: str | None = None
    place: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSchedule(Command):
    """Import the text of a schedule file, with what the file says beside it, as one step.

    `teams` are (key, name) of teams to make first, `entries` the writes of what else is entered first (`interchange`),
    `groups` the names of groups and of the matches in each.
    """

    text: str
    file_name: str = ""
    teams: tuple[tuple[str, str], ...] = ()
    entries: Writes = field(default_factory=dict)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    delete_played: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecords(Command):
    """Take in records that a reader of a foreign file made (`interchange`), with what it noticed on the way."""

    writes: Writes
    file_name: str
    findings: tuple[Finding, ...] = ()


# people
# ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(Command):
    name: str
    roles: frozenset[Role]
    pin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPerson(Command):
    """Only what is not None changes; an empty pin removes it."""

    person: str
    name: str | None = None
    roles: frozenset[Role] | None = None
    pin: str | None = None


# teams, fields, tags
# ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTeam(Command):
    name: str
    key: str = ""
    shortname: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddField(Command):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTag(Command):
    name: str
    expression: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTag(Command):
    """Say which team a tag stands for; None clears it."""

    tag: str
    team: str | None


# the schedule
# ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateMatch(Command):
    """`fields` are the keyword arguments of `scheduling.edits.create_match`."""

    name: str
    kind: MatchKind
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMatch(Command):
    """`changes` are the keyword arguments of `scheduling.edits.edit_match`."""

    match: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteMatch(Command):
    """Take a row out of the schedule; a match that was played only with `consent`."""

    match: str
    consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGroup(Command):
    """A break, join or static break over several fields, as one thing. `previous`: field id -> row before it."""

    name: str
    kind: MatchKind
    fields: tuple[str, ...]
    length_min: int | None = None
    planned_ms: Instant | None = None
    previous: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGroup(Command):
    """`changes` are the keyword arguments of `scheduling.edits.update_group`."""

    name: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteGroup(Command):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLengths(Command):
    matches: tuple[str, ...]
    length_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PushBack(Command):
    """Shift every unstarted anchor by some minutes.

    With `day` only those of that day (YYYY-MM-DD) in the event's zone.
    """

    minutes: int
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceStart(Command):
    """Make a match startable now with these teams.

    `conflict` is "skip" or "complete" for the match that runs on its field.
    """

    match: str
    team1: str
    team2: str
    referees: tuple[str, ...] = ()
    conflict: str = ""
    conflict_winner: Side | None = None
    reason: str = ""


# the match desk
# --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMatch(Command):
    """Start a match. `override` is the reason for starting although something overridable stands against it."""

    match: str
    override: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPoint(Command):
    match: str
    set_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPoint(Command):
    point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPoint(Command):
    """Only what is given changes; `clear_winner` takes the winner away."""

    point: str
    winner: Side | None = None
    clear_winner: bool = False
    rerun: bool | None = None
    set_number: int | None = None
    note: str | None = None
    start_ms: Instant | None = None
    end_ms: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPoint(Command):
    """Take a point out of the match; it stays in the log and can be brought back."""

    point: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPoints(Command):
    """Enter finished points at once, from paper or from a file: (start, end, winner, set) each."""

    match: str
    points: tuple[tuple[Instant, Instant, Side | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishMatch(Command):
    """State how a match ended. A normal ending needs a winner; a draw has none."""

    match: str
    ending: Ending = Ending.NORMAL
    winner: Side | None = None
    note: str | None = None
    stated_score: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectResult(Command):
    """State another result for a match that is over, with a reason."""

    match: str
    ending: Ending
    winner: Side | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmResult(Command):
    """The organiser confirms a result; no field desk may change it afterwards."""

    match: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenMatch(Command):
    """Take a finished match back into play, with a reason."""

    match: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMatch(Command):
    """Public notes of a match; only what is not None changes."""

    match: str
    initial: str | None = None
    final: str | None = None


# undo and disputes
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Take back one operation; "" means the last of this desk. `accept_rests` agrees to what the preview said."""

    operation: str = ""
    accept_rests: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo(Command):
    """Bring back what was undone last on this desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveDispute(Command):
    """Settle a disputed register by taking the version that one operation wrote."""

    reference: str
    register: str
    operation: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClashAside(Command):
    """Say that a clash has been looked at and is no mistake."""

    clash: str
    reason: str
