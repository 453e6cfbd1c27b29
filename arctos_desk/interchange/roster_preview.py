"""What taking in a list would do, row by row, before anybody presses: new, changed, the same, perhaps somebody known.

The one order that comes of it follows what the person decided for each row; two people are never made one unasked.
Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from arctos_desk.interchange.cells import Note, row_place
from arctos_desk.interchange.roster_table import ReadRow, ReadTeam, RosterTable
from arctos_desk.operations.commands import ImportedTeam, ImportRosters, PlayerEntry
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.state import State
from arctos_desk.tournament.alike import near_names, plain_name, written_name
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Player
from arctos_desk.tournament.words import Words, say


class RowStatus(StrEnum):
    """What a row is, before anybody decides."""

    NEW = "new"
    CHANGED = "changed"
    """Of this name on this team already, with something else said of them."""
    SAME = "same"
    """There already, and the list says nothing else."""
    POSSIBLE_DUPLICATE = "possible duplicate"
    PROBLEM = "problem"


class Take(StrEnum):
    """What is done with a row."""

    AS_NEW = "new"
    AS_SAME = "same"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of a row; `player` is whom AS_SAME means, `row` when that is a row of this list."""

    take: Take
    player: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Whom a row may mean: somebody known (`player_id`), or an earlier row of the list (`row`)."""

    player_id: str = ""
    row: int = 0
    name: str = field(repr=False)
    number: str = ""
    team: str = ""
    why: Words

    @property
    def same(self) -> Decision:
        """The decision that says so."""
        return Decision(Take.AS_SAME, self.player_id, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row of the list beside what is known. `changes` are the names of the fields that would change.

    `decision` is what holds: the person's, else that new ones and possible duplicates are new, changed ones are the
    same person, and what is the same or cannot be taken is left out. `team_id` is empty for a team that is new.
    """

    row: int
    place: str
    status: RowStatus
    team: str
    team_id: str
    name: str = field(repr=False)
    jersey_name: str = field(repr=False)
    number: str
    paid: bool
    head_ref: bool
    injury: str = field(repr=False)
    injury_public: bool
    candidates: tuple[Candidate, ...] = ()
    changes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPreview:
    """What would be done. `order` takes in every row that can be taken, as decided; `problems` say what cannot be."""

    rows: tuple[PreviewRow, ...]
    new_teams: tuple[ReadTeam, ...]
    order: ImportRosters
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    left_out: tuple[Words, ...]

    @property
    def takes_anything(self) -> bool:
        order = self.order
        return bool(order.teams or order.mercenaries or order.changed)

    def count(self, status: RowStatus) -> int:
        return sum(1 for row in self.rows if row.status is status)


def preview(
    table: RosterTable,
    state: State,
    *,
    team: str | None = None,
    decisions: Mapping[int, Decision] | None = None,
) -> RosterPreview:
    """Compare a list with who is there.

    `team` is the id of the team into whose roster a list without a column for teams is taken; None makes mercenaries.
    `decisions` are what the person said, by number of row; a decision about somebody who is gone does not count.
    """
    return _Comparison(table, state, team, decisions or {}).preview()


_CANDIDATES_MOST: Final = 5
"""Candidates told for one row."""
_FIELDS: Final = ("name", "jersey_name", "number", "paid", "head_ref", "injury", "injury_public")


