"""Schedule files: what is read, what is refused with its line, what an import changes and what it leaves."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from arctos_desk.scheduling.schedule_file import (
    file_uuid,
    import_schedule,
    read_schedule,
    record_id,
    write_schedule,
)
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.kinds import MatchKind, Stage
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Event, EventInfo, Team, Variable
from arctos_desk.tournament.registers import apply
from arctos_desk.tournament.tokens import OutcomeSlot, TagSlot, TeamSlot
from tests.scheduling.days import MORNING, events
from tests.scheduling.events import at, ended, event, row, started
from tests.trying import tries

SMALL = """
[[fields]]
name = "North"

[[matches]]
name = "A1"
field = "North"
nominal_length = 30
scheduled_start_time = "2026-05-02T10:00:00"
team1_initial = "Rot"
team2_initial = "Blau"

[[matches]]
name = "A2"
field = "North"
schedule_type = "FAST"
nominal_length = 20
previous_match = "A1"
team1_initial = "A1::winner"
team2_initial = "Gelb"
refs_initial = "A1::loser, Lila"
"""


def chance() -> Callable[[int], bytes]:
    made = iter(range(1, 1_000_000))
    return lambda count: next(made).to_bytes(count, "big")


def empty(*teams: str) -> Event:
    return Event(
        info=EventInfo(id="cup", name="Cup"),
        teams={f"id-{name}": Team(id=f"id-{name}", key=name, name=f"{name} FC") for name in teams},
    )


def imported(event_: Event, text: str, **how: bool) -> Event:
    return apply(event_, import_schedule(event_, read_schedule(text), chance=chance(), now_ms=MORNING, **how).writes)


def named(event_: Event) -> dict[str, str]:
    return {match.name: match.id for match in event_.matches.values()}


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_schedule(text)
    return refused.value.problems


# reading


def test_every_error_is_told_at_once_with_its_line() -> None:
    text = """# a comment
tags = [{name = "Seed"}]
[[fields]]
name = "North"
id = 1.5

[[matches]]
name = "A1"
field = "Moon"
team1_initial = "tag::"
team2_initial = "A::b"

