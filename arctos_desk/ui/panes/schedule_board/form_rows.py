"""What a person enters of a row of the schedule, as text, and the order it comes to. Knows no toolkit.

Sides and referees are written as in schedule files: a team's name, `tag::Seed 1`, `Semi A::winner`. What cannot be read
is refused with its place, everything at once; whether a row is possible is for the command.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.operations.state import State
from arctos_desk.operations.zones import zone_of
from arctos_desk.scheduling import chain, edits
from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_datetime, to_datetime
from arctos_desk.tournament.kinds import MatchKind, SetType, Stage
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.tokens import (
    BadToken,
    OutcomeSlot,
    Slot,
    TagSlot,
    TeamSlot,
    UnknownSlot,
    parse_token,
)
from arctos_desk.tournament.words import Words, say

if TYPE_CHECKING:
    from arctos_desk.operations.commands import Command

USUAL_LENGTH_MIN: Final = 30
KIND_WORDS: Final[Mapping[MatchKind, Words]] = {
    MatchKind.STATIC: say("Match at a fixed time"),
    MatchKind.SAFE: say("Match after what comes before, fixed early"),
    MatchKind.FAST: say("Match as early as possible"),
    MatchKind.BREAK: say("Break"),
    MatchKind.STATBREAK: say("Break at a fixed time"),
    MatchKind.JOIN: say("Join: all fields wait for each other"),
}
_READ_AS: Final = {"day": "start", "time": "start", "team1": "teams", "team2": "teams", "referees": "teams"}
"""Inputs and the places by which the schedule calls them."""
KEPT_MODE: Final = "kept"
"""The choice of rules for a match that has a wording of its own, from a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What stands in the inputs. `fields` are ids, one for a match; `previous` is the row before, "" for the last."""

    kind: MatchKind = MatchKind.STATIC
    name: str = ""
    fields: tuple[str, ...] = ()
    previous: str = ""
    day: str = ""
    time: str = ""
    length: str = str(USUAL_LENGTH_MIN)
    team1: str = ""
    team2: str = ""
    referees: str = ""
    mode: str = ""
    group: str = ""
    ribbon: bool = False
    skip_condition: str = ""


def slot_token(event: Event, slot: Slot | None) -> str:
    """A slot as a person would write it."""
    match slot:
        case TeamSlot(team_id) if team_id in event.teams:
            return event.teams[team_id].name
        case TagSlot(tag_id) if tag_id in event.tags:
            return f"tag::{event.tags[tag_id].name}"
        case OutcomeSlot(match_id, outcome) if match_id in event.matches:
            return f"{event.matches[match_id].name}::{outcome}"
        case UnknownSlot(text):
            return text
    return ""


def slot_words(event: Event, *, apart_from: str = "") -> tuple[str, ...]:
    """Everything that may stand in a slot, for completion: teams, tags, winners and losers of other matches."""
    games = [match for match in event.matches.values() if match.kind.is_game and match.id != apart_from]
    return (
        *sorted((team.name for team in event.teams.values()), key=str.casefold),
        *(f"tag::{tag.name}" for tag in event.tags.values()),
        *(f"{match.name}::{outcome}" for match in games for outcome in ("winner", "loser")),
    )


def rows_of_field(state: State, field_id: str, *, apart_from: str = "") -> tuple[tuple[str, str], ...]:
    """The rows of a field (id, name) in the order of the day: what a row can come after."""
    rows = state.solution.rows

    def when(match: Match) -> tuple[bool, int, int]:
        row = rows.get(match.id)
        plan_ms = match.planned_ms if row is None or row.plan_ms is None else row.plan_ms
        return (plan_ms is None, plan_ms or 0, match.rank)

    there = [match for match in state.event.matches.values() if match.field_id == field_id and match.id != apart_from]
    return tuple((match.id, match.name) for match in sorted(there, key=when))


def entered_of(state: State, match: Match) -> Entered:
    """The inputs of a row that is there."""
    event = state.event
    row = state.solution.rows.get(match.id)
    starts_ms = match.planned_ms if row is None or row.plan_ms is None else row.plan_ms
    day, at = _day_and_time(starts_ms, event.info.zone)
    fields: tuple[str, ...] = () if match.field_id is None else (match.field_id,)
    if not match.kind.is_game:
        fields = tuple(
            other.field_id
            for other in event.matches.values()
            if other.kind is match.kind and other.name == match.name and other.field_id is not None
        )
    return Entered(
        kind=match.kind,
        name=match.name,
        fields=fields,
        previous=match.previous_id or "",
        day=day,
        time=at,
        length="" if match.length_min is None else str(match.length_min),
        team1=slot_token(event, match.team1),
        team2=slot_token(event, match.team2),
        referees=", ".join(slot_token(event, slot) for slot in match.referees),
        mode=mode_of(event, match),
        group=match.group_id or "",
        ribbon=match.ribbon,
        skip_condition=match.skip_condition,
    )


def mode_of(event: Event, match: Match) -> str:
    """The mode that a match was given, by its wording; `KEPT_MODE` for a wording that is none of the event's."""
    for mode in event.modes.values():
        if mode.name == match.mode:
            return mode.id
    return KEPT_MODE if match.mode or match.sets is not None or match.stones_per_set is not None else ""


