"""Text, spans and places of a script. Knows nothing of brackets or words: the reader does."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text, as offsets: start inclusive, end exclusive."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a person looks: line and column, both counted from 1."""

    line: int
    column: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The text of one expression; `title` says whose it is ("variable margin"), empty for the one asked about."""

    text: str
    title: str = ""
    _line_starts: list[int] = field(default_factory=list, repr=False)

    def place(self, offset: int) -> Place:
        """The line and column of an offset; lines end at LF only."""
        starts = self._line_starts
        if not starts:
            starts.append(0)
            at = self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
        line = bisect_right(starts, offset)
        return Place(line, offset - starts[line - 1] + 1)

    def excerpt(self, span: Span) -> str:
        return self.text[span.start : span.end]
