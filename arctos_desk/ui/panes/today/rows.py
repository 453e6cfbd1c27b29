"""Turns a field's day into what Today says: words, states, what is possible and every reason why something is not.

Pure Python, no toolkit. Decides nothing about matches: the views and the commands do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from arctos_desk.matches.endings import ending_name
from arctos_desk.tournament.ids import id_of, kind_of
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Ending, Role, Side, Stage, Status
from arctos_desk.tournament.tokens import OutcomeSlot
from arctos_desk.tournament.words import Words
from arctos_desk.ui.text import clock, day, render, tr, tr_n

if TYPE_CHECKING:
    from arctos_desk.operations.commands import Acting
    from arctos_desk.operations.state import State
    from arctos_desk.operations.views import BlockView, BoardView, MatchView, PointView, SideView, TodayView
    from arctos_desk.tournament.reasons import Reason
    from arctos_desk.tournament.records import Event

Hue = Literal["accent", "running", "ready", "playing", "reffing", "done", "warning", "danger"]
Icon = Literal["play", "clock", "check", "cross", "warning", "draw", "flag", "note"]
Stand = Literal["choose", "empty", "idle", "running", "finishing", "over"]
"""What Today shows: a field to choose, that there is nothing, a match that waits, runs, is being finished, is over."""


@dataclass(frozen=True, slots=True)
class ChipRow:
    text: str
    hue: Hue
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The line above the card: state, name, rules of play, referees, lateness."""

    state: ChipRow
    name: str
    about: str
    referees: str
    late: ChipRow | None = None


@dataclass(frozen=True, slots=True)
class ControlRow:
    """The large control: `kind` start, end or off; `line` is the reason while it is off."""

    kind: Literal["start", "end", "off"]
    word: str
    line: str
    key: str = "Space"
    tooltip: str = ""
    shape: Literal["stop", "check"] | None = None


@dataclass(frozen=True, slots=True)
class SideControlRow:
    """The control of one side: the team, what a press does or did."""

    team: str
    line: str
    chosen: bool = False
    enabled: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SetRow:
    name: str
    left: str
    right: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRow:
    left_team: str
    right_team: str
    left: str
    right: str
    left_short: str
    right_short: str
    sets: tuple[SetRow, ...]
    keys: bool = False


@dataclass(frozen=True, slots=True)
class PointRow:
    """One line of the points table. `stones` is struck when a rerun gave them back."""

    point_id: str
    number: str
    set_number: int
    stones: str
    running: bool
    winner: Literal["", "TEAM1", "TEAM2"]
    rerun: bool
    note: str
    chosen: bool
    versions: bool = False


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One line of "Why can't this start?": what is wrong, the detail, and the press that takes it away."""

    kind: Literal["stop", "warn", "fine"]
    code: str
    headline: str
    sentence: str = ""
    act: Literal["", "who", "show", "assign"] = ""
    act_text: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TeamDayRow:
    """One match of a team's day: when, against whom, and how it went or what it does now."""

    match_id: str
    time: str
    name: str
    opponent: str
    result: str
    hue: Hue | None = None
    this: bool = False


