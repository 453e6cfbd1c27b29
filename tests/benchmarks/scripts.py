"""Evaluating scripts, against the same question asked in plain Python of the same dictionaries.

The reference implementation is not at hand; what it needed was measured once and is written in spec ass.md §12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from arctos_desk.ass import TagEntry, Value, evaluate_text
from arctos_desk.scheduling.ass_words import MatchFacts, world_of
from arctos_desk.tournament.kinds import Side, Status
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import per_second

TEAMS, MATCHES = 16, 60
GOAL_TIMES = 50
QUESTION_REFERENCE, QUESTION_KEPT = 56.0, 707.0
POOL_REFERENCE, POOL_KEPT = 1.9, 1.9
"""Evaluations in a second, the better of two runs, with its database: as its solver runs them, making a parser for
each call, and with its parser kept (spec ass.md §12, a and b; of b only the second was measured, the first is less)."""


class Pool:
    """One pool that has been played: the facts that scripts ask for."""

    def __init__(self, *, lists: bool) -> None:
        """With `lists`, two variables hold the teams and the matches of the pool."""
        self.lists = lists
        self.teams = [f"team-{n}" for n in range(TEAMS)]
        pairs = [pair for n, pair in enumerate(combinations(self.teams, 2)) if n % 2 == 0][:MATCHES]
        self.by_name = {
            f"P-{n}": MatchFacts(
                id=f"m{n}",
                name=f"P-{n}",
                team1=one,
                team2=other,
                winner=Side.TEAM1 if n * 7 % 3 else Side.TEAM2,
                status=Status.COMPLETED,
                points=(10 if n * 7 % 3 else n % 10, n % 10 if n * 7 % 3 else 10),
            )
            for n, (one, other) in enumerate(pairs)
        }
        self.by_id = {match.id: match for match in self.by_name.values()}

    def is_team(self, team: str, /) -> bool:
        return team in self.teams

    def match_named(self, name: str, /) -> MatchFacts | None:
        return self.by_name.get(name)

    def match(self, match_id: str, /) -> MatchFacts:
        return self.by_id[match_id]

    def matches(self) -> Iterable[MatchFacts]:
        return self.by_name.values()

    def tag(self, name: str, /) -> TagEntry | None:
        return None

    def variables(self) -> Iterable[tuple[str, str]]:
        if not self.lists:
            return []
        teams = " ".join(f"[{team}]" for team in self.teams)
        rows = " ".join("{" + name + "}" for name in self.by_name)
        return [("pool", f"(list {teams})"), ("rows", f"(list {rows})")]

    def team_names(self) -> Iterable[str]:
        return self.teams

    def tag_names(self) -> Iterable[str]:
        return []


QUESTION = "(== 0 (losses [team-3]))"
STANDINGS = "(sort-by pool (lambda (t) (- 0 (wins t rows))) (lambda (t) (- (points-lost t rows) (points-won t rows))))"


def measure(*, quick: bool) -> list[Measured]:
    """A small question, and the standings of a pool."""
    for_s = 0.15 if quick else 1.5
    question, pool_rates = (QUESTION_REFERENCE, QUESTION_KEPT), (POOL_REFERENCE, POOL_KEPT)
    cases: list[tuple[str, str, str, tuple[float, float], Callable[[Pool], object]]] = [
        ("script-question", QUESTION, "a question: did a team lose?", question, _question_in_python),
        ("script-standings", STANDINGS, "standings of 16 teams, 60 matches", pool_rates, _standings_in_python),
    ]
    found = []
    for row_id, text, what, (reference, kept), in_python in cases:
        pool = Pool(lists=text is STANDINGS)
        world = world_of(pool)
        answer = evaluate_text(text, world)
        if not isinstance(answer, Value):
            raise RuntimeError(f"{text} gives no value: {answer}")
        # A world answers for one moment: each evaluation asks a new one, as the solver does after each fact.
        ours = per_second(lambda text=text, pool=pool: evaluate_text(text, world_of(pool)), for_s=for_s)
        base = per_second(lambda in_python=in_python, pool=pool: in_python(pool), for_s=for_s)
        found.append(
            Measured(
                id=row_id,
                what=f"script, {what}",
                ours=ours,
                unit="per s",
                base=base,
                against="the same in plain Python",
                goal=f"{GOAL_TIMES} x the reference ({reference:g} per s recorded)",
                met=None if quick else ours >= GOAL_TIMES * reference,
                more={"times the reference": ours / reference, "with its parser kept": ours / kept},
            )
        )
    return found


def _question_in_python(pool: Pool) -> bool:
    return _losses(pool, "team-3") == 0


def _losses(pool: Pool, team: str) -> int:
    return sum(
        (match.winner is Side.TEAM2 and match.team1 == team) or (match.winner is Side.TEAM1 and match.team2 == team)
        for match in pool.by_name.values()
    )


def _standings_in_python(pool: Pool) -> list[str]:
    wins: dict[str, int] = dict.fromkeys(pool.teams, 0)
    points: dict[str, int] = dict.fromkeys(pool.teams, 0)
    for match in pool.by_name.values():
        one, other = match.team1 or "", match.team2 or ""
        wins[one if match.winner is Side.TEAM1 else other] += 1
        points[one] += match.points[0] - match.points[1]
        points[other] += match.points[1] - match.points[0]
    return sorted(pool.teams, key=lambda team: (-wins[team], -points[team]))
