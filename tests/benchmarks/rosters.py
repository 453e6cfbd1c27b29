"""Taking in a list of two thousand players that was pasted, against csv.reader and plain dictionaries of the same text.

The text is read, compared with who is there, near names included, and committed to an event file: log, journal, person
records and projections. The same list once more is only compared.
"""

from __future__ import annotations

import csv
import io
import random
from contextlib import ExitStack

from arctos_desk.interchange.roster_preview import RosterPreview, preview
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk
from tests.benchmarks.days import event_of
from tests.benchmarks.on_disk import desk_on_disk
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import quickest, timed

PLAYERS, TEAMS = 2_000, 128
GOAL_S = 2
_SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "tu",
    "ben",
    "jan",
    "fe",
    "li",
    "so",
    "der",
    "mann",
    "sch",
    "ne",
    "wil",
    "hel",
    "ot",
    "quas",
    "ten",
]


def measure(*, quick: bool) -> list[Measured]:
    """The best of a few lists: each goes into an event of its own."""
    players = 200 if quick else PLAYERS
    text = list_of(players)
    base = quickest(lambda: _plain(text), times=2 if quick else 5)
    runs = [_import_once(text) for _ in range(1 if quick else 3)]
    read, compared, saved, again = min(runs, key=lambda run: sum(run[:3]))
    whole = read + compared + saved
    return [
        Measured(
            id="rosters",
            what=f"{players:,} pasted players read, compared and saved",
            ours=whole * 1_000,
            unit="ms",
            base=base * 1_000,
            against="csv.reader into plain dictionaries",
            goal=f"under {GOAL_S} s",
            met=None if quick else whole < GOAL_S,
            more={
                "read": read * 1_000,
                "compare": compared * 1_000,
                "save": saved * 1_000,
                "compare again": again * 1_000,
            },
        )
    ]


def _import_once(text: str) -> tuple[float, float, float, float]:
    """Seconds of reading, comparing, saving, and of comparing with what is then there."""
    with ExitStack() as stack:
        desk, _, _, somebody = stack.enter_context(desk_on_disk(event_of(24, fields=6)))
        table = read_rosters(text)
        read = timed(lambda: read_rosters(text))
        found: list[RosterPreview] = []
        compared = timed(lambda: found.append(preview(table, desk.state)))
        saved = timed(lambda: _save(desk, found[0], somebody))
        again = timed(lambda: found.append(preview(table, desk.state)))
        assert len(desk.state.event.players) == len(table.rows)
        assert not found[1].takes_anything
    return read, compared, saved, again


def _save(desk: Desk, seen: RosterPreview, somebody: Acting) -> None:
    desk.perform(seen.order, somebody)


def _plain(text: str) -> list[dict[str, str]]:
    """The least that any reader does."""
    rows = csv.reader(io.StringIO(text), delimiter="\t")
    heading = next(rows)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def list_of(players: int) -> str:
    """A list as an organiser copies it: names that come near each other, numbers, ticks, a few injuries."""
    chance = random.Random(players)

    def name() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()

    rows = ["Team\tName\tJersey name\tNumber\tPaid\tHead ref\tInjury\tInjury public"]
    for number in range(players):
        team = number * TEAMS // players
        hurt = "sprained ankle" if number % 40 == 0 else ""
        rows.append(
            f"Team {team + 1}\t{name()} {name()}\t{name()}\t{number % 99 + 1}\tyes\t{'x' if number % 20 == 0 else ''}"
            f"\t{hurt}\t{'yes' if hurt else ''}"
        )
    return "\n".join(rows)
