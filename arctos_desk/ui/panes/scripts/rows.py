"""Tags and variables as rows: what each stands for now, what its expression says, and what is wrong with it.

Pure Python, no toolkit. Evaluates nothing itself: what a tag stands for is part of the solution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arctos_desk.ass import DID_YOU_MEAN
from arctos_desk.ass.checker import Severity
from arctos_desk.ass.types import TEAM
from arctos_desk.operations.uses import uses_of_tag, uses_of_variable
from arctos_desk.scheduling.scripts import check_script
from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.records import Event, Tag
from arctos_desk.tournament.words import Words
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.theme import HueName

if TYPE_CHECKING:
    from arctos_desk.operations.state import State

TAG, VARIABLE = "tag", "variable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRow:
    """One tag or variable. `stands` is what it stands for now in words: a team, or a state that `hue` belongs to."""

    reference: str
    name: str
    kind: str
    stands: str
    hue: HueName | None
    by_hand: bool
    team_id: str
    expression: str

    @property
    def is_tag(self) -> bool:
        return kind_of(self.reference) == TAG

    @property
    def searched(self) -> str:
        return f"{self.name} {self.stands} {self.expression}".casefold()


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One sentence about an expression; `is_error` keeps it from being saved."""

    text: str
    is_error: bool


def script_rows(state: State) -> tuple[ScriptRow, ...]:
    """All tags, then all variables, in their order."""
    event = state.event
    tags = [_tag_row(state, tag) for tag in event.tags.values()]
    variables = [
        ScriptRow(
            reference=ref(VARIABLE, variable.id),
            name=variable.name,
            kind=tr("Variable"),
            stands=_of_variable(event, variable.expression)[0],
            hue=_of_variable(event, variable.expression)[1],
            by_hand=False,
            team_id="",
            expression=variable.expression,
        )
        for variable in event.variables.values()
    ]
    return (*tags, *variables)


def _tag_row(state: State, tag: Tag) -> ScriptRow:
    event = state.event
    team_id = tag.team_id or state.solution.tag_teams.get(tag.id)
    team = None if team_id is None else event.teams.get(team_id)
    hue: HueName | None = None
    if team is not None:
        stands = team.name
    elif tag.expression and _errors(event, tag.expression, TAG):
        stands, hue = tr("cannot be read"), "danger"
    elif tag.expression:
        stands, hue = tr("not decided yet"), "done"
    else:
        stands, hue = tr("no team, no expression"), "warning"
    return ScriptRow(
        reference=ref(TAG, tag.id),
        name=tag.name,
        kind=tr("Tag"),
        stands=stands,
        hue=hue,
        by_hand=tag.team_id is not None,
        team_id=tag.team_id or "",
        expression=tag.expression,
    )


def _of_variable(event: Event, expression: str) -> tuple[str, HueName | None]:
    if _errors(event, expression, VARIABLE):
        return tr("cannot be read"), "danger"
    return tr("reads fine"), "done"


def _errors(event: Event, expression: str, kind: str) -> bool:
    return any(remark.is_error for remark in remark_rows(event, expression, kind))


def remark_rows(event: Event, expression: str, kind: str) -> tuple[RemarkRow, ...]:
    """What the checker says of an expression, each with its line and column."""
    text = expression.strip()
    if not text:
        return ()
    found = []
    for remark in check_script(event, text, TEAM if kind == TAG else None).remarks:
        error = remark.error
        line, column = error.place
        said = tr(
            "Line {line}, column {column}: {what}", line=line, column=column, what=Words(error.text, error.params)
        )
        if error.nearest:
            said = f"{said} {render(Words(DID_YOU_MEAN, (('nearest', error.nearest),)))}"
        found.append(RemarkRow(said, remark.severity is Severity.ERROR))
    return tuple(found)


def used_in(event: Event, reference: str) -> tuple[str, ...]:
    """Where a tag or variable is used, in words."""
    uses = uses_of_tag if kind_of(reference) == TAG else uses_of_variable
    return tuple(render(use.words) for use in uses(event, id_of(reference)))