@dataclass(frozen=True, slots=True)
class NextRow:
    """A match that follows on this field; `day` is empty when that is the day on the clock."""

    match_id: str
    day: str
    time: str
    expected: str
    name: str
    teams: tuple[str, str]
    referees: str
    state: ChipRow


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A pitch to choose: what runs or comes on it."""

    field_id: str
    name: str
    line: str
    late: str = ""


@dataclass(frozen=True, slots=True)
class FinishChoice:
    """What the head referee has stated so far on the finishing page; nothing is proposed into it."""

    ending: Ending = Ending.NORMAL
    winner: Side | None = None

    @property
    def stated(self) -> bool:
        """Whether this is an ending: a winner where one is needed, none where there cannot be one."""
        if self.ending in WITH_WINNER:
            return self.winner is not None
        return True


WITH_WINNER: Final = frozenset({Ending.NORMAL, Ending.FORFEIT, Ending.BYE})
WITHOUT_WINNER: Final = frozenset({Ending.DRAW, Ending.DOUBLE_FORFEIT, Ending.ANNULLED})
OTHER_ENDINGS: Final = (Ending.FORFEIT, Ending.DOUBLE_FORFEIT, Ending.ABANDONED, Ending.ANNULLED, Ending.BYE)
"""Endings that are chosen from a list; played to the end and draw have controls of their own."""

_EXPLAINED: Final[Mapping[str, str]] = {"STATUS": "", "TEAMS_UNDETERMINED": "TEAM_"}
"""Reasons that only sum up others: told when none of the others (by prefix of the code) is there."""

_WARN_CODES: Final = frozenset({"NOT_HEAD_REF", "TEAM_BUSY", "REFEREE_BUSY"})
"""Reasons that a recorded reason sets aside (operations.why_not_start.OVERRIDABLE)."""

STATES: Final[Mapping[Status, Callable[[], ChipRow]]] = {
    Status.NOT_STARTED: lambda: ChipRow(tr("Waiting"), "done", "clock"),
    Status.TIME_FINALIZED: lambda: ChipRow(tr("Time fixed"), "done", "clock"),
    Status.READY_TO_START: lambda: ChipRow(tr("Ready"), "ready", "play"),
    Status.IN_PROGRESS: lambda: ChipRow(tr("Running"), "running", "play"),
    Status.COMPLETED: lambda: ChipRow(tr("Over"), "done", "check"),
    Status.SKIPPED: lambda: ChipRow(tr("Skipped"), "done", "cross"),
}


# Times


def span(from_ms: Instant, to_ms: Instant) -> str:
    """A duration as a stopwatch shows it: 0:28, 27:28, 1:02:05. A clock set back shows 0:00, never a negative time."""
    seconds = max(0, to_ms - from_ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def pressed_at(at_ms: Instant) -> str:
    """A moment to the tenth of a second, in the event's zone: 14:31:11.5."""
    # Zones differ from UTC by whole minutes, so seconds are the same everywhere.
    return f"{clock(at_ms)}:{at_ms // 1000 % 60:02d}.{at_ms % 1000 // 100}"


# Names


def side_text(side: SideView) -> str:
    """The team, or whoever the slot waits for."""
    return render(side.text)


def short_name(team: str) -> str:
    """One word for a narrow column; an article is no name."""
    words = team.split()
    if not words:
        return ""
    return words[1] if len(words) > 1 and len(words[0]) <= 3 else words[0]


def sides_of(block: BlockView) -> tuple[str, str]:
    if len(block.sides) < 2:
        return "", ""
    return side_text(block.sides[0]), side_text(block.sides[1])


def referees_of(block: BlockView) -> str:
    return ", ".join(side_text(one) for one in block.referees)


def rules_of(event: Event, block: BlockView) -> str:
    """Group and rules of play in one line: the original wording where a file gave one."""
    parts = [block.group] if block.group else []
    match = event.matches.get(block.match_id)
    if block.mode:
        parts.append(block.mode)
    elif match is not None:
        if match.sets:
            sets = tr_n("{count} set", "{count} sets", match.sets)
            if match.stones_per_set:
                sets = tr("{sets} of {stones} stones", sets=sets, stones=match.stones_per_set)
            parts.append(sets)
        elif match.stones_per_set:
            parts.append(tr("{stones} stones", stones=match.stones_per_set))
    return " · ".join(parts)


# Head and score


def head_row(event: Event, view: MatchView) -> HeadRow:
    block = view.block
    return HeadRow(
        state=ChipRow(tr("Two results"), "danger", "warning") if block.disputed else STATES[block.status](),
        name=block.name,
        about=rules_of(event, block),
        referees=referees_of(block),
        late=late_chip(view),
    )