def first_entered(state: State, *, now_ms: Instant, field_id: str = "") -> Entered:
    """The inputs of a new row: on the field that is free first, after its last row, with the usual length and rules."""
    event = state.event
    field_id = field_id if field_id in event.fields else _first_free(state)
    ends_ms = _end_of_field(state, field_id)
    zone = event.info.zone
    day, at = event.info.first_day or _day_and_time(now_ms, zone)[0], "10:00"
    if ends_ms is not None:
        day, at = _day_and_time(ends_ms, zone)
    modes = list(event.modes.values())
    length = modes[0].length_min if modes and modes[0].length_min is not None else USUAL_LENGTH_MIN
    return Entered(
        name=next_name(event, ""),
        fields=(field_id,) if field_id else (),
        day=day,
        time=at,
        length=str(length),
        mode=modes[0].id if modes else "",
    )


def after(state: State, entered: Entered, *, now_ms: Instant) -> Entered:
    """The inputs for the row after one that was just added: same kind, rules and length, the next name and time."""
    fresh = first_entered(state, now_ms=now_ms)
    if not entered.kind.is_game:
        return replace(fresh, length=entered.length if entered.length.isdecimal() else fresh.length)
    return replace(
        fresh,
        kind=entered.kind,
        name=next_name(state.event, entered.name),
        length=entered.length,
        mode=entered.mode,
        group=entered.group,
        ribbon=entered.ribbon,
    )


def next_name(event: Event, before: str) -> str:
    """The name that follows: `A7` after `A6`, the first free number."""
    stem, number = before, 0
    found = re.search(r"^(.*?)(\d{1,6})$", before)
    if found:
        stem, number = found[1], int(found[2])
    elif not before:
        stem = "M"
    else:
        stem = f"{before} "
        number = 1
    taken = {match.name for match in event.matches.values()}
    number += 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def order_of(
    state: State,
    entered: Entered,
    match: Match | None = None,
    *,
    shown: Entered | None = None,
    seen: Mapping[str, tuple[str, ...]] | None = None,
) -> Command:
    """The command that these inputs come to: a new row, or what changed of one. Raises Refused with every problem.

    What stands as it was `shown` says nothing: others may have changed it meanwhile, and minutes are not the whole of a
    moment. `seen` is what the form had on the screen (`State.seen`).
    """
    reading = _Reading(state, match, _changed(entered, shown), seen or {})
    order = reading.structural(entered) if not entered.kind.is_game else reading.game(entered)
    if reading.problems:
        places = {_READ_AS.get(problem.place, problem.place) for problem in reading.problems}
        raise Refused([*reading.problems, *(one for one in _also_wrong(state, order) if one.place not in places)])
    return order


def _also_wrong(state: State, order: Command) -> Sequence[Problem]:
    """What the schedule has against the rest of an order that could not be read whole."""
    from arctos_desk.operations.commands import CreateMatch, EditMatch  # orders are loaded with the first

    try:
        if isinstance(order, CreateMatch):
            edits.create_match(state.event, "", name=order.name, kind=order.kind, **order.fields)
        elif isinstance(order, EditMatch):
            edits.edit_match(state.event, state.solution, order.match, now_ms=state.solved_at_ms, **order.changes)
    except Refused as news:
        return news.problems
    return ()


def rows_of(event: Event, match: Match) -> tuple[Match, ...]:
    """The rows that a form of this one changes: a break or join stands for all of its name."""
    return (match,) if match.kind.is_game else tuple(edits.group(event, match.name))


def _changed(entered: Entered, shown: Entered | None) -> frozenset[str]:
    """The inputs that were changed; all of them for a new row, and where another kind asks for other things."""
    names = [one.name for one in fields(Entered)]
    if shown is None or shown.kind is not entered.kind:
        return frozenset(names)
    return frozenset(name for name in names if getattr(entered, name) != getattr(shown, name))