class _Comparison:
    """A list while it is compared."""

    def __init__(self, table: RosterTable, state: State, team: str | None, decisions: Mapping[int, Decision]) -> None:
        self._table = table
        self._state = state
        self._event = state.event
        self._into = team if team in state.event.teams else None
        self._decisions = decisions
        self._team_ids = _team_ids(table, state)
        self._plain_of_row = {row.row: plain_name(row.name) for row in table.rows if not row.problems}
        self._plain_of_player = {one: plain_name(state.name_of(one)) for one in state.event.players}
        self._players_named = _by_name(self._plain_of_player)
        self._near = self._near_names()
        self._numbered: dict[tuple[str, str], str] = {}
        for player in state.event.players.values():
            if player.team_id and player.number:
                self._numbered.setdefault((player.team_id, player.number), player.id)
        self._rows_named: dict[str, ReadRow] = {}
        self._rows_numbered: dict[tuple[str, str], ReadRow] = {}
        self._claimed: dict[str, int] = {}
        self._by_row = {row.row: row for row in table.rows}
        self._decided: dict[int, Decision] = {}

    def preview(self) -> RosterPreview:
        rows = tuple(map(self._row, self._table.rows))
        order = self._order(rows)
        problems = (*self._table.problems, *self._limits(order))
        taken = {listed.name.casefold() for listed in order.teams if not listed.team}
        return RosterPreview(
            rows=rows,
            new_teams=tuple(one for one in self._table.teams if one.name.casefold() in taken),
            order=order,
            problems=problems,
            notes=(*self._table.notes, *self._near_teams()),
            left_out=self._table.left_out,
        )

    # one row ---------------------------------------------------------------------------------------------------------

    def _row(self, row: ReadRow) -> PreviewRow:
        team_id, team = self._team_of(row)
        status, known = RowStatus.PROBLEM, ""
        candidates: tuple[Candidate, ...] = ()
        changes: tuple[str, ...] = ()
        if not row.problems:
            known = self._certain(row, team_id)
            if not known:
                candidates = tuple(islice(self._candidates(row, team_id), _CANDIDATES_MOST))
            status = RowStatus.POSSIBLE_DUPLICATE if candidates else RowStatus.NEW
        entry = _entry(row)
        if known:
            self._claimed[known] = row.row
            entry, changes = self._against(row, known)
            status = RowStatus.CHANGED if changes else RowStatus.SAME
        decision = self._decision(row, status, known, candidates)
        if decision.take is Take.AS_SAME and decision.player and decision.player != known:
            self._claimed[decision.player] = row.row
            entry, changes = self._against(row, decision.player)
        self._decided[row.row] = decision
        if not row.problems:
            self._remember(row, team_id)
        return PreviewRow(
            row=row.row,
            place=row.place,
            status=status,
            team=team,
            team_id=team_id,
            name=entry.name,
            jersey_name=entry.jersey_name,
            number=entry.number,
            paid=entry.paid,
            head_ref=entry.head_ref,
            injury=entry.injury,
            injury_public=entry.injury_public,
            candidates=candidates,
            changes=changes,
            problems=row.problems,
            decision=decision,
        )

    def _team_of(self, row: ReadRow) -> tuple[str, str]:
        """The id of a row's team ("" for none, or for one that is new) and its name."""
        if row.team is not None:
            team_id = self._team_ids.get(row.team.casefold(), "")
            return team_id, self._event.teams[team_id].name if team_id else row.team
        if self._into is not None and not self._table.names_teams:
            return self._into, self._event.teams[self._into].name
        return "", ""

    def _certain(self, row: ReadRow, team_id: str) -> str:
        """The one player of this very name on this team, whom no earlier row means; else ""."""
        named = self._players_named.get(self._plain_of_row[row.row], ())
        if row.team is not None and not team_id:
            return ""
        here = [one for one in named if (self._player(one).team_id or "") == team_id]
        return here[0] if len(here) == 1 and here[0] not in self._claimed else ""

    def _candidates(self, row: ReadRow, team_id: str) -> Iterator[Candidate]:
        """Whom a row may mean, the likeliest first, each once."""
        plain = self._plain_of_row[row.row]
        told: set[tuple[str, int]] = set()
        for player_id, other, why in self._alike(row, team_id, plain):
            if (player_id, other) in told:
                continue
            told.add((player_id, other))
            if player_id:
                player = self._player(player_id)
                name, number = self._state.name_of(player_id), player.number
                team = self._event.teams.get(player.team_id or "")
                yield Candidate(player_id=player_id, name=name, number=number, team=team.name if team else "", why=why)
            else:
                same = self._by_row[other]
                yield Candidate(
                    row=other, name=same.name, number=same.number or "", team=self._team_of(same)[1], why=why
                )

    def _alike(self, row: ReadRow, team_id: str, plain: str) -> Iterator[tuple[str, int, Words]]:
        for one in self._players_named.get(plain, ()):
            yield one, 0, say("The same name is there already")
        if plain in self._rows_named:
            yield "", self._rows_named[plain].row, say("The same name is in this list already")
        for near in self._near.get(plain, ()):
            for one in self._players_named.get(near, ()):
                yield one, 0, say("A name that differs by one letter is there already")
            if near in self._rows_named:
                yield "", self._rows_named[near].row, say("A name that differs by one letter is in this list already")
        if row.number:
            known = self._numbered.get((team_id, row.number)) if team_id else None
            if known is not None and known not in self._claimed:
                yield known, 0, say("The team has this number already")
            same = self._rows_numbered.get((self._team_of(row)[1].casefold(), row.number))
            if same is not None:
                yield "", same.row, say("The team has this number in this list already")

    def _remember(self, row: ReadRow, team_id: str) -> None:
        self._rows_named.setdefault(self._plain_of_row[row.row], row)
        team = self._team_of(row)[1]
        if row.number and team:
            self._rows_numbered.setdefault((team.casefold(), row.number), row)

    def _decision(self, row: ReadRow, status: RowStatus, known: str, candidates: tuple[Candidate, ...]) -> Decision:
        if status is RowStatus.PROBLEM:
            return Decision(Take.LEAVE_OUT)
        said = self._decisions.get(row.row)
        if said is not None and self._holds(said, row, known):
            return said
        if status is RowStatus.CHANGED:
            return Decision(Take.AS_SAME, known)
        if status is RowStatus.SAME:
            return Decision(Take.LEAVE_OUT)
        return Decision(Take.AS_NEW)

    def _holds(self, said: Decision, row: ReadRow, known: str) -> bool:
        """Whether a decision can be followed: it may mean nobody who is gone, or whom another row means already."""
        if said.take is not Take.AS_SAME:
            return True
        if said.player:
            claimed = self._claimed.get(said.player)
            return said.player in self._event.players and (
                claimed is None or claimed == row.row or said.player == known
            )
        other = self._decided.get(said.row)
        return other is not None and other.take is not Take.LEAVE_OUT

    def _against(self, row: ReadRow, player_id: str) -> tuple[PlayerEntry, tuple[str, ...]]:
        """What the list says of somebody known, filled with what is known where it says nothing; and what changes."""
        player = self._player(player_id)
        record = self._state.people.get(player_id) or PersonRecord(id=player_id, name="")
        before = _known_entry(player, record)
        after = _filled(row, before)
        changes = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
        if self._moves(row, player):
            changes.append("team")
        return after, tuple(changes)

    def _moves(self, row: ReadRow, player: Player) -> bool:
        team_id, team = self._team_of(row)
        return bool(team) and (not team_id or team_id != (player.team_id or ""))

    def _player(self, player_id: str) -> Player:
        return self._event.players[player_id]

    def _near_names(self) -> dict[str, list[str]]:
        """The plain names that are one slip away from each plain name."""
        plain: dict[str, str] = {}
        for player_id, name in self._plain_of_player.items():
            plain.setdefault(written_name(self._state.name_of(player_id)), name)
        for row in self._table.rows:
            if row.row in self._plain_of_row:
                plain.setdefault(written_name(row.name), self._plain_of_row[row.row])
        near: dict[str, list[str]] = {}
        for one, other in near_names({written: written for written in plain}):
            near.setdefault(plain[one], []).append(plain[other])
            near.setdefault(plain[other], []).append(plain[one])
        return near

    def _near_teams(self) -> Iterator[Note]:
        """New teams whose name is one slip away from a team that is there."""
        known = {f"old/{team.id}": written_name(team.name) for team in self._event.teams.values()}
        fresh = [one for one in self._table.teams if not self._team_ids.get(one.name.casefold())]
        names = {**known, **{f"new/{one.row}/{one.name}": written_name(one.name) for one in fresh}}
        by_key = {f"new/{one.row}/{one.name}": one for one in fresh}
        for one, other in near_names(names):
            new, old = (one, other) if one in by_key else (other, one)
            if new in by_key and old not in by_key:
                name = self._event.teams[old.removeprefix("old/")].name
                words = say("{new} becomes a new team; there is {known} already", new=by_key[new].name, known=name)
                yield Note("TEAM_NEAR", words, row_place(by_key[new].row))

    # the order -------------------------------------------------------------------------------------------------------

    def _order(self, rows: tuple[PreviewRow, ...]) -> ImportRosters:
        entries = {row.row: _shown_entry(row) for row in rows}
        for row in rows:
            if row.decision.take is Take.AS_SAME and row.decision.row:
                entries[row.decision.row] = _completed(entries[row.decision.row], entries[row.row])
        players: dict[str, list[PlayerEntry]] = {}
        changed: dict[str, list[tuple[str, PlayerEntry]]] = {}
        for row in rows:
            decision = row.decision
            if decision.take is Take.AS_NEW:
                players.setdefault(_key(row), []).append(entries[row.row])
            elif decision.take is Take.AS_SAME and decision.player and row.changes:
                team = self._event.teams.get(self._player(decision.player).team_id or "")
                key = _key(row) or (f"id/{team.id}" if team else "")
                changed.setdefault(key, []).append((decision.player, entries[row.row]))
        named = {one.name.casefold(): one for one in self._table.teams}
        teams: list[ImportedTeam] = []
        for key in dict.fromkeys((*(self._key_of(one) for one in self._table.teams), *players, *changed)):
            if not key:
                continue
            some, others = tuple(players.get(key, ())), tuple(changed.get(key, ()))
            kind, _, what = key.partition("/")
            if kind == "new":
                one = named[what]
                teams.append(
                    ImportedTeam(
                        name=one.name, shortname=one.shortname, colour=one.colour, players=some, changed=others
                    )
                )
            elif some or others:
                teams.append(ImportedTeam(team=what, players=some, changed=others))
        return ImportRosters(
            teams=tuple(teams),
            mercenaries=tuple(players.get("", ())),
            changed=tuple(changed.get("", ())),
            source=self._table.file_name,
        )

    def _key_of(self, team: ReadTeam) -> str:
        team_id = self._team_ids.get(team.name.casefold(), "")
        return f"id/{team_id}" if team_id else f"new/{team.name.casefold()}"

    def _limits(self, order: ImportRosters) -> Iterator[Problem]:
        """What stands against the size of the event and of each roster; the desk would refuse for the same."""
        info, next_step = self._event.info, say("Raise the limit in the settings")
        new = sum(1 for listed in order.teams if not listed.team)
        if info.most_teams is not None and new and len(self._event.teams) + new > info.most_teams:
            count = len(self._event.teams) + new
            words = say("This event would have {count} teams; {most} are possible", count=count, most=info.most_teams)
            yield Problem("TEAMS_FULL", words, place="teams", next_step=next_step)
        if info.most_on_roster is None:
            return
        leaving = {one for listed in order.teams for one, _ in listed.changed} | {one for one, _ in order.changed}
        for listed in order.teams:
            staying = sum(
                1
                for player in self._event.players.values()
                if listed.team and player.team_id == listed.team and player.id not in leaving
            )
            count = staying + len(listed.players) + len(listed.changed)
            if (listed.players or listed.changed) and count > info.most_on_roster:
                name = self._event.teams[listed.team].name if listed.team else listed.name
                words = say(
                    "{team} would have {count} players; {most} are possible",
                    team=name,
                    count=count,
                    most=info.most_on_roster,
                )
                yield Problem("ROSTER_FULL", words, place=name, next_step=next_step)


