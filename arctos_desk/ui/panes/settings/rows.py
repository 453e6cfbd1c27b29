"""What the settings show, made from the event and this laptop: words, numbers, days, sizes. Pure; opens nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from arctos_desk.operations.commands import Acting
from arctos_desk.operations.rights import has_organiser
from arctos_desk.operations.state import State
from arctos_desk.operations.uses import uses_of_field
from arctos_desk.tournament.instants import Instant, from_datetime
from arctos_desk.tournament.kinds import Counting, HeadRefs, Role
from arctos_desk.tournament.records import Mode
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.panes.settings.laptop_port import KeptBackup, Restorable
from arctos_desk.ui.text import clock, day, render, tr, tr_n

NAMED_MOST: Final = 3
"""Matches told by name where more of them stand against something."""

_ISO_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(?P<day>\d\d?)[./] ?(?P<month>\d\d?)[./] ?(?P<year>\d{4})\.?", re.ASCII)

HEAD_REF_WORDS: Final[Mapping[HeadRefs, tuple[Words, Words]]] = {
    HeadRefs.LISTED: (
        say("Listed head referees"),
        say("Only those marked as head referee on a roster or added under I am."),
    ),
    HeadRefs.REFFING_TEAMS: (
        say("Also the refereeing teams"),
        say("Besides those listed, every player of a team that referees the match."),
    ),
    HeadRefs.ANYONE: (
        say("Anyone"),
        say("Whoever stands at the desk may start a match."),
    ),
}
COUNTING_WORDS: Final[Mapping[Counting, tuple[Words, Words]]] = {
    Counting.SETS_TO: (say("Sets to"), say("Ends when one team has won so many sets.")),
    Counting.BEST_OF: (say("Best of"), say("At most so many sets; ends when it is decided.")),
    Counting.STONES: (say("Stones"), say("Each period runs down a number of stones.")),
    Counting.TIMED: (say("By time"), say("Ends when the minutes are over.")),
}


def why_not_set_up(state: State, acting: Acting) -> Words | None:
    """Why whoever acts here may not set the event up; None when they may."""
    if acting.role is Role.ORGANISER or not has_organiser(state.event):
        return None
    return say("Only an organiser changes how this event is set up")


# numbers and days ----------------------------------------------------------------------------------------------------


def number_from(text: str) -> int | None:
    """The whole number that somebody typed; None when it is none. Empty is 0, which takes a limit away."""
    plain = text.strip()
    if not plain:
        return 0
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def number_text(number: int | None) -> str:
    return "" if number is None else str(number)


def day_from(text: str) -> str | None:
    """The day that somebody typed, as YYYY-MM-DD; "" for none, None for no day. 5.6.2027 is the fifth of June."""
    plain = text.strip()
    if not plain:
        return ""
    found = _ISO_DAY.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    try:
        return None if found is None else date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def day_words(iso: str, zone: str) -> str:
    """A local day with its weekday, in the language of the desk; "" for none."""
    if not iso:
        return ""
    noon = datetime.combine(date.fromisoformat(iso), time(12), ZoneInfo(zone))
    return day(from_datetime(noon))


def moment(at_ms: Instant | None) -> str:
    """Day and time of day, in the event's zone; "" for none."""
    return "" if at_ms is None else f"{day(at_ms)}, {clock(at_ms)}"


def size_text(size: int) -> str:
    """The size of a file as people say it."""
    if size < 1_000_000:
        return tr("{size} kB", size=max(1, round(size / 1000)))
    return tr("{size} MB", size=f"{size / 1_000_000:.1f}")


# fields, modes, groups -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its streams, one on each line, and why it cannot be deleted, "" when it can."""

    field_id: str
    name: str
    streams: str
    why_kept: str


def field_rows(state: State) -> tuple[FieldRow, ...]:
    return tuple(
        FieldRow(one.id, one.name, "\n".join(one.cameras), _why_kept(state, one.id))
        for one in state.event.fields.values()
    )


def _why_kept(state: State, field_id: str) -> str:
    uses = [state.event.matches[use.about.partition("/")[2]].name for use in uses_of_field(state.event, field_id)]
    if not uses:
        return ""
    named = tuple(uses[:NAMED_MOST])
    more = len(uses) - len(named)
    if more:
        return tr_n(
            "Stays: {matches} and {count} other row are on it",
            "Stays: {matches} and {count} other rows are on it",
            more,
            matches=named,
        )
    return tr_n("Stays: {matches} is on it", "Stays: {matches} are on it", len(named), matches=named)


