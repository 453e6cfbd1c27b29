"""Takes a file that was read into an event, through the ordinary commands. Reads no file and opens no event."""

from __future__ import annotations

from arctos_desk.app.files import Contents, Results, ScheduleFile
from arctos_desk.interchange.entries import import_entries, read_entries
from arctos_desk.interchange.results_import import import_results, writes_of_results
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk, Outcome
from arctos_desk.scheduling.schedule_file import read_schedule
from arctos_desk.tournament.ids import Chance
from arctos_desk.tournament.registers import apply, merged
from arctos_desk.tournament.tokens import BadToken, parse_token


def import_into(
    desk: Desk, contents: Contents, acting: Acting, *, chance: Chance, delete_played: bool = False
) -> Outcome:
    """Take a schedule, or a results file with its results, into the event: one command, one undo step.

    Raises Refused with every fault; then nothing was changed.
    """
    if isinstance(contents, Results):
        imported = import_results(contents.file, desk.state.event, chance)
        event = apply(desk.state.event, imported.writes)
        return desk.perform(
            commands.ImportRecords(
                writes=merged(imported.writes, writes_of_results(event, imported.results)),
                file_name=contents.name,
                findings=imported.findings,
            ),
            acting,
        )
    return _import_schedule(desk, contents, acting, chance=chance, delete_played=delete_played)


def _import_schedule(
    desk: Desk, contents: ScheduleFile, acting: Acting, *, chance: Chance, delete_played: bool
) -> Outcome:
    """The schedule with what the file says beside it: who takes part, and which matches make a group."""
    entries = read_entries(contents.text)
    names: tuple[str, ...] = ()
    if not entries.teams and not desk.state.event.teams:
        # An event without teams learns them from the schedule; later an unknown name is a tag (scheduling.md §11.3).
        names = team_names(contents)
    return desk.perform(
        commands.ImportSchedule(
            text=contents.text,
            file_name=contents.name,
            teams=tuple((name, name) for name in names),
            entries=import_entries(entries, desk.state.event, chance),
            groups=tuple((group.name, group.matches) for group in entries.groups),
            modes=tuple((one.mode.name, one.matches) for one in entries.modes),
            delete_played=delete_played,
        ),
        acting,
    )


def team_names(schedule: ScheduleFile) -> tuple[str, ...]:
    """The plain names in the team and referee slots of a schedule, in order of appearance."""
    file = read_schedule(schedule.text)
    names: dict[str, None] = {}
    for row in file.matches:
        for text in (row.team1, row.team2, *row.referees):
            try:
                token = parse_token(text)
            except BadToken:
                continue
            if token is not None and token.kind == "team":
                names[token.name] = None
    return tuple(names)