class _Reading:
    """Reads the inputs that changed and gathers what is wrong with them."""

    def __init__(
        self, state: State, match: Match | None, changed: frozenset[str], seen: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.state = state
        self.event = state.event
        self.match = match
        self.changed = changed
        self.seen = seen
        self.problems: list[Problem] = []

    def game(self, entered: Entered) -> Command:
        from arctos_desk.operations.commands import CreateMatch, EditMatch  # orders are loaded with the first

        """The order for a match."""
        changed = self.changed
        changes: dict[str, Any] = {}
        if "fields" in changed:
            changes["field_id"] = entered.fields[0] if entered.fields else None
        if changed & {"fields", "previous"}:
            changes["previous_id"] = self.previous(entered)
        if "length" in changed:
            changes["length_min"] = self.length(entered.length)
        if "team1" in changed:
            changes["team1"] = self.slot(entered.team1, "team1")
        if "team2" in changed:
            changes["team2"] = self.slot(entered.team2, "team2")
        if "referees" in changed:
            changes["referees"] = self.referees(entered.referees)
        if "ribbon" in changed:
            changes["ribbon"] = entered.ribbon
        if "group" in changed:
            changes["group_id"] = entered.group or None
        if "mode" in changed:
            changes |= self.rules(entered.mode)
        if entered.kind.is_dynamic:
            if "skip_condition" in changed:
                changes["skip_condition"] = entered.skip_condition
        elif changed & {"day", "time"}:
            changes["planned_ms"] = self.moment(entered.day, entered.time)
        if self.match is None:
            return CreateMatch(name=entered.name, kind=entered.kind, fields=changes)
        if "name" in changed:
            changes["name"] = entered.name
        if "kind" in changed:
            changes["kind"] = entered.kind
        return EditMatch(match=self.match.id, changes=changes, seen=self.seen)

    def previous(self, entered: Entered) -> str | None:
        """The row before: the one chosen, else for what follows others the last of its field."""
        if entered.previous or not entered.kind.is_dynamic or not entered.fields:
            return entered.previous or None
        others = dict(self.event.matches)
        if self.match is not None:
            chain.remove(others, self.match.id)
        last = chain.tail(others, self.state.solution, entered.fields[0])
        return None if last is None else last.id

    def structural(self, entered: Entered) -> Command:
        from arctos_desk.operations.commands import CreateGroup, EditGroup  # orders are loaded with the first

        """The order for a break or a join, on all its fields at once."""
        changed = self.changed
        length: int | None = 0
        if "length" in changed and entered.kind is not MatchKind.JOIN:
            length = self.length(entered.length)
        planned_ms = None
        if changed & {"day", "time"} and entered.kind is MatchKind.STATBREAK:
            planned_ms = self.moment(entered.day, entered.time)
        if not entered.fields:
            self.wrong("FIELD_REQUIRED", say("Choose at least one field"), "field")
        if self.match is None:
            previous = {}
            if entered.previous and len(entered.fields) == 1:
                previous = {entered.fields[0]: entered.previous}
            return CreateGroup(
                name=entered.name,
                kind=entered.kind,
                fields=entered.fields,
                length_min=length,
                planned_ms=planned_ms,
                previous=previous,
            )
        if entered.name.strip() != self.match.name:
            self.wrong(
                "NAME_STAYS", say("The name of a break stays; delete it and make another"), "name", say("Leave it")
            )
        changes: dict[str, Any] = {}
        if "kind" in changed:
            changes["kind"] = entered.kind
        if "fields" in changed:
            changes["field_ids"] = entered.fields
        if "length" in changed:
            changes["length_min"] = length
        if planned_ms is not None:
            changes["planned_ms"] = planned_ms
        return EditGroup(name=self.match.name, changes=changes, seen=self.seen)

    def rules(self, mode_id: str) -> dict[str, Any]:
        """The rules of play that a mode gives a match."""
        mode = self.event.modes.get(mode_id)
        if mode is not None:
            return {
                "mode": mode.name,
                "set_type": mode.set_type,
                "sets": mode.sets,
                "stones_per_set": mode.stones_per_set,
            }
        if mode_id == KEPT_MODE:
            return {}
        return {"mode": "", "set_type": SetType.SETS, "sets": None, "stones_per_set": None}

    def length(self, text: str) -> int | None:
        """Minutes."""
        written = text.strip()
        if written.isascii() and written.isdecimal() and len(written) <= 6 and int(written) > 0:
            return int(written)
        self.wrong("LENGTH", say("A length is a number of minutes, such as 30"), "length")
        return None

    def moment(self, day_text: str, time_text: str) -> Instant | None:
        """A local day and time as an instant."""
        day: date | None = None
        try:
            day = date.fromisoformat(day_text.strip())
        except ValueError:
            self.wrong("DAY", say("{day} is no day of the form 2026-05-02", day=day_text.strip() or "–"), "day")
        at = _time_of(time_text)
        if at is None:
            self.wrong("TIME", say("{time} is no time of the form 10:30", time=time_text.strip() or "–"), "time")
        if day is None or at is None:
            return None
        moment_ms = from_datetime(datetime.combine(day, at, zone_of(self.event.info.zone)))
        if not 0 <= moment_ms < edits.LATEST:
            self.wrong(
                "START_INVALID", say("{day} is too far away", day=day.isoformat()), "day", say("Look at the year")
            )
        elif _day_and_time(moment_ms, self.event.info.zone) != (day.isoformat(), at.strftime("%H:%M")):
            words = say("On that day there is no {time}: the clocks go forward then", time=at.strftime("%H:%M"))
            self.wrong("TIME", words, "time", say("Choose a later time"))
        return moment_ms

    def referees(self, text: str) -> tuple[Slot | None, ...]:
        """Slots with commas between them."""
        parts = [part.strip() for part in text.split(",")]
        return tuple(self.slot(part, "referees") for part in parts if part)

    def slot(self, text: str, place: str) -> Slot | None:
        """What a text names; one that the row held before stays as it is."""
        written = text.strip()
        kept = self.kept(written, place)
        if kept is not None:
            return kept
        try:
            token = parse_token(written)
        except BadToken:
            self.wrong(
                "TOKEN",
                say("{text} cannot be read", text=written),
                place,
                say("Write a team, tag::Name, Match::winner or Match::loser"),
            )
            return None
        if token is None:
            return None
        if token.kind == "team":
            return self.team(token.name, place)
        if token.kind == "tag":
            for tag in self.event.tags.values():
                if tag.name == token.name:
                    return TagSlot(tag.id)
            self.unknown(token.name, [tag.name for tag in self.event.tags.values()], place, prefix="tag::")
            return None
        games = {match.name: match.id for match in self.event.matches.values() if match.kind.is_game}
        if token.name in games:
            return OutcomeSlot(games[token.name], "winner" if token.kind == "winner" else "loser")
        self.unknown(token.name, list(games), place, suffix=f"::{token.kind}")
        return None

    def kept(self, text: str, place: str) -> Slot | None:
        """The slot that this row holds already under this text, such as a name nobody knows any more."""
        if self.match is None or not text:
            return None
        held = {"team1": (self.match.team1,), "team2": (self.match.team2,)}.get(place, self.match.referees)
        return next((slot for slot in held if slot is not None and slot_token(self.event, slot) == text), None)

    def team(self, name: str, place: str) -> Slot | None:
        wanted = name.casefold()
        for exactly in (True, False):
            for team in self.event.teams.values():
                names = (team.name, team.key, team.shortname)
                if name == team.name if exactly else wanted in (one.casefold() for one in names):
                    return TeamSlot(team.id)
        self.unknown(name, [team.name for team in self.event.teams.values()], place)
        return None

    def unknown(self, name: str, known: Sequence[str], place: str, *, prefix: str = "", suffix: str = "") -> None:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        next_step = say("Did you mean {name}?", name=f"{prefix}{near[0]}{suffix}") if near else None
        self.wrong("UNKNOWN", say("Nothing here is called {name}", name=name), place, next_step)

    def wrong(self, code: str, words: Words, place: str, next_step: Words | None = None) -> None:
        self.problems.append(Problem(code, words, place=place, next_step=next_step))


def why_not_edit(match: Match) -> Words | None:
    """Why a row cannot be changed any more; None when it can."""
    if match.kind.is_game and match.stage >= Stage.LIVE:
        return say("{match} has begun; its result is corrected on Today", match=match.name)
    return None


def _time_of(text: str) -> time | None:
    """A time such as 9:05, 10:30 or 1030."""
    found = re.fullmatch(r"\s*(\d{1,2})[:.h ]?(\d{2})\s*", text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _day_and_time(at_ms: Instant | None, zone: str) -> tuple[str, str]:
    if at_ms is None:
        return "", ""
    local = to_datetime(at_ms).astimezone(zone_of(zone))
    return local.date().isoformat(), local.strftime("%H:%M")


def _first_free(state: State) -> str:
    """The field whose last row ends first; one without rows before all."""
    ends = [(_end_of_field(state, one) or 0, number, one) for number, one in enumerate(state.event.fields)]
    return min(ends)[2] if ends else ""


def _end_of_field(state: State, field_id: str) -> Instant | None:
    ends = []
    for match in state.event.matches.values():
        row = state.solution.rows.get(match.id)
        if match.field_id == field_id and row is not None and row.plan_ms is not None:
            ends.append(row.plan_ms + (row.length_min or 0) * MINUTE_MS)
    return max(ends, default=None)
