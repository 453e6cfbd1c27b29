"""Play many histories: `python -m tests.simulation --histories 100000`.

With `--mutants` show how soon each mistake is caught.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.history import Failed, History
from tests.simulation.mutants import MUTANTS


def _block(bounds: tuple[int, int]) -> tuple[int, list[str]]:
    operations, failures = 0, []
    for seed in range(*bounds):
        try:
            operations += History(seed).play()
        except Failed as failed:
            failures.append(str(failed))
    return operations, failures


def _caught_at(index: int, most: int) -> tuple[str, int | None, int]:
    mutant = MUTANTS[index]
    caught: list[int] = []
    for seed in range(most):
        with mutant.broken():
            try:
                History(seed, mutant.variant).play()
            except (Failed, ValueError, KeyError, IndexError):
                caught.append(seed)
    return mutant.name, caught[0] + 1 if caught else None, len(caught)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--histories", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--mutants", type=int, default=0, metavar="N", help="play N histories of every mutant instead")
    options = parser.parse_args()
    began = time.monotonic()
    if options.mutants:
        print(f"{'mistake':34} {'first caught at':>16} {'caught of ' + str(options.mutants):>18}")
        with ProcessPoolExecutor(options.workers) as pool:
            rows = list(pool.map(_caught_at, range(len(MUTANTS)), [options.mutants] * len(MUTANTS)))
        for name, first, count in rows:
            print(f"{name:34} {first or 'never':>16} {count:>18}")
        return 0 if all(first is not None for _, first, _ in rows) else 1
    step = 100
    last = options.first + options.histories
    blocks = [(start, min(start + step, last)) for start in range(options.first, last, step)]
    operations, failures = 0, []
    with ProcessPoolExecutor(options.workers) as pool:
        for done, (count, failed) in enumerate(pool.map(_block, blocks), start=1):
            operations += count
            failures += failed
            if done % 50 == 0:
                print(f"{done * step} histories, {operations} operations, {len(failures)} failures", flush=True)
    seconds = time.monotonic() - began
    print(f"{options.histories} histories, {operations} operations, {len(failures)} failures, {seconds:.0f} s")
    for failure in failures[:20]:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
