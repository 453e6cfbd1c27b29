"""`python -m tests.crash --cuts N [--seed S]`: cut N times, print a table, leave with 1 when anything was lost."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.harness import cut_often, table


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Kill the writer at random moments and look whether anything was lost."
    )
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = secrets.randbelow(1 << 31) if asked.seed is None else asked.seed
    print(f"{asked.cuts} cuts, seed {seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="arctos-crash-") as folder:
        tally = cut_often(Path(folder), cuts=asked.cuts, seed=seed, tell=lambda line: print(line, flush=True))
    print(table(tally))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
