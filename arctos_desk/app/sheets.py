"""Writes what is handed out of an event to a folder: pictures of the board, the schedule, tables, score sheets.

Makes none of it: `publishing.exports` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from arctos_desk.interchange.modes import read_mode
from arctos_desk.operations.roster_views import roster_lines
from arctos_desk.operations.state import State
from arctos_desk.publishing.exports import EXPORTS, Edition, Export, export_named
from arctos_desk.publishing.page import Paper
from arctos_desk.publishing.score_sheet import RosterLine, Rosters
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.runtime import paths
from arctos_desk.runtime.settings import write_atomically
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import Words, say

REHEARSED: Final = tuple(one for one in EXPORTS if not one.is_paper and one.media_type != "image/png")
"""What a rehearsal hands out: files to look into, nothing to hang up."""


def edition_of(
    state: State,
    *,
    now_ms: Instant,
    text: Callable[[Words], str],
    language: str,
    paper: Paper = Paper.A4,
    rosters: Rosters | None = None,
) -> Edition:
    """What everything is made from: in the language of `text`, with the desk's fonts and what wordings of modes say.

    The rosters are those of the event as far as this laptop knows the names, unless others are given.
    """
    wordings = {match.mode for match in state.event.matches.values() if match.mode}
    targets = {one: target for one in sorted(wordings) if (target := read_mode(one).target) is not None}
    return Edition(
        state=state,
        now_ms=now_ms,
        wording=Wording(zone_of(state.event.info.zone), text),
        fonts=paths.resources_folder() / "fonts",
        language=language,
        paper=paper,
        rosters=rosters_of(state) if rosters is None else rosters,
        targets=targets,
    )


def rosters_of(state: State) -> Rosters:
    """What score sheets may say of the players of each team: number, name on the jersey, head referee."""
    return {
        team_id: tuple(RosterLine(one.number, one.name, one.head_ref) for one in roster_lines(state, team_id))
        for team_id in state.event.teams
    }


def exports_named(ids: Sequence[str]) -> tuple[Export, ...]:
    """The exports of these ids, all of them when none is named. Raises Refused with every id that there is not."""
    unknown = [one for one in ids if export_named(one) is None]
    if unknown:
        step = say("There are: {names}", names=tuple(one.id for one in EXPORTS))
        raise Refused(
            [Problem("NO_EXPORT", say("There is no export {name}", name=one), next_step=step) for one in unknown]
        )
    return tuple(one for one in EXPORTS if not ids or one.id in ids)


def write_exports(edition: Edition, folder: Path, exports: Iterable[Export]) -> tuple[Path, ...]:
    """Write them, replacing those of before; the paths in their order. Raises Outage when the disk fails.

    Everything is made before anything is written.
    """
    made = [(folder / one.file_name, one.render(edition)) for one in exports]
    for path, content in made:
        save_document(path, content)
    return tuple(path for path, _ in made)


def save_document(path: Path, content: bytes) -> None:
    """Write one file whole, or leave what was there. Raises Outage when the disk fails."""
    try:
        write_atomically(path, content)
    except OSError as error:
        raise Outage(
            say("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror or ""),
            work_continues=True,
            next_step=say("Choose another folder."),
        ) from error
