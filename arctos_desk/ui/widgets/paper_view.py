"""The pages of a PDF one below the other, as they will be printed. Draws only what is on the screen; changes nothing.

What is shown, saved and printed is the same document, so nothing can differ between them.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import pypdfium2 as pdfium
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QScrollArea, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import tr

POINTS_PER_INCH: Final = 72
PRINT_DPI: Final = 300
_KEPT_MOST: Final = 16
_PAGE_MOST: Final = 1100


class PaperDocument:
    """A PDF in memory. Raises ValueError when the bytes are none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._pdf = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise ValueError("no PDF") from error
        self.content = content
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            self._pdf.get_page_size(number) for number in range(len(self._pdf))
        )

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, scale: float) -> QImage:
        """One page as a picture; `scale` is pixels per point."""
        page = self._pdf[number]
        bitmap = page.render(scale=scale, rev_byteorder=True)
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888,
        ).copy()
        bitmap.close()
        page.close()
        return image

    def close(self) -> None:
        self._pdf.close()

    def print_to(self, printer: QPrinter, *, first: int = 1, last: int = 0) -> int:
        """Print pages (1 to the last for 0), each fitted to its paper; the number of pages printed."""
        painter = QPainter()
        chosen = range(max(1, first) - 1, min(last or len(self), len(self)))
        for place, number in enumerate(chosen):
            wide, high = self.sizes[number]
            printer.setPageOrientation(_orientation(wide, high))
            if place == 0:
                if not painter.begin(printer):
                    return 0
            else:
                printer.newPage()
            room = printer.pageLayout().fullRectPixels(printer.resolution())
            sheet = QRect(-printer.pageLayout().paintRectPixels(printer.resolution()).topLeft(), room.size())
            image = self.picture(number, min(printer.resolution(), PRINT_DPI) / POINTS_PER_INCH)
            size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place_at = sheet.topLeft() + QPoint(
                (sheet.width() - size.width()) // 2, (sheet.height() - size.height()) // 2
            )
            painter.drawImage(QRect(place_at, size), image)
        if painter.isActive():
            painter.end()
        return len(chosen)


def _orientation(wide: float, high: float):  # type: ignore[no-untyped-def]  # Qt's type has no short name
    from PySide6.QtGui import QPageLayout

    return QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait


class _Pages(QWidget):
    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view = view
        self.setProperty("ground", "window")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        painter.fillRect(event.rect(), QColor(t.window))
        for number, rect in enumerate(self._view.page_rects()):
            if not rect.intersects(event.rect()):
                continue
            image = self._view.picture(number, rect.size())
            painter.drawImage(rect, image)
            painter.setPen(QColor(t.edge))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


class PaperView(QScrollArea):
    """Shows a document as wide as there is room. `page_changed` carries the page in the middle, counted from 1."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, name: str = "paper_view") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Pages as they will be printed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._document: PaperDocument | None = None
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._pages = _Pages(self)
        self.setWidget(self._pages)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.page_changed.emit(self.page))

    def show_document(self, document: PaperDocument | None) -> None:
        """Show another document from its first page, or nothing."""
        if self._document is not None:
            self._document.close()
        self._document = document
        self._pictures.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._pages.update()
        self.page_changed.emit(self.page)

    @property
    def document(self) -> PaperDocument | None:
        return self._document

    @property
    def page(self) -> int:
        """The page in the middle of the view, counted from 1; 0 for none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        rects = self.page_rects()
        for number, rect in enumerate(rects, start=1):
            if rect.bottom() >= middle:
                return number
        return len(rects)

    def page_rects(self) -> list[QRect]:
        """Where each page lies."""
        if self._document is None:
            return []
        wide = min(self.viewport().width() - 2 * theme.GAP_16, _PAGE_MOST)
        rects, top = [], theme.GAP_16
        for width, height in self._document.sizes:
            high = round(wide * height / width)
            rects.append(QRect((self.viewport().width() - wide) // 2, top, wide, high))
            top += high + theme.GAP_16
        return rects

    def picture(self, number: int, size: QSize) -> QImage:
        """A page at the size of the screen, kept for a while."""
        assert self._document is not None
        ratio = self.devicePixelRatioF()
        key = (number, size.width())
        if key not in self._pictures:
            scale = size.width() * ratio / self._document.sizes[number][0]
            image = self._document.picture(number, scale)
            image.setDevicePixelRatio(ratio)
            self._pictures[key] = image
            while len(self._pictures) > _KEPT_MOST:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def _lay_out(self) -> None:
        rects = self.page_rects()
        self._pages.resize(self.viewport().width(), rects[-1].bottom() + theme.GAP_16 if rects else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