def late_chip(view: MatchView) -> ChipRow | None:
    """The real or expected start beside its plan, where they differ."""
    block = view.block
    if block.plan_ms is None or not block.late_min:
        return None
    plan = clock(block.plan_ms)
    late = block.late_min > 0
    minutes = abs(block.late_min)
    if view.started_ms is not None:
        at = clock(view.started_ms)
        text = (
            tr_n(
                "Started {at}, plan {plan}: {count} min late",
                "Started {at}, plan {plan}: {count} min late",
                minutes,
                at=at,
                plan=plan,
            )
            if late
            else tr_n(
                "Started {at}, plan {plan}: {count} min early",
                "Started {at}, plan {plan}: {count} min early",
                minutes,
                at=at,
                plan=plan,
            )
        )
    else:
        text = (
            tr_n("{count} min late", "{count} min late", minutes)
            if late
            else tr_n("{count} min early", "{count} min early", minutes)
        )
    return ChipRow(text, "warning" if late else "ready", "clock")


def score_row(view: MatchView, *, keys: bool, whole: bool = False) -> ScoreRow:
    """The score of the set that is played; with `whole` that of the match: sets, or points where there is one set."""
    left_team, right_team = sides_of(view.block)
    sets = [
        SetRow(tr("Set {number}", number=one.number), str(one.team1), str(one.team2), one.number == view.current_set)
        for one in view.block.sets
    ]
    if not sets:
        sets = [SetRow(tr("Set {number}", number=view.current_set), "0", "0", current=True)]
    if len(sets) > 1:
        left = sum(one.team1 for one in view.block.sets)
        right = sum(one.team2 for one in view.block.sets)
        sets.append(SetRow(tr("Sum"), str(left), str(right)))
    large = view.set_score if whole and len(view.block.sets) > 1 else view.score
    return ScoreRow(
        left_team=left_team,
        right_team=right_team,
        left=str(large[0]),
        right=str(large[1]),
        left_short=short_name(left_team),
        right_short=short_name(right_team),
        sets=tuple(sets),
        keys=keys,
    )


# Points


def open_point_of(view: MatchView) -> PointView | None:
    return next((point for point in reversed(view.points) if point.running), None)


def last_ended(view: MatchView) -> PointView | None:
    return next((point for point in reversed(view.points) if not point.running), None)


def point_of(view: MatchView, point_id: str) -> PointView | None:
    return next((point for point in view.points if point.point_id == point_id), None)


def chosen_for_winner(view: MatchView, chosen: str) -> PointView | None:
    """The point that the winner keys speak of: the chosen one when it has ended, else the last that has."""
    point = point_of(view, chosen)
    return point if point is not None and not point.running else last_ended(view)


def chosen_for_edits(view: MatchView, chosen: str) -> PointView | None:
    """The point that R, N, + and - speak of: the chosen one, else the latest."""
    return point_of(view, chosen) or (view.points[-1] if view.points else None)


def point_rows(view: MatchView, chosen: str) -> tuple[PointRow, ...]:
    """The points, newest first. Only a point that a person chose is marked, or the one the winner keys speak of."""
    marked = point_of(view, chosen) or last_ended(view)
    return tuple(
        PointRow(
            point_id=point.point_id,
            number=str(point.number),
            set_number=point.set_number,
            stones=str(point.stones),
            running=point.running,
            winner="" if point.winner is None else point.winner.value,
            rerun=point.rerun,
            note=point.note,
            chosen=marked is not None and point.point_id == marked.point_id,
            versions=point.versions,
        )
        for point in reversed(view.points)
    )


def step_choice(view: MatchView, chosen: str, by: int) -> str:
    """The point chosen after Up (`by` 1, towards newer) or Down: rows stand newest first."""
    if not view.points:
        return ""
    ids = [point.point_id for point in view.points]
    at = chosen_for_winner(view, chosen) if not chosen else point_of(view, chosen)
    place = ids.index(at.point_id) if at is not None else len(ids) - 1
    return ids[max(0, min(len(ids) - 1, place + by))]


