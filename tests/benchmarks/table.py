"""The rows of the benchmark table: how they are kept, printed and written as JSON. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table

Unit = Literal["ms", "µs", "per s", "MB", "s"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row. `ours` and `base` are in `unit`; the ratio is what counts, the figures are the machine's.

    `goal` is what DESIGN §7 or the specs ask for, in words; `met` says whether this run reached it, None where the
    goal is no number of ours. `more` are further figures by name, in the same unit.
    """

    id: str
    what: str
    ours: float
    unit: Unit
    base: float
    against: str
    goal: str = ""
    met: bool | None = None
    more: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the baseline: of a rate it is better to be high, of a time or a size to be low."""
        return self.ours / self.base if self.base else float("inf")


def print_table(rows: Sequence[Measured], *, machine: str) -> None:
    """The table for people."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=machine, title_justify="left", title_style="")
    for heading in ("What", "Ratio", "Against", "Goal"):
        table.add_column(heading, justify="right" if heading == "Ratio" else "left", overflow="fold")
    table.add_column("Here", justify="right", no_wrap=True)
    table.add_column("Baseline", justify="right", no_wrap=True)
    table.add_column("More", overflow="fold")
    for row in rows:
        more = ", ".join(f"{name} {_figure(value)}" for name, value in row.more.items())
        mark = "" if row.met is None else " ✓" if row.met else " ✗"
        table.add_row(
            row.what,
            f"{_figure(row.ratio)} x",
            row.against,
            row.goal + mark,
            f"{_figure(row.ours)} {row.unit}",
            f"{_figure(row.base)} {row.unit}",
            more,
        )
    Console(width=max(176, Console().width), highlight=False).print(table)


def _figure(value: float) -> str:
    """Three digits that mean something."""
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def as_json(rows: Sequence[Measured], *, machine: str) -> str:
    """The same for a program that compares runs."""
    listed = [{**asdict(row), "ratio": round(row.ratio, 4)} for row in rows]
    return json.dumps({"machine": machine, "rows": listed}, indent=1, ensure_ascii=False)
