"""Tables laid out on pages: columns as wide as what stands in them, texts wrapped, heads repeated, pages counted.

A row is never torn apart by the end of a page. Knows no tournament and no PDF.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.publishing.page import BLACK, GREY, MARGIN, SHADE, Anchor, Box, Line, Mark, Page, Paper, Text
from arctos_desk.publishing.sheet import Cell, Sheet
from arctos_desk.publishing.typeface import LINE_HEIGHT, Typeface

_TRIES: Final = tuple(
    (size, long_word)
    for sizes, long_word in (((9.0, 8.5, 8.0, 7.5), 190.0), ((9.0, 8.5, 8.0, 7.5, 7.0), 110.0), ((8.0, 7.0, 6.0), 50.0))
    for size in sizes
)
"""Sizes of the type, each with the width up to which a column must hold its longest word unbroken."""
_PAD: Final = 4.0
_HEADER: Final = 40.0
_FOOTER: Final = 20.0
_TITLE: Final = 13.0
_NOTE: Final = 8.0
_GAP: Final = 18.0
_FIRST_LINES: Final = 3
"""Rows that stay on the page of the head of their table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: the event, what this is, and when it was printed."""

    event: str
    title: str
    printed: str = ""


def table_pages(
    sheets: Sequence[Sheet],
    frame: Frame,
    typeface: Typeface,
    *,
    paper: Paper = Paper.A4,
    landscape: bool = False,
    breaks: Collection[int] = frozenset(),
    empty: str = "",
) -> tuple[Page, ...]:
    """The tables one below the other; those at the places in `breaks` begin a page. No tables: a page says `empty`."""
    width, height = paper.size(landscape=landscape)
    flow = _Flow(typeface, width, height)
    for number, sheet in enumerate(sheets):
        if number and number in breaks:
            flow.turn()
        flow.sheet(sheet)
    if not sheets:
        flow.note(empty)
    return framed(flow.pages(), frame, typeface, width, height)


def framed(
    bodies: Sequence[Sequence[Mark]], frame: Frame, typeface: Typeface, width: float, height: float
) -> tuple[Page, ...]:
    """Pages with their heads and their numbers."""
    return tuple(
        Page(
            width=width,
            height=height,
            marks=(*_around(frame, typeface, width, height, f"{number} / {len(bodies)}"), *marks),
        )
        for number, marks in enumerate(bodies, start=1)
    )


def _around(frame: Frame, typeface: Typeface, width: float, height: float, number: str) -> Iterator[Mark]:
    right = width - MARGIN
    room = right - MARGIN
    title = typeface.fitted(frame.title, room * 0.45, 10, least=7)
    named = typeface.width(title.lines[0], title.size)
    event = typeface.fitted(frame.event, room - named - 16, 12, bold=True, least=7)
    y = MARGIN + 12
    yield written(typeface, MARGIN, y, event.lines[0], event.size, bold=True)
    yield written(typeface, right, y, title.lines[0], title.size, anchor=Anchor.END)
    yield Line(x1=MARGIN, y1=y + 6, x2=right, y2=y + 6, width=1, ink=BLACK)
    low = height - MARGIN
    yield written(typeface, MARGIN, low, typeface.shortened(frame.printed, room - 60, 8), 8, ink=GREY)
    yield written(typeface, right, low, number, 8, anchor=Anchor.END)


def written(
    typeface: Typeface,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    ink: str = BLACK,
    anchor: Anchor = Anchor.START,
) -> Text:
    """A line of text with its width."""
    text = typeface.printable(text)
    width = typeface.width(text, size, bold=bold)
    return Text(x=x, y=y, text=text, size=size, width=width, bold=bold, ink=ink, anchor=anchor)


_Lines = tuple[tuple[str, bool], ...]
"""The lines of a cell, each with whether it is bold."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row ready to be put down: its lines by column, and how high it is."""

    cells: tuple[_Lines, ...]
    height: float
    band: bool = False


