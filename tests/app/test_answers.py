"""What an order came to survives the way back from another process, word for word."""

from __future__ import annotations

import json

import pytest

from arctos_desk.app.answers import Answer, answer_from_json, answer_to_json, failed
from arctos_desk.tournament.reasons import Outage, Problem
from arctos_desk.tournament.words import Clock, say, say_n


def test_an_answer_comes_back_as_it_was() -> None:
    answer = Answer(
        code=1,
        said=(say("Imported {file}", file="ä.toml"), say_n("{count} match", "{count} matches", 3)),
        problems=(
            Problem("BUSY", say("{match} runs since {at}", match="A1", at=Clock(5)), place="A1", next_step=say("Wait")),
            Problem("PLAIN", say("no"), about="match/1"),
        ),
        figures={"a": [1, {"b": "c"}]},
    )
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"code": "0", "said": [], "problems": [], "figures": {}},
        {"code": 0, "said": [], "problems": [1], "figures": {}},
    ],
)
def test_what_is_no_answer_is_no_answer(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no answer"):
        answer_from_json(value)


def test_an_outage_says_what_comes_next() -> None:
    answer = failed(Outage(say("The disk is full."), work_continues=False, next_step=say("Make room.")))
    assert answer.code == 1
    assert answer.problems[0].next_step == say("Make room.")