def point_control(view: MatchView, now_ms: Instant, why_not: str = "") -> ControlRow:
    """Start or end a point; the same key, the same place."""
    running = open_point_of(view)
    if running is not None:
        word = tr("End point {number}", number=running.number)
        line = tr("running for {time}", time=span(running.start_ms, now_ms))
        kind: Literal["start", "end"] = "end"
    else:
        word = tr("Start point {number}", number=len(view.points) + 1)
        kind = "start"
        last = last_ended(view)
        if last is None:
            line = tr("the first of this match")
        elif last.winner is None and not last.rerun:
            line = tr("point {number} has no winner yet", number=last.number)
        else:
            line = tr("point {number} ended {time} ago", number=last.number, time=span(last.end_ms or now_ms, now_ms))
    if why_not:
        return ControlRow("off", word, why_not, shape="stop" if running is not None else None)
    return ControlRow(kind, word, line)


def winner_control(view: MatchView, side: Side, chosen: str, why_not: str = "") -> SideControlRow:
    """What the control of one side says of the point the keys speak of."""
    team = sides_of(view.block)[0 if side is Side.TEAM1 else 1]
    point = chosen_for_winner(view, chosen)
    if why_not:
        return SideControlRow(team, why_not, why_not=why_not)
    if point is None:
        line = tr("after the first point")
        return SideControlRow(team, line, why_not=tr("A winner is stated when a point has ended"))
    number = point.number
    if point.winner is side:
        return SideControlRow(
            team, tr("won point {number}; press again to clear", number=number), chosen=True, enabled=True
        )
    if point.winner is None:
        return SideControlRow(team, tr("give point {number} to this side", number=number), enabled=True)
    return SideControlRow(team, tr("give point {number} to this side instead", number=number), enabled=True)


# Before a match


def reason_rows(
    view: MatchView, today: TodayView, board: BoardView, acting: Acting, acting_name: str
) -> tuple[ReasonRow, ...]:
    """Everything that stands against a start, first what stops, then what warns, then what is fine."""
    codes = {reason.code for reason in view.why_not}
    told = [reason for reason in view.why_not if not _is_summed_up(reason.code, codes)]
    blocks = {block.match_id: block for block in board.blocks}
    rows = [_reason_row(reason, blocks, board) for reason in told]
    rows.sort(key=lambda row: row.kind != "stop")
    return (*rows, *_fine_rows(view, today, codes, acting, acting_name))


def _is_summed_up(code: str, codes: set[str]) -> bool:
    prefix = _EXPLAINED.get(code)
    if prefix is None:
        return False
    others = {other for other in codes if other not in _EXPLAINED and other not in _WARN_CODES}
    return any(other.startswith(prefix) for other in others)


def _reason_row(reason: Reason, blocks: Mapping[str, BlockView], board: BoardView) -> ReasonRow:
    kind: Literal["stop", "warn"] = "warn" if reason.code in _WARN_CODES else "stop"
    headline = render(reason.words)
    if reason.code == "NOT_HEAD_REF":
        return ReasonRow(
            kind,
            reason.code,
            tr("No head referee is here"),
            tr("A head referee starts a match"),
            "who",
            tr("I am…"),
        )
    if kind_of(reason.about) == "tag":
        return ReasonRow(
            kind,
            reason.code,
            headline,
            tr("Say which team it is"),
            "assign",
            tr("Choose team"),
            about=id_of(reason.about),
        )
    block = blocks.get(id_of(reason.about)) if kind_of(reason.about) == "match" else None
    if block is None:
        return ReasonRow(kind, reason.code, headline)
    return ReasonRow(
        kind, reason.code, headline, _where_and_until(block, board), "show", tr("Show"), about=block.match_id
    )


def _where_and_until(block: BlockView, board: BoardView) -> str:
    field = next((one.name for one in board.fields if one.field_id == block.field_id), "")
    parts = [block.name, field] if field else [block.name]
    if block.status is Status.IN_PROGRESS and block.expected_to_ms is not None:
        parts.append(tr("until about {at}", at=clock(block.expected_to_ms)))
    elif block.status is Status.COMPLETED and block.real_to_ms is not None:
        parts.append(tr("ended {at}", at=clock(block.real_to_ms)))
    elif block.expected_ms is not None:
        parts.append(tr("about {at}", at=clock(block.expected_ms)))
    return ", ".join(parts)


