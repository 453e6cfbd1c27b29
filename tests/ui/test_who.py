"""Who is here: choosing is local, the PIN is asked in place, every entry carries the person and the role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import Role
from arctos_desk.ui.dialogs.who import TRIES_MOST
from arctos_desk.ui.memory import Forgetful
from arctos_desk.ui.widgets.tick_box import TickBox
from tests.operations.desks import DESK
from tests.ui.referee_desk import RefereeDesk

Key = Qt.Key
Make = Callable[..., RefereeDesk]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> RefereeDesk:
        made = RefereeDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(made.window)
        return made

    return make


def add(one: RefereeDesk, name: str, *roles: Role, pin: str = "") -> str:
    outcome = one.tested.does(commands.AddPerson(name=name, roles=frozenset(roles), pin=pin), DESK)
    one.handle.told()
    return str(outcome.value)


def test_nobody_said_who_they_are_at_first(desk: Make) -> None:
    one = desk().on_field()
    assert one.handle.acting == Acting()
    assert one.who.button.text() == "I am…"
    assert one.who.button.isVisible()


def test_every_entry_carries_the_person_and_the_role(desk: Make) -> None:
    one = desk().on_field()
    one.click("who")
    one.click(f"who_{one.referee}_0")
    assert one.who.button.text() == "Kim, Head referee"
    one.key(Key.Key_Space)
    operation = one.tested.log.recent(1)[0]
    assert (operation.actor, operation.payload["as"]) == (one.referee, "head_ref")


def test_choosing_writes_nothing_and_the_desk_itself_can_act_again(desk: Make) -> None:
    one = desk().on_field().as_head_ref()
    before = one.kinds()
    one.key(Key.Key_I, CTRL)
    one.click("who_nobody")
    assert one.handle.acting == Acting()
    assert one.kinds() == before


def test_a_wrong_pin_lets_nobody_in(desk: Make) -> None:
    one = desk().on_field()
    mia = add(one, "Mia", Role.ORGANISER, pin="4711")
    one.click("who")
    one.click(f"who_{mia}_0")
    assert one.handle.acting == Acting()
    one.type("4712")
    one.key(Key.Key_Return)
    assert one.find("who_pin_wrong").isVisible()
    assert one.handle.acting == Acting()
    pin = one.find("who_pin", QLineEdit)
    assert pin.selectedText() != ""
    one.type("4711")
    one.key(Key.Key_Return)
    assert one.handle.acting == Acting(person=mia, role=Role.ORGANISER)
    assert not one.who.sheet.is_open


def test_after_some_wrong_pins_the_sheet_closes(desk: Make) -> None:
    one = desk().on_field()
    mia = add(one, "Mia", Role.ORGANISER, pin="4711")
    one.click("who")
    one.click(f"who_{mia}_0")
    for _ in range(TRIES_MOST):
        assert one.who.sheet.is_open
        one.type("0000")
        one.key(Key.Key_Return)
    assert not one.who.sheet.is_open
    assert one.handle.acting == Acting()


def test_a_person_behind_a_pin_is_asked_again_after_a_start(desk: Make) -> None:
    memory = Forgetful()
    one = desk(memory=memory).on_field()
    mia = add(one, "Mia", Role.HEAD_REF, pin="4711")
    one.handle.act_as(Acting(person=mia, role=Role.HEAD_REF))
    assert desk(memory=memory, tested=one.tested, people=False).handle.acting == Acting()
    one.as_head_ref()
    again = desk(memory=memory, tested=one.tested, people=False)
    assert again.handle.acting == Acting(person=one.referee, role=Role.HEAD_REF)


def test_one_person_may_act_in_several_roles(desk: Make) -> None:
    one = desk().on_field()
    both = add(one, "Ada", Role.ORGANISER, Role.HEAD_REF)
    one.click("who")
    one.click(f"who_{both}_1")
    assert one.handle.acting == Acting(person=both, role=Role.HEAD_REF)
    one.click("who")
    one.click(f"who_{both}_0")
    assert one.handle.acting == Acting(person=both, role=Role.ORGANISER)


def test_a_person_is_added_by_keyboard_and_the_name_stays_out_of_the_log(desk: Make) -> None:
    one = desk(people=False).on_field()
    one.key(Key.Key_I, CTRL)
    one.click("who_add")
    one.type("Birte")
    one.key(Key.Key_Return)
    people = one.handle.people()
    assert [(person.name, person.roles, person.has_pin) for person in people] == [("Birte", (Role.HEAD_REF,), False)]
    assert b"Birte" not in one.tested.log.streams[next(iter(one.tested.log.streams))][-1].raw
    one.key(Key.Key_Space)
    assert one.handle.acting == Acting(person=people[0].id, role=Role.HEAD_REF)


def test_what_is_wrong_with_a_new_person_stands_in_the_form(desk: Make) -> None:
    one = desk().on_field()
    one.click("who")
    one.click("who_add")
    one.type("Kim")
    one.find("who_new_pin", QLineEdit).setText("12")
    one.click("who_save")
    assert "Kim is there already" in one.who.sheet.wrong.text()
    one.find("who_name", QLineEdit).setText("Kim the second")
    one.click("who_save")
    assert "A PIN has 4 to 12 digits" in one.who.sheet.wrong.text()
    one.find("who_new_pin", QLineEdit).setText("1234")
    one.find("who_role_organiser", TickBox).setChecked(True)
    one.click("who_save")
    assert [person.name for person in one.handle.people()] == ["Kim", "Kim the second"]
    assert not one.who.sheet.form.isVisible()


def test_only_an_organiser_makes_an_organiser(desk: Make) -> None:
    one = desk().on_field()
    add(one, "Mia", Role.ORGANISER)
    one.click("who")
    one.click("who_add")
    one.type("Eve")
    one.find("who_role_organiser", TickBox).setChecked(True)
    one.click("who_save")
    assert "Only an organiser makes somebody an organiser" in one.who.sheet.wrong.text()
    assert [person.name for person in one.handle.people()] == ["Kim", "Mia"]


def test_whoever_loses_the_role_acts_no_longer(desk: Make) -> None:
    one = desk().on_field().as_head_ref()
    one.tested.does(commands.EditPerson(person=one.referee, roles=frozenset()), DESK)
    one.handle.told()
    assert one.handle.acting == Acting()


def test_the_match_goes_on_under_an_open_sheet(desk: Make) -> None:
    one = desk().started()
    one.click("who")
    assert one.who.sheet.is_open
    one.click(one.today.control)
    assert len(one.points) == 1
    assert one.who.sheet.is_open
    one.who.sheet.setFocus()
    one.key(Key.Key_Escape)
    assert not one.who.sheet.is_open


def test_a_long_name_is_cut_in_the_button_and_whole_in_its_tooltip(desk: Make) -> None:
    one = desk(size=(1280, 720)).on_field()
    name = "Maximiliane Hildegard von der Moorschnucken zu Niederrhein"
    person = add(one, name, Role.HEAD_REF)
    one.handle.act_as(Acting(person=person, role=Role.HEAD_REF))
    assert one.who.button.text().endswith("…")
    assert name in one.who.button.toolTip()