class _Flow:
    """Puts tables down from top to bottom and turns the page where they end."""

    def __init__(self, typeface: Typeface, width: float, height: float) -> None:
        self.typeface = typeface
        self.left = MARGIN
        self.room = width - 2 * MARGIN
        self.top = MARGIN + _HEADER
        self.bottom = height - MARGIN - _FOOTER
        self.bodies: list[list[Mark]] = [[]]
        self.y = self.top

    def pages(self) -> list[list[Mark]]:
        return self.bodies

    def turn(self) -> None:
        self.bodies.append([])
        self.y = self.top

    def put(self, *marks: Mark) -> None:
        self.bodies[-1].extend(marks)

    def sheet(self, sheet: Sheet) -> None:
        size, widths = _columns(sheet, self.typeface, self.room)
        laid = [self.row(sheet, number, row, size, widths) for number, row in enumerate(sheet.rows)]
        head = self.head_row(sheet, size, widths)
        title = self.typeface.fitted(sheet.title, self.room, _TITLE, bold=True, most=2, least=9)
        begins = title.height + 4 + head.height + sum(row.height for row in laid[:_FIRST_LINES])
        if self.y > self.top:
            self.y += _GAP
            if self.y + begins > self.bottom:
                self.turn()
        if sheet.title:
            self.title(title.lines, title.size)
        self.head(sheet, head, size, widths)
        for row in laid:
            if self.y + row.height > self.bottom:
                self.turn()
                if sheet.title:
                    self.title(title.lines, title.size)
                self.head(sheet, head, size, widths)
            self.put_row(sheet, row, size, widths)
        for note in sheet.notes:
            self.note(note)

    def title(self, lines: Sequence[str], size: float) -> None:
        for line in lines:
            self.y += size * LINE_HEIGHT
            self.put(written(self.typeface, self.left, self.y - size * 0.25, line, size, bold=True))
        self.y += 4

    def note(self, note: str) -> None:
        lines = self.typeface.lines(note, self.room, _NOTE)
        if self.y + len(lines) * _NOTE * LINE_HEIGHT + 4 > self.bottom:
            self.turn()
        self.y += 4
        for line in lines:
            self.y += _NOTE * LINE_HEIGHT
            self.put(written(self.typeface, self.left, self.y - 2, line, _NOTE, ink=GREY))

    def head_row(self, sheet: Sheet, size: float, widths: Sequence[float]) -> _Laid:
        cells = tuple(
            self.lines(text, width, size - 0.5, bold=True) for text, width in zip(sheet.head, widths, strict=True)
        )
        return _Laid(cells, _height(cells, size))

    def head(self, sheet: Sheet, head: _Laid, size: float, widths: Sequence[float]) -> None:
        self.put(Box(x=self.left, y=self.y, width=sum(widths), height=head.height, ground=SHADE, edge=None))
        self.cells(sheet, head, size - 0.5, widths, lowered=True)
        self.y += head.height
        self.put(Line(x1=self.left, y1=self.y, x2=self.left + sum(widths), y2=self.y, width=0.8, ink=BLACK))

    def row(self, sheet: Sheet, number: int, row: Sequence[Cell], size: float, widths: Sequence[float]) -> _Laid:
        if number in sheet.bands:
            words = [str(cell) for cell in row if cell not in (None, "")]
            cells: tuple[_Lines, ...] = (
                self.lines(words[0] if words else "", widths[0], size, bold=True),
                self.lines("  ".join(words[1:]), sum(widths[1:]), size, bold=True),
            )
            return _Laid(cells, _height(cells, size), band=True)
        strong = number in sheet.strong
        most = max(1, int((self.bottom - self.top) * 0.5 / (size * LINE_HEIGHT)))
        cells = tuple(
            self.lines(_shown(cell), width, size, bold=strong, lead=place in sheet.leads)[:most]
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return _Laid(cells, _height(cells, size))

    def lines(self, text: str, width: float, size: float, *, bold: bool, lead: bool = False) -> _Lines:
        """The lines of a cell; where one leads, the first of each block is bold, and an empty line parts the blocks."""
        room = width - 2 * _PAD
        if not lead:
            return tuple((line, bold) for line in self.typeface.lines(text, room, size, bold=bold))
        found: list[tuple[str, bool]] = []
        for block in text.split("\n\n"):
            first, *rest = block.split("\n")
            found.extend((line, True) for line in self.typeface.lines(first, room, size, bold=True))
            found.extend((line, bold) for one in rest for line in self.typeface.lines(one, room, size, bold=bold))
        return tuple(found)

    def put_row(self, sheet: Sheet, row: _Laid, size: float, widths: Sequence[float]) -> None:
        width = sum(widths)
        if row.band:
            self.put(Box(x=self.left, y=self.y, width=width, height=row.height, ground=SHADE, edge=None))
        self.cells(sheet, row, size, (widths[0], width - widths[0]) if row.band else widths)
        for place in () if row.band else sheet.leads:
            x = self.left + sum(widths[:place])
            self.put(Line(x1=x, y1=self.y, x2=x, y2=self.y + row.height, width=0.4))
        self.y += row.height
        self.put(Line(x1=self.left, y1=self.y, x2=self.left + width, y2=self.y, width=0.4))

    def cells(self, sheet: Sheet, row: _Laid, size: float, widths: Sequence[float], *, lowered: bool = False) -> None:
        left = self.left
        for place, (lines, width) in enumerate(zip(row.cells, widths, strict=True)):
            right = place in sheet.figures and not row.band
            x = left + width - _PAD if right else left + _PAD
            y = self.y + _PAD * 0.75
            if lowered:
                y = self.y + row.height - _PAD * 0.75 - len(lines) * size * LINE_HEIGHT
            for line, bold in lines:
                y += size * LINE_HEIGHT
                anchor = Anchor.END if right else Anchor.START
                if line:
                    self.put(written(self.typeface, x, y - size * 0.3, line, size, bold=bold, anchor=anchor))
            left += width


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _height(cells: Sequence[_Lines], size: float) -> float:
    return max((len(lines) for lines in cells), default=1) * size * LINE_HEIGHT + _PAD * 1.5


def _columns(sheet: Sheet, typeface: Typeface, room: float) -> tuple[float, list[float]]:
    """The size of the type and the widths of the columns: the first try at which everything fits."""
    for size, long_word in _TRIES:
        wanted, least = _wishes(sheet, typeface, size, long_word)
        if sum(least) <= room:
            break
    if sum(wanted) <= room:
        texts = [place for place in range(len(wanted)) if place not in sheet.figures] or list(range(len(wanted)))
        spare = (room - sum(wanted)) / sum(wanted[place] for place in texts)
        return size, [width * (1 + spare) if place in texts else width for place, width in enumerate(wanted)]
    if sum(least) <= room:
        return size, _shared(wanted, least, room)
    return size, [low * room / sum(least) for low in least]


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Narrow columns get what they want, and the wide ones are cut to one width, none below its longest word."""
    low, high = 0.0, max(wanted)
    for _ in range(40):
        level = (low + high) / 2
        taken = sum(min(most, max(level, word)) for most, word in zip(wanted, least, strict=True))
        low, high = (level, high) if taken <= room else (low, level)
    return [min(most, max(low, word)) for most, word in zip(wanted, least, strict=True)]


def _wishes(sheet: Sheet, typeface: Typeface, size: float, long_word: float) -> tuple[list[float], list[float]]:
    """Of each column the width at which nothing wraps, and the one at which no word breaks."""
    wanted = [2 * _PAD] * len(sheet.head)
    least = [2 * _PAD] * len(sheet.head)
    rows = (row[:1] if number in sheet.bands else row for number, row in enumerate(sheet.rows))
    for row in (sheet.head, *rows):
        for place, cell in enumerate(row):
            lines = [typeface.printable(line) for line in _shown(cell).split("\n")]
            words = (word for line in lines for word in line.split())
            widest = max(typeface.width(line, size, bold=True) for line in lines)
            longest = max((typeface.width(word, size, bold=True) for word in words), default=0.0)
            wanted[place] = max(wanted[place], widest + 2 * _PAD)
            least[place] = max(least[place], min(longest, long_word) + 2 * _PAD)
    return wanted, least
