"""A picture file made into a logo: small, PNG, as text that fits into an entry. Shows it; asks for no file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
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


def logo_from_file(path: str, most: int) -> str:
    """The picture of a file as a PNG in Base64 of at most so many characters. Raises Refused."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    # Decided by its contents: people rename files.
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDES[0]:
        reader.setScaledSize(size.scaled(_SIDES[0], _SIDES[0], Qt.AspectRatioMode.KeepAspectRatio))
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
    return QImage.fromData(base64.b64decode(logo)) if logo else QImage()


def _within(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(QSize(side, side), ratio, smooth)


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
