"""What an order comes to: sentences, problems, figures, an exit code; and its JSON, for the way back.

Sentences travel as codes with parameters, so that the visitor reads them in his own language. Performs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arctos_desk.operations.labels import words_from_json, words_to_json
from arctos_desk.tournament.reasons import Finding, Outage, Problem, Refused
from arctos_desk.tournament.words import Words, say

OK = 0
PROBLEM = 1
USAGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`figures` is what a command prints as data; everything else is told beside it."""

    code: int = OK
    said: tuple[Words, ...] = ()
    problems: tuple[Problem, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


def refused(news: Refused) -> Answer:
    return Answer(code=PROBLEM, problems=news.problems)


def failed(news: Outage) -> Answer:
    """The world's fault, as one problem: what it is, whether work continues, what comes next."""
    words = news.words if news.work_continues else say("{what} Nothing was changed.", what=news.words)
    return Answer(code=PROBLEM, problems=(Problem("OUTAGE", words, next_step=news.next_step),))


def found(findings: tuple[Finding, ...]) -> tuple[Words, ...]:
    """Findings as sentences; each is told once."""
    return tuple(dict.fromkeys(finding.words for finding in findings))


def answer_to_json(answer: Answer) -> dict[str, Any]:
    return {
        "code": answer.code,
        "said": [words_to_json(words) for words in answer.said],
        "problems": [_problem_to_json(problem) for problem in answer.problems],
        "figures": dict(answer.figures),
    }


def answer_from_json(value: Mapping[str, Any]) -> Answer:
    """The answer that `answer_to_json` wrote. Raises ValueError on anything else."""
    code, said, problems, figures = (value.get(name) for name in ("code", "said", "problems", "figures"))
    if not isinstance(code, int) or not isinstance(said, list) or not isinstance(problems, list):
        raise ValueError("this is no answer")
    if not isinstance(figures, dict) or not all(isinstance(one, dict) for one in problems):
        raise ValueError("this is no answer")
    return Answer(
        code=code,
        said=tuple(words_from_json(words) for words in said),
        problems=tuple(_problem_from_json(one) for one in problems),
        figures=figures,
    )


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    value: dict[str, Any] = {"code": problem.code, "words": words_to_json(problem.words)}
    if problem.place:
        value["place"] = problem.place
    if problem.next_step is not None:
        value["next"] = words_to_json(problem.next_step)
    if problem.about:
        value["about"] = problem.about
    return value


def _problem_from_json(value: Mapping[str, Any]) -> Problem:
    step = value.get("next")
    return Problem(
        str(value.get("code", "")),
        words_from_json(value.get("words")),
        place=str(value.get("place", "")),
        next_step=None if step is None else words_from_json(step),
        about=str(value.get("about", "")),
    )
