"""Histories of desks that work apart and meet by chance, from fixed seeds; and the mistakes that they must catch."""

from __future__ import annotations

import os

import pytest

from tests.simulation.history import Failed, History
from tests.simulation.mutants import MUTANTS, Mutant

HISTORIES = int(os.environ.get("ARCTOS_SIMULATION_HISTORIES", "1000"))
BLOCK = 50


@pytest.mark.parametrize("block", range(HISTORIES // BLOCK))
def test_desks_that_meet_become_equal_and_lose_nothing(block: int) -> None:
    operations = 0
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        operations += History(seed).play()
    assert operations > BLOCK * 10, "these histories did nothing"


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_known_mistake_is_caught(mutant: Mutant) -> None:
    for seed in range(400):
        with mutant.broken():
            try:
                History(seed, mutant.variant).play()
            except (Failed, ValueError, KeyError, IndexError):
                return
    pytest.fail(f"400 histories did not notice: {mutant.name}")


def test_one_seed_is_one_history() -> None:
    first, second = History(7), History(7)
    assert first.play() == second.play()
    assert first.laptops[0].log.frontier() == second.laptops[0].log.frontier()
