"""Changing a schedule: what is refused, what closes up, what stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctos_desk.scheduling import chain, edits
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage, Status
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Event, Point
from arctos_desk.tournament.registers import Writes, apply
from arctos_desk.tournament.tokens import OutcomeSlot, TagSlot, TeamSlot, UnknownSlot
from tests.scheduling.days import FIELDS, MORNING, TEAMS, events
from tests.scheduling.events import at, ended, event, row, started
from tests.trying import tries

NOW = at("09:00")


@pytest.fixture
def chain_of_three() -> Event:
    return event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "SAFE", after="A1", teams=("Gelb", "Lila")),
        row("A3", "FAST", after="A2", teams=("A1::winner", "A2::loser"), referees=("A1::loser",)),
    )


def edited(event_: Event, match: str, now: int = NOW, **changes: Any) -> Event:
    solution = solve(event_, now_ms=now)
    return apply(event_, edits.edit_match(event_, solution, match, now_ms=now, **changes))


def codes(order: Callable[[], Any]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        order()
    return refused.value.codes


def test_a_moved_match_leaves_a_closed_chain_and_opens_another(chain_of_three: Event) -> None:
    moved = edited(chain_of_three, "A3", previous_id="A1")
    assert {match.id: match.previous_id for match in moved.matches.values()} == {"A1": None, "A2": "A3", "A3": "A1"}


def test_an_edit_without_a_new_place_keeps_the_links(chain_of_three: Event) -> None:
    later = edited(chain_of_three, "A1", planned_ms=at("10:30"))
    assert later.matches["A2"].previous_id == "A1"
    assert solve(later, now_ms=NOW).rows["A2"].plan_ms == at("11:00")


def test_a_detached_match_leaves_its_follower_with_its_plan(chain_of_three: Event) -> None:
    alone = edited(chain_of_three, "A1", planned_ms=at("12:00"), detach=True)
    rows = solve(alone, now_ms=NOW).rows
    assert alone.matches["A2"].previous_id is None
    assert (rows["A1"].plan_ms, rows["A2"].plan_ms) == (at("12:00"), at("10:30"))


def test_an_edit_moves_no_promised_time(chain_of_three: Event) -> None:
    day = ended(started(chain_of_three, "A1", "10:00"), "A1", "10:44")
    shorter = edited(day, "A2", at("10:45"), length_min=20)
    row_ = solve(shorter, now_ms=at("10:45")).rows["A2"]
    assert (row_.live_ms, row_.status, row_.length_min) == (at("10:30"), Status.READY_TO_START, 20)


def test_a_deleted_match_is_scrubbed_from_chain_slots_and_points(chain_of_three: Event) -> None:
    with_point = replace(chain_of_three, points={"p": Point(id="p", match_id="A2", start_ms=NOW, winner=Side.TEAM1)})
    solution = solve(with_point, now_ms=NOW)
    gone = apply(with_point, edits.delete_match(with_point, solution, "A2", now_ms=NOW))
    assert set(gone.matches) == {"A1", "A3"}
    assert gone.matches["A3"].previous_id == "A1"
    assert gone.matches["A3"].team2 == UnknownSlot("A2::loser")
    assert gone.matches["A3"].team1 == OutcomeSlot("A1", "winner")
    assert dict(gone.points) == {}


def test_a_played_match_is_deleted_only_with_consent(chain_of_three: Event) -> None:
    day = started(chain_of_three, "A1", "10:00")
    solution = solve(day, now_ms=NOW)
    assert codes(lambda: edits.delete_match(day, solution, "A1", now_ms=NOW)) == ("LOCKED",)
    assert "A1" not in apply(day, edits.delete_match(day, solution, "A1", now_ms=NOW, consent=True)).matches


def test_every_problem_is_named_at_once(chain_of_three: Event) -> None:
    def order() -> Writes:
        return edits.create_match(
            chain_of_three,
            "new",
            name="A1",
            kind=MatchKind.SAFE,
            field_id="Moon",
            length_min=-1,
            team1=OutcomeSlot("nobody", "winner"),
            team2=TagSlot("nothing"),
        )

    expected = {"NAME_TAKEN", "LENGTH", "PREVIOUS_REQUIRED", "MATCH_UNKNOWN", "TAG_UNKNOWN", "FIELD_UNKNOWN"}
    assert set(codes(order)) == expected


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"name": " "}, "NAME_REQUIRED"),
        ({"name": "a::b"}, "NAME_CHARS"),
        ({"name": "a,b"}, "NAME_CHARS"),
        ({"name": "a/b"}, "NAME_CHARS"),
        ({"name": "A2"}, "NAME_TAKEN"),
        ({"kind": MatchKind.STATBREAK}, "START_REQUIRED"),
        ({"kind": MatchKind.BREAK, "previous_id": "A3", "team1": TeamSlot("Rot")}, "STRUCTURAL_TEAMS"),
        ({"kind": MatchKind.BREAK, "previous_id": "A3", "skip_condition": "true"}, "STRUCTURAL_SKIP"),
        ({"kind": MatchKind.BREAK, "previous_id": "A3", "field_id": None}, "FIELD_REQUIRED"),
        ({"kind": MatchKind.FAST, "previous_id": "gone"}, "PREVIOUS_UNKNOWN"),
        ({"kind": MatchKind.FAST, "previous_id": "A3", "field_id": "South"}, "PREVIOUS_FIELD"),
        ({"length_min": None}, "LENGTH"),
        ({"length_min": 10_081}, "LENGTH"),
        ({"planned_ms": -1}, "START_INVALID"),
        ({"planned_ms": 10**15}, "START_INVALID"),
    ],
)
def test_a_row_that_cannot_be_is_refused(chain_of_three: Event, arguments: dict[str, Any], code: str) -> None:
    cup = replace(
        chain_of_three,
        fields={**chain_of_three.fields, "South": replace(chain_of_three.fields["North"], id="South", name="South")},
    )
    given = {"name": "New", "field_id": "North", "length_min": 30, **arguments}
    assert code in codes(lambda: edits.create_match(cup, "new", **given))


@pytest.mark.parametrize("before", list(MatchKind))
@pytest.mark.parametrize("after", list(MatchKind))
def test_only_the_allowed_changes_of_kind(before: MatchKind, after: MatchKind) -> None:
    cup = event(
        row("First", start="09:30"),
        row("X", before.value, start=None if before.is_dynamic else "10:00", after="First", length=20),
    )
    if before is after or (before, after) in edits.KIND_CHANGES:
        assert edited(cup, "X", kind=after, length_min=20).matches["X"].kind is after
    else:
        assert "TYPE_CHANGE" in codes(lambda: edited(cup, "X", kind=after, length_min=20))


def test_a_static_break_is_locked_from_its_start_on() -> None:
    cup = event(row("Noon", "STATBREAK", start="12:00"))
    assert edited(cup, "Noon", at("11:59"), length_min=50).matches["Noon"].length_min == 50
    assert codes(lambda: edited(cup, "Noon", at("12:00"), length_min=50)) == ("LOCKED",)


def test_one_length_for_many_rows() -> None:
    cup = event(
        row("A1", start="10:00"),
        row("B1", start="10:00", field="South"),
        row("Lunch", "BREAK", after="A1", id_="Lunch@North"),
        row("Lunch", "BREAK", after="B1", field="South", id_="Lunch@South"),
        row("End", "JOIN", after="Lunch@North", length=0),
    )
    day = started(cup, "B1", "10:00")
    solution = solve(day, now_ms=NOW)
    done = edits.bulk_length(day, solution, ["A1", "B1", "Lunch@South", "End", "gone"], 40, now_ms=NOW)
    assert done.updated == 3
    assert done.results == {
        "A1": "updated",
        "B1": "skipped_locked",
        "Lunch@North": "updated",
        "Lunch@South": "updated",
        "End": "skipped_join",
        "gone": "not_found",
    }
    assert codes(lambda: edits.bulk_length(day, solution, ["A1"], 0, now_ms=NOW)) == ("LENGTH",)


def test_push_back_moves_only_unstarted_anchors_of_the_local_day() -> None:
    cup = event(
        row("Late", start="21:30"),
        row("Next", "FAST", after="Late"),
        row("Begun", field="South", start="21:30"),
        row("Early", field="East", start="10:00"),
        row("Noon", "STATBREAK", field="West", start="22:30"),
    )
    day = started(cup, "Begun", "21:30")
    solution = solve(day, now_ms=NOW)
    east = timezone(timedelta(hours=2))
    done = edits.push_back(day, solution, 20, now_ms=NOW, day=date(2026, 5, 2), zone=east)
    assert done.moved == ("Late", "Early")
    pushed = apply(day, edits.push_back(day, solution, 20, now_ms=NOW, day=date(2026, 5, 3), zone=east).writes)
    assert [pushed.matches[name].planned_ms for name in ("Late", "Noon")] == [at("21:30"), at("22:50")]
    assert edits.push_back(day, solution, 0, now_ms=NOW) == edits.PushedBack(writes={})
    assert codes(lambda: edits.push_back(day, solution, 10**9, now_ms=NOW)) == ("START_INVALID",)


def test_force_start_displaces_and_hands_the_winner_on(chain_of_three: Event) -> None:
    day = started(chain_of_three, "A1", "10:00")
    solution = solve(day, now_ms=at("10:10"))
    teams: dict[str, Any] = {"team1": TeamSlot("Gelb"), "team2": TeamSlot("Lila"), "now_ms": at("10:10")}
    assert codes(lambda: edits.force_start(day, solution, "A2", **teams)) == ("CONFLICT_ACTION_REQUIRED",)
    assert codes(lambda: edits.force_start(day, solution, "A2", conflict="complete", **teams)) == (
        "CONFLICT_WINNER_REQUIRED",
    )
    forced = apply(
        day, edits.force_start(day, solution, "A2", conflict="complete", conflict_winner=Side.TEAM2, **teams)
    )
    rows = solve(forced, now_ms=at("10:10")).rows
    assert (rows["A1"].status, rows["A2"].status) == (Status.COMPLETED, Status.READY_TO_START)
    assert (forced.matches["A2"].kind, forced.matches["A2"].previous_id) == (MatchKind.STATIC, None)
    assert (rows["A3"].team1_id, forced.matches["A3"].previous_id) == ("Blau", "A1")
    skipped = apply(day, edits.force_start(day, solution, "A2", conflict="skip", **teams))
    assert skipped.matches["A1"].result is not None
    assert skipped.matches["A1"].result.ending is Ending.SKIPPED


def test_force_start_needs_both_teams(chain_of_three: Event) -> None:
    solution = solve(chain_of_three, now_ms=NOW)

    def order() -> Writes:
        winner = OutcomeSlot("A1", "winner")
        return edits.force_start(chain_of_three, solution, "A3", team1=winner, team2=TeamSlot("Rot"), now_ms=NOW)

    assert codes(order) == ("TEAMS_REQUIRED",)


def test_a_match_that_has_begun_keeps_the_team_its_tag_stood_for() -> None:
    cup = event(
        row("A1", start="10:00", teams=("tag::Host", "Blau"), referees=("tag::Host",)),
        row("A2", "FAST", after="A1", teams=("tag::Host", "Gelb")),
        tags={"Host": "Lila"},
    )
    day = started(cup, "A1", "10:00")
    solution = solve(day, now_ms=NOW)
    taken = apply(day, edits.assign_tag(day, solution, "Host", None, now_ms=NOW))
    rows = solve(taken, now_ms=NOW).rows
    assert (rows["A1"].team1_id, rows["A1"].referee_ids, rows["A2"].team1_id) == ("Lila", ("Lila",), None)
    assert edits.assign_tag(day, solution, "Host", "Lila", now_ms=NOW).keys() == {"match/A1"}
    assert codes(lambda: edits.assign_tag(day, solution, "Guest", "Nobody", now_ms=NOW)) == (
        "TAG_UNKNOWN",
        "TEAM_UNKNOWN",
    )


def test_pinning_leaves_winners_and_losers_as_they_are() -> None:
    cup = event(row("A1", start="10:00", teams=("tag::Host", "Blau")), tags={"Host": "Lila"})
    pinned = apply(cup, edits.pin_tags(cup, solve(cup, now_ms=NOW), "A1"))
    assert (pinned.matches["A1"].team1, pinned.matches["A1"].team2) == (TeamSlot("Lila"), TeamSlot("Blau"))


def ids() -> Callable[[], str]:
    made = iter(range(1000))
    return lambda: f"new-{next(made)}"


def test_a_group_is_made_changed_and_deleted_as_one_thing() -> None:
    cup = event(
        row("A1", start="10:00"),
        row("A2", "FAST", after="A1"),
        row("B1", field="South", start="10:00"),
        row("C1", field="East", start="10:00"),
    )
    new_id = ids()
    solution = solve(cup, now_ms=NOW)
    lunch = apply(
        cup,
        edits.create_group(
            cup,
            solution,
            name="Lunch",
            kind=MatchKind.BREAK,
            field_ids=["North", "South"],
            new_id=new_id,
            length_min=40,
            previous={"North": "A1"},
        ),
    )
    rows = edits.group(lunch, "Lunch")
    assert [(one.field_id, one.previous_id) for one in rows] == [("North", "A1"), ("South", "B1")]
    assert lunch.matches["A2"].previous_id == rows[0].id
    solution = solve(lunch, now_ms=NOW)
    moved = apply(
        lunch,
        edits.update_group(
            lunch, solution, "Lunch", now_ms=NOW, new_id=new_id, length_min=50, field_ids=["South", "East"]
        ),
    )
    assert [(one.field_id, one.previous_id, one.length_min) for one in edits.group(moved, "Lunch")] == [
        ("South", "B1", 50),
        ("East", "C1", 50),
    ]
    assert moved.matches["A2"].previous_id == "A1"
    joined = apply(
        moved,
        edits.update_group(moved, solve(moved, now_ms=NOW), "Lunch", now_ms=NOW, new_id=new_id, kind=MatchKind.JOIN),
    )
    assert {(one.kind, one.length_min) for one in edits.group(joined, "Lunch")} == {(MatchKind.JOIN, 0)}
    gone = apply(joined, edits.delete_group(joined, solve(joined, now_ms=NOW), "Lunch"))
    assert edits.group(gone, "Lunch") == []
    assert codes(lambda: edits.delete_group(gone, solve(gone, now_ms=NOW), "Lunch")) == ("NOT_FOUND",)


def test_a_group_that_exists_is_not_made_twice_and_a_join_needs_a_length_to_become_a_break() -> None:
    cup = event(row("A1", start="10:00"), row("End", "JOIN", after="A1", length=0))
    solution = solve(cup, now_ms=NOW)

    def again(kind: MatchKind) -> Callable[[], Writes]:
        return lambda: edits.create_group(
            cup, solution, name="End", kind=kind, field_ids=["North"], new_id=ids(), length_min=10
        )

    assert codes(again(MatchKind.JOIN)) == ("NAME_TAKEN",)
    assert "NAME_TYPE_CONFLICT" in codes(again(MatchKind.BREAK))
    turn = {"now_ms": NOW, "new_id": ids(), "kind": MatchKind.BREAK}
    assert codes(lambda: edits.update_group(cup, solution, "End", **turn)) == ("LENGTH",)


# whatever is ordered
# ---------------------------------------------------------------------------------------------------

KNOWN_CODES = frozenset(
    {
        "LOCKED",
        "TYPE_CHANGE",
        "GROUP",
        "NAME_TAKEN",
        "NAME_REQUIRED",
        "NAME_CHARS",
        "NAME_TYPE_CONFLICT",
        "STRUCTURAL_TEAMS",
        "STRUCTURAL_SKIP",
        "LENGTH",
        "PREVIOUS_REQUIRED",
        "PREVIOUS_UNKNOWN",
        "PREVIOUS_FIELD",
        "FIELD_REQUIRED",
        "FIELD_UNKNOWN",
        "START_REQUIRED",
        "START_INVALID",
        "TYPE",
        "MIXED",
        "NOT_FOUND",
        "MATCH_UNKNOWN",
        "TAG_UNKNOWN",
        "TEAM_UNKNOWN",
        "TEAMS_REQUIRED",
        "CONFLICT_ACTION_REQUIRED",
        "CONFLICT_WINNER_REQUIRED",
    }
)


@st.composite
def orders(draw: st.DrawFn, event_: Event, number: int) -> Callable[[Event], Writes]:
    ids_ = (*event_.matches, "gone")
    match_id = draw(st.sampled_from(ids_))
    previous = draw(st.none() | st.sampled_from(ids_))
    kind = draw(st.sampled_from(MatchKind))
    field_id = draw(st.sampled_from((*FIELDS, "gone", None)))
    length = draw(st.none() | st.integers(-1, 60))
    planned = draw(st.none() | st.just(MORNING))
    team = draw(
        st.none()
        | st.sampled_from(TEAMS).map(TeamSlot)
        | st.sampled_from(ids_).map(lambda one: OutcomeSlot(one, "winner"))
    )
    new = ids()
    match draw(st.sampled_from(("create", "edit", "move", "delete", "force", "push", "group", "fields", "ungroup"))):
        case "create":
            given_: dict[str, Any] = {"field_id": field_id, "previous_id": previous, "planned_ms": planned}
            return lambda e: edits.create_match(
                e, f"n{number}", name=f"n{number}", kind=kind, length_min=length, team1=team, **given_
            )
        case "edit":
            given_ = {"kind": kind, "length_min": length, "team1": team, "detach": draw(st.booleans())}
            return lambda e: edits.edit_match(e, solve(e, now_ms=MORNING), match_id, now_ms=MORNING, **given_)
        case "move":
            given_ = {"field_id": field_id, "previous_id": previous}
            return lambda e: edits.edit_match(e, solve(e, now_ms=MORNING), match_id, now_ms=MORNING, **given_)
        case "delete":
            return lambda e: edits.delete_match(e, solve(e, now_ms=MORNING), match_id, now_ms=MORNING)
        case "force":
            return lambda e: edits.force_start(
                e, solve(e, now_ms=MORNING), match_id, team1=team, team2=TeamSlot("t0"), now_ms=MORNING
            )
        case "push":
            return lambda e: edits.push_back(e, solve(e, now_ms=MORNING), length or 5, now_ms=MORNING).writes
        case "group":
            fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3))
            return lambda e: edits.create_group(
                e,
                solve(e, now_ms=MORNING),
                name=f"g{number}",
                kind=kind,
                field_ids=fields,
                new_id=lambda: f"g{number}-{new()}",
                length_min=length,
                planned_ms=planned,
            )
        case "fields":
            fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3))
            name = draw(st.sampled_from([match.name for match in event_.matches.values()]))
            return lambda e: edits.update_group(
                e,
                solve(e, now_ms=MORNING),
                name,
                now_ms=MORNING,
                new_id=lambda: f"u{number}-{new()}",
                field_ids=fields,
            )
        case _:
            name = draw(st.sampled_from([match.name for match in event_.matches.values()]))
            return lambda e: edits.delete_group(e, solve(e, now_ms=MORNING), name)


@settings(deadline=None, max_examples=tries(150))
@given(st.data())
def test_whatever_is_ordered_names_stay_unique_and_chains_whole(data: st.DataObject) -> None:
    event_ = data.draw(events())
    for number in range(data.draw(st.integers(1, 6))):
        if not event_.matches:
            break
        order = data.draw(orders(event_, number))
        refused: tuple[str, ...] | None = None
        try:
            event_ = apply(event_, order(event_))
        except Refused as news:
            refused = news.codes
        assert refused is None or (refused and set(refused) <= KNOWN_CODES)
        whole(event_)


def whole(event_: Event) -> None:
    names: Counter[tuple[str, str | None]] = Counter()
    followers: Counter[str] = Counter()
    for match in event_.matches.values():
        names[(match.name, None if match.kind.is_game else match.field_id)] += 1
        if match.previous_id is not None:
            assert match.previous_id in event_.matches
            assert event_.matches[match.previous_id].field_id == match.field_id
            followers[match.previous_id] += 1
        for slot in (match.team1, match.team2, *match.referees):
            assert not isinstance(slot, OutcomeSlot) or slot.match_id in event_.matches
    assert not [name for name, number in names.items() if number > 1]
    assert not [one for one, number in followers.items() if number > 1]
    for match in event_.matches.values():
        seen: set[str] = set()
        at_: str | None = match.id
        while at_ is not None:
            assert at_ not in seen
            seen.add(at_)
            at_ = event_.matches[at_].previous_id
    solve(event_, now_ms=MORNING)


def test_a_row_is_never_put_behind_itself() -> None:
    cup = event(row("A1", start="10:00"), row("A2", "FAST", after="A1"))
    matches = dict(cup.matches)
    chain.insert(matches, "A1", "A1")
    chain.insert(matches, "A1", "gone")
    assert matches == dict(cup.matches)
    chain.insert(matches, "A1", "A2")
    assert [matches[one].previous_id for one in ("A1", "A2")] == ["A2", None]


def test_stages_carry_the_generation_they_are_given(chain_of_three: Event) -> None:
    day = started(chain_of_three, "A1", "10:00")
    writes = edits.force_start(
        day,
        solve(day, now_ms=NOW),
        "A2",
        team1=TeamSlot("Gelb"),
        team2=TeamSlot("Lila"),
        conflict="skip",
        now_ms=NOW,
        next_stage=lambda match_id, stage: [4, int(stage)],
    )
    assert writes["match/A1"]["stage"] == [4, int(Stage.ENDED)]
