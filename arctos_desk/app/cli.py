"""The command line: words in, one order, words out. Problems are printed all at once; a traceback is never shown.

Exit codes: 0 done, 1 a problem, 2 wrong usage. Figures go to the standard output, everything told beside them to the
standard error, so that a pipe carries data only. Does nothing to an event by itself: orders do.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from arctos_desk.app.answers import OK, PROBLEM, USAGE, Answer, failed, refused
from arctos_desk.app.bootstrap import BUILD, Surroundings, begin, has_display
from arctos_desk.app.crash import CrashReports
from arctos_desk.runtime import paths
from arctos_desk.runtime.clock import laptop_clock
from arctos_desk.runtime.messages import Messages
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import Words, say

if TYPE_CHECKING:
    from arctos_desk.app.rehearse import Rehearsed

PROGRAM = "arctos-desk"


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], *, environment: Mapping[str, str] = os.environ) -> int:
    """Perform one command line and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    console = Console()
    try:
        surroundings = begin(console.tell, environment=environment)
    except Exception as error:  # noqa: BLE001 - nothing is there yet that could answer it better
        reports = CrashReports(paths.logs_folder(), build=BUILD, clock=laptop_clock, tell=console.tell)
        reports.catch(error)
        return PROBLEM
    console.messages = surroundings.messages
    try:
        return _perform(program(surroundings, console, environment), arguments, surroundings, console)
    finally:
        surroundings.end()


def _perform(group: click.Group, arguments: Sequence[str], surroundings: Surroundings, console: Console) -> int:
    try:
        code = group.main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return PROBLEM
    except (click.Abort, KeyboardInterrupt):
        console.tell(say("Stopped."))
        return PROBLEM
    except Refused as news:
        return console.print_answer(refused(news))
    except Outage as news:
        return console.print_answer(failed(news))
    except BrokenPipeError:
        # Whoever read us has enough. The interpreter must not stumble over the same pipe again at its end.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # noqa: BLE001 - the top of the program: whatever rose here is a bug, and is reported
        surroundings.crash.catch(error)
        return PROBLEM
    return code if isinstance(code, int) else OK


class Console:
    """Where words for the person go."""

    def __init__(self) -> None:
        self.messages = Messages(language="en")

    def text(self, words: Words) -> str:
        return self.messages.text(words)

    def tell(self, words: Words) -> None:
        """A sentence beside the figures."""
        with contextlib.suppress(OSError, ValueError):
            click.echo(self.text(words), err=True)

    def problem(self, problem: Problem, file: str = "") -> None:
        """What is wrong, where, and what to do next, on one line."""
        named = (file,) if file and file not in problem.place else ()
        parts = [": ".join(part for part in (*named, problem.place, self.text(problem.words)) if part)]
        if problem.next_step is not None:
            parts.append(self.text(problem.next_step))
        line = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
        click.echo(line, err=True)

    def print_answer(self, answer: Answer, file: str = "") -> int:
        """Tell everything an order came to, and give its exit code. Figures are left to whoever asked for them.

        Problems begin with the name of the file that was read, where there was one.
        """
        for words in answer.said:
            self.tell(words)
        for problem in answer.problems:
            self.problem(problem, file)
        return answer.code


