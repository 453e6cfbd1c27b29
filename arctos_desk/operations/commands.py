"""Every order that staff can give, as frozen values. Performs none: `operations.desk` does, through the handlers.

One command is one thing staff would say, one undo step and one line of the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arctos_desk.operations.acting import Acting as Acting  # who presses belongs to every order
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Counting, Ending, HeadRefs, MatchKind, Role, Side
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Score
from arctos_desk.tournament.registers import Writes


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
    """Only what is not None changes; a limit of 0 takes it away. Days are local (YYYY-MM-DD), "" for none."""

    name: str | None = None
    place: str | None = None
    zone: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    languages: tuple[str, ...] | None = None
    most_teams: int | None = None
    most_on_roster: int | None = None
    most_on_field: int | None = None
    head_refs: HeadRefs | None = None
    win_points: int | None = None
    draw_points: int | None = None
    loss_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSchedule(Command):
    """Import the text of a schedule file, with what the file says beside it, as one step.

    `teams` are (key, name) of teams to make first, `entries` the writes of what else is entered first (`interchange`),
    `groups` the names of groups and of the matches in each, `modes` those of modes and of the matches that follow them.
    """

    text: str
    file_name: str = ""
    teams: tuple[tuple[str, str], ...] = ()
    entries: Writes = field(default_factory=dict)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    modes: tuple[tuple[str, tuple[str, ...]], ...] = ()
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
    name: str = field(repr=False)
    roles: frozenset[Role]
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPerson(Command):
    """Only what is not None changes; an empty pin removes it."""

    person: str
    name: str | None = field(default=None, repr=False)
    roles: frozenset[Role] | None = None
    pin: str | None = field(default=None, repr=False)


# teams and players
# ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTeam(Command):
    """`colour` is six hex digits; `logo` a PNG picture in Base64, at most `handlers.teams.LOGO_MOST` characters."""

    name: str
    key: str = ""
    shortname: str = ""
    colour: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTeam(Command):
    """Only what is not None changes; the key stays, because files and scripts name it."""

    team: str
    name: str | None = None
    shortname: str | None = None
    colour: str | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTeam(Command):
    """Take a team that nothing names out of the event; its players become mercenaries."""

    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerEntry:
    """What is written of a player: the log gets all but names and injury, which go into the person record."""

    name: str = field(repr=False)
    jersey_name: str = field(default="", repr=False)
    number: str = ""
    paid: bool = False
    head_ref: bool = False
    injury: str = field(default="", repr=False)
    injury_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlayer(Command):
    """Put somebody on the roster of a team; without a team they are a mercenary."""

    player: PlayerEntry
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPlayer(Command):
    """Only what is not None changes; an empty injury erases it."""

    player: str
    name: str | None = field(default=None, repr=False)
    jersey_name: str | None = field(default=None, repr=False)
    number: str | None = None
    paid: bool | None = None
    head_ref: bool | None = None
    injury: str | None = field(default=None, repr=False)
    injury_public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlayer(Command):
    """Put a player on the roster of another team, or make them a mercenary (None)."""

    player: str
    team: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePlayer(Command):
    """Take a player off the event; `erase` also forgets the name and everything private."""

    player: str
    erase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTeam:
    """One team of a list that somebody pasted: an existing one by id, or a new one by its words, and its players.

    `players` are new; `changed` are (player id, what the list says of them) for those taken to be the same person.
    """

    team: str = ""
    name: str = ""
    shortname: str = ""
    colour: str = ""
    players: tuple[PlayerEntry, ...] = ()
    changed: tuple[tuple[str, PlayerEntry], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRosters(Command):
    """Take in a pasted or read list of teams and players as one step.

    `mercenaries` have no team; `changed` are (player id, what the list says of them) for those taken to be the same.
    """

    teams: tuple[ImportedTeam, ...] = ()
    mercenaries: tuple[PlayerEntry, ...] = ()
    changed: tuple[tuple[str, PlayerEntry], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlayers(Command):
    """Say that two entries are one person: `player` stays, `duplicate` goes. Never done unasked."""

    player: str
    duplicate: str


# fields, groups, rules of play
# ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddField(Command):
    name: str
    cameras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditField(Command):
    """Only what is not None changes. Matches name a field by id, so a new name is everywhere at once."""

    field: str
    name: str | None = None
    cameras: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteField(Command):
    """Take out a field that no row uses."""

    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTable(Command):
    """Add a group whose matches count into one table."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTable(Command):
    """Rename a group, or say which matches count into it (all of them, by id); None leaves as it is."""

    group: str
    name: str | None = None
    matches: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTable(Command):
    """Take out a group; its matches stay and belong to none."""

    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMode(Command):
    name: str
    counting: Counting = Counting.BEST_OF
    sets: int = 1
    points_per_set: int | None = None
    stones_per_set: int | None = None
    minutes: int | None = None
    length_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMode(Command):
    """Say a mode anew, whole. Matches keep what they were given."""

    mode: str
    name: str
    counting: Counting
    sets: int = 1
    points_per_set: int | None = None
    stones_per_set: int | None = None
    minutes: int | None = None
    length_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteMode(Command):
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPenaltyType(Command):
    """An empty colour takes the first unused of the fourteen (spec arctos.md §1.13)."""

    name: str
    colour: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPenaltyType(Command):
    """Only what is not None changes."""

    penalty_type: str
    name: str | None = None
    colour: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePenaltyType(Command):
    penalty_type: str


# tags and variables
# ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTag(Command):
    name: str
    expression: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTag(Command):
    """Only what is not None changes; an empty expression removes it. A new name is written into every script."""

    tag: str
    name: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTag(Command):
    """Take out a tag that no side, referee or script names."""

    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTag(Command):
    """Say which team a tag stands for; None clears it."""

    tag: str
    team: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVariable(Command):
    name: str
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditVariable(Command):
    """Only what is not None changes. A new name is written into every script."""

    variable: str
    name: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteVariable(Command):
    """Take out a variable that no script names."""

    variable: str


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
