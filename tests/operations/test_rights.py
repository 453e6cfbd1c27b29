"""Who may do what: roles are held, not claimed; what stays with an organiser stays there on every way round."""

from __future__ import annotations

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.tournament.kinds import Ending, Role, Side, Stage
from arctos_desk.tournament.reasons import Refused
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


class Cup(TestedDesk):
    """The small day with real people: Ada organises, Kim is a head referee, Lou helps at the desk."""

    __test__ = False
    ada: Acting
    kim: Acting
    lou: Acting


@pytest.fixture
def cup() -> Cup:
    tested = desk_with_small_day()
    tested.__class__ = Cup
    assert isinstance(tested, Cup)
    tested.clock.now_ms = TEN
    ada = tested.does(commands.AddPerson(name="Ada", roles=frozenset({Role.ORGANISER}), pin="1234"), DESK).value
    kim = tested.does(commands.AddPerson(name="Kim", roles=frozenset({Role.HEAD_REF})), DESK).value
    lou = tested.does(commands.AddPerson(name="Lou", roles=frozenset()), DESK).value
    tested.ada = Acting(person=ada, role=Role.ORGANISER)
    tested.kim = Acting(person=kim, role=Role.HEAD_REF)
    tested.lou = Acting(person=lou, role=Role.DESK)
    return tested


def _refused(tested: TestedDesk, command: Command, acting: Acting) -> tuple[str, ...]:
    before = (len(tested.log._by_id), tested.event)
    assert tested.desk.why_not(command, acting) != ()
    with pytest.raises(Refused) as refused:
        tested.does(command, acting)
    assert (len(tested.log._by_id), tested.event) == before
    return refused.value.codes


def test_a_first_start_works_while_nobody_is_known() -> None:
    tested = desk_with_small_day()
    tested.does(commands.NoteMatch(match="m-A1", initial="dry"), ORGANISER)


@pytest.mark.parametrize(
    ("acting", "code"),
    [
        (Acting(role=Role.HEAD_REF), "NOBODY"),
        (Acting(role=Role.ORGANISER), "NOBODY"),
        (HEAD_REF, "PERSON_UNKNOWN"),
        (Acting(person="nobody", role=Role.DESK), "PERSON_UNKNOWN"),
    ],
)
def test_nobody_claims_a_role_once_people_are_known(cup: Cup, acting: Acting, code: str) -> None:
    assert _refused(cup, commands.StartMatch(match="m-A1", override="please"), acting) == (code,)


def test_people_act_only_in_roles_they_hold(cup: Cup) -> None:
    start = commands.StartMatch(match="m-A1")
    for person, role in ((cup.kim, Role.ORGANISER), (cup.ada, Role.HEAD_REF), (cup.lou, Role.HEAD_REF)):
        assert _refused(cup, start, Acting(person=person.person, role=role)) == ("ROLE_NOT_HELD",)
    cup.does(start, cup.kim)
    assert cup.match("A1").start.head_ref == cup.kim.person  # type: ignore[union-attr]


def test_everybody_may_sit_at_the_desk(cup: Cup) -> None:
    for acting in (cup.lou, Acting(person=cup.ada.person), DESK):
        cup.does(commands.NoteMatch(match="m-A1", initial=acting.person or "desk"), acting)


@pytest.fixture
def confirmed(cup: Cup) -> Cup:
    cup.does(commands.StartMatch(match="m-A1"), cup.kim)
    cup.does(commands.EnterPoints(match="m-A1", points=((TEN, TEN + 9_000, Side.TEAM1, 1),)), cup.kim)
    cup.clock.forward(minutes=30)
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), cup.kim)
    cup.does(commands.ConfirmResult(match="m-A1"), cup.ada)
    return cup


