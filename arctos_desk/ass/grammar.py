"""The grammar, by lark (LALR): from tokens to forms. Loaded and built with the first script read; scans no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from lark import Lark, Transformer, UnexpectedToken, v_args
from lark.lexer import Lexer

from arctos_desk.ass.forms import (
    Form,
    IntegerForm,
    MatchForm,
    NameForm,
    TeamForm,
    list_form,
    quote_form,
)
from arctos_desk.ass.integers import from_digits
from arctos_desk.ass.reader import Refusal, Token
from arctos_desk.ass.source import Span

_GRAMMAR = """
    ?program: expression
    ?expression: INT   -> integer
              | NAME   -> name
              | TEAM   -> team
              | MATCH  -> match
              | LPAR expression* RPAR  -> listing
              | QUOTE expression       -> quote
    %declare INT NAME TEAM MATCH LPAR RPAR QUOTE
"""


def parse(tokens: Sequence[Token]) -> Form | Refusal:
    """One expression from good tokens, or where it stops being one."""
    given: Any = tokens
    try:
        form: Form = _parser().parse(given)  # type: ignore[assignment]  # our lexer gets them as they are
    except UnexpectedToken as unexpected:
        stopped: object = unexpected.token
        return Refusal(next((i for i, each in enumerate(tokens) if each is stopped), len(tokens)))
    return form


class _Tokens(Lexer):
    """Hands the tokens of our own scan to lark."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, data: Any) -> Iterator[Any]:  # type: ignore[override]  # lark passes its input through untouched
        return iter(data)


@v_args(inline=True)
class _Forms(Transformer[Any, Form]):
    """Builds forms while lark parses, children before parents: never deeper than one call."""

    def integer(self, token: Token) -> Form:
        return IntegerForm(from_digits(token.value), Span(token.start_pos, token.end_pos))

    def name(self, token: Token) -> Form:
        return NameForm(token.value, Span(token.start_pos, token.end_pos))

    def team(self, token: Token) -> Form:
        return TeamForm(token.value[1:-1], Span(token.start_pos, token.end_pos))

    def match(self, token: Token) -> Form:
        return MatchForm(token.value[1:-1], Span(token.start_pos, token.end_pos))

    def listing(self, opening: Token, *items: Any) -> Form:
        return list_form(items[:-1], Span(opening.start_pos, items[-1].end_pos))

    def quote(self, mark: Token, form: Form) -> Form:
        return quote_form(form, Span(mark.start_pos, form.span.end))


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=_Tokens, start="program", transformer=_Forms())
