"""Tables as rows of words and figures, and the steps of "why is A above B". Pure Python, no toolkit; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from arctos_desk.operations.standings_views import StandingsView, standings_view, why
from arctos_desk.ui.text import render, tr, tr_n
from arctos_desk.ui.theme import HueName

if TYPE_CHECKING:
    from arctos_desk.formats.standings import Comparison
    from arctos_desk.operations.state import State

Shown = Literal["groups", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One team of a table. `decided` is the column whose figure put it behind the team above, None for none."""

    team_id: str
    rank: str
    name: str
    cells: tuple[str, ...]
    decided: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """One table in words; `group` is "" for the one over all matches."""

    group: str
    title: str
    second: str
    state: str
    hue: HueName
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[LineRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of the comparison of two teams."""

    number: int
    text: str
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyRows:
    """Why one team stands above another, or shares its place: the question, both names, the steps."""

    question: str
    names: str
    above: str
    below: str
    steps: tuple[StepRow, ...]

    @property
    def as_text(self) -> str:
        """All of it as lines, for the clipboard."""
        return "\n".join([self.question, self.names, *(f"{step.number}. {step.text}" for step in self.steps)])


def table_rows(state: State, shown: Shown, *, ribbon: bool) -> tuple[TableRows, ...]:
    """The tables of all groups that have matches, or the one over all matches; that one too where no group has any."""
    if shown == "groups":
        views = [standings_view(state, group=group, ribbon=ribbon) for group in state.event.groups]
        found = tuple(_rows(view) for view in views if view.lines or view.matches)
        if found:
            return found
    view = standings_view(state, ribbon=ribbon)
    return (_rows(view),) if view.lines else ()


def _rows(view: StandingsView) -> TableRows:
    played = view.matches - view.open_matches
    return TableRows(
        group=view.group or "",
        title=render(view.title),
        second=tr_n(
            "{played} of {count} match played", "{played} of {count} matches played", view.matches, played=played
        ),
        state=tr("Provisional") if view.provisional else tr("Final"),
        hue="warning" if view.provisional else "running",
        columns=tuple(render(column) for column in view.columns),
        heads=tuple(render(head) for head in view.heads),
        lines=tuple(
            LineRow(
                team_id=line.team_id,
                rank=f"{line.rank}=" if line.shared else str(line.rank),
                name=line.name,
                cells=line.cells,
                decided=line.decided_in,
                reason="" if line.decided_by is None else render(line.decided_by),
            )
            for line in view.lines
        ),
        notes=tuple(render(remark) for remark in view.remarks),
    )


def why_rows(state: State, table: TableRows, team_id: str, *, ribbon: bool) -> WhyRows | None:
    """Why a team stands below the one before it; for the first, why it stands above the second."""
    lines = table.lines
    at = next((number for number, line in enumerate(lines) if line.team_id == team_id), None)
    if at is None or len(lines) < 2:
        return None
    above, below = (lines[at - 1], lines[at]) if at else (lines[0], lines[1])
    steps = why(state, above.team_id, below.team_id, group=table.group or None, ribbon=ribbon)
    shares = not any(step.decides for step in steps)
    return WhyRows(
        question=tr("Why do they share place {place}?", place=above.rank.rstrip("="))
        if shares
        else tr("Why is {above} above {below}?", above=above.rank, below=below.rank),
        names=tr("{above} and {below}", above=above.name, below=below.name)
        if shares
        else tr("{above} above {below}", above=above.name, below=below.name),
        above=above.name,
        below=below.name,
        steps=_steps(steps),
    )


def _steps(steps: Sequence[Comparison]) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(number=number, text=render(step.words), decides=step.decides)
        for number, step in enumerate(steps, start=1)
    )
