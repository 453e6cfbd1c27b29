"""The type that is set on paper: how wide a text is, where it breaks, how small it must be. Puts nothing on a page.

Letters that the type does not have (it has Latin, Greek and Cyrillic) are printed as an empty box each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "Arctos-Paper"
BOLD: Final = "Arctos-Paper-Bold"
ELLIPSIS: Final = "…"
LINE_HEIGHT: Final = 1.25
"""Distance of base lines, in sizes of the type."""

_MISSING: Final = "□"
_STEP: Final = 0.5
_LONGEST: Final = 1_000
"""Letters of a text that are looked at where it must fit; nobody reads the thousandth."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it is set: its size and its lines."""

    size: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LINE_HEIGHT


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """The type for paper, as it was read from a folder of fonts."""

    letters: frozenset[int]

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text of one line is, in points."""
        return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))

    def printable(self, text: str) -> str:
        """The text in letters that can be printed: composed, without what has no shape."""
        return "".join(self._printable(unicodedata.normalize("NFC", text)))

    def _printable(self, text: str) -> Iterator[str]:
        for letter in text:
            kind = unicodedata.category(letter)
            if kind in ("Cc", "Zl", "Zp", "Zs"):
                yield " "
            elif kind == "Cf":
                continue
            elif ord(letter) in self.letters:
                yield letter
            elif kind not in ("Mn", "Me"):
                yield _MISSING

    def lines(self, text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        """The text in lines that fit: broken at spaces, and within a word only when it does not fit by itself."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in self.printable(paragraph).split():
                longer = f"{line} {word}" if line else word
                if self.width(longer, size, bold=bold) <= room:
                    line = longer
                    continue
                if line:
                    found.append(line)
                *full, line = self._pieces(word, room, size, bold=bold)
                found.extend(full)
            found.append(line)
        return tuple(found)

    def _pieces(self, word: str, room: float, size: float, *, bold: bool) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter, size, bold=bold) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def fitted(
        self, text: str, room: float, size: float, *, bold: bool = False, most: int = 1, least: float = 6.0
    ) -> Setting:
        """The text in at most so many lines: set smaller down to `least`, and only then shortened.

        Words stay whole as long as a smaller size keeps them so.
        """
        text = text[:_LONGEST]
        smaller = size
        while True:
            lines = self.lines(text, room, smaller, bold=bold)
            if len(lines) <= most and self._keeps_words(text, lines):
                return Setting(smaller, lines)
            if smaller - _STEP < least:
                break
            smaller -= _STEP
        if len(lines) <= most:
            return Setting(smaller, lines)
        rest = " ".join(lines[most - 1 :])
        return Setting(smaller, (*lines[: most - 1], self.shortened(rest, room, smaller, bold=bold)))

    def _keeps_words(self, text: str, lines: tuple[str, ...]) -> bool:
        return self.printable(text).split() == " ".join(lines).split()

    def shortened(self, text: str, room: float, size: float, *, bold: bool = False) -> str:
        """The text on one line, cut at its end so that it fits."""
        text = self.printable(text[:_LONGEST])
        if self.width(text, size, bold=bold) <= room:
            return text
        while text and self.width(text + ELLIPSIS, size, bold=bold) > room:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS


@lru_cache(maxsize=4)
def load_typeface(folder: Path) -> Typeface:
    """The type in a folder of fonts (its part `paper`). Raises OSError when it cannot be read."""
    try:
        regular, bold = (
            TTFont(name, str(folder / "paper" / file))
            for name, file in ((REGULAR, "Inter-Regular.ttf"), (BOLD, "Inter-Bold.ttf"))
        )
    except Exception as error:  # the reader of fonts knows more kinds of trouble than it names
        raise OSError(f"the type for paper cannot be read: {error}") from error
    for font in (regular, bold):
        pdfmetrics.registerFont(font)
    return Typeface(frozenset(regular.face.charToGlyph) & frozenset(bold.face.charToGlyph))
