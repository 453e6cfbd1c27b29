"""The event as an organiser sets it up: each input is one edit, errors stand beside it, and what holds stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import Counting, HeadRefs, Role
from arctos_desk.ui.panes.settings.rows import day_from, field_rows, member_rows, mode_line, number_from
from arctos_desk.ui.widgets.tick_box import TickBox
from tests.operations.desks import DESK, ORGANISER
from tests.ui.pane_desk import SlowLane
from tests.ui.settings_desk import SettingsDesk, settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Make = Callable[..., SettingsDesk]


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> SettingsDesk:
        one = SettingsDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(one.window)
        return one

    return make


# the event


def test_a_name_is_edited_by_enter_and_a_place_by_going_on(desk: Make) -> None:
    one = desk()
    before = len(one.kinds())
    one.write("event_name", "Moor Cup")
    assert one.event.info.name == "Moor Cup"
    one.write("event_place", "Fir Hollow", end=Key.Key_Tab)
    assert one.event.info.place == "Fir Hollow"
    assert one.kinds()[before:] == ["event.edit", "event.edit"]
    assert one.pane.subtitle == "Moor Cup"


def test_an_edit_that_says_nothing_new_writes_nothing(desk: Make) -> None:
    one = desk()
    before = one.kinds()
    one.write("event_name", "  Small   Cup ")
    one.write("event_name", "Small Cup")
    assert one.kinds() == before
    assert one.find("event_name", QLineEdit).text() == "Small Cup"
    assert one.words("event_name_wrong") == ""


def test_a_refused_name_is_said_beside_it_and_escape_brings_back_what_holds(desk: Make) -> None:
    one = desk()
    before = one.kinds()
    one.write("event_name", "")
    assert "Give it a name" in one.words("event_name_wrong")
    # Going on asks nobody again.
    one.key(Key.Key_Tab)
    assert one.kinds() == before
    assert one.event.info.name == "Small Cup"
    one.find("event_name").setFocus()
    one.key(Key.Key_Escape)
    assert one.find("event_name", QLineEdit).text() == "Small Cup"
    assert one.words("event_name_wrong") == ""


def test_days_are_written_as_people_write_them(desk: Make) -> None:
    one = desk()
    one.write("event_first_day", "5.6.2027")
    one.write("event_last_day", "2027-06-06")
    assert (one.event.info.first_day, one.event.info.last_day) == ("2027-06-05", "2027-06-06")
    assert one.find("event_first_day", QLineEdit).text() == "2027-06-05"
    assert one.words("event_last_day_hint") != ""
    one.write("event_first_day", "soon")
    assert "2027-06-05" in one.words("event_first_day_wrong")
    one.write("event_last_day", "1.6.2027")
    assert "before the first" in one.words("event_last_day_wrong")
    assert (one.event.info.first_day, one.event.info.last_day) == ("2027-06-05", "2027-06-06")
    one.write("event_last_day", "")
    assert one.event.info.last_day == ""


def test_a_zone_is_found_by_a_part_of_its_name(desk: Make) -> None:
    one = desk()
    zone = one.find("event_zone", QLineEdit)
    zone.setFocus()
    one.key(Key.Key_A, CTRL)
    one.type("madr")
    completer = zone.completer()
    assert [completer.completionModel().index(0, 0).data()] == ["Europe/Madrid"]
    one.key(Key.Key_Down)
    one.key(Key.Key_Return)
    if one.event.info.zone != "Europe/Madrid":
        one.key(Key.Key_Return)
    assert one.event.info.zone == "Europe/Madrid"
    completer.popup().hide()
    one.write("event_zone", "Middle/Earth")
    completer.popup().hide()
    assert "no time zone" in one.words("event_zone_wrong")
    assert one.event.info.zone == "Europe/Madrid"


def test_languages_and_limits_and_points_are_one_edit_each(desk: Make) -> None:
    one = desk()
    one.click("event_language_de")
    one.click("event_language_es")
    assert one.event.info.languages == ("de", "es")
    one.click("event_language_de")
    assert one.event.info.languages == ("es",)
    one.write("event_most_on_field", "8")
    one.write("event_win_points", "2", end=Key.Key_Tab)
    assert (one.event.info.most_on_field, one.event.info.win_points) == (8, 2)
    one.write("event_most_on_field", "eight")
    assert one.words("event_most_on_field_wrong") == "Write a whole number."
    one.write("event_most_on_field", "")
    assert one.event.info.most_on_field is None
    one.write("event_draw_points", "")
    assert one.event.info.draw_points == 1
    assert one.words("event_points_wrong") == "Write a whole number."
    one.write("event_draw_points", "500")
    assert "from 0 to 100" in one.words("event_points_wrong")


def test_what_is_noticed_beside_an_edit_is_said(desk: Make) -> None:
    one = desk()
    one.write("event_most_teams", "4")
    assert one.event.info.most_teams == 4
    assert "6 teams are here already" in one.words("event_most_teams_wrong")


def test_who_may_be_head_referee_is_one_of_three_with_a_sentence(desk: Make) -> None:
    one = desk()
    options = [one.find(f"event_head_refs_{which.value}", QAbstractButton) for which in HeadRefs]
    assert [option.isChecked() for option in options] == [True, False, False]
    assert all(option.accessibleDescription() for option in options)
    one.pane.section("event").area.ensureWidgetVisible(options[2])
    settle()
    one.click(options[2])
    assert one.event.info.head_refs is HeadRefs.ANYONE
    options[1].setFocus()
    one.key(Key.Key_Space)
    assert one.event.info.head_refs is HeadRefs.REFFING_TEAMS
    assert [option.isChecked() for option in options] == [False, True, False]


def test_where_there_is_an_organiser_others_read_and_are_told_so(desk: Make) -> None:
    one = desk()
    add = commands.AddPerson(name="Mia", roles=frozenset({Role.ORGANISER}))
    mia = one.tested.does(add, DESK).value
    one.handle.told()
    settle()
    assert "Only an organiser" in one.words("settings_event_notice_headline")
    assert not one.find("event_name").isEnabled()
    one.click("settings_event_notice_action")
    assert one.who.sheet.is_open
    one.who.sheet.close_sheet()
    one.handle.act_as(Acting(person=mia, role=Role.ORGANISER))
    settle()
    assert one.find("event_name").isEnabled()
    assert not one.find("settings_event_notice").isVisible()
    one.write("event_name", "Moor Cup")
    assert one.event.info.name == "Moor Cup"


def test_what_comes_from_elsewhere_is_shown_and_what_is_being_typed_stays(desk: Make) -> None:
    one = desk()
    one.write("event_place", "half a wo", end=None)
    one.tested.does(commands.EditEvent(name="Other Cup"), ORGANISER)
    one.handle.told()
    settle()
    assert one.find("event_name", QLineEdit).text() == "Other Cup"
    assert one.find("event_place", QLineEdit).text() == "half a wo"


# fields


def test_fields_are_added_renamed_and_given_streams(desk: Make) -> None:
    one = desk(section="fields")
    one.write("field_new", "Field 3")
    new = next(field for field in one.event.fields.values() if field.name == "Field 3")
    assert one.find("field_new").hasFocus()
    one.write(f"field_name_{new.id}", "Pond")
    one.write("field_name_f1", "Meadow", end=Key.Key_Tab)
    assert [field.name for field in one.event.fields.values()] == ["Meadow", "Field 2", "Pond"]
    streams = one.find(f"field_streams_{new.id}", QPlainTextEdit)
    streams.setFocus()
    one.type("https://stream.example/a")
    one.key(Key.Key_Return)
    one.type("https://stream.example/b")
    one.key(Key.Key_Tab)
    assert one.event.fields[new.id].cameras == ("https://stream.example/a", "https://stream.example/b")
    assert one.kinds()[-4:] == ["field.add", "field.edit", "field.edit", "field.edit"]


def test_a_name_that_is_taken_and_a_stream_that_is_none_are_said_at_the_field(desk: Make) -> None:
    one = desk(section="fields")
    one.write("field_name_f2", "Field 1")
    assert "Field 1 is there already" in one.words("field_wrong_f2")
    assert one.event.fields["f2"].name == "Field 2"
    one.key(Key.Key_Escape)
    assert one.words("field_wrong_f2") == ""
    one.find("field_streams_f1").setFocus()
    one.type("my camera")
    one.key(Key.Key_Tab)
    assert "no address of a livestream" in one.words("field_wrong_f1")
    assert one.find("field_streams_f1", QPlainTextEdit).toPlainText() == "my camera"
    one.write("field_new", "Field 1")
    assert "Field 1 is there already" in one.words("field_new_wrong")


def test_a_field_in_use_stays_and_says_why_and_another_goes(desk: Make) -> None:
    one = desk(section="fields")
    delete = one.find("field_delete_f1", QAbstractButton)
    assert not delete.isEnabled()
    assert "A1" in delete.toolTip()
    assert one.words("field_note_f1") == "Stays: A1, Third are on it"
    one.write("field_new", "Pond")
    new = next(field for field in one.event.fields.values() if field.name == "Pond")
    one.click(f"field_delete_{new.id}")
    assert [field.name for field in one.event.fields.values()] == ["Field 1", "Field 2"]
    one.key(Key.Key_Z, CTRL)
    assert [field.name for field in one.event.fields.values()] == ["Field 1", "Field 2", "Pond"]


# rules of play


def test_a_mode_is_written_by_keyboard(desk: Make) -> None:
    one = desk(section="rules")
    assert "no mode yet" in one.words("modes_empty")
    one.click("mode_add")
    assert one.find("mode_name").hasFocus()
    one.type("Best of three")
    one.write("mode_sets", "3", end=None)
    one.write("mode_points_per_set", "5", end=None)
    one.write("mode_length_min", "40")
    (mode,) = one.event.modes.values()
    assert (mode.name, mode.counting, mode.sets, mode.points_per_set, mode.length_min) == (
        "Best of three",
        Counting.BEST_OF,
        3,
        5,
        40,
    )
    assert not one.find("mode_form").isVisible()
    assert one.find(f"mode_edit_{mode.id}").hasFocus()


def test_how_a_mode_counts_changes_what_is_asked(desk: Make) -> None:
    one = desk(section="rules")
    one.click("mode_add")

    def asked() -> list[str]:
        places = ("sets", "points_per_set", "stones_per_set", "minutes", "length_min")
        return [place for place in places if one.find(f"mode_{place}_row").isVisible()]

    assert asked() == ["sets", "points_per_set", "length_min"]
    one.click("mode_counting_stones")
    assert asked() == ["sets", "stones_per_set", "length_min"]
    one.click("mode_counting_timed")
    assert asked() == ["sets", "minutes", "length_min"]
    assert one.words("mode_sets_word") == "Periods"


def test_everything_wrong_with_a_mode_stands_at_its_inputs_at_once(desk: Make) -> None:
    one = desk(section="rules")
    one.click("mode_add")
    one.click("mode_counting_stones")
    one.write("mode_sets", "0", end=None)
    one.click("mode_save")
    assert "Give it a name" in one.words("mode_name_wrong")
    assert "from 1 to 99" in one.words("mode_sets_wrong")
    assert "how many stones" in one.words("mode_stones_per_set_wrong")
    assert one.event.modes == {}
    assert one.find("mode_name").hasFocus()
    one.write("mode_sets", "many")
    assert one.words("mode_sets_wrong") == "Write a whole number."
    one.key(Key.Key_Escape)
    one.key(Key.Key_Escape)
    assert not one.find("mode_form").isVisible()


def test_a_mode_is_edited_and_deleted(desk: Make) -> None:
    one = desk(section="rules")
    mode_id = one.tested.does(
        commands.AddMode(name="Stones", counting=Counting.STONES, sets=2, stones_per_set=100, points_per_set=7),
        ORGANISER,
    ).value
    one.handle.told()
    settle()
    one.click(f"mode_edit_{mode_id}")
    one.click("mode_counting_sets_to")
    one.click("mode_save")
    mode = one.event.modes[mode_id]
    assert (mode.counting, mode.sets, mode.stones_per_set, mode.points_per_set) == (Counting.SETS_TO, 2, None, 7)
    one.click(f"mode_edit_{mode_id}")
    before = one.kinds()
    one.click("mode_save")
    assert one.kinds() == before
    assert not one.find("mode_form").isVisible()
    one.click(f"mode_delete_{mode_id}")
    assert one.event.modes == {}
    assert one.find("mode_add").hasFocus()


def test_penalty_types_take_a_colour_and_are_edited_in_place(desk: Make) -> None:
    one = desk(section="rules")
    one.pane.section("rules").area.ensureWidgetVisible(one.find("penalty_new"))
    one.write("penalty_new", "Early start")
    one.type("Moves before the stone")
    one.key(Key.Key_Return)
    one.write("penalty_new", "Rough")
    first, second = one.event.penalty_types.values()
    assert (first.name, first.description) == ("Early start", "Moves before the stone")
    assert first.colour != second.colour
    one.write(f"penalty_name_{second.id}", "Early start")
    assert "is there already" in one.words(f"penalty_wrong_{second.id}")
    one.key(Key.Key_Escape)
    swatch = one.find(f"penalty_colour_{second.id}")
    action = next(one for one in swatch.menu.actions() if one.text() == "grey")
    action.trigger()
    settle()
    assert one.event.penalty_types[second.id].colour == "4d5661"
    assert "grey" in swatch.accessibleName()
    one.click(f"penalty_delete_{first.id}")
    assert list(one.event.penalty_types) == [second.id]
    one.key(Key.Key_Z, CTRL)
    assert set(one.event.penalty_types) == {first.id, second.id}


# groups


def test_a_group_is_added_and_matches_are_ticked_into_it(desk: Make) -> None:
    one = desk(section="groups")
    one.write("group_new", "Group B")
    new = next(group for group in one.event.groups.values() if group.name == "Group B")
    assert one.find("member_m-A1", TickBox).isVisible()
    one.find("member_m-A1").setFocus()
    one.key(Key.Key_Space)
    one.click("member_m-Final")
    assert {match.name for match in one.event.matches.values() if match.group_id == new.id} == {"A1", "Final"}
    assert one.event.matches["m-B1"].group_id == "g1"
    assert one.words(f"group_count_{new.id}") == "2 matches"
    one.click("group_matches_g1")
    assert [one.find(f"member_{name}", TickBox).isChecked() for name in ("m-A1", "m-B1")] == [False, True]
    one.click("member_m-B1")
    assert one.event.matches["m-B1"].group_id is None
    assert one.kinds()[-4:] == ["group.add", "group.change", "group.change", "group.change"]


def test_a_group_is_renamed_and_deleted_and_its_matches_stay(desk: Make) -> None:
    one = desk(section="groups")
    one.write("group_name_g1", "Pool 1")
    assert one.event.groups["g1"].name == "Pool 1"
    one.write("group_name_g1", "")
    assert "Give it a name" in one.words("group_wrong_g1")
    one.click("group_delete_g1")
    assert one.event.groups == {}
    assert one.event.matches["m-A1"].group_id is None
    assert "no group yet" in one.words("groups_empty")
    one.key(Key.Key_Z, CTRL)
    assert {match.name for match in one.event.matches.values() if match.group_id == "g1"} == {"A1", "B1"}


# the pane


def test_sections_are_walked_by_keys_and_the_chosen_one_is_there_again(desk: Make) -> None:
    one = desk()
    assert one.find("settings_go_event").hasFocus() or one.pane.take_focus() is None
    one.key(Key.Key_Down)
    one.key(Key.Key_Down)
    assert one.pane.shown_section == "rules"
    again = desk(tested=one.tested, memory=one.handle.memory, section="")
    assert again.pane.shown_section == "rules"


@pytest.mark.parametrize("section", ["event", "fields", "rules", "groups", "laptop", "backups", "diagnostics"])
@pytest.mark.parametrize("size", [(1024, 640), (1280, 720)])
def test_every_input_has_a_name_and_nothing_is_cut_at_the_side(desk: Make, section: str, size: tuple[int, int]) -> None:
    one = desk(section=section, size=size)
    shown = one.pane.section(section)
    for widget in (*shown.findChildren(QAbstractButton), *shown.findChildren(QLineEdit)):
        if not widget.isVisible():
            continue
        assert widget.objectName(), widget
        assert widget.accessibleName() or widget.objectName().startswith("qt_"), widget.objectName()
        assert widget.toolTip() or isinstance(widget, QLineEdit), widget.objectName()
        right = widget.mapTo(one.window, QPoint(widget.width(), 0)).x()
        assert right <= one.window.width(), widget.objectName()


# rows


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", ""),
        ("2027-06-05", "2027-06-05"),
        ("5.6.2027", "2027-06-05"),
        ("05/06/2027", "2027-06-05"),
        ("5. 6. 2027", "2027-06-05"),
        ("31.2.2027", None),
        ("5.6.27", None),
        ("tomorrow", None),
        ("٥.6.2027", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: str | None) -> None:
    assert day_from(text) == day


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), (" 7 ", 7), ("-1", None), ("1.5", None), ("²", None), ("9" * 10, None)]
)
def test_a_number_is_read_as_it_is_written(text: str, number: int | None) -> None:
    assert number_from(text) == number


def test_rows_say_what_a_mode_means_and_where_matches_count(desk: Make) -> None:
    one = desk()
    mode = commands.AddMode(name="x", counting=Counting.TIMED, sets=2, minutes=15, length_min=40)
    mode_id = one.tested.does(mode, ORGANISER).value
    state = one.tested.desk.state
    assert mode_line(state.event.modes[mode_id]) == "2 periods · 15 minutes each · 40 min in the schedule"
    rows = {row.name: row for row in member_rows(state, "other")}
    assert (rows["A1"].elsewhere, rows["A1"].teams) == ("Group A", "Angry Ants – Busy Bees")
    assert (rows["Final"].elsewhere, rows["Final"].teams) == ("", "")
    assert field_rows(state)[1].why_kept == "Stays: B1, Final are on it"


def test_enter_pressed_twice_adds_one_field_and_complains_of_nothing(desk: Make) -> None:
    lane = SlowLane()
    one = desk(section="fields", lane=lane)
    one.find("field_new").setFocus()
    one.type("Pond")
    lane.slow = True
    one.key(Key.Key_Return)
    one.key(Key.Key_Return)
    lane.let_go()
    settle()
    assert [field.name for field in one.event.fields.values()].count("Pond") == 1
    assert one.find("field_new_wrong").isHidden()


def test_what_another_changed_of_a_mode_meanwhile_stays(desk: Make) -> None:
    one = desk(section="rules")
    said = {"name": "Short", "counting": Counting.BEST_OF, "sets": 3}
    mode_id = one.tested.does(commands.AddMode(**said), ORGANISER).value
    one.handle.told()
    settle()
    one.click(f"mode_edit_{mode_id}")
    one.tested.does(commands.EditMode(mode=mode_id, **said, points_per_set=7), ORGANISER)
    one.handle.told()
    settle()
    one.write("mode_length_min", "25")
    if one.find("mode_form").isVisible():
        one.click("mode_save")
    mode = one.event.modes[mode_id]
    assert (mode.points_per_set, mode.length_min) == (7, 25)
