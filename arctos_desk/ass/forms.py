"""The expression as written: frozen forms with their spans. Evaluates nothing; equality ignores where a form stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from arctos_desk.ass.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class IntegerForm:
    value: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NameForm:
    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TeamForm:
    """`[text]`; the text is kept exactly as written."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class MatchForm:
    """`{text}`; the text is kept exactly as written."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class QuoteForm:
    """`'form`."""

    form: Form
    span: Span = field(default=NOWHERE, compare=False)
    depth: int = field(default=1, compare=False)
    size: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class ListForm:
    """`(…)`. `depth` and `size` count nested levels and forms, itself included."""

    items: tuple[Form, ...]
    span: Span = field(default=NOWHERE, compare=False)
    depth: int = field(default=1, compare=False)
    size: int = field(default=1, compare=False)


Form = IntegerForm | NameForm | TeamForm | MatchForm | QuoteForm | ListForm

SPECIAL: Final = frozenset({"quote", "lambda", "if", "let", "cond"})
CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "nil": None}


def depth_of(form: Form) -> int:
    return form.depth if isinstance(form, (ListForm, QuoteForm)) else 0


def size_of(form: Form) -> int:
    return form.size if isinstance(form, (ListForm, QuoteForm)) else 1


def list_form(items: tuple[Form, ...], span: Span = NOWHERE) -> ListForm:
    """A list with its depth and size worked out."""
    depth = 0
    size = 1
    for item in items:
        if isinstance(item, (ListForm, QuoteForm)):
            size += item.size
            if item.depth > depth:
                depth = item.depth
        else:
            size += 1
    return ListForm(items, span, depth + 1, size)


def quote_form(form: Form, span: Span = NOWHERE) -> QuoteForm:
    return QuoteForm(form, span, depth_of(form) + 1, size_of(form) + 1)
