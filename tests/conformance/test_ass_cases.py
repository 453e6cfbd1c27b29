"""The example cases of the reference language: unmarked ones to the letter, our rule for the others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from arctos_desk.ass.canonical import canonical, type_names
from arctos_desk.ass.evaluator import Failure, Outcome, Unresolved, Value, evaluate_text
from arctos_desk.ass.reader import read
from arctos_desk.ass.world import TagEntry, World
from arctos_desk.scheduling.ass_words import MatchFacts, dependencies, world_of
from arctos_desk.tournament.kinds import Side, Status

FOLDER = Path(__file__).parent / "ass"
FIXTURES = json.loads((FOLDER / "fixtures.json").read_text(encoding="utf-8"))
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
PLAIN = [case for case in CASES if not case.get("quirk")]

BETTER = {
    "pub-logic-004": ("eq-incomparable", "value", False),
    "pub-logic-005": ("bool-int-eq", "value", False),
    "pub-logic-012": ("no-short-circuit", "value", False),
    "pub-logic-014": ("quoted-symbol", "value", {"symbol": "yes-branch"}),
    "pub-binding-011": ("param-shadow", "value", 6),
    "pub-binding-012": ("unwrap", "value", [8]),
    "pub-lists-014": ("quoted-symbol", "value", False),
    "pub-tournament-052": ("no-short-circuit", "value", False),
}
"""What we answer where the reference took an odd path (spec ass.md §13), and the rule that says so."""


class Fixture:
    """One tournament of fixtures.json, as facts for scripts."""

    def __init__(self, stated: dict[str, Any]) -> None:
        self.stated = stated
        self.by_name = {m["name"]: self._match(m) for m in stated["matches"]}

    @staticmethod
    def _match(stated: dict[str, Any]) -> MatchFacts:
        winner = {1: Side.TEAM1, 2: Side.TEAM2}.get(stated["winner"])
        points = (stated["points"][0], stated["points"][1])
        return MatchFacts(
            id=f"id of {stated['name']}",
            name=stated["name"],
            team1=stated["team1"],
            team2=stated["team2"],
            winner=winner,
            status=Status(stated["status"]),
            points=points,
        )

    def is_team(self, team: str, /) -> bool:
        return team in self.stated["teams"]

    def match_named(self, name: str, /) -> MatchFacts | None:
        return self.by_name.get(name)

    def match(self, match_id: str, /) -> MatchFacts:
        return self.by_name[match_id.removeprefix("id of ")]

    def matches(self) -> Iterable[MatchFacts]:
        return self.by_name.values()

    def tag(self, name: str, /) -> TagEntry | None:
        for tag in self.stated["tags"]:
            if tag["name"] == name:
                return TagEntry(tag["team"], tag["expression"] or "")
        return None

    def variables(self) -> Iterable[tuple[str, str]]:
        return [(variable["name"], variable["expression"]) for variable in self.stated["variables"]]

    def team_names(self) -> Iterable[str]:
        return list(self.stated["teams"])

    def tag_names(self) -> Iterable[str]:
        return [tag["name"] for tag in self.stated["tags"]]


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    return {name: world_of(Fixture(stated)) for name, stated in FIXTURES.items()}


def kind_of(case: dict[str, Any], outcome: Outcome) -> str:
    if isinstance(outcome, Value):
        return "value"
    if isinstance(outcome, Unresolved):
        return "unresolved"
    return "error" if read(case["expr"]).form is not None else "parse_error"


def answer_of(outcome: Outcome) -> Any:
    assert not isinstance(outcome, Failure)
    return canonical(outcome.value if isinstance(outcome, Value) else outcome.residual)


def same(left: Any, right: Any) -> bool:
    """Equal as JSON: true is not 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["id"])
def test_unmarked_case_has_the_recorded_kind_value_and_residual(case: dict[str, Any], worlds: dict[str, World]) -> None:
    outcome = evaluate_text(case["expr"], worlds[case["fixture"]])
    assert kind_of(case, outcome) == case["expect"]["kind"]
    for key in ("value", "residual"):
        if key in case["expect"]:
            assert same(answer_of(outcome), case["expect"][key])


@pytest.mark.parametrize("case", [c for c in PLAIN if "type" in c["expect"]], ids=lambda case: case["id"])
def test_unmarked_case_has_the_recorded_types_or_more_precise_ones(
    case: dict[str, Any], worlds: dict[str, World]
) -> None:
    outcome = evaluate_text(case["expr"], worlds[case["fixture"]])
    found, recorded = type_names(outcome.types), case["expect"]["type"]
    assert set(found) <= set(recorded) or "UNKNOWN" in recorded
    assert found


@pytest.mark.parametrize("case", [c for c in CASES if "deps" in c], ids=lambda case: case["id"])
def test_case_has_the_recorded_dependencies(case: dict[str, Any]) -> None:
    found = dependencies(case["expr"])
    assert sorted(found.direct) == case["deps"]["direct"]
    if case.get("deps_quirk"):
        assert sorted(found.skip) == sorted(set(case["deps"]["skip"]) - found.direct)
    else:
        assert sorted(found.skip) == case["deps"]["skip"]


@pytest.mark.parametrize("case", [c for c in CASES if c.get("quirk")], ids=lambda case: case["id"])
def test_marked_case_follows_the_better_rule(case: dict[str, Any], worlds: dict[str, World]) -> None:
    rule, kind, value = BETTER[case["id"]]
    assert rule in case["quirk_why"]
    outcome = evaluate_text(case["expr"], worlds[case["fixture"]])
    assert kind_of(case, outcome) == kind
    assert same(answer_of(outcome), value)


@pytest.mark.parametrize("case", [c for c in PLAIN if c["expect"].get("display")], ids=lambda case: case["id"])
def test_display_of_a_value_reads_as_the_same_value(case: dict[str, Any], worlds: dict[str, World]) -> None:
    from arctos_desk.ass.printer import write_value

    world = worlds[case["fixture"]]
    outcome = evaluate_text(case["expr"], world)
    assert not isinstance(outcome, Failure)
    shown = write_value(outcome.value if isinstance(outcome, Value) else outcome.residual)
    again = evaluate_text(shown, world)
    assert kind_of({"expr": shown}, again) == case["expect"]["kind"]
    assert same(answer_of(again), answer_of(outcome))
