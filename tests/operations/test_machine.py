"""A machine that gives random orders to a desk, takes them back and brings them again, and checks what must always
hold.

The invariants are those of spec arctos.md §1.18 that the spine can break.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arctos_desk.ass.naming import tag_places, variable_places
from arctos_desk.operations import commands
from arctos_desk.operations.reduce import canonical_values, fold_all
from arctos_desk.operations.state import from_folded
from arctos_desk.operations.uses import scripts_of
from arctos_desk.operations.views import KeptBlocks, board_view
from arctos_desk.scheduling.solution import Row
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Counting, Ending, MatchKind, Role, Side, Stage, Status
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Tag, Variable
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day
from tests.trying import tries

_ACTING = st.sampled_from([HEAD_REF, ORGANISER, DESK])
_WORD = st.sampled_from(["Ada", "Bo", "7", ""])
_ENTRY = st.builds(commands.PlayerEntry, name=_WORD, number=_WORD, injury=_WORD, paid=st.booleans())


class DeskMachine(RuleBasedStateMachine):
    """Random work at one desk."""

    tested: TestedDesk

    @initialize()
    def open_the_day(self) -> None:
        self.tested = self.open_desk()
        self.tested.clock.now_ms = TEN - 600_000
        self.pictures: dict[int, object] = {}
        self.forgotten: set[str] = set()
        self.blocks = KeptBlocks()

    def open_desk(self) -> TestedDesk:
        return desk_with_small_day()

    def picture(self) -> object:
        """Everything that undo must restore."""
        state = self.tested.desk.state
        names = {player: state.people.get(player) for player in state.event.players}
        return canonical_values(state.folded), names, dict(solve(state.event, now_ms=TEN).rows)

    # rules -----------------------------------------------------------------------------------------------------------

    def _held_by_somebody(self, acting: commands.Acting) -> commands.Acting:
        """Somebody here who holds this role; the desk itself when nobody does."""
        people = self.tested.event.people
        if not people:
            return acting
        fitting = [person.id for person in people.values() if acting.role in person.roles]
        return commands.Acting(person=fitting[0], role=acting.role) if fitting else DESK

    def _try(self, command: commands.Command, acting: commands.Acting) -> bool:
        before = self.picture()
        try:
            self.tested.does(command, acting)
        except Refused:
            assert self.picture() == before, "a refusal changed something"
            return False
        return True

    def _order(self, command: commands.Command, acting: commands.Acting) -> bool:
        return self._try(command, self._held_by_somebody(acting))

    def _match(self, data: st.DataObject, *stages: Stage) -> str:
        """Some match, most often one at these stages, because orders to others are only refused."""
        matches = self.tested.event.matches
        fitting = sorted(match.id for match in matches.values() if match.stage in stages)
        if fitting and data.draw(st.integers(0, 9)):
            return data.draw(st.sampled_from(fitting))
        return data.draw(st.sampled_from(sorted(matches)))

    def _point(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.tested.event.points)))

    @rule(minutes=st.integers(0, 50))
    def time_passes(self, minutes: int) -> None:
        self.tested.clock.forward(minutes=minutes)

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data(), acting=_ACTING)
    def start(self, data: st.DataObject, acting: commands.Acting) -> None:
        plans = self._plans()
        ready = sorted(one for one, row in self._rows().items() if row.status is Status.READY_TO_START)
        match = data.draw(st.sampled_from(ready)) if ready else self._match(data)
        if self._order(commands.StartMatch(match=match, override="asked"), acting):
            assert self._plans() == plans, "a start moved a plan"

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data(), winner=st.sampled_from([*Side, None]))
    def finish(self, data: st.DataObject, winner: Side | None) -> None:
        plans = self._plans()
        ending = Ending.DRAW if winner is None else Ending.NORMAL
        if self._order(
            commands.FinishMatch(match=self._match(data, Stage.LIVE), ending=ending, winner=winner), HEAD_REF
        ):
            assert self._plans() == plans, "an end moved a plan"

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data())
    def start_point(self, data: st.DataObject) -> None:
        self._order(commands.StartPoint(match=self._match(data, Stage.LIVE)), HEAD_REF)

    @precondition(lambda self: self.tested.event.points)
    @rule(data=st.data(), winner=st.sampled_from(Side), rerun=st.booleans(), set_number=st.integers(0, 3))
    def edit_point(self, data: st.DataObject, winner: Side, rerun: bool, set_number: int) -> None:
        point = self._point(data)
        self._order(commands.EndPoint(point=point), HEAD_REF)
        self._order(commands.EditPoint(point=point, winner=winner, rerun=rerun), HEAD_REF)
        self._order(commands.EditPoint(point=point, set_number=set_number), HEAD_REF)

    @precondition(lambda self: self.tested.event.points)
    @rule(data=st.data())
    def delete_point(self, data: st.DataObject) -> None:
        self._order(commands.VoidPoint(point=self._point(data)), HEAD_REF)

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data(), acting=_ACTING)
    def reopen_or_correct(self, data: st.DataObject, acting: commands.Acting) -> None:
        match = self._match(data, Stage.ENDED, Stage.CONFIRMED)
        if data.draw(st.booleans()):
            self._order(commands.ConfirmResult(match=match), ORGANISER)
        if data.draw(st.booleans()):
            self._order(commands.ReopenMatch(match=match, reason="protest"), acting)
        else:
            winner = data.draw(st.sampled_from(Side))
            self._order(
                commands.CorrectResult(match=match, ending=Ending.NORMAL, winner=winner, reason="sheet"), acting
            )

    @rule(
        name=st.sampled_from(["X1", "X2", "A1", "Lunch", "bad::name"]), kind=st.sampled_from(MatchKind), data=st.data()
    )
    def create_match(self, name: str, kind: MatchKind, data: st.DataObject) -> None:
        fields: dict[str, Any] = {
            "field_id": data.draw(st.sampled_from(["f1", "f2", None])),
            "length_min": data.draw(st.sampled_from([0, 30, None])),
            "planned_ms": data.draw(st.sampled_from([TEN, TEN + 3_600_000, None])),
            "previous_id": data.draw(st.sampled_from([*sorted(self.tested.event.matches), None])),
        }
        self._order(commands.CreateMatch(name=name, kind=kind, fields=fields), ORGANISER)

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data())
    def edit_match(self, data: st.DataObject) -> None:
        matches = self.tested.event.matches
        match = self._match(data, Stage.PLANNED)
        values: dict[str, st.SearchStrategy[Any]] = {
            "length_min": st.integers(-1, 90),
            "kind": st.sampled_from(MatchKind),
            "previous_id": st.sampled_from([*sorted(matches), None]),
            "planned_ms": st.sampled_from([TEN, TEN + 7_200_000]),
            "skip_condition": st.sampled_from(
                ["", "true", "(is-skipped {A1})", "(won? [tag::Seed 1] {A1})", "(> margin 2)", "((("]
            ),
        }
        name = data.draw(st.sampled_from(sorted(values)))
        changes = {name: data.draw(values[name])}
        if name == "previous_id" and changes[name] is not None:
            changes["field_id"] = matches[changes[name]].field_id
        self._order(commands.EditMatch(match=match, changes=changes), ORGANISER)

    @precondition(lambda self: self.tested.event.matches)
    @rule(data=st.data())
    def delete_match(self, data: st.DataObject) -> None:
        self._order(commands.DeleteMatch(match=self._match(data), consent=data.draw(st.booleans())), ORGANISER)

    @rule(minutes=st.integers(-30, 30))
    def push_back(self, minutes: int) -> None:
        self._order(commands.PushBack(minutes=minutes), ORGANISER)

    @rule(data=st.data())
    def assign_tag(self, data: st.DataObject) -> None:
        team = data.draw(st.sampled_from([*sorted(self.tested.event.teams), None]))
        tags = sorted(self.tested.event.tags)
        if tags:
            self._order(commands.AssignTag(tag=data.draw(st.sampled_from(tags)), team=team), ORGANISER)

    @rule(data=st.data(), acting=_ACTING)
    def set_the_event_up(self, data: st.DataObject, acting: commands.Acting) -> None:
        organised, role, before = self._organisers(), self._held_by_somebody(acting).role, self._set_up()
        self._order(self._setting_up(data), acting)
        if organised and role is not Role.ORGANISER:
            assert self._set_up() == before, "somebody set up an event that has an organiser"

    def _set_up(self) -> tuple[object, ...]:
        """What an organiser alone sets up; which matches count into a group belongs to the schedule."""
        event = self.tested.event
        scripts = [(tag.name, tag.expression) for tag in event.tags.values()]
        return (event.info, event.fields, event.modes, event.penalty_types, event.groups, event.variables, scripts)

    def _setting_up(self, data: st.DataObject) -> commands.Command:
        """An order about what the event is made of; many of them are refused."""
        event = self.tested.event
        name = data.draw(st.sampled_from(["Field 1", "Meadow", "Group A", "Late", "Top", "", "a,b"]))
        number = data.draw(st.sampled_from([None, 0, 2, 100]))

        def one_of(records: Iterable[str]) -> str:
            return data.draw(st.sampled_from(sorted(records) or ["gone"]))

        orders: dict[str, list[Callable[[], commands.Command]]] = {
            "event": [lambda: commands.EditEvent(most_teams=number, win_points=number, name=name or None)],
            "fields": [
                lambda: commands.AddField(name=name, cameras=("https://live.example/",) * (number == 2)),
                lambda: commands.EditField(field=one_of(event.fields), name=name),
                lambda: commands.DeleteField(field=one_of(event.fields)),
            ],
            "modes": [
                lambda: commands.AddMode(name=name, sets=number or 1),
                lambda: commands.EditMode(
                    mode=one_of(event.modes), name=name, counting=Counting.STONES, stones_per_set=number
                ),
                lambda: commands.DeleteMode(mode=one_of(event.modes)),
            ],
            "penalty_types": [
                lambda: commands.AddPenaltyType(name=name),
                lambda: commands.EditPenaltyType(penalty_type=one_of(event.penalty_types), name=name, colour="00657A"),
                lambda: commands.DeletePenaltyType(penalty_type=one_of(event.penalty_types)),
            ],
            "groups": [
                lambda: commands.AddTable(name=name),
                lambda: commands.EditTable(
                    group=one_of(event.groups), name=name or None, matches=tuple(sorted(event.matches)[: number or 0])
                ),
                lambda: commands.DeleteTable(group=one_of(event.groups)),
            ],
        }
        kind = data.draw(st.sampled_from(sorted(orders)))
        there = bool(getattr(event, kind, ()))
        return data.draw(st.sampled_from(orders[kind] if there else orders[kind][:1]))()

    @rule(data=st.data())
    def write_a_script(self, data: st.DataObject) -> None:
        event = self.tested.event
        name = data.draw(st.sampled_from(["Seed 1", "Top", "margin", "lead"]))
        text = data.draw(st.sampled_from(["", "[ants]", "(winner {A1})", "[tag::Top]", "(points-won [ants])", "lead"]))
        orders: list[commands.Command] = [
            commands.AddTag(name=name, expression=text),
            commands.AddVariable(name=name, expression=text),
            *(commands.EditTag(tag=tag, expression=text) for tag in sorted(event.tags)),
            *(commands.DeleteTag(tag=tag) for tag in sorted(event.tags)),
            *(commands.EditVariable(variable=one, expression=text) for one in sorted(event.variables)),
            *(commands.DeleteVariable(variable=one) for one in sorted(event.variables)),
        ]
        self._order(data.draw(st.sampled_from(orders)), ORGANISER)

    @precondition(lambda self: self.tested.event.tags or self.tested.event.variables)
    @rule(data=st.data())
    def give_another_name(self, data: st.DataObject) -> None:
        event = self.tested.event
        some: list[Tag | Variable] = [*event.tags.values(), *event.variables.values()]
        one = data.draw(st.sampled_from(some))
        new = data.draw(st.sampled_from(["Top", "Seed 1", "margin", "lead"]))
        rows, places = self._rows(), tag_places if isinstance(one, Tag) else variable_places
        unknown = not any(places(script.text, new) for script in scripts_of(event))
        order = (
            commands.EditTag(tag=one.id, name=new)
            if isinstance(one, Tag)
            else commands.EditVariable(variable=one.id, name=new)
        )
        if not self._order(order, ORGANISER):
            return
        for script in scripts_of(self.tested.event):
            assert not places(script.text, one.name), "a script still says the old name"
        if unknown and self.tested.desk.state.solved_at_ms == self.tested.clock():
            assert self._rows() == rows, "a new name changed the day"

    @rule(name=st.sampled_from(["Angry Ants", "New Newts", ""]), pin=st.sampled_from(["", "1234", "x"]))
    def add(self, name: str, pin: str) -> None:
        self._order(commands.AddTeam(name=name), ORGANISER)

    @rule(data=st.data(), acting=_ACTING)
    def change_a_roster(self, data: st.DataObject, acting: commands.Acting) -> None:
        players = sorted(self.tested.event.players)
        team = data.draw(st.sampled_from([*sorted(self.tested.event.teams), None]))
        orders = [commands.AddPlayer(player=data.draw(_ENTRY), team=team), self._list_of(data, team)]
        if team is not None:
            orders += [commands.EditTeam(team=team, shortname=data.draw(_WORD)), commands.DeleteTeam(team=team)]
        if players:
            player, other = data.draw(st.sampled_from(players)), data.draw(st.sampled_from(players))
            orders += [
                commands.MovePlayer(player=player, team=team),
                commands.EditPlayer(player=player, name=data.draw(_WORD), injury=data.draw(_WORD)),
                commands.EditPlayer(player=player, number=data.draw(_WORD), paid=data.draw(st.booleans())),
                commands.DeletePlayer(player=player),
                commands.MergePlayers(player=player, duplicate=other),
            ]
        self._order(data.draw(st.sampled_from(orders)), acting)

    def _list_of(self, data: st.DataObject, team: str | None) -> commands.ImportRosters:
        """A list with somebody new and somebody known, for a team or for none."""
        changed = tuple((player, data.draw(_ENTRY)) for player in sorted(self.tested.event.players)[:1])
        some = (data.draw(_ENTRY),)
        if team is None:
            return commands.ImportRosters(mercenaries=some, changed=changed)
        listed = commands.ImportedTeam(team=team, players=some, changed=changed)
        return commands.ImportRosters(teams=(listed, commands.ImportedTeam(name=data.draw(_WORD), players=some)))

    @precondition(lambda self: self.tested.event.players)
    @rule(data=st.data())
    def forget_a_player(self, data: st.DataObject) -> None:
        """What nobody takes back; the history before it goes on without them."""
        player = data.draw(st.sampled_from(sorted(self.tested.event.players)))
        acting = self._held_by_somebody(ORGANISER)
        if DeskMachine._try(self, commands.DeletePlayer(player=player, erase=True), acting):
            self.forgotten.add(player)

    @rule(number=st.integers(0, 5), roles=st.frozensets(st.sampled_from(Role)), acting=_ACTING, data=st.data())
    def add_or_edit_a_person(
        self, number: int, roles: frozenset[Role], acting: commands.Acting, data: st.DataObject
    ) -> None:
        organised = self._organisers()
        people = sorted(self.tested.event.people)
        if people and data.draw(st.booleans()):
            order: commands.Command = commands.EditPerson(person=data.draw(st.sampled_from(people)), roles=roles)
        else:
            order = commands.AddPerson(name=f"Person {number}", roles=roles)
        role = self._held_by_somebody(acting).role
        if DeskMachine._try(self, order, self._held_by_somebody(acting)) and organised and role is not Role.ORGANISER:
            assert self._organisers() == organised, "somebody made an organiser who is none"

    def _organisers(self) -> set[str]:
        return {one.id for one in self.tested.event.people.values() if Role.ORGANISER in one.roles}

    @rule(data=st.data(), acting=_ACTING)
    def take_back_an_older_entry(self, data: st.DataObject, acting: commands.Acting) -> None:
        """What is left in between need not be restored; the invariants hold all the same."""
        entries = self.tested.log.recent(15)
        confirmed = self._confirmed()
        operation = data.draw(st.sampled_from(entries))
        before = self.tested.desk.state
        acting = self._held_by_somebody(acting)
        with suppress(Refused):
            preview = self.tested.desk.preview_undo(operation.id)
            assert self.tested.desk.state is before, "a look changed something"
            self.tested.does(commands.Undo(operation=operation.id, accept_rests=bool(preview.rests)), acting)
            if acting.role is not Role.ORGANISER:
                assert self._confirmed() == confirmed, "a desk took a confirmed result back"

    def _organisers(self) -> set[str]:
        return {person.id for person in self.tested.event.people.values() if Role.ORGANISER in person.roles}

    def _confirmed(self) -> dict[str, object]:
        matches = self.tested.event.matches.values()
        return {match.id: (match.stage, match.result) for match in matches if match.stage >= Stage.CONFIRMED}

    @rule(acting=_ACTING)
    def undo_restores_and_redo_brings_back(self, acting: commands.Acting) -> None:
        after, organisers = self.picture(), self._organisers()
        if not self._order(commands.Undo(accept_rests=True), acting):
            return
        before = self.picture()
        # An organiser who is there again is taken away by an organiser alone.
        again = acting if self._organisers() <= organisers else ORGANISER
        assert self._order(commands.Redo(), again)
        assert self.picture() == after, "redo did not bring back what undo took"
        assert self._order(commands.Undo(accept_rests=True), acting)
        assert self.picture() == before, "undo did not restore"

    @rule(count=st.integers(1, 4))
    def undo_several_and_bring_all_back(self, count: int) -> None:
        pictures = [self.picture()]
        for _ in range(count):
            if not self._order(commands.Undo(accept_rests=True), ORGANISER):
                break
            pictures.append(self.picture())
        for picture in reversed(pictures[:-1]):
            assert self._order(commands.Redo(), ORGANISER)
            assert self.picture() == picture

    @rule()
    def restart(self) -> None:
        before = self.picture()
        self.tested.restart()
        assert self.picture() == before, "a restart changed what is shown"

    # invariants ------------------------------------------------------------------------------------------------------

    def _rows(self) -> dict[str, Row]:
        return dict(self.tested.desk.state.solution.rows)

    def _plans(self) -> dict[str, int | None]:
        return {match_id: row.plan_ms for match_id, row in self._rows().items()}

    @invariant()
    def the_state_kept_equals_a_fold_from_scratch(self) -> None:
        state = self.tested.desk.state
        whole = fold_all(self.tested.log.operations())
        assert whole == dict(state.folded)
        again = from_folded("cup", whole, state.people, now_ms=state.solved_at_ms)
        assert again.event == state.event
        assert again.solution == state.solution
        assert {one: points for one, points in again.points_of.items() if points} == {
            one: points for one, points in state.points_of.items() if points
        }

    @invariant()
    def a_screen_that_keeps_its_blocks_shows_what_a_fresh_one_shows(self) -> None:
        state, now_ms = self.tested.desk.state, self.tested.clock()
        assert board_view(state, now_ms=now_ms, kept=self.blocks) == board_view(state, now_ms=now_ms)

    @invariant()
    def whoever_was_forgotten_stays_forgotten(self) -> None:
        assert self.forgotten.isdisjoint(self.tested.desk.state.people)
        assert self.forgotten.isdisjoint(self.tested.event.players)

    @invariant()
    def every_player_has_a_name(self) -> None:
        for player in self.tested.event.players.values():
            assert self.tested.desk.state.name_of(player.id)
        assert self.tested.desk.state.people.keys() == self.tested.log.people().keys()

    @invariant()
    def names_are_unique_where_they_must_be(self) -> None:
        matches = self.tested.event.matches.values()
        games = Counter(match.name for match in matches if match.kind.is_game)
        assert all(count == 1 for count in games.values()), games
        rows = Counter((match.name, match.field_id) for match in matches if not match.kind.is_game)
        assert all(count == 1 for count in rows.values()), rows
        event = self.tested.event
        for some in (event.fields, event.tags, event.variables, event.groups, event.modes, event.penalty_types):
            names = Counter(record.name for record in some.values())
            assert all(count == 1 for count in names.values()), names

    @invariant()
    def no_two_matches_run_on_one_field(self) -> None:
        matches = self.tested.event.matches.values()
        running = Counter(match.field_id for match in matches if match.stage is Stage.LIVE and match.field_id)
        assert all(count == 1 for count in running.values()), running

    @invariant()
    def what_was_stated_is_what_is_shown(self) -> None:
        for match in self.tested.event.matches.values():
            row = self.tested.desk.state.solution.rows[match.id]
            if match.stage is Stage.LIVE:
                assert row.status is Status.IN_PROGRESS
            if match.stage >= Stage.ENDED:
                assert row.status in (Status.COMPLETED, Status.SKIPPED)
                assert match.result is not None
            assert match.length_min is None or match.length_min >= 0

    @invariant()
    def points_belong_to_matches_that_are_there_or_were_deleted_with_them(self) -> None:
        for match_id, points in self.tested.desk.state.points_of.items():
            assert all(point.match_id == match_id for point in points)
            assert all(point.end_ms is None or point.end_ms >= point.start_ms for point in points)
            assert all(point.set_number >= 1 for point in points)

    @invariant()
    def chains_stay_on_their_field(self) -> None:
        matches = self.tested.event.matches
        for match in matches.values():
            before = matches.get(match.previous_id or "")
            assert before is None or before.field_id == match.field_id, match

    @invariant()
    def every_instant_is_utc_milliseconds(self) -> None:
        for row in self.tested.desk.state.solution.rows.values():
            for moment in (row.plan_ms, row.live_ms, row.real_start_ms, row.real_end_ms):
                assert moment is None or dt.datetime.fromtimestamp(moment / 1000, dt.UTC).year == 2026


TestDeskMachine = DeskMachine.TestCase
TestDeskMachine.settings = settings(max_examples=tries(100), stateful_step_count=30, deadline=None)
