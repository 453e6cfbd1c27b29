"""The start of the built program against that from source, both until the board of an event is painted; and its size.

Asked for by name, because the program must be built first: `make bundle`.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from tests.benchmarks.children import CHECKOUT, child
from tests.benchmarks.days import event_of
from tests.benchmarks.event_there import make_event
from tests.benchmarks.on_disk import folder
from tests.benchmarks.starting import Painted
from tests.benchmarks.table import Measured

PROGRAM = CHECKOUT / "dist" / "arctos-desk" / "arctos-desk"
SOURCE = "arctos_desk.app.cli"


def measure(*, quick: bool) -> list[Measured]:
    """Both in turn, the middle one counts; the first start of each is not counted."""
    if not PROGRAM.is_file():
        raise RuntimeError("there is no built program; make bundle builds it")
    times = 1 if quick else 7
    matches = 12 if quick else 150
    with folder() as home:
        path = make_event(home, event_of(matches, fields=6, played=matches // 2))
        start(PROGRAM, path, home)
        start(SOURCE, path, home)
        pairs = [(start(PROGRAM, path, home), start(SOURCE, path, home)) for _ in range(times)]
    built, source = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    files = [one for one in PROGRAM.parent.rglob("*") if one.is_file() and not one.is_symlink()]
    return [
        Measured(
            id="bundle-start",
            what=f"built program: process start to painted board, {matches} matches",
            ours=statistics.median(one.after_s for one in built) * 1_000,
            unit="ms",
            base=statistics.median(one.after_s for one in source) * 1_000,
            against="the same from source",
            more={
                "quickest": min(one.after_s for one in built) * 1_000,
                "times in cpu": min(one.cpu_s for one in built) / min(one.cpu_s for one in source),
            },
        ),
        Measured(
            id="bundle-size",
            what="built program: the folder with all it needs",
            ours=sum(one.stat().st_size for one in files) / 1e6,
            unit="MB",
            base=sum(one.stat().st_size for one in files if "PySide6" in one.parts) / 1e6,
            against="the toolkit in it",
        ),
    ]


def start(program: str | Path, event: Path, home: Path) -> Painted:
    """Start it on an event, wait for the picture of its board, and let it leave. Its memory is not looked at."""
    with child(program, "open", str(event), "--window", "--first-paint", home=home) as lines:
        for line in lines:
            if line.text.startswith("painted "):
                return Painted(line.after_s, float(line.text.split()[1]), 0.0)
    raise RuntimeError(f"{program} was never painted")