def _fine_rows(view: MatchView, today: TodayView, codes: set[str], acting: Acting, acting_name: str) -> list[ReasonRow]:
    block = view.block
    rows: list[ReasonRow] = []

    def fine(code: str, headline: str, sentence: str = "") -> None:
        rows.append(ReasonRow("fine", code, headline, sentence))

    if not codes & {"FIELD_BUSY", "PREVIOUS_NOT_COMPLETED", "OVER"}:
        last = today.last
        ended = (
            ""
            if last is None or last.real_to_ms is None
            else tr("{match} ended {at}", match=last.name, at=clock(last.real_to_ms))
        )
        fine("FIELD_FREE", tr("{field} is free", field=view.field_name or tr("The field")), ended)
    if not any(code.startswith("TEAM_") or code == "TEAMS_UNDETERMINED" for code in codes):
        tokens = ", ".join(render(side.token) for side in block.sides if side.token)
        fine("TEAMS_KNOWN", tr("Both teams are known and free"), tokens)
    if block.referees and not any(code.startswith("REF") for code in codes):
        fine("REFEREES", tr("The referees are known and free"), referees_of(block))
    if not codes & {"STATUS", "DEPENDENCIES_NOT_COMPLETED", "NOT_FINALIZED_YET"}:
        fine("READY", tr("Everything it waits for is over"))
    if view.stones_per_set is not None:
        fine("STONES", tr("The stone count is known"), tr("{stones} per set", stones=view.stones_per_set))
    if "NOT_HEAD_REF" not in codes and acting.role is Role.HEAD_REF:
        fine("HEAD_REF", tr("A head referee starts it"), acting_name)
    return rows


def counts(rows: Sequence[ReasonRow]) -> tuple[int, int]:
    """How many reasons stop and how many warn."""
    return sum(row.kind == "stop" for row in rows), sum(row.kind == "warn" for row in rows)


def start_control(rows: Sequence[ReasonRow], why_not: str = "") -> ControlRow:
    """Start match: off with its reason while anything stands against it."""
    word = tr("Start match")
    stops, warns = counts(rows)
    against = [row for row in rows if row.kind != "fine"]
    if why_not:
        return ControlRow("off", word, why_not)
    if not against:
        return ControlRow("start", word, tr("everything is ready"))
    tooltip = "\n".join(row.headline for row in against)
    if len(against) == 1:
        line = tr("not yet: {reason}", reason=against[0].headline)
    elif stops:
        # Counted as the list counts them.
        what = [tr_n("{count} reason", "{count} reasons", stops)]
        if warns:
            what.append(tr_n("{count} warning", "{count} warnings", warns))
        line = tr("not yet: {reason}", reason=", ".join(what))
    else:
        line = tr("only with a reason")
    return ControlRow("off", word, line, tooltip=tooltip)


def waiting_side(view: MatchView, place: int) -> SideControlRow:
    """A side before the match: the team and where it comes from."""
    if len(view.block.sides) <= place:
        return SideControlRow("", "")
    side = view.block.sides[place]
    line = render(side.token) if side.token and side.known else (tr("not known yet") if not side.known else "")
    return SideControlRow(side_text(side), line)


