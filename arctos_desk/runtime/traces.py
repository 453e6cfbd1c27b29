"""Where in the program something went wrong: the kinds of failures and the way of calls that led there.

Never what people had entered: no values and no messages, for a message may hold a cell of somebody's list; and no
folder above the program, for the path of a home says who somebody is.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_DEEPEST: Final = 60


def trace_lines(error: BaseException) -> Iterator[str]:
    """A failure and what it came from: for each its kind, then its places, the outermost call first."""
    seen: set[int] = set()
    link: BaseException | None = error
    heading = "what rose"
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield f"{heading}: {kind_of(link)}"
        yield from _way(link)
        if isinstance(link, BaseExceptionGroup):
            yield from (f"  holds {kind_of(one)}" for one in link.exceptions)
        cause = link.__cause__
        heading = "caused by" if cause is not None else "while answering"
        link = cause if cause is not None else (None if link.__suppress_context__ else link.__context__)


def kind_of(error: BaseException) -> str:
    """The kind of failure, with those details that name parts of the program or of the system and nothing entered."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    details: list[str] = []
    if isinstance(error, OSError) and error.errno is not None:
        details.append(os.strerror(error.errno))
    if isinstance(error, (NameError, AttributeError, ImportError)) and error.name:
        details.append(f"name {error.name}")
    return f"{name} ({', '.join(details)})" if details else name


def _way(error: BaseException) -> list[str]:
    lines: list[str] = []
    for frame, line in list(traceback.walk_tb(error.__traceback__))[-_DEEPEST:]:
        code = frame.f_code
        lines.append(f"  {_place(code.co_filename)}:{line} in {code.co_qualname}")
    return lines


def _place(file: str) -> str:
    """The file without what lies above the package."""
    parts = Path(file).parts
    for top in ("site-packages", "lib-dynload"):
        if top in parts:
            return "/".join(parts[parts.index(top) + 1 :])
    if "arctos_desk" in parts:
        last = len(parts) - 1 - parts[::-1].index("arctos_desk")
        return "/".join(parts[last:])
    return parts[-1] if parts else "?"
