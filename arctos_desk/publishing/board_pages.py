"""The board on paper and as a picture of points: the drawing of `board_svg`, set once more. Draws nothing of its own.

It reads back the few elements that `board_svg` writes, not SVG at large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import resvg_py

from arctos_desk.operations.views import BoardView
from arctos_desk.publishing.board_svg import board_svg
from arctos_desk.publishing.page import BLACK, MARGIN, Anchor, Box, Mark, Page, Paper, Shape
from arctos_desk.publishing.table_pages import Frame, framed, written
from arctos_desk.publishing.typeface import Typeface
from arctos_desk.publishing.wording import Wording

_SVG: Final = "{http://www.w3.org/2000/svg}"
_HEAD: Final = 26.0
_FOOT: Final = 16.0
_ABREAST: Final = 4
"""Fields side by side on one page; a drawing of more could not be read."""
_SMALL: Final = 12.0
_PIXELS_MOST: Final = 24_000_000
_SHARP: Final = 2.0

_STEP: Final = re.compile(r"([MLlhvcz])|(-?\d*\.?\d+)")
_PLACE: Final = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\) scale\((-?[\d.]+)\)")


def board_pages(
    view: BoardView, frame: Frame, typeface: Typeface, wording: Wording, *, paper: Paper = Paper.A4
) -> tuple[Page, ...]:
    """Each day on a page, or on several where fields are many, as large as it fits; all upright or all on the side."""
    roots = [ElementTree.fromstring(drawing) for drawing in _drawings(view, wording)]
    sizes = [(float(root.get("width", "1")), float(root.get("height", "1"))) for root in roots]
    width, height = max(
        (paper.size(), paper.size(landscape=True)), key=lambda size: min(_scale(*one, *size) for one in sizes)
    )
    bodies = []
    for root, size in zip(roots, sizes, strict=True):
        scale = _scale(*size, width, height)
        bodies.append(tuple(_marks(root, typeface, (width - size[0] * scale) / 2, MARGIN + _HEAD, scale)))
    return framed(bodies, frame, typeface, width, height)


def _scale(drawn_width: float, drawn_height: float, width: float, height: float) -> float:
    """How large a drawing may be on a page."""
    return min((width - 2 * MARGIN) / drawn_width, (height - 2 * MARGIN - _HEAD - _FOOT) / drawn_height)


def _drawings(view: BoardView, wording: Wording) -> Iterator[str]:
    parts = [view.fields[begin : begin + _ABREAST] for begin in range(0, len(view.fields), _ABREAST)] or [()]
    known = {field.field_id for field in view.fields}
    for day in view.days or (None,):
        for number, part in enumerate(parts):
            here = {field.field_id for field in part}
            blocks = [one for one in view.blocks if one.field_id in here or (not number and one.field_id not in known)]
            yield board_svg(
                replace(view, fields=part, blocks=tuple(blocks)),
                wording=wording,
                days=() if day is None else (day,),
                of_more=len(parts) > 1,
            )


def board_png(svg: str, fonts: Path) -> bytes:
    """The drawing as PNG in the desk's own type; twice its size, or less where it is very large."""
    root = ElementTree.fromstring(svg)
    pixels = float(root.get("width", "1")) * float(root.get("height", "1"))
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=min(_SHARP, (_PIXELS_MOST / max(1.0, pixels)) ** 0.5),
        skip_system_fonts=True,
        font_files=[str(fonts / name) for name in ("Inter-Regular.otf", "Inter-Bold.otf")],
    )


def _marks(root: ElementTree.Element, typeface: Typeface, left: float, top: float, scale: float) -> Iterator[Mark]:
    # The first rectangle is the ground of the window; paper has its own.
    rectangles = 0
    for node in root.iter():
        if node.tag == f"{_SVG}rect":
            rectangles += 1
            if rectangles > 1:
                yield _box(node, left, top, scale)
        elif node.tag == f"{_SVG}text":
            size = float(node.get("font-size", _SMALL)) * scale
            anchor = {"middle": Anchor.MIDDLE, "end": Anchor.END}.get(node.get("text-anchor", ""), Anchor.START)
            yield written(
                typeface,
                left + float(node.get("x", "0")) * scale,
                top + float(node.get("y", "0")) * scale,
                node.text or "",
                size,
                bold=node.get("font-weight") == "700",
                ink=node.get("fill", BLACK),
                anchor=anchor,
            )
        elif node.tag == f"{_SVG}path":
            yield _shape(node, left, top, scale)


def _box(node: ElementTree.Element, left: float, top: float, scale: float) -> Box:
    number = {name: float(node.get(name, "0")) for name in ("x", "y", "width", "height", "rx")}
    return Box(
        x=left + number["x"] * scale,
        y=top + number["y"] * scale,
        width=number["width"] * scale,
        height=number["height"] * scale,
        ground=_ink(node.get("fill")),
        edge=_ink(node.get("stroke")),
        line=float(node.get("stroke-width", "1")) * scale,
        round=number["rx"] * scale,
        dashed=node.get("stroke-dasharray") is not None,
    )


def _ink(colour: str | None) -> str | None:
    return None if colour in (None, "none") else colour


def _shape(node: ElementTree.Element, left: float, top: float, scale: float) -> Shape:
    placed = _PLACE.fullmatch(node.get("transform", ""))
    x0, y0, own = (float(number) for number in placed.groups()) if placed else (0.0, 0.0, 1.0)
    strokes: list[tuple[str | float, ...]] = []
    for name, *numbers in _strokes(node.get("d", "")):
        at = [
            (top + (y0 + number * own) * scale) if place % 2 else (left + (x0 + number * own) * scale)
            for place, number in enumerate(numbers)
        ]
        strokes.append((name, *at))
    return Shape(
        strokes=tuple(strokes),
        ground=_ink(node.get("fill")),
        edge=_ink(node.get("stroke")),
        line=float(node.get("stroke-width", "1")) * own * scale,
    )


def _strokes(path: str) -> Iterator[tuple[str, *tuple[float, ...]]]:
    """The strokes of a path with absolute places; a letter holds on until the next."""
    x = y = 0.0
    letter = ""
    numbers: list[float] = []
    takes = {"M": 2, "L": 2, "l": 2, "h": 1, "v": 1, "c": 6}
    for found in _STEP.finditer(path):
        if found[1]:
            letter = found[1]
            if letter == "z":
                yield ("Z",)
            continue
        numbers.append(float(found[2]))
        if len(numbers) < takes[letter]:
            continue
        if letter == "c":
            at = [(y if place % 2 else x) + number for place, number in enumerate(numbers)]
            x, y = at[4], at[5]
            yield ("C", *at)
            numbers = []
            continue
        if letter == "h":
            x += numbers[0]
        elif letter == "v":
            y += numbers[0]
        elif letter == "l":
            x, y = x + numbers[0], y + numbers[1]
        else:
            x, y = numbers
        yield ("M" if letter == "M" else "L", x, y)
        numbers = []