def program(surroundings: Surroundings, console: Console, environment: Mapping[str, str]) -> click.Group:
    """The commands, with help in the language of the desk."""
    tr = surroundings.messages.tr
    event_option = click.option(
        "--event", "event", metavar="EVENT", default="", help=tr("The event: its file or its name; else the last one.")
    )
    json_option = click.option("--json", "as_json", is_flag=True, help=tr("Print figures as JSON."))

    @click.group(
        cls=_Commands,
        invoke_without_command=True,
        help=tr("Runs a Jugger tournament day. Without a command it opens the desk on the last event."),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    @click.option("--window", is_flag=True, help=tr("Open the window even where nobody can see it."))
    @click.version_option(BUILD, prog_name="Arctos Desk", message="%(prog)s %(version)s")
    @click.pass_context
    def group(context: click.Context, window: bool) -> int:
        if context.invoked_subcommand is not None:
            return OK
        return _open(surroundings, console, environment, file="", window=window)

    @group.command("open", help=tr("Open the desk on an event. A file from elsewhere is taken in as a copy."))
    @click.argument("file", metavar=tr("EVENT"))
    @click.option("--window", is_flag=True, help=tr("Open the window even where nobody can see it."))
    @click.option("--first-paint", is_flag=True, hidden=True)
    def open_(file: str, window: bool, first_paint: bool) -> int:
        # For measuring a start: the seconds of the processor until the board was painted, then the desk leaves.
        app = _leave_when_painted() if first_paint else None  # noqa: F841 - held while the window is open
        return _open(surroundings, console, environment, file=file, window=window)

    @group.command(help=tr("Make a new, empty event."))
    @click.argument("name", metavar=tr("NAME"))
    @click.option("--place", default="", metavar=tr("PLACE"), help=tr("Where it is played."))
    @click.option("--zone", default="", metavar=tr("ZONE"), help=tr("Its time zone, such as Europe/Berlin."))
    def new(name: str, place: str, zone: str) -> int:
        from arctos_desk.app.attending import create_named

        path = create_named(surroundings, name=name, place=place, zone=zone)
        console.tell(say("{event} was made. It is now the event that commands mean.", event=name))
        click.echo(str(path))
        return OK

    @group.command("events", help=tr("List the events on this laptop."))
    @json_option
    def events(as_json: bool) -> int:
        from arctos_desk.app.attending import events_here

        found = events_here(surroundings)
        if as_json:
            click.echo(json.dumps([str(path) for path in found], indent=1))
            return OK
        for path in found:
            click.echo(str(path))
        if not found:
            console.tell(say("There is no event on this laptop yet."))
        return OK

    @group.command("import", help=tr("Take in a schedule (TOML) or results (JSON); the content says which it is."))
    @click.argument("file", metavar=tr("FILE"), type=click.Path(path_type=Path))
    @click.option("--new", "new_event", default="", metavar=tr("NAME"), help=tr("Make a new event for it."))
    @click.option("--delete-played", is_flag=True, help=tr("Agree that played matches missing in the file go."))
    @event_option
    def import_(file: Path, new_event: str, delete_played: bool, event: str) -> int:
        from arctos_desk.app.attending import import_file

        try:
            answer = import_file(surroundings, file, event=event, new_event=new_event, delete_played=delete_played)
        except Refused as news:
            answer = refused(news)
        return console.print_answer(answer, file.name)

    @group.command(help=tr("Show the board of an event."))
    @click.argument("event", metavar=tr("[EVENT]"), default="")
    @json_option
    @click.option("--team", default="", metavar=tr("TEAM"), help=tr("Only matches in which a team plays or referees."))
    @click.option("--field", default="", metavar=tr("FIELD"), help=tr("Only one field."))
    def show(event: str, as_json: bool, team: str, field: str) -> int:
        from arctos_desk.app.attending import ask

        answer = ask(surroundings, {"order": "show"}, event=event)
        code = console.print_answer(answer)
        if code == OK and as_json:
            click.echo(json.dumps(answer.figures, indent=1, ensure_ascii=False))
        elif code == OK:
            _print_board(answer.figures, console, team=team, field=field)
        return code

    @group.command(help=tr("Write what is handed out of an event: schedules, score sheets, tables, the board."))
    @click.argument("event", metavar=tr("[EVENT]"), default="")
    @click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        required=True,
        metavar=tr("FOLDER"),
        help=tr("The folder to write to; files of the same names are replaced."),
    )
    @click.option("--only", multiple=True, metavar=tr("ID"), help=tr("Only this one; may be said several times."))
    @click.option(
        "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help=tr("Paper size.")
    )
    def export(event: str, out: Path, only: tuple[str, ...], paper: str) -> int:
        from arctos_desk.app.attending import event_meant, looked_into
        from arctos_desk.app.sheets import edition_of, exports_named, write_exports
        from arctos_desk.publishing.page import Paper

        exports = exports_named(only)
        with looked_into(surroundings, event_meant(surroundings, event)) as here:
            messages = surroundings.speaking(here.zone)
            edition = edition_of(
                here.desk.refresh(),
                now_ms=here.clock(),
                text=messages.text,
                language=messages.language,
                paper=Paper(paper),
            )
            for path in write_exports(edition, out, exports):
                click.echo(str(path))
        return OK

    @group.command(help=tr("Play a day through before it happens, from a schedule or a results file."))
    @click.argument("file", metavar=tr("FILE"), type=click.Path(path_type=Path))
    @click.option("--seed", default="1", show_default=True, metavar=tr("TEXT"), help=tr("Another seed, another day."))
    @json_option
    @click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        metavar=tr("FOLDER"),
        help=tr("Write a picture of the board, the schedule and the tables there."),
    )
    def rehearse(file: Path, seed: str, as_json: bool, out: Path | None) -> int:
        return _rehearse(surroundings, console, file, seed=seed, as_json=as_json, out=out)

    def asking(order: str) -> Callable[[str], int]:
        def command(event: str) -> int:
            from arctos_desk.app.attending import ask

            return console.print_answer(ask(surroundings, {"order": order}, event=event))

        return command

    plain = {
        "verify": tr("Check every entry, signature and figure of an event."),
        "rebuild": tr("Work everything out afresh from the entries of an event."),
        "backup": tr("Write a checked backup of an event now."),
        "undo": tr("Take back what was done last on this laptop."),
        "redo": tr("Bring back what was taken back last."),
    }
    for name, words in plain.items():
        argument = click.argument("event", metavar=tr("[EVENT]"), default="")
        group.command(name, help=words)(argument(asking(name)))

    @group.command("save-copy", help=tr("Write a whole copy of an event, with all names in it, to another place."))
    @click.argument("to", metavar=tr("FILE"), type=click.Path(path_type=Path))
    @event_option
    def save_copy(to: Path, event: str) -> int:
        from arctos_desk.app.attending import ask

        return console.print_answer(ask(surroundings, {"order": "save_copy", "to": str(to.absolute())}, event=event))

    @group.command(help=tr("Write an archive for the makers of the program. It holds no data of any event."))
    @click.option(
        "--out",
        "to",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        metavar=tr("FILE"),
        help=tr("The archive to write; else one in this folder."),
    )
    @event_option
    def diagnostics(to: Path | None, event: str) -> int:
        from arctos_desk.app.attending import event_meant, events_here
        from arctos_desk.app.diagnostics import file_name, gather, write_diagnostics

        at_ms = surroundings.clock()
        path = event_meant(surroundings, event) if event or events_here(surroundings) else None
        contents = gather(surroundings, path)
        for content in contents:
            console.tell(say("{name}: {what}", name=content.name, what=content.what))
        click.echo(str(write_diagnostics(contents, to or Path(file_name(at_ms)), at_ms=at_ms)))
        return OK

    @group.command("self-test", help=tr("Try out whether this program works on this computer."))
    def self_test() -> int:
        from arctos_desk.app.selftest import self_test

        return OK if self_test(surroundings, console.text, click.echo) else PROBLEM

    @group.command(help=tr("Print the version."))
    def version() -> int:
        click.echo(f"Arctos Desk {BUILD}")
        return OK

    return group