def team_day(board: BoardView, side: SideView, match_id: str) -> tuple[TeamDayRow, ...]:
    """A team's matches of the day of this match, in their order; empty while the team is not known."""
    if side.team_id is None:
        return ()
    this = next((block.shown_from_ms for block in board.blocks if block.match_id == match_id), None)
    today = next((one for one in board.days if this is not None and one.starts_ms <= this < one.ends_ms), None)
    rows: list[TeamDayRow] = []
    fields = {field.field_id: field.name for field in board.fields}
    mine = [
        block
        for block in board.blocks
        if block.is_game and any(one.team_id == side.team_id for one in (*block.sides, *block.referees))
    ]
    mine.sort(key=lambda block: (block.shown_from_ms or 0, block.name))
    for block in mine:
        other_day = (
            today is not None
            and block.shown_from_ms is not None
            and not today.starts_ms <= block.shown_from_ms < today.ends_ms
        )
        if block.status is Status.SKIPPED or other_day:
            continue
        plays = any(one.team_id == side.team_id for one in block.sides)
        other = next((one for one in block.sides if one.team_id != side.team_id), None)
        opponent = side_text(other) if plays and other is not None else tr("referees")
        result, hue = _result_for(block, side.team_id, plays, fields)
        at = block.real_from_ms if block.status in (Status.IN_PROGRESS, Status.COMPLETED) else block.shown_from_ms
        rows.append(
            TeamDayRow(
                match_id=block.match_id,
                time="" if at is None else clock(at),
                name=block.name,
                opponent=opponent,
                result=result,
                hue=hue,
                this=block.match_id == match_id,
            )
        )
    return tuple(rows)


def _result_for(block: BlockView, team_id: str, plays: bool, fields: Mapping[str, str]) -> tuple[str, Hue | None]:
    if block.status is Status.IN_PROGRESS:
        where = fields.get(block.field_id or "", "")
        return tr("now on {field}", field=where) if where else tr("now"), "playing" if plays else "reffing"
    if block.status is not Status.COMPLETED or not plays:
        return "", None
    own = next((one for one in block.sides if one.team_id == team_id), None)
    if own is not None and own.winner:
        return _with_score(tr("won"), block), None
    if any(one.winner for one in block.sides):
        return _with_score(tr("lost"), block), None
    return _with_score(render(block.ending) if block.ending is not None else "", block), None


def _with_score(word: str, block: BlockView) -> str:
    return f"{word} {block.score_text}".strip()


def _other_day(at_ms: Instant | None, now_ms: Instant) -> str:
    """The calendar day of an instant, empty when it is the day on the clock."""
    return "" if at_ms is None or day(at_ms) == day(now_ms) else day(at_ms)


def next_row(block: BlockView, now_ms: Instant) -> NextRow:
    expected = ""
    if block.expected_ms is not None and block.late_min:
        expected = clock(block.expected_ms)
    at = block.plan_ms if block.plan_ms is not None else block.shown_from_ms
    return NextRow(
        match_id=block.match_id,
        day=_other_day(at, now_ms),
        time="" if at is None else clock(at),
        expected=expected,
        name=block.name,
        teams=sides_of(block),
        referees=referees_of(block),
        state=STATES[block.status](),
    )


def expected_of(view: MatchView) -> tuple[str, str, bool]:
    """Plan and expected start as texts, and whether the second is late."""
    block = view.block
    plan = "" if block.plan_ms is None else clock(block.plan_ms)
    expected = "" if block.expected_ms is None else clock(block.expected_ms)
    return plan, expected, block.late_min > 0


# Finishing


def press_winner(choice: FinishChoice, side: Side) -> FinishChoice:
    """State a winner; the same side again takes it back. An ending that has no winner becomes one that has."""
    if choice.winner is side:
        return replace(choice, winner=None)
    ending = Ending.NORMAL if choice.ending in WITHOUT_WINNER else choice.ending
    return FinishChoice(ending, side)


def press_ending(choice: FinishChoice, ending: Ending) -> FinishChoice:
    """State an ending; the same again goes back to played to the end."""
    if choice.ending is ending:
        return FinishChoice(Ending.NORMAL, choice.winner)
    return FinishChoice(ending, None if ending in WITHOUT_WINNER else choice.winner)


def finish_control(view: MatchView, choice: FinishChoice, why_not: str = "") -> ControlRow:
    """Finish: off until an ending is stated."""
    if why_not:
        return ControlRow("off", tr("Finish match"), why_not, key="Return", shape="stop")
    if not choice.stated:
        line = tr("say who won") if choice.ending is not Ending.NORMAL else tr("say who won, or draw")
        return ControlRow("off", tr("Finish match"), line, key="Return", shape="stop")
    return ControlRow("end", tr("Finish match"), finish_words(view, choice), key="Return")