@dataclass(frozen=True, slots=True)
class ModeRow:
    mode_id: str
    name: str
    line: str


def mode_rows(state: State) -> tuple[ModeRow, ...]:
    return tuple(ModeRow(mode.id, mode.name, mode_line(mode)) for mode in state.event.modes.values())


def mode_line(mode: Mode) -> str:
    """What a mode means, in one line."""
    parts: list[str] = []
    match mode.counting:
        case Counting.SETS_TO:
            parts.append(tr_n("{count} set to win", "{count} sets to win", mode.sets))
        case Counting.BEST_OF:
            parts.append(tr_n("{count} set at most", "{count} sets at most", mode.sets))
        case Counting.STONES:
            parts.append(tr_n("{count} period", "{count} periods", mode.sets))
            parts.append(tr_n("{count} stone each", "{count} stones each", mode.stones_per_set or 0))
        case Counting.TIMED:
            parts.append(tr_n("{count} period", "{count} periods", mode.sets))
            parts.append(tr_n("{count} minute each", "{count} minutes each", mode.minutes or 0))
    if mode.points_per_set is not None:
        parts.append(tr_n("{count} point wins a set", "{count} points win a set", mode.points_per_set))
    if mode.length_min is not None:
        parts.append(tr("{count} min in the schedule", count=mode.length_min))
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class GroupRow:
    group_id: str
    name: str
    count: str


def group_rows(state: State) -> tuple[GroupRow, ...]:
    members: dict[str, int] = {}
    for match in state.event.matches.values():
        if match.group_id is not None:
            members[match.group_id] = members.get(match.group_id, 0) + 1
    return tuple(
        GroupRow(one.id, one.name, tr_n("{count} match", "{count} matches", members.get(one.id, 0)))
        for one in state.event.groups.values()
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A match that may count into a group; `elsewhere` names the group it counts into now, where that is another."""

    match_id: str
    name: str
    teams: str
    ticked: bool
    elsewhere: str


def member_rows(state: State, group_id: str) -> tuple[MemberRow, ...]:
    """Every game, in the order of the schedule's making."""
    event, rows = state.event, state.solution.rows
    found: list[MemberRow] = []
    for match in event.matches.values():
        if not match.kind.is_game:
            continue
        row = rows.get(match.id)
        teams = (
            []
            if row is None
            else [event.teams[one].name for one in (row.team1_id, row.team2_id) if one and one in event.teams]
        )
        other = event.groups.get(match.group_id or "")
        found.append(
            MemberRow(
                match.id,
                match.name,
                " – ".join(teams),
                match.group_id == group_id,
                other.name if other is not None and other.id != group_id else "",
            )
        )
    return tuple(found)


# backups -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BackupRow:
    path: str
    when: str
    where: str
    size: str
    entries: str
    check: str
    sound: bool


def backup_rows(backups: Sequence[KeptBackup]) -> tuple[BackupRow, ...]:
    return tuple(
        BackupRow(
            one.path,
            moment(one.at_ms),
            tr("Second folder") if one.second else tr("This laptop"),
            size_text(one.size_bytes),
            str(one.entries) if one.wrong is None else "",
            tr("Checked") if one.wrong is None else render(one.wrong),
            one.wrong is None,
        )
        for one in backups
    )


def restorable_lines(found: Restorable) -> tuple[tuple[str, str], ...]:
    """What is told of a backup before it is restored: (word, sentence) each."""
    lines = [
        (tr("Event"), found.name or tr("The file does not tell")),
        (tr("Entries"), str(found.entries)),
        (tr("Last entry"), moment(found.last_ms) or tr("None")),
    ]
    if found.other_event:
        return (*lines, (tr("Against the open event"), tr("This is a backup of another event.")))
    if not found.lacks:
        lacks = tr("Everything that the open event has is in it.")
    else:
        lacks = tr_n(
            "{count} entry since {since} is not in it.",
            "{count} entries since {since} are not in it.",
            found.lacks,
            since=moment(found.lacks_since_ms),
        )
    lines.append((tr("Against the open event"), lacks))
    if found.only_there:
        words = tr_n(
            "{count} entry that the open event does not have.",
            "{count} entries that the open event does not have.",
            found.only_there,
        )
        lines.append((tr("Only in the backup"), words))
    return tuple(lines)
