"""The board as a picture: fields across, time down, each day below the other. SVG, text stays text.

A block stands at the plan, or earlier when the day is faster; never later (spec scheduling.md §10): a board that slides
teaches people to come late. Lateness is a figure on the block. Works no time out: the view did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.operations.views import BlockView, BoardView, DayView, FieldView
from arctos_desk.publishing import palette as ink
from arctos_desk.publishing.lettering import elide, width_of
from arctos_desk.publishing.markup import element, safe
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.tournament.words import Words, say, say_n

COLUMN_PX: Final = 232
GUTTER_PX: Final = 64
HEADER_PX: Final = 48
TITLE_PX: Final = 56
MARGIN_PX: Final = 16
BETWEEN_DAYS_PX: Final = 32
FOUR_LINES_PX: Final = 72
"""A block with its name, two teams and the referees."""

_SMALL: Final = 12
_LINE: Final = 16
_MINUTE_PX_LEAST: Final = 1.2
_MINUTE_PX_MOST: Final = 4.0


def board_svg(
    view: BoardView,
    *,
    wording: Wording | None = None,
    days: Sequence[DayView] | None = None,
    of_more: bool = False,
) -> str:
    """The board of some days (all that have matches, unless told otherwise) as one SVG document.

    `of_more` says that the event has more fields than these, so that nothing is said to be on all of them.
    """
    say_it = wording or Wording(zone_of(view.zone))
    columns = _columns(view, say_it)
    shown = tuple(view.days if days is None else days)
    minute_px = _minute_px(view.blocks)
    width = MARGIN_PX * 2 + GUTTER_PX + COLUMN_PX * max(1, len(columns))
    parts: list[str] = []
    top = float(TITLE_PX)
    for day in shown:
        sheet = _Sheet(view, day, columns, minute_px, top, say_it, of_more=of_more)
        parts.extend(sheet.draw())
        top = sheet.bottom + BETWEEN_DAYS_PX
    timeless = [block for block in view.blocks if block.shown_from_ms is None and block.is_game]
    if timeless:
        names = ", ".join(block.name for block in timeless)
        note = say_it.text(say("Without a time: {names}", names=names))
        parts.append(_text(MARGIN_PX, top, elide(note, width - 2 * MARGIN_PX, _SMALL), fill=ink.MUTED))
        top += 24
    height = top if parts else top + 24
    if not parts:
        parts.append(_text(MARGIN_PX, top, say_it.text(say("No match has a time yet")), fill=ink.MUTED))
    title = [
        _text(MARGIN_PX, 28, elide(view.event_name, width * 0.7, 20, bold=True), size=20, bold=True),
        _text(
            MARGIN_PX,
            46,
            say_it.text(say("As of {day}, {clock}", day=say_it.day(view.now_ms), clock=say_it.clock(view.now_ms))),
            fill=ink.MUTED,
        ),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": width,
                "height": round(height),
                "viewBox": f"0 0 {width} {round(height)}",
                "font-family": ink.FAMILY,
                "font-size": _SMALL,
                "role": "img",
                "aria-label": view.event_name,
            },
            element("title", None, safe(view.event_name)),
            element("rect", {"width": width, "height": round(height), "fill": ink.WINDOW}),
            "\n",
            "\n".join((*title, *parts)),
            "\n",
        )
        + "\n"
    )


def _columns(view: BoardView, wording: Wording) -> tuple[FieldView, ...]:
    """The fields, and one more column when a match stands on none."""
    known = {field.field_id for field in view.fields}
    if all(block.field_id in known for block in view.blocks):
        return view.fields
    return (*view.fields, FieldView(field_id="", name=wording.text(say("No field")), late_min=0))


def _minute_px(blocks: Iterable[BlockView]) -> float:
    """A scale at which most matches have room for their four lines."""
    lengths = sorted(block.length_min for block in blocks if block.is_game and block.length_min > 0)
    if not lengths:
        return 2.0
    usual = lengths[len(lengths) // 5]
    return min(_MINUTE_PX_MOST, max(_MINUTE_PX_LEAST, (FOUR_LINES_PX + 4) / usual))


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


class _Sheet:
    """One day of the board while it is drawn."""

    def __init__(
        self,
        view: BoardView,
        day: DayView,
        columns: Sequence[FieldView],
        minute_px: float,
        top: float,
        wording: Wording,
        *,
        of_more: bool,
    ) -> None:
        self.view = view
        self.of_more = of_more
        self.columns = columns
        self.minute_px = minute_px
        self.wording = wording
        self.top = top
        self.day = day
        self.body = top + HEADER_PX + 24
        self.left = MARGIN_PX + GUTTER_PX
        known = {column.field_id for column in columns}
        self.blocks = [
            (block, block.field_id if block.field_id in known else "")
            for block in view.blocks
            if block.shown_from_ms is not None and day.starts_ms <= block.shown_from_ms < day.ends_ms
        ]
        begins = min((block.shown_from_ms or 0 for block, _ in self.blocks), default=day.first_ms)
        self.from_ms = begins - wording.minutes_of_day(begins) % 30 * MINUTE_MS
        self.to_ms = max((_end(block) for block, _ in self.blocks), default=day.last_ms)

    @property
    def bottom(self) -> float:
        return self.y(self.to_ms) + 12

    def y(self, at_ms: Instant) -> float:
        return self.body + (at_ms - self.from_ms) / MINUTE_MS * self.minute_px

    def draw(self) -> Iterator[str]:
        width = COLUMN_PX * len(self.columns)
        yield _text(MARGIN_PX, self.top + 16, self.wording.day(self.day.starts_ms), size=16, bold=True)
        yield element(
            "rect",
            {
                "x": self.left,
                "y": self.top + 24,
                "width": width,
                "height": HEADER_PX - 8,
                "fill": ink.SURFACE,
                "stroke": ink.BORDER,
            },
        )
        yield from self.hours(width)
        for number, column in enumerate(self.columns):
            yield from self.heading(number, column)
        neutral = list(self.neutral())
        yield from (drawing for kind, drawing in neutral if kind is not MatchKind.JOIN)
        for number, column in enumerate(self.columns):
            games = [block for block, field_id in self.blocks if field_id == column.field_id and block.is_game]
            for block, lane, lanes in _in_lanes(games):
                usable = (COLUMN_PX - 10) / lanes
                box = _Box(
                    self.left + number * COLUMN_PX + 5 + lane * usable,
                    self.y(block.shown_from_ms or 0) + 1,
                    usable - (2 if lanes > 1 else 0),
                    max(14.0, (_end(block) - (block.shown_from_ms or 0)) / MINUTE_MS * self.minute_px - 2),
                )
                yield from self.game(block, box)
        yield from (drawing for kind, drawing in neutral if kind is MatchKind.JOIN)
        now_ms = self.view.now_ms
        if self.from_ms <= now_ms <= self.to_ms:
            yield from self.now_line(self.y(now_ms), width)

    def hours(self, width: float) -> Iterator[str]:
        at_ms = self.from_ms
        while at_ms <= self.to_ms:
            full = self.wording.minutes_of_day(at_ms) % 60 == 0
            y = self.y(at_ms)
            if full:
                yield element("rect", {"x": self.left - 8, "y": y, "width": width + 8, "height": 1, "fill": ink.BORDER})
                yield _text(
                    self.left - 12, y + 4, self.wording.clock(at_ms), fill=ink.MUTED, anchor="end", figures=True
                )
            at_ms += 30 * MINUTE_MS

    def heading(self, number: int, column: FieldView) -> Iterator[str]:
        x = self.left + number * COLUMN_PX
        if number:
            height = self.bottom - self.top - 24
            yield element("rect", {"x": x, "y": self.top + 24, "width": 1, "height": height, "fill": ink.BORDER})
        yield _text(x + 8, self.top + 40, elide(column.name, COLUMN_PX - 16, 14, bold=True), size=14, bold=True)
        if column.field_id and self.from_ms <= self.view.now_ms <= self.to_ms:
            words, colour = _lateness(column.late_min)
            yield _text(x + 8, self.top + 56, self.wording.text(words), fill=colour, bold=True)

    def neutral(self) -> Iterator[tuple[MatchKind, str]]:
        """Breaks as bands and joins as double lines, over all neighbouring fields that share them."""
        rows: dict[tuple[MatchKind, str, Instant, Instant], list[int]] = {}
        places = {column.field_id: number for number, column in enumerate(self.columns)}
        for block, field_id in self.blocks:
            if not block.is_game:
                key = (block.kind, block.name, block.shown_from_ms or 0, _end(block))
                rows.setdefault(key, []).append(places[field_id or ""])
        for (kind, name, from_ms, to_ms), numbers in rows.items():
            for first, last in _runs(numbers):
                x = self.left + first * COLUMN_PX
                width = (last - first + 1) * COLUMN_PX
                if kind is MatchKind.JOIN:
                    yield kind, self.join(name, x, width, from_ms)
                else:
                    everywhere = not self.of_more and last - first + 1 == len(self.columns) > 1
                    yield kind, self.band(name, x, width, from_ms, to_ms, everywhere=everywhere)

    def band(self, name: str, x: float, width: float, from_ms: Instant, to_ms: Instant, *, everywhere: bool) -> str:
        y, bottom = self.y(from_ms), self.y(to_ms)
        times = {"name": name, "start": self.wording.clock(from_ms), "end": self.wording.clock(to_ms)}
        words = (
            say("{name}, all fields, {start} to {end}", **times)
            if everywhere
            else say("{name}, {start} to {end}", **times)
        )
        caption = self.wording.text(words)
        parts = [
            element("title", None, safe(caption)),
            element("rect", {"x": x, "y": y, "width": width, "height": bottom - y, "fill": ink.RAISED}),
            element("rect", {"x": x, "y": y, "width": width, "height": 1, "fill": ink.EDGE}),
            element("rect", {"x": x, "y": bottom - 1, "width": width, "height": 1, "fill": ink.EDGE}),
        ]
        if bottom - y >= 14:
            fits = [size for size in (14, _SMALL) if width_of(caption, size, bold=True) <= width - 16]
            size = fits[0] if fits else _SMALL
            shown = caption if fits else elide(name, width - 16, size, bold=True)
            middle = (y + bottom) / 2 + 5
            parts.append(_text(x + width / 2, middle, shown, size=size, bold=True, fill=ink.MUTED, anchor="middle"))
        return element("g", {"class": "break"}, *parts)

    def join(self, name: str, x: float, width: float, at_ms: Instant) -> str:
        y = self.y(at_ms)
        caption = elide(name, width - 24, _SMALL, bold=True)
        label = width_of(caption, _SMALL, bold=True) + 12
        return element(
            "g",
            {"class": "join"},
            element("title", None, safe(name)),
            element("rect", {"x": x, "y": y - 2, "width": width, "height": 1, "fill": ink.PLAYING}),
            element("rect", {"x": x, "y": y + 1, "width": width, "height": 1, "fill": ink.PLAYING}),
            element(
                "rect",
                {
                    "x": x + width - label - 6,
                    "y": y - 9,
                    "width": label,
                    "height": 18,
                    "rx": 4,
                    "fill": ink.PLAYING_SOFT,
                    "stroke": ink.PLAYING,
                },
            ),
            _text(x + width - label, y + 4, caption, fill=ink.PLAYING, bold=True),
        )

    def game(self, block: BlockView, box: _Box) -> Iterator[str]:
        over = block.status in (Status.COMPLETED, Status.SKIPPED)
        fill, edge, line = _LOOK.get(block.status, (ink.SURFACE, ink.EDGE, 1))
        quiet = ink.DONE if over else ink.TEXT
        inside = box.width - 16
        parts = [element("title", None, safe(self.sentence(block)))]
        ghost = self.ghost(block, box)
        if ghost:
            parts.append(ghost)
        parts.append(
            element(
                "rect",
                {
                    "x": box.x + 0.5,
                    "y": box.y + 0.5,
                    "width": box.width - 1,
                    "height": box.height - 1,
                    "rx": 4,
                    "fill": fill,
                    "stroke": edge,
                    "stroke-width": line,
                },
            )
        )
        parts.append(element("rect", {"x": box.x, "y": box.y + 2, "width": 4, "height": box.height - 4, "fill": edge}))
        x, y = box.x + 10, box.y + 14
        rows = int((box.height - 4) // _LINE)
        parts.extend(self.first_line(block, x, y, inside, with_time=rows >= 1 and box.height >= 17, quiet=quiet))
        if rows >= 3:
            scores = [(one.team1, one.team2) for one in block.sets]
            aside = "" if scores else block.score_text
            for place, side in enumerate(block.sides):
                y += _LINE
                figures = "  ".join(str(pair[place]) for pair in scores) if scores else aside if place == 0 else ""
                room = inside - (width_of(figures, _SMALL, bold=True) + 8 if figures else 0)
                name = elide(self.wording.of(side.text), room, _SMALL, bold=side.winner or not over)
                colour = ink.TEXT if side.winner or not over else ink.DONE
                open_slot = not side.known
                parts.append(
                    _text(
                        x,
                        y,
                        name,
                        fill=ink.MUTED if open_slot else colour,
                        bold=(side.winner or not over) and side.known,
                    )
                )
                if figures:
                    colour = ink.TEXT if side.winner or not over else ink.DONE
                    parts.append(
                        _text(x + inside, y, figures, fill=colour, anchor="end", bold=side.winner, figures=True)
                    )
        elif rows >= 2 and block.sides:
            y += _LINE
            both = " – ".join(self.wording.of(side.text) for side in block.sides)
            parts.append(_text(x, y, elide(both, inside, _SMALL), fill=quiet))
        if rows >= 4 and block.referees:
            y += _LINE
            names = ", ".join(self.wording.of(referee.text) for referee in block.referees)
            parts.append(_whistle(x, y - 9))
            parts.append(_text(x + 16, y, elide(names, inside - 16, _SMALL), fill=ink.MUTED))
        yield element("g", {"class": f"match {block.status.value.lower()}"}, *parts)

    def first_line(
        self, block: BlockView, x: float, y: float, inside: float, *, with_time: bool, quiet: str
    ) -> Iterator[str]:
        """The state as a shape, the name, and the time with its lateness."""
        mark = _MARKS.get(block.status)
        if mark:
            path, colour, filled = mark
            yield _drawing(path, x, y - 10, 11, colour, filled=filled)
            x, inside = x + 16, inside - 16
        right = x + inside
        late = _signed(block.late_min) if with_time else ""
        if late:
            colour = ink.WARNING if block.late_min > 0 else ink.RUNNING
            yield _text(right, y, late, fill=colour, anchor="end", bold=True, figures=True)
            right -= width_of(late, _SMALL, bold=True) + 6
        if with_time:
            clock = self.wording.clock(block.shown_from_ms)
            if block.status is Status.SKIPPED:
                clock = self.wording.text(say("skipped"))
            yield _text(right, y, clock, fill=quiet, anchor="end", figures=True)
            right -= width_of(clock, _SMALL) + 6
        name = elide(block.name, max(0.0, right - x - (14 if block.ribbon else 0)), _SMALL, bold=True)
        yield _text(x, y, name, fill=quiet, bold=True)
        if block.ribbon:
            at = x + width_of(name, _SMALL, bold=True) + 4
            yield _drawing("M5 2h14v20l-7-5-7 5z", at, y - 9, 10, ink.PLAYING, filled=True)

    def ghost(self, block: BlockView, box: _Box) -> str:
        """A dashed frame at the plan of a match that is played earlier."""
        if block.plan_ms is None or block.plan_to_ms is None or block.late_min >= 0:
            return ""
        top, bottom = self.y(block.plan_ms), self.y(block.plan_to_ms)
        if bottom > self.bottom:
            return ""
        return element(
            "rect",
            {
                "x": box.x + 0.5,
                "y": top + 1.5,
                "width": box.width - 1,
                "height": max(2.0, bottom - top - 3),
                "rx": 4,
                "fill": "none",
                "stroke": ink.EDGE,
                "stroke-dasharray": "4 3",
            },
        )

    def now_line(self, y: float, width: float) -> Iterator[str]:
        clock = self.wording.clock(self.view.now_ms)
        yield element(
            "g",
            {"class": "now"},
            element("rect", {"x": self.left - 8, "y": y - 1, "width": width + 8, "height": 2, "fill": ink.DANGER}),
            element("rect", {"x": MARGIN_PX, "y": y - 10, "width": 48, "height": 20, "rx": 4, "fill": ink.DANGER}),
            _text(MARGIN_PX + 24, y + 4, clock, fill=ink.ON, anchor="middle", bold=True, figures=True),
        )

    def sentence(self, block: BlockView) -> str:
        """Everything that stands on a block, unshortened."""
        parts = [block.name, self.wording.clock(block.shown_from_ms)]
        parts.append(" – ".join(self.wording.of(side.text) for side in block.sides))
        if block.referees:
            names = ", ".join(self.wording.of(referee.text) for referee in block.referees)
            parts.append(self.wording.text(say("Referees: {names}", names=names)))
        parts.append(block.score_text)
        if block.ending is not None:
            parts.append(self.wording.text(block.ending))
        return ", ".join(part for part in parts if part)


_LOOK: Final = {
    Status.COMPLETED: (ink.DONE_SOFT, ink.DONE, 1),
    Status.SKIPPED: (ink.DONE_SOFT, ink.DONE, 1),
    Status.IN_PROGRESS: (ink.RUNNING_SOFT, ink.RUNNING, 2),
    Status.READY_TO_START: (ink.READY_SOFT, ink.READY, 1),
}
"""Ground, edge and width of the edge; everything else is plain."""

_MARKS: Final = {
    Status.COMPLETED: ("M4 12l5 5L20 6", ink.DONE, False),
    Status.SKIPPED: ("M5 5l14 14M19 5L5 19", ink.DONE, False),
    Status.IN_PROGRESS: ("M6 4l14 8-14 8z", ink.RUNNING, True),
}


def _end(block: BlockView) -> Instant:
    begin = block.shown_from_ms or 0
    return max(begin, block.shown_to_ms if block.shown_to_ms is not None else begin)


def _signed(late_min: int) -> str:
    """Minutes against the plan as they fit on a block: from 100 on as hours, from two days on as days."""
    sign = "+" if late_min > 0 else "−"
    minutes = abs(late_min)
    if minutes < 100:
        return f"{sign}{minutes}" if minutes else ""
    return f"{sign}{minutes // 60} h" if minutes < 2 * 24 * 60 else f"{sign}{minutes // (24 * 60)} d"


def _lateness(late_min: int) -> tuple[Words, str]:
    if late_min > 0:
        return say_n("{count} min late", "{count} min late", late_min), ink.WARNING
    if late_min < 0:
        return say_n("{count} min early", "{count} min early", -late_min), ink.RUNNING
    return say("on time"), ink.RUNNING


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring columns as first and last."""
    ordered = sorted(set(numbers))
    first = ordered[0]
    for one, other in zip(ordered, [*ordered[1:], None], strict=True):
        if other is None or other != one + 1:
            yield first, one
            first = other if other is not None else one


