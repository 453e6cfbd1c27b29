"""200 cuts: nothing that was confirmed may be lost, whatever happens to the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.crash.harness import MUTANTS, VARIANTS, cut_often, table

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks")


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_confirmed_is_lost_in_a_hundred_cuts(tmp_path: Path, seed: int) -> None:
    tally = cut_often(tmp_path, cuts=100, seed=seed)
    assert not tally.lost, table(tally)
    assert tally.saved > 100
    assert set(tally.cuts) == set(VARIANTS)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_writer_that_is_broken_on_purpose_is_caught(tmp_path: Path, mutant: str) -> None:
    tally = cut_often(tmp_path, cuts=300, seed=3, mutant=mutant)
    assert tally.lost, table(tally)
