"""The score sheet of a match, one page to write on: teams, a grid for points, penalties, the outcome, signatures.

It is printed empty, whatever the desk knows of the match already: a sheet is written at the field. Of people it knows
nothing but the `RosterLine`s it is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.operations.views import BlockView, BoardView
from arctos_desk.publishing.page import BLACK, GREY, MARGIN, SHADE, Anchor, Box, Line, Mark, Page, Paper
from arctos_desk.publishing.schedule_sheets import planned_ms
from arctos_desk.publishing.sheet_code import modules_of, payload, short_code
from arctos_desk.publishing.table_pages import written
from arctos_desk.publishing.typeface import LINE_HEIGHT, Typeface
from arctos_desk.publishing.wording import Wording
from arctos_desk.tournament.kinds import Counting, SetType
from arctos_desk.tournament.records import Event, Match, Mode
from arctos_desk.tournament.words import say


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A player as the sheet names one: what stands on the jersey, and whether the player may be head referee."""

    number: str
    jersey_name: str
    head_ref: bool = False


Rosters = Mapping[str, Sequence[RosterLine]]
"""Team id -> its players in the order in which they are to stand on the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """How a match is played, as far as the grid must know: sets at most, points that win one, whether stones count."""

    sets: int
    target: int | None = None
    stones: bool = False


SETS_MOST: Final = 7
CELLS_MOST: Final = 21
_CELLS: Final = 12
_OVERTIME: Final = 2
_SIDE_LINES: Final = 8
"""Empty lines for players where no roster was given."""
_ROSTER_ROOM: Final = {1: 220.0, 2: 220.0, 3: 210.0, 4: 180.0, 5: 160.0, 6: 150.0, 7: 140.0}
"""Height that players may take, by number of sets."""
_QR: Final = 80.0
_LEAST_ROSTER_LINE: Final = 10.0


def play_of(event: Event, match: Match, *, targets: Mapping[str, int] | None = None) -> Play:
    """The play of a match: from the mode of that name, else from its own keys and the points its wording asks for."""
    mode = next((one for one in event.modes.values() if match.mode and one.name == match.mode), None)
    target = (targets or {}).get(match.mode)
    stones = match.set_type is SetType.STONES
    if mode is None:
        usual = 2 if stones else 3
        return Play(sets=_within(match.sets or usual), target=target, stones=stones)
    return Play(sets=_within(match.sets or _sets_of(mode)), target=mode.points_per_set or target, stones=stones)


def _sets_of(mode: Mode) -> int:
    return 2 * mode.sets - 1 if mode.counting is Counting.SETS_TO else mode.sets


def _within(sets: int) -> int:
    return max(1, min(SETS_MOST, sets))


def score_sheet(
    event: Event,
    view: BoardView,
    match_id: str,
    typeface: Typeface,
    wording: Wording,
    *,
    paper: Paper = Paper.A4,
    rosters: Rosters | None = None,
    targets: Mapping[str, int] | None = None,
    printed: str = "",
) -> Page:
    """The sheet of one game. Raises KeyError when there is no such match."""
    match = event.matches[match_id]
    block = next(one for one in view.blocks if one.match_id == match_id)
    drawn = _ScoreSheet(event, view, block, typeface, wording, paper)
    drawn.heading(match, printed)
    play = play_of(event, match, targets=targets)
    drawn.teams(rosters or {}, _ROSTER_ROOM[min(play.sets, 7)])
    drawn.grid(play)
    drawn.foot([one.name for one in event.penalty_types.values()])
    return Page(width=drawn.width, height=drawn.height, marks=tuple(drawn.marks))


class _ScoreSheet:
    """One sheet while it is drawn, from the top downwards; what stands at the foot is drawn from the bottom upwards."""

    def __init__(
        self, event: Event, view: BoardView, block: BlockView, typeface: Typeface, wording: Wording, paper: Paper
    ) -> None:
        self.event = event
        self.view = view
        self.block = block
        self.typeface = typeface
        self.wording = wording
        self.width, self.height = paper.size()
        self.left = MARGIN
        self.right = self.width - MARGIN
        self.y = MARGIN
        self.marks: list[Mark] = []
        self.names = [wording.of(side.text) for side in block.sides]
        teams = [event.teams.get(side.team_id or "") for side in block.sides]
        self.labels = [team.shortname if team and team.shortname else name for team, name in zip(teams, self.names)]

    @property
    def room(self) -> float:
        return self.right - self.left

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        room: float,
        *,
        bold: bool = False,
        ink: str = BLACK,
        anchor: Anchor = Anchor.START,
        least: float = 5.0,
    ) -> None:
        """A text on one line, smaller where it must be."""
        set_ = self.typeface.fitted(text, room, size, bold=bold, least=least)
        self.marks.append(written(self.typeface, x, y, set_.lines[0], set_.size, bold=bold, ink=ink, anchor=anchor))

    def lines(
        self, x: float, middle: float, text: str, size: float, room: float, height: float, *, bold: bool = False
    ) -> None:
        """A text about a middle line, on two lines where one will not do, and then as small as both need."""
        set_ = self.typeface.fitted(text, room, size, bold=bold, least=min(size, 6.5))
        if set_.lines[0] != self.typeface.printable(text).strip():
            set_ = self.typeface.fitted(text, room, min(size, height / 2.2), bold=bold, most=2, least=4.0)
        pitch = set_.size * 1.1
        y = middle - len(set_.lines) * pitch / 2
        for line in set_.lines:
            y += pitch
            self.marks.append(written(self.typeface, x, y - set_.size * 0.22, line, set_.size, bold=bold))

    def box(
        self, x: float, y: float, width: float, height: float, *, ground: str | None = None, line: float = 0.5
    ) -> None:
        self.marks.append(Box(x=x, y=y, width=width, height=height, ground=ground, line=line))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, ink: str = BLACK) -> None:
        self.marks.append(Line(x1=x1, y1=y1, x2=x2, y2=y2, width=width, ink=ink))

    # the head ---------------------------------------------------------------------------------------------------------

    def heading(self, match: Match, printed: str) -> None:
        room = self.room - _QR - 16
        say_it = self.wording.text
        self.text(self.left, self.y + 10, self.event.info.name, 11, room, bold=True)
        named = self.typeface.fitted(match.name, room, 24, bold=True, most=2, least=10)
        y = self.y + 16
        for line in named.lines:
            y += named.size * LINE_HEIGHT
            self.marks.append(written(self.typeface, self.left, y - named.size * 0.2, line, named.size, bold=True))
        y = max(y, self.y + 46)
        field = self.event.fields.get(match.field_id or "")
        at_ms = planned_ms(self.block)
        where = [] if field is None else [field.name]
        when = [] if at_ms is None else [self.wording.day(at_ms), self.wording.clock(at_ms)]
        self.text(self.left, y + 14, "  ·  ".join((*when, *where)), 13, room, bold=True, least=7)
        ribbon = [say_it(say("ribbon game"))] if match.ribbon else []
        about = [one for one in (match.mode, self.block.group, *ribbon) if one]
        self.text(self.left, y + 29, "  ·  ".join(about), 10, room, least=6)
        referees = ", ".join(self.wording.of(referee.text) for referee in self.block.referees)
        if referees:
            self.text(self.left, y + 43, say_it(say("Referees: {names}", names=referees)), 10, room, least=6)
        self.code(match.id)
        if printed:
            low = self.height - MARGIN + 10
            self.text(self.right, low, printed, 6.5, self.room / 3, ink=GREY, anchor=Anchor.END)
        self.y = max(y + 52, self.y + _QR + 20)

    def code(self, match_id: str) -> None:
        """The square code in the corner, and below it the same for people."""
        modules = modules_of(payload(self.event.info.id, match_id))
        size = _QR / len(modules)
        x0 = self.right - _QR
        for number, row in enumerate(modules):
            begin: int | None = None
            for place, black in enumerate((*row, False)):
                if black and begin is None:
                    begin = place
                elif not black and begin is not None:
                    # A little taller than a row: printers and viewers leave no seam then.
                    self.marks.append(
                        Box(
                            x=x0 + begin * size,
                            y=self.y + number * size,
                            width=(place - begin) * size,
                            height=size * 1.02,
                            ground=BLACK,
                            edge=None,
                        )
                    )
                    begin = None
        code = short_code(match_id)
        self.text(self.right - _QR / 2, self.y + _QR + 12, code, 11, _QR, bold=True, anchor=Anchor.MIDDLE)

    # the teams --------------------------------------------------------------------------------------------------------

    def teams(self, rosters: Rosters, height: float) -> None:
        gap = 12.0
        width = (self.room - gap) / 2
        top = self.y
        lines = [rosters.get(side.team_id or "", ()) for side in self.block.sides]
        most = int((height - 12) / _LEAST_ROSTER_LINE)
        high = max((_lines_high(len(one), most) for one in lines), default=_SIDE_LINES)
        line = min(14.0, (height - 12) / high)
        for place, (name, roster) in enumerate(zip(self.names, lines, strict=True)):
            x = self.left + place * (width + gap)
            named = self.typeface.fitted(name, width - 10, 14, bold=True, most=2, least=7)
            self.box(x, top, width, 34, ground=SHADE)
            y = top + 17 - named.height / 2
            for row in named.lines:
                y += named.size * LINE_HEIGHT
                self.marks.append(written(self.typeface, x + 5, y - named.size * 0.3, row, named.size, bold=True))
            self.roster(roster, x, top + 34, width, high, line)
        self.y = top + 34 + 12 + high * line + 8

    def roster(self, roster: Sequence[RosterLine], x: float, top: float, width: float, high: int, line: float) -> None:
        abreast = max(1, -(-len(roster) // high))
        part = width / abreast
        say_it = self.wording.text
        number, mark = {1: (34.0, 34.0), 2: (22.0, 14.0)}.get(abreast, (16.0, 9.0))
        last = min(34.0, part * 0.3)
        for column in range(abreast):
            left = x + column * part
            self.text(left + 3, top + 9, say_it(say("No.")), 7, number - 4, ink=GREY)
            self.text(left + number + 3, top + 9, say_it(say("Name on the jersey")), 7, part - number - last, ink=GREY)
            self.text(left + part - 2, top + 9, say_it(say("Head ref")), 7, last - 4, ink=GREY, anchor=Anchor.END)
            for place in range(high):
                y = top + 12 + place * line
                self.box(left, y, part, line)
                at = column * high + place
                if at < len(roster):
                    middle, size = y + line / 2, min(9.0, line - 2)
                    one = roster[at]
                    self.text(left + number - 3, middle + 3, one.number, size, number - 5, bold=True, anchor=Anchor.END)
                    self.lines(left + number + 3, middle, one.jersey_name, size, part - number - mark - 5, line)
                    if one.head_ref:
                        self.text(left + part - mark / 2, middle + 3, "✓", size, mark, bold=True, anchor=Anchor.MIDDLE)
            for x_line in (left + number, left + part - mark):
                self.rule(x_line, top + 12, x_line, top + 12 + high * line)

    # the points -------------------------------------------------------------------------------------------------------

    def grid(self, play: Play) -> None:
        """A row of boxes for each side of each set; where stones count, one more for how many were left."""
        foot = _FOOT_MOST if play.sets <= 5 else _FOOT_LEAST
        rows = 3 if play.stones else 2
        room = self.height - MARGIN - foot - self.y - 12
        line = min(17.0, (room - play.sets * 4) / (rows * play.sets))
        target = play.target if play.target is not None and play.target <= CELLS_MOST - _OVERTIME else None
        cells = _CELLS if target is None else max(5, target + _OVERTIME)
        first, label, total = 42.0, 112.0, 44.0
        width = (self.room - first - label - total) / cells
        left = self.left + first + label
        say_it = self.wording.text
        if play.target is not None:
            words = say("A set is won with {points} points", points=play.target)
            self.text(left, self.y + 8, say_it(words), 7, self.right - total - left, ink=GREY)
        self.text(self.right - total / 2, self.y + 8, say_it(say("Total")), 7, total, ink=GREY, anchor=Anchor.MIDDLE)
        self.y += 11
        for number in range(1, play.sets + 1):
            self.box(self.left, self.y, first, rows * line, ground=SHADE)
            middle = self.y + rows * line / 2 + 3
            words = say("Set {number}", number=number)
            self.text(self.left + first / 2, middle, say_it(words), 9, first - 4, bold=True, anchor=Anchor.MIDDLE)
            for row in range(rows):
                y = self.y + row * line
                of_side = row < len(self.labels)
                name = self.labels[row] if of_side else say_it(say("Stones left"))
                self.box(self.left + first, y, label, line)
                self.lines(self.left + first + 4, y + line / 2, name, 8.5, label - 6, line, bold=of_side)
                for cell in range(cells):
                    x = left + cell * width
                    self.box(x, y, width, line)
                    if target is not None and of_side and cell < target:
                        self.text(x + 2, y + 6, str(cell + 1), 5.5, width - 2, ink=GREY)
                self.box(self.right - total, y, total, line, line=1.2 if of_side else 0.5)
            if target is not None:
                x = left + target * width
                self.rule(x, self.y, x, self.y + rows * line, width=1.6)
            self.y += rows * line + 4

    # the foot ---------------------------------------------------------------------------------------------------------

    def foot(self, penalty_types: Sequence[str]) -> None:
        bottom = self.height - MARGIN
        signatures = bottom - 46
        self.signatures(signatures)
        outcome = signatures - 66
        self.outcome(outcome)
        room = outcome - 8 - self.y
        self.penalties(penalty_types, self.y + 4, room * 0.62)
        self.notes(self.y + 4 + room * 0.62 + 6, outcome - 8)

    def outcome(self, top: float) -> None:
        say_it = self.wording.text
        self.box(self.left, top, self.room, 56, line=1.2)
        third = self.room / 3
        one, other = (*self.names, "", "")[:2]
        boxes = (
            (say("{team} won", team=one), 0, 0),
            (say("{team} won", team=other), 0, 1),
            (say("Draw"), 0, 2),
            (say("Forfeit"), 1, 0),
            (say("Double forfeit"), 1, 1),
            (say("Abandoned"), 1, 2),
        )
        for words, row, column in boxes:
            x, y = self.left + 6 + column * third, top + 5 + row * 17
            self.box(x, y, 11, 11, line=1.0)
            self.lines(x + 16, y + 5.5, say_it(words), 10 if row == 0 else 9, third - 28, 17, bold=row == 0)
        blanks = (
            say("Started at"),
            say("Ended at"),
            say("Sets"),
            say("Points"),
        )
        quarter = self.room / 4
        for place, words in enumerate(blanks):
            x = self.left + 6 + place * quarter
            label = say_it(words)
            taken = min(self.typeface.width(label, 9), quarter * 0.55)
            self.text(x, top + 50, label, 9, taken + 0.5)
            self.rule(x + taken + 4, top + 51, x + quarter - 12, top + 51)
            middle = (x + taken + 4 + x + quarter - 12) / 2
            self.text(middle, top + 50, ":", 10, 8, bold=True, anchor=Anchor.MIDDLE)

    def penalties(self, types: Sequence[str], top: float, height: float) -> None:
        say_it = self.wording.text
        heads = (
            (say("Set"), 0.07),
            (say("Time or stones"), 0.15),
            (say("Team"), 0.24),
            (say("No."), 0.08),
            (say("Penalty"), 0.2),
            (say("Note"), 0.26),
        )
        title = say_it(say("Penalties"))
        named = ", ".join(types)
        self.text(self.left, top + 9, title, 9, self.room * 0.3, bold=True)
        taken = min(self.room * 0.3, self.typeface.width(title, 9, bold=True)) + 8
        if named:
            self.text(self.left + taken, top + 9, named, 7.5, self.room - taken, ink=GREY)
        y = top + 13
        lines = max(1, min(8, int((height - 26) / 15)))
        line = min(18.0, (height - 26) / lines)
        x = self.left
        self.box(self.left, y, self.room, 12, ground=SHADE)
        for words, share in heads:
            self.text(x + 3, y + 9, say_it(words), 7, self.room * share - 4)
            x += self.room * share
            if x < self.right - 1:
                self.rule(x, y, x, y + 12 + lines * line)
        for number in range(lines):
            self.box(self.left, y + 12 + number * line, self.room, line)

    def notes(self, top: float, bottom: float) -> None:
        self.box(self.left, top, self.room, bottom - top)
        self.text(self.left + 4, top + 9, self.wording.text(say("Notes")), 7, self.room, ink=GREY)

    def signatures(self, top: float) -> None:
        gap = 14.0
        say_it = self.wording.text
        labels = [say_it(say("Captain of {team}", team=name)) for name in self.names]
        labels.append(say_it(say("Head referee: name and signature")))
        width = (self.room - gap * (len(labels) - 1)) / len(labels)
        for place, label in enumerate(labels):
            x = self.left + place * (width + gap)
            self.rule(x, top + 28, x + width, top + 28)
            set_ = self.typeface.fitted(label, width, 8, most=2, least=5)
            y = top + 29
            for row in set_.lines:
                y += set_.size * LINE_HEIGHT
                self.marks.append(written(self.typeface, x, y - set_.size * 0.2, row, set_.size, ink=GREY))


_FOOT_MOST: Final = 250.0
_FOOT_LEAST: Final = 210.0
"""Room that is kept free below the grid, where sets are few and where they are many."""


def _lines_high(players: int, most: int) -> int:
    """Lines of a roster, of which no more than `most` stand one below the other; one stays free for who comes late."""
    wanted = max(_SIDE_LINES, min(players + 1, most) if players <= most else players)
    return max(_SIDE_LINES, -(-wanted // -(-wanted // most)))