def _key(row: PreviewRow) -> str:
    """Where a row belongs in the order: a known team, a new one, or none."""
    if row.team_id:
        return f"id/{row.team_id}"
    return f"new/{row.team.casefold()}" if row.team else ""


def _team_ids(table: RosterTable, state: State) -> dict[str, str]:
    """The teams of the list that are there: by name, else by key, else by a short name that only one has."""
    teams = state.event.teams.values()
    shortnames: dict[str, list[str]] = {}
    for team in teams:
        if team.shortname:
            shortnames.setdefault(team.shortname.casefold(), []).append(team.id)
    found = {name: ids[0] for name, ids in shortnames.items() if len(ids) == 1}
    found.update({team.key.casefold(): team.id for team in teams})
    found.update({team.name.casefold(): team.id for team in teams})
    listed = {one.name.casefold() for one in table.teams}
    return {name: team_id for name, team_id in found.items() if name in listed}


def _by_name(names: Mapping[str, str]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for one, name in names.items():
        if name:
            by_name.setdefault(name, []).append(one)
    return by_name


def _entry(row: ReadRow) -> PlayerEntry:
    return _filled(row, PlayerEntry(name=""))


def _filled(row: ReadRow, before: PlayerEntry) -> PlayerEntry:
    """What a row says, and what was known where it says nothing."""
    injury = before.injury if row.injury is None else row.injury
    public = before.injury_public if row.injury_public is None else row.injury_public
    return PlayerEntry(
        name=row.name or before.name,
        jersey_name=before.jersey_name if row.jersey_name is None else row.jersey_name,
        number=before.number if row.number is None else row.number,
        paid=before.paid if row.paid is None else row.paid,
        head_ref=before.head_ref if row.head_ref is None else row.head_ref,
        injury=injury,
        injury_public=public and bool(injury),
    )


def _known_entry(player: Player, record: PersonRecord) -> PlayerEntry:
    return PlayerEntry(
        name=record.name,
        jersey_name=record.jersey_name,
        number=player.number,
        paid=player.paid,
        head_ref=player.head_ref,
        injury=record.injury,
        injury_public=record.injury_public,
    )


def _shown_entry(row: PreviewRow) -> PlayerEntry:
    return PlayerEntry(**{name: getattr(row, name) for name in _FIELDS})


def _completed(one: PlayerEntry, other: PlayerEntry) -> PlayerEntry:
    """A row with what another row about the same person says beyond it."""
    return replace(
        one,
        jersey_name=one.jersey_name or other.jersey_name,
        number=one.number or other.number,
        paid=one.paid or other.paid,
        head_ref=one.head_ref or other.head_ref,
        injury=one.injury or other.injury,
        injury_public=one.injury_public if one.injury else other.injury_public,
    )
