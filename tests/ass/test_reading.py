"""Reading: what is a token, where errors stand, how hostile text is refused."""

from __future__ import annotations

import pytest

from arctos_desk.ass.errors import Kind, plain
from arctos_desk.ass.forms import Form, IntegerForm, ListForm, NameForm, TeamForm
from arctos_desk.ass.integers import from_digits, to_digits
from arctos_desk.ass.printer import write_form
from arctos_desk.ass.reader import is_name, read


def items(text: str) -> list[str]:
    form = read(f"({text})").form
    assert isinstance(form, ListForm)
    return [write_form(item) for item in form.items]


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(error.code, error.place.line, error.place.column) for error in read(text).errors]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("5-3", ["5", "-3"]),
        ("1a", ["1", "a"]),
        ("a-1 a-b +1", ["a-1", "a-b", "+1"]),
        ("1+1", ["1", "+1"]),
        ("--foo", ["-", "-foo"]),
        ("---", ["-", "-", "-"]),
        ("--7", ["-", "-7"]),
        ("007 -0", ["7", "0"]),
        ("list(list 1)'(2)", ["list", "(list 1)", "'(2)"]),
        ("[a[b]{x{y}", ["[a[b]", "{x{y}"]),
        ("[a;b](c) ; (no end", ["[a;b]", "(c)"]),
    ],
)
def test_tokens_are_the_longest_match_and_need_no_blanks(text: str, tokens: list[str]) -> None:
    assert items(text + "\n") == tokens


@pytest.mark.parametrize("text", ["  42\t", "; first\n42", "42 ; ((", "\f\r\n42"])
def test_blanks_and_comments_stand_anywhere(text: str) -> None:
    assert read(text).form == IntegerForm(42)


def test_comments_are_kept_with_their_spans() -> None:
    program = read("; one\n(f ; two )\n 1)")
    assert [program.source.excerpt(span) for span in program.comments] == ["; one", "; two )"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(+ 1\n  (list 2)", [("UNCLOSED", 1, 1)]),
        ("(a))\n)", [("UNOPENED", 1, 4), ("UNOPENED", 2, 1)]),
        ("12-5", [("TOO_MUCH", 1, 3)]),
        ("(list\n  #1 @@ [])", [("BAD_CHARACTERS", 2, 3), ("BAD_CHARACTERS", 2, 6), ("EMPTY_LITERAL", 2, 9)]),
        ("(f [abc", [("UNCLOSED", 1, 1), ("UNCLOSED", 1, 4)]),
        ("(f {abc)", [("UNCLOSED", 1, 1), ("UNCLOSED", 1, 4)]),
        ("(f ]", [("UNCLOSED", 1, 1), ("UNOPENED", 1, 4)]),
        ("('", [("UNCLOSED", 1, 1)]),
        ("(a ' )", [("QUOTES_NOTHING", 1, 4)]),
        ("٣", [("BAD_CHARACTERS", 1, 1)]),
        ("1\u00a02", [("BAD_CHARACTERS", 1, 2)]),
    ],
)
def test_every_error_is_found_at_once_with_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["", "  ", "; later", "(+ 1", "(if (", "[kie", "'", "(f '"])
def test_text_that_can_still_be_completed_is_unfinished_not_wrong(text: str) -> None:
    assert read(text).unfinished


@pytest.mark.parametrize("text", ["1 2", ")", "(a]", "#"])
def test_text_that_cannot_be_completed_is_not_unfinished(text: str) -> None:
    program = read(text)
    assert program.form is None
    assert not program.unfinished


@pytest.mark.parametrize("name", ["a", "won?", "-", "-x", "+1", "twice-needed", "_", "a9-", "=="])
def test_names_are_names(name: str) -> None:
    assert is_name(name)
    assert read(name).form == NameForm(name)


@pytest.mark.parametrize("name", ["", "1a", "--foo", "a b", "ä", "a.b", "[a]", "-1"])
def test_other_texts_are_no_names(name: str) -> None:
    assert not is_name(name)


def test_the_same_text_is_read_once() -> None:
    assert read("(+ 1 (f 2))") is read("(+ 1 (f 2))")


def test_text_of_ten_megabytes_is_refused_by_its_length() -> None:
    program = read("(+ 1 2)" * 1_500_000)
    assert [error.code for error in program.errors] == ["TEXT_TOO_LONG"]
    assert program.errors[0].kind is Kind.LIMIT
    assert "10500000 characters" in plain(program.errors[0])


@pytest.mark.parametrize("text", ["(" * 90_000, "'" * 90_000, "('" * 45_000])
def test_brackets_and_quotes_nested_too_deep_are_refused_where_it_happens(text: str) -> None:
    (error,) = read(text).errors
    assert error.code == "TOO_DEEP_TEXT"
    assert error.span.start == 1_000


def test_too_many_tokens_are_refused() -> None:
    assert codes("(" + "1 " * 30_000 + ")")[0][0] == "TOO_MANY_TOKENS"


def test_nesting_below_the_limit_is_read_and_printed() -> None:
    text = "(a " * 999 + "1" + ")" * 999
    form = read(text).form
    assert form is not None
    assert write_form(form) == text


def test_spans_cover_the_forms_as_written() -> None:
    text = "(if  (won? [a b] {M})\n '(1 2) nil)"
    program = read(text)
    todo: list[Form] = [program.form] if program.form is not None else []
    seen = []
    while todo:
        form = todo.pop()
        seen.append(program.source.excerpt(form.span))
        if isinstance(form, ListForm):
            todo += form.items
        if isinstance(form, TeamForm):
            assert program.source.excerpt(form.span) == f"[{form.text}]"
    assert {text, "if", "(won? [a b] {M})", "[a b]", "{M}", "'(1 2)", "nil"} <= set(seen)


@pytest.mark.parametrize("digits", [1, 17, 3_999, 4_001, 4_301, 9_000, 20_001])
def test_integers_of_any_length_go_to_digits_and_back(digits: int) -> None:
    text = "".join(str((7 * i + 3) % 10) for i in range(digits))
    text = "1" + text[1:]
    assert to_digits(from_digits(text)) == text
    assert to_digits(from_digits("-" + text)) == "-" + text
