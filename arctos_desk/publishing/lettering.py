"""How wide a text is when it is set in the desk's type, nearly: so that a picture without a window can shorten it.

Each letter as wide as the wider of Inter and of DejaVu Sans, which stands in where Inter is missing, so that nothing
ever overflows. Draws nothing.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_FROM: Final = 32
_REGULAR: Final = (
    318, 401, 460, 838, 638, 950, 780, 275, 390, 390, 500, 838, 318, 460, 318, 357, 636, 636, 636, 636, 642, 636,
    636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 727, 770, 632, 587, 775, 752, 295, 543, 656,
    562, 889, 753, 787, 635, 787, 695, 638, 642, 741, 684, 989, 685, 665, 685, 390, 357, 390, 838, 500, 500, 613,
    635, 558, 635, 615, 361, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 523, 392, 634, 592, 818,
    592, 592, 541, 636, 337, 636, 838,
)  # fmt: skip
_BOLD: Final = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 565, 838, 380, 469, 380, 390, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1031, 774, 762, 752, 830, 683, 683, 821, 837, 372, 570, 775,
    637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 390, 457, 838, 500, 500, 675,
    716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
    645, 652, 582, 712, 374, 712, 838,
)  # fmt: skip
"""Advance of the printable ASCII letters in thousandths of the size."""

_WIDE: Final = 1_050
_OTHER: Final = 850
ELLIPSIS: Final = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text of one line, in the unit of its size."""
    advances = _BOLD if bold else _REGULAR
    return sum(_advance(letter, advances) for letter in text) * size / 1000


def _advance(letter: str, advances: tuple[int, ...]) -> int:
    place = ord(letter) - _FROM
    if 0 <= place < len(advances):
        return advances[place]
    if unicodedata.combining(letter):
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    if base != letter:
        return _advance(base, advances)
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def elide(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, shortened at its end so that it fits; empty when not even the ellipsis does."""
    if width_of(text, size, bold=bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    kept = text[:low].rstrip()
    while kept and unicodedata.combining(text[len(kept)] if len(kept) < len(text) else " "):
        kept = kept[:-1]
    return kept + ELLIPSIS if width_of(kept + ELLIPSIS, size, bold=bold) <= width else ""
