"""What an organiser says of the event as a whole, and what follows for tables, limits and who may start."""

from __future__ import annotations

from typing import Any

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.why_not_start import why_not_start
from arctos_desk.tournament.kinds import HeadRefs, Role, Side
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.words import in_english
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    return desk_with_small_day()


def _edit(cup: TestedDesk, **said: Any) -> Any:
    return cup.does(commands.EditEvent(**said), ORGANISER)


def _refused(cup: TestedDesk, **said: Any) -> dict[str, str]:
    """Place -> code of every problem; nothing is written."""
    before = cup.event
    with pytest.raises(Refused) as refused:
        _edit(cup, **said)
    assert cup.event is before
    return {problem.place: problem.code for problem in refused.value.problems}


def test_everything_that_an_organiser_says_is_kept(cup: TestedDesk) -> None:
    said = {
        "name": "Pine Cup",
        "place": "Old Mill Meadow",
        "zone": "Europe/Madrid",
        "first_day": "2028-02-29",
        "last_day": "2028-03-01",
        "languages": ("de", "en"),
        "most_teams": 16,
        "most_on_roster": 12,
        "most_on_field": 5,
        "head_refs": HeadRefs.ANYONE,
        "win_points": 2,
        "draw_points": 1,
        "loss_points": 0,
    }
    _edit(cup, **said)
    info = cup.event.info
    assert {name: getattr(info, name) for name in said} == said
    cup.restart()
    assert cup.event.info == info


def test_a_limit_of_none_and_empty_days_and_languages_take_back_what_was_said(cup: TestedDesk) -> None:
    before = cup.event.info
    _edit(cup, most_teams=8, first_day="2026-05-02", last_day="2026-05-03", languages=("es", "ES", "en"), place="Mill")
    assert (cup.event.info.most_teams, cup.event.info.languages) == (8, ("es", "en"))
    _edit(cup, most_teams=0, first_day="", last_day="", languages=(), place="")
    assert cup.event.info == before


def test_every_mistake_is_told_at_once_with_its_place(cup: TestedDesk) -> None:
    assert _refused(
        cup,
        name="  ",
        zone="Mars/Olympus",
        first_day="2026-02-30",
        last_day="20260503",
        languages=("de", "xx"),
        most_teams=-1,
        most_on_field=101,
        win_points=101,
    ) == {
        "name": "NAME_REQUIRED",
        "zone": "ZONE_UNKNOWN",
        "first_day": "DAY",
        "last_day": "DAY",
        "languages": "LANGUAGE_UNKNOWN",
        "most_teams": "NUMBER",
        "most_on_field": "NUMBER",
        "win_points": "NUMBER",
    }


def test_the_last_day_is_never_before_the_first(cup: TestedDesk) -> None:
    assert _refused(cup, first_day="2026-05-03", last_day="2026-05-02") == {"last_day": "DAYS"}
    _edit(cup, first_day="2026-05-02", last_day="2026-05-02")
    assert _refused(cup, last_day="2026-05-01") == {"last_day": "DAYS"}
    assert _refused(cup, first_day="2026-05-03") == {"first_day": "DAYS"}
    assert _refused(cup, first_day="1999-12-31") == {"first_day": "DAY"}


def test_saying_what_holds_already_is_no_change(cup: TestedDesk) -> None:
    assert _refused(cup, name="Small Cup", zone="Europe/Berlin", win_points=3, most_teams=0) == {"": "NOTHING_CHANGED"}


def test_the_journal_says_when_only_the_name_changed(cup: TestedDesk) -> None:
    assert in_english(_edit(cup, name="Pine Cup").label) == "Rename the event Small Cup to Pine Cup"
    assert in_english(_edit(cup, name="Oak Cup", place="Mill").label) == "Edit the event"


def test_limits_below_what_is_there_and_odd_values_are_only_remarked(cup: TestedDesk) -> None:
    outcome = _edit(cup, most_teams=4, win_points=0)
    assert [finding.code for finding in outcome.findings] == ["OVER_LIMIT", "POINTS_ORDER"]
    assert in_english(outcome.findings[0].words) == "6 teams are here already"
    assert _edit(cup, most_on_roster=9).findings == ()


@pytest.mark.parametrize(
    ("policy", "acting", "codes"),
    [
        (HeadRefs.LISTED, DESK, ["NOT_HEAD_REF"]),
        (HeadRefs.LISTED, HEAD_REF, []),
        (HeadRefs.ANYONE, DESK, []),
        (HeadRefs.ANYONE, ORGANISER, []),
        (HeadRefs.REFFING_TEAMS, DESK, ["NOT_HEAD_REF"]),
        (HeadRefs.REFFING_TEAMS, HEAD_REF, []),
    ],
)
def test_who_may_start_follows_the_policy(cup: TestedDesk, policy: HeadRefs, acting: Acting, codes: list[str]) -> None:
    cup.clock.now_ms = TEN
    if policy is not HeadRefs.LISTED:
        _edit(cup, head_refs=policy)
    reasons = why_not_start(cup.desk.state, "m-A1", acting, now_ms=TEN)
    assert [reason.code for reason in reasons] == codes
    assert [problem.code for problem in cup.desk.why_not(commands.StartMatch(match="m-A1"), acting)] == codes
    if policy is HeadRefs.REFFING_TEAMS and codes:
        assert "is not known here" in in_english(reasons[0].words)


def test_whoever_may_start_is_the_head_referee_of_the_match(cup: TestedDesk) -> None:
    cup.clock.now_ms = TEN
    lou = cup.does(commands.AddPerson(name="Lou", roles=frozenset()), DESK).value
    at_the_desk = Acting(person=lou, role=Role.DESK)
    cup.does(commands.StartMatch(match="m-A1", override="nobody else is here"), at_the_desk)
    assert cup.match("A1").start.head_ref == ""  # type: ignore[union-attr]
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1), at_the_desk)
    cup.does(commands.EditEvent(head_refs=HeadRefs.ANYONE), at_the_desk)
    cup.does(commands.StartMatch(match="m-B1"), at_the_desk)
    assert cup.match("B1").start.head_ref == lou  # type: ignore[union-attr]


def test_an_event_named_for_the_first_time_loses_its_name_again_with_the_undo() -> None:
    nameless = TestedDesk()
    nameless.does(commands.AddField(name="North"), ORGANISER)
    nameless.does(commands.EditEvent(name="Pine Cup"), ORGANISER)
    nameless.does(commands.Undo(), ORGANISER)
    assert nameless.event.info.name == "cup"
    nameless.restart()
    assert nameless.event.info.name == "cup"