def test_no_way_round_a_confirmed_result(confirmed: Cup) -> None:
    point = confirmed.desk.state.points_of["m-A1"][0].id
    finish = next(one.id for one in confirmed.log.operations() if one.kind == "match.finish")
    orders: list[Command] = [
        commands.CorrectResult(match="m-A1", ending=Ending.DRAW, winner=None, reason="x"),
        commands.ReopenMatch(match="m-A1", reason="x"),
        commands.DeleteMatch(match="m-A1", consent=True),
        commands.EditPoint(point=point, winner=Side.TEAM2),
        commands.VoidPoint(point=point),
        commands.EnterPoints(match="m-A1", points=((TEN, TEN + 9_000, Side.TEAM2, 1),)),
        commands.Undo(accept_rests=True),
    ]
    for order in orders:
        for acting in (confirmed.kim, confirmed.lou, DESK):
            assert _refused(confirmed, order, acting) == ("ORGANISER_ONLY",), order
    assert "CHANGED_LATER" in _refused(confirmed, commands.Undo(operation=finish, accept_rests=True), confirmed.kim)
    confirmed.does(commands.Undo(accept_rests=True), confirmed.ada)
    assert confirmed.match("A1").stage is Stage.ENDED


def test_a_confirmed_match_that_was_deleted_is_confirmed_none_the_less(confirmed: Cup) -> None:
    confirm = next(one.id for one in confirmed.log.operations() if one.kind == "match.result.confirm")
    confirmed.does(commands.DeleteMatch(match="m-A1", consent=True), confirmed.ada)
    order = commands.Undo(operation=confirm, accept_rests=True)
    assert "ORGANISER_ONLY" in _refused(confirmed, order, confirmed.kim)


def test_only_an_organiser_brings_a_confirmation_back(confirmed: Cup) -> None:
    confirmed.does(commands.Undo(), confirmed.ada)
    assert _refused(confirmed, commands.Redo(), confirmed.kim) == ("ORGANISER_ONLY",)
    confirmed.does(commands.Redo(), confirmed.ada)
    assert confirmed.match("A1").stage is Stage.CONFIRMED


def test_taking_back_is_no_way_to_become_an_organiser(cup: Cup) -> None:
    cup.does(commands.EditPerson(person=cup.kim.person, roles=frozenset({Role.HEAD_REF, Role.ORGANISER})), cup.ada)
    cup.does(commands.EditPerson(person=cup.kim.person, roles=frozenset({Role.HEAD_REF})), cup.ada)
    assert _refused(cup, commands.Undo(accept_rests=True), cup.kim) == ("ORGANISER_ONLY",)


def test_a_desk_takes_back_and_brings_back_somebody_who_organises_nothing(cup: Cup) -> None:
    cup.does(commands.Undo(), DESK)
    assert cup.lou.person not in cup.event.people
    cup.does(commands.Redo(), DESK)
    assert cup.lou.person in cup.event.people


def test_nobody_takes_the_pin_off_an_organiser(cup: Cup) -> None:
    for acting in (DESK, cup.kim):
        assert _refused(cup, commands.EditPerson(person=cup.ada.person, pin=""), acting) == ("ORGANISER_ONLY",)
    cup.does(commands.EditPerson(person=cup.kim.person, pin="4711"), cup.kim)


def test_a_new_name_says_nothing_about_roles(cup: Cup) -> None:
    outcome = cup.does(commands.EditPerson(person=cup.kim.person, name="Kimberley"), cup.ada)
    operation = cup.log.operation(outcome.operation)
    assert operation is not None
    assert "set" not in operation.payload
    assert cup.desk.state.name_of(cup.kim.person) == "Kimberley"
    assert outcome.change.folded.keys() == {f"person/{cup.kim.person}"}, "screens look at the name again"


def test_a_file_brings_no_people(cup: Cup) -> None:
    writes = {"person/rogue": {"rank": 9, "roles": ["organiser"]}}
    assert _refused(cup, commands.ImportRecords(writes=writes, file_name="x.json"), DESK) == ("UNREADABLE",)
