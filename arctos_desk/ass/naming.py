"""Where a script names a tag, a team or a variable, and the same script with another name there.

Every other character stays as it was typed, blanks and comments included. A script that cannot be read is searched by
its tokens, so that a new name reaches it too. Evaluates nothing and checks no name.
"""

from __future__ import annotations

from collections.abc import Iterable

from arctos_desk.ass.literals import team_text
from arctos_desk.ass.reader import read, tokens_of
from arctos_desk.ass.source import Span
from arctos_desk.ass.walk import free_names


def tag_places(text: str, tag: str) -> tuple[Span, ...]:
    """Where the name of the tag stands in literals such as `[tag::Seed 1]`, in the order of the text."""
    return _literals(text, "tag", tag)


def team_places(text: str, team: str) -> tuple[Span, ...]:
    """Where the id of a team stands in literals such as `[red-kites]`, in the order of the text."""
    return _literals(text, "team", team)


def _literals(text: str, wanted: str, named: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for token in tokens_of(text):
        if token.type != "TEAM":
            continue
        kind, written = team_text(token.value[1:-1])
        if kind != wanted or named not in (written, written.strip()):
            continue
        name = written if written == named else written.strip()
        start = token.end_pos - 1 - len(written) + written.index(name)
        found.append(Span(start, start + len(name)))
    return tuple(found)


def variable_places(text: str, variable: str) -> tuple[Span, ...]:
    """Where the variable is meant, in the order of the text: not as data, nor where the script means its own name."""
    form = read(text).form
    if form is None:
        tokens = (token for token in tokens_of(text) if token.type == "NAME" and token.value == variable)
        return tuple(Span(token.start_pos, token.end_pos) for token in tokens)
    return tuple(sorted(name.span for name, _ in free_names(form) if name.name == variable))


def means_its_own(text: str, variable: str, new: str) -> bool:
    """Whether the script means something of its own by `new` at a place where it names the variable."""
    form = read(text).form
    return form is not None and any(name.name == variable and new in bound for name, bound in free_names(form))


def with_name(text: str, places: Iterable[Span], name: str) -> str:
    """The text with a name put at each of these places."""
    parts: list[str] = []
    after = 0
    for place in sorted(places):
        parts += [text[after : place.start], name]
        after = place.end
    return "".join([*parts, text[after:]])