def _in_lanes(blocks: Sequence[BlockView]) -> Iterator[tuple[BlockView, int, int]]:
    """Each block with its lane and the number of lanes, where blocks of one field stand in each other's way."""
    cluster: list[BlockView] = []
    ends: Instant | None = None
    for block in sorted(blocks, key=lambda one: (one.shown_from_ms or 0, one.name)):
        if ends is not None and (block.shown_from_ms or 0) >= ends:
            yield from _side_by_side(cluster)
            cluster = []
            ends = None
        cluster.append(block)
        ends = max(ends or 0, _end(block))
    yield from _side_by_side(cluster)


def _side_by_side(cluster: Sequence[BlockView]) -> Iterator[tuple[BlockView, int, int]]:
    free: list[Instant] = []
    lanes: list[int] = []
    for block in cluster:
        begin = block.shown_from_ms or 0
        lane = next((number for number, until in enumerate(free) if until <= begin), len(free))
        if lane == len(free):
            free.append(0)
        free[lane] = max(_end(block), begin + 1)
        lanes.append(lane)
    for block, lane in zip(cluster, lanes, strict=True):
        yield block, lane, len(free)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = _SMALL,
    bold: bool = False,
    fill: str = ink.TEXT,
    anchor: str = "",
    figures: bool = False,
) -> str:
    if not text:
        return ""
    attributes: dict[str, object] = {"x": float(x), "y": float(y), "fill": fill}
    if size != _SMALL:
        attributes["font-size"] = size
    if bold:
        attributes["font-weight"] = 700
    if anchor:
        attributes["text-anchor"] = anchor
    if figures:
        attributes["style"] = "font-variant-numeric:tabular-nums"
    return element("text", attributes, safe(text))


def _drawing(path: str, x: float, y: float, size: float, colour: str, *, filled: bool) -> str:
    scale = size / 24
    look: dict[str, object] = {"fill": colour} if filled else {"fill": "none", "stroke": colour, "stroke-width": 3}
    return element("path", {"d": path, "transform": f"translate({x:.1f} {y:.1f}) scale({scale:.3f})", **look})


def _whistle(x: float, y: float) -> str:
    return _drawing(
        "M9 9h12v4h-7M9 9c-2.76 0-5 2.24-5 5c0 2.76 2.24 5 5 5c2.76 0 5-2.24 5-5", x, y, 13, ink.REFFING, filled=False
    )
