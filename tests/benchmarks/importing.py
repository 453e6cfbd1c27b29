"""Taking in a results file as large as a real event, against only parsing its JSON."""

from __future__ import annotations

import json
import random
from typing import Any

from arctos_desk.app.files import contents_of
from arctos_desk.app.importing import import_into
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.tournament.kinds import Role
from arctos_desk.wire.signing import DeviceKey
from tests.benchmarks.days import FIRST_DAY, team_name
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import quickest, timed

MATCHES, TEAMS, FIELDS = 137, 26, 8
_ORGANISER = Acting(role=Role.ORGANISER)


def measure(*, quick: bool) -> list[Measured]:
    """The file read, its records made, signed, folded and the day solved; the log is in memory."""
    raw = json.dumps(results_of(20 if quick else MATCHES), ensure_ascii=False, indent=1).encode()
    times = 2 if quick else 7
    ours = min(_import_once(raw, seed) for seed in range(times))
    base = quickest(lambda: json.loads(raw), times=times)
    return [
        Measured(
            id="import",
            what=f"import of a results file of {20 if quick else MATCHES} matches",
            ours=ours * 1_000,
            unit="ms",
            base=base * 1_000,
            against="parsing its JSON",
        )
    ]


def _import_once(raw: bytes, seed: int) -> float:
    chance = random.Random(seed).randbytes
    desk = Desk(
        MemoryLog("cup"), signer=DeviceKey(chance(32)), clock=lambda: FIRST_DAY, chance=chance, build="benchmark"
    )
    desk.perform(commands.CreateEvent(name="A day on grass"), _ORGANISER)
    return timed(lambda: import_into(desk, contents_of(raw, "results.json"), _ORGANISER, chance=chance))


def results_of(matches: int) -> list[dict[str, Any]]:
    """The results of an event as the service gives them: fields are to be told from slots that repeat."""
    chance = random.Random(matches)
    listed = []
    for number in range(matches):
        slot, field = divmod(number, FIELDS)
        one, other = (2 * field + slot * 5) % TEAMS, (2 * field + 1 + slot * 5) % TEAMS
        lost = chance.randrange(5)
        first_wins = chance.random() < 0.5
        sets = [(5, lost), (5, 2)] if first_wins else [(lost, 5), (2, 5)]
        listed.append(
            {
                "tournament_id": 12,
                "name": f"Group {field + 1} - {slot + 1}. Match",
                "tournament": "Measured Cup",
                "city": "Fir Hollow",
                "timestamp": f"2026-05-{2 + slot // 10:02} {9 + slot % 10:02}:00",
                "first_team_id": 100 + one,
                "second_team_id": 100 + other,
                "victorious_team_id": 100 + (one if first_wins else other),
                "first_team": team_name(one),
                "second_team": team_name(other),
                "victorious_team": team_name(one if first_wins else other),
                "mode": "Best of Two, 5 Skulls",
                "group_id": field,
                "group": f"Group {field + 1}",
                "sets_first_team": 2 if first_wins else 0,
                "sets_second_team": 0 if first_wins else 2,
                "points_first_team": sum(pair[0] for pair in sets),
                "points_second_team": sum(pair[1] for pair in sets),
                "score_total": " - ".join(f"{pair[0]}:{pair[1]}" for pair in sets),
            }
        )
    return listed
