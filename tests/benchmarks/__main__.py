"""Print the benchmark table: `python -m tests.benchmarks`, or `make bench`.

Every figure stands beside a baseline from the same run: the ratio can be compared between machines, the figure cannot.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence

from tests.benchmarks.table import Measured, as_json, print_table

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MEASURES = ("starting", "results", "commits", "solving", "replay", "scripts", "importing", "rosters", "board", "memory")
ON_REQUEST = ("bundle",)
"""Measures of what `make bench` does not build by itself."""


def run(*, quick: bool, only: Sequence[str] = (), told: Callable[[str], object] = lambda _: None) -> list[Measured]:
    """The rows of the measures named, or of all."""
    rows: list[Measured] = []
    for name in only or MEASURES:
        began = time.perf_counter()
        rows += importlib.import_module(f"tests.benchmarks.{name}").measure(quick=quick)
        told(f"{name}: {time.perf_counter() - began:.0f} s")
    return rows


def machine() -> str:
    """What the figures were measured on."""
    cores = os.cpu_count() or 1
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} "
        f"{platform.machine()}, {cores} cores{load}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once: shows that every row can be measured")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("only", nargs="*", metavar="MEASURE", help=f"only these: {', '.join(MEASURES + ON_REQUEST)}")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.only if name not in MEASURES + ON_REQUEST]
    if unknown:
        parser.error(f"no such measure: {', '.join(unknown)}")
    here = machine()
    rows = run(quick=options.quick, only=options.only, told=lambda line: print(line, file=sys.stderr, flush=True))
    if options.json:
        print(as_json(rows, machine=here))
    else:
        print_table(rows, machine=here)
    return 0


if __name__ == "__main__":
    sys.exit(main())
