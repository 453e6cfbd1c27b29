"""A printed page as what stands on it: texts, lines, boxes, in points from the upper left corner. Draws nothing.

Black and grey tell everything, so that any printer will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

BLACK: Final = "#000000"
GREY: Final = "#505050"
RULE: Final = "#8C8C8C"
SHADE: Final = "#ECECEC"

MARGIN: Final = 36.0
"""Half an inch: what every printer leaves free."""


class Paper(StrEnum):
    """The sizes people have in their printers."""

    A4 = "a4"
    LETTER = "letter"

    def size(self, *, landscape: bool = False) -> tuple[float, float]:
        """Width and height."""
        width, height = (595.28, 841.89) if self is Paper.A4 else (612.0, 792.0)
        return (height, width) if landscape else (width, height)


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text; `y` is its base line, `width` what it takes up."""

    x: float
    y: float
    text: str
    size: float
    width: float
    bold: bool = False
    ink: str = BLACK
    anchor: Anchor = Anchor.START

    @property
    def left(self) -> float:
        if self.anchor is Anchor.START:
            return self.x
        return self.x - (self.width if self.anchor is Anchor.END else self.width / 2)

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    ink: str = RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; `ground` fills it, `edge` goes round it, either may be missing."""

    x: float
    y: float
    width: float
    height: float
    ground: str | None = None
    edge: str | None = BLACK
    line: float = 0.5
    round: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Straight strokes and curves: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)."""

    strokes: tuple[tuple[str | float, ...], ...]
    ground: str | None = None
    edge: str | None = BLACK
    line: float = 0.5


Mark = Text | Line | Box | Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One side of one sheet of paper."""

    width: float
    height: float
    marks: tuple[Mark, ...]
