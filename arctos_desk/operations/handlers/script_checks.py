"""Checks a script that somebody typed before it is kept: every error with its line and column. Keeps nothing itself."""

from __future__ import annotations

from arctos_desk.ass import DID_YOU_MEAN, ScriptError
from arctos_desk.ass.values import Types
from arctos_desk.operations.handlers.looking_up import SCRIPT_MOST, noting, within
from arctos_desk.scheduling.scripts import check_script
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.words import Words, say


def script_findings(
    event: Event, text: str, wanted: Types | None, *, place: str, about: str, problems: list[Problem]
) -> tuple[Finding, ...]:
    """Add every error of a script to the problems; what may be meant all the same comes back as findings.

    `event` is the one in which the script would be kept, `wanted` the types its place asks for.
    """
    if len(text) > SCRIPT_MOST:
        with noting(problems):
            within(text, SCRIPT_MOST, place)
        return ()
    checked = check_script(event, text, wanted)
    problems += [
        Problem(
            f"SCRIPT_{error.code}",
            _placed(error),
            place=place,
            next_step=Words(DID_YOU_MEAN, (("nearest", error.nearest),)) if error.nearest else None,
            about=about,
        )
        for error in checked.errors
    ]
    return tuple(Finding(f"script_{error.code.lower()}", _placed(error), (about,)) for error in checked.warnings)


def _placed(error: ScriptError) -> Words:
    line, column = error.place
    return say("Line {line}, column {column}: {what}", line=line, column=column, what=Words(error.text, error.params))
