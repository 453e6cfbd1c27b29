"""Line drawings of 24 units with a stroke of 2, in any colour. Holds no pictures in colour and no logos of others."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

IconName = Literal[
    "today", "board", "bracket", "standings", "teams", "scripts", "footage", "sync", "journal", "settings",
    "whistle", "undo", "redo", "check", "cross", "warning", "play", "stop", "clock", "plus", "minus", "trash", "card",
    "lock", "search", "field", "person", "note", "down", "up", "left", "right", "question", "open", "save", "import",
    "pin", "draw", "flag", "more", "injury",
]  # fmt: skip
ICON_NAMES: Final[tuple[IconName, ...]] = get_args(IconName)

_FILLED: Final = 'fill="{colour}" stroke-width="2"'

_SHAPES: Final[dict[IconName, str]] = {
    "today": '<circle cx="12" cy="12" r="9"/><path d="M10 8l6 4-6 4z"/>',
    "board": '<rect x="3" y="4" width="5" height="16" rx="1"/><rect x="10" y="4" width="5" height="9" rx="1"/>'
    '<rect x="17" y="4" width="4" height="13" rx="1"/>',
    "bracket": '<path d="M3 5h6v6h6M3 17h6v-6M15 11h6"/>',
    "standings": '<path d="M4 6h2M10 6h10M4 12h2M10 12h7M4 18h2M10 18h4"/>',
    "teams": '<circle cx="9" cy="8" r="3"/>'
    '<path d="M3 19c0-4 3-6 6-6s6 2 6 6M16 5.5a3 3 0 010 5.5M18 14c2 1 3 3 3 5"/>',
    "scripts": '<path d="M8 4c-4 5-4 11 0 16M16 4c4 5 4 11 0 16M12 11v2"/>',
    "footage": '<rect x="3" y="6" width="12" height="12" rx="2"/><path d="M15 11l6-3v8l-6-3"/>',
    "sync": '<path d="M4 9h13l-4-4M20 15H7l4 4"/>',
    "journal": '<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 8h6M9 12h6M9 16h3"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "whistle": '<circle cx="9" cy="14" r="5"/><path d="M9 9h12v4h-7"/>',
    "undo": '<path d="M5 9h9a5 5 0 010 10h-4M9 5L5 9l4 4"/>',
    "redo": '<path d="M19 9h-9a5 5 0 000 10h4M15 5l4 4-4 4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "warning": '<path d="M12 4l9 16H3z"/><path d="M12 10v4M12 17v.2"/>',
    "play": f'<path d="M7 5l12 7-12 7z" {_FILLED}/>',
    "stop": f'<rect x="6" y="6" width="12" height="12" rx="1" {_FILLED}/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "plus": '<path d="M6 12h12M12 6v12"/>',
    "minus": '<path d="M6 12h12"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13"/>',
    "card": '<rect x="7" y="3" width="10" height="18" rx="1"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 018 0v3"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "field": '<rect x="3" y="6" width="18" height="12" rx="1"/><path d="M12 6v12"/><circle cx="12" cy="12" r="2"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',
    "note": '<path d="M4 5h16v11H10l-4 4v-4H4z"/>',
    "down": '<path d="M6 9l6 6 6-6"/>',
    "up": '<path d="M6 15l6-6 6 6"/>',
    "left": '<path d="M15 6l-6 6 6 6"/>',
    "right": '<path d="M9 6l6 6-6 6"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 113.5 2.3c-.8.4-1 .8-1 1.7M12 16.8v.2"/>',
    "open": '<path d="M3 19V6h6l2 2h8v3M3 19l3-8h16l-3 8z"/>',
    "save": '<path d="M4 4h13l3 3v13H4z"/><path d="M8 4v5h7V4M8 20v-6h8v6"/>',
    "import": '<path d="M12 3v11M7 10l5 5 5-5M4 16v4h16v-4"/>',
    "pin": '<circle cx="12" cy="10" r="3"/><path d="M12 21c-4-5-6-8-6-11a6 6 0 0112 0c0 3-2 6-6 11z"/>',
    "draw": '<path d="M5 9h14M5 15h14"/>',
    "flag": '<path d="M6 21V4h12l-3 4 3 4H6"/>',
    "more": '<path d="M5 12v.2M12 12v.2M19 12v.2"/>',
    "injury": '<path d="M9 4h6v5h5v6h-5v5H9v-5H4V9h5z"/>',
}


@lru_cache(maxsize=1024)
def picture(name: IconName, size: int, colour: str, ratio: float = 1.0) -> QImage:
    """The drawing as a picture of `size` logical pixels; `ratio` is the screen's device pixel ratio.

    A QImage and not a QPixmap: pictures outlive the application in this cache, pixmaps must not.
    """
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" '
        f'stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{_SHAPES[name].format(colour=colour)}</g></svg>"
    )
    pixels = QSize(round(size * ratio), round(size * ratio))
    result = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels.width(), pixels.height()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def paint(painter: QPainter, rect: QRectF, name: IconName, colour: str | QColor) -> None:
    """Paint the drawing into a square."""
    tint = colour.name() if isinstance(colour, QColor) else colour
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(rect.topLeft(), picture(name, round(rect.width()), tint, ratio))


def icon(name: IconName, colour: str, size: int = 24) -> QIcon:
    """The drawing as a Qt icon, sharp at 100 % and 200 %."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(QPixmap.fromImage(picture(name, size, colour, ratio)))
    return result
