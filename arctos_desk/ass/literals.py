"""What stands between `[ ]` and `{ }`: a team, a tag, or whoever wins or loses a match.

Takes text apart; looks nothing up.

The `tag::` prefix is tested before the suffix. Blanks around the parts are no part of the name, but a name is looked
for exactly as written first: ids may hold blanks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

OUTCOMES: Final = frozenset({"winner", "loser"})


class TeamText(NamedTuple):
    """A team literal taken apart; `kind` is team, tag, winner, loser, or empty when the text is malformed."""

    kind: str
    name: str


@lru_cache(maxsize=4096)
def team_text(text: str) -> TeamText:
    """What the text between `[` and `]` means."""
    head, colons, tail = text.partition("::")
    if not colons:
        return TeamText("team", text)
    if "::" in tail:
        return TeamText("", text)
    if head.strip() == "tag":
        return TeamText("tag", tail)
    if tail.strip() in OUTCOMES:
        return TeamText(tail.strip(), head)
    return TeamText("", text)
