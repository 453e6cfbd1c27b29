"""Pages as PDF: text stays text, the type goes along. Lays nothing out and knows no tournament."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from arctos_desk.publishing.page import Box, Line, Mark, Page, Shape, Text
from arctos_desk.publishing.typeface import BOLD, REGULAR


def pdf_of(pages: Sequence[Page], *, title: str) -> bytes:
    """The pages as one file. The same pages give the same bytes. The type must have been loaded."""
    file = io.BytesIO()
    # Its stubs take the name of a font for a number.
    canvas = Canvas(file, pageCompression=1, invariant=1, initialFontName=REGULAR)  # type: ignore[arg-type]
    canvas.setTitle(title.encode("utf-8", "replace").decode())
    canvas.setCreator("Arctos Desk")
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for mark in page.marks:
            _draw(canvas, mark, page.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: float) -> None:
    match mark:
        case Text():
            canvas.setFillColor(HexColor(mark.ink))
            canvas.setFont(BOLD if mark.bold else REGULAR, mark.size)
            canvas.drawString(mark.left, height - mark.y, mark.text)
        case Line():
            canvas.setStrokeColor(HexColor(mark.ink))
            canvas.setLineWidth(mark.width)
            canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
        case Box():
            _look(canvas, mark.ground, mark.edge, mark.line)
            if mark.dashed:
                canvas.setDash(3, 2)
            place = (mark.x, height - mark.y - mark.height, mark.width, mark.height)
            look = {"stroke": int(mark.edge is not None), "fill": int(mark.ground is not None)}
            if mark.round:
                canvas.roundRect(*place, mark.round, **look)
            else:
                canvas.rect(*place, **look)
            if mark.dashed:
                canvas.setDash()
        case Shape():
            _look(canvas, mark.ground, mark.edge, mark.line)
            path = canvas.beginPath()
            for name, *numbers in mark.strokes:
                at = [height - float(one) if place % 2 else float(one) for place, one in enumerate(numbers)]
                if name == "M":
                    path.moveTo(at[0], at[1])
                elif name == "L":
                    path.lineTo(at[0], at[1])
                elif name == "C":
                    path.curveTo(*at)
                else:
                    path.close()
            canvas.drawPath(path, stroke=int(mark.edge is not None), fill=int(mark.ground is not None))


def _look(canvas: Canvas, ground: str | None, edge: str | None, line: float) -> None:
    if ground is not None:
        canvas.setFillColor(HexColor(ground))
    if edge is not None:
        canvas.setStrokeColor(HexColor(edge))
        canvas.setLineWidth(line)