def finish_words(view: MatchView, choice: FinishChoice) -> str:
    """What is about to be stated, in one short sentence."""
    teams = sides_of(view.block)
    winner = "" if choice.winner is None else teams[0 if choice.winner is Side.TEAM1 else 1]
    if choice.ending is Ending.NORMAL:
        return tr("{team} wins", team=winner)
    if choice.ending is Ending.DRAW:
        return tr("nobody wins: draw")
    word = render(ending_name(choice.ending))
    return tr("{ending}: {team} wins", ending=word, team=winner) if winner else word


def finish_side(view: MatchView, side: Side, choice: FinishChoice) -> SideControlRow:
    team = sides_of(view.block)[0 if side is Side.TEAM1 else 1]
    if choice.winner is side:
        return SideControlRow(team, tr("wins; press again to clear"), chosen=True, enabled=True)
    return SideControlRow(team, tr("press if this side won"), enabled=True)


def proposal(view: MatchView) -> tuple[str, str]:
    """The hint on the finishing page: headline and sentence. It states nothing."""
    teams = sides_of(view.block)
    points = tr(
        "{left} : {right} in points",
        left=sum(s.team1 for s in view.block.sets),
        right=sum(s.team2 for s in view.block.sets),
    )
    sets = tr("{left} : {right} in sets", left=view.set_score[0], right=view.set_score[1])
    figures = f"{sets}, {points}" if len(view.block.sets) > 1 else points
    if not view.points:
        return tr("No point was recorded"), tr("State the ending all the same.")
    if view.proposed is None:
        return tr("Level: {figures}", figures=figures), tr("The head referee says how it ended.")
    team = teams[0 if view.proposed is Side.TEAM1 else 1]
    return tr("{team} leads: {figures}", team=team, figures=figures), tr("A hint only. The head referee says who won.")


