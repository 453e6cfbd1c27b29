"""Reads text into forms: one pass over the tokens finds every lexical and bracket error at once, then lark builds the
tree.

Length, depth and number of tokens are checked first, so that hostile text is refused quickly and in bounded memory.
Evaluates nothing. The lexis is that of the reference language; quirks (non-ASCII digits, brackets in comments) are
not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from arctos_desk.ass import budget
from arctos_desk.ass.errors import Kind, Param, ScriptError
from arctos_desk.ass.forms import Form
from arctos_desk.ass.source import Source, Span

_FIRST = r"A-Za-z_+*/=><!&?"
_NAME = rf"[{_FIRST}][{_FIRST}0-9\-]*|-(?:[{_FIRST}][{_FIRST}0-9\-]*)?"
_TOKEN: Final = re.compile(
    r"(?P<BLANK>[ \t\r\n\f]+)|(?P<COMMENT>;[^\n]*)|(?P<INT>-?[0-9]+)"
    rf"|(?P<NAME>{_NAME})"
    r"|(?P<TEAM>\[[^\]]+\])|(?P<MATCH>\{[^}]+\})"
    r"|(?P<LPAR>\()|(?P<RPAR>\))|(?P<QUOTE>')|(?P<STRAY>[\[\]{}])|(?P<BAD>.)",
    re.DOTALL,
)
_WHOLE_NAME: Final = re.compile(_NAME)
_CLOSER: Final = {"[": "]", "{": "}"}


class Token:
    """A token with its offsets, in the shape that lark asks of one; `type` is a terminal of the grammar."""

    __slots__ = ("end_pos", "start_pos", "type", "value")

    line = column = end_line = end_column = None  # asked for by lark; places come from offsets

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.type = kind
        self.value = text
        self.start_pos = start
        self.end_pos = end


class Refusal(NamedTuple):
    """The grammar stopped at the token with this index; the number of tokens means the end."""

    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """One expression as read. Without a form it has errors; `comments` are kept for whoever formats."""

    source: Source
    form: Form | None
    errors: tuple[ScriptError, ...] = ()
    comments: tuple[Span, ...] = ()

    @property
    def unfinished(self) -> bool:
        """Whether typing on can still make it right: nothing in it is wrong, only something is missing."""
        return bool(self.errors) and all(error.kind is Kind.UNFINISHED for error in self.errors)


def is_name(text: str) -> bool:
    """Whether the text is an identifier of the language."""
    return _WHOLE_NAME.fullmatch(text) is not None


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text without blanks and comments, also of one that cannot be read; none of one too long."""
    return [] if len(text) > budget.TEXT_LENGTH else _Scan(Source(text)).tokens()


def read(text: str, title: str = "") -> Program:
    """Read one expression; the same text is never read twice.

    Never raises: a program without form carries all errors.
    """
    if len(text) > budget.TEXT_LENGTH:
        source = Source(text[:1], title)
        at = Span(budget.TEXT_LENGTH, len(text))
        error = ScriptError(
            "TEXT_TOO_LONG", (("length", len(text)), ("limit", budget.TEXT_LENGTH)), at, "", Source(text, title)
        )
        return Program(source, None, (error,))
    if len(text) <= 2_000:
        return _read_short(text, title)
    return _read_long(text, title)


def _read(text: str, title: str) -> Program:
    source = Source(text, title)
    scan = _Scan(source)
    tokens = scan.tokens()
    if scan.errors:
        return Program(source, None, tuple(scan.errors), tuple(scan.comments))
    from arctos_desk.ass.grammar import parse  # lark is loaded with the first script, not with the program

    parsed = parse(tokens)
    if isinstance(parsed, Refusal):
        return Program(source, None, (_grammar_error(parsed, tokens, source),), tuple(scan.comments))
    return Program(source, parsed, (), tuple(scan.comments))


_read_short = lru_cache(maxsize=4096)(_read)
_read_long = lru_cache(maxsize=64)(_read)


class _Scan:
    """One pass over the text: tokens, comments, and every error that needs no grammar."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.errors: list[ScriptError] = []
        self.comments: list[Span] = []

    def tokens(self) -> list[Token]:
        text = self.source.text
        found: list[Token] = []
        open_at: list[tuple[int, int]] = []  # offset of the bracket, quotes standing before it
        quotes = 0
        level = 0
        at = 0
        end = len(text)
        match_at = _TOKEN.match
        while at < end:
            match = match_at(text, at)
            assert match is not None
            kind = match.lastgroup or ""
            after = match.end()
            if kind == "BLANK":
                at = after
                continue
            if kind == "COMMENT":
                self.comments.append(Span(at, after))
                at = after
                continue
            if kind == "STRAY":
                at = self._stray(text, at)
                quotes = 0
                continue
            if kind == "BAD":
                at = self._bad(text, at)
                quotes = 0
                continue
            if kind == "LPAR":
                open_at.append((at, quotes))
                level += 1 + quotes
                quotes = 0
            elif kind == "QUOTE":
                quotes += 1
            else:
                quotes = 0
                if kind == "RPAR":
                    if open_at:
                        level -= 1 + open_at.pop()[1]
                    else:
                        self._error("UNOPENED", at, after, bracket=")")
            if level + quotes > budget.TEXT_DEPTH:
                self._error("TOO_DEEP_TEXT", at, after, limit=budget.TEXT_DEPTH)
                return found
            if len(found) >= budget.TEXT_TOKENS:
                self._error("TOO_MANY_TOKENS", at, after, limit=budget.TEXT_TOKENS)
                return found
            found.append(Token(kind, match.group(), at, after))
            at = after
        for opened, _ in open_at:
            self._error("UNCLOSED", opened, opened + 1, bracket="(")
        if not found and not self.errors:
            self._error("EMPTY", 0, end)
        self.errors.sort(key=lambda error: error.span)
        return found

    def _stray(self, text: str, at: int) -> int:
        """A `[` or `{` that opens no literal, or a `]` or `}` that closes none."""
        bracket = text[at]
        closer = _CLOSER.get(bracket)
        if closer is None:
            self._error("UNOPENED", at, at + 1, bracket=bracket)
            return at + 1
        if text.startswith(closer, at + 1):
            self._error("EMPTY_LITERAL", at, at + 2, literal=bracket + closer)
            return at + 2
        self._error("UNCLOSED", at, at + 1, bracket=bracket)
        return len(text)

    def _bad(self, text: str, at: int) -> int:
        """A run of characters that begin no token, as one error."""
        after = at + 1
        while after < len(text) and after - at < 40:
            following = _TOKEN.match(text, after)
            if following is None or following.lastgroup != "BAD":
                break
            after += 1
        if len(self.errors) < 100:
            self._error("BAD_CHARACTERS", at, after, text=text[at:after])
        return after

    def _error(self, code: str, start: int, end: int, **params: Param) -> None:
        self.errors.append(ScriptError(code, tuple(sorted(params.items())), Span(start, end), "", self.source))


def _grammar_error(refusal: Refusal, tokens: list[Token], source: Source) -> ScriptError:
    """Brackets balance and tokens are good: what is left is a second expression or a quote before nothing."""
    at = refusal.at
    if at == len(tokens) or tokens[at].type == "RPAR":
        before = tokens[at - 1]
        return ScriptError("QUOTES_NOTHING", (), Span(before.start_pos, before.end_pos), "", source)
    return ScriptError("TOO_MUCH", (), Span(tokens[at].start_pos, len(source.text)), "", source)
