"""Names that may mean one person: what counts as the same, what as a slip, and that long lists stay quick."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.tournament import alike
from arctos_desk.tournament.alike import is_one_slip, near_names, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Groß", "JURGEN  gross"),
        ("Groß, Jürgen", "Jürgen Groß"),
        ("Øyvind", "Oyvind"),
        ("José-María", "jose maria"),
        ("Ｗｉｄｅ", "wide"),
        ("e\u0301lan", "élan"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("maier", "meier", True),
        ("maier", "mayer", True),
        ("maier", "maer", True),
        ("maier", "maiers", True),
        ("maier", "amier", True),
        ("maier", "maire", True),
        ("maier", "meyer", False),
        ("maier", "maier", False),
        ("maier", "aimer", False),
        ("maier", "mai", False),
        ("a", "", True),
    ],
)
def test_one_slip_of_the_keyboard(one: str, other: str, near: bool) -> None:
    assert is_one_slip(one, other) is near
    assert is_one_slip(other, one) is near


@given(st.text("abc ", min_size=5, max_size=12), st.data())
def test_every_single_slip_is_found(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcx"))
    exchanged = name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    for other in (name[:place] + letter + name[place:], name[:place] + letter + name[place + 1 :], exchanged):
        found = list(near_names({"one": name, "other": other}))
        assert found == ([("one", "other")] if other != name else []), other


@given(st.lists(st.text("ab1", min_size=4, max_size=7), max_size=12, unique=True))
def test_what_is_found_is_what_comparing_all_finds(names: list[str]) -> None:
    def digits(name: str) -> list[str]:
        return [group for key, group in itertools.groupby(name, str.isdigit) if key for group in ["".join(group)]]

    slow = {
        frozenset((one, other))
        for one, other in itertools.combinations(names, 2)
        if min(len(one), len(other)) >= alike.NEAR_LEAST and is_one_slip(one, other) and digits(one) == digits(other)
    }
    assert {frozenset(pair) for pair in near_names({name: name for name in names})} == slow


def test_a_long_list_of_one_letter_is_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(alike, "is_one_slip", lambda one, other: compared.append(1) or is_one_slip(one, other))
    odd = {str(number): "same name " + chr(0x4E00 + number) for number in range(5_000)}
    list(near_names(odd))
    letters = random.Random(1)
    many = {str(number): "".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for number in range(2_000)}
    list(near_names(many))
    assert len(compared) < 20_000