[[matches]]
name = "A/2"
schedule_type = "SLOW"
nominal_length = "30"
ribbon = "yes"
scheduled_start_time = "tomorrow"
refs_initial = ["Rot"]
team1_initial = "Nobody::winner"
team2_initial = "tag::Nothing"
"""
    assert [(problem.code, problem.place) for problem in problems(text)] == [
        ("FIELD_NOT_IN_FILE", "line 9: matches A1 field"),
        ("EMPTY_TAG", "line 10: matches A1 team1_initial"),
        ("BAD_SUFFIX", "line 11: matches A1 team2_initial"),
        ("MATCH_NOT_IN_FILE", "line 20: matches A/2 team1_initial"),
        ("TAG_NOT_IN_FILE", "line 21: matches A/2 team2_initial"),
        ("BAD_ID", "line 5: fields North id"),
        ("NAME_CHARS", "line 14: matches A/2 name"),
        ("TYPE", "line 15: matches A/2 schedule_type"),
        ("WRONG_TYPE", "line 17: matches A/2 ribbon"),
        ("BAD_TIME", "line 18: matches A/2 scheduled_start_time"),
        ("WRONG_TYPE", "line 19: matches A/2 refs_initial"),
        ("WRONG_TYPE", "line 16: matches A/2 nominal_length"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[fields]", "NOT_TOML"),
        ("a = " + "[" * 3_000, "NOT_TOML"),
        ("a = " + "9" * 6_000, "NOT_TOML"),
        ("a = 2026-13-45", "NOT_TOML"),
        ('tags = ["A"]', "NOT_ARRAY_OF_TABLES"),
        ("matches = 3", "NOT_ARRAY_OF_TABLES"),
        ("# " + "x" * 2_000_001, "TOO_LONG"),
        ("[[tags]]\nid = 3", "NAME_REQUIRED"),
        ('[[tags]]\nname = "A"\n[[tags]]\nname = "A"', "NAME_TAKEN"),
        ('[[matches]]\nname = "A"\nscheduled_start_time = "0001-01-01T00:00:00+14:00"', "BAD_TIME"),
        ('[[matches]]\nname = "A"\nscheduled_start_time = 2026-05-02', "BAD_TIME"),
        ('[[matches]]\nname = "A"\nnominal_length = -1', "LENGTH"),
        ('[[matches]]\nname = "A"\nuuid = "../../etc"', "BAD_ID"),
        ('[[variables]]\nname = "if"\nexpression = "1"', "RESERVED_NAME"),
        ('[[variables]]\nname = "1x"\nexpression = "1"', "BAD_NAME"),
        ('[[variables]]\nname = "x"', "EXPRESSION_REQUIRED"),
        ('[[variables]]\nname = "x"\nexpression = "("', "UNCLOSED"),
        ('[[variables]]\nname = "x"\nexpression = "y"\n[[variables]]\nname = "y"\nexpression = "x"', "VARIABLE_CYCLE"),
    ],
)
def test_what_is_wrong_is_refused(text: str, code: str) -> None:
    assert code in [problem.code for problem in problems(text)]


def test_a_suffix_in_another_case_is_a_reference_like_any_other() -> None:
    cup = imported(empty("Rot", "Blau", "Gelb", "Lila"), SMALL.replace("A1::winner", "A1::Winner"))
    assert cup.matches[named(cup)["A2"]].team1 == OutcomeSlot(named(cup)["A1"], "winner")


def test_times_with_an_offset_are_converted_and_toml_times_are_read() -> None:
    with_offset = SMALL.replace('"2026-05-02T10:00:00"', "2026-05-02T12:00:00+02:00")
    cup = imported(empty("Rot"), with_offset)
    assert cup.matches[named(cup)["A1"]].planned_ms == from_iso("2026-05-02T10:00:00")


# importing


def test_a_file_makes_fields_matches_slots_and_links() -> None:
    cup = imported(empty("Rot", "Blau", "Gelb", "Lila"), SMALL)
    ids = named(cup)
    second = cup.matches[ids["A2"]]
    assert [field.name for field in cup.fields.values()] == ["North"]
    assert (second.kind, second.previous_id, second.length_min) == (MatchKind.FAST, ids["A1"], 20)
    assert second.team2 == TeamSlot("id-Gelb")
    assert second.referees == (OutcomeSlot(ids["A1"], "loser"), TeamSlot("id-Lila"))


def test_teams_are_known_by_key_and_by_name() -> None:
    cup = imported(empty("Rot"), SMALL.replace('"Rot"', '"Rot FC"'))
    assert cup.matches[named(cup)["A1"]].team1 == TeamSlot("id-Rot")


def test_unknown_teams_become_tags_once_each_in_order_also_in_conditions() -> None:
    text = SMALL.replace('refs_initial = "A1::loser, Lila"', 'skip_condition = "(won? [Who] {A1}) ; [not this]"')
    event_ = empty("Rot")
    done = import_schedule(event_, read_schedule(text), chance=chance())
    after = apply(event_, done.writes)
    assert [dict(finding.words.params)["team"] for finding in done.findings] == ["Blau", "Gelb", "Who"]
    assert [tag.name for tag in after.tags.values()] == ["Blau", "Gelb", "Who"]
    second = after.matches[named(after)["A2"]]
    assert second.skip_condition == "(won? [tag::Who] {A1}) ; [not this]"
    assert second.team2 == TagSlot(next(tag.id for tag in after.tags.values() if tag.name == "Gelb"))


def test_importing_the_same_file_again_changes_nothing() -> None:
    cup = imported(empty("Rot", "Blau"), SMALL)
    again = import_schedule(cup, read_schedule(SMALL), chance=chance())
    assert again.writes == {}
    assert (again.counts["matches_created"], again.counts["matches_updated"]) == (0, 2)


def test_a_row_is_found_by_name_and_keeps_what_happened_to_it() -> None:
    cup = imported(empty("Rot", "Blau"), SMALL)
    first = named(cup)["A1"]
    day = ended(started(cup, first, "10:00"), first, "10:30")
    later = imported(day, SMALL.replace("nominal_length = 30", "nominal_length = 35"))
    assert later.matches[first].length_min == 35
    assert (later.matches[first].stage, later.matches[first].result) == (Stage.ENDED, day.matches[first].result)


def test_an_empty_previous_match_clears_the_link_and_a_missing_one_keeps_it() -> None:
    cup = imported(empty("Rot"), SMALL)
    second = named(cup)["A2"]
    kept = imported(cup, SMALL.replace('previous_match = "A1"\n', ""))
    assert kept.matches[second].previous_id == named(cup)["A1"]
    cleared = imported(cup, SMALL.replace('previous_match = "A1"', 'previous_match = ""'))
    assert cleared.matches[second].previous_id is None


def test_what_the_file_does_not_name_goes_unless_it_was_played() -> None:
    cup = imported(empty("Rot"), SMALL)
    ids = named(cup)
    other = '[[fields]]\nname = "South"\n[[matches]]\nname = "B1"\nfield = "South"\n'
    done = import_schedule(cup, read_schedule(other), chance=chance())
    assert set(done.deleted_matches) == set(ids.values())
    assert [field.name for field in apply(cup, done.writes).fields.values()] == ["South"]

    day = started(cup, ids["A1"], "10:00")
    careful = import_schedule(day, read_schedule(other), chance=chance())
    assert (careful.deleted_matches, careful.kept_matches) == ((ids["A2"],), (ids["A1"],))
    assert "PLAYED_KEPT" in [finding.code for finding in careful.findings]
    after = apply(day, careful.writes)
    assert ids["A1"] in after.matches
    assert {field.name for field in after.fields.values()} == {"North", "South"}

    with_consent = imported(day, other, delete_played=True)
    assert ids["A1"] not in with_consent.matches
    assert len(imported(day, other, delete=False).matches) == 3


def test_variables_are_matched_by_name_and_left_alone_without_a_section() -> None:
    cup = replace(empty("Rot"), variables={"v": Variable(id="v", name="margin", expression="1")})
    assert imported(cup, SMALL).variables == cup.variables
    text = '[[variables]]\nname = "margin"\nexpression = "2"\n[[variables]]\nname = "other"\nexpression = "3"\n'
    changed = imported(cup, text)
    assert {one.name: (one.id == "v", one.expression) for one in changed.variables.values()} == {
        "margin": (True, "2"),
        "other": (False, "3"),
    }


def test_a_tag_whose_team_is_unknown_comes_unassigned_and_is_said() -> None:
    event_ = empty("Rot")
    text = '[[tags]]\nname = "Seed"\nteam = "Who"\n[[tags]]\nname = "Host"\nteam = "Rot"\n'
    done = import_schedule(event_, read_schedule(text), chance=chance(), now_ms=5)
    tags = {tag.name: tag for tag in apply(event_, done.writes).tags.values()}
    assert [finding.code for finding in done.findings] == ["TAG_TEAM_UNKNOWN"]
    assert (tags["Seed"].team_id, tags["Host"].team_id, tags["Host"].assigned_ms) == (None, "id-Rot", 5)


def test_a_uuid_is_created_as_given_and_found_again_under_a_new_name() -> None:
    uuid = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
    text = SMALL.replace('name = "A1"\n', f'name = "A1"\nuuid = "{uuid}"\n')
    cup = imported(empty("Rot"), text)
    assert uuid in cup.matches
    renamed = imported(cup, text.replace('"A1"', '"Opener"').replace("A1::", "Opener::"))
    assert renamed.matches[uuid].name == "Opener"
    assert len(renamed.matches) == 2


def test_own_ids_are_uuids_in_files_and_come_back() -> None:
    own = "0123456789abcdef0123"
    assert file_uuid(own) == "01234567-89ab-8cde-8f01-230000000000"
    assert record_id(file_uuid(own)) == own
    assert record_id("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa") == "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


# exporting


@settings(deadline=None, max_examples=tries(60))
@given(events())
def test_a_file_that_was_written_gives_the_same_plan_in_another_event(event_: Event) -> None:
    solution = solve(event_, now_ms=MORNING)
    text = write_schedule(event_, solution)
    other = imported(replace(empty(), teams=event_.teams), text)
    rows = solve(other, now_ms=MORNING).rows

    def plans(one: Event, found: object) -> dict[tuple[str, str | None], object]:
        assert isinstance(found, dict)
        return {
            (match.name, one.fields[match.field_id or ""].name): (found[match.id].plan_ms, found[match.id].status)
            for match in one.matches.values()
        }

    assert plans(other, rows) == plans(event_, solution.rows)
    assert import_schedule(other, read_schedule(text), chance=chance()).writes == {}


def test_texts_survive_whatever_they_hold() -> None:
    odd = 'Ä "quoted" back\\slash \x7f'
    script = '; a comment\n(\t"é" \x01)'
    cup = event(row(odd, start="10:00", id_="a"), row("B", "FAST", after="a", skip=script))
    read = read_schedule(write_schedule(cup, solve(cup, now_ms=at("09:00")))).matches
    assert [(one.name, one.skip_condition) for one in read] == [(odd, ""), ("B", script)]


# hostile files


def mutated(text: str, rnd: random.Random) -> str:
    letters = list(text)
    for _ in range(rnd.randint(1, 3)):
        place = rnd.randrange(len(letters))
        match rnd.randrange(5):
            case 0:
                del letters[place]
            case 1:
                letters.insert(place, rnd.choice("\"'[]{}=#\n\\,:;()\x00é\ud800" + chr(rnd.randrange(32, 1200))))
            case 2:
                other = rnd.randrange(len(letters))
                letters[place], letters[other] = letters[other], letters[place]
            case 3:
                length = rnd.randrange(1, 40)
                letters[place:place] = letters[place : place + length]
            case _:
                letters[place] = rnd.choice('0123456789-TZ:."')
    return "".join(letters)


def test_mutated_files_are_read_or_refused_with_reasons_never_anything_else() -> None:
    rnd = random.Random(20260502)
    sources = [path.read_text(encoding="utf-8") for path in sorted(Path("tests/conformance/toml").glob("*.toml"))]
    sources.append(SMALL)
    base = empty("Rot", "Blau")
    read = 0
    for _ in range(400):
        text = mutated(rnd.choice(sources), rnd)
        try:
            file = read_schedule(text)
            done = import_schedule(base, file, chance=chance())
        except Refused as refused:
            told = refused.problems
            assert told, text
            assert all(problem.words.msgid and problem.code for problem in told), text
            continue
        read += 1
        after = apply(base, done.writes)
        write_schedule(after, solve(after, now_ms=MORNING))
    assert 40 < read < 360