def winner_less_points(view: MatchView) -> tuple[int, ...]:
    """Numbers of points that count and have no winner: worth a look before finishing."""
    return tuple(
        point.number for point in view.points if point.winner is None and not point.rerun and not point.running
    )


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One set on the finishing page: its score, and its points in their order as (number, side, rerun)."""

    name: str
    score: str
    points: tuple[tuple[str, Literal["", "TEAM1", "TEAM2"], bool], ...]


def summary_rows(view: MatchView) -> tuple[SummaryRow, ...]:
    """All points, set by set."""
    rows: list[SummaryRow] = []
    for one in view.block.sets:
        points = tuple(
            (str(point.number), "" if point.winner is None else point.winner.value, point.rerun)
            for point in view.points
            if point.set_number == one.number
        )
        rows.append(SummaryRow(tr("Set {number}", number=one.number), f"{one.team1} : {one.team2}", points))  # type: ignore[arg-type]
    return tuple(rows)


# After a match


def over_words(view: MatchView, event: Event) -> tuple[str, str]:
    """How a match ended, as headline and sentence."""
    teams = sides_of(view.block)
    match = event.matches.get(view.block.match_id)
    result = None if match is None else match.result
    ended = "" if view.ended_ms is None else tr("Ended {at}", at=clock(view.ended_ms))
    if result is None:
        return tr("Over"), ended
    if result.winner is None:
        word = tr("Draw") if result.ending is Ending.DRAW else capital(render(ending_name(result.ending)))
        return word, ended
    team = teams[0 if result.winner is Side.TEAM1 else 1]
    if result.ending is Ending.NORMAL:
        return tr("{team} won", team=team), ended
    return tr("{team} won: {ending}", team=team, ending=render(ending_name(result.ending))), ended


def capital(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def go_on_control(following: MatchView | None, field_name: str) -> ControlRow:
    """After a match: on to the next one. Not on Space, so that a late press starts nothing."""
    if following is None:
        why = tr("no match is left on {field}", field=field_name)
        return ControlRow("off", tr("Day done"), why, key="", shape="check")
    return ControlRow("start", tr("Go on"), following.block.name, key="Return")


# Choosing a field


def field_rows(today: TodayView, board: BoardView) -> tuple[FieldRow, ...]:
    rows: list[FieldRow] = []
    for field in today.fields:
        mine = [block for block in board.blocks if block.field_id == field.field_id and block.is_game]
        running = next((block for block in mine if block.status is Status.IN_PROGRESS), None)
        waiting = sorted(
            (
                block
                for block in mine
                if block.status in (Status.NOT_STARTED, Status.TIME_FINALIZED, Status.READY_TO_START)
            ),
            key=lambda block: (block.live_ms or block.plan_ms or 0, block.name),
        )
        if running is not None:
            line = tr("{match} is running", match=running.name)
        elif waiting:
            at = waiting[0].shown_from_ms
            when = "" if at is None else f"{_other_day(at, board.now_ms)} {clock(at)}".strip()
            line = tr("{at} {match}", at=when, match=waiting[0].name).strip()
        else:
            line = tr("no match left")
        late = tr("+{minutes}", minutes=field.late_min) if field.late_min > 0 else ""
        rows.append(FieldRow(field.field_id, field.name, line, late))
    return tuple(rows)


def stand_of(today: TodayView, *, finishing: bool, just_over: bool) -> Stand:
    """What Today shows now."""
    if today.field is None:
        return "choose"
    if just_over:
        return "over"
    if today.current is None:
        return "empty"
    if today.current.stage is Stage.LIVE:
        return "finishing" if finishing else "running"
    return "idle"


def words_of(problems: Sequence[Words | str]) -> str:
    """Several sentences as one line."""
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in map(render, problems))


def before_words(today: TodayView) -> tuple[str, str]:
    """The match before this one on the field: its name and how it went."""
    last = today.last
    if last is None:
        return tr("Nothing yet"), tr("the first match on this field")
    winner = next((side_text(side) for side in last.sides if side.winner), "")
    if last.status is Status.SKIPPED:
        how = tr("skipped")
    elif winner:
        how = _with_score(tr("{team} won", team=winner), last)
    else:
        how = _with_score(render(last.ending) if last.ending is not None else "", last)
    ended = "" if last.real_to_ms is None or last.status is Status.SKIPPED else clock(last.real_to_ms)
    return last.name, " · ".join(part for part in (ended, how) if part)


def then_words(following: Sequence[BlockView], now_ms: Instant) -> tuple[str, str]:
    """The match after this one on the field: when, its name, who meets."""
    if not following:
        return tr("Nothing more"), tr("the last match on this field")
    row = next_row(following[0], now_ms)
    who = tr("{left} against {right}", left=row.teams[0], right=row.teams[1])
    return f"{row.time} {row.name}".strip(), f"{row.day} · {who}" if row.day else who


def effect_words(event: Event, board: BoardView, match_id: str) -> tuple[str, str]:
    """What became known by a result: which matches now know a team."""
    blocks = {block.match_id: block for block in board.blocks}
    told: list[str] = []
    for match in event.matches.values():
        block = blocks.get(match.id)
        if block is None or not block.is_game:
            continue
        for slot, side in zip((match.team1, match.team2), block.sides):
            if isinstance(slot, OutcomeSlot) and slot.match_id == match_id and side.known:
                told.append(tr("{match}: {team}", match=match.name, team=side_text(side)))
    if not told:
        return tr("Nothing waits for it"), ""
    return tr_n("{count} slot is decided", "{count} slots are decided", len(told)), " · ".join(told)


def holder_words(view: MatchView, state: State) -> tuple[str, str]:
    """Who started the match, and under which reason where one was needed; empty before the start."""
    match = state.event.matches.get(view.block.match_id)
    start = None if match is None else match.start
    if start is None:
        return "", ""
    at = clock(start.at_ms)
    name = state.name_of(start.head_ref)
    headline = tr("Head referee {name}", name=name) if name else tr("This desk runs the match")
    if start.override:
        return headline, tr("Started {at} with a reason: {reason}", at=at, reason=start.override)
    return headline, tr("Started {at}", at=at)
