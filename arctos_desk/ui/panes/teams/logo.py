"""A picture file made into a logo: small, PNG, as text that fits into an entry. Shows it; asks for no file."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, QXmlStreamReader
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint

_SIDES: Final = (256, 192, 128, 96, 64, 48, 32)
"""Lengths of the longer side that are tried until the picture fits, in pixels."""
LOGO_PX: Final = 84
_DRAWINGS: Final = (b"svg", b"svgz")
_DRAWING_MOST: Final = 4_000_000
"""Bytes of a drawing; no logo has so many."""


def logo_from_file(path: str, most: int) -> str:
    """The picture of a file as a PNG in Base64 of at most so many characters. Raises Refused."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    # Decided by its contents: people rename files.
    reader.setDecideFormatFromContent(True)
    is_drawing = bytes(reader.format().data()) in _DRAWINGS
    if is_drawing and _reaches_out(path):
        words = say("{file} takes parts of it from other files", file=Path(path).name)
        raise Refused([Problem("PICTURE_LINKS", words, place="logo", next_step=say("Save it as PNG, then choose it"))])
    size = reader.size()
    # A drawing has no pixels of its own: it is drawn as large as a logo can be.
    if size.isValid() and (is_drawing or max(size.width(), size.height()) > _SIDES[0]):
        reader.setScaledSize(_fitted(size, _SIDES[0]))
    image = reader.read()
    if image.isNull():
        words = say("{file} is not a picture that can be read", file=Path(path).name)
        raise Refused([Problem("NO_PICTURE", words, place="logo", next_step=say("Choose a PNG, JPEG or SVG file"))])
    for side in _SIDES:
        text = base64.b64encode(_png(_within(image, side))).decode()
        if len(text) <= most:
            return text
    words = say("{file} has too much in it for a small picture", file=Path(path).name)
    raise Refused([Problem("PICTURE_SIZE", words, place="logo", next_step=say("Choose a plainer picture"))])


def image_of(logo: str) -> QImage:
    """The picture that was kept; null where there is none."""
    try:
        return QImage.fromData(base64.b64decode(logo), "PNG") if logo else QImage()
    except ValueError:  # another program wrote it
        return QImage()


def _within(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(_fitted(image.size(), side), ratio, smooth)


def _fitted(size: QSize, side: int) -> QSize:
    """The size as large as it fits into a square; a thin picture keeps a pixel across."""
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _reaches_out(path: str) -> bool:
    """Whether a drawing names other files: they would be read from this laptop and shown to everybody."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(_DRAWING_MOST)
        if content.startswith(b"\x1f\x8b"):
            content = zlib.decompressobj(wbits=31).decompress(content, _DRAWING_MOST)
    except (OSError, zlib.error):
        return False  # it cannot be drawn either
    device = QBuffer()
    device.setData(content)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    xml = QXmlStreamReader(device)
    while not xml.atEnd():
        xml.readNext()
        for one in xml.attributes() if xml.isStartElement() else ():
            if one.name() == "href" and not one.value().strip().startswith(("#", "data:")):
                return True
    return len(content) == _DRAWING_MOST


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding takes words here, its stub only bytes
    return bytes(buffer.data().data())


class LogoView(QWidget):
    """The logo of a team on a ground of its own, or a drawing where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team_logo")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._logo = ""
        self._image = QImage()
        self.show_logo("")

    @property
    def image(self) -> QImage:
        return self._image

    def show_logo(self, logo: str) -> None:
        if logo != self._logo:
            self._logo, self._image = logo, image_of(logo)
        words = tr("No logo") if self._image.isNull() else tr("Logo of the team")
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LOGO_PX, LOGO_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint.box(painter, rect, fill=t.raised, edge=t.border, line=t.line_px, radius=theme.RADIUS_CONTROL)
        if self._image.isNull():
            side = 32
            middle = rect.center()
            icons.paint(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), "teams", t.muted)
            return
        inner = rect.adjusted(6, 6, -6, -6)
        size = self._image.size().scaled(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(inner.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
