"""Text made safe for SVG and HTML: markup escaped, characters that no page may hold left out. Makes no layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(text: str) -> str:
    """The text as it may stand between tags and in quoted attributes."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def element(name: str, attributes: Mapping[str, object] | None = None, *inside: str) -> str:
    """An element. Values of attributes are escaped; what is inside is markup already."""
    shown = "".join(f' {key}="{safe(_value(value))}"' for key, value in (attributes or {}).items())
    return f"<{name}{shown}>{''.join(inside)}</{name}>" if inside else f"<{name}{shown}/>"


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
