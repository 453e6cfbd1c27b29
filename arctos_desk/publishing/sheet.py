"""A table that is ready to be written: words in a reader's language, figures as text. Knows no tournament."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.publishing import palette as ink
from arctos_desk.publishing.markup import safe

Cell = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. `figures` are the places of the columns that hold numbers; `strong` those of rows to stand out.

    A row in `bands` holds for all columns: what is said in it may run across them. Of the cells of a column in `leads`
    the first line is what one looks for.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    bands: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


# CSV ------------------------------------------------------------------------------------------------------------------

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_SIGNED: Final = re.compile(r"[+−-][0-9]+")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as CSV (RFC 4180). Text that a spreadsheet would run as a formula is put behind an apostrophe."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in head])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return page.getvalue()


def sheet_csv(sheet: Sheet) -> str:
    """One table as CSV, without its title and notes."""
    return csv_text(sheet.head, sheet.rows)


def _harmless(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    text = cell.replace("\x00", "")
    if _SIGNED.fullmatch(text):
        return text.replace("−", "-")
    return "'" + text if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


# plain text -----------------------------------------------------------------------------------------------------------


def sheet_text(sheet: Sheet) -> str:
    """The table in letters of one width, columns two apart, figures to the right."""
    shown = [[_plain(cell) for cell in row] for row in (sheet.head, *sheet.rows)]
    widths = [max(cells_of(cell) for cell in column) for column in zip(*shown, strict=True)] if sheet.head else []
    lines = [sheet.title, "=" * cells_of(sheet.title)]
    for number, row in enumerate(shown):
        cells = [
            _padded(cell, width, right=place in sheet.figures)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("  ".join("-" * width for width in widths))
    lines.extend(sheet.notes)
    return "\n".join(lines) + "\n"


def _plain(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)


def cells_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - cells_of(text))
    return blank + text if right else text + blank


# HTML -----------------------------------------------------------------------------------------------------------------

_ROW_CLASS: Final = ' class="s"'
_STYLE: Final = f"""
:root {{ color-scheme: light; }}
body {{ margin: 24px; background: {ink.WINDOW}; color: {ink.TEXT}; font: 500 14px/20px {ink.FAMILY}; }}
h1 {{ font-size: 20px; line-height: 28px; margin: 0 0 4px; }}
h2 {{ font-size: 16px; line-height: 24px; margin: 0 0 8px; }}
p {{ margin: 4px 0; color: {ink.MUTED}; font-size: 12px; line-height: 16px; }}
section {{ background: {ink.SURFACE}; border: 1px solid {ink.BORDER}; border-radius: 8px; padding: 16px; margin: 16px 0;
  overflow-x: auto; break-inside: avoid; }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }}
th {{ font-size: 12px; line-height: 16px; font-weight: 600; color: {ink.MUTED}; text-align: left; height: 32px; }}
td {{ height: 32px; max-width: 24em; overflow-wrap: break-word; }}
th, td {{ padding: 0 8px; border-bottom: 1px solid {ink.BORDER}; }}
tr:last-child td {{ border-bottom: 0; }}
.n {{ text-align: right; white-space: nowrap; }}
.s td {{ font-weight: 700; }}
@media print {{ body {{ margin: 0; background: {ink.SURFACE}; }} section {{ border: 0; padding: 0; }} thead {{
  display: table-header-group; }} tr {{ break-inside: avoid; }} td {{ overflow-wrap: anywhere; }}
  @page {{ margin: 15mm; }} }}
"""


def html_page(title: str, sheets: Iterable[Sheet], *, subtitle: str = "", language: str = "en") -> str:
    """Tables as one self-contained page that loads nothing from anywhere."""
    body = [f"<h1>{safe(title)}</h1>"]
    if subtitle:
        body.append(f"<p>{safe(subtitle)}</p>")
    body.extend(_section(sheet) for sheet in sheets)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{safe(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _section(sheet: Sheet) -> str:
    head = "".join(f'<th scope="col"{_class(place, sheet)}>{safe(name)}</th>' for place, name in enumerate(sheet.head))
    rows = "\n".join(
        f"<tr{_ROW_CLASS if number in sheet.strong else ''}>"
        + "".join(
            f"<td{_class(place, sheet)}>{safe('' if cell is None else str(cell))}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for number, row in enumerate(sheet.rows)
    )
    notes = "".join(f"<p>{safe(note)}</p>" for note in sheet.notes)
    return (
        f"<section>\n<h2>{safe(sheet.title)}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
        f"</table>\n{notes}</section>"
    )


def _class(place: int, sheet: Sheet) -> str:
    return ' class="n"' if place in sheet.figures else ""
