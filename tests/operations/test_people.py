"""Who acts at the desk: names and PINs stay out of the log, roles stay in it."""

from __future__ import annotations

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.pins import pin_fits
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Refused
from tests.operations.desks import DESK, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    return desk_with_small_day()


def _add(tested: TestedDesk, name: str, *roles: Role, pin: str = "", acting: Acting = DESK) -> str:
    return str(tested.does(commands.AddPerson(name=name, roles=frozenset(roles), pin=pin), acting).value)


def test_no_name_and_no_pin_ever_enters_the_log(cup: TestedDesk) -> None:
    person = _add(cup, "Wilhelmina Quastenflosser", Role.HEAD_REF, pin="4711")
    cup.does(commands.EditPerson(person=person, name="Mina Quast"), DESK)
    for stream in cup.log.streams.values():
        for sealed in stream:
            for secret in ("Wilhelmina", "Quast", "4711"):
                assert secret.encode() not in sealed.raw
    assert cup.desk.state.name_of(person) == "Mina Quast"
    assert cup.event.people[person].roles == {Role.HEAD_REF}


def test_every_operation_carries_who_pressed_and_in_which_role(cup: TestedDesk) -> None:
    person = _add(cup, "Mina", Role.ORGANISER)
    cup.does(commands.NoteMatch(match="m-A1", initial="x"), Acting(person=person, role=Role.ORGANISER))
    operation = cup.log.recent(1)[0]
    assert operation.actor == person
    assert operation.payload["as"] == "organiser"


def test_a_pin_fits_or_it_does_not(cup: TestedDesk) -> None:
    person = _add(cup, "Mina", Role.HEAD_REF, pin="0420")
    kept = cup.desk.state.people[person].pin_hash
    assert "0420" not in kept
    assert pin_fits("0420", kept)
    assert not pin_fits("0421", kept)
    assert not pin_fits("", kept)
    cup.does(commands.EditPerson(person=person, pin=""), DESK)
    assert pin_fits("", cup.desk.state.people[person].pin_hash)


@pytest.mark.parametrize("pin", ["123", "12a4", "1234567890123", "１２３４"])
def test_a_pin_is_four_to_twelve_digits(cup: TestedDesk, pin: str) -> None:
    with pytest.raises(Refused) as refused:
        _add(cup, "Mina", Role.DESK, pin=pin)
    assert refused.value.codes == ("PIN",)


def test_only_an_organiser_makes_organisers_once_there_is_one(cup: TestedDesk) -> None:
    first = _add(cup, "Mina", Role.ORGANISER, acting=DESK)
    with pytest.raises(Refused) as refused:
        _add(cup, "Okko", Role.ORGANISER, acting=DESK)
    assert refused.value.codes == ("ORGANISER_ONLY",)
    with pytest.raises(Refused):
        cup.does(commands.EditPerson(person=first, roles=frozenset()), DESK)
    _add(cup, "Okko", Role.ORGANISER, acting=Acting(person=first, role=Role.ORGANISER))


def test_two_people_never_share_a_name(cup: TestedDesk) -> None:
    _add(cup, "Mina", Role.DESK)
    with pytest.raises(Refused) as refused:
        _add(cup, " Mina ", Role.DESK)
    assert refused.value.codes == ("NAME_TAKEN",)


def test_people_are_still_there_after_a_restart(cup: TestedDesk) -> None:
    person = _add(cup, "Mina", Role.DESK)
    cup.restart()
    assert cup.desk.state.name_of(person) == "Mina"