class _Commands(click.Group):
    """Commands in the order in which they are written; an event file in place of a command opens it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and args[0].endswith(".arctos") and Path(args[0]).exists():
            args = ["open", *args]
        return super().resolve_command(ctx, args)


def _open(
    surroundings: Surroundings, console: Console, environment: Mapping[str, str], *, file: str, window: bool
) -> int:
    if window or has_display(environment, sys.platform):
        from arctos_desk.app.starting import load_window

        load_window()
        from arctos_desk.app.window import open_window

        return open_window(surroundings, console.tell, file=file)
    from arctos_desk.app.samples import sample_schedule

    console.tell(
        say("There is no display here, so no window opens. The sample is rehearsed instead, into the folder out.")
    )
    return _rehearse(surroundings, console, sample_schedule(), seed="1", as_json=False, out=Path("out"))


def _rehearse(
    surroundings: Surroundings, console: Console, file: Path, *, seed: str, as_json: bool, out: Path | None
) -> int:
    from arctos_desk.app.answers import found
    from arctos_desk.app.files import bytes_of, contents_of
    from arctos_desk.app.rehearse import figures_json, rehearse

    try:
        contents = contents_of(bytes_of(file), file.name)
        with _progress(console.text(say("matches"))) as told:
            day = rehearse(contents, seed=seed, build=surroundings.build, told=told)
    except Refused as news:
        return console.print_answer(refused(news), file.name)
    answer = Answer(
        code=OK if not day.stuck else PROBLEM,
        said=(
            *found(day.findings),
            say("{over} of {matches} matches were played.", over=day.over, matches=day.matches),
        ),
        problems=tuple(Problem(reason.code, reason.words, about=reason.about) for reason in day.stuck),
    )
    code = console.print_answer(answer)
    if out is not None:
        from arctos_desk.app.sheets import REHEARSED, edition_of, write_exports

        state = day.desk.state
        messages = surroundings.speaking(state.event.info.zone)
        edition = edition_of(state, now_ms=day.clock(), text=messages.text, language=messages.language)
        for path in write_exports(edition, out, REHEARSED):
            console.tell(say("Written: {file}", file=str(path)))
    if as_json:
        click.echo(json.dumps(figures_json(day.desk), indent=1, ensure_ascii=False))
    elif out is None:
        _print_figures(day, console)
    return code


def _leave_when_painted() -> object:
    from arctos_desk.app.starting import load_window

    load_window()
    from arctos_desk.app.first_paint import leave_when_painted

    return leave_when_painted(lambda: click.echo(f"painted {time.process_time():.3f}"))


@contextlib.contextmanager
def _progress(what: str) -> Any:
    """A bar on the standard error while it is a terminal; elsewhere nothing moves."""
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = RichConsole(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda over, matches: progress.update(task, completed=over, total=matches)


def _print_board(figures: Mapping[str, Any], console: Console, *, team: str, field: str) -> None:
    from rich.console import Console as RichConsole

    from arctos_desk.app.showing import board_tables

    out = RichConsole(highlight=False, width=None if sys.stdout.isatty() else 160)
    tables = board_tables(figures, console.text, team=team, field=field)
    out.print(figures["event"], markup=False)
    for table in tables:
        out.print(table)
    if not tables:
        console.tell(say("There is no match to show."))


def _print_figures(day: Rehearsed, console: Console) -> None:
    from rich import box
    from rich.console import Console as RichConsole
    from rich.markup import escape
    from rich.table import Table

    from arctos_desk.app.rehearse import figures

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(console.text(say("Team")))
    headings = (say("Played"), say("Won"), say("Lost"), say("Drawn"), say("Sets"), say("Points"))
    for heading in headings:
        table.add_column(console.text(heading), justify="right")
    for name, tally in sorted(figures(day.desk).items(), key=lambda one: (-one[1]["wins"], one[1]["losses"], one[0])):
        counts = [str(tally[key]) for key in ("played", "wins", "losses", "draws")]
        sets = f"{tally['sets_won']}:{tally['sets_lost']}"
        table.add_row(escape(name), *counts, sets, f"{tally['points_won']}:{tally['points_lost']}")
    RichConsole(highlight=False, width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    main()
